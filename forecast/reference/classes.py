"""Reference classes: what is believed about an annual indicator before its own figures speak. Data, not code.

A class is a mixture of components with its damping and its calibration. The shipped ones live in
`parameters.json`, the named kinds in `kinds.json` beside it; both hold the same fields as `ReferenceClass`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from forecast.reference.components import Array, Components
from forecast.reference.mixture import Conditioned
from forecast.reference.shocks import Shocks
from forecast.series import KINDS

HERE = Path(__file__).parent
MOST_STRETCH = 1.5
DROPPED = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceClass:
    """A mixture of trend components, and how its predictions are damped and calibrated.

    power: exponent L of the scale z = (u^L - 1) / L on which the components live, u = value / last value.
    damping, damping_sd: (N,) the share of the predicted change from now on that is kept has this mean and standard
    deviation, by number of points 1..N (the last one also serves more points): a strong drift is the most promising
    and the least certain to last. Where the series stands now, its noise smoothed away, is not damped. shocks: the
    breaks a series may hold, or None.
    calibration: (N, C, 7) where, by number of points, horizon (`calibration_horizons`, C years) and nominal
    level, the mixture is read: probits of the mixture's own CDF at the nominal probits `transform.LEVELS`.
    tempering: (N,) power of the evidence against the prior.
    stretch: where a mixture is wider or narrower than the class is before any figure, its bands are stretched further
    by that ratio to this power, held within `MOST_STRETCH` either way: a few figures move the width of a mixture less
    than they should, in every collection of series that was tried.
    spread_exponent and spread_reference: sigma, tau and nu are multiplied by (last value / reference)^exponent,
    held within [1, 3] (small counts are noisier, large ones not ever steadier); an exponent of 0 leaves them alone.
    upper: the largest possible value, or None.
    """

    name: str
    kind: str
    power: float
    components: Components
    damping: Array
    damping_sd: Array
    shocks: Shocks | None
    calibration: Array
    calibration_horizons: Array
    tempering: Array
    stretch: float = 0.0
    spread_exponent: float = 0.0
    spread_reference: float = 1.0
    upper: float | None = None

    def damped(self, n: int, given: Conditioned) -> tuple[Array, Array]:
        """Means and variances (m, h, k) of z minus the last z after n points, the drift damped.

        given: the components conditioned on the points, the present (`mixture.NOW`) as the first of 1 + h horizons.
        """
        index = min(n, len(self.damping)) - 1
        level, change = given.mean[:, :1], given.mean[:, 1:] - given.mean[:, :1]
        mean = level + self.damping[index] * change
        return mean, given.variance[:, 1:] + (self.damping_sd[index] * change) ** 2

    def stretched(self, sd: Array, horizons: Array) -> Array:
        """Factors (m, h) on the bands of mixtures with standard deviations sd (m, h) at horizons (m, h)."""
        years, place = np.unique(horizons, return_inverse=True)
        weight = self.components.weight / self.components.weight.sum()
        drift = years[:, None] * self.components.mu
        centre = drift @ weight
        before = (self.components.variogram(years) + (drift - centre[:, None]) ** 2) @ weight
        ratio = sd / np.sqrt(before)[place.reshape(horizons.shape)]
        out: Array = np.clip(ratio**self.stretch, 1 / MOST_STRETCH, MOST_STRETCH)
        return out

    def blend(self, other: ReferenceClass, share: float) -> ReferenceClass:
        """This class with `share` of its prior weight given to the components of `other`.

        The least of all, which together hold less than `DROPPED` of the weight, are left out: they cost time alone.
        """
        mine, theirs = self.components, other.components
        joined = {
            field.name: np.concatenate([getattr(mine, field.name), getattr(theirs, field.name)])
            for field in fields(Components)
        }
        joined["weight"] = np.concatenate(
            [(1 - share) * mine.weight / mine.weight.sum(), share * theirs.weight / theirs.weight.sum()]
        )
        order = np.argsort(joined["weight"], kind="stable")
        kept = np.sort(order[np.cumsum(joined["weight"][order]) >= DROPPED])
        return replace(self, components=Components(**{name: part[kept] for name, part in joined.items()}))

    def reweighted(self, weight: Array) -> ReferenceClass:
        """This class with other prior weights (K,), as a panel that adapts to itself needs."""
        parts = {field.name: getattr(self.components, field.name) for field in fields(Components)}
        return replace(self, components=Components(**{**parts, "weight": weight / weight.sum()}))

    def to_dict(self) -> dict[str, Any]:
        """Plain lists and numbers for a JSON file; components as one row each."""
        columns = [field.name for field in fields(Components)]
        rows = np.column_stack([getattr(self.components, column) for column in columns])
        return {
            "name": self.name,
            "kind": self.kind,
            "power": self.power,
            "columns": columns,
            "components": [[float(f"{number:.6g}") for number in row] for row in rows],
            "damping": np.round(self.damping, 4).tolist(),
            "damping_sd": np.round(self.damping_sd, 4).tolist(),
            "shocks": None if self.shocks is None else asdict(self.shocks),
            "calibration": np.round(self.calibration, 4).tolist(),
            "calibration_horizons": self.calibration_horizons.tolist(),
            "tempering": np.round(self.tempering, 4).tolist(),
            "stretch": self.stretch,
            "spread_exponent": self.spread_exponent,
            "spread_reference": self.spread_reference,
            "upper": self.upper,
        }


def from_dict(data: dict[str, Any]) -> ReferenceClass:
    """The class that `ReferenceClass.to_dict` wrote."""
    table = np.array(data["components"], float)
    parts = {column: table[:, i] for i, column in enumerate(data["columns"])}
    parts["weight"] = parts["weight"] / parts["weight"].sum()
    return ReferenceClass(
        name=data["name"],
        kind=data["kind"],
        power=float(data["power"]),
        components=Components(**parts),
        damping=np.array(data["damping"], float),
        damping_sd=np.array(data["damping_sd"], float),
        shocks=None if data["shocks"] is None else Shocks(**data["shocks"]),
        calibration=np.array(data["calibration"], float),
        calibration_horizons=np.array(data["calibration_horizons"], float),
        tempering=np.array(data["tempering"], float),
        stretch=float(data["stretch"]),
        spread_exponent=float(data.get("spread_exponent", 0.0)),
        spread_reference=float(data.get("spread_reference", 1.0)),
        upper=data.get("upper"),
    )


@lru_cache(maxsize=16)
def load(kind: str = "unknown") -> ReferenceClass:
    """The shipped class of a kind of indicator.

    A kind with an entry in `kinds.json` gives `share` (default one half) of its weight to the class of unknown
    kind; a kind without one is the class of unknown kind under its name. Raises ValueError for other names.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}; known are {', '.join(KINDS)}")
    shipped = from_dict(_read(HERE / "parameters.json")["class"])
    if kind == "unknown":
        return shipped
    named = HERE / "kinds.json"
    entry = _read(named)["classes"].get(kind) if named.exists() else None
    if entry is None:
        return replace(shipped, kind=kind)
    return from_dict(entry).blend(shipped, float(entry.get("share", 0.5)))


@lru_cache(maxsize=4)
def _read(path: Path) -> dict[str, Any]:
    """A parameter file as plain data."""
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data
