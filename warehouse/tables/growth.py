"""Columns of growth on the year before behind the columns of their years: proposed to be of the latest of them."""

from __future__ import annotations

import re

from warehouse.tables.grid import Grid
from warehouse.tables.layout import Head, heads_of
from warehouse.tables.mapping import Mapping

_ON_THE_YEAR = re.compile(
    r"同比|[比较]上年|按年|年增|增減率|前年比|전년대비|year[- ]on[- ]year|\by\.?[-/]?o\.?[-/]?y\b|"
    r"on (?:a )?year|annual change",
    re.IGNORECASE,
)


def growth_beside(grid: Grid, mapping: Mapping) -> dict[int, str]:
    """The words of the period of each column of growth that has none: the latest of the columns right before it."""
    if mapping.having("period") or mapping.having("month") or "period" in mapping.defaults:
        return {}
    found: dict[int, str] = {}
    before: list[Head] = []
    for column, head in zip(mapping.having("value"), heads_of(grid, mapping), strict=True):
        if head.period:
            before = [*before, head]
            continue
        dated = [(b.period.end, b.period_text) for b in before if b.period]
        if dated and not head.vague and any(_ON_THE_YEAR.search(name) for name in head.names):
            found[column] = max(dated)[1]
        before = []
    return found
