"""Which role each column of a table probably has: by its heading, by its cells, and by what stands beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from warehouse.catalogue import Catalogue
from warehouse.tables.by_turns import by_turns
from warehouse.tables.code_columns import codes_beside_words, labels_not_codes
from warehouse.tables.date_spans import ends_span
from warehouse.tables.grid import Grid, letter
from warehouse.tables.headed_roles import headed_roles
from warehouse.tables.headings import read_heading
from warehouse.tables.needed import FEW, only_needed
from warehouse.tables.periods import within_year
from warehouse.tables.rivals import only_one
from warehouse.tables.sdmx import sdmx_roles
from warehouse.tables.shape import ColumnSeen, Seen
from warehouse.tables.totals import is_total
from warehouse.tables.two_tongues import said_again
from warehouse.tables.word_columns import named_by_what_is_said_once, places_behind_codes, text_columns

_ERROR_MARGIN = re.compile(
    r"margin of error|(?:^|[_!(])MOE\b|standard error|\bstd\.? ?err(?:or)?\b|^conf\.?$|"
    r"confidence interval|numeric(?:low|high)|(?:lower|upper)(?: bound)?$|"
    r"(?:_|\b)(?:lci|uci|ci)\b|[上下]限|误差|誤差",
    re.IGNORECASE,
)
_RANKED = re.compile(r"rank|place\b|position|名次|排名|位次|順位|순위|^#$", re.IGNORECASE)


def roles_of(
    grid: Grid, seen: Seen, columns: Sequence[ColumnSeen], catalogue: Catalogue, doubts: list[tuple[str, str, str]]
) -> dict[int, str]:
    """Column -> role. What is left out although it holds numbers, or says one thing only, is added to `doubts`."""
    roles = sdmx_roles(columns)
    if roles:
        doubts += [("words_unread", letter(c), _kinds(columns[c - 1])) for c in sorted(_unread(roles, columns))]
        return roles
    again = said_again(grid, seen, columns)
    doubts += [("said_again", letter(c), columns[c - 1].heading[:40]) for c in sorted(again)]
    words = ["ignore" if c in again else word for c, word in enumerate(headed_roles(grid, seen, columns), 1)]
    has_value = "value" in words
    roles = _by_cells(columns, words, doubts)
    if has_value:
        only_one(grid, seen, roles, columns, "value")
    labels_not_codes(grid, seen, roles, columns)
    turns = by_turns(grid, seen, [c for c, r in roles.items() if r in ("", "entity", "indicator", "part")])
    if words.count("entity") > 1 and not turns:
        _one_column_of_places(grid, seen, roles, columns, doubts)
    only_one(grid, seen, roles, columns, "indicator")
    codes_beside_words(grid, seen, roles, columns)
    _quarters_beside_years(roles, columns)
    places_behind_codes(roles, columns, seen.title)
    text_columns(roles, columns, catalogue, has_value, bool(seen.title), doubts)
    if turns:
        own = {roles[c] for c in turns}
        roles.update(dict.fromkeys(turns, "entity" if "entity" in own else "indicator"))
    only_needed(grid, seen, roles, columns, doubts)
    if has_value and not seen.title and not {"indicator", "part"} & set(roles.values()):
        named_by_what_is_said_once(roles, columns, doubts)
    told, unread = {where for _, where, _ in doubts}, _unread(roles, columns)
    for at, column in enumerate(columns, 1):
        if roles[at] == "ignore" and column.figures:
            doubts.append(("column_left_out", letter(at), column.heading[:40]))
        elif at in unread and letter(at) not in told and words[at - 1] != "ignore":
            doubts.append(("words_unread", letter(at), _kinds(column)))
    return roles


def _by_cells(
    columns: Sequence[ColumnSeen], words: Sequence[str], doubts: list[tuple[str, str, str]]
) -> dict[int, str]:
    """Column -> the role its heading names, else the one that its own cells show; "" for words not yet explained."""
    roles: dict[int, str] = {}
    has_value = "value" in words
    for at, (column, word) in enumerate(zip(columns, words, strict=True), 1):
        heading = read_heading(column.heading)
        if _ERROR_MARGIN.search(column.heading) or (column.texts and all(t[0] in "±*" for t in column.distinct)):
            roles[at] = "ignore"
            doubts.append(("column_left_out", letter(at), column.heading[:40]))
            continue
        if at < len(columns) and columns[at].heading.casefold() == f"{column.heading} label".casefold():
            roles[at] = "ignore"
            continue
        if at == 1 and len(columns) > 2 and _numbers_rows(column) and not _RANKED.search(column.heading):
            roles[at] = "ignore"
            continue
        counted = column.figures > 0 and column.figures >= 0.5 * column.filled
        if (
            word == "ignore"
            and column.texts
            and not counted
            and column.heading.lower() in ("state", "region", "division")
        ):
            word = "entity" if "entity" not in words else "ignore"
        twin = at > 1 and roles.get(at - 1) == "value" and columns[at - 2].heading == column.heading
        if twin and not column.figures and all(len(t) <= 3 for t in column.distinct):
            roles[at] = "flag" if column.texts else "ignore"
        elif word and not (word in ("entity", "indicator", "ignore") and heading.period):
            roles[at] = word
        elif not column.filled:
            roles[at] = "value" if heading.period and not has_value else "ignore"
        elif at > 1 and heading.period and not heading.name and not has_value:
            roles[at] = "value"
        elif (at == 1 and column.periods >= 0.6 * column.filled and "period" not in words) or (
            _only_periods(column) and "period" not in words and "period" not in roles.values()
        ):
            roles[at] = "period"
        elif counted and not has_value and column.coded < 0.3 * column.filled:
            roles[at] = "value"
        elif counted:
            roles[at] = "ignore"
        elif roles.get(at - 1) == "value" and all(len(t) <= 3 for t in column.distinct):
            roles[at] = "flag"
        elif _only_periods(column):
            begun = [columns[c - 1].heading for c, role in roles.items() if role == "period"]
            roles[at] = "period" if len(begun) == 1 and ends_span(begun[0], column.heading) else "ignore"
            if roles[at] == "ignore" and len(column.distinct) > 1:
                doubts.append(("dates_left_out", letter(at), column.heading[:40]))
        else:
            roles[at] = ""
    return roles


def _one_column_of_places(
    grid: Grid, seen: Seen, roles: dict[int, str], columns: Sequence[ColumnSeen], doubts: list[tuple[str, str, str]]
) -> None:
    """Of several columns of places keep one; what becomes of the others is told."""
    named = [c for c, role in roles.items() if role == "entity"]
    only_one(grid, seen, roles, columns, "entity")
    others = ", ".join(columns[c - 1].heading[:40] for c in named if roles[c] == "part")
    doubts += [("places_compete", letter(c), others) for c in named if roles[c] == "entity" and others]
    wider = [c for c in named if roles[c] == "ignore" and len(columns[c - 1].distinct) > 1]
    doubts += [("words_left_out", letter(c), columns[c - 1].heading[:40]) for c in wider]


def _quarters_beside_years(roles: dict[int, str], columns: Sequence[ColumnSeen]) -> None:
    """A column that says nothing but parts of a year (I, II, Annual), where another gives the years, is of months."""
    if "period" in roles.values() and "month" not in roles.values():
        for column in (c for c, r in roles.items() if r in ("", "indicator", "part")):
            said = columns[column - 1].distinct
            parts = [t for t in said if not is_total(t)]
            if len(parts) > 1 and all(within_year(2000, t) for t in parts):
                roles[column] = "month"
                return


def _unread(roles: dict[int, str], columns: Sequence[ColumnSeen]) -> set[int]:
    """The columns left out that say several things and no more than a person can look through."""
    return {c for c, role in roles.items() if role == "ignore" and 1 < len(columns[c - 1].distinct) <= FEW}


def _kinds(column: ColumnSeen) -> str:
    return f"{column.heading[:40]}: {', '.join(column.distinct[:3])[:80]}"


def _only_periods(column: ColumnSeen) -> bool:
    """Whether a column says nothing but periods that no number could be (1999-T1), and several of them."""
    return column.texts == column.periods == column.filled > 1 < len(column.distinct)


def _numbers_rows(column: ColumnSeen) -> bool:
    """Whether the column only counts the rows: 1, 2, 3."""
    return len(column.distinct) > 1 and list(column.distinct) == [str(n) for n in range(1, len(column.distinct) + 1)]
