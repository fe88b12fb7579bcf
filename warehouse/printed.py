"""What a figure as printed says of itself: its number and the bound its words make of it ("over 290", 近1.2万).

Read with the same rules as a press text, so that a row typed by hand and a figure proposed by `forecast read` cannot
mean different things by the same words.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warehouse.reading.quantity import Quantity

_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
_BARE = re.compile(r"[^\d.,]*[\d.,]+[^\d.,]*")
_SCALE = re.compile(r"[十百千万亿兆]|(?:hundred|thousand|million|billion|trillion)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its bound. `low..high` are the ends of a range, else the number twice.

    A ratio has no ends: it may be told as a percentage (近1.2倍 is 120).
    """

    value: float
    qualifier: str
    low: float
    high: float

    def is_of(self, value: float) -> bool:
        """Whether a value is this number, whatever its sign ("fell by 3 percent" is -3), or lies in this range."""
        return self.low <= value <= self.high or math.isclose(abs(value), abs(self.value), rel_tol=1e-9)


@dataclass(frozen=True, slots=True)
class Printed:
    """The numbers of a figure as printed; `bare`: one number without a 万 or million of its own."""

    numbers: tuple[Number, ...]
    bare: bool

    def qualifier(self, value: float | None) -> str:
        """The bound the words make of a value: "exact" where they make none, or say none of this value."""
        of_it = [n for n in self.numbers if value is not None and n.is_of(value)]
        chosen = of_it or (self.numbers if len(self.numbers) == 1 else [])
        return chosen[0].qualifier if chosen else "exact"

    def other_number(self, value: float) -> float | None:
        """The one number printed, where a value is another one; None where it agrees or cannot be told.

        A bare number may be short of a thousand or more (321 under a heading in 万 is 3,210,000): `scaled` tells.
        """
        if len(self.numbers) != 1 or self.numbers[0].is_of(value) or self.scaled(value):
            return None
        return self.numbers[0].value

    def scaled(self, value: float) -> bool:
        """Whether a value is a bare number times a thousand, ten thousand, ...: its unit stands elsewhere."""
        if not self.bare or len(self.numbers) != 1 or not value or not self.numbers[0].value:
            return False
        power = math.log10(abs(value / self.numbers[0].value))
        return power > 2.5 and math.isclose(power, round(power), abs_tol=1e-9)


@lru_cache(maxsize=4096)
def printed(text: str) -> Printed:
    """What a text like "over 35,000", "3.21 million" or 近1.2万家 says."""
    if not text:
        return Printed((), bare=False)
    if _PLAIN.fullmatch(text):
        return Printed((Number(float(text), "exact", float(text), float(text)),), bare=True)
    from warehouse.reading import change, quantity
    from warehouse.reading.normalise import clean

    page = "" if "‰" in text else clean(text).text.strip()
    found = [_number(q) for q in quantity.read(page, []) if not q.ordinal]
    found += [Number(f.value, f.qualifier, f.value, f.value) for f in change.words(page)]
    return Printed(tuple(found), bare=_BARE.fullmatch(page) is not None and not _SCALE.search(page))


def _number(q: Quantity) -> Number:
    if q.unit == "ratio":
        return Number(q.value, q.qualifier, -math.inf, math.inf)
    low, high = (q.low, q.high) if q.ranged else (None, None)
    return Number(q.value, q.qualifier, q.value if low is None else low, q.value if high is None else high)
