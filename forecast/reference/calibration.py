"""Where a mixture has to be read so that its bands cover what they say, and how good that is out of fold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from forecast.reference.classes import ReferenceClass
from forecast.reference.components import Array
from forecast.reference.engine import predict
from forecast.reference.transform import LEVELS
from forecast.reference.windows import AHEAD, VISIBLE, Windows

SIZES = tuple(range(1, VISIBLE + 1))
COVERAGES = (0.5, 0.8, 0.95)
HORIZONS = np.arange(1.0, AHEAD + 1)


def uncalibrated(rc: ReferenceClass) -> ReferenceClass:
    """The class read as it stands, for every number of points up to 8."""
    return replace(rc, calibration=np.tile(LEVELS, (len(SIZES), 1, 1)), calibration_horizons=np.array([1.0]))


def central_readings(probits: Array, weight: Array) -> Array:
    """The 7 readings that give the central 50, 80 and 95 % bands their coverage, symmetric on the probit scale.

    probits (m, h): probit of the mixture's CDF at what came. weight (m,).
    """
    size = np.abs(probits).ravel()
    mass = np.repeat(weight, probits.shape[1])
    order = np.argsort(size, kind="stable")
    share = (np.cumsum(mass[order]) - 0.5 * mass[order]) / mass.sum()
    half = np.interp(COVERAGES, share, size[order])
    return np.concatenate([-half[::-1], [0.0], half])


def out_of_fold(
    classes: list[ReferenceClass], fold: NDArray[np.intp], windows: Windows
) -> dict[int, tuple[NDArray[np.bool_], Array]]:
    """By number of points: which windows have them, and the probit (m, 5) of what came, each from its own fold."""
    out = {}
    for n in SIZES:
        rows = np.isfinite(windows.past[:, VISIBLE - n])
        probits = np.zeros((int(rows.sum()), AHEAD))
        for number, rc in enumerate(classes):
            mine = fold[rows] == number
            past, future = windows.past[rows][mine][:, VISIBLE - n :], windows.future[rows][mine]
            given = predict(rc, np.arange(n), past, HORIZONS, [0.5], explain=False)
            probits[mine] = ndtri(np.clip(given.cdf(future), 1e-12, 1 - 1e-12))
        out[n] = rows, probits
    return out


def calibrate(
    classes: list[ReferenceClass], fold: NDArray[np.intp], windows: Windows
) -> tuple[Array, dict[int, tuple[NDArray[np.bool_], Array]]]:
    """Readings (8, 1, 7) by number of points, and the uncalibrated out-of-fold probits they come from."""
    plain = [uncalibrated(rc) for rc in classes]
    probits = out_of_fold(plain, fold, windows)
    even = windows.weight**2
    readings = [central_readings(found, even[rows]) for rows, found in probits.values()]
    return np.array(readings)[:, None, :], probits


def held_out_scores(
    classes: list[ReferenceClass], fold: NDArray[np.intp], windows: Windows
) -> dict[str, dict[str, Any]]:
    """Scaled error, weighted interval score and coverage per number of points, each window scored out of fold.

    Error and score are divided by the mean absolute yearly change of the series; smaller is better. The weighted
    interval score is that of Bracher et al. (2021) over the median and the central 50, 80 and 95 % intervals.
    """
    out: dict[str, dict[str, Any]] = {}
    even = windows.weight**2
    for n in SIZES:
        rows = np.isfinite(windows.past[:, VISIBLE - n])
        bands = np.zeros((int(rows.sum()), AHEAD, 7))
        for number, rc in enumerate(classes):
            mine = fold[rows] == number
            past = windows.past[rows][mine][:, VISIBLE - n :]
            bands[mine] = predict(rc, np.arange(n), past, HORIZONS, ndtr(LEVELS), explain=False).quantiles
        truth, scale, weight = windows.future[rows], windows.scale[rows][:, None], even[rows]
        miss = np.abs(truth - bands[..., 3])
        score = 0.5 * miss
        cover = {}
        for i, coverage in enumerate(reversed(COVERAGES)):
            low, high, alpha = bands[..., i], bands[..., 6 - i], 1 - coverage
            outside = np.maximum(low - truth, 0) + np.maximum(truth - high, 0)
            score = score + alpha / 2 * (high - low) + outside
            cover[f"coverage_{round(100 * coverage)}"] = (truth >= low) & (truth <= high)
        tables = {"scaled_error": miss / scale, "wis": score / 3.5 / scale, **cover}
        out[str(n)] = {
            "windows": int(rows.sum()),
            **{name: round(float(np.average(t.mean(axis=1), weights=weight)), 4) for name, t in tables.items()},
        }
    return out
