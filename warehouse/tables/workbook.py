"""What a workbook's own XML says of a sheet beside its cells: which are shown as percent, which rows and columns not.

Without the first a share would come in a hundred times too small. Knows nothing of what the cells hold.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from warehouse.tables.grid import number_of


@dataclass(frozen=True, slots=True)
class Marked:
    """The places (row, column) shown as percent, 0.25 as 25%, and the rows and columns that are hidden."""

    percent: frozenset[tuple[int, int]] = frozenset()
    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()


def marked(path: Path, sheet: int) -> Marked:
    """What a workbook says of its sheet of that number, counted from 0; nothing where it is no packed XML."""
    if not zipfile.is_zipfile(path):
        return Marked()
    try:
        with zipfile.ZipFile(path) as pack:
            part = _part(pack, sheet)
            if not part:
                return Marked()
            wanted = _percent_styles(pack)
            data = pack.read(part)
            if not wanted and b"hidden=" not in data:
                return Marked()
            return _read(pack, part, wanted)
    except (ElementTree.ParseError, ValueError, KeyError, zipfile.BadZipFile):
        return Marked()


def _part(pack: zipfile.ZipFile, sheet: int) -> str:
    """The part of the pack that holds the sheet: one that was moved may keep the number it was born with."""
    names = set(pack.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return ""
    sheets = list(_named(ElementTree.fromstring(pack.read("xl/workbook.xml")), "sheet"))
    own = (
        next((value for key, value in sheets[sheet].items() if key.endswith("}id")), "") if sheet < len(sheets) else ""
    )
    for relation in ElementTree.fromstring(pack.read("xl/_rels/workbook.xml.rels")):
        if relation.get("Id") == own:
            target = posixpath.normpath(posixpath.join("/xl", relation.get("Target", ""))).lstrip("/")
            return target if target in names and "/worksheets/" in target else ""
    return ""


def _named(root: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (element for element in root.iter() if element.tag.rpartition("}")[2] == name)


def _percent_styles(pack: zipfile.ZipFile) -> set[int]:
    if "xl/styles.xml" not in pack.namelist():
        return set()
    styles = ElementTree.fromstring(pack.read("xl/styles.xml"))
    formats = {int(f.get("numFmtId", 0)) for f in _named(styles, "numFmt") if "%" in f.get("formatCode", "")} | {9, 10}
    used = next(_named(styles, "cellXfs"), ())
    return {i for i, xf in enumerate(used) if int(xf.get("numFmtId", 0)) in formats}


def _read(pack: zipfile.ZipFile, part: str, wanted: set[int]) -> Marked:
    percent: set[tuple[int, int]] = set()
    rows: set[int] = set()
    columns: set[int] = set()
    with pack.open(part) as file:
        for _, element in ElementTree.iterparse(file):
            name = element.tag.rpartition("}")[2]
            if name == "c":
                match = re.fullmatch(r"([A-Z]{1,3})(\d+)", element.get("r", ""))
                if match and int(element.get("s", 0)) in wanted:
                    percent.add((int(match[2]), number_of(match[1])))
                element.clear()
            elif name == "row":
                if _is_hidden(element):
                    rows.add(int(element.get("r", 0)))
                element.clear()
            elif name == "col" and _is_hidden(element):
                columns |= set(range(int(element.get("min", 0)), int(element.get("max", 0)) + 1))
    return Marked(frozenset(percent), frozenset(rows), frozenset(columns))


def _is_hidden(element: ElementTree.Element) -> bool:
    return element.get("hidden") in ("1", "true")
