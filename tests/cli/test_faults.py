"""A fault of a file reads aloud: where, the text, what is wrong with it, and last what was expected instead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from forecast.sentences import catalogue, fault_line
from warehouse.errors import Fault

ADD = ("snapshot", "add", "--indicator", "intl_orgs", "--period-end", "2026-06-30", "--value", "131",
       "--published", "2026-07-02", "--title", "A briefing", "--definition", "registered", "--yes")  # fmt: skip


@pytest.mark.parametrize(
    ("option", "value", "reads"),
    [
        ("--indicator", "intl_orgz", "indicator: 'intl_orgz': no such indicator; nearest: intl_orgs"),
        ("--indicator", "zzzzqqqq", "indicator: 'zzzzqqqq': no such indicator, nor one like it"),
        ("--definition", "nope", "definition: 'nope': no such definition; there are: registered, unqualified"),
        ("--qualifier", "roughly", "qualifier: 'roughly': not one of: exact, at_least, at_most, about"),
    ],
)
def test_a_fault_ends_on_what_was_expected(run: Any, option: str, value: str, reads: str) -> None:
    arguments = list(ADD)
    if option in arguments:
        arguments[arguments.index(option) + 1] = value
    else:
        arguments += [option, value]
    (line,) = run(*arguments).stderr.splitlines()[1:]
    assert line.endswith(reads)


def test_a_fault_reads_in_chinese_too(run: Any) -> None:
    done = run(*ADD[:3], "intl_orgz", *ADD[4:], "--lang", "zh")
    assert done.stderr.splitlines()[1].endswith("indicator：'intl_orgz'：没有该指标；相近的有：intl_orgs")


@pytest.mark.parametrize(
    ("command", "columns"), [("project", "series, period_end, value"), ("rank", "entity, period_end, value, rank")]
)
def test_columns_that_a_table_has_and_should_not_are_named_with_those_it_may_have(
    run: Any, tmp_path: Path, command: str, columns: str
) -> None:
    path = tmp_path / "t.csv"
    path.write_text("city,year,value\nA,2020,10\n", encoding="utf-8")
    done = run(command, "--from", str(path))
    assert done.returncode == 3
    assert f"1: city, year: not a column of such a table, which has: {columns}" in done.stderr
    assert "no such column" not in done.stderr


def test_no_fault_leaves_a_gap_open_where_nothing_was_expected() -> None:
    ever_empty = {"unknown_indicator", "unknown_entity", "unknown_definition", "words_in_cell", "percent_in_count"}
    for code in ever_empty:
        line = fault_line(Fault(code, "t.csv 3", "B", "x"))
        assert not line.rstrip().endswith((":", " is", " the unit")), line
    gapped = {code.removeprefix("fault_") for code, text in catalogue("en").items() if "{detail}" in text}
    always = {"unknown_column", "which_definition", "not_one_of", "duplicate_date", "two_ranks", "kind_changes"}
    assert gapped == ever_empty | always
