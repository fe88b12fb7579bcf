"""Distribution functions and quantiles of Gaussian mixtures, for many series, horizons and probabilities at once.

Axes: m series, h horizons, k components, p probabilities.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri

from forecast.reference.components import Array


def mixture_cdf(weight: Array, mean: Array, sd: Array, at: Array) -> Array:
    """P(Z <= at) of Gaussian mixtures: weight (m, k), mean and sd (m, h, k), at (m, h, p) -> (m, h, p)."""
    out = np.empty(at.shape)
    for j in range(at.shape[2]):
        out[:, :, j] = np.einsum("mk,mhk->mh", weight, ndtr((at[:, :, j, None] - mean) / sd))
    return np.minimum(out, 1.0)  # weights may sum to a little more


def mixture_quantiles(weight: Array, mean: Array, sd: Array, probits: Array) -> Array:
    """Quantiles of Gaussian mixtures by bracketed Newton steps on the probit scale.

    weight (m, k), mean and sd (m, h, k), probits (m, h, p) or broadcastable: the standard normal quantiles of
    the probabilities -> (m, h, p). The probit of a mixture's CDF is nearly straight, so that a few steps reach
    1e-9 of the spread; a bracket guards each.
    """
    x = np.broadcast_to(probits, (*mean.shape[:2], np.shape(probits)[-1]))
    centre = np.einsum("mk,mhk->mh", weight, mean)
    within = np.einsum("mk,mhk->mh", weight, sd**2 + (mean - centre[..., None]) ** 2)
    width = np.sqrt(within)
    relevant = weight[:, None, :] > 1e-12
    out = np.empty(x.shape)
    middle = None
    for j in np.argsort(np.abs(np.mean(x, axis=(0, 1))), kind="stable"):
        low = np.where(relevant, mean + sd * x[:, :, j, None], np.inf).min(-1)
        high = np.where(relevant, mean + sd * x[:, :, j, None], -np.inf).max(-1)
        anchor = centre if middle is None else middle
        start = np.clip(anchor + 0.8 * width * x[:, :, j], low, high)
        out[:, :, j] = _newton(weight, mean, sd, x[:, :, j], start, low, high, 1e-9 * width)
        middle = out[:, :, j] if middle is None else middle
    return out


def _newton(weight: Array, mean: Array, sd: Array, x: Array, z: Array, low: Array, high: Array, tol: Array) -> Array:
    """Solve probit(F(z)) = x for one probability per (m, h), Newton inside a shrinking bracket."""
    m, h, _ = mean.shape
    live = np.arange(m * h)
    mean, sd = mean.reshape(m * h, -1), sd.reshape(m * h, -1)
    rows = np.repeat(np.arange(m), h)
    z, x, low, high, tol = (np.array(a, float).reshape(-1) for a in (z, x, low, high, tol))
    p, q = ndtr(x), ndtr(-x)
    upper = x > 0
    for _ in range(80):
        zl, sl = z[live], sd[live]
        u = (zl[:, None] - mean[live]) / sl
        w = weight[rows[live]]
        up = upper[live]
        tail = np.einsum("lk,lk->l", w, ndtr(np.where(up[:, None], -u, u)))
        density = np.einsum("lk,lk->l", w, np.exp(-0.5 * u * u) / sl) / np.sqrt(2 * np.pi)
        above = np.where(up, tail < q[live], tail > p[live])
        high[live] = np.where(above, zl, high[live])
        low[live] = np.where(above, low[live], zl)
        tail = np.clip(tail, 1e-300, 1 - 1e-16)
        at = np.where(up, -ndtri(tail), ndtri(tail))
        slope = density * np.sqrt(2 * np.pi) * np.exp(np.minimum(0.5 * at * at, 700))
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            step = (x[live] - at) / slope
            fresh = zl + step
        inside = (fresh >= low[live]) & (fresh <= high[live])
        fresh = np.where(inside, fresh, (low[live] + high[live]) / 2)
        z[live] = fresh
        live = live[np.abs(fresh - zl) > tol[live]]
        if not len(live):
            break
    return z.reshape(m, h)
