"""Figures on their way out: one row a figure, the same columns for CSV, Parquet and Excel, and SDMX's own.

`as_stated` always stands beside `value`, an open bound is a blank, and every row carries the head of the chain under
which it was read, so that a table can be traced to the store that gave it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from warehouse.catalogue import Catalogue
from warehouse.errors import Fault, Invalid
from warehouse.records import Known, Observation, Source
from warehouse.rows import OBSERVATION_FIELDS

COLUMNS: dict[str, str] = {
    **dict.fromkeys(OBSERVATION_FIELDS, "VARCHAR"),
    **dict.fromkeys(("value", "low", "high"), "DOUBLE"),
    **dict.fromkeys(("period_start", "period_end", "published", "as_of_low", "as_of_high"), "DATE"),
    "derived_from": "VARCHAR[]",
    "unit": "VARCHAR",
    "indicator_name": "VARCHAR",
    "entity_name": "VARCHAR",
    "title": "VARCHAR",
    "publisher": "VARCHAR",
    "url": "VARCHAR",
    "recorded": "TIMESTAMP",
    "superseded_by": "VARCHAR",
    "head": "VARCHAR",
}
"""Column -> type, in order."""
EXCEL_LONGEST = 32_767
_RISKY = re.compile(r"^[=+\-@\t\r]")
_PLAIN_NUMBER = re.compile(r"[+-]?[\d., ]+%?")


def flat_columns(
    batches: Iterable[Sequence[tuple[Any, ...]]],
    catalogue: Catalogue,
    sources: Sequence[Source],
    head: str,
    lang: str,
) -> Iterator[dict[str, Sequence[Any]]]:
    """The columns of some figures after the other, with the names a reader needs beside the slugs.

    A row of `batches` has a figure's fields in their order, when it was recorded, and what replaced it.
    """
    units = {i.slug: i.unit[lang] for i in catalogue.indicators.values()}
    indicators = {i.slug: i.name[lang] for i in catalogue.indicators.values()}
    entities = {e.slug: e.name[lang] for e in catalogue.entities.values()}
    origins = {s.id: s for s in sources}
    for rows in batches:
        given = dict(zip((*OBSERVATION_FIELDS, "recorded", "superseded_by"), zip(*rows, strict=True), strict=True))
        found = [origins.get(source) for source in given["source"]]
        columns: dict[str, Sequence[Any]] = given | {
            "unit": [units.get(slug, "") for slug in given["indicator"]],
            "indicator_name": [indicators.get(slug, "") for slug in given["indicator"]],
            "entity_name": [entities.get(slug, "") for slug in given["entity"]],
            "title": [s.title if s else "" for s in found],
            "publisher": [s.publisher if s else "" for s in found],
            "url": [s.url if s else "" for s in found],
            "head": [head] * len(rows),
        }
        yield {name: columns[name] for name in COLUMNS}


def as_rows(columns: Mapping[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
    """Columns as one dictionary a row."""
    for row in zip(*columns.values(), strict=True):
        yield dict(zip(columns, row, strict=True))


def harmless(text: str) -> str:
    """Text that a spreadsheet will not run: an apostrophe before what would begin a formula."""
    return f"'{text}" if _RISKY.match(text) and not _PLAIN_NUMBER.fullmatch(text) else text


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(value)
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds") + "Z"
    return value.isoformat() if isinstance(value, date) else harmless(str(value))


def write_columns(file: TextIO, batches: Iterable[Mapping[str, Sequence[Any]]]) -> None:
    """Batches of `COLUMNS` as CSV with a heading; what a column repeats is written out once a batch."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for columns in batches:
        writer.writerows(zip(*(_csv_column(column) for column in columns.values()), strict=True))


def _csv_column(column: Sequence[Any]) -> Iterator[str]:
    if column and isinstance(column[0], list):
        return map(_csv_cell, column)
    cells = {value: _csv_cell(value) for value in set(column)}
    return map(cells.__getitem__, column)


def write_csv(file: TextIO, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Rows as CSV with a heading."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_csv_cell(row[c]) for c in columns] for row in rows)


def write_xlsx(path: Path, sheets: Mapping[str, tuple[Sequence[str], Sequence[Mapping[str, Any]]]]) -> None:
    """Sheets of rows as Excel: numbers as numbers, dates as dates, text as text and never as a formula.

    Raises `Invalid` for a text longer than a cell can hold: it would be lost without a word.
    """
    import xlsxwriter

    faults = [
        Fault("cell_too_long", f"{name} {n}", column, str(row[column])[:40])
        for name, (columns, rows) in sheets.items()
        for n, row in enumerate(rows, 1)
        for column in columns
        if isinstance(row[column], str) and len(row[column]) > EXCEL_LONGEST
    ]
    if faults:
        raise Invalid("cells_too_long", tuple(faults), path=str(path))
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), {**options, "constant_memory": True}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        day, bold = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"bold": True})
        for name, (columns, rows) in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for at, column in enumerate(columns):
                sheet.write_string(0, at, column, bold)
            for n, row in enumerate(rows, 1):
                for at, column in enumerate(columns):
                    value = row[column]
                    if value is None or value == "":
                        continue
                    if isinstance(value, bool):
                        sheet.write_boolean(n, at, value)
                    elif isinstance(value, int | float):
                        sheet.write_number(n, at, value)
                    elif isinstance(value, date) and not isinstance(value, datetime) and value.year >= 1900:
                        sheet.write_datetime(n, at, datetime(value.year, value.month, value.day), day)
                    else:
                        sheet.write_string(n, at, ";".join(value) if isinstance(value, list) else str(value))


SDMX_COLUMNS = (
    "STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "INDICATOR", "REF_AREA", "DEFINITION", "SOURCE", "TIME_PERIOD",
    "OBS_VALUE", "OBS_STATUS", "UNIT_MEASURE", "UNIT_MULT", "DECIMALS", "MEASURE", "NATURE", "QUALIFIER", "LOW", "HIGH",
    "AS_STATED", "PERIOD_START", "PERIOD_END", "PUBLISHED", "OBS_ID", "COMMENT_OBS", "HEAD",
)  # fmt: skip
STRUCTURE_ID = "FORECAST:ANNOUNCED_FIGURES(1.0)"
_SCALES = ((r"trillion|万亿", 12), (r"billion", 9), (r"亿", 8), (r"million", 6), (r"万", 4), (r"thousand|千", 3))


def sdmx_rows(known: Iterable[Known], catalogue: Catalogue, head: str) -> list[dict[str, Any]]:
    """Figures in SDMX-CSV 2.1: value and bounds in 10^UNIT_MULT units, the printed figure and the bounds beside."""
    live = [k.observation for k in known if k.live]
    first_after = _after_breaks(live, catalogue)
    rows = []
    for o in live:
        power = next((p for words, p in _SCALES if re.search(words, o.as_stated, re.IGNORECASE)), 0)
        size = Decimal(10) ** power
        value = Decimal(repr(o.value)) / size
        indicator = catalogue.indicators.get(o.indicator)
        rows.append(
            {
                "STRUCTURE": "dataflow", "STRUCTURE_ID": STRUCTURE_ID, "ACTION": "R",
                "FREQ": _frequency(o), "INDICATOR": o.indicator, "REF_AREA": o.entity, "DEFINITION": o.definition,
                "SOURCE": o.source, "TIME_PERIOD": _time_period(o), "OBS_VALUE": _decimal(value),
                "OBS_STATUS": _status(o, first_after), "UNIT_MEASURE": indicator.unit.en if indicator else "",
                "UNIT_MULT": power, "DECIMALS": max(0, -int(value.normalize().as_tuple().exponent)),
                "MEASURE": o.measure, "NATURE": o.nature, "QUALIFIER": o.qualifier,
                "LOW": "" if o.low is None else _decimal(Decimal(repr(o.low)) / size),
                "HIGH": "" if o.high is None else _decimal(Decimal(repr(o.high)) / size),
                "AS_STATED": o.as_stated, "PERIOD_START": o.period_start, "PERIOD_END": o.period_end,
                "PUBLISHED": o.published, "OBS_ID": o.id, "COMMENT_OBS": o.note, "HEAD": head,
            }
        )  # fmt: skip
    return rows


def _decimal(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _after_breaks(live: Sequence[Observation], catalogue: Catalogue) -> set[str]:
    """Ids of the first figure of each indicator and entity under a wording that the earlier ones do not share."""
    found = set()
    seen: dict[tuple[str, str], list[Observation]] = {}
    for o in sorted(live, key=lambda o: (o.period_end, o.published, o.id)):
        earlier = seen.setdefault((o.indicator, o.entity), [])
        same = catalogue.comparable_with(o.indicator, o.definition)
        if earlier and not any(p.definition in same for p in earlier):
            found.add(o.id)
        earlier.append(o)
    return found


def _status(o: Observation, first_after: set[str]) -> str:
    if o.id in first_after or "status b:" in o.note:
        return "B"
    if "status p:" in o.note:
        return "P"
    return "A" if o.nature == "stated" else "E"


def _months(o: Observation) -> int:
    after = date.fromordinal(o.period_end.toordinal() + 1) if o.period_end < date.max else o.period_end
    whole = o.period_start.day == 1 and after.day == 1
    return (after.year - o.period_start.year) * 12 + after.month - o.period_start.month if whole else 0


def _frequency(o: Observation) -> str:
    if o.period_start == o.period_end:
        return "D"
    return {12: "A", 6: "S", 3: "Q", 1: "M"}.get(_months(o), "_Z")


def _time_period(o: Observation) -> str:
    months = _months(o)
    start = o.period_start
    if o.period_start == o.period_end:
        return o.period_end.isoformat()
    if months == 12 and start.month == 1:
        return str(start.year)
    if months == 1:
        return f"{start:%Y-%m}"
    if months == 3 and start.month % 3 == 1:
        return f"{start.year}-Q{(start.month + 2) // 3}"
    if months == 6 and start.month in (1, 7):
        return f"{start.year}-S{1 if start.month == 1 else 2}"
    return f"{start.isoformat()}/P{(o.period_end - start).days + 1}D"
