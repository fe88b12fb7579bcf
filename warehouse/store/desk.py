"""What the steward explained, what another warehouse knew when, and what rests on a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from warehouse.records import Text
from warehouse.store.proof import Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a finding of the audit is no fault, and who says so."""

    finding: str
    reason: Text
    author: str


class Desk(Proof):
    """The steward's own records, and the proof over everybody's."""

    def explanations(self) -> dict[str, Explanation]:
        """Finding -> the latest explanation of it."""
        rows = self._latest("explanation", "finding, reason_en, reason_zh, author", "finding")
        return {f: Explanation(finding=f, reason=Text(en=en, zh=zh), author=by) for f, en, zh, by in rows}

    def append_explanations(self, explanations: Sequence[Explanation], *, author: str) -> None:
        """Record why findings are no faults, in one transaction."""
        rows = [
            {"finding": e.finding, "reason_en": e.reason.en, "reason_zh": e.reason.zh, "author": e.author}
            for e in explanations
        ]
        self._append({"explanation": rows}, author=author, action="explain", detail=f"{len(rows)} findings")

    def carried(self) -> dict[str, datetime]:
        """Id of a figure that came from another warehouse -> when that one had learnt it (UTC)."""
        return {str(i): when for i, when in self._execute("SELECT observation, min(recorded) FROM carried GROUP BY 1")}

    def figures_by_entry(self) -> dict[int, int]:
        """Number of the journal's entry -> how many figures it brought."""
        return {int(e): int(n) for e, n in self._execute("SELECT entry, count(*) FROM observation GROUP BY entry")}

    def head(self) -> str:
        """The head of the chain: one word that stands for everything the warehouse holds."""
        rows = self._execute("SELECT head FROM journal ORDER BY seq DESC LIMIT 1")
        return str(rows[0][0]) if rows else ""

    def frozen_on(self, indicator: str, entity: str, definition: str, published: date) -> list[tuple[str, str]]:
        """The projections frozen on a figure: the id of each, its model and the day it was made on."""
        frozen = self._execute(
            "SELECT id, model || ', ' || origin FROM frozen WHERE indicator = $indicator AND entity = $entity"
            " AND origin >= $published AND (definition = $definition OR list_contains(definitions, $definition))"
            " ORDER BY entry",
            {"indicator": indicator, "entity": entity, "published": published, "definition": definition},
        )
        return [(str(i), str(w)) for i, w in frozen]
