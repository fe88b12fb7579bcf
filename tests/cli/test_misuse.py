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


def test_a_file_that_is_no_warehouse_is_refused_and_untouched(process: Any, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("my notes", encoding="utf-8")
    done = process("where", "--warehouse", str(path))
    assert done.returncode == 1
    assert "notes.txt" in done.stderr
    assert path.read_text(encoding="utf-8") == "my notes"


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
