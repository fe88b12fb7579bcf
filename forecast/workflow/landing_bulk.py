"""A snapshot folder too large to be taken figure by figure: checked and written as columns, told in counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from forecast.errors import Misuse
from forecast.notes import note
from forecast.workflow.opening import open_store, tool_version
from forecast.workflow.steward import Landing, left_to_words, who
from warehouse.errors import Invalid
from warehouse.location import default_path, seeds_folder
from warehouse.seeds import examined_source

BULK_BYTES = 4_000_000
"""A table of figures larger than this is not taken row by row."""


def is_bulk(folder: Path) -> bool:
    """Whether a snapshot folder is so large that its figures are checked and written as columns."""
    table = folder / "observations.csv"
    return table.is_file() and table.stat().st_size > BULK_BYTES


def import_bulk(folder: Path, dry_run: bool, by: str, warehouse: Path | None, wait: float) -> Landing | None:
    """The landing of a large folder; None where it holds derived figures, which go row by row."""
    from warehouse.opening import open_for_writing

    source, faults = examined_source(folder, date.today())
    path = warehouse or default_path()
    opened = open_store(path, wait=wait) if dry_run else open_for_writing(
        path, seeds_folder(), tool_version=tool_version(), wait=wait
    )  # fmt: skip
    with opened as store:
        held = {s.id: s for s in store.sources()}.get(source.id)
        if held is not None and held != source and not faults:
            raise Misuse("source_exists", source=held.id, title=held.title)
        try:
            found = store.examine_csv(folder / "observations.csv", source, store.catalogue())
        except Invalid as error:
            if any(f.code == "bulk_derived" for f in error.faults):
                return None
            raise Invalid("bad_snapshot", (*faults, *error.faults), path=str(folder)) from None
        if faults:
            raise Invalid("bad_snapshot", tuple(faults), path=str(folder))
        remarks = left_to_words(found.remarks)
        remarks += [note("bulk_agrees", n=found.agrees)] if found.agrees else []
        remarks += [note("bulk_disagrees", n=len(found.disagreements),
                         figures="; ".join(f"{f.column} {f.text} / {f.detail}" for f in found.disagreements[:10]))
                    for _ in found.disagreements[:1]]  # fmt: skip
        landing = Landing(source=source, new=(), known=(), remarks=tuple(remarks), bulk=found)
        if dry_run or not found.new:
            return landing
        store.land_csv(source, author=who(by), new_source=held is None)
    return replace(landing, written=True)
