"""Download formats of statistical offices, each written by hand, with every figure a reader would take from it.

A truth is a line `cells | words of the label | words of the entity | last days | values in base units`; a year stands
for its last day, "." for a cell without a figure. A figure that no line names must not come in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter


@dataclass(frozen=True)
class Published:
    """A file, what it says, and how many of its cells are refused with a reason."""

    name: str
    write: Callable[[Path], object]
    truth: str
    refused: int = 0


def text(body: str, encoding: str = "utf-8") -> Callable[[Path], object]:
    return lambda path: path.write_bytes(body.encode(encoding))


def sheet(rows: list[tuple[object, ...]], merged: tuple[str, ...] = ()) -> Callable[[Path], object]:
    def write(path: Path) -> None:
        with xlsxwriter.Workbook(str(path)) as book:
            page = book.add_worksheet()
            for span in merged:
                page.merge_range(span, "")
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)

    return write


IMF = (
    "WEO Country Code\tISO\tWEO Subject Code\tCountry\tSubject Descriptor\tUnits\tScale"
    "\t2021\t2022\tEstimates Start After\n"
    "924\tCHN\tNGDP\tChina\tGross domestic product\tNational currency\tBillions\t115,697.370\t120,472.400\t2023\n"
    "924\tCHN\tLUR\tChina\tUnemployment rate\tPercent of total labor force\t\t3.960\t4.100\t2023\n"
    "512\tAFG\tNGDP\tAfghanistan\tGross domestic product\tNational currency\tBillions\t1,232.860\tn/a\t2020\n"
    "\nInternational Monetary Fund, World Economic Outlook Database, October 2024\n"
)
NBS_PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body><table>
<tr><td colspan="3">数据库：年度数据</td></tr><tr><td colspan="3">时间：最近2年</td></tr>
<tr><th>指标</th><th>2023年</th><th>2022年</th></tr>
<tr><td>国际旅游外汇收入(百万美元)</td><td>53000</td><td>&nbsp;</td></tr>
<tr><td>人口自然增长率(&#8240;)</td><td>-1.48</td><td>-0.60</td></tr>
<tr><td colspan="3">数据来源：国家统计局</td></tr></table></body></html>
"""
COMMUNIQUE = """表1　2023年上海市主要经济指标,,,
指标,单位,绝对值,比上年增长（%）
地区生产总值,亿元,47218.66,5.0
机场旅客吞吐量,万人次,9696.91,2.4倍
实际使用外资,亿美元,240.87,0.5
注：绝对值按现价计算，增长速度按可比价格计算。,,,
"""
STATCAN = """\ufeff"REF_DATE","GEO","DGUID","Traveller type","UOM","UOM_ID","SCALAR_FACTOR",\
"SCALAR_ID","VECTOR","VALUE","STATUS"
"2022-01","Canada","2016A1","Total","Persons","249","thousands ","3","v1","581.2",""
"2022-02","Canada","2016A1","Total","Persons","249","thousands ","3","v1","602.4",""
"2022-02","Ontario","2016A2","Americans","Persons","249","units ","0","v3","98765","E"
"""
KOSIS = """"행정구역(시군구)별","2022","2022","2023","2023"
"행정구역(시군구)별","총인구수 (명)","남자인구수 (명)","총인구수 (명)","남자인구수 (명)"
"전국",51439038,25636951,51325329,25565736
"서울특별시",9428372,4566299,9386034,4540031
"""
JAPAN = """"都道府県別　外国人延べ宿泊者数（単位：人泊）",,,
"都道府県","令和3年","令和4年","令和5年"
"北海道","10,340","1,014,270","7,110,550"
"京都府","98,120","1,140,480","-"
"資料：観光庁「宿泊旅行統計調査」",,,
"""
TAIWAN = """歷年來臺旅客人次,,
年別,來臺旅客(人次),成長率(%)
民國111年,895962,537.79
民國112年,6486951,624.02
資料來源：交通部觀光署,,
"""
DESTATIS = """Tabelle: 12411-0010
"Bevölkerung: Bundesländer, Stichtag"
Bevölkerungsstand (Anzahl)
Bundesländer;31.12.2022;31.12.2023
Baden-Württemberg;11280257;11339260
Thüringen;2126846;.
__________
"(C)opyright Statistisches Bundesamt (Destatis), 2025 | Stand: 12.03.2025 / 10:15:03"
"""
MONTHLY = """2024年1-11月广东主要统计指标,,,,
指标,计量单位,11月,1-11月,1-11月同比增长(%)
规模以上工业增加值,亿元,3812.10,38912.55,3.9
接待入境过夜游客,万人次,228.30,2213.44,18.1
"""
FRED = """observation_date,UNRATE,GDP
2023-01-01,3.5,27164.359
2023-02-01,3.6,
2023-03-01,3.5,
2023-04-01,3.4,27453.815
"""
PORTS = """口岸出入境人员情况,,
单位：万人次,,
时间,出入境人员,同比增长%
2023年,1 098.5,452.3
1月,35.2,—
2月,41.0,120.5
2024年,１９８５．３,80.7
1月,142.3,304.3
"""
OECD_STAT = """"LOCATION","Country","TRANSACT","Transaction","TIME","Year","Unit Code","Unit",\
"PowerCode Code","PowerCode","Value"
"AUS","Australia","B1_GA","Gross domestic product","2020","2020","AUD","Australian Dollar","6","Millions",2077454
"AUS","Australia","P31","Household consumption","2021","2021","AUD","Australian Dollar","6","Millions",1122503.5
"AUT","Austria","B1_GA","Gross domestic product","2021","2021","EUR","Euro","6","Millions",405241.4
"""
TWO_UNITS = """Main Indicators of Tourism,,
Unit: 10 000 persons，100 million yuan,,
Item,2022,2023
Domestic tourists (10 000 persons),253000,489100
Domestic tourism revenue (100 million yuan),20444,49133
"""
TWO_TABLES = """表1 各区国际学校数,,
区,2022年,2023年
东城区,10,12
朝阳区,45,47
,,
表2 各区外籍教师数,,
区,2022年,2023年
东城区,310,325
"""
SIDE_BY_SIDE = """表3 各区国际学校,,,,,
区,2022年,2023年,区,2022年,2023年
东城区,10,12,通州区,3,5
朝阳区,45,47,顺义区,20,21
"""
FLOWS = """Origin country,Destination country,Year,Passengers (thousands)
China,Japan,2023,3210.5
China,France,2023,410.2
Japan,China,2023,1875.1
Japan,France,2022,99
"""
INDIA = """TABLE 1 : FOREIGN TOURIST ARRIVALS,,
State/UT,2022,2023
Maharashtra,"15,12,000","33,87,739"
Goa,"1,74,000","22,128"
"""
FISCAL = "区分,令和4年度,令和5年度\n留学生数（人）,231146,279274\n"
GROWTH_BEHIND_MONTHS = """2023年 訪日外客数（総数）,,,,,,
国・地域,1月,伸率(%),2月,伸率(%),累計,伸率(%)
総数,1497472,8324.1,1475455,8723.9,2972927,8517.7
韓国,565200,-,568600,-,1133800,-
"""
ENGLISH_SIDE = """17-6  Development of International Tourism,,,,
Item,Unit,2017,2018,2019a)
Number of Overseas Visitor Arrivals,10 000 person-times,13948.2,14119.8,14530.8
  # Foreigners,10 000 person-times,2916.5,…,3188.3
Foreign Exchange Earnings,USD 100 million,1234.2,1271.0,1312.5
a) Preliminary figures.,,,,
"""
BARE_UNIT = """Overseas visitors by month,,
Thousands,,
Month,2022,2023
January,1050,2010
"""
MACAO = """訪澳旅客（千人次）,,
居住地,2023年第三季,2023年第二季
中國內地,5521.3,3710.1
"""
COUNTS_LIKE_YEARS = "Table 1: Meetings\nCity,1998,1997\nVienna,1997,1988\nParis,—,\nLyon,2022,13\n"
WORLD = [
    ("Inbound Tourism",), ("C.", "S.", "Basic data and indicators", "", "Units", "Series", 2021, 2022),
    ("", "", "AFGHANISTAN"), (4, 0, "", "Total arrivals", "Thousands", "TF", "..", ".."),
    ("", "", "ALBANIA"), (8, 0, "", "Total arrivals", "Thousands", "VF", 5689, 7544),
]  # fmt: skip
SERIES = [
    ("Labor Force Statistics",), ("Series Id:", "LNS12000000"), ("Series title:", "(Seas) Employment Level"),
    ("Type of data:", "Number in thousands"), ("Age:", "16 years and over"), ("Years:", "2022 to 2023"), (),
    ("Year", "Jan", "Feb", "Mar"), ("2022", 157174, 157965, 158606), ("2023", 160180, 160381),
]  # fmt: skip
EUROSTAT = [
    ("Data extracted on 12/03/2025 14:02:11 from [ESTAT]",), ("Dataset: ", "Population on 1 January [demo_pjan]"),
    ("Last updated: ", "10/03/2025 23:00"), (), ("Unit of measure", "", "Number"), (),
    ("TIME", "2022", "", "2023", ""), ("GEO (Labels)",), ("Belgium", 11617623, "", 11742796, "p"),
    ("Türkiye", 84680273, "b", ":", ""), (), ("Special value",), (":", "not available"),
]  # fmt: skip
HONG_KONG = [
    ("Table 650-80001 : Visitor arrivals",), (), ("Year", "Quarter", "Visitor arrivals", ""),
    ("", "", "Number ('000)", "Year-on-year % change"), (2022, "", 604.6, 561.5), (2023, "", 33999.7, "5523.8"),
    ("", "Q1", 4413.8, "N.A."), ("", "Q2#", 8471.4, ">10 000"), (), ("Release Date : 25 July 2024",),
]  # fmt: skip

PUBLISHED = (
    Published("WEOOct2024all.xls", text("\ufeff" + IMF, "utf-16-le"), """
        H2 I2 | Gross domestic product | China | 2021 2022 | 115697.37e9 120472.4e9
        H3 I3 | Unemployment | China | 2021 2022 | 3.96 4.1
        H4 I4 | Gross domestic product | Afghanistan | 2021 2022 | 1232.86e9 ."""),
    Published("年度数据.xls", text(NBS_PAGE, "gb18030"), """
        B4 C4 | 旅游外汇收入 | 全国 | 2023 2022 | 53000e6 .
        B5 C5 | 自然增长率 | 全国 | 2023 2022 | -1.48 -0.6"""),
    Published("上海公报.csv", text(COMMUNIQUE, "gbk"), """
        C3 D3 | 地区生产总值 | 上海 | 2023 2023 | 47218.66e8 5.0
        C4 D4 | 吞吐量 | 上海 | 2023 2023 | 9696.91e4 .
        C5 D5 | 外资 | 上海 | 2023 2023 | 240.87e8 0.5""", refused=1),
    Published("24100053.csv", text(STATCAN), """
        J2 J3 | Total | Canada | 2022-01-31 2022-02-28 | 581200 602400
        J4 | Americans | Ontario | 2022-02-28 | 98765"""),
    Published("kosis.csv", text(KOSIS, "cp949"), """
        B3 D3 | 총인구수 | 전국 | 2022 2023 | 51439038 51325329
        C3 E3 | 남자 | 전국 | 2022 2023 | 25636951 25565736
        B4 D4 | 총인구수 | 서울 | 2022 2023 | 9428372 9386034
        C4 E4 | 남자 | 서울 | 2022 2023 | 4566299 4540031"""),
    Published("shukuhaku.csv", text(JAPAN, "cp932"), """
        B3 C3 D3 | 宿泊者数 | 北海道 | 2021 2022 2023 | 10340 1014270 7110550
        B4 C4 D4 | 宿泊者数 | 京都府 | 2021 2022 2023 | 98120 1140480 ."""),
    Published("taiwan.csv", text(TAIWAN, "big5"), """
        B3 B4 | 來臺旅客 | | 2022 2023 | 895962 6486951
        C3 C4 | 成長率 | | 2022 2023 | 537.79 624.02"""),
    Published("12411-0010.csv", text(DESTATIS, "cp1252"), """
        B5 C5 | Bevölkerung | Baden-Württemberg | 2022 2023 | 11280257 11339260
        B6 C6 | Bevölkerung | Thüringen | 2022 2023 | 2126846 ."""),
    Published("月报.csv", text(MONTHLY, "gb18030"), """
        C3 D3 E3 | 工业增加值 | 广东 | 2024-11-30 2024-11-30 2024-11-30 | 3812.1e8 38912.55e8 3.9
        C4 D4 E4 | 游客 | 广东 | 2024-11-30 2024-11-30 2024-11-30 | 228.3e4 2213.44e4 18.1"""),
    Published("fredgraph.csv", text(FRED), """
        B2 B3 B4 B5 | UNRATE | | 2023-01-31 2023-02-28 2023-03-31 2023-04-30 | 3.5 3.6 3.5 3.4
        C2 C5 | GDP | | 2023-03-31 2023-06-30 | 27164.359 27453.815"""),
    Published("口岸.csv", text(PORTS), """
        B4 B5 B6 | 出入境人员 | | 2023-12-31 2023-01-31 2023-02-28 | 1098.5e4 35.2e4 41e4
        B7 B8 | 出入境人员 | | 2024-12-31 2024-01-31 | 1985.3e4 142.3e4
        C4 C6 C7 C8 | 增长 | | 2023-12-31 2023-02-28 2024-12-31 2024-01-31 | 452.3 120.5 80.7 304.3"""),
    Published("SNA_TABLE1.csv", text(OECD_STAT), """
        K2 | Gross domestic product | Australia | 2020 | 2077454e6
        K3 | Household consumption | Australia | 2021 | 1122503.5e6
        K4 | Gross domestic product | Austria | 2021 | 405241.4e6"""),
    Published("two_units.csv", text(TWO_UNITS), """
        B4 C4 | tourists | | 2022 2023 | 253000e4 489100e4
        B5 C5 | revenue | | 2022 2023 | 20444e8 49133e8"""),
    Published("two_tables.csv", text(TWO_TABLES), """
        B3 C3 | 国际学校 | 东城 | 2022 2023 | 10 12
        B4 C4 | 国际学校 | beijing/chaoyang | 2022 2023 | 45 47"""),
    Published("side_by_side.csv", text(SIDE_BY_SIDE), """
        B3 C3 | 国际学校 | 东城 | 2022 2023 | 10 12
        E3 F3 | 国际学校 | 通州 | 2022 2023 | 3 5
        B4 C4 | 国际学校 | beijing/chaoyang | 2022 2023 | 45 47
        E4 F4 | 国际学校 | 顺义 | 2022 2023 | 20 21"""),
    Published("flows.csv", text(FLOWS), """
        D2 D4 | Passengers | China Japan | 2023 2023 | 3210.5e3 1875.1e3
        D3 D5 | France | China Japan | 2023 2022 | 410.2e3 99e3"""),
    Published("india.csv", text(INDIA), """
        B3 C3 | ARRIVALS | Maharashtra | 2022 2023 | 1512000 3387739
        B4 C4 | ARRIVALS | Goa | 2022 2023 | 174000 22128"""),
    Published("年度.csv", text(FISCAL, "cp932"), """
        B2 C2 | 留学生数 | | 2023-03-31 2024-03-31 | 231146 279274"""),
    Published("jnto.csv", text(GROWTH_BEHIND_MONTHS), """
        B3 D3 F3 | 訪日外客数 | 日本 | 2023-01-31 2023-02-28 2023-02-28 | 1497472 1475455 2972927
        C3 E3 G3 | 伸率 | 日本 | 2023-01-31 2023-02-28 2023-02-28 | 8324.1 8723.9 8517.7
        B4 D4 F4 | 訪日外客数 | 韓国 | 2023-01-31 2023-02-28 2023-02-28 | 565200 568600 1133800"""),
    Published("E1706.csv", text(ENGLISH_SIDE), """
        C3 D3 E3 | Arrivals | | 2017 2018 2019 | 13948.2e4 14119.8e4 14530.8e4
        C4 D4 E4 | Foreigners | | 2017 2018 2019 | 2916.5e4 . 3188.3e4
        C5 D5 E5 | Earnings | | 2017 2018 2019 | 1234.2e8 1271e8 1312.5e8"""),
    Published("months.csv", text(BARE_UNIT), """
        B4 C4 | visitors | | 2022-01-31 2023-01-31 | 1050e3 2010e3"""),
    Published("macao.csv", text(MACAO), """
        B3 C3 | 訪澳旅客 / 中國內地 | 澳门 | 2023-09-30 2023-06-30 | 5521.3e3 3710.1e3"""),
    Published("counts.csv", text(COUNTS_LIKE_YEARS), """
        B3 C3 | Meetings | Vienna | 1998 1997 | 1997 1988
        B5 C5 | Meetings | Lyon | 1998 1997 | 2022 13"""),
    Published("unwto.xlsx", sheet(WORLD), """
        G6 H6 | Total arrivals | ALBANIA | 2021 2022 | 5689e3 7544e3"""),
    Published("SeriesReport.xlsx", sheet(SERIES), """
        B9 C9 D9 | Employment | | 2022-01-31 2022-02-28 2022-03-31 | 157174e3 157965e3 158606e3
        B10 C10 | Employment | | 2023-01-31 2023-02-28 | 160180e3 160381e3"""),
    Published("demo_pjan.xlsx", sheet(EUROSTAT, ("B7:C7", "D7:E7")), """
        B9 D9 | Population | Belgium | 2022-01-01 2023-01-01 | 11617623 11742796
        B10 D10 | Population | Türkiye | 2022-01-01 2023-01-01 | 84680273 ."""),
    Published("Table_650.xlsx", sheet(HONG_KONG, ("A3:A4", "B3:B4", "C3:D3")), """
        C5 C6 C7 C8 | arrivals | | 2022 2023 2023-03-31 2023-06-30 | 604.6e3 33999.7e3 4413.8e3 8471.4e3
        D5 D6 D8 | change | | 2022 2023 2023-06-30 | 561.5 5523.8 10000"""),
)  # fmt: skip
