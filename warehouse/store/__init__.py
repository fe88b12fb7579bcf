"""The only room that speaks to DuckDB: open, append in one transaction, ask.

Rows travel as columns. There is no update and no delete; a correction is a new row that supersedes another. Knows
records and SQL; does not know file formats, models, or words. `journal` holds the transaction, the chain and the
tables; each further module holds what may be asked of and appended to one group of tables.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from warehouse.store.bulk import Bulk, BulkLoading
from warehouse.store.copying import Copying, write_parquet
from warehouse.store.desk import Explanation
from warehouse.store.facts import Appended
from warehouse.store.file import back_up, connect, connect_new, new_file
from warehouse.store.journal import TABLES, Entry, chained
from warehouse.store.ledger import Ledger
from warehouse.store.plain import Plain, PlainSeries
from warehouse.store.proof import Tampered
from warehouse.store.suspects import Lacking, Repeated, Suspects
from warehouse.store.tables import Meeting, Meetings, TableLoading
from warehouse.store.targets import Targets
from warehouse.waiting import retry

__all__ = [
    "DEFAULT_WAIT",
    "TABLES",
    "Appended",
    "Bulk",
    "Entry",
    "Explanation",
    "Lacking",
    "Meeting",
    "Meetings",
    "Plain",
    "Repeated",
    "Tampered",
    "Warehouse",
    "back_up",
    "chained",
    "create",
    "open_existing",
    "write_parquet",
]

DEFAULT_WAIT = 10.0


class Warehouse(TableLoading, Copying, Suspects, PlainSeries, BulkLoading, Targets, Ledger):
    """An open warehouse. Use `open_existing` or `create`; close it soon, others may be waiting."""


def open_existing(path: Path, *, tool_version: str, write: bool = False, wait: float = DEFAULT_WAIT) -> Warehouse:
    """Open a file that is there. A writer must hold `waiting.writing`.

    Raises `NotAWarehouse`, `WarehouseBusy` after `wait` seconds, `WarehouseUnwritable`.
    """

    def attempt() -> Warehouse:
        return Warehouse(connect(path, write=write), path, tool_version)

    return retry(attempt, path=path, wait=wait)


def create(path: Path, *, tool_version: str, fill: Callable[[Warehouse], object]) -> None:
    """Make a new warehouse beside its final place, `fill` it, and move it there whole. The caller holds `writing`."""
    with new_file(path) as fresh, Warehouse(connect_new(fresh, path), path, tool_version) as store:
        store.prepare()
        store.migrate()
        fill(store)
