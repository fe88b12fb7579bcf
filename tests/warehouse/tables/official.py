"""Tables as statistical offices publish them, made by hand, each with the figures a reader would take from it.

A truth is `(part of the indicator's label, part of the entity's label or "", last day of the period, value in base
units)`. The layouts follow the real ones: NBS query output, a provincial yearbook, Eurostat TSV and SDMX-CSV, World
Bank CSV, an ONS time series and workbook, OECD SDMX-CSV, US Census CSV and workbook, a district table, and others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

Truth = tuple[str, str, str, float]
OURS = (('entity = ""', 'entity = "beijing"'),)
"""What a steward of Beijing answers where a table names no place."""


@dataclass(frozen=True)
class Official:
    """A file, what it says, and the corrections its suggested mapping needs (text replaced by text)."""

    name: str
    write: Callable[[Path], None]
    truth: tuple[Truth, ...]
    mend: tuple[tuple[str, str], ...] = ()
    gaps: int = 0
    refused: int = 0
    published: str = "2026-03-01"


def text(body: str, encoding: str = "utf-8") -> Callable[[Path], None]:
    return lambda path: path.write_bytes(body.encode(encoding)) and None  # type: ignore[return-value]


NBS = """数据库：年度数据
时间：最近6年
指标,2024年,2023年,2022年
年末总人口(万人),140828,140967,141175
人口自然增长率(‰),-0.99,-1.48,-0.60
国内生产总值(亿元),1349083.5,1294271.7,
"注：2020年为第七次全国人口普查时点数，1990、2000年同。"
数据来源：国家统计局
"""

EUROSTAT = (
    "freq,unit,na_item,geo\\TIME_PERIOD\t2021 \t2022 \t2023 \n"
    "A,CP_MEUR,B1GQ,DE\t3676460.0 \t3953850.0 p\t4185550.0 p\n"
    "A,CP_MEUR,B1GQ,XK\t7958.5 b\t: \t: c\n"
    "A,CP_MEUR,P3,DE\t2600000.1 \t2700000.2 bp\t: \n"
)
SDMX = """DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG
ESTAT:TOUR_OCC_NINAT(1.0),12/03/25 23:00:00,A,NR,AT,2022,136911888,
ESTAT:TOUR_OCC_NINAT(1.0),12/03/25 23:00:00,A,NR,AT,2023,151144000,p
ESTAT:TOUR_OCC_NINAT(1.0),12/03/25 23:00:00,A,NR,CZ,2022,,c
ESTAT:TOUR_OCC_NINAT(1.0),12/03/25 23:00:00,A,NR,CZ,2023,56190000,b
"""
WORLD_BANK = """\ufeff"Data Source","World Development Indicators",

"Last Updated Date","2025-01-28",

"Country Name","Country Code","Indicator Name","Indicator Code","1960","2021","2022","2023",
"Aruba","ABW","Population, total","SP.POP.TOTL","54922","107700","107310","107359",
"Not classified","INX","Population, total","SP.POP.TOTL","","","","",
"Côte d'Ivoire","CIV","Population, total","SP.POP.TOTL","3709000","29639736","30395002","31165654",
"Aruba","ABW","GDP (current US$)","NY.GDP.MKTP.CD","","2929446578.21229","3279343544.41341","3648573135.75419",
"""
ONS_SERIES = """"Title","UK resident population mid-year estimates"
"CDID","UKPOP"
"Source dataset ID","POP"
"PreUnit",""
"Unit","thousands"
"Release date","08-10-2024"
"Next release","To be announced"
"Important notes",
"2019","66796.8"
"2020","67081.2"
"2021","67026.3"
"""
OECD = """STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,Reference area,FREQ,Frequency of observation,MEASURE,Measure,\
UNIT_MEASURE,Unit of measure,TIME_PERIOD,Time period,OBS_VALUE,\
Observation value,OBS_STATUS,Observation status,UNIT_MULT,Unit multiplier
DATAFLOW,OECD:DF_POP(1.0),I,FRA,France,A,Annual,POP,Population,PS,Persons,2022,,68059.5,,A,Normal value,3,Thousands
DATAFLOW,OECD:DF_POP(1.0),I,FRA,France,A,Annual,POP,Population,PS,Persons,2023,,68287.5,,P,Provisional value,3,Thousands
DATAFLOW,OECD:DF_POP(1.0),I,DEU,Germany,A,Annual,POP,Population,PS,Persons,2023,,84482.2,,E,Estimated value,3,Thousands
"""
CENSUS = """SUMLEV,REGION,DIVISION,STATE,NAME,ESTIMATESBASE2020,POPESTIMATE2020,POPESTIMATE2023,NPOPCHG_2023
010,0,0,00,United States,331464948,331526933,334914895,1643484
040,3,6,01,Alabama,5024356,5031362,5108468,34565
040,X,X,72,Puerto Rico,3285874,3281557,3205691,-14446
"""
DISTRICTS = """表2-3 各区主要经济指标(2023年),,,,
,,,,单位：亿元
地  区,地区生产总值,,常住人口,比上年增长
,总量,比重(%),(万人),(%)
全  市,43760.7,100.0,2185.8,5.2
东城区,3574.9,8.2,70.3,5.5
朝阳区,8358.1,19.1,344.2,4.7
海淀区,"11,020.2",25.2,312.4,6.0
延庆区,221.2,0.5,34.3,…
注：本表数据为快报数。,,,,
"""
FRENCH = """Commune;Population 2021;Population 2022
Saint-Étienne;172 718;173 136
Curaçao;150 000;152 000
Orléans;116 357;117 988
"""
GERMAN = """Statistik: Arbeitslosenquote
Land;2021;2022;2023
Baden-Württemberg;3,9;3,5;3,9
Thüringen;5,5;5,3;5,9
"""
BOUNDS = """指标,单位,2024年,2025年
国际友好城市,个,超过280,287
外贸企业,家,3.2万余家,35000以上
入境游客,万人次,３２１.０,４００
实际利用外资,亿美元,1 098.5,…
"""
SECTIONS = """国民经济和社会发展主要指标,,,
指    标,单位,2022年,2023年
一、人口,,,
常住人口,万人,2184.3,2185.8
  # 男性,万人,1115.9,1114.3
二、就业,,,
从业人员,万人,1132.1,1140
  # 男性,万人,600.2,605.1
"""
STATCAN = """REF_DATE,GEO,DGUID,Population group,UOM,UOM_ID,SCALAR_FACTOR,\
SCALAR_ID,VECTOR,COORDINATE,VALUE,STATUS,SYMBOL,TERMINATED,DECIMALS
2022-07,Canada,2016A0,Total,Persons,249,units,0,v1,1.1,38929902,,,,0
2023-07,Canada,2016A0,Total,Persons,249,units,0,v1,1.1,40083484,,,,0
2023-07,Ontario,2016A1,Total,Persons,249,units,0,v2,2.1,..,..,,,0
"""


def yearbook(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("3-1")
        sheet.merge_range("A1:F1", "3-1  常住人口（1978-2023年）")
        sheet.write("F2", "单位：万人")
        sheet.merge_range("A3:A4", "年  份")
        sheet.merge_range("B3:B4", "常住人口")
        sheet.merge_range("C3:D3", "按城乡分")
        sheet.write_row("C4", ["城镇人口", "乡村人口"])
        sheet.merge_range("E3:F3", "按户口分")
        sheet.write_row("E4", ["户籍人口", "外来人口"])
        for n, row in enumerate(
            [(1978, 871.5, 479.0, 392.5, 849.7, 21.8), (2023, 2185.8, 1919.8, 266.0, 1427.7, 823.2)]
        ):
            sheet.write_row(4 + n, 0, row)
        sheet.write(6, 0, "注：2010年、2020年为人口普查推算数，其余年份为人口抽样调查推算数。")


def ons_workbook(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        cover = book.add_worksheet("Cover")
        cover.write(0, 0, "Visits to the UK: 2023")
        cover.write(1, 0, "Published 17 May 2024")
        sheet = book.add_worksheet("Table 1")
        sheet.write(0, 0, "Table 1: Overseas residents' visits to the UK by area, 2019 to 2023 (thousands)")
        sheet.write(1, 0, "Some shorthand is used: [x] = not available")
        sheet.write_row(2, 0, ["Area of residence", "2019", "2020 [note 1]", "2022", "2023 [p]"])
        sheet.write_row(3, 0, ["Europe", 29000, "[x]", 22100, 26000])
        sheet.write_row(4, 0, ["North America", 5300, "[low]", 5600, 6200])


def census_workbook(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("NST")
        sheet.write(0, 0, "table with row headers in column A and column headers in rows 3 through 4.")
        sheet.merge_range("A2:D2", "Annual Estimates of the Resident Population: April 1, 2020 to July 1, 2023")
        sheet.merge_range("A3:A4", "Geographic Area")
        sheet.merge_range("B3:B4", "April 1, 2020 Estimates Base")
        sheet.merge_range("C3:D3", "Population Estimate (as of July 1)")
        sheet.write_row("C4", [2020, 2023])
        sheet.write_row(4, 0, ["United States", 331464948, 331526933, 334914895])
        sheet.write_row(5, 0, [".Alabama", 5024356, 5031362, 5108468])
        sheet.write(6, 0, "Note: The estimates are developed from a base that integrates the 2020 Census.")
        sheet.write(7, 0, "Release Date: December 2023")


def percent_by_month(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("月度")
        percent = book.add_format({"num_format": "0.0%"})
        sheet.write_row(0, 0, ["年份", "月份", "登记失业率", "入境游客(万人次)"])
        for n, (year, month, share, trips) in enumerate(
            [(2024, "1月", 0.042, 12.3), (None, "2月", 0.041, 13.1), (2025, "1月", 0.039, 22.5)], 1
        ):
            if year:
                sheet.write(n, 0, year)
            sheet.write(n, 1, month)
            sheet.write(n, 2, share, percent)
            sheet.write(n, 3, trips)


TWO_YEARS = """2-5 分行业从业人员
单位：人
行业,2022年,,2023年,
,合计,女性,合计,女性
农业,"12,345","6,000","12,000",5900
工业,"1,234,567",…,"1,200,000",500000
"""
ARRIVALS = """"Table 1. Visitor arrivals to Japan by country (persons)",,,
Country/Area,2023 Jan.-Dec.,2022 Jan.-Dec.,Change (%)
Grand Total,"25,066,350","3,832,110",554.1
South Korea,"6,958,494","1,012,751",587.1
"""


ACS = """Label (Grouping),California!!Estimate,California!!Margin of Error,Texas!!Estimate,Texas!!Margin of Error
Total:,"39,029,342",*****,"30,029,572",*****
    Male:,"19,536,425","±5,123","15,013,311","±6,201"
"""


def bilingual_yearbook(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("8-1")
        sheet.merge_range("A1:D1", "8-1 入境旅游人数和旅游外汇收入")
        sheet.merge_range("A2:D2", "8-1 International Tourists and Foreign Exchange Earnings")
        sheet.merge_range("A3:A4", "项目\nItem")
        sheet.merge_range("B3:B4", "单位\nUnit")
        sheet.merge_range("C3:C4", "2023")
        sheet.merge_range("D3:D4", "2019")
        sheet.write_row(4, 0, ["入境游客 Inbound Tourists", "万人次", 116.8, 376.9])
        sheet.write_row(5, 0, ["  #日本 Japan", "万人次", 8.5, 24.7])
        sheet.write_row(6, 0, ["旅游外汇收入", "亿美元", 7.7, 51.9])
        sheet.write(7, 0, "注：2020年起口径有调整。")


OFFICIAL = (
    Official("two_years.csv", text(TWO_YEARS, "utf-8-sig"), (
        ("农业 / 女性", "", "2022-12-31", 6_000), ("工业 / 合计", "", "2023-12-31", 1_200_000),
    ), gaps=1, mend=OURS),
    Official("ACSST1Y2022.S0101.csv", text(ACS), (
        ("Total / Male", "California", "2022-12-31", 19_536_425), ("Male", "Texas", "2022-12-31", 15_013_311),
    )),
    Official("fred_year.csv", text("observation_date,GDPA\n2021-01-01,23681.2\n2022-01-01,26006.9\n2023-01-01,.\n"), (
        ("GDPA", "", "2021-12-31", 23_681.2), ("GDPA", "", "2022-12-31", 26_006.9),
    ), gaps=1, mend=OURS),
    Official("fred_month.csv", text("DATE,UNRATE\n2024-01-01,3.7\n2024-02-01,3.9\n"), (
        ("UNRATE", "", "2024-02-29", 3.9),
    ), mend=OURS),
    Official("arrivals.csv", text(ARRIVALS), (
        ("Visitor arrivals", "South Korea", "2022-12-31", 1_012_751),
        ("Visitor arrivals", "Japan", "2023-12-31", 25_066_350), ("Change", "South Korea", "2023-12-31", 587.1),
    )),
    Official("bilingual.xlsx", bilingual_yearbook, (
        ("inbound_trips", "", "2019-12-31", 3_769_000), ("日本", "", "2023-12-31", 85_000),
        ("旅游外汇收入", "", "2019-12-31", 5_190_000_000),
    ), mend=OURS),
    Official("nbs.csv", text(NBS, "gb18030"), (
        ("年末总人口", "", "2024-12-31", 1_408_280_000), ("年末总人口", "", "2022-12-31", 1_411_750_000),
        ("自然增长率", "", "2023-12-31", -1.48), ("国内生产总值", "", "2024-12-31", 134_908_350_000_000),
    ), gaps=1),
    Official("yearbook.xlsx", yearbook, (
        ("常住人口", "", "1978-12-31", 8_715_000), ("城镇人口", "", "1978-12-31", 4_790_000),
        ("户籍人口", "", "2023-12-31", 14_277_000), ("外来人口", "", "2023-12-31", 8_232_000),
    ), mend=OURS),
    Official("estat.tsv", text(EUROSTAT), (
        ("B1GQ", "DE", "2023-12-31", 4_185_550_000_000), ("B1GQ", "XK", "2021-12-31", 7_958_500_000),
        ("P3", "DE", "2022-12-31", 2_700_000_200_000),
    ), gaps=3),
    Official("estat.csv", text(SDMX), (
        ("", "AT", "2022-12-31", 136_911_888), ("", "AT", "2023-12-31", 151_144_000),
        ("", "CZ", "2023-12-31", 56_190_000),
    ), gaps=1),
    Official("worldbank.csv", text(WORLD_BANK), (
        ("Population", "Aruba", "1960-12-31", 54_922), ("Population", "Côte d'Ivoire", "2023-12-31", 31_165_654),
        ("GDP", "Aruba", "2021-12-31", 2_929_446_578.21229),
    ), gaps=5, published=""),
    Official("ons.csv", text(ONS_SERIES), (
        ("UK resident population", "United Kingdom", "2019-06-30", 66_796_800),
        ("UK resident", "United Kingdom", "2021-06-30", 67_026_300),
    )),
    Official("ons.xlsx", ons_workbook, (
        ("Europe", "United Kingdom", "2019-12-31", 29_000_000),
        ("North America", "United Kingdom", "2023-12-31", 6_200_000),
    ), gaps=2, published=""),
    Official("oecd.csv", text(OECD), (
        ("Population", "France", "2022-12-31", 68_059_500), ("Population", "Germany", "2023-12-31", 84_482_200),
    )),
    Official("census.csv", text(CENSUS), (
        ("POPESTIMATE", "Alabama", "2023-12-31", 5_108_468),
        ("POPESTIMATE", "United States", "2020-12-31", 331_526_933),
        ("NPOPCHG", "Puerto Rico", "2023-12-31", -14_446),
    )),
    Official("census.xlsx", census_workbook, (
        ("Population Estimate", "United States", "2020-07-01", 331_526_933),
        ("Population Estimate", "Alabama", "2023-07-01", 5_108_468), ("Base", "Alabama", "2020-04-01", 5_024_356),
    )),
    Official("districts.csv", text(DISTRICTS, "gb18030"), (
        ("总量", "beijing", "2023-12-31", 4_376_070_000_000), ("总量", "海淀区", "2023-12-31", 1_102_020_000_000),
        ("比重", "beijing/chaoyang", "2023-12-31", 19.1), ("常住人口", "东城区", "2023-12-31", 703_000),
        ("增长", "海淀区", "2023-12-31", 6.0),
    ), gaps=1),
    Official("communes.csv", text(FRENCH, "cp1252"), (
        ("Population", "Saint-Étienne", "2021-12-31", 172_718), ("Population", "Curaçao", "2022-12-31", 152_000),
    )),
    Official("quoten.csv", text(GERMAN, "cp1252"), (
        ("Arbeitslosenquote", "Baden-Württemberg", "2021-12-31", 3.9), ("quote", "Thüringen", "2023-12-31", 5.9),
    )),
    Official("bounds.csv", text(BOUNDS, "utf-8-sig"), (
        ("sister_cities", "", "2024-12-31", 280), ("外贸企业", "", "2024-12-31", 32_000),
        ("外贸企业", "", "2025-12-31", 35_000), ("inbound_trips", "", "2024-12-31", 3_210_000),
        ("实际利用外资", "", "2024-12-31", 109_850_000_000),
    ), gaps=1),
    Official("sections.csv", text(SECTIONS), (
        ("人口 / 常住人口", "", "2023-12-31", 21_858_000), ("人口 / 男性", "", "2023-12-31", 11_143_000),
        ("就业 / 男性", "", "2022-12-31", 6_002_000),
    ), mend=OURS),
    Official("statcan.csv", text(STATCAN), (
        ("", "Canada", "2022-07-31", 38_929_902), ("", "Canada", "2023-07-31", 40_083_484),
    ), gaps=1),
    Official("months.xlsx", percent_by_month, (
        ("失业率", "", "2024-02-29", 4.1), ("失业率", "", "2025-01-31", 3.9),
        ("inbound_trips", "", "2024-02-29", 131_000),
    )),
)  # fmt: skip
