"""Time in English press texts: one pattern and one small function per way of saying when."""
# ruff: noqa: E501, SIM905 - a pattern stays on one line; a list of words reads best as text

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from warehouse.reading.numwords import ORDINALS, words_value
from warehouse.reading.spans import CONGRESSES, Days, back, cut, day_of, latest, months, plan, plausible, year

Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date], Days | None]]

MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|"
        "october oct|november nov|december dec".split("|"),
        1,
    )
    for name in names.split()
}
_M = r"(?P<m>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_M2 = _M.replace("<m>", "<m2>")
_Y = r"(?P<y>(?:19|20)\d\d)"
_N = (
    r"(?P<n>\d{1,2}|"
    + "|".join("two three four five six seven eight nine ten eleven twelve fifteen twenty".split())
    + ")"
)
_ORD = "first|second|third|fourth|1st|2nd|3rd|4th"
_PLAN = (
    r"(?P<p>\d{1,2}(?:st|nd|rd|th)|" + "|".join(list(ORDINALS)[8:]) + r")\"? (?:national )?five-year plan(?:ning)?\"?"
)


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    found = words_value(text)
    return int(found[0]) if found else 1


def _ordinal(text: str) -> int:
    digits = re.match(r"\d{1,15}", text)
    return int(digits.group()) if digits else int(ORDINALS[text.lower()])


def _month_day(m: re.Match[str], today: date) -> Days | None:
    month, number = MONTHS[m["m"].lower()], m["y"]
    if number:
        found = day_of(int(number), month, int(m["d"]))
        return (found, found, "day", "stated") if found else None
    found = latest(month, int(m["d"]), today)
    return (found, found, "day", "year_of_event") if found else None


def _month(m: re.Match[str], today: date) -> Days | None:
    first = MONTHS[m["m"].lower()]
    number, basis = (int(m["y"]), "stated") if m["y"] else (today.year, "year_of_event")
    if not m["y"] and date(number, first, 1) > today:
        number -= 1
    last = MONTHS[m["m2"].lower()] if "m2" in m.re.groupindex and m["m2"] else first
    low, high = months(number, min(first, last), max(first, last))
    return cut(low, high, today, "month", basis)


def _bare_month(m: re.Match[str], today: date) -> Days | None:
    """A month without a year: the last one that has begun."""
    month = MONTHS[m["m"].lower()]
    number = today.year - 1 if date(today.year, month, 1) > today else today.year
    return cut(*months(number, month, month), today, "month", "year_of_event")


def _whose(m: re.Match[str], today: date) -> tuple[int, str]:
    """The year a quarter or half belongs to."""
    if m["y"]:
        return int(m["y"]), "stated"
    word = (m["rel"] or "").lower()
    if "last" in word or "previous" in word:
        return today.year - 1, "relative"
    return today.year, "relative" if word else "year_of_event"


def _part(m: re.Match[str], today: date, length: int) -> Days | None:
    number, basis = _whose(m, today)
    which = m["q"].lower()
    index = 4 if which == "last" else _ordinal(re.sub(r"\D", "", which) or which)
    if index * length > 12:
        return None
    low, high = months(number, (index - 1) * length + 1, index * length)
    if low > today and basis == "year_of_event":
        low, high = months(number - 1, (index - 1) * length + 1, index * length)
    return cut(low, high, today, "window", basis)


def _first_months(m: re.Match[str], today: date) -> Days | None:
    number, basis = _whose(m, today)
    count = _number(m["n"]) * (3 if m["unit"].startswith("q") else 1)
    return (*months(number, 1, count), "window", basis) if 1 <= count <= 12 else None


def _past(m: re.Match[str], today: date) -> Days | None:
    count = 10 if m["dec"] else _number(m["n"])
    if m["unit"] == "month":
        return today - timedelta(days=round(30.44 * count)), today, "window", "past_window"
    return (back(today, count), today, "window", "past_years") if count <= 60 else None


def _plan(m: re.Match[str], today: date) -> Days | None:
    number = _ordinal(m["p"])
    if not 5 <= number <= 30:
        return None
    low, high = plan(number)
    word = (m["edge"] or "").lower()
    if "end" in word:
        return high, high, "end", "plan_end"
    if "beginning" in word or "start" in word:
        return low, low, "end", "plan_start"
    return cut(low, high, today, "window", "plan")


def _years(m: re.Match[str], today: date) -> Days | None:
    first, last = int(m["y"]), int(m["z"]) if len(m["z"]) == 4 else int(m["y"][:2] + m["z"])
    if not (first < last and plausible(last) and last - first < 60):
        return None
    return cut(date(first, 1, 1), date(last, 12, 31), today, "window", "stated")


def _end_of(m: re.Match[str], today: date) -> Days | None:
    word = m["w"].lower()
    shift = -1 if "last" in word or "previous" in word else 1 if "next" in word else 0
    number = int(word) if word.isdigit() else today.year + shift
    return date(number, 12, 31), date(number, 12, 31), "end", "stated" if word.isdigit() else "relative"


def _end_month(m: re.Match[str], today: date) -> Days | None:
    found = _month(m, date(today.year, 12, 31)) if m["y"] else _month(m, today)
    return (found[1], found[1], "end", found[3]) if found else None


def _year(m: re.Match[str], today: date) -> Days | None:
    return (*year(int(m["y"])), "year", "stated")


def _relative(shift: int) -> Callable[[re.Match[str], date], Days | None]:
    def rule(m: re.Match[str], today: date) -> Days | None:
        return cut(*year(today.year + shift), today, "year", "relative")

    return rule


def _iso(m: re.Match[str], today: date) -> Days | None:
    found = day_of(int(m["y"]), int(m["mm"]), int(m["d"]))
    return (found, found, "day", "stated") if found else None


def _pandemic(m: re.Match[str], today: date) -> Days | None:
    return date(2020, 1, 1), min(today, date(2023, 12, 31)), "window", "pandemic"


def _today(m: re.Match[str], today: date) -> Days | None:
    return today, today, "end", "day_of_event"


def _so_far(m: re.Match[str], today: date) -> Days | None:
    return date(today.year, 1, 1), today, "window", "to_date"


def _season(m: re.Match[str], today: date) -> Days | None:
    first = int(m["y"])
    last = int(m["y"][:2] + m["z"])
    return (date(first, 7, 1), date(last, 6, 30), "window", "season") if last == first + 1 else None


def _edition(m: re.Match[str], today: date) -> Days | None:
    return (*year(int(m["y"])), "edition", "edition")


def _rules(*rows: tuple[str, Callable[[re.Match[str], date], Days | None]]) -> tuple[Rule, ...]:
    return tuple((re.compile(text, re.IGNORECASE), make) for text, make in rows)


_REL = rf"(?:,? (?:of )?(?:{_Y}|(?P<rel>this year|last year|the year|the previous year)))?"
_LIST = r"(?:index|rankings?|list|league table|barometer|scoreboard|catalogue|catalog)"
RULES = _rules(
    (
        rf"\b(?:from |between )?{_M} (?P<d>\d{{1,2}})(?:st|nd|rd|th)? ?(?:to|through|until|–|-) ?(?:{_M2} )?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|,\d|\.\d| ?(?:%|percent|per cent|million|billion))(?:,? {_Y})?\b",
        lambda m, t: _days(m, t),
    ),
    (
        rf"\b(?:mid-|late |early )?{_M} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|,\d|\.\d| ?(?:%|percent|per cent|million|billion))(?:,? {_Y})?\b",
        _month_day,
    ),
    (rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_M}(?:,? {_Y})?\b", _month_day),
    (rf"\b{_Y}[-/.](?P<mm>\d{{1,2}})[-/.](?P<d>\d{{1,2}})(?!\d)", _iso),
    (rf"\b(?:the )?end of {_M}(?:,? {_Y})?\b", _end_month),
    (
        rf"\b(?:from |between |in |during |over )?{_M}(?: {_Y})? ?(?:to|and|through|until|–|-) ?{_M2}(?: (?P<y2>(?:19|20)\d\d))?\b",
        lambda m, t: _month_range(m, t),
    ),
    (rf"\b(?:in |during |of |since )?(?<![A-Za-z]){_M},? {_Y}\b", _month),
    (rf"\b(?:in|during|since|throughout|of|for|by|as of|from) {_M}\b(?! \d)", _bare_month),
    (rf"\b(?:q(?P<q>[1-4]))(?: of)?(?: {_Y})?(?P<rel>)\b", lambda m, t: _part(m, t, 3)),
    (rf"\b(?:the )?(?P<q>{_ORD}|last) quarter{_REL}\b", lambda m, t: _part(m, t, 3)),
    (rf"\b(?:the )?(?P<q>first|second|1st|2nd) half{_REL}(?! of (?:the )?(?:match|game))", lambda m, t: _part(m, t, 6)),
    (rf"\b(?:the )?first {_N} (?P<unit>month|quarter)s{_REL}\b", _first_months),
    (
        rf"\b(?:the )?(?:past|last|previous|preceding|recent) (?:{_N} (?P<unit>year|month)s?|(?P<dec>decade))\b",
        lambda m, t: _past(m, t),
    ),
    (rf"\b(?P<edge>(?:the )?(?:end|beginning|start) of )?(?:the )?\"?{_PLAN}(?: period)?", _plan),
    (
        rf"\b(?:from |between |in |during |over )?{_Y} ?(?:to|and|through|until|–|-) ?(?P<z>(?:19|20)\d\d)\b(?!-\d)",
        _years,
    ),
    (rf"\b{_Y}(?:–)(?P<z>\d\d)\b", _years),
    (rf"\b{_Y}[/-](?P<z>\d\d)(?= (?:season|academic|school|fiscal|financial))", _season),
    (
        r"\b(?:the )?(?:end of|end-|late|year-end|the close of) ?(?P<w>(?:19|20)\d\d|this year|last year|next year|the previous year|the year)\b",
        _end_of,
    ),
    (rf"\b{_LIST}(?: of| for)? {_Y}\b", _edition),
    (
        rf"\b{_Y}(?='?s? (?:\"[^\"]{{1,60}}\"|(?:[A-Z&][\w'&-]{{0,30}} ){{1,8}})(?: ?[\w-]{{1,30}}){{0,4}} ?{_LIST}\b)",
        _edition,
    ),
    (
        r"\b(?:so far this year|this year so far|year to date|since (?:the (?:beginning|start) of (?:this|the) year|january))\b",
        _so_far,
    ),
    (r"\b(?:to date|so far|until now|up to now|by now|as of today)\b", _today),
    (rf"\b{_N} years (?:ago|earlier|before)\b", lambda m, t: _ago(m, t)),
    (r"\bsince the (?P<n>18|19|20)th (?:party congress|(?:cpc )?national congress)\b", lambda m, t: _congress(m, t)),
    (
        r"\b(?:the )?(?:previous|preceding) year\b|\b(?:a|one) year (?:ago|earlier|before)\b|\bthe year before\b|\blast year\b",
        _relative(-1),
    ),
    (r"\b(?:the same (?:period|month|quarter|time) (?:of )?)?last year\b", _relative(-1)),
    (r"\bthis year\b|\bthe current year\b", _relative(0)),
    (r"\bnext year\b", _relative(1)),
    (r"\b(?:during|amid|throughout|in) the (?:covid(?:-19)? )?(?:pandemic|epidemic)\b", _pandemic),
    (rf"(?<![\w$€£¥,.\-]){_Y}(?![\d%]|,\d|\.\d|-[a-z]| ?(?:percent|per cent|million|billion))", _year),
)


def _ago(m: re.Match[str], today: date) -> Days | None:
    day = back(today, _number(m["n"]))
    return day, day, "end", "years_ago"


def _congress(m: re.Match[str], today: date) -> Days | None:
    low = CONGRESSES[int(m["n"])]
    return low, max(low, today), "window", "since_congress"


def _days(m: re.Match[str], today: date) -> Days | None:
    first, last = MONTHS[m["m"].lower()], MONTHS[(m["m2"] or m["m"]).lower()]
    number = int(m["y"] or today.year)
    low, high = day_of(number, first, int(m["d"])), day_of(number, last, int(m["d2"]))
    if low is None or high is None or low > high:
        return None
    if low > today and not m["y"]:
        low, high = back(low, 1), back(high, 1)
    return cut(low, high, today, "window", "stated" if m["y"] else "year_of_event")


def _month_range(m: re.Match[str], today: date) -> Days | None:
    first, last = MONTHS[m["m"].lower()], MONTHS[m["m2"].lower()]
    number = int(m["y2"] or m["y"] or today.year)
    start = int(m["y"] or number)
    low, high = months(start, first, first)[0], months(number, last, last)[1]
    if low > today and not (m["y"] or m["y2"]):
        low, high = months(start - 1, first, first)[0], months(number - 1, last, last)[1]
    return cut(low, high, today, "window", "stated" if m["y"] or m["y2"] else "year_of_event") if low <= high else None
