"""`forecast rank`: who will be where, with the odds."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from forecast.cli.language import current
from forecast.cli.options import (
    AsOfOption,
    Format,
    IndicatorArgument,
    IndicatorOption,
    LangOption,
    WaitOption,
    WarehouseOption,
    the_day,
    the_indicator,
)
from forecast.errors import Misuse
from forecast.workflow.opening import DEFAULT_WAIT

NAME = "rank"


class View(StrEnum):
    """Which picture."""

    odds = "odds"
    paths = "paths"
    first = "first"


def command(
    name: IndicatorArgument = None,
    indicator: IndicatorOption = None,
    table: Annotated[
        Path | None, typer.Option("--from", help="A CSV: entity, period_end, value or rank; prints hubverse rows.")
    ] = None,
    entity: Annotated[str, typer.Option("--entity", help="Look at this one: its chances and its rivals.")] = "",
    to: Annotated[str, typer.Option("--to", help="A date, a year or a plan (default: the default plan).")] = "",
    horizon: Annotated[int | None, typer.Option("--horizon", help="Instead of --to: so many year-ends.")] = None,
    top: Annotated[int, typer.Option("--top", help="Also the chance of being among the first so many.")] = 5,
    smallest_first: Annotated[
        bool, typer.Option("--smallest-first", help="The smallest value is rank 1, not the largest.")
    ] = False,
    as_of: AsOfOption = "",
    chart: Annotated[Path | None, typer.Option("--chart", help="Write a chart: .html .png .svg .pdf .json")] = None,
    view: Annotated[
        View, typer.Option("--view", help="The chart: odds of all ranks, paths, chance of staying first.")
    ] = View.odds,
    font: Annotated[Path | None, typer.Option("--font", help="A font for characters ours lacks.")] = None,
    warehouse: WarehouseOption = None,
    format: Annotated[
        Format | None, typer.Option("--format", help="How it is printed (default: table; csv with --from).")
    ] = None,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """The odds of every rank, of being first and in the top K, from all competitors' figures."""
    from forecast.cli.group import say_error
    from forecast.cli.show import as_csv, as_json
    from forecast.sentences import say, tell
    from forecast.workflow.rank import RankRequest, rank_file, rank_indicator
    from forecast.workflow.rank_shape import hubverse_rows, ranked_object

    if chart:
        from forecast.workflow.chart import check_writable

        check_writable(chart)
    request = RankRequest(to=to, horizon=horizon, top=top, entity=entity, smallest_first=smallest_first)
    if table is not None:
        if name or indicator or as_of:
            raise Misuse("from_stands_alone")
        result = rank_file(table, request)
    else:
        from forecast.workflow.opening import open_store

        wanted = the_indicator(name, indicator, NAME)
        with open_store(warehouse, wait=wait) as store:
            result = rank_indicator(store, wanted, request, the_day(as_of))
    form = format or (Format.csv if table else Format.table)
    if chart:
        from forecast.workflow.rank_chart import write_rank_chart

        write_rank_chart(result, chart, view=view.value, lang=current(), font=font)
    if form is Format.json:
        as_json(ranked_object(result, current()))
    elif form is Format.csv:
        rows = hubverse_rows(result)
        first = next(rows)
        as_csv([first, *rows], list(first))
        say_error(say("rank_rule", current()))
        for remark in result.notes:
            say_error(tell(remark, current()))
    else:
        from forecast.cli.rank_text import ranked_text

        print(ranked_text(result, current()))
    if chart:
        say_error(say("chart_written", current(), path=str(chart)))
