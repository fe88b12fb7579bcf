"""Labels that mean something only under the row above them: 同比增长 below each of several figures, "of which" rows.

A label that comes again, or that says 其中 of itself, is read as "row above / label"; the row above is the nearest one
whose label comes once and says no such thing. It takes the unit of that row where it states none and speaks of no
change.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from unicodedata import east_asian_width

import numpy as np

from warehouse.coded import Coded, coded
from warehouse.tables.heads import OF_WHICH
from warehouse.tables.layout import tidy
from warehouse.tables.shared_units import counted_alike
from warehouse.tables.totals import is_total
from warehouse.tables.units import take_unit


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


def with_owners(beside: dict[str, list[Coded[str]]], text: Coded[str], width: int) -> dict[str, list[Coded[str]]]:
    """The columns of names and of places where labels come again under each place: Camden, then men and women."""
    if len(beside["indicator"]) != 1 or beside["entity"]:
        return {}
    labels = [beside["indicator"][0][row] for row in range(len(text) // width)]
    owners, names, owner = [], [], ""
    for label, own in zip(labels, own_rows(labels), strict=True):
        owner = label if own else owner
        owners.append(owner)
        names.append("" if own else label)
    return {"indicator": [coded(names)], "entity": [coded(owners)]}


def own_rows(labels: Sequence[str]) -> list[bool]:
    """Which labels come once, and so stand above those that come again."""
    count = Counter(map(tidy, labels))
    return [bool(label.strip()) and count[tidy(label)] == 1 and not OF_WHICH.match(label) for label in labels]


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

    Where rows are indented, the row above is the nearest that is less so; under one with a figure all of them are read.
    A total of the whole table names nothing that is set in under it.
    """
    count = Counter(tidy(label) for label, has in zip(labels, figured, strict=True) if has)
    indents = _indents(labels)
    told: list[str] = []
    parent = ""
    outer: list[tuple[int, str, bool]] = []
    for label, has, indent in zip(labels, figured, indents, strict=True):
        name = tidy(label)
        outer = [row for row in outer if row[0] < indent]
        nameless = (is_total(name) or _OTHERS.fullmatch(name)) and outer
        lone = bool(name) and count[name] <= 1 and not OF_WHICH.match(label) and not nameless
        above = outer[-1][1] if outer else parent
        if lone or not has or not name:
            set_in = bool(outer) and outer[-1][2]
            told.append(_under(above, label, named=not is_total(above)) if lone and set_in else label)
            parent = told[-1] if lone else parent
        else:
            told.append(_under(above, label) if above else label)
        outer += [(indent, told[-1], has)] if name else []
    return told


def _indents(labels: Sequence[str]) -> list[int]:
    """How far each label is set in; one behind 其中: as far as its name, where others are set in just so."""
    own = [len(label) - len(label.lstrip()) for label in labels]
    behind = [
        sum(1 + (east_asian_width(sign) in "WF") for sign in match.group()) if (match := OF_WHICH.match(label)) else -1
        for label in labels
    ]
    return [name if name in own else indent for name, indent in zip(behind, own, strict=True)]


def stands_under(labels: Sequence[str], figured: Sequence[bool]) -> bool:
    """Whether a label that comes once is set in under a row with a figure."""
    count, read = Counter(map(tidy, labels)), under_parents(labels, figured)
    return any(told != label and count[tidy(label)] == 1 for told, label in zip(read, labels, strict=True))


_OTHERS = re.compile(r"其[他它]|others?|小[计計]|subtotal", re.IGNORECASE)
"""Labels that name nothing by themselves."""


def of_which(labels: Sequence[str]) -> bool:
    """Whether a label says that it is a part of the row above."""
    return any(OF_WHICH.match(label) for label in labels)


def _under(parent: str, label: str, *, named: bool = True) -> str:
    """The label with the name of its parent where that is to be `named`, and with its unit."""
    unit, bare = take_unit(tidy(parent))
    name = tidy(label)
    inherits = unit and take_unit(name)[0] is None and counted_alike(name, unit)
    whole = f"{bare} / {name}" if named else name
    return f"{whole}（{unit.printed}）" if unit and inherits else whole
