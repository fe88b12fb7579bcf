"""What each row of headings says: names, places, units or nothing, proposed by the words that stand in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from warehouse.catalogue import Catalogue
from warehouse.tables.grid import Grid
from warehouse.tables.header_rows import of_facts
from warehouse.tables.layout import filled, heading_texts
from warehouse.tables.lines import metadata_key
from warehouse.tables.periods import period_of
from warehouse.tables.place_words import looks_like_place
from warehouse.tables.role_words import role_word
from warehouse.tables.shape import Seen, only_numbered
from warehouse.tables.units import is_unit, unit_of


def header_says(grid: Grid, seen: Seen, roles: dict[int, str], catalogue: Catalogue) -> dict[int, str]:
    """Row -> what it says, one of `mapping.SAYS`."""
    values = [c for c, r in roles.items() if r == "value"]
    if len(values) == 1 and role_word(" ".join(heading_texts(grid, seen.header_rows, values[0], values[0]))) == "value":
        return dict.fromkeys(seen.header_rows, "ignore")
    says: dict[int, str] = {}
    dated = any(_all_periods(grid, row, values) for row in seen.header_rows)
    listed = of_facts(grid, seen.header_rows)
    for index, row in enumerate(seen.header_rows):
        texts = [heading_texts(grid, seen.header_rows, c, min(values, default=1))[index].strip() for c in values]
        texts = [t for t in texts if t]
        says[row] = "auto"
        first = grid.text(row, 1).strip()
        key = metadata_key(first) if index and not _all_periods(grid, row, values) else ""
        if index and listed and first and not key:
            says[row] = _fact(first, texts, catalogue)
        elif key:
            says[row] = "ignore" if key != "unit" else "unit" if _all_units(first, texts) else "auto"
        elif (dated and {role_word(t) for t in texts} == {"period"}) or (
            not texts
            or only_numbered(texts, len(seen.header_rows))
            or (index < len(seen.header_rows) - 1 and _of_a_tool(texts))
        ):
            says[row] = "ignore"
        elif (
            index < len(seen.header_rows) - 1 and _one_place(first, texts, catalogue) and "entity" not in roles.values()
        ):
            says[row] = "entity"
        elif all(is_unit(t) and unit_of(t).multiplier != 1 for t in texts) or all(
            re.fullmatch(r"[(（\[]?(?:万|亿|千|百)?(?:人|元|吨|户|家|个|次|人次|%|％|公里|平方米|公顷)[)）\]]?", t)
            for t in texts
        ):
            says[row] = "unit"
        else:
            places = sum(looks_like_place(t, catalogue) for t in set(texts))
            enough = 0.3 if _groups_alike(grid, row, seen.header_rows, values) else 0.6
            if places > enough * len(set(texts)) and "entity" not in roles.values() and len(set(texts)) > 1:
                says[row] = "entity"
    _tell_twins_apart(grid, values, says)
    return says


def _one_place(key: str, texts: Sequence[str], catalogue: Catalogue) -> bool:
    """Whether a row says behind a word for places, Geography, of which one all its columns are."""
    named = key.casefold().startswith("geography") or (texts and looks_like_place(texts[0], catalogue))
    return role_word(key) == "entity" and len(set(texts)) == 1 and bool(named)


def _fact(key: str, texts: Sequence[str], catalogue: Catalogue) -> str:
    """What a row of facts about the series says that has a key of its own: their unit, their place, or nothing."""
    if role_word(key) == "unit":
        return "unit"
    return "entity" if texts and all(looks_like_place(t, catalogue) for t in texts) else "ignore"


def _all_units(key: str, texts: Sequence[str]) -> bool:
    """Whether a row of units is one: 单位 also heads organisations."""
    return key.isascii() or all(is_unit(t) or unit_of(t).multiplier != 1 for t in texts)


def _of_a_tool(texts: Sequence[str]) -> bool:
    """Whether a tool headed columns that had no name with a number each: new_column_3, Unnamed: 3, 列3."""
    return len(texts) > 1 and all(map(_NUMBERED.fullmatch, texts))


_NUMBERED = re.compile(
    r"(?:new_)?col(?:umn)?[ _]?\d+|unnamed: ?\d+(?:_level_\d)?|field[ _]?\d+|var\d+|V\d+|列\d+", re.IGNORECASE
)


def _groups_alike(grid: Grid, row: int, rows: Sequence[int], values: list[int]) -> bool:
    """Whether each heading of a row stands over the same ones of the row below: regions over the same industries."""
    below = next((r for r in rows if r > row), 0)
    if not below or not values:
        return False
    left, at, under = min(values), rows.index(row), rows.index(below)
    groups: dict[str, list[str]] = {}
    for column in range(left, grid.width + 1):
        texts = heading_texts(grid, tuple(rows), column, left)
        groups.setdefault(texts[at].strip(), []).append(texts[under].strip())
    return len(groups) > 1 and len(set(map(tuple, groups.values()))) == 1 and len(next(iter(groups.values()))) > 1


def _tell_twins_apart(grid: Grid, values: list[int], says: dict[int, str]) -> None:
    """Of rows of facts about the series, those without which two columns would say the same (Trend, Original) are read.

    Codes and dates are not: they tell every column from every other, and name none.
    """
    while True:
        read = [row for row, said in says.items() if said != "ignore"]
        heads = {c: tuple(filled(grid, row, c).strip() for row in read) for c in values}
        count = Counter(heads.values())
        twins = [c for c in values if count[heads[c]] > 1]
        apart = {
            row: len(set(texts))
            for row, said in says.items()
            if said == "ignore" and len(set(texts := [filled(grid, row, c).strip() for c in twins])) > 1
            if all(re.search(r"[^\W\d_]{3}", t) and not re.search(r"\d{3}", t) for t in texts)
        }
        if not apart:
            return
        says[min(apart, key=lambda row: apart[row])] = "indicator"


def _all_periods(grid: Grid, row: int, columns: list[int]) -> bool:
    """Whether the headings of a row are periods and nothing else: "Year" above them then names nothing."""
    texts = [t for c in columns if (t := grid.text(row, c).strip())]
    return bool(texts) and all(period_of(t) for t in texts)
