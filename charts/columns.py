"""Columns as they arrive (lists of dictionaries or a frame), turned into plain rows that can be drawn and written.

Dates become ISO text, numbers finite floats; whatever cannot is refused by the name of its column.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from charts.errors import BadColumn
from charts.text import clean

Day = date  # a name for the type where a field is called `date`
QUALIFIERS = ("exact", "about", "at_least", "at_most")
NATURES = ("stated", "derived", "inferred")
REASONS = ("other_definition", "rebound", "overlap", "later")
"""Why a figure is drawn beside the series: counted in another way, taken in a recovery, a window that shares months
with another, or known only after the projection was made."""


def rows(table: Any) -> list[dict[str, Any]]:
    """A frame, or any iterable of mappings, as a list of dictionaries."""
    if hasattr(table, "to_dict"):
        return [dict(row) for row in table.to_dict("records")]
    return [dict(row) for row in table]


def day(value: Any, column: str) -> date:
    """A date from a date, a time stamp, a period (its last day) or ISO text. Raises `BadColumn`."""
    if hasattr(value, "end_time"):
        value = value.end_time
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as fault:
        raise BadColumn("chart_bad_date", column=column, value=str(value)) from fault


def number(value: Any, column: str) -> float:
    """A finite float. Raises `BadColumn` for anything else."""
    try:
        result = float(value)
    except (TypeError, ValueError, OverflowError) as fault:
        raise BadColumn("chart_bad_number", column=column, value=str(value)) from fault
    if not math.isfinite(result):
        raise BadColumn("chart_not_finite", column=column, value=str(value))
    return result


def missing(value: Any) -> bool:
    """Whether a cell is empty: None, NaN, NaT or ""."""
    if value is None or value == "":
        return True
    try:
        return bool(value != value)
    except (TypeError, ValueError):
        return True


def _get(row: Mapping[str, Any], column: str) -> Any:
    try:
        return row[column]
    except KeyError as fault:
        raise BadColumn("chart_no_column", column=column, columns=", ".join(map(str, row))) from fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One observed figure. `low` or `high` is None where the figure is open on that side."""

    date: Day
    value: float
    low: float | None
    high: float | None
    qualifier: str
    nature: str
    label: str | None
    date_low: Day | None = None
    date_high: Day | None = None

    @property
    def extent(self) -> tuple[float, float]:
        """The least and greatest number drawn for it."""
        known = [v for v in (self.low, self.value, self.high) if v is not None]
        return min(known), max(known)


def points(table: Any) -> list[Point]:
    """Observations in the order of their dates. `low` and `high` default to the value where the figure is exact."""
    found = []
    for row in rows(table):
        qualifier = str(row.get("qualifier") or "exact")
        nature = str(row.get("nature") or "stated")
        if qualifier not in QUALIFIERS:
            raise BadColumn("chart_unknown_word", column="qualifier", value=qualifier, known=", ".join(QUALIFIERS))
        if nature not in NATURES:
            raise BadColumn("chart_unknown_word", column="nature", value=nature, known=", ".join(NATURES))
        value = number(_get(row, "value"), "value")
        ends = {side: None if missing(row.get(side)) else number(row[side], side) for side in ("low", "high")}
        when = {side: None if missing(row.get(side)) else day(row[side], side) for side in ("date_low", "date_high")}
        label = row.get("label")
        found.append(
            Point(
                date=day(_get(row, "date"), "date"),
                value=value,
                low=ends["low"],
                high=ends["high"],
                qualifier=qualifier,
                nature=nature,
                label=None if missing(label) else clean(str(label)).strip() or None,
                **when,
            )
        )
    return sorted(found, key=lambda p: (p.date, p.value))


@dataclass(frozen=True, slots=True)
class Apart:
    """A figure drawn beside the series, and why it is no part of it."""

    point: Point
    why: str


def set_apart(table: Any) -> list[Apart]:
    """Figures drawn beside the series: rows like those of `points` with a `why`. Raises `BadColumn`."""
    found = []
    for row in rows(table):
        why = str(_get(row, "why"))
        if why not in REASONS:
            raise BadColumn("chart_unknown_word", column="why", value=why, known=", ".join(REASONS))
        found.append(Apart(points([row])[0], why))
    return sorted(found, key=lambda a: (a.point.date, a.point.value))


@dataclass(frozen=True, slots=True)
class Fan:
    """A projection as lines over dates: `median[i]`, and `bands[level][i] == (low, high)`, levels descending."""

    dates: tuple[date, ...]
    median: tuple[float, ...]
    bands: dict[float, tuple[tuple[float, float], ...]]

    @property
    def extent(self) -> tuple[float, float]:
        """The least and greatest number drawn."""
        edges = [v for band in self.bands.values() for pair in band for v in pair]
        return min((*self.median, *edges)), max((*self.median, *edges))


def fan(table: Any) -> Fan | None:
    """The quantile rows of a forecast table as a fan; None when there are none. Other output types are left alone.

    Raises `BadColumn` where a date lacks the median or one side of an interval, or where quantiles cross.
    """
    by_date: dict[date, dict[float, float]] = {}
    for row in rows(table):
        if row.get("output_type", "quantile") != "quantile":
            continue
        prob = round(number(_get(row, "output_type_id"), "output_type_id"), 6)
        by_date.setdefault(day(_get(row, "target_date"), "target_date"), {})[prob] = number(_get(row, "value"), "value")
    if not by_date:
        return None
    dates = tuple(sorted(by_date))
    probs = sorted(by_date[dates[0]])
    for when in dates:
        if sorted(by_date[when]) != probs or 0.5 not in by_date[when]:
            raise BadColumn("chart_uneven_quantiles", column="output_type_id", value=when.isoformat())
        values = [by_date[when][p] for p in probs]
        if any(a > b for a, b in itertools.pairwise(values)):
            raise BadColumn("chart_crossed_quantiles", column="value", value=when.isoformat())
    levels = {round(100 - 200 * p, 4): p for p in probs if p < 0.5 and round(1 - p, 6) in probs}
    return Fan(
        dates=dates,
        median=tuple(by_date[when][0.5] for when in dates),
        bands={
            level: tuple((by_date[when][low], by_date[when][round(1 - low, 6)]) for when in dates)
            for level, low in sorted(levels.items(), reverse=True)
        },
    )


@dataclass(frozen=True, slots=True)
class Trend:
    """A line drawn for comparison."""

    label: str
    dates: tuple[date, ...]
    values: tuple[float, ...]


def trends(given: Iterable[Mapping[str, Any]]) -> list[Trend]:
    """Comparison lines from `{label, points: [(date, value), ...]}`; one without points is left out."""
    found = []
    for trend in given:
        pairs = [(day(when, "points"), number(value, "points")) for when, value in _get(trend, "points")]
        if pairs:
            pairs.sort()
            dates, values = zip(*pairs, strict=True)
            found.append(Trend(clean(str(_get(trend, "label"))), dates, values))
    return found
