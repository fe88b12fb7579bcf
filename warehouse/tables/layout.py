"""What a row's labels and a column's headings say of a figure, as a mapping says they are to be read.

Knows the words of one row and one heading; `spots` brings the two together for every cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass, replace

from warehouse.tables.cells import plain
from warehouse.tables.grid import Grid
from warehouse.tables.headings import Heading, Period, Unit, period_of, read_heading, take_unit, unit_of, widened
from warehouse.tables.mapping import Mapping

_MONTH_ALONE = re.compile(
    r"(?P<m>1[0-2]|0?[1-9])\s?月?|(?P<q>[一二三四1-4])季度|第(?P<q2>[一二三四])季度|Q(?P<q3>[1-4])|"
    r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:[#＃]|其中[:：]?|of which:?)\s*", re.IGNORECASE)
_MARKED = re.compile(r"\s*(?:[¹²³⁴⁵⁶⁷⁸⁹①②③④⑤⑥⑦⑧⑨*†‡]|\[\d{1,2}\]|\[notes? [^\]]*\]|\(\d\))+$")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a column of values."""

    names: tuple[str, ...]
    unit: Unit | None
    period: Period | None
    period_text: str
    entity: str
    vague: bool
    heading: str
    flag_column: int


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


def section_above(grid: Grid, mapping: Mapping) -> str:
    """The label between the headings and the first row of figures."""
    for row in range(mapping.first_row - 1, max(mapping.header_rows, default=mapping.first_row), -1):
        cells = [t for t in grid.rows[row - 1] if t.strip()] if row <= len(grid.rows) else []
        named = next((grid.text(row, c) for c in mapping.having("indicator") if grid.text(row, c).strip()), "")
        if named and len(cells) == 1:
            return tidy(named)
    return ""


def head_of(grid: Grid, mapping: Mapping, column: int, values: list[int]) -> Head:
    """What stands above one of the columns of `values`."""
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
    return Head(
        tuple(dict.fromkeys(names)), unit, period, period_text, given.get("entity") or entity, vague, heading[:60], flag
    )


def _settled(heading: Heading, mapping: Mapping) -> Heading:
    """A year in a heading is a period only where no column of the table gives periods."""
    if heading.vague and mapping.having("period"):
        return replace(heading, vague=False)
    return heading


def own_words(labels: Table[str, Sequence[str]], section: str) -> tuple[tuple[str, ...], Unit | None]:
    """The words with which a row begins its label, and the unit it states."""
    unit: Unit | None = None
    own: list[str] = []
    for name in labels["indicator"]:
        found, rest = take_unit(tidy(name))
        unit = found or unit
        own.append(tidy(rest))
    if labels["unit"] and labels["unit"][0].strip():
        unit = unit_of(labels["unit"][0])
    if section and own:
        own = [section, *own]
    return tuple(w for w in (*own, *(tidy(p) for p in labels["part"])) if w), unit


def month_of(head: Head, month: str) -> tuple[str, tuple[str, ...]]:
    """The month that row or heading names, and the names that the heading then still says."""
    if not month and len(head.names) == 1 and _MONTH_ALONE.fullmatch(head.names[0]) and not head.names[0].isdigit():
        return head.names[0], ()
    return month, head.names


def period_said(text: str, month: str, head: Head, mapping: Mapping) -> tuple[Period | None, str]:
    """The period of a cell whose row says `text` and `month` ("" = nothing), and the words that name it."""
    own = bool(text)
    text = text or head.period_text or mapping.defaults.get("period", "")
    period = head.period if head.period and not own else period_of(text)
    month, _ = month_of(head, month)
    if period and month and (period.start.month, period.end.month) == (1, 12):
        period, text = _within_year(period.end.year, month), f"{text} {month}"
    return (widened(period, mapping.dates) if period else None), text


def _within_year(year: int, month: str) -> Period | None:
    match = _MONTH_ALONE.fullmatch(plain(month))
    if not match:
        return period_of(f"{year}年{plain(month)}")
    found = match.groupdict()
    if found["m"]:
        return period_of(f"{year}-{int(found['m']):02d}")
    if found["name"]:
        return period_of(f"{found['name'][:3]} {year}")
    quarter = found["q"] or found["q2"] or found["q3"]
    return period_of(f"{year}年{quarter}季度")
