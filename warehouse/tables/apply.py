"""A grid read by its mapping: figures, new names, gaps counted by how they are marked, and every cell refused.

A refused cell has its sheet, row, column, text and a code. What the mapping itself lacks (a publication date, a label
it does not know) is a fault of the mapping and stops the import; a cell that cannot be read stops only itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as Table
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from warehouse.catalogue import Catalogue
from warehouse.errors import Fault, Invalid
from warehouse.records import (
    Indicator,
    Malformed,
    Observation,
    Source,
)
from warehouse.tables.cells import Figure, Gap, Unread, read_cell
from warehouse.tables.grid import Grid, letter
from warehouse.tables.headings import Period
from warehouse.tables.layout import Spot, spots
from warehouse.tables.mapping import IndicatorRule, Mapping
from warehouse.tables.places import Placed, read_place
from warehouse.tables.rules import Rules
from warehouse.tables.units import power_of

_COUNTERS = frozenset(
    [
        "人",
        "家",
        "个",
        "所",
        "座",
        "次",
        "人次",
        "元",
        "吨",
        "件",
        "项",
        "台",
        "辆",
        "户",
        "户次",
        "公里",
        "万人",
        "名",
        "场",
        "people",
        "persons",
        "yuan",
        "trips",
    ]
)
_FLAG_WORDS = {
    "b": "break in series", "c": "confidential", "d": "definition differs", "e": "estimated", "f": "forecast",
    "i": "imputed", "n": "not significant", "p": "provisional", "r": "revised", "s": "source's own estimate",
    "u": "low reliability", "z": "not applicable", "t": "total not additive", "v": "unvalidated", "m": "missing",
}  # fmt: skip
_INFERRED = frozenset("efi")
_SHARES = ("%", "％", "percent", "per cent", "‰")


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What a table gave. `added` holds only names the catalogue lacks; `refused` one fault a cell."""

    source: Source
    observations: tuple[Observation, ...]
    added: Catalogue
    refused: tuple[Fault, ...]
    gaps: Table[str, int]
    cells: int
    repeated: int


def apply(grid: Grid, mapping: Mapping, catalogue: Catalogue, source: Source) -> Applied:
    """Read a grid. Raises `Invalid` for whatever the mapping does not say or says wrong, all at once."""
    place = grid.name or "table"
    found = list(spots(grid, mapping))
    rules = Rules(mapping, catalogue, source, found)
    if not found:
        raise Invalid("bad_mapping", (Fault("no_value_cells", place),), path=place)
    if rules.faults:
        raise Invalid("bad_mapping", tuple(rules.faults), path=place)
    refused: list[Fault] = []
    gaps: Counter[str] = Counter()
    steps = _native_steps(found)
    made: dict[tuple[object, ...], list[tuple[Spot, Observation]]] = {}
    for spot in found:
        told = _observation(spot, rules, mapping, source, place, steps)
        if isinstance(told, str):
            gaps[told] += 1
        elif isinstance(told, Fault):
            refused.append(told)
        elif told is not None:
            o = told
            made.setdefault((o.indicator, o.entity, o.definition, o.period_start, o.period_end), []).append((spot, o))
    observations: list[Observation] = []
    repeated = 0
    for group in made.values():
        if len({(o.value, o.qualifier) for _, o in group}) > 1:
            others = "; ".join(f"{letter(s.column)}{s.row} {s.text}" for s, _ in group)
            refused += [_fault("two_values", s, place, others) for s, _ in group]
            continue
        repeated += len(group) - 1
        where = "; ".join(o.locator for _, o in group)
        observations.append(replace(group[0][1], locator=where))
    return Applied(
        source=source,
        observations=tuple(observations),
        added=rules.added(),
        refused=tuple(refused),
        gaps=dict(gaps.most_common()),
        cells=len(found),
        repeated=repeated,
    )


def _native_steps(found: list[Spot]) -> dict[int, Decimal]:
    """Column -> the finest last place of Excel's own numbers in it: Excel keeps 479.0 as 479."""
    steps: dict[int, Decimal] = {}
    for spot in found:
        said = read_cell(spot.text, native=True) if spot.native else None
        if isinstance(said, Figure):
            steps[spot.column] = min(steps.get(spot.column, said.step), said.step)
    return steps


def _fault(code: str, spot: Spot, place: str, detail: str = "") -> Fault:
    column = f"{letter(spot.column)} {spot.heading}".strip()
    return Fault(code, f"{place} row {spot.row}", column, spot.text.strip()[:80], detail)


def _observation(
    spot: Spot, rules: Rules, mapping: Mapping, source: Source, place: str, steps: Table[int, Decimal]
) -> Observation | Fault | str | None:
    """A figure, the fault of its cell, the mark of a gap, or None for what the mapping leaves out."""
    if spot.label in rules.ignored or spot.entity in rules.ignored_owners:
        return None
    said = read_cell(spot.text, decimal=mapping.decimal, native=spot.native)
    if rules.rules[spot.label][1].measure == "rank":
        said = read_place(spot.text)
    if isinstance(said, Gap):
        return said.mark
    if isinstance(said, Unread):
        return _fault(said.code, spot, place, said.detail)
    if spot.native and not isinstance(said, Placed):
        said = replace(said, step=steps[spot.column])
    rule, indicator, definition = rules.rules[spot.label]
    if spot.period is None:
        return _fault("vague_period" if spot.vague else "no_period", spot, place, spot.period_text or spot.heading)
    size = Decimal(repr(rule.multiplier))
    if spot.exponent:
        power = power_of(spot.exponent)
        if power is None or abs(power) > 15:
            return _fault("bad_multiplier", spot, place, spot.exponent)
        size = size.scaleb(power)
    trouble = _mismatch(said, rule, indicator, size)
    if trouble:
        return _fault(trouble, spot, place, rule.unit or indicator.unit.en)
    return _made(spot, said, size, indicator, definition, rules.owners[spot.entity], source, place)


def _mismatch(said: Figure, rule: IndicatorRule, indicator: Indicator, size: Decimal) -> str:
    unit = f"{rule.unit} {indicator.unit.en} {indicator.unit.zh}".lower()
    if said.percent and indicator.measure not in ("share", "change") and not any(s in unit for s in _SHARES):
        return "percent_in_count"
    if said.scaled and size != 1:
        return "scale_twice"
    rest = said.rest.strip()
    if rest and rest not in _COUNTERS and rest.lower() not in unit:
        return "words_in_cell"
    return ""


def _made(
    spot: Spot,
    said: Figure,
    size: Decimal,
    indicator: Indicator,
    definition: str,
    entity: str,
    source: Source,
    place: str,
) -> Observation | Fault:
    value = float(said.value * size)
    low, high = _bounds(said, size, indicator)
    below = indicator.lower is not None and value < indicator.lower
    if below or (indicator.upper is not None and value > indicator.upper):
        return _fault("outside_limits", spot, place, f"{value:g}")
    assert spot.period is not None
    start, end, basis, span = _placed(spot.period, indicator.measure)
    flags = "".join(dict.fromkeys((said.flags + _flag_letters(spot.flag)).lower()))
    notes = [f"status {f}: {_FLAG_WORDS.get(f, '?')}" for f in flags]
    if spot.flag.lower() not in ("", "a", "normal value") and not _flag_letters(spot.flag):
        notes.append(f"status: {spot.flag[:80]}")
    if said.marks:
        notes.append(f"footnote {said.marks}")
    try:
        return Observation(
            indicator=indicator.slug,
            entity=entity,
            definition=definition,
            period_start=start,
            period_end=end,
            value=value,
            low=low,
            high=high,
            as_stated=spot.text.strip(),
            source=source.id,
            published=source.published,
            qualifier=said.qualifier,
            nature="inferred" if set(flags) & _INFERRED else "stated",
            measure=indicator.measure,
            basis=basis,
            as_of_low=span[0],
            as_of_high=span[1],
            locator=f"{place}!{letter(spot.column)}{spot.row}",
            phrase=spot.label[:80],
            note="; ".join(notes),
        )
    except Malformed as error:
        return _fault(error.code, spot, place, f"{start.isoformat()}/{end.isoformat()}")


def _bounds(said: Figure, size: Decimal, indicator: Indicator) -> tuple[float | None, float | None]:
    value = said.value * size
    if isinstance(said, Placed):
        return float(said.value), None if said.last is None else float(said.last)
    if said.qualifier == "at_least":
        return float(value), None
    if said.qualifier == "at_most":
        return None, float(value)
    half = said.step * abs(size) / 2
    if said.qualifier == "about":
        digits = said.value.normalize()
        half = max(half, Decimal(1).scaleb(int(digits.as_tuple().exponent)) * abs(size) / 2)
    elif size == 1 and said.step == 1 and not said.percent:
        half = Decimal(0)
    low, high = float(value - half), float(value + half)
    low = low if indicator.lower is None else max(low, indicator.lower)
    high = high if indicator.upper is None else min(high, indicator.upper)
    return min(low, float(value)), max(high, float(value))


def _placed(period: Period, measure: str) -> tuple[date, date, str, tuple[date | None, date | None]]:
    if measure in ("stock", "cumulative", "streak") and not period.day:
        basis = "assumed: the table names only the period; a stock is taken as of its last day"
        return period.end, period.end, basis, (period.start, period.end)
    return period.start, period.end, "stated: the table's own period", (None, None)


def _flag_letters(text: str) -> str:
    said = text.strip().lower()
    return said if len(said) <= 3 and set(said) <= set(_FLAG_WORDS) else ""
