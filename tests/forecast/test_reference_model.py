"""The default model for one series: what it borrows, and that it says so."""

from __future__ import annotations

from datetime import date

import pytest

from forecast.models.reference import Reference
from forecast.series import KINDS, Point, Series

END = date(2030, 12, 31)


def exact(year: int, value: float) -> Point:
    return Point(when=date(year, 12, 31), value=value, low=value, high=value)


def steady(n: int, kind: str) -> Series:
    points = tuple(exact(2026 - n + i, 100 + 3 * (i - n)) for i in range(n))
    return Series(indicator="x", kind=kind, points=points)


@pytest.mark.parametrize("kind", KINDS)
def test_a_lone_figure_borrows_its_whole_band_and_every_further_one_less(kind: str) -> None:
    shares = [Reference().fit(steady(n, kind)).project([END]).borrowed for n in (1, 2, 3, 5)]
    assert shares[0] == 1
    assert all(0 < share <= 1 for share in shares if share is not None)
    assert shares[1:] == sorted(shares[1:], reverse=True)


def test_the_borrowed_share_is_the_squared_ratio_of_the_two_widths() -> None:
    series = steady(3, "cumulative")
    alone = Series(indicator="x", kind="cumulative", points=series.points[-1:])
    together, lone = (Reference().fit(s).project([END]) for s in (series, alone))
    widths = [high - low for low, high in (p.interval(80) for p in (together, lone))]
    assert together.borrowed == pytest.approx((widths[0] / widths[1]) ** 2, rel=1e-9)


@pytest.mark.parametrize("last", [2.2250738585072014e-308, -6.8e-274, 3.7e-307, 1e-30])
def test_a_fall_to_nearly_nothing_borrows_its_whole_band(last: float) -> None:
    series = Series(indicator="x", lower=None, points=(exact(2024, -1.0), exact(2025, last)))
    assert Reference().fit(series).project([END]).borrowed == 1


def test_an_unstated_as_of_day_widens_the_near_band() -> None:
    stated = Series(indicator="x", points=(exact(2023, 100), exact(2025, 120)))
    vague_points = tuple(
        Point(when=p.when, value=p.value, low=p.low, high=p.high, when_low=date(p.when.year, 1, 1), when_high=p.when)
        for p in stated.points
    )
    vague = Series(indicator="x", points=vague_points)
    widths = []
    for series in (stated, vague):
        low, high = Reference().fit(series).project([date(2026, 12, 31)]).interval(80)
        widths.append(high - low)
    assert widths[1] > widths[0]
