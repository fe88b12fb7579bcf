"""How a reference distribution is moved part of the way to two plain trends: the arithmetic of `combined`.

The centre is half the reference's median, a quarter of an averaged dynamic Theta forecast and a quarter of the drift
from the first to the last figure; on uneven dates, which Theta cannot count, its quarter stays with the reference. Both
trends live on the square root of the values and are held within the reference's 80 % band. The whole distribution is
shifted on the reference's own scale, so that its order and the natural limits stay.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from forecast.models.averaged_theta import Array, averaged
from forecast.models.reference import Predictive
from forecast.models.trend import EVEN
from forecast.reference.transform import Scale

THETA = DRIFT = 0.25
"""Chosen on origins before the last years of the DEV series, as all that is fixed here."""
POWER = 0.5
HELD = (0.1, 0.5, 0.9)
"""The reference's quantiles that are needed: the ends within which the trends are held, and the median."""


def shares(times: Array) -> tuple[float, float]:
    """The shares of Theta and of drift for figures at `times` (n,)."""
    gaps = np.diff(times)
    return (THETA if np.ptp(gaps) < EVEN * gaps.max() else 0.0), DRIFT


def centre(times: Array, values: Array, ahead: Array, held: Array) -> Array:
    """The combined centre (h,), `ahead` (h,) years after the last figure.

    times (n,) in years, values (n,) above zero; held (h, 3), the reference's quantiles `HELD`.
    """
    low, median, high = held.T
    z = (values / values[-1]) ** POWER - 1

    def within(path: Array) -> Array:
        out: Array = np.clip(np.maximum(1 + path, 0) ** (1 / POWER) * values[-1], low, high)
        return out

    theta, drift = shares(times)
    out: Array = (1 - theta - drift) * median + drift * within(-z[0] / (times[-1] - times[0]) * ahead)
    if theta:
        steps = ahead / np.diff(times).mean()
        path = np.append(0.0, averaged(z[None], max(1, int(np.ceil(steps.max() - EVEN)))))
        out = out + theta * within(np.interp(steps, np.arange(len(path)), path))
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifted:
    """A prediction of one series with each horizon moved by `move` (1, h, 1) on `scale`; quantiles (1, h, p)."""

    plain: Predictive
    scale: Scale
    move: Array
    quantiles: Array

    @property
    def narrowing(self) -> Array:
        """As of the prediction that was shifted."""
        return self.plain.narrowing

    def cdf(self, values: ArrayLike) -> Array:
        """P(future <= value): values (1, h) -> the same shape."""
        at = self.scale.forth(np.asarray(values, float)[..., None]) - self.move
        return self.plain.cdf(self.scale.back(at)[..., 0])


def shifted(plain: Predictive, scale: Scale, goal: Array, median: Array, quantiles: Array) -> Shifted:
    """`plain` with its `median` (h,) moved to `goal` (h,), and of its quantiles those that are asked for (1, h, p)."""
    move = scale.forth(goal[None, :, None]) - scale.forth(median[None, :, None])
    return Shifted(plain=plain, scale=scale, move=move, quantiles=scale.back(scale.forth(quantiles) + move))
