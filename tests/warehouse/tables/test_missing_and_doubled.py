"""What is missing is not taken from its neighbour, and what a file says twice or of itself is no figure and no name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from forecast.workflow.importing import TableRequest, propose
from warehouse.errors import Invalid

AGGREGATES = """\
Country Name,Country Code,1960,1961
Aruba,ABW,54208,55434
,AFE,130836765,134159786
Afghanistan,AFG,8996967,9169406
,AFW,96396419,98407221
"""


def test_a_name_that_is_missing_beside_its_own_code_is_not_that_of_the_row_above(bring: Any) -> None:
    found = bring("Population\n" + AGGREGATES)
    assert [found.told(f"C{r}")[1] for r in (3, 4, 5, 6)] == ["Aruba", "AFE", "Afghanistan", "AFW"]
    assert ("codes_for_names", "AFE, AFW") in found.doubts


def test_where_blanks_repeat_the_cell_above_it_is_told(bring: Any) -> None:
    found = bring("地区,指标,2022年,2023年\n上海,游客,1,2\n,酒店,3,4\n天津,游客,5,6\n,酒店,7,8\n")
    assert found.told("C3")[1] == "上海"
    assert ("filled_down", "上海, 天津") in found.doubts


def test_a_heading_that_is_a_month_in_some_language_is_a_name_where_the_rows_are_months(bring: Any) -> None:
    found = bring(
        "Month,Public Bus,MRT,source_page\nJan 2019,4250,3462,1\nFeb 2019,4010,3248,1\nMar 2019,4111,3383,2\n"
    )
    assert found.told("C3")[::2] == ("MRT", "2019-02-28")
    assert set(found.cells) == {f"{c}{r}" for c in "BC" for r in (2, 3, 4)}


def test_headings_that_a_tool_numbered_name_nothing(bring: Any) -> None:
    body = "new_column_0,new_column_1,new_column_2\nData Series,2023,2022\nGraduates,10,11\n  Education,3,4\n"
    found = bring(body)
    assert found.told("B3")[0] == "Graduates"
    assert found.cells["B3"].indicator == found.cells["C3"].indicator


def test_a_column_in_another_script_that_says_the_same_is_left_out(bring: Any) -> None:
    body = "Month,Visitors,الشهر\nJanuary,5,يناير\nFebruary,6,فبراير\nMarch,7,مارس\n"
    found = bring("Visitors 2024,,\n" + body)
    assert [found.told(f"B{r}")[2] for r in (3, 4, 5)] == ["2024-01-31", "2024-02-29", "2024-03-31"]
    assert len({o.indicator for o in found.cells.values()}) == 1
    assert ("said_again", "الشهر") in found.doubts


def test_a_column_in_another_script_that_tells_rows_apart_is_read(bring: Any) -> None:
    body = "Year,Visitors,الفئة\n2023,5,رجال\n2023,6,نساء\n2024,7,رجال\n2024,8,نساء\n"
    found = bring(body)
    assert len({o.indicator for o in found.cells.values()}) == 2
    assert not [d for d in found.doubts if d[0] == "said_again"]


QUARTERS = """\
Canada - Study permits by country of citizenship,,,,,,,
Country of Citizenship,2023,,,,2024,,
,Q1,,,Q1 Total,Q1,,2024 Total
,Jan,Feb,Mar,,Jan,Feb,
"China, People's Republic of",5,2,3,10,4,6,10
France,1,2,3,6,7,8,15
India,3,2,3,8,7,9,16
"""


def test_a_month_under_its_quarter_is_the_month_and_a_total_is_of_the_months_beside_it(bring: Any) -> None:
    found = bring(QUARTERS)
    assert [found.told(f"{c}6")[2] for c in "BCDEFGH"] == [
        "2023-01-31", "2023-02-28", "2023-03-31", "2023-03-31", "2024-01-31", "2024-02-29", "2024-02-29",
    ]  # fmt: skip
    assert len({found.cells[f"{c}6"].indicator for c in "BCDFG"}) == 1
    assert ("total_to_date", "2024年1-2月") in found.doubts
    assert not found.landing.refused


def test_a_total_that_is_no_sum_of_the_months_beside_it_is_of_its_year(bring: Any) -> None:
    found = bring(QUARTERS.replace("4,6,10", "4,6,99"))
    assert found.told("H6")[2] == "2024-12-31"
    assert "total_to_date" not in dict(found.doubts)


def test_names_behind_codes_are_places_under_a_title_that_says_so(bring: Any) -> None:
    rows = "0301 Oslo,Immigrants,5,6\n,Born here,3,4\n4601 Bergen,Immigrants,7,8\n,Born here,1,2\n"
    found = bring("Persons by region and category,,,\n,,2023,2024\n" + rows)
    assert found.told("C4")[:2] == ("Born here", "Oslo")
    assert found.told("D5")[1] == "Bergen"


def test_the_years_may_stand_under_a_heading_that_calls_them_codes(bring: Any) -> None:
    body = 'Country,Indicator,PeriodCode,Value\nAustria,GDP,"2020",5\nAustria,GDP,"2021",6\nBelgium,GDP,"2020",7\n'
    assert bring(body).told("D3") == ("GDP", "Austria", "2021-12-31", "6")


def test_words_said_once_name_what_nothing_else_names(bring: Any) -> None:
    rows = "".join(f"Gäste,Ausland,2024,2024{m:02d},{m}\n" for m in range(1, 13))
    found = bring("MONATSZAHL,AUSPRAEGUNG,JAHR,MONAT,WERT\nGäste,Ausland,2024,Summe,78\n" + rows)
    assert found.told("E2")[::2] == ("Gäste / Ausland", "2024-12-31")
    assert (found.cells["E2"].period_start.isoformat(), found.cells["E3"].period_end.isoformat()) == (
        "2024-01-01", "2024-01-31",
    )  # fmt: skip


def test_a_name_taken_from_the_file_is_told(tmp_path: Path, warehouse: Path) -> None:
    file = tmp_path / "入境.csv"
    file.write_text("国家,2022年\n日本,10\n", encoding="utf-8")
    told = {n.code: n.params.get("text") for n in propose(TableRequest(file=file), warehouse=warehouse).notes}
    assert told["doubt_name_from_file"] == "入境"


def test_the_number_of_a_footnote_behind_a_year_is_no_part_of_a_name(bring: Any) -> None:
    found = bring("Tourist arrivals to Mauritius,,\nCountry,2022,2023 1\nAll countries,5,6\nAustria,1,2\n")
    assert found.cells["B4"].indicator == found.cells["C4"].indicator
    assert found.told("C4")[2] == "2023-12-31"


def test_months_under_a_year_with_a_mark_are_of_it(bring: Any) -> None:
    found = bring("Turistas de Buenos Aires (miles)\nPeríodo,Turistas (miles)\n2022,\nEnero,5\n2023*,\nEnero,6.5\n")
    assert [found.told(f"B{r}")[2:] for r in (4, 6)] == [("2022-01-31", "5000"), ("2023-01-31", "6500")]


def test_a_change_in_numbers_over_two_years_is_asked_about_and_one_in_percent_is_of_the_later(bring: Any) -> None:
    body = 'Population of Sydney,,\nRegion,"ERP change, 2023-24",Change 2023-24 (%)\nSydney,{},1.5\nPerth,8,2\n'
    found = bring(body.format(7))
    assert {f.code for f in found.landing.refused} == {"vague_period"}
    assert found.told("C3")[2] == "2024-12-31"


def test_a_column_of_few_words_that_is_not_read_is_told(bring: Any) -> None:
    rows = "".join(f"{'gdp' if y < 2000 else 'gva'},nom,{y}-01-01,{y}\n" for y in range(1996, 2004))
    assert ("words_unread", "structure: gdp, gva") in bring("structure,type,date,value\n" + rows).doubts


def test_the_whole_of_a_country_is_the_country(bring: Any) -> None:
    found = bring("region,TIME,Unemployed\nAll Denmark,2022,5\nAll Denmark,2023,6\nFunen,2022,1\nFunen,2023,2\n")
    assert found.told("C3")[1] == "Denmark"


def test_codes_of_goods_name_no_places(bring: Any) -> None:
    rows = "Hebei,0101,Horses,10,11\n,0102,Cattle,20,21\nShanxi,0101,Horses,12,13\n,0102,Cattle,22,23\n"
    found = bring("Province,HS code,Product,2022,2023\n" + rows)
    assert found.told("E3")[1] == "Hebei"
    assert not found.landing.refused


def test_places_in_another_script_are_not_said_again_by_figures(bring: Any) -> None:
    found = bring("จังหวัด,ประชากร 2022,ประชากร 2023\nกรุงเทพมหานคร,5494,5471\nเชียงใหม่,1792,1798\nภูเก็ต,417,424\n")
    assert len({(o.indicator, o.entity) for o in found.cells.values()}) == 3
    assert not found.landing.refused


def test_exports_to_a_country_are_not_that_countrys(bring: Any) -> None:
    found = bring("日期,出口金额:美国,出口金额:日本\n2024-01,100,50\n2024-02,110,55\n", whose="北京")
    assert found.told("B2")[:2] == ("出口金额:美国", "Beijing")


def test_most_and_mean_alone_are_figures_that_no_year_dates(bring: Any) -> None:
    found = bring("Year,Beijing visitors (persons)\nMax,300\nMean,200\n2021,100\n2022,200\n2023,300\n")
    assert {f.text for f in found.landing.refused} == {"300", "200"}


def test_the_peoples_republic_is_not_the_other_one(bring: Any) -> None:
    lines = "Population by district,\nSource: National Bureau of Statistics, Peoples Republic of China,\n"
    assert bring(f"{lines}Year,Population\n2021,100\n2022,101\n").told("B5")[1] == "China"


def test_a_definition_by_a_ministry_makes_no_table_national(bring: Any) -> None:
    found = bring("外商投资,\n行业,2023\n制造业,61\n金融业,7\n注：2022年起实际利用外资为商务部口径。,\n", whose="杭州")
    assert found.told("B3")[1] == "杭州"


def test_names_beside_codes_and_no_figure_are_no_table(tmp_path: Path, warehouse: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("Country Name,Country Code,2022\nAruba,ABW,..\n,AFE,..\n", encoding="utf-8")
    with pytest.raises(Invalid) as caught:
        propose(TableRequest(file=file), warehouse=warehouse)
    assert [f.code for f in caught.value.faults] == ["no_figures"]


def test_the_whole_country_of_a_table_in_japanese_is_asked_for(bring: Any) -> None:
    body = "国籍別在留外国人（全国）,,\n国籍・地域,2022年,2023年\nベトナム,489312,565026\nネパール,139393,176336\n"
    assert bring(body, whose="Japan").told("C4")[1] == "Japan"
