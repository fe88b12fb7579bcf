"""Prior weights moved a little towards the score that is wanted, away from the likelihood they came from.

The score is the continuous ranked probability score (Gneiting & Raftery 2007) of the future, divided by the
restlessness of the series, for several lengths of the past. It is minimised over the logarithms of the weights by
Adam (Kingma & Ba 2015), held near the starting weights by a penalty.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from forecast.reference.classes import ReferenceClass
from forecast.reference.components import Array
from forecast.reference.distribution import mixture_quantiles
from forecast.reference.mixture import NOW, condition, posterior
from forecast.reference.transform import Scale
from forecast.reference.windows import VISIBLE, Windows

SIZES = (2, 3, 5, 8)
HORIZONS = np.array([1.0, 3.0, 5.0])
NODES = np.concatenate([[0.003, 0.01, 0.025, 0.05], np.arange(0.1, 0.95, 0.05), [0.95, 0.975, 0.99, 0.997]])
STEPS = 80
RATE = 0.05
PENALTY = 0.3


@dataclass(frozen=True, slots=True)
class Scored:
    """The score of windows as a function of the prior weights, for one length of the past.

    log_evidence: (m, k). cdf: (m, g, k) of each component at g nodes (horizons times values). width: (m, g) of the
    node's cell over the scale of the series. after: (m, g) share of the cell that lies above what came.
    """

    log_evidence: Array
    cdf: NDArray[np.float32]
    width: Array
    after: Array

    def gradient(self, log_weight: Array, window_weight: Array) -> Array:
        """Derivative (k,) of the mean score by the logarithms of the weights."""
        share = posterior(log_weight, self.log_evidence).astype(np.float32)
        mixed = np.matmul(self.cdf, share[..., None])[..., 0]
        slope = (window_weight[:, None] * self.width * 2 * (mixed - self.after)).astype(np.float32)
        by_share = np.matmul(slope[:, None, :], self.cdf)[:, 0]
        centred = by_share - (share * by_share).sum(axis=1, keepdims=True)
        out: Array = (share * centred).sum(axis=0, dtype=float) / window_weight.sum()
        return out


def scored(rc: ReferenceClass, windows: Windows, n: int) -> Scored:
    """What the score needs about windows whose last n visible years are known."""
    past = windows.past[:, VISIBLE - n :]
    m = len(past)
    scale = Scale.of(past, rc.power, None)
    z = scale.onto(past)
    times = np.broadcast_to(np.arange(1.0 - n, 1.0), past.shape)
    ahead = np.broadcast_to(np.append(NOW, HORIZONS), (m, 1 + len(HORIZONS)))
    given = condition(rc.components, times, z - z[:, -1:], ahead, shocks=rc.shocks)
    mean, variance = rc.damped(n, given)
    sd = np.sqrt(variance)
    weight = posterior(np.log(rc.components.weight), given.log_evidence)
    nodes = mixture_quantiles(weight, mean, sd, ndtri(NODES))
    cdf = np.empty((*nodes.shape, mean.shape[2]), np.float32)
    for start in range(0, m, 400):
        s = slice(start, start + 400)
        cdf[s] = ndtr(((nodes[s][..., None] - mean[s][:, :, None]) / sd[s][:, :, None]).astype(np.float32))
    values = scale.back(nodes)
    edges = np.concatenate([values[..., :1], (values[..., 1:] + values[..., :-1]) / 2, values[..., -1:]], axis=-1)
    width = np.diff(edges, axis=-1)
    came = windows.future[:, HORIZONS.astype(int) - 1, None]
    after = np.clip((edges[..., 1:] - came) / width, 0, 1)
    over_scale = width / windows.scale[:, None, None] / len(HORIZONS)
    return Scored(
        given.log_evidence, cdf.reshape(m, -1, mean.shape[2]), over_scale.reshape(m, -1), after.reshape(m, -1)
    )


def refine(tables: list[Scored], start: Array, window_weight: Array) -> Array:
    """Weights (k,) near `start` with a better mean score over the windows of positive weight."""
    start = np.maximum(start, 1e-6)
    origin = start / start.sum()
    log_weight: Array = np.log(origin)
    first, second = np.zeros(len(start)), np.zeros(len(start))
    for step in range(1, STEPS + 1):
        weight = np.exp(log_weight - np.logaddexp.reduce(log_weight))
        slope = PENALTY * (weight - origin)
        for table in tables:
            slope = slope + table.gradient(log_weight, window_weight)
        first = 0.9 * first + 0.1 * slope
        second = 0.98 * second + 0.02 * slope**2
        move = (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.98**step)) + 1e-7)
        log_weight = np.maximum(log_weight - RATE * move, log_weight.max() - 16)
    out: Array = np.exp(log_weight - np.logaddexp.reduce(log_weight))
    return out


def settings() -> dict[str, Any]:
    """What the refinement is made with, for the parameter file."""
    return {"sizes": list(SIZES), "horizons": HORIZONS.tolist(), "steps": STEPS, "rate": RATE, "penalty": PENALTY}
