"""What one row of a sheet is: figures, headings, gaps alone, or the beginning of another table.

A text is judged once, however many cells repeat it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache

from warehouse.tables.cells import Figure, Gap, bracketed, plain, read_cell, triangled
from warehouse.tables.grid import Grid
from warehouse.tables.headings import month_in, read_heading, speaks_of_years
from warehouse.tables.lines import NOTE_LINE, metadata_key
from warehouse.tables.periods import period_of
from warehouse.tables.role_words import role_word
from warehouse.tables.units import names_units

_PLAIN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,10})?")
"""What is a figure at first sight."""
_COUNTED = re.compile(r"[\u3400-\u9fff]{1,4}|people|persons?|units?|trips|visitors|countries|cities|times|倍")
"""Words that may stand beside the number of a figure; "18 Ceuta" and "1_variable_code" are labels."""
_YEAR_IN_WORDS = re.compile(r"(?:19|20)\d\d\s?[年년]")
_NUMBERED_PLACE = re.compile(r"\d{1,5}\s[\u3400-\u9fff]{1,6}[都道府県省市区县縣]")
"""A place behind its number: 13 東京都."""
_LONG = 8
"""From so many columns on a row may have one figure among many words."""
_TABLE = re.compile(r"(?:续?附?表\s?[\d一二三四五六七八九十]+|table \d)", re.IGNORECASE)


def filled_cells(grid: Grid, row: int) -> int:
    """How many cells of a row say something."""
    return sum(map(bool, map(str.strip, grid.rows[row - 1])))


def has_figure(grid: Grid, row: int) -> bool:
    """Whether a cell right of the first holds a figure."""
    return any(is_figure(t, bool(grid.native) and (row, c) in grid.native)
               for c, t in enumerate(grid.rows[row - 1][1:], 2))  # fmt: skip


def is_figure(text: str, native: bool = False) -> bool:
    """Whether a cell holds a figure; Excel's own numbers are always figures."""
    return native or _PLAIN.fullmatch(text) is not None or _reads_as_figure(text)


@lru_cache(maxsize=50_000)
def _reads_as_figure(text: str) -> bool:
    said = text.strip()
    if bracketed(said) or triangled(said):
        return True
    if not said or len(said) > 30 or not any(s.isdigit() for s in said) or month_in(said) == (said, ""):
        return False
    if not said.isdigit() and (_YEAR_IN_WORDS.search(said) or _NUMBERED_PLACE.fullmatch(said)):
        return False
    for decimal in (".", ","):
        found = read_cell(said, decimal=decimal)
        if isinstance(found, Figure) and (not found.rest or _COUNTED.fullmatch(found.rest)):
            return True
    return False


def periods_in(grid: Grid, row: int) -> int:
    """How many cells right of the first name a period."""
    return sum(map(_names_period, [t for t in grid.rows[row - 1][1:] if t.strip()]))


@lru_cache(maxsize=50_000)
def _names_period(text: str) -> bool:
    heading = read_heading(text)
    return heading.period is not None or heading.vague or bool(month_in(text)[0])


@lru_cache(maxsize=50_000)
def is_period(text: str) -> bool:
    """Whether the whole text names a period."""
    return period_of(text) is not None


def gaps_like(grid: Grid, row: int, like: int) -> bool:
    """Whether a row has marks of missing figures wherever row `like` has figures."""
    columns = [c for c in range(2, grid.width + 1) if is_figure(grid.text(like, c), (like, c) in grid.native)]
    said = [grid.text(row, c) for c in columns]
    return bool(said) and all(t.strip() and isinstance(read_cell(t), Gap) for t in said)


def only_gaps(grid: Grid, row: int) -> bool:
    """Whether a row has a label and, beside it, nothing but marks of missing figures."""
    label, *others = grid.rows[row - 1]
    said = [t for t in others if t.strip()]
    return bool(label.strip() and said and not NOTE_LINE.match(label)) and all(
        isinstance(read_cell(t), Gap) for t in said
    )


def is_data(grid: Grid, row: int) -> bool:
    """Whether the figures of a table may begin here."""
    cells = [t for t in grid.rows[row - 1] if t.strip()]
    figures = sum(is_figure(t, (row, c) in grid.native) for c, t in enumerate(grid.rows[row - 1][1:], 2))
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
    dated = all(_is_year(t) or speaks_of_years(t) for t in cells)
    if len(others) > 1 and dated and row > 1 and filled_cells(grid, row - 1) > 1:
        return False
    if _under_headings(grid, row):
        return True
    years = periods_in(grid, row)
    first = grid.rows[row - 1][0].strip()
    if years >= 0.5 * len(others) and not is_period(first) and not _dated_by_a_column(grid, row):
        return False
    if years == figures >= 2 and not is_period(first) and _in_order(others):
        return False
    few = is_period(first) or _dated_by_a_column(grid, row) or _each_named(grid, row)
    return figures >= 0.1 * len(others) or few


def _under_headings(grid: Grid, row: int) -> bool:
    """Whether complete headings stand right above: "2012" under a year is then a count, not a year."""
    above = next((r for r in range(row - 1, 0, -1) if filled_cells(grid, r) > 1 and not only_gaps(grid, r)), 0)
    first = grid.rows[row - 1][0].strip()
    if not above or not first or role_word(first):
        return False
    cells = [t for t in grid.rows[above - 1] if t.strip()]
    heads = [read_heading(t) for t in cells[1:] if not role_word(t)]
    return (bool(heads) and all(h.period and not h.name for h in heads)) or (
        len(cells) > 2 and all(role_word(t) for t in cells)
    )


def _dated_by_a_column(grid: Grid, row: int) -> bool:
    """Whether each cell has a heading right above it, some of which name columns of periods, and this row periods."""
    if row < 2:
        return False
    above = [(role_word(h), t) for h, t in zip(grid.rows[row - 2], grid.rows[row - 1], strict=True) if t.strip()]
    dated = [t for role, t in above if role == "period"]
    headed = all(h.strip() for h, t in zip(grid.rows[row - 2], grid.rows[row - 1], strict=True) if t.strip())
    return headed and bool(dated) and all(map(is_period, dated))


def _each_named(grid: Grid, row: int) -> bool:
    """Whether each cell of a long row has a name of its own above it, a column for each thing said of a figure."""
    if row < 2 or len(grid.rows[row - 1]) < _LONG:
        return False
    pairs = [(name.strip(), t) for name, t in zip(grid.rows[row - 2], grid.rows[row - 1], strict=True)]
    names = [name for name, _ in pairs if name]
    return (
        all(name for name, t in pairs if t.strip())
        and len(set(names)) == len(names) >= _LONG
        and not any(is_figure(name) or _names_period(name) for name in names)
    )


def _in_order(texts: Sequence[str]) -> bool:
    """Whether the years among the texts run one after another, forwards or back: a row of headings."""
    years = [int(t) for t in texts if _is_year(t)]
    steps = {b - a for a, b in itertools.pairwise(years)}
    return len(steps) == 1 and abs(steps.pop()) == 1


def metadata_rows(grid: Grid, rows: Sequence[int]) -> int:
    """How many of the rows state a fact about each series."""
    return sum(bool(metadata_key(grid.rows[r - 1][0])) for r in rows)


def first_dated(grid: Grid, first: int) -> int:
    """The row from which the first column gives periods, where rows of facts about the series stand above; or 0.

    Where we do not know the facts' names (Libellé, idBank), nothing but periods may stand below.
    """
    figured = (r for r in range(first, len(grid.rows) + 1) if has_figure(grid, r))
    begin, known = 0, _has_facts(grid, first)
    for row in figured:
        said = grid.rows[row - 1][0].strip()
        if is_period(said):
            begin = row
            break
        known = known and (not said or bool(metadata_key(said)) or said.endswith((":", "：")))
        if not known and row - first > 5:
            return 0
    if begin in (0, first):
        return 0
    late = dated = 1
    for row in figured:
        late += 1
        dated += is_period(grid.rows[row - 1][0])
    if not known and (dated < 6 or dated < late):
        return 0
    return begin if dated >= 2 and dated >= 0.8 * late else 0


def _has_facts(grid: Grid, row: int) -> bool:
    """Whether facts about the series stand above a row or in it: Max and Mean alone are rows of figures."""
    return any(metadata_key(grid.rows[r - 1][0]) in ("unit", "other") for r in range(1, row + 1))


def is_section(grid: Grid, row: int, first: int) -> bool:
    """Whether a row under complete headings names a part of the table: words, none of them above a column of figures.

    `first` is the first row of figures; a row that names a column (Region) belongs to the headings.
    """
    columns = [c for c in range(2, grid.width + 1) if is_figure(grid.text(first, c), (first, c) in grid.native)]
    if row < 2 or not columns or any(grid.text(row, c).strip() for c in columns):
        return False
    corner = grid.text(row - 1, 1).strip()
    above = all(grid.text(row - 1, c).strip() for c in columns) and corner and not metadata_key(corner)
    return bool(above) and not any(role_word(t) for t in grid.rows[row - 1] if t.strip())


def begins_another(grid: Grid, row: int) -> bool:
    """Whether headings stand here again, under figures: the name of a column and periods, or a table's number."""
    head = next((t for t in grid.rows[row - 1] if t.strip()), "").strip()
    if not _may_begin(head):
        return False
    cells = [t.strip() for t in grid.rows[row - 1] if t.strip()]
    if len(cells) == 1:
        below = grid.rows[row] if row < len(grid.rows) else ()
        return bool(_TABLE.match(head)) and sum(bool(t.strip()) for t in below) != 1
    if is_period(head) or not role_word(head) or not all(any(sign.isdigit() for sign in t) for t in cells[1:]):
        return False
    others = [read_heading(t) for t in cells[1:]]
    return all(h.period and not h.name for h in others) and not any(
        (row, c) in grid.native and not _is_year(t) for c, t in enumerate(grid.rows[row - 1], 1)
    )


def headed_anew(grid: Grid, rows: Sequence[int], header: Sequence[int]) -> int:
    """The first of the rows that says the headings again but for some of them, over other figures; or 0.

    All of them again are only those of the next page. The first of them with other words beside it is enough.
    """
    for head in header:
        names = {c: t.strip() for c, t in enumerate(grid.rows[head - 1]) if re.search(r"[^\W\d_]", t)}
        first = min(names, default=None)
        if first is None or len(names) < 3:
            continue
        for row in rows:
            if grid.rows[row - 1][first].strip() == names[first]:
                same = sum(grid.rows[row - 1][c].strip() == name for c, name in names.items())
                pairs = zip(grid.rows[row - 1], grid.rows[head - 1], strict=True)
                other = any(re.search(r"[^\W\d_]{2}", t) and t.strip() != name.strip() for t, name in pairs)
                anew = first == 0 and bool(role_word(names[0])) and other
                enough = len(names) > same >= max(2, 0.5 * len(names))
                if (enough or anew) and not has_figure(grid, row):
                    return row
    return 0


@lru_cache(maxsize=50_000)
def _may_begin(head: str) -> bool:
    return bool(_TABLE.match(head)) or (not is_period(head) and bool(role_word(head)))


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", text.strip()))
