"""Everything the warehouse refuses on purpose. Each carries a `code` and `params`; the words are somebody else's.

WarehouseError
├── NotAWarehouse        the file exists and is something else, or is damaged
├── NewerWarehouse       written by a later version of the tool
├── WarehouseBusy        another process holds it longer than we were told to wait
├── WarehouseUnwritable  no permission, read-only, or no space
├── Unknown              (also KeyError) no such indicator, entity, definition, source, observation; `near` suggests
└── Invalid              (also ValueError) data that failed a check; `faults` lists all of them
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

speaking: list[Callable[[WarehouseError], str]] = []
"""Makes a sentence of a refusal, once somebody has lent the words."""


class WarehouseError(Exception):
    """Base of all refusals; `code` names the sentence, `params` fill its gaps."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code = code
        self.params = params
        super().__init__(code, params)

    def __str__(self) -> str:
        return speaking[0](self) if speaking else f"{self.code}: {self.params}"


class NotAWarehouse(WarehouseError):
    """The file is not one of our databases, or is damaged."""


class NewerWarehouse(WarehouseError):
    """The file was written by a later version of the tool."""


class WarehouseBusy(WarehouseError):
    """Somebody else holds the file."""


class WarehouseUnwritable(WarehouseError):
    """The file or its folder cannot be written."""


class Unknown(WarehouseError, KeyError):
    """No such thing; `params["near"]` may suggest one."""

    @property
    def instead(self) -> str:
        """What was perhaps meant: the nearest names, else all there are; "" where nothing is like it."""
        return str(self.params.get("near") or self.params.get("known") or "")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a file: where, what, and the text that caused it."""

    code: str
    where: str = ""
    column: str = ""
    text: str = ""
    detail: str = ""


def unknown_columns(where: str, header: Iterable[str], known: Iterable[str]) -> tuple[Fault, ...]:
    """One fault for the columns of a heading that such a table does not have, naming those it has; none for none."""
    known = tuple(known)
    unknown = ", ".join(name or '""' for name in header if name not in known)
    return (Fault("unknown_column", where, unknown, detail=", ".join(known)),) if unknown else ()


class Invalid(WarehouseError, ValueError):
    """Data that failed a check. `faults` has one entry per fault, all found before raising."""

    def __init__(self, code: str, faults: tuple[Fault, ...], **params: Any) -> None:
        super().__init__(code, **params)
        self.faults = faults
