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
    qualifier     exact | at_least | at_most | about; blank = what the words of `as_stated` say, else exact
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

import csv
import hashlib
import io
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from warehouse.catalogue import Catalogue
from warehouse.errors import Fault, Invalid, Unknown, unknown_columns
from warehouse.figure_rows import COLUMNS, REQUIRED, Findings, observation_from_row, parse_date
from warehouse.records import Observation, Snapshot, Source

Finder = Callable[[str, str, str, date], str | None]
"""(source or "", indicator, entity, period_end) -> the id of that figure in the store, or None."""


def digest(folder: Path) -> str:
    """A checksum of every file below a seeds folder: tells whether a release brought other seeds."""
    total = hashlib.sha256()
    for path in sorted([*folder.glob("*.toml"), *folder.glob("*/source.toml"), *folder.glob("*/*.csv")]):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def snapshot_folders(seeds: Path) -> list[Path]:
    """The snapshot folders of a seeds folder, in order of their names, which begin with the publication date."""
    return sorted(path.parent for path in seeds.glob("*/source.toml"))


def read_snapshot(
    folder: Path, catalogue: Catalogue, find: Finder | None = None, *, today: date = date.max
) -> Snapshot:
    """One snapshot folder, checked. `find` looks up figures of the store that rows are derived from.

    Raises `Invalid` with every fault of both its files: row number, column, text and a code.
    """
    source, faults = examined_source(folder, today)
    findings = Findings(faults)
    text = _text(folder, findings.faults)
    observations = () if text is None else _read_rows(text, source, catalogue, find, findings)
    if findings.faults:
        raise Invalid("bad_snapshot", tuple(findings.faults), path=str(folder))
    return Snapshot(source=source, observations=observations, remarks=tuple(findings.remarks))


def examined_source(folder: Path, today: date = date.max) -> tuple[Source, list[Fault]]:
    """(the `source.toml` of a folder as far as it can be read, its faults); the folder's name is the id.

    Without a usable date of publication it is `date.max`, so that its figures can still be checked.
    """
    faults: list[Fault] = []
    table: dict[str, Any] = {}
    try:
        table = tomllib.loads((folder / "source.toml").read_text(encoding="utf-8-sig"))
        faults += [
            Fault("missing", "source.toml", key) for key in ("title", "publisher", "published") if not table.get(key)
        ]
    except FileNotFoundError:
        faults.append(Fault("no_file", "source.toml"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(Fault("not_toml", "source.toml", detail=str(error)))
    unknown = sorted(set(table) - {f for f in Source.__dataclass_fields__ if f != "id"})
    faults += [Fault("unknown_key", "source.toml", key) for key in unknown]
    known = {key: value for key, value in table.items() if key not in unknown}
    known |= {key: _day(known.get(key), key, faults) for key in ("published", "event")}
    published = known["published"] or date.max
    if today < published < date.max:
        faults.append(Fault("published_in_future", "source.toml", "published", published.isoformat()))
    blank = {"title": "", "publisher": ""}
    return Source(id=folder.resolve().name, **{**blank, **known, "published": published}), faults


def _day(value: object, key: str, faults: list[Fault]) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if value not in ("", None):
        faults.append(Fault("not_a_date", "source.toml", key, str(value)))
    return None


def _text(folder: Path, faults: list[Fault]) -> str | None:
    try:
        return (folder / "observations.csv").read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        faults.append(Fault("no_file", "observations.csv"))
    except UnicodeDecodeError as error:
        faults.append(Fault("not_utf8", "observations.csv", detail=str(error)))
    return None


def _read_rows(
    text: str, source: Source, catalogue: Catalogue, find: Finder | None, findings: Findings
) -> tuple[Observation, ...]:
    """The figures of an `observations.csv`; the same statement twice becomes one with both places."""
    made: dict[str, Observation] = {}
    derived: dict[str, str] = {}
    for line, row in _rows(text, findings.faults):
        found = observation_from_row(row, source, catalogue, line, findings)
        if found is not None:
            made[found.id] = _merged(made.get(found.id), found)
            if row.get("derived_from"):
                derived[found.id] = row["derived_from"]
    for oid, references in derived.items():
        made[oid] = _with_parents(made, oid, references, catalogue, find, findings.faults)
    return tuple(made.values())


def _rows(text: str, faults: list[Fault]) -> Iterator[tuple[str, dict[str, str]]]:
    """(line, its cells by column) of every row that has as many cells as the heading."""
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        missing = [name for name in REQUIRED if name not in header]
        faults += unknown_columns("header", header, COLUMNS)
        faults += [Fault("missing_column", "header", name) for name in missing]
        for cells in () if missing else reader:
            line = f"observations.csv:{reader.line_num}"
            if any(cell.strip() for cell in cells) and len(cells) != len(header):
                faults.append(Fault("ragged", line, detail=f"{len(cells)} / {len(header)}"))
            elif any(cell.strip() for cell in cells):
                yield line, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    except csv.Error as error:
        faults.append(Fault("not_csv", f"observations.csv:{reader.line_num}", detail=str(error)))


def _merged(first: Observation | None, again: Observation) -> Observation:
    if first is None:
        return again
    return replace(
        first,
        locator="; ".join(dict.fromkeys(t for t in (first.locator, again.locator) if t)),
        phrase=" | ".join(dict.fromkeys(t for t in (first.phrase, again.phrase) if t)),
    )


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
