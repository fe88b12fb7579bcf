"""Which rows no longer are what was written: every row's hash against its seal, every entry against the chain.

Each row is hashed once. The hashes of an entry leave the database sorted and a few thousand at a time, so neither the
number of entries nor the size of one decides how much memory a proof takes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from warehouse.errors import WarehouseError
from warehouse.store.asking import MEMORY, Asking
from warehouse.store.journal import TABLES, chained, question

NAMED_BY = {
    "entity": "slug",
    "indicator": "slug",
    "alias": "of_what || ' ' || slug || ' = ' || alias",
    "definition": "indicator || ' ' || slug",
    "comparable": "indicator || ' ' || first_slug || ' = ' || second_slug",
    "plan": "slug",
    "source": "id",
    "observation": "indicator || ' ' || id",
    "explanation": "finding",
    "carried": "observation",
}
"""How a row of each table is named to a reader, as SQL; a table that is not here is named by its number of the row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tampered:
    """A row (or a whole entry of the journal, `table` "journal") that is not what was once written."""

    entry: int
    table: str
    name: str
    what: str
    """changed, removed, added, chain, content"""


class Proof(Asking):
    """An open warehouse that can say whether it still is what it was."""

    def damaged(self) -> list[tuple[str, str]]:
        """Tables that cannot be read to the end, with DuckDB's reason: every block is read and its checksum checked."""
        found = []
        for (table,) in self._execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary ORDER BY table_name"):
            try:
                self._execute(f"SELECT count(*), bit_xor(hash(t)) FROM {table} t")
            except WarehouseError as error:
                found.append((str(table), str(error.params.get("why", error.code))))
        return found

    def tampered(self) -> list[Tampered]:
        """Every row that is not what was written, named; every entry of the journal that breaks the chain."""
        self._execute(f"SET memory_limit = '{MEMORY}'")
        found: list[Tampered] = []
        contents: dict[int, hashlib._Hash] = {}
        for table in TABLES:
            self._execute(
                "CREATE OR REPLACE TEMP TABLE proof_row AS"
                f" SELECT entry, rowid AS place, sha256(t::VARCHAR) AS hash FROM {table} t"
            )
            name = NAMED_BY.get(table, "'row ' || rowid")
            strange = self._execute(
                f"SELECT t.entry, {name}, p.sealed FROM {table} t JOIN ({question('proof_strange')}) p"
                " ON p.place = t.rowid ORDER BY 1, 2",
                {"table": table},
            )
            found += [
                Tampered(entry=e, table=table, name=str(n), what="changed" if s else "added") for e, n, s in strange
            ]
            named = {int(e) for e, _, _ in strange}
            gone = self._execute(question("proof_gone"), {"table": table})
            found += [Tampered(entry=e, table=table, name=str(n), what="removed") for e, n in gone if e not in named]
            for entry, checksum in self._checksums():
                contents.setdefault(entry, hashlib.sha256()).update(f"{table}:{checksum}\n".encode())
        self._execute("DROP TABLE proof_row")
        return found + self._broken_links({entry: total.hexdigest() for entry, total in contents.items()})

    def _checksums(self) -> list[tuple[int, str]]:
        """The checksum of each entry's rows in `proof_row`, made as `content_sha256` makes it."""
        running: dict[int, hashlib._Hash] = {}
        for entry, hashes in self._rows("SELECT entry, hash FROM proof_row ORDER BY entry, hash"):
            running.setdefault(int(entry), hashlib.sha256()).update(hashes.encode())
        return [(entry, total.hexdigest()) for entry, total in running.items()]

    def _broken_links(self, contents: dict[int, str]) -> list[Tampered]:
        found = []
        head, expected, nothing = "", 1, hashlib.sha256().hexdigest()
        rows = self._execute(
            "SELECT seq, recorded, author, action, detail, content_sha256, head FROM journal ORDER BY seq"
        )
        for seq, recorded, author, action, detail, content, said in rows:
            if seq != expected or said != chained(head, seq, recorded, author, action, detail, content):
                found.append(Tampered(entry=seq, table="journal", name=f"{action} {detail}"[:80], what="chain"))
            elif contents.get(seq, nothing) != content:
                found.append(Tampered(entry=seq, table="journal", name=f"{action} {detail}"[:80], what="content"))
            head, expected = said, seq + 1
        return found
