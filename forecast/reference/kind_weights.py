"""Prior weights of the components of a named kind, learned from its panels by expectation-maximization.

Every panel counts the same (those of one country's cities, which share their years, less), and a Dirichlet prior keeps
the weights from following any of them.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.reference.classes import ReferenceClass
from forecast.reference.components import Array, Components
from forecast.reference.kind_data import VISIBLE, Cut
from forecast.reference.kind_settings import SETTINGS
from forecast.reference.kinds import habits, room
from forecast.reference.mixture import condition, posterior
from forecast.reference.transform import Scale

SIGMA = tuple(float(s) for s in np.geomspace(0.004, 0.6, 10))
TAU_RATIO = (0.0, 0.4, 1.0, 2.5)
KAPPA = (0.1, 0.4, 1.5)
NU_RATIO = (0.0, 0.6, 1.5, 3.0)
MU = (-0.05, 0.0, 0.03, 0.06, 0.1, 0.16)
JOINT_STEPS, CONDITIONAL_STEPS = 25, 20
LENGTHS = (2, 3, 5)
PANEL_WEIGHT = 150.0
CITY = 0.4


def grid() -> Components:
    """Every sensible combination of the grid values: noise only where it can be told from the rest."""
    rows = [
        (mu, s, r * s, kappa, q * s)
        for s, r, kappa, q, mu in itertools.product(SIGMA, TAU_RATIO, KAPPA, NU_RATIO, MU)
        if (r > 0 or kappa == KAPPA[1]) and not (q == 3 and r > 1) and not (kappa == KAPPA[0] and q > 1)
    ]
    mu, sigma, tau, kappa, nu = np.array(rows).T
    return Components(weight=np.full(len(rows), 1 / len(rows)), mu=mu, sigma=sigma, tau=tau, kappa=kappa, nu=nu)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Log densities (rows, k) of whole windows, of their visible ends, and of these with the future; row -> cut."""

    whole: Array
    seen: dict[int, Array]
    both: dict[int, Array]
    owner: NDArray[np.intp]

    def take(self, rows: NDArray[np.bool_]) -> Evidence:
        """Some windows."""
        return Evidence(
            self.whole[rows],
            {n: a[rows] for n, a in self.seen.items()},
            {n: a[rows] for n, a in self.both.items()},
            self.owner[rows],
        )


def evidence(kind: str, cuts: list[Cut], components: Components, rc: ReferenceClass) -> Evidence:
    """Densities of all windows of `cuts`, the future being five years, on the scale of the last visible value."""
    whole, seen, both, owner = [], {n: [] for n in LENGTHS}, {n: [] for n in LENGTHS}, []  # type: ignore[var-annotated]
    setting = SETTINGS[kind]
    for number, c in enumerate(cuts):
        values = opened(np.concatenate([c.past, c.future[:, :5]], axis=1), kind)
        scale = Scale.of(values[:, :VISIBLE], rc.power, None)
        z = scale.onto(values)
        spread = scale.spread(setting.exponent, setting.reference)

        def of(start: int, stop: int, z: Array = z, spread: Array | None = spread) -> Array:
            times = np.tile(np.arange(start - stop + 1.0, 1.0), (len(z), 1))
            part = z[:, start:stop]
            found = condition(
                components, times, part - part[:, -1:], np.ones((len(z), 1)), spread=spread, shocks=rc.shocks
            )
            out: Array = found.log_evidence.astype(np.float32)
            return out

        whole.append(of(0, VISIBLE + 5))
        for n in LENGTHS:
            seen[n].append(of(VISIBLE - n, VISIBLE))
            both[n].append(of(VISIBLE - n, VISIBLE + 5))
        owner.append(np.full(len(z), number))
    joined = np.concatenate
    return Evidence(
        joined(whole),
        {n: joined(a) for n, a in seen.items()},
        {n: joined(a) for n, a in both.items()},
        joined(owner),
    )


def opened(values: Array, kind: str) -> Array:
    """Windows of a kind with a ceiling whose last visible value is near it, as the room that is left."""
    habit = habits(kind)
    if habit.ceiling is None:
        return values
    near = values[:, VISIBLE - 1] >= habit.open_from * habit.ceiling
    return np.where(near[:, None], room(values, habit.ceiling), values)


def fit_weights(table: Evidence, cuts: list[Cut], prior: Array, strength: float) -> Array:
    """Weights (k,): maximum a posteriori of the joint density, then of the future given the past."""
    counts = np.bincount(table.owner, minlength=len(cuts))
    present = np.flatnonzero(counts)
    origins = {p: sum(cuts[i].panel == p for i in present) for p in {cuts[i].panel for i in present}}
    per_cut = np.array(
        [
            PANEL_WEIGHT * (CITY if c.panel.startswith("city_") else 1) / origins[c.panel]
            if c.panel in origins
            else 0.0
            for c in cuts
        ]
    )
    a = (per_cut / np.maximum(counts, 1))[table.owner]
    weight, total = prior, a.sum() + strength
    for _ in range(JOINT_STEPS):
        weight = (strength * prior + a @ posterior(np.log(weight), table.whole)) / total
    for _ in range(CONDITIONAL_STEPS):
        above, below = np.zeros(len(prior)), np.zeros(len(prior))
        for n in LENGTHS:
            above += a @ posterior(np.log(weight), table.both[n])
            below += a @ posterior(np.log(weight), table.seen[n])
        weight = weight * np.sqrt(above / np.maximum(below, 1e-12))
        weight = (strength * prior + a.sum() * weight / weight.sum()) / total
    return weight


def prior_weights(components: Components, kind: str) -> Array:
    """Flat over the grid, or for totals nine tenths on steady growth: no noise, a slow drift from 0 to 10 % a year."""
    flat = np.full(len(components), 1 / len(components))
    if not SETTINGS[kind].steady:
        return flat
    c = components
    steady = (c.mu >= 0) & (c.mu <= 0.1) & (c.sigma <= 0.07) & (c.tau >= c.sigma) & (c.kappa == 0.1) & (c.nu == 0)
    out: Array = 0.1 * flat + 0.9 * steady / steady.sum()
    return out
