"""How the class of each named kind is fitted: dampings and the strength of the prior, chosen on held-out panels."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How one kind is fitted.

    damping, damping_sd: by number of points; the standard deviation is the shipped one where None. share: weight
    of the shipped class in the mixture, three quarters but where what was shipped drifts and the kind does not.
    strength: pseudo-series of the Dirichlet prior over the grid, or over `steady` alone. size: components kept.
    exponent, reference: see `ReferenceClass.spread_exponent`.
    """

    damping: tuple[float, ...]
    damping_sd: float | None = None
    share: float = 0.75
    strength: float = 40.0
    steady: bool = False
    size: int = 40
    exponent: float = 0.0
    reference: float = 1.0


SETTINGS = {
    "cumulative": Setting(
        damping=(1.0, 0.95, 0.95, 0.95),
        damping_sd=0.2,
        strength=500,
        steady=True,
        size=80,
    ),
    "slow_stock": Setting(damping=(0.7, 0.9, 0.9, 0.9), damping_sd=0.3),
    "flow": Setting(damping=(0.65, 0.72, 0.72, 0.72)),
    "money": Setting(damping=(0.7, 0.8, 0.8, 0.8)),
    "volatile_share": Setting(damping=(0.3, 0.3, 0.3, 0.3), share=0.25),
    "filling_share": Setting(damping=(0.8, 0.9, 0.9, 0.9)),
    "s_curve": Setting(damping=(0.8, 1.0, 1.0, 1.0), damping_sd=0.4),
    "noisy_count": Setting(damping=(0.15, 0.15, 0.15, 0.15), exponent=-0.25, reference=100.0),
}
