"""The sentences of a report about one projection, in one language: numbers as its readers print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forecast.notes import reference_alone
from forecast.sentences import counted, percent, say, tell
from forecast.workflow.course import told_level, value_told
from forecast.workflow.evidence import LEVEL, WINDOW
from forecast.workflow.project import Projected

if TYPE_CHECKING:
    pass


def target_told(result: Projected, lang: str) -> str:
    """What a target's chance is and what it needs; "" without a target or without a band."""
    t, i = result.target, result.indicator
    if t is None or t.chance is None:
        return ""
    given = {"value": value_told(t.value, i, lang), "chance": percent(t.chance)}
    moved, pace = _moved(t.pace_needed, lang)
    if not t.own:
        status = say(f"report_status_{t.status}", lang)
        return say("report_target_kept", lang, **given, status=status, author=t.author, moved=moved, pace=pace)
    if result.evidence.form == WINDOW:
        return say("report_target_total", lang, **given, pace=pace)
    return say("report_target", lang, **given, moved=moved, pace=pace)


def pace_told(result: Projected, lang: str) -> str:
    """How much a year it has been since each earlier figure; "" where that has no meaning."""
    from forecast.verdicts.pace import so_far

    points = result.evidence.series.points
    if result.evidence.form != LEVEL or len(points) < 2:
        return ""
    said = ""
    for n, (since, pace) in enumerate(so_far(points)[-3:]):
        moved, value = _moved(pace, lang)
        code = "report_pace_more" if n else "report_pace_first"
        said += say(code, lang, year=since.year, moved=moved, pace=value)
    return said + say("report_pace_end", lang)


def _moved(pace: float, lang: str) -> tuple[str, str]:
    from charts.numbers import shown

    digits = 2 if abs(pace) < 100 else 3
    told = shown(abs(pace), lang, integers=False, digits=digits)
    code = "pace_flat" if told == "0" else "pace_down" if pace < 0 else "pace_up"
    return say(code, lang), told


def rests_on(result: Projected, lang: str) -> str:
    """How many figures carry it, and how much of the band is borrowed."""
    p = result.projection
    borrowed = "" if not p.borrowed else say("report_basis_borrowed", lang, share=round(100 * p.borrowed))
    figures = counted("figures", len(result.evidence.used), lang)
    return say("report_basis_value", lang, figures=figures, borrowed=borrowed)


def method(result: Projected, lang: str) -> list[str]:
    """In plain words how the projection was made."""
    p, kind = result.projection, result.evidence.series.kind
    own = kind == result.indicator.kind
    reason = result.indicator.kind_reason[lang] if own else say("kind_overridden", lang)
    named = "reference" if reference_alone(p.notes) else p.model
    known = named in ("reference", "pooled_drift", "combined")
    lines = [
        say("report_method_kind", lang, kind=say(f"kind_{kind}", lang), reason=reason),
        say(f"report_method_{named if known else 'other'}", lang, model=p.model),
    ]
    if p.has_band:
        share = round(100 * p.borrowed) if p.borrowed else 0
        level = f"{told_level(p) or 80:g}"
        lines.append(say("report_method_band" if share else "report_method_band_own", lang, share=share, level=level))
    else:
        lines.append(say("report_method_no_band", lang))
    if result.window:
        start, end = result.window.start.isoformat(), result.window.end.isoformat()
        lines.append(say("report_method_total", lang, start=start, end=end))
    return lines


def doubts(result: Projected, lang: str) -> list[str]:
    """Every note once."""
    return list(dict.fromkeys(tell(n, lang) for n in result.notes))
