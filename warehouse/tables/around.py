"""What the lines around a table say of it: title, unit, place, and when it was published."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from warehouse.catalogue import Catalogue
from warehouse.tables.grid import Grid
from warehouse.tables.headings import period_of
from warehouse.tables.nations import nations_in
from warehouse.tables.shape import ColumnSeen, Seen
from warehouse.tables.units import Unit, line_unit, take_unit, unit_of

_PUBLISHED = re.compile(
    r"last updat|release date|published|发布日期|发布时间|更新时间|更新日期|extracted|last update", re.IGNORECASE
)
_UNITS = (
    "unit of measure",
    "units",
    "单位",
    "计量单位",
    "單位",
    "単位",
    "einheit",
    "unité",
    "unidad de medida",
    "단위",
)
_PROVINCE = re.compile(
    "河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|"
    "西藏|宁夏|新疆|上海|天津|重庆"
)
_TITLES = ("title", "series title", "table title", "dataset", "variable", "表題", "统计表名称", "指标名称")
"""Keys of a list above the table whose value is its title, the best first."""
_DATE = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{4}年\d{1,2}月\d{1,2}日|\d{1,2} [A-Z][a-z]{2,8} \d{4}|\d{1,2}[-/ ](?:\d{1,2}|"
    r"[A-Z][a-z]{2,8})[-/ ]\d{4}"
)


def unit_around(seen: Seen) -> Unit | None:
    """The unit that the title, a line above, or a list of keys states for the whole table."""
    pairs = {k.lower().strip(": "): v for k, v in seen.preamble}
    if "preunit" in pairs or "unit" in pairs:
        return unit_of(f"{pairs.get('preunit', '')}{pairs.get('unit', '')}".strip())
    told = next((pairs[key] for key in _UNITS if pairs.get(key)), "")
    if told:
        return unit_of(told)
    return line_unit(seen.unit) if seen.unit else line_unit(seen.title) or take_unit(seen.title)[0]


def source_around(
    seen: Seen, grid: Grid, path: Path, columns: Sequence[ColumnSeen], others: Sequence[Grid]
) -> dict[str, Any]:
    """Title, publisher and publication date, as far as the file itself states them."""
    pairs = {k.lower().strip(": "): v for k, v in seen.preamble}
    told = next((c.distinct[0] for c in columns if c.heading.lower() == "structure_name" and len(c.distinct) == 1), "")
    title = next((pairs[key] for key in _TITLES if pairs.get(key)), "") or seen.title or told or path.stem
    found: dict[str, Any] = {"title": re.sub(r"\s+", " ", title)[:120], "publisher": pairs.get("source", "")}
    texts = [v for k, v in seen.preamble if _PUBLISHED.search(k)]
    texts += [t for r in (*range(1, seen.first_row), *range(seen.last_row + 1, len(grid.rows) + 1))
              for t in grid.rows[r - 1] if _PUBLISHED.search(t)]  # fmt: skip
    texts += [c.distinct[0] for c in columns if _PUBLISHED.search(c.heading) and len(c.distinct) == 1]
    texts += [t for g in others for r in g.rows[:40] for t in r if _PUBLISHED.search(t)]
    for text in texts:
        match = _DATE.search(text)
        period = period_of(_dashed(match.group())) if match else None
        if period and period.day and period.end >= date(1950, 1, 1):
            found["published"] = period.end
            break
    return found


def _dashed(text: str) -> str:
    match = re.fullmatch(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", text)
    if match:
        return f"{match[3]}-{match[2]}-{match[1]}" if int(match[1]) > 12 else text
    return re.sub(r"[-/]", " ", text) if re.search(r"[A-Za-z]", text) else text


def place_around(grid: Grid, seen: Seen, catalogue: Catalogue) -> str:
    """The place that the lines around the table name; "" where they name none."""
    notes = range(seen.last_row + 1, seen.another or len(grid.rows) + 1)
    rows = (*range(1, seen.first_row), *(r for r in notes if sum(bool(t.strip()) for t in grid.rows[r - 1]) == 1))
    around = " ".join(t for r in rows for t in grid.rows[r - 1] if t.strip())[:4000]
    named = [
        (max(len(n) for n in names), entity.slug)
        for entity in catalogue.entities.values()
        if (names := [n for n in (entity.name.zh, entity.name.en, *entity.aliases) if len(n) > 1 and n in around])
    ]
    if named:
        return max(named)[1]
    province = _PROVINCE.search(around)
    national = re.search(r"全国|国家统计局|中国(?!人民银行北京)", around)
    other = re.search(r"([\u3400-\u9fff]{2,6}?(?:省|市|自治区))(?!场|民|政|区)", around)
    if province and not national:
        return province.group()
    if national or other:
        return "全国" if national else other.group(1) if other else ""
    countries = nations_in(around)
    return countries.pop() if len(countries) == 1 else ""
