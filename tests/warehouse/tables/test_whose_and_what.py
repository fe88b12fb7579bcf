"""Which column, line or heading says whose figures they are and what they count, in the shapes that offices use."""

from __future__ import annotations

from typing import Any

import pytest

from warehouse.errors import Invalid
from warehouse.tables.cells import Figure, Unread, read_cell
from warehouse.tables.nations import is_nation, is_region, month_names, nations_in
from warehouse.tables.sdmx import without_code

COUNTY = """CAEMP25N Total full-time and part-time employment by NAICS industry 1
County
GeoFips,GeoName,LineCode,Description,2005,2006,2007
01001,"Autauga, AL",,Employment by place of work,,,
01001,"Autauga, AL",10,Total employment (number of jobs),17404,17189,17998
01001,"Autauga, AL",500,"      Manufacturing",1767,1703,1687
01009,"Blount, AL",,Employment by place of work,,,
01009,"Blount, AL",10,Total employment (number of jobs),15068,15290,15847
01009,"Blount, AL",500,"      Manufacturing",(D),(D),1707
"""
SERIES = """"Libellé";"Passagers, vols internationaux";"Codes"
"idBank";"010001981";""
"Période";"";""
"2018-01";"5.931";"A"
"2017-12";"6.165";"A"
"2017-11";"5.841";"A"
"2017-10";"7.06";"A"
"2017-09";"7.30";"A"
"2017-08";"8.11";"A"
"""
TWINS = """,Employed total ;,Employed total ;,Unemployment rate ;
Unit,000,000,Percent
Series Type,Trend,Original,Original
Series ID,A84423043C,A84423085A,A84423092X
Jan-2020,13001.9,12900.3,5.3
Feb-2020,13009.8,13008.9,5.1
Mar-2020,13006.1,13015.1,5.2
"""
DISTRICTS = """NUTS1;NUTS2;DISTRICT_CODE;POP_TOTAL;POP_MEN;REF_DATE
AT1;AT13;90100;16047;7684;2021-01-01
AT1;AT13;90200;105848;51866;2021-01-01
AT1;AT13;90300;92956;43989;2021-01-01
"""
PROVINCES = """Población por provincias
;Total;;Hombres;
;2017;2016;2017;2016
02 Albacete;390032;392118;195142;196159
35 Palmas, Las;1108083;1097800;550010;545281
07 Balears, Illes;1115999;1107220;555004;550651
"""
LABELLED = (
    "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,freq,Time frequency,c_resid,Country of residence,unit,Unit of measure,"
    "geo,Geopolitical entity (reporting),TIME_PERIOD,Time,OBS_VALUE,Observation value,OBS_FLAG,Flag\n"
    "dataflow,ESTAT:X(1.0),Arrivals,M,Monthly,FOR,Foreign country,NR,Number,AT,Austria,2024-01,,2174523,,,\n"
    "dataflow,ESTAT:X(1.0),Arrivals,M,Monthly,DOM,Reporting country,NR,Number,AT,Austria,2024-01,,1045210,,p,prov.\n"
    "dataflow,ESTAT:X(1.0),Arrivals,M,Monthly,FOR,Foreign country,NR,Number,CZ,Czechia,2024-01,,501833,,,\n"
)
CODED = (
    "STRUCTURE,STRUCTURE_ID,ACTION,FREQ:Frequency,L_REP_CTY:Reporting country,CBS_POSITION:Measure,UNIT_MEASURE:Unit of"
    " measure,UNIT_MULT:Unit Multiplier,TIME_PERIOD:Time period or range,OBS_VALUE:Value,OBS_STATUS:Status\n"
    "dataflow,BIS:X(1.0),I,Q: Quarterly,CN: China,T: Total claims,USD: US dollar,6: Millions,2023-Q3,1203.4,A: Normal\n"
    "dataflow,BIS:X(1.0),I,Q: Quarterly,JP: Japan,T: Total claims,USD: US dollar,6: Millions,2023-Q3,4501.2,A: Normal\n"
    "dataflow,BIS:X(1.0),I,Q: Quarterly,JP: Japan,R: Ratio,PC: Percent,0: Units,2023-Q4,12.9,E: Estimated value\n"
)


def test_a_line_of_words_between_the_rows_is_neither_a_heading_nor_a_series(bring: Any) -> None:
    found = bring(COUNTY)
    assert len(found.cells) == 10
    assert found.told("E5")[1:] == ("Autauga, AL", "2005-12-31", "17404")
    assert found.told("G9")[1:] == ("Blount, AL", "2007-12-31", "1707")
    assert "place_of_work" not in found.mapping
    assert {o.indicator for o in found.cells.values()} == {o.indicator for o in found.landing.new}


def test_facts_about_a_series_above_its_months_are_headings(bring: Any) -> None:
    found = bring(SERIES, whose="paris")
    assert found.told("B4") == ("Passagers, vols internationaux", "paris", "2018-01-31", "5.931")
    assert len(found.cells) == 6


def test_columns_of_one_name_are_told_apart_by_a_row_of_facts(bring: Any) -> None:
    told = bring(TWINS).told
    assert [told(c)[0].split(" [")[0] for c in ("B5", "C5")] == [
        "Employed total ; / Trend",
        "Employed total ; / Original",
    ]
    assert told("C7")[2:] == ("2020-03-31", "13015100")


def test_a_code_that_varies_names_the_place_and_one_that_does_not_names_nothing(bring: Any) -> None:
    told = bring(DISTRICTS).told
    assert told("D2")[:2] == ("POP_TOTAL", "90100")
    assert told("E4")[:2] == ("POP_MEN", "90300")


def test_labels_that_are_regions_are_places_under_an_empty_heading(bring: Any) -> None:
    told = bring(PROVINCES).told
    assert told("B4") == ("Total", "02 Albacete", "2017-12-31", "390032")
    assert told("E6") == ("Hombres", "07 Balears, Illes", "2016-12-31", "550651")


def test_an_sdmx_file_with_labels_is_read_by_its_concepts(bring: Any) -> None:
    told = bring(LABELLED).told
    assert told("N2") == ("Arrivals / Foreign country [Number]", "Austria", "2024-01-31", "2174523")
    assert told("N3")[0] == "Arrivals / Reporting country [Number]"
    assert told("N4")[1] == "Czechia"


def test_codes_before_labels_are_no_part_of_a_name_or_a_multiplier(bring: Any) -> None:
    told = bring(CODED).told
    assert told("J2") == ("T: Total claims [USD: US dollar]", "China", "2023-09-30", "1203400000")
    assert told("J4")[1:] == ("Japan", "2023-12-31", "12.9")


def test_a_table_with_a_title_that_names_no_place_is_nobodys(bring: Any) -> None:
    body = "Executive summary of tourism,,\n,2022,2023\nVisitors,38829300,40829900\n"
    with pytest.raises(Invalid) as caught:
        bring(body, ('entity = "las_vegas"', 'entity = ""'), whose="las_vegas")
    assert [f.code for f in caught.value.faults] == ["entity_needed"]


def test_and_comes_in_once_somebody_says_whose_it_is(bring: Any) -> None:
    found = bring("Executive summary of tourism,,\n,2022,2023\nVisitors,38829300,40829900\n", whose="las_vegas")
    assert found.told("B3")[1:3] == ("las_vegas", "2022-12-31")


def test_a_bare_table_of_what_the_catalogue_counts_may_be_ours(bring: Any) -> None:
    found = bring("指标,单位,2024年,2025年\n国际友好城市,个,288,290\n", whose="")
    assert ("entity_assumed", "beijing") in found.doubts
    assert {found.names[o.entity] for o in found.cells.values()} == {"Beijing"}


@pytest.mark.parametrize("body", ["year,visitors\n2022,100\n2023,120\n", "指标,2022年,2023年\n接待,100,120\n"])
def test_a_bare_table_of_anything_else_is_asked(body: str, bring: Any) -> None:
    assert ("entity_needed", "entity") in bring(body, whose="somewhere").doubts


def test_a_mapping_says_which_words_it_understands(bring: Any) -> None:
    said = bring(PROVINCES).mapping
    for word in ("multiplier", "definition", "[headings.D]", "auto, indicator, part, entity"):
        assert word in said


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$190.91", 190.91),
        ("US$ 1,234", 1234),
        ("12 €", 12),
        ("-$5", -5),
        ("$1.2m", 1.2e6),
        ("£3bn", 3e9),
        ("R$ 5,5", 5.5),
    ],
)
def test_a_sign_of_money_beside_a_number(text: str, value: float) -> None:
    read = read_cell(text, decimal="," if "," in text and "R$" in text else ".")
    assert isinstance(read, Figure)
    assert float(read.value) == value


def test_a_sign_of_money_alone_is_no_figure() -> None:
    assert isinstance(read_cell("$"), Unread)


@pytest.mark.parametrize("name", ["Korea, Rep.", "Österreich", "Côte d'Ivoire", "法国", "Ísland", "Deutschland¹"])
def test_countries_in_the_languages_of_the_tables(name: str) -> None:
    assert is_nation(name)


@pytest.mark.parametrize("name", ["Total", "Hotels", "合计", "Manufacturing", "Male", "Northern"])
def test_words_of_any_table_are_no_places(name: str) -> None:
    assert not is_nation(name)
    assert not is_region(name)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Tourist arrivals to Thailand by nationality", {"Thailand"}),
        ("Statistics Canada", {"Canada"}),
        ("Trade of South Africa with Europe", {"South Africa"}),
        ("Total retail sales", set()),
    ],
)
def test_countries_named_in_a_line(text: str, names: set[str]) -> None:
    assert nations_in(text) == names


def test_a_month_is_the_same_in_every_language_that_names_it_so() -> None:
    months = month_names()
    assert (months["Marzo"], months["Мая"], months["Temmuz"], months["Sept"]) == (3, 5, 7, 9)
    assert "Listopad" not in months


@pytest.mark.parametrize(
    ("text", "words"), [("AT: Austria", "Austria"), ("6: Millions", "Millions"), ("Gdp: x", "Gdp: x")]
)
def test_a_code_before_a_label(text: str, words: str) -> None:
    assert without_code(text) == words


def test_a_row_of_headings_that_calls_itself_geography_names_the_place(bring: Any) -> None:
    body = "Travellers entering Canada,,\nGeography,Winnipeg,\nTraveller type,Travellers,\nCharacteristics,2024,2025\n"
    found = bring(body + ",Travellers,\nAll,345887,284744\nVisitors,67370,66928\n")
    assert found.told("C6")[1:3] == ("Winnipeg", "2025-12-31")


def test_rankings_side_by_side_have_each_their_own_places(bring: Any) -> None:
    heads = "PASAJEROS,,,OPERACIONES,,\nAeropuertos,Total,,Aeropuertos,Total,\n"
    rows = "MADRID,66,,MADRID,42,\nBARCELONA,55,,PALMA,34,\nPALMA,33,,BARCELONA,24,\n"
    found = bring("Tráfico 2024,,,,,\n" + heads + rows)
    assert [found.told(f"E{r}")[1] for r in (4, 5, 6)] == ["MADRID", "PALMA", "BARCELONA"]
    assert found.told("B5")[:2] == ("PASAJEROS / Total", "BARCELONA")


def test_a_column_of_measures_that_says_only_a_sign_is_one_of_units(bring: Any) -> None:
    body = "Direction,Date,Country,Measure,Value\n"
    rows = "".join(f"Exports,2015-01-{d:02d},All,$,{d}000\n" for d in range(1, 9))
    assert bring(body + rows).told("E2")[0] == "Exports [$]"
