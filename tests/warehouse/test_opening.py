"""First use, second use, and a new release whose seeds were mended."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from forecast.workflow.opening import tool_version
from warehouse.errors import Invalid
from warehouse.location import seeds_folder
from warehouse.opening import open_for_reading, open_for_writing
from warehouse.records import Snapshot
from warehouse.statements import statements

CITY_2025 = "2025-10-14-city-briefing"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    return Path(shutil.copytree(seeds_folder(), tmp_path / "seeds"))


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def values(path: Path, seeds: Path, indicator: str) -> dict[float, bool]:
    with open_for_reading(path, seeds, tool_version=tool_version()) as store:
        return {k.observation.value: k.live for k in store.observations(indicator, "beijing")}


def test_first_use_makes_and_seeds_and_later_uses_write_nothing(tmp_path: Path, seeds: Path) -> None:
    path = tmp_path / "deep" / "down" / "forecast.duckdb"
    with open_for_reading(path, seeds, tool_version=tool_version()) as store:
        entries = len(store.journal())
        assert {"127", "113"} <= {k.observation.as_stated for k in store.observations("intl_orgs")}
    stamp = path.stat().st_mtime_ns
    with open_for_reading(path, seeds, tool_version=tool_version()) as store:
        assert len(store.journal()) == entries
    assert path.stat().st_mtime_ns == stamp


def test_a_mended_seed_enters_as_a_correction_and_nothing_is_lost(tmp_path: Path, seeds: Path) -> None:
    path = tmp_path / "forecast.duckdb"
    before = values(path, seeds, "regional_hq")
    assert before == {226.0: True, 271.0: True}
    replace_in(seeds / CITY_2025 / "observations.csv", ",271,271,271,271,", ",272,272,272,272,")
    assert values(path, seeds, "regional_hq") == {226.0: True, 271.0: False, 272.0: True}


def test_a_seed_that_was_dropped_is_retracted(tmp_path: Path, seeds: Path) -> None:
    path = tmp_path / "forecast.duckdb"
    values(path, seeds, "visit_beijing_pool_entries")
    table = seeds / CITY_2025 / "observations.csv"
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    table.write_text("\n".join(line for line in lines if "visit_beijing_pool" not in line) + "\n", encoding="utf-8")
    assert values(path, seeds, "visit_beijing_pool_entries") == {456.0: False}


def test_what_a_person_corrected_is_not_overruled_by_a_later_release(tmp_path: Path, seeds: Path) -> None:
    from dataclasses import replace

    path = tmp_path / "forecast.duckdb"
    values(path, seeds, "regional_hq")
    with open_for_writing(path, seeds, tool_version=tool_version()) as store:
        held = next(k.observation for k in store.observations("regional_hq", "beijing") if k.observation.value == 271)
        mine = replace(
            held, id="", value=270.0, low=270.0, high=270.0, action="correct", supersedes=held.id, author="a steward"
        )
        store.append_observations([mine], author="a steward", action="correct")
    replace_in(seeds / CITY_2025 / "observations.csv", ",271,271,271,271,", ",272,272,272,272,")
    assert values(path, seeds, "regional_hq") == {226.0: True, 271.0: False, 270.0: True}


def test_faulty_seeds_are_reported_whole_and_leave_no_file(tmp_path: Path, seeds: Path) -> None:
    replace_in(seeds / CITY_2025 / "observations.csv", ",271,", ",two hundred,")
    replace_in(seeds / CITY_2025 / "observations.csv", "sister_cities,", "sister_citys,")
    path = tmp_path / "forecast.duckdb"
    with pytest.raises(Invalid) as caught:
        open_for_reading(path, seeds, tool_version=tool_version())
    assert {"not_a_number", "unknown_indicator"} <= {f.code for f in caught.value.faults}
    assert [p.name for p in tmp_path.iterdir() if "duckdb" in p.name and not p.name.endswith(".lock")] == []


def test_reports_of_one_statement_are_one_statement(seeded: Path) -> None:
    with open_for_reading(seeded, seeds_folder(), tool_version=tool_version()) as store:
        found = statements(store.observations("intl_orgs", "beijing"), store.catalogue())
    by_value = {s.figure.value: s for s in found}
    assert sorted(by_value) == [96.0, 113.0, 127.0]
    assert by_value[127.0].figure.source == CITY_2025
    assert len(by_value[127.0].reports) == 2


def test_a_withdrawn_first_report_leaves_the_others_standing(warehouse: Path) -> None:
    from dataclasses import replace

    with open_for_writing(warehouse, seeds_folder(), tool_version=tool_version()) as store:
        first = next(
            k.observation
            for k in store.observations("intl_orgs", "beijing")
            if k.observation.value == 127 and k.observation.source == CITY_2025
        )
        gone = replace(first, id="", action="retract", supersedes=first.id, author="a steward", reason="withdrawn")
        store.append_observations([gone], author="a steward", action="retract")
        found = statements(store.observations("intl_orgs", "beijing"), store.catalogue())
    assert 127.0 in {s.figure.value for s in found}


def test_a_shipped_figure_that_others_are_derived_from_may_be_withdrawn(tmp_path: Path, seeds: Path) -> None:
    from dataclasses import replace

    path = tmp_path / "forecast.duckdb"
    with open_for_writing(path, seeds, tool_version=tool_version()) as store:
        level = next(k.observation for k in store.observations("regional_hq", "beijing") if k.observation.value == 271)
        gone = replace(level, id="", action="retract", supersedes=level.id, author="a steward", reason="withdrawn")
        store.append_observations([gone], author="a steward", action="retract")
    replace_in(seeds / CITY_2025 / "observations.csv", ",287,287,287,287,", ",288,288,288,288,")
    assert values(path, seeds, "sister_cities")[288.0]
    assert values(path, seeds, "regional_hq") == {226.0: True, 271.0: False}


def test_a_repeated_statement_of_one_document_is_one_figure_with_two_places(seeded: Path) -> None:
    with open_for_reading(seeded, seeds_folder(), tool_version=tool_version()) as store:
        projects = [k.observation for k in store.observations("foreign_funded_projects")]
    assert len(projects) == 1
    assert len(projects[0].locator.split("; ")) == 2


def test_landing_whole_snapshots_needs_no_pandas(seeded: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from forecast.workflow.opening import open_store\n"
        f"open_store(Path({str(seeded)!r})).observations()\n"
        "print([m for m in ('pandas', 'numpy', 'scipy', 'statsmodels', 'altair') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_empty_snapshot_of_a_known_source_adds_no_entry(warehouse: Path) -> None:
    with open_for_writing(warehouse, seeds_folder(), tool_version=tool_version()) as store:
        entries = len(store.journal())
        source = next(s for s in store.sources() if s.id == CITY_2025)
        store.append_snapshot(Snapshot(source=source, observations=()), author="tester")
        assert len(store.journal()) == entries
