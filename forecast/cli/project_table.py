"""`forecast project --from FILE.csv`: a table in, a table out, as it is made."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from forecast.cli.group import say_error
from forecast.cli.language import current
from forecast.cli.options import Format
from forecast.cli.project import say_alone
from forecast.cli.show import as_json, as_table
from forecast.notes import Note
from forecast.sentences import number, say, tell
from forecast.workflow.from_table import Batch, Row, project_table
from forecast.workflow.project import Request
from forecast.workflow.table import read_table

EVERY = 1000
"""Rows between two looks at the progress bar."""


def run(path: Path, request: Request, form: Format, *, panel: bool = True) -> None:
    """Project every series of the file and print it; refusals are counted on stderr with their reasons."""
    table = read_table(path)
    batch = project_table(table, request, panel=panel)
    for remark in batch.remarks:
        say_error(tell(remark, current()))
    refused: list[Row] = []
    notes: list[Sequence[Note]] = []
    rows = _noting(batch, len(table), refused, notes)
    if form is Format.csv:
        _csv(rows, batch.probs)
    elif form is Format.json:
        as_json([_object(row, batch.probs, request.model) for row in rows])
    else:
        print(_text(list(rows), batch.probs))
    for row in refused[:20]:
        assert row.refusal is not None
        say_error(f"{row.name}: {tell(row.refusal, current())}")
    if refused:
        say_error(say("refused_rows", current(), refused=len(refused), all=len(table)))
    say_alone(notes, request.model)


def _noting(batch: Batch, total: int, refused: list[Row], notes: list[Sequence[Note]]) -> Iterator[Row]:
    """The rows; the refused ones and the others' notes are kept aside. A progress bar on a terminal when it is long."""
    shown = total >= 5 * EVERY and sys.stderr.isatty()
    for done, row in enumerate(batch.rows, 1):
        if row.refusal is not None:
            refused.append(row)
        else:
            notes.append(row.notes)
        if shown and (done % EVERY == 0 or done == total):
            filled = 30 * done // total
            bar = "#" * filled + "." * (30 - filled)
            print(f"\r[{bar}] {done}/{total}", end="\n" if done == total else "", file=sys.stderr)
        yield row


def _csv(rows: Iterator[Row], probs: tuple[float, ...]) -> None:
    out = sys.stdout
    out.write("series,target_date,output_type,output_type_id,value\n")
    levels = [f",quantile,{p:g}," for p in probs]
    for row in rows:
        if row.values is None:
            continue
        name = _quoted(row.name)
        lines = []
        for day, quantiles in zip(row.dates, row.values.tolist(), strict=True):
            head = f"{name},{day.isoformat()}"
            lines += [f"{head}{level}{value:.10g}\n" for level, value in zip(levels, quantiles, strict=True)]
        out.write("".join(lines))


def _quoted(text: str) -> str:
    if not any(c in text for c in ',"\r\n'):
        return text
    cell = io.StringIO()
    csv.writer(cell, lineterminator="").writerow([text])
    return cell.getvalue()


def _object(row: Row, probs: tuple[float, ...], model: str) -> dict[str, Any]:
    told: dict[str, Any] = {"series": row.name, "model": model, "kind": row.kind, "n_observations": row.n}
    if row.refusal is not None:
        return told | {"reason": tell(row.refusal, current()), "code": row.refusal.code}
    assert row.values is not None
    told["forecast"] = [
        {"target_date": day.isoformat(), "output_type": "quantile", "output_type_id": p, "value": value}
        for day, quantiles in zip(row.dates, row.values.tolist(), strict=True)
        for p, value in zip(probs, quantiles, strict=True)
    ]
    told["notes"] = [{"code": n.code, "text": tell(n, current())} for n in row.notes]
    return told


def _text(rows: list[Row], probs: tuple[float, ...]) -> str:
    lang = current()
    tails = [p for p in probs if p < 0.5][::-1]
    headings = [say(f"column_{c}", lang) for c in ("series", "kind", "n", "target_date", "median")]
    headings += [f"{100 - 200 * p:g} %" for p in tails]
    cells = []
    for row in rows:
        if row.values is None:
            continue
        for day, quantiles in zip(row.dates, row.values.tolist(), strict=True):
            at = dict(zip(probs, quantiles, strict=True))
            bands = [f"{number(at[p])} - {number(at[round(1 - p, 6)])}" for p in tails]
            kind = say(f"kind_{row.kind}", lang)
            cells.append([row.name, kind, str(row.n), day.isoformat(), number(at[0.5]), *bands])
    return as_table(headings, cells, numeric=range(2, len(headings)))
