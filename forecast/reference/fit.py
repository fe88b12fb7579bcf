"""Rebuild the shipped reference classes from public data: `python -m forecast.reference.fit`.

Writes `parameters.json` (series of unknown kind) and `kinds.json` (the named kinds, see `fit_kinds`). Takes some ten
minutes on one core and needs the extra `benchmark`; the same data and settings give the same files.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecast.reference import em, fit_kinds, refine
from forecast.reference.calibration import calibrate, held_out_scores, uncalibrated
from forecast.reference.classes import HERE, ReferenceClass, from_dict
from forecast.reference.components import Array, Components
from forecast.reference.shocks import Shocks
from forecast.reference.windows import Windows, cut, fingerprint, load_series

SETTINGS: dict[str, Any] = {
    "power": 0.75,
    "stride": 1,
    "folds": 5,
    "shocks": {"jump": 0.06, "stray": 0.0, "size": 4.0},
    "loss_tilt": 0.3,
    "components": 96,
    "stretch": 0.1,
    "damping": [0.58, 0.78, 0.80, 0.83, 0.85, 0.85, 0.85, 0.85],
    "damping_sd": [0.15, 0.45, 0.45, 0.50, 0.50, 0.55, 0.60, 0.60],
}
DATE = "2026-11-28"


def folds(data: dict[tuple[str, str], Array]) -> NDArray[np.intp]:
    """The fold of each series, by the md5 of its name."""
    number = [int(hashlib.md5(key[1].encode()).hexdigest()[:8], 16) % SETTINGS["folds"] for key in data]
    return np.array(number, dtype=np.intp)


def reference_class(name: str, components: Components) -> ReferenceClass:
    """An uncalibrated class of the given components, whose weights are tilted towards the loss.

    Errors are divided by the restlessness of their series, so that calm components count for more:
    w v(1)^-tilt, v(1) the variance of one year's change.
    """
    tilted = components.weight * components.variogram(np.array(1.0)) ** -SETTINGS["loss_tilt"]
    kept = em.chosen(components, np.arange(len(components)), tilted)
    rc = ReferenceClass(
        name=name,
        kind="unknown",
        power=SETTINGS["power"],
        components=kept,
        damping=np.array(SETTINGS["damping"]),
        damping_sd=np.array(SETTINGS["damping_sd"]),
        shocks=Shocks(**SETTINGS["shocks"]),
        calibration=np.zeros((1, 1, 7)),
        calibration_horizons=np.array([1.0]),
        tempering=np.ones(1),
        stretch=SETTINGS["stretch"],
    )
    return uncalibrated(rc)


def build(date: str) -> dict[str, Any]:
    """The whole parameter file: provenance, settings, held-out scores, and the class."""
    data = load_series()
    windows = cut(data, stride=SETTINGS["stride"])
    fold = folds(data)[windows.series]
    training = windows.take(windows.complete)
    training_fold = fold[windows.complete]
    grid = em.grid()
    table = em.evidence(grid, training, Shocks(**SETTINGS["shocks"]), SETTINGS["power"])
    all_columns = np.arange(len(grid))
    weight = em.fit_weights(table, training.weight)
    parts = []
    for number in range(SETTINGS["folds"]):
        rows = training_fold != number
        parts.append(em.fit_weights(table.take(rows, all_columns), training.weight[rows]))
    columns, start = em.thin(table, training.weight, weight, SETTINGS["components"])
    rc = reference_class(f"annual series, {len(columns)} components", em.chosen(grid, columns, start))
    tables = [refine.scored(rc, training, n) for n in refine.SIZES]
    held = []
    for number, part in enumerate(parts):
        seen = np.where(training_fold != number, training.weight, 0.0)
        begun = reference_class("fold", em.chosen(grid, columns, em.refit(table, seen, part, columns)))
        held.append(begun.reweighted(refine.refine(tables, begun.components.weight, seen)))
    final = rc.reweighted(refine.refine(tables, rc.components.weight, training.weight))
    shipped, scores = _calibrated(final, held, fold, windows)
    return {
        "format": 2,
        "made_by": "python -m forecast.reference.fit",
        "date": date,
        "data": fingerprint(data),
        "windows": {"training": len(training), "calibration": len(windows)},
        "settings": {**SETTINGS, "refine": refine.settings()},
        "held_out_scores": scores,
        "class": shipped.to_dict(),
    }


def _calibrated(
    rc: ReferenceClass, held: list[ReferenceClass], fold: NDArray[np.intp], windows: Windows
) -> tuple[ReferenceClass, dict[str, Any]]:
    """The class with the readings learned out of fold, and its held-out scores.

    The readings are eight times three numbers learned from thousands of windows; the scores use the same ones.
    """
    readings, _ = calibrate(held, fold, windows)
    ready = [replace(one, calibration=readings) for one in held]
    return replace(rc, calibration=readings), held_out_scores(ready, fold, windows)


def write(parameters: dict[str, Any], path: Path) -> None:
    """The parameters as JSON a person can read: one component, or one list of numbers, per line."""
    text = json.dumps(parameters, indent=1, ensure_ascii=False)
    out, row = [], ""
    for line in text.split("\n"):
        part = line.strip()
        if row or part == "[":
            row += part + (" " if part.endswith(",") and not part.startswith("]") else "")
            if part.startswith("]"):
                out.append(row)
                row = ""
        else:
            out.append(line)
    path.write_text("\n".join(out) + "\n", encoding="utf-8")


def main() -> None:
    """Parse the options and write the two files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write to")
    parser.add_argument("--date", default=DATE, help="date the files shall carry")
    options = parser.parse_args()
    parameters = build(options.date)
    write(parameters, options.out / "parameters.json")
    fit_kinds.write(fit_kinds.build(from_dict(parameters["class"]), options.date), options.out / "kinds.json")


if __name__ == "__main__":
    main()
