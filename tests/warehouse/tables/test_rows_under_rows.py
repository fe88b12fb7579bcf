"""Rows that mean something only under the row above them, rows of no place, and years that end in another month."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from forecast.workflow.importing import TableRequest, import_table, propose
from forecast.workflow.opening import open_store
from warehouse.tables.parent_rows import under_parents

COMMUNIQUE = """表1 2024年北京市外资情况,
指标,2024年
实际使用外资金额（亿元人民币）,1200
其中：制造业,300
同比增长（%）,3.5
新设企业（家）,5000
同比增长（%）,-2.1
"""


def test_growth_below_each_of_two_figures_is_of_each(tmp_path: Path, warehouse: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(COMMUNIQUE, encoding="utf-8")
    path = propose(TableRequest(file=file), warehouse=warehouse).path
    assert "parents = true" in path.read_text("utf-8")
    landing = import_table(TableRequest(file=file, published=date(2026, 3, 1)), by="t", warehouse=warehouse)
    assert not landing.refused
    with open_store(warehouse) as store:
        known = [k.observation for k in store.observations() if k.observation.source == landing.source.id]
    found = {o.locator.rpartition("!")[2]: (o.phrase, o.value) for o in known}
    assert found["B4"] == ("实际使用外资金额 / 制造业 [亿元人民币]", 3e10)
    assert found["B5"][0].startswith("实际使用外资金额 / 同比增长")
    assert found["B7"][0].startswith("新设企业 / 同比增长")
    assert (found["B5"][1], found["B7"][1]) == (3.5, -2.1)


def test_labels_that_come_once_are_left_as_they_are() -> None:
    assert under_parents(["人口", "面积", ""], [True, True, True]) == ["人口", "面积", ""]


def test_what_says_it_is_a_part_is_read_under_the_last_whole() -> None:
    told = under_parents(["Exports (USD million)", "of which: Goods", "Imports"], [True, True, True])
    assert told == ["Exports (USD million)", "Exports / Goods（USD million）", "Imports"]


def test_a_figure_of_no_place_among_places_is_refused(tmp_path: Path, warehouse: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("序号,城市,展览数量（场）\n1,上海市,600\n2,北京市,500\n合计,,1100\n", encoding="utf-8")
    path = propose(TableRequest(file=file), warehouse=warehouse).path
    path.write_text(path.read_text("utf-8").replace("[defaults]", '[defaults]\nperiod = "2024"'), "utf-8")
    landing = import_table(TableRequest(file=file, published=date(2026, 3, 1)), by="t", warehouse=warehouse)
    assert [(f.code, f.text) for f in landing.refused] == [("no_entity", "1100")]
    assert sorted(o.value for o in landing.new) == [500, 600]


@pytest.mark.parametrize(("ends", "last"), [(3, "2019-03-31"), (6, "2019-06-30")])
def test_a_mapping_says_in_which_month_the_years_end(ends: int, last: str, tmp_path: Path, warehouse: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("State,2018-19,2019-20\nGoa,100,110\nKerala,200,210\n", encoding="utf-8")
    proposal = propose(TableRequest(file=file), warehouse=warehouse)
    assert "doubt_year_ends_unknown" in [n.code for n in proposal.notes]
    said = proposal.path.read_text("utf-8")
    proposal.path.write_text(said.replace("year_ends = 0", f"year_ends = {ends}"), "utf-8")
    landing = import_table(TableRequest(file=file, published=date(2026, 3, 1)), by="t", warehouse=warehouse)
    assert not landing.refused
    assert min(o.period_end for o in landing.new).isoformat() == last


def test_a_section_names_its_figures_where_no_column_does(tmp_path: Path, warehouse: Path) -> None:
    file = tmp_path / "t.csv"
    rows = (
        "Area;2023. I. félév;2023. I–III. negyedév\nWages;;\nBudapest;681;680\nPest;507;508\n"
        "Growth;;\nBudapest;11;12\nPest;9;8\n"
    )
    file.write_text(rows, encoding="utf-8")
    path = propose(TableRequest(file=file), warehouse=warehouse).path
    said = path.read_text("utf-8").replace("sections = false", "sections = true").replace('entity = ""', 'entity = "x"')
    path.write_text(said, "utf-8")
    landing = import_table(TableRequest(file=file, published=date(2026, 3, 1)), by="t", warehouse=warehouse)
    assert not landing.refused
    assert {o.phrase for o in landing.new} == {"Wages", "Growth"}
    assert {o.period_end.isoformat() for o in landing.new} == {"2023-06-30", "2023-09-30"}
