"""Which cells Excel shows as percent: without this a share would come in a hundred times too small.

Reads an .xlsx file's own XML; knows nothing of what the cells hold.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from warehouse.tables.grid import number_of

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def percent_places(path: Path, sheet: int) -> set[tuple[int, int]]:
    """The places (row, column) of a sheet that are shown as percent, 0.25 as 25%."""
    if not zipfile.is_zipfile(path):
        return set()
    try:
        with zipfile.ZipFile(path) as pack:
            names = set(pack.namelist())
            if "xl/styles.xml" not in names or f"xl/worksheets/sheet{sheet + 1}.xml" not in names:
                return set()
            styles = ElementTree.fromstring(pack.read("xl/styles.xml"))
            formats = {
                int(f.get("numFmtId", 0)) for f in styles.iter(f"{_MAIN}numFmt") if "%" in f.get("formatCode", "")
            } | {9, 10}
            used = styles.find(f"{_MAIN}cellXfs")
            wanted = {
                i for i, xf in enumerate(used if used is not None else ()) if int(xf.get("numFmtId", 0)) in formats
            }
            if not wanted:
                return set()
            places = set()
            with pack.open(f"xl/worksheets/sheet{sheet + 1}.xml") as file:
                for _, cell in ElementTree.iterparse(file):
                    if cell.tag == f"{_MAIN}c":
                        match = re.fullmatch(r"([A-Z]{1,3})(\d+)", cell.get("r", ""))
                        if match and int(cell.get("s", 0)) in wanted:
                            places.add((int(match[2]), number_of(match[1])))
                        cell.clear()
            return places
    except (ElementTree.ParseError, ValueError, KeyError, zipfile.BadZipFile):
        return set()
