"""`forecast report`: everything for the plan in one file to forward."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from forecast import models
from forecast.cli.language import current
from forecast.cli.options import AsOfOption, EntityOption, LanguagesOption, WaitOption, WarehouseOption, the_day
from forecast.errors import Misuse
from forecast.workflow.opening import DEFAULT_WAIT

NAME = "report"

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
    levels: Annotated[str, typer.Option("--levels", help="Central intervals, in percent.")] = "50,80,95",
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
            command=_spelled(out, indicator, plan or to, entity, model, as_of, levels, target),
        )
        catalogue = store.catalogue()
    write_report(report, out, among, font=font, since=since)
    say_error(say("report_written", current(), path=str(out)))
    if freeze:
        from forecast.workflow.ledger import fine, keep

        finer = [fine(r) for r in report.projected]
        kept = keep(finer, catalogue, note=report.command, warehouse=warehouse, wait=wait)
        say_error(say("report_frozen", current(), n=len(kept.new), held=len(kept.held)))


def _spelled(
    out: Path,
    indicators: list[str] | None,
    to: str,
    entity: str,
    model: str,
    as_of: str,
    levels: str,
    targets: list[str] | None,
) -> str:
    """The command, without the folder it was run in."""
    parts = ["forecast report", *(f"--indicator {name}" for name in indicators or [])]
    given = (("--to", to), ("--entity", entity), ("--model", model), ("--as-of", as_of))
    parts += [f"{option} {value}" for option, value in given if value]
    parts += [f"--levels {levels}"] if levels != "50,80,95" else []
    parts += [f"--target {text}" for text in targets or []]
    return " ".join([*parts, f"--out {out.name}"])
