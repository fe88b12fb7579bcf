"""Where each figure of a grid stands: its row's labels and its column's headings, as a mapping says they are.

`spots` walks the cells of the value columns and says of each what it is about, still in the table's own words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from warehouse.tables.cells import plain
from warehouse.tables.grid import Grid
from warehouse.tables.headings import (
    Heading,
    Period,
    in_its_year,
    month_in,
    period_of,
    read_heading,
    whole_year,
    widened,
    within_year,
)
from warehouse.tables.mapping import Mapping
from warehouse.tables.units import Unit, settled_unit, speaks_of_change, take_unit, unit_of

_TO_DATE = re.compile(r"累计|累計|year[- ]to[- ]date|\bYTD\b", re.IGNORECASE)
_LEADING = re.compile(r"^(?:[#＃]|其中[:：]?|of which:?)\s*", re.IGNORECASE)
_MARKED = re.compile(r"\s*(?:[¹²³⁴⁵⁶⁷⁸⁹①②③④⑤⑥⑦⑧⑨*†‡]|\[\d{1,2}\]|\[notes? [^\]]*\]|\(\d\))+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One cell of a value column and what it is about, in the table's words.

    `label` names the indicator, with its unit in square brackets where row or heading states one.
    """

    row: int
    column: int
    text: str
    native: bool
    label: str
    unit: Unit | None
    entity: str
    period: Period | None
    period_text: str
    vague: bool
    flag: str
    exponent: str
    definition: str
    heading: str


@dataclass(frozen=True, slots=True)
class _Column:
    names: tuple[str, ...]
    unit: Unit | None
    period: Period | None
    period_text: str
    entity: str
    vague: bool
    heading: str
    flag_column: int
    dates: str


def tidy(text: str) -> str:
    """A label without indents, "其中", "#" and footnote marks."""
    said = re.sub(r"\s+", " ", plain(text)).lstrip(". ")
    return _MARKED.sub("", _LEADING.sub("", said)).strip(" :：")


def filled(grid: Grid, row: int, column: int) -> str:
    """The text of a cell; of a merged one, the text of its first cell."""
    text = grid.text(row, column)
    if not text:
        for span in grid.merged:
            if span.top <= row <= span.bottom and span.left <= column <= span.right:
                return grid.text(span.top, span.left)
    return text


def heading_texts(grid: Grid, header_rows: tuple[int, ...], column: int, left: int) -> list[str]:
    """The texts above a column, from the top; an upper heading reaches right over the blanks after it."""
    texts = []
    for index, row in enumerate(header_rows):
        text = filled(grid, row, column)
        if not text.strip() and index < len(header_rows) - 1 and not grid.merged:
            below = any(grid.text(lower, column).strip() for lower in header_rows[index + 1 :])
            at = column
            while below and at > left and not text.strip():
                at -= 1
                text = grid.text(row, at)
        texts.append(text)
    return texts


def spots(grid: Grid, mapping: Mapping) -> Iterator[Spot]:
    """Every cell of the value columns between the first and the last row, gaps too; section rows give none."""
    values = mapping.having("value")
    columns = _beside_months({c: _column(grid, mapping, c, values) for c in values})
    last = min(mapping.last_row or len(grid.rows), len(grid.rows))
    section = _section_above(grid, mapping)
    above: dict[int, str] = {}
    years: dict[int, str] = {}
    twins = _side_by_side(grid, mapping)
    carried = set(mapping.fill_down) | (set(mapping.having("period")) if mapping.having("month") else set())
    for row in range(mapping.first_row, last + 1):
        for c in carried:
            above[c] = filled(grid, row, c).strip() or above.get(c, "")
        labels = {role: [above.get(c) or filled(grid, row, c) for c in mapping.having(role)] for role in
                  ("indicator", "entity", "period", "month", "unit", "multiplier", "part", "definition")}  # fmt: skip
        labels["period"] = [
            in_its_year(years, c, text) for c, text in zip(mapping.having("period"), labels["period"], strict=True)
        ]
        texts = [grid.text(row, c) for c in values]
        told = {t.strip() for cells in labels.values() for t in cells} - {""}
        if not any(t.strip() for t in texts) and len(told) < 2:
            named = next((t for role in ("indicator", "entity", "part") for t in labels[role] if t.strip()), "")
            section = tidy(named) or section
            continue
        for c, text in zip(values, texts, strict=True):
            own = {role: [labels[role][_left_of(c, beside)]] for role, beside in twins.items()}
            yield _spot(grid, mapping, row, c, text, {**labels, **own} if own else labels, columns[c], section)


def _side_by_side(grid: Grid, mapping: Mapping) -> dict[str, list[int]]:
    """Roles whose columns come again under the same heading: each block's figures belong to its own."""
    found = {}
    for role in ("indicator", "entity", "period"):
        columns = mapping.having(role)
        heads = {" ".join(filled(grid, r, c) for r in mapping.header_rows).strip() for c in columns}
        if len(columns) > 1 and len(heads) == 1 and heads != {""}:
            found[role] = columns
    return found


def _left_of(column: int, columns: list[int]) -> int:
    """The place, among the columns, of the nearest one left of `column`."""
    return max((n for n, c in enumerate(columns) if c < column), default=0)


def _section_above(grid: Grid, mapping: Mapping) -> str:
    """The label between the headings and the first row of figures."""
    for row in range(mapping.first_row - 1, max(mapping.header_rows, default=mapping.first_row), -1):
        cells = [t for t in grid.rows[row - 1] if t.strip()] if row <= len(grid.rows) else []
        named = next((grid.text(row, c) for c in mapping.having("indicator") if grid.text(row, c).strip()), "")
        if named and len(cells) == 1:
            return tidy(named)
    return ""


def _column(grid: Grid, mapping: Mapping, column: int, values: list[int]) -> _Column:
    texts = heading_texts(grid, mapping.header_rows, column, min(values, default=column))
    names: list[str] = []
    unit: Unit | None = None
    period: Period | None = None
    period_text, entity, vague = "", "", False
    for row, text in zip(mapping.header_rows, texts, strict=True):
        says = mapping.header.get(row, "auto")
        if not text.strip() or says == "ignore":
            continue
        if says == "entity":
            entity = tidy(text)
        elif says == "unit":
            unit = unit_of(text.strip("()（）[]"))
        elif says == "period":
            period, period_text = period_of(text), text
        else:
            if "!!" in text:
                place, _, text = text.partition("!!")
                entity = tidy(place)
                text = text.removesuffix("Estimate").strip("! ")
            found = _settled(read_heading(text), mapping)
            period, period_text = (found.period, text) if found.period else (period, period_text)
            unit, vague = found.unit or unit, vague or found.vague
            if found.name:
                names.append(tidy(found.name))
    given = mapping.headings.get(column, {})
    if given.get("period"):
        period, period_text, vague = period_of(given["period"]), given["period"], False
    if given.get("unit"):
        unit = unit_of(given["unit"])
    if given.get("indicator"):
        names, vague = [given["indicator"]], vague and not given.get("period")
    following = [c for c in mapping.having("flag") if c > column]
    nearest = min(following, default=0)
    if not nearest and len(values) == 1:
        nearest = max(mapping.having("flag"), default=0)
    flag = nearest if nearest and not any(column < v < nearest for v in values) else 0
    heading = " ".join(re.sub(r"\s+", " ", t).strip() for t in texts if t.strip())
    return _Column(
        tuple(dict.fromkeys(names)), unit, period, period_text, given.get("entity") or entity, vague, heading[:60],
        flag, given.get("dates", ""),
    )  # fmt: skip


def _beside_months(columns: dict[int, _Column]) -> dict[int, _Column]:
    """A heading that comes again behind each month (1月, 同比, 2月, 同比) is of the month left of it.

    A total to date behind 1月 to n月 is that of 1-n月.
    """
    count = Counter(c.names for c in columns.values() if c.period is None)
    month, reached = "", 0
    for at, column in columns.items():
        part = next((p for p in (month_in(name)[0] for name in column.names) if p), "")
        if part or column.period:
            month = part
            reached = reached + 1 if re.fullmatch(rf"0?{reached + 1}\s?月", part) else reached
        elif any(_TO_DATE.fullmatch(name) for name in column.names):
            month = f"1-{reached}月" if reached > 1 and month else "累计"
            columns[at] = replace(column, names=(month, *column.names))
        elif month and column.names and count[column.names] > 1:
            columns[at] = replace(column, names=(month, *column.names))
    return columns


def _settled(heading: Heading, mapping: Mapping) -> Heading:
    """A year in a heading is a period only where no column of the table gives periods."""
    if heading.vague and mapping.having("period"):
        return replace(heading, vague=False)
    return heading


def _spot(
    grid: Grid,
    mapping: Mapping,
    row: int,
    column: int,
    text: str,
    labels: dict[str, list[str]],
    head: _Column,
    section: str,
) -> Spot:
    unit: Unit | None = None
    own: list[str] = []
    for name in labels["indicator"]:
        found, rest = take_unit(tidy(name))
        unit = found or unit
        own.append(tidy(rest))
    if labels["unit"] and labels["unit"][0].strip():
        unit = unit_of(labels["unit"][0])
    unit = settled_unit(unit, head.unit, head.names)
    period, period_text, names = _period(labels, head, mapping)
    if mapping.sections and section and own:
        own = [section, *own]
    for part in labels["part"]:
        found, rest = take_unit(tidy(part))
        unit = unit or found
        own.append(rest)
    words = [w for w in (*own, *names) if w]
    if not any(own) and all(_TO_DATE.fullmatch(n) or speaks_of_change((n,)) for n in names):
        words.insert(0, mapping.defaults.get("indicator", ""))
    label = " / ".join(w for w in words if w)
    if unit and unit.printed:
        label = f"{label} [{unit.printed}]"
    flag = grid.text(row, head.flag_column).strip() if head.flag_column else ""
    whole = mapping.defaults.get("unit") and not speaks_of_change((*own, *head.names))
    entity = next((tidy(e) for e in labels["entity"] if e.strip()), "") or head.entity
    return Spot(
        row=row,
        column=column,
        text=text,
        native=(row, column) in grid.native,
        label=label,
        unit=unit or (unit_of(mapping.defaults["unit"]) if whole else None),
        entity=entity or mapping.defaults.get("entity", ""),
        period=widened(period, head.dates or mapping.dates) if period else None,
        period_text=period_text,
        vague=head.vague and period is None,
        flag=flag,
        exponent=next((e.strip() for e in labels["multiplier"] if e.strip()), ""),
        definition=next((d.strip() for d in labels["definition"] if d.strip()), ""),
        heading=head.heading,
    )


def _period(
    labels: dict[str, list[str]], head: _Column, mapping: Mapping
) -> tuple[Period | None, str, tuple[str, ...]]:
    names = head.names
    texts = [t for t in labels["period"] if t.strip()]
    text = texts[0] if texts else head.period_text or mapping.defaults.get("period", "")
    period = period_of(text) if texts or not head.period else head.period
    month = next((m for m in labels["month"] if m.strip()), "")
    for at, name in enumerate(names):
        part, rest = month_in(name) if not month else ("", name)
        if part:
            month, names = part, (*names[:at], *([rest] if rest else []), *names[at + 1 :])
    defaulted = not texts and not head.period
    if period and month and (defaulted or whole_year(period)):
        combined = within_year(period.end.year, month)
        period, text = combined, f"{text} {month}"
    if defaulted and not month and period and whole_year(period) and any(_TO_DATE.fullmatch(n) for n in names):
        return None, text, names
    if period and not period.day and any(_TO_DATE.search(n) for n in names):
        period = replace(period, start=period.start.replace(month=1, day=1))
    return period, text, names
