"""What there is to say about a series or a projection: a code with parameters, told later in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Note:
    """One remark: `code` names a sentence of `forecast/sentences/`, `params` fill its gaps."""

    code: str
    params: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


def note(code: str, **params: Any) -> Note:
    """A note with its parameters as keywords: `note("bound_closed", value=170, low=170, high=180)`."""
    return Note(code, MappingProxyType(params))


def reference_alone(notes: Sequence[Note]) -> Note | None:
    """The note that says why a model built on the reference gave that projection as it is; None where there is none."""
    return next((n for n in notes if n.code.startswith("reference_alone_")), None)
