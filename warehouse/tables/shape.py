"""What a sheet looks like: which rows are headings, which are figures, and what each column seems to hold.

Only looks; what it sees is proposed by `suggest` and settled by the steward.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from warehouse.tables.cells import Figure, Gap, plain, read_cell
from warehouse.tables.grid import Grid
from warehouse.tables.headings import month_in, period_of, read_heading
from warehouse.tables.layout import filled
from warehouse.tables.lines import NOTE_LINE, as_title, metadata_key
from warehouse.tables.role_words import role_word
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
    percents: int = 0

    @property
    def filled(self) -> int:
        """Cells that say something."""
        return self.figures + self.texts


def look(grid: Grid) -> Seen:
    """Find headings and figures."""
    first = next((r for r in range(1, len(grid.rows) + 1) if _is_data(grid, r)), 0)
    if not first:
        return Seen(header_rows=(), first_row=1, last_row=0, title="", unit="", preamble=(), another=0, below=0)
    data = [r for r in range(first, len(grid.rows) + 1) if _figures(grid, r)]
    first = _first_dated(grid, data) or first
    while first > 2 and _only_gaps(grid, first - 1):
        first -= 1
    another = next((r for r in range(first + 1, len(grid.rows) + 1) if _begins_another(grid, r, first)), 0)
    data = [r for r in data if first <= r and (not another or r < another)]
    last = first
    below = 0
    for row in data:
        text = next((t for t in grid.rows[row - 1] if t.strip()), "")
        if NOTE_LINE.match(text) and len(text) > 6 and _filled(grid, row) <= 2 and row > first:
            below += 1
            continue
        last = row
    while last < (another or len(grid.rows) + 1) - 1 and _only_gaps(grid, last + 1):
        last += 1
    usual = Counter(_filled(grid, r) for r in data).most_common(1)[0][0]
    header: list[int] = []
    row = first - 1
    while row >= 1 and (len(header) < 6 or _metadata_rows(grid, header) > len(header) - 6):
        cells = sum(bool(filled(grid, row, c).strip()) for c in range(1, grid.width + 1))
        wide = any(
            s.top <= row <= s.bottom and s.right > s.left and s.right - s.left < grid.width - 1 for s in grid.merged
        )
        over = any(s.top == row and s.right > s.left > 1 for s in grid.merged)
        stated = any(names_units(t) for t in grid.rows[row - 1])
        below_another = any(s.top < row <= s.bottom for s in grid.merged)
        own = cells if below_another else _filled(grid, row)
        title = cells >= grid.width > 1 and len({filled(grid, row, c) for c in range(1, grid.width + 1)}) == 1
        names = bool(
            header and own and metadata_key(grid.rows[header[-1] - 1][0]) and not grid.rows[row - 1][0].strip()
        )
        enough = own >= 2 or wide or names
        section = own == 1 and not stated and not wide and not title
        further = row > 1 and (_periods(grid, row - 1) > 0 or _filled(grid, row - 1) >= 3)
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
        if not enough or title or (stated and own <= 2 and not over) or (sparse and not _periods(grid, row)):
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
        unit=unit,
        preamble=tuple((p[0], p[1]) for p in pairs if len(p) == 2),
        another=another,
        below=below,
    )


def _metadata_rows(grid: Grid, rows: Sequence[int]) -> int:
    return sum(bool(metadata_key(grid.rows[r - 1][0])) for r in rows)


def _first_dated(grid: Grid, data: Sequence[int]) -> int:
    """The row from which the first column gives periods, where rows of facts about the series stand above; or 0."""
    dated = [r for r in data if period_of(grid.rows[r - 1][0])]
    before = [r for r in data if dated and r < dated[0]]
    late = [r for r in data if dated and r >= dated[0]]
    if not before or len(dated) < 2 or len(dated) < 0.8 * len(late):
        return 0
    told = [grid.rows[r - 1][0].strip() for r in before]
    return dated[0] if all(metadata_key(t) or t.endswith((":", "：")) or not t for t in told) else 0


def _begins_another(grid: Grid, row: int, first: int) -> bool:
    """Whether headings stand here again, under figures: the name of a column and periods, or a table's number."""
    cells = [t.strip() for t in grid.rows[row - 1] if t.strip()]
    if len(cells) == 1:
        below = grid.rows[row] if row < len(grid.rows) else ()
        return bool(_TABLE.match(cells[0])) and sum(bool(t.strip()) for t in below) != 1
    if len(cells) < 2 or not all(any(sign.isdigit() for sign in t) for t in cells[1:]):
        return False
    if period_of(cells[0]) or not role_word(cells[0]):
        return False
    others = [read_heading(t) for t in cells[1:]]
    return all(h.period and not h.name for h in others) and not any(
        (row, c) in grid.native and not _is_year(t) for c, t in enumerate(grid.rows[row - 1], 1)
    )


_TABLE = re.compile(r"(?:续?附?表\s?[\d一二三四五六七八九十]+|table \d)", re.IGNORECASE)


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", text.strip()))


def _only_gaps(grid: Grid, row: int) -> bool:
    """Whether a row has a label and, beside it, nothing but marks of missing figures."""
    label, *others = grid.rows[row - 1]
    said = [t for t in others if t.strip()]
    return bool(label.strip() and said and not NOTE_LINE.match(label)) and all(
        isinstance(read_cell(t), Gap) for t in said
    )


def _filled(grid: Grid, row: int) -> int:
    return sum(bool(t.strip()) for t in grid.rows[row - 1])


def _figures(grid: Grid, row: int) -> int:
    """How many cells right of the first hold figures."""
    return sum(_is_figure(t, (row, c) in grid.native) for c, t in enumerate(grid.rows[row - 1][1:], 2))


@lru_cache(maxsize=50_000)
def _is_figure(text: str, native: bool = False) -> bool:
    if native:
        return True
    said = text.strip()
    if not said or len(said) > 30 or not any(s.isdigit() for s in said) or month_in(said) == (said, ""):
        return False
    for decimal in (".", ","):
        found = read_cell(said, decimal=decimal)
        if isinstance(found, Figure) and (not found.rest or _COUNTED.fullmatch(found.rest)):
            return True
    return False


_COUNTED = re.compile(r"[\u3400-\u9fff]{1,4}|people|persons?|units?|trips|visitors|countries|cities|times|倍")
"""Words that may stand beside the number of a figure; "18 Ceuta" and "1_variable_code" are labels."""


def _periods(grid: Grid, row: int) -> int:
    cells = [t for t in grid.rows[row - 1][1:] if t.strip()]
    heads = [(read_heading(t), month_in(t)[0]) for t in cells]
    return sum(h.period is not None or h.vague or bool(part) for h, part in heads)


def _is_data(grid: Grid, row: int) -> bool:
    cells = [t for t in grid.rows[row - 1] if t.strip()]
    figures = _figures(grid, row)
    if not figures or len(cells) < 2:
        return False
    others = [plain(t) for t in grid.rows[row - 1][1:] if t.strip()]
    if [o for o in others if o.isdigit()] == [str(n) for n in range(1, len(others) + 1)] and len(others) > 1:
        return False
    if len(cells) == 2 and grid.width > 2 and cells[0].rstrip().endswith((":", "：")):
        return False
    if len(cells) == 2 and re.match(r"(?i)release|last updated|next|date|更新|发布|cdid|pre ?unit", cells[0]):
        return False
    if names_units(" ".join(cells)) and len(cells) <= 2:
        return False
    if _under_headings(grid, row):
        return True
    years = _periods(grid, row)
    first = grid.rows[row - 1][0].strip()
    if years >= 0.5 * len(others) and period_of(first) is None:
        return False
    if years == figures >= 2 and period_of(first) is None and _in_order(others):
        return False
    return figures >= 0.1 * len(others) or period_of(first) is not None


def _under_headings(grid: Grid, row: int) -> bool:
    """Whether complete headings stand right above: "2012" under a year is then a count, not a year."""
    above = next((r for r in range(row - 1, 0, -1) if _filled(grid, r) > 1 and not _only_gaps(grid, r)), 0)
    first = grid.rows[row - 1][0].strip()
    if not above or not first or role_word(first):
        return False
    cells = [t for t in grid.rows[above - 1] if t.strip()]
    heads = [read_heading(t) for t in cells[1:] if not role_word(t)]
    return (bool(heads) and all(h.period and not h.name for h in heads)) or (
        len(cells) > 2 and all(role_word(t) for t in cells)
    )


def _in_order(texts: Sequence[str]) -> bool:
    """Whether the years among the texts run one after another, forwards or back: a row of headings."""
    years = [int(t) for t in texts if _is_year(t)]
    steps = {b - a for a, b in itertools.pairwise(years)}
    return len(steps) == 1 and abs(steps.pop()) == 1


def column_seen(grid: Grid, seen: Seen, column: int, limit: int = 3000) -> ColumnSeen:
    """What the cells of a column are, over at most `limit` rows."""
    figures = gaps = periods = texts = coded = percents = 0
    distinct: dict[str, None] = {}
    for row in range(seen.first_row, min(seen.last_row, seen.first_row + limit) + 1):
        text = filled(grid, row, column).strip()
        native = (row, column) in grid.native
        if len(distinct) < 400:
            distinct.setdefault(text)
        if not text:
            gaps += 1
            continue
        if period_of(text):
            periods += 1
        if re.fullmatch(r"0\d+", text):
            coded += 1
        if _is_figure(text, native):
            figures += 1
            percents += text.endswith(("%", "％"))
        elif isinstance(read_cell(text), Gap):
            gaps += 1
        else:
            texts += 1
    heading = " ".join(dict.fromkeys(filled(grid, r, column).strip() for r in seen.header_rows)).strip()
    return ColumnSeen(
        figures=figures, gaps=gaps, periods=periods, texts=texts, coded=coded, percents=percents,
        distinct=tuple(t for t in distinct if t), heading=re.sub(r"\s+", " ", heading),
    )  # fmt: skip


def only_numbered(texts: Sequence[str], rows: int) -> bool:
    """Whether a heading row only numbers its columns (1 2 3, 甲 乙); ages from 0 upward are headings that mean it."""
    if all(re.fullmatch(r"[甲乙丙丁]", t) for t in texts):
        return True
    start = int(texts[0]) if texts[0].isdigit() else 0
    return rows > 1 and start in (1, 2) and list(texts) == [str(start + n) for n in range(len(texts))]
