"""The command line: one file per command, each parses, calls the workflow, and prints. No arithmetic, no SQL.

Importing this imports Typer and nothing heavy; every command imports what it needs when it runs.
"""

from __future__ import annotations

import sys

import typer

from forecast.cli import (
    audit,
    backtest,
    backup,
    benchmark,
    chart,
    define,
    diff,
    explain,
    export,
    fact_check,
    freeze,
    group,
    history,
    home,
    indicators,
    ledger,
    project,
    rank,
    read,
    report,
    restore,
    scenario,
    score,
    snapshot,
    sources,
    target,
    track,
    verify,
    where,
)
from forecast.cli.group import Group
from warehouse.location import making
from warehouse.shares import listeners

app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Keep announced figures, project them to the end of the plan, and say how sure the projection is.",
)
app.callback(invoke_without_command=True)(home.home)
for module in (project, rank, chart, report, track, indicators, history, sources, explain, where):
    app.command(module.NAME)(module.command)
for module in (read, fact_check, backtest, benchmark):
    app.command(module.NAME)(module.command)
for module in (audit, freeze, score, export, backup, restore, verify, diff):
    app.command(module.NAME)(module.command)
for part in (snapshot, define, target, scenario, ledger):
    app.add_typer(part.app, name=part.NAME, cls=Group)


def main() -> None:
    """The console script: text in UTF-8 whatever the locale says, then the app."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and (stream.encoding or "").lower().replace("-", "") != "utf8":
            stream.reconfigure(encoding="utf-8")
    if group.name_share not in listeners:
        listeners.append(group.name_share)
        making.append(group.name_new)
    app()
