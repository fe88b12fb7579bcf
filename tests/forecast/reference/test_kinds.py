"""Named kinds: what a kind's definition implies holds, whatever the figures."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest

from forecast.reference import engine
from forecast.reference.classes import HERE, KINDS, load
from forecast.reference.kinds import habits, predict, room, unroom, within_a_half
from forecast.series import DAYS_PER_YEAR

PROBS = np.array([0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975])
NAMED = tuple(kind for kind in KINDS if kind != "unknown")
END = date(2030, 12, 31)


def to_2030(kind: str, days: list[str], values: list[float]) -> np.ndarray:
    """The seven quantiles for the end of 2030 of figures dated `days`."""
    when = [date.fromisoformat(day) for day in days]
    times = np.array([(d - when[-1]).days for d in when]) / DAYS_PER_YEAR
    ahead = np.array([(END - when[-1]).days / DAYS_PER_YEAR])
    return predict(load(kind), times, np.array(values, float), ahead, PROBS, explain=False).quantiles[0, 0]


def some_series(n: int, seed: int = 5, m: int = 12) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return 40 * np.exp(np.cumsum(rng.normal(0.03, 0.08, (m, n)), axis=1))


def test_every_kind_but_the_unknown_one_has_a_class_of_its_own() -> None:
    classes = json.loads((HERE / "kinds.json").read_text(encoding="utf-8"))["classes"]
    assert sorted(classes) == sorted(NAMED)
    assert all(load(kind).kind == kind for kind in KINDS)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("n", [1, 2, 3, 6])
def test_quantiles_of_every_kind_are_finite_and_increase(kind: str, n: int) -> None:
    found = predict(load(kind), np.arange(n), some_series(n), np.arange(1.0, 8.0), PROBS, explain=False)
    assert np.isfinite(found.quantiles).all()
    assert (np.diff(found.quantiles, axis=-1) > 0).all()


@pytest.mark.parametrize("kind", ["unknown", "flow", "money"])
def test_a_kind_without_habits_is_the_engine_itself(kind: str) -> None:
    arguments = (load(kind), np.arange(3), some_series(3), np.arange(1.0, 4.0), PROBS)
    assert np.array_equal(predict(*arguments).quantiles, engine.predict(*arguments).quantiles)


def test_the_three_dated_totals_of_international_organizations_reach_140_to_170_in_2030() -> None:
    q = to_2030("cumulative", ["2020-12-31", "2023-06-26", "2025-10-14"], [96, 113, 127])
    assert 140 <= q[3] <= 170
    assert 15 <= q[5] - q[1] <= 90


@pytest.mark.parametrize(("first", "last"), [(260.0, 287.0), (226.0, 271.0)])
def test_a_total_with_two_figures_lies_between_no_change_and_the_last_pace_carried_on(
    first: float, last: float
) -> None:
    q = to_2030("cumulative", ["2023-06-26", "2025-10-14"], [first, last])
    pace = (last - first) / ((date(2025, 10, 14) - date(2023, 6, 26)).days / DAYS_PER_YEAR)
    carried_on = last + pace * (END - date(2025, 10, 14)).days / DAYS_PER_YEAR
    assert last <= q[3] <= carried_on


def test_a_total_known_once_is_expected_to_grow_and_hardly_to_fall() -> None:
    q = to_2030("cumulative", ["2025-10-14"], [271])
    assert q[3] > 271
    assert q[0] > 0.9 * 271


def test_the_median_of_a_total_is_never_below_its_last_value() -> None:
    rng = np.random.default_rng(8)
    totals = np.cumsum(rng.poisson(4, (60, 4)), axis=1) + 10.0
    found = predict(load("cumulative"), np.arange(4), totals, np.arange(1.0, 8.0), PROBS, explain=False)
    assert (found.quantiles[..., 3] >= totals[:, -1:] * (1 - 1e-9)).all()


def test_a_total_is_believed_to_fall_less_than_the_same_figures_of_unknown_kind() -> None:
    totals = some_series(3)
    named = predict(load("cumulative"), np.arange(3), totals, [5.0], PROBS, explain=False).quantiles
    plain = engine.predict(load("cumulative"), np.arange(3), totals, [5.0], PROBS, explain=False).quantiles
    below = plain < totals[:, -1, None, None]
    assert below.any()
    assert (named[below] > plain[below]).all()
    assert np.array_equal(named[~below], plain[~below])


@pytest.mark.parametrize("level", [15.0, 60.0, 72.0, 93.0, 99.6])
def test_no_quantile_of_a_filling_share_passes_a_hundred(level: float) -> None:
    shares = level * np.array([[0.8, 0.9, 1.0], [0.99, 0.995, 1.0], [1.0, 1.0, 1.0]])
    found = predict(load("filling_share"), np.arange(3), shares, np.arange(1.0, 8.0), PROBS, explain=False)
    assert (found.quantiles <= 100).all()
    assert (np.diff(found.quantiles, axis=-1) > 0).all()


def test_room_and_its_inverse_cancel() -> None:
    values = np.linspace(0, 99.9, 50)
    assert unroom(room(values, 100.0), 100.0) == pytest.approx(values, abs=1e-9)


@pytest.mark.parametrize("kind", NAMED)
def test_the_cdf_is_the_inverse_of_the_quantiles(kind: str) -> None:
    values = np.vstack([some_series(3, m=4), [[70.0, 78.0, 84.0]]])
    found = predict(load(kind), np.arange(3), values, np.arange(1.0, 4.0), PROBS, explain=False)
    assert found.cdf(found.quantiles) == pytest.approx(np.broadcast_to(PROBS, found.quantiles.shape), abs=1e-6)


@pytest.mark.parametrize("kind", [k for k in NAMED if k not in ("noisy_count", "filling_share")])
def test_tonnes_and_kilograms_have_the_same_band(kind: str) -> None:
    values = some_series(3)
    tonnes = predict(load(kind), np.arange(3), values, [1.0, 5.0], PROBS, explain=False).quantiles
    kilograms = predict(load(kind), np.arange(3), 1000 * values, [1.0, 5.0], PROBS, explain=False).quantiles
    assert kilograms == pytest.approx(1000 * tonnes, rel=1e-9)


def test_a_small_count_is_relatively_noisier_than_a_large_one() -> None:
    shape = np.array([[1.0, 1.1, 1.0], [1.0, 1.1, 1.0]]) * np.array([[10.0], [5000.0]])
    q = predict(load("noisy_count"), np.arange(3), shape, [1.0], PROBS, explain=False).quantiles[:, 0]
    width = (q[:, 5] - q[:, 1]) / shape[:, -1]
    assert width[0] > width[1]


def test_a_large_count_is_as_noisy_as_a_very_large_one() -> None:
    """Counts of thousands scatter with their causes, not as one by one: below that size alone chance adds its share."""
    shape = np.array([[1.0, 1.1, 1.0], [1.0, 1.1, 1.0]]) * np.array([[5_000.0], [5_000_000.0]])
    q = predict(load("noisy_count"), np.arange(3), shape, [1.0], PROBS, explain=False).quantiles[:, 0]
    assert q[0] / shape[0, -1] == pytest.approx(q[1] / shape[1, -1], rel=1e-9)


def test_a_share_above_the_ceiling_is_not_held_under_it() -> None:
    assert habits("filling_share").ceiling == 100
    found = predict(load("filling_share"), np.arange(2), [[110.0, 120.0]], [2.0], PROBS, explain=False)
    assert found.quantiles[0, 0, 3] > 100


@pytest.mark.parametrize("kind", ["cumulative", "slow_stock", "noisy_count"])
def test_a_small_count_that_stood_still_for_a_year_is_not_taken_for_a_constant(kind: str) -> None:
    counts = np.array([[20.0, 20.0]])
    named = predict(load(kind), [0.0, 1.0], counts, [1.0], PROBS, explain=False).quantiles[0, 0]
    exact = engine.predict(load(kind), [0.0, 1.0], counts, [1.0], PROBS, explain=False).quantiles[0, 0]
    assert named[5] - named[3] > exact[5] - exact[3]


def test_only_rows_of_whole_numbers_below_a_thousand_are_read_to_within_a_half() -> None:
    low, high = within_a_half(np.array([[3.0, 4.0], [3.5, 4.0], [1200.0, 1300.0]]))
    assert (high - low).tolist() == [[1, 1], [0, 0], [0, 0]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_lone_figure_neither_vanishes_nor_triples_within_a_year(kind: str) -> None:
    """The 95 % band of the year after a count of 500: wide, but of a magnitude that can be told in a meeting."""
    found = predict(load(kind), [0.0], [[500.0]], [1.0], PROBS, explain=False, upper=1000.0)
    low, high = found.quantiles[0, 0, [0, 6]]
    assert 500 / 3 < low < 500 < high < 3 * 500
