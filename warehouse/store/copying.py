"""The whole store as plain rows, and a store made again from them: entry by entry, to the same head of the chain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from warehouse.errors import NotAWarehouse
from warehouse.store.desk import Desk
from warehouse.store.file import translated
from warehouse.store.journal import TABLES

JOURNAL = "journal"
BATCH = 50_000


class Copying(Desk):
    """An open warehouse that can be written out and read in whole."""

    def columns_of(self, table: str) -> dict[str, str]:
        """Column -> DuckDB type, in order. Raises `NotAWarehouse` for a table that is not ours."""
        if table not in (*TABLES, JOURNAL):
            raise NotAWarehouse("unknown_table", path=str(self.path), why=table)
        rows = self._execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = $table ORDER BY column_index",
            {"table": table},
        )
        return {str(name): str(kind) for name, kind in rows}

    def rows_of(self, table: str) -> Iterator[tuple[Any, ...]]:
        """Every row of a table in the order it was written."""
        self.columns_of(table)
        order = "seq" if table == JOURNAL else "entry, rowid"
        with translated(self.path):
            cursor = self._connection.cursor().execute(f"SELECT * FROM {table} ORDER BY {order}")
            while batch := cursor.fetchmany(BATCH):
                yield from batch

    def replay(self, tables: Mapping[str, Iterable[Sequence[Any]]], check: Callable[[], None]) -> None:
        """Fill a new, empty store with rows that another one wrote out, seal them, and check the chain.

        `check` may refuse once all rows are read. Raises `NotAWarehouse` where a row or an entry is not what that
        store's chain says it was.
        """
        with self._atomic():
            for table in (*TABLES, JOURNAL):
                self._fill(table, tables.get(table, ()))
            check()
            for table in TABLES:
                self._execute(
                    f"INSERT INTO seal SELECT '{table}', ('0x' || left(sha256(t::VARCHAR), 16))::UBIGINT, entry"
                    f" FROM {table} t WHERE entry IN (SELECT seq FROM journal)"
                )
        broken = [t for t in self.tampered() if t.table == JOURNAL]
        if broken:
            raise NotAWarehouse("package_altered", path=str(self.path), why=f"{broken[0].entry} {broken[0].name}")

    def _fill(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        types = self.columns_of(table)
        coming = iter(rows)
        while batch := list(islice(coming, BATCH)):
            columns = {f"c{i}": list(column) for i, column in enumerate(zip(*batch, strict=True))}
            picked = ", ".join(f"unnest(${name}::{kind}[])" for name, kind in zip(columns, types.values(), strict=True))
            self._execute(f"INSERT INTO {table} SELECT {picked}", columns)

    def append_rows(
        self, rows: Mapping[str, Sequence[Mapping[str, Any]]], *, author: str, action: str, detail: str
    ) -> None:
        """Append rows of several tables in one transaction, as one entry of the journal."""
        self._append(rows, author=author, action=action, detail=detail)


def write_parquet(path: Path, types: Mapping[str, str], batches: Iterable[Mapping[str, Sequence[Any]]]) -> None:
    """Batches of columns as a Parquet file with typed columns; `types` are DuckDB's. No warehouse is touched."""
    with translated(path), duckdb.connect(config={"threads": 2}) as memory:
        named = ", ".join(f'"{name}" {kind}' for name, kind in types.items())
        memory.execute(f"CREATE TABLE figures ({named})")
        picked = ", ".join(f"unnest($c{i}::{kind}[])" for i, kind in enumerate(types.values()))
        for batch in batches:
            columns = {f"c{i}": list(batch[name]) for i, name in enumerate(types)}
            memory.execute(f"INSERT INTO figures SELECT {picked}", columns)
        memory.table("figures").write_parquet(str(path))
