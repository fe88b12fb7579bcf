"""Cells of a table and what each is about, in the table's own words: a million are a few columns of numbers.

A `Spot` is made of a cell when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import overload

import numpy as np

from warehouse.coded import Bools, Coded, Ints
from warehouse.tables.row_words import Topic
from warehouse.tables.year_parts import Period


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

    def picked(self, which: Bools | Ints) -> Spots:
        """Some of the cells."""
        coded = ("text", "topic", "entity", "when", "flag", "exponent")
        plain = ("rows", "columns", "native")
        return replace(
            self,
            **{name: getattr(self, name).picked(which) for name in coded},
            **{name: getattr(self, name)[which] for name in plain},
        )

    def topics(self) -> list[tuple[Topic, int]]:
        """One topic a label, in the order of the table, and the first cell it stands beside that is not blank.

        A label beside blanks alone is a line between others: it names no series.
        """
        said = np.flatnonzero(self.text.where(lambda text: bool(text.strip())))
        first: dict[str, tuple[Topic, int]] = {}
        for topic, at in self.topic.picked(said).told():
            first.setdefault(topic.label, (topic, int(said[at])))
        return list(first.values())
