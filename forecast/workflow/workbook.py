"""A report as a workbook: an overview, one sheet an indicator with a native chart, the sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from charts.book import Block, FanChart, Page, names, write_book
from forecast.sentences import counted, say, tell
from forecast.workflow import course
from forecast.workflow import report_words as words
from forecast.workflow.chart import bands_told, source_line, title_of
from forecast.workflow.codes import facts_code
from forecast.workflow.course import told_level, when_told
from forecast.workflow.opening import tool_version
from forecast.workflow.printed import printed
from forecast.workflow.project import Projected
from forecast.workflow.report_page import heading
from forecast.workflow.report_tables import left_out_rows, period, source_rows
from forecast.workflow.reporting import Report, report_meta

Cells = list[list[Any]]


def write_workbook(report: Report, path: Path, langs: Sequence[str]) -> Path:
    """Write the workbook; with two languages each has its own sheets. Raises `charts.errors.UnwritableFile`."""
    wanted, made = [], []
    for lang in langs:
        titles = [_sheet_name(r, lang) for r in report.projected]
        wanted += [say("sheet_overview", lang), *titles]
        wanted += [say("sheet_refused", lang)] if report.refused else []
        wanted.append(say("sheet_sources", lang))
    given = iter(names(wanted))
    for lang in langs:
        overview = next(given)
        own = [next(given) for _ in report.projected]
        made.append(_overview(report, overview, own, lang))
        made += [_sheet(r, name, lang) for r, name in zip(report.projected, own, strict=True)]
        if report.refused:
            made.append(_refused(report, next(given), lang))
        made.append(_sources(report, next(given), lang))
    return write_book(made, path, title=heading(report, langs[0]), meta=report_meta(report, langs))


def _sheet_name(r: Projected, lang: str) -> str:
    owner = f" {r.entity.name[lang]}" if "/" in r.entity.slug else ""
    return r.indicator.name[lang] + owner


def _table(rows: Sequence[Mapping[str, Any]]) -> tuple[list[str], Cells]:
    heads = list(dict.fromkeys(h for row in rows for h in row))
    return heads, [[row.get(h) for h in heads] for row in rows]


def _value(value: float, r: Projected) -> float:
    return float(round(value)) if r.indicator.integer else value


def _overview(report: Report, name: str, own: Sequence[str], lang: str) -> Page:
    rows: Cells = []
    level = next((v for r in report.projected if (v := told_level(r.projection)) is not None), 80.0)
    for r, sheet in zip(report.projected, own, strict=True):
        p, last = r.projection, r.evidence.used[-1]
        band = p.interval(level) if told_level(p) == level else (None, None)
        rows.append(
            [
                (sheet, r.indicator.name[lang]),
                r.entity.name[lang],
                r.indicator.unit[lang],
                printed(last, r.indicator, lang),
                last.period_end,
                p.dates[-1],
                _value(p.quantile(0.5), r),
                *(None if v is None else _value(v, r) for v in band),
                words.rests_on(r, lang),
                facts_code(r),
            ]
        )
    heads = [say(f"column_{k}", lang) for k in ("indicator", "entity", "unit")]
    heads += [say("report_last", lang), say("column_period_end", lang)]
    heads += [say(f"column_{k}", lang) for k in ("target_date", "median")]
    heads += [say(f"sheet_{side}_of", lang, level=f"{level:g}") for side in ("low", "high")]
    heads += [say("report_basis", lang), say("report_about_code", lang)]
    lines = [say("report_subtitle", lang, plan=report.plan[lang], as_of=report.as_of.isoformat())]
    lines += [
        course.of_report(r, lang) + words.target_told(r, lang) + words.pace_told(r, lang)
        for r in report.projected
        if r.target or len(r.evidence.used) > 1
    ]
    lines.append(f"{say('report_about_code', lang)} {report.code} · forecast {tool_version()} · {report.command}")
    block = Block(caption=say("report_board", lang), heads=heads, rows=rows)
    return Page(name=name, heading=heading(report, lang), lines=lines, blocks=[block])


def _sheet(r: Projected, name: str, lang: str) -> Page:
    p, title = r.projection, title_of(r, lang)
    tails = [q for q in p.probs if q < 0.5]
    shown = [f"{100 - 200 * q:g}" for q in tails]
    heads = [say("column_target_date", lang), say("sheet_announced", lang), say("column_median", lang)]
    for level in shown:
        heads += [say("sheet_low_of", lang, level=level), say("sheet_high_of", lang, level=level)]
    rows: Cells = [[o.period_end, o.value, None, *[None] * (2 * len(tails))] for o in r.evidence.used]
    for on, day in enumerate(p.dates):
        edges = [_value(v, r) for q in tails for v in p.interval(round(100 - 200 * q, 4), on)]
        rows.append([day, None, _value(p.quantile(0.5, on), r), *edges])
    fan = FanChart(
        title=title,
        unit=r.indicator.unit[lang],
        day=0,
        announced=1,
        median=2,
        bands=[(3 + 2 * i, 4 + 2 * i, f"{level} %") for i, level in enumerate(shown)],
        whole=r.indicator.integer,
        join=r.window is None,
    )
    blocks = [Block(caption=say("report_projection_table", lang, title=title), heads=heads, rows=rows, fan=fan)]
    kept = ("period", "as_stated", "value", "low", "high", "qualifier", "nature", "published", "source", "place", "id")
    figures: Cells = [
        [
            period(o), o.as_stated, o.value, o.low, o.high,
            say(f"qualifier_{o.qualifier}", lang), say(f"nature_{o.nature}", lang), o.published, o.source,
            o.locator or None, o.id,
        ]
        for o in r.evidence.used
    ]  # fmt: skip
    caption = say("report_figures_table", lang, title=title)
    blocks.append(Block(caption=caption, heads=[say(f"column_{k}", lang) for k in kept], rows=figures))
    left = left_out_rows(r, lang)
    if left:
        left_heads, cells = _table(left)
        blocks.append(Block(caption=say("report_left_table", lang, title=title), heads=left_heads, rows=cells))
    told: Cells = [[text] for text in (*words.doubts(r, lang), *words.method(r, lang))]
    lines = [course.of_report(r, lang) + words.target_told(r, lang) + words.pace_told(r, lang), source_line(r, lang)]
    lines.append(
        say(
            "chart_stamp",
            lang,
            model=p.model,
            figures=counted("figures", len(r.evidence.used), lang),
            as_of=r.as_of.isoformat(),
            bands=bands_told(p, lang),
            version=tool_version(),
            code=facts_code(r),
        )
    )
    lines += ["", say("report_doubts", lang), *(str(row[0]) for row in told)]
    return Page(name=name, heading=title, lines=lines, blocks=blocks)


def _refused(report: Report, name: str, lang: str) -> Page:
    rows: Cells = []
    for r, last in report.refused:
        told = None if last is None else printed(last, r.indicator, lang)
        day = None if last is None else last.period_end
        rows.append([r.indicator.name[lang], r.entity.name[lang], told, day, tell(r.reason, lang)])
    heads = [say("column_indicator", lang), say("column_entity", lang), say("report_last", lang)]
    heads += [say("column_period_end", lang), say("column_reason", lang)]
    block = Block(caption=say("report_refused_told", lang), heads=heads, rows=rows)
    return Page(name=name, heading=say("report_refused", lang), blocks=[block])


def _sources(report: Report, name: str, lang: str) -> Page:
    heads, rows = _table(source_rows(report, lang))
    block = Block(caption=say("report_sources_table", lang), heads=heads, rows=rows)
    when = when_told(report.end, lang)
    return Page(name=name, heading=f"{say('report_sources', lang)} · {when}", blocks=[block])
