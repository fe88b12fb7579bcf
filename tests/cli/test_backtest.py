"""`forecast backtest` on the shipped figures: two events, so one origin, and no more."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from forecast import project
from forecast.workflow.backtest import backtest_indicator, rows_of

Run = Callable[..., CompletedProcess[str]]


def test_two_events_make_one_origin_and_no_more(run: Run) -> None:
    done = run("backtest", "--indicator", "intl_orgs", "--format", "csv")
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(r["origin_date"], r["figures"], r["target_date"], r["value"]) for r in rows] == [
        ("2023-06-26", "1", "2025-10-14", "127.0")
    ]
    assert "scored 1 origin on 1 day: 1 figure." in done.stderr
    assert "and no more" in done.stderr


def test_the_past_is_projected_as_project_would_have_then(seeded: Path) -> None:
    for model in ("reference", "pooled_drift"):
        (row,) = rows_of(backtest_indicator("sister_cities", model=model, warehouse=seeded))
        then = project("sister_cities", as_of=date(2023, 6, 26), to="2025-10-14", model=model, warehouse=seeded)
        assert row["median"] == then.projection.quantile(0.5)
        assert (row["low"], row["high"]) == then.projection.interval(80)
        assert row["value"] == 287


def test_a_derived_figure_is_not_known_before_the_sentence_it_is_derived_from(seeded: Path) -> None:
    (tested,) = backtest_indicator("intl_orgs", warehouse=seeded)
    assert tested.found is not None
    (case,) = tested.found.cases
    assert [point.value for point in case.series.points] == [113]
    assert dict(case.truth) == {date(2025, 10, 14): 127}


def test_a_definition_break_is_not_crossed_and_both_figures_are_named(run: Run) -> None:
    done = run("backtest", "foreign_enterprises")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "50,000" in done.stderr
    assert "35,000" in done.stderr


def added(run: Run, value: str, day: str, **more: str) -> None:
    options = [part for key, text in more.items() for part in (f"--{key.replace('_', '-')}", text)]
    done = run(
        "snapshot", "add", "--indicator", "intl_orgs", "--period-end", day, "--value", value, "--published", day,
        "--title", f"Briefing of {day}", "--definition", "registered", "--yes", *options,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_a_third_event_makes_a_second_origin_that_sees_more(run: Run) -> None:
    added(run, "131", "2026-10-20")
    found = json.loads(run("backtest", "intl_orgs", "--format", "json").stdout)
    assert [(r["origin_date"], r["figures"], r["target_date"]) for r in found["rows"]] == [
        ("2023-06-26", 1, "2025-10-14"),
        ("2023-06-26", 1, "2026-10-20"),
        ("2025-10-14", 3, "2026-10-20"),
    ]
    assert [(t["origins"], t["scored"]) for t in found["tally"]] == [(2, 3)]


def test_a_later_bound_is_named_and_not_scored(run: Run) -> None:
    added(run, "130", "2026-10-20", qualifier="at_least", as_stated="over 130")
    done = run("backtest", "intl_orgs", "--format", "csv")
    assert {r["target_date"] for r in csv.DictReader(io.StringIO(done.stdout))} == {"2025-10-14"}
    assert "over 130 (2026-10-20) is a bound and was not scored" in done.stderr


def test_every_model_answers_or_says_why_not(run: Run) -> None:
    found = json.loads(run("backtest", "intl_orgs", "--model", "all", "--format", "json").stdout)
    assert {row["model"] for row in found["rows"]} == {"reference", "pooled_drift", "combined"}
    assert {row["model"]: row["code"] for row in found["refused"]}["linear"] == "too_few_points"


def test_one_model_that_cannot_is_refused_by_name(run: Run) -> None:
    done = run("backtest", "intl_orgs", "--model", "theta")
    assert done.returncode == 1
    assert "theta" in done.stderr


def test_all_counts_what_it_could_not_score(run: Run) -> None:
    found = json.loads(run("backtest", "--all", "--format", "json").stdout)
    scored = {row["indicator"] for row in found["rows"]}
    assert scored >= {"intl_orgs", "sister_cities", "regional_hq", "fortune500_hq"}
    reasons = {row["indicator"]: row["code"] for row in found["refused"] if row["entity"] == "beijing"}
    assert reasons["foreign_enterprises"] == "backtest_across_break"
    assert reasons["fortune500_rank"] == "rank_no_trend"
    (tally,) = found["tally"]
    assert tally["scored"] == len(found["rows"])
    assert tally["held_80"] == sum(row["covered_80"] for row in found["rows"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("backtest", "--all", "intl_orgs"), "not both"),
        (("backtest",), "Say which indicator"),
        (("backtest", "intl_orgs", "--model", "prophet"), "prophet"),
    ],
    ids=str,
)
def test_a_slip_is_one_line(run: Run, arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_it_is_told_in_chinese(run: Run) -> None:
    done = run("backtest", "intl_orgs", "--lang", "zh")
    assert "1 个起点" in done.stderr
    assert "127" in done.stdout
