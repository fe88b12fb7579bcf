"""Lines around a table that are no figures: its title, notes below it, and rows of facts about each series."""

from __future__ import annotations

import re

from warehouse.tables.cells import plain
from warehouse.tables.units import is_unit, names_units

NOTE_LINE = re.compile(
    r"^\s*(?:[(（]?注|资料来源|数据来源|来源|说明|备注|source|sources|note|notes|footnote|\*|[¹²³①②③]|"
    r"\[?\d\]? [A-Z])[\s:：.0-9、]*",
    re.IGNORECASE,
)
SOURCE_LINE = re.compile(
    r"^\s*(?:[(（*※]\s*)?(?:(?:data )?sources?(?: of data)?|published by|publisher|compiled by|资料来源|数据来源|"
    r"資料來源|数据出处|来源|來源|"
    r"发布机构|发布单位|编制单位|編製機關|出典|資料|출처|자료|quellen?|herausgeber|fuentes?|fontes?|fonte|bron|"
    r"źródło|zdroj|kilde|forrás|"
    r"источник)\s*[:：]\s*(?P<who>\S.*)|^\s*(?:©|\(c\)|copyright\b)\s*(?P<owner>[^\d\s].*)",
    re.IGNORECASE,
)
"""A line that says from whom the figures are."""
_NO_TITLE = re.compile(
    r"data extracted on|extracted on|last updated?|dataset:?$|data last updated|source\s*:|(?:数据库|时间)\s*[:：]|"
    r"original data value$|tabelle:|theme:|subject:|topic:|this (?:work)?sheet|back to |return to |"
    r"к содержанию|目次|返回|(?:table of )?contents$|inhalt",
    re.IGNORECASE,
)
_METADATA = re.compile(
    r"libell[ée]s?|idbank|p[ée]riode|codes?|derni[èe]re mise [àa] jour|"
    r"(?P<unit>单位|單位|units?|unit of measure|einheit|unit[ée]|unidad(?: de medida)?)|stand vom|"
    r"series(?:[ _]?(?:id|type|start|end|code))?|data type|frequency|freq|"
    r"collection month|no\.? ?obs\.?|type|source|publication date|last updated?|seasonal adjustment|mnemonic|"
    r"频率|数列ID|SR码|贸易代码|助记符|函数说明|建议|[首最][次后]观测日期|最后更新时间|数列备注|"
    r"指标(?:ID|编码|代码)|时间区间|来源|数据来源|更新时间|"
    r"sr code|trade code|function description|suggestions|reference period|(?:first|last) obs\.? date|"
    r"last update time|series remarks|no\. of obs\.?|"
    r"description|cdid|preunit|release date|next release|important notes|source dataset id|title|decimals",
    re.IGNORECASE,
)


_MOMENT = re.compile(
    r"(?:总和|减|平均|方差|标准差|偏度|峰度|变异系数|最小|最大|中位数|观测数量|参照期间)(?: [A-Z. ]+)?|"
    r"sum|subtract|mean|variance|skewness|kurtosis|min|max|median|standard deviation|coefficient variation",
    re.IGNORECASE,
)
"""What a database says of all the figures of a series: among other facts it is one, alone a row of figures."""
_OFFICE = re.compile(
    r"\bstatistics (?:data )?cent(?:er|re)\b|^united nations$|\bdivision$|\bsecretariat$|"
    r"\b(?:bureau|office|institute|ministry|department) (?:of|for)\b[^,:]*$|"
    r"^[\u3400-\u9fff]+(?:统计局|調查局|统计处|委员会)$",
    re.IGNORECASE,
)
"""A line that names an office rather than what it counted."""
_COUNTED = re.compile(r"(?:19|20)\d\d|[(（][^()（）]+[)）]\s*$|第\s?[\d０-９]+\s?表|\bby\b", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\s*(?:table|file|tableau|tabelle|tabla|tabela|tabel|tablica) [\dA-Z][\dA-Z.\-]*[.:]? \S.*[^\W\d_]{3}|"
    r"\s*表\s?[\d\-—.]+\s*\S",
    re.IGNORECASE,
)
"""A title with its number."""


_NUMBER_ALONE = re.compile(
    r"(?:附?表|附件|附錄|table|annex|tab\.)\s?[:：]?\s?[\d一二三四五六七八九十.\-–—]*[A-Za-z]?(?:\s*\(formerly[^)]*\))?",
    re.IGNORECASE,
)


_TOOL = re.compile(r"superweb|\(tm\)|™|^(?:filters?|counting|default summation|table ?builder|query)\b", re.IGNORECASE)
"""What a tool that made the table says of itself."""


def telling(line: str) -> int:
    """How much a line above a table looks like its title: by a number, years, a unit or a breakdown, and no office."""
    bracketed = re.fullmatch(r"[(（\[【].*[)）\]】]", line.strip())
    if bracketed or _TOOL.search(line) or _OFFICE.search(line) or _NUMBER_ALONE.fullmatch(line.strip()):
        return 0
    if len(line) < 200 and _NUMBERED.match(line):
        return 3
    return 2 if len(line) < 200 and _COUNTED.search(line) else 1


def as_title(line: str) -> str:
    """The line, if it says more than a unit: "Guests (unit: persons)" is a title, "Unit: persons" is none."""
    if _NO_TITLE.match(line) or SOURCE_LINE.match(line) or is_unit(line):
        return ""
    if not names_units(line) or len(line) > 30:
        return line
    bare = re.sub(r"[(（\[【][^()（）\[\]【】]*[)）\]】]\s*$", "", line).strip()
    return line if len(bare) >= 4 and not names_units(bare) else ""


def metadata_key(text: str) -> str:
    """ "unit" or "other" where the text heads a row of facts about the series below, "moment" of sums of it, or ""."""
    said = plain(text).strip(" :")
    match = _METADATA.fullmatch(said)
    return ("unit" if match["unit"] else "other") if match else "moment" if _MOMENT.fullmatch(said) else ""
