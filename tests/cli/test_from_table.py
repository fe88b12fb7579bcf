"""`project --from`: any table in, a table out; every fault named, every series a row or a reason."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

PROBS = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]


def write(path: Path, rows: list[tuple[Any, ...]], header: str = "series,period_end,value") -> Path:
    lines = [header, *(",".join(str(cell) for cell in row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def quantiles(text: str) -> dict[tuple[str, str], list[float]]:
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in csv.DictReader(io.StringIO(text)):
        assert row["output_type"] == "quantile"
        found[row["series"], row["target_date"]].append(float(row["value"]))
    return dict(found)


def test_the_csv_has_the_short_forms_columns_and_the_year_ends_after_each_series_last_figure(
    run: Any, tmp_path: Path
) -> None:
    path = write(tmp_path / "t.csv", [("a", "2019-12-31", 5), ("a", "2021-12-31", 8), ("b", "2024-06-30", 100)])
    done = run("project", "--from", str(path), "--horizon", "2", "--format", "csv")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "series,target_date,output_type,output_type_id,value"
    found = quantiles(done.stdout)
    assert list(found) == [("a", "2022-12-31"), ("a", "2023-12-31"), ("b", "2024-12-31"), ("b", "2025-12-31")]
    for values in found.values():
        assert len(values) == len(PROBS)
        assert values == sorted(set(values))


HARD = {
    "constant": [(f"{y}-12-31", 7) for y in range(2015, 2024)],
    "single": [("2023-12-31", 42)],
    "zeros": [(f"{y}-12-31", 0) for y in range(2020, 2024)],
    "last_zero": [("2021-12-31", 5), ("2022-12-31", 3), ("2023-12-31", 0)],
    "negative": [("2021-12-31", -5), ("2022-12-31", 3), ("2023-12-31", -8)],
    "jump": [("2021-12-31", 1), ("2022-12-31", 1_000_000), ("2023-12-31", 2)],
    "a_day_apart": [("2023-12-30", 10), ("2023-12-31", 11)],
    "a_century_apart": [("1923-12-31", 10), ("2023-12-31", 11)],
    "tiny": [("2022-12-31", 1e-9), ("2023-12-31", 2e-9)],
    "huge": [("2022-12-31", 1e15), ("2023-12-31", 2e15)],
}


@pytest.mark.parametrize("model", ["reference", "pooled_drift"])
@pytest.mark.parametrize("kind", ["unknown", "cumulative", "filling_share", "noisy_count", "flow"])
def test_hard_series_get_a_finite_ordered_band_or_a_named_refusal(
    run: Any, tmp_path: Path, model: str, kind: str
) -> None:
    rows = [(name, day, value, kind) for name, points in HARD.items() for day, value in points]
    path = write(tmp_path / "hard.csv", rows, "series,period_end,value,kind")
    done = run("project", "--from", str(path), "--horizon", "7", "--model", model, "--format", "json")
    assert done.returncode == 0, done.stderr
    told = {row["series"]: row for row in json.loads(done.stdout)}
    assert set(told) == set(HARD)
    for name, row in told.items():
        if "reason" in row:
            assert row["code"]
            continue
        by_day: dict[str, list[float]] = defaultdict(list)
        for q in row["forecast"]:
            by_day[q["target_date"]].append(q["value"])
        for values in by_day.values():
            assert all(abs(v) < 1e300 for v in values), name
            assert values == sorted(values), name
            assert values[1] < values[5], name
        if min(v for _, v in HARD[name]) >= 0:
            assert min(q["value"] for q in row["forecast"]) >= 0, name


def test_ten_thousand_observations_of_one_series_are_taken(run: Any, tmp_path: Path) -> None:
    rng = random.Random(1)
    days = [f"{1600 + i // 24}-{i % 12 + 1:02d}-{1 + 14 * (i // 12 % 2):02d}" for i in range(10_000)]
    rows = [("long", day, round(100 + rng.random(), 3)) for day in days]
    path = write(tmp_path / "long.csv", rows)
    done = run("project", "--from", str(path), "--horizon", "5", "--format", "csv")
    assert done.returncode == 0, done.stderr
    assert len(quantiles(done.stdout)) == 5


def test_the_order_of_rows_does_not_matter(run: Any, tmp_path: Path) -> None:
    rng = random.Random(7)
    rows = [(f"s{i}", f"{y}-12-31", round(50 + 10 * rng.random(), 2)) for i in range(30) for y in range(2018, 2023)]
    straight = quantiles(
        run("project", "--from", str(write(tmp_path / "a.csv", rows)), "--horizon", "3", "--format", "csv").stdout
    )
    rng.shuffle(rows)
    mixed = quantiles(
        run("project", "--from", str(write(tmp_path / "b.csv", rows)), "--horizon", "3", "--format", "csv").stdout
    )
    assert straight.keys() == mixed.keys()
    for key, values in straight.items():
        assert mixed[key] == pytest.approx(values, rel=1e-9)


def test_a_bound_is_wider_than_the_figure_and_closed_for_the_fit_alone(run: Any, tmp_path: Path) -> None:
    rows = [("exact", "2023-12-31", 170, "exact"), ("bound", "2023-12-31", 170, "at_least")]
    path = write(tmp_path / "t.csv", rows, "series,period_end,value,qualifier")
    found = quantiles(run("project", "--from", str(path), "--horizon", "1", "--format", "csv", "--no-panel").stdout)
    exact, bound = found["exact", "2024-12-31"], found["bound", "2024-12-31"]
    assert bound[3] > exact[3]


@pytest.mark.parametrize(
    ("rows", "header", "says"),
    [
        ([("a", "2020-12-31", 5), ("a", "2020-12-31", 6)], "series,period_end,value", "2020-12-31"),
        ([("a", "2020-12-31", "five")], "series,period_end,value", "five"),
        ([("a", "2020-12-31", "nan")], "series,period_end,value", "nan"),
        ([("a", "2020-13-31", 5)], "series,period_end,value", "2020-13-31"),
        ([("a", "2020-12-31")], "series,period_end,value", "2 / 3"),
        ([("a", "2020-12-31", 5, "wild")], "series,period_end,value,kind", "wild"),
        ([("a", "2020-12-31", 5)], "name,period_end,value", "series"),
        ([("a", "2020-12-31", 5, 9)], "series,period_end,value,low", "low"),
        ([], "series,period_end,value", "no rows"),
    ],
)
def test_a_faulty_table_is_rejected_whole_with_every_fault(
    run: Any, tmp_path: Path, rows: list[tuple[Any, ...]], header: str, says: str
) -> None:
    path = write(tmp_path / "bad.csv", rows, header)
    done = run("project", "--from", str(path), "--horizon", "3", "--format", "csv")
    assert done.returncode == 3
    assert says in done.stderr
    assert done.stdout == ""


def test_all_faults_are_listed_with_their_lines(run: Any, tmp_path: Path) -> None:
    path = write(tmp_path / "bad.csv", [("a", "2020", "x"), ("b", "soon", 1), ("c", "2020", 1, 2)])
    err = run("project", "--from", str(path), "--horizon", "1").stderr
    for line in ("2:", "3:", "4:"):
        assert line in err


def test_a_missing_file_and_a_horizon_before_the_last_figure_are_named(run: Any, tmp_path: Path) -> None:
    missing = run("project", "--from", "nowhere.csv")
    assert missing.returncode == 2
    assert "nowhere.csv" in missing.stderr
    path = write(tmp_path / "t.csv", [("early", "2020-12-31", 5), ("late", "2029-12-31", 6)])
    done = run("project", "--from", str(path), "--to", "2026", "--format", "csv")
    assert done.returncode == 0
    assert "late" in done.stderr
    assert {name for name, _ in quantiles(done.stdout)} == {"early"}


def test_a_series_name_with_a_comma_survives(run: Any, tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", [('"Beijing, ""the"" city"', "2020-12-31", 5)])
    done = run("project", "--from", str(path), "--horizon", "1", "--format", "csv")
    assert {name for name, _ in quantiles(done.stdout)} == {'Beijing, "the" city'}


def test_several_processes_give_what_one_gives(tmp_path: Path) -> None:
    from forecast.workflow import from_table
    from forecast.workflow.project import Request
    from forecast.workflow.table import read_table

    rng = random.Random(3)
    rows = [(f"s{i}", f"{y}-12-31", round(10 + rng.random(), 3)) for i in range(600) for y in (2020, 2021, 2023)]
    table = read_table(write(tmp_path / "t.csv", rows))
    request = Request(model="reference", horizon=2)

    def projected(chunk: int, alone: int) -> list[Any]:
        before = from_table.CHUNK, from_table.ALONE
        from_table.CHUNK, from_table.ALONE = chunk, alone
        try:
            made = list(from_table.project_table(table, request, panel=False).rows)
        finally:
            from_table.CHUNK, from_table.ALONE = before
        return [row.values.tolist() for row in made if row.values is not None]

    assert projected(10_000, 20_000) == projected(150, 100)


@pytest.mark.parametrize(
    "extra",
    [("--target", "170"), ("--entity", "beijing"), ("--as-of", "2024"), ("--definition", "registered"), ("--all",)],
)
def test_what_a_table_does_not_heed_is_refused_and_not_ignored(
    run: Any, tmp_path: Path, extra: tuple[str, ...]
) -> None:
    path = write(tmp_path / "t.csv", [("a", "2019-12-31", 5)])
    done = run("project", "--from", str(path), *extra)
    assert done.returncode == 2
    assert extra[0] in done.stderr
