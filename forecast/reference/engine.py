"""Predictions of the reference model for a batch of series: scale, condition, damp, calibrate, scale back.

The engine knows arrays only. Times are years relative to the last observation, horizons years after it, values
in any unit: multiplying the values by a constant multiplies the quantiles.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from forecast.reference.classes import ReferenceClass
from forecast.reference.components import Array
from forecast.reference.distribution import mixture_cdf, mixture_quantiles
from forecast.reference.mixture import NOW, condition, posterior
from forecast.reference.transform import Scale, most_informative, read_at, read_from, reading_at

DAY = 1 / 366
DATE_NODES = 8
FARTHEST = 12.0
_ROWS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """Predictive distributions of m series at h horizons.

    quantiles: (m, h, p), in the unit of the values, strictly increasing along p. probs: (p,).
    narrowing: (m, h) expected relative narrowing of the band at the same date once one more figure, a year from
    the last, is known; nan at horizons within that year. used: (m, n) the columns of the input that entered.
    """

    probs: Array
    quantiles: Array
    narrowing: Array
    used: NDArray[np.intp]
    _parts: tuple[_Part, ...]

    def cdf(self, values: ArrayLike) -> Array:
        """P(future <= value): values (m, h), (m, h, q) or broadcastable to (m, h) -> the same shape."""
        m, h = self.narrowing.shape
        at = np.asarray(values, float)
        flat = np.broadcast_to(at, (m, h))[..., None] if at.ndim < 3 else np.broadcast_to(at, (m, h, at.shape[2]))
        out = np.empty(flat.shape)
        start = 0
        for part in self._parts:
            stop = start + len(part.weight)
            out[start:stop] = part.cdf(flat[start:stop])
            start = stop
        return out[..., 0] if at.ndim < 3 else out


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
) -> Prediction:
    """Predictive distributions of m series that have the same number n of observations each.

    times (m, n) or (n,): years, any origin of time common to a series, any order of the points; horizons (m, h)
    or (h,): years after the last nominal time, positive. values (m, n). probs (p,) strictly between 0 and 1.
    low, high (m, n): bounds of the observations known only to lie in an interval (rounded, derived, "over X"
    closed above); equal or nan where exact. An interval enters as noise of the variance of a uniform variable,
    width^2 / 12. time_low, time_high (m, n): range of the as-of dates in the same years as `times`; nan where known.
    They are integrated out over `DATE_NODES` points of a rank-1 lattice (Sloan & Joe 1994), weighted by evidence.
    stretch: scalar, (m,) or (m, 2) factors on the distances below and above the median, as a panel may learn.
    upper: overrides the class's largest possible value. explain=False leaves `narrowing` nan.
    A figure more than `FARTHEST` away from the last one on the scale z (about 20 times it) counts as that far.
    More than `transform.MOST_POINTS` points are thinned to the most informative ones, deterministically.

    Raises ValueError for values or times that are not finite, two values at one time, horizons that are not
    positive, probabilities outside (0, 1) or not increasing.
    """
    t, y, h, p = _checked(times, values, horizons, probs)
    m, n = y.shape
    box = [_aligned(a, (m, n)) for a in (low, high, time_low, time_high)]
    order = np.argsort(t, axis=1, kind="stable")
    t, y, *box = (np.take_along_axis(a, order, 1) for a in (t, y, *box))
    if (np.diff(t, axis=1) <= 0).any():
        raise ValueError("two values of one series stand at the same time")
    origin = t[:, -1:].copy()
    t = t - origin
    dates = [np.where(np.isfinite(a), a - origin, t) for a in box[2:]]
    keep = most_informative(t)
    t, y, *box = (np.take_along_axis(a, keep, 1) for a in (t, y, *box[:2], *dates))
    factors = np.broadcast_to(np.asarray(stretch, float).reshape(-1, 1 if np.ndim(stretch) < 2 else 2), (m, 2))
    parts, bands, narrower = [], [], []
    for start in range(0, m, _ROWS):
        s = slice(start, start + _ROWS)
        limits = rc.upper if upper is None else upper
        part, narrow = _part(rc, t[s], y[s], h[s], [a[s] for a in box], factors[s], limits, n, explain)
        parts.append(part)
        bands.append(part.quantiles(p))
        narrower.append(narrow)
    return Prediction(
        probs=p,
        quantiles=np.concatenate(bands),
        narrowing=np.concatenate(narrower),
        used=np.take_along_axis(order, keep, 1),
        _parts=tuple(parts),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """The mixtures of some series, relative to their scales, with what leads from z to the values."""

    weight: Array
    mean: Array
    sd: Array
    scale: Scale
    reading: Array
    stretch: Array

    def quantiles(self, probs: Array) -> Array:
        """Quantiles (m, h, p) in the unit of the values."""
        x = read_at(self.reading, np.concatenate([[0.0], ndtri(probs)]))
        raw = mixture_quantiles(self.weight, self.mean, self.sd, x)
        centre, away = raw[..., :1], raw[..., 1:] - raw[..., :1]
        side = np.where(away < 0, self.stretch[:, None, :1], self.stretch[:, None, 1:])
        return self.scale.back(self.scale.anchor[:, None, None] + centre + side * away)

    def cdf(self, values: Array) -> Array:
        """P(future <= values) for values (m, h, q): what `quantiles` does, backwards."""
        centre = mixture_quantiles(self.weight, self.mean, self.sd, read_at(self.reading, np.zeros(1)))
        away = self.scale.forth(values) - self.scale.anchor[:, None, None] - centre
        side = np.where(away < 0, self.stretch[:, None, :1], self.stretch[:, None, 1:])
        below = mixture_cdf(self.weight, self.mean, self.sd, centre + away / side)
        out: Array = ndtr(read_from(self.reading, ndtri(below)))
        return out


def _part(
    rc: ReferenceClass,
    times: Array,
    values: Array,
    horizons: Array,
    box: list[Array],
    stretch: Array,
    upper: float | None,
    n: int,
    explain: bool,
) -> tuple[_Part, Array]:
    """The mixtures of a few series, and the narrowing; box = low, high, earliest, latest."""
    low, high, earliest, latest = box
    scale = Scale.of(values, rc.power, upper)
    spread = scale.spread(rc.spread_exponent, rc.spread_reference)
    z = scale.onto(values)
    width = scale.onto(np.where(high > low, high, values)) - scale.onto(np.where(high > low, low, values))
    noise = width**2 / 12 if (width > 0).any() else None
    middle = np.where(width > 0, (scale.onto(np.where(high > low, low, values)) + width / 2), 0)
    z = np.where(width > 0, middle, z)
    z = z[:, -1:] + np.clip(z - z[:, -1:], -FARTHEST, FARTHEST)
    log_weight = np.log(np.maximum(rc.components.weight, 1e-300))
    temper = rc.tempering[min(n, len(rc.tempering)) - 1]
    means, variances, evidence, after = [], [], [], []
    scenarios = _dates(times, earliest, latest)
    for dates in scenarios:
        ahead = np.maximum(horizons - dates[:, -1:], DAY)
        ahead = np.concatenate([np.full_like(ahead[:, :1], NOW), ahead], axis=1)
        given = condition(
            rc.components,
            dates - dates[:, -1:],
            z - z[:, -1:],
            ahead,
            noise=noise,
            spread=spread,
            shocks=rc.shocks,
            next_time=1.0 if explain else None,
        )
        evidence.append(temper * given.log_evidence)
        mean, variance = rc.damped(n, given)
        means.append(mean + (z[:, -1] - scale.anchor)[:, None, None])
        variances.append(variance)
        after.append(None if given.next_variance is None else (given.next_variance / given.variance)[:, 1:])
    weight = posterior(np.tile(log_weight, len(scenarios)), np.concatenate(evidence, axis=-1))
    variance = np.concatenate(variances, axis=-1)
    mean = np.concatenate(means, axis=-1)
    centre = np.einsum("mk,mhk->mh", weight, mean)
    sd = np.sqrt(np.einsum("mk,mhk->mh", weight, variance + (mean - centre[..., None]) ** 2))
    reading = reading_at(rc.calibration[min(n, len(rc.calibration)) - 1], rc.calibration_horizons, horizons)
    part = _Part(
        weight=weight,
        mean=mean,
        sd=np.sqrt(variance),
        scale=scale,
        reading=reading * rc.stretched(sd, horizons)[..., None],
        stretch=stretch,
    )
    if not explain:
        return part, np.full(horizons.shape, np.nan)
    kept = np.sqrt(np.concatenate([a for a in after if a is not None], axis=-1))
    narrow = 1 - np.einsum("mk,mhk->mh", weight, kept * part.sd) / np.einsum("mk,mhk->mh", weight, part.sd)
    return part, np.where(horizons > 1, np.clip(narrow, 0, 1), np.nan)


def _dates(times: Array, earliest: Array, latest: Array) -> list[Array]:
    """The scenarios of the as-of dates, each (m, n): one if all are known, else the points of a lattice."""
    width = np.maximum(latest - earliest, 0)
    if not (width > 0).any():
        return [times]
    n = times.shape[1]
    generator = np.modf(np.sqrt(np.arange(2, 2 + n, dtype=float)) * 1.6180339887498949)[0]
    out = []
    for node in range(DATE_NODES):
        place = np.modf(0.5 / DATE_NODES + node * generator)[0]
        place[-1] = (node + 0.5) / DATE_NODES
        dates = np.where(width > 0, earliest + place * width, times)
        for i in range(1, n):
            dates[:, i] = np.maximum(dates[:, i], dates[:, i - 1] + DAY)
        out.append(dates)
    return out


def _checked(
    times: ArrayLike, values: ArrayLike, horizons: ArrayLike, probs: ArrayLike
) -> tuple[Array, Array, Array, Array]:
    """The four arrays with their full shapes; raises ValueError for what no prediction can be made of."""
    y = np.atleast_2d(np.asarray(values, float))
    m, n = y.shape
    t = np.broadcast_to(np.asarray(times, float), (m, n))
    h = np.asarray(horizons, float)
    h = np.broadcast_to(np.atleast_1d(h), (m, h.shape[-1] if h.ndim else 1))
    p = np.atleast_1d(np.asarray(probs, float))
    if n == 0:
        raise ValueError("a series needs at least one value")
    if not (np.isfinite(y).all() and np.isfinite(t).all()):
        raise ValueError("values and times must be finite")
    if not (np.isfinite(h).all() and (h > 0).all()):
        raise ValueError("horizons must be positive numbers of years")
    if not ((p > 0).all() and (p < 1).all() and (np.diff(p) > 0).all()):
        raise ValueError("probabilities must increase inside (0, 1)")
    return t, y, h, p


def _aligned(bounds: ArrayLike | None, shape: tuple[int, int]) -> Array:
    """Bounds as an array of the shape of the values, nan where there is none."""
    if bounds is None:
        return np.full(shape, np.nan)
    out: Array = np.broadcast_to(np.asarray(bounds, float), shape)
    return out
