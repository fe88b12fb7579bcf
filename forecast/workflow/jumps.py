"""Which figures jump incredibly: outside what the default model expected of them from the figures before.

The question is put to the model for many series at once, and, where the caller wants only so many steps from one figure
to the next looked at, for the steepest of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from forecast.errors import ForecastError
from forecast.models.reference import expected
from forecast.reference.transform import MOST_POINTS, most_informative
from forecast.series import DAYS_PER_YEAR, Series
from forecast.workflow.evidence import WINDOW, assemble, refuse_by_nature
from warehouse.audit import Finding, finding
from warehouse.catalogue import Catalogue
from warehouse.records import Indicator, Known
from warehouse.statements import statements

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from warehouse.store import Plain, Warehouse

    Array = NDArray[np.float64]

LEVEL = 99.8
"""Percent: a figure wholly outside this central interval of the projection is called incredible."""
MOST_JUDGED = 100_000
"""As many figures of series that need judgement (several wordings, bounds, marks) are read; the shortest series."""
LONG = 60
"""Of a longer history only the points are copied that the model uses of it."""
EPOCH = date(1970, 1, 1)
BATCH = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One series as the model sees it, the oldest point first; days from 1970. `bottom`, `top` are as printed, open
    sides infinite. `name(i)` gives a point's figure and the wording of the series."""

    indicator: Indicator
    entity: str
    kind: str
    upper: float | None
    day: Array
    day_low: Array
    day_high: Array
    value: Array
    low: Array
    high: Array
    printed: Array
    bottom: Array
    top: Array
    ids: tuple[str, ...] = ()
    definition: str = ""
    code: int = -1

    def steepness(self) -> Array:
        """How far each step (n - 1) goes beyond the usual one of its series and a twentieth of the figure before."""
        step = np.abs(np.diff(self.value))
        usual = np.median(step) if len(step) > 2 else step[::-1] if len(step) == 2 else np.zeros(1)
        out: Array = step / np.maximum(usual + np.abs(self.value[:-1]) / 20, 1e-300)
        return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Jumps:
    """The incredible jumps; how many steps there are, and of how many the model was asked."""

    found: list[Finding]
    steps: int
    asked: int


def incredible_jumps(
    store: Warehouse, catalogue: Catalogue, *, most: int | None = None, indicator: str = "", entity: str = ""
) -> Jumps:
    """Figures that the default model, given those before them, would call all but impossible.

    `most` None asks of all, a number of the steepest steps; of one indicator, of one entity where those are named.
    """
    indicators = [slug for slug, record in catalogue.indicators.items() if _has_trend(record)]
    indicators = [slug for slug in indicators if indicator in ("", slug)]
    plain = store.plain(catalogue, indicators)
    tracks = list(_plain_tracks(plain, catalogue))
    read = None if most is None else MOST_JUDGED
    for (slug, owner), group in groupby(store.other_figures(read), key=_place):
        series = _judged(catalogue.indicators[slug], owner, list(group), catalogue)
        if series is not None and series[0].n > 1:
            tracks.append(_track(catalogue.indicators[slug], owner, *series))
    tracks = [t for t in tracks if entity in ("", t.entity)]
    steps = sum(len(t.day) - 1 for t in tracks)
    chosen = _steepest(tracks, steps if most is None else most)
    asked = sum(len(at) for at in chosen)
    jumps = sorted(_jumps(tracks, chosen), key=lambda j: (j.track.indicator.slug, j.track.entity, j.at))
    plain_names = store.plain_names([(j.track.code, int(j.track.day[j.at])) for j in jumps if j.track.code >= 0])
    return Jumps(found=[j.told(plain_names) for j in jumps], steps=steps + store.others_left(read), asked=asked)


def _has_trend(indicator: Indicator) -> bool:
    try:
        refuse_by_nature(indicator)
    except ForecastError:
        return False
    return True


def _place(item: Known) -> tuple[str, str]:
    return item.observation.indicator, item.observation.entity


def _plain_tracks(plain: Plain, catalogue: Catalogue) -> Iterator[Track]:
    for code, (indicator, entity) in enumerate(plain.names):
        record = catalogue.indicators[indicator]
        points = slice(plain.firsts[code], plain.firsts[code + 1])
        day, day_low, day_high = (d[points].astype(float) for d in (plain.day, plain.day_low, plain.day_high))
        low, high = plain.low[points], plain.high[points]
        yield Track(
            indicator=record, entity=entity, kind=record.kind, upper=record.upper, day=day, day_low=day_low,
            day_high=day_high, value=plain.value[points], low=_within(low, record), high=_within(high, record),
            printed=plain.value[points], bottom=low, top=high, code=code,
        )  # fmt: skip


def _within(column: Array, record: Indicator) -> Array:
    lower = -np.inf if record.lower is None else record.lower
    return np.clip(column, lower, np.inf if record.upper is None else record.upper)


def _judged(indicator: Indicator, entity: str, own: list[Known], catalogue: Catalogue) -> tuple[Series, str] | None:
    try:
        evidence = assemble(indicator, entity, statements(own, catalogue), catalogue)
    except ForecastError:
        return None
    return None if evidence.form == WINDOW else (evidence.series, evidence.definition)


def _track(indicator: Indicator, entity: str, series: Series, definition: str) -> Track:
    def days(of: Iterable[date]) -> Array:
        return np.array([(d - EPOCH).days for d in of], dtype=float)

    low, high = series.bounds()
    points = series.points
    return Track(
        indicator=indicator, entity=entity, kind=series.kind, upper=series.upper, day=days(p.when for p in points),
        day_low=days(p.when_low or p.when for p in points), day_high=days(p.when_high or p.when for p in points),
        value=series.values(), low=low, high=high, printed=np.array([p.value for p in points]),
        bottom=np.array([-np.inf if p.low is None else p.low for p in points]),
        top=np.array([np.inf if p.high is None else p.high for p in points]),
        ids=tuple(p.id for p in points), definition=definition,
    )  # fmt: skip


def _steepest(tracks: list[Track], most: int) -> list[NDArray[np.int64]]:
    """Of each track the points (from 1 on) that are asked about: all, or the `most` steepest of all tracks."""
    steep = [t.steepness() for t in tracks]
    everything = np.concatenate(steep) if steep else np.zeros(0)
    if len(everything) <= most:
        return [np.arange(1, len(t.day)) for t in tracks]
    chosen = np.zeros(len(everything), dtype=bool)
    chosen[np.argsort(-everything, kind="stable")[:most]] = True
    ends = np.cumsum([len(s) for s in steep])
    return [np.flatnonzero(part) + 1 for part in np.split(chosen, ends[:-1])]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Jump:
    track: Track
    at: int
    low: float
    high: float

    def told(self, plain_names: dict[tuple[int, int], tuple[str, str]]) -> Finding:
        """The finding, whose figure is named by the track or, for a plain series, by the store."""
        t, at = self.track, self.at
        id, definition = plain_names[t.code, int(t.day[at])] if t.code >= 0 else (t.ids[at], t.definition)
        days = [(EPOCH + timedelta(days=int(t.day[i]))).isoformat() for i in (at - 1, at)]
        return finding(
            "incredible_jump", t.indicator.slug, t.entity, id, indicator=t.indicator.slug, entity=t.entity,
            before=float(t.printed[at - 1]), before_day=days[0], after=float(t.printed[at]), after_day=days[1],
            low=self.low, high=self.high, definition=definition,
        )  # fmt: skip


@dataclass(slots=True)
class _Batch:
    """Histories of one length and kind, each with the point that follows it."""

    rows: list[tuple[Array, ...]] = field(default_factory=list)
    asked: list[tuple[Track, int]] = field(default_factory=list)


def _jumps(tracks: list[Track], chosen: list[NDArray[np.int64]]) -> Iterator[_Jump]:
    batches: dict[tuple[str, float | None, int, bool], _Batch] = {}
    for track, points in zip(tracks, chosen, strict=True):
        ranged = bool((track.day_high > track.day_low).any())
        for at in points.tolist():
            history = _history(track, at)
            key = (track.kind, track.upper, len(history[0]), ranged)
            batch = batches.setdefault(key, _Batch())
            batch.rows.append(history)
            batch.asked.append((track, at))
            if len(batch.asked) == BATCH:
                yield from _outside(key[:2], batches.pop(key))
    for key, batch in batches.items():
        yield from _outside(key[:2], batch)


def _history(track: Track, at: int) -> tuple[Array, ...]:
    """Times, values, bounds and days of the points before `at`, in years relative to the last of them."""
    last = track.day[at - 1]
    used = np.arange(at)
    if at > LONG:
        start = int(np.searchsorted(track.day, last - (MOST_POINTS + 1) * DAYS_PER_YEAR)) - 1
        start = max(0, min(start, at - 2 * MOST_POINTS - 1))
        years = (track.day[start:at] - last) / DAYS_PER_YEAR
        used = start + most_informative(years[None])[0]
    days, earliest, latest = (
        (column[used] - last) / DAYS_PER_YEAR for column in (track.day, track.day_low, track.day_high)
    )
    return days, track.value[used], track.low[used], track.high[used], earliest, latest


def _outside(about: tuple[str, float | None], batch: _Batch) -> Iterator[_Jump]:
    """Those of a batch whose next figure lies wholly outside what was expected of it."""
    kind, upper = about
    columns = [np.stack(column) for column in zip(*batch.rows, strict=True)]
    times, values, low, high, time_low, time_high = columns
    ahead = np.array([(t.day[at] - t.day[at - 1]) / DAYS_PER_YEAR for t, at in batch.asked])
    try:
        with np.errstate(all="ignore"):
            bands = expected(kind, upper, times, values, ahead, LEVEL, low=low, high=high, time_low=time_low,
                             time_high=time_high)  # fmt: skip
    except (ForecastError, ValueError, ArithmeticError):
        if len(batch.asked) > 1:
            for row, asked in zip(batch.rows, batch.asked, strict=True):
                yield from _outside(about, _Batch([row], [asked]))
        return
    for (track, at), (bottom, top) in zip(batch.asked, bands.tolist(), strict=True):
        if track.top[at] < bottom or track.bottom[at] > top:
            yield _Jump(track=track, at=at, low=bottom, high=top)
