"""The fan chart: what was announced, and where it may go, with every band named where it ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from charts import symbols, theme
from charts.columns import Fan, Point, Trend
from charts.endings import end_labels
from charts.frame import Frame, layer, page, px_rules, px_text
from charts.layout import lay_out
from charts.numbers import shown, shown_range
from charts.observed import observed, placed_words, set_apart
from charts.plot import Plot, years
from charts.theme import Size
from charts.words import word


def fan(
    observations: Any,
    forecast: Any,
    *,
    title: str,
    subtitle: str = "",
    unit: str = "",
    lang: str = "en",
    target: Mapping[str, Any] | None = None,
    footer: Sequence[str] = (),
    size: str = "page",
    trends: Iterable[Mapping[str, Any]] = (),
    apart: Any = (),
    integers: bool | None = None,
    limits: tuple[float | None, float | None] = (None, None),
    join: bool = True,
    description: str = "",
) -> alt.LayerChart:
    """A fan chart of one series, exactly as large as its size says (a page or column grows for long text).

    `observations`: rows of {date, value, low, high, qualifier, nature, label, date_low, date_high}, all but the first
    two optional. `forecast`: rows of {target_date, output_type, output_type_id, value}; with the median alone there is
    a line and no band. `unit` stands over the axis. `target`: {value, label}. `footer`: source and method, a line or
    more each. `trends`: {label, points}, drawn thin and dashed. `apart`: rows like observations with a `why` (see
    `columns.REASONS`): figures drawn beside the series and joined with nothing. `integers`: print small values whole;
    default: when all observed values are. `limits`: what no value passes (100 for a share), so no axis value either.
    `join`: draw from the last observation; wrong for totals over a span. `description`: for those who cannot see it.

    Raises `BadColumn` for what cannot be drawn, `TooMuchText` when a slide has no room, `KeyError` for a language.
    """
    made = lay_out(
        observations,
        forecast,
        title=title,
        subtitle=subtitle,
        unit=unit,
        lang=lang,
        target=target,
        footer=footer,
        size=size,
        trends=trends,
        apart=apart,
        integers=integers,
        limits=limits,
        join=join,
        description=description,
    )
    plot, page_size, whole = made.plot, made.size, made.whole
    with debug_mode(False):  # Altair would check every argument against its schema, which takes half of the time
        layers = [
            *_axes(plot, page_size, made.values, made.form.expression(), lang),
            *_bands(plot, made.origin, made.future, page_size, lang, whole),
            *_trends(plot, made.lines, page_size),
            *_target(plot, made.goal, page_size),
            *set_apart(plot, made.points, made.apart, page_size, lang, whole),
            *observed(plot, made.points, made.spreads, made.ranged, page_size, lang, whole),
            *end_labels(plot, made.ends, page_size),
            *placed_words(made),
            *_key(made.around),
            *px_text(made.around.texts),
        ]
        return page(layers, made.around, description=made.description)


def _axes(plot: Plot, size: Size, values: Sequence[float], expression: str, lang: str) -> list[Any]:
    marks, bounds, ending = years(plot, size, lang)
    x = alt.X(
        "date:T",
        title=None,
        scale=plot.x_scale(),
        axis=alt.Axis(
            values=marks,
            labelExpr=f"utcFormat(datum.value, '%Y') + '{ending}'",
            grid=False,
            labelAlign="center",
        ),
    )
    y = alt.Y(
        "value:Q",
        title=None,
        scale=plot.y_scale(),
        axis=alt.Axis(values=list(values), labelExpr=expression, grid=True),
    )
    ground = layer([{"date": plot.start.isoformat(), "value": plot.low}]).mark_point(opacity=0, size=0)
    lines = [{"x": 0, "y": plot.height, "x2": plot.width, "y2": plot.height}]
    lines += [{"x": x_, "y": plot.height, "x2": x_, "y2": plot.height + 5 * size.unit} for x_ in bounds]
    return [ground.encode(x=x, y=y), px_rules(lines, color=theme.AXIS, strokeWidth=size.unit)]


def _bands(plot: Plot, origin: Point | None, future: Fan | None, size: Size, lang: str, whole: bool) -> list[Any]:
    if future is None:
        return []
    lone = origin is None and len(future.dates) == 1
    made: list[Any] = []
    for ink, (level, edges) in zip(theme.bands(len(future.bands)), future.bands.items(), strict=True):
        rows = [{"date": origin.date.isoformat(), "low": origin.value, "high": origin.value}] if origin else []
        rows += [
            {"date": d.isoformat(), "low": lo, "high": hi, "level": level}
            for d, (lo, hi) in zip(future.dates, edges, strict=True)
        ]
        x, y, y2 = plot.x("date"), plot.y("low"), alt.Y2("high:Q")
        if lone:
            bar = layer(rows).mark_rule(color=ink, strokeWidth=22 * size.unit, xOffset=-11 * size.unit)
            made.append(bar.encode(x=x, y=y, y2=y2))
        else:
            made.append(layer(rows).mark_area(color=ink, opacity=1, tooltip=None).encode(x=x, y=y, y2=y2))
    rows = [{"date": origin.date.isoformat(), "value": origin.value}] if origin else []
    rows += [{"date": d.isoformat(), "value": v} for d, v in zip(future.dates, future.median, strict=True)]
    x, y = plot.x("date"), plot.y("value")
    if lone:
        dash = layer(rows).mark_point(
            shape="stroke", size=(24 * size.unit) ** 2, stroke=theme.MEDIAN, strokeWidth=3 * size.unit,
            xOffset=-11 * size.unit, opacity=1,
        )  # fmt: skip
        made.append(dash.encode(x=x, y=y))
    else:
        line = layer(rows).mark_line(color=theme.MEDIAN, strokeWidth=2.4 * size.unit, tooltip=None)
        made.append(line.encode(x=x, y=y))
    hover = []
    for i, (when, value) in enumerate(zip(future.dates, future.median, strict=True)):
        row = {"date": when.isoformat(), "value": value, "median": shown(value, lang, integers=whole)}
        for level, edges in future.bands.items():
            row[f"p{level:g}".replace(".", "_")] = shown_range(*edges[i], lang, integers=whole)
        hover.append(row)
    tips = [alt.Tooltip("date:N", title=word("date", lang))]
    tips.append(alt.Tooltip("median:N", title=word("median", lang, value="").strip()))
    for level in reversed(future.bands):
        field = f"p{level:g}".replace(".", "_")
        tips.append(alt.Tooltip(f"{field}:N", title=word("band", lang, level=f"{level:g}", range="").strip()))
    made.append(
        layer(hover)
        .mark_point(shape="circle", size=(26 * size.unit) ** 2, opacity=0, filled=True)
        .encode(x=x, y=y, tooltip=tips)
    )
    return made


def _trends(plot: Plot, lines: Sequence[Trend], size: Size) -> list[Any]:
    made = []
    for i, trend in enumerate(lines):
        rows = [{"date": d.isoformat(), "value": v} for d, v in zip(trend.dates, trend.values, strict=True)]
        made.append(
            layer(rows)
            .mark_line(
                color=theme.TREND,
                strokeWidth=1.4 * size.unit,
                strokeDash=[n * size.unit for n in theme.DASHES[i % len(theme.DASHES)]],
                tooltip=None,
            )
            .encode(x=plot.x("date"), y=plot.y("value"))
        )
    return made


def _target(plot: Plot, goal: float | None, size: Size) -> list[Any]:
    if goal is None:
        return []
    return [
        layer([{"value": goal}])
        .mark_rule(color=theme.TARGET, strokeWidth=1.8 * size.unit, strokeDash=[9 * size.unit, 5 * size.unit])
        .encode(y=plot.y("value"))
    ]


def _key(around: Frame) -> list[Any]:
    made = []
    for kind, x, y in around.key:
        form, filled = symbols.KEY.get(kind) or symbols.APART[kind]
        shift = {"up": 9, "down": -9}.get(form, 0) * around.size.unit
        chart = symbols.mark(layer([{"x": x, "y": y + shift}]), form, filled, around.size)
        made.append(chart.encode(x=alt.X("x:Q", scale=None, axis=None), y=alt.Y("y:Q", scale=None, axis=None)))
    return made
