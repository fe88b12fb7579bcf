"""`forecast history`: every figure of an indicator, with its bounds, qualifier and source."""

from __future__ import annotations

from typing import Annotated

import typer

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
    the_moment,
)
from forecast.cli.struck import struck_listing
from forecast.workflow.opening import DEFAULT_WAIT

NAME = "history"
COLUMNS = ["id", "period_start", "period_end", "as_stated", "value", "low", "high", "qualifier", "nature", "definition",
           "published", "source"]  # fmt: skip
REPLACED = ["superseded_by", "action", "author", "reason"]


def command(
    name: IndicatorArgument = None,
    indicator: IndicatorOption = None,
    entity: EntityOption = "",
    as_of: AsOfOption = "",
    superseded: Annotated[bool, typer.Option("--superseded", help="Replaced figures too.")] = False,
    as_recorded: Annotated[
        str, typer.Option("--as-recorded", help="What this warehouse held at the end of that day (UTC), or moment.")
    ] = "",
    warehouse: WarehouseOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """List the figures of an indicator. Other reports of the same statement corroborate it and are not repeated."""
    from forecast.workflow.lookup import history

    rows = history(
        the_indicator(name, indicator, NAME),
        entity=entity,
        as_of=the_day(as_of),
        superseded=superseded,
        as_recorded=the_moment(as_recorded),
        warehouse=warehouse,
        wait=wait,
    )
    struck_listing(rows, [*COLUMNS, *REPLACED] if superseded else COLUMNS, format)
