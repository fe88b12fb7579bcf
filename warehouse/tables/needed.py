"""Which columns of words a table needs: those without which two of its rows would say the same thing.

A column that its heading calls a code is read where nothing else tells its rows apart (sex by code), and one that only
describes the place of its row (the region it is in, its largest group) is left out and told.
"""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.tables.grid import Grid, letter
from warehouse.tables.layout import filled
from warehouse.tables.role_words import role_word
from warehouse.tables.shape import ColumnSeen, Seen

SAMPLE = 3000
"""As many rows are compared."""
APART = 0.97
"""So many of the rows have to be told apart: an office repeats a row by mistake, and a table has rows of sections."""
_SAYS = ("entity", "indicator", "period", "month", "part", "unit", "definition")


def only_needed(
    grid: Grid, seen: Seen, roles: dict[int, str], columns: Sequence[ColumnSeen], doubts: list[tuple[str, str, str]]
) -> None:
    """Change `roles` where a column of words is read without need, or left out though rows need it."""
    rows = _rows(grid, seen, roles)
    if len(rows) < 4:
        return
    owners = [c for c, role in roles.items() if role == "entity"]
    named = [c for c, role in roles.items() if role == "indicator"]
    if len(owners) == len(named) == 1 and role_word(columns[named[0] - 1].heading) != "indicator":
        kinds, places = len(columns[named[0] - 1].distinct), _apart(rows, owners)
        if _apart(rows, [*owners, *named]) == places > kinds > 1:
            roles[named[0]] = "ignore"
            doubts.append(("words_left_out", letter(named[0]), columns[named[0] - 1].heading[:40]))
    if len(owners) == 1 and "indicator" not in roles.values() and _apart(rows, owners) == len(rows):
        for column in [c for c, role in roles.items() if role == "part" and c > owners[0]]:
            roles[column] = "ignore"
            doubts.append(("words_left_out", letter(column), columns[column - 1].heading[:40]))
    used = [c for c, role in roles.items() if role in _SAYS]
    told = _apart(rows, used)
    spare = [c for c, role in roles.items() if role == "ignore" and _sorts(columns[c - 1], len(rows))]
    added: list[int] = []
    while told < APART * len(rows) and spare:
        best = max(spare, key=lambda c: _apart(rows, [*used, *added, c]))
        if (more := _apart(rows, [*used, *added, best])) == told:
            return
        spare.remove(best)
        added, told = [*added, best], more
    if told >= APART * len(rows):
        for column in added:
            roles[column] = "part"
            doubts.append(("column_tells_apart", letter(column), columns[column - 1].heading[:40]))


def _rows(grid: Grid, seen: Seen, roles: dict[int, str]) -> list[list[str]]:
    """The texts of the first rows that have a figure."""
    values = [c for c, role in roles.items() if role == "value"]
    span = range(seen.first_row, min(seen.last_row, seen.first_row + SAMPLE) + 1)
    return [
        [filled(grid, row, c).strip() for c in range(1, grid.width + 1)]
        for row in span
        if any(grid.text(row, c).strip() for c in values)
    ]


def _apart(rows: list[list[str]], columns: Sequence[int]) -> int:
    """How many of the rows the columns tell apart."""
    return len({tuple(row[c - 1] for c in columns) for row in rows})


def _sorts(column: ColumnSeen, rows: int) -> bool:
    """Whether a column sorts the rows into a few kinds by words, each of them told."""
    return column.texts >= 0.9 * rows and 1 < len(column.distinct) <= max(2, rows // 2)
