"""Headings that begin or end with whose figures stand below: 北京:地区生产总值, "GDP: Beijing".

Knows headings and places, and proposes `[headings]` of a mapping, which are told. Where a row of headings names the
places, the same place is only taken out of the names; a table whose rows name its places is left alone.
"""

from __future__ import annotations

import re

from warehouse.catalogue import Catalogue
from warehouse.tables.grid import Grid, letter
from warehouse.tables.heads import Head
from warehouse.tables.layout import heads_of
from warehouse.tables.mapping import Mapping
from warehouse.tables.nations import is_nation
from warehouse.tables.partners import MOVEMENT
from warehouse.tables.place_words import looks_like_place

_OWNED = (
    re.compile(r"(?P<place>[^:：\d]{2,30})[:：]\s*(?P<name>\S.*)"),
    re.compile(r"(?P<name>.*\S)[:：]\s*(?P<place>[^:：\d]{2,30})"),
)


def with_places_in_headings(
    draft: Mapping, grid: Grid, catalogue: Catalogue, doubts: list[tuple[str, str, str]]
) -> Mapping:
    """The draft with the place and the name that each heading says, where all of them say a place."""
    if draft.having("entity"):
        return draft
    told = [_owned(head, catalogue) for head in heads_of(grid, draft)]
    own = {c: said for c, said in zip(draft.having("value"), told, strict=True) if said}
    if not own or len(own) < len(told):
        return draft
    doubts += [("place_in_heading", f"[headings.{letter(c)}]", said["entity"]) for c, said in own.items()]
    return draft.with_headings(own)


def _owned(head: Head, catalogue: Catalogue) -> dict[str, str] | None:
    """Place and name of a heading; None where it says no place, or another than the row of places above it.

    Of exports: Japan the place is where they go.
    """
    matches = [match for form in _OWNED if len(head.names) == 1 and (match := form.fullmatch(head.names[0]))]
    for match in matches:
        place = match["place"].strip()
        if match.re is _OWNED[1] and MOVEMENT.search(match["name"]) and is_nation(place):
            continue
        if place == head.entity or (not head.entity and looks_like_place(place, catalogue)):
            return {"entity": place, "indicator": match["name"]}
    return None
