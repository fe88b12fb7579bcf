"""The back-test core: what was known then against what came."""

from __future__ import annotations

from datetime import date

import pytest

from forecast.backtesting import Case, backtest
from forecast.models import get
from forecast.series import Point, Series

KNOWN = {date(2020, 12, 31): 96.0, date(2023, 6, 26): 113.0, date(2025, 10, 14): 127.0}


def as_of(day: date) -> Series:
    points = tuple(Point(when=d, value=v, low=v, high=v) for d, v in KNOWN.items() if d <= day)
    return Series(indicator="x", kind="cumulative", points=points)


CASES = [
    Case(origin=origin, series=as_of(origin), truth={d: v for d, v in KNOWN.items() if d > origin})
    for origin in (date(2020, 12, 31), date(2023, 6, 26))
]


def test_each_origin_is_scored_on_what_came() -> None:
    found = backtest(get("pooled_drift"), CASES)
    assert found.origins == 2
    assert [(row.origin.year, row.value) for row in found.rows] == [(2020, 113.0), (2020, 127.0), (2023, 127.0)]
    for row in found.rows:
        parts = row.scores["dispersion"] + row.scores["over"] + row.scores["under"]
        assert row.scores["wis"] == pytest.approx(parts)
        assert row.scores["error"] == pytest.approx(row.quantiles[0.5] - row.value)


def test_a_refused_origin_is_counted_not_filled_in() -> None:
    found = backtest(get("linear"), CASES)
    assert found.origins == 1
    assert [(day.year, note.code) for day, note in found.refused] == [(2020, "too_few_points")]
    assert found.note.params == {"origins": 1, "rows": 1, "refused": 1}


def test_a_median_alone_has_an_error_but_no_interval_score() -> None:
    found = backtest(get("drift"), CASES[1:])
    assert set(found.rows[0].scores) == {"error", "pinball"}
    assert found.mean("error") == pytest.approx(found.rows[0].scores["error"])
    assert found.mean("wis") != found.mean("wis")
