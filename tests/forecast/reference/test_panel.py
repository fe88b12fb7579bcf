"""Panels: what series say together, without regard to their order or to how they are cut into chunks."""

from __future__ import annotations

import numpy as np
import pytest

from forecast.reference.classes import load
from forecast.reference.kinds import predict
from forecast.reference.panel import FEWEST, SAMPLE, Chunk, Panel, adapt, project_chunk

PROBS = np.array([0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975])
AHEAD = np.arange(1.0, 6.0)


def growing(m: int, n: int, pace: float, spread: float, seed: int = 1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return 100 * np.exp(np.cumsum(rng.normal(pace, spread, (m, n)), axis=1))


def ragged(lengths: list[int], seed: int = 3) -> Chunk:
    rng = np.random.default_rng(seed)
    offsets = np.append(0, np.cumsum(lengths))
    times = np.concatenate([np.arange(n, dtype=float) for n in lengths])
    values = 50 * np.exp(rng.normal(0, 0.1, offsets[-1]))
    return Chunk(offsets=offsets, times=times, values=values, horizons=np.tile(AHEAD, (len(lengths), 1)))


def part(chunk: Chunk, start: int, stop: int) -> Chunk:
    a, b = chunk.offsets[start], chunk.offsets[stop]
    return Chunk(
        offsets=chunk.offsets[start : stop + 1] - a,
        times=chunk.times[a:b],
        values=chunk.values[a:b],
        horizons=chunk.horizons[start:stop],
    )


def test_fewer_than_fifteen_series_are_projected_with_the_class_as_shipped() -> None:
    chunk = Chunk.of(np.arange(3), growing(FEWEST - 1, 3, 0.2, 0.01), AHEAD)
    panel = adapt(chunk)
    assert not panel.adapted
    alone = predict(load(), np.arange(3), growing(FEWEST - 1, 3, 0.2, 0.01), AHEAD, PROBS, explain=False)
    assert np.array_equal(project_chunk(chunk, panel, PROBS), alone.quantiles)


def test_a_panel_that_grows_faster_than_the_class_expects_is_projected_higher() -> None:
    values = growing(200, 3, 0.2, 0.05)
    chunk = Chunk.of(np.arange(3), values, AHEAD)
    alone = project_chunk(chunk, Panel(members=load()), PROBS)
    panel = adapt(chunk)
    assert panel.moved > 0.1
    together = project_chunk(chunk, panel, PROBS)
    assert np.median(together[:, -1, 3] / values[:, -1]) > np.median(alone[:, -1, 3] / values[:, -1])


@pytest.mark.parametrize("kind", ["unknown", "volatile_share"])
def test_a_few_series_that_broke_are_not_believed_to_break_again(kind: str) -> None:
    rng = np.random.default_rng(0)
    values = 3 * np.exp(rng.normal(0, 0.5, (48, 1)) + np.cumsum(rng.normal(0, 0.35, (48, 4)), axis=1))
    values[:5, -1] *= 6
    chunk = Chunk.of(np.arange(4), values, AHEAD)
    found = project_chunk(chunk, adapt(chunk, kind), PROBS)
    assert (found[:5, -1, 5] / values[:5, -1]).max() < 5


def test_a_steady_panel_has_narrower_bands_than_a_lone_series() -> None:
    chunk = Chunk.of(np.arange(2), growing(200, 2, 0.02, 0.004), AHEAD)
    alone = project_chunk(chunk, Panel(members=load()), PROBS)
    together = project_chunk(chunk, adapt(chunk), PROBS)
    width = [np.median(q[:, -1, 5] - q[:, -1, 1]) for q in (together, alone)]
    assert width[0] < width[1]


def test_a_panel_like_the_reference_class_does_not_move_it() -> None:
    rng = np.random.default_rng(0)
    members = load()
    c = members.components
    k = rng.choice(len(c), 400, p=c.weight / c.weight.sum())
    z = np.zeros((400, 4))
    drift = rng.normal(0, c.tau[k])
    for i in range(2, -1, -1):
        z[:, i] = z[:, i + 1] - c.mu[k] - drift - c.sigma[k] * rng.normal(size=400)
    values = 100 * np.maximum(1 + members.power * z, 0.05) ** (1 / members.power)
    assert adapt(Chunk.of(np.arange(4), values, AHEAD)).moved < 0.35


@pytest.mark.parametrize("kind", ["unknown", "cumulative", "filling_share"])
def test_how_series_are_cut_into_chunks_changes_nothing(kind: str) -> None:
    rng = np.random.default_rng(4)
    chunk = ragged([int(n) for n in rng.integers(1, 15, 60)])
    panel = adapt(chunk, kind)
    whole = project_chunk(chunk, panel, PROBS)
    pieces = np.concatenate([project_chunk(part(chunk, a, b), panel, PROBS) for a, b in ((0, 7), (7, 8), (8, 60))])
    assert pieces == pytest.approx(whole, rel=1e-9)


def test_the_order_of_the_series_teaches_the_same() -> None:
    values = growing(80, 4, 0.1, 0.1)
    shuffled = values[np.random.default_rng(2).permutation(80)]
    one, other = (adapt(Chunk.of(np.arange(4), v, AHEAD), "flow") for v in (values, shuffled))
    assert np.array_equal(one.members.components.weight, other.members.components.weight)
    assert one.stretch == other.stretch


def test_the_order_of_the_figures_of_a_series_changes_nothing() -> None:
    chunk = ragged([4] * 20)
    turned = Chunk(
        offsets=chunk.offsets,
        times=chunk.times.reshape(20, 4)[:, ::-1].ravel(),
        values=chunk.values.reshape(20, 4)[:, ::-1].ravel(),
        horizons=chunk.horizons,
    )
    panel = adapt(chunk)
    assert adapt(turned).stretch == panel.stretch
    assert np.array_equal(project_chunk(turned, panel, PROBS), project_chunk(chunk, panel, PROBS))


def test_at_most_two_thousand_series_teach_and_always_the_same_ones() -> None:
    values = growing(SAMPLE + 300, 2, 0.05, 0.1)
    one = adapt(Chunk.of(np.arange(2), values, AHEAD))
    other = adapt(Chunk.of(np.arange(2), values[::-1], AHEAD))
    assert one.series == other.series == SAMPLE
    assert np.array_equal(one.members.components.weight, other.members.components.weight)


def test_another_unit_of_all_series_scales_the_panels_quantiles() -> None:
    values = growing(40, 3, 0.08, 0.1)
    one, other = (
        project_chunk(chunk, adapt(chunk, "money"), PROBS)
        for chunk in (Chunk.of(np.arange(3), v, AHEAD) for v in (values, 1000 * values))
    )
    assert other == pytest.approx(1000 * one, rel=1e-7)


def test_filling_shares_given_as_fractions_stay_below_one() -> None:
    shares = np.linspace(0.3, 0.97, 30)[:, None] * np.array([[0.8, 0.9, 1.0]])
    chunk = Chunk.of(np.arange(3), shares, AHEAD)
    panel = adapt(chunk, "filling_share")
    assert panel.upper == 1
    assert (project_chunk(chunk, panel, PROBS) <= 1).all()


def test_constant_zero_and_repeated_values_have_ordered_finite_bands() -> None:
    values = np.vstack([np.full((10, 3), 7.0), np.zeros((5, 3)), growing(10, 3, 0.0, 0.3)])
    chunk = Chunk.of(np.arange(3), values, AHEAD)
    q = project_chunk(chunk, adapt(chunk, "slow_stock"), PROBS)
    assert np.isfinite(q).all()
    assert (np.diff(q, axis=-1) > 0).all()


def test_series_of_one_point_are_projected_beside_longer_ones() -> None:
    chunk = ragged([1] * 10 + [3] * 20)
    q = project_chunk(chunk, adapt(chunk, "noisy_count"), PROBS)
    assert np.isfinite(q).all()


def test_one_share_above_the_ceiling_leaves_the_limit_of_its_neighbours() -> None:
    shares = np.linspace(40, 99, 30)[:, None] * np.array([[0.9, 1.0]])
    chunk = Chunk.of(np.arange(2), np.vstack([shares, [[110.0, 130.0]]]), AHEAD)
    q = project_chunk(chunk, adapt(chunk, "filling_share"), PROBS)
    assert (q[:-1] <= 100).all()
    assert q[-1, 0, 3] > 100
