"""Which rows of a table belong under others: cells once merged, parts of a whole, what is counted in each place.

Proposes `fill_down`, `parents` and `places` of a mapping; knows its roles, and nothing of units, periods or names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, pairwise

from warehouse.catalogue import Catalogue
from warehouse.tables.by_turns import by_turns
from warehouse.tables.grid import Grid, letter
from warehouse.tables.layout import filled, heads_of, tidy
from warehouse.tables.mapping import Mapping
from warehouse.tables.parent_rows import of_which, own_rows, stands_under, under_parents
from warehouse.tables.place_words import looks_like_place
from warehouse.tables.rivals import CODE
from warehouse.tables.role_words import role_word
from warehouse.tables.row_kinds import filled_cells, has_figure
from warehouse.tables.shape import SAMPLE, Seen
from warehouse.tables.spots import spots
from warehouse.tables.spotted import Spot
from warehouse.tables.units import is_unit, take_unit
from warehouse.tables.word_columns import PLACE_CODE


def fill_down(grid: Grid, seen: Seen, roles: dict[int, str]) -> tuple[int, ...]:
    """Label columns with blanks beside figures, where another label column is filled: cells once merged."""
    values = [c for c, r in roles.items() if r == "value"]
    labels = [c for c, r in roles.items() if r in ("indicator", "entity", "part", "period")]
    turns = by_turns(grid, seen, [c for c in labels if roles[c] != "period"])
    labels = [c for c in labels if c not in (turns or ())]
    figured = (r for r in range(seen.first_row, seen.last_row + 1) if any(grid.text(r, c).strip() for c in values))
    rows = list(islice(figured, 2000))
    full = [c for c in labels if all(grid.text(r, c).strip() for r in rows)]
    if not rows or not full:
        return ()
    blank = {c: sum(not grid.text(r, c).strip() for r in rows) / len(rows) for c in labels}
    span = range(seen.first_row - 1, seen.last_row + 1)
    heads = [c for c in labels if blank[c] == 1 and roles[c] == "entity" and any(grid.text(r, c).strip() for r in span)]
    return tuple(c for c in labels if c in heads or (0.2 <= blank[c] < 1 and c < max(full) and _merged(grid, rows, c)))


def _merged(grid: Grid, rows: list[int], column: int) -> bool:
    """Whether the blanks of a column are those of merged cells: it begins with a text and repeats none below it.

    Beside a code of its own for each row a blank is a name that is missing.
    """
    texts = [grid.text(r, column).strip() for r in rows]
    return (
        bool(texts[0])
        and not any(a and a == b for a, b in pairwise(texts))
        and not any(_names_missing(grid, rows, column, c) for c in (column - 1, column + 1))
    )


def _names_missing(grid: Grid, rows: list[int], names: int, codes: int) -> bool:
    """Whether a column of codes has another code where a name is blank than in the row above."""
    heads = [t for r in range(1, rows[0]) if 0 < codes <= grid.width and (t := grid.text(r, codes).strip())]
    if not heads or not PLACE_CODE.fullmatch(heads[-1]):
        return False
    if not all(CODE.fullmatch(grid.text(r, codes).strip()) for r in rows):
        return False
    pairs = pairwise([(grid.text(r, names).strip(), grid.text(r, codes).strip()) for r in rows])
    return any(not name and code != above for (_, above), (name, code) in pairs)


def named_by_codes(grid: Grid, seen: Seen, roles: dict[int, str], doubts: list[tuple[str, str, str]]) -> None:
    """Change `roles` where a code right of a place tells which it is in the rows that do not name it."""
    rows = [r for r in seen.sample if has_figure(grid, r)]
    for column in [c for c, role in roles.items() if role == "entity" and roles.get(c + 1) == "ignore"]:
        if rows and _names_missing(grid, rows, column, column + 1):
            blank = [grid.text(r, column + 1).strip() for r in rows if not grid.text(r, column).strip()]
            roles[column + 1] = "entity"
            doubts.append(("codes_for_names", letter(column + 1), ", ".join(dict.fromkeys(blank))[:80]))


def with_places_above(
    draft: Mapping, grid: Grid, seen: Seen, catalogue: Catalogue, doubts: list[tuple[str, str, str]]
) -> Mapping:
    """The draft of a table whose labels come again under each of its places, as its headings or those places say."""
    named = draft.having("indicator")
    if len(named) != 1 or draft.having("entity") or draft.having("part"):
        return draft
    labels = [grid.text(row, named[0]) for row in seen.sample]
    above = [tidy(label) for label, own in zip(labels, own_rows(labels), strict=True) if own]
    heads = [role_word(filled(grid, row, named[0]).strip()) for row in seen.header_rows]
    headed = len(heads) > 1 and heads[0] == "entity" and heads[-1] != "entity"
    places = sum(looks_like_place(label, catalogue) for label in above)
    if not 1 < len(above) < 0.7 * len(labels) or not (headed or places > 0.6 * len(above)):
        return draft
    doubts.append(("places_above_rows", "[file] places", ", ".join(above)[:80]))
    return replace(draft, places=True)


def _sections_state_units(grid: Grid, draft: Mapping) -> bool:
    """Whether rows of one label and no figure say in what the rows below them are counted: 旅游接待（万人次）."""
    first = max(draft.header_rows, default=draft.first_row - 1) + 1
    rows = range(first, min(draft.last_row, first + SAMPLE - 1) + 1)
    labels = [*draft.having("indicator"), *draft.having("entity")]
    lone = [t for r in rows if filled_cells(grid, r) == 1 and (t := "".join(grid.text(r, c) for c in labels).strip())]
    return any(take_unit(tidy(label))[0] and not is_unit(label) for label in lone)


def units_inherited(grid: Grid, draft: Mapping) -> list[str]:
    """The names, of rows and of columns, that have the unit of the whole they are a part of."""
    told = [head.heading for head in heads_of(grid, draft) if head.of_whole]
    rows = range(draft.first_row, min(draft.last_row, draft.first_row + SAMPLE - 1) + 1)
    for column in draft.having("indicator") if draft.parents else ():
        labels = [grid.text(row, column) for row in rows]
        read = under_parents(labels, [has_figure(grid, row) for row in rows])
        told += [
            tidy(a)
            for a, b in zip(labels, read, strict=True)
            if b != a and take_unit(b)[0] and not take_unit(tidy(a))[0]
        ]
    return told


def with_rows_under(draft: Mapping, grid: Grid, sample: Sequence[Spot]) -> Mapping:
    """The draft with `sections` or `parents`, where labels tell the figures apart only under the rows above them."""
    told = [
        (s.topic.label, s.entity, s.when.period, s.column if not s.when.period else 0) for s in sample if s.text.strip()
    ]
    sections = draft.sections
    if len(set(told)) < 0.97 * len(told) and (draft.having("indicator") or draft.having("entity")):
        sections = _distinct(grid, replace(draft, sections=True)) > len(set(told))
    sections = sections or (not draft.places and _sections_state_units(grid, draft))
    draft = replace(draft, sections=sections)
    return replace(draft, parents=True) if not (sections or draft.places) and _needs_parents(grid, draft) else draft


def _distinct(grid: Grid, draft: Mapping) -> int:
    """How many things the first cells of a draft tell apart."""
    cells = spots(grid, draft, rows=2 * SAMPLE)[:SAMPLE]
    return len({(s.topic.label, s.entity, s.when.period) for s in cells if s.text.strip()})


def _needs_parents(grid: Grid, draft: Mapping) -> bool:
    """Whether labels say 其中 of themselves, or come again and tell the figures apart under the row above."""
    sample = range(draft.first_row, min(draft.last_row, draft.first_row + SAMPLE - 1) + 1)
    for column in draft.having("indicator"):
        labels = [grid.text(row, column) for row in sample]
        if of_which(labels) or stands_under(labels, [has_figure(grid, row) for row in sample]):
            return True
    cells = spots(grid, draft, rows=SAMPLE)[:SAMPLE]
    again = spots(grid, replace(draft, parents=True), rows=SAMPLE)[:SAMPLE] if draft.having("indicator") else cells
    many = [len({(s.topic.label, s.entity, s.when.period) for s in told if s.text.strip()}) for told in (cells, again)]
    return many[1] > many[0] and many[0] < 0.97 * sum(bool(s.text.strip()) for s in cells)
