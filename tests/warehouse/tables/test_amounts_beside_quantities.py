"""Two units in one table, tonnes a row and money a column of amounts; and one figure among many words."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from forecast.workflow.importing import TableRequest, import_table, mapping_beside, propose
from warehouse.tables.units import settled_unit, unit_of

DAY = date(2026, 3, 1)
CUSTOMS = """（13）2023年12月出口主要商品量值表（美元值）,,,,,
,,,,,单位：千美元
商品名称,计量单位,12月,,1至12月累计,
,,数量,金额,数量,金额
水产品,万吨,35.0,"1,790,413",370.5,"19,700,112"
稀土,吨,"3,439.3","24,120","52,306.4","763,915"
手机,万台,"7,671.3","13,944,020","80,193.8","138,802,911"
"""
LABELLED = (
    "STRUCTURE,STRUCTURE_ID,freq,Time frequency,c_resid,Residence,unit,Unit of measure,nace_r2,Activity,geo,Country,"
    "TIME_PERIOD,OBS_VALUE,OBS_FLAG,Observation status,CONF_STATUS,Confidentiality\n"
    "dataflow,ESTAT:T(1.0),A,Annual,TOTAL,Total,NR,Number,I551,Hotels,AT,Austria,2022,21745,p,provisional,F,free\n"
    "dataflow,ESTAT:T(1.0),A,Annual,TOTAL,Total,NR,Number,I551,Hotels,AT,Austria,2023,23901,p,provisional,F,free\n"
)


def request(file: Path, text: str, encoding: str = "utf-8") -> TableRequest:
    file.write_bytes(text.encode(encoding))
    return TableRequest(file=file, published=DAY, title="A table")


def values(wanted: TableRequest, warehouse: Path) -> dict[str, float]:
    """Cell -> value in base units, of what an import would bring in."""
    landing = import_table(wanted, dry_run=True, warehouse=warehouse)
    return {o.locator.rpartition("!")[2]: o.value for o in landing.new}


def test_amounts_are_in_the_tables_money_and_quantities_in_the_units_of_their_rows(
    tmp_path: Path, warehouse: Path
) -> None:
    wanted = request(tmp_path / "出口主要商品.csv", CUSTOMS, "gbk")
    mapping = propose(wanted, warehouse=warehouse).path
    mapping.write_text(mapping.read_text(encoding="utf-8").replace('entity = ""', 'entity = "China"'), encoding="utf-8")
    assert values(wanted, warehouse) == pytest.approx({
        "C5": 350_000, "D5": 1_790_413_000, "E5": 3_705_000, "F5": 19_700_112_000,
        "C6": 3_439.3, "D6": 24_120_000, "E6": 52_306.4, "F6": 763_915_000,
        "C7": 76_713_000, "D7": 13_944_020_000, "E7": 801_938_000, "F7": 138_802_911_000,
    })  # fmt: skip


def test_the_unit_that_a_mapping_gives_one_column_holds_whatever_its_rows_say(tmp_path: Path, warehouse: Path) -> None:
    table = "Place,Unit,2022,2023\nShanghai,thousand persons,7,8\nTianjin,thousand persons,5,6\n"
    wanted = request(tmp_path / "places.csv", table)
    propose(wanted, warehouse=warehouse)
    landing = import_table(wanted, dry_run=True, warehouse=warehouse)
    assert {o.entity for o in landing.new} == {"shanghai", "tianjin"}
    before = values(wanted, warehouse)
    assert before == {"C2": 7_000, "D2": 8_000, "C3": 5_000, "D3": 6_000}
    mapping = mapping_beside(wanted.file)
    said = mapping.read_text(encoding="utf-8")
    assert not re.search(r"^\[headings", said, re.M)
    mapping.write_text(f'{said}\n[headings]\nD = {{ unit = "million persons" }}\n', encoding="utf-8")
    assert values(wanted, warehouse) == {"C2": 7_000, "D2": 8_000_000, "C3": 5_000, "D3": 6_000_000}


def test_one_figure_among_seventeen_words_is_still_a_row_of_data(tmp_path: Path, warehouse: Path) -> None:
    wanted = request(tmp_path / "estat_labels.csv", LABELLED)
    propose(wanted, warehouse=warehouse)
    assert sorted(values(wanted, warehouse).values()) == [21_745, 23_901]


@pytest.mark.parametrize(
    ("row", "column", "names", "holds"),
    [
        ("万吨", None, ("数量",), "万吨"),
        ("万吨", None, ("累计", "金额"), None),
        ("万元", None, ("金额",), "万元"),
        ("吨", "千美元", ("金额",), "千美元"),
        ("吨", "%", ("数量",), "%"),
    ],
)
def test_of_two_units_the_one_that_speaks_of_the_column_holds(
    row: str, column: str | None, names: tuple[str, ...], holds: str | None
) -> None:
    found = settled_unit(unit_of(row), unit_of(column) if column else None, names)
    assert found == (unit_of(holds) if holds else None)
