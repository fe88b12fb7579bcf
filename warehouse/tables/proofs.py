"""A few cells of a table to hold against the document: one of every column, name and kind of date, if so many.

Knows cells and the mapping they are read by; reads nothing itself. What is taken for something else shows in the first
figure that stands there, whatever nobody thought to doubt.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from warehouse.catalogue import Catalogue
from warehouse.figures import Days
from warehouse.tables.grid import letter
from warehouse.tables.landing_days import landing_days
from warehouse.tables.mapping import IndicatorRule, Mapping
from warehouse.tables.spotted import Spot, Spots
from warehouse.tables.units import power_of

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
    days: Days | None
    multiplier: float


def proofs(found: Spots, mapping: Mapping, catalogue: Catalogue, most: int = MOST) -> list[Proof]:
    """At most `most` cells in the order of the table: the last, and those that show what the others do not.

    Of two that show as much it is the one in a row or of a place of its own; four are shown of any longer table. Nought
    and marks of gaps prove nothing and are left out.
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
    return [_proof(looked[i], mapping, catalogue) for i in sorted(chosen)]


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


def _proof(spot: Spot, mapping: Mapping, catalogue: Catalogue) -> Proof:
    rule = mapping.indicators.get(spot.topic.label, IndicatorRule())
    measure = catalogue.indicators[rule.slug].measure if rule.slug in catalogue.indicators else rule.measure
    when = spot.when
    owner = spot.entity or mapping.defaults.get("entity", "")
    known = mapping.entities.get(owner)
    return Proof(
        cell=f"{letter(spot.column)}{spot.row}",
        as_stated=spot.text.strip(),
        indicator=rule.slug or spot.topic.label,
        entity=known.slug if known and known.slug else owner,
        days=landing_days(when.period, when.text, measure, mapping.stock_day) if when.period else None,
        multiplier=rule.multiplier * 10.0 ** (power_of(spot.exponent) or 0),
    )
