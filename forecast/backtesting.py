"""Refit at each past origin, project what was then the future, and score it against what came.

Pure: whoever calls brings cases, which say what was known when. Rows are one per origin and target
date; an origin that cannot be projected is counted with its reason, never filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from forecast.errors import Refusal
from forecast.models.grammar import Definition
from forecast.notes import Note, note
from forecast.projection import LEVELS, Projection
from forecast.scoring import pinball, wis_parts
from forecast.series import Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One origin: the series as known then, and the later figures: `truth` maps target date -> value."""

    origin: date
    series: Series
    truth: Mapping[date, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One origin and target date. `quantiles` maps probability -> value; `scores` maps name -> number.

    Scores, in the series' unit where they have one: `error` (median - value), `wis`, `dispersion`, `over`, `under`, and
    for each central interval `covered_50`, ... (1 or 0). A projection without a band has `error` and `pinball` only.
    """

    model: str
    indicator: str
    origin: date
    target_date: date
    value: float
    quantiles: Mapping[float, float]
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """All scored rows, how many origins gave some, and the refusals by origin."""

    rows: tuple[Scored, ...]
    origins: int
    refused: tuple[tuple[date, Note], ...] = field(default=())

    @property
    def note(self) -> Note:
        """How much this back-test rests on, to be said beside every average of it."""
        return note("backtest_origins", origins=self.origins, rows=len(self.rows), refused=len(self.refused))

    def mean(self, score: str) -> float:
        """The mean of a score over the rows that have it; nan without any."""
        found = [row.scores[score] for row in self.rows if score in row.scores]
        return float(np.mean(found)) if found else float("nan")


def _scores(projection: Projection, on: int, value: float, levels: Sequence[float]) -> dict[str, float]:
    error = projection.quantile(0.5, on) - value
    if not projection.has_band:
        return {"error": error, "pinball": float(pinball(value, projection.quantile(0.5, on), 0.5))}
    parts = wis_parts(value, projection.values[on], projection.probs)
    out = {
        "error": error,
        "wis": float(parts.total),
        "dispersion": float(parts.dispersion),
        "over": float(parts.over),
        "under": float(parts.under),
    }
    for level in levels:
        low, high = projection.interval(level, on)
        out[f"covered_{level:g}"] = float(low <= value <= high)
    return out


def backtest(definition: Definition, cases: Iterable[Case], levels: Sequence[float] = LEVELS) -> Backtest:
    """Fit `definition` to each case's series and score its projection; `levels` in percent."""
    rows: list[Scored] = []
    refused: list[tuple[date, Note]] = []
    origins = 0
    for case in cases:
        days = sorted(case.truth)
        try:
            projection = definition.fit(case.series).project(days, levels)
        except Refusal as refusal:
            refused.append((case.origin, refusal.note))
            continue
        origins += 1
        rows.extend(
            Scored(
                model=definition.name,
                indicator=case.series.indicator,
                origin=case.origin,
                target_date=day,
                value=float(case.truth[day]),
                quantiles=dict(zip(projection.probs, map(float, projection.values[on]), strict=True)),
                scores=_scores(projection, on, float(case.truth[day]), levels),
            )
            for on, day in enumerate(days)
        )
    return Backtest(rows=tuple(rows), origins=origins, refused=tuple(refused))
