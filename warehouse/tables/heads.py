"""What stands above a column of values, and what headings say only by standing beside each other.

A month left of it, the group it comes again in, a year before: knows headings that are taken apart, and no table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from warehouse.tables.headings import month_in
from warehouse.tables.measures import RANK
from warehouse.tables.shared_units import counted_alike
from warehouse.tables.units import Unit
from warehouse.tables.year_parts import Period, in_words

OF_WHICH = re.compile(
    r"\s*(?:(?:[#＃]|其\s*中\s*[:：]?)\s*|(?:of which|of whom|w tym|dont|darunter|davon|de l[oa]s cuales|di cui|"
    r"waarvan|varav|herav|heraf|dos quais|das quais|z toho|ebből|в том числе):?\s+)(?=\S)",
    re.IGNORECASE,
)
"""What a label says of itself that counts a part of the one before it."""
TO_DATE = re.compile(r"累计|累計|year[- ]to[- ]date|\bYTD\b", re.IGNORECASE)
"""A heading of totals from the first of January."""
_YEAR_BEFORE = re.compile(
    r"(?:上年|去年|上一年)(?:同期|同月|同季)?(?:数|完成|累计|值)?|同期数?|"
    r"(?:same period )?(?:last|previous|prior) year|前年同[期月]|전년\s?동기",
    re.IGNORECASE,
)
_OF_YEAR_BEFORE = re.compile(r"^上(?:[學学]年度?|年度|(?=年[末底]))(?=[\u3400-\u9fff])")
"""What begins the name of a figure that is of the year before: 上學年度畢業生人數."""
_THIS_YEAR = re.compile(
    r"本期(?:数|完成|值)?|当期|本年(?:数|完成|值)?|报告期|(?:this|current) (?:year|period)", re.IGNORECASE
)
_LETTERED = re.compile(
    r"(?P<of>[A-Z]{1,4}_?)(?P<month>JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|YR|YEAR|TOT|TOTAL)", re.IGNORECASE
)
_OF_YEAR = ("yr", "year", "tot", "total")
_DOZEN = 12
_MONTHS = 4
"""So many columns of months make a word for the whole year among them one of its periods."""


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
    dates: str
    settled: bool
    """Whether the mapping itself says the unit, for this one column."""
    of_whole: bool = False
    """Whether the unit is that of the column of which it is a part."""
    years_back: int = 0
    """How many years before the period that the table gives: 上年同期."""


def beside_each_other(heads: Sequence[Head]) -> list[Head]:
    """The heads with what their neighbours say of them."""
    told = _a_year_before(_parts_of_the_left(_months_behind_a_letter(heads)))
    return _told_apart(_beside_months(_years_among_months(told)))


def _months_behind_a_letter(heads: Sequence[Head]) -> list[Head]:
    """IJAN to IDEC and EJAN to EDEC: months of what the letters say, and IYR the year of it."""
    found = [_LETTERED.fullmatch(h.names[0]) if len(h.names) == 1 else None for h in heads]
    months = Counter(m["of"] for m in found if m and m["month"].casefold() not in _OF_YEAR)
    told = []
    for head, match in zip(heads, found, strict=True):
        if match and months[match["of"]] >= _DOZEN:
            part = "Annual" if match["month"].casefold() in _OF_YEAR else match["month"].title()
            head = replace(head, names=(part, f"{match['of']}…"))
        told.append(head)
    return told


def _parts_of_the_left(heads: Sequence[Head]) -> list[Head]:
    """A heading that says 其中 or # of itself has the unit of the column that it is a part of, where it states none."""
    told: list[Head] = []
    whole: Unit | None = None
    for head in heads:
        part = OF_WHICH.match(head.heading)
        whole = whole if part else head.unit
        inherits = part and not head.unit and whole and all(counted_alike(name, whole) for name in head.names)
        told.append(replace(head, unit=whole, of_whole=True) if inherits else head)
    return told


def _a_year_before(heads: Sequence[Head]) -> list[Head]:
    """Beside 本期 the column 上年同期, or 上年末人数, is of a year earlier; neither word is part of a name."""
    words = [name for head in heads for name in head.names]
    if not any(_YEAR_BEFORE.fullmatch(name) or _OF_YEAR_BEFORE.match(name) for name in words):
        return list(heads)
    told = []
    for head in heads:
        names = (n for n in head.names if not _YEAR_BEFORE.fullmatch(n) and not _THIS_YEAR.fullmatch(n))
        back = any(_YEAR_BEFORE.fullmatch(name) or _OF_YEAR_BEFORE.match(name) for name in head.names)
        told.append(replace(head, names=tuple(_OF_YEAR_BEFORE.sub("", n) for n in names), years_back=int(back)))
    return told


def _years_among_months(heads: Sequence[Head]) -> list[Head]:
    """Among columns of months "Annual" is the whole year, and HALF1 its first half."""
    months = sum(any(month_in(name)[0] for name in head.names) for head in heads)
    if months < _MONTHS:
        return list(heads)
    return [replace(h, names=tuple(in_words(n) or n for n in h.names)) for h in heads]


def _beside_months(heads: list[Head]) -> list[Head]:
    """A heading that comes again behind each month (1月, 同比, 2月, 同比) is of the month left of it.

    A total to date behind 1月 to n月 is that of 1-n月.
    """
    count = Counter(head.names for head in heads if head.period is None)
    month, reached = "", 0
    told = []
    for head in heads:
        part = next((p for p in (month_in(name)[0] for name in head.names) if p), "")
        names = head.names
        if part or head.period:
            month = part
            reached = reached + 1 if re.fullmatch(rf"0?{reached + 1}\s?月", part) else reached
        elif any(TO_DATE.fullmatch(name) for name in names):
            reaches = reached > 1 and bool(month)
            month = f"1-{reached}月" if reaches else "累计"
            names = (month, *names) if reaches else names
        elif month and names and count[names] > 1:
            names = (month, *names)
        told.append(replace(head, names=names))
    return told


def _told_apart(heads: list[Head]) -> list[Head]:
    """A heading that comes again behind each group of columns (Tourists, % change, Receipts, % change) is of its group.

    The group is the nearest column left of it whose heading comes once.
    """
    count = Counter((head.names, head.period, head.entity) for head in heads)
    told, group = [], ""
    for head in heads:
        names = head.names
        if names and count[names, head.period, head.entity] == 1:
            group = names[0]
        elif names and group and group not in names:
            names = (group, *names)
        told.append(replace(head, names=names))
    return told


_GROWTH = re.compile(
    r"(?:[%％]\s?)?(?:(?:annual|yearly|year[- ]on[- ]year|y[-/]?o[-/]?y|per ?cent(?:age)?) )?"
    r"(?:change|growth(?: rate)?|increase|variation|chg\.?|var\.?)(?: ?[(（]?[%％][)）]?)?|(?:vs\.?|versus) .+|"
    r"(?:同比|环比|[比较較]上年(?:同期)?|[比较較](?:19|20)\d\d年)?(?:增长|增減|增减|增速|增幅|变动|變動|变化)[率量]?|同比|环比|[±+]\s?[%％]",
    re.IGNORECASE,
)
"""Headings of a change that do not say of what."""


def of_what(heads: Sequence[Head]) -> list[Head]:
    """Each change whose heading does not say of what, as that of the one thing that the other columns count."""
    change = [bool(head.names) and all(_GROWTH.fullmatch(name) for name in head.names) for head in heads]
    things = {head.names[:1] for head, of_change in zip(heads, change, strict=True) if not of_change}
    things = {names for names in things if not names or not RANK.search(names[0])}
    if len(things) != 1:
        return list(heads)
    thing = things.pop()
    return [replace(h, names=(*thing, *h.names)) if c else h for h, c in zip(heads, change, strict=True)]
