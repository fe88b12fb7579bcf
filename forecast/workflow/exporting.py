"""Out again: figures as CSV, Parquet, Excel or SDMX-CSV, the whole warehouse as a Data Package; and a package back in.

A package read into a place where nobody has written makes the same warehouse again, entry by entry, to the same head
of the chain. Read into one that people have written to, it adds what is missing, keeps the moment the other warehouse
recorded each figure beside our own, and lists conflicts instead of settling them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from forecast.errors import Misuse
from forecast.notes import Note, note
from forecast.workflow.opening import DEFAULT_WAIT, open_store, tool_version
from forecast.workflow.steward import who
from warehouse.location import default_path, seeds_folder
from warehouse.opening import SEED_AUTHOR, open_for_writing
from warehouse.store import TABLES, Warehouse, create, open_existing, write_parquet
from warehouse.store.copying import JOURNAL
from warehouse.tables import rows_out
from warehouse.tables.package import read_package, write_package
from warehouse.waiting import writing

FORMATS = ("csv", "parquet", "xlsx", "sdmx", "package")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which figures are exported; blank means all."""

    indicator: str = ""
    entity: str = ""
    as_of: date | None = None
    superseded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written, how many figures, and the head of the chain it was read under."""

    path: Path
    figures: int
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What reading a package did or would do."""

    rebuilt: bool
    figures: int
    head: str
    notes: tuple[Note, ...] = ()
    written: bool = False


def format_of(path: Path, wanted: str) -> str:
    """The format a file name asks for. Raises `Misuse` where it asks for none."""
    if wanted:
        if wanted not in FORMATS:
            raise Misuse("unknown_format", name=wanted, known=", ".join(FORMATS))
        return wanted
    if path.name.lower().endswith(".sdmx.csv"):
        return "sdmx"
    found = {".csv": "csv", ".parquet": "parquet", ".xlsx": "xlsx", ".zip": "package", "": "package"}.get(
        path.suffix.lower()
    )
    if found is None:
        raise Misuse("unknown_format", name=path.suffix, known=", ".join(FORMATS))
    return found


def export(
    path: Path,
    *,
    form: str = "",
    selection: Selection | None = None,
    lang: str = "en",
    overwrite: bool = False,
    warehouse: Path | None = None,
    wait: float = DEFAULT_WAIT,
) -> Exported:
    """Write the figures (or, as a package, everything) to `path`, whole or not at all. Raises `Misuse`."""
    kind = format_of(path, form)
    if path.exists() and not (overwrite and path.is_file()):
        raise Misuse("export_exists", path=str(path))
    chosen = selection or Selection()
    with open_store(warehouse, wait=wait) as store:
        head = store.head()
        if kind == "package":
            if chosen != Selection():
                raise Misuse("package_is_whole")
            with _landing(path) as fresh:
                return Exported(path=path, figures=_package(store, fresh, head), head=head)
        catalogue, sources = store.catalogue(), store.sources()
        indicator = catalogue.indicator(chosen.indicator).slug if chosen.indicator else None
        entity = catalogue.entity(chosen.entity).slug if chosen.entity else None
        if kind == "sdmx":
            known = [k for k in store.observations(indicator, entity, as_of=chosen.as_of) if k.live]
        else:
            batches = store.figure_rows(indicator, entity, as_of=chosen.as_of, superseded=chosen.superseded)
            count = _Count()
            figures = rows_out.flat_columns(count.of(batches), catalogue, sources, head, lang)
            with _landing(path) as fresh:
                _write(kind, fresh, figures, sources, head)
            return Exported(path=path, figures=count.rows, head=head)
    with _landing(path) as fresh, fresh.open("w", encoding="utf-8", newline="") as file:
        rows_out.write_csv(file, rows_out.sdmx_rows(known, catalogue, head), rows_out.SDMX_COLUMNS)
    return Exported(path=path, figures=len(known), head=head)


class _Count:
    """How many rows have gone by."""

    rows = 0

    def of(self, batches: Iterable[Sequence[tuple[Any, ...]]]) -> Iterator[Sequence[tuple[Any, ...]]]:
        for batch in batches:
            self.rows += len(batch)
            yield batch


def _write(
    kind: str, path: Path, figures: Iterable[Mapping[str, Sequence[Any]]], sources: Sequence[Any], head: str
) -> None:
    if kind == "csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            rows_out.write_columns(file, figures)
    elif kind == "parquet":
        write_parquet(path, rows_out.COLUMNS, figures)
    else:
        rows = [row for batch in figures for row in rows_out.as_rows(batch)]
        rows_out.write_xlsx(path, _sheets(rows, sources, head))


def _sheets(rows: list[dict[str, Any]], sources: Sequence[Any], head: str) -> dict[str, tuple[list[str], list[Any]]]:
    fields = list(type(sources[0]).__dataclass_fields__) if sources else ["id"]
    about = [{"what": "head of the chain", "value": head}, {"what": "figures", "value": len(rows)}]
    return {
        "figures": ([c for c in rows_out.COLUMNS if c != "head"], rows),
        "sources": (fields, [{f: getattr(s, f) for f in fields} for s in sources]),
        "about": (["what", "value"], about),
    }


@contextmanager
def _landing(path: Path) -> Iterator[Path]:
    """A name beside `path` that becomes it when the block ends well, and is gone otherwise."""
    import shutil

    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.stem}.new{path.suffix}")

    def clear() -> None:
        if fresh.is_dir():
            shutil.rmtree(fresh)
        else:
            fresh.unlink(missing_ok=True)

    clear()
    try:
        yield fresh
        fresh.replace(path)
    finally:
        clear()


def _package(store: Warehouse, path: Path, head: str) -> int:
    tables = {name: (store.columns_of(name), store.rows_of(name)) for name in (JOURNAL, *TABLES)}
    figures = sum(store.figures_by_entry().values())
    about = {"title": "A warehouse of announced figures", "version": tool_version(), "head": head, "figures": figures}
    write_package(path, tables, about)
    return figures


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
            about, tables = read_package(package, {t: store.columns_of(t) for t in (JOURNAL, *TABLES)})
    head = str(tables[JOURNAL][-1][-1]) if tables[JOURNAL] else ""
    figures = len(tables.get("observation", ()))
    if dry_run:
        return Brought(rebuilt=True, figures=figures, head=head)
    with writing(path, wait):
        if path.exists() and not _untouched(path, wait):
            raise Misuse("written_meanwhile", path=str(path))
        create(path, tool_version=tool_version(), fill=lambda store: store.replay(tables))
    notes = () if head == about.get("head") else (note("package_head_differs", said=str(about.get("head")), head=head),)
    return Brought(rebuilt=True, figures=figures, head=head, notes=notes, written=True)


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
