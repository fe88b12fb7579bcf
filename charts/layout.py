"""Where everything in a fan chart stands, before anything is drawn: one arithmetic for every way of drawing it.

`charts.fan` draws a layout with Vega for files, `charts.inline` draws the same one as SVG for pages with many charts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from charts import columns, symbols
from charts.columns import Apart, Fan, Point, Trend
from charts.endings import Ending, endings
from charts.errors import BadColumn
from charts.frame import Frame, frame, size_named
from charts.numbers import TickFormat, tick_format, ticks
from charts.observed import told
from charts.plot import Plot
from charts.text import clean, width
from charts.theme import Size
from charts.words import word


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A fan chart ready to draw: what is drawn, in which words, and the px of its plot and page."""

    size: Size
    lang: str
    plot: Plot
    around: Frame
    points: list[Point]
    apart: list[Apart]
    future: Fan | None
    lines: list[Trend]
    goal: float | None
    goal_label: str
    whole: bool
    values: Sequence[float]
    form: TickFormat
    ends: list[Ending]
    spreads: list[Point]
    ranged: list[Point]
    origin: Point | None
    description: str


def lay_out(
    observations: Any,
    forecast: Any,
    *,
    title: str,
    subtitle: str = "",
    unit: str = "",
    lang: str = "en",
    target: Mapping[str, Any] | None = None,
    footer: Sequence[str] = (),
    size: str | Size = "page",
    trends: Iterable[Mapping[str, Any]] = (),
    apart: Any = (),
    integers: bool | None = None,
    limits: tuple[float | None, float | None] = (None, None),
    join: bool = True,
    description: str = "",
) -> Layout:
    """The layout of a fan chart; arguments and refusals are those of `charts.fan.fan`."""
    points = columns.points(observations)
    future = columns.fan(forecast)
    lines = columns.trends(trends)
    others = columns.set_apart(apart)
    if not points and future is None:
        raise BadColumn("chart_nothing_to_draw", column="value")
    whole = _whole(points) if integers is None else integers
    goal = None if target is None else columns.number(target["value"], "target")
    goal_label = clean(str((target or {}).get("label") or word("target", lang)))

    page_size = size_named(size) if isinstance(size, str) else size
    everything = sorted([*points, *(a.point for a in others)], key=lambda p: p.date)
    first = everything[0] if everything else None
    lead = width(told(first, lang, whole), page_size.label) / (0.75 * page_size.width) if first else 0.0
    start, end = _span(everything, future, lines, lead)
    known = _values(everything, future, lines, goal)
    floor = -math.inf if limits[0] is None else min(limits[0], *known)
    ceiling = math.inf if limits[1] is None else max(limits[1], *known)
    lone = len(everything) + len(lines) == 1 and future is None
    low, high, from_zero = _reach(min(known), max(known), floor, ceiling, lone, whole)
    step, values = ticks(low, high, 5 if page_size.name != "column" else 4, integers=whole)
    values = [v for v in values if floor <= v <= ceiling]
    form = tick_format(step, max(values, key=abs), lang)
    gap = 6 * page_size.unit
    left = math.ceil(page_size.margin + gap + max(width(form.text(v), page_size.label) for v in values))
    ends = endings(future, lines, page_size, lang, whole)
    room = max((e.width for e in ends), default=0.0) + (22 * page_size.unit if ends else 0)
    above = clean(unit)
    if not from_zero:
        remark = word("not_zero", lang)
        above = above + word("remark", lang, text=remark) if unit else remark
    key = [(kind, word(kind, lang)) for kind in symbols.kinds(points)]
    key += [(why, word(why, lang)) for why in columns.REASONS if any(a.why == why for a in others)]

    def framed(entries: Sequence[tuple[str, str]]) -> tuple[Frame, Plot]:
        made = frame(
            page_size,
            title=title,
            subtitle=subtitle,
            above=above,
            footer=footer,
            key=entries,
            left=left,
            right=math.ceil(page_size.margin + room),
        )
        return made, Plot(made.width, made.height, start, end, low, high)

    around, plot = framed(key)
    spreads = [p for p in points if plot.tall(p) > 12 * page_size.unit]
    ranged = [p for p in points if p.date_low is not None and p.date_high is not None]
    if spreads or ranged:
        more = [kind for kind, rows in (("spread", spreads), ("as_of", ranged)) if rows]
        around, plot = framed([*key, *((kind, word(kind, lang)) for kind in more)])
    return Layout(
        size=page_size,
        lang=lang,
        plot=plot,
        around=around,
        points=points,
        apart=others,
        future=future,
        lines=lines,
        goal=goal,
        goal_label=goal_label,
        whole=whole,
        values=values,
        form=form,
        ends=ends,
        spreads=spreads,
        ranged=ranged,
        origin=_origin(points, future, join),
        description=description or clean(f"{title}. {subtitle}".strip(". ")),
    )


def _whole(points: Sequence[Point]) -> bool:
    return all(float(p.value).is_integer() for p in points) if points else False


def _span(points: Sequence[Point], future: Fan | None, lines: Sequence[Trend], lead: float) -> tuple[date, date]:
    """The first and last day drawn; `lead` is the share of the width kept free for the first figure's words."""
    days = [d for p in points for d in (p.date, p.date_low, p.date_high) if d is not None]
    days += [d for t in lines for d in t.dates]
    days += future.dates if future else ()
    first, last = min(days), max(days)
    length = max((last - first).days, 365)
    start = first - timedelta(days=max(40, round(max(0.06, 0.8 * lead) * length)))
    end = last if future else last + timedelta(days=max(40, round(0.06 * length)))
    return start, end


def _values(points: Sequence[Point], future: Fan | None, lines: Sequence[Trend], goal: float | None) -> list[float]:
    """Every value that is drawn."""
    known = [v for p in points for v in p.extent] + [v for t in lines for v in t.values]
    known += [*future.extent] if future else []
    return known if goal is None else [*known, goal]


def _reach(
    least: float, most: float, floor: float, ceiling: float, lone: bool, whole: bool
) -> tuple[float, float, bool]:
    """The ends of the value axis for values from `least` to `most`, and whether it starts at (or spans) zero.

    A little room for words may lie beyond `floor` and `ceiling`, the limits of what is counted; no more. `lone`: there
    is a single figure.
    """
    low, high = least, most
    span = max(abs(high), 1e-9) * (0.4 if lone else 0.1)
    if high - low < span:
        low, high = max(low - span / 2, floor), min(high + span / 2, ceiling)
        low = max(low, 0.0) if least >= 0 else low
    if 0 <= low <= 0.4 * high:
        return 0.0, high + 0.06 * high, True
    pad = (high - low) * 0.08
    if whole and high - low < 4:
        pad = 1.0
    bottom = low - pad
    if low >= 0 and bottom <= 0:
        return 0.0, high + pad, True
    return bottom, high + pad, bottom <= 0 <= high


def _origin(points: Sequence[Point], future: Fan | None, join: bool) -> Point | None:
    """The observation from which the fan is drawn."""
    before = [p for p in points if future and p.date < future.dates[0]]
    return before[-1] if join and before else None
