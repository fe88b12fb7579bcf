"""From the statements of one indicator to the one comparable series that may be fitted, and why the rest is left out.

A definition break, an entity or an overlapping window is never crossed. What is left out is named with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from forecast.errors import Refusal
from forecast.notes import Note, note
from forecast.sentences import number
from forecast.series import DAYS_PER_YEAR, Point, Series
from forecast.workflow.whose import entity_option
from warehouse.catalogue import Catalogue
from warehouse.records import Indicator, Observation, Source
from warehouse.statements import Statement

LEVEL, YEARLY, WINDOW = "level", "yearly", "window"
"""How a figure becomes a point: a level on a day; a calendar year's total; the yearly rate of a longer window."""

ALL_DEFINITIONS = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The series, what it rests on (`used`, oldest first), and what was left out and why (`unused`)."""

    series: Series
    form: str
    definition: str
    used: tuple[Observation, ...]
    unused: tuple[tuple[Observation, Note], ...] = ()

    @property
    def n_stated(self) -> int:
        """How many of the figures used a document states itself."""
        return sum(o.nature == "stated" for o in self.used)


def shown(o: Observation) -> str:
    """A figure as a note names it: what was printed (or computed), and the period."""
    printed = number(o.value) if o.nature == "derived" or _is_bare(o) else o.as_stated
    if o.period_start == o.period_end:
        return f"{printed} ({o.period_end.isoformat()})"
    if (o.period_start.month, o.period_start.day, o.period_end.month, o.period_end.day) == (1, 1, 12, 31):
        years = {o.period_start.year, o.period_end.year}
        return f"{printed} ({'-'.join(str(y) for y in sorted(years))})"
    return f"{printed} ({o.period_start.isoformat()}/{o.period_end.isoformat()})"


def _is_bare(o: Observation) -> bool:
    """Whether a bare number was printed (as "116.8" in a table of 10,000s, or "1114583"): the value says more."""
    try:
        printed = float(o.as_stated.replace(",", "").replace(" ", ""))
    except ValueError:
        return False
    return o.value.is_integer() or printed != o.value


def sources_of(figures: Iterable[Observation], origins: Mapping[str, Source]) -> tuple[Source, ...]:
    """The sources of figures, each once."""
    return tuple(origins[i] for i in dict.fromkeys(o.source for o in figures) if i in origins)


def assemble(
    indicator: Indicator,
    entity: str,
    found: Sequence[Statement],
    catalogue: Catalogue,
    *,
    definition: str = "",
    kind: str = "",
) -> Evidence:
    """The series of `entity` under one comparable set of definitions (default: the newest figure's).

    Raises `Refusal` for what has no trend (ranks, streaks, changes, plans, closed episodes), for no usable figure,
    and for `definition="all"` where two definitions may not be joined.
    """
    refuse_by_nature(indicator, entity_option(entity, catalogue))
    figures = [s.figure for s in found if s.figure.indicator == indicator.slug and s.figure.entity == entity]
    if not figures:
        raise Refusal("no_usable_figure", indicator=indicator.slug, entity=entity)
    figures, unused = _one_definition(indicator, figures, catalogue, definition)
    chosen = max(figures, key=_recency).definition
    figures = _after_rebound(figures, unused)
    if not figures:
        raise Refusal("only_rebound", indicator=indicator.slug, entity=entity)
    form = _form(figures)
    figures = _without_overlaps(figures, form, unused)
    points, notes = _points(indicator, figures, form)
    series = Series(
        indicator=indicator.slug,
        entity=entity,
        definition=chosen,
        unit=indicator.unit.en,
        kind=kind or indicator.kind,
        integer=indicator.integer and form != WINDOW,
        lower=indicator.lower,
        upper=indicator.upper,
        points=points,
        notes=(*(reason for _, reason in unused), *notes),
    )
    return Evidence(series=series, form=form, definition=chosen, used=tuple(figures), unused=tuple(unused))


def refuse_by_nature(indicator: Indicator, whose: str = "") -> None:
    """Raise `Refusal` for an indicator that has no trend, whatever its figures. `whose` ends the command it advises."""
    if indicator.measure == "rank":
        raise Refusal("rank_no_trend", indicator=indicator.slug, whose=whose)
    if indicator.measure in ("streak", "change", "plan"):
        raise Refusal(f"{indicator.measure}_no_trend", indicator=indicator.slug)
    if indicator.closed:
        raise Refusal(
            "closed_episode", indicator=indicator.slug, reason={"en": indicator.closed.en, "zh": indicator.closed.zh}
        )


def _recency(o: Observation) -> tuple[date, date]:
    return o.period_end, o.published


def _one_definition(
    indicator: Indicator, figures: list[Observation], catalogue: Catalogue, wanted: str
) -> tuple[list[Observation], list[tuple[Observation, Note]]]:
    newest = max(figures, key=_recency)
    if wanted and wanted != ALL_DEFINITIONS:
        group = catalogue.comparable_with(indicator.slug, catalogue.definition(indicator.slug, wanted).slug)
    else:
        group = catalogue.comparable_with(indicator.slug, newest.definition)
    inside = [o for o in figures if o.definition in group]
    outside = [o for o in figures if o.definition not in group]
    if not inside:
        raise Refusal("no_usable_figure", indicator=indicator.slug, entity=newest.entity)
    if not outside:
        return inside, []
    kept = max(inside, key=_recency)
    names = {d.slug: {"en": d.text.en, "zh": d.text.zh} for d in catalogue.definitions_of(indicator.slug)}

    def broken(o: Observation) -> Note:
        return note(
            "definition_break",
            left_out=shown(o),
            left_definition=names.get(o.definition, o.definition),
            kept=shown(kept),
            kept_definition=names.get(kept.definition, kept.definition),
        )

    if wanted == ALL_DEFINITIONS:
        raise Refusal("definitions_not_joined", indicator=indicator.slug, first=shown(outside[-1]), second=shown(kept))
    return inside, [(o, broken(o)) for o in outside]


def _after_rebound(figures: list[Observation], unused: list[tuple[Observation, Note]]) -> list[Observation]:
    """Only what comes after the last figure of a rebound: a recovery's pace says nothing of the pace after it."""
    flagged = [o for o in figures if o.flag == "rebound"]
    if not flagged:
        return figures
    last = max(flagged, key=_recency)
    kept = [o for o in figures if _recency(o) > _recency(last)]
    rests = shown(kept[-1]) if kept else "-"
    unused += [(o, note("rebound_left_out", left_out=shown(o), kept=rests)) for o in figures if o not in kept]
    return kept


def _years(o: Observation) -> float:
    return ((o.period_end - o.period_start).days + 1) / DAYS_PER_YEAR


def _form(figures: list[Observation]) -> str:
    flows = [o for o in figures if o.measure == "flow"]
    if not flows:
        return LEVEL
    return YEARLY if all(0.98 <= _years(o) <= 1.02 for o in flows) else WINDOW


def _without_overlaps(
    figures: list[Observation], form: str, unused: list[tuple[Observation, Note]]
) -> list[Observation]:
    """Flows whose windows do not overlap, the newest kept: two windows that share months may not be differenced."""
    if form == LEVEL:
        return figures
    kept: list[Observation] = []
    for o in sorted(figures, key=_recency, reverse=True):
        same = [k for k in kept if (k.period_start, k.period_end) == (o.period_start, o.period_end)]
        over = [k for k in kept if k.period_start <= o.period_end and o.period_start <= k.period_end]
        if same or not over:
            kept.append(o)
        else:
            unused.append((o, note("overlapping_windows", left_out=shown(o), kept=shown(over[-1]))))
    return sorted(kept, key=_recency)


def _points(indicator: Indicator, figures: list[Observation], form: str) -> tuple[tuple[Point, ...], list[Note]]:
    notes: list[Note] = []
    by_day: dict[date, list[Observation]] = {}
    for o in figures:
        by_day.setdefault(_placed(o, form), []).append(o)
    points = []
    for day in sorted(by_day):
        group = by_day[day]
        point = _point(group[-1], day, form)
        if len(group) > 1:
            point = _spanning(point, [_point(o, day, form) for o in group])
            notes.append(note("figures_disagree", figures="; ".join(shown(o) for o in group)))
        points.append(point)
        if point.is_bound:
            low, high = point.closed(indicator.lower, indicator.upper)
            notes.append(note("bound_closed", figure=shown(group[-1]), low=low, high=high))
    return tuple(points), notes


def _placed(o: Observation, form: str) -> date:
    if form == WINDOW:
        return o.period_start + timedelta(days=(o.period_end - o.period_start).days // 2)
    return o.period_end


def _point(o: Observation, day: date, form: str) -> Point:
    whole = Point(
        when=day,
        value=o.value,
        low=o.low,
        high=o.high,
        qualifier=o.qualifier,
        nature=o.nature,
        when_low=o.as_of_low,
        when_high=o.as_of_high,
        id=o.id,
    )
    if form != WINDOW:
        return whole
    low, high = whole.closed()
    years = _years(o)
    return replace(whole, value=o.value / years, low=low / years, high=high / years, when_low=None, when_high=None)


def _spanning(last: Point, group: list[Point]) -> Point:
    """One point for reports that disagree about one period: it spans them all."""
    lows = [p.low if p.low is not None else p.value for p in group]
    highs = [p.high if p.high is not None else p.value for p in group]
    low, high = min(lows), max(highs)
    return replace(last, value=(low + high) / 2, low=low, high=high, qualifier="about")
