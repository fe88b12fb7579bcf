"""The audit asks for few of many figures and finds what all of them would show; in a large table it finds one byte."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forecast import models
from forecast.errors import ForecastError
from forecast.workflow.evidence import WINDOW, assemble
from forecast.workflow.jumps import LEVEL, incredible_jumps
from forecast.workflow.opening import tool_version
from warehouse.audit import Finding, breaks, contradictions, derivations, flagged, orphans, overlaps, phrases
from warehouse.catalogue import Catalogue
from warehouse.records import Comparable, Known, Observation, Text
from warehouse.rows import observation_row
from warehouse.statements import statements
from warehouse.store import Warehouse, open_existing

YEARS = [(date(y, 1, 1), date(y, 12, 31)) for y in (2021, 2022)]
SPANS = [*YEARS, (date(2021, 1, 1), date(2021, 1, 31)), (date(2021, 4, 1), date(2021, 6, 30)),
         (date(2021, 1, 1), date(2022, 6, 30)), (date(2021, 6, 1), date(2022, 5, 31)),
         (date(2021, 12, 31), date(2021, 12, 31)), (date(2022, 12, 31), date(2022, 12, 31))]  # fmt: skip
PHRASES = [
    "Straße sieben Büros",
    "STRASSE SIEBEN BÜROS",
    "a hundred things",
    "A hundred Things",
    "一百家国际组织总部",
    "few",
]
JOINED = Comparable(indicator="sister_cities", first="made_up", second="more", author="x", reason=Text(en="x", zh="x"))


def a_figure(**changes: Any) -> Observation:
    values: dict[str, Any] = {
        "indicator": "sister_cities", "entity": "beijing", "definition": "made_up", "period_start": date(2021, 12, 31),
        "period_end": date(2021, 12, 31), "value": 7.0, "low": 7.0, "high": 7.0, "as_stated": "7",
        "source": "2023-06-26-city-briefing", "published": date(2023, 1, 1), "basis": "edition",
    }  # fmt: skip
    return Observation(**(values | changes))


@st.composite
def stores(draw: st.DrawFn) -> list[Observation]:
    """Some figures that contradict each other, name what is not there, and replace or rest on each other."""
    made: dict[str, Observation] = {}
    spans = draw(st.lists(st.sampled_from(SPANS), min_size=1, max_size=3))
    words = draw(st.lists(st.sampled_from(["made_up", "more", "other"]), min_size=1, max_size=3))
    for n in range(draw(st.integers(2, 12))):
        start, end = draw(st.sampled_from(spans))
        value = draw(st.sampled_from([3.0, 4.0, 7.0]))
        qualifier = draw(st.sampled_from(["exact", "exact", "at_least", "about"]))
        o = a_figure(
            indicator=draw(st.sampled_from(["sister_cities"] * 6 + ["inbound_trips", "nowhere"])),
            entity=draw(st.sampled_from(["beijing"] * 6 + ["atlantis"])),
            definition=draw(st.sampled_from(words)),
            period_start=start, period_end=end, value=value, as_stated=f"{value:g}", qualifier=qualifier,
            low=None if qualifier == "about" else value, high=None if qualifier == "at_least" else value + n % 2,
            measure="stock" if start == end else "flow", published=date(2023, 1, 1 + n % 3),
            source=draw(st.sampled_from(["2023-06-26-city-briefing", "2025-10-14-city-briefing", "rumour"])),
            phrase=draw(st.sampled_from(PHRASES)), locator=draw(st.sampled_from(["line 1", "Table!B2"])),
            note=draw(st.sampled_from(["", "status b: break"])),
        )  # fmt: skip
        if made and draw(st.integers(0, 3)) == 0:
            parents = draw(st.lists(st.sampled_from([*made, "0" * 12]), min_size=1, max_size=2, unique=True))
            o = replace(
                o,
                id="",
                nature="derived",
                derived_from=tuple(parents),
                formula=draw(st.sampled_from(["3 + 4", "4 - 1"])),
            )
        if made and draw(st.integers(0, 3)) == 0:
            old = draw(st.sampled_from([*made, "f" * 12]))
            o = replace(o, id="", supersedes=old, action=draw(st.sampled_from(["correct", "revise", "retract"])))
        made.setdefault(o.id, o)
    return list(made.values())


@pytest.fixture
def filled(seeded: Path) -> Iterator[Any]:
    """Make a warehouse of the seeds and some figures nobody checked."""
    with TemporaryDirectory() as room:

        def make(figures: Iterable[Observation]) -> Warehouse:
            path = Path(room) / "w.duckdb"
            shutil.copy(seeded, path)
            with open_existing(path, tool_version=tool_version(), write=True) as store:
                rows = {"observation": [observation_row(o) for o in figures]}
                store.append_rows(rows, author="x", action="snapshot", detail="x")
            return open_existing(path, tool_version=tool_version())

        yield make


def lacking(known: list[Known], catalogue: Catalogue, sources: set[str]) -> Iterator[tuple[str, str, str, str]]:
    """What figures name and the warehouse has not, figure by figure."""
    ids = {k.observation.id for k in known}
    definitions = {(d.indicator, d.slug) for d in catalogue.definitions}
    for o in (k.observation for k in known):
        there = {
            "indicator": (o.indicator, o.indicator in catalogue.indicators),
            "entity": (o.entity, o.entity in catalogue.entities),
            "definition": (o.definition, (o.indicator, o.definition) in definitions),
            "source": (o.source, o.source in sources),
            "supersedes": (o.supersedes, not o.supersedes or o.supersedes in ids),
        }
        yield from ((o.id, o.indicator, what, name) for what, (name, found) in there.items() if not found)
        yield from ((o.id, o.indicator, "derived_from", parent) for parent in o.derived_from if parent not in ids)


def repeated(live: list[Observation]) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Phrases that one document uses twice for one value, in all figures."""
    said: dict[tuple[str, str, float], list[Observation]] = defaultdict(list)
    for o in live:
        if o.nature == "stated" and len(o.phrase) >= 8 and "!" not in o.locator:
            said[o.source, o.phrase.casefold(), o.value].append(o)
    for _, group in sorted(said.items()):
        yield from ((a.source, a.phrase, a.id, b.id, a.indicator, b.indicator) for a, b in pairwise(group))


def marked(known: list[Known]) -> Iterator[Known]:
    """Figures marked as a break that have an earlier one under their wording, in all figures."""
    live = [k for k in known if k.live]
    place = lambda k: (k.observation.indicator, k.observation.entity, k.observation.definition)  # noqa: E731
    for k in sorted(live, key=place):
        earlier = any(place(p) == place(k) and p.observation.period_end < k.observation.period_end for p in live)
        if earlier and "status b:" in k.observation.note:
            yield k


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(figures=stores(), joined=st.booleans())
def test_the_few_figures_asked_for_show_what_all_would(filled: Any, figures: list[Observation], joined: bool) -> None:
    with filled(figures) as store:
        catalogue = store.catalogue()
        if joined:
            catalogue = replace(catalogue, comparables=(*catalogue.comparables, JOINED))
        known, sources = store.observations(), {s.id for s in store.sources()}
        live = [k.observation for k in known if k.live]
        store.prepare_audit(catalogue)
        pairs: list[tuple[list[Finding], list[Finding]]] = [
            (list(orphans(store.lacking(), catalogue)), list(orphans(lacking(known, catalogue, sources), catalogue))),
            (list(breaks(store.several_wordings(), catalogue)), list(breaks(known, catalogue))),
            (list(overlaps(store.overlapping(), catalogue)), list(overlaps(known, catalogue))),
            (list(contradictions(store.disputed(), catalogue)), list(contradictions(known, catalogue))),
            (list(derivations(store.derived())), list(derivations(known))),
            (list(phrases(store.repeated(8))), list(phrases(repeated(live)))),
            (list(flagged(store.flagged())), list(flagged(marked(known)))),
        ]
        for few, everything in pairs:
            assert few == everything


def test_a_month_and_its_year_nest_but_a_year_from_june_overlaps_both_years() -> None:
    spans = [YEARS[0], (date(2021, 1, 1), date(2021, 1, 31)), (date(2021, 1, 1), date(2021, 3, 31))]
    flows = [a_figure(period_start=a, period_end=b, measure="flow") for a, b in spans]
    known = [Known(observation=o, recorded=None) for o in flows]  # type: ignore[arg-type]
    assert list(overlaps(known, Catalogue())) == []
    rolling = a_figure(period_start=date(2021, 6, 1), period_end=date(2022, 5, 31), measure="flow")
    known.append(Known(observation=rolling, recorded=None))  # type: ignore[arg-type]
    assert [f.params["second"] for f in overlaps(known, Catalogue())] == ["7 (2021-06-01/2022-05-31)"]


def one_by_one(known: list[Known], catalogue: Catalogue) -> Iterator[tuple[str, float, float]]:
    """(Figure, low, high) of every incredible jump: the default model is fitted anew before every figure."""
    places = sorted({(k.observation.indicator, k.observation.entity) for k in known})
    found = statements(known, catalogue)
    for indicator, entity in (p for p in places if p[0] in catalogue.indicators):
        try:
            evidence = assemble(catalogue.indicators[indicator], entity, found, catalogue)
        except ForecastError:
            continue
        points = evidence.series.points if evidence.form != WINDOW else ()
        for index in range(1, len(points)):
            earlier, after = replace(evidence.series, points=points[:index]), points[index]
            projection = models.get(models.DEFAULT).fit(earlier).project((after.when,), (LEVEL,))
            low, high = projection.interval(LEVEL)
            top = float("inf") if after.high is None else after.high
            bottom = float("-inf") if after.low is None else after.low
            if top < low or bottom > high:
                yield after.id, low, high


@st.composite
def histories(draw: st.DrawFn) -> list[Observation]:
    """A few years of some indicators of different kinds, mostly calm, some with bounds, marks or unstated days."""
    made = []
    names = draw(
        st.lists(
            st.sampled_from(["sister_cities", "intl_orgs", "regional_hq", "inbound_trips"]), min_size=1, unique=True
        )
    )
    for indicator in names:
        value, flow = float(draw(st.integers(20, 2000))), indicator == "inbound_trips"
        ranged, bounded = draw(st.booleans()), draw(st.integers(0, 4)) == 0
        for year in range(2005, 2005 + draw(st.integers(2, 9))):
            value = round(value * draw(st.sampled_from([1.0, 1.01, 0.98, 1.05, 9.0])))
            end = date(year, 12, 31)
            made.append(a_figure(
                indicator=indicator, entity="beijing/yanqi_lake", value=value, as_stated=str(value), low=value,
                high=None if bounded and year % 3 == 0 else value,
                qualifier="at_least" if bounded and year % 3 == 0 else "exact",
                period_start=date(year, 1, 1) if flow else end, period_end=end, measure="flow" if flow else "stock",
                as_of_low=date(year, 3, 1) if ranged and not flow else None,
                as_of_high=date(year, 10, 31) if ranged and not flow else None,
                flag="rebound" if draw(st.integers(0, 30)) == 0 else "",
            ))  # fmt: skip
    return list({o.id: o for o in made}.values())


def same_jumps(store: Warehouse) -> int:
    catalogue = store.catalogue()
    told = incredible_jumps(store, catalogue)
    wanted = list(one_by_one(store.observations(), catalogue))
    assert [f.key.rsplit(":", 1)[1] for f in told.found] == [figure for figure, _, _ in wanted]
    for found, (_, low, high) in zip(told.found, wanted, strict=True):
        assert (found.params["low"], found.params["high"]) == pytest.approx((low, high), rel=1e-6)
    assert told.asked == told.steps
    return len(wanted)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(figures=histories())
def test_jumps_asked_of_many_series_at_once_are_those_asked_one_by_one(filled: Any, figures: list[Observation]) -> None:
    with filled(figures) as store:
        same_jumps(store)


def test_a_long_series_is_asked_about_as_one_by_one_and_its_steepest_step_first(filled: Any) -> None:
    months = [date(2005 + n // 12, n % 12 + 1, 1) for n in range(150)]
    figures = [
        a_figure(
            period_start=day, period_end=day, value=v, low=v, high=v, as_stated=str(v), entity="beijing/yanqi_lake"
        )
        for n, day in enumerate(months)
        for v in [float(2000 + 3 * n + (9000 if n == 100 else 0))]
    ]
    with filled(figures) as store:
        assert same_jumps(store) > 0
        first = incredible_jumps(store, store.catalogue(), most=2)
        assert (first.asked, first.steps > 140) == (2, True)
        assert figures[100].id in {f.key.rsplit(":", 1)[1] for f in first.found}


def folder_of(folder: Path, figures: int) -> Path:
    """A snapshot folder of daily figures that all stand in one phrase."""
    made = folder / "2026-06-30-bulk"
    made.mkdir()
    (made / "source.toml").write_text('title = "Bulk"\npublisher = "x"\npublished = 2026-06-30\n', encoding="utf-8")
    with (made / "observations.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("indicator", "entity", "definition", "period_end", "value", "as_stated", "locator", "phrase"))
        for n in range(figures):
            when, value = date(1800, 1, 1) + timedelta(days=n), 100 + n % 50
            writer.writerow(
                ("intl_orgs", "beijing/yanqi_lake", "registered", when, value, value, f"line {n}", "as printed there")
            )
    return made


@pytest.mark.parametrize(
    "change",
    [
        "* REPLACE (CASE id WHEN '{id}' THEN 'as printed thera' ELSE phrase END AS phrase)",
        "* REPLACE (CASE id WHEN '{id}' THEN high + 1 ELSE high END AS high)",
        "* EXCLUDE (entry), CASE id WHEN '{id}' THEN 2 ELSE entry END AS entry",
    ],
)
def test_one_changed_byte_among_many_rows_is_found_and_named(
    run: Any, warehouse: Path, tmp_path: Path, change: str
) -> None:
    done = run("snapshot", "import", str(folder_of(tmp_path, 60_000)), "--yes")
    assert done.returncode == 0, done.stderr
    with duckdb.connect(str(warehouse)) as connection:
        id = connection.execute("SELECT id FROM observation WHERE locator = 'line 41234'").fetchall()[0][0]
        guards = connection.execute("SELECT sql FROM duckdb_triggers() WHERE table_name = 'observation'").fetchall()
        connection.execute(f"CREATE OR REPLACE TABLE observation AS SELECT {change.format(id=id)} FROM observation")
        for (statement,) in guards:
            connection.execute(statement)
    done = run("audit", "--no-jumps", "--format", "csv")
    assert done.returncode == 1
    proof = [r["key"] for r in csv.DictReader(io.StringIO(done.stdout)) if r["code"].startswith(("row_", "content_"))]
    assert any(k.startswith("row_changed:observation:") and k.endswith(f"intl_orgs {id}") for k in proof)
    assert any(k.startswith("content_changed:journal:") for k in proof)


@pytest.mark.parametrize(("lang", "more"), [("en", "more; of all"), ("zh", "另有")])
def test_of_very_many_findings_a_terminal_is_told_the_first_of_each_kind_and_a_table_all(
    run: Any, tmp_path: Path, lang: str, more: str
) -> None:
    assert run("snapshot", "import", str(folder_of(tmp_path, 400)), "--yes").returncode == 0
    shown = run("audit", "--no-jumps", "--lang", lang)
    assert shown.returncode == 1
    assert shown.stdout.count("    phrase_twice:") == 20
    assert more in shown.stderr
    assert "phrase_twice 350" in shown.stderr
    told = list(csv.DictReader(io.StringIO(run("audit", "--no-jumps", "--format", "csv", "--lang", lang).stdout)))
    assert sum(r["code"] == "phrase_twice" for r in told) == 350
    every = json.loads(run("audit", "--no-jumps", "--format", "json", "--lang", lang).stdout)["findings"]
    assert [f["key"] for f in every] == [r["key"] for r in told]
