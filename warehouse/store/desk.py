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

    def resting(self, indicator: str, entity: str, definition: str, published: date) -> list[tuple[str, str, str]]:
        """What other groups of tables built on a figure: ("target" or "frozen", its id, what it says)."""
        about = {"indicator": indicator, "entity": entity}
        targets = self._execute(
            "SELECT id, kind || ' ' || coalesce(low::VARCHAR, '') || ' ' || coalesce(high::VARCHAR, '') || ', ' || due"
            " FROM target t WHERE indicator = $indicator AND entity = $entity AND action = 'set'"
            " AND NOT EXISTS (SELECT 1 FROM target r WHERE r.supersedes = t.id) ORDER BY entry",
            about,
        )
        frozen = self._execute(
            "SELECT id, model || ', ' || origin FROM frozen WHERE indicator = $indicator AND entity = $entity"
            " AND origin >= $published AND (definition = $definition OR list_contains(definitions, $definition))"
            " ORDER BY entry",
            {**about, "published": published, "definition": definition},
        )
        return [("target", str(i), str(w)) for i, w in targets] + [("frozen", str(i), str(w)) for i, w in frozen]
