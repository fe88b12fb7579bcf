"""A text -> the calendar period that the whole of it names.

Years of the Republic of China and of Japan's eras are put into the common era. A fiscal or school year is a period only
where its months are said with it ("year ended June 2023", 令和5年度); "2022-23" and "FY2023" alone are none.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from warehouse.tables.cells import plain
from warehouse.tables.eras import of_common_era
from warehouse.tables.year_parts import (
    DAY,
    MONTH,
    MONTHS,
    NUMBER,
    TO,
    Part,
    Period,
    in_words,
    last_day,
    of_year,
    part_of,
)

YEAR = r"(?P<y>(?:18|19|20)\d\d|2100)"
_MARKS = re.compile(
    r"\s*(?:[*†‡#]+|[¹²³⁴⁵⁶⁷⁸⁹⁰]+[⁾)]?|[①②③④⑤⑥⑦⑧⑨]|\((?:[a-z]|\d|n\.\d)\)|\[[^\]]{1,14}\]|"
    r"\((?:provisional|preliminary|estimated?s?|revised|forecast|projected|notes? \d+)[a-z ]{0,12}\)|"
    r"\((?:初步数?|预计数?|快报数?|速報値?|確報値?|暫定値?|잠정치?)\)|(?<=\d)\s?[a-z]\)|(?<=(?<!\d)\d\d\d\d)\d\)|\s\d{1,2}\)|(?<=\d)\s?[perf]/|(?<=\d)[perbf]|"
    r"(?<=[\d年])\s[bdefprs]{1,2}|(?<=[月季])\s?[rpe])$",
    re.IGNORECASE,
)
"""Marks of notes and of provisional figures behind a period."""
_MIDNIGHT = r"(?:[ T]00:00(?::00(?:\.0+)?)?Z?)?"
_NUMERIC = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("month", rf"{YEAR}(?:\s?[-/:]\s?M?|\s?M)(?P<m>{NUMBER})"),
        ("month", rf"{YEAR}\.(?P<m>0[1-9]|1[0-2])\.?|{YEAR.replace('<y>', '<y2>')}\. ?(?P<m2>{NUMBER})\."),
        ("month", rf"(?P<m>0[1-9]|1[0-2])[/-]{YEAR}|(?P<m2>0[1-9])\.{YEAR.replace('<y>', '<y2>')}"),
        ("day", rf"{YEAR}\s?(?P<by>[-/.])\s?(?P<m>{NUMBER})\s?(?P=by)\s?(?P<d>{DAY})\.?{_MIDNIGHT}"),
        ("day", rf"(?P<d>{DAY})\.\s?(?P<m>{NUMBER})\.\s?{YEAR}"),
        ("day", rf"(?P<d>1[3-9]|2\d|3[01])[/-](?P<m>{NUMBER})[/-]{YEAR}"),
        ("day", rf"(?P<m>{NUMBER})[/-](?P<d>1[3-9]|2\d|3[01])[/-]{YEAR}"),
        ("day", rf"(?P<m>{NUMBER})[/-](?P<d>(?P=m))[/-]{YEAR}"),
        ("week", rf"{YEAR}[- ]?W(?P<w>0?[1-9]|[1-4]\d|5[0-3])"),
        ("half", rf"{YEAR}[- ]?S(?P<h>[12])"),
        ("quarter", rf"{YEAR}\s?[./]?\s?(?P<q>[1-4])/4|{YEAR.replace('<y>', '<y2>')}[- ]?K(?P<q2>[1-4])"),
        ("month", rf"{YEAR}MM(?P<m>{NUMBER})"),
        ("mid", rf"mid(?:[ -]year)?[ -]{YEAR}"),
    )
)  # fmt: skip
_WHOLE = re.compile(
    rf"(?:YR|X|CY\s?|(?:calendar )?year |năm |ann[ée]e |jahr |a[ñn]o |rok )?{YEAR}(?:\.0|JJ00)?"
    r"\s?(?:年度?|년도?|г\.?|года?|r\.|\. év)?\s?(?:全年)?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(rf"{YEAR}(?:\s?[年년](?!度)|(?!\d))[\s,.:/-]*")
_YEAR_LAST = re.compile(rf"(?:[\s,./-]|\b(?:of|de|del|năm)\b)*(?<!\d){YEAR}(?:\s(?:г\.?|года|r\.))?$", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(?:[\s.]*[-/ ]|(?<=[a-zA-Z]))\s?'?(?P<y>\d\d)$")
_A_WORD = re.compile(r"(?:set|out|pro|led|mac|mars|mart|lis|dub) \d\d$|.*[月월期季]", re.IGNORECASE)
"""Short names of months that are words too, and texts in which two digits are no year."""
_AT = re.compile(
    r"(?:(?P<any>as (?:at|of|on))|at|on|(?:situation )?au|le|stand(?: am| vom)?:?|stichtag:?|am|zum|al|em|на|"
    r"stan w dniu)\s+(?:the )?",
    re.IGNORECASE,
)
_STANDING = re.compile(r"\s?(?:现在|現在|時点|时点|현재|기준)$")
_END = re.compile(
    r"(?:(?:at )?(?:the )?end(?:[ -]of)?(?: the)?(?: year)?|year[ -]end|fin(?: de)?|ende|as at end)[ -]+", re.IGNORECASE
)
_END_BEHIND = re.compile(r"\s?(?:[末底말]|期末)$")
_ENDED = re.compile(
    r"(?:the )?(?:(?:financial |fiscal |calendar )?(?P<size>year|quarter|half[- ]year)|"
    r"(?P<n>12|9|6|3|twelve|nine|six|three) months)[ -](?:ended|ending|to|end)\b"
    r"(?: in| on)?\s?(?:the )?(?:months? (?:of )?)?",
    re.IGNORECASE,
)
_SIZES = {"year": 12, "quarter": 3, "half": 6, "twelve": 12, "nine": 9, "six": 6, "three": 3}
_OF_MONTHS = re.compile(
    rf"{YEAR}\s?[-/–]\s?(?P<y2>\d{{2}}|\d{{4}})\s?[(,:]?\s?(?P<a>{MONTH})\.?{TO}(?P<b>{MONTH})\.?\)?", re.IGNORECASE
)
"""A year over two years, and its months: 2022-23 (Apr-Mar)."""
_BETWEEN = re.compile(TO, re.IGNORECASE)
_MAY_BE = re.compile(r"(?<!\d)(?:18|19|20|21)\d\d|年|[^\W\d_]\S*[\s'-]*\d\d(?!\d)")
"""Texts without these name no year."""


_REVISED = re.compile(r"^\([RPEF]\)\s*(?=(?:19|20)\d\d)", re.IGNORECASE)
"""A mark of revised and provisional years before the year."""


@lru_cache(maxsize=50_000)
def period_of(text: str) -> Period | None:
    """The period that the whole text names, or None; 民國112年 and 令和5年 are 2023."""
    said = plain(text)
    if len(said) > 80 or not _MAY_BE.search(said):
        return None
    said = of_common_era(re.sub(r"\s+", " ", MEAN.sub("", _REVISED.sub("", said))))
    return _plain_period(said) or _unmarked(said)


MEAN = re.compile(
    r"^(?:av(?:e|g|erage)\.?|平均)\s(?=(?:19|20)\d\d)|(?<=\d{4})\s(?:av(?:e|g|erage)\.?|平均)$", re.IGNORECASE
)
"""That a figure is the mean of its period."""


def _unmarked(said: str) -> Period | None:
    """The period of a text with marks behind it, which are no part of it."""
    bare = said
    while match := _MARKS.search(bare):
        bare = bare[: match.start()].strip()
    return _plain_period(bare) if bare != said else None


def _plain_period(said: str) -> Period | None:
    whole = _WHOLE.fullmatch(said)
    if whole:
        return year_of(int(whole["y"]))
    numeric = next(((name, match) for name, form in _NUMERIC if (match := form.fullmatch(said))), None)
    if numeric:
        return _counted(numeric[0], numeric[1].groupdict())
    if not re.search(r"[^\d.,' +%-]", said):
        return None
    found = _in_its_year(said) or _standing(said) or _ended(said)
    return found or _over_two_years(said) or _span(said)


def _counted(name: str, found: dict[str, str | None]) -> Period | None:
    year = int(found["y"] or found.get("y2") or 0)
    month = int(found.get("m") or found.get("m2") or 0)
    if name == "month":
        return of_year(year, Part(month, month))
    if name == "day":
        return of_year(year, Part(month, month, int(found["d"] or 1)))
    if name == "quarter":
        last = 3 * int(found["q"] or found["q2"] or 0)
        return of_year(year, Part(last - 2, last))
    if name == "half":
        return of_year(year, Part(1, 6) if found["h"] == "1" else Part(7, 12))
    if name == "mid":
        return of_year(year, Part(6, 6, 30))
    try:
        first = date.fromisocalendar(year, int(found["w"] or 0), 1)
    except ValueError:
        return None
    return Period(first, first + timedelta(days=6))


def _in_its_year(said: str) -> Period | None:
    """A part of a year before or behind its year; two digits are one only behind a month's name, a quarter or half."""
    match = _YEAR_FIRST.match(said)
    if match and (part := part_of(said[match.end() :])):
        return of_year(int(match["y"]), part)
    match = _YEAR_LAST.search(said)
    if match and (part := part_of(said[: match.start()])):
        return of_year(int(match["y"]), part)
    match = _SHORT_YEAR.search(said)
    if match and not _A_WORD.match(said):
        head, year = said[: match.start()].strip(), int(match["y"])
        part = part_of(head)
        if part and (not part.day or "-" in head) and not 40 <= year < 50:
            return of_year(year + (2000 if year < 40 else 1900), part)
    return None


def _standing(said: str) -> Period | None:
    """The day of "as of 31 Dec 2023", 2023年12月31日现在, "end of December 2023" and 2023年末."""
    if match := _STANDING.search(said):
        found = period_of(said[: match.start()])
        return found if found and found.day else None
    if match := _END_BEHIND.search(said):
        return _ending(period_of(said[: match.start()]))
    if match := _END.match(said):
        return _ending(period_of(said[match.end() :]))
    if match := _AT.match(said):
        found = period_of(said[match.end() :])
        return found if found and (found.day or match["any"]) else None
    return None


def states_a_day(text: str) -> bool:
    """Whether words say that a day is meant, and no span that begins with it: "at 1 January 2023", 10月1日現在."""
    said = plain(text)
    return bool(_AT.match(said) or _STANDING.search(said))


def _ending(period: Period | None) -> Period | None:
    return Period(period.end, period.end, True) if period and not period.day else None


def _ended(said: str) -> Period | None:
    """The months that end with a month or with its last day: "year ended 30 June 2023", "12 months to March 2023"."""
    match = _ENDED.match(said := re.sub(r"^f?y/?e\b", "year ended", said, flags=re.IGNORECASE))
    last = period_of(said[match.end() :]) if match else None
    if not match or not last or (last.start.year, last.start.month) != (last.end.year, last.end.month):
        return None
    told = (match["size"] or match["n"]).lower().split("-")[0].split(" ")[0]
    return months_to(last.end, _SIZES.get(told) or int(told))


def months_to(end: date, months: int) -> Period | None:
    """As many months up to a day; None where that is not the last of a month."""
    if end != last_day(end.year, end.month):
        return None
    before = 12 * end.year + end.month - months
    return Period(date(before // 12, before % 12 + 1, 1), end)


def _over_two_years(said: str) -> Period | None:
    match = _OF_MONTHS.fullmatch(said)
    if not match:
        return None
    first, last = MONTHS[match["a"].title()], MONTHS[match["b"].title()]
    if first != last % 12 + 1 or int(match["y2"][-2:]) != (int(match["y"]) + 1) % 100:
        return None
    return fiscal_year(int(match["y"]), first)


def fiscal_year(year: int, month: int) -> Period:
    """The twelve months that begin in a month of a year."""
    return Period(date(year, month, 1), last_day(year + (month > 1), (month - 2) % 12 + 1))


def _span(said: str) -> Period | None:
    """From one month or day to another, each with its year; two whole years are no period."""
    for match in _BETWEEN.finditer(said):
        first, last = said[: match.start()].strip(), said[match.end() :].strip()
        end = period_of(last) if len(first) > 3 and len(last) > 3 else None
        if not end or whole_year(end):
            continue
        begin = period_of(first)
        if not begin and (part := part_of(first)):
            begin = of_year(end.end.year, part)
        if begin and not whole_year(begin) and begin.start < end.start:
            return Period(begin.start, end.end)
    return None


def year_of(year: int) -> Period:
    """A calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def whole_year(period: Period) -> bool:
    """Whether it is a calendar year, or several."""
    return (period.start.month, period.start.day, period.end.month, period.end.day) == (1, 1, 12, 31)


def widened(period: Period, dates: str) -> Period:
    """The month, quarter or year that a day begins or ends, where the table dates them so; else the period as it is."""
    months = {"month": 1, "quarter": 3, "year": 12}.get(dates, 0)
    day = period.start
    if not months or not period.day:
        return period
    if day.day == 1 and (day.month - 1) % months == 0:
        return Period(day, last_day(day.year, day.month + months - 1))
    if ends_a_month(day) and day.month % months == 0:
        return Period(day.replace(month=day.month - months + 1, day=1), day)
    return period


def ends_a_month(day: date) -> bool:
    """Whether it is the last day of its month."""
    return day == last_day(day.year, day.month)


def twelve_months(period: Period) -> bool:
    """Whether it is one year, of the calendar or not, or several calendar years."""
    return whole_year(period) or period == fiscal_year(period.start.year, period.start.month)


def years_before(period: Period, years: int) -> Period:
    """The same days so many years earlier."""
    start = date(period.start.year - years, period.start.month, 1)
    end = last_day(period.end.year - years, period.end.month)
    if period.day:
        end = end.replace(day=min(period.end.day, end.day))
        return Period(end, end, True)
    return Period(start, end)


def within(period: Period, said: str) -> Period | None:
    """The part of a year that a cell or heading names, in that year; a fiscal year counts its own quarters."""
    said = in_words(plain(said)) or said
    if whole_year(period):
        return within_year(period.end.year, said)
    part, first = part_of(plain(said)), period.start.month
    if not part:
        return None
    if re.search(r"Q|quarter|季|四半期|분기|half|半", said, re.IGNORECASE):
        months = [first - 1 + n for n in (part.first, part.last)]
    else:
        months = [n + 12 * (n < first) for n in (part.first, part.last)]
    start, end = ((period.start.year + (n - 1) // 12, (n - 1) % 12 + 1) for n in months)
    if start > end or part.day:
        return None
    return Period(date(*start, 1), last_day(*end))


def within_year(year: int, month: str) -> Period | None:
    """The month, months, quarter, half or day that a cell or heading names, in that year."""
    said = in_words(plain(month)) or re.sub(r"\s*(?:[*#@†‡]|\([a-z]\))+$", "", plain(month))
    match = _AT.match(said)
    part = part_of(said[match.end() :] if match else said)
    if part:
        return of_year(year, part)
    if re.fullmatch(NUMBER, said):
        return of_year(year, Part(int(said), int(said)))
    return period_of(f"{year}年{said}")
