"""A package back in: the same warehouse again, or what it holds more than ours.

Read into a place where nobody has written it makes the same warehouse again, entry by entry, to the same head of the
chain. Read into one that people have written to, it adds what is missing, keeps the moment the other warehouse recorded
each figure beside our own, and lists conflicts instead of settling them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forecast.errors import Misuse
from forecast.notes import Note, note
from forecast.workflow.opening import DEFAULT_WAIT, open_store, tool_version
from forecast.workflow.steward import who
from warehouse.location import default_path, seeds_folder
from warehouse.opening import SEED_AUTHOR, open_for_writing
from warehouse.store import TABLES, Warehouse, create, open_existing
from warehouse.store.copying import JOURNAL
from warehouse.tables.package_in import opened, read_package
from warehouse.waiting import writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What reading a package did or would do."""

    rebuilt: bool
    figures: int
    head: str
    notes: tuple[Note, ...] = ()
    written: bool = False


def bring_back(
    package: Path,
    *,
    dry_run: bool = False,
    by: str = "",
    warehouse: Path | None = None,
    wait: float = DEFAULT_WAIT,
) -> Brought:
    """Read a package made by `export`. Raises `Invalid` for a faulty one, `NotAWarehouse` for one that was altered."""
    path = warehouse or default_path()
    rebuild = not path.exists() or _untouched(path, wait)
    if rebuild:
        return _rebuilt(package, path, dry_run, wait)
    with open_store(path, wait=wait) as store:
        about, tables = read_package(package, {t: store.columns_of(t) for t in (JOURNAL, *TABLES)})
        plan = _Plan(store, tables, str(about.get("head", "")))
    if not any(plan.rows.values()) or dry_run:
        return Brought(rebuilt=False, figures=len(plan.rows["observation"]), head=plan.head, notes=tuple(plan.notes))
    with open_for_writing(path, seeds_folder(), tool_version=tool_version(), wait=wait) as store:
        plan = _Plan(store, tables, plan.head)
        store.append_rows(plan.rows, author=who(by), action="import", detail=f"package {plan.head[:16]}")
    return Brought(
        rebuilt=False, figures=len(plan.rows["observation"]), head=plan.head, notes=tuple(plan.notes), written=True
    )


def _untouched(path: Path, wait: float) -> bool:
    with open_existing(path, tool_version=tool_version(), wait=wait) as store:
        return not store.pending_migrations() and all(e.author == SEED_AUTHOR for e in store.journal())


def _rebuilt(package: Path, path: Path, dry_run: bool, wait: float) -> Brought:
    import tempfile

    with tempfile.TemporaryDirectory() as room:
        schema = Path(room) / "schema.duckdb"
        create(schema, tool_version=tool_version(), fill=lambda store: None)
        with open_existing(schema, tool_version=tool_version()) as store:
            types = {t: store.columns_of(t) for t in (JOURNAL, *TABLES)}
    with opened(package, types) as pack:
        pack.check()
        journal = list(pack.rows(JOURNAL))
        head = str(journal[-1][-1]) if journal else ""
        if dry_run:
            for rows in pack.tables().values():
                deque(rows, maxlen=0)
            pack.check()
        else:
            with writing(path, wait):
                if path.exists() and not _untouched(path, wait):
                    raise Misuse("written_meanwhile", path=str(path))
                create(path, tool_version=tool_version(), fill=lambda store: store.replay(pack.tables(), pack.check))
        figures, said = pack.counts["observation"], str(pack.about.get("head"))
    notes = () if dry_run or head == said else (note("package_head_differs", said=said, head=head),)
    return Brought(rebuilt=True, figures=figures, head=head, notes=notes, written=not dry_run)


class _Plan:
    """What of a package is missing here, and what contradicts what is here."""

    def __init__(self, store: Warehouse, tables: Mapping[str, Sequence[Sequence[Any]]], head: str) -> None:
        self.head = head
        self.notes: list[Note] = []
        self.rows: dict[str, list[dict[str, Any]]] = {}
        types = {t: list(store.columns_of(t)) for t in (JOURNAL, *TABLES)}
        theirs = {t: [dict(zip(types[t], row, strict=True)) for row in tables.get(t, ())] for t in (JOURNAL, *TABLES)}
        ours = {t: [dict(zip(types[t], row, strict=True)) for row in store.rows_of(t)] for t in TABLES}
        recorded = {row["seq"]: row["recorded"] for row in theirs[JOURNAL]}
        keys = {"entity": ("slug",), "indicator": ("slug",), "definition": ("indicator", "slug"), "plan": ("slug",),
                "source": ("id",), "comparable": ("indicator", "first_slug", "second_slug"),
                "alias": ("of_what", "alias"), "explanation": ("finding",)}  # fmt: skip
        for table, key in keys.items():
            self.rows[table] = self._named(table, key, theirs[table], ours[table])
        self._figures(theirs, ours, recorded)
        for table in ("target", "scenario", "frozen", "frozen_row"):
            more = len(theirs[table]) - len(ours[table])
            if theirs[table] and more:
                self.notes.append(note("not_merged", table=table, n=len(theirs[table])))

    def _named(
        self, table: str, key: tuple[str, ...], theirs: list[dict[str, Any]], ours: list[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        held = {tuple(r[k] for k in key): _said(r) for r in ours}
        latest = {tuple(r[k] for k in key): r for r in theirs}
        for name, row in latest.items():
            if name in held and held[name] != _said(row):
                self.notes.append(note("conflict_name", table=table, name=" ".join(map(str, name))))
        return [row for name, row in latest.items() if name not in held]

    def _figures(
        self,
        theirs: Mapping[str, list[dict[str, Any]]],
        ours: Mapping[str, list[dict[str, Any]]],
        recorded: Mapping[int, Any],
    ) -> None:
        held = {r["id"]: r for r in ours["observation"]}
        replaced = {r["supersedes"]: r["id"] for r in ours["observation"] if r["supersedes"]}
        also = {r["supersedes"] for r in theirs["observation"]}
        place = ("indicator", "entity", "definition", "period_start", "period_end", "source")
        live = {tuple(r[k] for k in place): r for r in ours["observation"]
                if r["id"] not in replaced and r["action"] != "retract"}  # fmt: skip
        taken: list[dict[str, Any]] = []
        refused: set[str] = set()
        for row in theirs["observation"]:
            if row["id"] in held:
                continue
            old = row["supersedes"]
            here = live.get(tuple(row[k] for k in place))
            if old in refused or (old and replaced.get(old, row["id"]) != row["id"]):
                self._conflict(row, held.get(replaced.get(old, ""), row), refused)
            elif here is not None and here["id"] != old and here["value"] != row["value"] and row["id"] not in also:
                self._conflict(row, here, refused)
            else:
                taken.append(row)
        carried = {(r["observation"], r["recorded"]) for r in ours["carried"]}
        self.rows["observation"] = taken
        self.rows["carried"] = [
            {"observation": r["id"], "recorded": recorded[r["entry"]], "head": self.head}
            for r in theirs["observation"]
            if (r["id"], recorded[r["entry"]]) not in carried and r["id"] in {t["id"] for t in taken}
        ]

    def _conflict(self, row: Mapping[str, Any], held: Mapping[str, Any], refused: set[str]) -> None:
        refused.add(str(row["id"]))
        self.notes.append(
            note("conflict_figure", indicator=row["indicator"], theirs=f"{row['as_stated']} ({row['period_end']})",
                 id=row["id"], ours=f"{held['as_stated']} ({held['period_end']})", held=held["id"])
        )  # fmt: skip


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k not in ("entry", "author")}
