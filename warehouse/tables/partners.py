"""Whether the places of a table are the other ends of its movements: where visitors come from, with whom one trades.

The visitors from Japan are a figure of the table's own place, so that such a place belongs to the name of the figure.
Knows the words with which headings and titles say so; nothing of roles' proposals elsewhere, of labels or of units.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from warehouse.catalogue import Catalogue
from warehouse.tables.grid import Grid, letter
from warehouse.tables.layout import filled
from warehouse.tables.mapping import Mapping
from warehouse.tables.nations import is_nation
from warehouse.tables.shape import ColumnSeen, Seen
from warehouse.tables.whose import place_of_title

_END = r"origin|residence|nationality|citizenship|birth|source|partner"
_HEADED = re.compile(
    r"(?:(?:place|country|countries|region|area|market)s? of (?:usual |permanent )?(?:origin|residence|nationality|"
    r"citizenship|birth|source)|nationality|citizenship|country/region of (?:residence|origin)|"
    r"source (?:market|country)|"
    r"(?:trading |trade )?partner(?: country| name|_?desc)?|counterpart.*|"
    r"herkunftsland|pays (?:de résidence|de provenance|d['’ ]?\s?origine)|"
    r"país(?:es)? de (?:origen|residencia|procedencia)|"
    r"客源(?:国|地|国家|市场|国家/地区).*|国籍|國籍|国籍・地域|국적별?|居住地|原产国.*|原產地.*|贸易伙伴.*|來源(?:國|地).*|来源(?:国|地).*)",
    re.IGNORECASE,
)
"""Headings of a column of other ends."""
_TITLED = re.compile(
    rf"\bby (?:[\w/]+ ){{0,3}}(?:of )?(?:usual |permanent )?(?:{_END})\b|"
    r"[按分](?:主要)?(?:客源|国籍|國籍|国别|國別|国家|來源|来源|居住|原产|目的)|(?:国籍|國籍|居住地|国・地域)別?|"
    r"[訪访][日澳港台臺]|[來来](?:[臺台华華京]|中国)|客源(?:国|地|市场)|來源[國地](?!家)|来源[国地](?!家)|국적별?",
    re.IGNORECASE,
)
"""Titles of tables whose countries are other ends."""
_OF_TRADE = re.compile(
    r"[分按对對](?:主要)?(?:国别|國別|国家|國家)[^，。]{0,12}(?:进出口|進出口|出口|进口|外资|外資|投资|投資)|"
    r"(?:进出口|進出口|出口|进口|進口|外资|投资|客源)[^，。]{0,8}(?:分?国别|國別|[按分](?:主要)?[国國]家)|국가별\s?(?:수출|수입|입국|투자)|"
    r"\b(?:trade|exports|imports|foreign direct investment) by (?:partner|country|trading)",
    re.IGNORECASE,
)
"""Titles that name both the movement and its other ends, whoever's they are."""
_OF_ALL = re.compile(
    r"世界|各国|全球|国际比较|\bworld|\bglobal|\bcountries\b|\bby country of destination", re.IGNORECASE
)
"""Titles of tables whose countries are compared, each with figures of its own."""


MOVEMENT = re.compile(
    r"visitor|tourist|arrivals|guests|exports?\b|imports?\b|foreign students|immigra|permits?\b|"
    r"旅客|游客|遊客|入境|出口|进口|進口|投资|投資|留学|留學|외국인|입국|수출|수입",
    re.IGNORECASE,
)
"""Words for what comes from somewhere or goes there."""


def with_partners(
    draft: Mapping,
    grid: Grid,
    seen: Seen,
    columns: Sequence[ColumnSeen],
    catalogue: Catalogue,
    owner: str,
    doubts: list[tuple[str, str, str]],
) -> Mapping:
    """The draft with its other ends read into the names of the figures, each such reading added to `doubts`.

    A heading says it by itself, and a title of trade by country; any other title only where the title names the table's
    own place. That place, or the `owner` that its source names, is none of theirs. Where two columns of places compete,
    one of them is the owner already.
    """
    said = " ".join((str(draft.source.get("title", "")), *seen.lines))
    if _OF_ALL.search(said) or any(code == "places_compete" for code, _, _ in doubts):
        return draft
    place = place_of_title(seen.lines, catalogue)
    titled = bool(_OF_TRADE.search(said) or (place and _TITLED.search(said)))
    for column in draft.having("entity"):
        told = columns[column - 1]
        headed = bool(_HEADED.fullmatch(told.heading.strip())) and any(map(_is_country, told.distinct))
        if headed or (titled and {place, owner}.isdisjoint(told.distinct) and _countries(told.distinct)):
            doubts.append(("partners_in_names", letter(column), told.heading[:40]))
            return replace(draft, columns={c: "part" if r == "entity" else r for c, r in draft.columns.items()})
    movement = MOVEMENT.search(" ".join((said, *(c.heading for c in columns))))
    for column in draft.having("entity") if movement and not place else ():
        names = columns[column - 1].distinct
        if _countries(names) and not titled:
            doubts.append(("partners_perhaps", letter(column), ", ".join(names[:3])[:60]))
    values = draft.having("value")
    for row in (r for r, says in draft.header.items() if says == "entity"):
        if titled and _countries([filled(grid, row, c).strip() for c in values]):
            doubts.append(("partners_in_names", f"[header] {row}", filled(grid, row, values[0])[:40]))
            return replace(draft, header={r: "indicator" if s == "entity" else s for r, s in draft.header.items()})
    return draft


def _countries(names: Sequence[str]) -> bool:
    return sum(map(_is_country, names)) >= max(2, 0.4 * len(names))


def _is_country(name: str) -> bool:
    return is_nation(name) or bool(re.fullmatch("(?:中[国國])?(?:内地|內地|大[陆陸])", name))
