"""Labels that mean something only under the row above them: 同比增长 below each of several figures, "of which" rows.

A label that comes again, or that says 其中 of itself, is read as "row above / label"; the row above is the nearest one
whose label comes once and says no such thing. It takes the unit of that row where it states none and speaks of no
change.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from warehouse.coded import Coded, coded
from warehouse.tables.layout import tidy
from warehouse.tables.units import speaks_of_change, take_unit

_OF_WHICH = re.compile(
    r"\s*(?:(?:[#＃]|其\s*中\s*[:：]?)\s*|(?:of which|of whom|w tym|dont|darunter|davon|de l[oa]s cuales|di cui|"
    r"waarvan|varav|herav|heraf|dos quais|das quais|z toho|ebből|в том числе):?\s+)(?=\S)",
    re.IGNORECASE,
)


def with_parents(beside: dict[str, list[Coded[str]]], text: Coded[str], width: int) -> dict[str, list[Coded[str]]]:
    """The columns of names, and of units, with what a row takes from the one it stands under."""
    filled_in = np.asarray(text.where(lambda t: bool(t.strip()))).reshape(-1, width)
    said = [bool(row.any()) for row in filled_in]
    told: dict[str, list[Coded[str]]] = {}
    for role in ("indicator", "part"):
        for at, column in enumerate(beside[role][:1] if not told else []):
            labels = [column[row] for row in range(len(column))]
            read = under_parents(labels, said)
            told[role] = [*beside[role][:at], coded(read), *beside[role][at + 1 :]]
            child = [a != b for a, b in zip(labels, read, strict=True)]
            told["unit"] = [_inherited(units, child) for units in beside["unit"]]
    return told


def _inherited(units: Coded[str], child: Sequence[bool]) -> Coded[str]:
    """A column of units in which a row under another says the unit of that other where it says none."""
    told, above = [], ""
    for row in range(len(units)):
        text = units[row]
        above = text if not child[row] else above
        told.append(text if text.strip() or not child[row] else above)
    return coded(told)


def under_parents(labels: Sequence[str], figured: Sequence[bool]) -> list[str]:
    """The labels of rows from above; `figured` says which rows have a figure.

    Where rows are indented, the row above is the nearest that is less so.
    """
    count = Counter(tidy(label) for label, has in zip(labels, figured, strict=True) if has)
    told, parent = [], ""
    outer: list[tuple[int, str]] = []
    for label, has in zip(labels, figured, strict=True):
        name, indent = tidy(label), len(label) - len(label.lstrip())
        outer = [(depth, text) for depth, text in outer if depth < indent]
        nameless = _OTHERS.fullmatch(name) and outer
        lone = bool(name) and count[name] <= 1 and not _OF_WHICH.match(label) and not nameless
        above = outer[-1][1] if outer else parent
        if lone or not has or not name:
            parent = label if lone else parent
            told.append(label)
        else:
            told.append(_under(above, label) if above else label)
        outer += [(indent, label if count[name] <= 1 else told[-1])] if name else []
    return told


_OTHERS = re.compile(r"其[他它]|others?|合计|小计|总计|total", re.IGNORECASE)
"""Labels that name nothing by themselves."""


def of_which(labels: Sequence[str]) -> bool:
    """Whether a label says that it is a part of the row above."""
    return any(_OF_WHICH.match(label) for label in labels)


def _under(parent: str, label: str) -> str:
    unit, bare = take_unit(tidy(parent))
    name = tidy(label)
    inherits = unit and take_unit(name)[0] is None and not speaks_of_change((name,))
    return f"{bare} / {name}（{unit.printed}）" if unit and inherits else f"{bare} / {name}"
