"""Plain numbers read many at a time: "2191", "-12.50" and, where the dot is the decimal sign, "2,191.5".

Gives exactly what `cells.read_cell` and decimal arithmetic give, or says that it cannot: digits and places are kept as
whole numbers, and a result is only given where both it and its bounds are one correctly rounded division away. Knows
nothing of flags, words and marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from warehouse.coded import Bools, Floats, Ints

_DOT = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,15})?)")
_COMMA = re.compile(r"[+-]?[0-9]{1,15}(?:,[0-9]{0,15})?")
_EXACT = 2**53
"""Whole numbers up to here are floats exactly."""
_TENS = np.array([float(10**n) for n in range(23)])
"""The powers of ten that are floats exactly."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Texts as whole numbers: row i is `digits[i]` / 10 ** `places[i]`; where `places` is -1 it is no plain number."""

    digits: Ints
    places: Ints

    def picked(self, rows: Ints) -> Plain:
        """Some of the texts."""
        return Plain(self.digits[rows], self.places[rows])


@dataclass(frozen=True, slots=True)
class Scaled:
    """What numbers are in base units, give or take half of their last printed place; only where `sure`."""

    value: Floats
    low: Floats
    high: Floats
    sure: Bools


def plain_numbers(texts: Sequence[str], decimal: str) -> Plain:
    """Those of `texts` that are plain numbers; minus nought, and what is too long for exact arithmetic, are not."""
    match = (_COMMA if decimal == "," else _DOT).fullmatch
    digits: list[int] = []
    places: list[int] = []
    for text in texts:
        number, place = 0, -1
        if match(text):
            whole, _, after = text.partition(decimal)
            number, place = int(whole.replace(",", "") + after), len(after)
            if abs(number) > _EXACT or (not number and text[0] == "-"):
                number, place = 0, -1
        digits.append(number)
        places.append(place)
    return Plain(np.array(digits, dtype=np.int64), np.array(places, dtype=np.int64))


def scaled(plain: Plain, size: Decimal) -> Scaled:
    """Numbers times `size`; a whole number of size 1 is exact, any other is known to half its last place."""
    sign, figures, exponent = size.normalize().as_tuple()
    times = int("".join(map(str, figures)))
    places = plain.places - int(exponent) + 1
    most = (_EXACT // times - 5) // 10 if times and not sign else -1
    sure = (plain.places >= 0) & (abs(places) < len(_TENS)) & (abs(plain.digits) <= most)
    tenths = np.where(sure, plain.digits, 0) * (10 * times if most >= 0 else 0)
    half = np.where((plain.places == 0) & (size == 1), 0, 5 * times if most >= 0 else 0)
    tens = _TENS[np.minimum(abs(places), len(_TENS) - 1)]

    def told(numbers: Ints) -> Floats:
        exact = numbers.astype(np.float64)
        return np.asarray(np.where(places >= 0, exact / tens, exact * tens), dtype=np.float64)

    return Scaled(told(tenths), told(tenths - half), told(tenths + half), np.asarray(sure, dtype=bool))
