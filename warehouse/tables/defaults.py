"""What a table says of all its figures where neither row nor heading does: their name, their period, their place.

Knows a draft of the mapping, the lines around the table and the file's name; every default is told as a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from warehouse.tables.cells import plain
from warehouse.tables.digits import of_either_order
from warehouse.tables.grid import Grid, letter
from warehouse.tables.headings import read_heading, stated_period
from warehouse.tables.layout import filled, heads_of, tidy
from warehouse.tables.mapping import Mapping
from warehouse.tables.periods import period_of
from warehouse.tables.role_words import role_word
from warehouse.tables.shape import Seen
from warehouse.tables.spotted import Spot
from warehouse.tables.units import take_unit

_FILLED_IN = re.compile(r"填报|制表|编制|更新|发布|打印|updated|released|printed|prepared", re.IGNORECASE)
"""Words of a line whose date is not that of the figures."""


def titled_by_its_corner(draft: Mapping, corner: str) -> Mapping:
    """Where no line above names the table, the heading over its places may: "Real GDP growth (percent), 2020, 2021"."""
    if draft.columns.get(1) != "entity" or role_word(corner) or len(corner) < 8:
        return draft
    unit, name = take_unit(corner)
    defaults = {**draft.defaults, **({"unit": unit.printed} if unit else {}), "indicator": tidy(name)[:80]}
    return replace(draft, defaults=defaults, source={**draft.source, "title": corner[:120]})


def nameless(label: str) -> bool:
    """Whether a label says no more than a unit."""
    return not re.sub(r"\s*\[.*\]$", "", label)


def default_name(
    draft: Mapping, grid: Grid, seen: Seen, sample: Sequence[Spot], path: Path, doubts: list[tuple[str, str, str]]
) -> dict[str, str]:
    """The title, or else the file's name, as the name of figures that have none of their own."""
    parted = draft.having("part") and not draft.having("indicator") and seen.title
    unnamed = parted and not any(head.names for head in heads_of(grid, draft))
    if "indicator" in draft.defaults or not (unnamed or any(nameless(s.topic.label) for s in sample)):
        return {}
    title = read_heading(str(draft.source.get("title", "")))
    name = tidy(re.sub(r"^[\d\-—.、\s表]+", "", title.name))[:80] or "table"
    if draft.source.get("title") == path.stem and path.stem not in seen.title:
        once = ", ".join(_said_once(grid, draft, sample))
        doubts.append(("name_from_file", "[defaults]", f"{name} ({once})" if once else name))
    return {"indicator": name}


def _said_once(grid: Grid, draft: Mapping, sample: Sequence[Spot]) -> list[str]:
    """What columns left out say in every row: it may be what is counted, in a code."""
    rows = list(dict.fromkeys(s.row for s in sample))
    told = ({grid.text(row, c).strip() for row in rows} for c in draft.having("ignore"))
    return [text for texts in told if len(texts) == 1 and (text := texts.pop()) and not text[0].isdigit()][:8]


def default_period(
    draft: Mapping, seen: Seen, sample: Sequence[Spot], path: Path, doubts: list[tuple[str, str, str]]
) -> dict[str, str]:
    """The period that the title, a line above or the file's name tells; blank, to be filled in, where none does."""
    found = ""
    stated, named = _stated(draft, seen, path)
    lacking = sum(s.when.period is None and not s.when.vague for s in sample)
    among = period_of(stated) in {s.when.period for s in sample}
    if stated and named and lacking and (among or lacking > 0.5 * len(sample)):
        found = stated
        doubts.append(("period_from_title", "[defaults]", found))
    elif sample and not any(s.when.period or s.when.vague for s in sample):
        years = set(re.findall(r"(?<!\d)(?:19[5-9]|20)\d\d(?!\d)", path.stem))
        if len(years) == 1:
            found = years.pop()
            doubts.append(("period_from_name", "[defaults]", found))
    if found:
        return {"period": found}
    undated = [s for s in sample if s.when.period is None and not s.when.vague and s.text.strip()]
    lacking_one = dict.fromkeys(s.heading for s in undated if not of_either_order(plain(s.when.text)))
    if lacking_one:
        doubts.append(("period_needed", "[defaults] period", ", ".join(list(lacking_one)[:4])))
    return {"period": ""} if lacking_one else {}


def _stated(draft: Mapping, seen: Seen, path: Path) -> tuple[str, bool]:
    """The period of the whole table in its own words, and whether they are words of the table, not of its file."""
    title = str(draft.source.get("title", ""))
    from_path = title == path.stem and path.stem not in seen.title
    above = _told_above(seen)
    named = bool((seen.title and not from_path) or above)
    if stated := stated_period(title) or above:
        return stated, named
    short = (line for line in seen.lines if len(line) < 80 and not _FILLED_IN.search(line))
    told = {said for line in short if (said := stated_period(line))}
    if len(told) == 1:
        return told.pop(), named
    year = _year_told(seen)
    return year, named or bool(year)


def _told_above(seen: Seen) -> str:
    """The period that a line above the table tells behind a word for it: date, 2023."""
    told = [value for key, value in seen.preamble if role_word(key.strip(" :：")) == "period" and period_of(value)]
    return told[0] if len(told) == 1 else ""


def _year_told(seen: Seen) -> str:
    """The one year at whose end, by the sentences above the table, things stood so: 2023年末，全市……."""
    told = {m["y"] for line in seen.lines for m in re.finditer(r"(?P<y>(?:19|20)\d\d)年(?:末|底|年末)", line)}
    return told.pop() if len(told) == 1 else ""


def default_place(
    draft: Mapping, grid: Grid, sample: Sequence[Spot], place: str, doubts: list[tuple[str, str, str]]
) -> dict[str, str]:
    """The place of figures that name none: `place`, or blank, to be filled in."""
    if any(s.entity for s in sample):
        return {}
    doubts.append(("entity_assumed", "[defaults]", place) if place else ("entity_needed", "[defaults]", "entity"))
    partners = any(code == "partners_in_names" for code, _, _ in doubts)
    if not place and not partners and (worded := _in_words(grid, draft, sample)):
        doubts.append(("entity_in_column", "[columns]", worded))
    return {"entity": place}


def _in_words(grid: Grid, draft: Mapping, sample: Sequence[Spot]) -> str:
    """The columns of words that tell rows apart, each with its heading: one of them may hold the places."""
    rows = {s.row for s in sample}
    found = [
        (letter(c), *dict.fromkeys(filled(grid, r, c).strip()[:30] for r in draft.header_rows))
        for c in (*draft.having("indicator"), *draft.having("part"))
        if len({filled(grid, r, c).strip() for r in rows}) > 1 and not _headed_as_names(grid, draft, c)
    ]
    return ", ".join(" ".join(said).strip() for said in found[:6])


def _headed_as_names(grid: Grid, draft: Mapping, column: int) -> bool:
    return any(role_word(filled(grid, row, column).strip()) == "indicator" for row in draft.header_rows)
