"""What a data steward does to the store: a folder to fill in, a folder or a figure to land.

Everything goes through the same checks; one source is one transaction and lands whole or not at all.
"""

from __future__ import annotations

import csv
import getpass
import io
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice
from pathlib import Path

from forecast.errors import Misuse
from forecast.notes import Note, note
from forecast.sentences import LANGUAGES, say
from forecast.workflow.evidence import shown
from forecast.workflow.opening import DEFAULT_WAIT, open_store, tool_version
from warehouse.catalogue import Catalogue
from warehouse.errors import Fault, Invalid
from warehouse.figure_rows import COLUMNS, EXAMPLE, Findings, observation_from_row
from warehouse.location import default_path, seeds_folder
from warehouse.records import QUALIFIERS, Observation, Snapshot, Source
from warehouse.seeds import read_snapshot
from warehouse.statements import statements
from warehouse.store import Bulk, Warehouse


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """What landing a snapshot did, or would do: the new figures, those already held, and what to know about them."""

    source: Source
    new: Sequence[Observation]
    known: Sequence[Observation]
    remarks: tuple[Note, ...] = ()
    written: bool = False
    refused: tuple[Fault, ...] = ()
    bulk: Bulk | None = None

    @property
    def n_new(self) -> int:
        """How many figures are new."""
        return self.bulk.new if self.bulk else len(self.new)

    @property
    def n_known(self) -> int:
        """How many were there already."""
        return self.bulk.known if self.bulk else len(self.known)


def who(by: str = "") -> str:
    """Who is answerable: as said, else `FORECAST_USER`, else the login name."""
    return by or os.environ.get("FORECAST_USER", "") or getpass.getuser()


def new_folder(slug: str, folder: Path, *, warehouse: Path | None = None, wait: float = DEFAULT_WAIT) -> Path:
    """Write `folder/slug` in the seeds' form, to be filled in. Raises `Misuse` for a bad slug or an existing folder."""
    if not re.fullmatch(r"[\w-]+", slug):
        raise Misuse("bad_slug", slug=slug)
    target = folder / slug
    if target.exists():
        raise Misuse("folder_exists", path=str(target))
    with open_store(warehouse, wait=wait) as store:
        catalogue = store.catalogue()
    target.mkdir(parents=True)
    (target / "source.toml").write_text(_SOURCE_TEMPLATE, encoding="utf-8")
    (target / "observations.csv").write_text(_example(catalogue), encoding="utf-8-sig", newline="")
    (target / "slugs.txt").write_text(_slugs(catalogue), encoding="utf-8")
    return target


_SOURCE_TEMPLATE = """\
# One document, or one item of it. This folder's name becomes the source's id.
title = ""
publisher = ""
# When the public could know it, for example: published = 2025-10-14
# published =
published_basis = ""    # why, where the date is inferred
# event =               # when the briefing was held
event_basis = ""
url = ""
language = "zh"
sha256 = ""             # checksum of the document that was read
note = ""
"""


EXAMPLE_FIGURE = {
    "indicator": "foreign_enterprises",
    "definition": "counted_2025",
    "period_end": "2025-10-14",
    "value": "35000",
    "as_stated": "over 35,000",
    "qualifier": "at_least",
    "locator": "line 7",
    "phrase": "over 35,000 foreign companies",
    "note": f"{EXAMPLE}: replace or delete",
}
"""A figure of the shipped seeds, as a row is written."""


def _example(catalogue: Catalogue) -> str:
    """The table of a new folder: its headings, and the example where the catalogue has its indicator."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    if EXAMPLE_FIGURE["indicator"] in catalogue.indicators:
        writer.writerow(EXAMPLE_FIGURE)
    return text.getvalue()


def _slugs(catalogue: Catalogue) -> str:
    lines = ["indicator | definitions | unit | name"]
    for i in catalogue.indicators.values():
        definitions = ", ".join(d.slug for d in catalogue.definitions_of(i.slug))
        lines.append(f"{i.slug} | {definitions} | {i.unit.en} {i.unit.zh} | {i.name.en} {i.name.zh}")
    lines += ["", "entity | name", *(f"{e.slug} | {e.name.en} {e.name.zh}" for e in catalogue.entities.values())]
    return "\n".join(lines) + "\n"


def import_folder(
    folder: Path, *, dry_run: bool = False, by: str = "", warehouse: Path | None = None, wait: float = DEFAULT_WAIT
) -> Landing:
    """Land a snapshot folder as one source. Raises `Invalid` with every fault and writes nothing."""
    from forecast.workflow.landing_bulk import import_bulk, is_bulk

    if is_bulk(folder):
        landed = import_bulk(folder, dry_run, by, warehouse, wait)
        if landed is not None:
            return landed
    with open_store(warehouse, wait=wait) as store:
        snapshot = read_snapshot(folder, store.catalogue(), store.find_figure, today=date.today())
        landing = examined(store, snapshot)
    return landing if dry_run else land(snapshot, landing, by, warehouse, wait)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure as typed on the command line; every cell is text, checked like a row of a folder."""

    cells: dict[str, str]
    published: date | None = None
    title: str = ""
    source: str = ""
    publisher: str = ""
    url: str = ""


def add_figure(
    figure: Figure, *, dry_run: bool = False, by: str = "", warehouse: Path | None = None, wait: float = DEFAULT_WAIT
) -> Landing:
    """Land one figure of a new or a known source. Raises `Invalid` for a faulty figure, `Misuse` for a vague source."""
    with open_store(warehouse, wait=wait) as store:
        source = source_of(figure, {s.id: s for s in store.sources()})
        findings = Findings()
        made = observation_from_row(figure.cells, source, store.catalogue(), "", findings)
        if made is None:
            raise Invalid("bad_figure", tuple(findings.faults))
        snapshot = Snapshot(source=source, observations=(made,), remarks=tuple(findings.remarks))
        landing = examined(store, snapshot)
    return landing if dry_run else land(snapshot, landing, by, warehouse, wait)


def source_of(figure: Figure, known: dict[str, Source]) -> Source:
    """The source a figure names: a known one, or a new one made from title and date. Raises `Misuse`."""
    held = known.get(figure.source)
    if held:
        if figure.published and figure.published != held.published:
            raise Misuse(
                "source_published_differs",
                source=held.id,
                held=held.published.isoformat(),
                given=figure.published.isoformat(),
            )
        return held
    if figure.published is None or not figure.title:
        raise Misuse("source_needs_title", known=", ".join(known))
    words = re.sub(r"[^\w]+", "-", figure.title.lower()).strip("-")[:40].strip("-")
    name = figure.source or f"{figure.published.isoformat()}-{words}"
    made = Source(id=name, title=figure.title, publisher=figure.publisher, published=figure.published, url=figure.url)
    return known.get(name, made) if known.get(name) == made else made


def examined(store: Warehouse, snapshot: Snapshot, catalogue: Catalogue | None = None) -> Landing:
    """What is new, what is held, and what the store already says about the same things. Raises `Misuse`, `Invalid`.

    `catalogue` is the store's with the names that land together with the snapshot.
    """
    if snapshot.source.published > date.today():
        fault = Fault("published_in_future", "source", "published", snapshot.source.published.isoformat())
        raise Invalid("bad_figure", (fault,))
    held = {s.id: s for s in store.sources()}.get(snapshot.source.id)
    if held is not None and held != snapshot.source:
        raise Misuse("source_exists", source=held.id, title=held.title)
    present = store.present_ids([o.id for o in snapshot.observations])
    new = tuple(o for o in snapshot.observations if o.id not in present)
    names = catalogue or store.catalogue()
    known = store.figures_at(new)
    places: dict[tuple[object, ...], list[Observation]] = {}
    for s in statements(known, names):
        f = s.figure
        places.setdefault((f.indicator, f.entity, f.period_start, f.period_end), []).append(f)
    remarks = left_to_words(snapshot.remarks)
    for o in new:
        comparable = names.comparable_with(o.indicator, o.definition)
        for f in places.get((o.indicator, o.entity, o.period_start, o.period_end), ()):
            if f.definition not in comparable:
                continue
            agrees = (f.value, f.qualifier) == (o.value, o.qualifier)
            code = "corroborates" if agrees else "disagrees"
            remarks.append(note(code, figure=shown(o), held=shown(f), source=f.source, id=f.id))
            if not agrees and f.source == o.source:
                raise Misuse("same_source_disagrees", figure=shown(o), held=shown(f), id=f.id)
    return Landing(
        source=snapshot.source,
        new=new,
        known=tuple(o for o in snapshot.observations if o.id in present),
        remarks=tuple(remarks),
    )


def left_to_words(remarks: Sequence[tuple[str, str, str]]) -> list[Note]:
    """What the rows of a snapshot left to their words, one remark a kind with its first figures."""
    kinds: dict[str, list[tuple[str, str]]] = {}
    for code, text, taken in remarks:
        kinds.setdefault(code, []).append((text, taken))
    return [note(code, figures={lang: _pairs(pairs, lang) for lang in LANGUAGES}) for code, pairs in kinds.items()]


def _pairs(pairs: Sequence[tuple[str, str]], lang: str) -> str:
    shown = [f"{text} = {say(f'qualifier_{taken}', lang) if taken in QUALIFIERS else taken}" for text, taken in pairs]
    return "; ".join([*shown[:10], *["…" for _ in shown[10:11]]])


def land(
    snapshot: Snapshot,
    landing: Landing,
    by: str,
    warehouse: Path | None,
    wait: float,
    *,
    added: Catalogue | None = None,
    detail: str = "",
) -> Landing:
    """Write what `landing` says is new, with the names it needs, in one transaction."""
    if not landing.new:
        return landing
    from warehouse.opening import open_for_writing

    author = who(by)
    signed = replace(snapshot, observations=tuple(replace(o, author=author) for o in snapshot.observations))
    with open_for_writing(warehouse or default_path(), seeds_folder(), tool_version=tool_version(), wait=wait) as store:
        appended = store.append_snapshot(signed, author=author, detail=detail, added=added)
    return replace(landing, new=appended.new, known=appended.known, written=True)


def figures_table(landing: Landing, most: int | None = None) -> list[dict[str, object]]:
    """The figures of a landing, or the first of them, ready to print."""
    rows: Iterable[tuple[str, Observation]] = chain(
        (("new", o) for o in landing.new), (("known", o) for o in landing.known)
    )
    return [
        {
            "state": state,
            "id": o.id,
            "indicator": o.indicator,
            "entity": o.entity,
            "definition": o.definition,
            "period_start": o.period_start.isoformat(),
            "period_end": o.period_end.isoformat(),
            "as_stated": o.as_stated,
            "value": o.value,
            "low": o.low,
            "high": o.high,
            "qualifier": o.qualifier,
            "published": o.published.isoformat(),
            "source": o.source,
            "locator": o.locator,
        }
        for state, o in islice(rows, most)
    ]
