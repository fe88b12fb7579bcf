"""Many readers or one writer: who waits for whom, and for how long.

DuckDB's own lock shuts everybody out at once and without waiting, so writers queue under a lock file of ours and
everyone retries an open that meets a writer. Nothing here opens the database file itself: opening and closing it in
the same process would silently drop DuckDB's lock.
"""

from __future__ import annotations

import getpass
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from warehouse.errors import WarehouseBusy, WarehouseUnwritable
from warehouse.shares import announce
from warehouse.turns import READER, WRITER, in_turn, someone_waits_to_write

PAUSE_SECONDS = 0.02
_ours: set[Path] = set()
"""Warehouses this process has its turn to write: it does not wait for itself."""
T = TypeVar("T")


class HeldElsewhere(Exception):
    """An attempt met another process; `holder` says which ("name number"), "" where it is not known."""

    def __init__(self, holder: str) -> None:
        self.holder = holder
        super().__init__(holder)


def retry(attempt: Callable[[], T], *, path: Path, wait: float) -> T:
    """Repeat `attempt` while it raises `HeldElsewhere`, for `wait` seconds; then raise `WarehouseBusy`.

    Whoever does not have the turn to write lets the writers pass who came before.
    """
    deadline = time.monotonic() + wait
    if path in _ours or not someone_waits_to_write(path):
        return _repeated(attempt, path, wait, deadline)
    with in_turn(path, READER, deadline, lambda: _busy(path, wait)):
        return _repeated(attempt, path, wait, deadline)


def _repeated(attempt: Callable[[], T], path: Path, wait: float, deadline: float) -> T:
    pause = PAUSE_SECONDS
    while True:
        try:
            return attempt()
        except HeldElsewhere as held:
            if time.monotonic() >= deadline:
                raise _busy(path, wait, held.holder) from None
            time.sleep(pause)
            pause = min(pause * 1.5, 0.1)


def _busy(path: Path, wait: float, who: str = "") -> WarehouseBusy:
    name, _, process = (who or holder(path)).rpartition(" ")
    code = "warehouse_busy" if name else "warehouse_busy_unknown"
    return WarehouseBusy(code, path=str(path), holder=name, process=process, wait=wait)


@contextmanager
def writing(path: Path, wait: float) -> Iterator[None]:
    """Our turn to write. Raises `WarehouseBusy` after `wait` seconds, `WarehouseUnwritable` without permission."""
    import filelock

    announce(path)
    deadline = time.monotonic() + wait
    lock = filelock.FileLock(f"{path}.lock")
    note = Path(f"{path}.holder")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WarehouseUnwritable("cannot_write", path=str(path.parent), why=error.strerror or str(error)) from None
    with in_turn(path, WRITER, deadline, lambda: _busy(path, wait)):
        try:
            lock.acquire(timeout=max(0.0, deadline - time.monotonic()))
        except filelock.Timeout:
            raise _busy(path, wait) from None
        except OSError as error:
            why = error.strerror or str(error)
            raise WarehouseUnwritable("cannot_write", path=str(path.parent), why=why) from None
        _ours.add(path)
        try:
            with suppress(OSError):
                note.write_text(f"{getpass.getuser()} {os.getpid()}", encoding="utf-8")
            yield
        finally:
            with suppress(OSError):
                note.unlink(missing_ok=True)
            _ours.discard(path)
            lock.release()


def holder(path: Path) -> str:
    """Who is writing and the number of their process, as they noted it down; "" where nobody did."""
    try:
        return Path(f"{path}.holder").read_text(encoding="utf-8")
    except OSError:
        return ""
