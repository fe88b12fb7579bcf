"""The one door: the warehouse is made and seeded on first use, an older one backed up and migrated, newer seeds enter.

Knows the order in which these happen and under which lock. Does not know what the figures are for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from warehouse.catalogue import read_catalogue
from warehouse.errors import NotAWarehouse, WarehouseUnwritable
from warehouse.location import making
from warehouse.records import Known, Observation, Text
from warehouse.seeds import digest, read_snapshot, snapshot_folders
from warehouse.store import DEFAULT_WAIT, Explanation, Warehouse, back_up, create, open_existing
from warehouse.waiting import writing

SEED_AUTHOR = "seed data"


def open_for_reading(path: Path, seeds: Path, *, tool_version: str, wait: float = DEFAULT_WAIT) -> Warehouse:
    """The warehouse at `path`, made, migrated or reseeded first where that is due. Read-only.

    Raises `NotAWarehouse`, `NewerWarehouse`, `WarehouseBusy`, `WarehouseUnwritable`, `Invalid` (faulty seeds).
    """
    wanted = digest(seeds)
    if path.exists():
        store = open_existing(path, tool_version=tool_version, wait=wait)
        try:
            current = _is_current(store, wanted)
        except BaseException:
            store.close()
            raise
        if current:
            return store
        store.close()
    _prepare(path, seeds, wanted, tool_version=tool_version, wait=wait)
    return open_existing(path, tool_version=tool_version, wait=wait)


@contextmanager
def open_for_writing(path: Path, seeds: Path, *, tool_version: str, wait: float = DEFAULT_WAIT) -> Iterator[Warehouse]:
    """The warehouse, ours alone to append to until the block ends; made, migrated or reseeded first where due."""
    wanted = digest(seeds)
    for _ in range(2):
        if path.exists():
            with writing(path, wait), open_existing(path, tool_version=tool_version, write=True, wait=wait) as store:
                if _is_current(store, wanted):
                    yield store
                    return
        open_for_reading(path, seeds, tool_version=tool_version, wait=wait).close()
    with writing(path, wait), open_existing(path, tool_version=tool_version, write=True, wait=wait) as store:
        yield store


def _is_current(store: Warehouse, wanted: str) -> bool:
    if store.pending_migrations():
        return False
    loaded = store.journal("seeds")
    return bool(loaded) and loaded[-1].detail == wanted


def _prepare(path: Path, seeds: Path, wanted: str, *, tool_version: str, wait: float) -> None:
    with writing(path, wait):
        if not path.exists():
            create(path, tool_version=tool_version, fill=lambda store: load_seeds(store, seeds, wanted))
            for listener in making:
                listener(path)
            return
        with open_existing(path, tool_version=tool_version, wait=wait) as store:
            steps = store.pending_migrations()
            current = _is_current(store, wanted)
        if current:
            return
        if steps:
            back_up(path, suffix=f"before-{tool_version}")
        try:
            with open_existing(path, tool_version=tool_version, write=True, wait=wait) as store:
                store.migrate()
                load_seeds(store, seeds, wanted)
        except WarehouseUnwritable:
            if steps:
                raise


def load_seeds(store: Warehouse, seeds: Path, wanted: str) -> None:
    """Append whatever the seeds say that the store does not; mended seed figures enter as corrections.

    A figure that a person has already corrected is left as the person left it.
    """
    if not (seeds / "indicators.toml").exists():
        raise NotAWarehouse("no_seeds", path=str(seeds))
    store.append_catalogue(read_catalogue(seeds), author=SEED_AUTHOR, action="define", detail="seed catalogue")
    catalogue = store.catalogue()
    for folder in snapshot_folders(seeds):
        snapshot = read_snapshot(folder, catalogue, partial(store.find_figure, withdrawn=True))
        held = store.figures(sources=[snapshot.source.id])
        fresh, corrections = mended_figures(held, snapshot.observations)
        store.append_snapshot(replace(snapshot, observations=fresh), author=SEED_AUTHOR)
        if corrections:
            store.append_observations(corrections, author=SEED_AUTHOR, action="correct", detail="mended seed files")
    explained = store.explanations()
    new = [
        e for e in read_explanations(seeds) if explained.get(e.finding) != e and not _persons(explained.get(e.finding))
    ]
    if new:
        store.append_explanations(new, author=SEED_AUTHOR)
    store.append_observations((), author=SEED_AUTHOR, action="seeds", detail=wanted)


def read_explanations(seeds: Path) -> list[Explanation]:
    """`explanations.toml` of a seeds folder: why findings of the audit on these seeds are no faults."""
    path = seeds / "explanations.toml"
    if not path.exists():
        return []
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return [
        Explanation(finding=key, reason=Text(en=said["en"], zh=said["zh"]), author=SEED_AUTHOR)
        for key, said in table.items()
    ]


def _persons(held: Explanation | None) -> bool:
    return held is not None and held.author != SEED_AUTHOR


def mended_figures(
    held: list[Known], wanted: tuple[Observation, ...]
) -> tuple[tuple[Observation, ...], tuple[Observation, ...]]:
    """What a newer edition of a source's seed file means for the figures held from it: `(fresh, corrections)`.

    Fresh figures were never seen before. Corrections supersede a held seed figure of the same indicator, entity,
    definition and period that the new edition states differently, or retract one that it dropped.
    """
    fresh: list[Observation] = []
    corrections: list[Observation] = []
    seen = {k.observation.id for k in held}
    live = {_place(k.observation): k.observation for k in held if k.live}
    people = {_place(k.observation) for k in held if k.observation.author not in ("", SEED_AUTHOR)}
    for figure in wanted:
        place = _place(figure)
        old = live.pop(place, None)
        if place in people or (old is not None and _same(old, figure)):
            continue
        if old is not None:
            corrections.append(_mended(figure, old, "correct", "the seed file was mended"))
        elif figure.id not in seen:
            fresh.append(figure)
    for place, old in live.items():
        if place not in people:
            corrections.append(_mended(old, old, "retract", "the seed file no longer has this figure"))
    return tuple(fresh), tuple(corrections)


def _place(o: Observation) -> tuple[object, ...]:
    return o.indicator, o.entity, o.definition, o.period_start, o.period_end


def _same(held: Observation, wanted: Observation) -> bool:
    """Whether they say the same, whoever entered them."""

    def said(o: Observation) -> Observation:
        return replace(o, id="x", action="append", supersedes="", author="", reason="", derived_from=())

    return said(held) == said(wanted)


def _mended(figure: Observation, old: Observation, action: str, reason: str) -> Observation:
    return replace(figure, id="", action=action, supersedes=old.id, author=SEED_AUTHOR, reason=reason)
