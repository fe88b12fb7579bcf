"""A heading -> the period it names, the unit it states, and the name that is left.

"2023年常住人口（万人）" is the year 2023, ten thousand persons, and 常住人口. A heading that names two years, or a
fiscal or school year, names no period we could put on a calendar: that is said, not guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from warehouse.tables.cells import plain
from warehouse.tables.digits import dashed
from warehouse.tables.eras import ERA_BESIDE, ERA_INSIDE, of_common_era
from warehouse.tables.periods import MEAN
from warehouse.tables.periods import period_of as period_of
from warehouse.tables.two_years import begins_next
from warehouse.tables.units import Unit, is_unit, take_unit, unit_of
from warehouse.tables.year_parts import DAY, MONTH, NUMBER, Period, in_words, part_of

_WHOLE_YEAR = re.compile(
    r"\bJan(?:uary|\.)?\s?[-–—]\s?Dec(?:ember|\.)?|(?<=年)\s?1\s?[-–—~至]\s?12\s?月", re.IGNORECASE
)
_NOTED = re.compile(
    r"\s*\[notes?[^\]]*\]|\s*\(notes? \d+\)|\s*[\[(](?:provisional|revised|preliminary|estimated?)[\])]|(?<=\d)\*+$|"
    r"(?<=\d)\s?[¹²³⁴⁵⁶⁷⁸⁹⁰]+[⁾)]?$|(?<=(?:18|19|20)\d\d)(?:[a-z]| \d)\)$",
    re.IGNORECASE,
)
_ANY_YEAR = re.compile(r"(?<!\d)(?<![Bb]ase )(?:(?<![a-z])18|19|20)\d\d(?!\d|_(?![A-Z][a-z]+\)))(?!\s?年?\s?=)")
"""A year; the base of an index (1978年=100, base 2018) is none of its dates."""
_FISCAL = re.compile(
    r"(?:19|20)\d\d\s?[/-]\s?(?:(?:19|20)?\d\d)(?!\d|-)|FY\s?\d{2,4}|学年|學年|财年|fiscal|(?:民[國国]|令和|平成|昭和)\s?(?:元|\d{1,3})\s?年度",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """The parts of a heading; `vague` where it names more than one year, or a fiscal one."""

    period: Period | None
    unit: Unit | None
    name: str
    vague: bool = False


@lru_cache(maxsize=20_000)
def read_heading(text: str, around: str = "") -> Heading:
    """Take a heading apart. A heading with no period and no unit is all name.

    `around` is what stands above, in and below it: where that speaks of change, 2024/2023 is of the later year.
    """
    of_change = speaks_of_years(around)
    both = [line for line in text.splitlines() if line.strip()]
    if len(both) == 2 and (period := _in_either(*both)):
        return Heading(period, None, "")
    said = ERA_BESIDE.sub("", dashed(plain(text)) or plain(text))
    said = re.sub(r"\s+", " ", of_common_era(_WHOLE_YEAR.sub("", _NOTED.sub("", said)))).strip()
    if (mean := MEAN.search(said)) and (whole := period_of(_without(said, mean))):
        return Heading(whole, None, mean.group().strip())
    whole = period_of(said)
    if whole:
        return Heading(whole, None, "")
    if _OF_PRICES.search(said):
        unit, name = take_unit(said)
        return Heading(None, unit, name)
    if _LETTER.search(said) and is_unit(said) and unit_of(said).multiplier != 1:
        return Heading(None, unit_of(said), "")
    unit, rest = take_unit(said)
    whole = period_of(rest)
    if whole:
        return Heading(whole, unit, "")
    over = _OVER.search(rest)
    compared = over and (of_change or speaks_of_years(text) or (unit and unit.relative and over["a"] > over["b"]))
    if (
        over
        and begins_next(over.group())
        and not (unit and unit.relative)
        and not _IN_PERCENT.search(f"{text} {around}")
    ):
        return Heading(None, unit, rest, vague=True)
    if over and compared and not _OVER.search(rest, over.end()) and (later := _later_of(over)):
        return Heading(period_of(later), unit, _without(rest, over) or ("" if of_change else rest))
    years = set(_ANY_YEAR.findall(rest))
    if base := _BASE.search(rest):
        own = read_heading(_without(rest, base), around)
        name = f"{own.name} {base.group()}".strip() if own.period else rest
        return Heading(own.period, unit or own.unit, name, own.vague)
    if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", rest) or _SHORT_YEAR.fullmatch(rest) or TERM.search(rest):
        return Heading(None, unit, rest, vague=True)
    if span := _span_in(rest):
        return Heading(period_of(span.group()), unit, _without(rest, span))
    if len(years) > 1 or _fiscal(rest):
        return Heading(None, unit, rest, vague=bool(years) or _fiscal(rest))
    if len(years) == 1:
        for pattern in _INSIDE:
            match = pattern.search(rest)
            period = period_of(match.group().strip(" ,()_-:")) if match else None
            if match and (not period or _SECOND.search(rest[: match.start()])):
                return Heading(None, unit, rest, vague=True)
            if match and not _SEASON.fullmatch(name := _JOINING.sub("", _without(rest, match)).strip(" ,(:")):
                return Heading(period, unit, name)
            if match:
                return Heading(None, unit, rest, vague=True)
    return Heading(None, unit, rest)


_IN_PERCENT = re.compile(r"[%％]|率|률|[同前年]比|增[长長速幅]|\brate\b|per ?cent|growth", re.IGNORECASE)
"""What a change over two years (2023-24) is told in; a change in numbers may be that of a year over both."""


def _in_either(first: str, second: str) -> Period | None:
    """The period of a heading in two lines of two languages, where one says it and the other in its own way does."""
    told = [period_of(line) for line in (first, second)]
    other = second if told[0] else first
    return (told[0] or told[1]) if all(told) or _SHORT_YEAR.fullmatch(plain(other)) else None


_OF_PRICES = re.compile(
    r"\((?=[^()]*(?:constant|current|chained|prices|ppp|international|reference|不变价|可比价))[^()]*(?:19|20)\d\d[^()]*\)",
    re.IGNORECASE,
)
"""A year in brackets that is the base of prices, not when something was."""


def _span_in(text: str) -> re.Match[str] | None:
    """The months from one to another that a text names, where it names no year besides."""
    for pattern in _SPANS:
        match = pattern.search(text)
        if match and period_of(match.group()) and not _ANY_YEAR.search(_without(text, match)):
            return match
    return None


def _without(text: str, match: re.Match[str]) -> str:
    """What a heading says besides its period."""
    said = re.sub(r"\s+", " ", text[: match.start()] + " " + text[match.end() :]).strip(" ,_-:：，")
    bare = said.strip(" ,()_-:：，")
    return bare if bare.count("(") == bare.count(")") else said


TERM = re.compile(r"(?:^|[^-–—~至\d])\d{1,2}\s?月(?:中間|中间)?期|^[上下]期$")
"""A business year by the month it ends in, and 上期: half a year in Japan, the time before in China."""
_SEASON = re.compile(r"(?:spring|summer|autumn|winter|week \d+|W ?\d+|KW ?\d+|[春夏秋冬]季?|第?\d+周)", re.IGNORECASE)
"""What beside a year says that it is not the whole of it."""
_SECOND = re.compile(
    rf"(?:{MONTH}|\d(?:st|nd|rd|th)?|quarter|Q\d|[月日])\.?\s?(?:[-–—~/&至和]|to|and|bis|und|à|et|y|e)\s?$",
    re.IGNORECASE,
)
"""What stands before the second of two dates: the first of them has no year of its own."""
_SHORT_YEAR = re.compile(r"(?:[6-9]\d|1[0-4]\d)\s?年(?:[度底末]|\s?\d[\d\s~至-]*月[底末]?|\s?第?[1-4一二三四]季)?")
"""A year of the Republic of China, or one of the last century without its first two digits."""
_JOINING = re.compile(r"\b(?:as of|as at|at|in|on|situation au|au|stand|stichtag)$|^(?:现在|現在|時点)$", re.IGNORECASE)
_OVER = re.compile(
    r"(?<!\d)(?<!FY)(?P<a>(?:19|20)?\d\d)\s?年?\s?(?:/|-|–|over|on|vs\.?|比|较|較|为|為|to)\s?(?P<b>(?:19|20)?\d\d)\s?年?(?!\d)",
    re.IGNORECASE,
)
"""Two years in a heading of change: 2023/22, 19/18, 2023 over 2022, 2019-2023."""
_BASE = re.compile(
    r"(?:\b(?:vs\.?|versus|compared (?:with|to)|relative to|against|so với(?: năm)?)\s|"
    r"(?:较|較|(?<![占环同月期度])(?<!前年)比|与|與)\s?)"
    r"(?:19|20)\d\d(?![\d/-])\s?年?",
    re.IGNORECASE,
)
"""The year with which a figure is compared, and which is not its own: vs 2019, 比2019年增长."""
_OF_CHANGE = re.compile(
    r"change|growth|增长|增長|增减|增減|变化|變化|变动|變動|成長率|伸[び率]|前年(?:同期)?比|対前年|同比|增速|variation|var\.|"
    r"veränderung|evoluci[óo]n|évolution|variaci[óo]n|varia[çc][ãa]o|variazione|zmiana|증감|증가율|변동|전년\s?대비|[±Δ∆]|"
    r"%\s?chg|\by[-/ ]?o[-/ ]?y\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=20_000)
def speaks_of_years(text: str) -> bool:
    """Whether a heading speaks of the change from one year to another."""
    return bool(_OF_CHANGE.search(text)) or bool(re.search(r"\bvs\b|\d{4}年?[比较較]\d{4}", text))


def _later_of(over: re.Match[str]) -> str:
    """The year that a change leads to, where the other is the year before it; "" otherwise."""
    years = sorted(int(y) if len(y) == 4 else 2000 + int(y) for y in (over["a"], over["b"]))
    if len(over["a"] + over["b"]) == 4 and (years[0] <= 2012 or "/" not in over.group()):
        return ""
    return str(years[1]) if years[1] == years[0] + 1 else ""


def _fiscal(text: str) -> bool:
    """Whether a text names a year that is not the calendar's; 2024-01 is a month, 2023-24 none."""
    return any(
        not re.fullmatch(r"\d{4}-(?:0\d|1[0-2])", match.group())
        or int(match.group()[2:4]) + 1 == int(match.group()[-2:])
        for match in _FISCAL.finditer(text)
    )


_TO_SHORT_YEAR = re.compile(r"(?:19|20)\d\d年\s?[至到~～\-–—]\s?\d{2,3}年")
"""A span that ends in a year of an era: 民國111年至113年."""


def stated_period(text: str) -> str:
    """The words in a title that name its one period ("2024年1-11月", "2023"); "" where it names none or several."""
    said = ERA_INSIDE.sub(lambda match: of_common_era(match.group()), plain(text))
    if span := _span_in(said):
        return span.group()
    if len(set(_ANY_YEAR.findall(said))) != 1 or _fiscal(said) or _TO_SHORT_YEAR.search(said):
        return ""
    for pattern in _INSIDE:
        match = pattern.search(said)
        if match and _SECOND.search(said[: match.start()]):
            return ""
        if match and period_of(match.group().strip(" ,()_-:")):
            return match.group().strip(" ,()_-:")
    return ""


@lru_cache(maxsize=10_000)
def month_in(name: str) -> tuple[str, str]:
    """The part of a year with which a heading begins (11月, 1-11月, 上半年, Q1, Jan), and the rest of the heading."""
    said = plain(name).rstrip("*†#‡ ")
    if not _LETTER.search(said) or period_of(said):
        return "", name
    day = _ON_DAY.fullmatch(said)
    bare = (day["day"] or day["day2"]) if day else said
    if part_of(bare):
        return bare, ""
    if (so_far := _SO_FAR.fullmatch(said)) and part_of(so_far["part"]):
        return so_far["part"], ""
    first, _, other = said.partition(" ")
    if _OTHER_TONGUE.fullmatch(other) and (in_words(first) or part_of(first)):
        return in_words(first) or first, ""
    match = _PART_OF_YEAR.match(name)
    if not match:
        return "", name
    part, rest = match.group("part").strip(), name[match.end() :].strip(" ,:：")
    if rest and match["part"].isascii() and match["part"][0].isalpha():
        return ("", name) if re.search(r"\w\w", rest) else (part, "")
    if rest.startswith("累计") and re.fullmatch(r"\d+\s?月", part):
        part = f"1-{part}"
    return part, rest


_OTHER_TONGUE = re.compile(
    r"[1-4]\s?[º°ª.]*\s?(?:T|Tri\w*|Q\w*)\.?|Q[1-4]|Ano|Year|Annual|Total|"
    r"(?:[1-4](?:st|nd|rd|th) )?[Qq]uarter|[A-Z][a-z]{2,8}\.?"
)
"""The same part of a year again, as a heading in two languages says it: 第4季 4º T."""
_SO_FAR = re.compile(r"(?:YTD|year[- ]to[- ]date|累计|累計)\s?[(（]?(?P<part>[^()（）]+)[)）]?", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_ON_DAY = re.compile(
    r"(?:as (?:at|of|on)|at|on|au|am|al)\s+(?:the )?(?P<day>.+)|(?P<day2>.+?)\s?(?:现在|現在|현재)", re.IGNORECASE
)
_PART_OF_YEAR = re.compile(
    rf"(?P<part>{NUMBER}\s?月[末底]|1?\d\s?月?\s?[-–—~〜至]\s?1?\d\s?[月월]|{NUMBER}\s?[月월](?!期)(?:\s?{DAY}\s?[日일])?|"
    rf"[上下]半[年期]|[상하]반기|前[二三]季度|第?[一1]季?度?\s?[-–—~至]\s?第?[二三四234]季度?|"
    rf"第?[一二三四1-4]季度|第[一二三四1-4]季|[1-4]季|第?[一二三四1-4]四半期|제?[1-4](?:/4)?\s?분기|十?[一二三四五六七八九十]月|"
    rf"Q[1-4](?![a-z])|(?:{MONTH})\b\.?)份?(?!末|底)",
    re.IGNORECASE,
)
_MONTH_OF_YEAR = rf"(?:(?:{DAY} )?(?:{MONTH})\.? (?:{DAY},? )?(?:19|20)\d\d|(?:19|20)\d\d\s?年\s?1?\d\s?月)"
_SPANS = (
    re.compile(
        r"(?:(?:financial |fiscal )?year|(?:12|twelve|3|three|6|six|9|nine) months|quarter) (?:ended|ending|to) "
        rf"(?:in )?{_MONTH_OF_YEAR}",
        re.IGNORECASE,
    ),
    re.compile(rf"{_MONTH_OF_YEAR}\s?(?:[-–—~至]|to)\s?{_MONTH_OF_YEAR}", re.IGNORECASE),
    re.compile(
        rf"(?:{DAY} )?\b(?:{MONTH})\.?\s?(?:[-–—~]|to|bis|à)\s?(?:{DAY} )?(?:{MONTH})\.?,? (?:of |de )?(?:19|20)\d\d",
        re.IGNORECASE,
    ),
)
"""Months over two years whose end is said: "year ended June 2023", "July 2022 to June 2023"."""
_INSIDE = (
    re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d"),
    re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}/(?:19|20)\d\d"),
    re.compile(r"(?<!\d)(?:19|20)\d\d[-/](?:0[1-9]|1[0-2])[-/](?:0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"\btháng \d{1,2} năm (?:19|20)\d\d", re.IGNORECASE),
    re.compile(rf"\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTH}),? (?:19|20)\d\d", re.IGNORECASE),
    re.compile(rf"(?:{MONTH}) \d{{1,2}},? (?:19|20)\d\d", re.IGNORECASE),
    re.compile(rf"\bend(?:[ -]of)?[ -](?:(?:{MONTH}) )?(?:19|20)\d\d", re.IGNORECASE),
    re.compile(rf"(?<!\d )\b(?:{MONTH})\.?\s?(?:[-–]\s?(?:{MONTH})\.?)? (?:19|20)\d\d", re.IGNORECASE),
    re.compile(r"(?:19|20)\d\d\s?[年년](?:\s?\d{1,2}\s?月?\s?[-–—~至]\s?\d{1,2}\s?[月월]|\s?\d{1,2}\s?[月월](?:末|底|"
    r"\s?\d{1,2}\s?[日일])?|末|底|말|度|[上下]半年|前[二三]季度|[一1][-–—~至][二三四234]季度|第?[一二三四1-4]季度|第[一二三四1-4]季|"
    r"第?[一二三四1-4]四半期|\s?제?[1-4](?:/4)?\s?분기)?"),
    re.compile(r"(?:19|20)\d\d(?:[ -]?Q[1-4]|-?[KT][1-4]|-?M(?:0?[1-9]|1[0-2])(?!\d))|(?:19|20)\d\d-\d\d(?!\d)"),
    re.compile(r"\bQ[1-4][ -](?:19|20)\d\d"),
    _ANY_YEAR,
)  # fmt: skip


_PART_NAMED = re.compile(
    rf"\b(?:{MONTH})\s?(?:[-–—]|to|bis|à|a)\s?(?:{MONTH})\b|\bQ[1-4]\b|\b(?:first|second|third|fourth) quarter\b|"
    r"(?<!\d)1?\d月?\s?[-–—~至]\s?1?\d\s?月|[上下]半年|前三季度|第?[一二三四1-4]季度|제?[1-4]\s?분기",
    re.IGNORECASE,
)


def part_named(text: str) -> str:
    """The one part of a year that a title names without a year of its own; "" for none and for whole years."""
    said = plain(text)
    found = {m.group(): part for m in _PART_NAMED.finditer(said) if (part := part_of(m.group()))}
    parts = set(found.values())
    whole = any(part.first == 1 and part.last == 12 for part in parts)
    return next(iter(found)) if len(parts) == 1 and not whole and not stated_period(said) else ""


def month_or_year(text: str) -> tuple[str, str]:
    """The part of a year that a whole text is, and the year that it is; "" for what it is not."""
    said = plain(text)
    part, rest = ("1-12月", "") if _WHOLE_YEAR.fullmatch(said) else month_in(said)
    if part and not rest:
        return part, ""
    match = re.fullmatch(r"((?:18|19|20)\d\d)\s?[年년]?[*†‡#]*", said)
    return "", match.group(1) if match else ""


def in_digits(text: str) -> str:
    """What a cell says that is no period by itself and is one in a column of dates: 18691231, 112年; "" for others."""
    return dashed(text, early=True) or (text if _SHORT_YEAR.fullmatch(text) else "")
