"""Columns of codes: those that say in signs what a column of words says, and numbers that number things."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from warehouse.tables.grid import Grid
from warehouse.tables.headings import read_heading
from warehouse.tables.layout import filled
from warehouse.tables.rivals import CODE
from warehouse.tables.shape import ColumnSeen, Seen

_IN_WORDS = ("", "part", "indicator", "entity", "unit")
_CODE_WORDS = frozenset(
    ("id", "code", "codes", "cd", "cod", "codigo", "no", "nr", "key", "fips", "sort", "cat", "编码", "代码", "编号")
)


def codes_beside_words(grid: Grid, seen: Seen, roles: dict[int, str], columns: Sequence[ColumnSeen]) -> None:
    """Numbers left of the first words of a table with a column a year, or that go with those words, are codes."""
    values = [c for c, r in roles.items() if r == "value"]
    dated = [c for c in values if read_heading(columns[c - 1].heading).period]
    words = [c for c, r in roles.items() if r in ("", "indicator", "entity", "part")]
    if len(dated) >= 2 and words:
        for column in values:
            if column < max(words) and column not in dated and column < min(dated):
                roles[column] = "ignore"
    for column in [c for c in values if words and len(values) > 1]:
        beside = [min(words)] if column < min(words) else [w for w in words if _share_a_word(columns, column, w)]
        if any(_numbers_each(grid, seen, column, w) for w in beside):
            roles[column] = "ignore"


def _share_a_word(columns: Sequence[ColumnSeen], one: int, other: int) -> bool:
    """Whether a heading is that of another column and a word for codes: region id, region."""
    words = [set(_tokens(columns[c - 1].heading)) for c in (one, other)]
    left = words[0] - words[1]
    return bool(words[0] & words[1]) and left <= _CODE_WORDS


def _tokens(heading: str) -> list[str]:
    """The words of a heading in small letters without accents: BetriebsgrSort is betriebsgr, sort."""
    apart = unicodedata.normalize("NFKD", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading))
    plainly = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return re.findall(r"[^\W_]+", plainly.casefold())


def _numbers_each(grid: Grid, seen: Seen, column: int, words: int) -> bool:
    """Whether whole numbers come again with the same words in every row: a register's number of an institution."""
    pairs = [(filled(grid, r, column).strip(), filled(grid, r, words).strip()) for r in seen.sample]
    told = {pair for pair in pairs if all(pair)}
    numbers, names = ({pair[side] for pair in told} for side in (0, 1))
    whole = all(number.isdigit() for number in numbers)
    return whole and 1 <= len(told) == len(numbers) == len(names) <= 0.5 * len(pairs)


def labels_not_codes(grid: Grid, seen: Seen, roles: dict[int, str], columns: Sequence[ColumnSeen]) -> None:
    """Of a column of codes and one of words that say the same row by row, the words are kept."""
    texts = {
        c: [filled(grid, r, c).strip() for r in seen.sample]
        for c, role in roles.items()
        if role not in ("value", "flag")
    }
    codes = [
        c for c, role in roles.items()
        if role in _IN_WORDS and columns[c - 1].distinct
        and all(CODE.fullmatch(t) for t in columns[c - 1].distinct)
    ]  # fmt: skip
    for code in codes:
        for words in texts:
            if words in codes or roles[words] not in _IN_WORDS:
                continue
            if abs(words - code) != 1 and columns[code - 1].heading:
                continue
            if roles[code] and roles[words] not in ("", "entity", roles[code]):
                continue
            pairs = set(zip(texts[code], texts[words], strict=True)) - {("", "")}
            whole = all(map(all, pairs))
            if whole and len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs}) > 1:
                role, roles[code] = roles[code], "ignore"
                if roles[words] != role and role not in roles.values():
                    roles[words] = role or roles[words]
                break
