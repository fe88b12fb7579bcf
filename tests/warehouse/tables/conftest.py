"""A table written, its mapping proposed, and what lands by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from forecast.workflow.importing import Proposal, TableRequest, import_table, propose
from forecast.workflow.opening import open_store
from forecast.workflow.steward import Landing
from warehouse.records import Observation


@dataclass(frozen=True)
class Brought:
    """The mapping and its doubts as proposed, what landed and what was refused, by cell."""

    mapping: str
    doubts: list[tuple[str, str]]
    landing: Landing
    cells: dict[str, Observation]
    names: dict[str, str]

    def told(self, cell: str) -> tuple[str, str, str, str]:
        """Phrase, the place's name, last day and value."""
        o = self.cells[cell]
        return o.phrase, self.names[o.entity], o.period_end.isoformat(), f"{o.value:.10g}"


Bring = Callable[..., Brought]
Propose = Callable[[TableRequest, Path], Proposal]


@pytest.fixture
def propose_as_ours() -> Propose:
    """Propose a mapping and answer "Beijing" where it asks whose figures they are."""

    def call(request: TableRequest, warehouse: Path) -> Proposal:
        proposal = propose(request, warehouse=warehouse)
        said = proposal.path.read_text("utf-8")
        proposal.path.write_text(said.replace('entity = ""', 'entity = "beijing"'), "utf-8")
        return proposal

    return call


@pytest.fixture
def bring(tmp_path: Path, warehouse: Path) -> Bring:
    """Write a text as a table and land it by the mapping proposed, mended as a steward would.

    whose: what the steward answers where the mapping asks whose figures they are, which it then has to; "" where it
    must not ask; None where it may, and the answer is Beijing's.
    """

    def call(body: str, *mends: tuple[str, str], whose: str | None = None) -> Brought:
        file = tmp_path / "t.csv"
        file.write_text(body, encoding="utf-8")
        proposal = propose(TableRequest(file=file), warehouse=warehouse)
        proposed = proposal.path.read_text("utf-8")
        assert whose is None or bool(whose) == ('entity = ""' in proposed)
        said = proposed.replace('entity = ""', f'entity = "{whose or "beijing"}"')
        for old, new in mends:
            assert old in said
            said = said.replace(old, new, 1)
        proposal.path.write_text(said, "utf-8")
        landing = import_table(TableRequest(file=file, published=date(2026, 3, 1)), by="t", warehouse=warehouse)
        with open_store(warehouse) as store:
            known = [k.observation for k in store.observations() if k.observation.source == landing.source.id]
            names = {e.slug: e.name.en for e in store.catalogue().entities.values()}
        return Brought(
            mapping=proposed,
            doubts=[(n.code.removeprefix("doubt_"), str(n.params.get("text", ""))) for n in proposal.notes],
            landing=landing,
            cells={o.locator.rpartition("!")[2]: o for o in known},
            names=names,
        )

    return call
