"""A row of an `observations.csv` -> a figure: read cell by cell, then checked, then built.

Every fault of a row is found, not only the first: a cell that cannot be read is left out of the checks between cells.
The columns are described in `warehouse.seeds`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from warehouse.catalogue import Catalogue
from warehouse.errors import Fault, Unknown
from warehouse.printed import printed
from warehouse.records import QUALIFIERS, DefinitionRecord, Entity, Indicator, Observation, Source, contradictions

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


Made = TypeVar("Made")


@dataclass(slots=True)
class Findings:
    """What was noticed while a table was read: its faults, and `remarks` as a `Snapshot` carries them."""

    faults: list[Fault] = field(default_factory=list)
    remarks: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """What the cells of a row say; None where a cell is blank or cannot be read."""

    indicator: Indicator | None
    entity: Entity | None
    definition: DefinitionRecord | None
    period_start: date | None
    period_end: date | None
    as_of_low: date | None
    as_of_high: date | None
    value: float | None
    low: float | None
    high: float | None
    qualifier: str
    nature: str
    measure: str


def observation_from_row(
    row: Mapping[str, str], source: Source, catalogue: Catalogue, line: str, findings: Findings
) -> Observation | None:
    """A checked figure from the cells of a row, or None with all its faults added to `findings`."""
    faults: list[Fault] = []
    parts = _read(_Cells(row, line, faults), catalogue)
    faults += _wrong(parts, row, source, line)
    findings.faults += faults
    if faults or parts.indicator is None or parts.entity is None or parts.definition is None:
        return None
    if parts.value is None or parts.period_start is None or parts.period_end is None:
        return None
    findings.remarks += _taken(parts, row)
    return Observation(
        indicator=parts.indicator.slug,
        entity=parts.entity.slug,
        definition=parts.definition.slug,
        period_start=parts.period_start,
        period_end=parts.period_end,
        value=parts.value,
        low=parts.low,
        high=parts.high,
        as_stated=row.get("as_stated") or row["value"],
        source=source.id,
        published=source.published,
        qualifier=parts.qualifier,
        nature=parts.nature,
        measure=parts.measure,
        as_of_low=parts.as_of_low,
        as_of_high=parts.as_of_high,
        basis=row.get("basis", ""),
        formula=row.get("formula", ""),
        locator=row.get("locator", ""),
        phrase=row.get("phrase", ""),
        flag=row.get("flag", ""),
        note=row.get("note", ""),
    )


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a row; one that cannot be read becomes a fault and None."""

    row: Mapping[str, str]
    line: str
    faults: list[Fault]

    def made(self, column: str, code: str, make: Callable[[str], Made]) -> Made | None:
        """What `make` makes of a cell; None for a blank one."""
        text = self.row.get(column, "")
        if text:
            return self.found(column, code, make)
        if column in REQUIRED:
            self.faults.append(Fault("missing", self.line, column))
        return None

    def found(self, column: str, code: str, make: Callable[[str], Made]) -> Made | None:
        """What `make` makes of a cell, blank or not."""
        text = self.row.get(column, "")
        try:
            return make(text)
        except Unknown as error:
            self.faults.append(Fault(error.code, self.line, column, text, error.instead))
        except ValueError:
            self.faults.append(Fault(code, self.line, column, text))
        return None


def _read(cells: _Cells, catalogue: Catalogue) -> _Parts:
    """What the cells say, each on its own; blank ones by what the columns promise."""
    row = cells.row
    indicator = cells.made("indicator", "unknown_indicator", catalogue.indicator)
    definition = None
    if indicator is not None:
        definition = cells.found("definition", "unknown_definition", lambda t: catalogue.definition(indicator.slug, t))
    measure = row.get("measure") or (indicator.measure if indicator else "")
    nature = row.get("nature") or "stated"
    end = cells.made("period_end", "not_a_date", lambda t: parse_date(t, last=True))
    start = cells.made("period_start", "not_a_date", lambda t: parse_date(t, last=False))
    value, low, high = (cells.made(column, "not_a_number", plain_number) for column in ("value", "low", "high"))
    said = printed(row.get("as_stated", "")).qualifier(value) if nature == "stated" else "exact"
    qualifier = row.get("qualifier") or said
    if value is not None:
        low, high = default_bounds(qualifier, value, low, high)
    return _Parts(
        indicator=indicator,
        entity=cells.found("entity", "unknown_entity", catalogue.entity),
        definition=definition,
        period_start=start if row.get("period_start") else end,
        period_end=end,
        as_of_low=cells.made("as_of_low", "not_a_date", lambda t: parse_date(t, last=False)),
        as_of_high=cells.made("as_of_high", "not_a_date", lambda t: parse_date(t, last=False)),
        value=value,
        low=low,
        high=high,
        qualifier=qualifier,
        nature=nature,
        measure=measure,
    )


def _wrong(parts: _Parts, row: Mapping[str, str], source: Source, line: str) -> Iterator[Fault]:
    """Everything wrong with the cells that could be read, alone and together."""
    if row.get("note", "").startswith(EXAMPLE):
        yield Fault("example_row", line, "note")
    if parts.measure == "flow" and not row.get("period_start"):
        yield Fault("flow_needs_start", line, "period_start")
    if parts.qualifier == "about" and parts.value is not None and not (row.get("low") and row.get("high")):
        yield Fault("about_needs_bounds", line, "low", row["value"])
    for column in ("value", "low", "high"):
        number = getattr(parts, column) if row.get(column) else None
        if number is not None and parts.indicator is not None and _outside(number, parts.indicator):
            yield Fault("outside_limits", line, column, row[column])
    words = {"qualifier": parts.qualifier, "nature": parts.nature, "measure": parts.measure}
    for wrong in contradictions(
        words={column: word for column, word in words.items() if word},
        value=parts.value,
        low=parts.low,
        high=parts.high,
        period_start=parts.period_start,
        period_end=parts.period_end,
        published=source.published,
        basis=row.get("basis", ""),
    ):
        yield Fault(wrong.code, line, wrong.column, wrong.text, wrong.known)
    yield from _against_the_words(parts, row, line)


def _against_the_words(parts: _Parts, row: Mapping[str, str], line: str) -> Iterator[Fault]:
    """Where a stated figure's value or qualifier is not what its printed form says."""
    text = row.get("as_stated", "")
    if parts.nature != "stated" or parts.value is None or not text:
        return
    words = printed(text)
    other = words.other_number(parts.value)
    if other is not None:
        yield Fault("value_not_as_stated", line, "value", row["value"], f"{text} = {other:.15g}")
    said = words.qualifier(parts.value)
    if said not in ("exact", parts.qualifier) and parts.qualifier in QUALIFIERS:
        yield Fault("qualifier_not_as_stated", line, "qualifier", parts.qualifier, f"{text} = {said}")


def _taken(parts: _Parts, row: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """What a good row leaves to its words: a bound without a qualifier, a unit that stands elsewhere."""
    text = row.get("as_stated", "")
    if not row.get("qualifier") and parts.qualifier != "exact":
        yield "qualifiers_taken", text, parts.qualifier
    if parts.nature == "stated" and text and printed(text).scaled(parts.value or 0.0):
        yield "scales_elsewhere", text, row["value"]


def _outside(number: float, indicator: Indicator) -> bool:
    below = indicator.lower is not None and number < indicator.lower
    return below or (indicator.upper is not None and number > indicator.upper)


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
