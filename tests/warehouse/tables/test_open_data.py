"""Tables as open-data portals and yearbooks keep them: columns that describe, that sort, and headings in pieces."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from warehouse.catalogue import Catalogue
from warehouse.records import Entity, Text
from warehouse.tables.complete import complete
from warehouse.tables.grid import Grid
from warehouse.tables.headings import read_heading
from warehouse.tables.lines import telling
from warehouse.tables.mapping import IndicatorRule, Mapping
from warehouse.tables.measures import measure_of
from warehouse.tables.nations import nations_in
from warehouse.tables.two_years import later_alone, over_two_years
from warehouse.tables.units import take_unit
from warehouse.tables.year_parts import part_of

FLIGHTS = (
    "Activity Period,Operating Airline,IATA Code,GEO Summary,Terminal,Pier,Activity Type Code,Passenger Count\n"
    "200507,Air Nova,NV,Domestic,Terminal 1,B,Deplaned,27271\n"
    "200507,Air Nova,NV,Domestic,Terminal 1,B,Enplaned,29131\n"
    "200508,Air Nova,NV,Domestic,Terminal 1,B,Deplaned,1902\n"
    "200508,Air Nova,NV,Domestic,Terminal 1,B,Enplaned,2010\n"
)
BOROUGHS = (
    "City,Inner or outer,Population 2017,Largest group abroad,Jobs 2015\n"
    "Camden,Inner,242500,United States,375000\nBarking,Outer,209000,Nigeria,58900\nBarnet,Outer,389600,India,167300\n"
    "Bexley,Outer,244300,Nigeria,80700\n"
)
AIRPORTS = (
    "Busiest airports 2023,,,\nRank,Airport,Total passengers,% change\n,,2023,vs 2022\n"
    "1,Beijing,104,11.7\n2,Shanghai,86,31.7\n"
    "Cargo,,,\nRank,Airport,Total cargo,% change\n,,2023,vs 2022\n1,Shanghai,4331,3.2\n2,Beijing,3881,-4.0\n"
)
PORTS = (
    "2024年11月港口吞吐量,,\n编制单位：规划司,,2024年11月\n地区,货物（万吨）,增长（%）\n总计,1606812,3.4\n辽宁合计,70315,-0.6\n"
    "大连,29544,1.3\n"
)
STAYS = (
    ";2022;2023\nTurystyka;;\nKorzystający z noclegów w tys.;3340,7;3905,1\n"
    "w tym turyści zagraniczni;1100,4;1377,0\nObiekty;181;189\n"
)


def test_a_variable_and_its_month_in_one_heading(bring: Any) -> None:
    found = bring("region;Overnattinger 2024M01;Overnattinger 2024K1\nNorge;1520;4700\nSverige;1600;5000\n")
    assert found.told("B2")[::2] == ("Overnattinger", "2024-01-31")
    assert found.told("C3")[::2] == ("Overnattinger", "2024-03-31")


@pytest.mark.parametrize(("text", "month"), [("1月 Jan", 1), ("十月 October", 10), ("Jun 6月", 6), ("1月 Feb", 0)])
def test_a_month_in_two_languages_is_one_where_both_say_the_same(text: str, month: int) -> None:
    part = part_of(text)
    assert (part.first if part else 0) == month


@pytest.mark.parametrize(
    ("heading", "year", "name"),
    [
        ("vs 2022", 0, "vs 2022"),
        ("比2019年增长", 0, "比2019年增长"),
        ("2023年比2019年增长", 2023, "增长 比2019年"),
        ("% change 2023 vs 2022", 2023, "% change"),
        ("占比2023", 2023, "占比"),
    ],
)
def test_the_year_compared_with_is_not_the_years_of_the_figure(heading: str, year: int, name: str) -> None:
    found = read_heading(heading)
    assert (found.period.end.year if found.period else 0, found.name) == (year, name)


def test_a_mapping_may_date_what_has_no_date_by_a_school_year(bring: Any) -> None:
    body = (
        "Students abroad,,,\nCountry,2022/23,2023/24,% of total\nChina,289526,277398,24.6\nIndia,268923,331602,29.4\n"
    )
    found = bring(body, ("year_ends = 0", "year_ends = 6"), ('period = ""', 'period = "2023/24"'))
    assert ("period_needed", "% of total") in found.doubts
    assert {found.told(cell)[2] for cell in ("C3", "D3", "D4")} == {"2024-06-30"}
    assert found.told("B3")[2] == "2023-06-30"


def test_growth_over_two_school_years_is_of_the_later(bring: Any) -> None:
    body = "Pays,2022-23,2023-24,Évolution 2023-24 / 2022-23 (en %)\nFrance,100,110,10.0\nItalie,50,51,2.0\n"
    found = bring(body, ("year_ends = 0", "year_ends = 8"))
    assert found.told("D2")[1:] == ("France", "2024-08-31", "10")
    assert later_alone("Évolution 2021-22 / 2019-20") == "Évolution 2021-22 / 2019-20"
    assert over_two_years("Part en 2023-24", 9) == "Part en 2023年9月-2024年8月"


def test_a_code_without_which_two_rows_would_say_the_same_is_read_and_told(bring: Any) -> None:
    found = bring(FLIGHTS, whose="san_francisco")
    assert ("column_tells_apart", "Activity Type Code") in found.doubts
    assert found.told("H4")[2:] == ("2005-08-31", "1902")
    assert len(found.cells) == 4
    assert {found.told(cell)[0] == found.told(other)[0] for cell, other in (("H2", "H4"), ("H3", "H5"))} == {True}
    assert found.told("H2")[0] != found.told("H3")[0]


def test_what_only_describes_a_place_is_left_out_and_told(bring: Any) -> None:
    found = bring(BOROUGHS)
    assert {text for code, text in found.doubts if code == "words_left_out"} == {
        "Inner or outer",
        "Largest group abroad",
    }
    assert found.told("C2") == ("Population", "Camden", "2017-12-31", "242500")
    assert {o.phrase for o in found.cells.values()} == {"Population", "Jobs"}


def test_the_level_of_a_place_is_no_name_of_a_figure(bring: Any) -> None:
    body = "Area,Level,2022,2023\nBudapest,capital,1,2\nPest,county,3,4\nFejér,county,5,6\nTolna,county,7,8\n"
    found = bring(f"Average wages\n{body}")
    assert ("words_left_out", "Level") in found.doubts
    assert {o.indicator for o in found.cells.values()} == {"average_wages"}


def test_a_table_ends_where_other_headings_begin(bring: Any) -> None:
    found = bring(AIRPORTS)
    assert [code for code, _ in found.doubts].count("another_table") == 1
    assert found.told("C4") == ("Total passengers", "Beijing", "2023-12-31", "104")
    assert found.told("D4") == ("Total passengers / % change / vs 2022 [%]", "Beijing", "2023-12-31", "11.7")
    assert max(int(cell[1:]) for cell in found.cells) == 5


def test_a_growth_beside_two_things_is_of_neither(bring: Any) -> None:
    found = bring("Tourism 2023,,,\nCity,Visitors,Receipts,% change\nBeijing,1,2,3.5\nShanghai,4,5,6.5\n")
    assert found.told("D3")[0] == "% change [%]"


def test_a_city_says_more_of_a_row_than_its_province(bring: Any) -> None:
    found = bring("年份,省份,城市,地区生产总值（亿元）\n2022,广东省,广州市,28839\n2022,四川省,成都市,20818\n")
    assert [found.told(cell)[1] for cell in ("D2", "D3")] == ["广州市", "成都市"]


def test_the_sum_of_a_province_is_the_provinces(bring: Any) -> None:
    found = bring(PORTS)
    assert found.told("B5") == ("货物 [万吨]", "辽宁", "2024-11-30", "703150000")
    assert found.told("B4")[1] == "总计"


@pytest.mark.parametrize(
    "body",
    [
        "jahr,ankuenfte,deutschland\n2016,406052,676094\n2017,412000,680100\n",
        "高等教育学校数,,\n,2022年,2023年\n普通高校,2760,2822\n",
        "Universities,,\n,2022,2023\nRegular,2760,2822\n",
    ],
)
def test_whose_a_table_is_that_names_no_place_is_asked(body: str, bring: Any) -> None:
    found = bring(body, whose="somewhere")
    assert ("entity_needed", "entity") in found.doubts
    assert {found.names[o.entity] for o in found.cells.values()} == {"somewhere"}


def test_a_table_that_speaks_of_the_city_may_be_ours(bring: Any) -> None:
    found = bring("全市主要指标,,\n,2022年,2023年\n展览场馆,12,13\n")
    assert {found.names[o.entity] for o in found.cells.values()} == {"Beijing"}


def test_a_scale_behind_a_label_holds_for_its_parts_too(bring: Any) -> None:
    found = bring(STAYS, whose="warsaw")
    assert found.told("B3")[3] == "3340700"
    assert found.told("C4")[3] == "1377000"
    assert found.told("C5")[3] == "189"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Indicadores de la Ciudad de México", {"Ciudad de México"}),
        ("Hotels in Mexico City", {"Mexico City"}),
        ("Population of New Mexico", {"New Mexico"}),
        ("Población de México", {"México"}),
    ],
)
def test_a_city_or_region_named_after_a_country_is_not_the_country(text: str, names: set[str]) -> None:
    assert nations_in(text) == names


def test_a_label_that_a_correction_brings_gets_a_name_of_its_own() -> None:
    long = "Institutions under the central ministries and agencies of the state, "
    rows = (("", f"{long}education", f"{long}others"), ("Regular", "76", "43"), ("Adult", "1", "12"))
    grid = Grid(name="t", rows=rows)
    catalogue = Catalogue(entities={"aa": Entity(slug="aa", name=Text(en="A", zh="A"))}, default_entity="aa")
    mapping = Mapping(
        header_rows=(1,), first_row=2, columns={1: "indicator", 3: "value"},
        defaults={"entity": "aa", "period": "2023"},
    )  # fmt: skip
    first = complete(mapping, grid, catalogue).mapping
    both = complete(replace(first, columns={1: "indicator", 2: "value", 3: "value"}), grid, catalogue).mapping
    slugs = [rule.slug for rule in both.indicators.values()]
    assert all(isinstance(rule, IndicatorRule) for rule in both.indicators.values())
    assert len(slugs) == len(set(slugs)) == 4
    assert {label: both.indicators[label] for label in first.indicators} == dict(first.indicators)


@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("Passenger Count", "flow"), ("Dom_Pax_In", "flow"), ("Aircraft movements", "flow"), ("授予学位数", "flow"),
        ("在校学生数", "stock"),
    ],
)  # fmt: skip
def test_what_moves_in_a_month_is_a_flow(name: str, measure: str) -> None:
    assert measure_of(name, None) == measure


def test_a_title_with_its_number_is_the_title() -> None:
    title = "File 12: Annual population of urban agglomerations"
    assert telling(title) > telling("World Urbanization Prospects: The 2018 Revision")


@pytest.mark.parametrize(
    ("days", "order", "first"),
    [("02-01-2021 13-01-2021", "", "2021-01-02"), ("02/13/2021 02/01/2021", "", "2021-02-13"),
     ("02-01-2021 03-01-2021", "dmy", "2021-01-02"), ("02-01-2021 03-01-2021", "mdy", "2021-02-01")],
)  # fmt: skip
def test_one_column_has_one_order_of_days_and_months(days: str, order: str, first: str, bring: Any) -> None:
    body = "Date,Arrivals,Departures\n" + "".join(f"{day},{n},{n + 5}\n" for n, day in enumerate(days.split(), 10))
    found = bring(body, *([('date_order = ""', f'date_order = "{order}"')] if order else []))
    assert (("date_order_unknown", "date_order") in found.doubts) == bool(order)
    assert found.told("B2")[2] == first
    assert not found.landing.refused


def test_dates_that_may_be_either_are_refused_until_somebody_says(bring: Any) -> None:
    found = bring("Date,Arrivals\n02-01-2021,10\n03-01-2021,12\n")
    assert [f.text for f in found.landing.refused] == ["10", "12"]


def test_a_heading_does_not_reach_into_the_next_group(bring: Any) -> None:
    body = (
        "全市学校,,,,\n年份,在校学生数,,教职工数,\n,,#研究生,,#专任教师\nYear,Students,Graduates,Staff,Teachers\n"
        "2022,500,100,80,50\n2023,510,110,82,51\n"
    )
    found = bring(body)
    assert "研究生" in found.told("C5")[0]
    assert "研究生" not in found.told("D5")[0]
    assert "教职工数" in found.told("D5")[0]


def test_a_school_year_in_a_column_is_a_period_once_its_end_is_said(bring: Any) -> None:
    body = "UKPRN,Provider,Country,Sex,Academic year,Number\n"
    rows = [(10007783, "Aberdeen", "F"), (10007783, "Aberdeen", "M"), (10007790, "Edinburgh", "F"),
            (10007790, "Edinburgh", "M")]  # fmt: skip
    body += "".join(f"{n},{name},Scotland,{sex},2021/22,{5 * i}\n" for i, (n, name, sex) in enumerate(rows, 1))
    found = bring(body, ("year_ends = 0", "year_ends = 7"))
    assert ("column_left_out", "UKPRN") in found.doubts
    assert ("year_ends_unknown", "year_ends") in found.doubts
    assert found.told("F3")[2:] == ("2022-07-31", "10")
    assert len(found.cells) == 4


def test_a_date_told_beside_its_word_above_the_table_is_the_tables(bring: Any) -> None:
    found = bring('annual survey\n"date","2023"\n\n"area","jobs","rate"\nCamden,375000,5.1\nBarnet,167300,6.2\n')
    assert found.told("B5")[1:] == ("Camden", "2023-12-31", "375000")


def test_of_two_headings_neither_place_is_the_tables(bring: Any) -> None:
    found = bring("Quarter,London rate,UK rate,Year\nQ1,7.8%,6.8%,2014\nQ2,7.1%,6.3%,2014\n", whose="somewhere")
    assert ("entity_needed", "entity") in found.doubts


def test_codes_and_notes_of_places_are_no_figures(bring: Any) -> None:
    body = "Index,Country,Notes of destination,Location code of destination,2019,2020\n1,Kenya,2,404,5,6\n"
    found = bring(f"Migrants\n{body}2,Peru,,604,7,8\n")
    assert sorted(found.cells) == ["E3", "E4", "F3", "F4"]


def test_of_two_columns_of_places_it_is_told_which_is_taken_for_the_owner(bring: Any) -> None:
    pairs = [("Peru", "Chile"), ("Peru", "Kenya"), ("Mali", "Chile"), ("Mali", "Kenya")]
    rows = "".join(f"2020,{a},{b},{n}\n" for n, (a, b) in enumerate(pairs, 5))
    found = bring(f"Year,Country of origin,Country of asylum,Refugees\n{rows}")
    assert [code for code, _ in found.doubts].count("places_compete") == 1
    assert len({found.told(f"D{row}")[:2] for row in range(2, 6)}) == 4


@pytest.mark.parametrize(
    ("line", "years", "last"),
    [
        ("（各年5月1日現在）", ("令和4年度", "令和5年度"), "2023-05-01"),
        ("Population as at 30 June each year", ("2022", "2023"), "2023-06-30"),
        ("Population as at 30 June 2020", ("2022", "2023"), "2023-12-31"),
    ],
)
def test_a_day_of_every_year_above_the_table_is_that_of_its_years(
    line: str, years: tuple[str, str], last: str, bring: Any
) -> None:
    found = bring(f"{line},,\n国・地域,{','.join(years)}\n中国,103882,115493\n韓国,13701,14946\n")
    assert found.told("C3")[2:] == (last, "115493")


def test_a_second_name_of_the_place_is_no_name_of_a_figure(bring: Any) -> None:
    body = "城市,type,数值,date\n" + "".join(
        f"{zh},{en},{n},{year}\n"
        for zh, en in (("北京", "BeiJing"), ("上海", "ShangHai"))
        for n, year in ((5, 2022), (6, 2023))
    )
    found = bring(f"商品房价格,,,\n{body}")
    assert ("words_left_out", "type") in found.doubts
    assert len({o.indicator for o in found.cells.values()}) == 1


def test_a_column_that_sorts_rows_in_its_own_way_is_told_where_it_is_left_out(bring: Any) -> None:
    rows = [("Camden", 2010, "estimate", 1), ("Camden", 2011, "projection", 2), ("Barnet", 2010, "estimate", 3),
            ("Barnet", 2011, "estimate", 4)]  # fmt: skip
    body = "Area,Year,Source,Population\n" + "".join(f"{a},{y},{s},{n}\n" for a, y, s, n in rows)
    assert ("words_unread", "Source: estimate, projection") in bring(body).doubts


def test_numbers_of_lines_are_no_figures(bring: Any) -> None:
    found = bring("国际收支平衡表,,,\n项目,行次,2022年,2023年\n经常账户,1,10,12\n贷方,2,30,33\n", whose="china")
    assert sorted(found.cells) == ["C3", "C4", "D3", "D4"]


def test_cells_that_end_in_a_tab_are_parted_by_commas(bring: Any) -> None:
    found = bring("地区\t,2023年\t,2022年\t,\n北京市\t,8536.94\t,7947.51\t,\n天津市\t,1928.56\t,1650.87\t,\n", whose="")
    assert found.told("B2")[1:] == ("Beijing", "2023-12-31", "8536.94")
    assert found.told("C3")[2:] == ("2022-12-31", "1650.87")


def test_taiwans_school_years_and_what_is_of_the_year_before(bring: Any) -> None:
    body = "學年度,學校名稱,在學學生人數,上學年度畢業生人數\n112,國立臺灣大學,30,5\n112,國立政治大學,20,4\n"
    found = bring(body)
    assert found.told("C2") == ("在學學生人數", "國立臺灣大學", "2024-07-31", "30")
    assert found.told("D2") == ("畢業生人數", "國立臺灣大學", "2023-07-31", "5")


@pytest.mark.parametrize(
    ("text", "size"), [("播出集数(万集)", 1e4), ("包裹（亿件）", 1e8), ("用户（万桩）", 1e4), ("重庆(万州)", 1)]
)
def test_ten_thousands_of_anything_are_a_unit(text: str, size: float) -> None:
    unit, _ = take_unit(text)
    assert (unit.multiplier if unit else 1) == size


def test_a_census_of_the_nation_is_no_place(bring: Any) -> None:
    body = (
        "常住人口,,\n年份,人口（万人）,密度\n2020,2189,1334\n2021,2188.6,1333\n注：2020年为第七次全国人口普查数据。,,\n"
    )
    assert ("entity_needed", "entity") in bring(body).doubts


@pytest.mark.parametrize(
    ("office", "asked"), [("国家统计局青羊调查总队", True), ("国家统计局", False), ("商务部", False)]
)
def test_a_national_office_stands_for_the_nation_and_its_local_branch_does_not(
    office: str, asked: bool, bring: Any
) -> None:
    found = bring(f"居民收入,,\n年份,收入（元）,支出（元）\n2022,10,9\n2023,12,10\n资料来源：{office},,\n")
    assert (("entity_needed", "entity") in found.doubts) == asked


def test_rows_stand_under_the_nearest_that_is_less_indented(bring: Any) -> None:
    body = (
        "2024年10月邮政业务,,,\n指标名称,单位,累计,当月\n"
        "一、邮政业务收入,亿元,13777,1503\n    其中：快递收入,亿元,11343,1272\n"
        "        同城,亿元,613,68\n        其他,亿元,4004,424\n"
        "二、寄递业务量,亿件,1549,179\n    其中：快递量,亿件,1400,163\n"
        "        同城,亿件,127,14\n        其他,亿件,30,3\n    函件,万件,69154,6217\n"
    )
    found = bring(body)
    assert "快递收入 / 同城" in found.told("C5")[0]
    assert "快递量 / 其他" in found.told("D10")[0]
    assert found.told("C11")[3] == "691540000"
    starts = {cell: found.cells[cell].period_start.isoformat() for cell in ("C11", "D11", "C3", "D3")}
    assert starts == {"C11": "2024-01-01", "D11": "2024-10-01", "C3": "2024-01-01", "D3": "2024-10-01"}


def test_days_that_begin_and_end_a_period_are_one_span_and_its_code_no_name(bring: Any) -> None:
    rows = [
        ("01_10/11", "2010-04-01", "2010-05-01", 189.1),
        ("02_10/11", "2010-05-02", "2010-05-29", 181.6),
        ("03_10/11", "2010-05-30", "2010-06-26", 175.9),
        ("04_10/11", "2010-06-27", "2010-07-24", 183.4),
    ]
    body = "Name of period,Period beginning,Period ending,Bus journeys (m)\n"
    found = bring(body + "".join(f"{a},{b},{c},{n}\n" for a, b, c, n in rows), whose="london")
    assert ("words_left_out", "Name of period") in found.doubts
    assert found.told("D2")[::2] == ("Bus journeys [million]", "2010-05-01")
    assert found.told("D2")[3] == "189100000"
    assert found.cells["D2"].period_start.isoformat() == "2010-04-01"


def test_a_second_column_of_dates_is_told_where_it_is_left_out(bring: Any) -> None:
    body = "Month,Updated,Arrivals\n2024-01,2024-03-05,10\n2024-02,2024-04-04,12\n2024-03,2024-05-06,14\n"
    found = bring(body)
    assert ("dates_left_out", "Updated") in found.doubts
    assert found.told("C2")[2] == "2024-01-31"


def test_districts_within_boroughs_are_the_places_and_their_numbers_no_figures(bring: Any) -> None:
    names = [("Bronx", 1, "Melrose"), ("Bronx", 2, "Hunts"), ("Queens", 1, "Astoria"), ("Queens", 2, "Woodside")]
    rows = "".join(f"{a},{n},{b},{100 + n},{200 + n}\n" for a, n, b in names)
    found = bring(f"Borough,CD_Number,CD_Name,Population_2000,Population_2010\n{rows}")
    assert found.told("E4") == ("Population", "Astoria", "2010-12-31", "201")
    assert sorted(cell[0] for cell in found.cells) == ["D"] * 4 + ["E"] * 4


def test_levels_of_places_are_no_names_though_one_place_stands_on_two(bring: Any) -> None:
    places = [("NUTS I", "Continente"), ("NUTS I", "Madeira"), ("NUTS II", "Norte"), ("NUTS II", "Algarve"),
              ("NUTS II", "Madeira"), *(("Municipality", f"Town {n}") for n in "ABCDEFGHIJ")]  # fmt: skip
    rows = "".join(f"{level},{place},{1000 + n},{1100 + n}\n" for n, (level, place) in enumerate(places) if n != 4)
    found = bring(f"Level,Area,2011,2021\n{rows}NUTS II,Madeira,1001,1101\n")
    assert ("words_left_out", "Level") in found.doubts
    assert len({o.indicator for o in found.cells.values()}) == 1


@pytest.mark.parametrize("head", ["date,year", "year,date"])
def test_of_a_year_and_a_day_in_it_the_day_dates_the_row(head: str, bring: Any) -> None:
    days = [{"date": f"2024-0{n}-15", "year": "2024"} for n in (1, 2, 3)]
    rows = "".join(f"{','.join(day[name] for name in head.split(','))},{n}\n" for n, day in enumerate(days, 10))
    found = bring(f"{head},visitors\n{rows}")
    assert [found.told(f"C{n}")[2] for n in (2, 3, 4)] == ["2024-01-15", "2024-02-15", "2024-03-15"]
    assert not found.landing.refused


def test_indicators_each_of_a_year_of_its_own_stay_apart(bring: Any) -> None:
    names = ("Fountains", "Kiosks", "Bridges", "Gardens")
    rows = "".join(f"{name},{2019 + n},{n + 1}\n" for n, name in enumerate(names))
    found = bring(f"Indicator,Year,Value\n{rows}")
    assert [found.told(f"C{n}")[0] for n in (2, 3, 4, 5)] == list(names)


def test_what_is_counted_in_one_city_each_is_no_place(bring: Any) -> None:
    found = bring(
        "City,What,2022,2023\nBeijing,Hotels,1,2\nBeijing,Beds,3,4\nShanghai,Museums,5,6\nShanghai,Flights,7,8\n"
    )
    assert found.told("C3")[:2] == ("Beds", "Beijing")
    assert found.told("D5")[:2] == ("Flights", "Shanghai")
