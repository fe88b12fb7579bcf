"""The figures of a table held against the warehouse and landed: new, known, and what the others say about the same.

Knows figures as columns, so that a million are as well as ten; does not know the table they were read from.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from forecast.errors import Misuse
from forecast.notes import Note, note
from forecast.workflow.evidence import shown
from forecast.workflow.opening import tool_version
from forecast.workflow.steward import Landing, who
from warehouse.catalogue import Catalogue
from warehouse.errors import Fault, Invalid
from warehouse.figures import Figures
from warehouse.location import default_path, seeds_folder
from warehouse.store import Warehouse

MOST_REMARKS = 1000
"""As many figures that meet others are told one by one; the rest are counted."""


def examined_table(store: Warehouse, figures: Figures, catalogue: Catalogue) -> Landing:
    """What is new, what is held, and what the store already says about the same things. Raises `Misuse`, `Invalid`."""
    source = figures.source
    if source.published > date.today():
        fault = Fault("published_in_future", "source", "published", source.published.isoformat())
        raise Invalid("bad_figure", (fault,))
    held = {s.id: s for s in store.sources()}.get(source.id)
    if held is not None and held != source:
        raise Misuse("table_source_exists", source=held.id, title=held.title)
    known = store.held_here(figures)
    remarks = () if known.all() else _remarks(store, figures, catalogue)
    return Landing(source=source, new=figures.picked(~known), known=figures.picked(known), remarks=remarks)


def _remarks(store: Warehouse, figures: Figures, catalogue: Catalogue) -> tuple[Note, ...]:
    met = store.meetings(figures, catalogue, MOST_REMARKS)
    notes = []
    for meeting in met.told:
        figure, other = figures[meeting.number], meeting.held
        if not meeting.agrees and other.source == figures.source.id:
            raise Misuse("same_source_disagrees", figure=shown(figure), held=shown(other), id=other.id)
        code = "corroborates" if meeting.agrees else "disagrees"
        notes.append(note(code, figure=shown(figure), held=shown(other), source=other.source, id=other.id))
    if met.agree + met.disagree > len(notes):
        notes.append(note("meetings_more", told=len(notes), agree=met.agree, disagree=met.disagree))
    return tuple(notes)


def land_table(
    landing: Landing, figures: Figures, added: Catalogue, by: str, warehouse: Path | None, wait: float, detail: str
) -> Landing:
    """Write what `landing` says is new, with the names it needs, in one transaction."""
    from warehouse.opening import open_for_writing

    with open_for_writing(warehouse or default_path(), seeds_folder(), tool_version=tool_version(), wait=wait) as store:
        known = store.held_here(figures)
        if not known.all():
            store.land_figures(figures, added, author=who(by), detail=detail)
    return replace(landing, new=figures.picked(~known), known=figures.picked(np.asarray(known)), written=True)
