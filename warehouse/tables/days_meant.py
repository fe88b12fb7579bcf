"""What the days by which a table dates its figures stand for: those days, or the month, quarter or year they begin
or end.

Knows the cells of a draft and proposes its `dates`; what no table says of itself is told as a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from warehouse.tables.cells import plain
from warehouse.tables.digits import of_either_order
from warehouse.tables.grid import letter
from warehouse.tables.heads import TO_DATE
from warehouse.tables.mapping import Mapping
from warehouse.tables.periods import ends_a_month, whole_year, within_year
from warehouse.tables.spotted import Spot
from warehouse.tables.year_parts import DAY, MONTH, NUMBER

_QUARTERS = 3
_IN_DIGITS = re.compile(r"[\d\-/.: TZ年月日]+")
"""A date as machines write it; one in words says the day it means."""


def with_dates_meant(draft: Mapping, sample: Sequence[Spot], doubts: list[tuple[str, str, str]]) -> Mapping:
    """The draft with what its days stand for, where the cells of `sample` are dated by first or by last days alone."""
    if any(s.when.period is None and of_either_order(plain(s.when.text)) for s in sample):
        doubts.append(("date_order_unknown", "[file]", "date_order"))
    if any(s.when.vague for s in sample):
        doubts.append(("year_ends_unknown", "[file]", "year_ends"))
    periods = [s.when.period for s in sample]
    days = {
        s.when.period.start for s in sample if s.when.period and s.when.period.day and _IN_DIGITS.fullmatch(s.when.text)
    }
    spans = {p.start for p in periods if p and not p.day}
    if len(days) == 1 and not spans and all(periods) and draft.dates == "day" and (first := min(days)).day == 1:
        doubts.append(("first_day_alone", "[file] dates", first.isoformat()))
    to_date = any(TO_DATE.search(s.topic.label) for s in sample)
    dates = _begun(days) or ("" if to_date else _ended(days))
    if len(days) <= max(1, len(spans)) or not dates:
        return draft
    doubts.append(("dates_stand_for", "[file]", dates))
    own = _own_dates(draft, sample) if dates == "month" and draft.having("period") else {}
    doubts += [("dates_stand_for", f"[headings.{letter(c)}]", given["dates"]) for c, given in own.items()]
    return replace(draft, dates=dates).with_headings(own)


def with_stock_day(
    draft: Mapping, lines: Sequence[str], sample: Sequence[Spot], doubts: list[tuple[str, str, str]]
) -> Mapping:
    """The draft with the day of the year that a line around the table says its figures are of: 1 January, 7月1日.

    Two days, or a line that speaks of one of several series, are only told.
    """
    told = {line: days for line in lines if (days := stock_days_in(line))}
    every = {day for days in told.values() for day in days}
    years = [s.when.period for s in sample if s.when.period]
    if not every - {_LAST_DAY} or not years or not all(map(whole_year, years)):
        return draft
    line = next(line for line, days in told.items() if set(days) - {_LAST_DAY})
    labels = {name.casefold() for s in sample for name in re.split(r" / | \[", s.topic.label) if len(name) > 1}
    several = len({s.topic.label for s in sample}) > 1 and any(name in line.casefold() for name in labels)
    if len(every) > 1 or several:
        doubts.append(("stock_day_of_some", "[file]", line[:120]))
        return draft
    doubts.append(("stock_day", "[file]", line[:120]))
    return replace(draft, stock_day=every.pop())


_OF_DAY = re.compile(
    rf"(?:as (?:at|of|on)|refers? to|(?:figures|data|population|estimates)(?: \w+){{0,2}} (?:at|on|of|for)) (?:the )?"
    rf"(?P<day>(?:{MONTH}) {DAY}(?:st|nd|rd|th)?|{DAY}(?:st|nd|rd|th)? (?:of )?(?:{MONTH}))\b"
    rf"(?![ ,]+(?:of )?(?:19|20)\d\d)|"
    rf"(?<!\d年)(?<!\d)(?P<han>{NUMBER}\s?月\s?{DAY}\s?日)\s?(?:零时|0时|时点|現在|现在|为标准|为准)|"
    rf"(?P<middle>年中(?:人口|数|數|值)|mid-?year (?:population|estimates?|figures?))",
    re.IGNORECASE,
)
"""What a line says of the day of the year that the figures are of, whatever the year."""


_OF_THE_FILE = re.compile(r"access|extract|updat|download|retriev|releas|下载|更新|发布", re.IGNORECASE)
_LAST_DAY = "12-31"


def stock_days_in(line: str) -> list[str]:
    """The days of the year, 07-01, that a line says figures are of, the last of December too."""
    found = [] if _OF_THE_FILE.search(line) else _OF_DAY.finditer(line)
    periods = [within_year(2023, match["day"] or match["han"] or "30 June") for match in found]
    return [f"{period.end:%m-%d}" for period in periods if period and period.day]


def _begun(days: set[date]) -> str:
    """What days stand for that are all the first of a month."""
    months = {d.month for d in days}
    if {d.day for d in days} != {1}:
        return ""
    return "year" if months == {1} else "quarter" if months <= {1, 4, 7, 10} else "month"


def _ended(days: set[date]) -> str:
    """What days stand for that are all the last of a month; two of the four that end quarters may end halves."""
    months = {d.month for d in days}
    if not all(map(ends_a_month, days)):
        return ""
    if months <= {3, 6, 9, 12}:
        return "year" if months == {12} else "quarter" if len(months) >= _QUARTERS else ""
    return "month" if len(months) > 1 else ""


def _own_dates(draft: Mapping, sample: Sequence[Spot]) -> dict[int, Table[str, str]]:
    """Columns that have figures only where a quarter or a year begins, in a table dated by months."""
    found: dict[int, Table[str, str]] = {}
    told = [(s.column, s.when.period.start.month) for s in sample if s.when.period and s.text.strip(" .-")]
    for column in draft.having("value"):
        months = [month for own, month in told if own == column]
        if len(months) > 1 and set(months) <= {1, 4, 7, 10}:
            found[column] = {"dates": "year" if set(months) == {1} else "quarter"}
    return found
