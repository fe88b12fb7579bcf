"""What may be asked of very many figures without reading them all: counted, picked and compared by the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from warehouse.catalogue import Catalogue
from warehouse.records import Known, Observation
from warehouse.rows import OBSERVATION_FIELDS, known_from
from warehouse.store.file import translated
from warehouse.store.journal import Journal, question

BATCH = 10_000
"""Rows that leave the database at a time."""
MEMORY = "1400MB"
"""What DuckDB may hold while it asks something of every row; more goes to a temporary file beside the warehouse."""


class Asking(Journal):
    """An open warehouse that answers about few of many figures."""

    def overview(self) -> tuple[int, int]:
        """How many indicators have figures, and how many figures stand."""
        self._stand()
        indicators, figures = self._execute(question("overview"))[0]
        return int(indicators), int(figures)

    def series_counts(self, catalogue: Catalogue) -> list[tuple[str, str, int, date]]:
        """(indicator, entity, statements, last day that one describes) of every series with a figure that stands."""
        self._word(catalogue)
        return [(str(i), str(e), int(n), day) for i, e, n, day in self._execute(question("series_counts"))]

    def source_counts(self) -> dict[str, int]:
        """Source -> how many of its figures stand."""
        self._stand()
        rows = self._execute("SELECT source, count(*) FROM standing WHERE live GROUP BY source")
        return {str(source): int(n) for source, n in rows}

    def figures(
        self,
        *,
        sources: Sequence[str] | None = None,
        ids: Sequence[str] | None = None,
        beginning: str | None = None,
        derived: bool | None = None,
    ) -> list[Known]:
        """The figures of some sources, with some ids, with an id that begins so, or (not) derived from others.

        In the order of `observations`; what is None does not matter.
        """
        self._stand()
        about = {
            "sources": None if sources is None else list(sources),
            "ids": None if ids is None else list(ids),
            "beginning": beginning,
            "derived": derived,
        }
        return list(self._known("chosen_figures", about))

    def figures_at(self, places: Sequence[Observation]) -> list[Known]:
        """Every figure about the same indicator, entity and period as one of `places`."""
        if not places:
            return []
        self._stand()
        about = {
            "indicators": [o.indicator for o in places],
            "entities": [o.entity for o in places],
            "starts": [o.period_start for o in places],
            "ends": [o.period_end for o in places],
        }
        return list(self._known("figures_at", about))

    def figure_rows(
        self, indicator: str | None, entity: str | None, *, as_of: date | None, superseded: bool
    ) -> Iterator[list[tuple[Any, ...]]]:
        """What `observations` gives, as rows a batch at a time: the fields, when recorded, what replaced it.

        Without `superseded` only the figures that stand.
        """
        action = OBSERVATION_FIELDS.index("action")
        about = {"indicator": indicator, "entity": entity, "as_of": as_of, "as_recorded": None}
        rows = self._rows(question("observations"), about)
        while batch := list(islice(rows, BATCH)):
            kept = [row for row in batch if superseded or (not row[-1] and row[action] != "retract")]
            if kept:
                yield kept

    def compared(self, first: str, second: str) -> list[Known]:
        """The stated figures of two sources that a comparison of them rests on."""
        self._stand()
        return list(self._known("compared", {"sources": [first, second]}))

    def _stand(self) -> None:
        """Let questions speak of `standing`: every figure with what replaced it."""
        self._execute(question("standing"))

    def _word(self, catalogue: Catalogue) -> None:
        """Let questions speak of `worded`: the standing figures with the first of the wordings joined with theirs."""
        self._stand()
        joined = catalogue.wordings()
        self._execute(
            "CREATE OR REPLACE TEMP TABLE wording AS SELECT unnest($i::VARCHAR[]) AS indicator,"
            " unnest($d::VARCHAR[]) AS definition, unnest($f::VARCHAR[]) AS first_slug",
            {"i": [j[0] for j in joined], "d": [j[1] for j in joined], "f": [j[2] for j in joined]},
        )
        self._execute(question("worded"))

    def _known(self, name: str, about: Mapping[str, Any] | None = None) -> Iterator[Known]:
        for row in self._rows(question(name), about):
            yield known_from(row)

    def _rows(self, sql: str, about: Mapping[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
        """The rows of an answer, some at a time; nothing else may be asked of this connection before the last one."""
        with translated(self.path):
            cursor = self._connection.execute(sql, dict(about)) if about else self._connection.execute(sql)
            while batch := cursor.fetchmany(BATCH):
                yield from batch
