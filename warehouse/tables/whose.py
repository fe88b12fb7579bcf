"""Whose figures a table has, where no column says it: what its title, its source, its notes and its file's name tell.

The title counts before the source, the source before the notes. An office that has its place in its name stands for it;
INSEE, Destatis or Eurostat publish figures of many places and stand for none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from warehouse.catalogue import Catalogue
from warehouse.tables.grid import Grid
from warehouse.tables.headings import read_heading
from warehouse.tables.layout import tidy
from warehouse.tables.lines import SOURCE_LINE
from warehouse.tables.nations import is_nation, is_region, nations_in
from warehouse.tables.role_words import role_word
from warehouse.tables.shape import Seen

_OFFICES = (
    ("澳门",
     r"^澳[門门](?!同胞)|澳[門门](?:特別行政區|特别行政区|政府|統計|统计|旅遊局|旅游局)|"
     r"\bmaca[ou] (?:sar|special)|\bDSEC\b"),
    ("香港", r"^香港(?!同胞)|政府統計處|駐港|香港境外|(?i:census and statistics department)|"
     r"香港(?:特別行政區|特别行政区|政府|旅遊發展局|旅游发展局)"),
    ("台湾", r"中華民國|(?:行政院主計|交通部觀光)|"
            r"(?i:(?<!s )(?<!people )republic of china\b|executive yuan)|\bDGBAS\b"),
    ("Canada", r"(?i:statistics canada|statcan)|\bCANSIM\b"),
    ("United Kingdom", r"(?i:office for national statistics)|\bONS\b"),
    ("Australia", r"(?i:australian bureau of statistics)"),
    ("United States", r"(?i:bureau of economic analysis|bureau of labor statistics|u\.?s\.? census bureau|"
                      r"national agricultural statistics service)|\bUSDA\b"),
    ("New Zealand", r"\b(?:Stats|Statistics) NZ\b"),
    ("日本", r"総務省|国土交通省|観光庁|日本政府観光局|厚生労働省|JNTO"),
    ("대한민국", r"통계청|한국관광공사|한국은행|국가통계포털"),
)  # fmt: skip
_WHO = "(?:旅客|游客|遊客|人次|觀光|观光|外客|外国人|外國人)"
_VISITED = (
    ("澳门", rf"[訪访]澳{_WHO}"), ("香港", rf"[訪访]港{_WHO}"), ("台湾", rf"[來来][臺台]{_WHO}"),
    ("日本", rf"訪日{_WHO}|日本(?:の|における)|我が国"), ("대한민국", "우리나라"),
)  # fmt: skip
"""Where visitors come to, where no place of the country is named beside them."""
_IN_FULL = {"UK": "United Kingdom", "U.K.": "United Kingdom", "USA": "United States", "U.S.": "United States"}
_IN_ENGLISH = {"澳门": "Macao", "香港": "Hong Kong", "台湾": "Taiwan"}
PROVINCE = re.compile(
    "河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|"
    "西藏|宁夏|新疆|上海|天津|重庆"
)
_CITY = re.compile(
    r"((?![各分按全本该我国]|直辖)[^\W\d_a-zA-Z各分按年月\u3040-\u30ff\uac00-\ud7af]{2,6}?(?:(?<!城)市|自治区))(?!场|民|政|区|值|盈|净|售|占|销|价)"
)
_NATION = r"全国(?![^\s，。]{0,4}普查)"
"""The whole country; not its censuses."""
_NATIONAL = re.compile(
    _NATION + r"|国家统计局(?!.{1,8}调查总队)|中国(?!人民银行北京|公民|居民|游客|旅客|企业)|海关总署|商务部|"
    r"文化和旅游部|"
    r"国家移民管理局|国家外汇管理局|"
    r"国家旅游局|国家能源局|中华人民共和国"
)
_LOCAL_OFFICE = re.compile(
    r"\b(?:Ajuntament|Ayuntamiento|Mairie|Ville|Comune|Prefeitura|C[âa]mara Municipal) "
    r"(?:de |di |d['’])(?P<of>[A-Z][\w-]+)|"
    r"\b(?!Oficina|Office|Instituto|Institut|Servicio|Servei|Departamento|Consejo)(?P<own>[A-Z][a-z]+) "
    r"(?:Municipal|Provincial|City (?:Council|Government)|Statistical Yearbook)\b"
)
_NAMED_ALONE = re.compile(
    r"(?P<place>(?:(?:Canton|R[ée]gion|Ville|Commune|City|State|Province|County|Municipality|Ciudad|Comunidad|Provincia|"
    r"Munic[íi]pio|Estado)\s(?:de la |de |du |d['’]|of |do |da )|(?:Kanton|Freistaat|Greater)\s)"
    r"[A-ZÀ-Ý][\w'’-]+(?:[ -][A-ZÀ-Ý][\w'’-]+){0,2}(?<!Budget)(?<!Office)(?<!Board)(?<!Report))"
)
"""A line that is nothing but a place: Canton de Genève, City of Vienna."""
_IN_REGION = re.compile(r"\b(?:in|en|à|for|of) (?P<place>[A-ZÀ-Ý][\w-]+(?: [A-ZÀ-Ý][\w-]+)?)")
_ORIGIN = re.compile(r"\b(?:from|with|against) (?:the )?(?:[A-Z][\w'’.-]*(?:,? (?:and |of )?)?)+")
"""Where visitors come from and with whom one trades: not whose figures they are."""
_OF_RULES = re.compile(r"口径|标准|制度|分类|规定|方案|办法")
"""A note on how things are counted: the ministry that says so has nothing to do with whose figures they are."""
_ANYWHERE = ("全市", "全区")
"""Names of the catalogue that any other city's table has too."""


def place_around(
    grid: Grid, seen: Seen, catalogue: Catalogue, path: Path | None = None, others: Sequence[Grid] = ()
) -> str:
    """The place that the title, the source, the notes, the other sheets or the file's name tell; "" where none does.

    Of several headings one may name a place for its own column, which is not the table's.
    """
    notes = range(seen.last_row + 1, seen.another or len(grid.rows) + 1)
    heads = [t.strip() for r in seen.header_rows for t in grid.rows[r - 1] if t.strip()]
    above = [
        t.strip() for r in range(1, seen.first_row) if r not in seen.header_rows or len(heads) <= 2
        for t in grid.rows[r - 1] if t.strip()
    ]  # fmt: skip
    below = [line for r in notes if (line := _alone(grid.rows[r - 1]))]
    pairs = [(line, SOURCE_LINE.search(line)) for line in (*above, *below)]
    sources = [line for line, source in pairs if source] + [
        v for k, v in seen.preamble if SOURCE_LINE.search(f"{k}: x")
    ]
    areas = [value for key, value in seen.preamble if role_word(key.strip(" :：")) == "entity"]
    if len(areas) == 1:
        return areas[0]
    titles = [*(line for line in above if line not in sources), grid.name]
    elsewhere = [line for g in others for cells in g.rows[:15] if (line := _alone(cells))]
    named = [re.sub(r"[_\-.]+", " ", path.stem)] if path else []
    if titled := place_of_title(titles, catalogue):
        return "" if titled == "全国" and _in_kana(grid) else titled
    notes_below = [line for line in below if line not in sources and not _OF_RULES.search(line)]
    rest = (sources, notes_below, elsewhere, named)
    found = next((place for lines in rest if (place := _place_in("\n".join(lines)[:4000], catalogue))), "")
    return "" if found == "全国" and _in_kana(grid) else found


def _in_kana(grid: Grid) -> bool:
    """Whether a table is in Japanese: its 全国 is not China's."""
    return any(re.search(r"[\u3041-\u30fa]", text) for row in grid.rows[:60] for text in row)


def place_of_title(lines: Sequence[str], catalogue: Catalogue) -> str:
    """The place that the lines above a table name, lines of sources aside."""
    own = [line for line in lines if not SOURCE_LINE.search(line)]
    alone = next((m["place"] for line in own if (m := _NAMED_ALONE.fullmatch(line))), "")
    return _place_in("\n".join(own)[:4000], catalogue) or alone


def _alone(cells: Sequence[str]) -> str:
    """The one cell of a row that says something."""
    told = [t.strip() for t in cells if t.strip()]
    return told[0] if len(told) == 1 else ""


def _place_in(text: str, catalogue: Catalogue) -> str:
    """The one place that some lines name: one of the catalogue's, an office's, a province or city, a country."""
    held = [
        (max(len(n) for n in names), entity.slug)
        for entity in catalogue.entities.values()
        if (names := [n for n in (entity.name.zh, entity.name.en, *entity.aliases) if _says(n, text)])
    ]
    if held:
        return max(held)[1]
    office = next((place for place, pattern in _OFFICES if re.search(pattern, text, re.MULTILINE)), "")
    if office:
        return office if re.search("[\u3400-\u9fff]", text) else _IN_ENGLISH.get(office, office)
    province, city = PROVINCE.search(text), _CITY.search(text)
    national = _NATIONAL.search(text)
    if (province or city) and not re.search(rf"{_NATION}|中国", text):
        return province.group() if province else city.group(1) if city else ""
    if national:
        return "China" if "China" in nations_in(text) else "全国"
    if visited := next((place for place, pattern in _VISITED if re.search(pattern, text)), ""):
        return visited
    local = _LOCAL_OFFICE.search(text)
    within = {m["place"] for m in _IN_REGION.finditer(text) if is_region(m["place"]) and not is_nation(m["place"])}
    countries = {_written(name) for name in nations_in(_ORIGIN.sub(" ", text))}
    if len(countries) == 1:
        return countries.pop()
    if len(within) == 1 and not countries:
        return within.pop()
    return (local["of"] or local["own"]) if local and not countries else ""


def _says(name: str, text: str) -> bool:
    if len(name) < 2 or name in _ANYWHERE:
        return False
    return name in text if not name.isascii() else bool(re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE))


def _written(name: str) -> str:
    """SINGAPORE as Singapore, and what is short for a country in full."""
    if name in _IN_FULL:
        return _IN_FULL[name]
    return name.title() if name.isupper() and len(name) > 3 else name


_TRADITIONAL = re.compile(
    "[處數據與區國學業產東華時計單經總實價發營變對廣際長動務門車館間財費員級項標類貨購進較資統臺灣]"
)
"""Signs that the People's Republic does not write."""


_OF_THE_CITY = re.compile(r"[全本我]市|市[级属]|各区|区县|郊区|城六区")
"""Words with which a city's office speaks of its own city."""


def may_be_ours(grid: Grid, seen: Seen, others: Sequence[Grid], catalogue: Catalogue) -> bool:
    """Whether a table that names no place may be the default entity's.

    It may where it speaks of "the city" in simplified Chinese, or where no line stands around it and it counts
    something that the catalogue knows. Any other is somebody's, and whose has to be said.
    """
    notes = [t for row in grid.rows[seen.last_row :] for t in row if len(t.strip()) > 12]
    notes += [t for other in others for row in other.rows[:15] for t in row if len(t.strip()) > 12]
    labels = [t for row in grid.rows[max(seen.first_row - 3, 0) : seen.last_row][:200] for t in row]
    text = " ".join((*seen.lines, *notes, *labels))
    if re.search(r"[\u0400-\u04ff\u3040-\u30ff\uac00-\ud7af]", text) or _TRADITIONAL.search(text):
        return False
    if _OF_THE_CITY.search(text):
        return True
    names = (tidy(read_heading(t).name) for t in dict.fromkeys(labels) if t.strip())
    return not (seen.lines or notes) and any(catalogue.has_indicator(name) for name in names)
