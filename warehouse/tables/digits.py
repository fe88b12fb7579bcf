"""Months and days in digits alone, 202312, 20231231, 2023.1, 02-01-2021, put with their dashes, the year first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache


@lru_cache(maxsize=50_000)
def dashed(text: str, early: bool = False) -> str:
    """A month or a day in digits alone, 202312, 20231231, 2023.1 or 12.2023, with its dashes; "" for any other text.

    `early`: of the nineteenth century too.
    """
    if text.startswith("18") and not early:
        return ""
    for form in _IN_DIGITS:
        if match := form.fullmatch(text):
            return "-".join(match[name].zfill(2) for name in "ymd" if match.groupdict().get(name))
    return ""


_IN_DIGITS = (
    re.compile(r"(?P<y>(?:18|19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])?"),
    re.compile(r"(?P<y>(?:19|20)\d\d)\.(?P<m>[1-9]|1[0-2])"),
    re.compile(r"(?P<m>0[1-9]|1[0-2])\.(?P<y>(?:19|20)\d\d)"),
)


ORDERS = ("", "dmy", "mdy", "ymd")
_YEAR_LAST = re.compile(
    r"(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})(?P=s)(?P<y>(?:18|19|20)\d\d|(?<=\d\d[-/]\d\d[-/])\d\d)"
    r"(?:[ T]00:00(?::00)?)?"
)
"""A date that ends with its year, which may be of two figures where day and month are too."""


def in_order(texts: Sequence[str], order: str) -> list[str]:
    """The months and days in figures of one column with their year first, as far as the column tells their order."""
    months = months_first(tenths_as_octobers(texts))
    return [year_first(text, order or day_order(texts)) for text in months]


def tenths_as_octobers(texts: Sequence[str]) -> list[str]:
    """Months as numbers with two decimals, which lose a last zero: beside 1999.09 and 1999.11, 1999.1 is 1999.10."""
    two = any(re.fullmatch(r"(?:19|20)\d\d\.0[1-9]", text) for text in texts)
    one = any(re.fullmatch(r"(?:19|20)\d\d\.[2-9]", text) for text in texts)
    return [f"{text}0" if two and not one and re.fullmatch(r"(?:19|20)\d\d\.1", text) else text for text in texts]


_MONTH_FIRST = re.compile(r"(?P<m>1?\d)/(?P<y>(?:19|20)\d\d)(?P<mark>[a-z])?")


def of_month_first(text: str) -> bool:
    """Whether a text is a month before its year in digits, 1/2024, with or without a mark."""
    return bool(_MONTH_FIRST.fullmatch(text))


_LAST_CENTURY = "41"
"""From this year of two figures on it is of the last century."""


def months_first(texts: Sequence[str]) -> list[str]:
    """Months as 1/2024 to 12/2024, where one of them is above four: none of a quarter, all of a month."""
    found = [_MONTH_FIRST.fullmatch(text) for text in texts]
    if not any(match and 4 < int(match["m"]) <= 12 for match in found):
        return list(texts)
    return [f"{m['y']}-{m['m'].zfill(2)}" if m else text for m, text in zip(found, texts, strict=True)]


def day_order(texts: Sequence[str]) -> str:
    """Whether days or months stand first in dates that end with their year: by a number above twelve, "" if none is."""
    matches = (match for text in texts if (match := _YEAR_LAST.fullmatch(text)) and len(match["y"]) == 4)
    found = [(int(match["a"]), int(match["b"])) for match in matches]
    days_first, months_first = any(a > 12 for a, _ in found), any(b > 12 for _, b in found)
    return "" if days_first == months_first else "dmy" if days_first else "mdy"


def year_first(text: str, order: str) -> str:
    """A date in figures, 02-01-2021 or 02-01-21, as 2021-01-02 in the order "dmy"; any other text as it is.

    A year of two figures may stand anywhere, and is read only where the mapping says the order.
    """
    match = _YEAR_LAST.fullmatch(text)
    short = match is not None and len(match["y"]) == 2
    if not match or not (order or (match["a"] == match["b"] and not short)) or (order == "ymd" and not short):
        return text
    told = dict(zip(order or "dmy", (match["a"], match["b"], match["y"]), strict=True))
    year = f"{'20' if told['y'] < _LAST_CENTURY else '19'}{told['y']}" if short else told["y"]
    return (
        f"{year}-{told['m'].zfill(2)}-{told['d'].zfill(2)}" if int(told["m"]) <= 12 and int(told["d"]) <= 31 else text
    )


def ends_with_its_year(text: str) -> bool:
    """Whether a text is a date with its year last, 01-01-19."""
    return bool(_YEAR_LAST.fullmatch(text))


def of_either_order(text: str) -> bool:
    """Whether a date says one day by one order and another by the other."""
    match = _YEAR_LAST.fullmatch(text)
    if match is None or len(match["y"]) == 2:
        return match is not None
    return match["a"] != match["b"] and max(int(match["a"]), int(match["b"])) <= 12
