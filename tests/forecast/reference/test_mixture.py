from __future__ import annotations

import numpy as np
import pytest

from forecast.reference.components import Components
from forecast.reference.distribution import mixture_cdf, mixture_quantiles
from forecast.reference.mixture import condition, posterior
from forecast.reference.shocks import Shocks

FIELDS = ("mu", "sigma", "tau", "kappa", "nu")
CASES = [
    (0.03, 0.1, 0.07, 0.5, 0.05),
    (0.03, 0.1, 0.0, 0.5, 0.0),
    (-0.03, 0.6, 0.9, 0.1, 0.6),
    (0.0, 0.008, 0.012, 1.5, 0.0),
]
HORIZONS = np.array([0.3, 1.0, 2.0, 5.5, 30.0])


def components(*rows: tuple[float, ...]) -> Components:
    table = np.array(rows).T
    weight = np.full(len(rows), 1 / len(rows))
    return Components(weight=weight, **dict(zip(FIELDS, table, strict=True)))


def irregular(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    times = np.cumsum(rng.uniform(0.05, 3, n))
    values = np.cumsum(rng.normal(0, 0.1, n))
    return times - times[-1], values - values[-1]


@pytest.mark.parametrize("row", CASES)
@pytest.mark.parametrize("n", [1, 2, 3, 5, 8, 12])
def test_the_closed_form_agrees_with_the_kalman_filter_of_statsmodels(n: int, row: tuple[float, ...]) -> None:
    from forecast.reference.mle import ComponentModel

    times, values = irregular(n, n)
    given = condition(components(row), times[None], values[None], HORIZONS[None])
    model = ComponentModel(times, values, horizons=HORIZONS, **dict(zip(FIELDS, row, strict=True)))
    mean, variance = model.predictive()
    assert model.log_evidence() == pytest.approx(given.log_evidence[0, 0], abs=1e-8, rel=1e-8)
    np.testing.assert_allclose(mean, given.mean[0, :, 0], rtol=1e-8, atol=1e-8)
    np.testing.assert_allclose(variance, given.variance[0, :, 0], rtol=1e-8)


def test_one_value_leaves_the_prior() -> None:
    c = components(*CASES)
    given = condition(c, np.zeros((1, 1)), np.zeros((1, 1)), HORIZONS[None])
    np.testing.assert_allclose(given.log_evidence, 0)
    np.testing.assert_allclose(given.variance[0], c.variogram(HORIZONS))
    np.testing.assert_allclose(given.mean[0], HORIZONS[:, None] * c.mu)


def test_a_batch_gives_what_its_series_give_alone() -> None:
    c = components(*CASES)
    drawn = [irregular(4, seed) for seed in range(6)]
    times, values = np.array([d[0] for d in drawn]), np.array([d[1] for d in drawn])
    horizons = np.tile(HORIZONS, (6, 1))
    shocks = Shocks(jump=0.05, stray=0.02, size=4.0)
    noise = np.abs(np.random.default_rng(0).normal(0, 0.01, (6, 4)))
    together = condition(c, times, values, horizons, shocks=shocks, noise=noise, next_time=1.0)
    for i in range(6):
        s = slice(i, i + 1)
        alone = condition(c, times[s], values[s], horizons[s], shocks=shocks, noise=noise[s], next_time=1.0)
        for name in ("log_evidence", "mean", "variance", "next_variance"):
            np.testing.assert_allclose(getattr(alone, name)[0], getattr(together, name)[i], rtol=1e-9, atol=1e-12)


def test_shocks_are_the_mixture_of_gaussians_they_stand_for() -> None:
    c = components(CASES[0])
    times, values = irregular(3, 7)
    shocks = Shocks(jump=0.05, stray=0.02, size=4.0)
    given = condition(c, times[None], values[None], np.array([[1.0, 3.0]]), shocks=shocks)
    past, ahead = times[:-1], np.array([1.0, 3.0])
    points = np.concatenate([past, ahead])
    v = c.variogram(points)[:, 0]
    base = (v[:, None] + v - c.variogram(points[:, None] - points)[..., 0]) / 2
    size2 = 16 * c.variogram(np.array(1.0))[0]
    jumps = 1 - 0.95 ** np.diff(np.append(past, 0))
    directions = [[1, 0, 0, 0], [1, 1, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [1, 1, 1, 1]]
    chances = [*jumps, 0.02, 0.02, 0.02]
    cases = [(np.zeros(4), 1 - sum(chances)), *zip(map(np.array, directions), chances, strict=True)]
    density, mean, square = [], [], []
    residual = values[:-1] - c.mu[0] * past
    for direction, chance in cases:
        joint = base + size2 * np.outer(direction, direction)
        inside = np.linalg.inv(joint[:2, :2])
        gain = joint[2:, :2] @ inside
        centre = c.mu[0] * ahead + gain @ residual
        _, log_det = np.linalg.slogdet(2 * np.pi * joint[:2, :2])
        density.append(chance * np.exp(-0.5 * (residual @ inside @ residual + log_det)))
        mean.append(centre)
        square.append(np.diag(joint[2:, 2:] - gain @ joint[:2, 2:]) + centre**2)
    share = np.array(density) / sum(density)
    expected = share @ np.array(mean)
    assert given.log_evidence[0, 0] == pytest.approx(np.log(sum(density)), abs=1e-10)
    np.testing.assert_allclose(given.mean[0, :, 0], expected, rtol=1e-9)
    np.testing.assert_allclose(given.variance[0, :, 0], share @ np.array(square) - expected**2, rtol=1e-9)


def test_noise_on_the_observations_is_an_unknown_error_of_that_variance() -> None:
    c = components((0.02, 0.1, 0.05, 0.5, 0.0))
    noisy = components((0.02, 0.1, 0.05, 0.5, 0.03))
    times, values = irregular(4, 3)
    noise = np.full((1, 4), 0.03**2)
    plain = condition(c, times[None], values[None], HORIZONS[None], noise=noise)
    own = condition(noisy, times[None], values[None], HORIZONS[None])
    np.testing.assert_allclose(plain.log_evidence, own.log_evidence, rtol=1e-9)
    np.testing.assert_allclose(plain.mean, own.mean, rtol=1e-9)
    np.testing.assert_allclose(plain.variance + 0.03**2, own.variance, rtol=1e-9)


def test_one_more_value_narrows_as_if_it_had_been_there() -> None:
    c = components(*CASES)
    times, values = irregular(3, 5)
    given = condition(c, times[None], values[None], np.array([[3.0]]), next_time=1.0)
    later = np.append(times, 1.0)[None] - 1.0
    after = condition(c, later, np.append(values, 0.3)[None], np.array([[2.0]]))
    assert given.next_variance is not None
    np.testing.assert_allclose(given.next_variance, after.variance, rtol=1e-9)


def test_quantiles_invert_the_cdf_far_into_the_tails() -> None:
    rng = np.random.default_rng(0)
    weight = posterior(np.zeros(20), rng.normal(0, 3, (5, 20)))
    mean, sd = rng.normal(0, 1, (5, 3, 20)), np.exp(rng.normal(-1, 1, (5, 3, 20)))
    x = np.array([-4.0, -1.0, 0.0, 0.5, 3.0])
    found = mixture_quantiles(weight, mean, sd, x)
    from scipy.special import ndtri

    np.testing.assert_allclose(ndtri(mixture_cdf(weight, mean, sd, found)), np.broadcast_to(x, (5, 3, 5)), atol=1e-6)


def test_the_shipped_class_knows_only_kinds_it_can_name() -> None:
    from forecast.reference.classes import KINDS, load

    for kind in KINDS:
        assert load(kind).kind == kind
    with pytest.raises(ValueError, match="unknown kind"):
        load("weather")
