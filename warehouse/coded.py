"""A column whose values repeat: each distinct value once, and beside it a number a row saying which one stands there.

Knows arrays of numbers and nothing of tables, figures or files.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
T = TypeVar("T", bound=Hashable)
U = TypeVar("U", bound=Hashable)
V = TypeVar("V", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Coded(Generic[T]):
    """Row i says `values[codes[i]]`; the values are distinct."""

    codes: Ints
    values: tuple[T, ...]

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> T:
        return self.values[int(self.codes[row])]

    def spread(self, rows: Ints) -> Coded[T]:
        """The same column of rows in any order, each as often as it is named."""
        return Coded(self.codes[rows], self.values)

    def picked(self, rows: Ints | Bools) -> Coded[T]:
        """The same column of some of the rows."""
        codes = self.codes[rows]
        used = np.flatnonzero(np.bincount(codes, minlength=len(self.values)))
        if len(used) == len(self.values):
            return Coded(codes, self.values)
        renumbered: Ints = np.zeros(len(self.values), dtype=np.int64)
        renumbered[used] = np.arange(len(used))
        return Coded(renumbered[codes], tuple(self.values[i] for i in used.tolist()))

    def told(self) -> list[tuple[T, int]]:
        """Each value that occurs and the first row that says it, in the order in which the rows say them."""
        codes, rows = np.unique(self.codes, return_index=True)
        order = np.argsort(rows)
        return [(self.values[codes[i]], int(rows[i])) for i in order]

    def where(self, test: Callable[[T], bool]) -> Bools:
        """Which rows say a value that passes the test."""
        passed = np.array([test(value) for value in self.values], dtype=bool)
        return np.asarray(passed[self.codes], dtype=bool)

    def turned(self, make: Callable[[T], U]) -> Coded[U]:
        """The column of what `make` gives of each value; values that turn out the same become one."""
        return coded(make(value) for value in self.values).spread(self.codes)


def coded(texts: Iterable[T]) -> Coded[T]:
    """A column of the values as they come."""
    known: dict[T, int] = {}
    codes = [known.setdefault(text, len(known)) for text in texts]
    return Coded(np.array(codes, dtype=np.int64), tuple(known))


def crossed(rows: Ints, columns: Ints, made: Sequence[Sequence[T]]) -> Coded[T]:
    """Of every row with every column, row by row: `made[rows[i]][columns[j]]`."""
    width = len(made[0]) if made else 1
    codes = (rows[:, None] * width + columns[None, :]).ravel()
    return coded(value for line in made for value in line).spread(codes)


def together(columns: Sequence[Ints], rows: int) -> tuple[Ints, Ints]:
    """One code for each combination of codes that occurs, and the first row in which each of them does."""
    whole: Ints = np.zeros(rows, dtype=np.int64)
    firsts: Ints = np.zeros(min(rows, 1), dtype=np.int64)
    for codes in columns:
        many = int(codes.max(initial=0)) + 1
        if many > 1:
            _, firsts, whole = np.unique(whole * many + codes, return_index=True, return_inverse=True)
    return whole, firsts


def paired(first: Coded[T], second: Coded[U], make: Callable[[T, U], V]) -> Coded[V]:
    """The column of what `make` gives of two columns' values, asked once for each pair that occurs."""
    codes, rows = together([first.codes, second.codes], len(first))
    return coded(make(first[row], second[row]) for row in rows.tolist()).spread(codes)
