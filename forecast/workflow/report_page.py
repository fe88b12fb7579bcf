"""A report as a page: the told sentences, tables and drawings, put together for `charts.sheet`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from charts.inline import fan_svg
from charts.markup import Html, el, items, join, table
from charts.multiples import common_span, mini_svg
from charts.numbers import shown_range, ticks
from charts.sheet import Step, Tongue, figure, sheet, slider
from forecast.sentences import counted, percent, say, tell
from forecast.workflow import course
from forecast.workflow import report_words as words
from forecast.workflow.chart import bands_told, fan_arguments, levels, source_line, title_of
from forecast.workflow.charting import cells
from forecast.workflow.codes import facts_code
from forecast.workflow.course import percent_sign, told_level, value_told, when_told
from forecast.workflow.opening import tool_version
from forecast.workflow.printed import printed
from forecast.workflow.project import Projected
from forecast.workflow.report_tables import figures_rows, left_out_rows, projection_rows, source_rows, verdict_rows
from forecast.workflow.reporting import Before, Report, changes, report_meta
from forecast.workflow.targeting import aim_of, chance_at

SLIDER_STEPS = 20
Odds = Sequence[tuple[float, float]]


def page(report: Report, langs: Sequence[str], *, font: Path | None = None, before: Before | None = None) -> str:
    """The whole HTML file."""
    chances = [odds(r) for r in report.projected]
    tongues = [
        Tongue(
            lang=lang,
            title=heading(report, lang),
            body=_body(report, lang, before, chances),
            skip=say("report_skip", lang),
            switch=say("report_switch", lang),
        )
        for lang in langs
    ]
    given = {"font": font.name if font else "", "since": before.file if before else ""}
    return sheet(tongues, meta=report_meta(report, langs, **given), font=font)


def heading(report: Report, lang: str) -> str:
    """The report's title."""
    owners = [r.entity for r in report.projected]
    owner = next((e for e in owners if "/" not in e.slug), owners[0])
    return say("report_title", lang, entity=owner.name[lang], when=when_told(report.end, lang))


def anchor(result: Projected, lang: str) -> str:
    """The id of a series' section."""
    return f"{lang}-{result.indicator.slug}-{result.entity.slug.replace('/', '-')}"


def _body(report: Report, lang: str, before: Before | None, chances: Sequence[Odds]) -> Html:
    given = [fan_arguments(r, lang) for r in report.projected]
    drawn = cells(report.projected, lang)
    span = common_span(drawn)
    minis = [mini_svg(cell, span=span) for cell in drawn]
    plan = report.plan[lang]
    return join(
        [
            el(
                "header",
                el("h1", heading(report, lang)),
                el("p", say("report_subtitle", lang, plan=plan, as_of=report.as_of.isoformat()), class_="quiet"),
            ),
            _summary(report, lang),
            _changes(report, before, lang) if before else None,
            _contents(report, lang),
            _board(report, minis, span, lang),
            *(_section(r, g, o, lang) for r, g, o in zip(report.projected, given, chances, strict=True)),
            _refused(report, lang) if report.refused else None,
            _sources(report, lang),
            _about(report, lang),
        ]
    )


def _summary(report: Report, lang: str) -> Html:
    several = [r for r in report.projected if len(r.evidence.used) > 1]
    chosen = [r for r in report.projected if r.target or r in several] or list(report.projected[:6])
    scope = say(
        "report_scope",
        lang,
        projected=len(report.projected),
        several=len(several),
        refused=len(report.refused),
        when=when_told(report.end, lang),
    )
    lines = [join([_brief(r, lang)]) for r in chosen]
    return el(
        "section", el("h2", say("report_summary", lang)), el("ul", *(el("li", x) for x in lines), class_="summary"),
        el("p", scope, class_="quiet"), id=f"{lang}-summary",
    )  # fmt: skip


def _brief(r: Projected, lang: str) -> str:
    return course.of_report(r, lang) + words.target_told(r, lang) + words.pace_told(r, lang)


def _changes(report: Report, before: Before, lang: str) -> Html:
    found = [tell(n, lang) for n in changes(report, before)]
    code = "report_changes_from" if found else "report_changes_none"
    said = say(code, lang, file=before.file, as_of=before.as_of)
    return el("section", el("h2", say("report_changes", lang)), el("p", said), items(found) if found else None)


def _contents(report: Report, lang: str) -> Html:
    def entry(address: str, text: str) -> Html:
        return el("li", el("a", text, href=f"#{lang}-{address}"))

    groups: dict[str, list[Projected]] = {}
    for r in report.projected:
        groups.setdefault(r.entity.name[lang], []).append(r)
    parts: list[Html] = [el("h2", say("report_contents", lang))]
    tops = [entry("board", say("report_board", lang))]
    if report.refused:
        tops.append(entry("refused", say("report_refused", lang)))
    tops.append(entry("sources", say("report_sources", lang)))
    parts.append(el("ul", *tops))
    for owner, members in groups.items():
        parts.append(el("h3", owner))
        listed = (el("li", el("a", r.indicator.name[lang], href=f"#{anchor(r, lang)}")) for r in members)
        parts.append(el("ol", *listed))
    return el("section", el("nav", *parts, aria_label=say("report_contents", lang)))


def _board(report: Report, minis: Sequence[str], span: tuple[date, date], lang: str) -> Html:
    rows = []
    several = len({r.entity.slug for r in report.projected}) > 1

    def head(name: str) -> str:
        return say(f"column_{name}", lang)

    when = when_told(report.end, lang)
    level = next((v for r in report.projected if (v := told_level(r.projection)) is not None), 80.0)
    inside = say("report_four_in_five", lang) if level == 80 else say("report_level_in", lang, level=f"{level:g}")
    for r, mini in zip(report.projected, minis, strict=True):
        p, last = r.projection, r.evidence.used[-1]
        band = "–"
        if told_level(p) == level:
            band = shown_range(*p.interval(level), lang, integers=r.indicator.integer) + percent_sign(r.indicator)
        name: list[object] = [el("a", r.indicator.name[lang], href=f"#{anchor(r, lang)}")]
        if several and "/" in r.entity.slug:
            name.append(el("span", f" · {r.entity.name[lang]}", class_="quiet"))
        rows.append(
            {
                head("indicator"): join(name),
                say("report_last", lang): f"{printed(last, r.indicator, lang)} ({last.period_end.year})",
                say("report_course_column", lang): Html(mini),
                head("median"): value_told(p.quantile(0.5), r.indicator, lang),
                inside: band,
                say("column_figures", lang): str(len(r.evidence.used)),
                say("report_borrowed", lang): "–" if p.borrowed is None else f"{100 * p.borrowed:.0f} %",
            }
        )
    told = say("report_board_told", lang, when=when, start=span[0].year, end=span[1].year)
    numeric = [head("median"), inside, *(say(c, lang) for c in ("report_last", "column_figures", "report_borrowed"))]
    title = say("report_board", lang)
    return el(
        "section", el("h2", title), el("p", told, class_="quiet"),
        el("div", table(title, rows, numeric=numeric, row_head=head("indicator"), label=title), class_="board"),
        id=f"{lang}-board",
    )  # fmt: skip


def _section(r: Projected, given: Mapping[str, Any], chances: Odds, lang: str) -> Html:
    fan = dict(given)
    fan |= {"subtitle": "", "footer": [source_line(r, lang), _stamp(r, lang)]}
    drawn = fan_svg(fan.pop("observations"), fan.pop("forecast"), **fan)
    name = anchor(r, lang)
    owner = el("span", f" · {r.entity.name[lang]}", class_="owner")
    command = f"forecast chart --indicator {r.indicator.slug} --entity {r.entity.slug}"
    code = say("report_code_line", lang, code=facts_code(r), command=command)
    doubts = words.doubts(r, lang)
    return el(
        "section",
        el("h2", r.indicator.name[lang], owner),
        el("p", _brief(r, lang), class_="course"),
        figure(drawn),
        chance_slider(r, chances, lang, name),
        *tables(r, lang),
        el("h3", say("report_doubts", lang)) if doubts else None,
        items(doubts) if doubts else None,
        el("h3", say("report_method", lang)),
        *(el("p", line) for line in words.method(r, lang)),
        el("p", code, class_="quiet"),
        id=name,
        class_="one",
    )


def tables(r: Projected, lang: str) -> list[Html]:
    """The announced figures with their provenance, those left out, and the projection."""
    title = title_of(r, lang)
    numeric = [say("column_value", lang), say("column_median", lang)]
    numeric += [f"{x} %" for x in levels(r.projection).split("/")]
    found = {
        "report_figures_table": figures_rows(r, lang),
        "report_left_table": left_out_rows(r, lang),
        "report_projection_table": projection_rows(r, lang),
        "report_verdicts_table": verdict_rows(r, lang),
    }
    return [table(say(c, lang, title=title), rows, numeric=numeric) for c, rows in found.items() if rows]


def _stamp(r: Projected, lang: str) -> str:
    """The line of small print in the picture itself: it must survive being copied out of the page."""
    p = r.projection
    return say(
        "chart_stamp",
        lang,
        model=p.model,
        figures=counted("figures", len(r.evidence.used), lang),
        as_of=r.as_of.isoformat(),
        bands=bands_told(p, lang),
        version=tool_version(),
        code=facts_code(r),
    )


def odds(r: Projected) -> list[tuple[float, float]]:
    """Round targets within the widest band (and the user's own) with their chances; empty without a band."""
    p = r.projection
    if p.cdf is None or not p.has_band:
        return []
    _, found = ticks(p.quantile(p.probs[0]), p.quantile(p.probs[-1]), SLIDER_STEPS, integers=r.indicator.integer)
    values = sorted({*found, *((r.target.value,) if r.target else ())})
    return [(v, chance_at(p, aim_of(v, r.indicator), r.indicator) or 0.0) for v in values] if len(values) > 2 else []


def chance_slider(r: Projected, chances: Odds, lang: str, name: str) -> Html | None:
    """The chance curve with the target on a slider."""
    if not chances:
        return None
    code = "report_chance_at_most" if r.indicator.direction == "down" else "report_chance_at_least"
    steps = []
    for value, share in chances:
        told = value_told(value, r.indicator, lang)
        steps.append(Step(value=value, chance=share, said=say(code, lang, value=told, chance=percent(share))))
    p = r.projection
    aimed = r.target.value if r.target else p.quantile(0.5)
    at = min(range(len(steps)), key=lambda i: abs(steps[i].value - aimed))
    label = say("report_chance_label", lang, when=when_told(p.dates[-1], lang))
    ends = [value_told(chances[i][0], r.indicator, lang) for i in (0, -1)]
    return slider(name, label, steps, at, low=ends[0], high=ends[1])


def _refused(report: Report, lang: str) -> Html:
    rows = []
    for r, last in report.refused:
        told = "–" if last is None else f"{printed(last, r.indicator, lang)} ({last.period_end.year})"
        rows.append(
            {
                say("column_indicator", lang): r.indicator.name[lang],
                say("column_entity", lang): r.entity.name[lang],
                say("report_last", lang): told,
                say("column_reason", lang): tell(r.reason, lang),
            }
        )
    title = say("report_refused", lang)
    made = table(title, rows, row_head=say("column_indicator", lang), label=title)
    told = el("p", say("report_refused_told", lang))
    return el("section", el("h2", title), told, made, id=f"{lang}-refused", class_="one")


def _sources(report: Report, lang: str) -> Html:
    title = say("report_sources", lang)
    numeric = (say("report_figures_count", lang),)
    made = table(say("report_sources_table", lang), source_rows(report, lang), numeric=numeric)
    return el("section", el("h2", title), made, id=f"{lang}-sources", class_="one")


def _about(report: Report, lang: str) -> Html:
    p = report.projected[0].projection
    facts = {
        "code": el("span", report.code, class_="code"),
        "as_of": report.as_of.isoformat(),
        "model": p.model,
        "levels": levels(p) + " %",
        "command": report.command,
        "version": tool_version(),
    }
    pairs = [part for k, v in facts.items() for part in (el("dt", say(f"report_about_{k}", lang)), el("dd", v))]
    return el("section", el("h2", say("report_about", lang)), el("dl", *pairs), id=f"{lang}-about")
