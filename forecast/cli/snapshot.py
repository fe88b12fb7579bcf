"""`forecast snapshot`: new, import, add; `mending` holds what changes figures that are there."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from forecast.cli import mending
from forecast.cli.language import current
from forecast.cli.options import Format, FormatOption, LangOption, WaitOption, WarehouseOption, the_day
from forecast.errors import Misuse, Rejected
from forecast.sentences import fault_line, say, tell
from forecast.workflow.opening import DEFAULT_WAIT

if TYPE_CHECKING:
    from forecast.workflow.steward import Landing
    from warehouse.errors import Fault
    from warehouse.figures import Days
    from warehouse.tables.proofs import Proof

NAME = "snapshot"
FEW = 40
"""A table on a screen shows no more figures than this; csv and json show all."""
MOST_REFUSED = 1000
"""Nor more refused cells than this, and of the rest how many there are of each kind."""
COLUMNS = [
    "state",
    "id",
    "indicator",
    "entity",
    "period_end",
    "as_stated",
    "value",
    "low",
    "high",
    "qualifier",
    "locator",
]

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help="Bring figures in, and mend them.")

DryRun = Annotated[bool, typer.Option("--dry-run", help="Check and show what would change; write nothing.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
By = Annotated[str, typer.Option("--by", help="Who is answerable (else FORECAST_USER, else the login name).")]


@app.command("new")
def new(
    slug: Annotated[str, typer.Argument(help="Name of the folder, e.g. 2026-10-14-city-briefing; the source's id.")],
    directory: Annotated[Path, typer.Option("--dir", help="Where to make it.")] = Path(),
    warehouse: WarehouseOption = None,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """Make a snapshot folder to fill in: headings, an example row, the known slugs."""
    from forecast.workflow.steward import new_folder

    made = new_folder(slug, directory, warehouse=warehouse, wait=wait)
    print(say("folder_made", current(), path=str(made)))


@app.command("import")
def import_(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A table (CSV, TSV, Excel), a snapshot folder, or a package made by `forecast export`."
        ),
    ],
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="Which column is what (default: FILE.mapping.toml).")
    ] = None,
    suggest_mapping: Annotated[
        bool, typer.Option("--suggest-mapping", help="Write a mapping for the table to look at; import nothing.")
    ] = False,
    sheet: Annotated[str, typer.Option("--sheet", help="Which sheet (default: the one with most figures).")] = "",
    encoding: Annotated[str, typer.Option("--encoding", help="utf-8, gb18030, cp1252 ... (default: told apart).")] = "",
    delimiter: Annotated[str, typer.Option("--delimiter", help="Between cells of a text file; 'tab' for a tab.")] = "",
    published: Annotated[str, typer.Option("--published", help="When the public could know the table.")] = "",
    title: Annotated[str, typer.Option("--title", help="Title of the table.")] = "",
    publisher: Annotated[str, typer.Option("--publisher", help="Who published it.")] = "",
    source_id: Annotated[str, typer.Option("--source", help="Id of the source (default: date and title).")] = "",
    url: Annotated[str, typer.Option("--url", help="Where it is on the web.")] = "",
    entity: Annotated[
        str,
        typer.Option("--entity", help="Whose figures they are, where the table does not say: a slug or a new name."),
    ] = "",
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing if a cell is refused or a label is not in the mapping.")
    ] = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    by: By = "",
    warehouse: WarehouseOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """Land a table, a snapshot folder or our own export: one source, one transaction, every refused cell reported."""
    from forecast.workflow import steward
    from forecast.workflow.importing import TableImport, TableRequest, propose

    if (source / "datapackage.json").is_file() or source.suffix == ".zip":
        from forecast.cli.export import bring_back

        bring_back(source, dry_run=dry_run, yes=yes, by=by, warehouse=warehouse, form=format, wait=wait)
        return
    if source.is_dir():
        confirmed(
            lambda dry: steward.import_folder(source, dry_run=dry, by=by, warehouse=warehouse, wait=wait),
            dry_run, yes, format,
        )  # fmt: skip
        return
    request = TableRequest(
        file=source, mapping=mapping, sheet=sheet, encoding=encoding, delimiter=delimiter,
        published=the_day(published, "--published"), title=title, publisher=publisher, source=source_id, url=url,
        entity=entity, strict=strict,
    )  # fmt: skip
    if suggest_mapping:
        made = propose(request, warehouse=warehouse, wait=wait)
        for said in made.notes:
            print(tell(said, current()), file=sys.stderr)
        _show(made.proofs)
        print(say("mapping_made", current(), path=str(made.path), file=str(source)))
        return
    confirmed(TableImport(request=request, by=by, warehouse=warehouse, wait=wait).land, dry_run, yes, format)


@app.command("add")
def add(
    indicator: Annotated[str, typer.Option("--indicator", help="Slug, name or alias.")],
    period_end: Annotated[str, typer.Option("--period-end", help="YYYY, YYYY-MM or YYYY-MM-DD.")],
    value: Annotated[str, typer.Option("--value", help="In base units: 3210000.")],
    published: Annotated[str, typer.Option("--published", help="When the public could know it.")] = "",
    title: Annotated[str, typer.Option("--title", help="Title of the document (for a new source).")] = "",
    entity: Annotated[str, typer.Option("--entity", help="Whose figure (default: the city).")] = "",
    definition: Annotated[str, typer.Option("--definition", help="Wording under which it is counted.")] = "",
    period_start: Annotated[str, typer.Option("--period-start", help="For flows; else the period's end.")] = "",
    low: Annotated[str, typer.Option("--low", help="Lower bound of what the text supports.")] = "",
    high: Annotated[str, typer.Option("--high", help="Upper bound.")] = "",
    qualifier: Annotated[str, typer.Option("--qualifier", help="exact, at_least, at_most or about.")] = "",
    as_stated: Annotated[str, typer.Option("--as-stated", help="The figure as printed: 'over 35,000'.")] = "",
    basis: Annotated[str, typer.Option("--basis", help="Why an inferred date is what it is.")] = "",
    source: Annotated[str, typer.Option("--source", help="Id of a source (see `forecast sources`).")] = "",
    publisher: Annotated[str, typer.Option("--publisher", help="Who published it.")] = "",
    url: Annotated[str, typer.Option("--url", help="Where it is on the web.")] = "",
    locator: Annotated[str, typer.Option("--locator", help="Where in the document: 'line 17'.")] = "",
    phrase: Annotated[str, typer.Option("--phrase", help="A few words that carry the figure.")] = "",
    note: Annotated[str, typer.Option("--note", help="What a reader must know.")] = "",
    dry_run: DryRun = False,
    yes: Yes = False,
    by: By = "",
    warehouse: WarehouseOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """Add one figure."""
    from forecast.workflow.steward import Figure, add_figure

    cells = {
        "indicator": indicator,
        "entity": entity,
        "definition": definition,
        "period_start": period_start,
        "period_end": period_end,
        "basis": basis,
        "value": value,
        "low": low,
        "high": high,
        "as_stated": as_stated,
        "qualifier": qualifier,
        "locator": locator,
        "phrase": phrase,
        "note": note,
    }
    figure = Figure(
        cells=cells,
        published=the_day(published, "--published"),
        title=title,
        source=source,
        publisher=publisher,
        url=url,
    )

    def land(dry: bool) -> Landing:
        return add_figure(figure, dry_run=dry, by=by, warehouse=warehouse, wait=wait)

    confirmed(land, dry_run, yes, format)


def confirmed(land: Callable[[bool], Landing], dry_run: bool, yes: bool, form: Format) -> None:
    """Show what would change, ask a person at a terminal, then land it."""
    asks = not (dry_run or yes) and sys.stdin.isatty()
    if asks:
        preview = land(True)
        _report(preview, Format.table)
        if not preview.n_new:
            return
        if not typer.confirm(say("land_it", current(), n=preview.n_new), err=True):
            raise Misuse("not_landed")
    landing = land(dry_run)
    _report(landing, form)


def _show(proofs: Sequence[Proof]) -> None:
    """Some cells of a table and what its mapping takes them for, to be held against the document."""
    from forecast.cli.show import as_table, headings

    if not proofs:
        return
    print(say("proofs_shown", current()))
    rows = [
        [p.cell, p.as_stated[:24], p.indicator, p.entity or "?", _span(p.days), f"{p.multiplier:,.12g}"] for p in proofs
    ]
    columns = ["cell", "as_stated", "indicator", "entity", "period", "multiplier"]
    print(as_table(headings(columns), rows, numeric=(1, 5)))


def _span(days: Days | None) -> str:
    return "?" if days is None else " - ".join(dict.fromkeys(day.isoformat() for day in (days.start, days.end)))


def _report(landing: Landing, form: Format) -> None:
    from forecast.cli.show import listing
    from forecast.workflow.steward import figures_table

    if not landing.bulk:
        every = landing.n_new + landing.n_known
        shown = figures_table(landing, FEW if form is Format.table else None)
        listing(shown, COLUMNS, form)
        if len(shown) < every:
            print(say("rows_more", current(), n=every - len(shown)), file=sys.stderr)
    for remark in landing.remarks:
        print(tell(remark, current()), file=sys.stderr)
    if landing.refused:
        _tell_refused(landing.refused, MOST_REFUSED if form is Format.table else None)
    if landing.refused and not landing.n_new and not landing.n_known:
        raise Rejected("nothing_came_in", n=len(landing.refused), source=landing.source.id)
    if landing.written:
        code = "landed"
    elif landing.n_new:
        code = "would_land"
    else:
        code = "nothing_new" if landing.n_known else "no_figures_in"
    counts = {"n": landing.n_new, "known": landing.n_known, "source": landing.source.id}
    print(say(code, current(), **counts), file=sys.stderr)


def _tell_refused(refused: Sequence[Fault], most: int | None) -> None:
    print(say("cells_refused_count", current(), n=len(refused)), file=sys.stderr)
    for fault in refused[:most]:
        print(f"  {fault_line(fault, current())} [{fault.code}]", file=sys.stderr)
    rest = len(refused) - len(refused[:most])
    if rest:
        counts = ", ".join(f"{code} {n}" for code, n in Counter(f.code for f in refused).most_common())
        print(say("refused_more", current(), n=rest, counts=counts), file=sys.stderr)


mending.register(app)
