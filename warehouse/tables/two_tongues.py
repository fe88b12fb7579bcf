"""Columns that say again in another script what a column of words says: Month and الشهر, Emirate_EN and Emirate_AR.

Knows texts and no roles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from warehouse.tables.grid import Grid
from warehouse.tables.layout import filled
from warehouse.tables.shape import ColumnSeen, Seen
from warehouse.tables.year_parts import THIRD_SCRIPTS

_OTHER = re.compile(f"[{THIRD_SCRIPTS}]")


def said_again(grid: Grid, seen: Seen, columns: Sequence[ColumnSeen]) -> set[int]:
    """The columns in another script of which each text goes with one text of a further column, and the other way."""
    other = [c for c, column in enumerate(columns, 1) if column.texts > 1 and all(map(_OTHER.search, column.distinct))]
    found: set[int] = set()
    for column in other:
        told = [filled(grid, row, column).strip() for row in seen.sample]
        for beside in (c for c, said in enumerate(columns, 1) if c not in other and said.texts == said.filled > 0):
            pairs = {
                p for r, t in zip(seen.sample, told, strict=True) if all(p := (filled(grid, r, beside).strip(), t))
            }
            if 1 < len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs}):
                found.add(column)
    return found
