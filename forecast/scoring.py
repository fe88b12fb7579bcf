"""How wrong a projection was: proper scores as pure array functions.

All scores are negatively oriented (0 is perfect, smaller is better) and in the unit of the truth, except `brier` and
`rps`, which have none. Arrays broadcast; a quantile axis is always the last one. `nan` in, `nan` out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


class Parts(NamedTuple):
    """What a weighted interval score is made of; `total` is the sum of the other three, all of the truth's shape."""

    total: Array
    dispersion: Array
    over: Array
    under: Array


def pinball(truth: ArrayLike, value: ArrayLike, prob: ArrayLike) -> Array:
    """Loss of the quantile `value` at probability `prob`: (1[truth < value] - prob) (value - truth).

    Koenker & Bassett (1978).
    """
    y, q, p = (np.asarray(a, float) for a in (truth, value, prob))
    out: Array = ((y < q) - p) * (q - y)
    return out


def wis(truth: ArrayLike, values: ArrayLike, probs: Sequence[float]) -> Array:
    """Weighted interval score of quantiles `values` (..., p) at `probs` (p,) against `truth` (...).

    (|y - median| / 2 + sum_k a_k / 2 IS_k) / (K + 1/2) over the K central intervals, a_k = 1 - level_k / 100:
    Bracher et al. (2021), equation 2. It equals twice the mean pinball loss over the 2K + 1 quantiles. `probs` must
    be increasing, symmetric and hold 0.5, else `ValueError`.
    """
    return wis_parts(truth, values, probs).total


def wis_parts(truth: ArrayLike, values: ArrayLike, probs: Sequence[float]) -> Parts:
    """The weighted interval score split into dispersion, over- and underprediction (Bracher et al. 2021, section 2.2).

    Over: the truth lies below (an interval, or the median). Under: above. Arguments and errors as in `wis`.
    """
    p = np.asarray(probs, float)
    middle = len(p) // 2
    symmetric = len(p) % 2 == 1 and bool((np.diff(p) > 0).all()) and np.allclose(p + p[::-1], 1, atol=1e-9)
    if not symmetric:
        raise ValueError(f"quantile levels must be increasing, symmetric and hold the median: {list(probs)}")
    y, q = np.asarray(truth, float), np.asarray(values, float)
    share = middle + 0.5
    over = 0.5 * np.maximum(q[..., middle] - y, 0)
    under = 0.5 * np.maximum(y - q[..., middle], 0)
    dispersion = np.zeros(np.broadcast_shapes(y.shape, q.shape[:-1])) + 0 * over
    for k in range(middle):
        low, high = q[..., k], q[..., -1 - k]
        dispersion = dispersion + p[k] * (high - low)
        over = over + np.maximum(low - y, 0)
        under = under + np.maximum(y - high, 0)
    return Parts((dispersion + over + under) / share, dispersion / share, over / share, under / share)


def brier(prob: ArrayLike, happened: ArrayLike) -> Array:
    """(prob - happened)^2 for a probability and an outcome of 0 or 1 (Brier 1950, halved form)."""
    out: Array = (np.asarray(prob, float) - np.asarray(happened, float)) ** 2
    return out


def rps(pmf: ArrayLike, rank: ArrayLike) -> Array:
    """Ranked probability score of `pmf` (..., N), the chances of ranks 1 to N, against `rank` (...), divided by N - 1.

    sum_k (P(rank <= k) - 1[rank <= k])^2 / (N - 1), between 0 and 1: Epstein (1969), Murphy (1971). Raises `ValueError`
    for fewer than two ranks.
    """
    p = np.asarray(pmf, float)
    n = p.shape[-1]
    if n < 2:
        raise ValueError("a ranked probability score needs at least two ranks")
    happened = np.arange(1, n + 1) >= np.asarray(rank)[..., None]
    out: Array = ((np.cumsum(p, axis=-1) - happened) ** 2)[..., :-1].sum(axis=-1) / (n - 1)
    return out
