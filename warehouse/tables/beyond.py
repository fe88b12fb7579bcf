"""What a sheet holds beside what is read of it, and what of it is read although the workbook hides it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby

from warehouse.tables.grid import Grid, letter
from warehouse.tables.mapping import Mapping
from warehouse.tables.row_kinds import begins_another


def hidden_among(grid: Grid, mapping: Mapping) -> list[tuple[str, str, str]]:
    """The hidden rows and columns that the mapping reads like the others, as doubts."""
    read = [c for c, role in mapping.columns.items() if role != "ignore"]
    values = mapping.having("value")
    last = min(mapping.last_row or len(grid.rows), len(grid.rows))
    columns = [c for c in grid.hidden_columns if c in read and c <= grid.width]
    rows = [
        r for r in grid.hidden_rows if mapping.first_row <= r <= last and any(grid.text(r, c).strip() for c in values)
    ]
    doubts = []
    if rows:
        doubts.append(("rows_hidden", _runs(rows, str), str(len(rows))))
    if columns:
        doubts.append(("columns_hidden", _runs(columns, letter), str(len(columns))))
    return doubts


def another_below(grid: Grid, mapping: Mapping) -> list[tuple[str, str, str]]:
    """A further table under the one that is read, or in the midst of it, as a doubt."""
    last = mapping.last_row or len(grid.rows)
    above = (*mapping.header_rows, mapping.first_row)
    for row in range(max(above) + 1, len(grid.rows) + 1):
        if begins_another(grid, row):
            head = next(t.strip() for t in grid.rows[row - 1] if t.strip())[:40]
            return [("another_table" if row > last else "another_within", str(row), head)]
    return []


def _runs(numbers: Iterable[int], shown: Callable[[int], str]) -> str:
    """5, 6, 7, 9 -> 5-7, 9; of many the first ones."""
    told = []
    for _, group in groupby(enumerate(sorted(numbers)), lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        told.append(shown(run[0]) if len(run) == 1 else f"{shown(run[0])}-{shown(run[-1])}")
    return ", ".join(told[:12]) + (" ..." if len(told) > 12 else "")
