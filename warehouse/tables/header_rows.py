"""Which rows above the first row of figures are headings: read upwards until a row is none.

Knows how headings are set (over several columns, merged, one name a column); knows nothing of what they say but that
some words head a column and some lines state a unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from warehouse.tables.grid import Grid
from warehouse.tables.layout import filled
from warehouse.tables.lines import SOURCE_LINE, metadata_key
from warehouse.tables.role_words import role_word
from warehouse.tables.row_kinds import filled_cells, is_figure, is_section, metadata_rows, periods_in
from warehouse.tables.units import names_units

UNIT_LINE = re.compile(r"\s*[(（\[]?\s*(?:(?:计量|計量)?(?:单位|單位)|単位|단위|units?)\s*[:：]", re.IGNORECASE)
_MOST = 6
"""So many rows of headings are read, rows of facts about each series aside."""
_FACTS = 4


def header_rows(grid: Grid, first: int, facts: range, usual: int) -> tuple[int, ...]:
    """The rows of headings above row `first`; `facts` are known to be some, `usual` cells are filled in a row below."""
    found: list[int] = []
    row = first - 1
    while row in facts:
        found += [row] if filled_cells(grid, row) else []
        row -= 1
    while row > 1 and is_section(grid, row, first):
        row -= 1
    while row >= 1 and (len(found) < _MOST or metadata_rows(grid, found) > len(found) - _MOST):
        if found or not _may_be_passed(grid, row):
            if not _is_heading(grid, row, found, usual):
                break
            found.append(row)
        elif role_word(grid.rows[row - 1][0]) in ("entity", "indicator", "period"):
            found.append(row)
        row -= 1
    return tuple(reversed(found))


def of_facts(grid: Grid, rows: Sequence[int]) -> bool:
    """Whether rows are a long list of facts about each series, which a database puts under the series' name."""
    return metadata_rows(grid, rows) >= max(_FACTS, 0.6 * len(rows))


def _may_be_passed(grid: Grid, row: int) -> bool:
    """Whether a row right above the figures is blank, or names their first section or their unit under headings."""
    if not _cells(grid, row):
        return True
    further = row > 1 and (periods_in(grid, row - 1) > 0 or filled_cells(grid, row - 1) >= 3)
    alone = _own(grid, row) == 1 and (not _states_unit(grid, row) or not grid.rows[row - 1][0].strip())
    return bool(further) and alone and not _spans(grid, row) and not _is_title(grid, row)


def _is_heading(grid: Grid, row: int, found: list[int], usual: int) -> bool:
    if of_facts(grid, found):
        return filled_cells(grid, row) > 0
    if any(SOURCE_LINE.match(t) for t in grid.rows[row - 1]):
        return False
    own, spans = _own(grid, row), _spans(grid, row)
    unnamed = not grid.rows[row - 1][0].strip()
    opened = bool(found) and any(
        above.count("(") > above.count(")") and below.count(")") > below.count("(")
        for above, below in zip(grid.rows[row - 1], grid.rows[found[-1] - 1], strict=True)
    )
    names = bool(found and own and unnamed and metadata_key(grid.rows[found[-1] - 1][0]))
    if not (own >= 2 or spans or names or opened) or _is_title(grid, row):
        return False
    said = [t for t in grid.rows[row - 1] if t.strip()]
    if len(said) == 1 and UNIT_LINE.match(said[0]):
        return False
    over = any(s.top == row and s.right > s.left > 1 for s in grid.merged)
    if _states_unit(grid, row) and own <= 2 and not (over or role_word(grid.rows[row - 1][0])):
        return False
    grouping = bool(found) and own >= 2 and (unnamed or bool(role_word(grid.rows[row - 1][0])))
    kept = spans or names or grouping or opened or (not found and _of_labels(grid, row))
    sparse = own < max(2, 0.3 * usual) and not kept
    return not sparse or periods_in(grid, row) > 0


def _of_labels(grid: Grid, row: int) -> bool:
    """Whether a row right above the figures heads their labels alone, and the row above it the figures."""
    figured = [c for c in range(2, grid.width + 1) if is_figure(grid.text(row + 1, c), (row + 1, c) in grid.native)]
    heads = [c for c in range(1, grid.width + 1) if grid.text(row, c).strip()]
    above = sum(bool(grid.text(row - 1, c).strip()) for c in figured) if row > 1 else 0
    return bool(figured) and len(heads) >= 2 and max(heads) < min(figured) and above == len(figured)


def _cells(grid: Grid, row: int) -> int:
    """How many cells say something, those of merged ones counted each."""
    return sum(bool(filled(grid, row, c).strip()) for c in range(1, grid.width + 1))


def _own(grid: Grid, row: int) -> int:
    """How many cells say something; in a row that a merged cell reaches into from above, its parts too."""
    reached = any(s.top < row <= s.bottom for s in grid.merged)
    return _cells(grid, row) if reached else filled_cells(grid, row)


def _spans(grid: Grid, row: int) -> bool:
    """Whether a heading is merged over several columns, but not over all."""
    return any(s.top <= row <= s.bottom and 0 < s.right - s.left < grid.width - 1 for s in grid.merged)


def _states_unit(grid: Grid, row: int) -> bool:
    return any(names_units(t) for t in grid.rows[row - 1])


def _is_title(grid: Grid, row: int) -> bool:
    """Whether one text fills the whole row."""
    return _cells(grid, row) >= grid.width > 1 and len({filled(grid, row, c) for c in range(1, grid.width + 1)}) == 1
