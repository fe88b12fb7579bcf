"""What `forecast project` prints for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from forecast.cli.show import as_table
from forecast.notes import reference_alone
from forecast.projection import Projection
from forecast.sentences import counted, number, say, tell, titled
from forecast.workflow.project import Projected, Refused, Trend
from warehouse.records import Entity, Indicator, Observation, Plan


def figure(value: float, indicator: Indicator) -> str:
    """A projected value as printed: counts to the nearest whole, never outward."""
    return f"{round(value):,}" if indicator.integer else number(value)


def period(o: Observation) -> str:
    """A period as printed: a day, a year, or both ends."""
    if o.period_start == o.period_end:
        return o.period_end.isoformat()
    if (o.period_start.isoformat()[5:], o.period_end.isoformat()[5:]) == ("01-01", "12-31"):
        years = sorted({o.period_start.year, o.period_end.year})
        return "-".join(str(y) for y in years)
    return f"{o.period_start.isoformat()}/{o.period_end.isoformat()}"


def plan_end_label(plan: Plan | None, day: str, lang: str) -> str:
    """The heading of the last row: whose end it is, and that it is no target."""
    if plan is None:
        return day
    name = plan.name[lang].removesuffix("规划")
    return say("plan_end", lang, plan=name, day=day, year=day[:4])


def _observations(result: Projected, lang: str) -> str:
    def row(o: Observation) -> list[str]:
        def bound(value: float | None) -> str:
            return say("open_bound", lang) if value is None else number(value, lang)

        return [
            period(o),
            o.as_stated,
            number(o.value, lang),
            bound(o.low),
            bound(o.high),
            say(f"qualifier_{o.qualifier}", lang),
            say(f"nature_{o.nature}", lang),
            o.source,
        ]

    names = ("period", "as_stated", "value", "low", "high", "qualifier", "nature", "source")
    headings = [say(f"column_{n}", lang) for n in names]
    return as_table(headings, [row(o) for o in result.evidence.used], numeric=(2, 3, 4))


def heading(indicator: Indicator, entity: Entity, lang: str) -> str:
    """The first line about a series: its title, slug and unit."""
    title = titled(indicator.name[lang], entity.name[lang], lang)
    return say("heading", lang, title=title, slug=indicator.slug, unit=indicator.unit[lang])


def band(projection: Projection, level: float, on: int, indicator: Indicator) -> str:
    """A central interval as printed."""
    low, high = projection.interval(level, on)
    return f"{figure(low, indicator)} - {figure(high, indicator)}"


def main_band(projection: Projection, indicator: Indicator) -> tuple[str, str]:
    """The 80 % interval of the last date (or the narrowest there is): its level and how it is printed."""
    if not projection.has_band:
        return "-", "-"
    level = 80 if 0.1 in projection.probs else _levels(projection)[0]
    return f"{level:g}", band(projection, level, -1, indicator)


def _levels(projection: Projection) -> list[float]:
    return [round(100 - 200 * p, 4) for p in reversed(projection.probs) if p < 0.5]


def _forecast(result: Projected, lang: str) -> str:
    p = result.projection
    levels = _levels(p)
    headings = [say("column_target_date", lang), say("column_median", lang), *(f"{level:g} %" for level in levels)]
    rows = []
    for on, day in enumerate(p.dates):
        cells = [figure(p.quantile(0.5, on), result.indicator)]
        cells += [band(p, level, on, result.indicator) for level in levels]
        rows.append([day.isoformat(), *cells])
    lines = as_table(headings, rows, numeric=range(1, len(headings))).splitlines()
    if result.horizon.plan:
        lines.insert(-1, plan_end_label(result.horizon.plan, p.dates[-1].isoformat(), lang))
    return "\n".join(lines)


def basis(result: Projected, lang: str) -> str:
    """The model, what it rests on, and how much of the band is borrowed."""
    p, e = result.projection, result.evidence
    figures = counted("figures", len(e.used), lang)
    said = say("rests_on", lang, model=p.model, figures=figures, stated=e.n_stated, as_of=result.as_of.isoformat())
    if p.borrowed is not None:
        said += say("clause_break", lang) + say("borrowed", lang, share=round(100 * p.borrowed))
    return said


def _trend_line(trend: Trend, result: Projected, lang: str) -> str:
    name = f"  {trend.model:<13}"
    if trend.projection is None:
        assert trend.refusal is not None
        return f"{name}{say('no_trend', lang, why=tell(trend.refusal, lang))}"
    p = trend.projection
    median = figure(p.quantile(0.5), result.indicator)
    if not p.has_band:
        why = "; ".join(tell(n, lang) for n in p.notes)
        return f"{name}{median}  {why}"
    level, printed = main_band(p, result.indicator)
    return f"{name}{median}  {say('band_of', lang, level=level, band=printed)}"


def projected_text(result: Projected, lang: str) -> str:
    """One projection: figures, quantiles, trends, doubts."""
    i = result.indicator
    opening = []
    if result.target:
        from forecast.cli.target_text import sentence, target_block

        opening = [sentence(result, lang), ""]
    parts = [
        *opening,
        heading(i, result.entity, lang),
        say(
            "kind_line", lang, kind=say(f"kind_{result.evidence.series.kind}", lang), reason=_kind_reason(result, lang)
        ),
        "",
        _observations(result, lang),
        "",
        basis(result, lang),
        "",
        _forecast(result, lang),
    ]
    if result.window:
        parts.append(
            say("window_total", lang, start=result.window.start.isoformat(), end=result.window.end.isoformat())
        )
    if result.target:
        parts += ["", *target_block(result, lang)]
    if result.trends:
        day = result.projection.dates[-1].isoformat()
        parts += ["", say("trends_heading", lang, day=day)]
        parts += [_trend_line(t, result, lang) for t in result.trends]
    if result.notes:
        parts += ["", say("doubts_heading", lang)]
        parts += [f"  - {text}" for text in dict.fromkeys(tell(n, lang) for n in result.notes)]
    return "\n".join(parts)


def _kind_reason(result: Projected, lang: str) -> str:
    if result.evidence.series.kind != result.indicator.kind:
        return say("kind_overridden", lang)
    return result.indicator.kind_reason[lang]


def plan_text(results: Sequence[Projected | Refused], lang: str) -> str:
    """All indicators on the last day, refusals with their reason below."""
    headings = [say(f"column_{n}", lang) for n in ("indicator", "name", "entity", "last_figure", "n", "median")]
    headings += ["80 %", say("column_kind", lang)]
    done = [r for r in results if isinstance(r, Projected)]
    rows = []
    for r in done:
        last = r.evidence.used[-1]
        rows.append(
            [
                r.indicator.slug,
                r.indicator.name[lang],
                r.entity.name[lang],
                f"{last.as_stated} ({last.period_end.year})",
                str(len(r.evidence.used)),
                figure(r.projection.quantile(0.5), r.indicator),
                main_band(r.projection, r.indicator)[1],
                say(f"kind_{r.evidence.series.kind}", lang),
            ]
        )
    parts = []
    if done:
        day = done[0].projection.dates[-1].isoformat()
        parts += [plan_end_label(done[0].horizon.plan, day, lang), "", as_table(headings, rows, numeric=(4, 5, 6))]
    refused = [r for r in results if isinstance(r, Refused)]
    if refused:
        table = as_table(
            [say(f"column_{n}", lang) for n in ("indicator", "entity", "reason")],
            [[r.indicator.slug, r.entity.name[lang], tell(r.reason, lang)] for r in refused],
        )
        parts += ["", say("not_projected_heading", lang), "", table]
    return "\n".join(parts)


def models_text(done: Sequence[Projected], refused: Sequence[dict[str, Any]], lang: str) -> str:
    """Every model's last row, and why the others have none."""
    rows = []
    for r in done:
        p = r.projection
        bands = [band(p, level, -1, r.indicator) for level in (50, 80, 95)] if p.has_band and 0.1 in p.probs else []
        alone = reference_alone(p.notes)
        why = "; ".join(tell(n, lang) for n in (p.notes if not p.has_band else (alone,) if alone else ()))
        rows.append([p.model, figure(p.quantile(0.5), r.indicator), *(bands or ["-", "-", "-"]), why])
    rows += [[r["model"], "-", "-", "-", "-", r["reason"]] for r in refused]
    headings = [
        say("column_model", lang),
        say("column_median", lang),
        "50 %",
        "80 %",
        "95 %",
        say("column_reason", lang),
    ]
    heading = ""
    if done:
        first = done[0]
        heading = plan_end_label(first.horizon.plan, first.projection.dates[-1].isoformat(), lang) + "\n\n"
    return heading + as_table(headings, rows, numeric=(1, 2, 3, 4))
