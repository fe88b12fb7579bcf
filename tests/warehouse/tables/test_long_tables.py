"""A long table lands like a short one: the same figures, ids, refusals and remarks, once, and all or nothing."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forecast.errors import Misuse
from forecast.workflow.importing import TableRequest, import_table, propose
from forecast.workflow.opening import open_store


def long_table(path: Path, rows: int, value: object = None) -> Path:
    """A long table whose figures follow from their row: row n says n, of one of ten places in one of many days."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("country", "indicator", "date", "value", "flag"))
        for n in range(rows):
            day = date(1990, 1, 1) + timedelta(days=n // 10)
            said = f"{n:,}" if n % 7 == 0 else ".." if n % 11 == 0 else "rubbish" if n % 5000 == 4999 else f"{n}.5"
            writer.writerow((f"Place {n % 10}", "Things counted", day, value or said, "b" if n % 13 == 0 else ""))
    return path


def test_a_long_table_lands_like_a_short_one_and_only_once(tmp_path: Path, warehouse: Path) -> None:
    rows = 30_003
    file = long_table(tmp_path / "t.csv", rows)
    request = TableRequest(file=file, published=date(2026, 3, 1), title="Things")
    propose(request, warehouse=warehouse)
    gaps = sum(n % 7 != 0 and n % 11 == 0 for n in range(rows))
    wrong = [n for n in range(rows) if n % 7 and n % 11 and n % 5000 == 4999]
    dry = import_table(request, dry_run=True, warehouse=warehouse)
    assert (dry.n_new, dry.n_known, dry.written) == (rows - gaps - len(wrong), 0, False)
    done = import_table(request, by="A Steward", warehouse=warehouse)
    assert (done.n_new, done.n_known, done.written) == (rows - gaps - len(wrong), 0, True)
    assert [(f.code, f.where, f.text) for f in done.refused] == [
        ("not_a_number", f"table row {n + 2}", "rubbish") for n in wrong
    ]
    assert [r.params["n"] for r in done.remarks if r.code == "gaps_counted"] == [gaps]
    with open_store(warehouse) as store:
        held = [k.observation for k in store.observations() if k.observation.source == done.source.id]
        journal = store.journal("snapshot")[-1]
        assert store.content_sha256(journal.seq)
    assert journal.author == "A Steward"
    assert len(held) == done.n_new
    for o in held:
        n = int(o.locator.removeprefix("table!D")) - 2
        assert (o.value, o.as_stated) == ((n, f"{n:,}") if n % 7 == 0 else (n + 0.5, f"{n}.5"))
        assert o.period_end == date(1990, 1, 1) + timedelta(days=n // 10)
        assert o.note == ("status b: break in series" if n % 13 == 0 else "")
        assert o.author == "A Steward"
        assert replace(o, id="").id == o.id
    again = import_table(request, warehouse=warehouse)
    assert (again.n_new, again.n_known, again.written) == (0, done.n_new, False)


@given(values=st.lists(st.floats(min_value=-1e300, max_value=1e300), min_size=1, max_size=30, unique=True))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_database_makes_the_same_ids_as_the_records(
    values: list[float], tmp_path_factory: pytest.TempPathFactory, seeded: Path
) -> None:
    folder = tmp_path_factory.mktemp("ids")
    warehouse = folder / "w.duckdb"
    shutil.copy(seeded, warehouse)
    file = folder / "t.csv"
    lines = [f"Pläce {n},Things,1990,{value!r}" for n, value in enumerate(values)]
    file.write_text("\n".join(["country,indicator,year,value", *lines]), encoding="utf-8")
    file.with_name("t.csv.mapping.toml").write_text(
        '[file]\nheader_rows = [1]\nfirst_row = 2\n[source]\ntitle = "T"\npublished = 2026-03-01\n[columns]\n'
        'A = "entity"\nB = "indicator"\nC = "period"\nD = "value"\n[header]\n1 = "ignore"\n[indicators]\n'
        'Things = { slug = "things", new = true, name = "Things", measure = "change" }\n',
        encoding="utf-8",
    )
    done = import_table(TableRequest(file=file), warehouse=warehouse)
    with open_store(warehouse) as store:
        ids = {k.observation.id for k in store.observations() if k.observation.source == done.source.id}
    assert ids == {o.id for o in done.new}
    assert {o.value for o in done.new} <= set(values)


def test_what_a_long_table_says_of_the_same_days_as_another_is_told_and_counted(
    tmp_path: Path, warehouse: Path
) -> None:
    first = TableRequest(file=long_table(tmp_path / "a.csv", 3000), published=date(2026, 3, 1), title="First")
    propose(first, warehouse=warehouse)
    landed = import_table(first, warehouse=warehouse)
    second = TableRequest(file=long_table(tmp_path / "b.csv", 3000, 70), published=date(2026, 3, 2), title="Second")
    (tmp_path / "b.csv.mapping.toml").write_text(
        (tmp_path / "a.csv.mapping.toml").read_text(encoding="utf-8").replace("First", "Second"), encoding="utf-8"
    )
    met = import_table(second, warehouse=warehouse)
    assert met.n_new == 3000
    counted = next(r.params for r in met.remarks if r.code == "meetings_more")
    assert counted["agree"] == sum(o.value == 70 for o in landed.new) == 1
    assert counted["disagree"] == landed.n_new - 1
    one_by_one = Counter(r.code for r in met.remarks if r.code in ("corroborates", "disagrees"))
    assert one_by_one == {"corroborates": 1, "disagrees": counted["told"] - 1}


def test_figures_that_disagree_are_told_in_one_unit(run: Any, tmp_path: Path) -> None:
    held = ("snapshot", "add", "--indicator", "foreign_visitors", "--period-end", "2023", "--value", "1114583",
            "--published", "2024-02-01", "--title", "A yearbook", "--yes")  # fmt: skip
    assert run("define", "indicator", "foreign_visitors", "--name", "foreign visitors", "--unit", "visitors",
               "--definition-text", "all").returncode == 0  # fmt: skip
    assert run(*held).returncode == 0
    file = tmp_path / "t.csv"
    file.write_text("year,foreign visitors (10 000 visitors)\n2023,116.8\n2024,120.1\n", encoding="utf-8")
    assert run("snapshot", "import", "t.csv", "--suggest-mapping", "--entity", "beijing").returncode == 0
    done = run("snapshot", "import", "t.csv", "--published", "2025-02-01", "--dry-run")
    assert "1,168,000 (2023-12-31) disagrees with 1,114,583 (2023-12-31)" in done.stderr


def test_another_reading_of_the_same_file_is_a_contradiction_not_a_second_figure(
    tmp_path: Path, warehouse: Path
) -> None:
    request = TableRequest(file=long_table(tmp_path / "a.csv", 200), published=date(2026, 3, 1), title="First")
    proposal = propose(request, warehouse=warehouse)
    landed = import_table(request, warehouse=warehouse)
    said = proposal.path.read_text(encoding="utf-8")
    assert "multiplier = 1" in said
    proposal.path.write_text(said.replace("multiplier = 1", "multiplier = 1000"), encoding="utf-8")
    with pytest.raises(Misuse) as caught:
        import_table(request, warehouse=warehouse)
    assert caught.value.note.code == "same_source_disagrees"
    assert caught.value.note.params["id"] in {o.id for o in landed.new}


def test_a_mapping_that_leaves_out_what_tells_figures_apart_is_refused_at_readable_length(
    tmp_path: Path, run: Any
) -> None:
    file = long_table(tmp_path / "t.csv", 5000)
    assert run("snapshot", "import", str(file), "--suggest-mapping", "--published", "2026-03-01").returncode == 0
    mapping = tmp_path / "t.csv.mapping.toml"
    said = mapping.read_text(encoding="utf-8")
    assert 'C = "period"' in said
    mapping.write_text(
        said.replace('C = "period"', 'C = "ignore"').replace("[defaults]", '[defaults]\nperiod = "2019"'),
        encoding="utf-8",
    )
    done = run("snapshot", "import", str(file), "--yes")
    assert done.returncode == 3
    assert "Nothing new" not in done.stderr
    refused = sum(n % 7 == 0 or n % 11 != 0 for n in range(4999))
    assert f"two_values {refused}." in done.stderr
    lines = done.stderr.splitlines()
    assert 1000 < len(lines) < 1020
    assert max(map(len, lines)) < 1000
    told = run("snapshot", "import", str(file), "--yes", "--format", "csv").stderr
    assert told.count("[two_values]") == refused


def test_a_table_of_gaps_alone_is_not_said_to_be_there_already(tmp_path: Path, run: Any) -> None:
    file = long_table(tmp_path / "t.csv", 30)
    assert run("snapshot", "import", str(file), "--suggest-mapping", "--published", "2026-03-01").returncode == 0
    long_table(file, 30, "..")
    done = run("snapshot", "import", str(file), "--yes")
    assert done.returncode == 0
    assert "no figure that could come in" in done.stderr
    assert "already there" not in done.stderr


def test_a_long_table_of_three_columns_is_not_taken_for_headings_of_years(tmp_path: Path, warehouse: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("country,year,value\nA,2001,1950\nA,2002,13.5\nB,2001,1200.5\n", encoding="utf-8")
    request = TableRequest(file=file, published=date(2026, 3, 1), title="Things")
    propose(request, warehouse=warehouse)
    landing = import_table(request, dry_run=True, warehouse=warehouse)
    assert [(o.period_end.year, o.value) for o in landing.new] == [(2001, 1950), (2002, 13.5), (2001, 1200.5)]


@pytest.mark.parametrize("period", ["period_end", "period end", "period_start"])
def test_the_headings_of_our_own_tables_are_read(period: str, bring: Any) -> None:
    found = bring(f"entity,{period},value\nLyon,2020,10\nLyon,2021,11\nNantes,2020,12\nNantes,2021,13\n", whose="")
    assert {found.told(cell)[1:] for cell in found.cells} == {
        ("Lyon", "2020-12-31", "10"),
        ("Lyon", "2021-12-31", "11"),
        ("Nantes", "2020-12-31", "12"),
        ("Nantes", "2021-12-31", "13"),
    }


@pytest.mark.slow
def test_an_import_that_is_killed_leaves_all_or_nothing(tmp_path: Path, warehouse: Path) -> None:
    file = long_table(tmp_path / "t.csv", 60_000)
    propose(TableRequest(file=file, published=date(2026, 3, 1), title="Things"), warehouse=warehouse)
    before = warehouse.stat().st_size
    command = [
        sys.executable,
        "-m",
        "forecast",
        "snapshot",
        "import",
        str(file),
        "--yes",
        "--warehouse",
        str(warehouse),
    ]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    while running.poll() is None and warehouse.stat().st_size == before:
        time.sleep(0.01)
    running.kill()
    running.wait()
    with open_store(warehouse) as store:
        source = {k.observation.source for k in store.observations()} - {s.id for s in store.sources()}
        new = [s for s in store.sources() if s.title == "Things"]
        names = [i for i in store.catalogue().indicators.values() if i.name.en == "Things counted"]
        figures = sum(k.observation.source == new[0].id for k in store.observations()) if new else 0
    assert not source
    assert len(new) == len(names)
    assert bool(figures) == bool(new)
    landed = import_table(TableRequest(file=file), warehouse=warehouse)
    assert landed.n_new + landed.n_known > 50_000
    assert figures in (0, landed.n_known)
