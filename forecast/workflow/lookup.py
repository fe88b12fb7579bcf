"""What is in the warehouse, and where each figure came from: rows ready to print."""

from __future__ import annotations

from datetime import date as Date
from datetime import datetime
from pathlib import Path
from typing import Any

from forecast.errors import Misuse
from forecast.workflow.horizon import parse_day
from forecast.workflow.opening import DEFAULT_WAIT, open_store
from forecast.workflow.shape import known_object, statement_reports
from forecast.workflow.whose import lacking
from warehouse.records import Known
from warehouse.statements import statements
from warehouse.store import Warehouse

Row = dict[str, Any]


def overview(path: Path | None, *, wait: float = DEFAULT_WAIT) -> Row:
    """Where the warehouse is and how much it holds."""
    with open_store(path, wait=wait) as store:
        of, figures = store.overview()
        newest = store.newest_publication()
        return {
            "warehouse": str(store.path),
            "indicators": of,
            "figures": figures,
            "sources": len(store.sources()),
            "newest": newest.isoformat() if newest else "-",
        }


def indicators(path: Path | None, *, lang: str = "en", wait: float = DEFAULT_WAIT) -> list[Row]:
    """One row an indicator, in the catalogue's order."""
    with open_store(path, wait=wait) as store:
        catalogue = store.catalogue()
        counts: dict[str, list[tuple[str, int, Date]]] = {}
        for indicator, entity, n, newest in store.series_counts(catalogue):
            counts.setdefault(indicator, []).append((entity, n, newest))
    definitions: dict[str, list[str]] = {}
    for d in catalogue.definitions:
        definitions.setdefault(d.indicator, []).append(d.slug)
    rows = []
    for record in catalogue.indicators.values():
        own = counts.get(record.slug, [])
        rows.append(
            {
                "indicator": record.slug,
                "name": record.name[lang],
                "unit": record.unit[lang],
                "measure": record.measure,
                "kind": record.kind,
                "kind_reason": record.kind_reason[lang],
                "direction": record.direction,
                "figures": sum(n for _, n, _ in own),
                "entities": ", ".join(entity for entity, _, _ in own),
                "newest": max((newest.isoformat() for _, _, newest in own), default="-"),
                "definitions": ", ".join(definitions.get(record.slug, ())),
                "aliases": "; ".join(record.aliases),
            }
        )
    return rows


def sources(path: Path | None, *, wait: float = DEFAULT_WAIT) -> list[Row]:
    """One row a source, the oldest publication first."""
    with open_store(path, wait=wait) as store:
        figures, found = store.source_counts(), store.sources()
    return [
        {
            "source": s.id,
            "published": s.published.isoformat(),
            "published_basis": s.published_basis,
            "event": s.event.isoformat() if s.event else None,
            "publisher": s.publisher,
            "title": s.title,
            "figures": figures.get(s.id, 0),
            "language": s.language,
            "url": s.url,
            "sha256": s.sha256,
            "note": s.note,
        }
        for s in found
    ]


def entries(path: Path | None, *, wait: float = DEFAULT_WAIT) -> list[Row]:
    """One row an entry of the journal: who wrote what when, and how many figures it brought."""
    with open_store(path, wait=wait) as store:
        figures = store.figures_by_entry()
        return [
            {
                "seq": e.seq,
                "recorded": e.recorded.isoformat(timespec="seconds") + "Z",
                "author": e.author,
                "action": e.action,
                "figures": figures.get(e.seq, 0),
                "detail": e.detail,
                "tool_version": e.tool_version,
                "head": e.head,
            }
            for e in store.journal()
        ]


def of_source(source: str, path: Path | None, *, wait: float = DEFAULT_WAIT) -> list[Row]:
    """Every figure a source brought, standing or replaced. Raises `Misuse` for a source that is not there."""
    with open_store(path, wait=wait) as store:
        known, found = store.figures(sources=[source]), store.sources()
    if source not in {s.id for s in found}:
        raise Misuse("unknown_source", source=source, known=", ".join(s.id for s in found[-8:]))
    return [known_object(k) for k in known]


def history(
    indicator: str,
    *,
    entity: str = "",
    as_of: Date | None = None,
    superseded: bool = False,
    as_recorded: datetime | None = None,
    warehouse: Path | None = None,
    wait: float = DEFAULT_WAIT,
) -> list[Row]:
    """The statements of an indicator, oldest period first; with `superseded` also every replaced figure.

    `as_of` limits by publication, `as_recorded` (UTC) by the moment this warehouse learnt it.
    """
    with open_store(warehouse, wait=wait) as store:
        catalogue = store.catalogue()
        record = catalogue.indicator(indicator)
        owner = catalogue.entity(entity)
        known = store.observations(record.slug, as_of=as_of, as_recorded=as_recorded)
    own = [k for k in known if k.observation.entity == owner.slug]
    if not own and known:
        raise lacking(record, owner, sorted({k.observation.entity for k in known}), catalogue)
    reports = statement_reports(statements(own, catalogue))
    kept = [k for k in own if k.observation.id in reports or (superseded and not k.live)]
    return [known_object(k, reports.get(k.observation.id, ())) for k in kept]


def explain(
    figure: str,
    *,
    indicator: str = "",
    date: str = "",
    entity: str = "",
    warehouse: Path | None = None,
    wait: float = DEFAULT_WAIT,
) -> list[Row]:
    """The figures meant by an id (or the beginning of one), or by an indicator and the day its period ends."""
    with open_store(warehouse, wait=wait) as store:
        catalogue = store.catalogue()
        origins = {s.id: s for s in store.sources()}
        chosen = store.figures(beginning=figure.lower()) if len(figure) >= 4 else []
        if not chosen:
            name = indicator or figure
            if not name:
                raise Misuse("which_figure")
            if figure and not indicator and _looks_like_id(figure):
                raise Misuse("unknown_figure", id=figure)
            chosen = _at(store, catalogue.indicator(name).slug, catalogue.entity(entity).slug, date)
        found = statements(store.figures_at([k.observation for k in chosen]), catalogue)
        by_id = {
            k.observation.id: k for k in store.figures(ids=[i for k in chosen for i in k.observation.derived_from])
        }
    reports = {o.id: (s.figure, *s.reports) for s in found for o in (s.figure, *s.reports)}
    rows = []
    for item in chosen:
        o = item.observation
        row = known_object(item, tuple(r for r in reports.get(o.id, ()) if r.id != o.id))
        row["derived_from"] = [_brief(by_id[i]) if i in by_id else i for i in o.derived_from]
        origin = origins[o.source]
        row |= {
            "title": origin.title,
            "publisher": origin.publisher,
            "published_basis": origin.published_basis,
            "sha256": origin.sha256,
        }
        rows.append(row)
    return rows


def _brief(item: Known) -> Row:
    o = item.observation
    return {"id": o.id, "indicator": o.indicator, "as_stated": o.as_stated, "source": o.source}


def _looks_like_id(text: str) -> bool:
    return len(text) == 12 and all(c in "0123456789abcdef" for c in text.lower())


def _at(store: Warehouse, indicator: str, entity: str, date: str) -> list[Known]:
    own = store.observations(indicator, entity)
    if date:
        day = parse_day(date, "--date")
        own = [k for k in own if k.observation.period_end == day]
    if not own:
        raise Misuse("no_figure_there", indicator=indicator, entity=entity, date=date or "-")
    return own
