"""Which columns of words a table needs: those without which two of its rows would say the same thing.

A column that its heading calls a code is read where nothing else tells its rows apart (sex by code), and one that only
describes the place of its row (the region it is in, its largest group) is left out; both are told, and so is a column
left out that sorts the rows in its own way (estimates, projections).
"""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.tables.grid import Grid, letter
from warehouse.tables.layout import filled
from warehouse.tables.nations import is_nation
from warehouse.tables.role_words import role_word
from warehouse.tables.shape import ColumnSeen, Seen

SAMPLE = 3000
"""As many rows are compared."""
APART = 0.97
"""So many of the rows have to be told apart: an office repeats a row by mistake, and a table has rows of sections."""
LEAST = 4
"""From so many names on a pattern among them is none by chance."""
FEW = 20
"""A column that sorts the rows into more kinds than that is one of notes."""
_SAYS = ("entity", "indicator", "period", "month", "part", "unit", "definition")


def only_needed(
    grid: Grid, seen: Seen, roles: dict[int, str], columns: Sequence[ColumnSeen], doubts: list[tuple[str, str, str]]
) -> None:
    """Change `roles` where a column of words is read without need, or left out though rows need it."""
    rows = _rows(grid, seen, roles)
    if len(rows) < 4:
        return
    _leave_out_names_of_periods(rows, roles, columns, doubts)
    _owned_by_the_finer(rows, roles, columns, doubts)
    _leave_out_descriptions(rows, roles, columns, doubts)
    used = [c for c, role in roles.items() if role in _SAYS]
    out = {at for code, at, _ in doubts if code == "words_left_out"}
    left = [c for c, role in roles.items() if role == "ignore" and letter(c) not in out]
    spare = [c for c in left if _sorts(columns[c - 1], len(rows))]
    for column in spare:
        kinds = columns[column - 1].distinct
        if len(kinds) <= FEW and not any(_told_by(rows, c, column) for c in used):
            told = f"{columns[column - 1].heading[:40]}: {', '.join(kinds[:3])[:80]}"
            doubts.append(("words_unread", letter(column), told))
    for column in _telling_apart(rows, used, spare):
        roles[column] = "part"
        doubts.append(("column_tells_apart", letter(column), columns[column - 1].heading[:40]))


def _leave_out_names_of_periods(
    rows: list[list[str]], roles: dict[int, str], columns: Sequence[ColumnSeen], doubts: list[tuple[str, str, str]]
) -> None:
    """Leave out a label that is another in each period, and the same wherever it comes again: its code."""
    dated = [c for c, role in roles.items() if role == "period"]
    for column in [c for c, role in roles.items() if role in ("indicator", "part") and dated]:
        alike = _told_by(rows, dated[-1], column) and _told_by(rows, column, dated[-1])
        if alike and len(columns[column - 1].distinct) >= LEAST:
            roles[column] = "ignore"
            doubts.append(("words_left_out", letter(column), columns[column - 1].heading[:40]))


def _owned_by_the_finer(
    rows: list[list[str]], roles: dict[int, str], columns: Sequence[ColumnSeen], doubts: list[tuple[str, str, str]]
) -> None:
    """Where each name lies in one place and comes once, the names are places within it: districts of boroughs."""
    owners = [c for c, role in roles.items() if role == "entity"]
    named = [c for c, role in roles.items() if role == "indicator"]
    if len(owners) != 1 or len(named) != 1 or role_word(columns[named[0] - 1].heading) == "indicator":
        return
    places = _apart(rows, owners)
    if _apart(rows, named) == len(rows) >= 2 * places >= LEAST and _told_by(rows, named[0], owners[0]):
        roles[named[0]], roles[owners[0]] = "entity", "ignore"
        doubts.append(("words_left_out", letter(owners[0]), columns[owners[0] - 1].heading[:40]))


def _leave_out_descriptions(
    rows: list[list[str]], roles: dict[int, str], columns: Sequence[ColumnSeen], doubts: list[tuple[str, str, str]]
) -> None:
    """Leave out what is the same wherever a place comes again, its second name, or sorts places that come once.

    A country beside a place is whom it trades with, and stays.
    """
    owners = [c for c, role in roles.items() if role == "entity"]
    if len(owners) != 1:
        return
    owner, places = owners[0], _apart(rows, owners)
    again = places < len(rows)
    named = [c for c, role in roles.items() if role == "indicator"]
    for column in [*named, *(c for c, role in roles.items() if role == "part")]:
        heading, kinds = columns[column - 1].heading, len(columns[column - 1].distinct)
        if kinds < 2 or _apart(rows, [owner, column]) > places * (1.1 if column in named else 1):
            continue
        if column in named:
            described = len(named) == 1 and role_word(heading) != "indicator" and (again or kinds < places)
        else:
            second_name = again and kinds == places and not any(map(is_nation, columns[column - 1].distinct))
            described = second_name or (not again and column > owner and "indicator" not in roles.values())
        if described:
            roles[column] = "ignore"
            doubts.append(("words_left_out", letter(column), heading[:40]))


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
    values = [c for c, role in roles.items() if role == "value"]
    span = range(seen.first_row, min(seen.last_row, seen.first_row + SAMPLE) + 1)
    return [
        [filled(grid, row, c).strip() for c in range(1, grid.width + 1)]
        for row in span
        if any(grid.text(row, c).strip() for c in values)
    ]


def _apart(rows: list[list[str]], columns: Sequence[int]) -> int:
    """How many of the rows the columns tell apart."""
    return len({tuple(row[c - 1] for c in columns) for row in rows})


def _sorts(column: ColumnSeen, rows: int) -> bool:
    """Whether a column sorts the rows into a few kinds by words, each of them told."""
    return column.texts >= 0.9 * rows and 1 < len(column.distinct) <= max(2, rows // 2)
