"""Stretches of time found in a text, and the calendar they are computed with.

A `Span` is a stretch `low..high` of days named by the words `start:end`. `role` says what it is to the figure beside
it: "when" (the figure describes it), "base" (the figure is compared with it), "since" (counting began there), "goal"
(it is still to come). `basis` is "stated", or a code that names the inference.
"""
# ruff: noqa: E501 - a pattern stays on one line

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Span:
    """`low..high`, both days included; `kind`: day, month, year, window, end (a day at the end of something), edition."""

    start: int
    end: int
    low: date
    high: date
    kind: str
    basis: str = "stated"
    role: str = "when"


CONGRESSES = {18: date(2012, 11, 8), 19: date(2017, 10, 18), 20: date(2022, 10, 16)}
"""The opening days of the national party congresses since which press texts count."""

Days = tuple[date, date, str, str]
"""What a rule answers: first day, last day, kind, basis."""


def year(number: int) -> tuple[date, date]:
    """The days of a calendar year."""
    return date(number, 1, 1), date(number, 12, 31)


def months(number: int, first: int, last: int) -> tuple[date, date]:
    """The days of the months `first..last` of a year."""
    return date(number, first, 1), date(number, last, monthrange(number, last)[1])


def plausible(number: int) -> bool:
    """Whether four digits can be a year of a press text."""
    return 1900 <= number <= 2099


def day_of(number: int, month: int, day: int) -> date | None:
    """The date, or None where there is no such day."""
    if not (1 <= month <= 12 and plausible(number)):
        return None
    return date(number, month, day) if 1 <= day <= monthrange(number, month)[1] else None


def latest(month: int, day: int, today: date) -> date | None:
    """The last such day not after `today` (a few days of announcement are allowed): a date without its year."""
    found = day_of(today.year, month, day)
    if found is None or found <= today + timedelta(days=60):
        return found
    return day_of(today.year - 1, month, day)


def back(today: date, years: int) -> date:
    """The same day some years earlier."""
    number = max(today.year - years, 1900)
    return date(number, today.month, min(today.day, monthrange(number, today.month)[1]))


def plan(number: int) -> tuple[date, date]:
    """The days of the n-th national Five-Year Plan (the first ran from 1953; each since the fifth is five full years)."""
    return date(1951 + 5 * number, 1, 1), date(1955 + 5 * number, 12, 31)


def cut(low: date, high: date, today: date, kind: str, basis: str) -> Days:
    """A stretch cut at the day of the announcement: nothing after it has happened yet."""
    if low <= today < high:
        return low, today, kind, "to_date"
    return low, high, kind, basis
