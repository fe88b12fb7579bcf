"""`forecast scenario`: show, set, list, retire."""

from __future__ import annotations

import sys
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
from forecast.sentences import say
from forecast.workflow.opening import DEFAULT_WAIT

NAME = "scenario"
COLUMNS = ["name", "indicator", "entity", "rule", "value", "from", "author", "note"]

app = typer.Typer(
    rich_markup_mode=None, no_args_is_help=True, help="What would come if: show, set, list, retire suppositions."
)

By = Annotated[str, typer.Option("--author", "--by", help="Who supposes it (else FORECAST_USER, else the login name).")]


@app.command("show")
def show(
    name: IndicatorArgument = None,
    indicator: IndicatorOption = None,
    scenario: Annotated[
        list[str] | None, typer.Option("--scenario", help="NAME, RULE, RULE=VALUE or RULE=VALUE@DATE; repeatable.")
    ] = None,
    target: Annotated[float | None, typer.Option("--target", help="A value of your own, for required_pace.")] = None,
    to: Annotated[str, typer.Option("--to", help="A date, a year or a plan (default: the default plan).")] = "",
    model: Annotated[str, typer.Option("--model", help="Another model than the default one.")] = "",
    entity: EntityOption = "",
    as_of: AsOfOption = "",
    warehouse: WarehouseOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """Lay suppositions beside the projection (without --scenario: the stored ones and the plain rules)."""
    from forecast import models
    from forecast.cli.project_text import heading
    from forecast.cli.scenario_text import scenarios_text
    from forecast.cli.show import as_csv, as_json
    from forecast.workflow.opening import open_store
    from forecast.workflow.project import Request, project_from
    from forecast.workflow.scenarios import chosen, offered, path_object

    request = Request(to=to, model=model or models.DEFAULT, target=target)
    with open_store(warehouse, wait=wait) as store:
        result = project_from(store, the_indicator(name, indicator, f"{NAME} show"), entity, request, the_day(as_of))
        paths = chosen(store, result, scenario) if scenario else offered(store, result)
    if format is Format.table:
        lang = current()
        print(heading(result.indicator, result.entity, lang))
        print()
        print(scenarios_text(result, paths, lang))
    elif format is Format.json:
        as_json([path_object(p, current()) for p in paths])
    else:
        rows = [
            {"scenario": p.name, "rule": p.supposed.rule, "target_date": day.isoformat(), "value": value}
            for p in paths
            for day, value in p.steps
        ]
        as_csv(rows, ["scenario", "rule", "target_date", "value"])


@app.command("set")
def set_(
    called: Annotated[str, typer.Argument(metavar="NAME", help="What to call it: recovery, new-terminal.")],
    indicator: IndicatorOption = None,
    rule: Annotated[str, typer.Option("--rule", help="What is supposed; see `forecast scenario show --help`.")] = "",
    value: Annotated[float | None, typer.Option("--value", help="A level shift's step, or a ceiling's level.")] = None,
    since: Annotated[str, typer.Option("--from", help="The day from which a level shift holds.")] = "",
    author: By = "",
    note: Annotated[str, typer.Option("--note", help="On what ground.")] = "",
    entity: EntityOption = "",
    warehouse: WarehouseOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """Keep a supposition under a name, so that it can be told again."""
    from forecast.cli.show import listing
    from forecast.workflow.scenarios import new_record, scenario_row, set_scenario

    record = new_record(called, the_indicator(None, indicator, f"{NAME} set"), entity, rule, value, since, author, note)
    kept = set_scenario(record, warehouse=warehouse, wait=wait)
    listing([scenario_row(kept)], COLUMNS, format)
    print(say("scenario_kept", current(), name=kept.name, indicator=kept.indicator), file=sys.stderr)


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
    """List the stored scenarios."""
    from forecast.cli.show import listing
    from forecast.workflow.scenarios import scenario_row, scenarios

    found = scenarios(indicator or name or "", superseded=superseded, warehouse=warehouse, wait=wait)
    if not found:
        print(say("no_scenarios", current()), file=sys.stderr)
    columns = [*COLUMNS, "action", "reason"] if superseded else COLUMNS
    if found or format is not Format.table:
        listing([scenario_row(s) for s in found], columns, format)


@app.command("retire")
def retire(
    called: Annotated[str, typer.Argument(metavar="NAME", help="The scenario's name.")],
    indicator: IndicatorOption = None,
    reason: Annotated[str, typer.Option("--reason", "--why", help="Why it no longer stands.")] = "",
    author: By = "",
    entity: EntityOption = "",
    warehouse: WarehouseOption = None,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """End a stored scenario; it stays on record."""
    from forecast.workflow.scenarios import retire_scenario

    ended = retire_scenario(
        called,
        the_indicator(None, indicator, f"{NAME} retire"),
        entity,
        reason=reason,
        by=author,
        warehouse=warehouse,
        wait=wait,
    )
    print(say("scenario_retired", current(), name=ended.name, indicator=ended.indicator), file=sys.stderr)
