"""The combined model: Theta against others' arithmetic, its shares, the band it is held in, where it stands back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from forecast.models import get
from forecast.models.averaged_theta import PAIRS, averaged, paths
from forecast.projection import Projection
from forecast.sentences import tell
from forecast.series import Point, Series

AHEAD = tuple(date(year, 12, 31) for year in range(2026, 2031))
GROWING = (41.0, 45.0, 44.0, 52.0, 55.0, 61.0, 58.0, 66.0, 71.0, 75.0, 74.0, 82.0, 90.0, 93.0)

walks = st.lists(st.floats(-0.4, 0.4), min_size=10, max_size=25).map(lambda steps: 100 * np.exp(np.cumsum(steps)))


def yearly(values: Sequence[float], *, without: Sequence[int] = (), **more: object) -> Series:
    """Exact figures at the year-ends up to 2025, of those years that are not left out."""
    points = tuple(
        Point(when=date(2026 - len(values) + i, 12, 31), value=float(v), low=float(v), high=float(v))
        for i, v in enumerate(values)
        if i not in without
    )
    return Series(**{"indicator": "x", "points": points, **more})


def projected(series: Series, model: str = "combined") -> Projection:
    return get(model).fit(series).project(AHEAD)


def from_the_paper(y: np.ndarray, steps: int, alpha: float, trend: float, first: float) -> tuple[np.ndarray, float]:
    """The model of Fiorucci et al. 2016, its lines fitted by polyfit: forecasts, and the sum of squared errors."""
    known, level, said = list(y), first, []
    for t in range(len(y) + steps):
        seen = np.array(known[:t])
        b, a = np.polyfit(np.arange(1, t + 1), seen, 1) if t > 1 else (0.0, seen.sum())
        said.append(level + trend * ((1 - alpha) ** t * a + (1 - (1 - alpha) ** (t + 1)) / alpha * b))
        if t >= len(y):
            known.append(said[-1])
        level = alpha * known[t] + (1 - alpha) * level
    errors = (y - np.array(said[: len(y)]))[3:]
    return np.array(said[len(y) :]), float(errors @ errors)


def theta_by_hand(y: np.ndarray, steps: int) -> np.ndarray:
    """The average over the thirty pairs, each with its best first level among those between the figures."""
    made, weights = [], []
    for alpha in (0.1, 0.3, 0.5, 0.7, 0.85, 1.0):
        for trend in (0.0, 0.25, 0.5, 0.75, 1.0):

            def loss(first: float, alpha: float = alpha, trend: float = trend) -> float:
                return from_the_paper(y, 0, alpha, trend, first)[1]

            bounds = (float(y.min()), float(y.max()))
            best = minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": 1e-10}).x
            first = min((best, *bounds), key=loss)
            forecast, squares = from_the_paper(y, steps, alpha, trend, first)
            made.append(forecast)
            weights.append(squares ** (-(len(y) - 4) / 2))
    return np.average(made, axis=0, weights=weights)


@pytest.mark.parametrize(("alpha", "theta"), [(0.3, 4 / 3), (0.5, 2.0), (0.7, 4.0), (0.85, 1e12), (0.3, 1.0)])
def test_each_pair_of_theta_forecasts_what_statsforecast_does_from_the_same_first_level(
    alpha: float, theta: float
) -> None:
    peers = pytest.importorskip("statsforecast.theta", reason="statsforecast is not installed")
    y = np.array(GROWING)

    def fitted(first: float) -> dict:
        return peers.thetamodel(y, 1, "DOTM", first, alpha, theta, 3)

    from_zero, from_one = (fitted(first)["residuals"][3:] for first in (0.0, 1.0))
    pull = from_zero - from_one
    theirs = fitted(float(np.clip(from_zero @ pull / (pull @ pull), y.min(), y.max())))
    forecasts, squares = paths(y[None], 5)
    pair = PAIRS.index((alpha, round(1 - 1 / theta, 9)))
    assert forecasts[pair, 0] == pytest.approx(peers.forecast_theta(theirs, 5)["mean"], rel=1e-9)
    assert squares[pair, 0] == pytest.approx((theirs["residuals"][3:] ** 2).sum(), rel=1e-9)


def test_the_average_is_the_one_written_from_the_paper() -> None:
    z = np.sqrt(np.array(GROWING) / GROWING[-1]) - 1
    assert averaged(z[None], 5)[0] == pytest.approx(theta_by_hand(z, 5), rel=1e-6)


def test_several_series_at_once_are_each_their_own() -> None:
    z = np.random.default_rng(0).normal(0, 0.2, (4, 12)).cumsum(axis=1)
    together = averaged(z, 3)
    assert together == pytest.approx(np.array([averaged(row[None], 3)[0] for row in z]), rel=1e-12)
    assert averaged(z[::-1], 3)[::-1] == pytest.approx(together, rel=1e-12)


def test_the_median_is_half_the_references_and_a_quarter_of_each_trend() -> None:
    series, y, steps = yearly(GROWING), np.array(GROWING), np.arange(1, 6)
    plain = projected(series, "reference")
    theta = y[-1] * (1 + theta_by_hand(np.sqrt(y / y[-1]) - 1, 5)) ** 2
    drift = (np.sqrt(y[-1]) + steps * (np.sqrt(y[-1]) - np.sqrt(y[0])) / (len(y) - 1)) ** 2
    for path in (theta, drift):  # both lie within the band, so that nothing is cut
        assert (path > plain.values[:, 1]).all()
        assert (path < plain.values[:, 5]).all()
    expected = 0.5 * plain.values[:, 3] + 0.25 * theta + 0.25 * drift
    assert projected(series).values[:, 3] == pytest.approx(expected, rel=2e-4)  # leap years


def test_on_uneven_dates_thetas_share_stays_with_the_reference() -> None:
    series = yearly(GROWING, without=[4])
    first, last, days = GROWING[0], GROWING[-1], (series.last.when - series.points[0].when).days
    steps = np.array([(d - series.last.when).days for d in AHEAD]) / days
    drift = (np.sqrt(last) + steps * (np.sqrt(last) - np.sqrt(first))) ** 2
    expected = 0.75 * projected(series, "reference").values[:, 3] + 0.25 * drift
    assert projected(series).values[:, 3] == pytest.approx(expected, rel=1e-9)
    assert get("combined").fit(series).tidy()["estimate"].tolist()[1:] == [0.0, 0.25]


@pytest.mark.parametrize(("first", "end"), [(1.0, 5), (4_000.0, 1)], ids=["from far below", "from far above"])
def test_a_trend_beyond_the_references_80_percent_band_counts_as_its_end(first: float, end: int) -> None:
    wave = [100 + (-1) ** i for i in range(16)]
    series = yearly([first, *wave], without=[8])
    plain = projected(series, "reference")
    expected = 0.75 * plain.values[:, 3] + 0.25 * plain.values[:, end]
    assert projected(series).values[:, 3] == pytest.approx(expected, rel=1e-9)


@settings(max_examples=40, deadline=None)
@given(values=walks, limited=st.booleans())
def test_any_long_history_keeps_order_limits_and_its_place_in_the_references_band(
    values: np.ndarray, limited: bool
) -> None:
    upper = 1.01 * float(values.max()) if limited else None
    series = yearly(values, upper=upper)
    found, plain = projected(series), projected(series, "reference")
    assert (np.diff(found.values, axis=1) > 0).all()
    assert found.values.min() > 0
    assert upper is None or found.values.max() < upper
    low, median, high = plain.values[:, [1, 3, 5]].T
    assert (found.values[:, 3] >= (median + low) / 2 * (1 - 1e-9)).all()
    assert (found.values[:, 3] <= (median + high) / 2 * (1 + 1e-9)).all()
    assert found.cdf is not None
    assert [found.cdf(4, v) for v in found.values[4]] == pytest.approx(found.probs, abs=1e-6)
    assert [found.cdf(4, v) for v in (-1.0, 0.0, upper or 1e15)] == pytest.approx([0, 0, 1])


@settings(max_examples=20, deadline=None)
@given(values=walks, factor=st.sampled_from([1e-3, 7.0, 1e6]))
def test_tonnes_or_kilograms_give_the_same_projection(values: np.ndarray, factor: float) -> None:
    here, there = projected(yearly(values)), projected(yearly(values * factor))
    assert there.values == pytest.approx(factor * here.values, rel=1e-6)


def test_the_order_of_target_dates_and_other_levels_change_nothing() -> None:
    fitted = get("combined").fit(yearly(GROWING))
    whole = fitted.project(AHEAD)
    assert fitted.project(AHEAD[::-1]).values[::-1] == pytest.approx(whole.values, rel=1e-12)
    assert fitted.project(AHEAD[1:2], (95.0,)).values[0] == pytest.approx(whole.values[1, [0, 3, 6]], rel=1e-9)


def test_a_date_between_two_steps_lies_between_them() -> None:
    found = get("combined").fit(yearly(GROWING)).project([date(2026, 12, 31), date(2027, 6, 30), date(2027, 12, 31)])
    assert (np.diff(found.values[:, 3]) > 0).all()


def _with(place: int, **change: object) -> Series:
    series = yearly(GROWING)
    points = list(series.points)
    points[place] = replace(points[place], **change)
    return replace(series, points=tuple(points))


ALONE = {
    "short": (yearly(GROWING[-9:]), "has 9"),
    "lone": (yearly(GROWING[-1:]), "has 1"),
    "kind": (yearly(GROWING, kind="cumulative"), "of kind cumulative"),
    "bound": (_with(13, high=None), "exact"),
    "interval": (_with(2, low=40.0, high=50.0), "exact"),
    "unstated day": (_with(5, when_low=date(2017, 1, 1), when_high=date(2017, 12, 31)), "exact"),
    "zero": (_with(0, value=0.0, low=0.0, high=0.0), "above zero"),
    "negative": (replace(yearly([-3, *GROWING]), lower=None), "above zero"),
}


@pytest.mark.parametrize(("series", "why"), ALONE.values(), ids=list(ALONE))
def test_elsewhere_it_is_the_reference_and_says_why(series: Series, why: str) -> None:
    fitted, plain = get("combined").fit(series), get("reference").fit(series)
    found, other = fitted.project(AHEAD), plain.project(AHEAD)
    assert found.values.tobytes() == other.values.tobytes()
    assert found.borrowed == other.borrowed
    assert found.notes[1:] == other.notes
    told = tell(found.notes[0])
    assert why in told
    assert told.endswith("this is the projection of the reference model.")
    assert "reference" in tell(found.notes[0], "zh")
    assert fitted.tidy()["estimate"].tolist() == [*plain.tidy()["estimate"], 0.0, 0.0]


@pytest.mark.parametrize("series", [ALONE["short"][0], ALONE["kind"][0]], ids=["short", "kind"])
def test_where_no_part_of_the_history_is_combined_the_fitted_values_are_the_references(series: Series) -> None:
    assert get("combined").fit(series).augment().equals(get("reference").fit(series).augment())


def test_from_ten_exact_figures_on_it_says_nothing_of_the_kind() -> None:
    series = yearly(GROWING[-10:])
    found, plain = projected(series), projected(series, "reference")
    assert [n.code for n in found.notes] == [n.code for n in plain.notes]
    assert (found.values[:, 3] != plain.values[:, 3]).all()


def test_what_it_says_of_itself_is_of_the_combined_distribution() -> None:
    series = yearly(GROWING)
    fitted = get("combined").fit(series)
    augmented, tidy, glance = fitted.augment(), fitted.tidy().set_index("term"), fitted.glance()
    for i in (9, 13):  # the first of them still has but nine figures before it
        earlier = replace(series, points=series.points[:i])
        found = get("combined").fit(earlier).project([series.points[i].when], (50.0,))
        assert augmented["fitted"][i] == pytest.approx(found.quantile(0.5), rel=1e-12)
    year = get("combined").fit(series).project([series.last.when + timedelta(days=365)], (68.0,))
    low, high = year.interval(68.0)
    assert tidy["estimate"]["next_year_change"] == pytest.approx(year.quantile(0.5) - GROWING[-1], rel=1e-2)
    assert glance["sigma"].item() == pytest.approx((high - low) / 2, rel=1e-2)
    assert tidy["estimate"][["theta_share", "drift_share"]].tolist() == [0.25, 0.25]
    plain = get("reference").fit(series)
    assert tidy["estimate"]["next_year_change"] != pytest.approx(plain.tidy()["estimate"][0], rel=1e-2)
