"""Scores: identities first, then an independent implementation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast import scoring

PROBS = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)


def draws(seed: int, m: int = 50) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.normal(100, 20, m), np.sort(rng.normal(100, 15, (m, len(PROBS))), axis=1)


@given(seed=st.integers(0, 10_000))
def test_wis_is_the_sum_of_its_parts(seed: int) -> None:
    truth, values = draws(seed)
    parts = scoring.wis_parts(truth, values, PROBS)
    assert parts.total == pytest.approx(parts.dispersion + parts.over + parts.under)
    assert min(part.min() for part in parts) >= 0


@given(seed=st.integers(0, 10_000))
def test_wis_is_twice_the_mean_pinball_loss(seed: int) -> None:
    truth, values = draws(seed)
    losses = scoring.pinball(truth[:, None], values, PROBS)
    assert scoring.wis(truth, values, PROBS) == pytest.approx(2 * losses.mean(axis=-1))


def test_a_truth_below_every_quantile_is_overprediction_only() -> None:
    parts = scoring.wis_parts(0.0, np.arange(1.0, 8.0), PROBS)
    assert parts.under == 0
    assert parts.over > 0


def test_the_wis_of_a_median_alone_is_the_absolute_error() -> None:
    assert scoring.wis([3.0], [[5.0]], [0.5]) == pytest.approx([2.0])


@pytest.mark.parametrize("probs", [(0.1, 0.5), (0.1, 0.9), (0.1, 0.5, 0.8), (0.9, 0.5, 0.1)])
def test_lopsided_levels_are_refused(probs: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="symmetric"):
        scoring.wis([1.0], [[1.0] * len(probs)], probs)


def test_scores_agree_with_scoringrules() -> None:
    sr = pytest.importorskip("scoringrules")
    truth, values = draws(7, 500)
    # Not sr.weighted_interval_score: scoringrules 0.10 adds the median itself where its distance belongs.
    intervals = sum(
        a * sr.interval_score(truth, values[:, k], values[:, 6 - k], 2 * a) for k, a in enumerate(PROBS[:3])
    )
    theirs = (np.abs(truth - values[:, 3]) / 2 + intervals) / 3.5
    assert scoring.wis(truth, values, PROBS) == pytest.approx(theirs, rel=1e-9)
    pinballs = np.mean([2 * sr.quantile_score(truth, values[:, j], p) for j, p in enumerate(PROBS)], axis=0)
    assert scoring.wis(truth, values, PROBS) == pytest.approx(pinballs, rel=1e-9)
    for j, prob in enumerate(PROBS):
        assert scoring.pinball(truth, values[:, j], prob) == pytest.approx(
            sr.quantile_score(truth, values[:, j], prob), rel=1e-9, abs=1e-12
        )


def test_probability_scores_agree_with_scoringrules() -> None:
    sr = pytest.importorskip("scoringrules")
    rng = np.random.default_rng(3)
    pmf = rng.dirichlet(np.ones(6), 200)
    rank = rng.integers(1, 7, 200)
    assert scoring.rps(pmf, rank) == pytest.approx(sr.rps_score(rank, pmf) / 5, rel=1e-9)
    chance, outcome = rng.uniform(size=200), rng.integers(0, 2, 200)
    assert scoring.brier(chance, outcome) == pytest.approx(sr.brier_score(outcome, chance), rel=1e-9)


def test_the_ranked_probability_score_runs_from_zero_to_one() -> None:
    sure_first = np.array([1.0, 0, 0, 0])
    assert scoring.rps(sure_first, 1) == 0
    assert scoring.rps(sure_first, 4) == 1
    with pytest.raises(ValueError, match="two ranks"):
        scoring.rps([1.0], 1)


def test_two_ranks_score_like_a_probability() -> None:
    assert scoring.rps([0.3, 0.7], 1) == pytest.approx(scoring.brier(0.3, 1))
