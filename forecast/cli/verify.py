"""`forecast verify`: is this file, or this code on a slide, still what the store says?"""

from __future__ import annotations

from typing import Annotated

import typer

from forecast.cli.language import current
from forecast.cli.options import Format, FormatOption, LangOption, WaitOption, WarehouseOption
from forecast.workflow.opening import DEFAULT_WAIT

NAME = "verify"
CODES = {"identical": 0, "changed": 1, "unverifiable": 3}


def command(
    what: Annotated[str, typer.Argument(metavar="FILE|CODE", help="A file of ours, or the code in its footer.")],
    warehouse: WarehouseOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """Compare a chart or report with the store: identical, changed (exit 1), or unverifiable (exit 3)."""
    from forecast.cli.show import as_csv, as_json
    from forecast.sentences import say, tell
    from forecast.workflow.opening import open_store
    from forecast.workflow.verify import verify

    with open_store(warehouse, wait=wait) as store:
        found = verify(store, what)
    spoken = current()
    subject = found.subject[spoken] if found.subject else what
    reasons = [tell(n, spoken) for n in found.reasons]
    remarks = [tell(n, spoken) for n in found.remarks]
    if format is Format.table:
        gap = say("clause_break", spoken)
        about = {"what": gap.join([subject, *(reason.rstrip(".。") for reason in reasons)])}
        print(say(f"verify_{found.verdict}", spoken, **about))
        for remark in remarks:
            print(f"  {remark}")
    else:
        row = {"verdict": found.verdict, "subject": subject, "code": found.code, "reasons": reasons, "remarks": remarks}
        if format is Format.json:
            as_json(row)
        else:
            as_csv([row], list(row))
    if CODES[found.verdict]:
        raise typer.Exit(CODES[found.verdict])
