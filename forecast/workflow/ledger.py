"""The ledger: projections kept as they were, and what later figures said of them.

Freezing stores the quantiles at hubverse's 23 probabilities on quarter-ends and year-ends up to the horizon, with the
model, the tool's version, a hash of the figures it rests on, and the rule that settles it. Scoring stores nothing: what
is settled, and the totals, are computed from the figures that stand on the day of asking, so a revised figure changes
the score and nothing else. What stays open says why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from forecast import models
from forecast.errors import Misuse
from forecast.notes import Note, note
from forecast.projection import Projection
from forecast.series import Point
from forecast.settling import Record, Settled, quantiles_on, record, settle
from forecast.verdicts import pace
from forecast.workflow.evidence import LEVEL, WINDOW, YEARLY, shown
from forecast.workflow.opening import DEFAULT_WAIT, open_store, tool_version
from forecast.workflow.project import Projected, Refused, Request, project_all, project_from, totalled
from forecast.workflow.steward import who
from warehouse.catalogue import Catalogue
from warehouse.frozen import Frozen, FrozenRow
from warehouse.location import default_path, seeds_folder
from warehouse.records import Observation
from warehouse.statements import statements
from warehouse.store import Warehouse

LEVELS = (98.0, 95.0, *(float(level) for level in range(90, 0, -10)))
"""Central intervals whose ends are hubverse's usual 22 quantiles; with the median 23."""
OVERDUE = timedelta(days=548)
"""A figure that has not come a year and a half after its day is called never published."""


def data_sha256(result: Projected) -> str:
    """A hash of the figures a projection rests on: the same on every machine, whatever the clocks say."""
    ids = sorted(o.id for o in result.evidence.used)
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()


def frozen_of(result: Projected, catalogue: Catalogue, *, author: str, note: str = "") -> Frozen:
    """A projection as the ledger keeps it: exactly the quantiles it holds."""
    p, evidence, series = result.projection, result.evidence, result.evidence.series
    paces = pace.so_far(series.points)
    window = result.window
    scale = window.years if window else 1.0
    definitions = sorted(catalogue.comparable_with(result.indicator.slug, evidence.definition))
    return Frozen(
        model=p.model,
        version=tool_version(),
        indicator=result.indicator.slug,
        entity=result.entity.slug,
        definition=evidence.definition,
        origin=result.as_of,
        data_sha256=data_sha256(result),
        form=evidence.form,
        definitions=tuple(definitions),
        window_start=window.start if window else None,
        integer=result.indicator.integer,
        last_when=window.end if window else series.last.when,
        last_value=series.last.value * scale,
        pace=paces[-1][1] if paces and not window else None,
        rows=rows_of(p),
        author=author,
        note=note,
    )


def rows_of(p: Projection) -> tuple[FrozenRow, ...]:
    """The quantiles of a projection as rows, fourteen significant digits of each."""
    return tuple(
        FrozenRow(
            target_date=day,
            output_type="quantile",
            output_type_id=f"{prob:g}",
            value=float(f"{float(p.values[i, j]):.14g}"),
        )
        for i, day in enumerate(p.dates)
        for j, prob in enumerate(p.probs)
    )


def fine(result: Projected) -> Projected:
    """The same projection on more days and at more probabilities: what is worth keeping."""
    evidence, p = result.evidence, result.projection
    days = p.dates
    if evidence.form == LEVEL:
        days = tuple(sorted({*days, *_quarter_ends(evidence.series.last.when, days[-1])}))
    fitted = models.get(p.model).fit(evidence.series)
    if result.window:
        return replace(result, projection=totalled(fitted.project((result.window.middle,), LEVELS), result.window))
    return replace(result, projection=fitted.project(days, LEVELS))


def _quarter_ends(after: date, end: date) -> list[date]:
    ends = [
        date(year, month, 31 if month in (3, 12) else 30)
        for year in range(after.year, end.year + 1)
        for month in (3, 6, 9, 12)
    ]
    return [day for day in ends if after < day < end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Freezing:
    """What a freezing did: what is new, what was there already, what could not be projected, and the others' notes."""

    new: tuple[Frozen, ...]
    held: tuple[Frozen, ...]
    refused: tuple[Refused, ...] = ()
    notes: tuple[tuple[Note, ...], ...] = ()


def freeze(
    indicator: str,
    entity: str,
    request: Request,
    as_of: date | None,
    *,
    author: str = "",
    note: str = "",
    warehouse: Path | None = None,
    wait: float = DEFAULT_WAIT,
) -> Freezing:
    """Keep the projection of one indicator, or of every one ("") ; freezing the same twice changes nothing."""
    with open_store(warehouse, wait=wait) as store:
        made: list[Projected | Refused] = (
            [project_from(store, indicator, entity, request, as_of)]
            if indicator
            else project_all(store, request, as_of, entity)
        )
        catalogue = store.catalogue()
    results = [fine(r) for r in made if isinstance(r, Projected)]
    refused = tuple(r for r in made if isinstance(r, Refused))
    kept = keep(results, catalogue, author=author, note=note, warehouse=warehouse, wait=wait)
    return replace(kept, refused=refused, notes=tuple(r.notes for r in results))


def keep(
    results: Iterable[Projected],
    catalogue: Catalogue,
    *,
    author: str = "",
    note: str = "",
    warehouse: Path | None = None,
    wait: float = DEFAULT_WAIT,
) -> Freezing:
    """Append projections to the ledger exactly as they are: what a report does with what it prints."""
    by = who(author)
    return append([frozen_of(r, catalogue, author=by, note=note) for r in results], by, warehouse=warehouse, wait=wait)


def append(
    projections: Sequence[Frozen], author: str, *, warehouse: Path | None = None, wait: float = DEFAULT_WAIT
) -> Freezing:
    """Append frozen projections that the ledger does not hold yet."""
    if not projections:
        return Freezing(new=(), held=())
    from warehouse.opening import open_for_writing

    with open_for_writing(warehouse or default_path(), seeds_folder(), tool_version=tool_version(), wait=wait) as store:
        new = store.append_frozen(projections, author=author, detail=f"{len(projections)} projections")
    ids = {p.id for p in new}
    return Freezing(new=new, held=tuple(p for p in projections if p.id not in ids))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One frozen projection against one later figure, or (without `settled`) why a date of it stays open."""

    frozen: Frozen
    day: date
    figure: Observation | None = None
    settled: Settled | None = None
    open: Note | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Every line, and the running totals over the settled ones, by model."""

    as_of: date
    lines: tuple[Line, ...]
    totals: dict[str, Record]


def score(store: Warehouse, *, indicator: str = "", model: str = "", as_of: date | None = None) -> Scores:
    """Settle what can be settled with the figures published by `as_of` (default: the newest), and say what cannot."""
    catalogue = store.catalogue()
    slug = catalogue.indicator(indicator).slug if indicator else ""
    day = as_of or store.newest_publication() or date.min
    kept = [f for f in store.frozen() if slug in ("", f.indicator) and model in ("", f.model) and f.origin <= day]
    if not kept:
        raise Misuse("nothing_frozen")
    found = statements(store.observations(as_of=day), catalogue)
    figures = [s.figure for s in found]
    lines = [line for f in kept for line in settled_lines(f, figures, day)]
    pairs: dict[str, list[tuple[Settled, float]]] = {}
    for line in _once(lines):
        assert line.settled is not None
        assert line.figure is not None
        pairs.setdefault(line.frozen.model, []).append((line.settled, line.figure.value))
    return Scores(as_of=day, lines=tuple(lines), totals={name: record(p) for name, p in sorted(pairs.items())})


def _once(lines: Sequence[Line]) -> list[Line]:
    """The settled lines, each answer to one question once: a report and a freezing of one day say the same."""
    counted: dict[tuple[object, ...], Line] = {}
    for line in lines:
        if line.settled and line.figure:
            f = line.frozen
            key = (f.model, f.version, f.indicator, f.entity, f.definition, f.origin, f.data_sha256, line.figure.id)
            counted.setdefault(key, line)
    return list(counted.values())


def settled_lines(frozen: Frozen, figures: Sequence[Observation], as_of: date) -> list[Line]:
    """The lines of one frozen projection: settled ones in the order of their days, then what stays open."""
    later = [
        o
        for o in figures
        if (o.indicator, o.entity) == (frozen.indicator, frozen.entity) and o.published > frozen.origin
    ]
    days, probs, values = table_of(frozen)
    lines: list[Line] = []
    for o in sorted(later, key=lambda o: (o.period_end, o.published)):
        line = _line(frozen, o, days, probs, values)
        if line is None:
            continue
        others = [p for p in later if _rivals(frozen, o, p)]
        if line.settled and others:
            why = note("open_disagree", figures="; ".join(shown(p) for p in (o, *others)))
            line = Line(frozen=frozen, day=line.day, figure=o, open=why)
        lines.append(line)
    done = {line.day for line in lines if line.settled}
    for day in days if frozen.form != LEVEL else days[-1:]:
        if day not in done:
            lines.append(Line(frozen=frozen, day=day, open=_why_open(frozen, day, as_of)))
    return lines


def _rivals(frozen: Frozen, o: Observation, other: Observation) -> bool:
    """Whether two live figures say different things of one period, so that neither settles anything yet."""
    same = (o.period_start, o.period_end) == (other.period_start, other.period_end)
    return same and o.value != other.value and other.definition in frozen.definitions


def table_of(frozen: Frozen) -> tuple[tuple[date, ...], tuple[float, ...], np.ndarray[Any, Any]]:
    """Target days, probabilities and the matrix of quantiles of a frozen projection."""
    quantiles = [r for r in frozen.rows if r.output_type == "quantile"]
    days = tuple(sorted({r.target_date for r in quantiles}))
    probs = tuple(sorted({float(r.output_type_id) for r in quantiles}))
    at = {(r.target_date, float(r.output_type_id)): r.value for r in quantiles}
    return days, probs, np.array([[at[day, p] for p in probs] for day in days])


def _line(
    frozen: Frozen, o: Observation, days: tuple[date, ...], probs: tuple[float, ...], values: np.ndarray[Any, Any]
) -> Line | None:
    """What one later figure does to the projection; None where it describes another kind of period."""
    if not _of_form(frozen, o):
        return None
    quantiles = quantiles_on(days, values, o.period_end)
    if quantiles is None:
        return None
    if o.definition not in frozen.definitions:
        why = note("open_definition", figure=shown(o), definition=o.definition, frozen=frozen.definition)
        return Line(frozen=frozen, day=o.period_end, figure=o, open=why)
    if Point(when=o.period_end, value=o.value, low=o.low, high=o.high).is_bound:
        return Line(frozen=frozen, day=o.period_end, figure=o, open=note("open_only_bound", figure=shown(o)))
    last = (frozen.last_when, frozen.last_value)
    scored = settle(quantiles, probs, o.value, o.period_end, last, frozen.pace)
    return Line(frozen=frozen, day=o.period_end, figure=o, settled=scored)


def _of_form(frozen: Frozen, o: Observation) -> bool:
    if frozen.form == LEVEL:
        return o.measure != "flow" and o.period_end > frozen.last_when
    if frozen.form == YEARLY:
        return (o.period_start, o.period_end) == (date(o.period_end.year, 1, 1), date(o.period_end.year, 12, 31))
    return frozen.form == WINDOW and o.period_start == frozen.window_start


def _why_open(frozen: Frozen, day: date, as_of: date) -> Note:
    if as_of > day + OVERDUE:
        return note("open_never_published", day=day.isoformat(), as_of=as_of.isoformat())
    code = "open_not_yet" if as_of < day else "open_awaited"
    return note(code, day=day.isoformat(), as_of=as_of.isoformat())
