"""Rows that mean something only under the row above them, rows of no place, and years that end in another month."""

from __future__ import annotations

from typing import Any

import pytest

from warehouse.tables.parent_rows import under_parents

COMMUNIQUE = """表1 2024年北京市外资情况,
指标,2024年
实际使用外资金额（亿元人民币）,1200
其中：制造业,300
同比增长（%）,3.5
新设企业（家）,5000
同比增长（%）,-2.1
"""


def test_growth_below_each_of_two_figures_is_of_each(bring: Any) -> None:
    found = bring(COMMUNIQUE)
    assert "parents = true" in found.mapping
    assert not found.landing.refused
    cells = {cell: (o.phrase, o.value) for cell, o in found.cells.items()}
    assert cells["B4"] == ("实际使用外资金额 / 制造业 [亿元人民币]", 3e10)
    assert cells["B5"][0].startswith("实际使用外资金额 / 同比增长")
    assert cells["B7"][0].startswith("新设企业 / 同比增长")
    assert (cells["B5"][1], cells["B7"][1]) == (3.5, -2.1)


def test_labels_that_come_once_are_left_as_they_are() -> None:
    assert under_parents(["人口", "面积", ""], [True, True, True]) == ["人口", "面积", ""]


def test_what_says_it_is_a_part_is_read_under_the_last_whole() -> None:
    told = under_parents(["Exports (USD million)", "of which: Goods", "Imports"], [True, True, True])
    assert told == ["Exports (USD million)", "Exports / Goods（USD million）", "Imports"]


def test_a_figure_of_no_place_among_places_is_refused(bring: Any) -> None:
    body = "序号,城市,展览数量（场）\n1,上海市,600\n2,北京市,500\n合计,,1100\n"
    found = bring(body, ('period = ""', 'period = "2024"'))
    assert [(f.code, f.text) for f in found.landing.refused] == [("no_entity", "1100")]
    assert sorted(o.value for o in found.cells.values()) == [500, 600]


@pytest.mark.parametrize(("ends", "last"), [(3, "2019-03-31"), (6, "2019-06-30")])
def test_a_mapping_says_in_which_month_the_years_end(ends: int, last: str, bring: Any) -> None:
    body = "State,2018-19,2019-20\nGoa,100,110\nKerala,200,210\n"
    found = bring(body, ("year_ends = 0", f"year_ends = {ends}"))
    assert ("year_ends_unknown", "year_ends") in found.doubts
    assert not found.landing.refused
    assert min(o.period_end for o in found.cells.values()).isoformat() == last


def test_a_section_names_its_figures_where_no_column_does(bring: Any) -> None:
    body = (
        "Area;2023. I. félév;2023. I–III. negyedév\nWages;;\nBudapest;681;680\nPest;507;508\n"
        "Growth;;\nBudapest;11;12\nPest;9;8\n"
    )
    found = bring(body)
    assert not found.landing.refused
    assert {o.phrase for o in found.cells.values()} == {"Wages", "Growth"}
    assert {o.period_end.isoformat() for o in found.cells.values()} == {"2023-06-30", "2023-09-30"}


def test_a_row_under_one_that_comes_again_takes_the_whole_way(bring: Any) -> None:
    rows = ["总周转量", "  国内航线", "    其中：港澳台航线", "旅客运输量", "  国内航线", "    其中：港澳台航线"]
    found = bring("2024年生产,\n项目,数\n" + "".join(f"{label},{n}\n" for n, label in enumerate(rows, 1)))
    labels = [found.told(f"B{row}")[0] for row in range(3, 9)]
    assert len(set(labels)) == 6
    assert labels[2].startswith("总周转量 / 国内航线 / 港澳台航线")


def test_what_is_set_in_under_the_total_of_all_does_not_bear_its_name(bring: Any) -> None:
    found = bring("北京外商投资,\n项目,2023\n合    计,30\n  制造业,10\n  金融业,20\n", whose="")
    assert found.told("B4")[0] == "制造业"


CPI = """\
北京居民消费价格指数,
单位：%,
项目,2024年11月
总指数,99.8
    其中：食品,98.5
          非食品,100.1
食品烟酒,99.2
"""


def test_a_row_set_in_as_far_as_the_name_behind_of_which_is_its_sibling(bring: Any) -> None:
    found = bring(CPI, whose="")
    assert [found.told(f"B{r}")[0] for r in (5, 6)] == ["总指数 / 食品", "总指数 / 非食品"]
    assert {o.measure for o in found.cells.values()} == {found.cells["B7"].measure}
    assert not [d for d in found.doubts if d[0] == "unit_unstated"]
