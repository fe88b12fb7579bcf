"""Months, quarters and years in the ways offices write them: each is the period it names, or none at all."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.catalogue import read_catalogue
from warehouse.location import seeds_folder
from warehouse.tables.grid import Grid, letter
from warehouse.tables.headings import read_heading, stated_period
from warehouse.tables.periods import period_of, within_year
from warehouse.tables.spots import spots
from warehouse.tables.suggest import suggest

CATALOGUE = read_catalogue(seeds_folder())
QUARTERS = {
    "第{}季": "cn", "第{}季度": "cn", "{}季度": "cn", "{}季": "1", "第{}四半期": "1", "{}분기": "1", "Q{}": "1",
    "{}Q": "1", "T{}": "1", "{} kw.": "roman", "{}. Quartal": "1", "{} quarter": "ordinal",
}  # fmt: skip
NUMBERS = {
    "1": ("1", "2", "3", "4"), "cn": ("一", "二", "三", "四"), "roman": ("I", "II", "III", "IV"),
    "ordinal": ("1st", "2nd", "3rd", "4th"),
}  # fmt: skip


def read(rows: list[list[str]]) -> dict[str, str]:
    """Cell -> first and last day, "vague" or "none", with the mapping as suggested."""
    width = max(map(len, rows))
    grid = Grid(name="", rows=tuple((*row, *[""] * (width - len(row))) for row in rows))
    mapping = suggest(grid, CATALOGUE, Path("t.csv")).mapping
    told = {}
    for spot in spots(grid, mapping):
        period = spot.when.period
        said = f"{period.start}/{period.end}" if period else "vague" if spot.when.vague else "none"
        told[f"{letter(spot.column)}{spot.row}"] = said
    return told


def days(text: str) -> str:
    period = period_of(text)
    return f"{period.start}/{period.end}" if period else ""


@pytest.mark.parametrize(
    ("below", "first", "last"),
    [
        ("第3季", 7, 9), ("第3季度", 7, 9), ("3季度", 7, 9), ("第三季", 7, 9), ("3季", 7, 9), ("第3四半期", 7, 9),
        ("7-9月期", 7, 9), ("3분기", 7, 9), ("Q3", 7, 9), ("3Q", 7, 9), ("III kw.", 7, 9), ("3rd quarter", 7, 9),
        ("T3", 7, 9), ("Jul-Sep", 7, 9), ("三季度", 7, 9), ("3월", 3, 3), ("3月", 3, 3), ("三月", 3, 3),
        ("上半年", 1, 6), ("下半年", 7, 12), ("1-2月", 1, 2), ("1—11月", 1, 11), ("1~6月", 1, 6), ("一至三季度", 1, 9),
        ("前三季度", 1, 9),
    ],
)  # fmt: skip
def test_a_part_of_a_year_below_its_year(below: str, first: int, last: int) -> None:
    end = calendar.monthrange(2023, last)[1]
    wanted = f"2023-{first:02d}-01/2023-{last:02d}-{end}"
    rows = [["项目", "2023年", "2024年"], ["", below, below], ["游客", "1200", "1300"], ["收入", "31.5", "40.1"]]
    assert read(rows)["B3"] == wanted
    rows = [["年份", "时期", "游客"], ["2023年", below, "1200"], ["2023年", "全年", "5300"]]
    period = within_year(2023, below)
    assert period is not None
    assert f"{period.start}/{period.end}" == wanted
    assert days(f"2023年{below}") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2023년", "2023-01-01/2023-12-31"), ("2023.12", "2023-12-01/2023-12-31"),
        ("45年  1956", "1956-01-01/1956-12-31"), ("1956 45年", "1956-01-01/1956-12-31"),
        ("102(2013)", "2013-01-01/2013-12-31"), ("March quarter 1998", "1998-01-01/1998-03-31"),
        ("2019 Dec qtr", "2019-10-01/2019-12-31"),
        ("2023. 3.", "2023-03-01/2023-03-31"),
        ("2023년 3월", "2023-03-01/2023-03-31"), ("令和5年", "2023-01-01/2023-12-31"),
        ("R5年", "2023-01-01/2023-12-31"), ("平成31年/令和元年", "2019-01-01/2019-12-31"),
        ("昭和60年", "1985-01-01/1985-12-31"), ("2023(令和5)年", "2023-01-01/2023-12-31"),
        ("令和5年度", "2023-04-01/2024-03-31"), ("2022-23 (Apr-Mar)", "2022-04-01/2023-03-31"),
        ("2022/23 July-June", "2022-07-01/2023-06-30"), ("YE June 2023", "2022-07-01/2023-06-30"),
        ("2023.1/4", "2023-01-01/2023-03-31"),
        ("2023K1", "2023-01-01/2023-03-31"), ("2023MM01", "2023-01-01/2023-01-31"),
        ("2023JJ00", "2023-01-01/2023-12-31"), ("year ended June 2023", "2022-07-01/2023-06-30"),
        ("Year ending 31 March 2023", "2022-04-01/2023-03-31"), ("12 months to March 2023", "2022-04-01/2023-03-31"),
        ("Jul 2022 - Jun 2023", "2022-07-01/2023-06-30"), ("2022年7月—2023年6月", "2022-07-01/2023-06-30"),
        ("2023-W05", "2023-01-30/2023-02-05"), ("2023M01", "2023-01-01/2023-01-31"),
        ("2023-M01", "2023-01-01/2023-01-31"), ("2023Q1", "2023-01-01/2023-03-31"),
        ("Q1-2023", "2023-01-01/2023-03-31"), ("1Q2023", "2023-01-01/2023-03-31"), ("1Q23", "2023-01-01/2023-03-31"),
        ("Jan-23", "2023-01-01/2023-01-31"),
        ("Mar 24", "2024-03-01/2024-03-31"), ("janv-23", "2023-01-01/2023-01-31"), ("Dec-98", "1998-12-01/1998-12-31"),
        ("2023H1", "2023-01-01/2023-06-30"), ("2023-S1", "2023-01-01/2023-06-30"), ("2024-T3", "2024-07-01/2024-09-30"),
        ("2023/01", "2023-01-01/2023-01-31"), ("01/2023", "2023-01-01/2023-01-31"),
        ("01.2023", "2023-01-01/2023-01-31"), ("2023 January", "2023-01-01/2023-01-31"),
        ("January, 2023", "2023-01-01/2023-01-31"),
        ("31/12/2023", "2023-12-31/2023-12-31"), ("31-Dec-2023", "2023-12-31/2023-12-31"),
        ("Dec-31-2023", "2023-12-31/2023-12-31"), ("As of 31 Dec 2023", "2023-12-31/2023-12-31"),
        ("end-2023", "2023-12-31/2023-12-31"), ("End of December 2023", "2023-12-31/2023-12-31"),
        ("at 1 January 2023", "2023-01-01/2023-01-01"), ("Situation au 31/12/2023", "2023-12-31/2023-12-31"),
        ("Stand: 31.12.2023", "2023-12-31/2023-12-31"), ("2023年12月31日现在", "2023-12-31/2023-12-31"),
        ("2023年10月1日現在", "2023-10-01/2023-10-01"), ("2023-12-31 00:00:00", "2023-12-31/2023-12-31"),
        ("2023年末", "2023-12-31/2023-12-31"), ("2023年3月末", "2023-03-31/2023-03-31"),
        *((said, "2023-01-01/2023-12-31") for said in
          ("2023 1)", "2023¹⁾", "2023(p)", "2023*", "2023 r", "2023 (provisional)", "2023 年(初步)", "2023R",
           "2023 [note 3]", "2023a)")),
    ],
)  # fmt: skip
def test_a_text_is_the_period_it_names(text: str, wanted: str) -> None:
    assert days(text) == wanted
    found = read_heading(text)
    assert found.period is not None
    assert (f"{found.period.start}/{found.period.end}", found.name) == (wanted, "")


@pytest.mark.parametrize(
    "text",
    ["45年 1957", "103 (2013)", "January quarter 2020",
     "2021-22", "2021/22", "FY2022", "2019-2023", "112年", "3/4/2023", "2023-B1", "Set 12", "29 Feb 2023",
     "Feb 30 2023", "2023-W54", "2023年3月期", "year ended 2023", "民國112年度", "112學年度", "四季",
     "1,998", "2023.5"],
)  # fmt: skip
def test_what_cannot_be_known_is_no_period(text: str) -> None:
    assert period_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2021-22",
        "2021/22",
        "FY2022",
        "2019-2023 growth",
        "112年",
        "2023年3月期",
        "2023年9月中間期",
        "Spring 2023",
        "Week 5 2023",
        "Change 2023/24 on 2022/23",
        "29 Feb 2023",
        "2024/2023",
    ],
)
def test_a_heading_of_no_calendar_period_is_vague(text: str) -> None:
    assert read_heading(text).vague


@pytest.mark.parametrize(
    ("above", "below"),
    [("變動率(%)", "2023/2022"), ("Change (%)", "2023/22"), ("Δ%", "23/22"), ("증감률", "2023/2022"),
     ("前年比", "2023/2022"), ("Variation (%)", "2022-2023")],
)  # fmt: skip
def test_change_over_two_years_is_of_the_later_one(above: str, below: str) -> None:
    for upper, lower in ((above, below), (below, above)):
        rows = [["項目", "旅客", upper], ["", "2023", lower], ["陸路", "1200", "3.5"], ["海路", "31", "4.5"]]
        assert read(rows)["C3"] == "2023-01-01/2023-12-31"
    assert read_heading("2023 vs 2022").name
    assert read_heading("GDP (base 2015=100), 2023").period == period_of("2023")
    assert read_heading("2024/2023 (%)").period == period_of("2024")
    assert read_heading("2023/2024 (%)").vague
    assert read_heading("Variation 2023/2022").period == period_of("2023")


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Visitors, January to December 2023", "January to December 2023"), ("Arrivals, 1 January to 30 June 2023",
         "1 January to 30 June 2023"), ("Sales in January and February 2023", ""), ("Arrivals by month, 2023", "2023"),
        ("Visitors, year ended June 2023", "year ended June 2023"), ("Table 2, April 2022 to March 2023",
         "April 2022 to March 2023"), ("Visitors, January to June 2022 and January to June 2023", ""),
    ],
)  # fmt: skip
def test_a_title_states_the_whole_of_its_period(title: str, wanted: str) -> None:
    assert stated_period(title) == wanted
    assert not wanted or period_of(wanted) is not None


def test_years_over_two_years_take_the_months_the_table_says() -> None:
    heads = [["State", "2009-10", "2010-11", "2011-12"], ["Goa", "3", "4", "5"], ["Kerala", "13", "14", "15"]]
    assert set(read(heads).values()) == {"vague"}
    told = read([["Tourist arrivals by financial year (April to March)"], *heads])
    assert told["D3"] == "2011-04-01/2012-03-31"
    column = [["Period", "Arrivals"], ["2010-11", "4"], ["2011-12", "5"], ["2012-13", "6"]]
    assert set(read(column).values()) == {"vague"}
    assert read([*column, ["Note: year ended 30 June."]])["B3"] == "2011-07-01/2012-06-30"
    change = [
        ["State", "2022-23", "2023-24", "Change 2023-24 (%)"],
        ["Goa", "3", "4", "5"],
        ["Kerala", "13", "14", "15"],
    ]
    assert read(change)["D2"] == "vague"
    months = [["Period", "Arrivals"], ["2011-11", "4"], ["2011-12", "5"], ["2012-01", "6"]]
    assert read(months)["B3"] == "2011-12-01/2011-12-31"


def test_a_year_that_ends_in_june_is_not_the_calendar_year() -> None:
    rows = [
        ["Country", "Year ended 30 June", ""],
        ["", "2022", "2023"],
        ["France", "1200", "1300"],
        ["Italy", "2", "31"],
    ]
    assert read(rows)["C3"] == "2022-07-01/2023-06-30"


@pytest.mark.parametrize(
    ("label", "wanted"),
    [("留学生数（人）", "2023-04-01/2024-03-31"), ("留学の人数", "2023-04-01/2024-03-31"),
     ("留学生总数（人）", "2023-01-01/2023-12-31")],
)  # fmt: skip
def test_the_script_of_a_table_says_whose_year_it_is(label: str, wanted: str) -> None:
    script = "総数" if "04" in wanted else "总数"
    rows = [["区分", "2022年度", "2023年度"], [label, "231146", "279274"], [script, "5", "6"]]
    assert read(rows)["C2"] == wanted
    rows = [["年度", script], ["2022年度", "231146"], ["2023年度", "279274"]]
    assert read(rows)["B3"] == wanted


def test_a_fiscal_year_of_no_known_country_is_vague() -> None:
    assert set(read([["甲", "2022年度", "2023年度"], ["乙", "231146", "279274"]]).values()) == {"vague"}


def test_the_heading_of_a_column_of_years_says_their_months() -> None:
    rows = [["年度", "旅行者の数"], ["2022", "1200"], ["2023", "1300"]]
    assert read(rows)["B3"] == "2023-04-01/2024-03-31"
    assert read([["年度", "旅游人数总计"], *rows[1:]])["B3"] == "2023-01-01/2023-12-31"
    rows = [["Year", "Visitors"], ["2022", "1200"], ["2023", "1300"]]
    assert read(rows)["B3"] == "2023-01-01/2023-12-31"
    assert read([["Visitor arrivals, year ended 30 June"], *rows])["B4"] == "2022-07-01/2023-06-30"


def test_quarters_of_a_japanese_fiscal_year_are_its_own() -> None:
    rows = [["区分", "2023年度", ""], ["", "第1四半期", "1月"], ["出国者の数", "12", "13"], ["入国者の数", "22", "23"]]
    assert read(rows)["B3"] == "2023-04-01/2023-06-30"
    assert read(rows)["C3"] == "2024-01-01/2024-01-31"


def test_halves_are_halves_in_japan_and_the_time_before_in_china() -> None:
    rows = [["区分", "2023年", ""], ["", "上期", "下期"], ["訪日外客の数", "1200", "1300"], ["出国者の数", "7", "9"]]
    assert read(rows)["B3"] == "2023-01-01/2023-06-30"
    assert read([["区分", "2023年度", ""], *rows[1:]])["C3"] == "2023-10-01/2024-03-31"
    rows = [["项目", "2023年", ""], ["", "本期", "上期"], ["总收入", "1200", "1300"], ["总支出", "7", "9"]]
    assert read(rows)["C3"] == "vague"


def test_short_eras_are_read_where_the_table_names_them() -> None:
    rows = [["区分", "H30", "R5"], ["訪日外客の数", "1200", "1300"], ["出国者の数", "7", "9"]]
    assert set(read(rows).values()) == {"none"}
    told = read([["訪日外客の数(平成・令和)"], *rows])
    assert (told["B3"], told["C3"]) == ("2018-01-01/2018-12-31", "2023-01-01/2023-12-31")


def test_years_of_the_republic_of_china_are_read_in_its_own_tables() -> None:
    heads = [["縣市", "111年", "112年"], ["臺北市", "1200", "1300"], ["高雄市", "2", "31"]]
    assert read(heads)["C2"] == "2023-01-01/2023-12-31"
    column = [["年別", "旅客"], ["112年 1月", "1200"], ["112年 2月", "1300"]]
    assert read(column)["B3"] == "2023-02-01/2023-02-28"
    early = [["年別", "旅客"], ["88年", "1200"], ["89年", "1300"]]
    assert set(read(early).values()) <= {"none"}
    assert read([["來臺旅客", ""], *early])["B3"] == "1999-01-01/1999-12-31"


def test_dates_in_digits_are_read_under_a_heading_of_dates() -> None:
    rows = [["REF_DATE", "GEO", "VALUE"], ["18691231", "Canada", "12"], ["18701231", "Canada", "13"]]
    assert read(rows)["C2"] == "1869-01-01/1869-12-31"
    rows = [["日期", "游客"], ["2023.1", "12"], ["2023.2", "13"], ["2023.12", "14"]]
    assert read(rows)["B2"] == "2023-01-01/2023-01-31"


def test_a_day_under_its_year_is_that_day() -> None:
    rows = [["Region", "2022", "2023"], ["", "1 January", "1 January"], ["North", "1200", "1300"], ["South", "2", "31"]]
    assert read(rows)["C3"] == "2023-01-01/2023-01-01"


def test_a_year_printed_once_reaches_over_its_columns_beside_other_merged_cells() -> None:
    from warehouse.tables.grid import Span

    rows = (("Arrivals", "", "", "", ""), ("City", "2022", "", "2023", ""), ("", "Men", "Women", "Men", "Women"),
            ("Wien", "7", "12", "9", "14"), ("Graz", "31", "22", "53", "4"))  # fmt: skip
    grid = Grid(name="", rows=rows, merged=(Span(1, 1, 1, 5),))
    mapping = suggest(grid, CATALOGUE, Path("t.xlsx")).mapping
    told = {(s.row, s.column): s.when.period for s in spots(grid, mapping)}
    assert told[4, 3] == period_of("2022")
    assert told[4, 5] == period_of("2023")


MONTH_FORMS = (
    "{y}年{m}月", "{y}-{m:02d}", "{y}/{m:02d}", "{m:02d}/{y}", "{y}M{m:02d}", "{y}-M{m:02d}", "{y}년 {m}월",
    "{y}. {m}.", "{b} {y}", "{y} {b}", "{B}, {y}", "{b}-{y}", "{y}年 {m} 月",
)  # fmt: skip
DAY_FORMS = (
    "{y}-{m:02d}-{d:02d}", "{d:02d}.{m:02d}.{y}", "{y}年{m}月{d}日", "{d} {B} {y}", "{B} {d}, {y}", "{d}-{b}-{y}",
    "As of {d} {b} {y}", "Stand: {d}.{m}.{y}", "{y}年{m}月{d}日现在", "{y}-{m:02d}-{d:02d} 00:00:00", "{y}. {m}. {d}.",
)  # fmt: skip
YEAR_FORMS = ("{y}", "{y}年", "{y}년", "{y}*", "{y} (p)", "{y} [note 1]", "{y} г.", "YR{y}")


@given(st.dates(date(1800, 1, 1), date(2099, 12, 31)))
@settings(max_examples=200, deadline=None)
def test_a_date_is_read_back_from_every_way_of_writing_it(day: date) -> None:
    words = {"y": day.year, "m": day.month, "d": day.day, "b": day.strftime("%b"), "B": day.strftime("%B")}
    year = f"{day.year}-01-01/{day.year}-12-31"
    last = calendar.monthrange(day.year, day.month)[1]
    month = f"{day:%Y-%m}-01/{day:%Y-%m}-{last}"
    for form in YEAR_FORMS:
        assert days(form.format(**words)) == year, form
    for form in MONTH_FORMS:
        assert days(form.format(**words)) == month, form.format(**words)
    for form in DAY_FORMS:
        assert days(form.format(**words)) == f"{day}/{day}", form.format(**words)
    number = (day.month - 1) // 3
    end = date(day.year + number // 3, 3 * number % 9 + 4 if number < 3 else 1, 1) - timedelta(days=1)
    for form, kind in QUARTERS.items():
        text = f"{day.year}年{form.format(NUMBERS[kind][number])}"
        assert days(text) == f"{day.year}-{3 * number + 1:02d}-01/{end}", text
    iso = day.isocalendar()
    period = period_of(f"{iso.year}-W{iso.week:02d}")
    assert period is not None
    assert (period.start <= day <= period.end, period.start.weekday(), period.end.weekday()) == (True, 0, 6)


@given(
    st.one_of(st.integers(-(10**9), 10**9), st.decimals(0, 10**6, places=1), st.decimals(0, 10**6, places=3)),
    st.sampled_from(["{}", "{:,}", "{} p", "{}*", "{:,}%"]),
)
@settings(max_examples=500, deadline=None)
def test_a_count_is_no_period(number: int, form: str) -> None:
    text = form.format(number)
    if not re.fullmatch(r"(?:18|19|20)\d\d(?:\.0)?( p|\*)?|2100.*", text):
        assert period_of(text) is None, text


@pytest.mark.parametrize(
    "text", ["1,998", "2,023", "2 023", "2023.5", "2023.25", "12.5", "20,231,231", "2023%", "2.023"]
)
def test_figures_that_look_like_years_are_none(text: str) -> None:
    assert period_of(text) is None
