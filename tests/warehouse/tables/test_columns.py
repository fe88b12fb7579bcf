"""A table read as columns says what its cells say one by one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.catalogue import Catalogue
from warehouse.coded import Coded, coded, together
from warehouse.errors import Fault, Invalid
from warehouse.records import Entity, Observation, Source, Text
from warehouse.tables.apply import Applied, apply
from warehouse.tables.cells import Figure, read_cell
from warehouse.tables.complete import complete
from warehouse.tables.grid import Grid
from warehouse.tables.mapping import IndicatorRule, Mapping
from warehouse.tables.numbers import plain_numbers, scaled
from warehouse.tables.readings import Kind, read_cells, read_one

SOURCE = Source(id="s", title="S", publisher="x", published=date(2026, 3, 1))
NUMBERS = st.one_of(
    st.from_regex(r"[+-]?[0-9]{1,16}(\.[0-9]{0,8})?", fullmatch=True),
    st.from_regex(r"-?[0-9]{1,3}(,[0-9]{3}){1,4}(\.[0-9]{1,3})?", fullmatch=True),
    st.from_regex(r"[0-9]{1,6},[0-9]{0,4}", fullmatch=True),
)
SIZES = st.sampled_from(["1.0", "1000.0", "10000.0", "0.001", "1e-09", "1e+18", "3.7", "-2.0", "0.45359237"])
ODD = st.sampled_from(
    ["", "..", "12.3 b", "7 [p]", "9¹", "1 234", "12%", "over 35,000", "近1.2万", "1e400", "-0", "see note", "(12)"]
)
TEXTS = st.one_of(NUMBERS, ODD, st.text(max_size=6))


@given(texts=st.lists(NUMBERS, max_size=30), size=SIZES.map(Decimal), decimal=st.sampled_from(".,"))
@settings(max_examples=300, deadline=None)
def test_numbers_read_many_at_a_time_are_the_nearest_floats_to_the_decimal_numbers(
    texts: list[str], size: Decimal, decimal: str
) -> None:
    plain = plain_numbers(texts, decimal)
    told = scaled(plain, size)
    for i, text in enumerate(texts):
        if not told.sure[i]:
            continue
        said = read_cell(text, decimal=decimal)
        assert isinstance(said, Figure)
        assert said == Figure(said.value, said.step)
        half = Decimal(0) if size == 1 and said.step == 1 else said.step * size / 2
        exact = said.value * size
        assert (told.value[i], told.low[i], told.high[i]) == (float(exact), float(exact - half), float(exact + half))


def test_the_usual_numbers_are_all_read_many_at_a_time() -> None:
    texts = ["0", "2191", "-12.50", "2,191.5", "1,234,567", "81234.1", "0.05"]
    assert scaled(plain_numbers(texts, "."), Decimal("1000.0")).sure.all()


@given(
    cells=st.lists(st.tuples(TEXTS, st.integers(0, 3), st.sampled_from(["", "3", "x", "9¹", "-2"])), max_size=25),
    decimal=st.sampled_from(".,"),
    size=SIZES.map(float),
)
@settings(max_examples=300, deadline=None)
def test_cells_read_as_a_column_say_what_each_says_alone(
    cells: list[tuple[str, int, str]], decimal: str, size: float
) -> None:
    kinds = [
        Kind(size, "persons", "persons", "stock", None, None),
        Kind(1.0, "%", "%", "share", 0.0, 100.0),
        Kind(1.0, "places", "places", "rank", 1.0, None),
        Kind(size, "trips", "trips", "flow", 0.0, None),
    ]
    text = coded(t for t, _, _ in cells)
    exponent = coded(e for _, _, e in cells)
    nothing: Coded[Decimal | None] = Coded(np.zeros(len(cells), dtype=np.int64), (None,))
    told = read_cells(text, coded(kinds[k] for _, k, _ in cells), exponent, nothing, decimal)
    for i, (one, kind, power) in enumerate(cells):
        said, numbers = read_one(one, kinds[kind], power, None, decimal)
        assert told.said[i] == said
        assert repr((told.value[i], told.low[i], told.high[i])) == repr(tuple(map(np.float64, numbers)))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), max_size=40))
def test_one_code_is_given_to_each_combination_and_its_first_row_is_found(pairs: list[tuple[int, int]]) -> None:
    columns = [np.array([p[i] for p in pairs], dtype=np.int64) for i in (0, 1)]
    codes, firsts = together(columns, len(pairs))
    assert len(set(codes.tolist())) == len(set(pairs)) == len(firsts)
    for code, first in enumerate(firsts.tolist()):
        assert pairs.index(pairs[first]) == first
        assert {pairs[row] for row in np.flatnonzero(codes == code)} == {pairs[first]}


CATALOGUE = Catalogue(
    entities={s: Entity(slug=s, name=Text(en=s.upper(), zh=s.upper())) for s in ("aa", "bb")}, default_entity="aa"
)
ROW = st.tuples(
    st.sampled_from(["AA", "BB", "Elsewhere", ""]),
    st.sampled_from(["GDP", "Rank", "Share of x (%)", "Population (thousand persons)", "其中：男", ""]),
    st.sampled_from(["万人", "%", ""]),
    st.sampled_from(["2019", "2020年", "2021", "2019/20", "Mar 2022", "soon", ""]),
    st.sampled_from(["", "b", "e", "A", "odd"]),
)
LONG = Mapping(header_rows=(1,), first_row=2, header={1: "ignore"},
               columns={1: "entity", 2: "indicator", 3: "unit", 4: "period", 5: "flag", 6: "value"})  # fmt: skip
WIDE = Mapping(header_rows=(1,), first_row=2,
               columns={1: "entity", 2: "indicator", 3: "unit", 4: "period", 5: "flag", 6: "value", 7: "value",
                        8: "flag"})  # fmt: skip


@given(rows=st.lists(st.tuples(ROW, TEXTS, TEXTS), min_size=1, max_size=25), wide=st.booleans(), comma=st.booleans())
@settings(max_examples=150, deadline=None)
def test_a_table_says_what_its_rows_say_one_by_one(
    rows: list[tuple[tuple[str, ...], str, str]], wide: bool, comma: bool
) -> None:
    head = ("country", "indicator", "unit", "year", "flag", "value")
    cells = [(*head, "2018", "note") if wide else head]
    cells += [(*row, first, second, "p") if wide else (*row, first) for row, first, second in rows]
    grid = Grid(name="t", rows=tuple(cells))
    draft = replace(WIDE if wide else LONG, decimal="," if comma else ".")
    mapping = complete(draft, grid, CATALOGUE).mapping
    whole = told(grid, mapping)
    each = [told(grid, replace(mapping, first_row=r, last_row=r)) for r in range(2, len(cells) + 1)]
    spoken: dict[object, list[Observation]] = {}
    for o in (o for one in each for o in one.observations):
        spoken.setdefault((o.indicator, o.entity, o.definition, o.period_start, o.period_end), []).append(o)
    agreed = [group for group in spoken.values() if len({(o.value, o.qualifier) for o in group}) == 1]
    merged = [replace(group[0], locator="; ".join(o.locator for o in group)) for group in agreed]
    clashing = [o.locator for group in spoken.values() if group not in agreed for o in group]
    alone = [f for one in each for f in one.refused if f.code != "two_values"]
    if any(f.code == "two_values" for one in each for f in one.refused):
        return  # a wide row that contradicts itself hides what it would say beside the others
    assert list(whole.observations) == merged
    assert [f for f in whole.refused if f.code != "two_values"] == alone
    assert sorted(place(f) for f in whole.refused if f.code == "two_values") == sorted(clashing)
    gaps: Counter[str] = sum((Counter(dict(one.gaps)) for one in each), Counter())
    assert dict(whole.gaps) == dict(gaps)
    assert whole.repeated == sum(one.repeated for one in each) + sum(len(group) - 1 for group in agreed)


def told(grid: Grid, mapping: Mapping) -> Applied:
    try:
        return apply(grid, mapping, CATALOGUE, SOURCE)
    except Invalid as error:
        if [f.code for f in error.faults] != ["no_value_cells"]:
            raise
        return Applied(observations=NONE, added=Catalogue(), refused=(), gaps={}, repeated=0)


NONE = apply(
    Grid(name="t", rows=(("AA", "x", "2020", ".."),)),
    Mapping(columns={1: "entity", 2: "indicator", 3: "period", 4: "value"},
            indicators={"x": IndicatorRule(slug="x", new=True, name="x")}),
    CATALOGUE,
    SOURCE,
).observations  # fmt: skip


def place(fault: Fault) -> str:
    return f"t!{fault.column.split()[0]}{fault.where.removeprefix('t row ')}"


def test_a_power_of_ten_that_is_no_number_refuses_its_cell(tmp_path: Path) -> None:
    grid = Grid(name="t", rows=(("AA", "x", "2020", "9¹", "5"), ("AA", "x", "2021", "3", "5")))
    mapping = Mapping(columns={1: "entity", 2: "indicator", 3: "period", 4: "multiplier", 5: "value"},
                      indicators={"x": IndicatorRule(slug="x", new=True, name="x")})  # fmt: skip
    applied = apply(grid, mapping, CATALOGUE, SOURCE)
    assert [(f.code, f.detail) for f in applied.refused] == [("bad_multiplier", "9¹")]
    assert [o.value for o in applied.observations] == [5000]
