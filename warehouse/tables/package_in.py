"""A Data Package of the store read again, row by row, so that one of a million figures fits.

Trusts neither the file names in the description (only tables we know are read, from their own names) nor the size of
what a zip claims to hold.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any

from warehouse.errors import Fault, Invalid
from warehouse.tables.package import MISSING, NAME

LIMIT = 4_000_000_000
"""As many bytes are unpacked."""
MOST_FAULTS = 200
BATCH = 5_000
DESCRIPTION = "datapackage.json"


class Package:
    """An open package. `counts` has how many rows of each table were read so far."""

    def __init__(self, path: Path, types: Mapping[str, Mapping[str, str]], pack: zipfile.ZipFile | None) -> None:
        self.path, self.counts = path, Counter[str]()
        self._types, self._pack, self._left = types, pack, LIMIT
        self._faults: list[Fault] = []
        self.about = self._described()
        listed = {str(r.get("path")) for r in self.about.get("resources", []) if isinstance(r, dict)}
        unknown = sorted(listed - {_file(name) for name in types})
        self._faults += [Fault("unknown_table", DESCRIPTION, "", name[:80]) for name in unknown]
        needed = [name for name in types if _file(name) in listed or name == "journal"]
        self._faults += [Fault("no_file", _file(name)) for name in needed if not self._holds(_file(name))]

    def check(self) -> None:
        """Raise `Invalid` with the faults of everything read so far."""
        if self._faults:
            raise _bad(self.path, *self._faults[:MOST_FAULTS])

    def tables(self) -> dict[str, Iterator[tuple[Any, ...]]]:
        """The rows of every table that the package holds, read when they are asked for."""
        return {name: self.rows(name) for name in self._types if self._holds(_file(name))}

    def rows(self, name: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a table; a row with a fault is left out and remembered. Raises `Invalid` for no text at all."""
        where, kinds = _file(name), list(self._types[name].values())
        with self._open(where) as file:
            csv.field_size_limit(2**31 - 1)
            reader = csv.reader(file, strict=True)
            try:
                header = next(reader, [])
                if header != list(self._types[name]):
                    self._faults.append(Fault("other_columns", where, "", ", ".join(header)[:80]))
                    return
                lines = ((reader.line_num, cells) for cells in reader)
                while batch := list(islice(lines, BATCH)):
                    rows = self._batch(where, kinds, batch)
                    self.counts[name] += len(rows)
                    yield from rows
            except csv.Error as error:
                self._faults.append(Fault("not_csv", f"{where}:{reader.line_num}", detail=str(error)))

    def _batch(self, where: str, kinds: Sequence[str], batch: Sequence[tuple[int, list[str]]]) -> list[tuple[Any, ...]]:
        """The values of some lines, each distinct cell of a column worked out once."""
        try:
            columns = zip(*(cells for _, cells in batch), strict=True)
            return list(zip(*(_column(c, kind) for c, kind in zip(columns, kinds, strict=True)), strict=True))
        except ValueError:
            return [row for line, cells in batch if (row := self._row(f"{where}:{line}", kinds, cells)) is not None]

    def _row(self, where: str, kinds: Sequence[str], cells: Sequence[str]) -> tuple[Any, ...] | None:
        if len(cells) != len(kinds):
            self._faults.append(Fault("ragged", where, detail=f"{len(cells)} / {len(kinds)}"))
            return None
        try:
            return tuple(_value(cell, kind) for cell, kind in zip(cells, kinds, strict=True))
        except ValueError as error:
            self._faults.append(Fault("bad_cell", where, detail=str(error)[:80]))
            return None

    def _described(self) -> dict[str, Any]:
        if not self._holds(DESCRIPTION):
            raise _bad(self.path, Fault("no_file", DESCRIPTION))
        with self._open(DESCRIPTION) as file:
            try:
                about = json.loads(file.read())
            except json.JSONDecodeError as error:
                raise _bad(self.path, Fault("not_json", DESCRIPTION, detail=str(error)[:120])) from None
        if not isinstance(about, dict) or about.get("name") != NAME:
            raise _bad(self.path, Fault("other_package", DESCRIPTION))
        return about

    def _holds(self, name: str) -> bool:
        return name in self._pack.NameToInfo if self._pack is not None else (self.path / name).is_file()

    @contextmanager
    def _open(self, name: str) -> Iterator[IO[str]]:
        with _readable(self.path), ExitStack() as closing:
            pack = self._pack
            if pack is None:
                yield closing.enter_context((self.path / name).open(encoding="utf-8-sig", newline=""))
            else:
                member = closing.enter_context(pack.open(name))
                counted = io.BufferedReader(_Limited(self, name, member), 1 << 20)
                yield io.TextIOWrapper(counted, "utf-8-sig", newline="")

    def spend(self, size: int, name: str) -> None:
        """Count bytes that were unpacked. Raises `Invalid` beyond `LIMIT`."""
        self._left -= size
        if self._left < 0:
            raise _bad(self.path, Fault("zip_bomb", name))


class _Limited(io.RawIOBase):
    """A member of a zip whose bytes are counted as they come."""

    def __init__(self, package: Package, name: str, member: IO[bytes]) -> None:
        self._package, self._name, self._member = package, name, member

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._member.read(len(buffer))
        self._package.spend(len(data), self._name)
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def opened(path: Path, types: Mapping[str, Mapping[str, str]]) -> Iterator[Package]:
    """A package of the tables in `types`. Raises `Invalid` for one of another make, and for no package at all."""
    with ExitStack() as closing:
        with _readable(path):
            pack = None if path.is_dir() else closing.enter_context(zipfile.ZipFile(path))
        yield Package(path, types, pack)


def read_package(
    path: Path, types: Mapping[str, Mapping[str, str]]
) -> tuple[dict[str, Any], dict[str, list[tuple[Any, ...]]]]:
    """The description and the rows of every table in `types` that the package holds, all at once.

    Raises `Invalid` for a package of another make, another schema, or with cells that are not what they should be.
    """
    with opened(path, types) as package:
        tables = {name: list(rows) for name, rows in package.tables().items()}
        package.check()
        return package.about, tables


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """What a file that is no package fails with, as a fault."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, UnicodeDecodeError, NotImplementedError, RuntimeError, EOFError) as error:
        raise _bad(path, Fault("not_a_package", path.name, detail=str(error)[:120])) from None


def _bad(path: Path, *faults: Fault) -> Invalid:
    return Invalid("bad_package", faults, path=str(path))


def _file(table: str) -> str:
    return f"data/{table}.csv"


def _column(cells: Sequence[str], kind: str) -> Iterator[Any]:
    values = {cell: _value(cell, kind) for cell in set(cells)}
    return map(values.__getitem__, cells)


def _value(cell: str, kind: str) -> Any:
    if cell == MISSING:
        return None
    if kind == "DOUBLE":
        return float(cell)
    if kind in ("BIGINT", "INTEGER", "UBIGINT"):
        return int(cell)
    if kind == "BOOLEAN":
        return {"true": True, "false": False}[cell] if cell in ("true", "false") else int("not a boolean")
    if kind == "DATE":
        return date.fromisoformat(cell)
    if kind == "TIMESTAMP":
        return datetime.fromisoformat(cell)
    if kind.endswith("[]") or kind.startswith(("STRUCT", "MAP", "JSON")):
        return json.loads(cell)
    return cell[1:] if cell.startswith("\\") else cell
