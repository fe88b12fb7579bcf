"""`forecast target`: set, list, retire, suggest."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

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
from forecast.sentences import percent, say, tell
from forecast.workflow.opening import DEFAULT_WAIT

if TYPE_CHECKING:
    from forecast.workflow.targets import Kept

NAME = "target"
COLUMNS = ["id", "indicator", "entity", "to", "target", "status", "author", "source", "note"]

app = typer.Typer(
    rich_markup_mode=None, no_args_is_help=True, help="What people want to reach: set, list, retire, suggest."
)

By = Annotated[
    str, typer.Option("--author", "--by", help="Whose target it is (else FORECAST_USER, else the login name).")
]
To = Annotated[str, typer.Option("--to", help="A date, a year or a plan (default: the default plan).")]


@app.command("set")
def set_(
    name: IndicatorArgument = None,
    indicator: IndicatorOption = None,
    at_least: Annotated[float | None, typer.Option("--at-least", help="To be reached or passed.")] = None,
    at_most: Annotated[float | None, typer.Option("--at-most", help="Not to be passed.")] = None,
    between: Annotated[str, typer.Option("--between", help="An interval: 150,170.")] = "",
    to: To = "",
    every_year: Annotated[bool, typer.Option("--every-year", help="At every year's end up to then.")] = False,
    author: By = "",
    status: Annotated[str, typer.Option("--status", help="official, proposed or scenario.")] = "scenario",
    source: Annotated[str, typer.Option("--source", help="The document an official target is taken from.")] = "",
    note: Annotated[str, typer.Option("--note", help="What a reader must know.")] = "",
    entity: EntityOption = "",
    warehouse: WarehouseOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """Keep a target, with whose it is and where it comes from. No target is ever invented."""
    from forecast.workflow.targets import Wanted, set_target

    wanted = Wanted(
        indicator=the_indicator(name, indicator, f"{NAME} set"),
        entity=entity,
        to=to,
        at_least=at_least,
        at_most=at_most,
        between=_interval(between),
        held=every_year,
        author=author,
        status=status,
        source=source,
        note=note,
    )
    _report(set_target(wanted, warehouse=warehouse, wait=wait), "target_kept", format)


def _interval(text: str) -> tuple[float, float] | None:
    if not text:
        return None
    try:
        low, high = (float(part) for part in text.split(","))
    except ValueError:
        raise Misuse("not_an_interval", text=text) from None
    return low, high


@app.command("list")
def list_(
    name: IndicatorArgument = None,
    indicator: IndicatorOption = None,
    superseded: Annotated[bool, typer.Option("--superseded", help="Retired ones too.")] = False,
    warehouse: WarehouseOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """List the targets that stand."""
    from forecast.cli.show import listing
    from forecast.workflow.targets import target_row, targets

    found = targets(indicator or name or "", superseded=superseded, warehouse=warehouse, wait=wait)
    if not found:
        print(say("no_targets", current()), file=sys.stderr)
    columns = [*COLUMNS, "action", "supersedes", "reason"] if superseded else COLUMNS
    if found or format is not Format.table:
        listing([target_row(t, current()) for t in found], columns, format)


@app.command("retire")
def retire(
    which: Annotated[str, typer.Argument(metavar="ID", help="The target's id, or the beginning of it.")],
    reason: Annotated[str, typer.Option("--reason", "--why", help="Why it no longer stands.")] = "",
    author: By = "",
    warehouse: WarehouseOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """End a target; it stays on record."""
    from forecast.workflow.targets import retire_target

    _report(retire_target(which, reason=reason, by=author, warehouse=warehouse, wait=wait), "target_retired", format)


def _report(kept: Kept, code: str, form: Format) -> None:
    from forecast.cli.show import listing
    from forecast.workflow.targets import target_row

    listing([target_row(kept.target, current())], COLUMNS, form)
    for remark in kept.remarks:
        print(tell(remark, current()), file=sys.stderr)
    print(say(code, current(), id=kept.target.id, indicator=kept.target.indicator), file=sys.stderr)


@app.command("suggest")
def suggest(
    name: IndicatorArgument = None,
    indicator: IndicatorOption = None,
    to: To = "",
    model: Annotated[str, typer.Option("--model", help="Another model than the default one.")] = "",
    entity: EntityOption = "",
    as_of: AsOfOption = "",
    warehouse: WarehouseOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """Three levels a plan could print, from the projection's own quantiles, each with its chance."""
    from forecast import models
    from forecast.cli.project_text import figure, heading
    from forecast.cli.show import as_table, listing
    from forecast.workflow.project import Request
    from forecast.workflow.targets import suggest as suggested

    request = Request(to=to, model=model or models.DEFAULT)
    wanted = the_indicator(name, indicator, f"{NAME} suggest")
    result, rows = suggested(wanted, entity, request, the_day(as_of), warehouse=warehouse, wait=wait)
    if format is not Format.table:
        listing(rows, list(rows[0]), format)
        return
    lang = current()
    i = result.indicator
    print(heading(i, result.entity, lang))
    print()
    cells = [
        [say(f"suggest_{r['level']}", lang), figure(r["value"], i), f"{percent(r['chance'])} %", figure(r["exact"], i)]
        for r in rows
    ]
    print(
        as_table(
            [say(f"column_{c}", lang) for c in ("level", "value", "chance", "unrounded")], cells, numeric=(1, 2, 3)
        )
    )
    print()
    print(say("suggest_basis", lang, model=result.projection.model, day=rows[0]["to"]))
