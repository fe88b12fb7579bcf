"""Snapshot folders -> records. Given a path; knows nothing of SQL, nor of where the seeds lie.

A catalogue folder (`seeds/`) holds `indicators.toml`, `entities.toml`, `plans.toml` and one folder per source:
`<date>-<slug>/source.toml` and `observations.csv` (UTF-8, with or without BOM; the folder's name is the source's id).

`observations.csv`, one figure a row; a repeated statement in the same document is a second row with its own
locator and becomes one figure with two places:

    indicator     slug or alias
    entity        slug or alias; blank = the default entity
    definition    slug; blank = the indicator's only one
    period_start  YYYY, YYYY-MM or YYYY-MM-DD; blank = period_end for anything that is not a flow
    period_end    YYYY means its last day
    basis         why an inferred date is what it is; begins with "edition" for a list or edition year
    as_of_low     earliest and latest possible as-of day of a stock whose day is not stated
    as_of_high
    value         in base units: 3210000
    low, high     blank: `exact` = value; `at_least` leaves high open; `at_most` leaves low open; write them for `about`
    as_stated     the figure as printed: "3.21 million", "over 35,000"
    qualifier     exact | at_least | at_most | about; blank = exact
    nature        stated | derived | inferred; blank = stated
    measure       blank = the indicator's
    derived_from  "indicator@period_end" of figures in the same folder or the store, separated by ";"
                  ("indicator[entity]@period_end" for another entity's, "source:indicator@period_end" for one source's)
    formula       how it was computed: "127 / 1.32"
    locator       where in the document: "line 17"
    phrase        at most six words that carry the figure
    flag          rebound, or blank
    note          anything a reader of the figure must know
"""

from __future__ import annotations

import calendar
import csv
import hashlib
import io
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from warehouse.catalogue import Catalogue
from warehouse.errors import Fault, Invalid, Unknown, unknown_columns
from warehouse.records import Indicator, Malformed, Observation, Snapshot, Source

COLUMNS = (
    "indicator",
    "entity",
    "definition",
    "period_start",
    "period_end",
    "basis",
    "as_of_low",
    "as_of_high",
    "value",
    "low",
    "high",
    "as_stated",
    "qualifier",
    "nature",
    "measure",
    "derived_from",
    "formula",
    "locator",
    "phrase",
    "flag",
    "note",
)
REQUIRED = ("indicator", "period_end", "value")
EXAMPLE = "EXAMPLE ROW"
"""How the note of a row begins that must be replaced before the folder is imported."""

Finder = Callable[[str, str, str, date], str | None]
"""(source or "", indicator, entity, period_end) -> the id of that figure in the store, or None."""


def parse_date(text: str, *, last: bool) -> date:
    """YYYY, YYYY-MM or YYYY-MM-DD as its first or (`last`) last day. Raises `ValueError` for anything else."""
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text.strip(), re.ASCII):
        raise ValueError(text)
    parts = [int(p) for p in text.strip().split("-")]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else (12 if last else 1)
    if not 1 <= month <= 12:
        raise ValueError(text)
    day = parts[2] if len(parts) > 2 else (calendar.monthrange(year, month)[1] if last else 1)
    return date(year, month, day)


def digest(folder: Path) -> str:
    """A checksum of every file below a seeds folder: tells whether a release brought other seeds."""
    total = hashlib.sha256()
    for path in sorted([*folder.glob("*.toml"), *folder.glob("*/source.toml"), *folder.glob("*/*.csv")]):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def snapshot_folders(seeds: Path) -> list[Path]:
    """The snapshot folders of a seeds folder, in order of their names, which begin with the publication date."""
    return sorted(path.parent for path in seeds.glob("*/source.toml"))


def read_snapshot(folder: Path, catalogue: Catalogue, find: Finder | None = None) -> Snapshot:
    """One snapshot folder, checked. `find` looks up figures of the store that rows are derived from.

    Raises `Invalid` with every fault: row number, column, text and a code.
    """
    source = read_source(folder)
    path = folder / "observations.csv"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise Invalid("bad_snapshot", (Fault("no_file", "observations.csv"),), path=str(folder)) from None
    except UnicodeDecodeError as error:
        fault = Fault("not_utf8", "observations.csv", detail=str(error))
        raise Invalid("bad_snapshot", (fault,), path=str(folder)) from None
    return Snapshot(source=source, observations=read_rows(text, source, catalogue, find, where=str(folder)))


def read_source(folder: Path) -> Source:
    """The `source.toml` of a folder; its name is the id. Raises `Invalid`."""
    try:
        table: dict[str, Any] = tomllib.loads((folder / "source.toml").read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise Invalid("bad_snapshot", (Fault("no_file", "source.toml"),), path=str(folder)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        fault = Fault("not_toml", "source.toml", detail=str(error))
        raise Invalid("bad_snapshot", (fault,), path=str(folder)) from None
    faults = [Fault("missing", "source.toml", key) for key in ("title", "publisher", "published") if not table.get(key)]
    for key in ("published", "event"):
        value = table.get(key)
        if isinstance(value, datetime):
            table[key] = value.date()
        elif value in ("", None):
            table[key] = None
        elif not isinstance(value, date):
            faults.append(Fault("not_a_date", "source.toml", key, str(value)))
    unknown = sorted(set(table) - {f for f in Source.__dataclass_fields__ if f != "id"})
    faults += [Fault("unknown_key", "source.toml", key) for key in unknown]
    if faults:
        raise Invalid("bad_snapshot", tuple(faults), path=str(folder))
    return Source(id=folder.resolve().name, **table)


def read_rows(
    text: str, source: Source, catalogue: Catalogue, find: Finder | None = None, *, where: str = ""
) -> tuple[Observation, ...]:
    """The figures of an `observations.csv`; the same statement twice becomes one with both places."""
    reader = csv.reader(io.StringIO(text), strict=True)
    faults: list[Fault] = []
    made: dict[str, Observation] = {}
    derived: dict[str, str] = {}
    try:
        header = [name.strip() for name in next(reader, [])]
        faults += unknown_columns("header", header, COLUMNS)
        faults += [Fault("missing_column", "header", name) for name in REQUIRED if name not in header]
        if faults:
            raise Invalid("bad_snapshot", tuple(faults), path=where)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            line = f"observations.csv:{reader.line_num}"
            if len(cells) != len(header):
                faults.append(Fault("ragged", line, detail=f"{len(cells)} / {len(header)}"))
                continue
            row = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
            found = observation_from_row(row, source, catalogue, line, faults)
            if found is None:
                continue
            made[found.id] = _merged(made.get(found.id), found)
            if row.get("derived_from"):
                derived[found.id] = row["derived_from"]
    except csv.Error as error:
        faults.append(Fault("not_csv", f"observations.csv:{reader.line_num}", detail=str(error)))
    for oid, references in derived.items():
        made[oid] = _with_parents(made, oid, references, catalogue, find, faults)
    if faults:
        raise Invalid("bad_snapshot", tuple(faults), path=where)
    return tuple(made.values())


def _merged(first: Observation | None, again: Observation) -> Observation:
    if first is None:
        return again
    return replace(
        first,
        locator="; ".join(dict.fromkeys(t for t in (first.locator, again.locator) if t)),
        phrase=" | ".join(dict.fromkeys(t for t in (first.phrase, again.phrase) if t)),
    )


def observation_from_row(
    row: Mapping[str, str], source: Source, catalogue: Catalogue, line: str, faults: list[Fault]
) -> Observation | None:
    """A checked figure from the cells of a row, or None with its faults added to `faults`."""
    before = len(faults)

    def attempt(column: str, code: str, make: Callable[[str], Any]) -> Any:
        text = row.get(column, "")
        if not text:
            if column in REQUIRED:
                faults.append(Fault("missing", line, column))
            return None
        try:
            return make(text)
        except Unknown as error:
            faults.append(Fault(error.code, line, column, text, error.instead))
        except ValueError:
            faults.append(Fault(code, line, column, text))
        return None

    indicator = attempt("indicator", "unknown_indicator", catalogue.indicator)
    try:
        entity = catalogue.entity(row.get("entity", ""))
        definition = catalogue.definition(indicator.slug, row.get("definition", "")) if indicator else None
    except Unknown as error:
        column = "entity" if error.code == "unknown_entity" else "definition"
        faults.append(Fault(error.code, line, column, row.get(column, ""), error.instead))
    end = attempt("period_end", "not_a_date", lambda t: parse_date(t, last=True))
    start = attempt("period_start", "not_a_date", lambda t: parse_date(t, last=False))
    numbers = {c: attempt(c, "not_a_number", plain_number) for c in ("value", "low", "high")}
    days = {c: attempt(c, "not_a_date", lambda t: parse_date(t, last=False)) for c in ("as_of_low", "as_of_high")}
    if row.get("note", "").startswith(EXAMPLE):
        faults.append(Fault("example_row", line, "note"))
    if indicator is not None:
        for column, number in numbers.items():
            if number is not None and _outside(number, indicator):
                faults.append(Fault("outside_limits", line, column, row[column]))
    if len(faults) > before or indicator is None or end is None:
        return None
    measure = row.get("measure") or indicator.measure
    if start is None and measure == "flow":
        faults.append(Fault("flow_needs_start", line, "period_start"))
        return None
    qualifier = row.get("qualifier") or "exact"
    low, high = default_bounds(qualifier, numbers["value"], numbers["low"], numbers["high"])
    if qualifier == "about" and (low is None or high is None):
        faults.append(Fault("about_needs_bounds", line, "low", row.get("value", "")))
        return None
    try:
        assert definition is not None
        return Observation(
            indicator=indicator.slug,
            entity=entity.slug,
            definition=definition.slug,
            period_start=start or end,
            period_end=end,
            value=numbers["value"],
            low=low,
            high=high,
            as_stated=row.get("as_stated") or row["value"],
            source=source.id,
            published=source.published,
            qualifier=qualifier,
            nature=row.get("nature") or "stated",
            measure=measure,
            basis=row.get("basis", ""),
            as_of_low=days["as_of_low"],
            as_of_high=days["as_of_high"],
            formula=row.get("formula", ""),
            locator=row.get("locator", ""),
            phrase=row.get("phrase", ""),
            flag=row.get("flag", ""),
            note=row.get("note", ""),
        )
    except Malformed as error:
        faults.append(Fault(error.code, line, error.column, error.text, error.known))
        return None


def _outside(number: float, indicator: Indicator) -> bool:
    below = indicator.lower is not None and number < indicator.lower
    return below or (indicator.upper is not None and number > indicator.upper)


def plain_number(text: str) -> float:
    """A plain decimal number. Raises `ValueError` for words, separators, inf and nan."""
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", text, re.ASCII):
        raise ValueError(text)
    return float(text)


def default_bounds(
    qualifier: str, value: float, low: float | None, high: float | None
) -> tuple[float | None, float | None]:
    """The bounds a blank cell means: the value itself where the qualifier closes that side, open where it does not."""
    if qualifier == "exact":
        return (value if low is None else low), (value if high is None else high)
    if qualifier == "at_least":
        return (value if low is None else low), high
    if qualifier == "at_most":
        return low, (value if high is None else high)
    return low, high


def _with_parents(
    made: Mapping[str, Observation],
    oid: str,
    references: str,
    catalogue: Catalogue,
    find: Finder | None,
    faults: list[Fault],
) -> Observation:
    child = made[oid]
    parents: list[str] = []
    for reference in (r.strip() for r in references.split(";")):
        match = re.fullmatch(r"(?:([^:@]+):)?([^@\[\]:]+)(?:\[([^\]]+)\])?@([\d-]+)", reference)
        parent: str | None = None
        if match:
            wanted_source, name, entity, day = match.groups()
            try:
                key = (
                    catalogue.indicator(name).slug,
                    catalogue.entity(entity).slug if entity else child.entity,
                    parse_date(day, last=True),
                )
                parent = _parent_in(made.values(), wanted_source, key, child.id)
                parent = parent or (find(wanted_source or "", *key) if find else None)
            except (Unknown, ValueError):
                parent = None
        if parent is None:
            faults.append(Fault("unknown_parent", "observations.csv", "derived_from", reference))
        else:
            parents.append(parent)
    return replace(child, derived_from=tuple(parents))


def _parent_in(rows: Iterable[Observation], source: str | None, key: tuple[str, str, date], child: str) -> str | None:
    for row in rows:
        if row.id != child and (row.indicator, row.entity, row.period_end) == key and source in (None, row.source):
            return row.id
    return None
