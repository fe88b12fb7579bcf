"""`--lang` holds for everything a command says: what was done, what was wrong, and the options themselves."""

from __future__ import annotations

import re
from typing import Any

import pytest

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


def test_a_group_of_commands_called_alone_shows_its_help(run: Any) -> None:
    assert "Commands:" in run("snapshot").stderr + run("snapshot").stdout
