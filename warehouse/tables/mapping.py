"""Which column is what: the file a steward can read, mend and keep, and with which an import is repeatable.

[file]        sheet, encoding, delimiter, decimal ("." or ","), negatives = "minus" | "brackets" | "triangles" |
                  "arrows": how a figure below nought is written besides -5: (5), △5, or ▼5 beside ▲5 above it;
                  header_rows, first_row, last_row, sections,
                  parents = true: a label that comes again, or says 其中, is read under the row above it,
                  places = true: the rows of labels that come again belong to the place in the row above them,
                  fill_down = ["A"]: a blank cell of that column repeats the one above,
                  date_order = "dmy" | "mdy" | "ymd": what 02-01-2021 or 21-01-02 is; "" as a day above the twelfth
                  tells, where the year has four figures,
                  dates = "day" | "month" | "quarter" | "year": what the first or last day of one stands for,
                  year_ends = 3: the years of the table end with March, 2021-22 in March 2022; 0 as the file says,
                  stock_day = "07-01": a stock under the number of a year is of the first of July; "" its last day
[source]      title, publisher, published (required), url, language, id, note
[columns]     A = "indicator" | "entity" | "period" | "month" | "unit" | "flag" | "multiplier" | "part" |
              "definition" | "value" | "ignore"; ranges too: "C-BK" = "value"
[header]      what each header row says: 3 = "auto" | "indicator" | "part" (the same) | "entity" | "period" | "unit" |
              "ignore"
[headings.D]  what the heading of one column, or of several (D-F), means instead: indicator, entity, period, unit;
              dates = "quarter" where
              the column's dates stand for something else than the file's
[defaults]    indicator, entity, period, unit: for whatever neither row nor heading says
[indicators]  "label [unit]" = { slug, definition, multiplier } and for a new one { new = true, name, name_zh,
              unit, unit_zh, measure }; { ignore = true } leaves it out
[entities]    "label" = "slug", or { slug, new = true, name, name_zh, parent } or { ignore = true }
"""

from __future__ import annotations

from collections.abc import Mapping as Table
from dataclasses import dataclass, field, replace
from typing import Any

ROLES = (
    "indicator", "entity", "period", "month", "unit", "flag", "multiplier", "part", "definition", "value", "ignore",
)  # fmt: skip
NEGATIVES = ("minus", "brackets", "triangles", "arrows")
DATES = ("day", "month", "quarter", "year")
SAYS = ("auto", "indicator", "part", "entity", "period", "unit", "ignore")
FILE_KEYS = (
    "sheet", "encoding", "delimiter", "decimal", "header_rows", "first_row", "last_row", "sections", "parents",
    "places", "fill_down",
    "dates", "date_order", "negatives", "year_ends", "stock_day",
)  # fmt: skip
SOURCE_KEYS = ("id", "title", "publisher", "published", "url", "language", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRule:
    """What a label in the table is in the warehouse; values are multiplied by `multiplier`."""

    slug: str = ""
    definition: str = ""
    multiplier: float = 1.0
    new: bool = False
    name: str = ""
    name_zh: str = ""
    unit: str = ""
    unit_zh: str = ""
    measure: str = "stock"
    ignore: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRule:
    """Whose figures a label stands for."""

    slug: str = ""
    new: bool = False
    name: str = ""
    name_zh: str = ""
    parent: str = ""
    ignore: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How one file is read; rows and columns are counted from 1."""

    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    decimal: str = "."
    negatives: str = "minus"
    header_rows: tuple[int, ...] = ()
    first_row: int = 1
    last_row: int = 0
    sections: bool = False
    parents: bool = False
    places: bool = False
    fill_down: tuple[int, ...] = ()
    dates: str = "day"
    date_order: str = ""
    year_ends: int = 0
    stock_day: str = ""
    source: Table[str, Any] = field(default_factory=dict)
    columns: Table[int, str] = field(default_factory=dict)
    header: Table[int, str] = field(default_factory=dict)
    headings: Table[int, Table[str, str]] = field(default_factory=dict)
    defaults: Table[str, str] = field(default_factory=dict)
    indicators: Table[str, IndicatorRule] = field(default_factory=dict)
    entities: Table[str, EntityRule] = field(default_factory=dict)

    def with_headings(self, said: Table[int, Table[str, str]]) -> Mapping:
        """The mapping with what else is said of the headings of some columns."""
        given = {column: {**self.headings.get(column, {}), **meaning} for column, meaning in said.items()}
        return replace(self, headings={**self.headings, **given})

    def having(self, role: str) -> list[int]:
        """The columns of one role, from left to right."""
        return sorted(c for c, r in self.columns.items() if r == role)
