"""A file of cells: CSV, TSV and Excel as sheets of rows, every cell as text beside what Excel says it is.

Row and column numbers are the file's own, counted from 1, so that a fault can be found with the eye. Refuses what only
pretends to be a table: a zip bomb, a password, cells of a megabyte.
"""

from __future__ import annotations

import codecs
import csv
import gc
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from warehouse.errors import Fault, Invalid
from warehouse.tables.encoding import Decoded, decode
from warehouse.tables.html_table import charset_of, html_tables, is_html

MAX_CELL = 32_767
"""Excel's own limit for a cell; a longer one is refused, not cut."""
MAX_FILE = 1_000_000_000
MAX_CELLS = 30_000_000
EXCEL = (".xlsx", ".xlsm", ".xls", ".xlsb")
_COMPOUND = re.compile(r"^[\w,.\-]+[\\/](?:TIME_PERIOD|TIME|time)$")


@dataclass(frozen=True, slots=True)
class Span:
    """Merged cells, both ends included, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One sheet. `rows[r - 1][c - 1]` is the text of row r, column c; all rows are equally long.

    `native` holds the places of Excel's own numbers: their text is the number, never to be read as 1.234 = 1,234.
    `hidden` is a sheet that the workbook does not show, as it does not show the hidden rows and columns of one it does.
    `split` says how many columns the first one of the file was taken apart into (Eurostat's `a,b,geo\\TIME`).
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Span, ...] = ()
    native: frozenset[tuple[int, int]] = frozenset()
    decoded: Decoded | None = None
    delimiter: str = ""
    split: int = 1
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    faults: tuple[Fault, ...] = field(default=())

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0]) if self.rows else 0

    def text(self, row: int, column: int) -> str:
        """The text of a cell, counted from 1; "" outside."""
        if 1 <= row <= len(self.rows) and 1 <= column <= self.width:
            return self.rows[row - 1][column - 1]
        return ""


def letter(column: int) -> str:
    """1 -> A, 27 -> AA."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def number_of(name: str) -> int:
    """A -> 1, AA -> 27. Raises `ValueError` for what is no column."""
    if not re.fullmatch(r"[A-Za-z]{1,3}", name):
        raise ValueError(name)
    total = 0
    for sign in name.upper():
        total = total * 26 + ord(sign) - 64
    return total


def read_grids(path: Path, *, encoding: str = "", delimiter: str = "") -> list[Grid]:
    """The sheets of a file. Raises `Invalid` for a file that cannot be read as a table."""
    if not path.is_file():
        raise refused(path, "no_file")
    if path.stat().st_size > MAX_FILE:
        raise refused(path, "too_large", detail=f"{path.stat().st_size:,}")
    with _unwatched():
        return _read_grids(path, encoding, delimiter)


@contextmanager
def _unwatched() -> Iterator[None]:
    """Without the collector of cycles, which would look through every row again and again while they are made."""
    watched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if watched:
            gc.enable()


def _read_grids(path: Path, encoding: str, delimiter: str) -> list[Grid]:
    from warehouse.tables.excel import read_workbook

    data = path.read_bytes()
    if data[:4] == b"PK\x03\x04" or data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return read_workbook(path)
    if is_html(data):
        return _html(path, data, encoding)
    if path.suffix.lower() in EXCEL and not _is_text(data):
        return read_workbook(path)
    return [_text_grid(decode(data, encoding, where=path.name), path, delimiter)]


def _is_text(data: bytes) -> bool:
    """Whether a file with the name of a workbook is a text with separators: offices name those .xls too."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return wide or (b"\0" not in data and b"\n" in data and not data.lstrip().startswith(b"<"))


def _html(path: Path, data: bytes, encoding: str) -> list[Grid]:
    decoded = decode(data, encoding or charset_of(data), where=path.name)
    tables = html_tables(decoded.text)
    if not tables:
        raise refused(path, "no_table_in_page")
    grids = []
    for n, table in enumerate(tables, 1):
        height = len(table.rows)
        merged = tuple(
            Span(top, left, min(low, height), right) for top, left, low, right in table.merged if top <= height
        )
        name = f"table {n}" if len(tables) > 1 else ""
        grids.append(even_grid(name, table.rows, path, merged=merged, decoded=decoded))
    return grids


def refused(path: Path, code: str, detail: str = "") -> Invalid:
    """What is raised for a file that cannot be read as a table."""
    return Invalid("unreadable_table", (Fault(code, path.name, detail=detail),), path=str(path))


def _text_grid(decoded: Decoded, path: Path, delimiter: str) -> Grid:
    sign = {"tab": "\t", "\\t": "\t"}.get(delimiter, delimiter) or _delimiter(decoded.text, path)
    csv.field_size_limit(2**31 - 1)
    faults: list[Fault] = []
    rows: list[Sequence[str]] = []
    once = dict[str, str]().setdefault
    try:
        spaced = f'{sign} "' in decoded.text[:100_000]
        for cells in csv.reader(_lines(decoded.text), delimiter=sign, skipinitialspace=spaced):
            rows.append(tuple(map(once, cells, cells)))
    except csv.Error as error:
        raise refused(path, "not_csv", f"{len(rows) + 1}: {error}") from None
    split = 1
    if rows and rows[0] and _COMPOUND.match(rows[0][0].strip()):
        names = re.split(r"[,\\/]", rows[0][0].strip())[:-1]
        split = len(names)
        rows = [[*names, *rows[0][1:]], *[[*_parted(r[0], split), *r[1:]] for r in rows[1:] if r]]
    return even_grid("", rows, path, decoded=decoded, delimiter=sign, split=split, faults=tuple(faults))


def _lines(text: str) -> Iterator[str]:
    """The lines of a text with their ends, as `io.StringIO` gives them for four times the memory."""
    if re.search("\r(?!\n)", text):
        yield from io.StringIO(text, newline="")
        return
    start = 0
    while end := text.find("\n", start) + 1:
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def _parted(text: str, count: int) -> list[str]:
    parts = text.split(",")
    return (
        (parts + [""] * count)[:count] if len(parts) <= count else [*parts[: count - 1], ",".join(parts[count - 1 :])]
    )


def _delimiter(text: str, path: Path) -> str:
    if path.suffix.lower() in (".tsv", ".tab"):
        return "\t"
    lines = [re.sub(r"\t(?=[,;|]|$)", "", line) for line in text[:200_000].splitlines() if line.strip()][:200]
    best, most = ",", 0.0
    for sign in ("\t", ";", "|", ","):
        try:
            counts = [len(row) - 1 for row in csv.reader(lines, delimiter=sign)]
        except csv.Error:
            continue
        many = [n for n in counts if n > 0]
        if not many:
            continue
        usual = max(set(many), key=many.count)
        score = many.count(usual) / len(counts) * min(usual, 4)
        if score > most:
            best, most = sign, score
    return best


def even_grid(name: str, rows: Sequence[Sequence[str]], path: Path, **more: object) -> Grid:
    """A sheet whose rows are all as long as the longest. Raises `Invalid` for too many cells, or one too long."""
    width = max((len(r) for r in rows), default=0)
    if width * len(rows) > MAX_CELLS:
        raise refused(path, "too_large", f"{len(rows):,} x {width:,}")
    faults = [
        Fault("cell_too_long", f"{name or path.name} {r}", letter(c), cell[:40], f"{len(cell):,}")
        for r, row in enumerate(rows, 1)
        if row and max(map(len, row)) > MAX_CELL
        for c, cell in enumerate(row, 1)
        if len(cell) > MAX_CELL
    ]
    if faults:
        raise Invalid("unreadable_table", tuple(faults), path=str(path))
    even = tuple((*row, *[""] * (width - len(row))) if len(row) < width else tuple(row) for row in rows)
    return Grid(name=name, rows=even, **more)  # type: ignore[arg-type]
