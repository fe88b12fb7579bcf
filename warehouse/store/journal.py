"""Transactions, the journal that chains them, and the tables that only grow."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from warehouse import migrate
from warehouse.rows import CATALOGUE_TABLES
from warehouse.store.file import translated

TABLES = (
    *CATALOGUE_TABLES, "source", "observation", "explanation", "carried", "target", "scenario", "frozen", "frozen_row",
)  # fmt: skip
"""Every table whose rows belong to an entry of the journal."""
SQL = Path(__file__).parents[1] / "sql"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One transaction of the journal."""

    seq: int
    recorded: datetime
    author: str
    tool_version: str
    action: str
    detail: str
    head: str


@cache
def question(name: str) -> str:
    """The text of `sql/<name>.sql`."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


class Journal:
    """An open file as a chain of entries; what its tables mean is said by the classes that build on it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, tool_version: str) -> None:
        self._connection = connection
        self.path = path
        self._tool_version = tool_version

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; others may be waiting for it."""
        self._connection.close()

    def _execute(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        with translated(self.path):
            cursor = self._connection.execute(sql, dict(parameters)) if parameters else self._connection.execute(sql)
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def _atomic(self) -> Iterator[None]:
        self._execute("BEGIN")
        try:
            yield
            self._execute("COMMIT")
        except BaseException:
            with suppress(duckdb.Error):
                self._connection.rollback()
            raise

    def pending_migrations(self) -> int:
        """How many schema steps this file still lacks. Raises `NotAWarehouse`, `NewerWarehouse`."""
        return migrate.check_age(self._execute, migrate.steps())

    def missing_guards(self) -> tuple[str, ...]:
        """Tables that no longer refuse change."""
        return migrate.missing_guards(self._execute)

    def _latest(self, table: str, columns: str, key: str) -> list[tuple[Any, ...]]:
        """The last recorded row of each key. Table and column names are this module's own, never a user's."""
        return self._execute(
            f"SELECT {columns} FROM {table} QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY entry DESC,"
            f" rowid DESC) = 1 ORDER BY first_value(entry) OVER (PARTITION BY {key} ORDER BY entry), rowid"
        )

    def journal(self, action: str | None = None) -> list[Entry]:
        """The transactions so far, oldest first."""
        rows = self._execute(
            "SELECT seq, recorded, author, tool_version, action, detail, head FROM journal"
            " WHERE $action IS NULL OR action = $action ORDER BY seq",
            {"action": action},
        )
        names = ("seq", "recorded", "author", "tool_version", "action", "detail", "head")
        return [Entry(**dict(zip(names, row, strict=True))) for row in rows]

    def _append(
        self, rows: Mapping[str, Sequence[Mapping[str, Any]]], *, author: str, action: str, detail: str
    ) -> None:
        def insert(seq: int) -> None:
            for table in TABLES:
                self._insert(table, rows.get(table, ()), seq)

        filled = [table for table in TABLES if rows.get(table)]
        self._append_with(insert, filled, author=author, action=action, detail=detail)

    def _append_with(
        self, write: Callable[[int], None], filled: Sequence[str], *, author: str, action: str, detail: str
    ) -> None:
        """One entry of the journal whose rows `write` brings into the tables `filled`, all or nothing."""
        with self._atomic():
            last = self._execute("SELECT seq, head FROM journal ORDER BY seq DESC LIMIT 1")
            seq, head = (int(last[0][0]) + 1, str(last[0][1])) if last else (1, "")
            write(seq)
            content = self._seal(seq, filled)
            recorded = datetime.now(UTC).replace(tzinfo=None)
            entry = {
                "seq": seq,
                "recorded": recorded,
                "author": author,
                "version": self._tool_version,
                "action": action,
                "detail": detail,
                "content": content,
                "head": chained(head, seq, recorded, author, action, detail, content),
            }
            self._execute(
                "INSERT INTO journal VALUES ($seq, $recorded, $author, $version, $action, $detail, $content, $head)",
                entry,
            )

    def _insert(self, table: str, rows: Sequence[Mapping[str, Any]], seq: int) -> None:
        if not rows:
            return
        types = {
            str(name): str(kind)
            for name, kind in self._execute(
                "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = $table ORDER BY column_index",
                {"table": table},
            )
        }
        columns = {name: [row[name] for row in rows] for name in types if name != "entry"}
        picked = ", ".join(f"unnest(${name}::{types[name]}[])" for name in columns)
        self._execute(
            f"INSERT INTO {table} ({', '.join(columns)}, entry) SELECT {picked}, $entry",
            {**columns, "entry": seq},
        )

    def _seal(self, seq: int, tables: Sequence[str]) -> str:
        """Keep a short hash of every row just written, so that an audit can name the row that was changed later.

        Gives what `content_sha256` gives, from the same pass over the rows.
        """
        total = hashlib.sha256()
        for table in TABLES:
            if table not in tables:
                continue
            self._execute(
                f"CREATE OR REPLACE TEMP TABLE sealing AS SELECT sha256(t::VARCHAR) AS hash FROM {table} t"
                " WHERE entry = $seq",
                {"seq": seq},
            )
            self._execute(
                f"INSERT INTO seal SELECT '{table}', ('0x' || left(hash, 16))::UBIGINT, $seq FROM sealing", {"seq": seq}
            )
            rows = self._execute("SELECT sha256(string_agg(hash, '' ORDER BY hash)) FROM sealing")
            if rows[0][0] is not None:
                total.update(f"{table}:{rows[0][0]}\n".encode())
        return total.hexdigest()

    def content_sha256(self, seq: int) -> str:
        """A checksum of every row that the journal's entry `seq` brought, whatever table it is in."""
        total = hashlib.sha256()
        for table in TABLES:
            rows = self._execute(
                "SELECT sha256(string_agg(hash, '' ORDER BY hash)) FROM"
                f" (SELECT sha256(t::VARCHAR) AS hash FROM {table} t WHERE entry = $seq)",
                {"seq": seq},
            )
            if rows[0][0] is not None:
                total.update(f"{table}:{rows[0][0]}\n".encode())
        return total.hexdigest()

    def prepare(self) -> None:
        """Give a new, empty file the two tables that migrations themselves need."""
        with self._atomic():
            migrate.create_bookkeeping(self._execute)

    def migrate(self) -> None:
        """Apply the schema steps this file lacks, each in one transaction with its record."""
        have = migrate.applied(self._execute)
        for step in migrate.steps():
            if step.number not in have:
                with self._atomic():
                    migrate.apply(self._execute, step, self._tool_version)


def chained(head: str, seq: int, recorded: datetime, author: str, action: str, detail: str, content: str) -> str:
    """The head after an entry: sha256 over the previous head and everything the entry says."""
    text = "\x1f".join((head, str(seq), recorded.isoformat(), author, action, detail, content))
    return hashlib.sha256(text.encode()).hexdigest()
