"""Which of very many figures an audit must look at: each question gives all that could be found fault with, few else.

What a fault is, `warehouse.audit` decides. Answers come a few rows at a time, so one must be read to its end before
the next is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from warehouse.catalogue import Catalogue
from warehouse.records import ACTIONS, MEASURES, NATURES, QUALIFIERS, Known
from warehouse.store.asking import MEMORY, Asking
from warehouse.store.journal import question


class Lacking(NamedTuple):
    """A figure and the `what` of it, called `name`, that the warehouse does not have."""

    id: str
    indicator: str
    what: str
    name: str


class Repeated(NamedTuple):
    """Words of a document that carry the same value for two figures."""

    source: str
    phrase: str
    first_id: str
    second_id: str
    first_indicator: str
    second_indicator: str


class Suspects(Asking):
    """An open warehouse that names the figures an audit must look at."""

    def prepare_audit(self, catalogue: Catalogue) -> None:
        """Let the questions below be asked, within bounded memory."""
        self._execute(f"SET memory_limit = '{MEMORY}'")
        self._word(catalogue)

    def check_figures(self) -> None:
        """Raise `Malformed` for the first figure that contradicts itself."""
        about = {"qualifiers": QUALIFIERS, "natures": NATURES, "measures": MEASURES, "actions": ACTIONS}
        for _ in self._known("suspect_malformed", {name: list(known) for name, known in about.items()}):
            pass

    def count_figures(self) -> int:
        """How many figures there are, standing or not."""
        return int(self._execute("SELECT count(*) FROM standing")[0][0])

    def lacking(self) -> Iterator[Lacking]:
        """Figures that name what is not there."""
        return (Lacking(*row) for row in self._rows(question("suspect_orphans")))

    def several_wordings(self) -> Iterator[Known]:
        """The newest figure of each wording, where an indicator of an entity has several."""
        return self._known("suspect_breaks")

    def overlapping(self) -> Iterator[Known]:
        """Totals that share days with others and are not all of calendar spans."""
        return self._known("suspect_overlaps")

    def disputed(self) -> Iterator[Known]:
        """Figures about one thing and period that cannot all mean one number."""
        return self._known("suspect_contradictions")

    def flagged(self) -> Iterator[Known]:
        """Figures that their source marks as a break, with earlier ones under the same wording."""
        return self._known("suspect_flagged")

    def derived(self) -> list[Known]:
        """Figures derived from others, with those others and whatever replaced them."""
        found = {k.observation.id: k for k in self.figures(derived=True)}
        wanted = {parent for k in found.values() for parent in k.observation.derived_from}
        asked = set(found)
        while lacking := sorted(wanted - asked):
            asked |= set(lacking)
            found |= {k.observation.id: k for k in self.figures(ids=lacking)}
            wanted = {k.superseded_by for k in found.values() if k.superseded_by}
        return list(found.values())

    def repeated(self, letters: int) -> Iterator[Repeated]:
        """Phrases of at least so many letters that one document uses for the same value twice."""
        folded = self._folded(letters)
        self._execute(
            "CREATE OR REPLACE TEMP TABLE folded AS"
            " SELECT unnest($phrases::VARCHAR[]) AS phrase, unnest($words::VARCHAR[]) AS words",
            {"phrases": list(folded), "words": list(folded.values())},
        )
        return (Repeated(*row) for row in self._rows(question("suspect_phrases"), {"letters": letters}))

    def _folded(self, letters: int) -> dict[str, str]:
        """The few phrases whose form without case is not what the database's `lower` makes of them."""
        rows = self._rows(
            "SELECT DISTINCT phrase, lower(phrase) FROM observation"
            " WHERE length(phrase) >= $letters AND strlen(phrase) > length(phrase)",
            {"letters": letters},
        )
        return {phrase: folded for phrase, lower in rows if (folded := phrase.casefold()) != lower}
