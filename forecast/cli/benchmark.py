"""`forecast benchmark`: the exam on public annual series, for anyone who doubts the numbers."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forecast.cli.language import current
from forecast.cli.options import Format, FormatOption, LangOption
from forecast.errors import Misuse
from forecast.sentences import say, tell

if TYPE_CHECKING:
    from forecast.notes import Note
    from forecast.workflow.benchmark import Exam

NAME = "benchmark"
COLUMNS = ("n", "model", "error", "wis", "cover50", "cover80", "cover95", "undefined", "failed", "seconds_per_1000",
           "against_best")  # fmt: skip
LARGEST = 1_000.0


class By(StrEnum):
    """What the printed table is broken down by."""

    source = "source"
    horizon = "horizon"


def command(
    side: Annotated[str, typer.Option("--side", help="TEST for reporting, DEV for choosing.")] = "TEST",
    n: Annotated[str, typer.Option("--n", help="Visible figures: 1,2,3,4,5,6,8,irr (default: all).")] = "",
    models: Annotated[
        str, typer.Option("--models", help="Names with commas between, or all (default: the quick ones).")
    ] = "",
    limit: Annotated[int | None, typer.Option("--limit", help="Only so many series: a fixed choice of them.")] = None,
    by: Annotated[By | None, typer.Option("--by", help="Print each collection, or each year ahead, apart.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="A .csv file for the table, or a folder for it and all predictions.")
    ] = None,
    chart: Annotated[Path | None, typer.Option("--chart", help="Write a chart: .html .png .svg .pdf .json")] = None,
    ranks: Annotated[bool, typer.Option("--ranks", help="The exam of `forecast rank` on held-out panels.")] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Whole histories of M3 and Tourism instead, split as in the competitions.")
    ] = False,
    format: FormatOption = Format.table,
    lang: LangOption = None,
) -> None:
    """Score our models and others' on the same real series.

    Windows of 1 to 8 figures from the yearly series of the M1, M3 and Tourism competitions; five years ahead. Error and
    weighted interval score (WIS) are in mean yearly changes, and smaller is better.
    """
    if ranks:
        from forecast.cli import rank_exam

        rank_exam.run(format)
        return
    if full:
        from forecast.cli import full_exam

        if n or by or out or chart or side.upper() != "TEST":
            raise Misuse("full_stands_alone")
        full_exam.run(models, limit, format)
        return
    from forecast.workflow.benchmark import benchmark, write_chart

    if chart:
        from forecast.workflow.chart import check_writable

        check_writable(chart)
    result = benchmark(side=side, ns=n, models=models, limit=limit, out=out, tell=_talk)
    _print(result, format, by)
    if chart:
        write_chart(result, chart, lang=current())
        print(say("chart_written", current(), path=str(chart)), file=sys.stderr)
    for said in result.notes:
        _talk(said)


def _talk(said: Note) -> None:
    print(tell(said, current()), file=sys.stderr, flush=True)


def _print(result: Exam, form: Format, by: By | None) -> None:
    from forecast.cli.show import as_csv, as_json, as_table

    if form is Format.json:
        as_json({"side": result.side, "series": result.series, "versions": result.versions, "rows": list(result.rows)})
    elif form is Format.csv:
        as_csv(result.rows, list(result.rows[0]) if result.rows else [])
    else:
        columns = COLUMNS if by is None else (COLUMNS[0], by.value, *COLUMNS[1:-2])
        chosen = result.overall() if by is None else _apart(result, by)
        rows = [[_cell(row, column) for column in columns] for row in chosen]
        numeric = [i for i, c in enumerate(columns) if c not in ("n", "source", "horizon", "model", "against_best")]
        print(as_table([say(f"column_{c}", current()) for c in columns], rows, numeric=numeric))


def _apart(result: Exam, by: By) -> list[dict[str, Any]]:
    """The rows of each collection, or of each horizon, side by side for all models."""
    other = "horizon" if by is By.source else "source"
    rows = [row for row in result.rows if row[by.value] != "all" and row[other] == "all"]
    order = {n: i for i, n in enumerate(dict.fromkeys(row["n"] for row in rows))}
    return sorted(rows, key=lambda row: (order[row["n"]], row[by.value]))


def _cell(row: dict[str, Any], column: str) -> str:
    if column == "against_best":
        return _against(row)
    value = row[column]
    if not isinstance(value, float):
        return str(value)
    if column == "seconds_per_1000":
        return f"{value:.2f}"
    return f"{value:.3f}" if value <= LARGEST else f">{LARGEST:,.0f}"


def _against(row: dict[str, Any]) -> str:
    if row["group"] != "ours":
        return ""
    if row["wis_best"] is None:
        return say("benchmark_no_rival", current())
    return f"{row['wis_difference']:+.3f} [{row['wis_low']:+.3f}, {row['wis_high']:+.3f}] {row['wis_best']}"
