"""What an imported figure measures: a flow of its period, a level at its end, a share of a whole, or a change."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from forecast.workflow.importing import TableRequest, import_table
from forecast.workflow.opening import open_store
from warehouse.tables.measures import measure_of
from warehouse.tables.units import unit_of


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("国际旅游收入", "亿美元"), ("人均地区生产总值", "元"), ("人均花费", "元/人"), ("游客花费", "元"),
        ("固定资产投资", "亿元"),
        ("GDP per capita", "current US$"), ("Average spending", "€ per person"),
        ("GDP at constant prices", "million EUR"),
        ("Total goods", "US Dollar"), ("Exports", "crore"), ("Trade balance", "USD"), ("Household consumption", "EUR"),
        ("延べ宿泊者数", "人泊"), ("入境旅游人数", "万人"), ("接待人数", "人"), ("航班", "班次"),
        ("集装箱吞吐量", "万标准箱"),
        ("Visitors", "thousand"), ("Hotel guests", "number"), ("Number of overnight stays", "NR"),
        ("Nights spent at tourist accommodation establishments", "Number"), ("Yield", "kg/ha"),
        ("Rice production", "thousand tonnes"), ("出生人口", "万人"), ("毕业生", "万人"), ("新设企业", "家"),
        ("Births", ""), ("Wages", "EUR per month"),
        ("Loan disbursements", "EUR"), ("会议数", "个"), ("進口", ""), ("商品貿易差額", ""), ("国際会議開催件数", "件"),
    ],
)  # fmt: skip
def test_what_is_counted_over_a_time_is_a_flow(name: str, unit: str) -> None:
    assert measure_of(name, unit_of(unit) if unit else None) == "flow"


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("常住人口", "万人"), ("年末存款余额", "亿元"), ("Gross debt", "USD"), ("Foreign exchange reserves", "USD bn"),
        ("Bank deposits", "Rs. crore"), ("规模以上企业", "家"), ("床位", "张"), ("Beds", "number"),
        ("Hotels", "number"),
        ("Employed persons", "thousand persons"), ("Population density", "persons per km2"), ("密度", "人/平方公里"),
        ("平均房价", "元/间·天"), ("Rice", "Dollar per 5 Kilogram"), ("Exchange rate", "CNY per USD"),
        ("Consumer price index", "Index 2015=100"), ("居民消费价格指数", ""), ("Money supply", "billion yuan"),
    ],
)  # fmt: skip
def test_a_level_a_price_and_an_index_are_stocks(name: str, unit: str) -> None:
    assert measure_of(name, unit_of(unit) if unit else None) == "stock"


@pytest.mark.parametrize(
    ("name", "unit", "measure"),
    [
        ("Unemployment rate", "%", "share"), ("入住率", "%", "share"), ("Gross debt", "% of GDP", "share"),
        ("Birth rate", "per 1,000 inhabitants", "share"), ("比重", "", "share"), ("Share of women", "", "share"),
        ("比上年增长", "%", "change"), ("同比", "", "change"), ("GDP growth", "annual %", "change"),
        ("Tourists / Annual % change", "%", "change"), ("GDP", "Percent change", "change"), ("變動率", "%", "change"),
        ("Rank", "1", "rank"),
    ],
)  # fmt: skip
def test_only_a_part_of_a_whole_is_a_share_and_growth_is_a_change(name: str, unit: str, measure: str) -> None:
    assert measure_of(name, unit_of(unit) if unit else None) == measure


def test_the_title_tells_where_neither_name_nor_unit_does() -> None:
    assert measure_of("Austria / Total", None, "Visitor arrivals by country") == "flow"
    assert measure_of("Orange", unit_of("Dollar"), "Average Retail Prices Of Selected Consumer Items") == "stock"
    assert measure_of("Total", None, "") == "stock"


def test_money_of_a_year_is_over_the_year_and_population_at_its_end(tmp_path: Path, propose_as_ours: Any) -> None:
    warehouse = tmp_path / "w.duckdb"
    open_store(warehouse).close()
    file = tmp_path / "table.csv"
    file.write_text(
        "Item,Unit,2022,2023\nSpending,million euros,7,8\nPopulation,thousand persons,5,6\n", encoding="utf-8"
    )
    wanted = TableRequest(file=file, published=date(2026, 3, 1), title="A table")
    propose_as_ours(wanted, warehouse)
    landing = import_table(wanted, dry_run=True, warehouse=warehouse)
    spans = {o.locator.rpartition("!")[2]: (o.period_start.isoformat(), o.period_end.isoformat()) for o in landing.new}
    assert spans["D2"] == ("2023-01-01", "2023-12-31")
    assert spans["D3"] == ("2023-12-31", "2023-12-31")
