"""Columns without a unit that are, with others, the sum of a column that has one: proposed to have that unit too.

Knows headings and figures. A sum proves what no heading says, so it is looked for in every row and must hold in all.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from warehouse.tables.cells import Figure, read_cell
from warehouse.tables.grid import Grid, letter
from warehouse.tables.layout import heads_of
from warehouse.tables.mapping import Mapping
from warehouse.tables.shared_units import counted_alike
from warehouse.tables.units import speaks_of_change, unit_of

_LEAST = 3
"""From so many rows on a sum is none by chance."""
_MOST = 8
"""Among more columns without a unit than that none is looked for."""
_NEAR = 0.0005


def with_units_of_sums(draft: Mapping, grid: Grid, doubts: list[tuple[str, str, str]]) -> Mapping:
    """The draft with the unit of a whole for the columns that sum up to it, and for those that sum up to them."""
    if draft.defaults.get("unit") or draft.having("unit"):
        return draft
    heads = dict(zip(draft.having("value"), heads_of(grid, draft), strict=True))
    stated = {c: h.unit.printed for c, h in heads.items() if h.unit and not h.unit.relative and h.unit.printed}
    open_ones = [c for c, h in heads.items() if h.unit is None and not speaks_of_change(h.names)]
    if not stated or not 2 <= len(open_ones) <= _MOST:
        return draft
    figures = {c: figures_of(grid, draft, c) for c in (*stated, *open_ones)}
    found: dict[int, str] = {}
    wholes = list(stated.items())
    while wholes:
        whole, unit = wholes.pop()
        left = [c for c in open_ones if c not in found and c != whole]
        parts = _parts_of(whole, left, figures)
        found |= dict.fromkeys(parts, unit)
        wholes += [(part, unit) for part in parts]
    found = {c: unit for c, unit in found.items() if counted_alike(" ".join(heads[c].names), unit_of(unit))}
    doubts += [("unit_of_sum", f"[headings.{letter(c)}]", unit) for c, unit in sorted(found.items())]
    return draft.with_headings({c: {"unit": unit} for c, unit in found.items()})


def _parts_of(whole: int, among: Sequence[int], figures: dict[int, dict[int, float]]) -> tuple[int, ...]:
    """The fewest columns that add up to the whole; none where as many others do so too."""
    for n in range(2, len(among) + 1):
        fitting = [parts for parts in combinations(among, n) if add_up(figures, parts, whole)]
        if fitting:
            return fitting[0] if len(fitting) == 1 else ()
    return ()


def figures_of(grid: Grid, draft: Mapping, column: int) -> dict[int, float]:
    """Row -> the number there, as the table writes it."""
    rows = range(draft.first_row, min(draft.last_row, draft.first_row + 200) + 1)
    told = {row: read_cell(grid.text(row, column), decimal=draft.decimal) for row in rows}
    return {row: float(said.value) for row, said in told.items() if isinstance(said, Figure) and not said.rest}


def add_up(figures: dict[int, dict[int, float]], parts: tuple[int, ...], whole: int) -> bool:
    """Whether the parts sum up to the whole in all the rows that have every one of them, and these are enough."""
    rows = [row for row in figures[whole] if all(row in figures[part] for part in parts)]
    sums = [(sum(figures[part][row] for part in parts), figures[whole][row]) for row in rows]
    counts = all(any(abs(figures[part][row]) > 10 * _NEAR * abs(figures[whole][row]) for row in rows) for part in parts)
    enough = len([1 for _, total in sums if total]) >= _LEAST
    return counts and enough and all(abs(total - added) <= _NEAR * abs(total) for added, total in sums)
