"""Hostile and random tables: stored as text or refused with a code, never run, never a traceback of ours."""

from __future__ import annotations

import math
import zipfile
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forecast.workflow.importing import TableRequest, import_table, propose
from forecast.workflow.opening import open_store
from warehouse.catalogue import read_catalogue
from warehouse.errors import Invalid
from warehouse.location import seeds_folder
from warehouse.records import Source
from warehouse.tables.apply import apply
from warehouse.tables.cells import Figure, read_cell
from warehouse.tables.encoding import decode
from warehouse.tables.grid import read_grids
from warehouse.tables.headings import read_heading
from warehouse.tables.mapping_read import read_mapping
from warehouse.tables.mapping_text import write_mapping
from warehouse.tables.suggest import suggest

CATALOGUE = read_catalogue(seeds_folder())
SOURCE = Source(id="fuzz", title="Fuzz", publisher="x", published=date(2026, 3, 1))
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
CELLS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["2024年", "2023", "1,234", "1 098", "..", "—", ": c", "12.5%", "近1.2万", "over 35,000", "=cmd|' /C calc'!A0",
         "</script>", "\u202e1234", "1e400", "-0", "９９", "(1)", "①", "注：x", "指标", "地区", "单位：万人",
         "1.2亿", "\\N",
         "'; DROP TABLE observation;--", "a" * 3000]
    ),
    st.integers(-(10**6), 10**6).map(str),
    st.floats(allow_nan=True).map(repr),
)  # fmt: skip


@given(st.text(max_size=60), st.sampled_from([".", ","]))
@settings(max_examples=400, deadline=None)
def test_any_cell_is_a_finite_figure_a_gap_or_a_reason(text: str, decimal: str) -> None:
    said = read_cell(text, decimal=decimal)
    if isinstance(said, Figure):
        assert math.isfinite(float(said.value))
        assert said.step >= 0


@given(
    st.decimals(min_value=Decimal(0), max_value=Decimal(10**12), places=2), st.sampled_from([",", " ", "\u00a0", "'"])
)
def test_a_grouped_number_reads_back_as_itself(value: Decimal, mark: str) -> None:
    printed = f"{value:,.2f}".replace(",", mark)
    said = read_cell(printed)
    assert isinstance(said, Figure)
    assert said.value == value


@given(st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_heading_is_taken_apart(text: str) -> None:
    heading = read_heading(text)
    assert heading.period is None or heading.period.start <= heading.period.end


@given(
    rows=st.lists(st.lists(CELLS, max_size=6), max_size=12),
    encoding=st.sampled_from(["utf-8", "gb18030", "utf-8-sig", "utf-16"]),
)
@SETTINGS
def test_any_text_table_is_read_or_refused_with_a_code(
    rows: list[list[str]], encoding: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    import csv
    import io

    text = io.StringIO()
    csv.writer(text).writerows(rows)
    file = tmp_path_factory.mktemp("fuzz") / "t.csv"
    file.write_bytes(text.getvalue().encode(encoding, "replace"))
    looked_at(file)


@given(data=st.binary(max_size=400))
@SETTINGS
def test_any_bytes_are_read_or_refused_with_a_code(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    for name in ("t.csv", "t.tsv", "t.xlsx", "t.xls"):
        file = tmp_path_factory.mktemp("fuzz") / name
        file.write_bytes(data)
        looked_at(file)


def looked_at(file: Path) -> None:
    """Read a file as a steward would: propose a mapping, write it, read it, apply it."""
    with suppress(Invalid):
        grids = read_grids(file)
        for grid in grids:
            proposed = suggest(grid, CATALOGUE, file)
            mapping_file = file.with_suffix(".toml")
            mapping_file.write_text(write_mapping(proposed.mapping, "x", ("y",)), encoding="utf-8")
            mapping = read_mapping(mapping_file)
            assert mapping.columns == proposed.mapping.columns
            assert mapping.indicators == proposed.mapping.indicators
            applied = apply(grid, mapping, CATALOGUE, SOURCE)
            for o in applied.observations:
                assert math.isfinite(o.value)
                assert o.as_stated


def test_hostile_cells_are_stored_as_text(tmp_path: Path, warehouse: Path, propose_as_ours: Any) -> None:
    file = tmp_path / "t.csv"
    file.write_text(
        "指标,单位,2024年\n\"=cmd|' /C calc'!A0\",家,5\n</script><script>alert(1)</script>,家,6\n"
        '"\'; DROP TABLE observation;--",家,7\n\u202eevil,家,8\n../../etc/passwd,家,9\n',
        encoding="utf-8",
    )
    propose_as_ours(TableRequest(file=file), warehouse)
    landing = import_table(TableRequest(file=file, published=date(2026, 3, 1)), warehouse=warehouse)
    assert sorted(o.value for o in landing.new) == [5, 6, 7, 8, 9]
    with open_store(warehouse) as store:
        assert len(store.observations()) > 100
        names = {i.name.en for i in store.catalogue().indicators.values()}
    assert "=cmd|' /C calc'!A0" in names
    assert not any("\u202e" in name for name in names)


def test_a_nul_a_megabyte_and_a_zip_bomb_are_refused_by_name(tmp_path: Path) -> None:
    def code(name: str, data: bytes) -> str:
        file = tmp_path / name
        file.write_bytes(data)
        with pytest.raises(Invalid) as caught:
            read_grids(file)
        return caught.value.faults[0].code

    assert code("nul.csv", b"a,b\n1,\x002\n") == "nul_character"
    assert code("long.csv", b"a,b\n1," + b"x" * 1_000_000 + b"\n") == "cell_too_long"
    bomb = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as pack,
        pack.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(620):
            member.write(b"0" * 1_000_000)
    assert bomb.stat().st_size < 2_000_000
    with pytest.raises(Invalid) as caught:
        read_grids(bomb)
    assert caught.value.faults[0].code == "zip_bomb"
    assert code("broken.xlsx", b"PK\x03\x04nothing") == "not_excel"


def test_encodings_are_told_apart_or_asked_for() -> None:
    chinese = "地区,生产总值\n东城区,1\n朝阳区,2\n".encode("gb18030")
    assert decode(chinese).encoding == "gb18030"
    western = "Pays,x\nCuraçao,1\nCôte d'Ivoire,2\nRéunion,3\n".encode("cp1252")
    western.decode("gb18030")
    found = decode(western)
    assert (found.encoding, found.certain) == ("cp1252", False)
    assert "Curaçao,1" in found.sample
    assert decode(western, "latin-1").encoding == "latin-1"
    with pytest.raises(Invalid) as caught:
        decode("Ü".encode("cp1252") + "人".encode("gb18030") + b"ber")
    assert caught.value.faults[0].code == "encoding_unclear"
    with pytest.raises(Invalid):
        decode(chinese + "é,".encode("cp1252"))
    for no_text in (bytes(range(1, 256)), bytes(range(256)), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"):
        with pytest.raises(Invalid) as caught:
            decode(no_text)
        assert caught.value.faults[0].code == "not_text"
    with pytest.raises(Invalid):
        decode(chinese, "ascii")


def test_a_workbook_with_formulas_gives_their_values_and_none_of_their_life(tmp_path: Path, warehouse: Path) -> None:
    file = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["指标", "2023年", "2024年"])
        sheet.write(1, 0, "国际友好城市")
        sheet.write_formula(1, 1, "=1+1", None, 281)
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    propose(TableRequest(file=file), warehouse=warehouse)
    landing = import_table(TableRequest(file=file, published=date(2026, 3, 1)), dry_run=True, warehouse=warehouse)
    assert [o.value for o in landing.new] == [281]
