"""Prior weights of the components, learned from training windows by expectation-maximization."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from forecast.reference.components import Array, Components
from forecast.reference.mixture import condition, posterior
from forecast.reference.shocks import Shocks
from forecast.reference.transform import Scale
from forecast.reference.windows import AHEAD, VISIBLE, Windows

SIGMA = tuple(float(s) for s in np.geomspace(0.008, 0.6, 10))
TAU_RATIO = (0.0, 0.3, 0.7, 1.5)
KAPPA = (0.1, 0.5, 1.5)
NU_RATIO = (0.0, 0.5, 1.0)
MU = (-0.06, -0.03, 0.0, 0.03, 0.06, 0.1, 0.15)
WILDEST = 0.5
"""Standard deviation of one year's change, as a share of the value, beyond which a component is not asked.

Such a component would hold less than two hundredths of the weight and explain single breaks, which the shocks are for;
but once one series of a panel has broken, the panel would believe it of all.
"""

JOINT_STEPS = 40
CONDITIONAL_STEPS = 30
SIZES = (2, 3, 5, 8)
NEGLIGIBLE = 1e-5


@dataclass(frozen=True, slots=True)
class Evidence:
    """Log densities of windows under components: the whole window, its last n visible years, these with the future.

    whole: (m, k). seen, both: {n: (m, k)}.
    """

    whole: Array
    seen: dict[int, Array]
    both: dict[int, Array]

    def take(self, rows: NDArray[np.bool_], columns: NDArray[np.intp]) -> Evidence:
        """Some windows under some components."""
        at = np.ix_(rows, columns)
        return Evidence(
            self.whole[at],
            {n: table[at] for n, table in self.seen.items()},
            {n: table[at] for n, table in self.both.items()},
        )


def grid() -> Components:
    """Every combination of the grid values up to `WILDEST`; without a drift its rate means nothing and stands once."""
    rows = [
        (mu, sigma, ratio * sigma, kappa, noise * sigma)
        for sigma, ratio, kappa, noise, mu in itertools.product(SIGMA, TAU_RATIO, KAPPA, NU_RATIO, MU)
        if ratio > 0 or kappa == KAPPA[1]
    ]
    mu, sigma, tau, kappa, nu = np.array(rows).T
    every = Components(weight=np.full(len(rows), 1 / len(rows)), mu=mu, sigma=sigma, tau=tau, kappa=kappa, nu=nu)
    calm = np.flatnonzero(every.variogram(np.array(1.0)) <= WILDEST**2)
    return chosen(every, calm, every.weight[calm])


def chosen(components: Components, columns: NDArray[np.intp], weight: Array) -> Components:
    """The components in `columns` with new weights, normalised."""
    parts = {field.name: getattr(components, field.name)[columns] for field in fields(Components)}
    return Components(**{**parts, "weight": weight / weight.sum()})


def evidence(components: Components, windows: Windows, shocks: Shocks | None, power: float) -> Evidence:
    """Log densities of all windows under all components, on the scale of the last visible value."""
    scale = Scale.of(windows.past[:, -1:], power, None)
    z = scale.onto(np.concatenate([windows.past, windows.future], axis=1))

    def of(first: int, last: int) -> Array:
        part = z[:, first:last]
        times = np.broadcast_to(np.arange(first - last + 1.0, 1.0), part.shape)
        given = condition(components, times, part - part[:, -1:], np.ones((len(z), 1)), shocks=shocks)
        return given.log_evidence

    end = VISIBLE + AHEAD
    return Evidence(
        of(0, end),
        {n: of(VISIBLE - n, VISIBLE) for n in SIZES},
        {n: of(VISIBLE - n, end) for n in SIZES},
    )


def fit_weights(table: Evidence, window_weight: Array) -> Array:
    """Prior weights (k,): first for the density of whole windows, then for that of the future given the past.

    The conditional steps multiply each weight by the square root of the ratio of its responsibilities for past
    and future together to those for the past alone, over several lengths of the past.
    """
    k = table.whole.shape[1]
    weight = np.full(k, 1 / k)
    for _ in range(JOINT_STEPS):
        weight = window_weight @ posterior(_log(weight), table.whole)
        weight /= weight.sum()
    live = np.flatnonzero(weight > NEGLIGIBLE)
    seen = {n: table.seen[n][:, live] for n in SIZES}
    both = {n: table.both[n][:, live] for n in SIZES}
    weight = refine_weights(seen, both, window_weight, weight[live])
    out = np.zeros(k)
    out[live] = weight
    return out


def refine_weights(
    seen: dict[int, Array],
    both: dict[int, Array],
    window_weight: Array,
    start: Array,
    steps: int = CONDITIONAL_STEPS,
) -> Array:
    """The conditional steps alone, from weights (k,) all above zero."""
    weight: Array = start / start.sum()
    for _ in range(steps):
        above, below = np.zeros(len(weight)), np.zeros(len(weight))
        for n in seen:
            above += window_weight @ posterior(_log(weight), both[n])
            below += window_weight @ posterior(_log(weight), seen[n])
        weight = weight * np.sqrt(above / np.maximum(below, 1e-300))
        weight = np.maximum(weight / weight.sum(), 1e-12)
    return weight


def refit(table: Evidence, window_weight: Array, weight: Array, columns: NDArray[np.intp]) -> Array:
    """The weights of `columns` alone, refit by a few conditional steps from those among all components."""
    seen = {n: table.seen[n][:, columns] for n in SIZES}
    both = {n: table.both[n][:, columns] for n in SIZES}
    return refine_weights(seen, both, window_weight, np.maximum(weight[columns], 1e-6), steps=8)


def thin(table: Evidence, window_weight: Array, weight: Array, size: int) -> tuple[NDArray[np.intp], Array]:
    """The `size` components (columns, weights) left when the least are dropped a tenth at a time and the rest refit."""
    columns = np.flatnonzero(weight > 5e-4)
    weight = weight[columns]
    while len(columns) > size:
        keep = max(size, int(len(columns) * 0.9))
        best = np.sort(np.argsort(-weight, kind="stable")[:keep])
        columns = columns[best]
        whole = np.zeros(table.whole.shape[1])
        whole[columns] = weight[best]
        weight = refit(table, window_weight, whole, columns)
    return columns, weight


def _log(weight: Array) -> Array:
    """Logarithm of weights that may be zero."""
    out: Array = np.log(np.maximum(weight, 1e-300))
    return out
