"""Download formats of the world's offices: every figure right with the mapping as suggested, and not one besides."""

from __future__ import annotations

import importlib.util
import random
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from forecast.workflow.importing import TableRequest, import_table, propose
from forecast.workflow.opening import open_store
from warehouse.errors import Invalid
from warehouse.tables.encoding import decode
from warehouse.tables.grid import read_grids
from warehouse.tables.headings import read_heading
from warehouse.tables.periods import period_of
from warehouse.tables.units import line_unit, take_unit, unit_of

HERE = Path(__file__).parent


def _loaded(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(f"{name}_tables", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[f"{name}_tables"] = module
    spec.loader.exec_module(module)
    return module


published, abroad = _loaded("published"), _loaded("published_abroad")
CASES = (
    *published.PUBLISHED,
    *(published.Published(name, published.text(body, code), *more) for name, code, body, *more in abroad.TEXTS),
    *(published.Published(name, published.sheet(rows, merged), truth) for name, rows, merged, truth in abroad.SHEETS),
)


def told(truth: str) -> dict[str, tuple[str, str, str, float]]:
    """Cell -> (label, entity, last day, value)."""
    cells = {}
    for line in truth.strip().splitlines():
        places, label, entity, days, values = (part.strip() for part in line.split("|"))
        owners = entity.split() if entity and len(entity.split()) == len(places.split()) else None
        for n, (place, day, value) in enumerate(zip(places.split(), days.split(), values.split(), strict=True)):
            if value != ".":
                last = day if "-" in day else f"{day}-12-31"
                cells[place] = (label, owners[n] if owners else entity, last, float(value))
    return cells


NAME_NO_PLACE = (
    "fredgraph.csv",
    "年度.csv",
    "口岸.csv",
    "two_units.csv",
    "E1706.csv",
    "months.csv",
    "SeriesReport.xlsx",
    "Table_650.xlsx",
    "zairyu.xlsx",
    "海关查询.csv",
)


def say_whose(mapping: Path, name: str) -> None:
    """Fill in whose figures they are, where the file does not say it and the mapping asks."""
    said = mapping.read_text("utf-8")
    assert ('entity = ""' in said) == (name in NAME_NO_PLACE)
    mapping.write_text(said.replace('entity = ""', 'entity = "somewhere"'), "utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_figure_comes_in_right_and_no_other(case: Any, tmp_path: Path, warehouse: Path) -> None:
    file = tmp_path / case.name
    case.write(file)
    proposal = propose(TableRequest(file=file), warehouse=warehouse)
    say_whose(proposal.path, case.name)
    landing = import_table(TableRequest(file=file, published=date(2026, 3, 1)), by="tester", warehouse=warehouse)
    assert len(landing.refused) == case.refused, landing.refused
    with open_store(warehouse) as store:
        known = [k.observation for k in store.observations() if k.observation.source == landing.source.id]
        names = {e.slug: e.name.en for e in store.catalogue().entities.values()}
    found = {place.rpartition("!")[2]: o for o in known for place in o.locator.split("; ")}
    truth = told(case.truth)
    assert sorted(found) == sorted(truth)
    for place, (label, entity, day, value) in truth.items():
        o = found[place]
        assert o.value == pytest.approx(value, rel=1e-12), place
        assert o.period_end.isoformat() == day, place
        assert label in o.phrase, place
        assert entity == o.entity or entity in names[o.entity], place
    for proof in proposal.proofs:
        if proof.cell not in found and case.refused:
            continue
        o = found[proof.cell]
        assert proof.days
        assert (proof.as_stated, proof.indicator) == (o.as_stated, o.indicator)
        assert (proof.days.start, proof.days.end) == (o.period_start, o.period_end)
        assert proof.entity == o.entity or (not proof.entity and case.name in NAME_NO_PLACE)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "国家,数\n阿尔巴尼亚,1\n安哥拉,2\n巴拉圭,3\n"),
        ("cp949", "국적,입국자\n일본,1\n중국,2\n"),
        ("cp932", "年度,総数\n2020,1\n"),
        ("big5", "縣市,人口數\n臺北市,1\n新北市,2\n"),
        ("cp1252", '"Area",2022\n"Åland",30359\n'),
        ("cp1251", "Регион;2021\nг. Москва;1\nРоссийская Федерация;2\n"),
    ],
)
def test_names_do_not_turn_into_rubbish(encoding: str, text: str) -> None:
    found = decode(text.encode(encoding))
    assert (found.encoding, found.text, found.certain) == (encoding, text, False)
    assert found.sample


def test_a_language_that_cannot_be_told_is_asked_for_with_samples() -> None:
    with pytest.raises(Invalid) as caught:
        decode("Miasto;2020\nŁódź;1\nGdańsk;2\nKraków;3\n".encode("cp1250"))
    fault = caught.value.faults[0]
    assert fault.code == "encoding_unclear"
    assert "cp1250: Łódź;1" in fault.detail


@pytest.mark.parametrize(
    ("printed", "size", "words"),
    [
        ("100 million yuan", 1e8, "yuan"), ("10 000 person-times", 1e4, "person-times"), ("1000 No", 1e3, "No"),
        ("x 1 000", 1e3, ""), ("Mrd. EUR", 1e9, "EUR"), ("тысяч человек", 1e3, "человек"), ("億円", 1e8, "円"),
        ("천명", 1e3, "명"), ("MLN_PER", 1e6, "PER"), ("USD 100 million", 1e8, "USD"),
        ("per 1000 live births", 1, "per 1000 live births"),
        ("thousand million pesos", 1e9, "pesos"), ("千克", 1, "千克"), ("2015=100", 1, "2015=100"),
    ],
)  # fmt: skip
def test_a_unit_says_how_many_base_units_it_is(printed: str, size: float, words: str) -> None:
    unit = unit_of(printed)
    assert (unit.multiplier, unit.words) == (size, words)


def test_units_are_taken_from_where_headings_carry_them() -> None:
    for heading, size, rest in [
        ("Employment by sex and age (thousands)", 1e3, "Employment by sex and age"),
        ("Employment (thousands), females", 1e3, "Employment, females"),
        ("Численность населения, тысяч человек", 1e3, "Численность населения"),
        ("同比增长%", 1, "同比增长"),
    ]:
        unit, name = take_unit(heading)
        assert unit is not None
        assert (unit.multiplier, name) == (size, rest)
    assert line_unit("Unit: 10 000 persons, 100 million yuan") is None


def test_dates_of_other_calendars_and_orders_are_read_or_left_alone() -> None:
    for text, last in [
        ("民國112年", "2023-12-31"), ("令和5年", "2023-12-31"), ("平成元年", "1989-12-31"),
        ("31.12.2023", "2023-12-31"), ("31/12/2023", "2023-12-31"), ("2024年前三季度", "2024-09-30"),
    ]:  # fmt: skip
        period = period_of(text)
        assert period is not None
        assert period.end.isoformat() == last
    assert period_of("03/04/2023") is None
    assert read_heading("03/04/2023").period is None
    assert read_heading("居民消费价格指数(1978年=100)").period is None
    assert read_heading("令和5年度").period == period_of("2023年4月-2024年3月")


def test_pages_give_their_tables_with_merged_cells_and_none_of_their_scripts(tmp_path: Path) -> None:
    file = tmp_path / "report.xls"
    file.write_text(
        "<html><table><tr><td>menu<script>alert(1)</script></table>"
        "<table><tr><th rowspan=2>Country<th colspan=2>Arrivals"
        "<tr><th>2022<th>2023<sup>p</sup><tr><td>T&uuml;rkiye<td>50&nbsp;500<td>:</table></html>",
        encoding="utf-8",
    )
    menu, table = read_grids(file)
    assert menu.rows == (("menu",),)
    assert [[c.replace("\xa0", " ") for c in row] for row in table.rows] == [
        ["Country", "Arrivals", ""], ["", "2022", "2023p"], ["Türkiye", "50 500", ":"],
    ]  # fmt: skip
    assert [(s.top, s.left, s.bottom, s.right) for s in table.merged] == [(1, 1, 2, 1), (1, 2, 1, 3)]
    file.write_text("<html><body>Please sign in</body></html>", encoding="utf-8")
    with pytest.raises(Invalid) as caught:
        read_grids(file)
    assert caught.value.faults[0].code == "no_table_in_page"


def test_a_name_known_in_another_unit_is_not_joined(tmp_path: Path, warehouse: Path, propose_as_ours: Any) -> None:
    for name, unit in (("a.csv", "million euro"), ("b.csv", "million US dollars"), ("c.csv", "%")):
        file = tmp_path / name
        file.write_text(f"Indicator,Unit,2022,2023\nTourism earnings,{unit},10,12\n", encoding="utf-8")
        propose_as_ours(TableRequest(file=file), warehouse)
        import_table(TableRequest(file=file, published=date(2026, 3, 1), title=name), by="t", warehouse=warehouse)
    with open_store(warehouse) as store:
        own = [k.observation for k in store.observations() if k.observation.phrase.startswith("Tourism earnings")]
    assert len({o.indicator for o in own}) == 3
    assert sorted(o.value for o in own) == [10, 12, 10e6, 10e6, 12e6, 12e6]


@pytest.mark.parametrize("number", range(12))
def test_a_table_made_at_random_comes_in_as_it_was_made(number: int, tmp_path: Path, warehouse: Path) -> None:
    """Years either way, counts that look like years, marks, gaps, blanks: the figures are those that were written."""
    r = random.Random(number)
    years = sorted(r.sample(range(1990, 2024), 4), reverse=bool(number % 2))
    figures = {(p, y): r.choice([r.randint(1950, 2030), r.randint(1, 99_999), None]) for p in "ABC" for y in years}
    marked = {k: f"{v:,}{r.choice(['', ' p', '①'])}" for k, v in figures.items() if v is not None}
    shown = {k: marked.get(k) or r.choice(["..", "—", "…"]) for k in figures}
    rows = ["Table 1: Visitors", "Unit: thousands", ";".join(["City", *(f"{y}" for y in years)])]
    rows += [";".join([f"City {p}", *(shown[p, y] for y in years)]) for p in "ABC"]
    file = tmp_path / "t.csv"
    file.write_text("\n".join([*rows, "Note: since 2020 the coverage differs."]), encoding="utf-8")
    propose(TableRequest(file=file), warehouse=warehouse)
    landing = import_table(TableRequest(file=file, published=date(2026, 3, 1)), dry_run=True, warehouse=warehouse)
    assert not landing.refused
    found = {(o.entity[-1].upper(), o.period_end.year): o.value for o in landing.new}
    assert found == {k: v * 1000 for k, v in figures.items() if v is not None}
    assert all(re.fullmatch("city_[abc]", o.entity) for o in landing.new)


def test_flags_in_a_column_beside_each_year_travel_with_the_figure(tmp_path: Path, warehouse: Path) -> None:
    case = next(c for c in published.PUBLISHED if c.name == "demo_pjan.xlsx")
    case.write(tmp_path / case.name)
    request = TableRequest(file=tmp_path / case.name, published=date(2026, 3, 1))
    propose(request, warehouse=warehouse)
    landing = import_table(request, dry_run=True, warehouse=warehouse)
    notes = {(o.entity, o.period_end.year): o.note for o in landing.new}
    assert "provisional" in notes["belgium", 2023]
    assert "break in series" in notes["türkiye", 2022]


def test_growth_behind_its_years_is_said_to_be_of_the_latest(tmp_path: Path, warehouse: Path) -> None:
    case = next(c for c in CASES if c.name == "商务部.xlsx")
    case.write(tmp_path / case.name)
    notes = propose(TableRequest(file=tmp_path / case.name), warehouse=warehouse).notes
    told = [n.params for n in notes if n.code == "doubt_period_beside"]
    assert told == [{"where": f"[headings.{c}]", "text": "2023年1-12月"} for c in "DG"]
