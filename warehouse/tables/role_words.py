"""The words with which offices head their columns, in a dozen languages, and the role that each names."""

from __future__ import annotations

import re
from functools import lru_cache

from warehouse.tables.cells import plain

ROLE_WORDS = (
    ("flag", r".+_flags?|obs[ _]flag|obs[ _]status|flag codes?|flags?|status|observation status(?: \(flag\) .*)?|"
     r"symbol|(?:value )?footnotes?|obs_status\.label|flag description|annotation|标记|状态|注记"),
    ("multiplier", r"magnitude|unit_mult|powercode code|unit multiplier code|scale|scalar_factor"),
    ("ignore", r"\w*fips|(?:source[ _])?page(?:[ _]?(?:no\.?|number))?|页码|頁碼|頁次|"
     r"(?:geo|age|race|sex|ipr)cat|c[óo]d(?:igo)?[ _.].+|mid-?period|"
     r"行次|行号|line(?: no\.?| number)?|元号|和暦(?:[(（]年[)）])?|"
     r"period desc\.?|aggregate level|is leaf.*|.*qty unit.*|classification|(?:数据|资料|資料)来源|"
     r"資料來源|source|lat(?:itude)?|"
     r"lon(?:g|gitude)?|lng|纬度|经度|latest[ _]actual.*|dataset(?:[ _](?:id|code|name))?|"
     r"(?:country|indicator|series|area|region|geo|location|unit|entity|time|topic|"
     r"freq\w*)[ _]?codes?|code|kod|代码|编码|序号|no\.?|structure(?:[ _]id|[ _]name)?|action|dataflow|last[ _]update|"
     r"freq(?:uency)?(?: of observation)?|time frequency|fips|geoid|state|sumlev|dguid|"
     r"summary level|division|region|conf_status|confidentiality status(?: \(flag\))?|decimals|"
     r"base_?per(?:iod)?|price_base|iso\d?|id|idbank|adm\w*code|scalar_id|uom_id|vector|coordinate|"
     r"powercode|unit_mult_label|unit multiplier|reference period(?: code)?|time[ _]?format|行政区划代码|"
     r"subject notes|country/series-specific notes|notes?|note_(?:indicator|source)(?:\.label)?|estimates start after|"
     r"is[_ ]\w+|(?:run|extract(?:ion)?|release|publication)[_ ]?date|ref[_ ](?:year|month)|"
     r"datemodified|islatestyear|language|source year|derni[èe]re mise [àa] jour|备注|備考|remarks?"),
    ("month", r"월|ay|aylar|month|months|月份|月|(?:统计|数据|所属)?月[份度]|quarter|quarters|季度|"
     r"mes|monat|mois|maand"),
    ("period", r"(?:period|week|month|quarter|year)[ _](?:begin|start|end)(?:ning|ing|ed)?|"
     r"(?:academic|school|fiscal|financial) year|学年度?|學年度?|財年|财年|财政年度|西暦(?:[(（]年[)）])?|년|"
     r"年[(（]月[)）](?:別|别|份)|"
     r"select time|数据年份|统计期|統計期|资料时间|資料時間|"
     r"年份|年度|年|时间|时期|日期|期间|期間|year(?:\(s\)|s)?|calendar year|period|periods|date|observation_date|"
     r"time(?:[ _]period)?|reference period|reporting[ _]period|y[ıi]l(?:lar)?|év|"
     r"(?:数据|统计|所属)年月|ref_date|time_period|年月|统计时[点间期]|统计日期|时点|年别|年別|年次|時点|"
     r"時期|時間軸(?:\(.*\))?|시점|연도|년도|기간|jahr|jahre|zeit|stichtag|ann[ée]e|p[ée]riode?|perioden|periodos?|per[íi]odos?|"
     r"a[ñn]o|ano|anno|rok|год|vuosi|[åa]r"),
    ("unit", r".*计量单位|birim|mértékegység|"
     r"unit(?: of measure)?|unit_measure|units|单位|计量单位|單位|単位|단위|uom|unit of measure.*|value_unit|"
     r"einheit|unit[ée]|unidade?|eenheid|jednostka(?: miary)?|unidad(?: de medida)?|factvalueuom"),
    ("value", r"obs[ _]value|value|values|数值|值|observation|指标值|wert|valeur|valor|waarde|warto[śs][ćc]|"
     r"factvaluenumeric|numericvalue|値|수치|значение"),
    ("entity", r"emirates?|governorates?|urban (?:agglomeration|area|cent(?:re|er))|metropolitan area|agglomeration|"
     r"地区|"
     r"(?:学校|學校|机构|機構|企业|企業|医院|醫院|景区)(?:名称|名稱)|机场|口岸|港口|统计区|統計區|(?:所属|所在)(?:国家|地区|省份?|城市|国)|"
     r"省份|城市|国家|国家和地区|省市?|区县?|各区|行政区|单位名称|area|area name|"
     r"country(?: name)?|countries|region name|name|geo|geography(?: \d)?|"
     r"geographic area|area of [a-z ]+|commune|gemeinde|land|bundesl[äa]nd(?:er)?|kreise?|staat|kommune|"
     r"province|provincia|provincias|pays|pays (?:de|d') ?\w+|"
     r"r[ée]gions?|d[ée]partements?|territoires?|kantone?|landkreise?|st[äa]dte?|ciudad(?:es)?|regi[óo]n(?:es)?|"
     r"cidades?|estados?|miasto|województwo|obec|region, subregion.*|territorios?|"
     r"pa[ií]s|county|geo \(labels\)|"
     r"(?:gccsa|sa[1-4]|lga|lad|[ml]soa|nuts ?\d?|cbsa|msa|[ul]tla)[ _]name|"
     r"villes?|(?:od|reg|area|dev)[ _]?name|(?:raum|gebiets?|quar(?:tier)?|kreis|gemeinde|bezirks?)(?:lang|name|bez)|"
     r"(?:cluster|site|station|hotel|museum|company|institution|university|hospital|venue) name|"
     r"ref_area|reference area|locations?|localit(?:y|ies)|places?|territory|entity|state name|"
     r"cit(?:y|ies)|districts?|counties|provinces|municipalities|states|"
     r"geopolitical entity.*|borough|local authorit(?:y|ies)(?:[: ].*)?|i̇?l(?:ler)?|ülke(?:ler)?|"
     r"ország(?:ok)?|megye|település|kraje?|państwo|bölge(?:ler)?|"
     r"(?:\w+[ _])*(?:airport|apt|port|country|region|city|area|geo|reporter|county|state|province|district|borough|"
     r"municipality|prefecture)[ _]?(?:name|desc|label)|reporter|airport|"
     r"贸易伙伴(?:名称)?|地区名称|主体|country or (?:area|territory)|country_id|"
     r"country/(?:area|territory|city|region)|city/country|destination|municipality|region or country|"
     r"state/ut|states?/.*|[a-z]+ (?:country|countries|economy)|whole country|nationality|"
     r"citizenship|country of [a-z ]+|countries and territories|economy|nation|"
     r"(?:[a-z]+ )*(?:state|region|district|county|city|province|municipality)(?:/\w+)+|"
     r"regio'?s|regio|herkunftsland|nazwa|jednostka terytorialna|"
     r"comunidades(?: y ciudades)? aut[óo]nomas?|comunidades y provincias|munic[íi]pios?|brasil(?: e|,).*|"
     r"airports|aeropuertos?|aeroportos?|a[ée]roports?|flugh[äa]fen|"
     r"grande regi[ãa]o.*|unidade da federa[çc][ãa]o|都道府県|地域|市区町村|全国・都道府県|都道府県名|国籍|国・地域|"
     r"縣市|縣市別|地區別?|区域别?|區域別|行政区域|국가별?|국적별?|지역별?|시도별?|행정구역.*|регион|регионы|страна|страны|"
     r"регион .*|kraj|land/.*|居住地|所在地|国别(?:\(地区\))?|国家\(地区\)|客源国.*"),
    ("indicator", r"indic(?:_\w+)?|"
     r"(?:商品|产品)名称|指标|指标名称|项目|项\s*目|指\s*标|类别|分组|品种|indicator(?: name)?|"
     r"series(?: name)?|data series|variable|measure|item|subject|subject descriptor|title|"
     r"category|statistic|characteristic|description|label|value_variable_label|libell[ée]|onderwerp|"
     r"表章項目|項目|항목|区分|分類|種別|구분|분류|"
     r"indicator_id|items?|element|показатель|statistic label"),
    ("part", r"type|origin|sex|gender|age(?: group)?s?|class|mode|purpose|breakdown|residen(?:ce|ts?) status|"
     r"性别|年龄|年龄组|方式|目的|geschlecht|alter|sexe|[âa]ge|sexo|edad|idade|płeć|wiek"),
    ("ignore", r"(?:\w+ )*codes? of .*|notes? (?:of|on|for) .*|ref_\w+|\w{3,}sort|"
     r".*\(codes?\)|.*footnotes?|.*脚注|(?:\w+[_ ]){1,2}(?:id|iso\d?)|"
     r".{1,40}\(iso[- \d]*\)|.*(?:编码|代码|编号)|"
     r".*(?:[_ ]code|code)s?(?: \(.*\))?|.*_code|code .*|.*コード"),
)  # fmt: skip
"""Looked through from the top: the first whose words are the whole heading names the role."""


@lru_cache(maxsize=10_000)
def role_word(heading: str) -> str:
    """The role that a column's heading names, or ""; of a heading in two languages, if both name the same.

    The language that a column is written in (Emirate_EN) is no part of what it is called.
    """
    said = re.sub(r"\s+", " ", plain(heading)).strip().lower()
    said = re.sub(r"\.label$|\s*\(?(?:note|注) ?\d+\)?$|[*†‡¹²³]+$", "", said).strip()
    whole = _role(said) or _role(re.sub(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", said))
    if whole:
        return whole
    concept = re.match(r"([A-Z][A-Z0-9_]+)\s?:\s?\S", plain(heading))
    if concept and (whole := _role(concept[1].lower())):
        return whole
    if (of_tongue := re.sub(r"[_ ](?:en|eng|ar|ara|fr|es|zh|cn)$", "", said)) != said:
        return role_word(of_tongue)
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plain(heading)).strip().lower()
    if apart != said and (whole := _role(apart)):
        return whole
    parts = {_role(part) for part in re.split(r"[ /|]+", said) if part.strip("-–— ")}
    return parts.pop() if len(parts) == 1 else ""


def _role(said: str) -> str:
    for role, words in ROLE_WORDS:
        if re.fullmatch(words, said, re.IGNORECASE):
            return role
    return ""
