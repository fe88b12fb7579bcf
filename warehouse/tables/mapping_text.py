"""A mapping as the TOML file that a steward reads and mends; `mapping_read` reads it back."""

from __future__ import annotations

import json
from collections.abc import Mapping as Table
from datetime import date
from typing import Any

from warehouse.tables.grid import letter
from warehouse.tables.mapping import ROLES, SAYS, SOURCE_KEYS, EntityRule, IndicatorRule, Mapping

_ASKED = {
    "entity": "   # required: whose figures these are, which the file does not say; a slug or a new name",
    "period": "   # required for the figures that neither row nor heading dates: 2023, 2023-06, 2023-Q2, 2023-06-30",
}


def write_mapping(mapping: Mapping, about: str, remarks: tuple[str, ...] = ()) -> str:
    """The mapping as TOML; `about` and `remarks` become comments at the top, what may be written where beside it."""
    lines = [f"# {' '.join(line.split())}" for line in (about, *remarks)]
    lines += ["", "[file]"]
    for key in ("sheet", "encoding", "delimiter", "decimal"):
        lines.append(f"{key} = {_quoted(getattr(mapping, key))}")
    lines += [
        f'negatives = "{mapping.negatives}"   # -5 is also written: brackets, (5); triangles, △5; arrows, ▼5',
        f"header_rows = {list(mapping.header_rows)}",
        f"first_row = {mapping.first_row}",
        f"last_row = {mapping.last_row}",
        f'sections = {str(mapping.sections).lower()}   # true: a label is read as "section / label"',
        f'parents = {str(mapping.parents).lower()}   # true: a label that comes again is read as "row above / label"',
        f"places = {str(mapping.places).lower()}   # true: rows whose labels come again are of the place above them",
        f"fill_down = {json.dumps([letter(c) for c in mapping.fill_down])}   # their blanks repeat the cell above",
        f"year_ends = {mapping.year_ends}   # the month in which its years end (2021-22: 3, 6 ..); 0 as the file says",
        f'stock_day = "{mapping.stock_day}"   # a stock of a year is of that day: 01-01, 07-01 ..; "" of its last',
        f'date_order = "{mapping.date_order}"   # 02-01-2021 is: dmy, 2 January; mdy, 1 February; ymd; "" as told',
        f'dates = "{mapping.dates}"   # what 2024-01-01 (or 2024-12-31) stands for: day, month, quarter, year',
        "",
        "[source]",
    ]
    for key in SOURCE_KEYS:
        value = mapping.source.get(key)
        if isinstance(value, date):
            lines.append(f"{key} = {value.isoformat()}")
        elif key == "published":
            lines.append("# published = 2025-03-20   # required: when the public could know it")
        elif value or key in ("title", "publisher"):
            lines.append(f"{key} = {_quoted(str(value or ''))}")
    lines += ["", "[columns]"]
    lines += _comment("each is one of", ROLES)
    lines += [f"{_quoted(name) if '-' in name else name} = {_quoted(role)}" for name, role in _runs(mapping.columns)]
    if mapping.header:
        lines += ["", "[header]", *_comment("what a row of headings says, one of", SAYS)]
        lines += [f"{row} = {_quoted(says)}" for row, says in sorted(mapping.header.items())]
    lines += [
        "",
        '# [headings.D]   what one column is about, where its heading does not say it: period = "2024年第3季度",',
        "# indicator, entity, unit; dates = what its first days stand for",
    ]
    for column, meaning in sorted(mapping.headings.items()):
        lines += ["", f"[headings.{letter(column)}]", *(f"{k} = {_quoted(v)}" for k, v in meaning.items())]
    lines += ["", "[defaults]", "# indicator, entity, period, unit: for what neither row nor heading says"]
    lines += [f"{k} = {_quoted(v)}{'' if v else _ASKED.get(k, '')}" for k, v in mapping.defaults.items()]
    lines += ["", "[indicators]"]
    lines += [f"{_quoted(label)} = {_inline(rule, IndicatorRule())}" for label, rule in mapping.indicators.items()]
    lines += ["", "[entities]"]
    for label, owner in mapping.entities.items():
        plain = not owner.new and not owner.ignore
        lines.append(f"{_quoted(label)} = {_quoted(owner.slug) if plain else _inline(owner, EntityRule())}")
    return "\n".join(lines) + "\n"


def _comment(about: str, words: tuple[str, ...]) -> list[str]:
    return [f"# {about}: {', '.join(words)}"]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _inline(rule: Any, blank: Any) -> str:
    parts = []
    for name in type(rule).__dataclass_fields__:
        value = getattr(rule, name)
        if value != getattr(blank, name) or (name in ("slug", "multiplier", "measure") and not rule.ignore):
            if name == "measure" and not rule.new:
                continue
            shown = (
                str(value).lower()
                if isinstance(value, bool)
                else _quoted(value)
                if isinstance(value, str)
                else f"{value:.15g}"
            )
            parts.append(f"{name} = {shown}")
    return "{ " + ", ".join(parts) + " }"


def _runs(columns: Table[int, str]) -> list[tuple[str, str]]:
    found: list[list[int]] = []
    for column in sorted(columns):
        if found and column == found[-1][-1] + 1 and columns[column] == columns[found[-1][0]]:
            found[-1].append(column)
        else:
            found.append([column])
    return [(letter(r[0]) if len(r) == 1 else f"{letter(r[0])}-{letter(r[-1])}", columns[r[0]]) for r in found]
