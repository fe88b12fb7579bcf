"""Accepted candidates as a snapshot folder in the seeds' form, to edit and import.

Each row carries the phrase, its offsets in the raw text (`locator`) and, through `source.toml`, the checksum of the
document. Figures of no known indicator cannot be imported; they go to `unknown.csv` beside them, nothing is lost.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from pathlib import Path

from warehouse.catalogue import Catalogue
from warehouse.figure_rows import COLUMNS
from warehouse.reading.compare import Store
from warehouse.reading.model import FIELDS, Candidate, Document

_STORED = {"target": "plan", "one-off": "flow"}


def folder_name(document: Document) -> str:
    """A source id for a document: its date and the first words of its title."""
    words = re.findall(r"[A-Za-z0-9]+|[\u3400-\u9fff]{2,12}", document.title.lower())
    return "-".join([document.published.isoformat(), *words[:5]])[:80].rstrip("-")


def write_folder(
    target: Path,
    candidates: Sequence[Candidate],
    document: Document,
    catalogue: Catalogue,
    store: Store,
    *,
    sha256: str = "",
    publisher: str = "",
) -> int:
    """Write the folder and return how many rows can be imported. Raises `FileExistsError` if it is there."""
    target.mkdir(parents=True, exist_ok=False)
    (target / "source.toml").write_text(_source(document, sha256, publisher), encoding="utf-8")
    known = [c for c in candidates if c.indicator in catalogue.indicators and c.entity in catalogue.entities]
    rows = [_row(c, document, catalogue, store) for c in known]
    (target / "observations.csv").write_text(_csv(COLUMNS, rows), encoding="utf-8-sig", newline="")
    unknown = [c.as_dict() for c in candidates if c not in known]
    if unknown:
        (target / "unknown.csv").write_text(_csv(FIELDS, unknown), encoding="utf-8-sig", newline="")
    return len(rows)


def _csv(columns: Sequence[str], rows: Sequence[dict[str, object]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(columns), lineterminator="\n", extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _source(document: Document, sha256: str, publisher: str) -> str:
    """`source.toml`: JSON strings are TOML strings, so any title is safe."""
    lines = [
        f"title = {_toml(document.title or 'untitled')}",
        f"publisher = {_toml(publisher or 'not named')}",
        f"published = {document.published.isoformat()}",
        f"published_basis = {_toml(document.published_basis)}",
    ]
    if document.event is not None:
        lines += [f"event = {document.event.isoformat()}", f"event_basis = {_toml(document.event_basis)}"]
    lines += ['url = ""', f"language = {_toml(document.language or 'en')}", f"sha256 = {_toml(sha256)}"]
    return "\n".join([*lines, 'note = "proposed by `forecast read`; accepted by a person"', ""])


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _row(candidate: Candidate, document: Document, catalogue: Catalogue, store: Store) -> dict[str, object]:
    assert candidate.indicator is not None
    end = (
        min(candidate.period_end, document.published)
        if not candidate.basis.startswith("edition")
        else candidate.period_end
    )
    measure = _STORED.get(candidate.measure, candidate.measure)
    return {
        "indicator": candidate.indicator,
        "entity": candidate.entity,
        "definition": _definition(candidate, catalogue, store),
        "period_start": min(candidate.period_start, end).isoformat(),
        "period_end": end.isoformat(),
        "basis": candidate.basis,
        "value": _number(candidate.value),
        "low": "" if candidate.low is None else _number(candidate.low),
        "high": "" if candidate.high is None else _number(candidate.high),
        "as_stated": candidate.phrase,
        "qualifier": candidate.qualifier,
        "nature": candidate.nature,
        "measure": "" if measure == catalogue.indicators[candidate.indicator].measure else measure,
        "formula": next((part.removeprefix("formula:") for part in candidate.why if part.startswith("formula:")), ""),
        "locator": f"characters {candidate.start}-{candidate.end}",
        "phrase": candidate.phrase,
        "note": candidate.relation,
    }


def _definition(candidate: Candidate, catalogue: Catalogue, store: Store) -> str:
    """The definition of the newest figure of the same place, else the only one; blank leaves it to the steward."""
    own = store.of(candidate.indicator, candidate.entity)
    if own:
        return own[-1].definition
    known = catalogue.definitions_of(candidate.indicator or "")
    return known[0].slug if len(known) == 1 else ""


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)
