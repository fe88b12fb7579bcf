"""Which columns of words a table needs: those without which two of its rows would say the same thing.

A column that its heading calls a code is read where nothing else tells its rows apart (sex by code), and one that only
describes the place of its row (the region it is in, its largest group) is left out; both are told, and so is a column
left out that sorts the rows in its own way (estimates, projections).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from warehouse.tables.grid import Grid, letter
from warehouse.tables.layout import filled
from warehouse.tables.nations import is_nation
from warehouse.tables.rivals import CODE
from warehouse.tables.role_words import role_word
from warehouse.tables.shape import ColumnSeen, Seen

APART = 0.97
"""So many of the rows have to be told apart: an office repeats a row by mistake, and a table has rows of sections."""
ALMOST = 1.1
"""A place may stand on two levels (an island that is a region and a municipality), but few do."""
LEAST = 4
"""From so many names on a pattern among them is none by chance."""
_WEEK = 7
FEW = 20
"""A column that sorts the rows into more kinds than that is one of notes."""
_OF_PLACES = re.compile(r"name|district|neighbou?rhood|area|ward|borough|区|街道|名称", re.IGNORECASE)
"""Headings below which names may be those of places."""
_KEY = re.compile(r"[A-Z0-9_]+(?:[.:][A-Z0-9_]*)+")
_SAYS = ("entity", "indicator", "period", "month", "part", "unit", "definition")


def only_needed(
    grid: Grid, seen: Seen, roles: dict[int, str], columns: Sequence[ColumnSeen], doubts: list[tuple[str, str, str]]
) -> None:
    """Change `roles` where a column of words is read without need, or left out though rows need it."""
    rows = _rows(grid, seen, roles)
    if len(rows) < LEAST:
        return
    spare = [c for c in _having(roles, "ignore") if _sorts(columns[c - 1], len(rows))]
    read = [c for c, role in roles.items() if role != "ignore"]
    _leave_out_names_of_periods(rows, roles, columns)
    _leave_out_keys(rows, roles, columns)
    _leave_out_what_splits(rows, roles, columns)
    _owned_by_the_finer(rows, roles, columns)
    _leave_out_descriptions(rows, roles, columns)
    doubts += [("words_left_out", letter(c), columns[c - 1].heading[:40]) for c in read if roles[c] == "ignore"]
    used = [c for c, role in roles.items() if role in _SAYS]
    for column in spare:
        kinds = columns[column - 1].distinct
        if len(kinds) <= FEW and not any(
            _told_by(rows, c, column) for c in used if roles[c] not in ("period", "month")
        ):
            told = f"{columns[column - 1].heading[:40]}: {', '.join(kinds[:3])[:80]}"
            doubts.append(("words_unread", letter(column), told))
    for column in _telling_apart(rows, used, spare):
        roles[column] = "part"
        doubts[:] = [d for d in doubts if d[:2] != ("words_unread", letter(column))]
        doubts.append(("column_tells_apart", letter(column), columns[column - 1].heading[:40]))


def _leave_out_names_of_periods(rows: list[list[str]], roles: dict[int, str], columns: Sequence[ColumnSeen]) -> None:
    """Leave out a label that is another in each period, and the same wherever it comes again: its code."""
    dated = _having(roles, "period")
    for column in [*_open_names(roles, columns), *_having(roles, "part")] if dated else ():
        alike = _told_by(rows, dated[-1], column) and _told_by(rows, column, dated[-1])
        if alike and len(columns[column - 1].distinct) >= LEAST:
            roles[column] = "ignore"


def _leave_out_keys(rows: list[list[str]], roles: dict[int, str], columns: Sequence[ColumnSeen]) -> None:
    """Leave out the key of a series, Q:4T:N:628, where columns of words say all that it says."""
    told = [c for role in ("entity", "unit", "part", "indicator") for c in _having(roles, role)]
    for column in [*_having(roles, "indicator"), *_having(roles, "part")]:
        others = [c for c in told if c != column and roles[c] != "ignore"]
        in_words = [c for c in others if roles[c] in ("part", "indicator") and _in_words(columns[c - 1])]
        keyed = all(map(_KEY.fullmatch, columns[column - 1].distinct))
        if keyed and in_words and _apart(rows, [*others, column]) == _apart(rows, others):
            roles[column] = "ignore"


def _leave_out_what_splits(rows: list[list[str]], roles: dict[int, str], columns: Sequence[ColumnSeen]) -> None:
    """Leave out the day of the week, and what is filled in once a place: they would split one series into several."""
    dated, owners = _having(roles, "period"), _having(roles, "entity")
    for column in [*_open_names(roles, columns), *_having(roles, "part")]:
        kinds = len(columns[column - 1].distinct)
        full = [row for row in rows if row[column - 1]]
        of_day = dated and 1 < kinds <= _WEEK and _apart(rows, dated) >= 3 * kinds and _told_by(rows, dated[-1], column)
        sparse = owners and 2 * len(full) < len(rows) and _apart(full, owners) == _apart(full, [*owners, column])
        if (of_day and _apart(rows, [*owners, *dated]) == len(rows)) or (sparse and len(full) == _apart(full, owners)):
            roles[column] = "ignore"


def _in_words(column: ColumnSeen) -> bool:
    return not all(map(CODE.fullmatch, column.distinct))


def _owned_by_the_finer(rows: list[list[str]], roles: dict[int, str], columns: Sequence[ColumnSeen]) -> None:
    """Where names of which each comes once lie each in one place, they are places within it: districts of boroughs."""
    owners, named = _having(roles, "entity"), _open_names(roles, columns)
    if len(owners) != 1 or len(named) != 1 or not _OF_PLACES.search(columns[named[0] - 1].heading):
        return
    places = _apart(rows, owners)
    if _apart(rows, named) == len(rows) >= 2 * places >= LEAST and _told_by(rows, named[0], owners[0]):
        roles[named[0]], roles[owners[0]] = "entity", "ignore"


def _leave_out_descriptions(rows: list[list[str]], roles: dict[int, str], columns: Sequence[ColumnSeen]) -> None:
    """Leave out what is the same wherever a place comes again, its second name, or sorts places that come once.

    A country beside a place is whom it trades with, and stays.
    """
    owners = _having(roles, "entity")
    if len(owners) != 1:
        return
    owner = owners[0]
    rows = _carried(rows, owner)
    places = _apart(rows, owners)
    again = places < len(rows)
    for column in _open_names(roles, columns) if len(_having(roles, "indicator")) == 1 else ():
        kinds = len(columns[column - 1].distinct)
        if kinds > 1 and (again or kinds < places) and _apart(rows, [owner, column]) <= ALMOST * places:
            roles[column] = "ignore"
    for column in _having(roles, "part"):
        kinds = len(columns[column - 1].distinct)
        second_name = again and kinds == places and not any(map(is_nation, columns[column - 1].distinct))
        sorts = not again and column > owner and not _having(roles, "indicator")
        if kinds > 1 and (second_name or sorts) and _told_by(rows, owner, column):
            roles[column] = "ignore"


def _carried(rows: list[list[str]], column: int) -> list[list[str]]:
    """The rows with each blank of a column as the text above it, which a merged cell is."""
    last, told = "", []
    for row in rows:
        last = row[column - 1] or last
        told.append([*row[: column - 1], last, *row[column:]])
    return told


def _having(roles: dict[int, str], role: str) -> list[int]:
    return [column for column, own in roles.items() if own == role]


def _open_names(roles: dict[int, str], columns: Sequence[ColumnSeen]) -> list[int]:
    """The columns taken for names of figures though their heading does not say that they are."""
    return [c for c in _having(roles, "indicator") if role_word(columns[c - 1].heading) != "indicator"]


def _telling_apart(rows: list[list[str]], used: list[int], spare: Sequence[int]) -> list[int]:
    """Those of the `spare` columns without which the used ones do not tell the rows apart; none where none can."""
    left, told = list(spare), _apart(rows, used)
    added: list[int] = []
    while told < APART * len(rows) and left:
        best = max(left, key=lambda c: _apart(rows, [*used, *added, c]))
        if (more := _apart(rows, [*used, *added, best])) == told:
            return []
        left.remove(best)
        added, told = [*added, best], more
    return added if told >= APART * len(rows) else []


def _told_by(rows: list[list[str]], known: int, column: int) -> bool:
    """Whether a column says no more than another: the name behind a code, the region of a country."""
    return _apart(rows, [known, column]) == _apart(rows, [known])


def _rows(grid: Grid, seen: Seen, roles: dict[int, str]) -> list[list[str]]:
    """The texts of the first rows that have a figure."""
    values = _having(roles, "value")
    return [
        [filled(grid, row, c).strip() for c in range(1, grid.width + 1)]
        for row in seen.sample
        if any(grid.text(row, c).strip() for c in values)
    ]


def _apart(rows: list[list[str]], columns: Sequence[int]) -> int:
    """How many of the rows the columns tell apart."""
    return len({tuple(row[c - 1] for c in columns) for row in rows})


def _sorts(column: ColumnSeen, rows: int) -> bool:
    """Whether a column sorts the rows into a few kinds by words, each of them told."""
    return column.texts >= 0.9 * rows and 1 < len(column.distinct) <= max(2, rows // 2)
