"""`forecast freeze`: keep a projection now, so that it can be scored when figures come."""

from __future__ import annotations

from typing import Annotated

import typer

from forecast.cli.language import current
from forecast.cli.options import (
    AsOfOption,
    EntityOption,
    Format,
    FormatOption,
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

NAME = "freeze"
COLUMNS = ["id", "model", "indicator", "entity", "origin_date", "target_date", "median", "author", "note"]


def command(
    name: IndicatorArgument = None,
    indicator: IndicatorOption = None,
    every: Annotated[bool, typer.Option("--all", help="Every indicator.")] = False,
    to: Annotated[str, typer.Option("--to", help="A date, a year or a plan (default: the default plan).")] = "",
    model: Annotated[str, typer.Option("--model", help="Another model than the default one.")] = "",
    author: Annotated[
        str, typer.Option("--author", "--by", help="Who freezes it (else FORECAST_USER, or the login).")
    ] = "",
    note: Annotated[str, typer.Option("--note", help="What for.")] = "",
    entity: EntityOption = "",
    as_of: AsOfOption = "",
    warehouse: WarehouseOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """Keep a projection in the ledger: the quantiles, the model, the figures' hash, and what will settle it."""
    from forecast import models
    from forecast.cli.group import say_error
    from forecast.cli.project import say_alone
    from forecast.cli.show import listing
    from forecast.sentences import say
    from forecast.workflow.ledger import freeze
    from forecast.workflow.ledger_rows import frozen_row
    from forecast.workflow.project import Request

    if every and (name or indicator):
        raise Misuse("all_or_one")
    wanted = "" if every else the_indicator(name, indicator, NAME)
    request = Request(to=to, model=model or models.DEFAULT)
    done = freeze(wanted, entity, request, the_day(as_of), author=author, note=note, warehouse=warehouse, wait=wait)
    listing([frozen_row(f) for f in (*done.new, *done.held)], COLUMNS, format)
    say_error(say("frozen_done", current(), n=len(done.new), held=len(done.held)))
    if done.refused:
        everything = len(done.new) + len(done.held) + len(done.refused)
        say_error(say("frozen_refused", current(), refused=len(done.refused), all=everything))
    say_alone(done.notes, request.model)
