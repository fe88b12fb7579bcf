"""Two columns of labels filled by turns: Asia in the left one, then Japan and Korea in the right one beside its blanks.

Each row has one name, in whichever column it stands. Knows which cells are filled and no role, place or unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from warehouse.tables.grid import Grid
from warehouse.tables.row_kinds import has_figure
from warehouse.tables.shape import Seen


def by_turns(grid: Grid, seen: Seen, labels: Sequence[int]) -> tuple[int, int] | None:
    """The first two neighbours among the columns of labels that are filled by turns in the rows with figures."""
    rows = [r for r in seen.sample if has_figure(grid, r)]
    for left, right in pairwise(labels):
        said = [(grid.text(r, left).strip(), grid.text(r, right).strip()) for r in rows]
        wide, fine = [a for a, b in said if a and not b], [b for a, b in said if b and not a]
        by_turns = len(wide) + len(fine) == len(said) and min(len(wide), len(fine)) > 1
        if right == left + 1 and by_turns and len(set(fine)) == len(fine):
            return left, right
    return None
