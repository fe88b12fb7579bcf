"""Where a heading, a label or a line above a table states a unit, and which of several units holds.

A bracket or the words behind a comma are a unit only where they are words of units: "(thousand persons)" is one, "(2)",
"(a)", "(NACE Rev. 2)" and "(formerly CANSIM 051-0005)" are none. A heading that speaks of growth or of a share is a
percentage whatever unit its row or its table has.
"""

from __future__ import annotations

import re
from functools import lru_cache

from warehouse.tables.cells import plain
from warehouse.tables.unit_scales import Unit, power_of, unit_of

__all__ = (
    "Unit", "is_unit", "line_unit", "names_units", "power_of", "priced", "settled_unit", "speaks_of_change",
    "take_unit", "unit_of",
)  # fmt: skip


_ANY_YEAR = re.compile(r"(?<!\d)(?<![Bb]ase )(?:18|19|20)\d\d(?!\d)(?!\s?年?\s?=)")
_HAN_WORD = (
    r"(?:按?(?:当年|当期|现行|可比|不变|\d{4}年)?(?:价格?)?(?:计算)?[,，]?)?(?:人民[币幣]|新[台臺][币幣]|港[币幣元]|美金|"
    r"澳[门門]元)?"
    r"(?=[^/／·•・每])(?:(?:10{1,3})?(?:兆|万|萬|亿|億|千|百|十)*(?:元人民[币幣]|元|圆|圓|円|美元|美金|欧元|歐元|日元|港元|英镑|"
    r"卢比|人民[币幣]|[台臺][币幣]|人次|人泊|人日|人天|人夜|"
    r"人公里|吨公里|标准箱|标箱|吨标准煤|标准煤|千瓦时|千瓦小时|千瓦|兆瓦时|兆瓦|平方米|平方公里|平方千米|立方米|"
    r"公里|千米|公顷|公斤|千克|毫米|"
    r"百分点|百分之|床位|间夜|间天|房晚|房夜|架次|班次|班|批次|班列|列|人口|人年|人|元|户|戶|家|个|個|所|座|吨|噸|トン|米|"
    r"亩|畝|度|次|件|台|臺|辆|輛|套|册|株|位|"
    r"条|张|張|项|項|处|處|小时|泊|晚|夜|岁|歲|年|只|隻|头|頭|部|名|场|場|天|日|间|間|床|艘|架|箱|倍|分钟|分|克|升|"
    r"斤|桶|盒|篇|℃|种|種|"
    r"批|例|宗|票|集|笔|首|幅|期|版|节|粒|尾|只|单|枚|组|对|匹|羽|份|戸|世帯|室|店|社|箇所|か所|ドル|％|%|‰|TEU|kWh|GWh|MW|kW|平方メートル)"
    r"|(?:10{1,3})?[兆万萬亿億千百十]+)"
)
_HAN_UNIT = re.compile(rf"{_HAN_WORD}(?:\s?[/／·•・每]\s?{_HAN_WORD}(?:{_HAN_WORD})?)*", re.IGNORECASE)
"""The whole of a unit in Chinese or Japanese: 万人次, 亿元人民币, 元/间·天."""
_SCALE_WORD = re.compile(
    r"thousand|million|billion|trillion|milliers|millares|milhares|milliard|miles de|\b(?:mio|mrd|mld|tsd|mln|mn|bn|"
    r"tys|"
    r"lakh|crore|mill)\b|\b(?:mil|tis)\.|тыс|млн|млрд|(?<![\d, ])'?000s?\b|[£$€]\s?(?:m|bn)\b|\b1[ ,.]?000\b(?! ?=)|"
    r"\b100?[ ,.]000\b|[%％‰]|[천백십만억조]\s?(?:명|원|달러|불|건|대|톤|개|호|가구|인)",
    re.IGNORECASE,
)
_FIRST_WORD = re.compile(
    r"(?:in |en |em |x |nos?\.? |number |no\.? of |value |volume |quantity |at |(?:annual|average|total|current|"
    r"constant|"
    r"chained|real|nominal|modeled|(?:19|20)\d\d) )*"
    r"(?:[%％‰]|'?000s?\b|100? ?(?:million|thousand)|1[ ,.]?000\b(?! ?=)|100?[ ,.]?000\b(?! ?=)|[£$€¥￥₹₩]|"
    r"US ?\$|HK ?\$|"
    r"(?:US|HK|NT|A|C|S)\$|(?:hundred |ten )?(?:thousands?|millions?|billions?|trillions?|lakhs?|crores?)\b|thous\b|"
    r"ths\b|"
    r"milliers|millares|milhares|miles de|mill?(?:ones|ions|ion|iarden|iards?|iardi|ioni|h[õo]es)\b|tausend|ezer|"
    r"(?:mio|mrd|mld|tsd|tys|mln|mn|bn|tis|mil|mill)\b\.?|тыс|млн|млрд|per ?cent|percentage|prozent|pourcentage|"
    r"porcentaje|"
    r"процент|pp\b|"
    r"per (?!cent)|number|numbers|no\.?$|anzahl|nombre|n[úu]mero|index|indice|rate|ratio|share|proportion|"
    r"(?:usd|sdrs?|eur|gbp|jpy|cny|rmb|hkd|sgd|inr|aud|cad|chf|u\.?s\.? dollars?|dollars?|euros?|yuan|yen|pounds?|"
    r"rupees?|rs|baht|"
    r"won|pesos?|ringgit|rupiah|reais|francs?|kron[aeor]+|kč|zł|lira|forint|local currency|lcu)\b|"
    r"(?:metric |short |long )?ton(?:ne|nes|s)?\b|kilo(?:gram|metre|meter|watt|litre)s?\b|(?:sq|square|cubic)\b|"
    r"hundredweight|bushels?|barrels?|acres?|hectares?|litres?|gallons?|head\b|"
    r"(?:kg|km|kt|mt|ha|gwh|mwh|twh|kwh|mw|gw|kw|toe|ktoe|mtoe|mm|km2|km²|m2|m²|m3|cwt|teus?|pkm|tkm|tj|pj|℃|"
    r"°c)(?![\w.])|"
    r"[GMT]W\b|t\b(?!\.))",
    re.IGNORECASE,
)
"""The first words of a unit in letters; what follows them says of what."""
_COUNTED = re.compile(
    r"(?:in )?(?:(?:annual|total) )?(?:(?:person|man|visitor)[- ](?:times?|nights?|days?)|bed[- ](?:places|nights)|"
    r"persons?|people|pessoas|personas|personen|personnes|inhabitants?|habitant\w*|einwohner|osoba|osoby|osób|"
    r"чел\w*\.?|fő|visitors?|passengers?|tourists?|guests?|arrivals|nights|overnight stays|trips|visits|households|"
    r"dwellings|jobs|workers|employees|students|vehicles|companies|enterprises|establishments|beds|rooms|years?|"
    r"months|days|"
    r"hours|minutes|units?|pieces|cases|births|deaths|명|원|건|대|톤|개|호|가구|인|박)(?:\s?(?:/|per\b).*)?",
    re.IGNORECASE,
)
_NO_UNIT = re.compile(
    r"formerly|\bcansim|\b(?:nace|isic|sitc|isced|nuts|hs ?\d|bpm\d?|sna)\b|\brev\b|\btables?\b|\bnotes?\b|\bsee\b|"
    r"\d{3}-\d{4}|(?:annual|annually|monthly|quarterly|weekly|daily)$|"
    r"rate (?:revised|adjusted)|numbers? \d|number of (?:the )?table|no\. ?\d",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[(\[（【]\s*([^()\[\]（）【】]{1,40})\s*[)\]）】]\s*$")
_LONG_BRACKET = re.compile(r"[(（](?P<unit>[^()（），,;；]{2,40})[,，;；](?P<rest>[^()（）]{2,100})[)）]\s*$")
"""A unit and what its prices are: (Million USD, constant prices, base year 2015)."""
_MILES = re.compile(r"[(（]\s?(?:en )?miles\s?[)）]\s*$", re.IGNORECASE)
_SPANISH = re.compile(
    r"[áéíóúñãõç]|\b(?:del?|por|en|turistas|viajeros|pasajeros|visitantes|excursionistas|personas|plazas|internacionales)\b",
    re.IGNORECASE,
)
"""Words of a heading in which miles are thousands."""
_INSIDE = re.compile(r"[(（]\s*([^()（）]{1,40})\s*[)）]")
_LINE_UNIT = re.compile(
    r"(?<!编制)(?<!填报)(?<!制表)(?<!发布)(?<!报送)(?<!主管)(?:计量)?单位(?:名称)?\s*[:：]\s*([^\s，,;；)）]{1,20})|(?:単位|單位|단위)\s*[:：]?\s*([^\s，,;；、)）]{1,20})|"
    r"\b(?:units?(?: of measure(?:ment)?)?|unidade?(?: de medida)?|unit[éeà]|einheit|eenheid|jednostka|"
    r"mértékegység)\s*:\s*"
    r"([^;|]{1,60})|единица измерения\s*:\s*([^;|]{1,60})",
    re.IGNORECASE,
)
_AFTER_COMMA = re.compile(
    r"(?:[,;:]|\s[–-])\s*((?:in |en |em |x )?(?:(?:[£$€¥₹]|US\$|Rs\.?|[A-Z]{3}) ?)?(?:thousands?|millions?|billions?|"
    r"trillions?|"
    r"lakhs?|crores?|milliers|millares|milhares|miles de|millones|тысяч|тыс\.?|млн|млрд|Tausend|Mio\.?|Mrd\.?|Tsd\.?|"
    r"mn|bn|"
    r"(?<=[£$€¥])(?:m|bn)|'000|ezer|millió|milliárd|tys\.?|mln|mld\.?|tis\.|mil\.|"
    r"1[ ,.]?000(?! ?=)|km²|km2|sq\.? ?km|per ?cent(?:age)?)(?: of)?(?![\w])[\w $€£%'.]*)$",
    re.IGNORECASE,
)
_LETTERS = {"m": "million", "k": "thousand", "bn": "billion"}
_IN_LETTERS = re.compile(
    r"\b(?:journeys|passengers?|trips|visit(?:or)?s|tourists|people|persons|population|users|boardings|arrivals|nights)"
    r"\s?(?P<bracket>\((?P<size>m|k|bn)\)\s*$)",
    re.IGNORECASE,
)
"""A letter for the size of what is counted; of lengths it would be metres."""
_IN_THOUSANDS = re.compile(
    r"\s(?:in|en|em|w|i|v|в) ((?:thousands?|millions?|billions?|milliers|millions|milliards|miles|millones|milhares|"
    r"milh[õo]es|tausend|tsd\.?|mio\.?|mrd\.?|tys\.?|mln|mld\.?|tusen|tusental|tis\.|тыс\.?|млн|млрд)"
    r"(?: (?:de |of |d')?(?:[€$£]|euros?|eur|usd|us dollars|d[óo]lares|zł|kr|pesos?|reais))?)$",
    re.IGNORECASE,
)
_PERCENT_END = re.compile(r"[\s,;:±]*([%％‰])$")
_OF_CHANGE = re.compile(
    r"=\s?100\b|性别比|增长(?![量额值点极])|率(?:$|[(（])|\b(?:rate|ratio|share)s?$|增速|增幅|增减率|同比(?!增加|减少|增量)|环比|比重|"
    r"占比|构成|指数|百分比|成長率|增減率|전년대비|증감률|"
    r"\bgrowth(?: rate)?\b|\bper ?cent(?:age)?\b|\bproportion\b|\bindex\b(?! of )|\bchange (?:on|over|from) ",
    re.IGNORECASE,
)


def is_unit(text: str) -> bool:
    """Whether a cell says nothing but a unit: 万人, "x 1 000", %, "thousand persons"."""
    said = plain(text)
    unit = unit_of(said)
    return bool(re.fullmatch(_BARE, said)) or (
        unit.multiplier != 1 and len(unit.words) <= 16 and (not unit.words or _is_in_words(unit.words))
    )


def _is_in_words(said: str) -> bool:
    """Whether words are those of a unit and of nothing else: "Rs. crore", 亿元人民币, "kg per head"."""
    if said == "000":
        return True
    if not said or _NO_UNIT.search(said) or re.fullmatch(r"[\d\s.,–-]+", said):
        return False
    if re.search(r"[\u3040-\u30ff\u3400-\u9fff]", said):
        return bool(_HAN_UNIT.fullmatch(said) or _TEN_THOUSANDS.fullmatch(said))
    return bool(_FIRST_WORD.match(said) or _COUNTED.fullmatch(said) or (_HANGUL.fullmatch(said)))


_TEN_THOUSANDS = re.compile(r"(?:万|萬|亿|億|万亿|百万|千万)(?![科达達州县縣物里宁寧维豪])[\u3400-\u9fff]")
"""So many of whatever is counted by one sign."""
_HANGUL = re.compile(r"(?:[천백십만억조]*\s?(?:명|원|달러|불|건|대|톤|개|호|가구|인|박|실|㎡)|%)(?:\s?/\s?\S+)?")


@lru_cache(maxsize=10_000)
def _in_bracket(text: str) -> bool:
    """Whether the words of a bracket, or of the part before its first semicolon or comma, are a unit."""
    said = plain(text)
    if _ANY_YEAR.search(re.sub(r"(?:constant|chained|at|in)?\s?(?:19|20)\d\d (?=US|EUR|€|\$|prices|int)", "", said)):
        return False
    return _is_in_words(
        re.sub(r"^(?:单位|單位|単位|단위|units?|unit of measure|einheit|unité)\s?[:：]\s?", "", said, flags=re.I)
    )


_BARE = re.compile(
    r"[%％‰]|人|元|户|家|个|所|座|公里|公顷|吨|米|人次|件|台|辆|套|美元|平方米|平方公里|persons?|people|number|"
    r"units?|percent|"
    r"per cent|anzahl|prozent|euros?|usd|eur|명|원|건|円|人泊|标准?箱|架次|班次|泊|欧元|日元|港元|(?:us |"
    r"singapore )?dollars?|us ?\$|yuan|rupees|yen|baht",
    re.IGNORECASE,
)


@lru_cache(maxsize=10_000)
def take_unit(text: str) -> tuple[Unit | None, str]:
    """The unit that a heading states, in brackets or behind a comma, and the heading without it; a code stays whole."""
    if re.match(r"(?:THS|THOUS|THND|TSD|MIO|MLN|BIO|BLN)_[A-Z]", text):
        return unit_of(text), text
    if _MONEY_ALONE.fullmatch(text):
        return unit_of(text), ""
    match = _BRACKETS.search(_price_basis(text))
    if match and _in_bracket(match.group(1)):
        return unit_of(re.sub(r"^in (?!\d)", "", match.group(1))), text[: match.start()].strip()
    if (priced_in := _LONG_BRACKET.search(text)) and _scaled(priced_in["unit"]):
        rest = f"{text[: priced_in.start()].strip()} ({priced_in['rest'].strip()})"
        return unit_of(priced_in["unit"]), rest
    if (thousands := _MILES.search(text)) and _SPANISH.search(text):
        return unit_of("millares"), text[: thousands.start()].strip()
    if counted := _IN_LETTERS.search(text):
        return unit_of(_LETTERS[counted["size"].lower()]), text[: counted.start("bracket")].strip()
    coded = re.search(r"\s*\([A-Z0-9_.\-]+\)$", text)
    if coded and (match := _AFTER_COMMA.search(text[: coded.start()])):
        return unit_of(match.group(1)), text[: match.start()].strip() + coded.group()
    match = _AFTER_COMMA.search(text) or _IN_THOUSANDS.search(text) or _PERCENT_END.search(text)
    if match and match.start():
        return unit_of(match.group(1)), text[: match.start()].strip()
    for match in _INSIDE.finditer(text):
        said = match.group(1)
        if match.start() and said != "000" and _scaled(said):
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
    text = re.sub(r"^[^:：]{1,20}[:：]", "", text)
    parts = re.split(r"[、,，;；/]\s?(?!\d{3}\b)| and |\s{2,}", text)
    return sum(_is_in_words(plain(part)) for part in parts if part.strip()) > 1


def line_unit(text: str) -> Unit | None:
    """The unit that a line above the table states (单位：万人; "Unit: thousand persons"; "in thousands"; 千人)."""
    return unit_of(text) if is_unit(text) and not plain(text).isdigit() else _stated_unit(text)


_AS_STATED = re.compile(
    r"[^:：]*[:：]\s*(?:as (?:stated|shown|indicated|specified)|various|mixed|see)\b", re.IGNORECASE
)
"""What a line says that leaves the unit to each row."""


def _stated_unit(text: str) -> Unit | None:
    match = _LINE_UNIT.search(text)
    if match and (re.search(r"[、,，/]", match.group(1) or "") or _several(match.group()) or _goes_on(text, match)):
        return None
    if match and not _AS_STATED.match(match.group()):
        return unit_of(next(said for said in match.groups() if said).strip())
    bracket = _BRACKETS.search(_price_basis(text))
    if bracket and _scaled(bracket.group(1)):
        return unit_of(bracket.group(1))
    match = _IN_SCALES.search(text)
    return unit_of(f"{match.group(1)} {match.group(2) or ''}".strip()) if match else None


_MONEY_ALONE = re.compile(
    r"(?:thousands|millions|billions) of [\w$€£ .]*(?:dollars?|euros?|yuan|yen|pounds?|USD|EUR|RMB)\b[\w ]*|"
    r"[\w$€£ .]*(?:dollars?|euros?|yuan|yen|pounds?|USD|EUR|RMB)\b[\w ]* in (?:thousands|millions|billions)|"
    r"[A-Z]{0,3}[$€£¥]\s?(?:mil\.?|mn|bn|millions?|billions?|thousands?|'000)|"
    r"(?:Rs\.?|INR|₹|US\$|USD)\s?(?:in )?(?:crores?|lakhs?|millions?|billions?)",
    re.IGNORECASE,
)
"""A heading that is nothing but amounts of money and their size."""


def _price_basis(text: str) -> str:
    """The text with its last bracket's unit alone, where prices stand before it: (at current prices; mln. roubles)."""
    return re.sub(
        r"([(（])[^()（）]*(?:price|цен|prix|precio|preis|价)[^()（）]*[;,；，]\s*(?=[^;,；，()（）]+[)）]\s*$)",
        r"\1",
        text,
    )


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether a further unit follows: 单位：家，亿美元，%."""
    behind = re.match(r"\s*[、,，;；]\s*([^、,，;；(（)）]{1,20})", text[match.end() :])
    return bool(behind and (is_unit(behind[1]) or _is_in_words(plain(behind[1]))))


_IN_SCALES = re.compile(
    r"\(?\b(?:in|en|em) ((?:(?:Rs\.?|[₹€$£]|US\$|[A-Z]{3}) )?(?:thousands|millions|billions|milliers|millions|"
    r"milliards|millares|"
    r"milhares|miles(?= de)|millones|lakhs?|crores?|Tausend|Tsd\.?|Mio\.?|Mrd\.?|Millionen|1[ .,]000)"
    r"(?!\w))(?: (?:of |de |d')?([\w$€£ ]{1,30}))?\)?",
    re.IGNORECASE,
)


def _scaled(said: str) -> bool:
    """Whether the words of a bracket are a unit with a scale, or a percentage."""
    return _in_bracket(said) and (unit_of(said).multiplier != 1 or bool(_SCALE_WORD.search(said)))


def settled_unit(row: Unit | None, heading: Unit | None, heading_names: tuple[str, ...]) -> Unit | None:
    """Of the row's unit and the column's the one that holds: a percentage stays one, and so does a column of growth.

    Of a column of amounts (金额) beside one of quantities the row's pieces and tonnes say nothing.
    """
    if heading and heading.relative:
        return heading
    if row and heading and heading.money and priced(row, heading) != row:
        return priced(row, heading)
    if row and not row.money and any(_AMOUNT.search(name) for name in heading_names):
        return heading
    if heading is None and any(_OF_CHANGE.search(name) for name in heading_names):
        return row if row and row.relative else None
    return row or heading


_AMOUNT = re.compile(r"金额|货值|\bamounts?\b", re.IGNORECASE)


def priced(row: Unit, money: Unit | None) -> Unit:
    """A row's own unit; where it only says per what, with the money of the table: Dollar per 5 Kilogram."""
    if money is None or not money.money or row.money or not re.match(r"per (?!cent)", row.printed, re.IGNORECASE):
        return row
    said = f"{row.printed[:1].lower()}{row.printed[1:]}"
    return Unit(money.multiplier, f"{money.words} {said}", f"{money.printed} {said}")


@lru_cache(maxsize=10_000)
def speaks_of_change(names: tuple[str, ...]) -> bool:
    """Whether the words name growth, a share or an index, to which no unit of the whole table applies."""
    return any(_OF_CHANGE.search(name) for name in names)
