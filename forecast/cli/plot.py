"""A small fan for a terminal: bands by the density of their signs, so it reads without colour too."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from datetime import date

from forecast.projection import Projection
from forecast.sentences import say
from forecast.workflow.course import value_told
from forecast.workflow.project import Projected
from warehouse.records import Observation

SHADES = "░▒▓█"
MEDIAN, STATED, DERIVED, BOUND = "━", "●", "○", {"at_least": "▲", "at_most": "▼"}
HEIGHT = 13
NARROWEST, WIDEST = 40, 100
INKS = {"░": "38;5;153", "▒": "38;5;110", "▓": "38;5;67", "█": "38;5;25", MEDIAN: "1;34", **dict.fromkeys("●○▲▼", "1")}


def terminal_width() -> int:
    """Columns to draw in: COLUMNS or the terminal's, within reason; 80 where there is no terminal."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((80, 24)).columns))


def coloured() -> bool:
    """Whether to colour: a terminal that can, and no NO_COLOR (https://no-color.org: set and not empty)."""
    return not os.environ.get("NO_COLOR") and sys.stdout.isatty() and os.environ.get("TERM", "") not in ("", "dumb")


def fan_text(result: Projected, lang: str, *, wide: int, colour: bool) -> str:
    """The fan of a projection in `wide` columns: announced figures, bands, median, both axes, and what each sign is."""
    from rich.cells import cell_len

    p, used = result.projection, result.evidence.used
    tails = [q for q in p.probs if q < 0.5][-len(SHADES) :]
    outer = tails[0] if tails else 0.5
    known = [o.value for o in used] + [p.quantile(q, i) for i in range(len(p.dates)) for q in (outer, 0.5)]
    known += [p.quantile(round(1 - outer, 6), i) for i in range(len(p.dates))]
    low, high = min(known), max(known)
    if high <= low:
        low, high = low - 1, high + 1
    labels = [_told(value, result, lang) for value in (high, (low + high) / 2, low)]
    margin = max(map(cell_len, labels)) + 1
    columns = wide - margin - 2
    start, end = used[0].period_end, p.dates[-1]
    grid = [[" "] * columns for _ in range(HEIGHT)]

    def row(value: float) -> int:
        return round((high - value) / (high - low) * (HEIGHT - 1))

    def column(day: date) -> int:
        return round((day - start).days / max((end - start).days, 1) * (columns - 1))

    anchor = used[-1] if result.window is None else None
    for x in range(columns):
        _band(grid, x, p, tails, anchor, column, row)
    for o in used:
        grid[row(o.value)][column(o.period_end)] = _sign(o)
    lines = []
    marks = {0: labels[0], HEIGHT // 2: labels[1], HEIGHT - 1: labels[2]}
    for y, cells in enumerate(grid):
        mark = marks.get(y, "")
        lines.append(f"{' ' * (margin - cell_len(mark))}{mark} │{_painted(cells, colour)}")
    lines.append(f"{'':>{margin}} └{'─' * columns}")
    lines.append(f"{'':>{margin}}  {start.year}{end.year:>{columns - 4}}")
    bands = " ".join(f"{SHADES[i + len(SHADES) - 1 - len(tails)]} {100 - 200 * q:g} %" for i, q in enumerate(tails))
    told = say("plot_told", lang, bands=bands or "-", point=STATED, line=MEDIAN)
    return "\n".join([*(line.rstrip() for line in lines), f"{'':>{margin}}  {told}"])


def _told(value: float, result: Projected, lang: str) -> str:
    return value_told(value, result.indicator, lang)


def _sign(o: Observation) -> str:
    return BOUND.get(o.qualifier) or (STATED if o.nature == "stated" else DERIVED)


def _band(
    grid: list[list[str]],
    x: int,
    p: Projection,
    tails: Sequence[float],
    anchor: Observation | None,
    column: Callable[[date], int],
    row: Callable[[float], int],
) -> None:
    """Fill one column: quantiles between two dates lie on straight lines, from the last announced figure on."""
    places = [column(day) for day in p.dates]
    if anchor is not None:
        places.insert(0, column(anchor.period_end))
    lone = len(places) == 1
    if not (places[0] - (2 if lone else 0) <= x <= places[-1]):
        return
    later = next((i for i, at in enumerate(places) if at >= x), len(places) - 1)
    before = max(later - 1, 0)
    span = places[later] - places[before]
    share = (x - places[before]) / span if span else 1.0

    def at(prob: float) -> float:
        ends = []
        for i in (before, later):
            on = i - 1 if anchor is not None else i
            ends.append(anchor.value if anchor is not None and on < 0 else p.quantile(prob, on))
        return ends[0] + (ends[1] - ends[0]) * share

    for i, q in enumerate(tails):
        shade = SHADES[i + len(SHADES) - 1 - len(tails)]
        for y in range(row(at(round(1 - q, 6))), row(at(q)) + 1):
            grid[y][x] = shade
    grid[row(at(0.5))][x] = MEDIAN


def _painted(cells: Sequence[str], colour: bool) -> str:
    if not colour:
        return "".join(cells)
    made, ink = "", ""
    for sign in cells:
        wanted = INKS.get(sign, "")
        if wanted != ink:
            made += ("\x1b[0m" if ink else "") + (f"\x1b[{wanted}m" if wanted else "")
            ink = wanted
        made += sign
    return made + ("\x1b[0m" if ink else "")
