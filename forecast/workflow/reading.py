"""Reading a document against the store: candidates with their relation, a folder of the accepted ones, fact-checks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from forecast.errors import Misuse
from forecast.workflow.opening import DEFAULT_WAIT, open_store
from warehouse.catalogue import Catalogue
from warehouse.errors import Unknown
from warehouse.reading.compare import Store, compare
from warehouse.reading.document import describe
from warehouse.reading.factcheck import Checked, check
from warehouse.reading.folder import folder_name, write_folder
from warehouse.reading.formats import Page, read_document
from warehouse.reading.model import Candidate, Document, Lexicon
from warehouse.reading.read import Reader
from warehouse.reading.view import page as html_page
from warehouse.records import Observation


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the user says about a document; the rest is taken from the document itself."""

    published: date | None = None
    event: date | None = None
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One document read: its page, what is known about it, its candidates."""

    name: str
    page: Page
    document: Document
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """The catalogue and the figures that documents are read against."""

    catalogue: Catalogue
    store: Store
    newest: date
    reader: Reader

    def read(self, page: Page, name: str, defaults: Defaults) -> Reading:
        """Read one page. A text that does not name its event takes the event whose figures it repeats."""
        entity = _slug(self.catalogue, defaults.entity) if defaults.entity else ""
        document = describe(
            page.clean,
            self.reader.lexicon,
            published=defaults.published,
            event=defaults.event,
            entity=entity,
            fallback_day=self.newest,
            fallback_entity=self.catalogue.default_entity,
        )
        found = self.reader.read(page.clean, document)
        if document.event is None:
            event = self.store.event_of(found, document)
            if event is not None and event[0] != document.day:
                document = replace(document, event=event[0], event_basis=f"same_figures_as {event[1]}")
                found = self.reader.read(page.clean, document)
        return Reading(name, page, document, tuple(compare(found, self.store, document, page.sha256)))


def desk(warehouse: Path | None = None, *, as_of: date | None = None, wait: float = DEFAULT_WAIT) -> Desk:
    """The store as the reader needs it, closed again. Only figures published by `as_of` are compared with.

    An indicator's figures are read when a document first speaks of it.
    """

    def figures(indicator: str) -> list[Observation]:
        with open_store(warehouse, wait=wait) as again:
            return [item.observation for item in again.observations(indicator, as_of=as_of) if item.live]

    with open_store(warehouse, wait=wait) as store:
        catalogue = store.catalogue()
        held = Store((), store.sources(), catalogue.comparables, figures)
        newest = as_of or store.newest_publication()
    if newest is None:
        raise Misuse("empty_warehouse", path=str(warehouse or ""))
    lexicon = Lexicon.of(catalogue.indicators.values(), catalogue.entities.values(), catalogue.plans.values())
    return Desk(catalogue, held, newest, Reader(lexicon))


def read_files(
    files: Sequence[str], defaults: Defaults, *, warehouse: Path | None = None, wait: float = DEFAULT_WAIT
) -> tuple[Desk, list[Reading]]:
    """Every file read, `-` meaning standard input. Raises `Invalid` for one that is no readable document."""
    held = desk(warehouse, wait=wait)
    readings = []
    for name in files:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        readings.append(held.read(read_document(data, name), name, defaults))
    return held, readings


def known_and_exact(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates `--accept-known` takes: a known indicator, an exact figure, stated, not contradicted."""
    return [
        c
        for c in candidates
        if c.indicator
        and c.qualifier == "exact"
        and c.nature == "stated"
        and c.relation not in ("contradicts", "subset_of_total")
    ]


def to_folder(reading: Reading, chosen: Sequence[Candidate], parent: Path, held: Desk) -> tuple[Path, int, int]:
    """(folder, rows that can be imported, others) for the chosen candidates of one reading. Raises `Misuse`."""
    target = parent / folder_name(reading.document)
    if target.exists():
        raise Misuse("folder_exists", path=str(target))
    rows = write_folder(target, chosen, reading.document, held.catalogue, held.store, sha256=reading.page.sha256)
    return target, rows, len(chosen) - rows


def as_html(reading: Reading, say: Callable[..., str], word: Callable[[str, str], str], lang: str) -> str:
    """The highlighted document."""
    return html_page(reading.page.clean.raw, reading.candidates, reading.document, say, word, lang)


def edited(candidate: Candidate, changes: Mapping[str, str], held: Desk) -> Candidate:
    """A candidate with fields as a person typed them. Raises `Misuse` or `Unknown` for what cannot be meant."""
    fields: dict[str, Any] = {}
    for name, text in changes.items():
        if name == "indicator":
            fields[name] = held.catalogue.indicator(text).slug
        elif name == "entity":
            fields[name] = held.catalogue.entity(text).slug
        elif name in ("value", "low", "high"):
            fields[name] = _number(name, text)
        elif name in ("period_start", "period_end"):
            fields[name] = _day(name, text)
        elif name in ("qualifier", "measure", "unit", "noun"):
            fields[name] = text
        else:
            raise Misuse("read_bad_field", field=name)
    return replace(candidate, **fields, basis="given" if "period_end" in fields else candidate.basis)


def _number(name: str, text: str) -> float | None:
    if not text and name != "value":
        return None
    try:
        return float(text.replace(",", ""))
    except ValueError:
        raise Misuse("read_bad_value", field=name, text=text) from None


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Misuse("read_bad_value", field=name, text=text) from None


def _slug(catalogue: Catalogue, name: str) -> str:
    try:
        return catalogue.entity(name).slug
    except Unknown:
        return name


def fact_check(
    claims: Sequence[str],
    *,
    entity: str = "",
    as_of: date | None = None,
    warehouse: Path | None = None,
    wait: float = DEFAULT_WAIT,
) -> list[Checked]:
    """Every claim of the texts, held against the figures published by `as_of` (else all)."""
    held = desk(warehouse, as_of=as_of, wait=wait)
    results: list[Checked] = []
    whose = _slug(held.catalogue, entity) if entity else held.catalogue.default_entity
    for claim in claims:
        results += check(claim, held.reader, held.store, Document(published=held.newest, entity=whose))
    return results


def row_of(candidate: Candidate) -> dict[str, Any]:
    """A candidate as a row of the published JSON form."""
    return candidate.as_dict()


def checked_row(result: Checked) -> dict[str, Any]:
    """A checked claim as a row."""
    claim = result.claim
    return {
        "claim": claim.phrase,
        "verdict": result.verdict,
        "reason": result.reason,
        "indicator": result.observations[0].indicator if result.observations else claim.indicator,
        "entity": claim.entity,
        "arithmetic": result.arithmetic,
        "observations": [
            {
                "id": o.id,
                "period_end": o.period_end.isoformat(),
                "as_stated": o.as_stated,
                "value": o.value,
                "source": o.source,
            }
            for o in result.observations
        ],
    }
