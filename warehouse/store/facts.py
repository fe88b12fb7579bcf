"""What may be asked of the figures, their sources and everything with a name, and how they are appended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from warehouse.catalogue import Catalogue
from warehouse.records import Comparable, DefinitionRecord, Entity, Known, Observation, Plan, Snapshot, Source, Text
from warehouse.rows import (
    SOURCE_FIELDS,
    by_publication,
    catalogue_rows,
    indicator_from,
    known_from,
    observation_row,
    source_row,
)
from warehouse.store.journal import Journal, question


@dataclass(frozen=True, slots=True)
class Appended:
    """What an append did: the figures that are new, and those the store already had."""

    new: tuple[Observation, ...]
    known: tuple[Observation, ...]


class Facts(Journal):
    """The figures of an open warehouse."""

    def catalogue(self) -> Catalogue:
        """Everything with a name, the latest record of each."""
        aliases: dict[tuple[str, str], list[str]] = {}
        for what, alias, slug in self._execute("SELECT of_what, alias, slug FROM alias ORDER BY entry, rowid"):
            aliases.setdefault((what, slug), []).append(alias)
        entities: dict[str, Entity] = {}
        default = ""
        for slug, en, zh, parent, is_default in self._latest(
            "entity", "slug, name_en, name_zh, parent, is_default", "slug"
        ):
            names = tuple(aliases.get(("entity", slug), ()))
            entities[slug] = Entity(slug=slug, name=Text(en=en, zh=zh), parent=parent, aliases=names)
            default = slug if is_default else default
        indicators = {
            row[0]: indicator_from(row, tuple(aliases.get(("indicator", row[0]), ())))
            for row in self._latest("indicator", "* EXCLUDE (entry)", "slug")
        }
        definitions = tuple(
            DefinitionRecord(indicator=i, slug=s, text=Text(en=en, zh=zh))
            for i, s, en, zh in self._latest("definition", "* EXCLUDE (entry)", "indicator, slug")
        )
        comparables = tuple(
            Comparable(indicator=i, first=a, second=b, author=author, reason=Text(en=en, zh=zh))
            for i, a, b, author, en, zh in self._latest(
                "comparable", "* EXCLUDE (entry)", "indicator, first_slug, second_slug"
            )
        )
        plans = {
            slug: Plan(slug=slug, name=Text(en=en, zh=zh), start=start, end=end, default=is_default)
            for slug, en, zh, start, end, is_default in self._latest("plan", "* EXCLUDE (entry)", "slug")
        }
        return Catalogue(indicators, entities, definitions, comparables, plans, default)

    def observations(
        self,
        indicator: str | None = None,
        entity: str | None = None,
        *,
        as_of: date | None = None,
        as_recorded: datetime | None = None,
    ) -> list[Known]:
        """All figures (of one indicator, of one entity) published by `as_of` and recorded by `as_recorded`.

        Replaced ones are included and marked; the oldest period comes first.
        """
        rows = self._execute(
            question("observations"),
            {"indicator": indicator, "entity": entity, "as_of": as_of, "as_recorded": as_recorded},
        )
        return [known_from(row) for row in rows]

    def sources(self) -> list[Source]:
        """All sources, the oldest publication first."""
        rows = self._latest("source", "* EXCLUDE (entry)", "id")
        return sorted((Source(**dict(zip(SOURCE_FIELDS, row, strict=True))) for row in rows), key=by_publication)

    def newest_publication(self) -> date | None:
        """The latest `published` of any figure; None in an empty store."""
        found: date | None = self._execute(question("newest_publication"))[0][0]
        return found

    def find_figure(
        self, source: str, indicator: str, entity: str, period_end: date, *, withdrawn: bool = False
    ) -> str | None:
        """The id of the live figure for that period, or of a `withdrawn` one; "" as source means any."""
        place = {"source": source, "indicator": indicator, "entity": entity, "period_end": period_end}
        rows = self._execute(question("find_figure"), {**place, "withdrawn": withdrawn})
        return str(rows[0][0]) if rows else None

    def present_ids(self, ids: Sequence[str]) -> set[str]:
        """Those of `ids` that are already in the store."""
        return {str(row[0]) for row in self._execute(question("present_ids"), {"ids": list(ids)})} if ids else set()

    def append_snapshot(
        self,
        snapshot: Snapshot,
        *,
        author: str,
        action: str = "snapshot",
        detail: str = "",
        added: Catalogue | None = None,
    ) -> Appended:
        """Land one source with its figures, whole or not at all; figures already there are left alone and counted.

        `added` holds names that are new and land in the same transaction.
        """
        present = self.present_ids([o.id for o in snapshot.observations])
        new = tuple(o for o in snapshot.observations if o.id not in present)
        known = tuple(o for o in snapshot.observations if o.id in present)
        have_source = {s.id: s for s in self.sources()}
        columns: dict[str, list[dict[str, Any]]] = {"observation": [observation_row(o) for o in new]}
        if have_source.get(snapshot.source.id) != snapshot.source:
            columns["source"] = [source_row(snapshot.source)]
        if added is not None:
            columns |= catalogue_rows(added, self.catalogue())
        if any(columns.values()):
            self._append(columns, author=author, action=action, detail=detail or snapshot.source.id)
        return Appended(new, known)

    def append_observations(
        self, observations: Sequence[Observation], *, author: str, action: str, detail: str = ""
    ) -> None:
        """Append figures of sources that are already known, in one transaction."""
        self._append(
            {"observation": [observation_row(o) for o in observations]},
            author=author,
            action=action,
            detail=detail,
        )

    def append_catalogue(self, catalogue: Catalogue, *, author: str, action: str, detail: str) -> int:
        """Append what `catalogue` says differently from the store; gives the number of records appended."""
        have = self.catalogue()
        rows = catalogue_rows(catalogue, have)
        self._append(rows, author=author, action=action, detail=detail)
        return sum(len(r) for r in rows.values())
