"""The series that a model may see as they are, as columns; the others as records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warehouse.catalogue import Catalogue
from warehouse.records import Known
from warehouse.store.asking import Asking
from warehouse.store.file import translated
from warehouse.store.journal import question

if TYPE_CHECKING:
    from warehouse.coded import Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """Series as columns: points `firsts[i]` to `firsts[i + 1]` are of `names[i]` (indicator, entity), by day.

    Days are counted from 1970-01-01; a stock whose day is not stated lies between `day_low` and `day_high`.
    """

    names: tuple[tuple[str, str], ...]
    firsts: Ints
    day: Ints
    day_low: Ints
    day_high: Ints
    value: Floats
    low: Floats
    high: Floats


class PlainSeries(Asking):
    """An open warehouse that gives whole series as columns."""

    def plain(self, catalogue: Catalogue, indicators: Sequence[str]) -> Plain:
        """The series of `indicators` with several figures that need no judgement; `other_figures` gives the rest."""
        import numpy as np

        self._word(catalogue)
        self._execute(question("plain_series"), {"indicators": list(indicators)})
        self._execute(question("other_series"), {"indicators": list(indicators)})
        names = self._execute("SELECT indicator, entity FROM plain ORDER BY code")
        with translated(self.path):
            points: dict[str, Any] = self._connection.execute(question("plain_points")).fetchnumpy()
        return Plain(
            names=tuple((str(i), str(e)) for i, e in names),
            firsts=np.searchsorted(points["code"], np.arange(len(names) + 1)),
            day=np.asarray(points["day"], dtype=np.int64),
            day_low=np.asarray(points["day_low"], dtype=np.int64),
            day_high=np.asarray(points["day_high"], dtype=np.int64),
            value=np.asarray(points["value"], dtype=float),
            low=np.asarray(points["low"], dtype=float),
            high=np.asarray(points["high"], dtype=float),
        )

    def plain_names(self, points: Sequence[tuple[int, int]]) -> dict[tuple[int, int], tuple[str, str]]:
        """(Series, day) of points of the last `plain` -> id of the figure, wording of the newest one of its series."""
        about = {"codes": [code for code, _ in points], "days": [day for _, day in points]}
        rows = self._execute(question("plain_names"), about) if points else []
        return {(int(code), int(day)): (str(id), str(definition)) for code, day, id, definition in rows}

    def other_figures(self, most: int | None) -> Iterator[Known]:
        """The figures of the series that the last `plain` left out: of the smallest, up to `most`; None = all."""
        return self._known("other_figures", {"most": most})

    def others_left(self, most: int | None) -> int:
        """How many steps from one figure to the next there are in the series that `other_figures` leaves out."""
        left = self._execute("SELECT coalesce(sum(figures - 1), 0) FROM other WHERE so_far > $most", {"most": most})
        return int(left[0][0])
