"""`forecast rank` as a steward and an analyst type it."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from charts.reading import read_meta

LEAGUE = [
    ("Alpha", (54, 53, 49, 47)),
    ("Beta", (36, 35, 33, 30)),
    ("Gamma", (19, 18, 18, 19)),
    ("Delta", (16, 17, 17, 19)),
]


def table(path: Path, rows: list[tuple[str, ...]], heading: str = "entity,period_end,value") -> str:
    path.write_text("\n".join([heading, *(",".join(row) for row in rows)]) + "\n", encoding="utf-8")
    return str(path)


@pytest.fixture(name="league")
def _league(tmp_path: Path) -> str:
    rows = [(name, f"{2022 + k}-12-31", str(v)) for name, values in LEAGUE for k, v in enumerate(values)]
    return table(tmp_path / "league.csv", rows)


def test_a_table_gives_hubverse_rows_with_plain_ranks(run: Any, league: str) -> None:
    done = run("rank", "--from", league, "--horizon", "3")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert done.returncode == 0
    assert list(rows[0]) == ["entity", "target_date", "output_type", "output_type_id", "value"]
    assert list(dict.fromkeys(row["target_date"] for row in rows)) == ["2026-12-31", "2027-12-31", "2028-12-31"]
    assert {row["output_type"] for row in rows} == {"pmf"}
    assert {row["output_type_id"] for row in rows} == {"1", "2", "3", "4"}
    by_entity: dict[Any, float] = defaultdict(float)
    by_rank: dict[Any, float] = defaultdict(float)
    for row in rows:
        by_entity[row["entity"], row["target_date"]] += float(row["value"])
        by_rank[row["output_type_id"], row["target_date"]] += float(row["value"])
    assert all(abs(total - 1) < 1e-9 for total in (*by_entity.values(), *by_rank.values()))
    assert "smallest rank" in done.stderr


def test_the_same_command_prints_the_same_bytes(run: Any, league: str) -> None:
    assert (
        run("rank", "--from", league, "--horizon", "2").stdout == run("rank", "--from", league, "--horizon", "2").stdout
    )


def test_the_largest_is_first_unless_the_smallest_is(run: Any, league: str) -> None:
    def first_of(*more: str) -> str:
        found = json.loads(run("rank", "--from", league, "--horizon", "1", "--format", "json", *more).stdout)
        return str(found["standings"][0]["entity"])

    assert first_of() == "Alpha"
    assert first_of("--smallest-first") in ("Gamma", "Delta")


def test_json_has_the_odds_the_sets_and_the_rivals(run: Any, league: str) -> None:
    done = run("rank", "--from", league, "--to", "2030", "--top", "2", "--entity", "Gamma", "--format", "json")
    found = json.loads(done.stdout)
    row = next(r for r in found["standings"] if r["entity"] == "Gamma" and r["target_date"] == "2030-12-31")
    assert row["rank"] == 3
    assert row["set_95"] == [2, 4]
    assert 0 <= row["first_alone"] <= row["in_top"] <= 1
    assert {r["other"] for r in found["rivals"]} == {"Alpha", "Beta", "Delta"}
    assert found["leaders"][0]["entity"] == "Alpha"
    assert not found["prior"]


def test_both_languages_tell_the_table(run: Any, league: str) -> None:
    english = run("rank", "--from", league, "--horizon", "1", "--format", "table")
    chinese = run("rank", "--from", league, "--horizon", "1", "--format", "table", "--lang", "zh")
    assert "First today: Alpha" in english.stdout
    assert "目前第一：Alpha" in chinese.stdout
    assert "of it shared" in english.stdout


@pytest.mark.parametrize(
    ("heading", "rows", "says"),
    [
        ("entity,period_end,value", [("A", "2024", "3"), ("A", "2025", "4")], "single entity"),
        ("entity,period_end,value", [("A", "2025", "3"), ("B", "2025", "3")], "tied"),
        ("entity,period_end,rank", [("A", "", "3"), ("B", "2025", "1")], "without its year"),
        ("entity,period_end,rank", [("A", "2025", "3"), ("A", "2025", "1")], "second rank"),
        ("entity,period_end,rank", [("A", "2025", "0"), ("B", "2025", "1")], "rank of 0"),
        ("entity,period_end,rank", [("A", "2025", "150-101"), ("B", "2025", "1")], "backwards"),
        ("entity,period_end,value", [("A", "2025", "x"), ("B", "2025", "1")], "not a plain number"),
        ("entity,period_end", [("A", "2025"), ("B", "2025")], "value | rank"),
    ],
)
def test_bad_tables_are_named_and_rejected(
    run: Any, tmp_path: Path, heading: str, rows: list[tuple[str, ...]], says: str
) -> None:
    done = run("rank", "--from", table(tmp_path / "bad.csv", rows, heading), "--horizon", "1")
    assert done.returncode == 3
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_every_fault_is_told_at_once(run: Any, tmp_path: Path) -> None:
    path = table(
        tmp_path / "bad.csv", [("A", "2025", "0"), ("B", "", "2"), ("C", "2025", "x")], "entity,period_end,rank"
    )
    assert len(run("rank", "--from", path, "--horizon", "1").stderr.strip().splitlines()) == 4


def test_a_blank_value_is_missing_and_not_zero(run: Any, tmp_path: Path) -> None:
    rows = [
        (n, f"{y}-12-31", str(v + y - 2022)) for n, v in (("A", 30), ("B", 20), ("C", 10)) for y in range(2022, 2026)
    ]
    rows[7] = ("B", "2025-12-31", "")
    done = run("rank", "--from", table(tmp_path / "t.csv", rows), "--horizon", "1", "--format", "json")
    found = json.loads(done.stdout)
    assert [r["rank"] for r in found["standings"]] == [1, 2, 3]
    assert {n["code"] for n in found["notes"]} >= {"rank_missing_values", "rank_late"}


def test_ranks_alone_give_a_labelled_prior_with_bands(run: Any, tmp_path: Path) -> None:
    rows = [("A", "2024", "=35"), ("A", "2025", "33"), ("B", "2025", "101-150")]
    path = table(tmp_path / "t.csv", rows, "entity,period_end,rank")
    found = json.loads(run("rank", "--from", path, "--horizon", "2", "--format", "json").stdout)
    assert found["prior"]
    assert "rank_prior" in {n["code"] for n in found["notes"]}
    assert found["places"] >= 150


@pytest.mark.parametrize(
    ("indicator", "rank", "run_length", "following"),
    [("fortune500_rank", 1, 13, 14 / 15), ("iec_index_china_rank", 1, 3, 4 / 5), ("iec_index_world_rank", 6, 1, 2 / 3)],
)
def test_the_city_s_own_ranks_give_base_rates_and_a_prior(
    run: Any, indicator: str, rank: int, run_length: int, following: float
) -> None:
    found = json.loads(run("rank", "--indicator", indicator, "--format", "json").stdout)
    assert found["prior"]
    (rates,) = found["base_rates"]
    assert (rates["rank"], rates["run"]) == (rank, run_length)
    assert rates["next_one"] == pytest.approx(following)
    last = [r for r in found["forecast"] if r["target_date"] == "2030-12-31"]
    assert sum(r["value"] for r in last) == pytest.approx(1)
    assert max(last, key=lambda r: r["value"])["output_type_id"] in range(max(1, rank - 1), rank + 2)


def test_a_prior_says_what_would_make_it_a_forecast(run: Any) -> None:
    done = run("rank", "fortune500_rank")
    assert "prior" in done.stdout
    assert "fortune500_hq" in done.stdout
    assert "place 2" in done.stdout
    assert "14/19" in done.stdout


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_commands_that_a_refused_rank_is_answered_with_can_be_run(run: Any, lang: str) -> None:
    told = run("project", "--all", "--lang", lang).stdout + run("rank", "regional_hq", "--entity", "chaoyang").stderr
    advised = dict.fromkeys(re.findall("`forecast (rank [^`]+)`", told))
    assert any(command.endswith(" --entity beijing/chaoyang") for command in advised)
    for command in advised:
        assert run(*command.split()).returncode == 0, command


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_whose_ranks_there_are_is_told_by_name(run: Any, lang: str) -> None:
    done = run("rank", "sister_cities_district_rank", "--lang", lang)
    assert done.returncode == 1
    name = {"en": "Chaoyang District (beijing/chaoyang)", "zh": "朝阳区（beijing/chaoyang）"}[lang]
    assert name in done.stderr
    assert {"en": "for Beijing or", "zh": "北京市及其同类对象"}[lang] in done.stderr


def test_no_prior_is_advised_where_no_rank_is_known(run: Any) -> None:
    done = run("rank", "regional_hq")
    assert done.returncode == 1
    assert "district_rank" not in done.stderr


def test_one_city_s_counts_are_no_ranking(run: Any) -> None:
    done = run("rank", "fortune500_hq")
    assert done.returncode == 1
    assert "fortune500_rank" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("rank",), "--indicator"),
        (("rank", "fortune500_rank", "--top", "0"), "--top"),
        (("rank", "fortune500_rank", "--to", "2030", "--horizon", "3"), "--horizon"),
        (("rank", "fortune500_rank", "--to", "2020"), "2025-12-31"),
        (("rank", "--from", "nowhere.csv"), "nowhere.csv"),
        (("rank", "fortune500_rank", "--chart", "x.bmp"), ".svg"),
    ],
)
def test_misuse_is_one_line(run: Any, arguments: tuple[str, ...], says: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def drawn_words(path: Path) -> str:
    return " ".join(re.findall(r'aria-label="([^"]*)"', path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("view", ["odds", "paths", "first"])
def test_a_picture_of_ranks_names_its_source_and_is_verified_by_file_and_code(
    run: Any, tmp_path: Path, view: str
) -> None:
    for lang, word in (("en", "data"), ("zh", "数据码")):
        done = run("rank", "fortune500_rank", "--view", view, "--chart", f"{lang}.svg", "--lang", lang)
        assert done.returncode == 0
        code = str((read_meta(tmp_path / f"{lang}.svg") or {})["code"])
        words = drawn_words(tmp_path / f"{lang}.svg")
        assert f"{word} {code}" in words
        assert "2023-06-26" in words
        for what in (f"{lang}.svg", code.lower()):
            assert json.loads(run("verify", what, "--format", "json").stdout)["verdict"] == "identical"
    text = (tmp_path / "en.svg").read_text(encoding="utf-8")
    (tmp_path / "en.svg").write_text(text.replace('aria-label="20', 'aria-label="30'), encoding="utf-8")
    assert run("verify", "en.svg").returncode == 1


def test_a_ranking_whose_figures_were_mended_is_changed(run: Any) -> None:
    of = ("sister_cities_district_rank", "--entity", "chaoyang")
    run("rank", *of, "--chart", "r.png")
    figure = json.loads(run("history", *of, "--format", "json").stdout)[-1]["id"]
    run("snapshot", "correct", figure, "--value", "2", "--why", "misread", "--yes")
    done = run("verify", "r.png")
    assert done.returncode == 1
    assert "other figures" in done.stdout


def test_a_picture_from_a_table_names_it_and_verify_gives_the_whole_command(
    run: Any, league: str, tmp_path: Path
) -> None:
    run("rank", "--from", league, "--horizon", "2", "--entity", "Beta", "--smallest-first", "--chart", "one.svg")
    assert f"Source: {Path(league).name}." in drawn_words(tmp_path / "one.svg")
    done = run("verify", "one.svg")
    assert done.returncode == 3
    (command,) = re.findall(r"compare: forecast (.*)\.", done.stdout)
    before = (tmp_path / "one.svg").read_bytes()
    assert run(*shlex.split(command)).returncode == 0
    assert (tmp_path / "one.svg").read_bytes() == before


def test_a_prior_is_not_called_a_projection(run: Any, tmp_path: Path) -> None:
    for lang, projected, prior in (
        ("en", "Projected", "neither a forecast nor an official target"),
        ("zh", "预测值", "既非预测，也非官方目标"),
    ):
        run("rank", "fortune500_rank", "--view", "paths", "--chart", "r.svg", "--lang", lang)
        words = drawn_words(tmp_path / "r.svg")
        assert projected not in words
        assert prior in words


@pytest.mark.parametrize("view", ["odds", "paths", "first"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_picture_is_written_in_both_languages(
    run: Any, league: str, tmp_path: Path, view: str, lang: str
) -> None:
    done = run("rank", "--from", league, "--horizon", "2", "--view", view, "--chart", "r.svg", "--lang", lang)
    assert done.returncode == 0
    assert (tmp_path / "r.svg").read_text(encoding="utf-8").count("<path") > 3
