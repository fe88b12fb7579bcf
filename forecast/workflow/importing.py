"""Bring an official table in: propose a mapping, read by it, land what can be read, report every cell that cannot.

A snapshot lands in one transaction, with the names it needs. Cells that cannot be read do not come in and are all
reported; with `strict` one of them is enough to write nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from forecast.errors import Misuse
from forecast.notes import Note, note
from forecast.workflow.landing_table import examined_table, land_table
from forecast.workflow.opening import DEFAULT_WAIT, open_store
from forecast.workflow.steward import Landing
from warehouse.catalogue import Catalogue
from warehouse.errors import Fault, Invalid
from warehouse.naming import naming_faults
from warehouse.records import Source
from warehouse.tables.apply import Applied, apply
from warehouse.tables.beyond import another_below, hidden_among
from warehouse.tables.complete import complete
from warehouse.tables.grid import Grid, read_grids
from warehouse.tables.mapping import Mapping
from warehouse.tables.mapping_read import read_mapping
from warehouse.tables.mapping_text import write_mapping
from warehouse.tables.proofs import Proof, proofs
from warehouse.tables.suggest import Suggestion, suggest

OURS = ("indicator", "as_stated", "derived_from", "superseded_by", "head")
"""Columns that only our own flat export has all of."""
FEW = 6
"""Of doubts of one kind as many are told; the mapping file lists all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRequest:
    """What a steward says about a table beside its mapping; blank means what the mapping says."""

    file: Path
    mapping: Path | None = None
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    published: date | None = None
    title: str = ""
    publisher: str = ""
    source: str = ""
    url: str = ""
    entity: str = ""
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A mapping that was written, and what to look at in it."""

    path: Path
    notes: tuple[Note, ...]
    proofs: tuple[Proof, ...] = ()


def mapping_beside(file: Path) -> Path:
    """Where the mapping of a table is kept by default."""
    return file.with_name(f"{file.name}.mapping.toml")


def propose(request: TableRequest, *, warehouse: Path | None = None, wait: float = DEFAULT_WAIT) -> Proposal:
    """Write a mapping for a table. Raises `Misuse` where one is there already, `Invalid` for an unreadable file."""
    path = request.mapping or mapping_beside(request.file)
    if path.exists():
        raise Misuse("mapping_exists", path=str(path))
    grids = read_grids(request.file, encoding=request.encoding, delimiter=request.delimiter)
    grid = chosen_sheet(grids, request.sheet, request.file)
    if grid.rows and set(OURS) <= set(grid.rows[0]):
        raise Misuse("own_flat_export", path=str(request.file))
    with open_store(warehouse, wait=wait) as store:
        catalogue = store.catalogue()
    found = suggest(grid, catalogue, request.file, [g for g in grids if g is not grid])
    found = replace(found, mapping=replace(found.mapping, source=_source_table(found.mapping.source, request)))
    found = replace(found, mapping=_owned(found.mapping, request))
    if not found.mapping.having("value"):
        raise Invalid(
            "unreadable_table", (Fault("no_figures", grid.name or request.file.name),), path=str(request.file)
        )
    settled = {"published_needed"} if found.mapping.source.get("published") else set()
    settled |= {"entity_needed", "entity_assumed"} if request.entity else set()
    doubts = [d for d in found.doubts if d[0] not in settled]
    about = f"How {request.file.name} is read. Mend what is wrong; with this file the import can be repeated."
    remarks = tuple(_remarks(doubts))
    path.write_text(write_mapping(found.mapping, about, remarks), encoding="utf-8")
    shown = proofs(found.found, found.mapping, catalogue) if found.found else []
    return Proposal(path=path, notes=(*_about_file(grids, grid), *_doubts(doubts)), proofs=tuple(shown))


def chosen_sheet(grids: list[Grid], name: str, file: Path) -> Grid:
    """The sheet of that name, else the one with the most figures among those shown. Raises `Misuse`."""
    if name:
        for grid in grids:
            if grid.name == name:
                return grid
        raise Misuse("unknown_sheet", sheet=name, known=", ".join(g.name for g in grids))
    shown = [g for g in grids if not g.hidden and g.rows] or grids
    if not shown:
        raise Invalid("unreadable_table", (Fault("no_figures", file.name),), path=str(file))
    return (
        shown[0]
        if len(shown) == 1
        else max(shown, key=lambda g: sum(any(c.isdigit() for c in t) for row in g.rows for t in row))
    )


def _about_file(grids: list[Grid], grid: Grid) -> tuple[Note, ...]:
    notes = []
    if grid.decoded and not grid.decoded.certain:
        sample = " | ".join(grid.decoded.sample)
        notes.append(note("read_as", encoding=grid.decoded.encoding, sample=sample))
    others = [g.name for g in grids if g is not grid and g.rows]
    if others:
        notes.append(note("other_sheets", sheet=grid.name, others=", ".join(others)))
    return tuple(notes)


_LAST = ("indicator_new", "unit_unstated")
"""Doubts that come with every new label: they must not bury the others."""


def _remarks(doubts: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    """A line a doubt for the top of the mapping; of many of one kind the first few, and how many more there are."""
    count: Counter[str] = Counter()
    for doubt in sorted(doubts, key=lambda d: d[0] in _LAST):
        count[doubt[0]] += 1
        if count[doubt[0]] <= FEW:
            yield " ".join(part for part in doubt if part)
    yield from (f"{code} ... {n - FEW} more" for code, n in count.items() if n > FEW)


def _doubts(doubts: Sequence[tuple[str, str, str]]) -> list[Note]:
    """A note a doubt; of many of one kind the first few, and how many more there are."""
    notes: list[Note] = []
    count: Counter[str] = Counter()
    for doubt in sorted(doubts, key=lambda d: d[0] in _LAST):
        count[doubt[0]] += 1
        if count[doubt[0]] <= FEW:
            notes.append(_doubt(doubt))
    more = sum(n - FEW for n in count.values() if n > FEW)
    return [*notes, note("doubts_more", n=more)] if more else notes


def _doubt(doubt: tuple[str, str, str]) -> Note:
    code, where, text = doubt
    return note(f"doubt_{code}", where=where, text=text)


@dataclass(slots=True, kw_only=True)
class TableImport:
    """A table on its way in, perhaps shown before it lands: read once for both, so that what was shown is what lands.

    It is read again only where names of the warehouse changed in between.
    """

    request: TableRequest
    by: str = ""
    warehouse: Path | None = None
    wait: float = DEFAULT_WAIT
    _read: tuple[Catalogue, Applied, tuple[Note, ...], str] | None = None

    def land(self, dry_run: bool) -> Landing:
        """Land the table, or say what landing would do. Raises `Invalid`, `Misuse` where there is no mapping."""
        request = self.request
        path = request.mapping or mapping_beside(request.file)
        if not request.file.is_file():
            raise Invalid("unreadable_table", (Fault("no_file", request.file.name),), path=str(request.file))
        if not path.exists():
            raise Misuse("mapping_needed", file=str(request.file), path=str(path))
        with open_store(self.warehouse, wait=self.wait) as store:
            catalogue = store.catalogue()
        if self._read is None or self._read[0] != catalogue:
            checksum = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
            self._read = (catalogue, *_applied(request, path, catalogue), checksum)
        _, applied, about, checksum = self._read
        with open_store(self.warehouse, wait=self.wait) as store:
            landing = examined_table(store, applied.observations, catalogue)
        landing = replace(landing, refused=applied.refused, remarks=(*about, *landing.remarks))
        if dry_run or not landing.new:
            return landing
        owner = f"; entity {request.entity}" if request.entity else ""
        detail = f"{landing.source.id}; mapping {checksum}{owner}; {len(applied.refused)} refused"
        return land_table(landing, applied.observations, applied.added, self.by, self.warehouse, self.wait, detail)


def import_table(
    request: TableRequest,
    *,
    dry_run: bool = False,
    by: str = "",
    warehouse: Path | None = None,
    wait: float = DEFAULT_WAIT,
) -> Landing:
    """Land a table by its mapping. Raises `Invalid` with every fault of the mapping, `Misuse` where there is none."""
    return TableImport(request=request, by=by, warehouse=warehouse, wait=wait).land(dry_run)


def _applied(request: TableRequest, path: Path, catalogue: Catalogue) -> tuple[Applied, tuple[Note, ...]]:
    """The table read by the mapping at `path`, and what there is to say about how it was read."""
    mapping = _owned(read_mapping(path), request)
    grids = read_grids(
        request.file,
        encoding=request.encoding or ("" if mapping.encoding == "utf-8-sig" else mapping.encoding),
        delimiter=request.delimiter or mapping.delimiter,
    )
    grid = chosen_sheet(grids, request.sheet or mapping.sheet, request.file)
    source = source_from(_source_table(mapping.source, request), request.file)
    completed = Suggestion(mapping=mapping, doubts=()) if request.strict else complete(mapping, grid, catalogue)
    try:
        applied = apply(grid, completed.mapping, catalogue, source, found=completed.found)
    except Invalid as error:
        raise Invalid(error.code, error.faults, path=str(path)) from None
    if request.strict and applied.refused:
        raise Invalid("cells_refused", applied.refused, path=str(request.file), n=len(applied.refused))
    faults = naming_faults(applied.added, catalogue)
    if faults:
        raise Invalid("bad_mapping", faults, path=str(path))
    beyond = (*hidden_among(grid, mapping), *another_below(grid, mapping))
    return applied, (*_about_file(grids, grid), *_doubts((*beyond, *completed.doubts)), *_counted(applied))


def _counted(applied: Applied) -> tuple[Note, ...]:
    notes = []
    if applied.gaps:
        marks = ", ".join(f"{mark or '(blank)'} {n}" for mark, n in applied.gaps.items())
        notes.append(note("gaps_counted", n=sum(applied.gaps.values()), marks=marks))
    if applied.repeated:
        notes.append(note("cells_repeated", n=applied.repeated))
    if applied.added.indicators:
        notes.append(note("names_new", n=len(applied.added.indicators), names=_listed(applied.added.indicators)))
    if applied.added.entities:
        notes.append(note("names_new", n=len(applied.added.entities), names=_listed(applied.added.entities)))
    return tuple(notes)


def _listed(names: Iterable[str]) -> str:
    some = list(names)
    return ", ".join(some[:10]) + (" ..." if len(some) > 10 else "")


def _owned(mapping: Mapping, request: TableRequest) -> Mapping:
    """The mapping with the owner that the steward names. Raises `Misuse` where the table names its places itself."""
    if not request.entity:
        return mapping
    if "entity" not in mapping.defaults:
        raise Misuse("places_in_table", file=str(request.file))
    return replace(mapping, defaults={**mapping.defaults, "entity": request.entity})


def _source_table(table: Table[str, object], request: TableRequest) -> dict[str, object]:
    said = {
        "id": request.source,
        "title": request.title,
        "publisher": request.publisher,
        "published": request.published,
        "url": request.url,
    }
    return {**table, **{k: v for k, v in said.items() if v}}


def source_from(table: Table[str, object], file: Path) -> Source:
    """The source that a mapping's [source] names, with the file's checksum. Raises `Invalid`: no date, no title."""
    published = table.get("published")
    title = str(table.get("title") or "").strip()
    faults = []
    if not isinstance(published, date):
        faults.append(Fault("missing", "[source]", "published"))
    if not title:
        faults.append(Fault("missing", "[source]", "title"))
    if faults or not isinstance(published, date):
        raise Invalid("bad_mapping", tuple(faults), path=str(file))
    words = re.sub(r"[^\w]+", "-", title.lower()).strip("-")[:48].strip("-") or "table"
    return Source(
        id=str(table.get("id") or f"{published.isoformat()}-{words}"),
        title=title,
        publisher=str(table.get("publisher") or ""),
        published=published,
        url=str(table.get("url") or ""),
        language=str(table.get("language") or ("zh" if re.search(r"[\u3400-\u9fff]", title) else "en")),
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        note=str(table.get("note") or ""),
    )
