"""Project an indicator as known on a day: the store's figures, one comparable series, one model, and the doubts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forecast import models
from forecast.errors import ForecastError, Misuse, Refusal
from forecast.notes import Note, note
from forecast.projection import LEVELS, Projection
from forecast.workflow.evidence import WINDOW, Evidence, assemble, shown, sources_of
from forecast.workflow.horizon import Horizon, Window, check_reach, days_for, far_doubt, horizon_of, window_of
from forecast.workflow.opening import DEFAULT_WAIT, as_of_or_newest, open_store
from forecast.workflow.targeting import Target, aim_of, target_of
from forecast.workflow.whose import lacking
from warehouse.catalogue import Catalogue
from warehouse.records import KINDS, Entity, Indicator, Known, Observation, Source
from warehouse.statements import statements

if TYPE_CHECKING:
    import pandas as pd

    from warehouse.store import Warehouse


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """One statsmodels trend beside the default model: its projection, or why there is none."""

    model: str
    projection: Projection | None = None
    refusal: Note | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Projected:
    """A projection with everything it rests on.

    `later`: figures of the same series that came after it, for a chart. `sources`: of the figures used, of those left
    out, and of the later ones.
    """

    indicator: Indicator
    entity: Entity
    evidence: Evidence
    as_of: date
    horizon: Horizon
    projection: Projection
    window: Window | None = None
    trends: tuple[Trend, ...] = ()
    target: Target | None = None
    notes: tuple[Note, ...] = ()
    sources: tuple[Source, ...] = ()
    later: tuple[Observation, ...] = ()

    def table(self) -> pd.DataFrame:
        """The forecast in hubverse's columns, one row a target date and quantile."""
        import pandas as pd

        return pd.DataFrame(self.hubverse_rows())

    def hubverse_rows(self) -> list[dict[str, Any]]:
        """The rows of `table()`."""
        head = {
            "model_id": self.projection.model,
            "indicator": self.indicator.slug,
            "entity": self.entity.slug,
            "definition": self.evidence.definition,
            "origin_date": self.as_of.isoformat(),
        }
        return [head | row for row in self.projection.rows()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A series of a batch that was not projected, and why."""

    indicator: Indicator
    entity: Entity
    as_of: date
    reason: Note
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """How to project: everything a user may say besides the indicator. Blank means the default."""

    to: str = ""
    horizon: int | None = None
    model: str = models.DEFAULT
    definition: str = ""
    kind: str = ""
    levels: tuple[float, ...] = LEVELS
    target: float | None = None
    trends: bool = False

    def __post_init__(self) -> None:
        if self.kind and self.kind not in KINDS:
            raise Misuse("unknown_kind", name=self.kind, known=", ".join(KINDS))
        if not self.levels or any(not 0 < level < 100 for level in self.levels):
            raise Misuse("levels_outside", levels=", ".join(f"{level:g}" for level in self.levels))
        if self.to and self.horizon is not None:
            raise Misuse("to_or_horizon")


def project(
    indicator: str,
    *,
    entity: str = "",
    to: str = "",
    horizon: int | None = None,
    model: str = models.DEFAULT,
    definition: str = "",
    kind: str = "",
    as_of: date | None = None,
    levels: Sequence[float] = LEVELS,
    target: float | None = None,
    trends: bool = False,
    warehouse: Path | None = None,
) -> Projected:
    """The projection of one indicator, named in either language, as known on `as_of` (default: the newest figure's).

    `to` is a date, a year or a plan (default: the plan marked as default); `horizon` instead counts year-ends.
    `levels` are central intervals in percent; `target` is a value of the user's own for the last day. With `trends`
    the statsmodels trends are fitted beside the model. The result's `projection.values` are in the indicator's unit.

    Raises `Refusal` (and `TooFewPoints`) for a series that must not be projected so, `Misuse` for options that make
    no sense, `warehouse.errors.Unknown` for names that are not in the store.
    """
    request = Request(
        to=to,
        horizon=horizon,
        model=model,
        definition=definition,
        kind=kind,
        levels=tuple(levels),
        target=target,
        trends=trends,
    )
    with open_store(warehouse, wait=DEFAULT_WAIT) as store:
        return project_from(store, indicator, entity, request, as_of)


def project_from(store: Warehouse, indicator: str, entity: str, request: Request, as_of: date | None) -> Projected:
    """`project` on an open store. The store is left open."""
    catalogue = store.catalogue()
    day = as_of_or_newest(store, as_of)
    record = catalogue.indicator(indicator)
    owner = catalogue.entity(entity)
    known = store.observations(record.slug, as_of=day)
    if not any(k.observation.entity == owner.slug for k in known if k.live):
        _refuse_absent(record, owner, known, catalogue, day)
    origins = {s.id: s for s in store.sources()}
    return project_known(record, owner, known, catalogue, request, day, origins)


def _refuse_absent(
    indicator: Indicator, entity: Entity, known: Sequence[Known], catalogue: Catalogue, as_of: date
) -> None:
    others = sorted({k.observation.entity for k in known if k.live})
    if others:
        raise lacking(indicator, entity, others, catalogue)
    raise Refusal("nothing_published_yet", indicator=indicator.slug, as_of=as_of.isoformat())


def project_all(store: Warehouse, request: Request, as_of: date | None, entity: str = "") -> list[Projected | Refused]:
    """Every indicator of every entity (or of one), refusals as rows with their reason."""
    catalogue = store.catalogue()
    day = as_of_or_newest(store, as_of)
    only = catalogue.entity(entity).slug if entity else ""
    origins = {s.id: s for s in store.sources()}
    by_series: dict[tuple[str, str], list[Known]] = {}
    for item in store.observations(as_of=day):
        o = item.observation
        if item.live and only in ("", o.entity):
            by_series.setdefault((o.indicator, o.entity), []).append(item)
    results: list[Projected | Refused] = []
    for slug, owner in _in_catalogue_order(by_series, catalogue):
        indicator, holder = catalogue.indicators[slug], catalogue.entities[owner]
        try:
            known = by_series[slug, owner]
            results.append(project_known(indicator, holder, known, catalogue, request, day, origins))
        except ForecastError as error:
            results.append(
                Refused(indicator=indicator, entity=holder, as_of=day, reason=error.note, model=request.model)
            )
    return results


def _in_catalogue_order(keys: dict[tuple[str, str], Any], catalogue: Catalogue) -> list[tuple[str, str]]:
    position = {slug: i for i, slug in enumerate(catalogue.indicators)}
    return sorted(keys, key=lambda key: (key[1] != catalogue.default_entity, key[1], position.get(key[0], -1)))


def project_known(
    indicator: Indicator,
    entity: Entity,
    known: Sequence[Known],
    catalogue: Catalogue,
    request: Request,
    as_of: date,
    origins: Mapping[str, Source] | None = None,
) -> Projected:
    """The projection from figures already read: the same path for one, for all, for charts and reports."""
    found = statements(known, catalogue)
    evidence = assemble(indicator, entity.slug, found, catalogue, definition=request.definition, kind=request.kind)
    horizon = horizon_of(request.to, catalogue)
    window = window_of(horizon, catalogue) if evidence.form == WINDOW else None
    last = evidence.used[-1].period_end
    if window:
        check_reach(last, window.end)
        days: tuple[date, ...] = (window.middle,)
    else:
        days = days_for(evidence.form, last, horizon, request.horizon)
    run = _runner(evidence, days, request.levels, window)
    projection = run(request.model)
    trends = tuple(_trend(name, run) for name in models.TRENDS) if request.trends else ()
    target = None
    if request.target is not None:
        target = target_of(aim_of(request.target, indicator), projection, evidence, indicator, window)
    asked = target.notes if target else ()
    asked += far_doubt(last, projection.dates[-1])
    notes = (*asked, *_doubts(evidence, indicator), *projection.notes, *evidence.series.notes)
    return Projected(
        indicator=indicator,
        entity=entity,
        evidence=evidence,
        as_of=as_of,
        horizon=horizon,
        projection=projection,
        window=window,
        trends=trends,
        target=target,
        notes=notes,
        sources=sources_of((*evidence.used, *(o for o, _ in evidence.unused)), origins or {}),
    )


def _runner(
    evidence: Evidence, days: tuple[date, ...], levels: tuple[float, ...], window: Window | None
) -> Callable[[str], Projection]:
    def run(name: str) -> Projection:
        fitted = models.get(name).fit(evidence.series)
        projection = fitted.project(days, levels)
        return totalled(projection, window) if window else projection

    return run


def totalled(projection: Projection, window: Window) -> Projection:
    """A mean yearly rate over `window` as the window's total, dated by its last day."""
    inner = projection.cdf

    def cdf(on: int, value: float) -> float:
        assert inner is not None
        return inner(on, value / window.years)

    return replace(
        projection,
        dates=(window.end,),
        values=projection.values * window.years,
        cdf=cdf if inner else None,
    )


def _trend(name: str, run: Callable[[str], Projection]) -> Trend:
    try:
        return Trend(model=name, projection=run(name))
    except Refusal as refusal:
        return Trend(model=name, refusal=refusal.note)


def _doubts(evidence: Evidence, indicator: Indicator) -> list[Note]:
    """What a reader should doubt about the figures themselves."""
    used = evidence.used
    doubts: list[Note] = []
    if indicator.note:
        doubts.append(note("about_indicator", text={"en": indicator.note.en, "zh": indicator.note.zh}))
    if len(used) == 1:
        doubts.append(note("rests_on_one", figure=shown(used[0])))
    for o in used:
        if o.nature == "derived":
            doubts.append(
                note("derived_figure", figure=shown(o), formula=o.formula or "-", published=o.published.isoformat())
            )
    ranged = [o for o in used if o.as_of_low and o.as_of_high]
    if ranged:
        doubts.append(note("as_of_unstated", figures="; ".join(f"{shown(o)}: {_range(o)}" for o in ranged)))
    wordings = {o.definition for o in used}
    if len(wordings) > 1:
        doubts.append(note("definitions_joined", definitions=", ".join(sorted(wordings))))
    if evidence.form == WINDOW:
        doubts.append(note("window_rate"))
    if any(why.code == "rebound_left_out" for _, why in evidence.unused):
        doubts.append(note("scenarios_offered", indicator=indicator.slug))
    return doubts


def _range(o: Observation) -> str:
    return f"{o.as_of_low}..{o.as_of_high}"
