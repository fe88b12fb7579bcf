"""Every cell of the value columns and what it is about, still in the table's own words.

A label, a place, a period and a flag are each read once, however many cells they stand beside: a million cells are a
few columns of numbers, and a `Spot` is made of a cell when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain
from typing import overload

import numpy as np

from warehouse.coded import Bools, Coded, Ints, coded, crossed, together
from warehouse.tables.grid import Grid
from warehouse.tables.headings import Period, Unit, unit_of
from warehouse.tables.layout import Head, filled, head_of, month_of, own_words, period_said, section_above, tidy
from warehouse.tables.mapping import Mapping

_BESIDE = ("indicator", "entity", "period", "month", "unit", "multiplier", "part", "definition")
"""The roles of columns that say what a row is about."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a cell counts: `label` has the unit in square brackets where row or heading states one."""

    label: str
    unit: Unit | None


@dataclass(frozen=True, slots=True)
class When:
    """The period of a cell, the words that name it, and whether they name several years."""

    period: Period | None
    text: str
    vague: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One cell of a value column and what it is about."""

    row: int
    column: int
    text: str
    native: bool
    topic: Topic
    entity: str
    when: When
    flag: str
    exponent: str
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spots(Sequence[Spot]):
    """The cells in the order in which they are read, row by row."""

    rows: Ints
    columns: Ints
    text: Coded[str]
    native: Bools
    topic: Coded[Topic]
    entity: Coded[str]
    when: Coded[When]
    flag: Coded[str]
    exponent: Coded[str]
    headings: dict[int, str]

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, at: int) -> Spot: ...
    @overload
    def __getitem__(self, at: slice) -> list[Spot]: ...
    def __getitem__(self, at: int | slice) -> Spot | list[Spot]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        if at >= len(self):
            raise IndexError(at)
        column = int(self.columns[at])
        return Spot(
            row=int(self.rows[at]),
            column=column,
            text=self.text[at],
            native=bool(self.native[at]),
            topic=self.topic[at],
            entity=self.entity[at],
            when=self.when[at],
            flag=self.flag[at],
            exponent=self.exponent[at],
            heading=self.headings[column],
        )

    def picked(self, which: Bools) -> Spots:
        """Some of the cells."""
        coded = ("text", "topic", "entity", "when", "flag", "exponent")
        plain = ("rows", "columns", "native")
        return replace(
            self,
            **{name: getattr(self, name).picked(which) for name in coded},
            **{name: getattr(self, name)[which] for name in plain},
        )

    def topics(self) -> list[tuple[Topic, int]]:
        """One topic a label, in the order of the table, and the first cell it stands beside."""
        first: dict[str, tuple[Topic, int]] = {}
        for topic, at in self.topic.told():
            first.setdefault(topic.label, (topic, at))
        return list(first.values())


def spots(grid: Grid, mapping: Mapping, *, rows: int = 0) -> Spots:
    """Every cell of the value columns from the first row to the last, gaps too; section rows give none.

    `rows` limits how many rows are looked at; 0 means all.
    """
    values = mapping.having("value")
    heads = [head_of(grid, mapping, c, values) for c in values]
    first = max(mapping.first_row, 1)
    last = min(mapping.last_row or len(grid.rows), len(grid.rows))
    span = range(first, min(last, first + rows - 1 if rows else last) + 1)
    carried = {*mapping.fill_down, *(mapping.having("period") if mapping.having("month") else ())}
    beside = {role: [_beside(grid, span, c, c in carried) for c in mapping.having(role)] for role in _BESIDE}
    text = coded(chain.from_iterable(zip(*(_column(grid, span, c) for c in values), strict=True)))
    sections, names = _sections(text, beside, len(span), len(values))
    kept = np.delete(np.arange(len(span)), sections)
    section = coded(accumulate((section_above(grid, mapping), *names), _still_open))
    under = Coded(section.codes[np.searchsorted(sections, kept)], section.values)
    lines = {role: [column.picked(kept) for column in columns] for role, columns in beside.items()}
    exponent = _first_said(lines["multiplier"], len(kept))
    places = np.array([(r, c) in grid.native for r in (kept + first).tolist() for c in values] if grid.native else [])
    return Spots(
        rows=np.repeat(kept + first, len(values)),
        columns=np.tile(np.array(values, dtype=np.int64), len(kept)),
        text=Coded(text.codes.reshape(len(span), len(values))[kept].ravel(), text.values),
        native=places.astype(bool) if grid.native else np.zeros(len(kept) * len(values), dtype=bool),
        topic=_topics(lines, under if mapping.sections else under.turned(lambda _: ""), heads, mapping),
        entity=_owners(lines["entity"], heads, mapping, len(kept)),
        when=_whens(lines, heads, mapping, len(kept)),
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


def _topics(
    lines: dict[str, list[Coded[str]]], section: Coded[str], heads: list[Head], mapping: Mapping
) -> Coded[Topic]:
    rows = len(section)
    month = _first_said(lines["month"], rows).turned(bool)
    used = [column for role in ("indicator", "unit", "part") for column in lines[role]]
    codes, firsts = together([*(column.codes for column in used), month.codes, section.codes], rows)
    above = coded((head.names, month_of(head, "")[1], head.unit) for head in heads)
    made = []
    for row in firsts.tolist():
        labels = {role: [column[row] for column in lines[role]] for role in ("indicator", "unit", "part")}
        words, unit = own_words(labels, section[row])
        made.append([
            _topic((*words, *(names if month[row] else alone)), unit or head_unit, mapping)
            for names, alone, head_unit in above.values
        ])  # fmt: skip
    return crossed(codes, above.codes, made)


def _topic(words: tuple[str, ...], unit: Unit | None, mapping: Mapping) -> Topic:
    label = " / ".join(w for w in words if w) or mapping.defaults.get("indicator", "")
    if unit and unit.printed:
        label = f"{label} [{unit.printed}]"
    given = mapping.defaults.get("unit")
    return Topic(label, unit or (unit_of(given) if given else None))


def _owners(columns: list[Coded[str]], heads: list[Head], mapping: Mapping, rows: int) -> Coded[str]:
    own = _first_said(columns, rows).turned(tidy)
    above = coded(head.entity for head in heads)
    default = mapping.defaults.get("entity", "")
    return crossed(own.codes, above.codes, [[o or a or default for a in above.values] for o in own.values])


def _whens(lines: dict[str, list[Coded[str]]], heads: list[Head], mapping: Mapping, rows: int) -> Coded[When]:
    text, month = (_first_said(lines[role], rows) for role in ("period", "month"))
    codes, firsts = together([text.codes, month.codes], rows)
    above = coded((h.names, h.period, h.period_text, h.vague) for h in heads)
    kinds = dict(zip(above.codes.tolist(), heads, strict=True))
    made = []
    for row in firsts.tolist():
        said = [period_said(text[row], month[row], kinds[i], mapping) for i in range(len(kinds))]
        made.append([When(p, words, kinds[i].vague and p is None) for i, (p, words) in enumerate(said)])
    return crossed(codes, above.codes, made)


def _flags(grid: Grid, span: range, kept: Ints, heads: list[Head]) -> Coded[str]:
    columns = coded(head.flag_column for head in heads)
    told = coded(chain.from_iterable(_column(grid, span, c) for c in columns.values)).turned(str.strip)
    by_column = told.codes.reshape(len(columns.values), len(span))
    return Coded(by_column[columns.codes][:, kept].T.ravel(), told.values)
