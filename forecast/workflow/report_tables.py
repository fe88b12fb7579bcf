"""The tables of a report as rows by told headings: the same for the page and the workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forecast.sentences import number, say, tell
from forecast.workflow.chart import figure
from forecast.workflow.project import Projected

if TYPE_CHECKING:
    from forecast.workflow.reporting import Report
    from warehouse.records import Observation


def period(o: Observation) -> str:
    """The day or span a figure describes."""
    if o.period_start == o.period_end:
        return o.period_end.isoformat()
    years = {o.period_start.year, o.period_end.year}
    if (o.period_start.isoformat()[5:], o.period_end.isoformat()[5:]) == ("01-01", "12-31"):
        return "–".join(str(y) for y in sorted(years))
    return f"{o.period_start.isoformat()} – {o.period_end.isoformat()}"


def figures_rows(r: Projected, lang: str) -> list[dict[str, Any]]:
    """Every announced figure with its provenance, oldest first."""
    return [_figure(o, lang) for o in r.evidence.used]


def left_out_rows(r: Projected, lang: str) -> list[dict[str, Any]]:
    """Figures that were announced but not joined, each with the reason."""
    head = say("column_reason", lang)
    kept = ("period", "as_stated", "value", "published", "source", "id")
    names = [say(f"column_{k}", lang) for k in kept]
    return [
        {k: v for k, v in _figure(o, lang).items() if k in names} | {head: tell(w, lang)} for o, w in r.evidence.unused
    ]


def _figure(o: Observation, lang: str) -> dict[str, Any]:
    told = {
        "period": period(o),
        "as_stated": o.as_stated,
        "value": number(o.value, lang),
        "qualifier": say(f"qualifier_{o.qualifier}", lang),
        "nature": say(f"nature_{o.nature}", lang),
        "published": o.published.isoformat(),
        "source": o.source,
        "place": o.locator or "–",
        "id": o.id,
    }
    return {say(f"column_{key}", lang): value for key, value in told.items()}


def projection_rows(r: Projected, lang: str) -> list[dict[str, Any]]:
    """Median and central intervals, a row a date."""
    p = r.projection
    rows = []
    for on, day in enumerate(p.dates):
        row = {say("column_target_date", lang): day.isoformat()}
        row[say("column_median", lang)] = figure(p.quantile(0.5, on), r, lang)
        for q in reversed([q for q in p.probs if q < 0.5]):
            level = round(100 - 200 * q, 4)
            low, high = (figure(v, r, lang) for v in p.interval(level, on))
            row[f"{level:g} %"] = f"{low} – {high}"
        rows.append(row)
    return rows


def source_rows(report: Report, lang: str) -> list[dict[str, Any]]:
    """The documents, with checksum and how many figures here come from each."""
    rows = []
    for s in report.sources:
        told = {
            "title": s.title,
            "publisher": s.publisher,
            "published": s.published.isoformat(),
            "published_basis": s.published_basis or "–",
            "source": s.id,
            "sha256": s.sha256[:16] or "–",
        }
        row = {say(f"column_{key}", lang): value for key, value in told.items()}
        rows.append(row | {say("report_figures_count", lang): str(report.brought[s.id])})
    return rows


def verdict_rows(r: Projected, lang: str) -> list[dict[str, Any]]:
    """What each convention says of the course to the target, in its own words; nothing without a target."""
    from forecast.verdicts.panel import panel
    from forecast.workflow.track import case_of, word

    if r.target is None:
        return []
    rows = []
    for v in panel(case_of(r)):
        said = word(v.verdict, lang) if v.verdict else say("no_verdict", lang)
        why = f"{said}: {tell(v.refused, lang)}" if v.refused and not v.verdict else said
        told = {"method": say(f"method_{v.method}", lang), "question": tell(v.question, lang), "verdict": why}
        rows.append({say(f"column_{key}", lang): value for key, value in told.items()})
    return rows
