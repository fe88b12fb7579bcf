"""Columns without a unit that are, with others, the sum of a column that has one: proposed to have that unit too.

Knows headings and figures. A sum proves what no heading says, so it is looked for in every row and must hold in all.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

from warehouse.tables.cells import plain
from warehouse.tables.grid import Grid, letter
from warehouse.tables.layout import heads_of
from warehouse.tables.mapping import Mapping
from warehouse.tables.units import speaks_of_change

_LEAST = 3
"""From so many rows on a sum is none by chance."""
_MOST = 8
"""Among more columns without a unit than that none is looked for."""
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def with_units_of_sums(draft: Mapping, grid: Grid, doubts: list[tuple[str, str, str]]) -> Mapping:
    """The draft with the unit of a whole for the columns that sum up to it, and for those that sum up to them."""
    if draft.defaults.get("unit") or draft.having("unit"):
        return draft
    heads = dict(zip(draft.having("value"), heads_of(grid, draft), strict=True))
    stated = {c: h.unit.printed for c, h in heads.items() if h.unit and not h.unit.relative and h.unit.printed}
    open_ones = [c for c, h in heads.items() if h.unit is None and not speaks_of_change(h.names)]
    if not stated or not 2 <= len(open_ones) <= _MOST:
        return draft
    figures = {c: _figures(grid, draft, c) for c in (*stated, *open_ones)}
    found: dict[int, str] = {}
    wholes = list(stated.items())
    while wholes:
        whole, unit = wholes.pop()
        left = [c for c in open_ones if c not in found and c != whole]
        several = (parts for n in range(2, len(left) + 1) for parts in combinations(left, n))
        parts = next((parts for parts in several if _add_up(figures, parts, whole)), ())
        found |= dict.fromkeys(parts, unit)
        wholes += [(part, unit) for part in parts]
    doubts += [("unit_of_sum", f"[headings.{letter(c)}]", unit) for c, unit in sorted(found.items())]
    said = {c: {**draft.headings.get(c, {}), "unit": unit} for c, unit in found.items()}
    return replace(draft, headings={**draft.headings, **said})


def _figures(grid: Grid, draft: Mapping, column: int) -> dict[int, float]:
    """Row -> the plain number there."""
    rows = range(draft.first_row, min(draft.last_row, draft.first_row + 200) + 1)
    told = {row: plain(grid.text(row, column)).replace(",", "") for row in rows}
    return {row: float(text) for row, text in told.items() if _NUMBER.fullmatch(text)}


def _add_up(figures: dict[int, dict[int, float]], parts: tuple[int, ...], whole: int) -> bool:
    """Whether the parts sum up to the whole in all the rows that have every one of them, and these are enough."""
    rows = [row for row in figures[whole] if all(row in figures[part] for part in parts)]
    sums = [(sum(figures[part][row] for part in parts), figures[whole][row]) for row in rows]
    return len([1 for _, total in sums if total]) >= _LEAST and all(
        abs(total - added) <= 0.0005 * abs(total) for added, total in sums
    )
