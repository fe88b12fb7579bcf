"""The days that a figure lands on: those of its period, and for a stock one of them. Knows no table and no source."""

from __future__ import annotations

from datetime import date

from warehouse.figures import Days
from warehouse.records import OF_A_DAY
from warehouse.tables.periods import period_of, whole_year
from warehouse.tables.year_parts import Period


def landing_days(period: Period, text: str, measure: str, stock_day: str) -> Days:
    """First and last day, and why these: a stock is of the last, or of the day of the year that the table states.

    `text` names the period; where it names a day that only stands for a longer one, a stock is of that day.
    """
    start, end = period.start, period.end
    stated = "stated: the table's own period"
    if measure not in OF_A_DAY or period.day:
        return Days(start=start, end=end, basis=stated)
    if _names_day(text, end):
        return Days(start=end, end=end, basis=stated)
    if measure == "stock" and stock_day and whole_year(period):
        day = date.fromisoformat(f"{end.year}-{stock_day}")
        return Days(start=day, end=day, basis="stated: the table says of which day of the year its stocks are")
    basis = "assumed: the table names only the period; a stock is taken as of its last day"
    return Days(start=end, end=end, basis=basis, as_of_low=start, as_of_high=end)


def _names_day(text: str, day: date) -> bool:
    period = period_of(text)
    return period is not None and period.day and period.end == day
