"""`forecast track`: will we make it?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
from forecast.errors import Misuse
from forecast.workflow.opening import DEFAULT_WAIT

if TYPE_CHECKING:
    from forecast.workflow.track import Tracked

NAME = "track"


def command(
    name: IndicatorArgument = None,
    indicator: IndicatorOption = None,
    target: Annotated[
        float | None, typer.Option("--target", help="A value of your own (else the stored ones).")
    ] = None,
    to: Annotated[str, typer.Option("--to", help="A date, a year or a plan (default: the default plan).")] = "",
    base: Annotated[str, typer.Option("--base", help="The figure progress is counted from (default: the first).")] = "",
    scenario: Annotated[
        list[str] | None, typer.Option("--scenario", help="NAME, NAME=VALUE or NAME=VALUE@DATE; may be repeated.")
    ] = None,
    half_life: Annotated[
        float | None, typer.Option("--escap-half-life", help="Age in years at which a figure weighs half (ESCAP).")
    ] = None,
    chart: Annotated[Path | None, typer.Option("--chart", help="Draw the panel: .html .png .svg .pdf .json")] = None,
    chance_chart: Annotated[
        Path | None, typer.Option("--chance-chart", help="Draw the chance over targets; a slider in .html.")
    ] = None,
    path_chart: Annotated[
        Path | None, typer.Option("--path-chart", help="Draw the fan with the straight way to the target.")
    ] = None,
    entity: EntityOption = "",
    definition: DefinitionOption = "",
    model: Annotated[str, typer.Option("--model", help="Another model than the default one.")] = "",
    as_of: AsOfOption = "",
    warehouse: WarehouseOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """Will we make it: the chance, the pace, and what each convention says, with the points at which it flips."""
    from forecast import models
    from forecast.cli.show import as_csv, as_json
    from forecast.workflow.opening import open_store
    from forecast.workflow.project import Request
    from forecast.workflow.scenarios import chosen
    from forecast.workflow.track import scenario_row, track_from, verdict_object

    for path in (chart, chance_chart, path_chart):
        if path:
            from forecast.workflow.chart import check_writable

            check_writable(path)
    request = Request(to=to, model=model or models.DEFAULT, definition=definition, target=target)
    wanted, day = the_indicator(name, indicator, NAME), the_day(as_of)
    with open_store(warehouse, wait=wait) as store:
        tracked = track_from(store, wanted, entity, request, day, base=base, half_life=half_life)
        paths = [chosen(store, t.result, scenario or []) for t in tracked]
    _draw(tracked, chart, chance_chart, path_chart)
    if format is Format.table:
        from forecast.cli.track_text import tracked_text

        print("\n\n\n".join(tracked_text(t, p, current()) for t, p in zip(tracked, paths, strict=True)))
        return
    rows = []
    for t, laid in zip(tracked, paths, strict=True):
        rows += [verdict_object(v, t, current()) for v in (*t.verdicts, *map(scenario_row, laid))]
    if format is Format.json:
        as_json(rows)
    else:
        as_csv(rows, list(rows[0]))


def _draw(tracked: list[Tracked], chart: Path | None, chance_chart: Path | None, path_chart: Path | None) -> None:
    """The pictures asked for. Raises `Misuse` where several targets would need as many files."""
    if not (chart or chance_chart or path_chart):
        return
    from forecast.cli.group import say_error
    from forecast.cli.track_text import opening
    from forecast.sentences import say
    from forecast.workflow.chart import Dress
    from forecast.workflow.track_chart import write_chance, write_panel, write_way

    if len(tracked) > 1:
        raise Misuse("chart_of_one_target", n=len(tracked))
    (one,), dress = tracked, Dress(lang=current())
    written = [write_panel(one, chart, dress, opening(one, current()))] if chart else []
    if chance_chart:
        written.append(write_chance(one, chance_chart, dress, opening(one, current())))
    if path_chart:
        written.append(write_way(one, path_chart, dress, opening(one, current())))
    for path in written:
        say_error(say("chart_written", current(), path=str(path)))
