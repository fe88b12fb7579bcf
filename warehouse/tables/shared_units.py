"""A line that states several units (单位：家，亿美元，%): which of them each column has, by the words of its heading.

A column that the words do not settle gets none, and the steward is told that the units are mixed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from warehouse.tables.units import Unit, speaks_of_change

if TYPE_CHECKING:
    from warehouse.tables.heads import Head

_STATED = re.compile(r"(?:单位|單位|単位|단위|units?)\s*[:：]\s*(?P<units>[^()（）]+)", re.IGNORECASE)
_KINDS = (
    (r"[%％‰]|per ?cent", r"率|比重|占比|比例|同比|增长|增幅|增减|構成比|\bshare\b|\brate\b|\bper ?cent"),
    (r"人泊|泊|夜|nights?", r"泊|夜|nights?"),
    (r"人次|人天|人|명|persons?|people",
     r"人次|人数|人口|游客|旅客|客数|客$|visitors|arrivals|tourists|persons|people"),
    (r"家|个|個|所|座|件|项|户|건|개|units?|number", r"[数數]$|건수|개수|个数|家数|number|count"),
    (r"元|圆|円|ドル|원|달러|불|美元|\$|€|£|dollar|euro|yuan|\byen\b|\bRMB\b|\bUSD\b",
     r"额|額|금액|무역수지|수출액|수입액|收入|支出|消费|消費|花费|投资|外资|产值|增加值|生产总值|费用?$|\bGDP\b|amount|value|revenue|receipts|"
     r"earnings|spending"),
)  # fmt: skip
"""What a unit of a kind is written with, and what a heading of such figures says; the first that fits is taken."""


def units_by_heading(lines: Sequence[str], heads: Sequence[Head], columns: Sequence[int]) -> dict[int, str]:
    """Column -> the unit of its kind among those that a line states; columns that state their own are left out.

    Of a percentage and one other unit the other is that of all columns that are no share.
    """
    stated = next((m["units"] for line in lines if (m := _STATED.search(line))), "")
    units = [unit for part in re.split(r"[、,，;；/]|\s{2,}", stated) if (unit := part.strip())]
    if len(units) < 2:
        return {}
    kinds = [_kind_of(unit, written=True) for unit in units]
    other = units[1 - kinds.index(0)] if len(units) == 2 and kinds.count(0) == 1 else ""
    found: dict[int, str] = {}
    for column, head in zip(columns, heads, strict=True):
        said = " ".join(head.names)
        kind = 0 if speaks_of_change(head.names) else _kind_of(said, written=False, among=kinds)
        if head.unit is None and said and kind >= 0 and kinds.count(kind) == 1:
            found[column] = units[kinds.index(kind)]
        elif head.unit is None and other:
            found[column] = other
    return found


_OF_ITS_OWN = re.compile(
    r"人均|户均|戶均|平均|每|均$|占|\b(?:per|average|mean|occupancy|factor|rates?|ratio|share|index|number|count)\b|"
    r"[(（][^()（）]*(?:[万萬亿億千百%％]|thousand|million)[^()（）]*[)）]\s*$",
    re.IGNORECASE,
)
"""What has a unit of its own, whatever it stands under: a mean, a rate, a count, or what a bracket says so of."""


def counted_alike(name: str, whole: Unit) -> bool:
    """Whether a part that states no unit may have that of its whole: no mean, no share, nothing of another kind."""
    if whole.relative or speaks_of_change((name,)) or _OF_ITS_OWN.search(name):
        return False
    own, kind = _kind_of(name, written=False), _kind_of(whole.printed or whole.words, written=True)
    return own < 0 or own == kind


def _kind_of(text: str, *, written: bool, among: Sequence[int] = range(len(_KINDS))) -> int:
    words = [(n, pair[0 if written else 1]) for n, pair in enumerate(_KINDS) if n in among]
    return next((n for n, pattern in words if re.search(pattern, text, re.IGNORECASE)), -1)
