"""A few cells of a table to hold against the document: together they show all that its reading rests on.

Knows cells and the mapping they are read by; reads nothing itself. A column, a name or a kind of date that is taken
for another shows in the first figure that stands there, whatever nobody thought to doubt.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from warehouse.records import OF_A_DAY
from warehouse.tables.grid import letter
from warehouse.tables.mapping import IndicatorRule, Mapping
from warehouse.tables.periods import period_of, whole_year
from warehouse.tables.spotted import Spot, Spots
from warehouse.tables.units import power_of
from warehouse.tables.year_parts import Period

MOST = 12
"""As many cells as a person holds against a document without being told to twice."""
_LEAST = 4
_LOOKED_AT = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A cell, and what it is taken for; blank or None where the mapping does not yet say."""

    cell: str
    as_stated: str
    indicator: str
    entity: str
    period: Period | None
    multiplier: float


def proofs(found: Spots, mapping: Mapping, most: int = MOST) -> list[Proof]:
    """At most `most` cells in the order of the table, those that show the most that the others do not; the last too.

    Of two that show as much, one in a row or of a place of its own; four, if the table has as many.

    Nought and marks of gaps prove nothing: a cell has a figure above it.
    """
    left_out = {label for label, rule in mapping.indicators.items() if rule.ignore}
    told = found.text.where(lambda t: bool(re.search(r"[1-9]", t)))
    at = np.flatnonzero(told & ~found.topic.where(lambda t: t.label in left_out))
    if not len(at):
        return []
    looked = found.picked(np.append(at[:-1][:_LOOKED_AT], at[-1]))
    shows = [_shows(looked, i) for i in range(len(looked))]
    chosen = [len(shows) - 1]
    shown = shows[-1]
    besides = [{("row", int(looked.rows[i])), ("entity", int(looked.entity.codes[i]))} for i in range(len(looked))]
    used = set(besides[-1])
    while len(chosen) < most:
        best = max(range(len(shows)), key=lambda i: (len(shows[i] - shown), len(besides[i] - used)))
        if not shows[best] - shown and (len(chosen) >= _LEAST or not besides[best] - used):
            break
        used |= besides[best]
        chosen.append(best)
        shown = shown | shows[best]
    return [_proof(looked[i], mapping) for i in sorted(chosen)]


def _shows(looked: Spots, i: int) -> set[Hashable]:
    """What a cell shows of the reading: its column, its name, its power of ten, how its period is written and long."""
    when = looked.when[i]
    days = (when.period.end - when.period.start).days // 25 if when.period else None
    return {
        ("column", int(looked.columns[i])),
        ("topic", int(looked.topic.codes[i])),
        ("exponent", int(looked.exponent.codes[i])),
        ("when", re.sub(r"\d", "0", when.text), days),
    }


def _proof(spot: Spot, mapping: Mapping) -> Proof:
    rule = mapping.indicators.get(spot.topic.label, IndicatorRule())
    owner = spot.entity or mapping.defaults.get("entity", "")
    known = mapping.entities.get(owner)
    return Proof(
        cell=f"{letter(spot.column)}{spot.row}",
        as_stated=spot.text.strip(),
        indicator=rule.slug or spot.topic.label,
        entity=known.slug if known and known.slug else owner,
        period=_lands(spot.when.period, rule.measure, mapping.stock_day),
        multiplier=rule.multiplier * 10.0 ** (power_of(spot.exponent) or 0),
    )


def _lands(period: Period | None, measure: str, stock_day: str) -> Period | None:
    """The days that a figure lands on: a stock on the last of them, or on the table's own day of the year."""
    if not period or measure not in OF_A_DAY:
        return period
    if measure == "stock" and stock_day and whole_year(period):
        return period_of(f"{period.end.year}-{stock_day}")
    return Period(period.end, period.end, True)
