"""Refit at each past publication with what was published by then, and score against what was published later.

An origin is a day on which something about the series became known. Its truth are the later figures under definitions
comparable with the origin's own, dated after its last figure and published after it; a definition break is never
crossed. A later figure known only as a bound is named and not scored. Two publications make one origin, not more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from forecast import models
from forecast.backtesting import Backtest, Case, backtest
from forecast.errors import Refusal
from forecast.notes import Note, note
from forecast.projection import LEVELS
from forecast.workflow.evidence import WINDOW, Evidence, assemble, shown
from forecast.workflow.opening import DEFAULT_WAIT, open_store
from forecast.workflow.whose import lacking
from warehouse.catalogue import Catalogue
from warehouse.records import Entity, Indicator, Known
from warehouse.statements import statements

EVERY_MODEL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """What can be scored of one series: its publications, a case for each origin, and what there is to say.

    `figures` maps an origin to how many figures were known then, `definitions` to the wording they were counted under.
    """

    indicator: Indicator
    entity: Entity
    publications: tuple[date, ...]
    cases: tuple[Case, ...]
    figures: Mapping[date, int]
    definitions: Mapping[date, str]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """One model's back-test of one series; `reason` stands where the series has nothing to score."""

    indicator: Indicator
    entity: Entity
    model: str
    found: Origins | None = None
    result: Backtest | None = None
    reason: Note | None = None


def backtest_indicator(
    indicator: str,
    *,
    entity: str = "",
    model: str = models.DEFAULT,
    definition: str = "",
    warehouse: Path | None = None,
    wait: float = DEFAULT_WAIT,
) -> list[Tested]:
    """The back-test of one series, one entry a model (`all` = every model).

    Raises `Refusal` where nothing can be scored, with the reason, and `Misuse` or `Unknown` for names that are none.
    """
    definitions = [models.get(name) for name in _models(model)]
    with open_store(warehouse, wait=wait) as store:
        catalogue = store.catalogue()
        record, owner = catalogue.indicator(indicator), catalogue.entity(entity)
        views = _views(store, record.slug)
    found = origins_of(record, owner, views, catalogue, definition)
    tested = [
        Tested(indicator=record, entity=owner, model=one.name, found=found, result=backtest(one, found.cases, LEVELS))
        for one in definitions
    ]
    if len(tested) == 1 and tested[0].result and not tested[0].result.origins and tested[0].result.refused:
        why = tested[0].result.refused[-1][1]
        raise Refusal(why.code, **why.params)
    return tested


def backtest_all(
    *, entity: str = "", model: str = models.DEFAULT, warehouse: Path | None = None, wait: float = DEFAULT_WAIT
) -> list[Tested]:
    """The back-test of every series of every entity (or one); one with nothing to score is an entry with `reason`."""
    definitions = [models.get(name) for name in _models(model)]
    with open_store(warehouse, wait=wait) as store:
        catalogue = store.catalogue()
        views = _views(store, None)
        only = catalogue.entity(entity).slug if entity else ""
    newest = views[max(views)] if views else []
    pairs = {(k.observation.indicator, k.observation.entity) for k in newest if k.live}
    place = {slug: i for i, slug in enumerate(catalogue.indicators)}
    tested = []
    for slug, owner in sorted(pairs, key=lambda p: (p[1] != catalogue.default_entity, p[1], place[p[0]])):
        if only not in ("", owner):
            continue
        record, holder = catalogue.indicators[slug], catalogue.entities[owner]
        own = {day: [k for k in view if k.observation.indicator == slug] for day, view in views.items()}
        for one in definitions:
            entry = Tested(indicator=record, entity=holder, model=one.name)
            try:
                found = origins_of(record, holder, own, catalogue)
            except Refusal as refusal:
                tested.append(replace(entry, reason=refusal.note))
                continue
            tested.append(replace(entry, found=found, result=backtest(one, found.cases, LEVELS)))
    return tested


def _models(model: str) -> tuple[str, ...]:
    return models.names() if model == EVERY_MODEL else (model or models.DEFAULT,)


def _views(store: Any, slug: str | None) -> dict[date, list[Known]]:
    """What was known on each day on which something was published."""
    days = sorted({k.observation.published for k in store.observations(slug)})
    return {day: store.observations(slug, as_of=day) for day in days}


def origins_of(
    indicator: Indicator,
    entity: Entity,
    views: Mapping[date, Sequence[Known]],
    catalogue: Catalogue,
    definition: str = "",
) -> Origins:
    """The origins of a series, from what was known on each day (`views`, of this indicator alone).

    Raises `Refusal` for an indicator without a trend, and where no publication is followed by a figure to score.
    """
    if not any(k.observation.entity == entity.slug for view in views.values() for k in view if k.live):
        others = sorted({k.observation.entity for view in views.values() for k in view if k.live})
        if others:
            raise lacking(indicator, entity, others, catalogue)
        raise Refusal("no_usable_figure", indicator=indicator.slug, entity=entity.slug)
    found = {day: statements(view, catalogue) for day, view in views.items()}
    newest = assemble(indicator, entity.slug, found[max(found)], catalogue, definition=definition)
    published = {k.observation.published for k in views[max(views)] if k.live and k.observation.entity == entity.slug}
    days = tuple(sorted(published))
    cases: list[Case] = []
    known: dict[date, Evidence] = {}
    notes: dict[tuple[str, str], Note] = {}
    before: tuple[str, ...] = ()
    for day in days:
        try:
            seen = assemble(indicator, entity.slug, found[day], catalogue, definition=definition)
            later = assemble(indicator, entity.slug, found[max(found)], catalogue, definition=seen.definition)
        except Refusal:
            continue  # nothing of this series could be projected on that day
        used = tuple(o.id for o in seen.used)
        if used == before:
            continue
        before = used
        truth, bounds = _later(seen, later, day)
        for said in bounds:
            notes[said.code, str(said.params)] = said
        if truth:
            cases.append(Case(origin=day, series=seen.series, truth=truth))
            known[day] = seen
    breaks = [why for _, why in newest.unused if why.code == "definition_break"]
    if not cases:
        if breaks:
            raise Refusal("backtest_across_break", indicator=indicator.slug, **_two(breaks[-1]))
        if notes:
            raise Refusal("backtest_only_bounds", indicator=indicator.slug)
        raise Refusal("backtest_no_origin", indicator=indicator.slug, entity=entity.slug, publications=len(days))
    rates = [note("window_rate")] if newest.form == WINDOW else []
    return Origins(
        indicator=indicator,
        entity=entity,
        publications=days,
        cases=tuple(cases),
        figures={day: seen.series.n for day, seen in known.items()},
        definitions={day: seen.definition for day, seen in known.items()},
        notes=(*breaks, *rates, *notes.values()),
    )


def _two(broken: Note) -> dict[str, Any]:
    return {key: broken.params[key] for key in ("left_out", "kept")}


def _later(seen: Evidence, later: Evidence, day: date) -> tuple[dict[date, float], list[Note]]:
    """Figures published after `day` and dated after the last one known then; bounds apart, as notes."""
    if later.form != seen.form:
        return {}, []
    published = {o.id: o for o in later.used}
    truth: dict[date, float] = {}
    bounds = []
    for point in later.series.points:
        if published[point.id].published <= day or point.when <= seen.series.last.when:
            continue
        if point.is_bound:
            bounds.append(note("backtest_bound", figure=shown(published[point.id])))
        else:
            truth[point.when] = point.value
    return truth, bounds


def rows_of(tested: Sequence[Tested]) -> list[dict[str, Any]]:
    """One row for each later figure scored: what was said then, what came, and the scores in the indicator's unit.

    `covered_80` and the like are 1 or 0; None stands where a model gave no band.
    """
    rows = []
    for one in tested:
        if one.found is None or one.result is None:
            continue
        for scored in one.result.rows:
            q, scores = scored.quantiles, scored.scores
            rows.append(
                {
                    "model": one.model,
                    "indicator": one.indicator.slug,
                    "entity": one.entity.slug,
                    "definition": one.found.definitions[scored.origin],
                    "kind": one.indicator.kind,
                    "origin_date": scored.origin.isoformat(),
                    "figures": one.found.figures[scored.origin],
                    "target_date": scored.target_date.isoformat(),
                    "value": scored.value,
                    "median": q[0.5],
                    "low": q.get(0.1),
                    "high": q.get(0.9),
                    "error": scores["error"],
                    "wis": scores.get("wis"),
                    "covered_50": _flag(scores.get("covered_50")),
                    "covered_80": _flag(scores.get("covered_80")),
                    "covered_95": _flag(scores.get("covered_95")),
                }
            )
    return rows


def _flag(value: float | None) -> int | None:
    return None if value is None else int(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How one model did over series: later figures scored, origins, refusals, and how many each band held.

    `banded` counts the scored figures for which there was a band. `days` is on how many different days the origins lie:
    what is projected from one day shares its surprises, and is not independent.
    """

    model: str
    series: int
    origins: int
    days: int
    scored: int
    banded: int
    held: Mapping[int, int]
    refused: int


def tally(tested: Sequence[Tested]) -> list[Tally]:
    """One tally a model, in the order of `tested`."""
    out = []
    for name in dict.fromkeys(one.model for one in tested):
        mine = [one.result for one in tested if one.model == name and one.result is not None]
        rows = [row for result in mine for row in result.rows]
        out.append(
            Tally(
                model=name,
                series=sum(result.origins > 0 for result in mine),
                origins=sum(result.origins for result in mine),
                days=len({row.origin for row in rows}),
                scored=len(rows),
                banded=sum("wis" in row.scores for row in rows),
                held={int(lv): int(sum(row.scores.get(f"covered_{lv:g}", 0.0) for row in rows)) for lv in LEVELS},
                refused=sum(len(result.refused) for result in mine),
            )
        )
    return out
