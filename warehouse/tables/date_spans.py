"""Two columns of days, one of which begins what the other ends: Period beginning, Period ending. Knows no others."""

from __future__ import annotations

import re

from warehouse.coded import Coded, together
from warehouse.tables.periods import period_of

_BEGINS = re.compile(r"begin|start|from\b|since|开始|起始|自$", re.IGNORECASE)
_ENDS = re.compile(r"\bend|ending|until|\bto$|结束|截止|终止|至$", re.IGNORECASE)


def ends_span(first: str, second: str) -> bool:
    """Whether by their headings a second column of days ends what the first begins."""
    return bool(_BEGINS.search(first) and _ENDS.search(second))


def from_to(first: Coded[str], last: Coded[str]) -> Coded[str]:
    """Row by row the words of the span from one day to the other; the last alone, or the first, where they are none."""
    codes, rows = together([first.codes, last.codes], len(first))
    return Coded(codes, tuple(_span(first[row].strip(), last[row].strip()) for row in rows.tolist()))


def _span(first: str, last: str) -> str:
    span = f"{first} to {last}"
    return span if period_of(span) else last or first
