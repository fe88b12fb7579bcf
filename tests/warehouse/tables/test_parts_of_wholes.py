"""What stands under or behind a whole: its parts have its unit, its rows its place, its codes no figures."""

from __future__ import annotations

from typing import Any

import pytest

DISTRICTS = (
    "POPULATION BY DISTRICTS AND AGE\nDistricts,Population 2012,,Population 2021,\n"
    "Age (years),Male,Female,Male,Female\n"
    "Total,35,37,31,33\n0 - 4,18,17,14,13\n60 - 64,9,8,7,6\nBlagoevgrad,15,16,14,15\n0 - 4,8,7,6,5\n60 - 64,2,3,1,4\n"
)
INWARD = (
    "日本の国・地域別対内直接投資,,,\n,,,（単位：100万ドル）\n国・地域,,2019年,2020年\nアジア,,7842,6912\n,中国,1861,1250\n"
    ",香港,1202,2055\n,韓国,624,-88\n北米,,7105,18822\n,米国,6921,18604\n"
)
ARRIVALS = (
    "Continente;cod continente;UF;cod uf;ano;Chegadas\nÁfrica;1;Acre;1;2018;7\nÁfrica;1;Acre;1;2019;5\n"
    "Europa;3;Acre;1;2018;4\nEuropa;3;Acre;1;2019;6\nÁfrica;1;Bahia;5;2018;9\nÁfrica;1;Bahia;5;2019;3\n"
)
PRICES = (
    "FREQ,Frequency,REF_AREA,Reference area,VALUE,Value,UNIT_MEASURE,Unit of measure,Series,2021-Q3,2021-Q4\n"
    'Q,Quarterly,AT,Austria,N,Nominal,628,"Index, 2010 = 100",Q:AT:N:628,179.5,183.3\n'
    'Q,Quarterly,AT,Austria,R,Real,628,"Index, 2010 = 100",Q:AT:R:628,118.7,118.9\n'
    'Q,Quarterly,DE,Germany,N,Nominal,628,"Index, 2010 = 100",Q:DE:N:628,162.1,166.3\n'
    'Q,Quarterly,DE,Germany,N,Nominal,771,"Year-on-year changes, in per cent",Q:DE:N:771,12.9,13.2\n'
)


def test_columns_that_are_parts_have_the_unit_of_the_column_before_them(bring: Any) -> None:
    rows = "朝阳区,344.6,342.7,455.08,12\n东城区,70.4,70.4,41.86,9\n"
    found = bring(f"各区人口(2023年),,,,\n地区,年末常住人口（万人）,#城镇人口,土地面积（平方公里）,户数\n{rows}")
    assert found.told("C3")[3] == "3427000"
    assert found.told("E3")[3] == "12"


def test_rows_set_under_a_row_have_its_unit_and_its_name(bring: Any) -> None:
    rows = "会展收入（亿元）,363.5\n  会议收入,151.4\n    #国际会议收入,14\n接待会议（个）,840\n  增长率,3.5\n"
    found = bring(f"项目,2019年\n{rows}")
    told = [found.told(f"B{row}")[3] for row in range(2, 7)]
    assert told == ["3.635e+10", "1.514e+10", "1400000000", "840", "3.5"]
    assert [found.told(f"B{row}")[0] for row in (3, 4)] == [
        "会展收入 / 会议收入 [亿元]",
        "会展收入 / 会议收入 / 国际会议收入 [亿元]",
    ]


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("接待游客（万人次）", "A级景区数"), ("一般公共预算收入（亿元）", "人均可支配收入"),
        ("工业总产值（亿元）", "企业单位数"),
        ("外汇储备（亿美元）", "黄金储备（万盎司）"), ("Passengers (thousands)", "Load factor"),
        ("Revenue (million euros)", "Occupancy"),
    ],
)  # fmt: skip
def test_what_is_counted_otherwise_does_not_take_the_unit_of_the_row_above(whole: str, part: str, bring: Any) -> None:
    found = bring(f"项目,2022年,2023年\n{whole},300,310\n  {part},60,61\n")
    assert found.told("C3")[3] == "61"
    assert "unit_inherited" not in {code for code, _ in found.doubts}


def test_a_unit_taken_from_the_row_or_column_before_is_told(bring: Any) -> None:
    found = bring("项目,2022年,2023年\n接待游客（万人次）,300,310\n  国内游客,60,61\n")
    assert ("unit_inherited", "国内游客") in found.doubts


def test_a_column_that_is_a_part_takes_its_unit_only_where_it_counts_the_same(bring: Any) -> None:
    heads = "地区,接待游客（万人次）,其中：外国人,其中：旅行社数\n"
    found = bring(f"旅游(2023年),,,\n{heads}朝阳区,344,34,12\n东城区,70,7,9\n")
    assert [found.told(f"{c}3")[3] for c in "CD"] == ["340000", "12"]


def test_rows_whose_labels_come_again_are_of_the_place_above_them(bring: Any) -> None:
    found = bring(DISTRICTS)
    assert "places = true" in found.mapping
    assert [code for code, _ in found.doubts].count("places_above_rows") == 1
    assert found.told("D7")[:2] == ("Population / Male", "Blagoevgrad")
    assert found.told("E8")[:2] == ("0 - 4 / Population / Female", "Blagoevgrad")


def test_a_region_and_then_its_countries_in_the_next_column_are_one_column_of_names(bring: Any) -> None:
    found = bring(INWARD, whose="")
    assert not found.landing.refused
    assert found.told("C5") == ("日本の国・地域別対内直接投資 / 中国", "日本", "2019-12-31", "1861000000")
    assert found.told("D8")[0::3] == ("日本の国・地域別対内直接投資 / 北米", "1.8822e+10")


def test_numbers_that_go_with_the_words_of_a_column_of_the_same_name_are_its_codes(bring: Any) -> None:
    found = bring(ARRIVALS)
    assert {cell[0] for cell in found.cells} == {"F"}


def test_words_are_read_rather_than_the_codes_left_of_them_or_the_key_of_the_series(bring: Any) -> None:
    found = bring(PRICES)
    assert found.told("J3")[:2] == ("Real [Index, 2010 = 100]", "Austria")
    assert found.told("J5")[0] == "Nominal [Year-on-year changes, in per cent]"


@pytest.mark.parametrize("unit", ["亿元", "100 million yuan"])
def test_a_unit_that_the_steward_gives_the_table_is_that_of_labels_without_one(unit: str, bring: Any) -> None:
    said = ("indicator, entity, period, unit: for", f'\nunit = "{unit}"\n# indicator, entity, period, unit: for')
    found = bring("项目,2022,2023\n甲,119.4,288.7\n乙（万人）,74.1,132.8\n", said)
    assert (found.told("B2")[3], found.told("C3")[3]) == ("1.194e+10", "1328000")


def test_a_month_that_lost_its_zero_is_october(bring: Any) -> None:
    rows = "".join(f"{month},{n}\n" for n, month in enumerate(["1999.09", "1999.1", "1999.11", "2000.01"], 5))
    found = bring(f"Period,Trips\n{rows}")
    assert [found.told(f"B{row}")[2] for row in (2, 3, 4)] == ["1999-09-30", "1999-10-31", "1999-11-30"]


def test_december_alone_is_no_sign_that_january_lost_a_zero(bring: Any) -> None:
    found = bring("月份,价格（元）\n2019.1,55\n2019.12,65\n2020.1,56\n2020.12,68\n")
    assert [found.told(f"B{row}")[2] for row in (2, 3)] == ["2019-01-31", "2019-12-31"]


def test_figures_under_the_name_of_a_place_are_not_its_codes(bring: Any) -> None:
    rows = "Ohio,117,2021,5\nOhio,117,2022,6\nIowa,31,2021,7\nIowa,31,2022,8\n"
    assert {cell[0] for cell in bring(f"State,State population,Year,Cases\n{rows}").cells} == {"B", "D"}


def test_a_period_that_the_steward_gives_a_column_is_not_moved(bring: Any) -> None:
    body = "學校名稱,在學人數,上學年度畢業生人數\n國立政治大學,5,4\n國立清華大學,6,3\n"
    given = '[headings.C]\nperiod = "2015-07-31"\n\n[defaults]\nperiod = "2016-07-31"\n'
    found = bring(body, ('\nperiod = ""', ""), ("[defaults]\n", given))
    assert [found.told(f"{c}2")[2] for c in "BC"] == ["2016-07-31", "2015-07-31"]


def test_a_school_year_of_the_republic_is_read_below_headings_of_two_rows(bring: Any) -> None:
    rows = "96,12556,12137,9450\n97,13223,12661,10047\n98,13000,12500,10000\n"
    found = bring(f"各級學校在學僑生人數,,,\n學年度,總 計,各級學校,\n,,計,公私立大學\n{rows}")
    assert found.told("B4")[2] == "2008-07-31"
    assert found.told("D5")[::3] == ("各級學校 / 公私立大學", "10047")


def test_of_units_in_one_line_a_column_takes_the_one_that_its_heading_states(bring: Any) -> None:
    heads = "项目,2024.01,,2024.02,\n,100million USD,100million SDR,100million USD,100million SDR\n"
    found = bring(f"官方储备资产,,,,\n单位：亿美元/亿SDR,,,,\n{heads}外汇储备,31,22,33,24\n黄金,5,6,7,8\n")
    assert found.told("C5") == ("外汇储备 [100million SDR]", found.told("B5")[1], "2024-01-31", "2200000000")
    assert len({found.cells[cell].indicator for cell in ("B5", "C5")}) == 2


def test_a_new_name_comes_in_only_with_a_figure_of_it(bring: Any) -> None:
    left_out = ('"口岸 [个]" = {', '"口岸 [个]" = { ignore = true,')
    found = bring("指标,2022,2023\n机场（个）,21,22\n车站（个）,13,14\n口岸（个）,31,32\n", left_out)
    told = [note.params for note in found.landing.remarks if note.code == "names_new"]
    assert "机场" in str(told)
    assert "口岸" not in str(told)
