"""Out again: figures as CSV, Parquet, Excel or SDMX-CSV, or the whole warehouse as a Data Package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from forecast.errors import Misuse
from forecast.workflow.opening import DEFAULT_WAIT, open_store, tool_version
from warehouse.store import TABLES, Warehouse, write_parquet
from warehouse.store.copying import JOURNAL
from warehouse.tables import rows_out
from warehouse.tables.package import write_package

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
    """What was written, how many figures (with those replaced or not), and the head of the chain it was read under."""

    path: Path
    figures: int
    head: str
    replaced: bool = False


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
                return Exported(path=path, figures=_package(store, fresh, head), head=head, replaced=True)
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
            return Exported(path=path, figures=count.rows, head=head, replaced=chosen.superseded)
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
