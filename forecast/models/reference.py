"""The reference model for one series: what many real series did next, weighed by how well each fits this one.

A mixture of state-space trend models whose weights were learnt on a reference class of the series' kind; see
`forecast/reference/` for the mixture and how it was fitted. Works from one figure up; bounds, rounding and unstated
as-of days enter the likelihood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from forecast.models.grammar import require_points
from forecast.notes import note
from forecast.projection import LEVELS, Projection, probabilities
from forecast.reference.classes import ReferenceClass, load
from forecast.reference.kinds import predict
from forecast.series import Series

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]


class Predictive(Protocol):
    """Of a prediction of one series what a fitted model needs; shapes as in `engine.Prediction`, m = 1."""

    @property
    def quantiles(self) -> Array:
        """(1, h, p), strictly increasing along p."""

    @property
    def narrowing(self) -> Array:
        """(1, h), what one more figure would narrow."""

    def cdf(self, values: ArrayLike) -> Array:
        """P(future <= value)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The default model."""

    name: str = "reference"
    min_points: int = 1

    def fit(self, series: Series) -> FittedReference:
        """Bind the class of the series' kind to its figures. Raises `TooFewPoints` never but for an empty series."""
        require_points(self, series)
        return FittedReference(model=self.name, series=series, members=load(series.kind))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FittedReference:
    """The reference class `members` conditioned on `series`."""

    model: str
    series: Series
    members: ReferenceClass = field(repr=False)

    def _predict(self, series: Series, horizons: Array, probs: Sequence[float]) -> Predictive:
        low, high = series.bounds()
        ranged = [(p.when_low or p.when, p.when_high or p.when) for p in series.points]
        return predict(
            self.members,
            series.years()[None],
            series.values()[None],
            horizons[None],
            np.asarray(probs),
            low=low[None],
            high=high[None],
            time_low=series.years_of([r[0] for r in ranged])[None],
            time_high=series.years_of([r[1] for r in ranged])[None],
            upper=series.upper,
        )

    def project(self, dates: Sequence[date], levels: Sequence[float] = LEVELS) -> Projection:
        """Quantiles on `dates`, all after the last figure, for the central intervals `levels`."""
        from forecast.models.trend import years_ahead

        horizons = years_ahead(self.series, dates)
        probs = probabilities(levels)
        found = self._predict(self.series, horizons, probs)

        def cdf(on: int, value: float) -> float:
            return float(found.cdf(np.full((1, len(horizons)), value))[0, on])

        notes = []
        narrowing = float(found.narrowing[0, -1])
        if np.isfinite(narrowing) and narrowing >= 0.005:
            notes.append(note("one_more_figure", percent=round(100 * narrowing)))
        return Projection(
            model=self.model,
            dates=tuple(dates),
            probs=probs,
            values=found.quantiles[0],
            cdf=cdf,
            borrowed=self._borrowed(horizons[-1:]),
            notes=tuple(notes),
        )

    def _borrowed(self, horizon: Array) -> float:
        """The share of the information in the last date's band that the newest figure and its class alone would give.

        Information is one over the squared width of the 80 % band; the share is 1 for a lone figure, and 1 where the
        earlier figures showed the series to be wilder than its class.
        """
        if self.series.n == 1:
            return 1.0
        alone = replace(self.series, points=self.series.points[-1:])
        own, lone = (np.diff(self._predict(s, horizon, (0.1, 0.9)).quantiles[0, 0])[0] for s in (self.series, alone))
        return 1.0 if own >= lone else float((own / lone) ** 2)

    def augment(self) -> pd.DataFrame:
        """One row a point: `date, value, fitted, resid`; fitted is the median projected from the points before it."""
        import pandas as pd

        values = self.series.values()
        fitted = np.full(self.series.n, np.nan)
        for i in range(1, self.series.n):
            earlier = _first(self.series, i)
            ahead = earlier.years_of([self.series.points[i].when])
            fitted[i] = self._predict(earlier, ahead, (0.5,)).quantiles[0, 0, 0]
        dates = [p.when for p in self.series.points]
        return pd.DataFrame({"date": dates, "value": values, "fitted": fitted, "resid": values - fitted})

    def tidy(self) -> pd.DataFrame:
        """One row: `next_year_change`, the median change over the next year, with half its 68 % interval as error."""
        import pandas as pd

        q = self._predict(self.series, np.array([1.0]), (0.16, 0.5, 0.84)).quantiles[0, 0]
        change = q[1] - self.series.values()[-1]
        return pd.DataFrame({"term": ["next_year_change"], "estimate": [change], "std_error": [(q[2] - q[0]) / 2]})

    def glance(self) -> pd.DataFrame:
        """One row: `model, n, sigma, warnings`; sigma is half the 68 % interval one year ahead, in the unit."""
        import pandas as pd

        sigma = float(self.tidy()["std_error"].iloc[0])
        return pd.DataFrame({"model": [self.model], "n": [self.series.n], "sigma": [sigma], "warnings": [""]})


def expected(
    kind: str,
    upper: float | None,
    times: Array,
    values: Array,
    ahead: Array,
    level: float,
    *,
    low: Array,
    high: Array,
    time_low: Array,
    time_high: Array,
) -> Array:
    """What `project` expects of m series of n points each, `ahead` (m,) years after their last: (m, 2), low and high.

    times, values, low, high, time_low, time_high (m, n) as `Series` gives them; `level` in percent. Raises ValueError.
    """
    probs = np.asarray(probabilities((level,)))
    found = predict(
        load(kind), times, values, ahead[:, None], probs, low=low, high=high, time_low=time_low, time_high=time_high,
        upper=upper, explain=False,
    )  # fmt: skip
    out: Array = found.quantiles[:, 0, [0, -1]]
    return out


def _first(series: Series, count: int) -> Series:
    return replace(series, points=series.points[:count])
