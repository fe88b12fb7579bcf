"""What an imported figure measures: a flow over its period, a level at the end of it, a share of a whole, a change.

The store keeps a stock on the last day of its period and anything else over all of it. Hence money, nights, arrivals,
tonnes and money a head are flows of their year; population, debt, prices, indices and density are levels, and stocks.
A share is a percentage of some whole, and is bounded; growth is no share but a `change`, which has no trend to carry.
"""

from __future__ import annotations

import re

from warehouse.tables.units import Unit

RANK = re.compile(r"\brank(?:s|ed|ing|ings)?\b|名次|排名|位次|順位", re.IGNORECASE)
_GROWTH = re.compile(
    r"增长(?![量额值点极])|增速|增幅|增减|增減|伸び?率|同比|环比|[比较]上年|成長率|年增率|[变變]动率|[变變]動率|前年比|"
    r"전년대비|증감|"
    r"\bgrowth\b|\bchange\b|\bincrease\b|y\.?-?o\.?-?y\b|year[- ]on[- ]year|^PCH(?:_|$)|"
    r"^\+\s?/\s?[-–−]|\bvariation\b|évolution|veränderung|variaci[óo]n|varia[çz]|прирост",
    re.IGNORECASE,
)
_GROWTH_ALONE = re.compile(
    r"增长(?![量额值点极])|增速|增幅|同比(?!增加|减少|增量)|环比|成長率|年增率|[变變]动率|[变變]動率|前年比|전년대비|"
    r"증감률|"
    r"\bgrowth(?: rate)?$|"
    r"percentage change|% ?change|y\.?-?o\.?-?y\b|year[- ]on[- ]year",
    re.IGNORECASE,
)
"""Words of growth that need no percentage beside them."""
_RATE = re.compile(
    r"[%％‰]|\brates?\b|\bratio\b|\bshare\b|\bproportion\b|\bper ?cent|\bpercentage|率|比重|占比|比例|构成(?!要素)|"
    r"비율|률(?:$|\s)|"
    r"\bquote\b|\btaux\b|\btasa\b|\btaxa\b|\btasso\b",
    re.IGNORECASE,
)
_RATE_UNIT = re.compile(
    r"^(?:ratio|share|rate|proportion|percentage)\b|^per (?:1[ ,.]?000|10[ ,.]?000|100[ ,.]000|100\b|thousand|million)",
    re.I,
)
_LEVEL_OF_PRICE = re.compile(
    r"\bind(?:ex|ices)\b(?! of (?:dissim|gini))|指数|\bexchange rates?\b|汇率|匯率|"
    r"(?<!constant )(?<!current )(?<!market )(?<!basic )(?<!chained )(?<!producer )(?<!\d )\bprices?\b|"
    r"(?<!年)(?<!现行)(?<!可比)(?<!不变)(?<!当期)价格|房价|\baverage daily rate\b|平均房价|気温|气温|temperature|"
    r"density|密度",
    re.IGNORECASE,
)
_ON_A_DAY = re.compile(
    r"年末|年底|期末|月末|季末|余额|餘額|(?<!新增)存款(?!准备)|(?<!新增)贷款(?!新增|发放)|货币供应|存量|保有量|库存|"
    r"储备|储蓄|"
    r"(?<!固定)资产(?!投资)|负债|市值|注册资本|"
    r"\boutstanding\b|\byear[- ]end\b|\bend[- ](?:of[- ])?(?:the )?(?:period|year|month|quarter)\b|\bas (?:at|of)\b|"
    r"(?<!volume of )\bstocks?\b(?! (?:exchange|market))|\bmoney supply\b|"
    r"(?<!trade )(?<!account )(?<!payments )\bbalances?\b(?! of (?:payments|trade|goods))|"
    r"\bdebts?\b(?! serv)|\bliabilities\b|(?<!fixed )\bassets\b|\breserves?\b|(?<!new )\bdeposits?\b|"
    r"(?<!new )\bloans?\b(?! (?:disburs|grant|issue))|"
    r"\bcapitali[sz]ation\b|\bcapacity\b|残高|잔액|\bbestand\b|encours",
    re.IGNORECASE,
)
"""Words of a level at a date, whatever it is counted in."""
_BEGUN = re.compile(
    r"新设|新增|新批|新签|新登记|新开|新建|新注册|出生|死亡|结婚|离婚|迁入|迁出|毕业生|招生|举办|召开|舉辦|開催|会议(?!室)|"
    r"(?:^| / )(?:累计|累計|当月|本月|本期)(?= / |$)|接待|到访|来访|授予|授與|竣工|新开工|(?:销售|购置|成交)面积|"
    r"\bbirths\b|\bdeaths\b|\bmarriages\b|\bdivorces\b|\barrivals?\b|\bdepartures?\b|\bnew(?:ly)?\b(?! (?:york|"
    r"zealand|south|delhi|"
    r"brunswick|jersey|mexico|hampshire|caledonia))|\bgraduates\b|\bstarts\b|\bcompletions\b|\bbankruptcies\b|"
    r"naissances|décès|"
    r"geburten|sterbefälle|geborene|gestorbene|nacimientos|defunciones|出生数|死亡数|出生者|死亡者|출생|사망",
    re.IGNORECASE,
)
"""Events, which are counted over a time even where people or enterprises are what is counted."""
_LEVEL_UNIT = re.compile(
    r"^(?:[万千百]?)(?:家|个|個|座|户|戶|张|張|间|間|所|床|床位|公里|平方公里|公顷|亩|室|世帯|戸|가구|호|"
    r"개)(?:$|[/／])|"
    r"^(?:enterprises|companies|establishments|hotels|beds?|bed[- ]places|rooms|households|dwellings|km|km2|sq\.? km|"
    r"ha|"
    r"hectares?|acres|jobs|vehicles|organi[sz]ations|cities)\b",
    re.IGNORECASE,
)
_FLOW_UNIT = re.compile(
    r"小时|人次|人泊|人天|人日|人夜|泊$|^晚|过夜|间夜|房晚|班次|架次|标准?箱|人公里|吨公里|吨$|吨标准煤|标准煤|千瓦时|"
    r"千瓦小时|公斤|千克|トン|톤|박$|"
    r"\bnights?\b|\btrips?\b|\bvisits?\b|(?:person|man|visitor)[- ](?:times?|nights?|days?)|\bvisitors?\b|"
    r"\btourists?\b|"
    r"\barrivals\b|\bpassengers?\b|\bguests?\b|\bteus?\b|\bton(?:ne)?s?\b|^k?t\b|^mt\b|^kg\b|\b[gmtk]wh\b|\btoe\b|"
    r"\bktoe\b|"
    r"\bhundredweight\b|^cwt\b|\bbushels?\b|\bbarrels?\b|\blit(?:re|er)s?\b|\bpkm\b|\btkm\b|\bbirths\b|\bdeaths\b|"
    r"立方米|^t_|^T$",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"(?<!流动)人口|\bpopulation\b|从业人员|就业(?!补)|失业人|在校|职工人数|登记(?!离)|户数|在學|就業|失業|戶數|床位|客房数|企业数|"
    r"单位数|机构数|家数|"
    r"\bemploy(?:ed|ment|ees)\b|\bunemployed\b|\benrol|\bregistered\b|\bnumber of (?:enterprises|companies|firms|"
    r"establishments|"
    r"hotels|beds|rooms|bed[- ]places|households|vehicles|schools|hospitals|employees|persons employed)|\bbeds\b|"
    r"\bbed[- ]places\b|\bestablishments\b|\benterprises\b|\bdwellings\b|\barea\b|面积|里程|人数合计|인구|人口数|"
    r"bevölkerung|"
    r"einwohner|poblaci[óo]n|população|popolazione|habitantes|населени",
    re.IGNORECASE,
)
_FLOW = re.compile(
    r"gdp|\bgross\b|product|\boutput|income|revenue|expenditure|\bexports?|\bimports?|\btrade\b|trips|visit|nights|"
    r"tourists?\b|touristes|turist|passagers|pasajeros|fréquentation|fahrgäste|\bguests\b|\bstays\b|spending|"
    r"earnings|receipts|turnover|sales|consumption|emission|investment|"
    r"passengers?\b|\bjourneys\b|\bboardings\b|\bridership\b|\bcrossings\b|pax(?![a-z])|\bmovements\b|架次|"
    r"generated|migration|applications\b|"
    r"(?:air|road|rail|passenger|freight) traffic\b|flights\b|cargo|"
    r"freight|throughput|生产总值|产值|增加值|产量|收入|支出|花费|金额|利用外资|吞吐|进口|贸易|"
    r"生產總值|產值|產量|金額|進口|進出口|貿易|遊客|訪客|投資|銷售|營業額|"
    r"出口|进出口|旅游人|游客|旅客|宾客|"
    r"业务量|寄递|播出|上映|演出场|放映|发行量|人次|过夜|人天数|销售|零售|消费|排放|投资|客运|货运|周转量|利润|税|财政|发电|用电|成交|专利授权|授权量|申请量|"
    r"毕业|宿泊|訪日|訪澳|來臺|出境|"
    r"入境|관광객|입국|수출|수입|금액|무역수지|übernachtung|ankünfte|umsatz|nuitées|pernoctaciones|viajeros|dormidas|hóspedes|presenze|arrivi",
    re.IGNORECASE,
)
_A_HEAD = re.compile(
    r"/\s?(?:人|capita|head|person|inhabitant|household|户)|\bper (?:capita|head|person|inhabitant|household)", re.I
)
_A_QUANTITY = re.compile(r"[/／每](?!\s?[月年周])|\bper\b(?! (?:week|month|quarter|year|annum))", re.IGNORECASE)


def measure_of(name: str, unit: Unit | None, title: str = "") -> str:
    """What a figure of that name and unit measures.

    Where neither tells, the title of its table does ("Average retail prices", "Visitor arrivals"); else it is a stock.
    """
    printed = f"{unit.printed} {unit.words}" if unit else ""
    words = unit.words if unit else ""
    if RANK.search(name):
        return "rank"
    if unit is not None and (unit.relative or _RATE_UNIT.search(words)):
        return "change" if _GROWTH.search(f"{name} {printed}") else "share"
    if _LEVEL_OF_PRICE.search(f"{name} {words}") or _price(unit):
        return "stock"
    if _bare(unit) and _GROWTH_ALONE.search(name):
        return "change"
    if _bare(unit) and _RATE.search(name):
        return "share"
    if unit is not None and unit.money and _LEVEL_OF_PRICE.search(title):
        return "stock"
    flow = _is_flow(name, words, unit)
    return "flow" if flow or (flow is None and _is_flow(title, "", None)) else "stock"


def _is_flow(name: str, words: str, unit: Unit | None) -> bool | None:
    """Whether words and unit tell a flow, or a level, the strictest looked for first; None where none tells."""
    if _ON_A_DAY.search(name):
        return False
    if _BEGUN.search(name):
        return True
    if _LEVEL_UNIT.search(words):
        return False
    if (unit is not None and unit.money) or _FLOW_UNIT.search(re.split(r"[/／]| per ", words)[0]):
        return True
    return _by_its_noun(name)


def _by_its_noun(name: str) -> bool | None:
    """Of a noun of levels and one of flows the one that is told of: in Chinese the last, elsewhere the first."""
    levels, flows = ([m.start() for m in words.finditer(name)] for words in (_LEVEL, _FLOW))
    if not (levels and flows):
        return bool(flows) if levels or flows else None
    return max(flows) > max(levels) if re.search(r"[\u3400-\u9fff]", name) else min(flows) < min(levels)


def _price(unit: Unit | None) -> bool:
    """Whether it is money for a quantity: yuan a tonne, dollars a room and night. Money a head is none."""
    return unit is not None and unit.money and bool(_A_QUANTITY.search(unit.words)) and not _A_HEAD.search(unit.words)


def _bare(unit: Unit | None) -> bool:
    """Whether the unit says no more than that something is counted."""
    return (
        unit is None
        or not unit.words
        or bool(re.fullmatch(r"numbers?|units?|nr|_z|pure number", unit.words, re.IGNORECASE))
    )
