"""Two kinds of mending, and withdrawal. Nothing is overwritten: each is a new row that supersedes another.

`correct` mends our own transcription: the new row keeps the old one's `published`, so every `--as-of` sees the mended
value and only `--as-recorded` still shows what we believed. `revise` records that the publisher changed the figure:
the new row belongs to another source and is seen only from its publication on. `retract` withdraws a figure; no older
one takes its place. All keep who and why, and all first list what rests on the old value: values derived from it,
targets set for the same thing, and projections frozen while it was believed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from forecast.errors import Misuse
from forecast.notes import Note, note
from forecast.workflow.evidence import shown
from forecast.workflow.opening import DEFAULT_WAIT, open_store, tool_version
from forecast.workflow.steward import Figure, source_of, who
from forecast.workflow.targeting import aim_told
from warehouse.errors import Fault, Invalid
from warehouse.figure_rows import Findings, observation_from_row
from warehouse.intentions import live
from warehouse.location import default_path, seeds_folder
from warehouse.records import Known, Observation, Snapshot, Source
from warehouse.statements import statements
from warehouse.store import Warehouse

CELLS = (
    "entity", "definition", "period_start", "period_end", "basis", "as_of_low", "as_of_high", "value", "low", "high",
    "as_stated", "qualifier", "locator", "phrase", "flag", "note",
)  # fmt: skip
"""What may be mended about a figure, as cells of text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """What a mending did or would do: the row it replaces, the new row, what rests on the old one."""

    old: Observation
    new: Observation
    source: Source
    resting: tuple[Note, ...] = ()
    remarks: tuple[Note, ...] = ()
    written: bool = False


def correct(
    figure: str,
    changes: Mapping[str, str],
    *,
    why: str,
    by: str = "",
    dry_run: bool = False,
    warehouse: Path | None = None,
    wait: float = DEFAULT_WAIT,
) -> Mending:
    """Mend our transcription of the figure with that id (or the beginning of one). `changes` are cells of text.

    Raises `Misuse` for an unknown or already replaced figure, for no reason and for no change; `Invalid` for faults.
    """
    author = who(by)
    changed = {k: v for k, v in changes.items() if v}
    with open_store(warehouse, wait=wait) as store:
        old = live_figure(store, figure)
        if not changed:
            raise Misuse("nothing_to_correct", id=old.id)
        source = _source(store, old.source)
        made = _remade(store, old, {"nature": old.nature, **changed}, replace(source, published=old.published))
        new = replace(
            made,
            id="",
            published=old.published,
            nature=old.nature,
            measure=old.measure,
            derived_from=old.derived_from,
            formula=old.formula,
            action="correct",
            supersedes=old.id,
            author=author,
            reason=why,
        )
        mending = _mending(store, old, new, source, why)
    return mending if dry_run else _write(mending, author, warehouse, wait)


def revise(
    figure: str,
    changes: Mapping[str, str],
    *,
    published: date | None,
    why: str,
    source: str = "",
    title: str = "",
    publisher: str = "",
    url: str = "",
    by: str = "",
    dry_run: bool = False,
    warehouse: Path | None = None,
    wait: float = DEFAULT_WAIT,
) -> Mending:
    """Record that the publisher changed the figure; the change is known from its publication on.

    Raises `Misuse` as `correct` does, and for a publication that is not later than the old one; `Invalid` for faults.
    """
    author = who(by)
    changed = {k: v for k, v in changes.items() if v}
    with open_store(warehouse, wait=wait) as store:
        old = live_figure(store, figure)
        if "value" not in changed:
            raise Misuse("revise_needs_value", id=old.id)
        cells = Figure(cells={}, published=published, title=title, source=source, publisher=publisher, url=url)
        origin = source_of(cells, {s.id: s for s in store.sources()})
        if origin.published <= old.published:
            raise Misuse("revision_not_later", given=origin.published.isoformat(), held=old.published.isoformat())
        if origin.published > date.today():
            fault = Fault("published_in_future", "source", "published", origin.published.isoformat())
            raise Invalid("bad_figure", (fault,))
        made = _remade(store, old, {"locator": "", "phrase": "", **changed}, origin)
        new = replace(made, id="", measure=old.measure, action="revise", supersedes=old.id, author=author, reason=why)
        mending = _mending(store, old, new, origin, why)
    return mending if dry_run else _write(mending, author, warehouse, wait)


def retract(
    figure: str, *, why: str, by: str = "", dry_run: bool = False, warehouse: Path | None = None,
    wait: float = DEFAULT_WAIT,
) -> Mending:  # fmt: skip
    """Withdraw a figure: it stays in the record, marked, and stands for nothing. Raises `Misuse` as `correct` does."""
    author = who(by)
    with open_store(warehouse, wait=wait) as store:
        old = live_figure(store, figure)
        new = replace(old, id="", action="retract", supersedes=old.id, author=author, reason=why)
        mending = _mending(store, old, new, _source(store, old.source), why)
    return mending if dry_run else _write(mending, author, warehouse, wait)


def live_figure(store: Warehouse, name: str) -> Observation:
    """The standing figure whose id begins with `name`. Raises `Misuse`: none, several, or one already replaced."""
    wanted = name.strip().lower()
    chosen = store.figures(beginning=wanted) if len(wanted) >= 4 else []
    if not chosen:
        raise Misuse("unknown_figure", id=name)
    if len(chosen) > 1 and not any(k.observation.id == wanted for k in chosen):
        raise Misuse("several_figures", id=name, ids=", ".join(k.observation.id for k in chosen[:5]))
    item = chosen[0] if len(chosen) == 1 else next(k for k in chosen if k.observation.id == wanted)
    if item.live:
        return item.observation
    last = _last_in_chain(store, item)
    if last.action == "retract":
        raise Misuse("already_retracted", id=item.observation.id)
    raise Misuse("already_replaced", id=item.observation.id, by=last.id)


def _last_in_chain(store: Warehouse, item: Known) -> Observation:
    """The row at the end of the replacements of `item`."""
    while item.superseded_by and (later := store.figures(ids=[item.superseded_by])):
        item = later[0]
    return item.observation


def _source(store: Warehouse, name: str) -> Source:
    return next(s for s in store.sources() if s.id == name)


def _remade(store: Warehouse, old: Observation, changes: Mapping[str, str], source: Source) -> Observation:
    cells = {"indicator": old.indicator, **{name: _cell(getattr(old, name)) for name in CELLS}}
    if {"value", "qualifier"} & changes.keys():
        cells |= {"low": "", "high": ""}
    if "value" in changes:
        cells["as_stated"] = changes["value"]
    if "period_end" in changes and old.period_start == old.period_end:
        cells["period_start"] = ""
    findings = Findings()
    made = observation_from_row(
        cells | {"measure": old.measure} | dict(changes), source, store.catalogue(), old.id, findings
    )
    if made is None:
        raise Invalid("bad_figure", tuple(findings.faults))
    return made


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _mending(store: Warehouse, old: Observation, new: Observation, source: Source, why: str) -> Mending:
    if not why.strip():
        raise Misuse("say_why")
    if new.action != "retract" and all(getattr(new, n) == getattr(old, n) for n in (*CELLS, "published", "source")):
        raise Misuse("nothing_to_correct", id=old.id)
    remarks = []
    for statement in statements(store.figures_at([old]), store.catalogue()):
        reports = (statement.figure, *statement.reports)
        if any(r.id == old.id for r in reports):
            remarks += [
                note("also_reported", figure=shown(r), id=r.id, source=r.source) for r in reports if r.id != old.id
            ]
    return Mending(old=old, new=new, source=source, resting=tuple(resting_on(store, old)), remarks=tuple(remarks))


def resting_on(store: Warehouse, old: Observation) -> list[Note]:
    """What rests on a figure: values derived from it, however far, targets, and frozen projections."""
    derived = [k.observation for k in store.figures(derived=True) if k.live]
    reached, notes = {old.id}, []
    grown = True
    while grown:
        grown = False
        for o in derived:
            if o.id not in reached and reached & set(o.derived_from):
                reached.add(o.id)
                grown = True
                notes.append(
                    note("rests_derived", figure=shown(o), indicator=o.indicator, id=o.id, formula=o.formula or "?")
                )
    places = {(o.indicator, o.entity, o.definition) for o in (old, *derived) if o.id in reached}
    for indicator, entity, definition in sorted(places):
        for t in live(store.targets()):
            if (t.indicator, t.entity) == (indicator, entity):
                notes.append(
                    note("rests_target", indicator=indicator, id=t.id, says=aim_told(t), day=t.due.isoformat())
                )
        for name, says in store.frozen_on(indicator, entity, definition, old.published):
            notes.append(note("rests_frozen", indicator=indicator, id=name, says=says))
    return notes


def _write(mending: Mending, author: str, warehouse: Path | None, wait: float) -> Mending:
    from warehouse.opening import open_for_writing

    with open_for_writing(warehouse or default_path(), seeds_folder(), tool_version=tool_version(), wait=wait) as store:
        live_figure(store, mending.old.id)
        store.append_snapshot(
            Snapshot(source=mending.source, observations=(mending.new,)),
            author=author,
            action=mending.new.action,
            detail=f"{mending.old.id} {mending.new.reason}"[:300],
        )
    return replace(mending, written=True)
