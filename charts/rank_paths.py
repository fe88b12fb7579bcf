"""Ranks over time: what they were and where they may go; the chance of being first."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from charts import columns, theme
from charts.errors import BadColumn
from charts.frame import Frame, page, px_rules, px_text, size_named
from charts.numbers import chance_told
from charts.rank_marks import apart, dots, line, page_around, words_at, year_of
from charts.text import clean, width

PATH_LEAST = 0.04
MOST_PATHS = 10
MOST_LINES = 4
FEWEST_PLACES = 5
OTHERS = "#8a929b"
LINES = (theme.MEDIAN, theme.TARGET, theme.TREND, theme.QUIET)
DASHES = ([1, 0], [7, 3], [2, 3], [8, 3, 2, 3])


Past = list[tuple[date, float]]


def paths(
    history: Any,
    chances: Any,
    *,
    title: str,
    today: date,
    target: date,
    marked: str = "",
    subtitle: str = "",
    lang: str = "en",
    footer: Sequence[str] = (),
    size: str = "page",
    axis: str = "",
    description: str = "",
) -> alt.LayerChart:
    """Ranks so far as lines, and from today's a path to every rank it may have, as wide and dark as that is likely.

    `history`: rows of {entity, date, rank}; `chances`: rows of {entity, rank, chance} on `target`. The first 10
    entities of `chances` are drawn, `marked` in blue. Raises `BadColumn` for no rows, `TooMuchText` as `heat`.
    """
    ends: dict[str, dict[int, float]] = {}
    for row in columns.rows(chances):
        found = ends.setdefault(clean(str(row["entity"])), {})
        found[int(columns.number(row["rank"], "rank"))] = columns.number(row["chance"], "chance")
    names = list(ends)[:MOST_PATHS]
    if marked in ends and marked not in names:
        names[-1] = marked
    past = _by_entity(history, "rank")
    seen = {name: past[name] for name in names if name in past}
    if not seen:
        raise BadColumn("chart_nothing_to_draw", column="rank")
    page_size = size_named(size)
    u = page_size.unit
    likely = {n: {r: c for r, c in ends[n].items() if c >= PATH_LEAST} for n in names}
    drawn = [r for n in names for r in likely[n]] + [r for told in seen.values() for _, r in told]
    deepest = int(max(FEWEST_PLACES, *drawn))
    label = max(width(n, page_size.label) for n in names) + 18 * u
    around = page_around(page_size, [str(deepest)], title, subtitle, axis, footer, right=label)
    step = around.height / deepest
    days = sorted({day for told in seen.values() for day, _ in told} | {target})

    def at(day: date, rank: float) -> dict[str, float]:
        return {"x": _x(day, days, around), "y": (rank - 0.5) * step}

    layers: list[Any] = [
        _across([at(target, r)["y"] for r in range(1, deepest + 1)], around, color=theme.FAINT, strokeWidth=1),
        px_rules(
            [{"x": _x(today, days, around), "y": 0, "x2": _x(today, days, around), "y2": around.height}],
            color=theme.AXIS,
            strokeWidth=u,
            strokeDash=[3 * u, 3 * u],
        ),
    ]
    for name in sorted(seen, key=lambda n: n == marked):
        ink = theme.MEDIAN if name == marked else OTHERS
        rows = [at(day, rank) for day, rank in seen[name]]
        for to, chance in sorted(likely[name].items(), key=lambda item: item[1]):
            layers.append(line([rows[-1], at(target, to)], ink, max(0.9, 13 * chance) * u, opacity=0.3 + 0.5 * chance))
        layers.append(line(rows, ink, (3.2 if name == marked else 2) * u))
        layers.append(dots(rows, ink, 34 * u * u))
    every = max(1, math.ceil(page_size.label * 1.2 / step))
    words = [
        words_at(-8 * u, at(target, r)["y"], str(r), page_size.label, theme.QUIET, "right")
        for r in range(1, deepest + 1, every)
    ]
    expected = {n: sum(r * c for r, c in ends[n].items()) / max(sum(ends[n].values()), 1e-9) for n in names}
    wanted = [(at(target, expected[n])["y"], n) for n in names]
    for y, name in apart(wanted, page_size.label * 1.25, around.height):
        ink = theme.MEDIAN if name == marked else theme.INK
        text = words_at(around.width + 10 * u, y, name, page_size.label, ink, "left")
        words.append({**text, "weight": "bold" if name == marked else "normal"})
    words += _years_below(days, around, lang)
    with debug_mode(False):
        return page([*layers, *px_text([*words, *around.texts])], around, description=description or title)


def first(
    chances: Any,
    *,
    title: str,
    subtitle: str = "",
    lang: str = "en",
    footer: Sequence[str] = (),
    size: str = "page",
    axis: str = "",
    description: str = "",
) -> alt.LayerChart:
    """The chance of being first over time: rows of {entity, date, chance}, 4 entities at most, a line each from 0 to 1.

    A dashed line marks one half. Raises `BadColumn` for no rows, `TooMuchText` as `heat`.
    """
    lines = dict(itertools.islice(_by_entity(chances, "chance").items(), MOST_LINES))
    if not lines:
        raise BadColumn("chart_nothing_to_draw", column="chance")
    days = sorted({day for told in lines.values() for day, _ in told})
    page_size = size_named(size)
    u = page_size.unit
    told = {n: f"{n} {chance_told(rows[-1][1])}" for n, rows in lines.items()}
    label = max(width(text, page_size.label) for text in told.values()) + 16 * u
    around = page_around(page_size, ["100%"], title, subtitle, axis, footer, right=label)

    def y_of(chance: float) -> float:
        return (1 - chance) * around.height

    layers: list[Any] = []
    words = []
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        dash = {"strokeDash": [6 * u, 4 * u]} if tick == 0.5 else {}
        layers.append(_across([y_of(tick)], around, color=theme.AXIS if dash else theme.FAINT, strokeWidth=u, **dash))
        words.append(words_at(-8 * u, y_of(tick), f"{100 * tick:.0f}%", page_size.label, theme.QUIET, "right"))
    inks = dict(zip(lines, LINES, strict=False))
    for (name, pairs), dashes in zip(lines.items(), DASHES, strict=False):
        rows = [{"x": _x(day, days, around), "y": y_of(chance)} for day, chance in pairs]
        layers.append(line(rows, inks[name], 2.6 * u, dash=[n * u for n in dashes]))
        layers.append(dots(rows, inks[name], 40 * u * u))
    wanted = [(y_of(rows[-1][1]), name) for name, rows in lines.items()]
    for y, name in apart(wanted, page_size.label * 1.3, around.height):
        words.append(words_at(around.width + 9 * u, y, told[name], page_size.label, inks[name], "left"))
    words += _years_below(days, around, lang)
    with debug_mode(False):
        return page([*layers, *px_text([*words, *around.texts])], around, description=description or title)


def _by_entity(table: Any, column: str) -> dict[str, Past]:
    """Rows of {entity, date, `column`} as days with their numbers by entity, oldest first."""
    found: dict[str, Past] = {}
    for row in columns.rows(table):
        told = (columns.day(row["date"], "date"), columns.number(row[column], column))
        found.setdefault(clean(str(row["entity"])), []).append(told)
    return {name: sorted(told) for name, told in found.items()}


def _x(day: date, days: Sequence[date], around: Frame) -> float:
    """The px of a day on a plot that reaches over `days`, which are in order."""
    return (day - days[0]).days / max((days[-1] - days[0]).days, 1) * around.width


def _across(heights: Sequence[float], around: Frame, **ink: Any) -> Any:
    """Rules over the whole plot."""
    return px_rules([{"x": 0, "y": y, "x2": around.width, "y2": y} for y in heights], **ink)


def _years_below(days: Sequence[date], around: Frame, lang: str) -> list[dict[str, Any]]:
    """The years of the days under the plot, so many as have room."""
    size = around.size
    xs = [_x(day, days, around) for day in days]
    need = width("2025年", size.label) + 6 * size.unit
    every = max([1, *(math.ceil(need / (b - a)) for a, b in itertools.pairwise(xs))])
    y = around.height + 14 * size.unit
    return [
        words_at(x, y, year_of(day, lang), size.label, theme.QUIET, "center")
        for x, day in list(zip(xs, days, strict=True))[::every]
    ]
