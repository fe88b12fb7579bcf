"""Whole histories: the official splits of two competitions' yearly series, and the scores they were judged by.

Of an M3 series the last six years were kept back (Makridakis & Hibon 2000), of a Tourism series the last four
(Athanasopoulos et al. 2011). A model is shown all the years before, and its median is scored; where it has none, the
last value is. MASE divides by the mean absolute yearly change of what was shown (Hyndman & Koehler 2006).
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecast.benchmarking.contestants import Contestant
from forecast.benchmarking.windows import PROBS, Origin, Window, yearly_series

Array = NDArray[np.float64]

KEPT_BACK = {"M3": 6, "Tourism": 4}
SCORES = ("mase", "smape", "mape")


def histories(data: dict[tuple[str, str], Array] | None = None) -> list[Origin]:
    """Every series of the two collections, seen whole up to its official split."""
    found = []
    for (source, name), values in (yearly_series() if data is None else data).items():
        if years := KEPT_BACK.get(source):
            seen, future = values[:-years], values[-years:]
            scale = float(np.mean(np.abs(np.diff(seen))))
            key = hashlib.md5(name.encode()).hexdigest()[:12]
            found.append(
                Origin(
                    key=key, source=source, series=name, origin=1, seen=seen, future=future, scale=scale, picked=None
                )
            )
    return found


def whole(origin: Origin) -> Window:
    """The window that shows all of a history."""
    return Window(origin=origin, years=tuple(range(1 - len(origin.seen), 1)), values=origin.seen)


def official(found: Sequence[Origin], contestants: Sequence[Contestant]) -> list[dict[str, Any]]:
    """One row for each collection and model; MASE in mean yearly changes, sMAPE and MAPE in percent.

    Every model first answers one history that is not timed: imports and compilers are not its speed.
    """
    rows = []
    for source in KEPT_BACK:
        shown = sorted((whole(o) for o in found if o.source == source), key=lambda w: len(w.values))
        for contestant in contestants if shown else ():
            contestant.answer(shown[:1])
            start = time.process_time()
            quantiles = answers(contestant, shown)
            seconds = time.process_time() - start
            row = {"source": source, "model": contestant.name, "group": contestant.group, "series": len(shown)}
            rows.append(row | scores(shown, quantiles) | {"seconds_per_1000": 1000 * seconds / len(shown)})
    return rows


def answers(contestant: Contestant, shown: Sequence[Window]) -> Array:
    """What a model says of histories that lie in the order of their lengths; shape (m, h, 7)."""
    alike = [list(group) for _, group in groupby(shown, key=lambda w: len(w.values))]
    return np.concatenate([contestant.answer(group) for group in alike])


def scores(shown: Sequence[Window], quantiles: Array) -> dict[str, float]:
    """Means over series of the scores of their medians, and the share of series without any."""
    median = quantiles[..., PROBS.index(0.5)]
    last = np.array([w.values[-1] for w in shown])[:, None]
    median = np.where(np.isfinite(median), median, last)
    future = np.array([w.origin.future for w in shown])
    error = np.abs(future - median)
    each = (
        error / np.array([w.origin.scale for w in shown])[:, None],
        200 * error / (np.abs(future) + np.abs(median)),
        100 * error / np.abs(future),
    )
    told = {name: float(values.mean()) for name, values in zip(SCORES, each, strict=True)}
    return told | {"failed": float(np.isnan(quantiles).all(axis=(1, 2)).mean())}
