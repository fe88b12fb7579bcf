"""What the labels of a row say of its figures: the words of their name, their unit and their period.

Each asks about one combination of texts, however many rows repeat it; `spots` brings rows and headings together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from warehouse.coded import Coded, coded
from warehouse.tables.cells import plain
from warehouse.tables.digits import dashed
from warehouse.tables.headings import month_in, month_or_year
from warehouse.tables.heads import OF_WHICH, TO_DATE, Head
from warehouse.tables.layout import tidy
from warehouse.tables.mapping import Mapping
from warehouse.tables.periods import (
    period_of,
    states_a_day,
    twelve_months,
    whole_year,
    widened,
    within,
    year_of,
    years_before,
)
from warehouse.tables.totals import TOTAL_WORDS, is_total
from warehouse.tables.units import Unit, settled_unit, speaks_of_change, take_unit, unit_of
from warehouse.tables.year_parts import Part, Period, part_of


@dataclass(frozen=True, slots=True)
class Topic:
    """What a cell counts: `label` has the unit in square brackets where row or heading states one."""

    label: str
    unit: Unit | None


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The words of a row's label, the unit it states, and the one that its further parts state."""

    words: tuple[str, ...]
    named: bool
    """Whether a word says what is counted; a further part (non-residents) alone does not."""
    unit: Unit | None
    parts_unit: Unit | None


def own_words(labels: Table[str, Sequence[str]], section: str) -> OwnWords:
    """What the columns of names, units and parts of a row say."""
    unit: Unit | None = None
    of_parts: Unit | None = None
    own: list[str] = []
    for name in labels["indicator"]:
        found, rest = take_unit(tidy(name))
        unit = found or unit
        own.append(tidy(rest))
    if labels["unit"] and labels["unit"][0].strip():
        unit = unit_of(labels["unit"][0])
    above: Unit | None = None
    if section:
        above, rest = take_unit(section)
        own = [rest, *own]
    for part in labels["part"]:
        found, rest = take_unit(tidy(part))
        of_parts = of_parts or found
        own.append(rest)
    named = any(labels["indicator"]) or bool(section)
    return OwnWords(tuple(w for w in own if w), named, unit, of_parts or above)


def topic_of(own: OwnWords, head: Head, names: tuple[str, ...], mapping: Mapping) -> Topic:
    """What a row counts under a heading of which `names` are left when its month is taken."""
    unit = head.unit if head.settled else settled_unit(own.unit, head.unit, head.names)
    if unit is None and not speaks_of_change(head.names):
        unit = own.parts_unit
    words = [w for w in (*own.words, *names) if w]
    if not own.named and all(TO_DATE.fullmatch(n) or speaks_of_change((n,)) for n in names):
        words.insert(0, mapping.defaults.get("indicator", ""))
    label = " / ".join(w for w in words if w)
    if unit and unit.printed:
        label = f"{label} [{unit.printed}]"
    given = mapping.defaults.get("unit")
    whole = unit_of(given) if given else None
    if whole and not whole.relative and speaks_of_change((*own.words, *head.names)):
        whole = None
    return Topic(label, unit or whole)


def month_of(head: Head, month: str) -> tuple[str, tuple[str, ...]]:
    """The part of a year that row or heading names, and the names that the heading then still says."""
    if month:
        return month, head.names
    told = [month_in(name) for name in head.names]
    parts = [part for part, _ in told if part]
    if not parts:
        return "", head.names
    lowest = parts[-1] if _nested(parts) else ""
    first = next(at for at, (part, _) in enumerate(told) if part)
    taken = {at for at, (part, _) in enumerate(told) if part and (lowest or at == first)}
    names = (rest if at in taken else name for at, (name, (_, rest)) in enumerate(zip(head.names, told, strict=True)))
    return lowest or parts[0], tuple(name for name in names if name)


def _nested(parts: Sequence[str]) -> bool:
    """Whether each part holds the next or lies in it: Q1 above Jan, and 3月 above 1-3月; the lowest says it best."""
    spans = [part_of(plain(part)) for part in parts]
    return all(
        a and b and ((a.first <= b.first and b.last <= a.last) or (b.first <= a.first and a.last <= b.last))
        for a, b in pairwise(spans)
    )


def period_said(text: str, month: str, head: Head, mapping: Mapping) -> tuple[Period | None, str]:
    """The period of a cell whose row says `text` and `month` ("" = nothing), and the words that name it."""
    defaulted, of_row = not text and not head.period, bool(month) and not text
    period = head.period if head.period and not text else None
    text = text or head.period_text or mapping.defaults.get("period", "")
    period = period or period_of(text)
    month, names = month_of(head, month)
    if period and month and (defaulted or of_row or twelve_months(period)):
        year = period if twelve_months(period) else year_of(period.end.year)
        period, text = within(year, month), f"{text} {month}"
    if defaulted and not month and period and whole_year(period) and any(TO_DATE.fullmatch(n) for n in names):
        return None, text
    if period and defaulted and not period.day and any(_THIS_MONTH.fullmatch(n) for n in names):
        period = replace(period, start=period.end.replace(day=1))
    whole = period and twelve_months(period) and not whole_year(period)
    if period and not period.day and not whole and any(TO_DATE.search(n) for n in names):
        period = replace(period, start=period.start.replace(month=1, day=1))
    if period and head.years_back:
        period = years_before(period, head.years_back)
    if not period or month or states_a_day(text):
        return period, text
    return widened(period, head.dates or mapping.dates), text


def spelled_out(texts: Coded[str]) -> Coded[str]:
    """A column of periods that are nothing but digits, 202312 or 20231231, as 2023-12 and 2023-12-31."""
    texts = texts.turned(lambda text: _THOUSANDED.sub(r"\1\2", text))
    said = [plain(text) for text in texts.values]
    dates = [text for text in said if text and not is_total(text)]
    if any(not dashed(text, early=True) and not _YEAR.fullmatch(text) for text in dates):
        return texts
    return texts.turned(lambda text: dashed(plain(text), early=True) or text)


_YEAR = re.compile(r"(?:18|19|20)\d\d")
_THOUSANDED = re.compile(r"^\s*([12]),([089]\d\d)\s*$")
"""A year in a column of periods that a tool printed as a number: 2,016."""


_THIS_MONTH = re.compile(r"(?:本|当|當)月(?:完成|实际|實際)?[数數值]?|(?:this|current) month", re.IGNORECASE)
"""A heading of the last month of the months that the title names."""
_IN_BRACKETS = re.compile(r"[(（](?P<part>[^()（）]{2,10})[)）]\s*$")


def months_of_labels(labels: Coded[str]) -> Coded[str] | None:
    """The part of the year behind the label of each row, 地区生产总值（1-3季度）, and of the rows set in below it.

    None where no label says one.
    """
    told: list[str] = []
    part, depth = "", 0
    for row in range(len(labels)):
        label = labels[row]
        indent = len(label) - len(label.lstrip())
        match = _IN_BRACKETS.search(plain(label))
        if match and part_of(match["part"]):
            part, depth = match["part"], indent
        elif label.strip() and indent <= depth and not OF_WHICH.match(label):
            part = ""
        told.append(part)
    return coded(told) if any(told) else None


def with_totals(months: Coded[str], text: Coded[str], width: int) -> Coded[str]:
    """A column of months or quarters in which a total of those before it, or after it, is told by its months: 1-12月.

    It is their total where in some column of figures it is the sum; under means and levels it stays what it says. A
    subtotal is of the months since the last one, a total of all since the last total.
    """
    if not any(_TOTAL.fullmatch(plain(value)) for value in months.values):
        return months
    said = [plain(months[row]) for row in range(len(months))]
    parts = [part_of(label) for label in said]
    rows = [row for row in range(len(said)) if parts[row] or _TOTAL.fullmatch(said[row])]
    behind = bool(rows) and parts[rows[0]] is not None
    told: dict[int, str] = {}
    since_total: list[int] = []
    since_any: list[int] = []
    for row in rows if behind else reversed(rows):
        if parts[row]:
            since_total.append(row)
            since_any.append(row)
            continue
        block = since_any if _SUBTOTAL.fullmatch(said[row]) else since_total
        block = block if behind else block[::-1]
        span = _run([part for r in block if (part := parts[r])])
        if span and any(_is_sum(text, width, c, block, row) for c in range(width)):
            told[row] = f"{span.first}-{span.last}月"
        since_total = since_total if _SUBTOTAL.fullmatch(said[row]) else []
        since_any = []
    return coded(told.get(row, months[row]) for row in range(len(months)))


def _run(parts: Sequence[Part]) -> Part | None:
    """The months of parts of a year that follow each other without a gap, in their order; None where they do not."""
    if len(parts) < 2 or any(part.day for part in parts) or any(b.first != a.last + 1 for a, b in pairwise(parts)):
        return None
    return Part(parts[0].first, parts[-1].last)


def _is_sum(text: Coded[str], width: int, column: int, block: Sequence[int], total: int) -> bool:
    """Whether in a column of figures the total is the sum of the rows of a block."""
    told = [plain(text[row * width + column]).replace(",", "").replace(" ", "") for row in (*block, total)]
    if not all(map(_NUMBER.fullmatch, told)):
        return False
    *parts, whole = map(float, told)
    return abs(sum(parts) - whole) <= 0.01 * abs(whole)


_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_SUBTOTAL = re.compile(r"sub-?\s?totals?|小[计計]", re.IGNORECASE)
_TOTAL = re.compile(rf"{TOTAL_WORDS}|{_SUBTOTAL.pattern}|累[计計]", re.IGNORECASE)


def in_their_years(texts: Coded[str]) -> Coded[str]:
    """A column of periods in which months stand under their year (2023年, 1月, 2月), each month with that year.

    A column that begins with a month has no years to give.
    """
    parts = [month_or_year(text) for text in texts.values]
    if not any(month for month, _ in parts):
        return texts
    year: str | None = None
    told = []
    for code in texts.codes.tolist():
        month, own = parts[code]
        if month:
            year = year or ""
        elif own and year != "":
            year = own
        elif (period := period_of(texts.values[code])) and twelve_months(period):
            year = ""
        told.append(f"{year}年{month}" if month and year else texts.values[code])
    return coded(told)
