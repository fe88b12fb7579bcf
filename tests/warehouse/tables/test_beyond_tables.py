"""What a sheet hides, what stands under the table that is read, and signs for a minus: told, never guessed unseen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from forecast.sentences import tell
from forecast.workflow.importing import TableRequest, import_table, mapping_beside, propose
from forecast.workflow.steward import Landing
from warehouse.records import Observation

DAY = date(2026, 3, 1)


def written(file: Path, text: str, encoding: str = "utf-8") -> TableRequest:
    file.write_bytes(text.encode(encoding))
    return TableRequest(file=file, published=DAY, title="A table")


Land = Callable[[TableRequest, Path], tuple[list[str], Landing]]


@pytest.fixture
def landed(propose_as_ours: Any) -> Land:
    """The codes told when a mapping is proposed, and what lands by it as Beijing's."""

    def call(request: TableRequest, warehouse: Path) -> tuple[list[str], Landing]:
        notes = [n.code for n in propose_as_ours(request, warehouse).notes]
        return notes, import_table(request, dry_run=True, warehouse=warehouse)

    return call


def values(landing: Landing) -> dict[str, float]:
    found = list(landing.new)
    assert all(isinstance(o, Observation) for o in found)
    return {o.locator.rpartition("!")[2]: o.value for o in found}


def test_rows_and_columns_that_a_workbook_hides_are_told_when_proposed_and_when_read(
    tmp_path: Path, warehouse: Path
) -> None:
    file = tmp_path / "hidden.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        page = book.add_worksheet()
        for number, row in enumerate([
            ("City", 2021, 2022, 2023, "Remark"), ("Shanghai", 10, 11, 12, "x"), ("Tianjin", 20, 21, 22, "x"),
            ("Chongqing", 30, 31, 32, "x"), ("Guangzhou", 40, 41, 42, "x"),
        ]):  # fmt: skip
            page.write_row(number, 0, row)
        page.set_row(2, None, None, {"hidden": True})
        page.set_row(3, None, None, {"hidden": True})
        page.set_column("C:C", None, None, {"hidden": True})
        page.set_column("E:E", None, None, {"hidden": True})
    request = TableRequest(file=file, published=DAY, title="Guests")
    proposal = propose(request, warehouse=warehouse)
    landing = import_table(request, dry_run=True, warehouse=warehouse)
    for notes in (proposal.notes, landing.remarks):
        for language, rows, columns in (
            ("en", "others: rows 3-4 (2", "others: columns C;"),
            ("zh", "第 3-4 行", "C 列"),
        ):
            told = [tell(n, language) for n in notes if "hidden" in n.code]
            assert len(told) == 2
            assert rows in told[0]
            assert columns in told[1]
    assert len(landing.new) == 12


def test_a_percent_is_found_where_a_chart_stands_before_the_sheet(
    tmp_path: Path, warehouse: Path, landed: Land
) -> None:
    file = tmp_path / "chart.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        front = book.add_chartsheet("Picture")
        page = book.add_worksheet("Data")
        page.write_row(0, 0, ("City", "Occupancy rate in 2023"))
        page.write_row(1, 0, ("Shanghai", 0.253), book.add_format({"num_format": "0.0%"}))
        page.write_row(2, 0, ("Tianjin", 0.5), book.add_format({"num_format": "0.0%"}))
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Data!$B$2:$B$3"})
        front.set_chart(chart)
    request = TableRequest(file=file, published=DAY, title="Occupancy 2023")
    _, landing = landed(request, warehouse)
    assert {o.as_stated for o in landing.new} == {"25.3%", "50%"}


TRADE = 'Balance,2021,2022,2023\nGoods,{},"1,200",{}\nServices,310,{},"1,450"\n'


def test_several_numbers_in_brackets_are_taken_as_negative_and_told(
    tmp_path: Path, warehouse: Path, landed: Land
) -> None:
    request = written(tmp_path / "t.csv", TRADE.format('"(30,900)"', '"(28,100)"', '"(0.5)"'))
    notes, landing = landed(request, warehouse)
    assert "doubt_negatives_taken" in notes
    assert 'negatives = "brackets"' in mapping_beside(request.file).read_text(encoding="utf-8")
    assert values(landing) == {"B2": -30900, "C2": 1200, "D2": -28100, "B3": 310, "C3": -0.5, "D3": 1450}


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ('Item,2021,2022\nGoods,"(30,900)",5\nServices,7,-3\nOil,"(4,100)",2\n', 2),
        ('Item,2021,2022\nGoods,"(30,900)",5\nServices,7,3\n', 1),
        ("Item,2021,2022\nRate,4.5,4.1\n,(0.3),(0.2)\nShare,7.1,7.9\n,(0.4),(0.1)\n", 4),
        ("Item,2021,2022\nGoods,(1),5\nServices,(2),3\nOil,8,9\n", 2),
    ],
    ids=["beside a minus", "one alone", "errors below estimates", "numbers of notes"],
)
def test_brackets_that_may_mean_something_else_are_refused(
    text: str, refused: int, tmp_path: Path, warehouse: Path, landed: Land
) -> None:
    notes, landing = landed(written(tmp_path / "t.csv", text), warehouse)
    assert "doubt_negatives_taken" not in notes
    assert [f.code for f in landing.refused] == ["parenthesised"] * refused


def test_triangles_of_a_japanese_table_are_negative(tmp_path: Path, warehouse: Path, landed: Land) -> None:
    text = "都道府県,令和4年,令和5年\n北海道,△1234,56\n京都府,78,▲9.5\n大阪府,△ 3,4\n"
    notes, landing = landed(written(tmp_path / "t.csv", text, "cp932"), warehouse)
    assert "doubt_negatives_taken" in notes
    assert values(landing) == {"B2": -1234, "C2": 56, "B3": 78, "C3": -9.5, "B4": -3, "C4": 4}


def test_a_single_triangle_is_refused_rather_than_taken_as_positive(
    tmp_path: Path, warehouse: Path, landed: Land
) -> None:
    text = "City,2022,2023\nOsaka,△1234,56\nKyoto,78,9\n"
    _, landing = landed(written(tmp_path / "t.csv", text), warehouse)
    assert [f.code for f in landing.refused] == ["triangle"]


@pytest.mark.parametrize("heading", ["月份", "统计月份", "Period", "年月", "month"])
def test_months_in_digits_under_a_heading_of_periods_are_months(
    heading: str, tmp_path: Path, warehouse: Path, landed: Land
) -> None:
    text = f"{heading},Guests,Rooms\n202311,10,5\n202312,20,6\n202401,30,7\n"
    _, landing = landed(written(tmp_path / "t.csv", text), warehouse)
    assert [o.period_end.isoformat() for o in landing.new] == 2 * ["2023-11-30"] + 2 * ["2023-12-31"] + 2 * [
        "2024-01-31"
    ]
    assert [o.value for o in landing.new] == [10, 5, 20, 6, 30, 7]


def test_a_second_table_below_is_told_when_read_too(tmp_path: Path, warehouse: Path) -> None:
    text = "City,2022,2023\nShanghai,10,11\nTianjin,20,21\n\nCity,2022,2023\nShanghai,5,6\nTianjin,7,8\n"
    request = written(tmp_path / "t.csv", text)
    propose(request, warehouse=warehouse)
    landing = import_table(request, dry_run=True, warehouse=warehouse)
    assert ("doubt_another_table", "5") in {(n.code, n.params.get("where")) for n in landing.remarks}
    assert values(landing) == {"B2": 10, "C2": 11, "B3": 20, "C3": 21}


def test_a_mapping_that_reads_on_into_a_second_table_is_told(tmp_path: Path, warehouse: Path) -> None:
    text = "City,2022,2023\nShanghai,10,11\nTianjin,20,21\nCity,2022,2023\nNingbo,5,6\nHefei,7,8\n"
    request = written(tmp_path / "t.csv", text)
    propose(request, warehouse=warehouse)
    mapping = mapping_beside(request.file)
    said = mapping.read_text(encoding="utf-8")
    assert "last_row = 3\n" in said
    mapping.write_text(said.replace("last_row = 3\n", "last_row = 0\n"), encoding="utf-8")
    landing = import_table(request, dry_run=True, warehouse=warehouse)
    assert ("doubt_another_within", "4") in {(n.code, n.params.get("where")) for n in landing.remarks}
