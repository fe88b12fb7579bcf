"""What the days by which a table dates its figures stand for: those days, or the month, quarter or year they begin.

Knows the cells of a draft and proposes its `dates`; what no table says of itself is told as a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import replace

from warehouse.tables.cells import plain
from warehouse.tables.digits import of_either_order
from warehouse.tables.grid import letter
from warehouse.tables.mapping import Mapping
from warehouse.tables.spots import Spot

_IN_DIGITS = re.compile(r"[\d\-/.: TZ年月日]+")
"""A date as machines write it; one in words says the day it means."""


def with_dates_meant(draft: Mapping, sample: Sequence[Spot], doubts: list[tuple[str, str, str]]) -> Mapping:
    """The draft with what its first days stand for, where the cells of `sample` show it."""
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
    if len(days) <= max(1, len(spans)) or {d.day for d in days} != {1}:
        return draft
    months = {d.month for d in days}
    dates = "year" if months == {1} else "quarter" if months <= {1, 4, 7, 10} else "month"
    doubts.append(("dates_stand_for", "[file]", dates))
    own = _own_dates(draft, sample) if dates == "month" and draft.having("period") else {}
    doubts += [("dates_stand_for", f"[headings.{letter(c)}]", given["dates"]) for c, given in own.items()]
    return replace(draft, dates=dates, headings={**draft.headings, **own})


def _own_dates(draft: Mapping, sample: Sequence[Spot]) -> dict[int, Table[str, str]]:
    """Columns that have figures only where a quarter or a year begins, in a table dated by months."""
    found: dict[int, Table[str, str]] = {}
    told = [(s.column, s.when.period.start.month) for s in sample if s.when.period and s.text.strip(" .-")]
    for column in draft.having("value"):
        months = [month for own, month in told if own == column]
        if len(months) > 1 and set(months) <= {1, 4, 7, 10}:
            found[column] = {"dates": "year" if set(months) == {1} else "quarter"}
    return found
