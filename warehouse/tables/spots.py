"""Every cell of the value columns and what it is about, still in the table's own words.

A label, a place, a period and a flag are each read once, however many cells they stand beside.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import accumulate, chain
from typing import TypeVar

import numpy as np

from warehouse.coded import Coded, Ints, coded, crossed, together
from warehouse.tables.cells import plain
from warehouse.tables.date_spans import dated_by_both, ends_span
from warehouse.tables.eras import continued
from warehouse.tables.grid import Grid
from warehouse.tables.heads import Head
from warehouse.tables.layout import filled, heads_of, section_above, side_by_side, tidy, units_beside
from warehouse.tables.mapping import Mapping
from warehouse.tables.own_years import own_years
from warehouse.tables.parent_rows import with_owners, with_parents
from warehouse.tables.periods import period_of, twelve_months
from warehouse.tables.row_words import (
    Topic,
    in_their_years,
    month_of,
    months_of_labels,
    own_words,
    period_said,
    spelled_out,
    topic_of,
    with_totals,
)
from warehouse.tables.spotted import Spots, When
from warehouse.tables.two_years import begins_next

_BESIDE = ("indicator", "entity", "period", "month", "unit", "multiplier", "part", "definition")
"""The roles of columns that say what a row is about."""
Lines = dict[str, list[Coded[str]]]
"""What the columns of each role say, row by row."""
Block = tuple[list[int], list[Head], Lines]
"""Some of the columns of figures, what stands above them, and what the rows say of them."""
T = TypeVar("T", bound=Hashable)


def spots(grid: Grid, mapping: Mapping, *, rows: int = 0) -> Spots:
    """Every cell of the value columns from the first row to the last, gaps too; section rows give none.

    `rows` limits how many rows are looked at; 0 means all.
    """
    values = mapping.having("value")
    heads = heads_of(grid, mapping)
    first = max(mapping.first_row, 1)
    last = min(mapping.last_row or len(grid.rows), len(grid.rows))
    span = range(first, min(last, first + rows - 1 if rows else last) + 1)
    carried = {*mapping.fill_down, *(mapping.having("period") if mapping.having("month") else ())}
    beside = {role: [_beside(grid, span, c, c in carried) for c in mapping.having(role)] for role in _BESIDE}
    text = coded(chain.from_iterable(zip(*(_column(grid, span, c) for c in values), strict=True)))
    named = beside["indicator"][:1] if not (beside["month"] or beside["period"]) else []
    beside["month"] += [told for column in named if (told := months_of_labels(column))]
    beside["month"] = [with_totals(column, text, len(values)) for column in beside["month"]]
    beside["period"] = _periods(grid, mapping, beside["period"])
    if mapping.places and values:
        beside |= with_owners(beside, text, len(values))
    elif mapping.parents and values:
        beside |= with_parents(beside, text, len(values))
    sections, names = _sections(text, beside, len(span), len(values))
    kept = np.delete(np.arange(len(span)), sections)
    section = coded(accumulate((section_above(grid, mapping), *names), _still_open))
    under = Coded(section.codes[np.searchsorted(sections, kept)], section.values)
    lines = {role: [column.picked(kept) for column in columns] for role, columns in beside.items()}
    exponent = _first_said(lines["multiplier"], len(kept))
    if not mapping.sections:
        under = under.turned(lambda _: "")
    blocks = _blocks(side_by_side(grid, mapping), mapping, heads, lines)
    places = np.array([(r, c) in grid.native for r in (kept + first).tolist() for c in values] if grid.native else [])
    return Spots(
        rows=np.repeat(kept + first, len(values)),
        columns=np.tile(np.array(values, dtype=np.int64), len(kept)),
        text=Coded(text.codes.reshape(len(span), len(values))[kept].ravel(), text.values),
        native=places.astype(bool) if grid.native else np.zeros(len(kept) * len(values), dtype=bool),
        topic=_by_block(blocks, len(kept), lambda own, above: _topics(own, under, above, mapping)),
        entity=_by_block(blocks, len(kept), lambda own, above: _owners(own["entity"], above, mapping, len(kept))),
        when=_by_block(blocks, len(kept), lambda own, above: _whens(own, above, mapping, len(kept))),
        flag=_flags(grid, span, kept, heads),
        exponent=Coded(np.repeat(exponent.codes, len(values)), exponent.values).turned(str.strip),
        headings={c: head.heading for c, head in zip(values, heads, strict=True)},
    )


def _column(grid: Grid, span: range, column: int) -> Sequence[str]:
    if not 1 <= column <= grid.width:
        return [""] * len(span)
    return [cells[column - 1] for cells in grid.rows[span.start - 1 : span.stop - 1]]


def _beside(grid: Grid, span: range, column: int, carried: bool) -> Coded[str]:
    """What a column of labels says; a blank of a merged cell, or of one that is carried down, says what is above."""
    texts = _column(grid, span, column)
    if grid.merged:
        texts = [t or filled(grid, row, column) for row, t in zip(span, texts, strict=True)]
    if carried:
        texts = list(accumulate(texts, lambda above, t: t.strip() or above, initial=""))[1:]
    return coded(texts)


def _periods(grid: Grid, mapping: Mapping, columns: Sequence[Coded[str]]) -> list[Coded[str]]:
    """Columns of periods in words that leave no doubt, as far as the table says what its years are."""
    own = own_years(grid, mapping)
    heads = [" ".join(filled(grid, row, at) for row in mapping.header_rows) for at in mapping.having("period")]
    columns = [continued(column) for column in columns]
    told = [own.spelled(column.values, head) for column, head in zip(columns, heads, strict=True)]
    spelled = [coded(texts).spread(column.codes) for column, texts in zip(columns, told, strict=True)]
    whole = [in_their_years(spelled_out(column)) for column in spelled]
    if len(whole) != 2 or heads[0] == heads[1]:
        return whole
    at = (1, 0) if ends_span(heads[1], heads[0]) else (0, 1)
    return [dated_by_both(whole[at[0]], whole[at[1]], (heads[at[0]], heads[at[1]]))]


def _sections(text: Coded[str], beside: dict[str, list[Coded[str]]], rows: int, width: int) -> tuple[Ints, list[str]]:
    """The rows without a figure and with at most one label, and the section that each of them leaves open."""
    blank = np.array([not t.strip() for t in text.values], dtype=bool)
    empty = blank[text.codes].reshape(rows, width).all(axis=1) if width and rows else np.ones(rows, dtype=bool)
    found: list[int] = []
    names: list[str] = []
    for row in np.flatnonzero(empty).tolist():
        if len({column[row].strip() for columns in beside.values() for column in columns} - {""}) < 2:
            told = (column[row] for role in ("indicator", "entity", "part") for column in beside[role])
            found.append(row)
            names.append(tidy(next((t for t in told if t.strip()), "")))
    return np.array(found, dtype=np.int64), names


def _still_open(section: str, name: str) -> str:
    return name or section


def _first_said(columns: Sequence[Coded[str]], rows: int) -> Coded[str]:
    """Of several columns of one role, what the first of them says that says anything."""
    if len(columns) == 1:
        return columns[0].turned(lambda text: text if text.strip() else "")
    codes, firsts = together([column.codes for column in columns], rows)
    return Coded(codes, tuple(firsts.tolist())).turned(
        lambda row: next((column[row] for column in columns if column[row].strip()), "")
    )


def _blocks(beside: dict[str, list[int]], mapping: Mapping, heads: list[Head], lines: Lines) -> list[Block]:
    """The columns of figures; where labels come again beside them, those that share the labels left of them."""
    found: dict[tuple[int | None, ...], list[int]] = {}
    units = units_beside(mapping)
    for at, column in enumerate(mapping.having("value")):
        own = [max((n for n, c in enumerate(again) if c < column), default=0) for again in beside.values()]
        found.setdefault((*own, units.get(column)), []).append(at)
    roles = (*beside, *(("unit",) if units else ()))
    return [
        (
            columns,
            [heads[at] for at in columns],
            {**lines, **{role: [lines[role][n]] if n is not None else [] for role, n in zip(roles, own, strict=False)}},
        )
        for own, columns in found.items()
    ]


def _by_block(blocks: list[Block], rows: int, make: Callable[[Lines, list[Head]], Coded[T]]) -> Coded[T]:
    """What `make` gives of the rows with the columns of each block, put beside each other."""
    if len(blocks) == 1:
        return make(blocks[0][2], blocks[0][1])
    codes: Ints = np.zeros((rows, sum(len(columns) for columns, _, _ in blocks)), dtype=np.int64)
    values: list[T] = []
    for columns, heads, lines in blocks:
        part = make(lines, heads)
        codes[:, columns] = part.codes.reshape(rows, len(columns)) + len(values)
        values += part.values
    return coded(values).spread(codes.ravel())


def _topics(lines: Lines, section: Coded[str], heads: list[Head], mapping: Mapping) -> Coded[Topic]:
    rows = len(section)
    month = _first_said(lines["month"], rows).turned(bool)
    finer = _first_said(lines["period"], rows).turned(_within_a_year)
    used = [column for role in ("indicator", "unit", "part") for column in lines[role]]
    codes, firsts = together([*(column.codes for column in used), month.codes, finer.codes, section.codes], rows)
    above = coded((head.names, head.unit) for head in heads)
    kinds = dict(zip(above.codes.tolist(), heads, strict=True))
    alone = [month_of(kinds[i], "")[1] for i in range(len(kinds))]
    made = []
    for row in firsts.tolist():
        labels = {role: [column[row] for column in lines[role]] for role in ("indicator", "unit", "part")}
        own = own_words(labels, section[row])
        made.append([
            topic_of(own, kinds[i], kinds[i].names if month[row] or finer[row] else alone[i], mapping)
            for i in range(len(kinds))
        ])  # fmt: skip
    return crossed(codes, above.codes, made)


def _within_a_year(text: str) -> bool:
    """Whether a row says a part of one year: a heading that looks like a month (MRT, in Dutch) is then a name."""
    period = period_of(text)
    return period is not None and not twelve_months(period)


def _owners(columns: list[Coded[str]], heads: list[Head], mapping: Mapping, rows: int) -> Coded[str]:
    own = _first_said(columns, rows).turned(tidy)
    above = coded(head.entity for head in heads)
    default = mapping.defaults.get("entity", "")
    return crossed(own.codes, above.codes, [[o or a or default for a in above.values] for o in own.values])


def _whens(lines: Lines, heads: list[Head], mapping: Mapping, rows: int) -> Coded[When]:
    text, month = (_first_said(lines[role], rows) for role in ("period", "month"))
    codes, firsts = together([text.codes, month.codes], rows)
    above = coded((h.names, h.period, h.period_text, h.vague, h.dates, h.years_back) for h in heads)
    kinds = dict(zip(above.codes.tolist(), heads, strict=True))
    made = []
    for row in firsts.tolist():
        said = [period_said(text[row], month[row], kinds[i], mapping) for i in range(len(kinds))]
        vague = begins_next(plain(text[row]).removeprefix("FY"))
        made.append([When(p, words, p is None and (vague or kinds[i].vague)) for i, (p, words) in enumerate(said)])
    return crossed(codes, above.codes, made)


def _flags(grid: Grid, span: range, kept: Ints, heads: list[Head]) -> Coded[str]:
    columns = coded(head.flag_column for head in heads)
    told = coded(chain.from_iterable(_column(grid, span, c) for c in columns.values)).turned(str.strip)
    by_column = told.codes.reshape(len(columns.values), len(span))
    return Coded(by_column[columns.codes][:, kept].T.ravel(), told.values)
