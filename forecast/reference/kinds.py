"""What a named kind adds to the engine: the limits and habits that its definition implies.

A kind is decided by the definition of the indicator, never by its numbers. Its reference class is learned
(`kinds.json`, see `classes`), its habits are not; `predict` is `engine.predict` with the habits of the class's kind:

- falls: of a total from which little is ever taken off, only this share of a predicted fall below the last value is
  believed. Quantiles above the last value stay as they are.
- counted: whole numbers below `LARGE` are read as known to within a half, as a count without change in a year is no
  proof of standing still. This is what makes counts depend on their unit.
- together: factor on the half-widths where a panel has taught the class (see `panel`).
- ceiling, open_from: the largest possible value of a share, unless the series says otherwise. From `open_from` of it
  on, what is modelled is -log(1 - share), on which the room that is left shrinks in proportion (a saturation curve,
  Griliches 1957, without the logit's stretch near zero).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from forecast.reference import engine
from forecast.reference.classes import ReferenceClass
from forecast.reference.components import Array
from forecast.reference.engine import Prediction

FULL = 0.9995
LARGE = 1_000
LIMITED, OPENED = 1, 2


@dataclass(frozen=True, slots=True)
class Habits:
    """What a kind's definition implies beyond its class; see the module."""

    falls: float = 1.0
    counted: bool = False
    together: float = 1.0
    ceiling: float | None = None
    open_from: float = 1.0


HABITS = {
    "cumulative": Habits(falls=0.15, counted=True, together=1.05),
    "slow_stock": Habits(counted=True),
    "noisy_count": Habits(counted=True),
    "volatile_share": Habits(together=1.12),
    "filling_share": Habits(ceiling=100.0, open_from=0.7),
}


def habits(kind: str) -> Habits:
    """The habits of a kind; a kind that is not in `HABITS` has none."""
    return HABITS.get(kind, Habits())


@dataclass(frozen=True, slots=True, kw_only=True)
class KindPrediction:
    """Predictive distributions with a kind's habits; what of `engine.Prediction` a model needs."""

    probs: Array
    quantiles: Array
    narrowing: Array
    used: NDArray[np.intp]
    _parts: tuple[tuple[NDArray[np.intp], Prediction, float | None], ...]
    _last: Array
    _falls: float

    def cdf(self, values: ArrayLike) -> Array:
        """P(future <= value): values (m, h), (m, h, q) or broadcastable to (m, h) -> the same shape."""
        at = np.asarray(values, float)
        m, h = self.quantiles.shape[:2]
        flat = np.broadcast_to(at, (m, h)) if at.ndim < 3 else np.broadcast_to(at, (m, h, at.shape[2]))
        last = self._last.reshape(-1, *([1] * (flat.ndim - 1)))
        flat = np.where(flat < last, last - (last - flat) / self._falls, flat)
        out = np.empty(flat.shape)
        for rows, found, limit in self._parts:
            inside = flat[rows]
            if limit is None:
                out[rows] = found.cdf(inside)
            else:
                p = found.cdf(room(np.minimum(inside, FULL * limit), limit))
                out[rows] = np.where(inside >= limit, 1.0, p)
        return out


def within_a_half(values: Array) -> tuple[Array, Array]:
    """Bounds (m, n) of counts: a half to either side in rows of whole numbers below `LARGE`, elsewhere the value."""
    whole = ((values == np.round(values)) & (np.abs(values) < LARGE)).all(axis=1)[:, None]
    return np.where(whole, values - 0.5, values), np.where(whole, values + 0.5, values)


def room(values: Array, limit: float) -> Array:
    """-log(1 - values / limit), finite up to `FULL` of the limit."""
    out: Array = -np.log1p(-np.minimum(values / limit, FULL))
    return out


def unroom(values: Array, limit: float) -> Array:
    """The inverse of `room`."""
    out: Array = -np.expm1(-values) * limit
    return out


def predict(
    rc: ReferenceClass,
    times: ArrayLike,
    values: ArrayLike,
    horizons: ArrayLike,
    probs: ArrayLike,
    *,
    low: ArrayLike | None = None,
    high: ArrayLike | None = None,
    time_low: ArrayLike | None = None,
    time_high: ArrayLike | None = None,
    stretch: ArrayLike = 1.0,
    upper: float | None = None,
    explain: bool = True,
) -> Prediction | KindPrediction:
    """`engine.predict` with the habits of the kind of `rc`; arguments, shapes and errors are those of the engine.

    upper: the largest possible value; for a kind with a ceiling it defaults to that. Where such a kind's series
    exceeds it, that series has no limit.
    """
    habit = habits(rc.kind)
    y = np.atleast_2d(np.asarray(values, float))
    m, n = y.shape
    if habit == Habits() or not n:
        return engine.predict(
            rc, times, y, horizons, probs, low=low, high=high, time_low=time_low, time_high=time_high,
            stretch=stretch, upper=upper, explain=explain,
        )  # fmt: skip
    if habit.counted:
        least, most = within_a_half(y)
        given = np.zeros(y.shape, bool) if low is None or high is None else np.asarray(high) > np.asarray(low)
        low, high = np.where(given, low, least), np.where(given, high, most)  # type: ignore[arg-type]
    limit = habit.ceiling if upper is None else upper
    t = np.broadcast_to(np.asarray(times, float), (m, n))
    last = np.take_along_axis(y, t.argmax(axis=1)[:, None], 1)[:, 0]
    h = np.asarray(horizons, float)
    h = np.broadcast_to(np.atleast_1d(h), (m, h.shape[-1] if h.ndim else 1))
    factors = np.broadcast_to(np.asarray(stretch, float).reshape(-1, 1 if np.ndim(stretch) < 2 else 2), (m, 2))
    treatment = np.zeros(m, int)
    if limit is not None:
        within = y.max(axis=1) <= limit
        treatment[within] = LIMITED
        treatment[within & (y >= 0).all(axis=1) & (last >= habit.open_from * limit)] = OPENED

    def known(rows: NDArray[np.intp], opened: bool) -> Array:
        return room(y[rows], limit) if opened and limit is not None else y[rows]

    def of(box: ArrayLike | None, rows: NDArray[np.intp], opened: bool) -> Array | None:
        if box is None:
            return None
        part: Array = np.broadcast_to(np.asarray(box, float), (m, n))[rows]
        return room(part, limit) if opened and limit is not None else part

    parts: list[tuple[NDArray[np.intp], Prediction, float | None]] = []
    for case in np.unique(treatment):
        rows, opened = np.flatnonzero(treatment == case), bool(case == OPENED)
        found = engine.predict(
            rc, t[rows], known(rows, opened), h[rows], probs,
            low=of(low, rows, opened), high=of(high, rows, opened),
            time_low=of(time_low, rows, False), time_high=of(time_high, rows, False),
            stretch=factors[rows], upper=limit if case == LIMITED else None, explain=explain,
        )  # fmt: skip
        parts.append((rows, found, limit if opened else None))
    p = parts[0][1].probs
    quantiles = np.empty((m, h.shape[1], len(p)))
    narrowing = np.empty(h.shape)
    used = np.empty((m, parts[0][1].used.shape[1]), np.intp)
    for rows, found, opened_at in parts:
        q = found.quantiles if opened_at is None else unroom(found.quantiles, opened_at)
        floor = last[rows, None, None]
        quantiles[rows] = np.where(q < floor, floor - (floor - q) * habit.falls, q)
        narrowing[rows], used[rows] = found.narrowing, found.used
    return KindPrediction(
        probs=p,
        quantiles=quantiles,
        narrowing=narrowing,
        used=used,
        _parts=tuple(parts),
        _last=last,
        _falls=habit.falls,
    )
