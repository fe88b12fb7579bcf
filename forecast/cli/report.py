"""`forecast report`: everything for the plan in one file to forward."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from forecast import models
from forecast.cli.language import current
from forecast.cli.options import AsOfOption, EntityOption, LanguagesOption, WaitOption, WarehouseOption, the_day
from forecast.errors import Misuse
from forecast.workflow.opening import DEFAULT_WAIT

NAME = "report"
LEVELS = "50,80,95"

OutOption = Annotated[Path | None, typer.Option("--out", help="The file: .html, .pdf or .xlsx.")]
IndicatorsOption = Annotated[list[str] | None, typer.Option("--indicator", help="Only this one; repeat for more.")]
TargetsOption = Annotated[
    list[str] | None, typer.Option("--target", help="INDICATOR=VALUE, a target of your own; repeat for more.")
]


def command(
    out: OutOption = None,
    indicator: IndicatorsOption = None,
    plan: Annotated[str, typer.Option("--plan", help="The plan to report on (default: the default plan).")] = "",
    to: Annotated[str, typer.Option("--to", help="Instead of --plan: a date or a year.")] = "",
    entity: EntityOption = "",
    model: Annotated[str, typer.Option("--model", help=", ".join(models.names()))] = "",
    as_of: AsOfOption = "",
    levels: Annotated[str, typer.Option("--levels", help="Central intervals, in percent.")] = LEVELS,
    target: TargetsOption = None,
    since: Annotated[Path | None, typer.Option("--since", help="An earlier report (HTML): say what changed.")] = None,
    freeze: Annotated[
        bool, typer.Option("--freeze/--no-freeze", help="Keep what is printed in the ledger, to be scored later.")
    ] = True,
    font: Annotated[Path | None, typer.Option("--font", help="A font for characters ours lacks.")] = None,
    warehouse: WarehouseOption = None,
    lang: LanguagesOption = "",
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """Write a report: summary, scoreboard, and a section an indicator with chart, figures, doubts and sources."""
    from forecast.cli.group import say_error
    from forecast.cli.project import parse_levels
    from forecast.sentences import say
    from forecast.workflow.charting import languages
    from forecast.workflow.opening import open_store
    from forecast.workflow.project import Request
    from forecast.workflow.reporting import check_format, collect, parse_targets, write_report

    if out is None:
        raise Misuse("which_file", command=NAME)
    check_format(out)
    if plan and to:
        raise Misuse("plan_or_to")
    among = languages(lang)
    if current() in among:
        among = (current(), *(one for one in among if one != current()))
    request = Request(to=plan or to, model=model or models.DEFAULT, levels=parse_levels(levels))
    targets = parse_targets(target or [])
    with open_store(warehouse, wait=wait) as store:
        report = collect(
            store,
            request,
            indicators=indicator or [],
            entity=entity,
            as_of=the_day(as_of),
            targets=targets,
        )
        catalogue = store.catalogue()
    told = {
        "--indicator": indicator or [],
        "--plan": plan,
        "--to": to,
        "--entity": entity,
        "--model": model,
        "--as-of": report.as_of.isoformat(),
        "--levels": levels if levels != LEVELS else "",
        "--target": target or [],
        "--since": since.name if since else "",
        "--font": font.name if font else "",
        "--lang": lang or current(),
        "--out": out.name,
    }
    report = replace(report, command=_spelled(told))
    write_report(report, out, among, font=font, since=since)
    say_error(say("report_written", current(), path=str(out)))
    if freeze:
        from forecast.workflow.ledger import fine, keep

        finer = [fine(r) for r in report.projected]
        kept = keep(finer, catalogue, note=report.command, warehouse=warehouse, wait=wait)
        say_error(say("report_frozen", current(), n=len(kept.new), held=len(kept.held)))


def _spelled(options: Mapping[str, str | Sequence[str]]) -> str:
    """The command, without the folder it was run in; it gives the same file whatever has been published since."""
    given = [(name, [told] if isinstance(told, str) else told) for name, told in options.items()]
    return " ".join(["forecast report", *(f"{n} {shlex.quote(v)}" for n, values in given for v in values if v)])
