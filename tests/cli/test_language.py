"""`--lang` holds for everything a command says: what was done, what was wrong, and the options themselves."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from forecast.sentences import LANGUAGES, catalogue
from warehouse.reading.compare import RELATIONS
from warehouse.waiting import writing

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    "arguments",
    [
        ("chart", "fortune500_rank", "--out", "q.png"),
        ("chart", "intl_orgs", "--out", "q.svg"),
        ("chart", "intl_orgs"),
        ("chart", "--out", "q.svg"),
        ("report", "--indicator", "intl_orgs", "--out", "q.html"),
        ("report", "--out", "q.bmp"),
    ],
    ids=" ".join,
)
def test_what_a_chart_or_a_report_says_is_in_the_language_asked_for(run: Any, arguments: tuple[str, ...]) -> None:
    assert CHINESE.search(run(*arguments, "--lang", "zh").stderr)
    assert not CHINESE.search(run(*arguments, "--lang", "en", FORECAST_LANG="zh").stderr)


def test_files_in_both_languages_leave_the_messages_as_they_are(run: Any) -> None:
    command = ("chart", "intl_orgs", "--out", "q.svg", "--lang", "both")
    assert "Chart written" in run(*command).stderr
    assert "图表已写入" in run(*command, FORECAST_LANG="zh").stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("where", "--lang", "fr"), "--lang fr: choose one of en, zh."),
        (("chart", "intl_orgs", "--out", "q.svg", "--lang", "fr"), "--lang fr: choose one of en, zh, both."),
        (("where", "--format", "xml"), "--format xml: choose one of table, json, csv."),
        (("where", "--format=xml"), "--format xml: choose one of table, json, csv."),
        (("where", "--wait", "soon"), "--wait soon: give a number."),
        (("project", "intl_orgs", "--horizon", "2.5"), "--horizon 2.5: give a whole number."),
        (("project", "intl_orgs", "--to"), "--to: a value is missing after it."),
        (("project", "intl_orgs", "--plot=3"), "--plot takes no value."),
        (("where", "--formt", "csv"), "forecast where has no option --formt; nearest: --format."),
        (("where", "--bogus"), "forecast where has no option --bogus; see `forecast where --help`."),
        (("--bogus",), "forecast has no option --bogus; see `forecast --help`."),
        (("where", "two", "more"), "Not understood: two more; see `forecast where --help`."),
        (("define", "indicator"), "SLUG is missing; see `forecast define indicator --help`."),
        (("chrt",), "There is no command chrt; nearest: chart. See `forecast --help`."),
        (("snapshot", "xyzzy"), "There is no command xyzzy; see `forecast snapshot --help`."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_an_option_that_makes_no_sense_is_answered_in_one_line_and_either_language(
    run: Any, arguments: tuple[str, ...], says: str
) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr.strip() == says
    if "--lang" not in arguments and arguments[-1] != "--to":
        chinese = run(*arguments, "--lang", "zh")
        assert chinese.returncode == 2
        assert CHINESE.search(chinese.stderr)


CODE = re.compile(r"\b(?:[a-z]+_[a-z_]+|exact|stock|derived|stated|append|snapshot|correct|retract|scenario|old)\b")
TEXT = "发布时间：2026-10-14\n北京市现有国际组织155家，友好城市63个，今年上半年接待游客380万人次。\n"


def told_in_tables(run: Any, *arguments: str) -> str:
    """A table's or a record's text without slugs, ids, sources and quoted words, which are the store's own."""
    done = run(*arguments, "--lang", "zh")
    assert done.returncode == 0, done.stderr
    own = r"intl_orgs|sister_cities|\S+-city-briefing|2025-10-16\S+|(?:依据|公布日期依据|推算自|备注|标题)：.*"
    return re.sub(own, "", done.stdout)


def test_chinese_tables_show_no_code_words(run: Any, tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text(TEXT, encoding="utf-8")
    assert run("target", "set", "intl_orgs", "--at-least", "170").returncode == 0
    for arguments in (
        ("explain", "intl_orgs", "--date", "2020-12-31"),
        ("history", "intl_orgs"),
        ("read", "t.txt"),
        ("snapshot", "list"),
        ("target", "list"),
        ("snapshot", "correct", "86df4f93bbba", "--value", "114", "--why", "a slip", "--dry-run"),
        ("snapshot", "retract", "86df4f93bbba", "--why", "a slip", "--dry-run"),
    ):
        told = told_in_tables(run, *arguments)
        assert CHINESE.search(told)
        assert not CODE.search(told), (arguments, CODE.findall(told))


def test_what_rests_on_a_figure_is_told_in_words(run: Any) -> None:
    run("target", "set", "intl_orgs", "--at-least", "170", "--to", "2030")
    done = run("snapshot", "retract", "86df4f93bbba", "--why", "a slip", "--dry-run")
    assert "of intl_orgs, at least 170 by 2030-12-31, was set beside this value" in done.stderr


def test_machine_output_keeps_the_codes(run: Any) -> None:
    row = json.loads(run("explain", "intl_orgs", "--date", "2020-12-31", "--format", "json", "--lang", "zh").stdout)
    assert (row["qualifier"], row["nature"], row["measure"]) == ("exact", "derived", "stock")
    assert ",snapshot," in run("snapshot", "list", "--format", "csv", "--lang", "zh").stdout


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_relation_to_the_store_has_words(lang: str) -> None:
    assert {f"relation_{code}" for code in RELATIONS} <= set(catalogue(lang))


def test_reasons_of_the_system_and_holders_of_the_warehouse_are_told_in_chinese_too(
    run: Any, tmp_path: Path, warehouse: Path
) -> None:
    assert "nofile：没有这个文件或文件夹" in run("read", "nofile", "--lang", "zh").stderr
    assert "there is no such file or folder" in run("read", "nofile").stderr
    with writing(warehouse, 10):
        done = run("target", "set", "intl_orgs", "--at-least", "170", "--wait", "0.2", "--lang", "zh")
    assert done.returncode == 4
    assert f"（进程 {os.getpid()}）" in done.stderr
    assert "process" not in done.stderr


def test_chinese_titles_say_whose_it_is_once_and_apart(run: Any) -> None:
    lake = run("project", "yanqi_lake_events_cumulative", "--entity", "beijing/yanqi_lake", "--lang", "zh").stdout
    assert lake.startswith("雁栖湖国际会都累计承办活动（yanqi_lake_events_cumulative）")
    made = ("define", "entity", "tianjin", "--name", "Tianjin", "--yes")
    assert run(*made).returncode == 0
    assert run("define", "indicator", "parks", "--name", "Parks", "--unit", "parks", "--yes").returncode == 0
    for year, value in (("2023", "40"), ("2024", "44")):
        assert run("snapshot", "add", "--indicator", "parks", "--entity", "tianjin", "--period-end", year, "--value",
                   value, "--published", "2025-01-05", "--title", "A list", "--yes").returncode == 0  # fmt: skip
    told = run("project", "parks", "--entity", "tianjin", "--as-of", "2025-06-01", "--lang", "zh").stdout
    assert told.startswith("Tianjin Parks（parks）")


def test_a_group_of_commands_called_alone_shows_its_help(run: Any) -> None:
    assert "Commands:" in run("snapshot").stderr + run("snapshot").stdout
