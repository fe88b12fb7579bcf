"""How good a kind's class is on panels it has not seen, against the last value and the drift carried on.

A score of a class on one panel at one origin is divided by that of the better of the two rivals there, whichever that
turns out to be; origins are averaged within their panel, panels within their kind.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri

from forecast.reference.classes import ReferenceClass
from forecast.reference.components import Array
from forecast.reference.kind_data import Cut
from forecast.reference.panel import Chunk, adapt, project_chunk
from forecast.reference.transform import LEVELS
from forecast.scoring import wis

SIZES = (2, 3, 4, 6)
AHEAD = np.arange(1.0, 6.0)
PROBS = ndtr(LEVELS)


def held_out_scores(pairs: list[tuple[Cut, ReferenceClass]]) -> dict[str, dict[str, float]]:
    """By number of points, means over the panels: error and wis (1 = the better rival), coverage_80, and its distance.

    pairs: panels at an origin, each with the class that was learned without it. Each is projected as a table of one
    kind would be, the panel at hand teaching what it can. distance: mean absolute distance from .8, by origin.
    """
    return {str(n): _mean([(c.panel, _scores(c, left, n)) for c, left in pairs]) for n in SIZES}


def _scores(c: Cut, members: ReferenceClass, n: int) -> dict[str, float]:
    past, truth = c.past[:, -n:], c.future[:, : len(AHEAD)]
    times = np.arange(1.0 - n, 1.0)
    panel = adapt(Chunk.of(times, past, np.ones(1)), members.kind, members=members)
    quantiles = project_chunk(Chunk.of(times, past, AHEAD), panel, PROBS)
    scale = np.abs(np.diff(np.concatenate([c.past, truth], axis=1), axis=1)).mean(axis=1)[:, None]
    own, *rivals = (_judged(q, truth, scale) for q in (quantiles, last_value(past), drift(past)))
    inside = (truth >= quantiles[..., 1]) & (truth <= quantiles[..., 5])
    return {
        "error": own[0] / min(error for error, _ in rivals),
        "wis": own[1] / min(score for _, score in rivals),
        "coverage_80": float(inside.mean()),
        "distance": abs(float(inside.mean()) - 0.8),
    }


def _judged(quantiles: Array, truth: Array, scale: Array) -> tuple[float, float]:
    error = np.abs(truth - quantiles[..., 3]) / scale
    return float(error.mean()), float((wis(truth, quantiles, PROBS.tolist()) / scale).mean())


def _mean(rows: list[tuple[str, dict[str, float]]]) -> dict[str, float]:
    by_panel: dict[str, list[dict[str, float]]] = {}
    for panel, row in rows:
        by_panel.setdefault(panel, []).append(row)
    names = rows[0][1]
    return {
        name: round(float(np.mean([np.mean([r[name] for r in group]) for group in by_panel.values()])), 3)
        for name in names
    }


def last_value(past: Array) -> Array:
    """Quantiles (m, 5, 7) of a random walk without drift: past (m, n), variance the mean squared change."""
    variance = (np.diff(past, axis=1) ** 2).mean(axis=1)[:, None] * AHEAD
    return _normal(np.repeat(past[:, -1:], len(AHEAD), axis=1), variance)


def drift(past: Array) -> Array:
    """Quantiles (m, 5, 7) of a random walk with drift (Hyndman & Athanasopoulos 2021, 5.5); no width at two values."""
    changes = np.diff(past, axis=1)
    steps = changes.shape[1]
    slope = changes.mean(axis=1)[:, None]
    spread = ((changes - slope) ** 2).sum(axis=1)[:, None] / max(steps - 1, 1)
    return _normal(past[:, -1:] + slope * AHEAD, spread * AHEAD * (1 + AHEAD / steps))


def _normal(centre: Array, variance: Array) -> Array:
    out: Array = centre[..., None] + np.sqrt(variance)[..., None] * ndtri(PROBS)
    return out
