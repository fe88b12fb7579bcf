"""Between the values of a series and the scale z of the components; which points to use; how levels are read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.reference.components import Array

MOST_POINTS = 12
LEVELS = np.array([-1.959963984540054, -1.2815515655446004, -0.6744897501960817, 0.0])
LEVELS = np.concatenate([LEVELS, -LEVELS[2::-1]])

_SOFT_FLOOR = 0.02
_SOFT_CEILING = 0.002
_LARGEST = 1e9


@dataclass(frozen=True, slots=True)
class Scale:
    """z = (sign(u) |u|^L - 1) / L with u = value / unit (Box & Cox 1964, relative to the last value), per series.

    unit: (m,) the last absolute value; where that is zero the mean of the absolute values, and 1 if all are zero
    (then nothing in the data has a unit). anchor: (m,) z of the last value. signed: (m,) whether a value below
    zero was seen; elsewhere predictions stay above zero. upper: the largest possible value, or None.
    """

    unit: Array
    anchor: Array
    signed: NDArray[np.bool_]
    power: float
    upper: float | None

    @classmethod
    def of(cls, values: Array, power: float, upper: float | None) -> Scale:
        """The scales of values (m, n), the last of each series in the last column."""
        size = np.abs(values)
        mean = size.mean(axis=1)
        signed = np.asarray((values < 0).any(axis=1))
        unit = np.where((values[:, -1] == 0) | signed, np.where(mean > 0, mean, 1.0), size[:, -1])
        scale = cls(unit, np.zeros(len(unit)), signed, power, upper)
        return cls(unit, scale.onto(values)[:, -1], signed, power, upper)

    def onto(self, values: Array) -> Array:
        """Observed values (m, n) -> z (m, n), held within 1e9."""
        with np.errstate(over="ignore"):
            u = values / self.unit[:, None]
            z = (np.sign(u) * np.abs(u) ** self.power - 1) / self.power
        out: Array = np.clip(z, -_LARGEST, _LARGEST)
        return out

    def spread(self, exponent: float, reference: float) -> Array | None:
        """Factors (m,) on sigma, tau and nu that depend on the level, 1 to 3; None if they do not."""
        if exponent == 0:
            return None
        out: Array = np.clip((self.unit / reference) ** exponent, 1, 3)
        return out

    def back(self, z: Array) -> Array:
        """z (m, h, p) -> values, increasing in z; near zero and near the upper limit they approach, never touch."""
        x = 1 + self.power * z
        floor = _SOFT_FLOOR
        soft = np.where(x < floor, floor**2 / np.maximum(2 * floor - x, floor), x)
        x = np.where(self.signed[:, None, None], x, soft)
        values = np.sign(x) * np.abs(x) ** (1 / self.power) * self.unit[:, None, None]
        if self.upper is not None:
            edge = _SOFT_CEILING * self.upper
            room = self.upper - values
            values = self.upper - np.where(room < edge, edge**2 / np.maximum(2 * edge - room, edge), room)
        return values

    def forth(self, values: Array) -> Array:
        """Values (m, h, p) -> z, the inverse of `back`; -inf and inf outside the possible range."""
        values = np.asarray(values, float)
        ceiling = np.zeros(values.shape, bool)
        if self.upper is not None:
            edge = _SOFT_CEILING * self.upper
            room = self.upper - values
            ceiling = room <= 0
            safe = np.where(ceiling, edge, room)
            values = self.upper - np.where(safe < edge, 2 * edge - edge**2 / safe, safe)
        u = values / self.unit[:, None, None]
        x = np.sign(u) * np.abs(u) ** self.power
        floor = _SOFT_FLOOR
        positive = np.maximum(x, 1e-300)
        soft = np.where(x < floor, 2 * floor - floor * (floor / positive), x)
        signed = self.signed[:, None, None]
        soft = np.where(x > 0, soft, -np.inf)
        z = (np.where(signed, x, soft) - 1) / self.power
        out: Array = np.where(ceiling, np.inf, z)
        return out


def most_informative(times: Array) -> NDArray[np.intp]:
    """Columns (m, min(n, 12)) of the points that are used, in order; times (m, n) increasing to the last, 0.

    With more than 12 points: for each of the years 0, -1, ..., -11 the latest point not after it (a drift is
    forgotten within about ten years), and then the most recent ones not yet taken until there are 12.
    """
    m, n = times.shape
    if n <= MOST_POINTS:
        return np.broadcast_to(np.arange(n), (m, n))
    out = np.empty((m, MOST_POINTS), np.intp)
    for i in range(m):
        latest = np.searchsorted(times[i], -np.arange(MOST_POINTS, dtype=float) + 1e-9, side="right") - 1
        chosen = np.unique(latest[latest >= 0])
        rest = np.setdiff1d(np.arange(max(0, n - 2 * MOST_POINTS), n), chosen)
        fill = rest[len(rest) - (MOST_POINTS - len(chosen)) :]
        out[i] = np.sort(np.concatenate([chosen, fill]))
    return out


def reading_at(calibration: Array, calibration_horizons: Array, horizons: Array) -> Array:
    """Calibrated probits (m, h, 7) at the horizons (m, h), linear between `calibration_horizons` (C,)."""
    if len(calibration_horizons) == 1:
        return np.broadcast_to(calibration[0], (*horizons.shape, calibration.shape[1]))
    h = np.clip(horizons, calibration_horizons[0], calibration_horizons[-1])
    left = np.clip(np.searchsorted(calibration_horizons, h, side="right") - 1, 0, len(calibration_horizons) - 2)
    gap = calibration_horizons[left + 1] - calibration_horizons[left]
    share = ((h - calibration_horizons[left]) / gap)[..., None]
    out: Array = (1 - share) * calibration[left] + share * calibration[left + 1]
    return out


def read_at(reading: Array, probits: Array) -> Array:
    """Where the mixture is read: reading (m, h, 7) at nominal `LEVELS`, probits (p,) -> (m, h, p), linear."""
    left = np.clip(np.searchsorted(LEVELS, probits, side="right") - 1, 0, len(LEVELS) - 2)
    share = (probits - LEVELS[left]) / (LEVELS[left + 1] - LEVELS[left])
    out: Array = (1 - share) * reading[..., left] + share * reading[..., left + 1]
    return out


def read_from(reading: Array, at: Array) -> Array:
    """The nominal probits (m, h, p) whose reading is `at` (m, h, p): the inverse of `read_at`."""
    left = (reading[..., None, 1:-1] <= at[..., None]).sum(-1)
    near = np.take_along_axis(reading, left, -1)
    far = np.take_along_axis(reading, left + 1, -1)
    with np.errstate(invalid="ignore"):
        share = (at - near) / (far - near)
        out: Array = LEVELS[left] + share * (LEVELS[left + 1] - LEVELS[left])
    return np.where(np.isinf(at), at, out)
