"""A target beside a projection: its chance, the pace it needs, the pace so far, and the milestones on the way.

A target is the user's own unless somebody stored it with an author and a status. Where the projection is a total over
several years, paces are yearly rates and milestones are running totals; otherwise a pace is the change a year.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from forecast.errors import Misuse
from forecast.notes import Note, note
from forecast.projection import Projection
from forecast.sentences import LANGUAGES, say
from forecast.verdicts import pace
from forecast.verdicts.aim import AT_LEAST, AT_MOST, BETWEEN, Aim
from forecast.workflow.evidence import WINDOW, Evidence
from forecast.workflow.horizon import Window
from warehouse.records import Indicator

if TYPE_CHECKING:
    from warehouse.intentions import TargetRecord

USER, USERS = "user", "user's target"
"""Author and status of a target that was typed and not stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """Where the straight way to the target stands on `day`, and the chance of being there (None without a band)."""

    day: date
    value: float
    chance: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A target on the last day of a projection.

    `chance` is P(met on that day), None where the model has no band; for a target to be `held` every year it is that
    of the hardest year, which the chance of holding it throughout cannot exceed. `pace_so_far` has one entry for each
    earlier figure, oldest first; `met` says whether the newest one meets it already. `notes` say what is odd about it.
    """

    value: float
    to: date
    chance: float | None
    aim: Aim
    author: str = USER
    status: str = USERS
    held: bool = False
    source: str = ""
    pace_needed: float = math.nan
    pace_so_far: tuple[tuple[date, float], ...] = ()
    milestones: tuple[Milestone, ...] = ()
    met: bool = False
    notes: tuple[Note, ...] = field(default=())

    @property
    def own(self) -> bool:
        """Whether the user typed it just now."""
        return self.status == USERS


def aim_of(value: float, indicator: Indicator) -> Aim:
    """A plain value as a target in the direction that the indicator calls good."""
    return Aim(kind=AT_MOST, high=value) if indicator.direction == "down" else Aim(kind=AT_LEAST, low=value)


def aim_of_record(record: TargetRecord) -> Aim:
    """What a stored target asks for."""
    return Aim(kind=record.kind, low=record.low, high=record.high)


def aim_told(record: TargetRecord) -> dict[str, str]:
    """What a stored target asks for, in every language."""
    return {lang: say(f"aim_{record.kind}", lang, low=record.low, high=record.high) for lang in LANGUAGES}


def check_limits(aim: Aim, indicator: Indicator) -> None:
    """Raise `Misuse` for a target that is no number or lies outside the indicator's natural limits."""
    for value in (aim.low, aim.high):
        if value is None:
            continue
        if not math.isfinite(value):
            raise Misuse("target_not_finite", value=str(value))
        if (indicator.lower is not None and value < indicator.lower) or (
            indicator.upper is not None and value > indicator.upper
        ):
            raise Misuse("target_outside_limits", value=float(value), indicator=indicator.slug)


def chance_at(projection: Projection, aim: Aim, indicator: Indicator, on: int = -1) -> float | None:
    """P(the aim is met) on the projection's date `on`, None without a band."""
    if projection.cdf is None:
        return None
    cdf = projection.cdf
    index = on % len(projection.dates)
    return aim.chance(lambda value: cdf(index, value), integer=indicator.integer)


def target_of(
    aim: Aim,
    projection: Projection,
    evidence: Evidence,
    indicator: Indicator,
    window: Window | None = None,
    record: TargetRecord | None = None,
) -> Target:
    """The target on the projection's last day. Raises `Misuse` for one outside the limits."""
    check_limits(aim, indicator)
    due, last = projection.dates[-1], evidence.series.last
    held = record is not None and record.held
    reached, _ = aim.bound_for(last.value)
    chance = chance_at(projection, aim, indicator)
    if held and chance is not None:
        chance = min(
            c for i in range(len(projection.dates)) if (c := chance_at(projection, aim, indicator, i)) is not None
        )
    if window:
        needed = aim.value / window.years
        so_far = tuple((p.when, p.value) for p in evidence.series.points)
        way = tuple((day, aim.value * _share(window, day)) for day in _year_ends(window))
    else:
        needed = pace.needed(last, reached, due)
        so_far = pace.so_far(evidence.series.points)
        way = pace.milestones(last, reached, due, projection.dates)
        if held:
            way = tuple((day, reached) for day in projection.dates)
    return Target(
        value=aim.value,
        to=due,
        chance=chance,
        aim=aim,
        author=record.author if record else USER,
        status=record.status if record else USERS,
        held=held,
        source=record.source if record else "",
        pace_needed=needed,
        pace_so_far=so_far,
        milestones=_milestones(way, aim, projection, indicator, window),
        met=evidence.form != WINDOW and aim.met(last.value),
        notes=tuple(oddities(aim, evidence, indicator, held)),
    )


def _year_ends(window: Window) -> list[date]:
    return [date(year, 12, 31) for year in range(window.start.year, window.end.year)] + [window.end]


def _share(window: Window, day: date) -> float:
    """The share of a window that has passed at the end of `day`; whole calendar years count alike."""
    if (window.start.month, window.start.day, window.end.month, window.end.day) == (1, 1, 12, 31):
        return (day.year - window.start.year + 1) / (window.end.year - window.start.year + 1)
    return min(1.0, ((day - window.start).days + 1) / ((window.end - window.start).days + 1))


def _milestones(
    way: tuple[tuple[date, float], ...],
    aim: Aim,
    projection: Projection,
    indicator: Indicator,
    window: Window | None,
) -> tuple[Milestone, ...]:
    found = []
    for on, (day, value) in enumerate(way):
        chance = None
        if window is None and aim.kind != BETWEEN:
            chance = chance_at(projection, _whole(aim.kind, value, indicator), indicator, on)
        found.append(Milestone(day=day, value=value, chance=chance))
    return tuple(found)


def _whole(kind: str, value: float, indicator: Indicator) -> Aim:
    """The milestone `value` as an aim; of whole things there must be the next whole number."""
    rounder: Callable[[float], float] = math.ceil if kind == AT_LEAST else math.floor
    reached = float(rounder(round(value, 9))) if indicator.integer else value
    return Aim(kind=kind, low=reached) if kind == AT_LEAST else Aim(kind=kind, high=reached)


def oddities(aim: Aim, evidence: Evidence, indicator: Indicator, held: bool) -> list[Note]:
    """What a reader should know about the target itself."""
    said: list[Note] = []
    last = evidence.series.last
    if evidence.form != WINDOW and aim.met(last.value):
        said.append(note("target_already_met", value=last.value, date=last.when.isoformat()))
    if (indicator.direction, aim.kind) in (("up", AT_MOST), ("down", AT_LEAST)):
        said.append(note("target_against_direction", indicator=indicator.slug))
    if held:
        said.append(note("target_held"))
    broken = [o for o, why in evidence.unused if why.code == "definition_break"]
    if broken:
        said.append(note("target_on_broken_series", definition=evidence.definition))
    return said
