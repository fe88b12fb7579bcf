"""What the heading of each column calls it, unless its cells cannot be that: a role, or nothing.

Knows one column at a time, and what is beside it only where headings come again or none names the periods.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from warehouse.tables.grid import Grid
from warehouse.tables.layout import filled
from warehouse.tables.role_words import role_word
from warehouse.tables.shape import ColumnSeen, Seen

_SIGN = re.compile(r"[$€£¥%‰]|tonn?es?|number|persons?|people", re.IGNORECASE)
"""What a column of measures says that names units and nothing that is measured."""
_PAGE = re.compile(r"page|[页頁]", re.IGNORECASE)
_DATE = re.compile(
    r"(?:(?:flt|flight|obs(?:ervation)?|data|report(?:ing)?|stats?|统计|数据|观测|業務|业务)[ _]?)?(?:date|日期)",
    re.IGNORECASE,
)
"""Headings of the day a figure is of; not of when it was written down, or when its thing was opened."""
_BREAKS_DOWN = re.compile(r"disaggregat|breakdown", re.IGNORECASE)
"""Headings of what the figures are told apart by, though it be in codes."""
_PERIOD_CODE = re.compile(r"period|year|time|date|年|期", re.IGNORECASE)


def headed_roles(grid: Grid, seen: Seen, columns: Sequence[ColumnSeen]) -> list[str]:
    """The role that each heading names, "" where it names none."""
    words = [_word(column) for column in columns]
    _places_side_by_side(words, grid, seen, columns)
    _dated_in_codes(words, columns)
    return words


def _word(column: ColumnSeen) -> str:
    """The role its heading names, unless its cells cannot be that."""
    word = role_word(column.heading)
    if word == "ignore" and len(column.distinct) > 1 and _BREAKS_DOWN.search(column.heading):
        return "part"
    if not word and column.filled and _DATE.fullmatch(column.heading) and column.periods >= 0.9 * column.filled:
        return "period"
    if word == "month" and column.filled and column.periods >= 0.9 * column.filled:
        return "period"
    if word == "period" and (not column.filled or column.periods < 0.3 * column.filled):
        return "ignore" if not column.filled or column.figures else ""
    if word == "value" and column.filled and column.figures < 0.3 * column.filled:
        return "" if column.texts and len(column.distinct) > 1 else "ignore"
    if word == "indicator" and column.distinct and all(map(_SIGN.fullmatch, column.distinct)):
        return "unit"
    if word == "ignore" and column.texts and _PAGE.search(column.heading):
        return ""
    if word == "entity" and column.figures > 0.5 * column.filled:
        return ""
    return word


def _places_side_by_side(words: list[str], grid: Grid, seen: Seen, columns: Sequence[ColumnSeen]) -> None:
    """Columns of places that come again under one heading, whatever stands above it: a ranking beside another."""
    heads = [
        filled(grid, seen.header_rows[-1], c).strip() if seen.header_rows else "" for c in range(1, len(words) + 1)
    ]
    for at, (head, column) in enumerate(zip(heads, columns, strict=True)):
        named = role_word(head) == "entity" and column.texts and not column.figures
        if named and not words[at] and heads.count(head) > 1:
            words[at] = "entity"


def _dated_in_codes(words: list[str], columns: Sequence[ColumnSeen]) -> None:
    """Where no heading names a column of periods, one that calls them codes (PeriodCode) does."""
    if "period" in words or any(c.periods > 0.9 * c.filled > 0 and not w for w, c in zip(words, columns, strict=True)):
        return
    for at, (word, column) in enumerate(zip(words, columns, strict=True)):
        dated = column.filled and column.periods == column.filled and len(column.distinct) > 1
        if word == "ignore" and dated and _PERIOD_CODE.search(column.heading):
            words[at] = "period"
            return
