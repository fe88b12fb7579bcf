"""Factors on a panel's bands: they follow the errors, each side its own, and a few wild series do not stretch all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import ndtri

from forecast.reference.classes import load
from forecast.reference.panel import Chunk, adapt, project_chunk
from forecast.reference.panel_bands import CLIP, side_ratios

EDGE = float(ndtri(0.9))
PROBS = np.array([0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975])


def normal(m: int = 20_000) -> np.ndarray:
    return np.random.default_rng(6).normal(size=m)


@pytest.mark.parametrize("wider", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("heavy", [False, True])
def test_bands_that_are_off_by_a_factor_are_told_that_factor(wider: float, heavy: bool) -> None:
    half = np.full(20_000, EDGE / wider)
    assert np.exp(side_ratios(normal(), half, half, heavy=heavy)) == pytest.approx([wider, wider], rel=0.04)


def test_errors_that_lie_above_widen_the_upper_side_more() -> None:
    half = np.full(20_000, EDGE)
    below, above = side_ratios(normal() + 1.0, half, half, heavy=False)
    assert above > below


def test_a_quarter_of_wild_series_widens_the_bands_of_two_figures_half_as_much_as_those_of_more() -> None:
    error = normal(400)
    error[::4] *= 30
    half = np.full(400, EDGE)
    plain, careful = (np.exp(side_ratios(error, half, half, heavy=heavy)) for heavy in (False, True))
    assert (careful < plain / 1.5).all()


def test_no_factor_leaves_its_limits() -> None:
    half = np.ones(30)
    assert np.exp(side_ratios(1e6 * normal(30), half, half, heavy=False)) == pytest.approx([CLIP[1]] * 2)
    assert np.exp(side_ratios(1e-6 * normal(30), half, half, heavy=False)) == pytest.approx([CLIP[0]] * 2)


def test_a_panel_that_keeps_accelerating_has_more_room_above_than_the_class_as_shipped() -> None:
    rng = np.random.default_rng(2)
    start = rng.uniform(0.1, 0.4, (80, 1))
    values = 50 * np.exp(np.cumsum(start * np.array([1.0, 1.6, 2.6, 4.2]) + rng.normal(0, 0.02, (80, 4)), axis=1))
    panel = adapt(Chunk.of(np.arange(4), values, np.ones(1)), "s_curve")
    below, above = panel.factors(4)
    assert above > max(1.0, below)


def test_the_median_does_not_move_with_the_factors() -> None:
    rng = np.random.default_rng(3)
    values = 50 * np.exp(np.cumsum(rng.normal(0.1, 0.1, (40, 4)), axis=1))
    chunk = Chunk.of(np.arange(4), values, np.arange(1.0, 6.0))
    panel = adapt(chunk, "flow", members=load("flow"))
    wide = project_chunk(chunk, panel, PROBS)
    narrow = replace(panel, stretch={4: (1.0, 1.0)})
    assert project_chunk(chunk, narrow, PROBS)[..., 3] == pytest.approx(wide[..., 3])
