"""`--to DATE|YEAR|PLAN`: which days are projected. Knows plans and calendars, no figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from forecast.errors import Misuse
from forecast.notes import Note, note
from forecast.series import DAYS_PER_YEAR
from forecast.workflow.evidence import LEVEL, WINDOW
from warehouse.catalogue import Catalogue
from warehouse.figure_rows import parse_date
from warehouse.records import Plan

FAR_YEARS, MOST_YEARS = 10, 30
"""Past its last figure a series is projected without a word, with a doubt, and from `MOST_YEARS` on not at all."""
EXAMINED_YEARS = 5
"""So far ahead the models were examined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """Where a projection ends: a day, and the plan that was named or that ends there (None = neither)."""

    end: date
    plan: Plan | None = None


def horizon_of(text: str, catalogue: Catalogue) -> Horizon:
    """The horizon a user wrote; "" is the default plan. Raises `Misuse` for a date that is none."""
    if not text or text in catalogue.plans:
        plan = catalogue.plan(text)
        return Horizon(end=plan.end, plan=plan)
    try:
        end = parse_date(text, last=True)
    except ValueError:
        raise Misuse("not_a_horizon", text=text, plans=", ".join(sorted(catalogue.plans))) from None
    ending = [plan for plan in catalogue.plans.values() if plan.end == end]
    return Horizon(end=end, plan=ending[0] if ending else None)


def parse_day(text: str, option: str) -> date:
    """A day given to an option; a year means its last day. Raises `Misuse` naming the option."""
    try:
        return parse_date(text, last=True)
    except ValueError:
        raise Misuse("not_a_date", text=text, option=option) from None


def parse_moment(text: str, option: str) -> datetime:
    """A moment in UTC without a zone; a date means the end of its last day. Raises `Misuse` naming the option."""
    try:
        return datetime.combine(parse_date(text, last=True), time.max)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Misuse("not_a_moment", text=text, option=option) from None
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def check_reach(after: date, end: date) -> None:
    """Raise `Misuse` where `end` does not lie after the last figure, or more than `MOST_YEARS` after it."""
    if end <= after:
        raise Misuse("horizon_before_last_figure", end=end.isoformat(), last=after.isoformat())
    if end.year - after.year > MOST_YEARS:
        raise Misuse("horizon_too_far", end=end.isoformat(), last=after.isoformat(), most=MOST_YEARS)


def far_doubt(after: date, end: date) -> tuple[Note, ...]:
    """What to doubt of a day more than `FAR_YEARS` after the last figure; nothing of a nearer one."""
    years = end.year - after.year
    if years <= FAR_YEARS:
        return ()
    return (note("horizon_far", end=end.isoformat(), years=years, examined=EXAMINED_YEARS),)


def check_count(count: int) -> None:
    """Raise `Misuse` for a number of year-ends that does not lie from 1 to `MOST_YEARS`."""
    if count < 1:
        raise Misuse("horizon_not_positive", count=count)
    if count > MOST_YEARS:
        raise Misuse("horizon_too_long", count=count, most=MOST_YEARS)


def days_until(after: date, end: date) -> tuple[date, ...]:
    """The days projected where `--to` names `end`. Raises `Misuse` for an end that is too early or too far."""
    check_reach(after, end)
    return year_ends(after, end)


def year_ends(after: date, end: date) -> tuple[date, ...]:
    """The 31 Decembers after `after` up to `end`, and `end` itself, which lies after `after`."""
    days = [date(year, 12, 31) for year in range(after.year, end.year + 1)]
    return tuple(sorted({day for day in days if after < day < end} | {end}))


def next_year_ends(after: date, count: int) -> tuple[date, ...]:
    """The first `count` 31 Decembers after `after`."""
    first = after.year if after < date(after.year, 12, 31) else after.year + 1
    return tuple(date(year, 12, 31) for year in range(first, first + count))


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A span whose total is projected: the day its middle is placed on, and its length in years."""

    start: date
    end: date

    @property
    def middle(self) -> date:
        """The day on which the window's mean yearly rate is placed."""
        return self.start + timedelta(days=(self.end - self.start).days // 2)

    @property
    def years(self) -> float:
        """Length in years."""
        return ((self.end - self.start).days + 1) / DAYS_PER_YEAR


def window_of(horizon: Horizon, catalogue: Catalogue) -> Window:
    """The part of a plan up to the horizon. Raises `Misuse` where no plan holds that day."""
    plans = [horizon.plan] if horizon.plan else [p for p in catalogue.plans.values() if p.start <= horizon.end <= p.end]
    if not plans:
        raise Misuse("no_plan_holds", day=horizon.end.isoformat(), plans=", ".join(sorted(catalogue.plans)))
    return Window(start=plans[0].start, end=horizon.end)


def days_for(form: str, after: date, horizon: Horizon, count: int | None) -> tuple[date, ...]:
    """The target days of a level or yearly series. Raises `Misuse` for a yearly total on a day inside a year."""
    if count is not None:
        check_count(count)
        return next_year_ends(after, count)
    if form not in (LEVEL, WINDOW) and (horizon.end.month, horizon.end.day) != (12, 31):
        raise Misuse("yearly_needs_year_end", day=horizon.end.isoformat())
    return days_until(after, horizon.end)
