"""`forecast snapshot correct / revise / retract / list / show`: mend a figure, and see what a source brought."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from forecast.cli.language import current
from forecast.cli.options import Format, FormatOption, LangOption, WaitOption, WarehouseOption, the_day
from forecast.errors import Misuse
from forecast.sentences import say, tell
from forecast.workflow.opening import DEFAULT_WAIT

if TYPE_CHECKING:
    from forecast.workflow.mend import Mending

Id = Annotated[str, typer.Argument(metavar="ID", help="The figure's id (see `forecast history`), or its beginning.")]
Why = Annotated[str, typer.Option("--why", help="Why: kept with the row for ever.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change and what rests on it; write nothing.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
By = Annotated[str, typer.Option("--by", help="Who is answerable (else FORECAST_USER, else the login name).")]
Value = Annotated[str, typer.Option("--value", help="The right value, in base units: 3210000.")]
Low = Annotated[str, typer.Option("--low", help="Lower bound of what the text supports.")]
High = Annotated[str, typer.Option("--high", help="Upper bound.")]
Qualifier = Annotated[str, typer.Option("--qualifier", help="exact, at_least, at_most or about.")]
AsStated = Annotated[str, typer.Option("--as-stated", help="The figure as printed.")]
Note = Annotated[str, typer.Option("--note", help="What a reader must know.")]
Locator = Annotated[str, typer.Option("--locator", help="Where in the document: 'line 17'.")]
Phrase = Annotated[str, typer.Option("--phrase", help="A few words that carry the figure.")]

SHOWN = ["state", "id", "indicator", "entity", "period_end", "as_stated", "value", "low", "high", "qualifier",
         "published", "source"]  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the commands to `forecast snapshot`."""
    for name, command in (
        ("correct", correct), ("revise", revise), ("retract", retract), ("list", list_), ("show", show),
    ):  # fmt: skip
        app.command(name)(command)


def correct(
    figure: Id,
    why: Why = "",
    value: Value = "",
    low: Low = "",
    high: High = "",
    qualifier: Qualifier = "",
    as_stated: AsStated = "",
    period_start: Annotated[str, typer.Option("--period-start", help="The right start of its period.")] = "",
    period_end: Annotated[str, typer.Option("--period-end", help="The right end of its period.")] = "",
    definition: Annotated[str, typer.Option("--definition", help="The right wording.")] = "",
    entity: Annotated[str, typer.Option("--entity", help="Whose figure it is.")] = "",
    basis: Annotated[str, typer.Option("--basis", help="Why an inferred date is what it is.")] = "",
    flag: Annotated[str, typer.Option("--flag", help="rebound.")] = "",
    locator: Locator = "",
    phrase: Phrase = "",
    note: Note = "",
    dry_run: DryRun = False,
    yes: Yes = False,
    by: By = "",
    warehouse: WarehouseOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """Mend our own typing: every --as-of then sees the mended value, --as-recorded still shows the old one."""
    from forecast.workflow.mend import correct as mend

    changes = {
        "value": value, "low": low, "high": high, "qualifier": qualifier, "as_stated": as_stated,
        "period_start": period_start, "period_end": period_end, "definition": definition, "entity": entity,
        "basis": basis, "flag": flag, "locator": locator, "phrase": phrase, "note": note,
    }  # fmt: skip
    confirmed(
        lambda dry: mend(figure, changes, why=why, by=by, dry_run=dry, warehouse=warehouse, wait=wait),
        dry_run, yes, format,
    )  # fmt: skip


def revise(
    figure: Id,
    value: Value = "",
    published: Annotated[str, typer.Option("--published", help="When the publisher made the change known.")] = "",
    source: Annotated[str, typer.Option("--source", help="Id of the source that changed it.")] = "",
    title: Annotated[str, typer.Option("--title", help="Title of that document, for a new source.")] = "",
    publisher: Annotated[str, typer.Option("--publisher", help="Who published it.")] = "",
    url: Annotated[str, typer.Option("--url", help="Where it is on the web.")] = "",
    why: Why = "",
    low: Low = "",
    high: High = "",
    qualifier: Qualifier = "",
    as_stated: AsStated = "",
    definition: Annotated[str, typer.Option("--definition", help="Wording under which it is now counted.")] = "",
    locator: Locator = "",
    phrase: Phrase = "",
    note: Note = "",
    dry_run: DryRun = False,
    yes: Yes = False,
    by: By = "",
    warehouse: WarehouseOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """Record that the publisher changed a figure: the new value is seen only from its publication on."""
    from forecast.workflow.mend import revise as mend

    changes = {
        "value": value, "low": low, "high": high, "qualifier": qualifier, "as_stated": as_stated,
        "definition": definition, "locator": locator, "phrase": phrase, "note": note,
    }  # fmt: skip
    day = the_day(published, "--published")
    confirmed(
        lambda dry: mend(
            figure, changes, published=day, why=why, source=source, title=title, publisher=publisher, url=url, by=by,
            dry_run=dry, warehouse=warehouse, wait=wait,
        ),
        dry_run, yes, format,
    )  # fmt: skip


def retract(
    figure: Id,
    why: Why = "",
    dry_run: DryRun = False,
    yes: Yes = False,
    by: By = "",
    warehouse: WarehouseOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """Withdraw a figure: it stays in the record and stands for nothing; no older value takes its place."""
    from forecast.workflow.mend import retract as mend

    confirmed(
        lambda dry: mend(figure, why=why, by=by, dry_run=dry, warehouse=warehouse, wait=wait), dry_run, yes, format
    )


def list_(
    warehouse: WarehouseOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """List what was written, oldest first: each entry of the journal with who, when, and how many figures."""
    from forecast.cli.show import listing
    from forecast.workflow.lookup import entries

    listing(entries(warehouse, wait=wait), ["seq", "recorded", "author", "action", "figures", "detail"], format)


def show(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Id of a source (see `forecast sources`).")],
    warehouse: WarehouseOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """Show every figure of one source, replaced ones struck through."""
    from forecast.cli.struck import struck_listing
    from forecast.workflow.lookup import of_source

    columns = ["id", "indicator", "entity", "period_end", "as_stated", "value", "qualifier", "nature", "locator"]
    struck_listing(of_source(source, warehouse, wait=wait), columns, format)


def confirmed(mend: Callable[[bool], Mending], dry_run: bool, yes: bool, form: Format) -> None:
    """Show what would change and what rests on it, ask a person at a terminal, then write it."""
    if not (dry_run or yes) and sys.stdin.isatty():
        _report(mend(True), Format.table, asked=True)
        if not typer.confirm(say("mend_it", current()), err=True):
            raise Misuse("not_landed")
    _report(mend(dry_run), form)


def _report(mending: Mending, form: Format, *, asked: bool = False) -> None:
    from forecast.cli.show import listing
    from forecast.workflow.shape import observation_object

    rows = [
        {"state": "old", **observation_object(mending.old)},
        {"state": mending.new.action, **observation_object(mending.new)},
    ]
    listing(
        [
            row | {"author": o.author, "reason": o.reason}
            for row, o in zip(rows, (mending.old, mending.new), strict=True)
        ],
        SHOWN,
        form,
    )
    for remark in (*mending.remarks, *mending.resting):
        print(tell(remark, current()), file=sys.stderr)
    if not mending.resting:
        print(say("nothing_rests", current()), file=sys.stderr)
    if not asked:
        action = mending.new.action
        code = f"mended_{action}" if mending.written else "would_retract" if action == "retract" else "would_mend"
        print(say(code, current(), id=mending.old.id, new=mending.new.id), file=sys.stderr)
