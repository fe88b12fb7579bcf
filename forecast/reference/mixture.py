"""A mixture of components, conditioned on a few dated values in closed form.

Relative to the last observation at t = 0, the values of a component are Gaussian with mean mu t and covariance
K(t, s) = (v(t) + v(s) - v(t - s)) / 2, v its variogram (Matheron 1963). Regression on the observed differences does the
rest (Rasmussen & Williams 2006, equations 2.23-2.30). This file knows components, times (years) and values on the scale
z; nothing of units, kinds or calibration.

Axes: m series, h horizons, n observations, k components, P patterns of times that several series share.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecast.reference.components import Array, Components
from forecast.reference.shocks import Shocks, shocked

NOW = 1e-6
"""A horizon in years at which nothing has changed yet but the noise of the last observation is gone."""
_CHUNK = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditioned:
    """What each component says after the observations of m series, on the z scale.

    log_evidence: (m, k) log density of the observed differences. mean, variance: (m, h, k) of the future
    z minus the last z; over the possible shocks they are matched in their first two moments.
    next_variance: (m, h, k) the variance with one more value at `next_time`, or None.
    """

    log_evidence: Array
    mean: Array
    variance: Array
    next_variance: Array | None


def condition(
    components: Components,
    times: Array,
    values: Array,
    horizons: Array,
    *,
    noise: Array | None = None,
    spread: Array | None = None,
    shocks: Shocks | None = None,
    next_time: float | None = None,
) -> Conditioned:
    """Condition every component on the values of m series with n points each.

    times (m, n): years relative to the last observation, strictly increasing, the last one 0.
    values (m, n): z minus the last z. horizons (m, h): years after the last observation.
    noise (m, n): extra variance of each observation (an interval of width w has about w^2 / 12).
    spread (m,): multiplies sigma, tau and nu. shocks: the breaks that are possible, None for none.
    next_time: years to a further figure whose worth is wanted.
    """
    m, n = times.shape
    spread_ = np.ones(m) if spread is None else spread
    layout = np.concatenate([times, horizons], axis=1)
    if noise is not None:
        layout = np.concatenate([layout, noise / spread_[:, None] ** 2], axis=1)
    _, first, member = np.unique(np.round(layout, 10), axis=0, return_index=True, return_inverse=True)
    patterns, member = layout[first], member.reshape(-1)
    order = np.argsort(member, kind="stable")
    per_row = n + horizons.shape[1] if len(patterns) == 1 else n * n + horizons.shape[1] * n
    step = max(1, _CHUNK // (len(components) * per_row))
    parts = []
    for start in range(0, m, step):
        rows = order[start : start + step]
        used, local = np.unique(member[rows], return_inverse=True)
        pattern = patterns[used]
        t, h = pattern[:, :n], pattern[:, n : n + horizons.shape[1]]
        extra = pattern[:, n + horizons.shape[1] :] if noise is not None else None
        parts.append(
            _condition(components, t, h, extra, local.reshape(-1), values[rows], spread_[rows], shocks, next_time)
        )
    back = np.argsort(order, kind="stable")

    def joined(name: str) -> Array:
        whole: Array = np.concatenate([getattr(part, name) for part in parts])[back]
        return whole

    return Conditioned(
        log_evidence=joined("log_evidence"),
        mean=joined("mean"),
        variance=joined("variance"),
        next_variance=None if next_time is None else joined("next_variance"),
    )


def _condition(
    components: Components,
    times: Array,
    horizons: Array,
    noise: Array | None,
    pattern: NDArray[np.intp],
    values: Array,
    spread: Array,
    shocks: Shocks | None,
    next_time: float | None,
) -> Conditioned:
    """Condition series that share a few patterns of times (P, n), horizons (P, h) and noise (P, n)."""
    c = components
    n_patterns, n = times.shape
    past = times[:, :-1]
    ahead = horizons
    if next_time is not None:
        ahead = np.concatenate([horizons, np.full((n_patterns, 1), next_time)], axis=1)
    dated = np.concatenate([times, horizons], axis=1)
    _, first, same = np.unique(dated, axis=0, return_index=True, return_inverse=True)

    def variogram(lag: Array) -> Array:
        """Of the lags (P, ...) of the patterns, those with the same times once -> (P, k, ...)."""
        return np.moveaxis(c.variogram(lag[first]), -1, 1)[same.reshape(-1)]

    v_ahead = variogram(ahead)
    last_noise = np.zeros(n_patterns) if noise is None else noise[:, -1]
    prior = v_ahead + last_noise[:, None, None]
    scale2 = spread[:, None, None] ** 2
    drift = c.mu / spread[:, None]
    mean = drift[:, None, :] * ahead[pattern][:, :, None]
    variance = prior
    log_evidence = np.zeros((len(values), len(c)))
    half = np.zeros((n_patterns, len(c), ahead.shape[1], 0))
    wider = None
    if n > 1:
        v_past = variogram(past)
        between = variogram(past[:, :, None] - past[:, None, :])
        cross_lag = variogram(ahead[:, :, None] - past[:, None, :])
        shared = last_noise[:, None, None, None]
        covariance = (v_past[..., :, None] + v_past[..., None, :] - between) / 2 + shared
        cross = (v_ahead[..., :, None] + v_past[..., None, :] - cross_lag) / 2 + shared
        if noise is not None:
            covariance = covariance + noise[:, None, :-1, None] * np.eye(n - 1)
        root = _cholesky(covariance)
        inverse = np.linalg.solve(root, np.broadcast_to(np.eye(n - 1), root.shape))
        half = cross @ np.swapaxes(inverse, -1, -2)
        variance = np.maximum(prior - (half**2).sum(-1), 1e-9 * prior)
        residual = (values[:, :-1] / spread[:, None])[:, None, :] - drift[..., None] * past[pattern][:, None, :]
        white = _apply(inverse, pattern, residual)
        log_det = np.log(np.diagonal(root, axis1=-2, axis2=-1)).sum(-1)
        log_evidence = -0.5 * (white**2).sum(-1) - log_det[pattern] - (n - 1) * np.log(spread)[:, None]
        log_evidence -= 0.5 * (n - 1) * np.log(2 * np.pi)
        mean = mean + np.swapaxes(_apply(half, pattern, white), 1, 2)
        if shocks is not None:
            extra, shift, wider = shocked(c, shocks, past, inverse, half, white, pattern)
            log_evidence, mean = log_evidence + extra, mean + shift
    h = horizons.shape[1]
    total = np.swapaxes(variance[:, :, :h], 1, 2)[pattern]
    if wider is not None:
        total = total + wider[:, :h]
    next_variance = None
    if next_time is not None:
        known = _joint(c, horizons, next_time, last_noise)
        known = known - np.einsum("pkhj,pkj->pkh", half[:, :, :h], half[:, :, h])
        kept = 1 - known**2 / (variance[:, :, h:] * variance[:, :, :h])
        next_variance = np.swapaxes(np.maximum(kept, 1e-9), 1, 2)[pattern] * total * scale2
    return Conditioned(
        log_evidence=log_evidence,
        mean=mean[:, :h] * spread[:, None, None],
        variance=total * scale2,
        next_variance=next_variance,
    )


def _apply(matrix: NDArray[Any], pattern: NDArray[np.intp], vectors: Array) -> Array:
    """Matrix (P, k, a, b) of each series' pattern times its vectors (m, k, b) -> (m, k, a)."""
    if len(matrix) == 1:
        return np.ascontiguousarray(np.moveaxis(matrix[0] @ np.moveaxis(vectors, 0, -1), -1, 0))
    out: Array = np.einsum("mkab,mkb->mka", matrix[pattern], vectors)
    return out


def _joint(c: Components, horizons: Array, next_time: float, last_noise: Array) -> Array:
    """Prior covariance (P, K, h) of the values at the horizons with the one at `next_time`."""
    near = np.full_like(horizons, next_time)
    total = c.variogram(horizons) + c.variogram(near) - c.variogram(horizons - near)
    out: Array = np.moveaxis(total, -1, 1) / 2 + last_noise[:, None, None]
    return out


def _cholesky(covariance: Array) -> NDArray[Any]:
    """Lower Cholesky factors (..., n, n); jitter only where the exact matrix is not positive definite."""
    try:
        return np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:
        scale = np.einsum("...ii->...", covariance)[..., None, None] / covariance.shape[-1]
        eye = np.eye(covariance.shape[-1])
        for jitter in (1e-12, 1e-10, 1e-8):
            try:
                return np.linalg.cholesky(covariance + jitter * scale * eye)
            except np.linalg.LinAlgError:
                continue
        return np.linalg.cholesky(covariance + 1e-5 * scale * eye)


def posterior(log_weight: Array, log_evidence: Array) -> Array:
    """Posterior probabilities (m, k) of the components by Bayes' rule, safe against underflow."""
    log_posterior = log_weight + log_evidence
    log_posterior = log_posterior - log_posterior.max(axis=1, keepdims=True)
    weight = np.exp(log_posterior)
    out: Array = weight / weight.sum(axis=1, keepdims=True)
    return out
