"""Wrong input: one line that says what, where and what next, the right exit code, and nothing written by half."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

import pytest

from forecast import project, rank
from warehouse.errors import Invalid, Unknown


@pytest.mark.parametrize("command", ["project", "history", "backtest", "chart --out x.svg"])
def test_who_asks_for_figures_of_the_wrong_place_is_told_whose_there_are(run: Any, command: str) -> None:
    done = run(*command.split(), "intl_orgs", "--entity", "chaoyang")
    assert done.returncode == 2
    assert done.stderr.strip() == (
        "intl_orgs has no figures of Chaoyang District; it has figures of Beijing (beijing): choose with --entity."
    )
    told = run(*command.split(), "intl_orgs", "--entity", "chaoyang", FORECAST_LANG="zh").stderr
    assert "没有朝阳区的数字，有北京市（beijing）的" in told


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("project", "--indicator", "intl_org"), 2, "intl_orgs"),
        (("project", "intl_orgs", "--entity", "Chaoyangg"), 2, "beijing/chaoyang"),
        (("project", "intl_orgs", "--model", "lineer"), 2, "linear"),
        (("project", "intl_orgs", "--definition", "nope"), 2, "registered"),
        (("project", "intl_orgs", "--to", "fyp99"), 2, "fyp15"),
        (("project", "intl_orgs", "--to", "2030-13-01"), 2, "2030-13-01"),
        (("project", "intl_orgs", "--as-of", "yesterday"), 2, "yesterday"),
        (("project", "intl_orgs", "--to", "2020"), 2, "2025-10-14"),
        (("project", "intl_orgs", "--to", "3000"), 2, "more than 30 years past the last figure (2025-10-14)"),
        (("project", "inbound_trips", "--to", "2055"), 2, "more than 30 years past the last figure (2024-12-31)"),
        (("project", "intl_orgs", "--horizon", "31"), 2, "at most 30 year-ends"),
        (("chart", "intl_orgs", "--to", "2100", "--out", "c.svg"), 2, "more than 30 years"),
        (("rank", "fortune500_rank", "--to", "2070"), 2, "more than 30 years"),
        (("rank", "fortune500_rank", "--horizon", "1000000"), 2, "at most 30 year-ends"),
        (("target", "set", "intl_orgs", "--at-least", "500", "--to", "2090"), 2, "more than 30 years"),
        (("project", "inbound_trips", "--to", "2028-06-30"), 2, "whole years"),
        (("project", "intl_orgs", "--levels", "0,80"), 2, "0, 80"),
        (("project", "intl_orgs", "--kind", "wild"), 2, "cumulative"),
        (("project", "intl_orgs", "--chart", "chart.bmp"), 2, ".svg"),
        (("project",), 2, "--indicator"),
        (("project", "intl_orgs", "--as-of", "2001-01-01"), 1, "2001-01-01"),
        (("project", "fortune500_rank"), 1, "forecast rank"),
        (("project", "yanqi_lake_events_cumulative"), 2, "beijing/yanqi_lake"),
        (("project", "sister_cities", "--model", "local_linear"), 1, "local_linear"),
        (("explain", "000000000000"), 2, "000000000000"),
        (("history", "nothing_like_it_at_all"), 2, "forecast indicators"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_misuse_is_answered_in_one_line(process: Any, arguments: tuple[str, ...], code: int, says: str) -> None:
    done = process(*arguments)
    assert done.returncode == code
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "command", [("project",), ("rank",), ("track",), ("history",), ("target", "set"), ("chart", "--out", "c.svg")]
)
def test_a_command_without_its_indicator_shows_how_it_is_called_itself(run: Any, command: tuple[str, ...]) -> None:
    done = run(*command)
    assert done.returncode == 2
    assert f"for example: forecast {' '.join(command).partition(' --')[0]} --indicator " in done.stderr


def test_a_horizon_beyond_what_the_models_were_examined_on_is_doubted(run: Any) -> None:
    assert "horizon_far" not in codes(run, "2035")
    assert "horizon_far" in codes(run, "2036")
    assert "horizon_far" in codes(run, "2055")


def codes(run: Any, to: str) -> set[str]:
    told = json.loads(run("project", "intl_orgs", "--to", to, "--model", "pooled_drift", "--format", "json").stdout)
    return {note["code"] for note in told["notes"]}


def test_a_series_of_a_table_is_refused_where_its_horizon_is_too_far(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("series,period_end,value\nold,1980,1\nold,1981,2\nnew,2020,1\nnew,2021,2\n", encoding="utf-8")
    done = run("project", "--from", str(path), "--to", "2030", "--format", "csv")
    assert "old: The horizon 2030-12-31 lies more than 30 years past the last figure (1981-12-31)" in done.stderr
    assert {line.split(",")[0] for line in done.stdout.splitlines()[1:]} == {"new"}


def test_a_name_is_suggested_only_where_it_is_near(run: Any) -> None:
    assert "nearest: beijing/chaoyang" in run("project", "intl_orgs", "--entity", "chaoyong").stderr
    for elsewhere in ("shanghai", "tianjin", "haidian", "上海"):
        done = run("project", "intl_orgs", "--entity", elsewhere)
        assert done.returncode == 2
        assert done.stderr.strip() == f'There is no entity "{elsewhere}", nor one like it.'


def test_a_refusal_in_python_is_a_sentence(seeded: Path, tmp_path: Path) -> None:
    with pytest.raises(Unknown) as caught:
        project("nosuch", warehouse=seeded)
    assert str(caught.value) == 'There is no indicator "nosuch", nor one like it. See `forecast indicators`.'
    table = tmp_path / "t.csv"
    table.write_text("entity,year,value\nA,2020,1\n", encoding="utf-8")
    with pytest.raises(Invalid) as faulty:
        rank(table=table)
    assert str(faulty.value).splitlines()[1:] == [
        "1: period_end: the column is missing",
        "1: year: not a column of such a table, which has: entity, period_end, value, rank",
    ]


def test_a_refusal_in_json_is_an_object_with_its_reason(process: Any) -> None:
    done = process("project", "fortune500_rank", "--format", "json")
    assert done.returncode == 1
    assert "forecast rank" in json.loads(done.stdout)["reason"]


def test_a_batch_with_refused_rows_ends_well_and_counts_them(process: Any) -> None:
    done = process("project", "--all", "--format", "json")
    rows = json.loads(done.stdout)
    refused = [row for row in rows if "reason" in row]
    assert done.returncode == 0
    assert f"{len(refused)} of {len(rows)}" in done.stderr


@pytest.mark.parametrize("name", ["notes.txt", "cities.csv"])
def test_a_file_that_is_no_warehouse_is_refused_and_untouched(process: Any, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("my notes", encoding="utf-8")
    done = process("where", "--warehouse", str(path))
    assert done.returncode == 1
    assert f"{name} is no warehouse but another kind of file" in done.stderr
    assert "Error" not in done.stderr
    assert path.read_text(encoding="utf-8") == "my notes"


def test_a_warehouse_that_is_made_because_there_was_none_is_named(process: Any, tmp_path: Path) -> None:
    path = tmp_path / "typo.duckdb"
    first = process("where", "--warehouse", str(path))
    assert first.returncode == 0
    assert f"There was no warehouse {path}; a new one was made" in first.stderr
    assert process("where", "--warehouse", str(path)).stderr == ""
    other = tmp_path / "another.duckdb"
    added = process("target", "set", "intl_orgs", "--at-least", "170", "--warehouse", str(other))
    assert f"There was no warehouse {other}" in added.stderr


def test_an_empty_warehouse_says_how_to_fill_it(tmp_path: Path, process: Any) -> None:
    from forecast.workflow.opening import tool_version
    from warehouse.location import seeds_folder
    from warehouse.seeds import digest
    from warehouse.store import create

    path = tmp_path / "empty.duckdb"
    create(
        path,
        tool_version=tool_version(),
        fill=lambda store: store.append_observations((), author="t", action="seeds", detail=digest(seeds_folder())),
    )
    done = process("project", "--all", "--warehouse", str(path))
    assert done.returncode == 2
    assert "snapshot import" in done.stderr


def test_a_warehouse_held_by_another_process_is_named_with_its_holder(process: Any, warehouse: Path) -> None:
    code = f"import duckdb, time; c = duckdb.connect({str(warehouse)!r}); print('held', flush=True); time.sleep(60)"
    with Popen([sys.executable, "-c", code], stdout=PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "held"
        began = time.monotonic()
        done = process("where", "--wait", "0.5")
        other.kill()
    assert done.returncode == 4
    assert str(other.pid) in done.stderr
    assert time.monotonic() - began < 30


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_write_permission_is_named(process: Any, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0o500)
    done = process("where", "--warehouse", str(locked / "forecast.duckdb"))
    assert done.returncode == 1
    assert "locked" in done.stderr


def test_a_full_disk_is_named_and_leaves_nothing(process: Any) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    done = process("project", "intl_orgs", "--model", "pooled_drift", "--warehouse", "/dev/full/forecast.duckdb")
    assert done.returncode == 1
    assert "/dev/full" in done.stderr
    assert "Traceback" not in done.stderr


def test_interrupting_ends_with_130_and_no_traceback(warehouse: Path) -> None:
    if os.name == "nt":
        pytest.skip("no SIGINT to a child on Windows")
    import signal

    code = f"import duckdb, time; c = duckdb.connect({str(warehouse)!r}); print('held', flush=True); time.sleep(60)"
    env = {**os.environ, "FORECAST_WAREHOUSE": str(warehouse)}
    with Popen([sys.executable, "-c", code], stdout=PIPE, text=True) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with Popen(
            [sys.executable, "-m", "forecast", "where", "--wait", "50"], stderr=PIPE, text=True, env=env,
            # a suite started in the background hands down an ignored SIGINT
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        ) as mine:  # fmt: skip
            time.sleep(3)
            mine.send_signal(signal.SIGINT)
            _, err = mine.communicate(timeout=30)
        other.kill()
    assert mine.returncode == 130
    assert "Traceback" not in err


@pytest.mark.parametrize("locale", ["C", "POSIX"])
def test_chinese_is_printed_whatever_the_locale(process: Any, locale: str) -> None:
    done = process("indicators", "--lang", "zh", LC_ALL=locale, PYTHONIOENCODING="", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "国际组织" in done.stdout
