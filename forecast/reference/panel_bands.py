"""How much wider or narrower a panel's bands have to be, learned from each series' last value.

The last value of each series is forecast from the ones before it, and the factor is the quantile of the errors over the
half-widths of the 80 % band (split conformal prediction in spirit; Vovk et al. 2005, with the finite-sample level
.8 (1 + 1/m)). Each side of the median takes the geometric mean of that common factor and of its own, at .9 (1 + 1/m).
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from forecast.reference.classes import ReferenceClass
from forecast.reference.components import Array
from forecast.reference.kinds import predict

CLIP = (0.3, 3.0)
SHRINKAGE = 10.0
WIDEN, NARROW = 0.75, 0.3
MIDDLE = float(ndtri(0.75) / ndtri(0.9))
"""The median absolute error of a normal variable, over the half-width of its 80 % band."""


def stretches(
    members: ReferenceClass, groups: list[tuple[Array, Array]], upper: float | None, trust: float
) -> dict[int, tuple[float, float]]:
    """Factors (below, above the median) by number of points n, from groups of series of n times and n values.

    Groups of one point teach nothing. trust: 0 to 1, the power to which the factors are believed.
    """
    out: dict[int, tuple[float, float]] = {}
    for t, y in groups:
        n = y.shape[1]
        if n < 2:
            continue
        ahead = (t[:, -1] - t[:, -2])[:, None]
        q = predict(members, t[:, :-1], y[:, :-1], ahead, (0.1, 0.5, 0.9), upper=upper, explain=False).quantiles[:, 0]
        below, above = np.maximum(np.diff(q, axis=1), 1e-300).T
        raw = side_ratios(y[:, -1] - q[:, 1], below, above, heavy=n == 2)
        raw = raw * len(y) / (len(y) + SHRINKAGE)
        power = np.where(raw > 0, 1.0 if n == 2 else WIDEN, 0.0 if n == 2 else NARROW)
        low, high = np.exp(trust * power * raw)
        out[n] = float(low), float(high)
    return out


def side_ratios(error: Array, below: Array, above: Array, *, heavy: bool) -> Array:
    """Logarithms (2,) of the factors that the errors (m,) ask for below and above the median.

    below, above: (m,) half-widths of the 80 % band. heavy: the bands of two figures have long tails that a few wild
    series would stretch further, so that they are widened no more than the median error asks for.
    """
    m = len(error)
    ratio = np.abs(error) / np.where(error < 0, below, above)
    common = np.quantile(ratio, min(1.0, 0.8 * (1 + 1 / m)))
    own = [np.quantile(r, min(1.0, 0.9 * (1 + 1 / m))) for r in (-error / below, error / above)]
    logs = np.log(np.clip([common, *own], *CLIP))
    if heavy:
        logs = np.minimum(logs, max(0.0, float(np.log(max(np.median(ratio) / MIDDLE, 1e-300)))))
    out: Array = (logs[0] + logs[1:]) / 2
    return out
