"""Of several columns that claim one role, which keeps it: the one that says most, in words, of the finest place."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from warehouse.tables.grid import Grid
from warehouse.tables.layout import filled
from warehouse.tables.sdmx import tells
from warehouse.tables.shape import ColumnSeen, Seen

_ONE_END = re.compile(
    r"\b(?:origin|destination|asylum|partner|counterpart|residence|nationality|citizenship|herkunfts\w*|"
    r"origine|origen|provenance|procedencia)\b|客源|国籍|原产|目的|贸易伙伴",
    re.IGNORECASE,
)
"""Words of a column of places that are one end of a movement: the other end is told beside it, never left out."""
_WIDE_PLACE = re.compile(
    r"国家.*|省份?|省市?|country.*|nation|state.*|province.*|region.*|land|pays|pa[ií]s", re.IGNORECASE
)
"""Headings of places that hold the others: a city's column says more of a row than its province's."""
_HAN = re.compile(r"[\u3400-\u9fff]")
CODE = re.compile(r"'?[A-Z0-9][A-Z0-9_.\-:+]*")
"""What is a code rather than words."""


def only_one(grid: Grid, seen: Seen, roles: dict[int, str], columns: Sequence[ColumnSeen], role: str) -> None:
    """Of several columns of one role keep the one that says most, in words rather than codes."""
    own = [c for c, r in roles.items() if r == role]
    if len(own) < 2:
        return
    if role == "value":
        own.sort(key=lambda c: -columns[c - 1].figures)
    else:
        one_end = {c: role == "entity" and bool(_ONE_END.search(columns[c - 1].heading)) for c in own}
        whole = role == "entity" and len(set(one_end.values())) > 1
        own.sort(
            key=lambda c: (
                whole and one_end[c],
                -len(columns[c - 1].distinct),
                all(CODE.fullmatch(t) for t in columns[c - 1].distinct),
                bool(_WIDE_PLACE.fullmatch(columns[c - 1].heading)),
                not _HAN.search("".join(columns[c - 1].distinct)),
                -sum(map(len, columns[c - 1].distinct)),
            )
        )
    named = [c for c in sorted(own) if not all(CODE.fullmatch(t) for t in columns[c - 1].distinct)]
    ends = [c for c in named if role == "entity" and _ONE_END.search(columns[c - 1].heading)]
    if role == "entity" and named and named[0] != own[0] and (len(ends) > 1 or _adds(grid, seen, own[0], named[0])):
        own.remove(named[0])
        own.insert(0, named[0])
    heads = {columns[c - 1].heading.split(" ")[-1] for c in own}
    if role != "value" and len(heads) == 1 and heads != {""} and _apart(own):
        return
    for column in own[1:]:
        several = len(columns[column - 1].distinct) > 1
        named_once = role == "indicator" and tells(columns[column - 1].distinct)
        varies = named_once or (several and (role == "indicator" or bool(ends) or _adds(grid, seen, own[0], column)))
        roles[column] = "part" if varies and role != "value" else "ignore"


def _apart(own: Sequence[int]) -> bool:
    """Whether columns with one heading stand as far apart as blocks of a table set side by side do."""
    steps = {b - a for a, b in itertools.pairwise(sorted(own))}
    return len(steps) == 1 and steps.pop() > 1


def _adds(grid: Grid, seen: Seen, kept: int, column: int) -> bool:
    """Whether a second column of places tells rows apart that the first does not (origin and destination)."""
    pairs = {(filled(grid, r, kept).strip(), filled(grid, r, column).strip()) for r in seen.sample}
    return len(pairs) > len({first for first, _ in pairs})
