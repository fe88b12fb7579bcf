"""`forecast chart`: one indicator, or all of them, as files to send on."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from forecast import models
from forecast.cli.language import current
from forecast.cli.options import (
    AsOfOption,
    DefinitionOption,
    EntityOption,
    IndicatorArgument,
    IndicatorOption,
    LanguagesOption,
    WaitOption,
    WarehouseOption,
    the_day,
    the_indicator,
)
from forecast.errors import Misuse
from forecast.workflow.opening import DEFAULT_WAIT

NAME = "chart"
EVERY_MODEL = "all"


class Size(StrEnum):
    """A page to draw on."""

    page = "page"
    slide = "slide"
    column = "column"


def command(
    name: IndicatorArgument = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="A file (.html .png .svg .pdf .json); a folder with --all.")
    ] = None,
    indicator: IndicatorOption = None,
    every: Annotated[
        bool, typer.Option("--all", help="Every indicator: a file each and an index, or one picture.")
    ] = False,
    suffix: Annotated[
        str, typer.Option("--suffix", help="With --all and a folder: html, png, svg, pdf or json.")
    ] = "html",
    entity: EntityOption = "",
    definition: DefinitionOption = "",
    to: Annotated[str, typer.Option("--to", help="A date, a year or a plan (default: the default plan).")] = "",
    model: Annotated[
        str, typer.Option("--model", help=f"{', '.join(models.names())} or all (lines beside the fan).")
    ] = "",
    as_of: AsOfOption = "",
    later: Annotated[
        bool, typer.Option("--later", help="Show what was published after --as-of: was it right?")
    ] = False,
    levels: Annotated[str, typer.Option("--levels", help="Central intervals, in percent.")] = "50,80,95",
    target: Annotated[float | None, typer.Option("--target", help="A value of your own for the last day.")] = None,
    size: Annotated[Size, typer.Option("--size", help="page, slide (1920 x 1080) or column.")] = Size.page,
    title: Annotated[str, typer.Option("--title", help="Another title.")] = "",
    note: Annotated[str, typer.Option("--note", help="A line of your own above the source.")] = "",
    font: Annotated[Path | None, typer.Option("--font", help="A font for characters ours lacks.")] = None,
    warehouse: WarehouseOption = None,
    lang: LanguagesOption = "",
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """Draw an indicator, its projection and where they come from, into a file."""
    from forecast.cli.project import parse_levels
    from forecast.workflow.chart import Dress, check_writable
    from forecast.workflow.charting import other_models, with_later, write_charts
    from forecast.workflow.opening import open_store
    from forecast.workflow.project import Request, project_from

    if out is None:
        raise Misuse("which_file", command=NAME)
    dress = Dress(size=size.value, title=title, note=note, font=font)
    request = Request(
        to=to,
        model=model if model not in ("", EVERY_MODEL) else models.DEFAULT,
        definition=definition,
        levels=parse_levels(levels),
        target=target,
    )
    if every:
        if name or indicator:
            raise Misuse("all_or_one")
        _draw_all(out, suffix, request, as_of, entity, dress, lang, warehouse, wait)
        return
    wanted = the_indicator(name, indicator, NAME)
    check_writable(out)
    with open_store(warehouse, wait=wait) as store:
        result = project_from(store, wanted, entity, request, the_day(as_of))
        trends = other_models(store, result, request) if model == EVERY_MODEL else ()
        result = with_later(store, result) if later else result
    _tell(write_charts(result, out, dress, lang, trends=trends))


def _draw_all(
    out: Path,
    suffix: str,
    request: object,
    as_of: str,
    entity: str,
    dress: object,
    lang: str,
    warehouse: Path | None,
    wait: float,
) -> None:
    from forecast.cli.group import say_error
    from forecast.sentences import say
    from forecast.workflow.chart import Dress, check_writable
    from forecast.workflow.charting import plan_results, write_folder, write_picture
    from forecast.workflow.opening import open_store
    from forecast.workflow.project import Request

    assert isinstance(request, Request)
    assert isinstance(dress, Dress)
    if out.suffix:
        check_writable(out)
    with open_store(warehouse, wait=wait) as store:
        results, refused = plan_results(store, request, the_day(as_of), entity)
    if out.suffix:
        _tell(write_picture(results, out, dress, lang, refused))
    else:
        written = write_folder(results, out, dress, lang, "." + suffix.lower().lstrip("."), refused)
        _tell(written[-1:], count=len(written) - 1)
    if refused:
        paged = not out.suffix or out.suffix.lower() == ".html"
        names = ", ".join(dict.fromkeys(r.indicator.slug for r in refused))
        said = say("charts_refused_paged" if paged else "charts_refused", current(), n=len(refused), names=names)
        say_error(said)


def _tell(paths: list[Path], count: int = 0) -> None:
    from forecast.cli.group import say_error
    from forecast.sentences import say

    for path in paths:
        said = say("chart_written", current(), path=str(path))
        say_error(say("charts_written", current(), path=str(path), n=count) if count else said)
