"""The dynamic optimised Theta model (Fiorucci et al. 2016), averaged over its two parameters instead of optimised.

A level is smoothed with the weight alpha, and a share 1 - 1/theta of the line through all figures so far is put on top.
Each pair of a grid forecasts from its own best first level (least squares: errors are linear in it), and counts with
its likelihood. The first errors say more of the start than of the pair, and are dropped.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

ALPHAS = (0.1, 0.3, 0.5, 0.7, 0.85, 1.0)
TRENDS = (0.0, 0.25, 0.5, 0.75, 1.0)
PAIRS = tuple(product(ALPHAS, TRENDS))
BURN_IN = 3

_TINY = 1e-12


def averaged(z: Array, steps: int) -> Array:
    """The next `steps` values (m, steps) of z (m, n), n > 4, at even steps and of a size around 1."""
    forecasts, squares = paths(z, steps)
    likely = -(z.shape[1] - BURN_IN - 1) / 2 * np.log(squares + _TINY)
    weight = np.exp(likely - likely.max(axis=0))
    out: Array = np.einsum("km,kms->ms", weight / weight.sum(axis=0), forecasts)
    return out


def paths(z: Array, steps: int) -> tuple[Array, Array]:
    """What each of the K `PAIRS` forecasts, (K, m, steps), and its sum of squared errors one step ahead, (K, m)."""
    n = z.shape[1]
    said = _said(np.vstack([z, np.zeros(n)]), steps)
    plain, unit = said[..., :-1], said[..., -1:]  # from a first level of 0; what a first level of 1 adds
    miss, pull = z.T[BURN_IN:, None] - plain[BURN_IN:n], unit[BURN_IN:n]
    first = (miss * pull).sum(axis=0) / np.maximum((pull**2).sum(axis=0), _TINY)
    first = np.clip(first, z.min(axis=1), z.max(axis=1))
    forecasts = np.moveaxis(plain[n:] + unit[n:] * first, 0, -1)
    return forecasts, ((miss - pull * first) ** 2).sum(axis=0)


def _said(z: Array, steps: int) -> Array:
    """One step ahead at each figure, then `steps` steps ahead: (n + steps, K, m); the last row starts from 1, not 0."""
    alpha, trend = np.array(PAIRS).T[:, :, None]
    m, n = z.shape
    level = np.zeros((len(PAIRS), m))
    level[:, -1] = 1.0
    intercept = slope = mean = np.zeros_like(level)
    out = np.empty((n + steps, *level.shape))
    for t in range(1, n + steps + 1):
        left = (1 - alpha) ** (t - 1)
        out[t - 1] = level + trend * (left * intercept + (1 - left * (1 - alpha)) / alpha * slope)
        y = z[:, t - 1] if t <= n else out[t - 1]
        level = alpha * y + (1 - alpha) * level
        slope = ((t - 2) * slope + 6 * (y - mean) / t) / (t + 1) if t > 1 else slope
        mean = ((t - 1) * mean + y) / t
        intercept = mean - (t + 1) / 2 * slope
    return out
