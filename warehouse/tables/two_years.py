"""A year over two years, 2021-22 or 2023/2024, as words of the twelve months it means; knows no table and no period."""

from __future__ import annotations

import re

_TWO_YEARS = re.compile(
    r"(?<![\d/-])(?:FY\s?)?(?P<y>(?:18|19|20)\d\d)\s?[/–-]\s?(?P<y2>(?:19|20)?\d\d)(?![\d/-])(?:\s?年度)?"
)


def begins_next(said: str) -> bool:
    """Whether it is a year and the one after it: 2021-22, 2021/2022, 2011-12."""
    match = _TWO_YEARS.fullmatch(said)
    return bool(match and int(match["y2"][-2:]) == (int(match["y"]) + 1) % 100)


def later_alone(said: str) -> str:
    """A text with a year over two years and the one before it, 2023-24 / 2022-23, without the earlier."""
    found = list(_TWO_YEARS.finditer(said))
    years = [int(match["y"]) for match in found if begins_next(match.group())]
    if len(years) != len(found) or len(years) != 2 or abs(years[0] - years[1]) != 1:
        return said
    later = found[0] if years[0] > years[1] else found[1]
    return said[: found[0].start()] + later.group() + said[found[1].end() :]


def over_two_years(said: str, month: int) -> str:
    """A text with the year over two years in it put as the months from `month` on, or, at 0, such that it is none."""
    match = _TWO_YEARS.search(said)
    if not match or not begins_next(match.group()):
        return said
    year = int(match["y"])
    meant = twelve_from(year, month) if month else f"FY{year}/{match['y2']}"
    return said[: match.start()] + meant + said[match.end() :]


def twelve_from(year: int, month: int) -> str:
    """Twelve months from one of a year on, in words that name a period."""
    return f"{year}年{month}月-{year + 1}年{month - 1}月"
