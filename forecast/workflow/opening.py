"""Opening the warehouse the way every command does: where the user said, seeded on first use."""

from __future__ import annotations

from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from forecast.errors import Misuse
from forecast.notes import Note
from forecast.sentences import fault_line, tell
from warehouse.errors import WarehouseError, speaking
from warehouse.location import default_path, seeds_folder

if TYPE_CHECKING:
    from warehouse.store import Warehouse

DEFAULT_WAIT = 10.0


def _sentence(error: WarehouseError) -> str:
    """A refusal of the warehouse in English, its faults below it."""
    return "\n".join([tell(Note(error.code, error.params)), *map(fault_line, getattr(error, "faults", ()))])


if _sentence not in speaking:
    speaking.append(_sentence)


def tool_version() -> str:
    """The installed version of this tool."""
    try:
        return version("indicator-forecast")
    except PackageNotFoundError:
        return "0+checkout"


def open_store(path: Path | None = None, *, wait: float = DEFAULT_WAIT) -> Warehouse:
    """The warehouse, read-only; made and seeded first where there is none. Close it soon."""
    from warehouse.opening import open_for_reading

    return open_for_reading(path or default_path(), seeds_folder(), tool_version=tool_version(), wait=wait)


def as_of_or_newest(store: Warehouse, as_of: date | None) -> date:
    """The day whose knowledge counts: as asked, else the newest publication in the store. Raises `Misuse` if empty."""
    day = as_of or store.newest_publication()
    if day is None:
        raise Misuse("empty_warehouse", path=str(store.path))
    return day
