"""What a cell's text says of an indicator: the figure in base units and its bounds, a gap, or why it is refused.

Each text is read once for each kind of indicator it stands for, however many cells repeat it. Knows nothing of places
and periods.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from warehouse.coded import Bools, Coded, Floats, Ints, coded, together
from warehouse.records import Indicator
from warehouse.tables.cells import Figure, Gap, Unread, read_cell
from warehouse.tables.mapping import IndicatorRule
from warehouse.tables.numbers import plain_numbers, scaled
from warehouse.tables.places import Placed, read_place
from warehouse.tables.units import power_of

_COUNTERS = frozenset(
    ("人", "家", "个", "所", "座", "次", "人次", "元", "吨", "件", "项", "台", "辆", "户", "户次", "公里", "万人",
     "名", "场", "people", "persons", "yuan", "trips")
)  # fmt: skip
_SHARES = ("%", "％", "percent", "per cent", "‰")


@dataclass(frozen=True, slots=True)
class Kind:
    """What of an indicator and its rule decides how a cell is read; `words` are those of its unit."""

    multiplier: float
    unit: str
    words: str
    measure: str
    lower: float | None
    upper: float | None

    @property
    def limits(self) -> tuple[float, float]:
        """The least and the greatest it can be."""
        return -math.inf if self.lower is None else self.lower, math.inf if self.upper is None else self.upper


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands beside a figure in its cell."""

    qualifier: str
    flags: str
    marks: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a cell does not come in; `detail` is None where its period tells. `unread`: its text says no figure."""

    code: str
    detail: str | None
    unread: bool = False


Said = Marks | Gap | Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """What cells say; the numbers count only where `said` is `Marks`, and a bound that is open is not a number."""

    said: Coded[Said]
    value: Floats
    low: Floats
    high: Floats


def kind_of(rule: IndicatorRule, indicator: Indicator) -> Kind:
    """How cells of an indicator are read."""
    return Kind(
        rule.multiplier,
        rule.unit or indicator.unit.en,
        f"{rule.unit} {indicator.unit.en} {indicator.unit.zh}".lower(),
        indicator.measure,
        indicator.lower,
        indicator.upper,
    )


def read_cells(
    text: Coded[str],
    kind: Coded[Kind],
    exponent: Coded[str],
    step: Coded[Decimal | None],
    decimal: str,
    negatives: str = "minus",
) -> Readings:
    """What cells say. `step` is the last place of Excel's own numbers in the cell's column, None for a text."""
    asked, firsts = together([text.codes, kind.codes, exponent.codes, step.codes], len(text))
    plain = plain_numbers(text.values, decimal)
    value, low, high = np.full((3, len(firsts)), np.nan)
    known: dict[Said, int] = {Marks("exact", "", ""): 0}
    said: Ints = np.zeros(len(firsts), dtype=np.int64)
    hard: list[int] = []
    for group in _groups(firsts, kind.codes, exponent.codes, step.codes):
        at = int(firsts[group[0]])
        size = _size(kind[at], exponent[at])
        if step[at] is not None or kind[at].measure == "rank" or size is None:
            hard += group.tolist()
            continue
        told = scaled(plain.picked(text.codes[firsts[group]]), size)
        lower, upper = kind[at].limits
        within = told.sure & (told.value >= lower) & (told.value <= upper)
        value[group] = told.value
        low[group] = np.minimum(np.maximum(told.low, lower), told.value)
        high[group] = np.maximum(np.minimum(told.high, upper), told.value)
        hard += group[~within].tolist()
    for one in hard:
        at = int(firsts[one])
        told_so, (value[one], low[one], high[one]) = read_one(
            text[at], kind[at], exponent[at], step[at], decimal, negatives
        )
        said[one] = known.setdefault(told_so, len(known))
    return Readings(said=Coded(said[asked], tuple(known)), value=value[asked], low=low[asked], high=high[asked])


def _groups(firsts: Ints, *codes: Ints) -> list[Ints]:
    """The readings that share all but their text, together."""
    group, _ = together([each[firsts] for each in codes], len(firsts))
    order = np.argsort(group, kind="stable")
    return [part for part in np.split(order, np.flatnonzero(np.diff(group[order])) + 1) if len(part)]


def read_one(
    text: str, kind: Kind, exponent: str, step: Decimal | None, decimal: str, negatives: str = "minus"
) -> tuple[Said, tuple[float, float, float]]:
    """What one cell says, and its value, low and high where that is a figure."""
    nothing = (math.nan, math.nan, math.nan)
    told = read_cell(text, decimal=decimal, native=step is not None, negatives=negatives)
    if kind.measure == "rank":
        told = read_place(text)
    if isinstance(told, Gap):
        return told, nothing
    if isinstance(told, Unread):
        return Refusal(told.code, told.detail, unread=True), nothing
    if step is not None and not isinstance(told, Placed):
        told = replace(told, step=step)
    size = _size(kind, exponent)
    if size is None:
        return Refusal("bad_multiplier", exponent), nothing
    trouble = _mismatch(told, kind, size)
    if trouble:
        return Refusal(trouble, kind.unit), nothing
    value = float(told.value * size)
    if (kind.lower is not None and value < kind.lower) or (kind.upper is not None and value > kind.upper):
        return Refusal("outside_limits", f"{value:g}"), nothing
    low, high = _bounds(told, size, kind)
    trouble = _contradiction(value, low, high)
    if trouble:
        return Refusal(trouble, None), nothing
    low, high = math.nan if low is None else low, math.nan if high is None else high
    return Marks(told.qualifier, told.flags, told.marks), (value, low, high)


def _size(kind: Kind, exponent: str) -> Decimal | None:
    """What a printed number is multiplied by; None where the row's own power of ten is none."""
    size = Decimal(repr(kind.multiplier))
    if not exponent:
        return size
    power = power_of(exponent)
    return None if power is None or abs(power) > 15 else size.scaleb(power)


def _mismatch(said: Figure, kind: Kind, size: Decimal) -> str:
    if said.percent and kind.measure not in ("share", "change") and not any(s in kind.words for s in _SHARES):
        return "percent_in_count"
    if said.scaled and size != 1:
        return "scale_twice"
    rest = said.rest.strip()
    if rest and rest not in _COUNTERS and rest.lower() not in kind.words:
        return "words_in_cell"
    return ""


def _contradiction(value: float, low: float | None, high: float | None) -> str:
    if not all(math.isfinite(n) for n in (value, low, high) if n is not None):
        return "not_finite"
    if low is not None and low > value:
        return "low_above_value"
    return "high_below_value" if high is not None and high < value else ""


def _bounds(said: Figure, size: Decimal, kind: Kind) -> tuple[float | None, float | None]:
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
    low = low if kind.lower is None else max(low, kind.lower)
    high = high if kind.upper is None else min(high, kind.upper)
    return min(low, float(value)), max(high, float(value))


def steps_of(text: Coded[str], columns: Ints, native: Bools) -> Coded[Decimal | None]:
    """The finest last place of Excel's own numbers in a cell's column (Excel keeps 479.0 as 479); None for a text."""
    cells = np.flatnonzero(native)
    known = np.unique(columns[cells])
    steps: dict[int, Decimal] = {}
    for at in cells[together([columns[cells], text.codes[cells]], len(cells))[1]].tolist():
        said = read_cell(text[at], native=True)
        if isinstance(said, Figure):
            column = int(columns[at])
            steps[column] = min(steps.get(column, said.step), said.step)
    values = (None, *(steps.get(int(column), Decimal(1)) for column in known))
    codes = np.where(native, np.searchsorted(known, columns) + 1, 0)
    return coded(values).spread(codes)
