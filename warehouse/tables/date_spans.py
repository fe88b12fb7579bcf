"""Two columns that date a row: the days between which it lies, or a year and a day of it. Knows no other column."""

from __future__ import annotations

import re

from warehouse.coded import Coded, together
from warehouse.tables.digits import of_either_order
from warehouse.tables.periods import period_of

_BEGINS = re.compile(r"begin|start|from\b|since|开始|起始|自$", re.IGNORECASE)
_ENDS = re.compile(r"(?:\b|_)end|ending|until|\bto$|结束|截止|终止|至$", re.IGNORECASE)


def ends_span(first: str, second: str) -> bool:
    """Whether by their headings a second column of days ends what the first begins."""
    return bool(_BEGINS.search(first) and _ENDS.search(second))


def dated_by_both(first: Coded[str], last: Coded[str], heads: tuple[str, str]) -> Coded[str]:
    """Row by row the words for when it is: the span from day to day where the headings say so, else the finer of both.

    Where neither lies within the other the first column holds, or what alone says something; a date that may be read in
    two ways leaves the row undated.
    """
    codes, rows = together([first.codes, last.codes], len(first))
    pairs = [(first[row].strip(), last[row].strip()) for row in rows.tolist()]
    if ends_span(*heads):
        return Coded(codes, tuple(_span(a, b) for a, b in pairs))
    return Coded(codes, tuple(_finer(a, b) for a, b in pairs))


def _span(first: str, last: str) -> str:
    span = f"{first} to {last}"
    return span if period_of(span) else last or first


def _finer(first: str, last: str) -> str:
    whole, part = period_of(first), period_of(last)
    if part is None and of_either_order(last):
        return last
    within = whole and part and whole != part and whole.start <= part.start and part.end <= whole.end
    return last if within or not first else first
