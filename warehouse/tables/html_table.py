"""The tables of an HTML page: many offices offer one as an "Excel" file, with the name .xls and HTML inside.

A page's own word on its encoding is taken, cells that span rows or columns are told as merged, tables inside a cell
count as tables of their own. Scripts and styles are left out; nothing in the page is run or fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

WIDEST = 2_000
"""A cell that says it spans more columns or rows than this is taken as spanning this many."""
_CHARSET = re.compile(rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?([\w\-]+)", re.IGNORECASE)
_START = re.compile(rb"^\s*<(?:!doctype html|html|head|body|table|meta|div|style|\?xml[^>]*>\s*<html)", re.IGNORECASE)
_SILENT = ("script", "style", "title", "xml")


@dataclass(slots=True)
class HtmlTable:
    """Rows of cell texts, and the merged ones as (top, left, bottom, right), counted from 1."""

    rows: list[list[str]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    taken: set[tuple[int, int]] = field(default_factory=set)


def is_html(data: bytes) -> bool:
    """Whether the file is a page, whatever its name says."""
    return _START.match(data[:2_000].removeprefix(b"\xef\xbb\xbf")) is not None


def charset_of(data: bytes) -> str:
    """The encoding that the page names; GB2312 is read by its superset, as browsers do. "" where it names none."""
    match = _CHARSET.search(data[:4_000])
    name = match.group(1).decode("ascii", "replace").lower() if match else ""
    return "gb18030" if name in ("gb2312", "gbk") else name


def html_tables(text: str) -> list[HtmlTable]:
    """Every table of a page that has a cell, in the order in which they begin."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end_all()
    return [table for table in reader.tables if any(table.rows)]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[HtmlTable] = []
        self._open: list[HtmlTable] = []
        self._cells: list[list[str] | None] = []
        self._spans: list[tuple[int, int]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            table = HtmlTable()
            self.tables.append(table)
            self._open.append(table)
            self._cells.append(None)
            self._spans.append((1, 1))
        elif tag == "tr" and self._open:
            self._end_cell()
            self._open[-1].rows.append([])
        elif tag in ("td", "th") and self._open:
            self._end_cell()
            if not self._open[-1].rows:
                self._open[-1].rows.append([])
            said = dict(attrs)
            self._cells[-1] = []
            self._spans[-1] = (_span(said.get("rowspan")), _span(said.get("colspan")))
        elif tag in ("br", "p", "div") and self._open and self._cells[-1] is not None:
            self._cells[-1].append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("td", "th", "tr") and self._open:
            self._end_cell()
        elif tag == "table" and self._open:
            self._end_cell()
            self._open.pop()
            self._cells.pop()
            self._spans.pop()

    def handle_data(self, data: str) -> None:
        if self._open and not self._silent and self._cells[-1] is not None:
            self._cells[-1].append(data)

    def end_all(self) -> None:
        """Close what the page left open."""
        while self._open:
            self.handle_endtag("table")

    def _end_cell(self) -> None:
        said = self._cells[-1]
        if said is None:
            return
        self._cells[-1] = None
        table = self._open[-1]
        row, top = table.rows[-1], len(table.rows)
        while (top, len(row) + 1) in table.taken:
            row.append("")
        down, across = self._spans[-1]
        left = len(row) + 1
        row += [re.sub(r"[ \t\r\n]+", " ", "".join(said)).strip(" "), *[""] * (across - 1)]
        if down > 1 or across > 1:
            table.merged.append((top, left, top + down - 1, left + across - 1))
            table.taken |= {(r, c) for r in range(top + 1, top + down) for c in range(left, left + across)}


def _span(text: str | None) -> int:
    return min(int(text), WIDEST) if text and re.fullmatch(r"[1-9]\d{0,5}", text, re.ASCII) else 1
