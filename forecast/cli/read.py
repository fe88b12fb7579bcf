"""`forecast read`: candidate figures from a press text, shown, walked through, or written as a snapshot folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from forecast.cli.language import current
from forecast.cli.options import Format, FormatOption, LangOption, WaitOption, WarehouseOption, the_day
from forecast.cli.show import listing, told
from forecast.sentences import say
from forecast.workflow.opening import DEFAULT_WAIT

if TYPE_CHECKING:
    from forecast.workflow.reading import Desk, Reading
    from warehouse.reading.model import Candidate

NAME = "read"
COLUMNS = ["phrase", "indicator", "noun", "entity", "value", "low", "high", "unit", "qualifier", "measure",
           "period_start", "period_end", "basis", "nature", "relation"]  # fmt: skip


def command(
    files: Annotated[list[str], typer.Argument(help="Text, Markdown, HTML, .docx or PDF; - reads stdin.")],
    published: Annotated[str, typer.Option("--published", help="When it appeared (default: as the text says).")] = "",
    event: Annotated[str, typer.Option("--event", help="Day of the briefing (default: as the text says).")] = "",
    entity: Annotated[
        str, typer.Option("--entity", "--city", help="Whose text it is (default: whom it names most).")
    ] = "",
    review: Annotated[bool, typer.Option("--review", help="Walk through the figures: accept, edit, skip.")] = False,
    accept_known: Annotated[
        bool, typer.Option("--accept-known", help="Take known indicators with exact figures.")
    ] = False,
    to_folder: Annotated[
        Path | None, typer.Option("--to-folder", help="Write the figures as a snapshot folder in here.")
    ] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write the text with its figures highlighted.")] = None,
    warehouse: WarehouseOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """Propose the figures of a press text, each with its words. Nothing is stored; a person accepts."""
    from forecast.workflow.reading import Defaults, as_html, known_and_exact, read_files, row_of

    defaults = Defaults(the_day(published, "--published"), the_day(event, "--event"), entity)
    desk, readings = read_files(files, defaults, warehouse=warehouse, wait=wait)
    chosen: list[list[Candidate]] = []
    for reading in readings:
        _introduce(reading)
        picked = known_and_exact(reading.candidates) if accept_known else list(reading.candidates)
        chosen.append(_walk(reading, picked, desk) if review else picked)
    rows = [row_of(candidate) for picked in chosen for candidate in picked]
    if format is Format.table:
        rows = [{**row, "phrase": " ".join(row["phrase"].split())} for row in rows]
    listing(rows, COLUMNS, format)
    if html is not None:
        html.write_text("\n".join(as_html(reading, _say, _word, current()) for reading in readings), encoding="utf-8")
        _talk("read_html_written", path=str(html))
    if to_folder is not None:
        _write(desk, readings, chosen, to_folder)


def _say(code: str, **params: object) -> str:
    return say(code, current(), **params)


def _word(column: str, code: str) -> str:
    """A code of the reading in words; of one that names a source, the source too."""
    head, _, source = code.partition(" ")
    return _say(f"{column}_{head}", source=source) if source else told(column, code)


def _talk(code: str, **params: object) -> None:
    print(_say(code, **params), file=sys.stderr)


def _introduce(reading: Reading) -> None:
    """What the text was taken to be, on stderr: every default can be wrong and must be seen."""
    document = reading.document
    _talk(
        "read_document",
        name=reading.name,
        n=len(reading.candidates),
        day=document.day.isoformat(),
        basis=_word("basis", document.event_basis or document.published_basis),
        entity=document.entity,
        entity_basis=_word("basis", document.entity_basis),
    )


def _write(desk: Desk, readings: list[Reading], chosen: list[list[Candidate]], parent: Path) -> None:
    from forecast.workflow.reading import to_folder

    for reading, picked in zip(readings, chosen, strict=True):
        folder, rows, others = to_folder(reading, picked, parent, desk)
        _talk("read_folder_written", path=str(folder), rows=rows, others=others)


def _walk(reading: Reading, picked: list[Candidate], desk: Desk) -> list[Candidate]:
    """Ask for each candidate: accept, edit, skip, all the rest, or stop."""
    accepted: list[Candidate] = []
    raw = reading.page.clean.raw
    for index, one in enumerate(picked):
        before, after = raw[max(0, one.start - 60) : one.start], raw[one.end : one.end + 60]
        around = " ".join(f"{before}>>{one.phrase}<<{after}".split())
        print(f"\n[{index + 1}/{len(picked)}] {around}", file=sys.stderr)
        while True:
            _talk("read_candidate", **_facts(one))
            answer = typer.prompt(_say("read_ask"), default="s", err=True).strip().lower()[:1]
            if answer != "e":
                break
            one = _edit(one, desk)
        if answer == "a":
            accepted.append(one)
        elif answer in ("l", "*"):
            return [*accepted, one, *picked[index + 1 :]]
        elif answer == "q":
            return accepted
    return accepted


def _facts(one: Candidate) -> dict[str, str]:
    shown = {key: "-" if value in (None, "") else told(key, value) for key, value in one.as_dict().items()}
    return {**shown, "why": "; ".join(one.why)}


def _edit(one: Candidate, desk: Desk) -> Candidate:
    """One line "field=value field=value" typed by a person."""
    import shlex

    from forecast.cli.group import complain
    from forecast.errors import ForecastError
    from forecast.workflow.reading import edited
    from warehouse.errors import WarehouseError

    line = typer.prompt(_say("read_edit"), default="", show_default=False, err=True)
    try:
        changes = dict(part.split("=", 1) for part in shlex.split(line) if "=" in part)
        return edited(one, changes, desk)
    except (ForecastError, WarehouseError) as error:
        complain(error)
    except ValueError:
        _talk("read_edit")
    return one
