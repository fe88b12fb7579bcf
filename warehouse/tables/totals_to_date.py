"""The total of a year of which only the first months stand in the table: Jan, Feb, Mar, 2024 Total.

Proposes `[headings]` of a mapping where the figures prove it, in every row; knows headings and sums.
"""

from __future__ import annotations

from warehouse.tables.grid import Grid, letter
from warehouse.tables.layout import heads_of
from warehouse.tables.mapping import Mapping
from warehouse.tables.periods import whole_year
from warehouse.tables.row_words import month_of
from warehouse.tables.sums import add_up, figures_of
from warehouse.tables.totals import is_total
from warehouse.tables.year_parts import Part, part_of

_DOZEN = 12


def with_totals_to_date(draft: Mapping, grid: Grid, doubts: list[tuple[str, str, str]]) -> Mapping:
    """The draft with the months of each total of a year that is the sum of the months beside it and of no others."""
    if draft.having("period"):
        return draft
    years: dict[int, dict[int, Part]] = {}
    totals: dict[int, int] = {}
    for column, head in zip(draft.having("value"), heads_of(grid, draft), strict=True):
        if not head.period or not whole_year(head.period):
            continue
        part = part_of(month_of(head, "")[0])
        if part and part.first == part.last:
            years.setdefault(head.period.end.year, {})[column] = part
        elif not part and any(map(is_total, head.names)):
            totals[column] = head.period.end.year
    found: dict[int, str] = {}
    for column, year in totals.items():
        months = sorted(years.get(year, {}).items(), key=lambda own: own[1].first)
        last = len(months)
        if not 1 < last < _DOZEN or [part.first for _, part in months] != list(range(1, last + 1)):
            continue
        parts = tuple(c for c, _ in months)
        if add_up({c: figures_of(grid, draft, c) for c in (*parts, column)}, parts, column):
            found[column] = f"{year}年1-{last}月"
    doubts += [("total_to_date", f"[headings.{letter(c)}]", text) for c, text in found.items()]
    return draft.with_headings({c: {"period": text} for c, text in found.items()})
