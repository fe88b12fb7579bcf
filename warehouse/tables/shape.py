"""What a sheet looks like: which rows are headings, which are figures, and what each column seems to hold.

Only looks; what it sees is proposed by `suggest` and settled by the steward.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.tables.cells import Figure, Gap, plain, read_cell
from warehouse.tables.grid import Grid
from warehouse.tables.headings import period_of, read_heading
from warehouse.tables.layout import filled
from warehouse.tables.units import line_unit

NOTE_LINE = re.compile(
    r"^\s*(?:[(（]?注|资料来源|数据来源|来源|说明|备注|source|sources|note|notes|footnote|\*|[¹²³①②③]|"
    r"\[?\d\]? [A-Z])[\s:：.0-9、]*",
    re.IGNORECASE,
)
ROLE_WORDS = (
    ("ignore", r"(?:country|indicator|series|area|region|geo|location|unit|entity|time|topic|"
    r"freq\w*)[ _]?codes?|code|代码|编码|序号|"
               r"no\.?|structure(?:[ _]id|[ _]name)?|action|dataflow|last[ _]update|"
               r"freq(?:uency)?(?: of observation)?|fips|geoid|state|sumlev|"
               r"summary level|division|region|conf_status|confidentiality status|decimals|"
               r"base_?per(?:iod)?|price_base|iso\d?|id|adm\w*code|"
               r"scalar_id|uom_id|vector|coordinate|"
               r"powercode|unit_mult_label|unit multiplier|reference period(?: code)?|time[ _]?format|行政区划代码"),
    ("multiplier", r"unit_mult|powercode code|unit multiplier code|scale|scalar_factor"),
    ("flag", r"obs[ _]flag|obs[ _]status|flag codes?|flags?|status|observation status(?: \(flag\) .*)?|"
    r"symbol|footnotes?|标记|状态"),
    ("month", r"month|月份|月|quarter|季度"),
    ("period", r"年份|年度|年|时间|时期|日期|期间|year|years|period|date|observation_date|time(?:[ _]period)?|"
    r"reference period|ref_date|time_period|年月"),
    ("unit", r"unit(?: of measure)?|unit_measure|units|单位|计量单位|uom|unit of measure.*"),
    ("value", r"obs[ _]value|value|数值|值|observation|指标值"),
    ("entity", r"地区|城市|国家|国家和地区|省市?|区县?|各区|行政区|单位名称|area|area name|"
    r"country(?: name)?|countries|region name|name|geo|geography|"
               r"geographic area|area of [a-z ]+|commune|gemeinde|land|bundesland|staat|kommune|"
               r"province|provincia|pays|pa[ií]s|county|"
        r"ref_area|reference area|location|territory|entity|state name|city|district|"
        r"geopolitical entity.*|borough|local authority|地区名称|主体"),
    ("indicator", r"指标|指标名称|项目|项\s*目|指\s*标|类别|分组|品种|indicator(?: name)?|"
    r"series(?: name)?|variable|measure|item|subject|title|"
                  r"category|statistic|characteristic|description|label"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The block of figures of a sheet and the rows above it."""

    header_rows: tuple[int, ...]
    first_row: int
    last_row: int
    title: str
    unit: str
    preamble: tuple[tuple[str, str], ...]
    below: int
    """Figures found under the last row, which is thought to be a note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSeen:
    """Counts over the rows of figures."""

    figures: int
    gaps: int
    periods: int
    texts: int
    coded: int
    distinct: tuple[str, ...]
    heading: str
    percents: int = 0

    @property
    def filled(self) -> int:
        """Cells that say something."""
        return self.figures + self.texts


def look(grid: Grid) -> Seen:
    """Find headings and figures."""
    first = next((r for r in range(1, len(grid.rows) + 1) if _is_data(grid, r)), 0)
    if not first:
        return Seen(header_rows=(), first_row=1, last_row=0, title="", unit="", preamble=(), below=0)
    data = [r for r in range(first, len(grid.rows) + 1) if _figures(grid, r)]
    last = first
    below = 0
    for row in data:
        text = next((t for t in grid.rows[row - 1] if t.strip()), "")
        if NOTE_LINE.match(text) and len(text) > 6 and _filled(grid, row) <= 2 and row > first:
            below += 1
            continue
        last = row
    while last < len(grid.rows) and _only_gaps(grid, last + 1):
        last += 1
    usual = Counter(_filled(grid, r) for r in data).most_common(1)[0][0]
    header: list[int] = []
    row = first - 1
    while row >= 1 and len(header) < 6:
        cells = sum(bool(filled(grid, row, c).strip()) for c in range(1, grid.width + 1))
        wide = any(
            s.top <= row <= s.bottom and s.right > s.left and s.right - s.left < grid.width - 1 for s in grid.merged
        )
        stated = any(line_unit(t) for t in grid.rows[row - 1])
        below_another = any(s.top < row <= s.bottom for s in grid.merged)
        own = cells if below_another else _filled(grid, row)
        title = cells >= grid.width > 1 and len({filled(grid, row, c) for c in range(1, grid.width + 1)}) == 1
        enough = own >= 2 or wide
        section = own == 1 and bool(grid.rows[row - 1][0].strip()) and not wide and not title
        further = row > 1 and (_periods(grid, row - 1) > 0 or _filled(grid, row - 1) >= 3)
        if not header and (not cells or (section and further)):
            row -= 1
            continue
        sparse = (
            own < max(2, 0.3 * usual) and not wide and not (header and own >= 2 and not grid.rows[row - 1][0].strip())
        )
        if not enough or title or (stated and own <= 2) or (sparse and not _periods(grid, row)):
            break
        header.append(row)
        row -= 1
    above = [r for r in range(1, first) if r not in header]
    lines = [t.strip() for r in above for t in grid.rows[r - 1] if t.strip()]
    pairs = [tuple(t.strip() for t in grid.rows[r - 1] if t.strip()) for r in above]
    unit = next((t for t in lines if line_unit(t)), "")
    every = [t for t in lines if not line_unit(t) or len(t) > 30]
    return Seen(
        header_rows=tuple(reversed(header)),
        first_row=first,
        last_row=last,
        title=every[0][:120] if every else "",
        unit=unit,
        preamble=tuple((p[0], p[1]) for p in pairs if len(p) == 2),
        below=below,
    )


def _only_gaps(grid: Grid, row: int) -> bool:
    """Whether a row has a label and, beside it, nothing but marks of missing figures."""
    label, *others = grid.rows[row - 1]
    said = [t for t in others if t.strip()]
    return bool(label.strip() and said and not NOTE_LINE.match(label)) and all(
        isinstance(read_cell(t), Gap) for t in said
    )


def _filled(grid: Grid, row: int) -> int:
    return sum(bool(t.strip()) for t in grid.rows[row - 1])


def _figures(grid: Grid, row: int) -> int:
    """How many cells right of the first hold figures."""
    return sum(_is_figure(t, (row, c) in grid.native) for c, t in enumerate(grid.rows[row - 1][1:], 2))


def _is_figure(text: str, native: bool = False) -> bool:
    if native:
        return True
    said = text.strip()
    if not said or len(said) > 30 or not any(s.isdigit() for s in said):
        return False
    return isinstance(read_cell(said), Figure) or isinstance(read_cell(said, decimal=","), Figure)


def _periods(grid: Grid, row: int) -> int:
    cells = [t for t in grid.rows[row - 1][1:] if t.strip()]
    return sum(read_heading(t).period is not None or read_heading(t).vague for t in cells)


def _is_data(grid: Grid, row: int) -> bool:
    cells = [t for t in grid.rows[row - 1] if t.strip()]
    figures = _figures(grid, row)
    if not figures or len(cells) < 2:
        return False
    others = [plain(t) for t in grid.rows[row - 1][1:] if t.strip()]
    if [o for o in others if o.isdigit()] == [str(n) for n in range(1, len(others) + 1)] and len(others) > 1:
        return False
    if len(cells) == 2 and re.match(r"(?i)release|last updated|next|date|更新|发布|cdid|pre ?unit", cells[0]):
        return False
    if line_unit(" ".join(cells)) and len(cells) <= 2:
        return False
    years = _periods(grid, row)
    first = grid.rows[row - 1][0].strip()
    if years >= 0.5 * len(others) and period_of(first) is None:
        return False
    return figures >= 0.1 * len(others) or period_of(first) is not None


def column_seen(grid: Grid, seen: Seen, column: int, limit: int = 3000) -> ColumnSeen:
    """What the cells of a column are, over at most `limit` rows."""
    figures = gaps = periods = texts = coded = percents = 0
    distinct: dict[str, None] = {}
    for row in range(seen.first_row, min(seen.last_row, seen.first_row + limit) + 1):
        text = filled(grid, row, column).strip()
        native = (row, column) in grid.native
        if len(distinct) < 400:
            distinct.setdefault(text)
        if not text:
            gaps += 1
            continue
        if period_of(text):
            periods += 1
        if re.fullmatch(r"0\d+", text):
            coded += 1
        if _is_figure(text, native):
            figures += 1
            percents += text.endswith(("%", "％"))
        elif isinstance(read_cell(text), Gap):
            gaps += 1
        else:
            texts += 1
    heading = " ".join(dict.fromkeys(filled(grid, r, column).strip() for r in seen.header_rows)).strip()
    return ColumnSeen(
        figures=figures, gaps=gaps, periods=periods, texts=texts, coded=coded, percents=percents,
        distinct=tuple(t for t in distinct if t), heading=re.sub(r"\s+", " ", heading),
    )  # fmt: skip


def role_word(heading: str) -> str:
    """The role that a column's heading names, or ""; of a heading in two languages, if both name the same."""
    said = re.sub(r"\s+", " ", plain(heading)).strip().lower()
    whole = _role(said)
    if whole:
        return whole
    parts = {_role(part.strip()) for part in re.split(r"[ /|]+", said) if part.strip()}
    return parts.pop() if len(parts) == 1 else ""


def _role(said: str) -> str:
    for role, words in ROLE_WORDS:
        if re.fullmatch(words, said, re.IGNORECASE):
            return role
    return ""


def only_numbered(texts: Sequence[str], rows: int) -> bool:
    """Whether a heading row only numbers its columns (1 2 3, 甲 乙); ages from 0 upward are headings that mean it."""
    if all(re.fullmatch(r"[甲乙丙丁]", t) for t in texts):
        return True
    start = int(texts[0]) if texts[0].isdigit() else 0
    return rows > 1 and start in (1, 2) and list(texts) == [str(start + n) for n in range(len(texts))]
