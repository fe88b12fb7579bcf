"""What the lines around a table say of it: title, unit, publisher, and when it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from warehouse.tables.cells import plain
from warehouse.tables.grid import Grid
from warehouse.tables.label_names import shortened, without_prefix
from warehouse.tables.lines import SOURCE_LINE
from warehouse.tables.periods import period_of
from warehouse.tables.shape import ColumnSeen, Seen
from warehouse.tables.units import Unit, line_unit, take_unit, unit_of

_PUBLISHED = re.compile(
    r"last updat|date updated|\bupdated(?: on)?\s*[:：]|(?:release|publication) date|date of (?:release|publication)|"
    r"\b(?:released|published)\b|发布日期|发布时间|發布日期|發布時間|发布于|更新时间|更新日期|最后更新|最近更新|"
    r"公布日期|公布时间|公開日|公表日|更新日|갱신일|"
    r"공표일|자료갱신일|mise à jour|date de publication|paru le|aktualisiert|veröffentlicht|erscheinungsdatum|"
    r"última actualización|"
    r"fecha de (?:publicación|actualización)|ultimo aggiornamento|data de publicação|última atualização|"
    r"дата публикации",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\bnext\b|下次|下期|nächste|prochaine|próxima|prossim", re.IGNORECASE)
_RETRIEVED = re.compile(r"extracted", re.IGNORECASE)
"""The day of a download: the figures were out by then, if not on it. It counts where no line tells the publication."""
_UNITS = (
    "unit of measure", "units", "单位", "计量单位", "單位", "単位", "einheit", "unité", "unidad de medida", "단위",
)  # fmt: skip
_TITLES = (
    "title", "series title", "table title", "dataset", "variable", "表題", "统计表名称",
    "統計名", "表名", "表题", "指标名称",
)  # fmt: skip
"""Keys of a list above the table whose value is its title, the best first."""
_TITLED = re.compile(
    rf"^(?:{'|'.join(_TITLES[:3])}|dataset|{'|'.join(_TITLES[5:])})\s*[:：]\s*(?P<title>\S.+)", re.IGNORECASE
)
_PUBLISHERS = (
    "source", "publisher", "data source", "资料来源", "数据来源", "資料來源", "来源",
    "发布机构", "出典", "출처", "quelle", "fuente",
)  # fmt: skip
_DATE = re.compile(
    r"\d{4}[-/]\d{1,2}[-/]\d{1,2}(?!\d)|\d{4}\. ?\d{1,2}\. ?\d{1,2}(?!\d)|\d{4}年\d{1,2}月\d{1,2}日|"
    r"\d{1,2}[-/ .](?:\d{1,2}|[A-Z][a-zé]{2,8}\.?)[-/ .]\d{4}|[A-Z][a-z]{2,8}\.? \d{1,2}, ?\d{4}"
)


_MAGNITUDE = re.compile(r"(?P<unit>[^,]{1,30}), magnitude = (?P<size>\w+)", re.IGNORECASE)


def unit_around(seen: Seen, notes: Sequence[str] = ()) -> Unit | None:
    """The unit that the title, a line above, a list of keys or a note (`$, Magnitude = Millions`) states for all."""
    pairs = _pairs(seen)
    if "preunit" in pairs or "unit" in pairs:
        return unit_of(f"{pairs.get('preunit', '')}{pairs.get('unit', '')}".strip())
    told = next((pairs[key] for key in _UNITS if pairs.get(key)), "")
    magnitude = next((m for line in notes if (m := _MAGNITUDE.match(line))), None)
    if not told and magnitude:
        return unit_of(f"{magnitude['size']} {magnitude['unit']}")
    if told:
        return unit_of(told)
    return line_unit(seen.unit) if seen.unit else line_unit(seen.title) or take_unit(seen.title)[0]


def source_around(
    seen: Seen, grid: Grid, path: Path, columns: Sequence[ColumnSeen], others: Sequence[Grid]
) -> dict[str, Any]:
    """Title, publisher and publication date, as far as the file itself states them."""
    pairs = _pairs(seen)
    told = next((c.distinct[0] for c in columns if c.heading.lower() == "structure_name" and len(c.distinct) == 1), "")
    around = [t.strip() for r in _rows_around(seen, grid) for t in grid.rows[r - 1] if t.strip()]
    stated = next((m["title"] for t in around if (m := _TITLED.search(t))), "")
    title = next((pairs[key] for key in _TITLES if pairs.get(key)), "") or stated or seen.title or told or path.stem
    title = without_prefix(re.sub(r"\s+", " ", title))
    found: dict[str, Any] = {"title": shortened(title), "publisher": _publisher(pairs, around)}
    texts = [t for t in _dated_lines(seen, grid, columns, others) if not _NEXT.search(t)]
    for kind in (_PUBLISHED, _RETRIEVED):
        days = (day for t in texts if (match := kind.search(t)) and (day := _day_in(t[match.start() :])))
        if published := next(days, None):
            found["published"] = published
            break
    return found


def _pairs(seen: Seen) -> dict[str, str]:
    return {plain(k).lower().strip(": "): v for k, v in seen.preamble}


def _publisher(pairs: dict[str, str], around: Sequence[str]) -> str:
    """Who published it: the value of a key, or what stands behind the word for a source in a line of its own."""
    told = next((pairs[key] for key in _PUBLISHERS if pairs.get(key)), "")
    lines = (m["who"] or m["owner"] for t in around if (m := SOURCE_LINE.search(t)))
    said = re.sub(r"\s+", " ", told or next(lines, "")).strip()
    said = re.sub(r"[.;。；]\s*\w{1,2}\s?=.*$", "", said)
    said = re.sub(r"(?<=\w[\w。])[.。;；]$|[,，]\s*(?:19|20)\d\d.*$", "", said)
    return shortened(said if "(" in said or "（" in said else said.rstrip(")）"))


def _rows_around(seen: Seen, grid: Grid) -> tuple[int, ...]:
    return (*range(1, seen.first_row), *range(seen.last_row + 1, len(grid.rows) + 1))


def _dated_lines(seen: Seen, grid: Grid, columns: Sequence[ColumnSeen], others: Sequence[Grid]) -> Iterator[str]:
    """What may say when the table was published: a key and what stands beside it, a line of words, a column."""
    every = [grid.rows[r - 1] for r in _rows_around(seen, grid)] + [row for g in others for row in g.rows[:40]]
    for cells in every:
        for at, text in enumerate(cells):
            if _PUBLISHED.search(text) or _RETRIEVED.search(text):
                beside = next((t for t in cells[at + 1 :] if t.strip()), "")
                yield text if _DATE.search(text) else f"{text} {beside}"
    for c in columns:
        if (_PUBLISHED.search(c.heading) or _RETRIEVED.search(c.heading)) and len(c.distinct) == 1:
            yield f"{c.heading} {c.distinct[0]}"


def _day_in(text: str) -> date | None:
    """The first day that a line names; none where day and month could be either: 05/02/2024."""
    match = _DATE.search(text)
    period = period_of(_dashed(match.group())) if match else None
    return period.end if period and period.day and period.end >= date(1950, 1, 1) else None


def _dashed(text: str) -> str:
    korean = re.fullmatch(r"(\d{4})\. ?(\d{1,2})\. ?(\d{1,2})", text)
    if korean:
        return "-".join(korean.groups())
    match = re.fullmatch(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", text)
    if match:
        return f"{match[3]}-{match[2]}-{match[1]}" if int(match[1]) > 12 else text
    return re.sub(r"[-/]", " ", text) if re.search(r"[A-Za-z]", text) else text
