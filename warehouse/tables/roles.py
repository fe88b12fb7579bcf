"""Which role each column of a table probably has: by its heading, and by what its cells are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from warehouse.catalogue import Catalogue
from warehouse.tables.by_turns import by_turns
from warehouse.tables.date_spans import ends_span
from warehouse.tables.grid import Grid, letter
from warehouse.tables.headings import read_heading
from warehouse.tables.layout import filled, tidy
from warehouse.tables.nations import is_continent
from warehouse.tables.needed import FEW, only_needed
from warehouse.tables.periods import within_year
from warehouse.tables.place_words import known, looks_like_place
from warehouse.tables.rivals import CODE, only_one
from warehouse.tables.role_words import role_word
from warehouse.tables.sdmx import sdmx_roles, tells
from warehouse.tables.shape import ColumnSeen, Seen
from warehouse.tables.totals import is_total
from warehouse.tables.two_tongues import said_again
from warehouse.tables.units import is_unit

_SIGN = re.compile(r"[$€£¥%‰]|tonn?es?|number|persons?|people", re.IGNORECASE)
"""What a column of measures says that names units and nothing that is measured."""
_IN_WORDS = ("", "part", "indicator", "entity", "unit")
_ERROR_MARGIN = re.compile(
    r"margin of error|(?:^|[_!(])MOE\b|standard error|\bstd\.? ?err(?:or)?\b|^conf\.?$|"
    r"confidence interval|numeric(?:low|high)|(?:lower|upper)(?: bound)?$|"
    r"(?:_|\b)(?:lci|uci|ci)\b|[上下]限|误差|誤差",
    re.IGNORECASE,
)
_RANKED = re.compile(r"rank|place\b|position|名次|排名|位次|順位|순위|^#$", re.IGNORECASE)
_DATE = re.compile(
    r"(?:(?:flt|flight|obs(?:ervation)?|data|report(?:ing)?|stats?|统计|数据|观测|業務|业务)[ _]?)?(?:date|日期)",
    re.IGNORECASE,
)
"""Headings of the day a figure is of; not of when it was written down, or when its thing was opened."""
_BREAKS_DOWN = re.compile(r"disaggregat|breakdown", re.IGNORECASE)
"""Headings of what the figures are told apart by, though it be in codes."""
_CODE_WORDS = frozenset(
    ("id", "code", "codes", "cd", "cod", "codigo", "no", "nr", "key", "fips", "sort", "cat", "编码", "代码", "编号")
)
_PLACE_CODE = re.compile(
    r"(?:.*[ _])?(?:country|geo|area|location|region|spatial\w*|district|county|city|municipality|commune|gemeinde|"
    r"bezirk|kreis|ward|borough|lga|nuts|lau|province|state).*code|iso\d?|location|nuts\d?|fips|geoid|dguid|"
    r"(?:地区|区域|行政区划?)代码",
    re.IGNORECASE,
)
"""Headings of codes of places: what names a row's place where no column does so in words."""


def roles_of(
    grid: Grid, seen: Seen, columns: Sequence[ColumnSeen], catalogue: Catalogue, doubts: list[tuple[str, str, str]]
) -> dict[int, str]:
    """Column -> role. What is left out although it holds numbers, or says one thing only, is added to `doubts`."""
    roles = sdmx_roles(columns)
    if roles:
        doubts += [("words_unread", letter(c), _kinds(columns[c - 1])) for c in _unread(roles, columns)]
        return roles
    again = said_again(grid, seen, columns)
    doubts += [("said_again", letter(c), columns[c - 1].heading[:40]) for c in sorted(again)]
    words = ["ignore" if c in again else _word(column) for c, column in enumerate(columns, 1)]
    _places_side_by_side(words, grid, seen, columns)
    _dated_in_codes(words, columns)
    has_value = "value" in words
    several_areas = words.count("entity") > 1
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
    if has_value:
        only_one(grid, seen, roles, columns, "value")
    _labels_not_codes(grid, seen, roles, columns)
    turns = by_turns(grid, seen, [c for c, r in roles.items() if r in ("", "entity", "indicator", "part")])
    if several_areas and not turns:
        named = [c for c, role in roles.items() if role == "entity"]
        only_one(grid, seen, roles, columns, "entity")
        others = ", ".join(columns[c - 1].heading[:40] for c in named if roles[c] == "part")
        doubts += [("places_compete", letter(c), others) for c in named if roles[c] == "entity" and others]
        wider = [c for c in named if roles[c] == "ignore" and len(columns[c - 1].distinct) > 1]
        doubts += [("words_left_out", letter(c), columns[c - 1].heading[:40]) for c in wider]
    only_one(grid, seen, roles, columns, "indicator")
    _codes_beside_words(grid, seen, roles, columns)
    _quarters_beside_years(roles, columns)
    _places_behind_codes(roles, columns, seen.title)
    _text_columns(roles, columns, catalogue, has_value, bool(seen.title), doubts)
    if turns:
        own = {roles[c] for c in turns}
        roles.update(dict.fromkeys(turns, "entity" if "entity" in own else "indicator"))
    only_needed(grid, seen, roles, columns, doubts)
    if has_value and not seen.title and not {"indicator", "part"} & set(roles.values()):
        _named_by_what_is_said_once(roles, columns, doubts)
    for at, column in enumerate(columns, 1):
        if roles[at] == "ignore" and column.figures:
            doubts.append(("column_left_out", letter(at), column.heading[:40]))
    return roles


def _places_side_by_side(words: list[str], grid: Grid, seen: Seen, columns: Sequence[ColumnSeen]) -> None:
    """Columns of places that come again under one heading, whatever stands above it: a ranking beside another."""
    heads = [
        filled(grid, seen.header_rows[-1], c).strip() if seen.header_rows else "" for c in range(1, len(words) + 1)
    ]
    for at, (head, column) in enumerate(zip(heads, columns, strict=True)):
        if not words[at] and column.texts and not column.figures and heads.count(head) > 1:
            words[at] = "entity" if role_word(head) == "entity" else ""


def _unread(roles: dict[int, str], columns: Sequence[ColumnSeen]) -> list[int]:
    """The columns left out that say several things and no more than a person can look through."""
    return [c for c, role in roles.items() if role == "ignore" and 1 < len(columns[c - 1].distinct) <= FEW]


def _kinds(column: ColumnSeen) -> str:
    return f"{column.heading[:40]}: {', '.join(column.distinct[:3])[:80]}"


def _dated_in_codes(words: list[str], columns: Sequence[ColumnSeen]) -> None:
    """Where no heading names a column of periods, one that calls them codes (PeriodCode) does."""
    if "period" in words or any(c.periods > 0.9 * c.filled > 0 and not w for w, c in zip(words, columns, strict=True)):
        return
    for at, (word, column) in enumerate(zip(words, columns, strict=True)):
        dated = column.filled and column.periods == column.filled and len(column.distinct) > 1
        if word == "ignore" and dated and _PERIOD_CODE.search(column.heading):
            words[at] = "period"
            return


_PERIOD_CODE = re.compile(r"period|year|time|date|年|期", re.IGNORECASE)


def _only_periods(column: ColumnSeen) -> bool:
    """Whether a column says nothing but periods that no number could be (1999-T1), and several of them."""
    return column.texts == column.periods == column.filled > 1 < len(column.distinct)


def _constant_code(column: ColumnSeen) -> bool:
    """Whether a column repeats one code in every row: it tells no row apart, and names nothing."""
    return column.texts > 1 and len(column.distinct) == 1 and bool(CODE.fullmatch(column.distinct[0]))


def _numbers_rows(column: ColumnSeen) -> bool:
    """Whether the column only counts the rows: 1, 2, 3."""
    return len(column.distinct) > 1 and list(column.distinct) == [str(n) for n in range(1, len(column.distinct) + 1)]


def _word(column: ColumnSeen) -> str:
    """The role its heading names, unless its cells cannot be that."""
    word = role_word(column.heading)
    if word == "ignore" and len(column.distinct) > 1 and _BREAKS_DOWN.search(column.heading):
        return "part"
    if not word and column.filled and _DATE.fullmatch(column.heading) and column.periods >= 0.9 * column.filled:
        return "period"
    if word == "month" and column.filled and column.periods >= 0.9 * column.filled:
        return "period"
    if word == "period" and (not column.filled or column.periods < 0.3 * column.filled):
        return "ignore" if not column.filled or column.figures else ""
    if word == "value" and column.filled and column.figures < 0.3 * column.filled:
        return "" if column.texts and len(column.distinct) > 1 else "ignore"
    if word == "indicator" and column.distinct and all(map(_SIGN.fullmatch, column.distinct)):
        return "unit"
    if word == "entity" and column.figures > 0.5 * column.filled:
        return ""
    return word


def _codes_beside_words(grid: Grid, seen: Seen, roles: dict[int, str], columns: Sequence[ColumnSeen]) -> None:
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


def _quarters_beside_years(roles: dict[int, str], columns: Sequence[ColumnSeen]) -> None:
    """A column that says nothing but parts of a year (I, II, Annual), where another gives the years, is of months."""
    if "period" in roles.values() and "month" not in roles.values():
        for column in (c for c, r in roles.items() if r in ("", "indicator", "part")):
            said = columns[column - 1].distinct
            parts = [t for t in said if not is_total(t)]
            if len(parts) > 1 and all(within_year(2000, t) for t in parts):
                roles[column] = "month"
                return


def _labels_not_codes(grid: Grid, seen: Seen, roles: dict[int, str], columns: Sequence[ColumnSeen]) -> None:
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


def _named_by_what_is_said_once(
    roles: dict[int, str], columns: Sequence[ColumnSeen], doubts: list[tuple[str, str, str]]
) -> None:
    """Words that are the same in every row name the figures of a table that names them nowhere else."""
    once = {where for code, where, _ in doubts if code == "column_said_once"}
    named = [c for c in roles if letter(c) in once and tells(columns[c - 1].distinct)]
    roles.update({c: "indicator" if c == named[0] else "part" for c in named})
    doubts[:] = [d for d in doubts if d[0] != "column_said_once" or d[1] not in map(letter, named)]


def _places_behind_codes(roles: dict[int, str], columns: Sequence[ColumnSeen], title: str) -> None:
    """Under a title that says "by region" the first column of names behind codes is of places: 0301 Oslo."""
    if not _BY_PLACE.search(title) or "entity" in roles.values():
        return
    named = (c for c, role in roles.items() if not role)
    for column in (c for c in named if all(map(_CODED_NAME.fullmatch, columns[c - 1].distinct))):
        roles[column] = "entity"
        return


_BY_PLACE = re.compile(
    r"\bby (?:region|municipality|county|district|city|province|borough)|各区|分地区|按地区", re.IGNORECASE
)
_CODED_NAME = re.compile(r"\d{2,5} [^\W\d].*")


def _text_columns(
    roles: dict[int, str],
    columns: Sequence[ColumnSeen],
    catalogue: Catalogue,
    has_value: bool,
    titled: bool,
    doubts: list[tuple[str, str, str]],
) -> None:
    """Columns of words without a telling heading: names of places, names of things, or a further breakdown.

    Under a title a breakdown needs no name of a thing: the title is one.
    """
    open_ones = [c for c, r in roles.items() if not r]
    for column in open_ones:
        distinct = columns[column - 1].distinct
        known_i = sum(known(catalogue.indicator, tidy(read_heading(t).name)) for t in distinct)
        named = [t for t in distinct if looks_like_place(t, catalogue)]
        places = len(named) if not all(map(is_continent, map(tidy, named))) else len(named) // 2
        if "unit" not in roles.values() and distinct and all(is_unit(t) for t in distinct):
            roles[column] = "unit"
        elif len(distinct) < 2 and (has_value or _constant_code(columns[column - 1])):
            roles[column] = "ignore"
            if distinct and not CODE.fullmatch(distinct[0]):
                doubts.append(("column_said_once", letter(column), distinct[0][:60]))
        elif places > max(known_i, (0.35 if places > 2 else 0.45) * len(distinct)) and "entity" not in roles.values():
            roles[column] = "entity"
        elif "indicator" not in roles.values() and not has_value:
            roles[column] = "indicator"
        else:
            roles[column] = "part"
    if "entity" not in roles.values():
        coded = [
            c for c, r in roles.items()
            if r == "ignore" and len(columns[c - 1].distinct) > 1 and _PLACE_CODE.fullmatch(columns[c - 1].heading)
        ]  # fmt: skip
        if coded:
            roles[coded[0]] = "entity"
    if has_value and not titled and "indicator" not in roles.values():
        parts = [c for c, r in roles.items() if r == "part"]
        if parts:
            roles[parts[0]] = "indicator"
