"""`--model combined` as a person meets it: where it moves the projection, and where it says that it does not."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Run = Callable[..., CompletedProcess[str]]

LONG = (41, 45, 44, 52, 55, 61, 58, 66, 71, 75, 74, 82, 90, 93)
ITSELF = "this is the projection of the reference model"


@pytest.fixture
def embassies(run: Run, tmp_path: Path) -> str:
    """The slug of an indicator of no named kind with ten yearly figures."""
    slug = "embassies"
    done = run("define", "indicator", slug, "--name", "Embassies", "--name-zh", "使馆", "--unit", "missions",
               "--unit-zh", "个", "--kind", "unknown")  # fmt: skip
    assert done.returncode == 0, done.stderr
    for year, value in zip(range(2016, 2026), LONG[-10:], strict=True):
        done = run("snapshot", "add", "--indicator", slug, "--period-end", f"{year}-12-31", "--value", str(value),
                   "--published", f"{year + 1}-01-15", "--title", f"Yearbook {year}", "--yes")  # fmt: skip
        assert done.returncode == 0, done.stderr
    return slug


def told(run: Run, *arguments: str) -> Any:
    done = run("project", *arguments, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_long_history_is_projected_drawn_reported_and_frozen(run: Run, tmp_path: Path, embassies: str) -> None:
    mine, plain = (told(run, embassies, "--model", model) for model in ("combined", "reference"))
    assert mine["model"] == "combined"
    assert mine["forecast"] != plain["forecast"]
    assert not [n for n in mine["notes"] if n["code"].startswith("reference_alone")]
    assert run("chart", embassies, "--model", "combined", "--out", "c.svg").returncode == 0
    assert "model combined" in (tmp_path / "c.svg").read_text(encoding="utf-8")
    assert run("verify", "c.svg").returncode == 0
    assert run("chart", embassies, "--model", "all", "--out", "a.svg").returncode == 0
    assert 'aria-label="combined ' in (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert run("chart", embassies, "--model", "combined", "--out", "c.html").returncode == 0
    assert "moved to the new middle" in (tmp_path / "c.html").read_text(encoding="utf-8")
    done = run("freeze", embassies, "--model", "combined")
    assert done.returncode == 0
    assert "reference" not in done.stderr
    kept = {(row["model"], row["target_date"]): row["median"] for row in json.loads(
        run("ledger", "list", "--format", "json").stdout)}  # fmt: skip
    assert [model for model, _ in kept] == ["combined"]
    end = [row for row in mine["forecast"] if row["output_type_id"] == 0.5][-1]
    assert list(kept.values()) == pytest.approx([end["value"]])


def test_a_short_one_is_the_references_and_every_place_says_so(run: Run, tmp_path: Path) -> None:
    done = run("project", "intl_orgs", "--model", "combined", "--kind", "unknown")
    assert f"combined adds its trends from 10 figures on and intl_orgs has 3; {ITSELF}." in done.stdout
    mine, plain = (told(run, "intl_orgs", "--model", model) for model in ("combined", "reference"))
    assert mine["forecast"] == plain["forecast"]
    assert {n["code"] for n in mine["notes"]} - {n["code"] for n in plain["notes"]} == {"reference_alone_kind"}
    rows = run("project", "intl_orgs", "--model", "all").stdout.splitlines()
    assert [ITSELF in row for row in rows if row.startswith("combined ")] == [True]
    assert run("chart", "intl_orgs", "--model", "combined", "--lang", "zh", "--out", "c.svg").returncode == 0
    assert "就是模型 reference 的预测" in (tmp_path / "c.svg").read_text(encoding="utf-8")
    assert run("chart", "intl_orgs", "--model", "all", "--out", "a.svg").returncode == 0
    assert 'aria-label="combined ' not in (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "alone: 1 of 1 projections" in run("freeze", "intl_orgs", "--model", "combined").stderr


def test_the_plans_table_is_the_references_and_one_line_says_so(run: Run) -> None:
    mine, plain = run("project", "--all", "--model", "combined"), run("project", "--all")
    assert mine.stdout == plain.stdout
    (line,) = set(mine.stderr.splitlines()) - set(plain.stderr.splitlines())
    done = json.loads(run("project", "--all", "--format", "json").stdout)
    count = sum("forecast" in row for row in done)
    assert line.startswith(f"From the reference model alone: {count} of {count} projections.")


def test_a_table_counts_those_that_are_the_references_and_its_rows_may_come_in_any_order(
    run: Run, tmp_path: Path
) -> None:
    rows = [("long", f"{2026 - len(LONG) + i}-12-31", v) for i, v in enumerate(LONG)]
    rows += [("short", f"{2023 + i}-12-31", v) for i, v in enumerate((5, 6, 8))]
    made = []
    for name in ("straight.csv", "mixed.csv"):
        lines = ["series,period_end,value", *(",".join(map(str, row)) for row in rows)]
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        done = run("project", "--from", name, "--horizon", "5", "--model", "combined", "--format", "csv")
        assert "From the reference model alone: 1 of 2 projections." in done.stderr
        made.append(sorted(csv.reader(done.stdout.splitlines())))
        random.Random(1).shuffle(rows)
    assert made[0] == made[1]
    plain = run("project", "--from", "straight.csv", "--horizon", "5", "--no-panel", "--format", "csv")
    same = [row for row in csv.reader(plain.stdout.splitlines()) if row in made[0]]
    assert {row[0] for row in same[1:]} == {"short"}
