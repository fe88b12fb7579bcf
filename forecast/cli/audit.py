"""`forecast audit`: is the store sound?"""

from __future__ import annotations

import sys
from collections import Counter
from typing import Annotated

import typer

from forecast.cli.group import FAILED
from forecast.cli.language import current
from forecast.cli.options import Format, FormatOption, LangOption, WaitOption, WarehouseOption
from forecast.sentences import say, tell
from forecast.workflow.opening import DEFAULT_WAIT

NAME = "audit"
FEW = 20
"""A table on a screen shows no more findings of a kind than this; csv and json tell all."""


def command(
    show_all: Annotated[bool, typer.Option("--all", help="Explained findings too.")] = False,
    no_jumps: Annotated[
        bool, typer.Option("--no-jumps", help="Leave out the question about incredible jumps.")
    ] = False,
    every_jump: Annotated[
        bool, typer.Option("--every-jump", help="Of very many figures, too, ask about every step, not the steepest.")
    ] = False,
    explain: Annotated[
        str, typer.Option("--explain", metavar="KEY", help="Record why this finding is no fault (with --why).")
    ] = "",
    why: Annotated[str, typer.Option("--why", help="The explanation.")] = "",
    why_zh: Annotated[str, typer.Option("--why-zh", help="The explanation in Chinese.")] = "",
    by: Annotated[str, typer.Option("--by", help="Who is answerable (else FORECAST_USER, else the login name).")] = "",
    warehouse: WarehouseOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """Look for contradictions, breaks and jumps, and for any row that is not what was once written."""
    from forecast.cli.show import as_csv, as_json
    from forecast.workflow.auditing import audit, explain_finding

    if explain:
        found = explain_finding(explain, why, why_zh, by=by, warehouse=warehouse, wait=wait)
        print(say("finding_explained", current(), key=found.key), file=sys.stderr)
        return
    most = FEW if format is Format.table else None
    result = audit(jumps=not no_jumps, every_jump=every_jump, most=most, warehouse=warehouse, wait=wait)
    rows = [
        {
            "code": a.finding.code,
            "open": a.open,
            "key": a.finding.key,
            "text": tell(a.note, current()),
            "explanation": a.explanation.reason[current()] if a.explanation else "",
            "author": a.explanation.author if a.explanation else "",
        }
        for a in sorted(result.findings, key=lambda a: not a.open)
        if a.open or show_all or format is not Format.table
    ]
    if format is Format.json:
        as_json({"clean": result.clean, "head": result.head, "entries": result.entries, "findings": rows})
    elif format is Format.csv:
        as_csv(rows, ["code", "open", "key", "text", "explanation", "author"])
    else:
        for row in rows:
            print(f"{'!' if row['open'] else '·'} {row['text']}\n    {row['key']}")
            if row["explanation"]:
                print(f"    {say('explained_by', current(), author=row['author'], reason=row['explanation'])}")
        _tell_more(Counter(result.open) + Counter(result.explained if show_all else {}), len(rows))
    for remark in result.remarks:
        print(tell(remark, current()), file=sys.stderr)
    counts = {"open": sum(result.open.values()), "explained": sum(result.explained.values()), "figures": result.figures}
    code = "audit_clean" if result.clean else "audit_open"
    print(say(code, current(), **counts, entries=result.entries, head=result.head[:16]), file=sys.stderr)
    if not result.clean:
        raise typer.Exit(FAILED)


def _tell_more(counts: Counter[str], shown: int) -> None:
    """How many findings there are beyond those shown, and how many of each kind in all."""
    rest = counts.total() - shown
    if rest:
        told = ", ".join(f"{code} {n}" for code, n in counts.most_common())
        print(say("findings_more", current(), n=rest, counts=told), file=sys.stderr)
