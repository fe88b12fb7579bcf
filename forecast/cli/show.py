"""Rows on stdout as a table, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from forecast.cli.language import current
from forecast.cli.options import Format
from forecast.sentences import catalogue, number


def listing(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], form: Format) -> None:
    """Print rows: a `table` shows `columns` in the reader's language, `json` and `csv` everything."""
    if form is Format.json:
        as_json(list(rows))
    elif form is Format.csv:
        as_csv(rows, list(rows[0]) if rows else columns)
    else:
        print(as_table(headings(columns), [[told(c, row[c]) for c in columns] for row in rows]))


def headings(columns: Sequence[str]) -> list[str]:
    """The headings of columns in the reader's language."""
    words = catalogue(current())
    return [words[f"column_{c}"] for c in columns]


_STORED = ("value", "low", "high")
"""Columns of figures as the warehouse keeps them: rounded, 104.45 to 104.55 would look like no range at all."""


def told(column: str, value: Any) -> str:
    """A cell as a table shows it; a code word (`derived`, `flow`) in the reader's language."""
    if column in _STORED and isinstance(value, float):
        return f"{value:,.15g}"
    word = catalogue(current()).get(f"{column}_{value}", "")
    return word if word and "{" not in word else cell(value)


def as_json(value: Any) -> None:
    """Print `value` as indented JSON in UTF-8."""
    print(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


def as_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Print rows as CSV."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(columns), lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for row in rows:
        writer.writerow({k: _flat(v) for k, v in row.items()})
    sys.stdout.write(text.getvalue())


def _flat(value: Any) -> Any:
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return value


def cell(value: Any) -> str:
    """A value as a table shows it."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float):
        return number(value)
    return str(value)


def as_table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, numeric: Iterable[int] = ()) -> str:
    """Aligned columns, wide Chinese characters counted as two; columns in `numeric` are right-aligned."""
    from rich.cells import cell_len

    right = set(numeric)
    table = [list(headings), *[list(row) for row in rows]]
    widths = [max(cell_len(row[i]) for row in table) for i in range(len(headings))]
    lines = []
    for index, row in enumerate(table):
        cells = []
        for i, text in enumerate(row):
            pad = " " * (widths[i] - cell_len(text))
            cells.append(pad + text if i in right else text + pad)
        lines.append("  ".join(cells).rstrip())
        if index == 0:
            lines.append("  ".join("-" * width for width in widths))
    return "\n".join(lines)
