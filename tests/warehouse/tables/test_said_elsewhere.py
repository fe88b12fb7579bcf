"""What a table says elsewhere than in its cells: in a line above, a section, a sister column, a heading in two rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from forecast.workflow.importing import TableRequest, import_table, propose
from warehouse.tables.units import unit_of

ONE_DAY = "YEAR,FLT_DATE,APT_NAME,FLT_DEP\n2019,{0},Vienna,342\n2019,{0},Zurich,311\n2019,{0},Geneva,205\n"
REGIONS = "Année,2022,2023\nLoisirs,110233,123004\nAffaires,98211,99001\n"


@pytest.mark.parametrize(("day", "order"), [("02-01-19", "dmy"), ("02/01/2019", "dmy"), ("2019-01-02", "")])
def test_a_date_in_every_row_beats_the_year_beside_it(day: str, order: str, bring: Any) -> None:
    found = bring(ONE_DAY.format(day), ('date_order = ""', f'date_order = "{order}"'))
    assert {o.period_end.isoformat() for o in found.cells.values()} == {"2019-01-02"}
    assert ("date_order_unknown" in {code for code, _ in found.doubts}) == bool(order)


@pytest.mark.parametrize("heading", ["Update_date", "Survey date", "填报日期", "Opening date"])
def test_a_date_of_something_else_does_not(heading: str, bring: Any) -> None:
    found = bring(f"Year,{heading},Visitors\n2021,2021-11-05,5\n2022,2022-11-05,6\n")
    assert found.told("C2")[2] == "2021-12-31"
    assert "dates_left_out" in {code for code, _ in found.doubts}


@pytest.mark.parametrize(("order", "first"), [("dmy", "2019-01-20"), ("ymd", "2020-01-19"), ("mdy", ""), ("", "")])
def test_years_of_two_figures_are_read_in_the_order_that_the_steward_says(order: str, first: str, bring: Any) -> None:
    said = ('date_order = ""', f'date_order = "{order}"')
    found = bring("Date,Place,N\n20-01-19,Vienna,342\n21-02-19,Vienna,311\n", said)
    assert (found.told("C2")[2] if first else len(found.landing.refused)) == (first or 2)


def test_quarters_of_the_republic_without_its_name(bring: Any) -> None:
    found = bring("統計期,經濟成長率(%)\n108年第1季,2.05\n108年第2季,2.99\n109年第1季,3.43\n", whose="台湾")
    assert found.told("B4")[2] == "2020-03-31"


def test_months_before_their_year_in_figures(bring: Any) -> None:
    rows = "".join(f"{month}/2024{'r' if month == 11 else ''},{month}7\n" for month in range(1, 13))
    found = bring(f"澳門酒店業,\n期間,住客（千人）\n{rows}")
    assert [found.told(f"B{row}")[2] for row in (3, 13)] == ["2024-01-31", "2024-11-30"]


def test_the_total_of_months_is_of_all_of_them(bring: Any) -> None:
    rows = "January,1\nFebruary,2\nMarch,4\nTOTAL,7\n"
    found = bring(f"Air traffic of Singapore,\nMonth,2024\n{rows}")
    assert found.cells["B6"].period_start.isoformat() == "2024-01-01"
    assert found.told("B6")[2:] == ("2024-03-31", "7")


def test_a_mean_below_months_is_of_none_of_them(bring: Any) -> None:
    means = bring("Temperature of Singapore,\nMonth,2024\nJanuary,-3\nFebruary,1\nMarch,9\nTOTAL,2.3\n")
    assert [fault.code for fault in means.landing.refused] == ["no_period"]


def test_a_section_may_say_the_unit_of_its_rows(bring: Any) -> None:
    rows = "公司數目 Number of companies,,\n總部,1336,1410\n辦事處,2311,2410\n"
    rows += "就業人數（千人） Number of persons ('000),,\n總部,135,141\n辦事處,98,97\n"
    found = bring(f"香港公司,,\n,2023,2024\n{rows}")
    assert found.told("C4")[3] == "1410"
    assert found.told("C7")[3] == "141000"


def test_of_two_units_in_one_line_neither_is_laid_over_all(bring: Any) -> None:
    body = "기간,국가,수출 건수,수출 금액\n2024,중국,1320114,133023944\n2024,미국,1211503,127786479\n"
    found = bring(f'국가별 수출입 실적,,,\n,,,"단위 : 건, 천 불(USD 1,000)"\n{body}', whose="대한민국")
    assert [found.told(cell)[3] for cell in ("C4", "D4")] == ["1320114", "1.33023944e+11"]
    assert [code for code, _ in found.doubts].count("units_mixed") == 1
    assert "중국" in found.told("D4")[0]


def test_arrows_both_ways_are_up_and_down(bring: Any) -> None:
    found = bring("Centre,Change 2024\nNew York,▼1\nLondon,▲3\nParis,0\n")
    assert [found.told(f"B{row}")[3] for row in (2, 3, 4)] == ["-1", "3", "0"]
    assert ("arrows_taken", "▼1") in found.doubts


def test_a_triangle_in_another_column_keeps_its_own_meaning(bring: Any) -> None:
    found = bring("都市,2021年,2022年\n東京都,△3.1,↓12\n大阪府,△2.0,↑1\n")
    assert {fault.code for fault in found.landing.refused} == {"triangle"}


def test_a_short_name_of_a_railway_is_no_code(bring: Any) -> None:
    found = bring("Date,Subways: Riders,LIRR: Riders\n12/7/2021,33,15\n12/14/2021,23,9\n")
    assert {o.indicator for o in found.cells.values()} == {"subways_riders", "lirr_riders"}


@pytest.mark.parametrize(("figures", "told"), [(("0.63", "1.16", "0.7", "0.83"), 1), (("0.6", "3.2", "0.7", "9.8"), 0)])
def test_percentages_that_look_like_fractions_are_told(figures: tuple[str, ...], told: int, bring: Any) -> None:
    rows = "".join(f"{year},{figure}\n" for year, figure in enumerate(figures, 2019))
    found = bring(f"Year,Share (%)\n{rows}")
    assert [code for code, _ in found.doubts].count("fractions_of_one") == told


def test_a_bracket_over_two_rows_of_a_heading_is_one(bring: Any) -> None:
    heads = ",Gross domestic product 2014,,\n,,,(millions of\n,Ranking,Economy,US dollars)\n,,,\n"
    found = bring(f'{heads}USA,1,United States,"17,419,000"\nCHN,2,China,"10,354,832"\nJPN,3,Japan,"4,601,461"\n')
    assert found.told("D5") == (
        "Gross domestic product [millions of US dollars]",
        "United States",
        "2014-12-31",
        "1.7419e+13",
    )


@pytest.mark.parametrize(
    "title", ["State Budget", "City Budget Report", "台风以来台风登陆", "Calls to Zero (000) in all"]
)
def test_a_title_of_something_else_names_no_place_and_no_unit(title: str, bring: Any) -> None:
    found = bring(f"{title},\nYear,Calls\n2021,21\n2022,22\n", whose="somewhere")
    assert found.told("B4")[3] == "22"


@pytest.mark.parametrize("place", ["Canton de Genève", "Région de Bruxelles-Capitale", "City of Vienna"])
def test_a_line_may_be_nothing_but_the_place(place: str, bring: Any) -> None:
    found = bring(f"Nuitées par motif,,\n{place},,\n{REGIONS}Source : Statbel (Statistics Belgium),,\n", whose="")
    assert found.told("C4")[1] == place


def test_a_title_may_name_a_region(bring: Any) -> None:
    found = bring("Nächtigungen in Wien nach Monat,,\nMonat,2022,2023\nJänner,5,6\nFebruar,7,8\n", whose="")
    assert found.told("C3")[1] == "Wien"


def test_a_sentence_above_may_tell_the_year(bring: Any) -> None:
    lines = "北京市第五次全国经济普查公报,\n2023年末，全市从事第二产业和第三产业活动的法人单位按地区分布情况如下。,\n"
    found = bring(f"{lines}地区,数量（万个）\n东城区,4.9\n西城区,5.2\n")
    assert found.told("B4")[2] == "2023-12-31"
    assert "period_from_title" in {code for code, _ in found.doubts}


def test_levels_of_study_are_no_places_though_continents_stand_among_them(bring: Any) -> None:
    labels = ("总计", "女", "专科", "本科", "亚洲", "欧洲", "非洲")
    rows = "".join(f"{label},{n},{n + 1}\n" for n, label in enumerate(labels, 51))
    found = bring(f"外国留学生情况,,\n单位：人,,\n,2020,2021\n{rows}", whose="somewhere")
    assert found.told("C6")[0] == "专科"


@pytest.mark.parametrize(
    ("unit", "size"), [("USD 10 000", 1e4), ("US$ 100 000", 1e5), ("RMB 10,000", 1e4), ("HK$ 1 000", 1e3)]
)
def test_a_currency_may_stand_before_the_number_of_its_units(unit: str, size: float) -> None:
    assert unit_of(unit).multiplier == size
    assert not any(sign.isdigit() for sign in unit_of(unit).words)


def test_months_behind_a_letter_are_months_of_two_series(bring: Any) -> None:
    names = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC", "YR"]
    heads = [letter + name for letter in "IE" for name in names]
    figures = [str(n) for n in range(101, 101 + len(heads))]
    found = bring(f"year,CTYNAME,{','.join(heads)}\n2022,China,{','.join(figures)}\n2023,China,{','.join(figures)}\n")
    assert found.told("D2") == ("I…", "China", "2022-02-28", "102")
    assert found.told("O2")[2] == "2022-12-31"
    assert found.cells["O2"].period_start.isoformat() == "2022-01-01"
    assert found.told("P3") == ("E…", "China", "2023-01-31", "114")


def test_a_number_inside_a_word_is_no_year_of_long_ago(bring: Any) -> None:
    found = bring("Area,avann1820num,chg2021num\nAuckland,11,22\nOtago,13,24\n", ('period = ""', 'period = "2020"'))
    assert [found.told(cell)[2] for cell in ("B2", "C2")] == ["2020-12-31", "2021-12-31"]


def test_places_behind_their_number_are_places(bring: Any) -> None:
    found = bring("宿泊旅行統計,\n都道府県,2023年\n01 北海道,35\n13 東京都,77\n", whose=None)
    assert found.told("B4")[1] == "東京都"


def test_years_of_the_republic_may_begin_with_its_first(bring: Any) -> None:
    rows = "".join(f"{year}年,{year}.5\n" for year in range(41, 103))
    found = bring(f"統計期,平均匯率(元/美元)\n{rows}", whose="台湾")
    assert [found.told(f"B{row}")[2] for row in (2, 63)] == ["1952-12-31", "2013-12-31"]


def test_an_index_of_two_years_is_of_the_later(bring: Any) -> None:
    found = bring("国别,2022年,2023年,2023年为2022年%\n日本,5,6,120\n韩国,7,7,100\n")
    assert found.told("D2")[2] == "2023-12-31"


def test_a_lone_first_day_and_columns_that_may_be_places_are_told(bring: Any) -> None:
    found = bring("date,Teil,firms\n2020-01-01,Hard,10\n2020-01-01,Rathaus,20\n", whose="Zürich")
    assert ("first_day_alone", "2020-01-01") in found.doubts
    assert ("entity_in_column", "B Teil") in found.doubts


@pytest.mark.parametrize("title", ["", "北京市旅游情况,,\n"])
def test_each_section_says_the_unit_of_its_own_rows(title: str, bring: Any) -> None:
    sections = "旅游接待（万人次）,,\n入境游客人次,10,11\n国内游客人次,20,21\n饭店（家）,,\n五星级,55,66\n"
    found = bring(f"{title}指标,2021年,2022年\n{sections}")
    last = 7 if title else 6
    assert found.told(f"C{last}")[::3] == ("饭店 / 五星级 [家]", "66")
    assert found.told(f"C{last - 2}")[2:] == ("2022-12-31", "210000")


def test_months_among_labels_are_told(bring: Any) -> None:
    rows = "월별,1월,11\n월별,2월,12\n성별,남성,13\n성별,여성,14\n"
    found = bring(f"구분,분류,2019\n{rows}", whose="대한민국")
    assert ("months_among_labels", "1월, 2월") in found.doubts


def test_a_column_that_follows_the_date_or_is_said_once_a_place_splits_no_series(bring: Any) -> None:
    days = "".join(f"2024-01-{day:02d},{'WWWWWAU'[day % 7]},{day}0\n" for day in range(1, 29))
    found = bring(f"service_date,day_type,total_rides\n{days}", whose="Chicago")
    assert {o.indicator for o in found.cells.values()} == {"total_rides"}
    assert "words_left_out" in {code for code, _ in found.doubts}


def test_regions_filled_in_for_one_year_only_split_no_series(bring: Any) -> None:
    rows = "".join(
        f"{place},{code},{year},{score},{region if year == 2023 else ''}\n"
        for place, code, region in (("China", "CHN", "Asia"), ("Denmark", "DNK", "Europe"), ("Kenya", "KEN", "Africa"))
        for score, year in enumerate(range(2019, 2025), 40)
    )
    found = bring(f"Entity,Code,Year,Corruption Index,World regions\n{rows}")
    assert {o.indicator for o in found.cells.values()} == {"corruption_index"}


def test_a_second_table_with_the_same_labels_comes_in_and_its_joining_is_told(tmp_path: Path, warehouse: Path) -> None:
    told = []
    for title, factor in (("5-15 实际利用外资", 1), ("5-14 合同利用外资", 3)):
        file = tmp_path / f"{factor}.csv"
        rows = f"合计 Total,{50 * factor},{60 * factor}\n制造业 Manufacturing,{20 * factor},{30 * factor}\n"
        file.write_text(f"北京市{title}（亿美元）,,\n行业,{2019 + factor},{2020 + factor}\n{rows}", "utf-8")
        proposal = propose(TableRequest(file=file), warehouse=warehouse)
        told.append({note.code for note in proposal.notes})
        import_table(TableRequest(file=file, published=date(2026, 3, 1)), by="t", warehouse=warehouse)
    assert ["doubt_joined_of_table" in codes for codes in told] == [False, True]
