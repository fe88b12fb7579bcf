"""Rare breaks inside a series, and what their possibility changes in a component conditioned on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecast.reference.components import Array, Components


@dataclass(frozen=True, slots=True, kw_only=True)
class Shocks:
    """Rare breaks inside a series: at most one, either a lasting jump of the level or one stray figure.

    jump: probability per year of a jump. stray: probability that an observation is astray. size: the standard
    deviation of either, in one-year standard deviations of the component. With one observation nothing could
    tell a shock, and none is considered.
    """

    jump: float
    stray: float
    size: float


def shocked(
    c: Components,
    shocks: Shocks,
    past: Array,
    inverse: NDArray[Any],
    half: NDArray[Any],
    white: Array,
    pattern: NDArray[np.intp],
) -> tuple[Array, Array, Array]:
    """What possible shocks change: log evidence (m, k), mean (m, h, k) and variance (m, h, k) on top.

    A shock adds a Gaussian effect e of variance J^2 along a direction of the observed differences: all those
    before a jump, one alone for a stray figure, all of them (and the future) if the last figure is astray. With
    the differences whitened, e has posterior variance s = J^2 / (1 + J^2 u'u) and mean s u'a: a rank-one update
    (Sherman & Morrison 1950) instead of a new factorization.
    """
    n_patterns, n_past = past.shape
    size2 = shocks.size**2 * c.variogram(np.array(1.0))
    gaps = np.diff(np.concatenate([past, np.zeros((n_patterns, 1))], axis=1), axis=1)
    jump = 1 - (1 - shocks.jump) ** np.minimum(gaps, 5.0)
    cases = [(np.arange(n_past) <= j, 0.0, jump[:, j]) for j in range(n_past)]
    if shocks.stray > 0:
        stray = np.full(n_patterns, shocks.stray)
        cases += [(np.arange(n_past) == j, 0.0, stray) for j in range(n_past)]
        cases += [(np.ones(n_past, bool), 1.0, stray)]
    calm = np.maximum(1 - sum(case[2] for case in cases), 0.1)
    m, k = white.shape[:2]
    log_odds, effect, reach, left = [np.zeros((m, k))], [], [], []
    for direction, ahead, probability in cases:
        u = inverse[..., direction].sum(-1)
        s = size2 / (1 + size2 * (u**2).sum(-1))
        along = np.einsum("mki,mki->mk", white, u[pattern]) if n_patterns > 1 else np.einsum("mki,ki->mk", white, u[0])
        gain = 0.5 * np.log(s / size2) + np.log(probability / calm)[:, None]
        log_odds.append(0.5 * s[pattern] * along**2 + gain[pattern])
        effect.append(s[pattern] * along)
        reach.append(np.swapaxes(ahead - np.einsum("pkhj,pkj->pkh", half, u), 1, 2))
        left.append(s[:, None, :] * reach[-1] ** 2)
    odds = np.stack(log_odds)
    top = odds.max(axis=0)
    weight = np.exp(odds - top)
    total = weight.sum(axis=0)
    weight = weight / total
    shift = np.zeros((m, half.shape[2], k))
    square = np.zeros_like(shift)
    for w, e, r, v in zip(weight[1:], effect, reach, left, strict=True):
        moved = r[pattern] * e[:, None, :]
        shift += w[:, None, :] * moved
        square += w[:, None, :] * (v[pattern] + moved**2)
    evidence = top + np.log(total) + np.log(calm)[pattern][:, None]
    return evidence, shift, np.maximum(square - shift**2, 0)
