"""Time in Chinese press texts: one pattern and one small function per way of saying when."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from warehouse.reading.numwords import han_value
from warehouse.reading.spans import CONGRESSES, Days, back, cut, day_of, latest, months, plan, plausible, year

Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date], Days | None]]

_H = "零〇一二三四五六七八九十"
_Y = rf"(?P<y>(?:19|20)\d\d|[一二][{_H}]{{3}})"
_REL = r"(?P<rel>今年|去年|前年|上年|本年|明年|当年)"
_N = rf"(?P<n>\d{{1,2}}|[两{_H}]{{1,3}})"
_M = rf"(?P<m>\d{{1,2}}|[{_H}]{{1,3}})"
_D = rf"(?P<d>\d{{1,2}}|[{_H}]{{1,3}})"
_M2, _D2 = _M.replace("<m>", "<m2>"), _D.replace("<d>", "<d2>")
_SHIFT = {"今年": 0, "本年": 0, "当年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}
_WHEN = rf"(?:{_Y}年|{_REL})?"
EVENTS = {"十八大": CONGRESSES[18], "十九大": CONGRESSES[19], "二十大": CONGRESSES[20]}


def _int(text: str) -> int:
    if text.isdigit():
        return int(text)
    return int(han_value(text) or 0)


def _which(m: re.Match[str], today: date) -> tuple[int, str]:
    if m["y"]:
        return _int(m["y"]), "stated"
    if m["rel"]:
        return today.year + _SHIFT[m["rel"]], "relative"
    return today.year, "year_of_event"


def _day(m: re.Match[str], today: date) -> Days | None:
    number, basis = _which(m, today)
    month, day = _int(m["m"]), _int(m["d"])
    found = latest(month, day, today) if basis == "year_of_event" else day_of(number, month, day)
    return (found, found, "day", basis) if found else None


def _days(m: re.Match[str], today: date) -> Days | None:
    number, basis = _which(m, today)
    month, until = _int(m["m"]), _int(m["m2"] or m["m"])
    low, high = day_of(number, month, _int(m["d"])), day_of(number, until, _int(m["d2"]))
    if low is None or high is None or low > high:
        return None
    if low > today and basis == "year_of_event":
        low, high = back(low, 1), back(high, 1)
    return cut(low, high, today, "window", basis)


def _month(m: re.Match[str], today: date) -> Days | None:
    number, basis = _which(m, today)
    first = _int(m["m"])
    last = _int(m["k"]) if "k" in m.re.groupindex else first
    if not (1 <= first <= last <= 12 and plausible(number)):
        return None
    low, high = months(number, first, last)
    if low > today and basis == "year_of_event":
        low, high = months(number - 1, first, last)
    if "edge" in m.re.groupindex and m["edge"]:
        return high, high, "end", basis
    return cut(low, high, today, "month" if first == last else "window", basis)


def _quarter(m: re.Match[str], today: date) -> Days | None:
    number, basis = _which(m, today)
    index = _int(m["q"])
    if not (1 <= index <= 4 and plausible(number)):
        return None
    first = 1 if m["run"] else 3 * index - 2
    low, high = months(number, first, 3 * index)
    if low > today and basis == "year_of_event":
        low, high = months(number - 1, first, 3 * index)
    return cut(low, high, today, "window", basis)


def _half(m: re.Match[str], today: date) -> Days | None:
    number, basis = _which(m, today)
    first = 1 if m["h"] == "上" else 7
    if basis == "year_of_event" and date(number, first, 1) > today:
        number -= 1
    return cut(*months(number, first, first + 5), today, "window", basis) if plausible(number) else None


def _end(m: re.Match[str], today: date) -> Days | None:
    number, basis = _which(m, today)
    if not (m["y"] or m["rel"]):
        number = today.year - 1 if date(today.year, 12, 31) > today else today.year
    return (date(number, 12, 31), date(number, 12, 31), "end", basis) if plausible(number) else None


def _start(m: re.Match[str], today: date) -> Days | None:
    number, basis = _which(m, today)
    return (date(number, 1, 1), date(number, 1, 1), "end", basis) if plausible(number) else None


def _year(m: re.Match[str], today: date) -> Days | None:
    number = _int(m["y"])
    return (*year(number), "year", "stated") if plausible(number) else None


def _relative(m: re.Match[str], today: date) -> Days | None:
    return cut(*year(today.year + _SHIFT[m["rel"]]), today, "year", "relative")


def _whole(m: re.Match[str], today: date) -> Days | None:
    number, basis = _which(m, today)
    return cut(*year(number), today, "year", basis)


def _years(m: re.Match[str], today: date) -> Days | None:
    first, last = int(m["y"]), int(m["z"])
    return cut(date(first, 1, 1), date(last, 12, 31), today, "window", "stated") if first < last < first + 60 else None


def _past(m: re.Match[str], today: date) -> Days | None:
    count = _int(m["n"])
    return (back(today, count), today, "window", "past_years") if 0 < count <= 60 else None


def _ago(m: re.Match[str], today: date) -> Days | None:
    count = _int(m["n"])
    return (back(today, count), back(today, count), "end", "years_ago") if 0 < count <= 60 else None


def _past_months(m: re.Match[str], today: date) -> Days | None:
    return today - timedelta(days=round(30.44 * _int(m["n"]))), today, "window", "past_window"


def _plan(m: re.Match[str], today: date) -> Days | None:
    number = _int(m["p"])
    if not 5 <= number <= 30:
        return None
    low, high = plan(number)
    edge = m["edge"] or ""
    if edge.startswith(("末", "期末", "收官")):
        return high, high, "end", "plan_end"
    if edge.startswith(("初", "开局")):
        return low, low, "end", "plan_start"
    if m.group().endswith("以来"):
        return low, max(low, today), "window", "since_plan"
    return cut(low, high, today, "window", "plan")


def _congress(m: re.Match[str], today: date) -> Days | None:
    low = EVENTS[m["e"]]
    return (low, max(low, today), "window", "since_congress")


def _today(m: re.Match[str], today: date) -> Days | None:
    return today, today, "end", "day_of_event"


def _so_far(m: re.Match[str], today: date) -> Days | None:
    return date(today.year, 1, 1), today, "window", "to_date"


def _pandemic(m: re.Match[str], today: date) -> Days | None:
    return date(2020, 1, 1), min(today, date(2023, 12, 31)), "window", "pandemic"


def _holiday(m: re.Match[str], today: date) -> Days | None:
    number, basis = _which(m, today)
    month, length = (5, 5) if ("五" in m["f"] and "一" in m["f"]) or "劳动" in m["f"] else (10, 7)
    if date(number, month, 1) > today and basis == "year_of_event":
        number -= 1
    return date(number, month, 1), date(number, month, length), "window", "holiday"


def _edition(m: re.Match[str], today: date) -> Days | None:
    return (*year(int(m["y"])), "edition", "edition")


def _rules(*rows: tuple[str, Callable[[re.Match[str], date], Days | None]]) -> tuple[Rule, ...]:
    return tuple((re.compile(text), make) for text, make in rows)


RULES = _rules(
    (
        rf"{_WHEN} ?{_M}月 ?{_D}[日号]?(?:至|到|-|—|–|~)(?:{_M2}月)?{_D2}[日号]",
        _days,
    ),
    (rf"{_WHEN} ?{_M}月 ?{_D}[日号]", _day),
    (rf"{_WHEN} ?{_M}月?(?:至|到|-|—|–|~)(?P<k>\d{{1,2}}|[{_H}]{{1,3}})月份?", _month),
    (rf"{_WHEN} ?(?<![\d.第]){_M}月(?P<edge>底|末)", _month),
    (rf"{_WHEN} ?(?<![\d.第]){_M}月份?(?!\d)", _month),
    (rf"{_WHEN}(?P<run>前)第?(?P<q>[一二三四1-4两])个?季度", _quarter),
    (rf"{_WHEN}(?P<run>)第?(?P<q>[一二三四1-4])季度", _quarter),
    (rf"{_WHEN}(?P<h>[上下])半年", _half),
    (rf"{_WHEN}前(?P<k>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})个月", lambda m, t: _first_months(m, t)),
    (rf"(?:{_Y}年|{_REL})(?:底|末|年底|年末|岁末)", _end),
    (r"(?P<y>)(?P<rel>)(?<![\d年])(?:上?年末|年底)(?!前)", _end),
    (rf"(?:{_Y}年|{_REL})(?:初|年初)", _start),
    (r"(?P<y>(?:19|20)\d\d)年?(?:至|到|-|—|–|~)(?P<z>(?:19|20)\d\d)年?", _years),
    (
        rf"(?:最近|过去|近|这|前)(?:的)?{_N}年(?:来|间|里|中)?|(?P<x>){_N.replace('<n>', '<n2>')}年[来间](?!自)",
        lambda m, t: _past_any(m, t),
    ),
    (rf"(?:最近|过去|近)(?:的)?{_N}个月", _past_months),
    (rf"(?<!\d){_N}年(?:之|以)?前(?!后)", _ago),
    (
        rf"\"?第?(?<![{_H}\d百])(?P<p>十[一二三四五六七八九]?|二十|\d\d)(?:个)?(?:五\"?(?=规划|时期|期间|以来|末|期末|收官|初|开局|之|，|的|较|相)|(?<=\"十[一二三四五六])五\"|五年规划)(?:规划)?(?P<edge>末|期末|收官|初|开局)?(?:时期|期间|以来)?",
        _plan,
    ),
    (r"(?:党的)?(?P<e>十八大|十九大|二十大)以来", _congress),
    (r"截至目前|目前为止|到目前|迄今|至今|截至今", _today),
    (r"今年以来|今年至今|年初以来|今年年初以来", _so_far),
    (r"疫情(?:期间|防控期间|以来|三年)", _pandemic),
    (rf"{_WHEN}\"?(?P<f>五一|国庆|劳动节|国庆节)\"?(?:黄金周|假期|小长假|长假|节)?(?:期间)?", _holiday),
    (rf"{_WHEN}全年(?=[^度]|$)", _whole),
    (
        r"(?P<y>(?:19|20)\d\d)年?(?:版|度)?(?=《?[^，。；\n]{0,20}(?:指数|榜单|排行榜|百强榜|名录|清单)(?!为|达))",
        _edition,
    ),
    (rf"{_Y}年(?:度)?(?![来间底末初])", _year),
    (_REL, _relative),
)


def _first_months(m: re.Match[str], today: date) -> Days | None:
    number, basis = _which(m, today)
    count = _int(m["k"])
    return (*months(number, 1, count), "window", basis) if 1 <= count <= 12 and plausible(number) else None


def _past_any(m: re.Match[str], today: date) -> Days | None:
    count = _int(m["n"] or m["n2"])
    return (back(today, count), today, "window", "past_years") if 0 < count <= 60 else None
