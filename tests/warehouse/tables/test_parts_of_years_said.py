"""A part of the year that a title, a row's label or the word "this month" says, and names that need the row above."""

from __future__ import annotations

from typing import Any

import pytest

from warehouse.errors import Invalid
from warehouse.tables.days_meant import stock_days_in
from warehouse.tables.headings import read_heading

DISTRICT = (
    "2024年1-11月朝阳区主要经济指标,,\n指标,本月,累计\n一般公共预算收入（亿元）,51.2,612.4\n"
    "地区生产总值（亿元）（1-3季度）,,6312.4\n  第二产业,,402.1\n社会消费品零售总额（亿元）,210.3,2312.4\n"
)
DAYS = ("11-30", "09-30", "09-30", "11-30")


def test_a_rows_own_part_of_the_year_is_its_period_and_that_of_the_rows_set_in_below(bring: Any) -> None:
    found = bring(DISTRICT)
    assert [found.told(f"C{row}")[2] for row in (3, 4, 5, 6)] == [
        "2024-11-30",
        "2024-09-30",
        "2024-09-30",
        "2024-11-30",
    ]


def test_this_month_is_the_last_of_the_months_of_the_title(bring: Any) -> None:
    found = bring(DISTRICT)
    starts = [found.cells[cell].period_start.isoformat() for cell in ("B3", "C3")]
    assert starts == ["2024-11-01", "2024-01-01"]


@pytest.mark.parametrize(
    ("title", "end"),
    [("Trips by age, Quarter III: July-September", "09-30"), ("Trips, January to March", "03-31"), ("Trips", "12-31")],
)
def test_a_part_of_the_year_in_the_title_is_that_of_the_years_in_the_headings(title: str, end: str, bring: Any) -> None:
    found = bring(f'"{title}",,\nAge,2017,2018\n15-24,11,12\n25-44,13,14\n')
    assert found.told("C4")[2] == f"2018-{end}"
    assert [code for code, _ in found.doubts].count("part_from_title") == (end != "12-31")


def test_rows_set_in_under_a_figure_bear_its_name(bring: Any) -> None:
    found = bring(
        "澳門統計,,\n項目,2022,2023\n入境旅客（千人次）,5700,28213\n  中國內地,5100,19049\n  香港,511,7196\n酒店,1,2\n"
    )
    assert found.told("C5")[::3] == ("入境旅客 / 香港 [千人次]", "7196000")
    assert found.told("C6")[0] == "酒店"


def test_of_a_percentage_and_one_unit_the_unit_is_that_of_all_other_columns(bring: Any) -> None:
    body = "国・地域,令和4年,令和5年,構成比\n中国,35,77,12.5\n韓国,31,55,10.0\n"
    found = bring(f"訪都外国人旅行者数,,,\n（単位：千人、％）,,,\n{body}")
    assert [found.told(f"{c}4")[3] for c in "BCD"] == ["35000", "77000", "12.5"]


def test_a_heading_may_be_a_month_of_a_year_in_vietnamese(bring: Any) -> None:
    found = bring(
        "Khách,Thực hiện tháng 11 năm 2024,Năm 2024 so với năm 2023 (%)\nHàn Quốc,31,120.5\nNhật Bản,22,99.1\n"
    )
    assert [found.told(cell)[2] for cell in ("B2", "C2")] == ["2024-11-30", "2024-12-31"]


def test_a_percentage_in_a_column_of_change_is_none_of_its_section(bring: Any) -> None:
    rows = (
        "一、起降架次（架次）,,\n国内,36000,2.8%\n国际,9000,31.0%\n二、旅客（人次）,,\n国内,510,3.1%\n国际,99,40.2%\n"
    )
    found = bring(f"北京首都机场运营数据,,\n项目,2024年12月,同比变化\n{rows}")
    assert found.told("C4")[3] == "2.8"
    assert not found.landing.refused


def test_one_meaning_may_be_given_to_several_columns_at_once(bring: Any) -> None:
    given = ("[defaults]\n", '[headings.B-C]\nperiod = "2017-Q3"\n\n[defaults]\n')
    found = bring("Age,Trips,Nights\n15-24,11,12\n25-44,13,14\n", given, ('period = ""', ""))
    assert {o.period_end.isoformat() for o in found.cells.values()} == {"2017-09-30"}


def test_places_of_blocks_side_by_side_are_each_of_the_figures_right_of_them(bring: Any) -> None:
    head = "PASAJEROS,,CARGA,\nAeropuertos,2024,Aeropuertos,2024\n"
    found = bring(f"{head}Madrid,66,Madrid,76\nPalma,33,Zaragoza,18\nMálaga,24,Vitoria,64\n")
    assert [found.told(cell)[1] for cell in ("B4", "D4")] == ["Palma", "Zaragoza"]


def test_a_total_to_date_is_named_once(bring: Any) -> None:
    found = bring(DISTRICT)
    assert found.told("C3")[0] == "一般公共预算收入 / 累计 [亿元]"


def test_the_middle_and_the_end_of_a_year_are_days_of_it(bring: Any) -> None:
    found = bring(
        "香港人口\n年,年中／年底,人口（千人）\n2021,年中,7413.1\n,年底,7401.5\n2022,年中,7346.1\n,年底,7472.6\n"
    )
    assert [found.told(f"C{r}")[2] for r in (3, 4, 5, 6)] == ["2021-06-30", "2021-12-31", "2022-06-30", "2022-12-31"]


def test_a_total_behind_four_quarters_is_the_year(bring: Any) -> None:
    body = "Purpose,Quarter,2022,2023\nHoliday,1st Qr,1,2\n,2nd Qr,3,4\n,3rd Qr,5,6\n,4th Qr,7,8\n,Sub-Total,16,20\n"
    found = bring("Kenya: visitors\n" + body)
    assert [found.told(f"D{r}")[2] for r in (3, 6, 7)] == ["2023-03-31", "2023-12-31", "2023-12-31"]
    assert found.cells["D7"].period_start.isoformat() == "2023-01-01"


def test_a_total_behind_three_months_is_theirs_where_it_is_their_sum(bring: Any) -> None:
    assert bring("年份,月份,游客\n2024,1月,1\n,2月,2\n,3月,3\n,合计,6\n").told("C5")[2] == "2024-03-31"


def test_a_total_to_date_that_is_no_sum_stays_undated(bring: Any) -> None:
    found = bring("年份,月份,房价\n2024,1月,100\n,2月,110\n,3月,120\n,合计,110\n")
    assert [f.code for f in found.landing.refused] == ["no_period"]


def test_the_whole_year_among_quarters_may_be_said_in_two_scripts(bring: Any) -> None:
    heads = "الاستثمار الأجنبي المباشر,,\nForeign direct investment (Million SAR),,\nYear,Quarter,Inflows\n"
    found = bring(f"{heads}2021,Q1,1\n,Q2,2\n,Q3,3\n,Q4,5\n,Annual السنوي,11\n")
    assert [found.told(f"C{r}")[2::1] for r in (4, 8)] == [("2021-03-31", "1000000"), ("2021-12-31", "11000000")]


def test_a_total_before_its_months_is_theirs(bring: Any) -> None:
    months = lambda year, n: "".join(f"{year},{m}月,{m}\n" for m in range(1, n + 1))  # noqa: E731
    found = bring(f"年份,月份,游客\n2023,合计,78\n{months(2023, 12)}2024,合计,6\n{months(2024, 3)}")
    assert (found.told("C2")[2], found.told("C15")[2]) == ("2023-12-31", "2024-03-31")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("The figures refer to 1 January of the year.", "01-01"), ("Population as of July 1", "07-01"),
        ("各年10月1日現在", "10-01"), ("注：人口数为7月1日零时数", "07-01"), ("Mid-year population estimates", "06-30"),
        ("Figures are as at 31 December", "12-31"), ("Data as of 15 March 2024", ""),
        ("Data as of 15 March (accessed 2024)", ""), ("截至2023年6月30日", ""),
        ("Changes in the classification 1 January 2020", ""), ("2020年11月1日零时", ""), ("Updated on 3 May", ""),
    ],
)  # fmt: skip
def test_the_day_of_the_year_that_a_line_says_figures_are_of(line: str, day: str) -> None:
    assert stock_days_in(line) == ([day] if day else [])


def test_stocks_under_years_are_of_the_day_that_a_note_says_and_flows_of_the_year(bring: Any) -> None:
    body = "Population and visits\nIndicator,2022,2023\nPopulation (persons),5,6\nVisits (trips),7,8\n"
    found = bring(f"{body}The figures refer to 1 January of the year.,,\n", whose="Oslo")
    assert found.told("C3")[2] == "2023-01-01"
    assert (found.cells["C4"].period_start.isoformat(), found.told("C4")[2]) == ("2023-01-01", "2023-12-31")
    assert 'stock_day = "01-01"' in found.mapping
    assert "stock_day" in dict(found.doubts)


@pytest.mark.parametrize("day", ["1 July", "02-29", "7-1", "13-01"])
def test_a_stock_day_that_not_every_year_has_is_a_fault_of_the_mapping(day: str, bring: Any) -> None:
    with pytest.raises(Invalid) as caught:
        bring("国家,2022年\n日本,10\n", ('stock_day = ""', f'stock_day = "{day}"'))
    assert [(f.code, f.where, f.text) for f in caught.value.faults] == [("not_one_of", "[file]", day)]


CITIES = """\
表1：2024年12月新建商品住宅销售价格指数,,,,,,,
城市,环比,同比,1-12月平均,城市,环比,同比,1-12月平均
,上月=100,上年同月=100,上年同期=100,,上月=100,上年同月=100,上年同期=100
北京,99.9,94.6,97.1,唐山,99.8,93.7,95.6
天津,100.2,98.5,98.4,秦皇岛,99.7,92.9,94.6
"""


def test_a_month_in_a_heading_does_not_reach_into_the_block_beside_it(bring: Any) -> None:
    found = bring(CITIES)
    spans = {c: (found.cells[f"{c}4"].period_start.isoformat(), found.cells[f"{c}4"].indicator) for c in "BCDFGH"}
    assert (spans["F"], spans["G"], spans["H"]) == (spans["B"], spans["C"], spans["D"])
    assert (spans["B"][0], spans["D"][0]) == ("2024-12-01", "2024-01-01")


def test_means_and_months_of_years_are_dated_by_them(bring: Any) -> None:
    found = bring("Earnings per employee (NT$),,\nYear,Average,Male\nAve. 1981,10677,12550\nAve. 1991,26875,31446\n")
    assert found.told("C4")[2] == "1991-12-31"


def test_a_title_that_names_a_span_dates_no_row(bring: Any) -> None:
    found = bring(
        "民國111年至113年出口值,,\n年（月）別,總計,亞洲\n112年,432432,152250\n113年,475074,150620\n　1月,37185,11668\n"
    )
    assert [found.told(f"B{r}")[2] for r in (3, 4, 5)] == ["2023-12-31", "2024-12-31", "2024-01-31"]
    assert not found.landing.refused


@pytest.mark.parametrize(
    ("body", "cell", "span"),
    [
        ("2024年主要经济指标,,\n指标,3月,3月\n指标,当月,1-3月\n零售总额（亿元）,10,30\n进出口总额（亿元）,5,16\n",
         "C4", ("2024-01-01", "2024-03-31")),
        ("指标,2022年,2022年\n指标,上半年,合计\n北京接待游客（万人次）,100,230\n旅游收入（亿元）,50,110\n",
         "C3", ("2022-01-01", "2022-12-31")),
        ("日期,北京GDP累计值（亿元）\n2023-03-31,100\n2023-06-30,210\n2023-09-30,330\n2023-12-31,460\n",
         "B3", ("2023-06-30", "2023-06-30")),
        ("Date,Beijing sales (million yuan)\n2022-03-31,100\n2022-09-30,110\n2023-03-31,120\n2023-09-30,130\n",
         "B3", ("2022-09-30", "2022-09-30")),
        ("2024年上半年北京旅游情况,\n月份,游客（人次）\n1月,10\n2月,11\n3月,12\n小计,33\n4月,13\n5月,14\n6月,15\n小计,42\n"
         "合计,75\n", "B11", ("2024-01-01", "2024-06-30")),
        ("2024年上半年北京旅游情况,\n月份,游客（人次）\n1月,10\n2月,11\n3月,12\n小计,33\n4月,13\n5月,14\n6月,15\n小计,42\n"
         "合计,75\n", "B10", ("2024-04-01", "2024-06-30")),
        ("Beijing: Year,Quarter 1 (trips),Quarter 2 (trips)\n2021,10,11\n2022,20,21\n2023,5,6\n",
         "C3", ("2022-04-01", "2022-06-30")),
    ],
)  # fmt: skip
def test_a_figure_is_of_the_days_that_its_table_says(body: str, cell: str, span: tuple[str, str], bring: Any) -> None:
    found = bring(body).cells[cell]
    assert (found.period_start.isoformat(), found.period_end.isoformat()) == span


def test_a_total_of_another_year_than_its_months_is_not_dated_by_them(bring: Any) -> None:
    months = ("Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep")
    rows = "".join(f"{2023 + (n > 2)},{month},{10 + n}\n" for n, month in enumerate(months))
    found = bring(f"Fiscal year,Month,Beijing arrivals (persons)\n{rows}2024,Total,150\n")
    assert "C14" not in found.cells


@pytest.mark.parametrize("heading", ["Average 2022 visitors", "平均 2023年工资"])
def test_a_mean_of_something_keeps_its_name_and_its_year(heading: str) -> None:
    read = read_heading(heading)
    assert read.period
    assert ("visitors" in read.name) or ("工资" in read.name)


def test_a_mean_keeps_its_name_beside_the_figure_of_the_day(bring: Any) -> None:
    found = bring("Beijing,2022 average,End 2022\nPopulation (thousand),100,101\nDeposits (yuan),8,9\n")
    assert found.cells["B2"].indicator != found.cells["C2"].indicator


def test_what_a_note_says_of_one_of_several_series_is_told_and_moves_none(bring: Any) -> None:
    lines = "Notes: Population figures as at 1 April.,,\nDeposits are as at 31 December.,,\n"
    found = bring(f"Beijing,2021,2022\nPopulation (thousand),100,101\nBank deposits (yuan),500,510\n{lines}")
    assert {o.period_end.isoformat()[5:] for o in found.cells.values()} == {"12-31"}
    assert "stock_day_of_some" in dict(found.doubts)
