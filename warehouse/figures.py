"""The figures of one source as columns; a record is made of one when somebody asks for it.

Knows what a figure is and how the repeated parts of many are kept once. Knows neither tables nor SQL. Whoever makes
`Figures` has checked what `records.Observation` checks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import isnan
from typing import overload

import numpy as np

from warehouse.coded import Bools, Coded, Floats, Ints
from warehouse.records import Observation, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What figures count, under which wording, and the words of the table that say so."""

    indicator: str
    definition: str
    measure: str
    phrase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days that figures describe, on what basis, and the days that bracket a stock."""

    start: date
    end: date
    basis: str
    as_of_low: date | None = None
    as_of_high: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a figure is said: its qualifier, its nature, and what its marks mean."""

    qualifier: str
    nature: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures(Sequence[Observation]):
    """Figure i is row i of every column; `nan` stands for an open bound. `elsewhere` has the locator of a figure that
    stands in several cells, `place` is the table's name in all others."""

    source: Source
    about: Coded[About]
    entity: Coded[str]
    days: Coded[Days]
    standing: Coded[Standing]
    stated: Coded[str]
    value: Floats
    low: Floats
    high: Floats
    place: str
    row: Ints
    column: Coded[str]
    number: Ints
    elsewhere: dict[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.value)

    @overload
    def __getitem__(self, at: int) -> Observation: ...
    @overload
    def __getitem__(self, at: slice) -> Figures: ...
    def __getitem__(self, at: int | slice) -> Observation | Figures:
        if isinstance(at, slice):
            return self.picked(np.arange(*at.indices(len(self)), dtype=np.int64))
        if at >= len(self):
            raise IndexError(at)
        about, days, standing = self.about[at], self.days[at], self.standing[at]
        low, high = float(self.low[at]), float(self.high[at])
        return Observation(
            indicator=about.indicator,
            entity=self.entity[at],
            definition=about.definition,
            period_start=days.start,
            period_end=days.end,
            value=float(self.value[at]),
            low=None if isnan(low) else low,
            high=None if isnan(high) else high,
            as_stated=self.stated[at],
            source=self.source.id,
            published=self.source.published,
            qualifier=standing.qualifier,
            nature=standing.nature,
            measure=about.measure,
            basis=days.basis,
            as_of_low=days.as_of_low,
            as_of_high=days.as_of_high,
            locator=self.elsewhere.get(int(self.number[at]), f"{self.place}!{self.column[at]}{self.row[at]}"),
            phrase=about.phrase,
            note=standing.note,
        )

    def picked(self, rows: Ints | Bools) -> Figures:
        """Some of the figures."""
        coded = ("about", "entity", "days", "standing", "stated", "column")
        plain = ("value", "low", "high", "row", "number")
        return replace(
            self,
            **{name: getattr(self, name).picked(rows) for name in coded},
            **{name: getattr(self, name)[rows] for name in plain},
        )
