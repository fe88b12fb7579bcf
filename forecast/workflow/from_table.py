"""Project every series of a table: in vectorised chunks with the reference model, one by one with any other.

Series of one kind that come together, fifteen or more, are a panel: what they say together moves the reference class
a little towards them. A chunk is projected by a pure function, so several processes may share the work and the order
of the rows does not matter. Results come as they are made, in the order in which the file first names its series.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from forecast import models
from forecast.errors import ForecastError
from forecast.notes import Note, note
from forecast.projection import probabilities
from forecast.workflow.horizon import check_count, days_until, horizon_of, next_year_ends
from forecast.workflow.project import Request
from forecast.workflow.table import Table
from warehouse.catalogue import read_catalogue
from warehouse.location import seeds_folder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from forecast.reference.panel import Panel

REFERENCE = "reference"
CHUNK = 10_000
ALONE = 20_000
"""Up to this many series one process is quicker than several."""


Job = tuple["NDArray[np.intp]", tuple[date, ...], Any]
"""Series that share their target days, those days, and their quantiles, the promise of them, or a refusal."""


@dataclass(frozen=True, slots=True)
class Row:
    """One series of a table: its quantiles (dates x probabilities), or why it was refused."""

    name: str
    kind: str
    n: int
    dates: tuple[date, ...] = ()
    values: NDArray[np.float64] | None = None
    notes: tuple[Note, ...] = ()
    refusal: Note | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """The rows of a table as they are made, the probabilities of their quantiles, and what to say beforehand."""

    probs: tuple[float, ...]
    rows: Iterator[Row]
    remarks: tuple[Note, ...]


def project_table(table: Table, request: Request, *, panel: bool = True) -> Batch:
    """Project every series of `table`; a series that is refused is a row with its reason.

    Raises `Misuse` for an unknown model or horizon, before any row is made.
    """
    days = _days(request)
    models.get(request.model)
    probs = probabilities(request.levels)
    if request.kind:
        table.kinds[:] = [request.kind] * len(table)
    if request.model != REFERENCE:
        return Batch(probs, (_alone(table, i, request, days) for i in range(len(table))), ())
    panels = {kind: _panel(table, kind, panel) for kind in sorted(set(table.kinds))}
    remarks = tuple(
        note("panel_taught", kind=kind, n=found.series, moved=round(100 * found.moved))
        for kind, found in panels.items()
        if found.adapted and found.moved >= 0.01
    )
    return Batch(probs, _chunked(table, panels, days, probs), remarks)


def _days(request: Request) -> partial[tuple[date, ...]]:
    """How the target days follow from a series' last day."""
    if request.horizon is not None:
        check_count(request.horizon)
        return partial(_next, request.horizon)
    end = horizon_of(request.to, read_catalogue(seeds_folder())).end
    return partial(_until, end)


@cache
def _next(count: int, last: date) -> tuple[date, ...]:
    return next_year_ends(last, count)


@cache
def _until(end: date, last: date) -> tuple[date, ...]:
    return days_until(last, end)


def _alone(table: Table, index: int, request: Request, days: partial[tuple[date, ...]]) -> Row:
    name, kind = table.names[index], table.kinds[index]
    n = int(table.starts[index + 1] - table.starts[index])
    try:
        series = table.series(index)
        dates = days(series.last.when)
        found = models.get(request.model).fit(series).project(dates, request.levels)
    except ForecastError as error:
        return Row(name, kind, n, refusal=error.note)
    if found.probs != probabilities(request.levels):
        why = found.notes[0] if found.notes else note("no_band", model=request.model)
        return Row(name, kind, n, refusal=why)
    return Row(name, kind, n, dates, found.values, found.notes)


def _panel(table: Table, kind: str, wanted: bool) -> Panel:
    """What the series of a kind teach together; the class as shipped for fewer than fifteen, or where not wanted."""
    import numpy as np

    from forecast.reference.classes import load
    from forecast.reference.panel import SAMPLE, Panel, adapt

    members = [i for i, k in enumerate(table.kinds) if k == kind]
    if not wanted:
        return Panel(members=load(kind))
    step = max(1, len(members) // SAMPLE)
    sample = np.array(members[::step][:SAMPLE])
    return adapt(_chunk(table, sample, np.ones((len(sample), 1))), kind)


def _chunk(table: Table, members: NDArray[np.intp], horizons: NDArray[np.float64]) -> Any:
    import numpy as np

    from forecast.reference.panel import Chunk
    from forecast.series import DAYS_PER_YEAR

    starts, stops = table.starts[members], table.starts[members + 1]
    lengths = stops - starts
    offsets = np.append(0, np.cumsum(lengths))
    place = np.repeat(starts - offsets[:-1], lengths) + np.arange(offsets[-1])
    values, lows, highs = table.values[place], table.lows[place], table.highs[place]
    last = np.repeat(table.days[stops - 1], lengths)
    bounded = bool(((lows != values) | (highs != values)).any())
    if bounded:
        lows, highs = _closed(table, members)
        values = np.where(np.isnan(table.lows[place]) | np.isnan(table.highs[place]), (lows + highs) / 2, values)
    return Chunk(
        offsets=offsets,
        times=(table.days[place] - last) / DAYS_PER_YEAR,
        values=values,
        horizons=horizons,
        low=lows if bounded else None,
        high=highs if bounded else None,
    )


def _closed(table: Table, members: NDArray[np.intp]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    import numpy as np

    pairs = [table.series(int(i)).bounds() for i in members]
    return np.concatenate([p[0] for p in pairs]), np.concatenate([p[1] for p in pairs])


def _chunked(
    table: Table, panels: dict[str, Panel], days: partial[tuple[date, ...]], probs: tuple[float, ...]
) -> Iterator[Row]:
    import numpy as np

    spans = [(a, min(a + CHUNK, len(table))) for a in range(0, len(table), CHUNK)]
    workers = min(len(spans), os.cpu_count() or 1) if len(table) > ALONE else 1
    with ProcessPoolExecutor(workers) if workers > 1 else nullcontext() as pool:
        waiting: list[tuple[int, int, Any]] = []
        for a, b in spans:
            jobs: list[Job] = []
            for (kind, last), members in _alike(table, a, b).items():
                try:
                    dates = days(date.fromordinal(last))
                except ForecastError as error:
                    jobs.append((members, (), error.note))
                    continue
                ahead = np.array([(d.toordinal() - last) / 365.25 for d in dates])
                chunk = _chunk(table, members, np.broadcast_to(ahead, (len(members), len(ahead))))
                jobs.append((members, dates, _submitted(pool, chunk, panels[kind], probs)))
            waiting.append((a, b, jobs))
            if len(waiting) > 2 * workers or pool is None:
                yield from _rows(table, *waiting.pop(0))
        for span in waiting:
            yield from _rows(table, *span)


def _submitted(pool: Executor | None, chunk: Any, panel: Panel, probs: tuple[float, ...]) -> Any:
    from forecast.reference.panel import project_chunk

    return project_chunk(chunk, panel, probs) if pool is None else pool.submit(project_chunk, chunk, panel, probs)


def _alike(table: Table, a: int, b: int) -> dict[tuple[str, int], NDArray[np.intp]]:
    """The series a to b by kind and last day, so that their horizons are the same."""
    import numpy as np

    found: dict[tuple[str, int], list[int]] = {}
    for i, last in zip(range(a, b), table.days[table.starts[a + 1 : b + 1] - 1].tolist(), strict=True):
        found.setdefault((table.kinds[i], last), []).append(i)
    return {key: np.array(members, dtype=np.intp) for key, members in found.items()}


def _rows(table: Table, a: int, b: int, jobs: list[Job]) -> Iterator[Row]:
    import numpy as np

    place: dict[int, tuple[tuple[date, ...], Any]] = {}
    for members, dates, outcome in jobs:
        if isinstance(outcome, Note):
            place.update((int(i), ((), outcome)) for i in members)
            continue
        values = outcome.result() if hasattr(outcome, "result") else outcome
        for i, quantiles in zip(members.tolist(), values, strict=True):
            sound = np.isfinite(quantiles).all() and (np.diff(quantiles, axis=1) >= 0).all()
            broken = note("no_finite_band", indicator=table.names[i], model=REFERENCE)
            place[i] = (dates, quantiles if sound else broken)
    for i in range(a, b):
        dates, outcome = place[i]
        n = int(table.starts[i + 1] - table.starts[i])
        if isinstance(outcome, Note):
            yield Row(table.names[i], table.kinds[i], n, refusal=outcome)
        else:
            yield Row(table.names[i], table.kinds[i], n, dates, outcome)
