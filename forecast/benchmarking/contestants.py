"""Who sits the exam: name -> windows of one number of figures -> quantiles (m, h, 7), nan where there is no forecast.

Ours are called by their registered names; `reference` is projected in one batch, `reference_panel` as a table of series
projected together (each origin apart: the later history holds the earlier future). The statsmodels trends are called as
they ship. The peers are statsforecast's, called by its class names, with their default settings; they count steps, so
irregular windows reach them interpolated to years. What refuses, raises or answers with nan is left nan and counted;
nothing is put in its place here. A peer whose mean falls outside its own simulated interval gets its seven numbers put
in order (Chernozhukov, Fernandez-Val & Galichon 2010): to its advantage.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecast import models
from forecast.benchmarking.windows import AHEAD, PROBS, Window, ahead
from forecast.errors import Misuse, Refusal

Array = NDArray[np.float64]
Answer = Callable[[Sequence[Window]], Array]

OURS, TREND, PEER = "ours", "trend", "peer"
REFERENCE = ("reference", "reference_panel")
PEERS = ("Naive", "RandomWalkWithDrift", "AutoETS", "AutoTheta", "DynamicOptimizedTheta", "AutoARIMA")
SLOW = ("AutoARIMA", "local_linear", "damped", "theta")
"""More than five seconds per 1,000 series: left out unless asked for."""
LONG = ("combined",)
"""The reference itself below ten figures: left out of the exam of windows unless asked for."""
LEVELS = (50, 80, 95)


@dataclass(frozen=True, slots=True)
class Contestant:
    """A model of the exam; `group` is ours, trend (statsmodels') or peer (statsforecast's)."""

    name: str
    group: str
    answer: Answer

    @property
    def rival(self) -> bool:
        """Whether ours are compared with it."""
        return self.group != OURS


def has_peers() -> bool:
    """Whether statsforecast is installed."""
    return find_spec("statsforecast") is not None


def names() -> tuple[str, ...]:
    """Every name, ours first, whether installed or not."""
    others = tuple(name for name in models.names() if name not in (*REFERENCE, *models.TRENDS))
    return (*REFERENCE, *others, *models.TRENDS, *PEERS)


def chosen(text: str, left_out: Sequence[str] = (*SLOW, *LONG)) -> list[Contestant]:
    """The contestants of `--models`: "" for those installed and not left out, `all`, or names with commas between.

    Raises `Misuse` for an unknown name, and for a peer by name where statsforecast is missing.
    """
    installed = [name for name in names() if name not in PEERS or has_peers()]
    if text == "all":
        return [contestant(name) for name in installed]
    if not text:
        return [contestant(name) for name in installed if name not in left_out]
    return [contestant(name) for name in dict.fromkeys(part.strip() for part in text.split(",")) if name]


def contestant(name: str) -> Contestant:
    """The contestant called so. Raises `Misuse` as `chosen` does."""
    if name in REFERENCE:
        return Contestant(name, OURS, _panel if name == "reference_panel" else _batch)
    if name in PEERS:
        if not has_peers():
            raise Misuse("peer_not_installed", name=name)
        return Contestant(name, PEER, _peer(name))
    if name not in names():
        from difflib import get_close_matches

        near = get_close_matches(name, names(), n=1, cutoff=0.4)
        raise Misuse("unknown_contestant", name=name, near=", ".join(near), known=", ".join(names()))
    return Contestant(name, TREND if name in models.TRENDS else OURS, _one_by_one(name))


def nothing(count: int, years: int = AHEAD) -> Array:
    """No forecasts of `count` windows; shape (count, years, 7), all nan."""
    return np.full((count, years, len(PROBS)), np.nan)


def _years(windows: Sequence[Window]) -> Array:
    return ahead(windows[0].dates())


def _columns(windows: Sequence[Window]) -> tuple[Array, Array]:
    return np.stack([w.times() for w in windows]), np.stack([w.values for w in windows])


def _batch(windows: Sequence[Window]) -> Array:
    from forecast.reference.classes import load
    from forecast.reference.kinds import predict

    times, values = _columns(windows)
    return np.asarray(predict(load(), times, values, _years(windows), PROBS, explain=False).quantiles)


def _panel(windows: Sequence[Window]) -> Array:
    from forecast.reference.panel import Chunk, adapt, project_chunk

    years = _years(windows)
    out = nothing(len(windows), len(years))
    for number in (1, 2):
        rows = [i for i, w in enumerate(windows) if w.origin.origin == number]
        if rows:
            times, values = _columns([windows[i] for i in rows])
            chunk = Chunk.of(times, values, years)
            out[rows] = project_chunk(chunk, adapt(chunk), PROBS)
    return out


def _one_by_one(name: str) -> Answer:
    def answer(windows: Sequence[Window]) -> Array:
        definition = models.get(name)
        out = nothing(len(windows), len(windows[0].dates()))
        for i, window in enumerate(windows):
            try:
                found = definition.fit(window.series()).project(window.dates())
            except Refusal:
                continue
            for j, prob in enumerate(found.probs):
                out[i, :, PROBS.index(prob)] = found.values[:, j]
        return out

    return answer


def _peer(name: str) -> Answer:
    def answer(windows: Sequence[Window]) -> Array:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what a peer warns about shows in its answer
            from statsforecast import models as peers

            years = len(windows[0].dates())
            out = nothing(len(windows), years)
            for i, window in enumerate(windows):
                try:
                    out[i] = _levels(getattr(peers, name)().forecast(y=_yearly(window), h=years, level=list(LEVELS)))
                except Exception:  # a peer may fail in any way it likes; a failure is counted
                    continue
        return out

    return answer


def _yearly(window: Window) -> Array:
    """The values at every year from the first to the last, straight lines between those that are shown."""
    years = np.arange(window.years[0], 1, dtype=float)
    out: Array = np.interp(years, np.array(window.years, float), window.values)
    return out


def _levels(said: dict[str, Any]) -> Array:
    """`mean`, `lo-80`, `hi-80`, ... as columns at `PROBS`; nan for those that are not there."""
    missing = np.full(len(said["mean"]), np.nan)
    low = [np.asarray(said.get(f"lo-{level}", missing), float) for level in reversed(LEVELS)]
    high = [np.asarray(said.get(f"hi-{level}", missing), float) for level in LEVELS]
    columns = np.stack([*low, np.asarray(said["mean"], float), *high], axis=1)
    whole = np.isfinite(columns).all(axis=1)
    columns[whole] = np.sort(columns[whole], axis=1)
    return columns
