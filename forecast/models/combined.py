"""The reference model, moved part of the way to two plain trends where a history is long and clean.

See `combining` for how. It was made on annual series of no named kind. Elsewhere, below `SINCE` figures, and where not
all are exact, dated and above zero, nothing was gained: there it is the reference, and a note says so and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from forecast.models.combining import HELD, centre, shares, shifted
from forecast.models.grammar import require_points
from forecast.models.reference import Array, FittedReference, Predictive
from forecast.notes import Note, note
from forecast.projection import LEVELS, Projection
from forecast.reference.classes import load
from forecast.reference.transform import Scale
from forecast.series import Series

if TYPE_CHECKING:
    import pandas as pd

SINCE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Combined:
    """The reference with a share of Theta and of drift."""

    name: str = "combined"
    min_points: int = 1

    def fit(self, series: Series) -> FittedCombined:
        """As `Reference.fit`."""
        require_points(self, series)
        return FittedCombined(model=self.name, series=series, members=load(series.kind))


def alone(model: str, series: Series) -> Note | None:
    """Why `series` is projected by the reference alone; None where it is combined."""
    low, high = series.bounds()
    if series.kind != "unknown":
        return note("reference_alone_kind", model=model, indicator=series.indicator, kind=series.kind)
    if series.n < SINCE:
        return note("reference_alone_short", model=model, indicator=series.indicator, n=series.n, since=SINCE)
    if (high > low).any() or any(p.when_low or p.when_high for p in series.points):
        return note("reference_alone_inexact", model=model, indicator=series.indicator)
    if (series.values() <= 0).any():
        return note("reference_alone_not_positive", model=model, indicator=series.indicator)
    return None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FittedCombined(FittedReference):
    """The reference class `members` conditioned on `series`, and shifted."""

    def _predict(self, series: Series, horizons: Array, probs: Sequence[float]) -> Predictive:
        if alone(self.model, series):
            return FittedReference._predict(self, series, horizons, probs)
        values, asked = series.values(), np.union1d(probs, HELD)
        plain = FittedReference._predict(self, series, horizons, asked.tolist())
        held = plain.quantiles[0][:, np.searchsorted(asked, HELD)]
        return shifted(
            plain,
            Scale.of(values[None], self.members.power, series.upper),
            centre(series.years(), values, horizons, held),
            held[:, HELD.index(0.5)],
            plain.quantiles[..., np.searchsorted(asked, probs)],
        )

    def project(self, dates: Sequence[date], levels: Sequence[float] = LEVELS) -> Projection:
        """As the reference's, shifted to the combined centre; the reference's with a note where it stands alone."""
        found = FittedReference.project(self, dates, levels)
        why = alone(self.model, self.series)
        return replace(found, notes=(why, *found.notes)) if why else found

    def tidy(self) -> pd.DataFrame:
        """The reference's row of the combined distribution, then `theta_share` and `drift_share`, which are fixed."""
        import pandas as pd

        first = FittedReference.tidy(self)
        mixed = (0.0, 0.0) if alone(self.model, self.series) else shares(self.series.years())
        rest = pd.DataFrame({"term": ["theta_share", "drift_share"], "estimate": mixed, "std_error": [0.0, 0.0]})
        return pd.concat([first, rest], ignore_index=True)
