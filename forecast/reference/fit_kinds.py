"""Fit the named kinds and write `kinds.json`: `python -m forecast.reference.fit_kinds` (minutes, one core).

For each kind the prior weights of a grid of components are learned by expectation-maximization on the panels of
`kind_data`, over several periods each, so that no one period's drift is taken for the kind's. Every panel counts the
same (those of one country's cities, which share their years, less), and a Dirichlet prior keeps the weights from
following any of them. The class is then mixed with the shipped one (`classes.load`). Dampings, habits and the
strength of the prior are settings, chosen on the held-out panels; bands are calibrated with the panel at hand left
out.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecast.reference.classes import HERE, ReferenceClass, from_dict, load
from forecast.reference.components import Array, Components
from forecast.reference.engine import predict
from forecast.reference.kind_data import AHEAD, VISIBLE, Cut, cut, fingerprint, load_panels
from forecast.reference.kinds import room, within_a_half
from forecast.reference.mixture import condition, posterior
from forecast.reference.transform import LEVELS, Scale

SIGMA = tuple(float(s) for s in np.geomspace(0.004, 0.6, 10))
TAU_RATIO = (0.0, 0.4, 1.0, 2.5)
KAPPA = (0.1, 0.4, 1.5)
NU_RATIO = (0.0, 0.6, 1.5, 3.0)
MU = (-0.05, 0.0, 0.03, 0.06, 0.1, 0.16)
JOINT_STEPS, CONDITIONAL_STEPS = 25, 20
LENGTHS = (2, 3, 5)
MOST = 60
PANEL_WEIGHT = 150.0
CITY = 0.4
LEFT_OUT_YEARS = 6
SIZES = (1, 2, 3, 4, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How one kind is fitted and read.

    damping, damping_sd: by number of points; the standard deviation is the shipped one where None. share: weight
    of the shipped class in the mixture. strength: pseudo-series of the Dirichlet prior over the grid, or over `steady`
    alone. size: components kept. exponent, reference: see `ReferenceClass.spread_exponent`.
    """

    damping: tuple[float, ...]
    damping_sd: float | None = None
    share: float = 0.5
    strength: float = 40.0
    steady: bool = False
    size: int = 40
    exponent: float = 0.0
    reference: float = 1.0
    habits: dict[str, Any] = field(default_factory=dict)


SETTINGS = {
    "cumulative": Setting(
        damping=(1.0, 0.95, 0.95, 0.95),
        damping_sd=0.2,
        strength=500,
        steady=True,
        size=80,
        habits={"falls": 0.15, "counted": True, "together": 1.05},
    ),
    "slow_stock": Setting(damping=(0.7, 0.9, 0.9, 0.9), damping_sd=0.3, habits={"counted": True}),
    "flow": Setting(damping=(0.65, 0.78, 0.8, 0.82), share=0.75),
    "money": Setting(damping=(0.7, 0.8, 0.85, 0.85)),
    "volatile_share": Setting(damping=(0.5, 0.6, 0.6, 0.6), habits={"together": 1.12}),
    "filling_share": Setting(damping=(0.8, 0.85, 0.85, 0.85), habits={"ceiling": 100.0, "open_from": 0.7}),
    "s_curve": Setting(damping=(0.8, 0.9, 0.9, 0.9), damping_sd=0.4),
    "noisy_count": Setting(damping=(0.4, 0.45, 0.45, 0.45), exponent=-0.25, reference=100.0, habits={"counted": True}),
}


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


def evidence(cuts: list[Cut], components: Components, rc: ReferenceClass, setting: Setting) -> Evidence:
    """Densities of all windows of `cuts`, the future being five years, on the scale of the last visible value."""
    whole, seen, both, owner = [], {n: [] for n in LENGTHS}, {n: [] for n in LENGTHS}, []  # type: ignore[var-annotated]
    for number, c in enumerate(cuts):
        values = opened(np.concatenate([c.past, c.future[:, :5]], axis=1), setting)
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


def opened(values: Array, setting: Setting) -> Array:
    """Windows of a filling share whose last visible value is near the ceiling, as the room that is left."""
    ceiling, start = setting.habits.get("ceiling"), setting.habits.get("open_from", 1.0)
    if ceiling is None:
        return values
    near = values[:, VISIBLE - 1] >= start * ceiling
    return np.where(near[:, None], room(values, ceiling), values)


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


def prior_weights(components: Components, setting: Setting) -> Array:
    """Flat over the grid, or for totals nine tenths on steady growth: no noise, a slow drift from 0 to 10 % a year."""
    flat = np.full(len(components), 1 / len(components))
    if not setting.steady:
        return flat
    c = components
    steady = (c.mu >= 0) & (c.mu <= 0.1) & (c.sigma <= 0.07) & (c.tau >= c.sigma) & (c.kappa == 0.1) & (c.nu == 0)
    out: Array = 0.1 * flat + 0.9 * steady / steady.sum()
    return out


def as_class(
    kind: str, components: Components, weight: Array, setting: Setting, shipped: ReferenceClass
) -> ReferenceClass:
    """The `size` weightiest components as a class of this kind, bands not yet calibrated."""
    best = np.sort(np.argsort(-weight, kind="stable")[: setting.size])
    parts = {f.name: getattr(components, f.name)[best] for f in fields(Components)}
    parts["weight"] = weight[best] / weight[best].sum()
    n = len(shipped.damping)
    damping = np.array([setting.damping[min(i, len(setting.damping) - 1)] for i in range(n)])
    return replace(
        shipped,
        name=kind,
        kind=kind,
        components=Components(**parts),
        damping=damping,
        damping_sd=shipped.damping_sd if setting.damping_sd is None else np.full(n, setting.damping_sd),
        calibration=np.broadcast_to(LEVELS, (n, 1, len(LEVELS))).copy(),
        calibration_horizons=np.array([1.0]),
        spread_exponent=setting.exponent,
        spread_reference=setting.reference,
    )


def held_out(
    kind: str, cuts: list[Cut], table: Evidence, components: Components, setting: Setting, shipped: ReferenceClass
) -> list[tuple[Cut, ReferenceClass]]:
    """Each cut with the class learned from the other panels, or, with one panel only, from other years."""
    prior = prior_weights(components, setting)
    alone = len({c.panel for c in cuts}) == 1
    groups: dict[Any, list[int]] = {}
    for i, c in enumerate(cuts):
        groups.setdefault(c.year if alone else c.panel, []).append(i)
    out = []
    for key, members in groups.items():
        if alone:
            use = np.array([abs(c.year - key) >= LEFT_OUT_YEARS for c in cuts])
        else:
            use = np.array([c.panel != key for c in cuts])
        weight = fit_weights(table.take(use[table.owner]), cuts, prior, setting.strength)
        rc = as_class(kind, components, weight, setting, shipped).blend(shipped, setting.share)
        out += [(cuts[i], rc) for i in members]
    return out


def calibrate(rc: ReferenceClass, pairs: list[tuple[Cut, ReferenceClass]], setting: Setting) -> ReferenceClass:
    """Factors on the half-widths by number of points, half the way to where 80 % would be covered in each panel."""
    factors = np.ones(len(rc.damping))
    for n in SIZES:
        logs: dict[str, list[float]] = {}
        for c, left in pairs:
            values = opened(np.concatenate([c.past, c.future], axis=1), setting)
            past, future = values[:, VISIBLE - n : VISIBLE], values[:, VISIBLE:]
            low, high = within_a_half(past) if setting.habits.get("counted") else (None, None)
            ahead, probs = np.arange(1.0, 6.0), (0.1, 0.5, 0.9)
            found = predict(left, np.arange(1.0 - n, 1.0), past, ahead, probs, low=low, high=high, explain=False)
            q = found.quantiles
            error = future[:, :5] - q[..., 1]
            half = np.where(error < 0, q[..., 1] - q[..., 0], q[..., 2] - q[..., 1])
            logs.setdefault(c.panel, []).append(float(np.log(np.quantile(np.abs(error) / half, 0.8))))
        centre = float(np.median([np.mean(v) for v in logs.values()]))
        factors[n - 1] = np.exp(np.clip(0.5 * centre, np.log(0.8), np.log(1.25)))
    factors[4] = np.sqrt(factors[3] * factors[5])
    factors[6:] = factors[5]
    return replace(rc, calibration=rc.calibration * factors[:, None, None])


def main(path: Path = HERE / "kinds.json") -> None:
    """Fit every kind and write the file."""
    panels = load_panels()
    components, shipped = grid(), load("unknown", "fast")
    classes: dict[str, Any] = {}
    for kind, setting in SETTINGS.items():
        cuts = [c for panel in panels if panel.kind == kind for c in cut(panel, MOST)]
        table = evidence(cuts, components, shipped, setting)
        weight = fit_weights(table, cuts, prior_weights(components, setting), setting.strength)
        rc = as_class(kind, components, weight, setting, shipped)
        rc = calibrate(rc, held_out(kind, cuts, table, components, setting, shipped), setting)
        classes[kind] = {**rc.to_dict(), "share": setting.share, "habits": setting.habits}
        from_dict(classes[kind])
        print(f"{kind}: {len(cuts)} origins, {len(table.owner)} windows, {len(rc.components)} components", flush=True)
    document = {
        "about": "Reference classes of the named kinds; written by python -m forecast.reference.fit_kinds.",
        "made": date.today().isoformat(),
        "data": fingerprint(panels),
        "settings": {"visible": VISIBLE, "ahead": AHEAD, "panel_weight": PANEL_WEIGHT},
        "classes": classes,
    }
    path.write_text(json.dumps(document, indent=None, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
