"""What headings and labels say only by standing beside others: a year before, a whole year, a unit among several."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from warehouse.errors import Invalid
from warehouse.tables.headings import read_heading
from warehouse.tables.label_names import Named, under_title
from warehouse.tables.layout import tidy
from warehouse.tables.periods import period_of
from warehouse.tables.units import line_unit, take_unit
from warehouse.tables.year_parts import in_words


def test_the_same_time_last_year_is_a_year_before_the_tables_own(bring: Any) -> None:
    body = "2024年全国机场吞吐量,,,\n机场,本期完成（万人次）,上年同期（万人次）,比上年增减（%）\n合计,12000,10000,20\n"
    found = bring(body).cells
    assert (found["B3"].period_end, found["B3"].value) == (date(2024, 12, 31), 120_000_000)
    assert (found["C3"].period_end, found["C3"].value) == (date(2023, 12, 31), 100_000_000)
    assert found["B3"].indicator == found["C3"].indicator != found["D3"].indicator


def test_among_months_a_word_for_the_year_is_the_whole_of_it(bring: Any) -> None:
    months = "Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec"
    figures = ",".join(str(100 + n) for n in range(15))
    found = bring(f"Year,{months},Annual,HALF1,HALF2\n2023,{figures}\n").cells
    spans = {c: (found[f"{c}2"].period_start.isoformat(), found[f"{c}2"].period_end.isoformat()) for c in "BMNOP"}
    assert spans == {
        "B": ("2023-01-01", "2023-01-31"), "M": ("2023-12-01", "2023-12-31"), "N": ("2023-01-01", "2023-12-31"),
        "O": ("2023-01-01", "2023-06-30"), "P": ("2023-07-01", "2023-12-31"),
    }  # fmt: skip
    assert len({o.indicator for o in found.values()}) == 1


def test_quarters_in_a_column_beside_the_years(bring: Any) -> None:
    body = "年份,季度,游客（万人次）\n2023,I,10\n2023,II,12\n2023,III(r),15\n2023,IV,11\n2023,全年,48\n"
    found = bring(body).cells
    ends = [found[f"C{n}"].period_end.isoformat() for n in range(2, 7)]
    assert ends == ["2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31", "2023-12-31"]
    assert found["C6"].period_start == date(2023, 1, 1)


def test_of_several_units_each_column_has_the_one_of_its_kind(bring: Any) -> None:
    body = (
        "表1 上海市外资情况,,,\n,,,单位：家，亿美元，%\n"
        "年份,新设外商投资企业数,实际使用外资金额,金额同比增长\n2023,5000,240,3.5\n"
    )
    found = bring(body).cells
    assert [found[f"{c}4"].value for c in "BCD"] == [5000, 24_000_000_000, 3.5]


@pytest.mark.parametrize(
    "line", ["单位：家，亿美元，%", "（単位：千人、億円）", "单位：万人，亿元", "单位：家 、 亿元"]
)
def test_a_line_of_several_units_settles_none_for_the_whole_table(line: str) -> None:
    assert line_unit(line) is None


def test_an_era_is_counted_on_by_bare_numbers(bring: Any) -> None:
    found = bring("京都市観光\n年次,観光客数（千人）\n平成30年,52751\n令和元年,53522\n2,20000\n3,30000\n").cells
    assert [found[f"B{n}"].period_end.year for n in range(3, 7)] == [2018, 2019, 2020, 2021]


def test_places_over_the_same_industries_are_places(bring: Any) -> None:
    body = (
        "Gross domestic product by region (Annual-Mar),,,,\n,Total North Island,,New Zealand,\n"
        ",Farming,Trade,Farming,Trade\n"
        '2023,10,20,30,40\n2024,11,21,31,41\nUnits:,,,,\n"$, Magnitude = Millions",,,,\n'
    )
    found = bring(body).cells
    assert found["B4"].entity != found["D4"].entity
    assert found["B4"].indicator == found["D4"].indicator
    assert (found["C5"].value, found["C5"].period_end) == (21_000_000, date(2024, 3, 31))


def test_the_sum_of_all_places_is_the_tables_place_and_told(bring: Any) -> None:
    found = bring("2024年上海市各区接待游客（万人次）,\n区,游客\n合 计,100\n黄浦区,60\n静安区,40\n")
    assert ("entity_whole", "上海") in found.doubts
    assert found.told("B3")[1] == "上海"


def test_a_label_that_is_no_place_among_places_is_told(bring: Any) -> None:
    found = bring("2024年浙江省饭店,\n地区,数量（家）\n杭州市,60\n宁波市,40\n其中：五星级,9\n温州市,30\n")
    assert ("entities_odd", "五星级") in found.doubts


def test_growth_and_then_share_behind_two_years_are_of_the_later(bring: Any) -> None:
    body = "国家,2022年,2023年,同比(%),比重(%)\n日本,10,12,20,40\n韩国,15,18,20,60\n"
    found = bring(body).cells
    assert {found[f"{c}2"].period_end.year for c in "CDE"} == {2023}


def test_months_over_dates_in_a_heading_are_months(bring: Any) -> None:
    body = "Country,2023-01-01,2023-02-01,2023-03-01\nJapan,10,11,12\nFrance,20,21,22\n"
    found = bring(body).cells
    assert found["C2"].period_end == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("\n[defaults]", '\n[headings.B]\nperiod = "spring"\n\n[defaults]', ("not_a_period", "[headings.B]", "spring")),
        ("year_ends = 0", "year_ends = 13", ("not_one_of", "[file]", "13")),
        ("parents = false", 'parents = "yes"', ("not_one_of", "[file]", "yes")),
        ("sections = false", 'sections = "no"', ("not_one_of", "[file]", "no")),
    ],
)
def test_what_a_mapping_cannot_mean_is_named_by_its_line(
    old: str, new: str, fault: tuple[str, ...], bring: Any
) -> None:
    with pytest.raises(Invalid) as caught:
        bring("国家,2022年\n日本,10\n", (old, new))
    assert [(f.code, f.where, f.text) for f in caught.value.faults] == [fault]


@pytest.mark.parametrize(
    ("text", "year", "name"),
    [
        ("S1901_C01_001E Median income", None, "S1901_C01_001E Median income"),
        ("GDP per capita, PPP (constant 2021 international $)", None, None),
        ("POPESTIMATE2020", 2020, "POPESTIMATE"),
        ("114年8月\nAug., 2025", 2025, ""),
        ("2023.03 p)", 2023, ""),
        ("20202)", 2020, ""),
    ],
)
def test_a_number_in_a_heading_is_a_year_only_where_it_stands_as_one(
    text: str, year: int | None, name: str | None
) -> None:
    heading = read_heading(text)
    assert (heading.period.end.year if heading.period else None) == year
    assert name is None or heading.name == name


@pytest.mark.parametrize(
    ("word", "months"),
    [("Annual", "1-12月"), ("HALF2", "7-12月"), ("III(r)", "7-9月"), ("Yıllık - Annual", "1-12月"), ("Animal", "")],
)
def test_words_for_parts_of_a_year(word: str, months: str) -> None:
    assert in_words(word) == months


@pytest.mark.parametrize(
    ("name", "title", "full"),
    [
        ("Total / Male", "Population by province", "Population by province: Total / Male"),
        ("合计", "各区接待游客", "各区接待游客: 合计"),
        ("Hotels", "Population by province", "Hotels"),
        ("Total", "estat_tour", "Total"),
    ],
)
def test_a_name_that_any_table_could_have_takes_the_title(name: str, title: str, full: str) -> None:
    assert under_title(Named(name), title).name == full


def test_money_as_a_whole_heading_is_its_unit_and_size() -> None:
    unit, name = take_unit("US dollars at current prices in millions")
    assert unit is not None
    assert (unit.multiplier, name) == (1e6, "")


@pytest.mark.parametrize(("label", "bare"), [("Burgenland <AT11>", "Burgenland"), ("<5", "<5")])
def test_a_code_in_angles_is_no_part_of_a_name(label: str, bare: str) -> None:
    assert tidy(label) == bare


@pytest.mark.parametrize("text", ["Jän. 2024", "Jänner 2024", "Januar 2024"])
def test_a_month_in_two_kinds_of_german(text: str) -> None:
    period = period_of(text)
    assert period is not None
    assert period.end == date(2024, 1, 31)
