"""A league table from a file: columns `entity, period_end` and `value` or `rank`; checked whole first."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forecast.errors import Misuse
from forecast.notes import Note, note
from warehouse.errors import Fault, Invalid, unknown_columns
from warehouse.figure_rows import parse_date
from warehouse.ranks import NotARank, parse_rank

if TYPE_CHECKING:
    from forecast.ranking.league import League

COLUMNS = ("entity", "period_end", "value", "rank")
MOST_FAULTS = 200


@dataclass(slots=True)
class _Rows:
    figures: list[tuple[str, int, float]] = field(default_factory=list)
    bands: list[float] = field(default_factory=list)
    lines: dict[tuple[str, int], int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, code: str, line: int, column: str = "", text: str = "", detail: str = "") -> None:
        self.faults.append(Fault(code, str(line), column, text, detail))


def read_league(path: Path, *, smallest_first: bool = False) -> tuple[League, tuple[Note, ...]]:
    """The league of a CSV file and what to say about it. An empty value is a figure that is missing, not a zero.

    With both a value and a rank column the values count. Raises `Invalid` naming every fault: a missing or unknown
    column, a date or number that is none, a rank without its date, two ranks or values of one entity on one date, a
    rank of 0, a single entity, all values tied; `Misuse` for no file.
    """
    rows = _Rows()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            of_ranks = _read(csv.reader(file, strict=True), rows)
    except (FileNotFoundError, IsADirectoryError):
        raise Misuse("no_such_file", path=str(path)) from None
    except UnicodeDecodeError as error:
        raise _invalid(path, [Fault("not_utf8", path.name, detail=str(error))]) from None
    except csv.Error as error:
        raise _invalid(path, [Fault("not_csv", path.name, detail=str(error))]) from None
    if not rows.faults and not rows.figures:
        rows.faults.append(Fault("no_rows", path.name))
    if not rows.faults:
        rows.faults += _whole(rows, of_ranks, path)
    if rows.faults:
        raise _invalid(path, rows.faults)
    from forecast.ranking.league import League

    league = League.of(rows.figures, bands=rows.bands, of_ranks=of_ranks, smallest_first=smallest_first)
    said: list[Note] = []
    if rows.missing:
        said.append(note("rank_missing_values", count=len(rows.missing), entities=named(rows.missing)))
    if of_ranks and smallest_first:
        said.append(note("rank_direction_ignored"))
    return league, tuple(said)


def named(names: list[str], most: int = 5) -> str:
    """Names for a sentence, without repeats, shortened."""
    kept = list(dict.fromkeys(names))
    return ", ".join(kept[:most]) + (f", ... ({len(kept)})" if len(kept) > most else "")


def _read(reader: Any, rows: _Rows) -> bool:
    """Fill the rows; tells whether they are ranks."""
    header = [name.strip() for name in next(reader, [])]
    rows.faults += [Fault("missing_column", "1", name) for name in ("entity", "period_end") if name not in header]
    rows.faults += unknown_columns("1", header, COLUMNS)
    if "value" not in header and "rank" not in header:
        rows.fault("missing_column", 1, "value | rank")
    if rows.faults:
        return False
    place = {name: header.index(name) for name in header}
    what = "value" if "value" in header else "rank"
    for cells in reader:
        line = reader.line_num
        if len(cells) != len(header):
            if any(cells):
                rows.fault("ragged", line, detail=f"{len(cells)} / {len(header)}")
            continue
        name, text = cells[place["entity"]].strip(), cells[place[what]].strip()
        when = cells[place["period_end"]].strip()
        if "rank" in place and what == "value" and cells[place["rank"]].strip():
            _place(cells[place["rank"]].strip(), line, rows)
        if not name:
            rows.fault("missing", line, "entity")
        day = _day(when, line, what, rows)
        if not text:
            rows.missing.append(name)
            continue
        found = _place(text, line, rows) if what == "rank" else _value(text, line, rows)
        if not name or day is None or found is None:
            continue
        if (name, day) in rows.lines:
            code = "two_ranks" if what == "rank" else "duplicate_date"
            rows.fault(code, line, "period_end", when, f"{rows.lines[name, day]} ({name})")
            continue
        rows.lines[name, day] = line
        rows.figures.append((name, day, found[0]))
        rows.bands.append(found[1])
    return what == "rank"


def _day(text: str, line: int, what: str, rows: _Rows) -> int | None:
    if not text:
        rows.fault("rank_without_year" if what == "rank" else "missing", line, "period_end")
        return None
    try:
        return parse_date(text, last=True).toordinal()
    except ValueError:
        rows.fault("not_a_date", line, "period_end", text)
        return None


def _value(text: str, line: int, rows: _Rows) -> tuple[float, float] | None:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        rows.fault("not_a_number", line, "value", text)
        return None
    return value, value


def _place(text: str, line: int, rows: _Rows) -> tuple[float, float] | None:
    try:
        place = parse_rank(text)
    except NotARank as error:
        rows.fault(error.code, line, "rank", text)
        return None
    return float(place.low), float(place.high if place.high is not None else 2 * place.low)


def _whole(rows: _Rows, of_ranks: bool, path: Path) -> list[Fault]:
    """What only the whole table shows: a single entity, everything tied."""
    names = {name for name, *_ in rows.figures}
    if of_ranks:
        return []
    if len(names) == 1:
        return [Fault("one_entity", path.name, "entity", next(iter(names)))]
    newest: dict[str, tuple[int, float]] = {}
    for name, day, value in rows.figures:
        newest[name] = max(newest.get(name, (0, 0.0)), (day, value))
    tied = {value for _, value in newest.values()}
    return [Fault("all_tied", path.name, "value", f"{tied.pop():g}")] if len(tied) == 1 else []


def _invalid(path: Path, faults: list[Fault]) -> Invalid:
    shown = tuple(faults[:MOST_FAULTS])
    if len(faults) > MOST_FAULTS:
        shown = (*shown, Fault("and_more", detail=str(len(faults) - MOST_FAULTS)))
    return Invalid("bad_rank_table", shown, path=str(path))
