"""Which column of a table is what, told by its heading first and by its cells where that says nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from warehouse.catalogue import Catalogue
from warehouse.errors import Unknown
from warehouse.tables.grid import letter
from warehouse.tables.headings import read_heading
from warehouse.tables.layout import tidy
from warehouse.tables.shape import ColumnSeen, role_word

ENTITY_LIKE = re.compile(
    r".*(?:省|市|区|县|自治区|州|盟|旗|街道|乡|镇|开发区)$|(?:北京|上海|天津|重庆|广州|深圳|全国|全市|"
    r"中国|美国|日本|德国|法国|英国|合计|总计)$"
)
_ERROR_MARGIN = re.compile(r"margin of error|\bMOE\b|standard error|confidence interval|[上下]限|误差", re.IGNORECASE)


def roles_of(columns: Sequence[ColumnSeen], catalogue: Catalogue, doubts: list[tuple[str, str, str]]) -> dict[int, str]:
    """The role of each column, counted from 1; what is left out and held figures is added to `doubts`."""
    roles: dict[int, str] = {}
    words = [role_word(c.heading) for c in columns]
    has_value = "value" in words
    several_areas = words.count("entity") > 1
    for at, (column, word) in enumerate(zip(columns, words, strict=True), 1):
        heading = read_heading(column.heading)
        if _ERROR_MARGIN.search(column.heading) or (column.texts and all(t[0] in "±*" for t in column.distinct)):
            roles[at] = "ignore"
            doubts.append(("column_left_out", letter(at), column.heading[:40]))
            continue
        counted = column.figures > 0 and column.figures >= 0.5 * column.filled
        if word == "period" and (not column.filled or column.periods < 0.3 * column.filled):
            word = "ignore" if not column.filled else word
        if (
            word == "ignore"
            and column.texts
            and not counted
            and column.heading.lower() in ("state", "region", "division")
        ):
            word = "entity" if "entity" not in words else "ignore"
        if word and not (word in ("entity", "indicator", "ignore") and heading.period):
            roles[at] = word
        elif not column.filled:
            roles[at] = "value" if heading.period and not has_value else "ignore"
        elif at > 1 and heading.period and not heading.name and not has_value:
            roles[at] = "value"
        elif at == 1 and column.periods >= 0.8 * column.filled:
            roles[at] = "period"
        elif counted and not has_value and column.coded < 0.3 * column.filled:
            roles[at] = "value"
        elif counted:
            roles[at] = "ignore"
        elif roles.get(at - 1) == "value" and all(len(t) <= 3 for t in column.distinct):
            roles[at] = "flag"
        else:
            roles[at] = ""
    if has_value:
        _only_one(roles, columns, "value")
    if several_areas:
        _only_one(roles, columns, "entity")
    _only_one(roles, columns, "indicator")
    _text_columns(roles, columns, catalogue, has_value)
    for at, column in enumerate(columns, 1):
        if roles[at] == "ignore" and column.figures:
            doubts.append(("column_left_out", letter(at), column.heading[:40]))
    return roles


def _only_one(roles: dict[int, str], columns: Sequence[ColumnSeen], role: str) -> None:
    """Of several columns of one role keep the one that says most, in words rather than codes."""
    own = [c for c, r in roles.items() if r == role]
    if len(own) < 2:
        return
    if role == "value":
        own.sort(key=lambda c: -columns[c - 1].figures)
    else:
        own.sort(key=lambda c: (-len(columns[c - 1].distinct), -sum(map(len, columns[c - 1].distinct))))
    for column in own[1:]:
        roles[column] = "ignore" if role != "indicator" or len(columns[column - 1].distinct) < 2 else "part"


def _text_columns(roles: dict[int, str], columns: Sequence[ColumnSeen], catalogue: Catalogue, has_value: bool) -> None:
    """Columns of words without a telling heading: names of places, names of things, or a further breakdown."""
    open_ones = [c for c, r in roles.items() if not r]
    for column in open_ones:
        distinct = columns[column - 1].distinct
        known_e = sum(known(catalogue.entity, tidy(t)) for t in distinct)
        known_i = sum(known(catalogue.indicator, tidy(read_heading(t).name)) for t in distinct)
        areas = sum(bool(ENTITY_LIKE.match(re.sub(r"\s", "", t))) for t in distinct)
        if len(distinct) < 2 and has_value:
            roles[column] = "ignore"
        elif max(known_e, areas) > max(known_i, 0.5 * len(distinct)) and "entity" not in roles.values():
            roles[column] = "entity"
        elif "indicator" not in roles.values() and not has_value:
            roles[column] = "indicator"
        else:
            roles[column] = "part"
    if has_value and "indicator" not in roles.values():
        parts = [c for c, r in roles.items() if r == "part"]
        if parts:
            roles[parts[0]] = "indicator"


def known(find: Any, name: str) -> bool:
    """Whether a look-up finds a name."""
    try:
        find(name or "?")
    except Unknown:
        return False
    return True
