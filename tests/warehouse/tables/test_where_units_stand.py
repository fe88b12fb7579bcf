"""A bracket is a unit only where its words are; scales of several languages; what a ratio is divided by is no scale."""

from __future__ import annotations

from typing import Any

import pytest

from warehouse.tables.units import line_unit, names_units, priced, take_unit, unit_of


@pytest.mark.parametrize(
    "label",
    [
        "Table: 17-10-0009-01 (formerly CANSIM 051-0005)", "Hotels (2)", "Accommodation (NACE Rev. 2)", "X (1)(2)",
        "X (a)",
        "人口（年度）", "就业（按部门分）", "Population (15-64 years)", "Series (monthly)", "GNI (Atlas method)",
        "S.T. (Table 3)",
        "CPI (2015 = 100)", "x (Ref. 1000)", "企业（2023年末）", "额(按当年价格计算)",
    ],
)  # fmt: skip
def test_a_bracket_of_other_words_is_no_unit(label: str) -> None:
    assert take_unit(label) == (None, label)
    assert not names_units(label)


@pytest.mark.parametrize(
    ("label", "size", "words"),
    [
        ("Visitors (000)", 1e3, ""), ("投資額（100万ドル）", 1e6, "ドル"), ("人数(10万人)", 1e5, "人"),
        ("Assets (100million SDR)", 1e8, "SDR"), ("Visits (thousands unless noted)", 1e3, ""),
        ("GDP (Rs. crore)", 1e7, "Rs."), ("Turnover (£m)", 1e6, "£"), ("收入(亿元人民币)", 1e8, "元人民币"),
        ("Trade (EUR mn)", 1e6, "EUR"),
        ("Imports, US$ bn", 1e9, "US$"), ("Exports, in lakh", 1e5, ""), ("Exports (in ₹ crore)", 1e7, "₹"),
        ("吞吐量(万标准箱)", 1e4, "标准箱"), ("出口（千美元）", 1e3, "美元"), ("額（百万円）", 1e6, "円"),
        ("人数(천명)", 1e3, "명"),
        ("수출 (백만원)", 1e6, "원"), ("X (тыс. чел.)", 1e3, "чел."), ("Umsatz (Mio. EUR)", 1e6, "EUR"),
        ("Pop (en milliers)", 1e3, ""), ("Pop, miles de personas", 1e3, "personas"),
        ("Freight (1,000 tonnes)", 1e3, "tonnes"),
        ("Deaths (per 1,000 inhabitants)", 1, "per 1,000 inhabitants"), ("CPI (Index 2015=100)", 1, "Index 2015=100"),
        ("GDP (constant 2015 US$)", 1, "constant 2015 US$"), ("Total employment (number of jobs)", 1, "number of jobs"),
        ("房价(元/间·天)", 1, "元/间·天"), ("宿泊者数（人泊）", 1, "人泊"), ("每万人口床位（张）", 1, "张"),
        ("Inbound Tourists (person-time)", 1, "person-time"),
    ],
)  # fmt: skip
def test_units_in_brackets_and_behind_commas(label: str, size: float, words: str) -> None:
    unit, _ = take_unit(label)
    assert unit is not None
    assert (unit.multiplier, unit.words) == (size, words)


@pytest.mark.parametrize(
    ("said", "size"),
    [
        ("'000", 1e3), ("1 000 t per 1 000 ha", 1e3), ("per 100 000", 1), ("per 1 000 population", 1), ("每万人口", 1),
        ("张/每万人口", 1), ("万元/人", 1e4), ("thousand persons per km2", 1e3), ("% of GDP", 1), ("人民币亿元", 1e8),
        ("lakh crore", 1e12), ("mil. Kč", 1e6), ("mil euros", 1e3), ("miles", 1), ("10 000 persons", 1e4),
        ("tis. osob", 1e3),
        ("Index 1000=2015", 1), ("GBP m", 1e6), ("십억원", 1e9), ("億円", 1e8),
    ],
)  # fmt: skip
def test_how_many_base_units_words_stand_for(said: str, size: float) -> None:
    assert unit_of(said).multiplier == size


@pytest.mark.parametrize(
    ("line", "size"),
    [("Amounts in ₹ crore", 1e7), ("(Rs. in crore)", 1e7), ("en millions d'euros", 1e6), ("(en milliers)", 1e3)],
)
def test_a_line_states_the_unit_of_the_table(line: str, size: float) -> None:
    unit = line_unit(line)
    assert unit is not None
    assert unit.multiplier == size


def test_a_unit_of_money_keeps_its_currency() -> None:
    told = priced(unit_of("Per 5 Kilogram"), unit_of("Dollar"))
    assert (told.multiplier, told.words) == (1, "Dollar per 5 Kilogram")
    assert priced(unit_of("per 1,000 inhabitants"), unit_of("persons")).words == "per 1,000 inhabitants"
    assert priced(unit_of("吨"), unit_of("万元")).words == "吨"


def test_of_two_units_in_a_line_each_heading_has_its_own(bring: Any) -> None:
    body = "單位：件；美金千元,,\n年別,件數,金額\n2022,2566,13303282\n2023,2342,11254213\n"
    found = bring(body, whose="Taiwan")
    assert (found.cells["B3"].value, found.cells["C3"].value) == (2566, 13303282e3)


def test_a_unit_may_stand_before_what_its_prices_are(bring: Any) -> None:
    body = "city,variable,2009,2010\n{}\n"
    label = '"GDP (Million USD, constant prices, base year 2015)"'
    found = bring(body.format(f"Wien,{label},147342,149523\nSofia,{label},5,6"))
    assert found.told("C2") == (
        "GDP (constant prices, base year 2015) [Million USD]",
        "Wien",
        "2009-12-31",
        "1.47342e+11",
    )


SUMS = """\
北京过夜旅游者,,,,
年份,过夜旅游者(万人次),入境旅游者,外国人,港澳台同胞,国内旅游者
2018,6532.55,900.63,345.47,555.16,5631.92
2019,6773.15,899.43,345.22,554.21,5873.72
2020,4182.59,209.73,60.92,148.81,3972.86
"""


def test_columns_that_add_up_to_one_with_a_unit_have_it(bring: Any) -> None:
    found = bring(SUMS)
    assert {c: round(found.cells[f"{c}3"].value) for c in "BCDEF"} == {
        "B": 65325500, "C": 9006300, "D": 3454700, "E": 5551600, "F": 56319200,
    }  # fmt: skip
    assert len([d for d in found.doubts if d == ("unit_of_sum", "万人次")]) == 4


def test_sums_are_of_the_numbers_as_the_table_writes_them(bring: Any) -> None:
    rows = "2018;6.532,55;900,63;5.631,92\n2019;6.773,15;899,43;5.873,72\n2020;4.182,59;209,73;3.972,86\n"
    found = bring("Wien: Gäste\nJahr;Gäste (Tausend);Ausland;Inland\n" + rows)
    assert found.cells["C3"].value == pytest.approx(900630)


def test_one_row_in_which_they_do_not_add_up_is_enough_to_leave_them_without(bring: Any) -> None:
    found = bring(SUMS.replace("5873.72", "5800"))
    assert found.cells["F3"].value == 5631.92
    assert "unit_of_sum" not in dict(found.doubts)


@pytest.mark.parametrize(
    ("said", "size"), [("USD 10000", 1e4), ("万人次每公里日", 1e4), ("元每吨", 1.0), ("USD 2015", 1.0)]
)
def test_the_size_of_a_unit_before_and_behind_its_words(said: str, size: float) -> None:
    assert unit_of(said).multiplier == size
    assert take_unit(f"客运强度 ({said})")[0] == (unit_of(said) if said != "USD 2015" else None)


def test_a_heading_that_is_only_a_unit_with_its_size_is_one(bring: Any) -> None:
    found = bring("表：香港商品貿易,,\n年,進口,\n,百萬港元,按年變動百分率\n2021,5307792,24.3\n2022,4927467,-7.2\n")
    assert found.cells["B5"].value == 4927467e6
    assert found.cells["C5"].value == -7.2


def test_no_unit_is_given_where_two_sums_hold(bring: Any) -> None:
    heads = "北京,地区生产总值（亿元）,第一产业,人均可支配收入,失业率,第三产业\n"
    rows = "2020,1000,995.5,4.5,4.5,5\n2021,1100,1095.6,4.4,4.4,5\n2022,1200,1195.8,4.2,4.2,5\n"
    found = bring(heads + rows)
    assert found.cells["D2"].value == 4.5
    assert "unit_of_sum" not in dict(found.doubts)
