"""A heading -> the period it names, the unit it states, and the name that is left.

"2023年常住人口（万人）" is the year 2023, ten thousand persons, and 常住人口. A heading that names two years, or a
fiscal or school year, names no period we could put on a calendar: that is said, not guessed.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from warehouse.tables.cells import plain
from warehouse.tables.nations import month_names
from warehouse.tables.units import Unit, take_unit


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, and whether the text states a day (rather than a span)."""

    start: date
    end: date
    day: bool = False


_MONTHS = month_names()
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_HAN_QUARTER = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = r"(?P<y>(?:18|19|20)\d\d|2100)"
_TAIL = (
    r"(?:\s*(?:[*†‡¹²³⁴①②③④]|\((?:p|e|r|b|[0-9]|provisional|preliminary|estimate|初步数?|预计数?|"
    r"快报数?)\)|\[YR\d{4}\]|\[\w\]|(?<=\d)[per](?![a-z])|\s[a-z]{1,2}$))*"
)
_FORMS = tuple(
    (name, re.compile(pattern + _TAIL, re.IGNORECASE))
    for name, pattern in (
        ("year", rf"(?:YR|X)?{_YEAR}(?:\.0)?(?:\s?年)?(?:度|全年)?"),
        ("year_end", rf"(?:as at |end[ -](?:of )?|year[ -]end )?{_YEAR}\s?(?:年末|年底)"),
        ("year_end", rf"(?:end[ -](?:of )?|year[ -]end ){_YEAR}"),
        ("month", rf"{_YEAR}\s?(?:年|-|M|-M|/|\.)\s?(?P<m>0?[1-9]|1[0-2])(?:\s?月(?:份)?)?"),
        ("month", rf"(?P<mon>{_MONTH})\.?[ -]+{_YEAR}"),
        ("month", rf"{_YEAR}[ -]+(?P<mon>{_MONTH})\.?"),
        ("month", rf"{_YEAR}年(?P<mon>{_MONTH})\.?"),
        ("month_end", rf"{_YEAR}\s?年\s?(?P<m>0?[1-9]|1[0-2])\s?月(?:末|底)"),
        ("months", rf"{_YEAR}\s?年?\s?(?P<m>1?\d)\s?[-–—~至]\s?(?P<m2>1?\d)\s?月(?:份)?"),
        ("quarter", rf"{_YEAR}[ -]*年?Q(?P<q>[1-4])"),
        ("quarter", rf"Q(?P<q>[1-4])[ -]+{_YEAR}"),
        ("quarter", rf"{_YEAR}\s?年\s?第?(?P<q>[一二三四1-4])季度?"),
        ("half", rf"{_YEAR}[ -]*(?:年)?\s?(?:上半年|S1|H1)"),
        ("half2", rf"{_YEAR}[ -]*(?:年)?\s?(?:下半年|S2|H2)"),
        ("day", rf"{_YEAR}\s?(?:年|-|/|\.)\s?(?P<m>0?[1-9]|1[0-2])\s?(?:月|-|/|\.)\s?(?P<d>0?[1-9]|"
        rf"[12]\d|3[01])\s?日?(?:[ T]00:00(?::00)?)?"),
        ("day", rf"(?P<d>\d{{1,2}}) (?P<mon>{_MONTH})\.?,? {_YEAR}"),
        ("day", rf"(?P<mon>{_MONTH})\.? (?P<d>\d{{1,2}}),? {_YEAR}"),
        ("mid", rf"mid[ -]{_YEAR}"),
        ("day", rf"(?P<d>0?[1-9]|[12]\d|3[01])\.(?P<m>0?[1-9]|1[0-2])\.{_YEAR}"),
        ("day", rf"(?P<d>1[3-9]|2\d|3[01])[/-](?P<m>0?[1-9]|1[0-2])[/-]{_YEAR}"),
        ("day", rf"(?P<m>0?[1-9]|1[0-2])[/-](?P<d>1[3-9]|2\d|3[01])[/-]{_YEAR}"),
        ("quarters", rf"{_YEAR}\s?年\s?(?:前|第?[1一]\s?[-–—~至]\s?)(?P<q>[二三四234])个?季度"),
    )
)  # fmt: skip
_MONTH_OF_YEAR = rf"(?:(?:{_MONTH})\.? (?:19|20)\d\d|(?:19|20)\d\d\s?年\s?1?\d\s?月)"
_SPAN = re.compile(rf"(?P<first>{_MONTH_OF_YEAR})\s?(?:[-–—~至]|to)\s?(?P<last>{_MONTH_OF_YEAR})", re.IGNORECASE)
"""Months from one to another, each with its year: no year is guessed."""
_ERA = re.compile(r"(?P<era>民[國国]|令和|平成|昭和|R|H)\.?\s?(?P<n>元|\d{1,3})\s?年(?!度)")
_ERA_BESIDE = re.compile(r"(?<=年)\s?\((?:民[國国]|令和|平成|昭和)\s?(?:元|\d{1,3})\s?年\)")
_ERA_INSIDE = re.compile(r"(?:民[國国]|令和|平成|昭和)\s?(?:元|\d{1,3})\s?年(?!度)")
_ERAS = {"民": 1911, "令": 2018, "平": 1988, "昭": 1925, "R": 2018, "H": 1988}
_WHOLE_YEAR = re.compile(
    r"\bJan(?:uary|\.)?\s?[-–—]\s?Dec(?:ember|\.)?|(?<=年)\s?1\s?[-–—~至]\s?12\s?月", re.IGNORECASE
)
_NOTED = re.compile(
    r"\s*\[notes?[^\]]*\]|\s*\(notes? \d+\)|\s*[\[(](?:provisional|revised|preliminary|estimated?)[\])]|(?<=\d)\*+$",
    re.IGNORECASE,
)
_ANY_YEAR = re.compile(r"(?<!\d)(?<![Bb]ase )(?:18|19|20)\d\d(?!\d)(?!\s?年?\s?=)")
"""A year; the base of an index (1978年=100, base 2018) is none of its dates."""
_YEARLY = re.compile(rf"{_YEAR}\s?年(?:度|末|底)?")
_FISCAL = re.compile(
    r"(?:19|20)\d\d\s?[/-]\s?(?:(?:19|20)?\d\d)(?!\d|-)|FY\s?\d{2,4}|学年|财年|fiscal|(?:民[國国]|令和|平成|昭和)\s?(?:元|\d{1,3})\s?年度",
    re.IGNORECASE,
)


def period_of(text: str) -> Period | None:
    """The period that the whole text names, or None; 民國112年 and 令和5年 are 2023."""
    said = _era(plain(text))
    for name, pattern in _FORMS:
        match = pattern.fullmatch(said)
        if match:
            return _period(name, match.groupdict())
    halves = _SPAN.fullmatch(said)
    first, last = (period_of(halves["first"]), period_of(halves["last"])) if halves else (None, None)
    return Period(first.start, last.end) if first and last and first.start < last.start else None


def _era(said: str) -> str:
    """The text with a year of the Republic of China or of a Japanese era as one of the common era."""
    match = _ERA.match(said)
    if not match:
        return said
    year = 1 if match["n"] == "元" else int(match["n"])
    return f"{_ERAS[match['era'][0].upper()] + year}年{said[match.end() :]}"


def _period(name: str, found: dict[str, str | None]) -> Period | None:
    year = int(found["y"] or 0)
    month = int(found.get("m") or _MONTHS.get((found.get("mon") or "").title(), 0) or 1)
    try:
        if name in ("year", "year_end"):
            end = date(year, 12, 31)
            return Period(end, end, True) if name == "year_end" else Period(date(year, 1, 1), end)
        if name == "month":
            return Period(date(year, month, 1), _last(year, month))
        if name == "month_end":
            return Period(_last(year, month), _last(year, month), True)
        if name == "months":
            last = int(found["m2"] or 0)
            return Period(date(year, month, 1), _last(year, last)) if month <= last else None
        if name == "quarter":
            quarter = _HAN_QUARTER[found["q"] or "1"]
            return Period(date(year, 3 * quarter - 2, 1), _last(year, 3 * quarter))
        if name == "quarters":
            return Period(date(year, 1, 1), _last(year, 3 * _HAN_QUARTER[found["q"] or "1"]))
        if name in ("half", "half2"):
            return (
                Period(date(year, 1, 1), date(year, 6, 30))
                if name == "half"
                else Period(date(year, 7, 1), date(year, 12, 31))
            )
        if name == "mid":
            return Period(date(year, 6, 30), date(year, 6, 30), True)
        day = date(year, month, int(found["d"] or 1))
        return Period(day, day, True)
    except ValueError:
        return None


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def widened(period: Period, dates: str) -> Period:
    """The month, quarter or year that begins on a day, where the table dates them so; any other period as it is."""
    months = {"month": 1, "quarter": 3, "year": 12}.get(dates, 0)
    first = period.start
    if not months or not period.day or first.day != 1 or (first.month - 1) % months:
        return period
    return Period(first, _last(first.year, first.month + months - 1))


@dataclass(frozen=True, slots=True)
class Heading:
    """The parts of a heading; `vague` where it names more than one year, or a fiscal one."""

    period: Period | None
    unit: Unit | None
    name: str
    vague: bool = False


def read_heading(text: str) -> Heading:
    """Take a heading apart. A heading with no period and no unit is all name."""
    said = _ERA_BESIDE.sub("", in_digits(plain(text)) or plain(text))
    said = re.sub(r"\s+", " ", _era(_WHOLE_YEAR.sub("", _NOTED.sub("", said)))).strip()
    whole = period_of(said)
    if whole:
        return Heading(whole, None, "")
    unit, rest = take_unit(said)
    whole = period_of(rest)
    if whole:
        return Heading(whole, unit, "")
    over = _OVER.search(rest)
    if over and _OF_CHANGE.search(text) and (later := _later_of(over)):
        name = re.sub(r"\s+", " ", rest[: over.start()] + " " + rest[over.end() :]).strip(" ,()_-:：，")
        return Heading(period_of(later), unit, name)
    years = set(_ANY_YEAR.findall(rest))
    if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", rest):
        return Heading(None, unit, rest, vague=True)
    if len(years) > 1 or _fiscal(rest):
        return Heading(None, unit, rest, vague=bool(years) or _fiscal(rest))
    if len(years) == 1:
        for pattern in _INSIDE:
            match = pattern.search(rest)
            period = period_of(match.group().strip(" ,()_-:")) if match else None
            if match and period:
                name = re.sub(r"\s+", " ", rest[: match.start()] + " " + rest[match.end() :]).strip(" ,()_-:：，")
                return Heading(period, unit, re.sub(r"\b(?:as of|as at|in|on)$", "", name).strip(" ,("))
    return Heading(None, unit, rest)


_OVER = re.compile(
    r"(?<!\d)(?P<a>(?:19|20)?\d\d)\s?年?\s?(?:/|-|–|over|on|vs\.?|比|较)\s?(?P<b>(?:19|20)?\d\d)\s?年?(?!\d)",
    re.IGNORECASE,
)
"""Two years in a heading of change: 2023/22, 19/18, 2023 over 2022, 2019-2023."""
_OF_CHANGE = re.compile(
    r"change|growth|增长|增减|变化|变动|variation|var\.|veränderung|evoluci[óo]n|[±]|%\s?chg", re.IGNORECASE
)


def _later_of(over: re.Match[str]) -> str:
    """The year that a change leads to, where the other is the year before it; "" otherwise."""
    years = sorted(int(y) if len(y) == 4 else 2000 + int(y) for y in (over["a"], over["b"]))
    return str(years[1]) if years[1] == years[0] + 1 and len(over["a"] + over["b"]) > 4 else ""


def _fiscal(text: str) -> bool:
    """Whether a text names a year that is not the calendar's; 2024-01 is a month, 2023-24 none."""
    return any(
        not re.fullmatch(r"\d{4}-(?:0\d|1[0-2])", match.group())
        or int(match.group()[2:4]) + 1 == int(match.group()[-2:])
        for match in _FISCAL.finditer(text)
    )


def stated_period(text: str) -> str:
    """The words in a title that name its one period ("2024年1-11月", "2023"); "" where it names none or several."""
    said = _ERA_INSIDE.sub(lambda match: _era(match.group()), plain(text))
    if len(set(_ANY_YEAR.findall(said))) != 1 or _fiscal(said):
        return ""
    for pattern in _INSIDE:
        match = pattern.search(said)
        if match and period_of(match.group().strip(" ,()_-:")):
            return match.group().strip(" ,()_-:")
    return ""


@lru_cache(maxsize=10_000)
def month_in(name: str) -> tuple[str, str]:
    """The part of a year with which a heading begins (11月, 1-11月, 上半年, Q1, Jan), and the rest of the heading."""
    match = _PART_OF_YEAR.match(name)
    if not match:
        return "", name
    part, rest = match.group("part").strip(), name[match.end() :].strip(" ,:：")
    if rest and match["part"].isascii() and match["part"][0].isalpha():
        return ("", name) if re.search(r"\w\w", rest) else (part, "")
    if rest.startswith("累计") and re.fullmatch(r"\d+\s?月", part):
        part = f"1-{part}"
    return part, rest


_PART_OF_YEAR = re.compile(
    rf"(?P<part>(?:1[0-2]|0?[1-9])\s?月[末底]|1?\d\s?[-–—~至]\s?1?\d\s?月|(?:1[0-2]|0?[1-9])\s?月|上半年|下半年|前[二三]季度|第?[一二三四]季度?|"
    rf"一\s?[-–—~至]\s?[二三四]季度|Q[1-4](?![a-z])|(?:{_MONTH})\b\.?)份?(?!末|底)",
    re.IGNORECASE,
)
_INSIDE = (
    re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d"),
    re.compile(rf"\d{{1,2}} (?:{_MONTH}),? (?:19|20)\d\d", re.IGNORECASE),
    re.compile(rf"(?:{_MONTH}) \d{{1,2}},? (?:19|20)\d\d", re.IGNORECASE),
    re.compile(r"(?:19|20)\d\d\s?年(?:\s?\d{1,2}\s?[-–—~至]\s?\d{1,2}\s?月|\s?\d{1,2}\s?月(?:末|底|"
    r"\s?\d{1,2}\s?日)?|末|底|度|上半年|下半年|前[二三]季度|第?[一二三四]季度?)?"),
    re.compile(r"(?:19|20)\d\d-?Q[1-4]|(?:19|20)\d\d-\d\d(?!\d)"),
    re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)"),
)  # fmt: skip


_MONTH_ALONE = re.compile(
    r"(?P<m>1[0-2]|0?[1-9])\s?月?|(?P<q>[一二三四1-4])季度?|第(?P<q2>[一二三四])季度?|Q(?P<q3>[1-4])|"
    r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?",
    re.IGNORECASE,
)


def whole_year(period: Period) -> bool:
    """Whether it is a calendar year, or several."""
    return (period.start.month, period.end.month) == (1, 12)


def within_year(year: int, month: str) -> Period | None:
    """The month, months, quarter or half that a cell or heading names, in that year."""
    said = re.sub(r"\s*(?:[*#@†‡]|\([a-z]\))+$", "", plain(month))
    month_number = _MONTHS.get(said.title())
    if month_number:
        return Period(date(year, month_number, 1), _last(year, month_number))
    match = _MONTH_ALONE.fullmatch(said)
    if not match:
        return period_of(f"{year}年{said}")
    found = match.groupdict()
    if found["m"]:
        return period_of(f"{year}-{int(found['m']):02d}")
    if found["name"]:
        return period_of(f"{found['name'][:3]} {year}")
    quarter = found["q"] or found["q2"] or found["q3"]
    return period_of(f"{year}年{quarter}季度")


def month_or_year(text: str) -> tuple[str, str]:
    """The part of a year that a whole text is, and the year that it is; "" for what it is not."""
    said = plain(text)
    part, rest = ("1-12月", "") if _WHOLE_YEAR.fullmatch(said) else month_in(said)
    if part and not rest:
        return part, ""
    match = re.fullmatch(r"((?:19|20)\d\d)\s?年?", said)
    return "", match.group(1) if match else ""


def in_digits(text: str) -> str:
    """A month or a day in digits alone, 202312 or 20231231, with its dashes; "" for any other text."""
    match = re.fullmatch(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])?", text)
    return "-".join(part for part in match.groups() if part) if match else ""
