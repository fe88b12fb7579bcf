"""A text -> the part of a year it names, whatever the year: 3月, 第3季度, Q3, III kw., Jan-Mar, 上半年, 31 December.

Knows months and languages and no year; `periods` puts a part into its year.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from warehouse.tables.nations import month_names


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, and whether the text states a day (rather than a span)."""

    start: date
    end: date
    day: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """First and last month of a part of a year; `day` where it is a day of one month."""

    first: int
    last: int
    day: int = 0


MONTHS = month_names()
MONTH = "|".join(sorted((re.escape(name) for name in MONTHS), key=len, reverse=True))
NUMBER = r"(?:1[0-2]|0?[1-9])"
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
TO = r"\s?(?:[-–—―~～〜至到]|to|bis|à|から)\s?"
_HAN = {sign: n for n, sign in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_HAN_MONTH = r"(?:十[一二]?|[一二三四五六七八九])"
_Q = r"(?P<q>[1-4一二三四])"
_QUARTER_WORD = (
    r"(?:quarter|qtr|qr|trimestre|trim|quartal|quart|kwarta[łl]\w*|kw|kvartal|kwartaal|квартал\w*|negyedév)\.?"
)
_HALF_WORD = r"(?:half(?:[ -]year)?|semestre|halbjahr|półrocze|semester|полугодие|félév)"
_ORDER = r"(?:st|nd|rd|th|er|re|ère|e|ème|[.ºª°-])?"
LATIN = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("months", rf"(?P<mon>{MONTH})\.?(?:(?:{TO}|/)(?P<mon2>{MONTH})\.?)?"),
        ("months", rf"tháng (?P<m>{NUMBER})"),
        ("day", rf"(?P<d>{DAY}){_ORDER}[ -]?(?:de |of )?(?P<mon>{MONTH})\.?"),
        ("day", rf"(?P<mon>{MONTH})\.?[ -](?P<d>{DAY})(?:st|nd|rd|th)?"),
        ("quarters", rf"Q1{TO}Q(?P<q>[2-4])|i{TO}(?P<q2>iv|i{{2,3}})\.?\s?{_QUARTER_WORD}"),
        ("quarter", rf"Q\.?\s?{_Q}|{_QUARTER_WORD}\s?(?P<q2>[1-4])"),
        ("quarter", r"(?P<q>[1-4])Q|(?-i:T(?P<q2>[1-4])|(?P<q3>[1-4])T)"),
        ("quarter", rf"(?P<q>[1-4]|iv|i{{1,3}}){_ORDER}\s?{_QUARTER_WORD}|(?P<o>first|second|third|fourth) quarter"),
        ("ending", rf"(?P<mon>{MONTH})\.?[ -](?:quarter|qtr)\.?"),
        ("half", rf"H(?P<h>[12])|(?P<h2>[12])H|(?P<h3>[12]|i{{1,2}}){_ORDER}\s?{_HALF_WORD}"),
        ("half", rf"(?P<o>first|second) half(?:[ -]year)?|{_HALF_WORD} (?P<h>[12])"),
    )
)  # fmt: skip
"""As languages write it that put the year before or after."""
HAN = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("months", rf"(?:(?P<m>{NUMBER})\s?[月월]?{TO})?(?P<m2>{NUMBER})\s?[月월](?:份|分|중)?"),
        ("months", rf"(?P<m>{NUMBER})\s?月?{TO}(?P<m2>{NUMBER})\s?月期"),
        ("months", rf"(?:(?P<m>{_HAN_MONTH})月?{TO})?(?P<m2>{_HAN_MONTH})月(?:份|分)?"),
        ("day", rf"(?P<m>{NUMBER})\s?[月월]\s?(?P<d>{DAY})\s?[日일]"),
        ("quarter", rf"第?\s?{_Q}\s?(?:季度|四半期)|第\s?(?P<q2>[1-4一二三四])\s?季|(?P<q3>[1-4])\s?季"),
        ("quarter", r"제?\s?(?P<q>[1-4])\s?(?:/4)?\s?분기"),
        ("quarters", rf"(?:前|第?[1一]季?度?{TO}第?)(?P<q>[二三四234])个?(?:季度?|四半期|분기)"),
        ("quarters", rf"1{TO}(?P<q>[234])\s?분기"),
        ("half", r"(?P<o>上半年|下半年|上半期|下半期|상반기|하반기)"),
    )
)  # fmt: skip
"""As East Asian languages write it, always behind the year."""


_WORDS = re.compile(r"[^\W\d_]+")
_EAST = re.compile(r"[月월季期기半日일]|분")
_PART = re.compile(
    r"q|t|h|qtr|qr|tháng|trim|kw|half|(?:quart|trimest|kwart|kvart|kwarta|кварт|negyed|semest|halbj|półr|полуг|félé)\w*",
    re.IGNORECASE,
)
"""Words without which no text names a part of a year."""


_TWO_TONGUES = re.compile(r"(\S*[月季期半]\S*?)\s?/?\s?([A-Z][a-z]+)\.?|([A-Z][a-z]+)\.?\s?/?\s?(\S*[月季期半]\S*)")
"""A part of a year in Chinese and in English: 1月 Jan."""


@lru_cache(maxsize=20_000)
def part_of(said: str) -> Part | None:
    """The part of a year that the whole text names, in one language or alike in two, or None."""
    said = _THIRD_SCRIPT.sub(" ", said).strip() or said
    if len(said) <= 40 and (twice := _TWO_TONGUES.fullmatch(said)):
        first, second = (part_of(half) for half in twice.groups() if half)
        return first if first == second else None
    words = _WORDS.findall(said) if len(said) <= 40 else []
    east = any(_EAST.search(word) for word in words)
    if not east and not any(word.title() in MONTHS or _PART.fullmatch(word) for word in words):
        return None
    for name, pattern in HAN if east else LATIN:
        match = pattern.fullmatch(said)
        if match:
            return part(name, match.groupdict())
    return None


@lru_cache(maxsize=10_000)
def in_words(said: str) -> str:
    """The months of a word that names a part of a year only where a year or months stand beside it.

    "Annual" is 1-12月, HALF1 is 1-6月, III(r) is 7-9月, 年中 is 6月30日; "" for any other word.
    """
    bare = re.sub(r"\s*(?:[*#@†‡]|\([a-z]\))+$", "", _THIRD_SCRIPT.sub("", said)).strip()
    match = re.fullmatch(r"half\s?([12])|(iv|i{1,3})", bare, re.IGNORECASE)
    if match and match[1]:
        return "1-6月" if match[1] == "1" else "7-12月"
    if match:
        last = 3 * _ROMAN[match[2].lower()]
        return f"{last - 2}-{last}月"
    if match := _MIDDLE_OR_END.fullmatch(bare):
        return "6月30日" if match["middle"] else "12月31日"
    words = [word.strip() for word in re.split(r"[/-]", bare)]
    return "1-12月" if any(_WHOLE_YEAR.fullmatch(word) for word in words) else ""


THIRD_SCRIPTS = r"\u0530-\u07ff\u0900-\u10ff\u1780-\u17ff"
"""Armenian, Hebrew, Arabic, the scripts of India, Thai, Lao, Georgian, Khmer: no period is read in them."""
_THIRD_SCRIPT = re.compile(rf"\s*[{THIRD_SCRIPTS}]+(?:\s+[{THIRD_SCRIPTS}]+)*\s*")
_MIDDLE_OR_END = re.compile(
    r"(?P<middle>年中|mid-?\s?year|middle of (?:the )?year)|年[底末]|end-?\s?year|year-?\s?end|end of (?:the )?year",
    re.IGNORECASE,
)
"""The words for the last day of June, and of December."""
_WHOLE_YEAR = re.compile(
    r"(?:annual|yearly)(?: average| total)?|full year|whole year|y[ıi]ll[ıi]k|全年(?:合计|累计)?|年[计計]|年間|연간|"
    r"a[nñ]ual|annuel(?:le)?|jahr(?:essumme|eswert)?|jaar|rok ogółem",
    re.IGNORECASE,
)


def part(name: str, found: dict[str, str | None]) -> Part | None:
    """The months of a match of one of the forms; None where they do not follow each other."""
    if name in ("quarter", "quarters", "half"):
        told = next(n for key, n in found.items() if n and key not in ("m", "m2")).lower()
        number = (
            _HAN.get(told)
            or _ROMAN.get(told)
            or _ORDINAL.get(told)
            or {"上": 1, "下": 2, "상": 1, "하": 2}.get(told[0])
        )
        size = 6 if name == "half" else 3
        last = size * (number or int(told))
        return Part(1 if name == "quarters" else last - size + 1, last)
    months = [_month(found[key]) for key in ("m", "mon", "m2", "mon2") if found.get(key)]
    if name == "day":
        return Part(months[0], months[0], int(found["d"] or 1))
    if name == "ending":
        return Part(months[0] - 2, months[0]) if months[0] > 2 else None
    return Part(months[0], months[-1]) if months[0] <= months[-1] else None


def _month(told: str | None) -> int:
    said = told or ""
    return int(said) if said.isdigit() else _HAN.get(said) or MONTHS[said.title()]


def of_year(year: int, part: Part) -> Period | None:
    """The part in that year; None where it is a day that the month does not have."""
    try:
        if part.day:
            return Period(date(year, part.first, part.day), date(year, part.first, part.day), True)
        return Period(date(year, part.first, 1), last_day(year, part.last))
    except ValueError:
        return None


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])
