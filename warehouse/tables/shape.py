"""What a sheet looks like: which rows are headings, which are figures, and what each column seems to hold.

Only looks; what it sees is proposed by `suggest` and settled by the steward.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.tables.cells import Gap, read_cell
from warehouse.tables.grid import Grid
from warehouse.tables.headings import in_digits, month_or_year
from warehouse.tables.layout import filled
from warehouse.tables.lines import NOTE_LINE, as_title, metadata_key
from warehouse.tables.role_words import role_word
from warehouse.tables.row_kinds import (
    begins_another,
    filled_cells,
    first_dated,
    has_figure,
    is_data,
    is_figure,
    is_period,
    is_section,
    metadata_rows,
    only_gaps,
    periods_in,
)
from warehouse.tables.units import line_unit, names_units


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The block of figures of a sheet and the rows above it."""

    header_rows: tuple[int, ...]
    first_row: int
    last_row: int
    title: str
    unit: str
    preamble: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    """What stands above the headings, cell by cell, and is no unit or date of publication."""
    another: int
    """The row at which a further table begins under this one, or 0; it is not read."""
    below: int
    """Figures found under the last row, which is thought to be a note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSeen:
    """Counts over the rows of figures."""

    figures: int
    gaps: int
    periods: int
    texts: int
    coded: int
    distinct: tuple[str, ...]
    heading: str

    @property
    def filled(self) -> int:
        """Cells that say something."""
        return self.figures + self.texts


def look(grid: Grid) -> Seen:
    """Find headings and figures."""
    first = next((r for r in range(1, len(grid.rows) + 1) if is_data(grid, r)), 0)
    if not first:
        return Seen(
            header_rows=(), first_row=1, last_row=0, title="", unit="", preamble=(), lines=(), another=0, below=0
        )
    dated = first_dated(grid, first) or first
    named = all(metadata_key(grid.rows[r - 1][0]) or not filled_cells(grid, r) for r in range(first, dated))
    facts = range(dated if named else first, dated)
    first = dated
    while first > 2 and only_gaps(grid, first - 1):
        first -= 1
    last, below, another = first, 0, 0
    widths: Counter[int] = Counter()
    for row in range(first, len(grid.rows) + 1):
        if row > first and begins_another(grid, row):
            another = row
            break
        if not has_figure(grid, row):
            continue
        cells = filled_cells(grid, row)
        widths[cells] += 1
        if cells <= 2 and row > first:
            text = next((t for t in grid.rows[row - 1] if t.strip()), "")
            if NOTE_LINE.match(text) and len(text) > 6:
                below += 1
                continue
        last = row
    while last < (another or len(grid.rows) + 1) - 1 and only_gaps(grid, last + 1):
        last += 1
    usual = max(widths, key=lambda n: widths[n], default=0)
    header: list[int] = []
    row = first - 1
    while row in facts:
        header += [row] if filled_cells(grid, row) else []
        row -= 1
    while row > 2 and is_section(grid, row, first):
        row -= 1
    while row >= 1 and (len(header) < 6 or metadata_rows(grid, header) > len(header) - 6):
        cells = sum(bool(filled(grid, row, c).strip()) for c in range(1, grid.width + 1))
        wide = any(
            s.top <= row <= s.bottom and s.right > s.left and s.right - s.left < grid.width - 1 for s in grid.merged
        )
        over = any(s.top == row and s.right > s.left > 1 for s in grid.merged)
        stated = any(names_units(t) for t in grid.rows[row - 1])
        below_another = any(s.top < row <= s.bottom for s in grid.merged)
        own = cells if below_another else filled_cells(grid, row)
        title = cells >= grid.width > 1 and len({filled(grid, row, c) for c in range(1, grid.width + 1)}) == 1
        names = bool(
            header and own and metadata_key(grid.rows[header[-1] - 1][0]) and not grid.rows[row - 1][0].strip()
        )
        enough = own >= 2 or wide or names
        section = own == 1 and not stated and not wide and not title
        further = row > 1 and (periods_in(grid, row - 1) > 0 or filled_cells(grid, row - 1) >= 3)
        if not header and (not cells or (section and further)):
            if cells and role_word(grid.rows[row - 1][0]) in ("entity", "indicator", "period"):
                header.append(row)
            row -= 1
            continue
        sparse = (
            own < max(2, 0.3 * usual)
            and not wide
            and not names
            and not (header and own >= 2 and not grid.rows[row - 1][0].strip())
        )
        if not enough or title or (stated and own <= 2 and not over) or (sparse and not periods_in(grid, row)):
            break
        header.append(row)
        row -= 1
    above = [r for r in range(1, first) if r not in header]
    lines = [t.strip() for r in above for t in grid.rows[r - 1] if t.strip()]
    pairs = [tuple(t.strip() for t in grid.rows[r - 1] if t.strip()) for r in above]
    unit = next((t for t in lines if line_unit(t) or names_units(t)), "")
    every = [said for t in lines if (said := as_title(t))]
    return Seen(
        header_rows=tuple(reversed(header)),
        first_row=first,
        last_row=last,
        title=every[0][:120] if every else "",
        lines=tuple(every),
        unit=unit,
        preamble=tuple((p[0], p[1]) for p in pairs if len(p) == 2),
        another=another,
        below=below,
    )


def column_seen(grid: Grid, seen: Seen, column: int, limit: int = 3000) -> ColumnSeen:
    """What the cells of a column are, over at most `limit` rows."""
    figures = gaps = periods = texts = coded = 0
    distinct: dict[str, None] = {}
    heading = " ".join(dict.fromkeys(filled(grid, r, column).strip() for r in seen.header_rows)).strip()
    word = role_word(heading)
    dated = word in ("period", "month")
    for row in range(seen.first_row, min(seen.last_row, seen.first_row + limit) + 1):
        text = filled(grid, row, column).strip()
        native = (row, column) in grid.native
        if len(distinct) < 400:
            distinct.setdefault(text)
        if not text:
            gaps += 1
            continue
        if is_period(text) or (dated and in_digits(text)) or (word == "period" and month_or_year(text)[0]):
            periods += 1
        if re.fullmatch(r"0\d+", text):
            coded += 1
        if is_figure(text, native):
            figures += 1
        elif isinstance(read_cell(text), Gap):
            gaps += 1
        else:
            texts += 1
    return ColumnSeen(
        figures=figures, gaps=gaps, periods=periods, texts=texts, coded=coded,
        distinct=tuple(t for t in distinct if t), heading=re.sub(r"\s+", " ", heading),
    )  # fmt: skip


def only_numbered(texts: Sequence[str], rows: int) -> bool:
    """Whether a heading row only numbers its columns (1 2 3, 甲 乙); ages from 0 upward are headings that mean it."""
    if all(re.fullmatch(r"[甲乙丙丁]", t) for t in texts):
        return True
    start = int(texts[0]) if texts[0].isdigit() else 0
    return rows > 1 and start in (1, 2) and list(texts) == [str(start + n) for n in range(len(texts))]
