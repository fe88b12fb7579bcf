"""What a sheet looks like: which rows are headings, which are figures, and what each column seems to hold.

Only looks; what it sees is proposed by `suggest` and settled by the steward.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.tables.cells import Gap, read_cell
from warehouse.tables.digits import ends_with_its_year, of_either_order, of_month_first
from warehouse.tables.eras import of_republic
from warehouse.tables.grid import Grid
from warehouse.tables.header_rows import UNIT_LINE, header_rows
from warehouse.tables.headings import in_digits, month_or_year
from warehouse.tables.layout import filled
from warehouse.tables.lines import NOTE_LINE, as_title, metadata_key, telling
from warehouse.tables.role_words import role_word
from warehouse.tables.row_kinds import (
    begins_another,
    filled_cells,
    first_dated,
    gaps_like,
    has_figure,
    headed_anew,
    is_data,
    is_figure,
    is_period,
    only_gaps,
)
from warehouse.tables.two_years import begins_next
from warehouse.tables.units import is_unit, line_unit, names_units

SAMPLE = 3000
"""So many rows are looked at."""
_OF_TIME = re.compile(r"(?:\b|_)(?:period|month|date|yyyymm\w*)$|年月|月份|日期", re.IGNORECASE)
"""A heading below which months in digits, 202312, are periods."""


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

    @property
    def sample(self) -> range:
        """The first rows of figures: as many are looked at for what the whole table does alike."""
        return range(self.first_row, min(self.last_row + 1, self.first_row + SAMPLE))


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
    begin = next((r for r in range(1, len(grid.rows) + 1) if is_data(grid, r)), 0)
    if not begin:
        return Seen(
            header_rows=(), first_row=1, last_row=0, title="", unit="", preamble=(), lines=(), another=0, below=0
        )
    first = first_dated(grid, begin) or begin
    keyed = {metadata_key(grid.rows[r - 1][0]) for r in range(1, first)} - {"", "moment"}
    named = all(metadata_key(grid.rows[r - 1][0]) or not filled_cells(grid, r) for r in range(begin, first))
    listed = keyed and named and grid.width == 2 and grid.rows[0][0].strip()
    facts = range(first if listed else begin, first)
    while first > 2 and (only_gaps(grid, first - 1) or gaps_like(grid, first - 1, first)):
        first -= 1
    last, another, below, usual = _extent(grid, first)
    header = header_rows(grid, first, facts, usual)
    if again := headed_anew(grid, range(first + 1, last), header):
        another = again - (filled_cells(grid, again - 1) == 1)
        last = next(r for r in range(another - 1, first - 1, -1) if has_figure(grid, r) or r == first)
    above = [r for r in range(1, first) if r not in header]
    lines = [t.strip() for r in above for t in grid.rows[r - 1] if t.strip()]
    below_heads = [t.strip() for r in above if r > max(header, default=0) for t in grid.rows[r - 1] if t.strip()]
    stated = [t for t in lines if t not in below_heads or is_unit(t) or UNIT_LINE.match(t)]
    pairs = [tuple(t.strip() for t in grid.rows[r - 1] if t.strip()) for r in above]
    every = tuple(said for t in lines if (said := as_title(t)))
    over = [t.strip() for r in above if r < min(header, default=first) for t in grid.rows[r - 1] if t.strip()]
    title = max(filter(None, map(as_title, over)), key=telling, default="")
    return Seen(
        header_rows=header,
        first_row=first,
        last_row=last,
        title=title[:300],
        unit=next((t for t in stated if line_unit(t) or names_units(t)), ""),
        preamble=tuple((p[0], p[1]) for p in pairs if len(p) == 2),
        lines=every,
        another=another,
        below=below,
    )


def _extent(grid: Grid, first: int) -> tuple[int, int, int, int]:
    """The last row of figures, where another table begins (or 0), figures among the notes, the usual width of a row."""
    last, another, below = first, 0, 0
    widths: Counter[int] = Counter()
    for row in range(first, len(grid.rows) + 1):
        if row > first and begins_another(grid, row):
            another = row
            break
        if not has_figure(grid, row):
            continue
        cells = filled_cells(grid, row)
        widths[cells] += 1
        text = next((t for t in grid.rows[row - 1] if t.strip()), "")
        if cells <= 2 and row > first and NOTE_LINE.match(text) and len(text) > 6:
            below += 1
        else:
            last = row
    while last < (another or len(grid.rows) + 1) - 1 and only_gaps(grid, last + 1):
        last += 1
    return last, another, below, max(widths, key=lambda n: widths[n], default=0)


def column_seen(grid: Grid, seen: Seen, column: int) -> ColumnSeen:
    """What the cells of a column are, over the rows that are looked at."""
    figures = gaps = periods = texts = coded = 0
    distinct: dict[str, None] = {}
    heading = " ".join(dict.fromkeys(filled(grid, r, column).strip() for r in seen.header_rows)).strip()
    word = role_word(heading)
    dated = word in ("period", "month") or bool(_OF_TIME.search(heading))
    for row in seen.sample:
        text = filled(grid, row, column).strip()
        native = (row, column) in grid.native
        if len(distinct) < 400:
            distinct.setdefault(text)
        if not text:
            gaps += 1
            continue
        told = word == "period" and (
            month_or_year(text)[0] or begins_next(text) or of_republic(text) or of_month_first(text)
        )
        if (
            is_period(text)
            or told
            or of_either_order(text)
            or (dated and (in_digits(text) or ends_with_its_year(text)))
        ):
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
    start = int(texts[0]) if texts[0].isdecimal() else 0
    return rows > 1 and start in (1, 2) and list(texts) == [str(start + n) for n in range(len(texts))]
