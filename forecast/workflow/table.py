"""A long table of many short series, without a warehouse: read it whole, check it whole, hand it on as columns.

Columns `series, period_end, value`, optional `low, high, qualifier, kind, unit`. Knows the file's form; knows no model.
"""

from __future__ import annotations

import csv
import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from forecast.errors import Misuse
from forecast.series import KINDS, Point, Series
from warehouse.errors import Fault, Invalid, unknown_columns
from warehouse.figure_rows import default_bounds, parse_date
from warehouse.records import QUALIFIERS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

REQUIRED = ("series", "period_end", "value")
OPTIONAL = ("low", "high", "qualifier", "kind", "unit")
BOUNDED_KINDS = ("filling_share",)
MOST_FAULTS = 200


@dataclass(frozen=True, slots=True)
class Table:
    """Figures sorted by series (in the order in which the file first names them) and day.

    `starts` (m + 1,) are the positions of each series' figures in `days` (ordinals), `values`, `lows`, `highs` (nan
    where a side is open). `kinds` and `units` are one per series; `exact` says that no figure has a bound.
    """

    path: Path
    names: list[str]
    starts: NDArray[np.int64]
    days: NDArray[np.int64]
    values: NDArray[np.float64]
    lows: NDArray[np.float64]
    highs: NDArray[np.float64]
    qualifiers: NDArray[np.int8]
    kinds: list[str]
    units: list[str]

    def __len__(self) -> int:
        return len(self.names)

    def series(self, index: int) -> Series:
        """One series as a model takes it. Values that are never negative keep 0 as their lower limit."""
        a, b = int(self.starts[index]), int(self.starts[index + 1])
        lower, upper = self.limits(index)
        points = tuple(
            Point(
                when=date.fromordinal(int(self.days[i])),
                value=float(self.values[i]),
                low=None if math.isnan(self.lows[i]) else float(self.lows[i]),
                high=None if math.isnan(self.highs[i]) else float(self.highs[i]),
                qualifier=QUALIFIERS[self.qualifiers[i]],
            )
            for i in range(a, b)
        )
        return Series(
            indicator=self.names[index],
            unit=self.units[index],
            kind=self.kinds[index],
            lower=lower,
            upper=upper,
            points=points,
        )

    def limits(self, index: int) -> tuple[float | None, float | None]:
        """The natural limits: 0 below for values that are never negative, 100 above for a share that fills up."""
        a, b = int(self.starts[index]), int(self.starts[index + 1])
        values = self.values[a:b]
        upper = 100.0 if self.kinds[index] in BOUNDED_KINDS and float(values.max()) <= 100 else None
        return (0.0 if float(values.min()) >= 0 else None), upper


def read_table(path: Path) -> Table:
    """Read and check a CSV table. Raises `Invalid` naming every fault (line, column, text), `Misuse` for no file."""
    import numpy as np

    reading = _Reading()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reading.read(file)
    except FileNotFoundError:
        raise Misuse("no_such_file", path=str(path)) from None
    except IsADirectoryError:
        raise Misuse("no_such_file", path=str(path)) from None
    except UnicodeDecodeError as error:
        raise Invalid("bad_table", (Fault("not_utf8", path.name, detail=str(error)),), path=str(path)) from None
    if not reading.faults and not reading.codes:
        reading.faults.append(Fault("no_rows", path.name))
    if reading.faults:
        raise _invalid(path, reading.faults)
    codes = np.frombuffer(reading.codes, dtype=np.int64)
    days = np.frombuffer(reading.days, dtype=np.int64)
    order = np.lexsort((days, codes))
    codes, days = codes[order], days[order]
    lines = np.frombuffer(reading.lines, dtype=np.int64)[order]
    twice = np.flatnonzero((codes[1:] == codes[:-1]) & (days[1:] == days[:-1]))
    names = list(reading.names)
    if len(twice):
        raise _invalid(
            path,
            [
                Fault(
                    "duplicate_date",
                    f"{path.name}:{max(lines[i], lines[i + 1])}",
                    "period_end",
                    date.fromordinal(int(days[i])).isoformat(),
                    f"{min(lines[i], lines[i + 1])} ({names[codes[i]]})",
                )
                for i in twice
            ],
        )

    def column(kept: array[float]) -> NDArray[np.float64]:
        return np.frombuffer(kept, dtype=np.float64)[order]

    return Table(
        path=path,
        names=names,
        starts=np.append(np.flatnonzero(np.diff(codes, prepend=-1)), len(codes)),
        days=days,
        values=column(reading.values),
        lows=column(reading.lows),
        highs=column(reading.highs),
        qualifiers=np.frombuffer(reading.qualifiers, dtype=np.int8)[order],
        kinds=reading.kinds,
        units=reading.units,
    )


def _invalid(path: Path, faults: Sequence[Fault]) -> Invalid:
    shown = tuple(faults[:MOST_FAULTS])
    if len(faults) > MOST_FAULTS:
        shown = (*shown, Fault("and_more", detail=str(len(faults) - MOST_FAULTS)))
    return Invalid("bad_table", shown, path=str(path))


class _Reading:
    """Columns filled row by row; every fault is kept with its line."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.codes, self.days, self.lines = array("q"), array("q"), array("q")
        self.values, self.lows, self.highs = array("d"), array("d"), array("d")
        self.qualifiers = array("b")
        self.kinds: list[str] = []
        self.units: list[str] = []
        self.faults: list[Fault] = []
        self._ordinals: dict[str, int] = {}

    def read(self, lines: Iterator[str]) -> None:
        reader = csv.reader(lines, strict=True)
        try:
            header = [name.strip() for name in next(reader, [])]
            self.faults += [Fault("missing_column", "1", name) for name in REQUIRED if name not in header]
            self.faults += unknown_columns("1", header, (*REQUIRED, *OPTIONAL))
            if self.faults:
                return
            place = {name: header.index(name) for name in (*REQUIRED, *OPTIONAL) if name in header}
            plain = set(place) == set(REQUIRED)
            for cells in reader:
                if len(cells) != len(header):
                    if any(cells):
                        self._fault("ragged", reader.line_num, detail=f"{len(cells)} / {len(header)}")
                    continue
                self._row(cells, place, plain, reader.line_num)
        except csv.Error as error:
            self._fault("not_csv", reader.line_num, detail=str(error))

    def _fault(self, code: str, line: int, column: str = "", text: str = "", detail: str = "") -> None:
        self.faults.append(Fault(code, str(line), column, text, detail))

    def _row(self, cells: list[str], place: dict[str, int], plain: bool, line: int) -> None:
        before = len(self.faults)
        name = cells[place["series"]].strip()
        if not name:
            self._fault("missing", line, "series")
        day = self._day(cells[place["period_end"]], line)
        value = self._number(cells[place["value"]], line, "value")
        low, high, qualifier, kind, unit = value, value, 0, "", ""
        if not plain and value is not None:
            low, high, qualifier, kind, unit = self._rest(cells, place, value, line)
        if name not in self.names and len(self.faults) == before:
            self.names[name] = len(self.names)
            self.kinds.append(kind or "unknown")
            self.units.append(unit)
        elif len(self.faults) == before and kind and self.kinds[self.names[name]] != kind:
            self._fault("kind_changes", line, "kind", kind, self.kinds[self.names[name]])
        if len(self.faults) > before or value is None or day is None:
            return
        self.codes.append(self.names[name])
        self.days.append(day)
        self.lines.append(line)
        self.values.append(value)
        self.lows.append(math.nan if low is None else low)
        self.highs.append(math.nan if high is None else high)
        self.qualifiers.append(qualifier)

    def _rest(
        self, cells: list[str], place: dict[str, int], value: float, line: int
    ) -> tuple[float | None, float | None, int, str, str]:
        def text(column: str) -> str:
            return cells[place[column]].strip() if column in place else ""

        qualifier = text("qualifier") or "exact"
        if qualifier not in QUALIFIERS:
            self._fault("not_one_of", line, "qualifier", qualifier, ", ".join(QUALIFIERS))
            qualifier = "exact"
        kind = text("kind")
        if kind and kind not in KINDS:
            self._fault("not_one_of", line, "kind", kind, ", ".join(KINDS))
        low = self._number(text("low"), line, "low") if text("low") else None
        high = self._number(text("high"), line, "high") if text("high") else None
        low, high = default_bounds(qualifier, value, low, high)
        if low is not None and low > value:
            self._fault("low_above_value", line, "low", text("low"))
        if high is not None and high < value:
            self._fault("high_below_value", line, "high", text("high"))
        return low, high, QUALIFIERS.index(qualifier), kind, text("unit")

    def _day(self, text: str, line: int) -> int | None:
        day = self._ordinals.get(text)
        if day is None:
            try:
                day = self._ordinals[text] = parse_date(text, last=True).toordinal()
            except ValueError:
                self._fault("not_a_date", line, "period_end", text)
        return day

    def _number(self, text: str, line: int, column: str) -> float | None:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value) or "_" in text:
            self._fault("not_a_number" if text.strip() else "missing", line, column, text)
            return None
        return value
