"""What the headings above each column of figures say, as a mapping says they are to be read.

`row_words` knows what the labels of a row say; `spots` brings the two together for every cell.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, pairwise

from warehouse.tables.cells import plain
from warehouse.tables.grid import Grid
from warehouse.tables.headings import TERM, Heading, read_heading
from warehouse.tables.heads import Head, beside_each_other, of_what
from warehouse.tables.mapping import Mapping
from warehouse.tables.own_years import own_years
from warehouse.tables.periods import months_to, period_of, whole_year, within
from warehouse.tables.units import Unit, unit_of
from warehouse.tables.year_parts import MONTH, MONTHS, Period, last_day

_LEADING = re.compile(r"^(?:(?:[#＃]|其中[:：]?|of which:?)\s*)+", re.IGNORECASE)
_INDENT = re.compile(r"^(?:[.…·•└├─\s]+|[>›»]+\s+(?=[^\W\d]))+")
_MARKED = re.compile(
    r"\s*(?:<[A-Z0-9]+>|(?<!km)(?<!\bm)[¹²³⁴⁵⁶⁷⁸⁹⁰]+[)⁾]?|"
    r"[①②③④⑤⑥⑦⑧⑨*†‡]|\[\d{1,2}\]|\[notes? [^\]]*\]|\(\d\)|\([a-e]\)|"
    r"(?<=[^\W\d_])\s?\d\)|\([¹²³⁴⁵⁶⁷⁸⁹]+\))+$"
)
_SPREAD = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
"""Blanks that only spread a Chinese word: 合 计."""


_BROKEN = re.compile(r"(?<=[^\W\d_])-\s*\n\s*(?=[a-zß-ÿ])")
"""A word broken over two lines of a heading."""


def tidy(text: str) -> str:
    """A label without indents, "其中", "#", footnote marks and the blanks within a Chinese word."""
    said = _INDENT.sub("", re.sub(r"\s+", " ", plain(text)))
    bare = _MARKED.sub("", _LEADING.sub("", said))
    if bare.count("(") != bare.count(")"):
        bare = _LEADING.sub("", said)
    return _SPREAD.sub("", bare).strip(" :：")


def filled(grid: Grid, row: int, column: int) -> str:
    """The text of a cell; of a merged one, the text of its first cell."""
    text = grid.text(row, column)
    if not text:
        for span in grid.merged:
            if span.top <= row <= span.bottom and span.left <= column <= span.right:
                return grid.text(span.top, span.left)
    return text


def heading_texts(grid: Grid, header_rows: tuple[int, ...], column: int, left: int) -> list[str]:
    """The texts above a column, from the top; an upper heading reaches right over the blanks after it.

    It does not reach into the next group of the row above it.
    """
    texts = []
    for index, row in enumerate(header_rows):
        text = filled(grid, row, column)
        if not text.strip() and index < len(header_rows) - 1 and not _merged_along(grid, row):
            below = any(grid.text(lower, column).strip() for lower in header_rows[index + 1 :])
            above = header_rows[:index]
            at = column
            while below and at > left and not text.strip() and not any(grid.text(r, at).strip() for r in above):
                at -= 1
                text = grid.text(row, at)
        texts.append(_BROKEN.sub("", text))
    return _with_whole_brackets(texts)


def _with_whole_brackets(texts: list[str]) -> list[str]:
    """The texts with a bracket that one opens and the next closes, (millions of / US dollars), wholly in the first."""
    whole = list(texts)
    for at, (text, below) in enumerate(pairwise(texts)):
        if text.count("(") > text.count(")") and below.count(")") > below.count("("):
            whole[at], whole[at + 1] = f"{text.strip()} {below.strip()}", ""
    return whole


def _merged_along(grid: Grid, row: int) -> bool:
    """Whether a cell of the row is merged with others right of it: a blank beside it then belongs to nothing."""
    return any(span.top <= row <= span.bottom and span.right > span.left for span in grid.merged)


def section_above(grid: Grid, mapping: Mapping) -> str:
    """The label between the headings and the first row of figures."""
    for row in range(mapping.first_row - 1, max(mapping.header_rows, default=mapping.first_row), -1):
        cells = [t for t in grid.rows[row - 1] if t.strip()] if row <= len(grid.rows) else []
        labels = (*mapping.having("indicator"), *mapping.having("entity"))
        named = next((grid.text(row, c) for c in labels if grid.text(row, c).strip()), "")
        if named and len(cells) == 1:
            return tidy(named)
    return ""


def heads_of(grid: Grid, mapping: Mapping) -> list[Head]:
    """What stands above each of the value columns, from left to right."""
    values = mapping.having("value")
    blocks = sorted(chain.from_iterable(side_by_side(grid, mapping).values()))
    left = min([*values, *blocks], default=1)
    every = [heading_texts(grid, mapping.header_rows, column, left) for column in values]
    texts = list(dict.fromkeys(text for texts in every for text in texts))
    spelled = dict(zip(texts, own_years(grid, mapping).spelled(texts), strict=True))
    own = [_head(mapping, c, values, t, spelled) for c, t in zip(values, every, strict=True)]
    heads = list(chain.from_iterable(map(beside_each_other, _blocks_of(own, values, blocks))))
    given = [bool(mapping.headings.get(column, {}).get("period")) for column in values]
    heads = [replace(h, years_back=0) if dated else h for h, dated in zip(heads, given, strict=True)]
    return heads if mapping.having("indicator") or mapping.having("part") else of_what(heads)


_FOOTNOTE = re.compile(r"\d")
"""What stands behind the year of a heading, 2023 1, and is the number of a footnote."""


def _blocks_of(heads: Sequence[Head], values: Sequence[int], begins: Sequence[int]) -> list[list[Head]]:
    """The heads of the columns of each block of a table set side by side; all of them where it is one."""
    block = [bisect(begins, column) for column in values]
    return [[head for head, own in zip(heads, block, strict=True) if own == one] for one in dict.fromkeys(block)]


def _head(mapping: Mapping, column: int, values: list[int], texts: list[str], spelled: dict[str, str]) -> Head:
    around = " ".join(texts)
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
            period, period_text = period_of(spelled[text]), spelled[text]
        else:
            text = spelled[text]
            if "!!" in text:
                place, _, text = text.partition("!!")
                entity = tidy(place)
                text = text.removesuffix("Estimate").strip("! ")
            found = _settled(read_heading(text, around), mapping)
            period, period_text = (found.period, text) if found.period else (period, period_text)
            unit, vague = found.unit or unit, vague or found.vague
            if found.name and not (found.period and _FOOTNOTE.fullmatch(found.name)):
                names.append(tidy(found.name))
    period, period_text = _on_day(_ended(period, names), period_text, names)
    if period and any(TERM.search(name) for name in names):
        period, period_text, vague = None, "", True
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
        tuple(dict.fromkeys(names)), unit, period, period_text, given.get("entity") or entity, vague, heading[:60],
        flag, given.get("dates", ""), bool(given.get("unit")),
    )  # fmt: skip


_ENDED = re.compile(
    rf"(?:financial |fiscal )?(?:year|(?:12|twelve) months) (?:ended|ending|to)(?: on)? (?:\d{{1,2}} )?(?P<m>{MONTH})",
    re.IGNORECASE,
)
"""The end of a year over its number: "Year ended 30 June" above 2023."""


def _ended(period: Period | None, names: list[str]) -> Period | None:
    """The year that ends with the month that one of the names says, where the others say only its number."""
    month = next((match["m"] for name in names if (match := _ENDED.search(name))), "")
    if not period or not month or not whole_year(period):
        return period
    return months_to(last_day(period.end.year, MONTHS[month.title()]), 12)


_AS_OF = re.compile(
    rf"\b(?:as (?:of|at)|at|on) (?P<day>(?:{MONTH})\.? \d{{1,2}}|\d{{1,2}} (?:{MONTH}))\b", re.IGNORECASE
)
"""A day over the number of its year: "Population (as of July 1)" above 2023."""


def _on_day(period: Period | None, text: str, names: list[str]) -> tuple[Period | None, str]:
    """The day that one of the names says, in the year that the others say, and words that name it."""
    day = next((match["day"] for name in names if (match := _AS_OF.search(name))), "")
    found = within(period, day) if period and day and whole_year(period) else None
    return (found, f"at {found.end.isoformat()}") if found else (period, text)


def _settled(heading: Heading, mapping: Mapping) -> Heading:
    """A year in a heading is a period only where no column of the table gives periods."""
    if heading.vague and mapping.having("period"):
        return replace(heading, vague=False)
    return heading


def side_by_side(grid: Grid, mapping: Mapping) -> dict[str, list[int]]:
    """Roles whose columns come again under the same heading: each block's figures belong to its own."""
    found = {}
    for role in ("indicator", "entity", "period"):
        columns = mapping.having(role)
        heads = {filled(grid, mapping.header_rows[-1], c).strip() for c in columns} if mapping.header_rows else set()
        values = mapping.having("value")
        apart = all(any(a < value < b for value in values) for a, b in pairwise(columns))
        if len(columns) > 1 and apart and (role == "entity" or (len(heads) == 1 and heads != {""})):
            found[role] = columns
    return found


def units_beside(mapping: Mapping) -> dict[int, int]:
    """Value columns that have a column of units of their own right of them, or all left; the places of those.

    Empty where a unit stands elsewhere: the first that says something then holds for all.
    """
    units, values = mapping.having("unit"), mapping.having("value")
    for side in (1, -1):
        own = {c: units.index(c + side) for c in values if c + side in units}
        if len(units) > 1 and len(own) == len(units):
            return own
    return {}
