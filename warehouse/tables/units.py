"""The unit that a heading, a label, a code or a line above a table states, and how many base units it stands for.

万人 is ten thousand persons, "100 million yuan" a hundred million yuan, MLN_PER a million persons. A heading that
speaks of growth or of a share is a percentage whatever unit its row or its table has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from warehouse.tables.cells import plain


@dataclass(frozen=True, slots=True)
class Unit:
    """A multiplier to base units, the unit's words without it, and the unit as printed."""

    multiplier: float
    words: str
    printed: str = ""

    @property
    def relative(self) -> bool:
        """Whether it is a percentage or a per mille."""
        return bool(re.search(r"[%％‰]|\bper ?cent", self.printed or self.words, re.IGNORECASE))


_ANY_YEAR = re.compile(r"(?<!\d)(?<![Bb]ase )(?:18|19|20)\d\d(?!\d)(?!\s?年?\s?=)")
_HAN_SCALES = (("万亿", 1e12), ("千亿", 1e11), ("百亿", 1e10), ("十亿", 1e9), ("亿", 1e8), ("億", 1e8), ("千万", 1e7),
               ("百万", 1e6), ("百萬", 1e6), ("十万", 1e5), ("万", 1e4), ("萬", 1e4), ("千", 1e3),
               ("兆円", 1e12))  # fmt: skip
_NOT_SCALED = ("千克", "千瓦", "千米", "千卡", "千伏", "千焦", "千帕", "千赫", "百分", "千分", "万分", "万美元/")
_HANGUL = re.compile(r"(십억|천만|백만|십만|조|억|만|천)\s?(?=명|원|달러|건|대|톤|개|호|가구|인|불|㎡|US)")
_HANGUL_SCALES = {"천": 1e3, "만": 1e4, "십만": 1e5, "백만": 1e6, "천만": 1e7, "억": 1e8, "십억": 1e9, "조": 1e12}
_NUMERAL = re.compile(r"^(?:[x×] ?|in )?(?P<n>1[ ,.']?000[ ,.']?000|100[ ,.']?000|10[ ,.']?000|1[ ,.']?000)(?![\d=])")
_HUNDREDS = re.compile(r"(?<!per )\b(?P<n>100|10) (?P<word>thousand|million|billion)s?\b", re.IGNORECASE)
"""The unit of Chinese tables in English: 100 million yuan, USD 100 million, 10 thousand persons."""
_WORDS = (
    (1e12, r"trillions?|billionen|billones|трлн"),
    (1e9, r"milliárd|billions?|bn|bln|"
          r"milliarden|mrd|milliards?|mil(?:es de)? millones|thousand millions?|bilh[õo]es|miliardi|"
          r"mld|mlrd|млрд|миллиард\w*"),
    (1e8, r"hundred millions?"),
    (1e6, r"mil(?=\.? (?:baht|us|usd|eur|yuan|rmb|dollars?|euros?)\b)|"
          r"millió|millions?|mio|mln|mn|millionen|millones|milh[õo]es|milioni|milj|млн|миллион\w*"),
    (1e5, r"hundred thousands?|lakhs?"),
    (1e4, r"ten thousands?"),
    (1e3, r"ezer|tys|thousands?|thous|ths|"
          r"tausend|tsd|milliers?|millares|miles|mil(?= (?:reais|habitantes|pessoas|toneladas|"
          r"personas))|тыс|тысяч\w*"),
)  # fmt: skip
_SCALES = (
    *((re.compile(rf"(?<!per )(?<!per 1 )\b(?:{words})\b\.?", re.IGNORECASE), size) for size, words in _WORDS),
    (re.compile(r"(?<!per )(?<![\d,])'?000s?\b", re.IGNORECASE), 1e3),
    (re.compile(r"[£$€]m\b"), 1e6),
    (re.compile(r"[£$€]bn\b"), 1e9),
)
_CODES = (
    (re.compile(r"^(?:THS|THOUS|THND|TSD|T)_(.+)$"), 1e3),
    (re.compile(r"^THS$"), 1e3),
    (re.compile(r"^(?:MIO|MLN|MN)_(.+)$"), 1e6),
    (re.compile(r"^(?:MIO|MLN)$"), 1e6),
    (re.compile(r"^(?:BIO|BLN|BN)_(.+)$"), 1e9),
    (re.compile(r"^(?:CP|CLV\d*|CLV_.*)_?M(?:EUR|NAC)$"), 1e6),
)
_SCALE_WORD = re.compile(
    r"thousand|million|billion|milliers|milliard|\b(?:mio|mrd|tsd|mln)\b|тыс|млн|млрд|'?000|[%％‰]|万|亿|億|萬|千|百万",
    re.IGNORECASE,
)
_CODED = re.compile(r"^[A-Z][A-Z0-9_]{0,19}:\s?(?=\S)")
"""The code before a unit's words: "USD: US dollar"."""
_BRACKETS = re.compile(r"[(\[（【]\s*([^()\[\]（）【】]{1,40})\s*[)\]）】]\s*$")
_INSIDE = re.compile(r"[(（]\s*([^()（）]{1,40})\s*[)）]")
_LINE_UNIT = re.compile(
    r"(?:计量)?单位\s*[:：]\s*([^\s，,;；)）]{1,20})|(?:単位|單位|단위)\s*[:：]?\s*([^\s，,;；、)）]{1,20})|"
    r"\b(?:units?(?: of measure)?|unidade?(?: de medida)?|unit[ée]|einheit|eenheid)\s*:\s*([^;|]{1,60})",
    re.IGNORECASE,
)
_AFTER_COMMA = re.compile(
    r"(?:[,;:]|\s[–-])\s*((?:in |en |em |x )?(?:thousands?|millions?|billions?|milliers|тысяч|млн|млрд|Tausend|"
    r"ezer|millió|milliárd|tys\.?|mln|mld\.?|"
    r"1[ ,.]?000)(?: of)?[\w $€£%]*)$",
    re.IGNORECASE,
)
_PERCENT_END = re.compile(r"[\s,;:±]*([%％‰])$")
_UNIT_WORDS = re.compile(
    r"人|元|户|家|个|所|座|公里|公顷|吨|米|度|次|件|台|辆|套|％|%|万|亿|册|株|位|条|张|项|处|小时|千瓦|円|億|萬|泊|명|원|건|"
    r"岁|比|只|头|部|名|场|天|US\$|USD|EUR|euro|yuan|dollar|pound|person|people|pessoas|habitant|anzahl|osoba|чел|"
    r"ezer|fő\b|tys\b|thousand|million|billion|per |percent|number|tonne|ton\b|km|hectare|kWh|index|ratio|share|rate|"
    r"years?|households|\bmil\b|baht|rupees?|\bwon\b|pesos?|ringgit|rupiah|\blira\b|reais|francs?|kron[aeor]+|zł|"
    r"units?|'?000|[£$€]|nights|‰|kt\b|Mt\b|[GMT]Wh?\b|km2|toe\b|℃|mm\b|trips|\bmio\b|\bmrd\b|"
    r"passengers|visitors|annual|constant|current|тыс|млн|млрд|milliers|\btsd\b",
    re.IGNORECASE,
)
_OF_CHANGE = re.compile(
    r"增长(?![量额值点极])|率(?:$|[(（])|\b(?:rate|ratio|share)s?$|增速|增幅|增减率|同比(?!增加|减少|增量)|环比|比重|占比|构成|指数|百分比|成長率|增減率|전년대비|증감률|"
    r"\bgrowth(?: rate)?\b|\bper ?cent(?:age)?\b|\bproportion\b|\bindex\b(?! of )|\bchange (?:on|over|from) ",
    re.IGNORECASE,
)


@lru_cache(maxsize=10_000)
def unit_of(text: str) -> Unit:
    """A unit's words -> its multiplier and base unit. 万人 is 10,000 x 人, "thousand persons" 1,000 x persons."""
    said = plain(text)
    found = _unit(_CODED.sub("", said))
    return Unit(found.multiplier, found.words, said)


def _unit(said: str) -> Unit:
    for pattern, size in _CODES:
        match = pattern.match(said)
        if match:
            return Unit(size, match.group(1) if match.groups() else said)
    if not said.startswith(_NOT_SCALED):
        for word, size in _HAN_SCALES:
            if said.startswith(word):
                return Unit(size, said[len(word) :])
    hangul = _HANGUL.match(said)
    if hangul:
        return Unit(_HANGUL_SCALES[hangul.group(1)], said[hangul.end() :])
    counted = _HUNDREDS.search(said)
    if counted:
        rest = re.sub(r"\s+", " ", said[: counted.start()] + " " + said[counted.end() :]).strip()
        scale = {"t": 1e3, "m": 1e6, "b": 1e9}[counted["word"][0].lower()]
        return Unit(float(counted["n"]) * scale, re.sub(r"^of\b", "", rest).strip(" ,"))
    numeral = _NUMERAL.match(said)
    before = 1.0
    if numeral and not re.match(r" ?[万亿億萬千]", said[numeral.end() :]):
        before, said = float(re.sub(r"\D", "", numeral["n"])), said[numeral.end() :].strip()
    for pattern, size in _SCALES:
        match = pattern.search(said) if before == 1 else pattern.match(said)
        if match:
            rest = re.sub(r"\s+", " ", said[: match.start()] + " " + said[match.end() :]).strip()
            return Unit(before * size, re.sub(r"^(?:of|in|de|d')\b|\b(?:of|in)$", "", rest).strip(" ,'"))
    return Unit(before, said)


def is_unit(text: str) -> bool:
    """Whether a cell says nothing but a unit: 万人, "x 1 000", %, "thousand persons"."""
    said = plain(text)
    unit = unit_of(said)
    return bool(re.fullmatch(_BARE, said)) or (
        unit.multiplier != 1 and len(unit.words) <= 16 and (not unit.words or bool(_UNIT_WORDS.search(unit.words)))
    )


_BARE = re.compile(
    r"[%％‰]|人|元|户|家|个|所|座|公里|公顷|吨|米|人次|件|台|辆|套|美元|平方米|平方公里|persons?|people|number|units?|percent|"
    r"per cent|anzahl|prozent|euros?|usd|eur|명|원|건|円|人泊",
    re.IGNORECASE,
)


@lru_cache(maxsize=10_000)
def take_unit(text: str) -> tuple[Unit | None, str]:
    """The unit that a heading states, in brackets or behind a comma, and the heading without it; a code stays whole."""
    if re.match(r"(?:THS|THOUS|THND|TSD|MIO|MLN|BIO|BLN)_[A-Z]", text):
        return unit_of(text), text
    match = _BRACKETS.search(text)
    if match and _UNIT_WORDS.search(match.group(1)) and not _ANY_YEAR.search(match.group(1)):
        return unit_of(match.group(1)), text[: match.start()].strip()
    coded = re.search(r"\s*\([A-Z0-9_.\-]+\)$", text)
    if coded and (match := _AFTER_COMMA.search(text[: coded.start()])):
        return unit_of(match.group(1)), text[: match.start()].strip() + coded.group()
    match = _AFTER_COMMA.search(text) or _PERCENT_END.search(text)
    if match and match.start():
        return unit_of(match.group(1)), text[: match.start()].strip()
    for match in _INSIDE.finditer(text):
        said = match.group(1)
        if match.start() and _SCALE_WORD.search(said) and not _ANY_YEAR.search(said):
            rest = f"{text[: match.start()].rstrip()}{text[match.end() :]}"
            return unit_of(said), rest.strip()
    if re.search(r"[%％‰]", text):
        return unit_of("%"), text
    return None, text


def names_units(text: str) -> bool:
    """Whether a line states the unit of the table, or several."""
    return _stated_unit(text) is not None or _LINE_UNIT.search(text) is not None


def _several(text: str) -> bool:
    """Whether a line names more than one unit ("10 000 persons, 100 million yuan"): it then settles nothing."""
    parts = re.split(r"[、,，;；/]\s?(?!\d{3}\b)| and |\s{2,}", text)
    return sum(bool(_UNIT_WORDS.search(part)) for part in parts if part.strip()) > 1


def line_unit(text: str) -> Unit | None:
    """The unit that a line above the table states (单位：万人; "Unit: thousand persons"; "in thousands"; 千人)."""
    return unit_of(text) if is_unit(text) and not plain(text).isdigit() else _stated_unit(text)


def _stated_unit(text: str) -> Unit | None:
    match = _LINE_UNIT.search(text)
    if match and (re.search(r"[、,，/]", match.group(1) or "") or _several(match.group())):
        return None
    if match:
        return unit_of(next(said for said in match.groups() if said).strip())
    bracket = _BRACKETS.search(text)
    if bracket and not _ANY_YEAR.search(bracket.group(1)) and _SCALE_WORD.search(bracket.group(1)):
        return unit_of(bracket.group(1))
    match = re.search(r"\(?\bin (thousands|millions|billions)(?: of ([\w ]{1,30}))?\b\)?", text, re.IGNORECASE)
    return unit_of(f"{match.group(1)} {match.group(2) or ''}".strip()) if match else None


def settled_unit(row: Unit | None, heading: Unit | None, heading_names: tuple[str, ...]) -> Unit | None:
    """Of the row's unit and the column's the one that holds: a percentage stays one, and so does a column of growth.

    Of a column of amounts (金额) beside one of quantities the row's pieces and tonnes say nothing.
    """
    if heading and heading.relative:
        return heading
    if row and not _MONEY.search(row.printed or row.words) and any(_AMOUNT.search(name) for name in heading_names):
        return heading
    if heading is None and any(_OF_CHANGE.search(name) for name in heading_names):
        return row if row and row.relative else None
    return row or heading


_AMOUNT = re.compile(r"金额|货值|\bamounts?\b", re.IGNORECASE)
_MONEY = re.compile(
    r"元|圆|円|币|\b(?:yuan|rmb|cny|usd|eur|gbp|jpy|dollars?|euros?|pounds?|yen)\b|[$€£¥]", re.IGNORECASE
)


@lru_cache(maxsize=10_000)
def speaks_of_change(names: tuple[str, ...]) -> bool:
    """Whether the words name growth, a share or an index, to which no unit of the whole table applies."""
    return any(_OF_CHANGE.search(name) for name in names)


@lru_cache(maxsize=10_000)
def power_of(text: str) -> int | None:
    """The power of ten that a cell of a column of multipliers states: 3, "thousands", "units"; None for other words."""
    said = plain(text).lower()
    said = re.sub(r"^([+-]?\d{1,2}):.*", r"\1", said)
    if re.fullmatch(r"[+-]?\d{1,2}", said):
        return int(said)
    if said in ("unit", "units", "ones", "one", "number", "none"):
        return 0
    unit = unit_of(said)
    return None if unit.words or unit.multiplier == 1 else len(str(int(unit.multiplier))) - 1
