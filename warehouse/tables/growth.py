"""Columns of growth and of shares behind the columns of their years: proposed to be of the latest of them."""

from __future__ import annotations

import re

from warehouse.tables.grid import Grid
from warehouse.tables.heads import Head
from warehouse.tables.layout import heads_of
from warehouse.tables.mapping import Mapping
from warehouse.tables.periods import period_of

_OF_THE_YEARS = re.compile(
    r"同比|成長率|增[长長]率|變動率|变动率|増減率|growth rate|%\s?change|"
    r"[比较]上年|按年|年增|增減率|前年比|전년대비|year[- ]on[- ]year|\by\.?[-/]?o\.?[-/]?y\b|"
    r"on (?:a )?year|annual change|比重|占比|构成|構成比|\bshare\b|\bproportion\b|\bpercentage of\b",
    re.IGNORECASE,
)


_BARE = re.compile(r"(?:growth|change)\b", re.IGNORECASE)
"""What is a growth from year to year only in percent and behind two years."""


def growth_beside(grid: Grid, mapping: Mapping) -> dict[int, str]:
    """The words of the period of each column of growth that has none: the latest of the columns before it.

    Growth, then share behind one block of years are both of that block; any other column without a period ends it.
    """
    if mapping.having("period"):
        return {}
    found: dict[int, str] = {}
    before: list[Head] = []
    after = False
    for column, head in zip(mapping.having("value"), heads_of(grid, mapping), strict=True):
        if head.period:
            before = [head] if after else [*before, head]
            after = False
            continue
        after = True
        dated = [(b.period.end, b.period_text) for b in before if b.period]
        relative = head.unit is not None and head.unit.relative and len(dated) > 1
        grown = any(_OF_THE_YEARS.search(n) or (relative and _BARE.match(n)) for n in head.names)
        if dated and not head.vague and grown:
            found[column] = _one_line(max(dated)[1])
        else:
            before = []
    return found


def _one_line(text: str) -> str:
    """Of a period in two lines of two languages the one that says it by itself."""
    return next((line.strip() for line in text.splitlines() if period_of(line)), " ".join(text.split()))
