"""A projection as a fan chart in a file: columns and told sentences go to the charts room, nothing else."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from forecast.notes import reference_alone
from forecast.projection import Projection
from forecast.sentences import BOTH, counted, number, say, tell, titled
from forecast.workflow import course
from forecast.workflow.codes import facts_code
from forecast.workflow.evidence import shown
from forecast.workflow.opening import tool_version
from forecast.workflow.printed import bounded, plain
from forecast.workflow.project import Projected
from warehouse.records import Indicator, Observation, Source

REASONS = {"definition_break": "other_definition", "rebound_left_out": "rebound", "overlapping_windows": "overlap"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dress:
    """How a chart looks: what a user may say about it besides the projection. Blank means the default."""

    lang: str = "en"
    size: str = "page"
    title: str = ""
    note: str = ""
    font: Path | None = None


def check_writable(path: Path) -> None:
    """Raise `charts.errors.UnwritableFormat` for a suffix we do not write, before any work; warm the renderer up."""
    from charts.export import prepare, suffix

    if suffix(path) != ".html":
        prepare(path)


def write_fan(
    result: Projected,
    path: Path,
    dress: Dress | None = None,
    *,
    trends: Sequence[Projected] = (),
    also: Sequence[Dress] = (),
) -> Path:
    """Draw the fan of a projection into `path`; the suffix decides the format. `trends`: other models' projections of
    the same series, drawn as lines; `also`: more languages of the same page, in HTML alone. Raises
    `charts.errors.ChartError`."""
    from charts.export import save, suffix, write

    dress = dress or Dress()
    lang = dress.lang
    if suffix(path) == ".html":
        from forecast.workflow.chart_page import chart_page

        told = meta(result, dress, trends, also)
        return save(path, chart_page(result, (dress, *also), meta=told, trends=trends).encode())
    from charts.fan import fan

    title = dress.title or title_of(result, lang)
    given = fan_arguments(result, lang, trends=trends, note=dress.note)
    chart = fan(given.pop("observations"), given.pop("forecast"), title=title, size=dress.size, **given)
    return write(
        chart,
        path,
        lang=lang,
        title=title,
        description=given["description"],
        meta=meta(result, dress, trends),
        font=dress.font,
    )


def title_of(result: Projected, lang: str) -> str:
    """The name of the indicator and whose it is."""
    return straight(titled(result.indicator.name[lang], result.entity.name[lang], lang), lang)


def straight(text: str, lang: str) -> str:
    """English with straight quotation marks: the curly ones of a Chinese font are as wide as a character."""
    return text.translate(str.maketrans("“”‘’", "\"\"''")) if lang == "en" else text


def fan_arguments(
    result: Projected,
    lang: str,
    *,
    trends: Sequence[Projected] = (),
    note: str = "",
) -> dict[str, Any]:
    """What every drawing of a projection's fan takes, by the names of `charts.fan.fan`'s arguments."""
    observed = partial(_observed, indicator=result.indicator, lang=lang)
    return {
        "observations": [observed(o) for o in result.evidence.used],
        "forecast": list(result.projection.rows()),
        "apart": [
            *(observed(o) | {"why": REASONS[w.code]} for o, w in result.evidence.unused if w.code in REASONS),
            *(observed(o) | {"why": "later"} for o in result.later),
        ],
        "trends": [_line(t) for t in trends],
        "subtitle": course.of_chart(result, lang),
        "unit": result.indicator.unit[lang],
        "lang": lang,
        "target": _target(result, lang),
        "footer": [straight(line, lang) for line in (note, *footer(result, lang)) if line],
        "integers": result.indicator.integer,
        "limits": (result.indicator.lower, result.indicator.upper),
        "join": result.window is None,
        "description": description(result, lang),
    }


def _observed(o: Observation, indicator: Indicator, lang: str) -> dict[str, Any]:
    return {
        "date": o.period_end,
        "value": o.value,
        "low": o.low,
        "high": o.high,
        "qualifier": o.qualifier,
        "nature": o.nature,
        "label": bounded(o, plain(o, indicator, lang), lang),
        "date_low": o.as_of_low,
        "date_high": o.as_of_high,
    }


def _line(result: Projected) -> dict[str, Any]:
    p, last = result.projection, result.evidence.used[-1]
    start = [(last.period_end, last.value)] if result.window is None else []
    return {"label": p.model, "points": [*start, *((d, p.quantile(0.5, i)) for i, d in enumerate(p.dates))]}


def figure(value: float, result: Projected, lang: str) -> str:
    """A projected value in full, as in a table."""
    return number(round(value) if result.indicator.integer else value, lang)


def bands_told(p: Projection, lang: str) -> str:
    """Which central intervals there are, in words."""
    return say("bands_told", lang, levels=levels(p)) if p.has_band else say("bands_none", lang)


def _target(result: Projected, lang: str) -> dict[str, Any] | None:
    t = result.target
    if t is None:
        return None
    return {"value": t.value, "label": say("users_target" if t.own else f"report_status_{t.status}", lang)}


def source_line(result: Projected, lang: str) -> str:
    """The documents the figures come from, with their days; "" where there is none."""
    return listed_sources(result.sources, lang)


def listed_sources(sources: Sequence[Source], lang: str, *, table: str = "") -> str:
    """Documents with their days, each once, or the name of a `table` of the user's own; "" where there is nothing."""
    items = [say("chart_source_item", lang, title=s.title, day=s.published.isoformat()) for s in sources]
    items += [table] if table else []
    return say("chart_sources", lang, sources=say("clause_break", lang).join(dict.fromkeys(items))) if items else ""


def footer(result: Projected, lang: str) -> list[str]:
    """Sources and method, as they stand under every chart."""
    p = result.projection
    lines = [line for line in (source_line(result, lang),) if line]
    borrowed = "" if p.borrowed is None else say("chart_borrowed", lang, share=round(100 * p.borrowed))
    lines.append(
        say(
            "chart_method",
            lang,
            model=p.model,
            figures=counted("figures", len(result.evidence.used), lang),
            stated=result.evidence.n_stated,
            bands=bands_told(p, lang),
            as_of=result.as_of.isoformat(),
            borrowed=borrowed,
            version=tool_version(),
            code=facts_code(result),
        )
    )
    if result.window:
        start, end = result.window.start.isoformat(), result.window.end.isoformat()
        lines.append(say("window_total", lang, start=start, end=end))
    if why := reference_alone(p.notes):
        lines.append(tell(why, lang))
    return lines


def levels(p: Projection) -> str:
    """The central intervals of a projection in percent: "50/80/95"."""
    return "/".join(f"{100 - 200 * q:g}" for q in reversed(p.probs) if q < 0.5) or "-"


def description(result: Projected, lang: str) -> str:
    """What the chart shows, for those who cannot see it."""
    figures = "; ".join(shown(o) for o in result.evidence.used)
    return say("chart_description", lang, figures=figures, course=course.of_chart(result, lang))


def options_of(result: Projected) -> list[str]:
    """The options that give this projection, whatever has been published since; its model is left to the caller."""
    options = {
        "--indicator": result.indicator.slug,
        "--entity": result.entity.slug,
        "--definition": result.evidence.definition,
        "--as-of": result.as_of.isoformat(),
        "--to": result.projection.dates[-1].isoformat(),
        "--target": repr(result.target.value) if result.target else "",
    }
    return [f"{name} {value}" for name, value in options.items() if value]


def _command(result: Projected, dress: Dress, models: str, langs: Sequence[str]) -> str:
    """The command that draws it, but for the file it is drawn into."""
    p = result.projection
    options = {
        "--model": models,
        "--levels": levels(p).replace("/", ",") if p.has_band and levels(p) != "50/80/95" else "",
        "--lang": BOTH if len(langs) > 1 else langs[0],
        "--size": dress.size,
        "--title": dress.title,
        "--note": dress.note,
        "--font": dress.font.name if dress.font else "",
    }
    given = [f"{name} {shlex.quote(value)}" for name, value in options.items() if value]
    return " ".join(["forecast chart", *options_of(result), *given, *(["--later"] if result.later else [])])


def meta(
    result: Projected, dress: Dress, trends: Sequence[Projected] = (), also: Sequence[Dress] = ()
) -> dict[str, Any]:
    """What a file says about itself: enough to make it again, and to say what has changed since."""
    p = result.projection
    models = "all" if trends else p.model
    langs = [d.lang for d in (dress, *also)]
    return {
        "indicator": result.indicator.slug,
        "entity": result.entity.slug,
        "definition": result.evidence.definition,
        "sources": [s.id for s in result.sources],
        "figures": [f"{o.id}={o.value:g}" for o in result.evidence.used],
        "left_out": [f"{o.id}={o.value:g}" for o, _ in result.evidence.unused],
        "later": [f"{o.id}={o.value:g}" for o in result.later],
        "as_of": result.as_of.isoformat(),
        "model": p.model,
        "models": models,
        "kind": result.evidence.series.kind,
        "levels": levels(p),
        "observations": len(result.evidence.used),
        "to": p.dates[-1].isoformat(),
        "dates": len(p.dates),
        "target": result.target.value if result.target else None,
        "median": f"{p.quantile(0.5):.6g}",
        "lang": ", ".join(langs),
        "size": dress.size,
        "title": dress.title,
        "note": dress.note,
        "font": dress.font.name if dress.font else "",
        "code": facts_code(result),
        "command": _command(result, dress, models, langs),
        "version": tool_version(),
    }
