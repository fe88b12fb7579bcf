"""The figures of a table as columns: which are new, what they meet in the warehouse, and how they come in.

The same ids, the same meetings and the same all-or-nothing as figure by figure, whether there are ten or a million.
Does not know where the figures come from, and loads numpy only when there are any.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warehouse.catalogue import Catalogue
from warehouse.records import Observation
from warehouse.rows import catalogue_rows, known_from, source_row
from warehouse.store.facts import Facts
from warehouse.store.file import translated
from warehouse.store.journal import TABLES, question

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from warehouse.coded import Bools
    from warehouse.figures import Figures

MEMORY = "900MB"
"""What DuckDB may hold beside the table itself; more goes to a temporary file beside the warehouse."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A new figure, by its number, and a figure of the warehouse about the same thing."""

    number: int
    held: Observation
    agrees: bool


@dataclass(frozen=True, slots=True)
class Meetings:
    """Whom the new figures of a table meet: the first of them one by one, and how many there are in all."""

    told: tuple[Meeting, ...]
    agree: int
    disagree: int


class TableLoading(Facts):
    """An open warehouse that takes the figures of a table: first `held_here`, then the others, on one connection."""

    def held_here(self, figures: Figures) -> Bools:
        """Which of the figures are in the warehouse already."""
        import numpy as np

        self._execute(f"SET memory_limit = '{MEMORY}'")
        self._show("about", figures.about.values, ("indicator", "definition", "measure", "phrase"))
        self._show("days", figures.days.values, ("start", "end", "basis", "as_of_low", "as_of_high"))
        self._show("standing", figures.standing.values, ("qualifier", "nature", "note"))
        self._bring("entity", slug=_objects(figures.entity.values))
        self._bring("text", text=_objects(figures.stated.values))
        self._bring("column", letters=_objects(figures.column.values))
        self._bring("place", name=_objects([figures.place]))
        self._bring(
            "elsewhere",
            number=np.array(list(figures.elsewhere), dtype=np.int64),
            locator=_objects(list(figures.elsewhere.values())),
        )
        self._bring(
            "figure",
            line=np.arange(len(figures)),
            about=figures.about.codes,
            entity=figures.entity.codes,
            days=figures.days.codes,
            standing=figures.standing.codes,
            stated=figures.stated.codes,
            in_column=figures.column.codes,
            in_row=figures.row,
            number=figures.number,
            value=figures.value,
            low=np.ma.masked_invalid(figures.low),
            high=np.ma.masked_invalid(figures.high),
        )
        self._execute(question("table_rows"))
        self._execute(question("table_ids"), {"source": figures.source.id})
        with translated(self.path):
            known = self._connection.execute("SELECT known FROM table_ids ORDER BY line").fetchnumpy()["known"]
        return np.asarray(known, dtype=bool)

    def meetings(self, figures: Figures, catalogue: Catalogue, most: int) -> Meetings:
        """What the new ones of the figures meet; up to `most` one by one, a contradiction in their own source first."""
        joined = catalogue.wordings()
        indicators, slugs, firsts = zip(*joined, strict=True) if joined else ((), (), ())
        self._bring("wording", indicator=_objects(indicators), definition=_objects(slugs), first_slug=_objects(firsts))
        self._execute(question("table_meetings"))
        told = self._execute(question("table_met"), {"source": figures.source.id, "most": most})
        agree, disagree = self._execute(
            "SELECT count(*) FILTER (agrees), count(*) FILTER (NOT agrees) FROM table_meetings"
        )[0]
        return Meetings(
            tuple(Meeting(int(line), known_from(tuple(row)).observation, agrees) for line, agrees, *row in told),
            int(agree),
            int(disagree),
        )

    def land_figures(self, figures: Figures, added: Catalogue, *, author: str, detail: str) -> None:
        """Write those that `held_here` found new, with the names in `added` and the source, in one transaction."""
        source = figures.source
        rows: dict[str, list[dict[str, Any]]] = catalogue_rows(added, self.catalogue())
        if source not in self.sources():
            rows["source"] = [source_row(source)]

        def write(seq: int) -> None:
            for table, new in rows.items():
                self._insert(table, new, seq)
            self._execute(
                question("table_insert"),
                {"source": source.id, "published": source.published, "author": author, "entry": seq},
            )

        filled = [table for table in TABLES if rows.get(table) or table == "observation"]
        self._append_with(write, filled, author=author, action="snapshot", detail=detail)

    def _show(self, name: str, values: Sequence[object], fields: Sequence[str]) -> None:
        columns = {f"period_{f}" if f in ("start", "end") else f: [getattr(v, f) for v in values] for f in fields}
        self._bring(name, **{field: _objects(column) for field, column in columns.items()})

    def _bring(self, table: str, **columns: npt.NDArray[Any]) -> None:
        """Let DuckDB see columns as `table_<table>`, numbered by `code`; nothing is copied."""
        import numpy as np

        rows = len(next(iter(columns.values())))
        with translated(self.path):
            self._connection.register(f"table_{table}", {"code": np.arange(rows), **columns})


def _objects(values: Sequence[object]) -> npt.NDArray[np.object_]:
    import numpy as np

    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found
