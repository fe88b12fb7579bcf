"""Some cells are shown beside what they are taken for: few, and so chosen that no column or name is left out unseen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from forecast.workflow.importing import TableRequest, propose
from warehouse.catalogue import Catalogue
from warehouse.tables.grid import Grid
from warehouse.tables.mapping import Mapping
from warehouse.tables.proofs import MOST, Proof, proofs
from warehouse.tables.spots import spots


def shown(tmp_path: Path, warehouse: Path, text: str) -> dict[str, Proof]:
    file = tmp_path / "t.csv"
    file.write_text(text, encoding="utf-8")
    return {p.cell: p for p in propose(TableRequest(file=file), warehouse=warehouse).proofs}


def test_each_row_and_column_of_a_small_table_is_shown(tmp_path: Path, warehouse: Path) -> None:
    told = shown(tmp_path, warehouse, "指标,2022年,2023年\n游客（万人次）,12,34\n会议数（个）,5,0\n")
    assert set(told) == {"C2", "B3"}
    visitors = told["C2"]
    assert visitors.days
    assert (visitors.as_stated, visitors.multiplier, visitors.days.end) == ("34", 1e4, date(2023, 12, 31))
    assert told["B3"].multiplier == 1


def test_a_heading_that_is_written_unlike_the_others_is_shown(tmp_path: Path, warehouse: Path) -> None:
    years = [*(str(y) for y in range(2000, 2022)), "2022年1-6月"]
    told = shown(
        tmp_path, warehouse, "指标," + ",".join(years) + "\n接待游客（人次）," + ",".join("7" for _ in years) + "\n"
    )
    assert len(told) == MOST
    half = told["X2"].days
    assert half
    assert (half.start, half.end) == (date(2022, 1, 1), date(2022, 6, 30))


@given(
    st.lists(st.lists(st.sampled_from(["", "0", "..", "7", "1,234"]), min_size=4, max_size=4), min_size=1, max_size=30)
)
def test_what_is_shown_are_figures_of_the_table_each_once(body: list[list[str]]) -> None:
    rows = [["name", "2020", "2021", "2022", "2023"], *([f"row {n}", *line] for n, line in enumerate(body))]
    mapping = Mapping(header_rows=(1,), first_row=2, columns={1: "indicator"} | dict.fromkeys(range(2, 6), "value"))
    told = proofs(spots(Grid(name="", rows=tuple(map(tuple, rows))), mapping), mapping, Catalogue({}, {}, ()))
    cells = [(int(p.cell[1:]), p.cell[0], p.as_stated) for p in told]
    figures = [(n, "BCDE"[c], t) for n, line in enumerate(body, 2) for c, t in enumerate(line) if t in ("7", "1,234")]
    assert cells == sorted(set(cells))
    assert set(cells) <= set(figures)
    assert len(cells) <= MOST
    assert bool(cells) == bool(figures)
    if len(figures) <= MOST:
        assert {c[1] for c in cells} == {f[1] for f in figures}
        assert {c[0] for c in cells} == {f[0] for f in figures}


def test_what_is_shown_of_a_stock_is_the_day_it_lands_on(tmp_path: Path, warehouse: Path) -> None:
    body = "指标,2022年\n常住人口（万人）,2184.3\n接待游客（万人次）,18000\n注：人口为7月1日零时数,\n"
    told = shown(tmp_path, warehouse, body)
    spans = {cell: (p.days.start, p.days.end) for cell, p in told.items() if p.days}
    assert spans == {
        "B2": (date(2022, 7, 1), date(2022, 7, 1)), "B3": (date(2022, 1, 1), date(2022, 12, 31)),
    }  # fmt: skip
