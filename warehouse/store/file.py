"""Opening the file, and DuckDB's errors in our terms."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from warehouse.errors import NotAWarehouse, WarehouseError, WarehouseUnwritable
from warehouse.waiting import HeldElsewhere

_SETTINGS: dict[str, Any] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "threads": 2,
}
STORAGE = "v2.0.0"
"""The storage version that triggers need."""


def connect(path: Path, *, write: bool) -> duckdb.DuckDBPyConnection:
    """A connection to a file that is there. Raises `HeldElsewhere`, `NotAWarehouse`, `WarehouseUnwritable`."""
    with translated(path):
        return duckdb.connect(str(path), read_only=not write, config=_SETTINGS)


def connect_new(fresh: Path, path: Path) -> duckdb.DuckDBPyConnection:
    """A connection to a new, empty file `fresh` that is to become `path`."""
    with translated(path):
        return duckdb.connect(str(fresh), config={**_SETTINGS, "storage_compatibility_version": STORAGE})


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """The name under which a new database is made beside `path`; moved there whole when the block ends well."""
    fresh = path.with_name(f"{path.name}.new")
    leftovers = (fresh, fresh.with_name(f"{fresh.name}.wal"))
    try:
        for leftover in leftovers:
            leftover.unlink(missing_ok=True)
        yield fresh
        fresh.replace(path)
    except OSError as error:
        raise WarehouseUnwritable("cannot_write", path=str(path), why=error.strerror or str(error)) from None
    finally:
        for leftover in leftovers:
            leftover.unlink(missing_ok=True)


def back_up(path: Path, *, suffix: str) -> Path:
    """Copy a closed warehouse beside itself as `<name>.<suffix>`; the caller holds `writing` and no connection."""
    copy = path.with_name(f"{path.name}.{suffix}")
    try:
        shutil.copy2(path, copy)
    except OSError as error:
        raise WarehouseUnwritable("cannot_write", path=str(copy), why=error.strerror or str(error)) from None
    return copy


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """DuckDB's errors in our terms."""
    try:
        yield
    except duckdb.Error as error:
        raise _ours(error, path) from error


def _ours(error: duckdb.Error, path: Path) -> Exception:
    text = str(error)
    if "Could not set lock" in text or "being used by another process" in text:
        who = re.search(r"held in (.+?) \(PID (\d+)\)(?: by user (\S+))?", text)
        named = f"{Path(who.group(1)).name} {who.group(2)}" if who else ""
        return HeldElsewhere(named)
    if "not a valid DuckDB" in text or "in-memory" in text:
        return NotAWarehouse("no_warehouse", path=str(path))
    if (
        "No space left" in text
        or "File too large" in text
        or "Disk quota" in text
        or "not enough space" in text.lower()
    ):
        return WarehouseUnwritable("disk_full", path=str(path))
    if "Permission denied" in text or "read-only" in text.lower() or "Access is denied" in text:
        return WarehouseUnwritable("cannot_write", path=str(path), why=os.strerror(errno.EACCES))
    if "append-only" in text:
        return WarehouseError("append_only", path=str(path))
    if (
        isinstance(error, duckdb.IOException | duckdb.FatalException | duckdb.SerializationException)
        or type(error) is duckdb.Error
    ):
        return NotAWarehouse("not_a_warehouse", path=str(path), why=text.splitlines()[0][:200])
    return error
