"""How many base units the words of a unit stand for: 万人 is ten thousand persons, "Rs. crore" ten million rupees.

Knows the scales of the languages of the tables and nothing of where a unit stands.
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
        return bool(_RELATIVE.search(self.printed or self.words))

    @property
    def money(self) -> bool:
        """Whether it is an amount in some currency."""
        return bool(_MONEY.search(self.words) or _MONEY.search(self.printed))


_RELATIVE = re.compile(
    r"[%％‰]|\bper ?cent|\bpercentage|\bprozent|\bpourcentage|\bporcentaje|百分[点比率]|百分之|процент|\bp\.?p\.?t?s?$|"
    r"^(?:PC|PCT|PCH|PPT|PT)(?:_|$)",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"元|圆|圓|円|币|幣|원(?!\S)|달러|불(?!\S)|[$€£¥￥₹₩]|\b(?:yuan|rmb|cny|usd|sdr|eur|gbp|jpy|chf|cad|aud|nzd|hkd|sgd|inr|krw|"
    r"nac|dollars?|"
    r"d[óo]lares|euros?|pounds?(?: sterling)?(?= |$)(?! per)|yen|rupees?|rs|inr|baht|won|pesos?|reais|r\$|ringgit|"
    r"rupiah|lira|kč|czk|"
    r"pln|zł|huf|forint|lei|francs?|kronor|kroner?|руб\w*|долл\w*)\b|_(?:eur|nac|usd)\b|meur\b",
    re.IGNORECASE,
)


_HAN_SCALES = (
    ("万亿", 1e12), ("萬億", 1e12), ("千亿", 1e11), ("千億", 1e11), ("百亿", 1e10), ("百億", 1e10),
    ("十亿", 1e9), ("十億", 1e9), ("亿", 1e8), ("億", 1e8), ("千万", 1e7), ("千萬", 1e7), ("百万", 1e6), ("百萬", 1e6),
    ("十万", 1e5), ("十萬", 1e5), ("万", 1e4), ("萬", 1e4), ("千", 1e3), ("兆円", 1e12), ("兆元", 1e12),
)  # fmt: skip
_HAN_MONEY = re.compile(
    r"^(?:人民币|人民幣|新台币|新臺幣|新台幣|港币|港幣|澳门元|澳門元|美金|US\$|HK\$|NT\$)(?=[兆万萬亿億千百十])"
)
"""A currency before the scale of its amounts: 人民币亿元."""
_RATIO = re.compile(
    r"(?<=\S)(?:\s(?:per|pro|je|par|por|pour|ogni|na(?= 1)|на(?= 1))\s|\s?[/／每]\s?(?=\S)).*$", re.IGNORECASE
)
"""What the amount of a ratio is divided by: no scale of its figures."""
_DIVIDED = re.compile(r"^(?:per|pro|je|par|por|pour|ogni|na|на)\s|^[/／每]", re.IGNORECASE)
_INDEX = re.compile(r"^ind(?:ex|ice|eks)\b|^指数|=\s?100\b", re.IGNORECASE)
_NOT_SCALED = ("千克", "千瓦", "千米", "千卡", "千伏", "千焦", "千帕", "千赫", "百分", "千分", "万分", "万美元/")
_HANGUL = re.compile(r"(십억|천만|백만|십만|조|억|만|천)\s?(?=명|원|달러|건|대|톤|개|호|가구|인|불|㎡|US)")
_HANGUL_SCALES = {"천": 1e3, "만": 1e4, "십만": 1e5, "백만": 1e6, "천만": 1e7, "억": 1e8, "십억": 1e9, "조": 1e12}
_NUMERAL = re.compile(r"^(?:[x×] ?|in )?(?P<n>1[ ,.']?000[ ,.']?000|100[ ,.']?000|10[ ,.']?000|1[ ,.']?000)(?![\d=])")
_TENS = re.compile(r"^(?P<n>10{1,3}) ?(?=[万萬亿億千](?!瓦|米|克))")
"""Tens of the scale behind them: 100万ドル."""
_MONEY_FIRST = re.compile(
    r"(?P<money>[A-Z]{0,3} ?[$€£¥]|(?:USD|RMB|CNY|EUR|GBP|HKD|MOP|TWD|JPY|SGD|KRW)\b) ?"
    r"(?P<n>10{0,2}[ ,.]?000(?:[ ,.]?000)?)$",
    re.IGNORECASE,
)
"""A currency before the number of its units: USD 10 000."""
_HUNDREDS = re.compile(r"(?<!per )\b(?P<n>100|10) ?(?P<word>thousand|million|billion)s?\b", re.IGNORECASE)
"""The unit of Chinese tables in English: 100 million yuan, USD 100 million, 10 thousand persons."""
_WORDS = (
    (1e12, r"lakh crores?|trillions?|billionen|billones|трлн"),
    (1e9, r"milliárd|billions?|bn|bln|"
          r"milliarden|mrd|milliards?|mil(?:es de)? millones|thousand millions?|bilh[õo]es|miliardi|"
          r"mld|mlrd|млрд|миллиард\w*"),
    (1e8, r"hundred millions?"),
    (1e7, r"crores?"),
    (1e6, r"mil(?=\.|(?: (?:baht|us|usd|eur|yuan|rmb|dollars?)\b))|mill(?=\.)|"
          r"millió|millions?|mio|mln|mn|millionen|millones|milh[õo]es|milioni|milj|млн|миллион\w*"),
    (1e5, r"hundred thousands?|lakhs?"),
    (1e4, r"ten thousands?"),
    (1e3, r"ezer|tys|tis(?=\.)|thousands?|thous|ths|"
          r"tausend|tsd|milliers?|millares|miles(?= de\b)|milhares|migliaia|mil(?= (?:reais|euros?|€|habitantes|"
          r"pessoas|"
          r"toneladas|personas|pesos|d[óo]lares))|тыс|тысяч\w*"),
)  # fmt: skip
_SCALES = (
    *((re.compile(rf"(?<!per )(?<!per 1 )\b(?:{words})\b\.?", re.IGNORECASE), size) for size, words in _WORDS),
    (re.compile(r"(?<!per )(?<![\d,])'?000s?\b", re.IGNORECASE), 1e3),
    (re.compile(r"(?:(?<=[£$€¥])|(?<=\b[A-Z]{3})|(?<=\b[A-Z]{3} ))\s?m\b"), 1e6),
    (re.compile(r"(?:(?<=[£$€¥])|(?<=\b[A-Z]{3}))mn\b"), 1e6),
    (re.compile(r"(?:(?<=[£$€¥])|(?<=\b[A-Z]{3}))bn\b"), 1e9),
)
_CODES = (
    (re.compile(r"^(?:THS|THOUS|THND|TSD|T)_(.+)$"), 1e3),
    (re.compile(r"^THS$"), 1e3),
    (re.compile(r"^(?:MIO|MLN|MN)_(.+)$"), 1e6),
    (re.compile(r"^(?:MIO|MLN)$"), 1e6),
    (re.compile(r"^(?:BIO|BLN|BN)_(.+)$"), 1e9),
    (re.compile(r"^(?:CP|CLV\d*|CLV_.*)_?M(?:EUR|NAC)$"), 1e6),
)
_CODED = re.compile(r"^[A-Z][A-Z0-9_]{0,19}:\s?(?=\S)")
"""The code before a unit's words: "USD: US dollar"."""


_UNLESS = re.compile(r",?\s*[(（]?(?:unless|except|see)\b.*$", re.IGNORECASE)
"""Behind a unit, that some rows have another, or where more is said of it."""


@lru_cache(maxsize=10_000)
def unit_of(text: str) -> Unit:
    """A unit's words -> its multiplier and base unit. 万人 is 10,000 x 人, "thousand persons" 1,000 x persons."""
    said = _UNLESS.sub("", plain(text))
    found = _unit(_CODED.sub("", said))
    return Unit(found.multiplier, found.words, said)


def _unit(said: str) -> Unit:
    for pattern, size in _CODES:
        match = pattern.match(said)
        if match:
            return Unit(size, match.group(1) if match.groups() else said)
    if _DIVIDED.match(said) or _INDEX.search(said) or said.startswith(_NOT_SCALED):
        return Unit(1.0, said)
    ratio = _RATIO.search(said)
    if ratio:
        amount = _unit(said[: ratio.start()])
        return Unit(amount.multiplier, f"{amount.words}{ratio.group()}".strip())
    currency = _HAN_MONEY.match(said)
    if currency:
        amount = _unit(said[currency.end() :])
        return Unit(amount.multiplier, f"{currency.group()}{amount.words}")
    if tens := _TENS.match(said):
        amount = _unit(said[tens.end() :])
        return Unit(float(tens["n"]) * amount.multiplier, amount.words)
    for word, size in _HAN_SCALES:
        if said.startswith(word):
            return Unit(size, said[len(word) :])
    hangul = _HANGUL.match(said)
    if hangul:
        return Unit(_HANGUL_SCALES[hangul.group(1)], said[hangul.end() :])
    return _in_words(said)


def _in_words(said: str) -> Unit:
    if money := _MONEY_FIRST.match(said):
        return Unit(float(re.sub(r"\D", "", money["n"])), money["money"].strip())
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
            return Unit(before * size, re.sub(r"^(?:of|in|en|em|de|d')\b|\b(?:of|in|en)$", "", rest).strip(" ,'"))
    return Unit(before, said)


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
