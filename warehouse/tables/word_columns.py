"""Columns of words that no heading explains: names of places, names of things, a further breakdown, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from warehouse.catalogue import Catalogue
from warehouse.tables.grid import letter
from warehouse.tables.headings import read_heading
from warehouse.tables.layout import tidy
from warehouse.tables.nations import is_continent
from warehouse.tables.place_words import looks_like_place
from warehouse.tables.rivals import CODE
from warehouse.tables.sdmx import tells
from warehouse.tables.shape import ColumnSeen
from warehouse.tables.units import is_unit

PLACE_CODE = re.compile(
    r"(?:.*[ _])?(?:country|geo|area|location|region|spatial\w*|district|county|city|municipality|commune|gemeinde|"
    r"bezirk|kreis|ward|borough|lga|nuts|lau|province|state).*code|iso\d?|location|nuts\d?|fips|geoid|dguid|"
    r"(?:地区|区域|行政区划?)代码",
    re.IGNORECASE,
)
"""Headings of codes of places: what names a row's place where no column does so in words."""
_BY_PLACE = re.compile(
    r"\bby (?:region|municipality|county|district|city|province|borough)|各区|分地区|按地区", re.IGNORECASE
)
_CODED_NAME = re.compile(r"\d{2,5} [^\W\d].*")


def text_columns(
    roles: dict[int, str],
    columns: Sequence[ColumnSeen],
    catalogue: Catalogue,
    has_value: bool,
    titled: bool,
    doubts: list[tuple[str, str, str]],
) -> None:
    """Columns of words without a telling heading: names of places, names of things, or a further breakdown.

    Under a title a breakdown needs no name of a thing: the title is one.
    """
    open_ones = [c for c, r in roles.items() if not r]
    for column in open_ones:
        distinct = columns[column - 1].distinct
        known_i = sum(catalogue.has_indicator(tidy(read_heading(t).name)) for t in distinct)
        named = [t for t in distinct if looks_like_place(t, catalogue)]
        places = len(named) if not all(map(is_continent, map(tidy, named))) else len(named) // 2
        if "unit" not in roles.values() and distinct and all(is_unit(t) for t in distinct):
            roles[column] = "unit"
        elif len(distinct) < 2 and (has_value or _constant_code(columns[column - 1])):
            roles[column] = "ignore"
            if distinct and not CODE.fullmatch(distinct[0]):
                doubts.append(("column_said_once", letter(column), distinct[0][:60]))
        elif places > max(known_i, (0.35 if places > 2 else 0.45) * len(distinct)) and "entity" not in roles.values():
            roles[column] = "entity"
        elif "indicator" not in roles.values() and not has_value:
            roles[column] = "indicator"
        else:
            roles[column] = "part"
    if "entity" not in roles.values():
        coded = [
            c for c, r in roles.items()
            if r == "ignore" and len(columns[c - 1].distinct) > 1 and PLACE_CODE.fullmatch(columns[c - 1].heading)
        ]  # fmt: skip
        if coded:
            roles[coded[0]] = "entity"
    if has_value and not titled and "indicator" not in roles.values():
        parts = [c for c, r in roles.items() if r == "part"]
        if parts:
            roles[parts[0]] = "indicator"


def _constant_code(column: ColumnSeen) -> bool:
    """Whether a column repeats one code in every row: it tells no row apart, and names nothing."""
    return column.texts > 1 and len(column.distinct) == 1 and bool(CODE.fullmatch(column.distinct[0]))


def places_behind_codes(roles: dict[int, str], columns: Sequence[ColumnSeen], title: str) -> None:
    """Under a title that says "by region" the first column of names behind codes is of places: 0301 Oslo."""
    if not _BY_PLACE.search(title) or "entity" in roles.values():
        return
    named = (c for c, role in roles.items() if not role)
    for column in (c for c in named if all(map(_CODED_NAME.fullmatch, columns[c - 1].distinct))):
        roles[column] = "entity"
        return


def named_by_what_is_said_once(
    roles: dict[int, str], columns: Sequence[ColumnSeen], doubts: list[tuple[str, str, str]]
) -> None:
    """Words that are the same in every row name the figures of a table that names them nowhere else."""
    once = {where for code, where, _ in doubts if code == "column_said_once"}
    named = [c for c in roles if letter(c) in once and tells(columns[c - 1].distinct)]
    roles.update({c: "indicator" if c == named[0] else "part" for c in named})
    doubts[:] = [d for d in doubts if d[0] != "column_said_once" or d[1] not in map(letter, named)]
