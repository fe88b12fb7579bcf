"""`forecast export`: the figures, or the whole warehouse, for other people's tools."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from forecast.cli.language import current
from forecast.cli.options import AsOfOption, Format, LangOption, WaitOption, WarehouseOption, the_day
from forecast.errors import Misuse
from forecast.sentences import say, tell
from forecast.workflow.opening import DEFAULT_WAIT

if TYPE_CHECKING:
    from forecast.workflow.bringing import Brought

NAME = "export"


def command(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="figures.csv, .parquet, .xlsx, .sdmx.csv; a folder or .zip: package.")
    ],
    form: Annotated[
        str, typer.Option("--format", help="csv, parquet, xlsx, sdmx, package (default: by the name).")
    ] = "",
    indicator: Annotated[str, typer.Option("--indicator", help="Only this one.")] = "",
    entity: Annotated[str, typer.Option("--entity", help="Only this one's.")] = "",
    as_of: AsOfOption = "",
    superseded: Annotated[bool, typer.Option("--superseded", help="Replaced figures too.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")] = False,
    warehouse: WarehouseOption = None,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """Write figures with bounds, printed text and source; a package holds everything and can be imported again."""
    from forecast.workflow.exporting import Selection, export

    made = export(
        path,
        form=form,
        selection=Selection(indicator=indicator, entity=entity, as_of=the_day(as_of), superseded=superseded),
        lang=current(),
        overwrite=overwrite,
        warehouse=warehouse,
        wait=wait,
    )
    code = "exported_rows" if made.replaced else "exported"
    print(say(code, current(), n=made.figures, path=str(made.path), head=made.head[:16]), file=sys.stderr)


def bring_back(
    package: Path, *, dry_run: bool, yes: bool, by: str, warehouse: Path | None, form: Format, wait: float
) -> None:
    """Read a package again, asking a person at a terminal first."""
    from forecast.workflow.bringing import bring_back as read

    if not (dry_run or yes) and sys.stdin.isatty():
        _report(read(package, dry_run=True, by=by, warehouse=warehouse, wait=wait))
        if not typer.confirm(say("mend_it", current()), err=True):
            raise Misuse("not_landed")
    _report(read(package, dry_run=dry_run, by=by, warehouse=warehouse, wait=wait))


def _report(brought: Brought) -> None:
    for said in brought.notes:
        print(tell(said, current()), file=sys.stderr)
    how = "rebuilt" if brought.rebuilt else "merged" if brought.figures else "merged_nothing"
    when = "" if brought.written or how == "merged_nothing" else "_dry"
    print(say(f"package_{how}{when}", current(), n=brought.figures, head=brought.head[:16]), file=sys.stderr)
