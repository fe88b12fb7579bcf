"""`forecast project`: the main job."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from forecast import models
from forecast.cli.language import current
from forecast.cli.options import (
    AsOfOption,
    DefinitionOption,
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
from forecast.errors import Misuse, Refusal
from forecast.notes import Note, reference_alone
from forecast.workflow.opening import DEFAULT_WAIT

NAME = "project"
EVERY_MODEL = "all"


def command(
    name: IndicatorArgument = None,
    indicator: IndicatorOption = None,
    every: Annotated[bool, typer.Option("--all", help="Every indicator: the plan's table.")] = False,
    table: Annotated[Path | None, typer.Option("--from", help="Project a CSV table instead of the warehouse.")] = None,
    panel: Annotated[
        bool, typer.Option("--panel/--no-panel", help="With --from: learn from 15 or more series.")
    ] = True,
    entity: EntityOption = "",
    definition: DefinitionOption = "",
    to: Annotated[str, typer.Option("--to", help="A date, a year or a plan (default: the default plan).")] = "",
    horizon: Annotated[int | None, typer.Option("--horizon", help="Instead of --to: so many year-ends.")] = None,
    model: Annotated[str, typer.Option("--model", help=f"{', '.join(models.names())} or all.")] = "",
    kind: Annotated[str, typer.Option("--kind", help="Growth class instead of the indicator's own.")] = "",
    as_of: AsOfOption = "",
    levels: Annotated[str, typer.Option("--levels", help="Central intervals, in percent.")] = "50,80,95",
    target: Annotated[float | None, typer.Option("--target", help="A value of your own for the last day.")] = None,
    chart: Annotated[Path | None, typer.Option("--chart", help="Write a chart: .html .png .svg .pdf .json")] = None,
    plot: Annotated[bool, typer.Option("--plot", help="Draw a small fan in the terminal.")] = False,
    font: Annotated[Path | None, typer.Option("--font", help="A font for characters ours lacks.")] = None,
    warehouse: WarehouseOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """Project an indicator to the end of the plan.

    Prints the figures it rests on, quantiles and bands, the statsmodels trends beside it, and what is doubtful.
    """
    from forecast.workflow.project import Request

    request = Request(
        to=to,
        horizon=horizon,
        model=model if model not in ("", EVERY_MODEL) else models.DEFAULT,
        definition=definition,
        kind=kind,
        levels=parse_levels(levels),
        target=target,
        trends=not model and not every,
    )
    if table is not None:
        from forecast.cli import project_table

        if name or indicator or every or entity or definition or as_of or target is not None or chart or plot:
            raise Misuse("from_stands_alone")
        project_table.run(table, request, format, panel=panel)
        return
    if every:
        if name or indicator:
            raise Misuse("all_or_one")
        if chart or plot:
            raise Misuse("chart_of_one")
        _run_all(request, the_day(as_of), entity, format, warehouse, wait)
        return
    wanted = the_indicator(name, indicator, NAME)
    if model == EVERY_MODEL:
        if chart or plot:
            raise Misuse("chart_of_one")
        _run_models(wanted, request, the_day(as_of), entity, format, warehouse, wait)
        return
    _run_one(wanted, request, the_day(as_of), entity, format, warehouse, wait, chart, font, plot)


def parse_levels(text: str) -> tuple[float, ...]:
    """Central intervals in percent from "50,80,95". Raises `Misuse`."""
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError:
        raise Misuse("levels_outside", levels=text) from None


def _run_one(
    wanted: str,
    request: Any,
    as_of: Any,
    entity: str,
    form: Format,
    warehouse: Path | None,
    wait: float,
    chart: Path | None,
    font: Path | None,
    plot: bool,
) -> None:
    from forecast.cli.show import as_csv, as_json
    from forecast.workflow.opening import open_store
    from forecast.workflow.project import project_from
    from forecast.workflow.shape import projected_object

    if chart:
        from forecast.workflow.chart import check_writable

        check_writable(chart)
    with open_store(warehouse, wait=wait) as store:
        try:
            result = project_from(store, wanted, entity, request, as_of)
        except Refusal as refusal:
            if form is Format.json:
                as_json(_refusal_object(store, wanted, entity, request, refusal))
            raise
    if chart:
        from forecast.workflow.chart import Dress, write_fan

        write_fan(result, chart, Dress(lang=current(), font=font))
    if form is Format.json:
        as_json(projected_object(result, current()))
    elif form is Format.csv:
        rows = result.hubverse_rows()
        as_csv(rows, list(rows[0]))
    else:
        from forecast.cli.project_text import projected_text

        print(projected_text(result, current()))
        if plot:
            from forecast.cli.plot import coloured, fan_text, terminal_width

            print("\n" + fan_text(result, current(), wide=terminal_width(), colour=coloured()))
    if chart:
        from forecast.cli.group import say_error
        from forecast.sentences import say

        say_error(say("chart_written", current(), path=str(chart)))


def _refusal_object(store: Any, wanted: str, entity: str, request: Any, refusal: Refusal) -> dict[str, Any]:
    from forecast.sentences import tell

    catalogue = store.catalogue()
    return {
        "indicator": catalogue.indicator(wanted).slug,
        "entity": catalogue.entity(entity).slug,
        "model": request.model,
        "reason": tell(refusal.note, current()),
        "code": refusal.note.code,
    }


def _run_all(request: Any, as_of: Any, entity: str, form: Format, warehouse: Path | None, wait: float) -> None:
    from forecast.cli.group import say_error
    from forecast.cli.show import as_csv, as_json
    from forecast.sentences import say
    from forecast.workflow.opening import open_store
    from forecast.workflow.project import Projected, Refused, project_all
    from forecast.workflow.shape import projected_object, refused_object

    with open_store(warehouse, wait=wait) as store:
        results = project_all(store, request, as_of, entity)
    if form is Format.json:
        as_json(
            [
                refused_object(r, current()) if isinstance(r, Refused) else projected_object(r, current())
                for r in results
            ]
        )
    elif form is Format.csv:
        rows = [row for r in results if not isinstance(r, Refused) for row in r.hubverse_rows()]
        as_csv(rows, list(rows[0]) if rows else [])
    else:
        from forecast.cli.project_text import plan_text

        print(plan_text(results, current()))
    refused = sum(isinstance(r, Refused) for r in results)
    if refused:
        say_error(say("refused_rows", current(), refused=refused, all=len(results)))
    say_alone([r.notes for r in results if isinstance(r, Projected)], request.model)


def say_alone(notes: Sequence[Sequence[Note]], model: str) -> None:
    """Of projections with these notes, how many are the reference's as they are; nothing where none is."""
    from forecast.cli.group import say_error
    from forecast.sentences import say

    if count := sum(bool(reference_alone(n)) for n in notes):
        say_error(say("reference_alone_rows", current(), n=count, all=len(notes), model=model))


def _run_models(
    wanted: str, request: Any, as_of: Any, entity: str, form: Format, warehouse: Path | None, wait: float
) -> None:
    from dataclasses import replace

    from forecast.cli.show import as_csv, as_json
    from forecast.workflow.opening import open_store
    from forecast.workflow.project import project_from
    from forecast.workflow.shape import projected_object

    done, refused = [], []
    with open_store(warehouse, wait=wait) as store:
        for name in models.names():
            one = replace(request, model=name, trends=False)
            try:
                done.append(project_from(store, wanted, entity, one, as_of))
            except Refusal as refusal:
                refused.append(_refusal_object(store, wanted, entity, one, refusal))
    if form is Format.json:
        as_json([*(projected_object(r, current()) for r in done), *refused])
    elif form is Format.csv:
        rows = [row for r in done for row in r.hubverse_rows()]
        as_csv(rows, list(rows[0]) if rows else [])
    else:
        from forecast.cli.project_text import models_text

        print(models_text(done, refused, current()))
