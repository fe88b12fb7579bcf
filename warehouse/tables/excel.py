"""A workbook of Excel as sheets of rows; a number stays the number it is, and one shown as percent says so.

Refuses what only pretends to be a workbook, asks for a password, or would unpack to more than memory holds.
"""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from pathlib import Path

from warehouse.errors import Invalid
from warehouse.tables.grid import MAX_CELLS, Grid, Span, even_grid, refused
from warehouse.tables.workbook import marked

MAX_UNPACKED = 600_000_000


def read_workbook(path: Path) -> list[Grid]:
    """The sheets of a workbook. Raises `Invalid` for one that cannot be read."""
    import python_calamine as calamine

    _guard_zip(path)
    try:
        with calamine.CalamineWorkbook.from_path(str(path)) as book:
            grids = []
            for index, meta in enumerate(book.sheets_metadata):
                if meta.typ is not calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_index(index)
                if (sheet.total_height or 0) * (sheet.total_width or 0) > MAX_CELLS:
                    raise refused(path, "too_large", f"{meta.name}: {sheet.total_height:,} x {sheet.total_width:,}")
                values = sheet.to_python(skip_empty_area=False)
                said = marked(path, index)
                native: set[tuple[int, int]] = set()
                rows = [
                    [_shown(v, (r, c), said.percent, native) for c, v in enumerate(row, 1)]
                    for r, row in enumerate(values, 1)
                ]
                merged = tuple(
                    Span(a[0] + 1, a[1] + 1, b[0] + 1, b[1] + 1) for a, b in (sheet.merged_cell_ranges or ())
                )
                hidden = meta.visible is not calamine.SheetVisibleEnum.Visible
                grids.append(
                    even_grid(meta.name, rows, path, merged=merged, native=frozenset(native), hidden=hidden,
                          hidden_rows=said.rows, hidden_columns=said.columns)
                )  # fmt: skip
            return grids
    except calamine.PasswordError:
        raise refused(path, "password") from None
    except calamine.CalamineError as error:
        raise refused(path, "not_excel", str(error)[:200]) from None


def _shown(
    value: object, place: tuple[int, int], percent: frozenset[tuple[int, int]], native: set[tuple[int, int]]
) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        native.add(place)
        if place in percent:
            return f"{float(f'{value * 100:.12g}'):.12g}%"
        return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _guard_zip(path: Path) -> None:
    """Refuse a packed file that unpacks to more than memory should hold, whatever its directory claims."""
    if not zipfile.is_zipfile(path):
        return
    total = 0
    try:
        with zipfile.ZipFile(path) as pack:
            if sum(info.file_size for info in pack.infolist()) > MAX_UNPACKED:
                raise refused(path, "zip_bomb")
            for info in pack.infolist():
                with pack.open(info) as member:
                    while chunk := member.read(1 << 20):
                        total += len(chunk)
                        if total > MAX_UNPACKED:
                            raise refused(path, "zip_bomb")
    except Invalid:
        raise
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise refused(path, "not_excel", str(error)[:200]) from None
