from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast.reference.classes import MOST_STRETCH, from_dict, load
from forecast.reference.engine import predict

PROBS = np.array([0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975])
SHIPPED = load()

values = st.floats(0.01, 1e7)
series = st.integers(1, 8).flatmap(
    lambda n: st.tuples(st.lists(st.floats(0.1, 4.0), min_size=n, max_size=n), st.lists(values, min_size=n, max_size=n))
)


def sound(quantiles: np.ndarray) -> bool:
    return bool(np.isfinite(quantiles).all() and (np.diff(quantiles, axis=-1) > 0).all())


@settings(max_examples=60, deadline=None)
@given(series)
def test_bands_are_finite_ordered_and_positive(drawn: tuple[list[float], list[float]]) -> None:
    times, figures = np.cumsum(drawn[0]), np.array([drawn[1]])
    found = predict(SHIPPED, times, figures, [0.5, 1, 5, 20], PROBS)
    assert sound(found.quantiles)
    assert (found.quantiles > 0).all()


@settings(max_examples=40, deadline=None)
@given(series, st.floats(1e-4, 1e4))
def test_the_unit_does_not_matter(drawn: tuple[list[float], list[float]], factor: float) -> None:
    times, figures = np.cumsum(drawn[0]), np.array([drawn[1]])
    one = predict(SHIPPED, times, figures, [1, 5], PROBS).quantiles
    other = predict(SHIPPED, times, figures * factor, [1, 5], PROBS).quantiles
    np.testing.assert_allclose(other, one * factor, rtol=1e-6)


@settings(max_examples=40, deadline=None)
@given(series, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(drawn: tuple[list[float], list[float]], random: object) -> None:
    times, figures = np.cumsum(drawn[0]), np.array(drawn[1])
    order = np.arange(len(times))
    random.shuffle(order)  # type: ignore[attr-defined]
    one = predict(SHIPPED, times, figures[None], [1, 5], PROBS)
    other = predict(SHIPPED, times[order], figures[order][None], [1, 5], PROBS)
    np.testing.assert_array_equal(one.quantiles, other.quantiles)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([0.5, 1.0, 2.0]), st.floats(-0.7, 0.7)), min_size=1, max_size=8))
def test_bands_widen_with_the_horizon_on_the_scale_of_the_model(steps: list[tuple[float, float]]) -> None:
    """Figures that at most double or halve from one to the next; a seventeenfold spike may narrow by a percent."""
    times = np.cumsum([gap for gap, _ in steps])
    figures = np.exp(np.cumsum([step for _, step in steps]))[None]
    found = predict(SHIPPED, times, figures, [0.5, 1, 2, 5, 10], PROBS)
    z = found._parts[0].scale.forth(found.quantiles)
    assert (np.diff(z[..., 5] - z[..., 1], axis=1) > 0).all()


@pytest.mark.parametrize(
    "figures",
    [
        [0, 0, 0],
        [5, 5, 5, 5],
        [7],
        [0],
        [1, 1e6, 1, 1e6],
        [1e6, 1e6, 1e6, 1],
        [1, 1, 1e6],
        [3, 2, 1, 0],
        [-3, 2, -1, 4],
        [-5, -6, -7],
        [1e-12, 2e-12],
        [1e15, 1.1e15],
    ],
)
def test_odd_series_get_a_finite_ordered_band(figures: list[float]) -> None:
    found = predict(SHIPPED, np.arange(len(figures)), [figures], [1, 7], PROBS)
    assert sound(found.quantiles)


@pytest.mark.parametrize("step", [1 / 365, 100.0])
def test_days_and_centuries_between_figures_get_a_band(step: float) -> None:
    found = predict(SHIPPED, np.arange(4) * step, [[10.0, 11, 12, 13]], [1, 7], PROBS)
    assert sound(found.quantiles)


def test_ten_thousand_observations_use_the_most_informative_twelve() -> None:
    n = 10_000
    found = predict(SHIPPED, np.arange(n) / 365, [100 + np.arange(n) / 365], [1, 5], PROBS)
    assert found.used.shape == (1, 12)
    assert found.used[0, -1] == n - 1
    assert sound(found.quantiles)
    assert found.quantiles[0, 0, 3] == pytest.approx(100 + n / 365 + 1, abs=0.5)


def test_the_cdf_is_the_inverse_of_the_quantiles() -> None:
    rng = np.random.default_rng(0)
    figures = np.exp(np.cumsum(rng.normal(0, 0.2, (20, 3)), axis=1))
    found = predict(SHIPPED, np.arange(3), figures, [1, 2.5, 5], PROBS, stretch=(np.full((20, 2), [0.7, 1.6])))
    np.testing.assert_allclose(found.cdf(found.quantiles), np.broadcast_to(PROBS, (20, 3, 7)), atol=1e-6)
    np.testing.assert_allclose(found.cdf(found.quantiles[..., 3]), 0.5, atol=1e-6)
    assert (found.cdf(np.zeros((20, 3))) == 0).all()


def test_an_upper_limit_is_never_passed() -> None:
    found = predict(SHIPPED, [0, 1, 2], [[90.0, 95.0, 99.0], [80.0, 95.0, 100.0]], [1, 5], PROBS, upper=100.0)
    assert sound(found.quantiles)
    assert (found.quantiles < 100).all()
    np.testing.assert_allclose(found.cdf(found.quantiles), np.broadcast_to(PROBS, (2, 2, 7)), atol=1e-6)


@pytest.mark.parametrize("upper", [None, 100.0])
def test_what_cannot_be_exceeded_is_certain_to_come_below(upper: float | None) -> None:
    rng = np.random.default_rng(0)
    figures = np.sort(rng.uniform(50, 99, (40, 8)), axis=1)
    found = predict(SHIPPED, np.arange(8), figures, [1, 5], PROBS, upper=upper)
    np.testing.assert_allclose(found.cdf(np.full((40, 2), 1e12)), 1, atol=1e-9)


def test_a_figure_next_year_narrows_only_what_comes_after_it() -> None:
    found = predict(SHIPPED, [0, 1], [[10.0, 11.0]], [0.5, 1, 2, 5], PROBS)
    assert np.isnan(found.narrowing[0, :2]).all()
    assert (found.narrowing[0, 2:] > 0).all()
    assert (found.narrowing[0, 2:] < 1).all()
    assert found.narrowing[0, 2] > found.narrowing[0, 3]


def test_a_rounded_figure_gives_a_wider_band_than_an_exact_one() -> None:
    exact = predict(SHIPPED, [0, 1, 2], [[95.0, 100.0, 105.0]], [1], PROBS).quantiles[0, 0]
    known = predict(
        SHIPPED, [0, 1, 2], [[95.0, 100.0, 105.0]], [1], PROBS, low=[[90, 90, 100]], high=[[100, 110, 110]]
    ).quantiles[0, 0]
    assert known[-1] - known[0] > exact[-1] - exact[0]
    assert known[3] == pytest.approx(exact[3], rel=0.03)


def test_equal_bounds_and_equal_dates_are_exact_ones() -> None:
    times, figures = [0.0, 1.0, 2.0], [[95.0, 100.0, 105.0]]
    plain = predict(SHIPPED, times, figures, [1], PROBS)
    given_ = predict(
        SHIPPED, times, figures, [1], PROBS, low=figures, high=figures, time_low=[times], time_high=[times]
    )
    np.testing.assert_array_equal(plain.quantiles, given_.quantiles)


def test_an_uncertain_date_widens_the_band_of_a_growing_series() -> None:
    times, figures = [0.0, 1.0, 2.0], [[100.0, 130.0, 169.0]]
    sure = predict(SHIPPED, times, figures, [3], PROBS).quantiles[0, 0]
    vague = predict(SHIPPED, times, figures, [3], PROBS, time_low=[[-0.5, 0.4, 1.2]], time_high=[[0, 1, 2]]).quantiles[
        0, 0
    ]
    assert sound(vague[None])
    assert vague[3] > sure[3]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([0, 0], [[1, 2]], [1], [0.5]), "same time"),
        (([0, 1], [[1, np.nan]], [1], [0.5]), "finite"),
        (([0, 1], [[1, 2]], [0], [0.5]), "horizons"),
        (([0, 1], [[1, 2]], [1], [0.5, 0.4]), "probabilities"),
        (([0, 1], [[1, 2]], [1], [0.0]), "probabilities"),
        (([], [[]], [1], [0.5]), "at least one"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(arguments: tuple[object, ...], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        predict(SHIPPED, *arguments)  # type: ignore[arg-type]


def test_a_class_survives_its_file() -> None:
    again = from_dict(SHIPPED.to_dict())
    figures = [[10.0, 12.0, 11.0]]
    one = predict(SHIPPED, np.arange(3), figures, [1, 5], PROBS).quantiles
    np.testing.assert_allclose(predict(again, np.arange(3), figures, [1, 5], PROBS).quantiles, one, rtol=1e-4)


def half_widths(stretch: float, figures: np.ndarray) -> np.ndarray:
    """Half the 80 % band on the scale of the model, (m, h)."""
    members = replace(SHIPPED, stretch=stretch)
    found = predict(members, np.arange(figures.shape[1]), figures, [1, 3, 7], PROBS, explain=False)
    z = found._parts[0].scale.forth(found.quantiles)
    return (z[..., 5] - z[..., 1]) / 2


def test_the_stretch_sets_restless_and_calm_series_further_apart_and_only_so_far() -> None:
    calm, restless = [100.0, 101.0, 102.0, 103.0, 104.0], [100.0, 160.0, 90.0, 200.0, 80.0]
    plain, stretched = (half_widths(power, np.array([calm, restless])) for power in (0.0, 0.1))
    factor = stretched / plain
    assert (factor[0] < factor[1]).all()
    assert (factor[0] < 1).all()
    extreme = replace(SHIPPED, stretch=50.0).stretched(np.array([[1e-3, 1e3]]), np.array([[1.0, 7.0]]))
    np.testing.assert_allclose(extreme, [[1 / MOST_STRETCH, MOST_STRETCH]])


def test_one_figure_tells_nothing_of_restlessness() -> None:
    plain, stretched = (half_widths(power, np.array([[3.0], [7e5]])) for power in (0.0, 0.1))
    factor = stretched / plain
    np.testing.assert_allclose(factor[0], factor[1], rtol=1e-6)
