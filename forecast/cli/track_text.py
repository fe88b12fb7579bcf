"""What `forecast track` prints for people: the sentence first, then the way, then the lights and where they turn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from forecast.cli.project_text import basis, heading
from forecast.cli.scenario_text import scenarios_text
from forecast.cli.target_text import (
    pace_number,
    pace_words,
    sentence,
    target_notes,
    way,
)
from forecast.sentences import number, percent, say, tell
from forecast.verdicts import Flip, Verdict
from forecast.workflow.scenarios import Laid
from forecast.workflow.track import OWN_ROWS, Tracked, summary, word

SHARES = {"eurostat_no_target", "open_sdg_no_target", "un_progress_chart_no_target"}
WHOLE_SHARES = {"escap_anticipated", "china_pace", "german_weather"}
PACES = {"required_pace", "german_weather_no_target"}


def tracked_text(t: Tracked, paths: Sequence[Laid], lang: str) -> str:
    """One indicator against one target, or against none."""
    r = t.result
    parts = [opening(t, lang)]
    if r.target:
        parts += target_notes(r.target, lang)
    i = r.indicator
    parts += [
        "",
        heading(i, r.entity, lang),
        basis(r, lang),
    ]
    if r.target:
        parts += ["", *way(r, t.outlook, lang)]
    if paths:
        parts += ["", scenarios_text(r, paths, lang)]
    parts += ["", _panel_heading(t, lang)]
    judged = len(r.evidence.series.points) > 1
    parts += [tell(summary(t), lang), ""] if judged else [""]
    shown = [row for row in t.verdicts if judged or row.method in OWN_ROWS]
    parts += [line for row in shown if not _wants_target(row) for line in _row(row, t, lang)]
    wanting = [say(f"method_{row.method}", lang) for row in shown if _wants_target(row)]
    if wanting:
        parts.append(say("rows_want_target", lang, names=say("and_also_names", lang).join(wanting)))
    if r.notes:
        told = r.target.notes if r.target else ()
        said = dict.fromkeys(tell(n, lang) for n in r.notes if n not in told and n.code != "one_more_figure")
        parts += ["", say("doubts_heading", lang), *(f"  - {text}" for text in said)]
    return "\n".join(parts)


def opening(t: Tracked, lang: str) -> str:
    """The sentence that stands first: chance, pace and base, or that no target is set."""
    if t.result.target is None:
        return say("no_target_set", lang, indicator=t.result.indicator.slug)
    return sentence(t.result, lang, [t.base_day] if t.chosen else None)


def _panel_heading(t: Tracked, lang: str) -> str:
    """What the lights are counted from."""
    used = next((o for o in t.result.evidence.used if o.period_end == t.base_day), None)
    value = number(t.base_value, lang) if used is None or used.nature == "derived" else used.as_stated
    if len(t.result.evidence.series.points) < 2:
        return say("panel_one_figure", lang)
    code = "panel_base_chosen" if t.chosen else "panel_base_first"
    return say(code, lang, value=value, day=t.base_day.isoformat())


def _wants_target(row: Verdict) -> bool:
    return row.refused is not None and row.refused.code == "verdict_needs_target"


def value_words(row: Verdict, lang: str) -> str:
    """A row's quantity in its own kind of number."""
    if row.value is None or not math.isfinite(row.value):
        return "-"
    if row.method in SHARES:
        return say("percent_a_year", lang, value=f"{100 * row.value:.1f}")
    if row.method == "chance":
        return f"{percent(row.value)} %"
    if row.method in WHOLE_SHARES:
        return f"{100 * row.value:.0f} %"
    if row.method in PACES:
        return pace_words(row.value, lang, rate=row.quantity.code == "quantity_required_rate")
    return f"{row.value:.1f}" if row.method == "escap_current_status" else f"{row.value:.2f}"


def _row(row: Verdict, t: Tracked, lang: str) -> list[str]:
    """One convention: name and verdict, question, quantity, then where it turns or why it refuses."""
    verdict = word(row.verdict, lang) if row.verdict else say("no_verdict", lang)
    lines = [say("row_head", lang, name=say(f"method_{row.method}", lang), verdict=verdict)]
    needs = "" if row.method in OWN_ROWS else say("row_needs", lang, n=row.minimum_points)
    asked, counted = tell(row.question, lang), tell(row.quantity, lang)
    lines.append(say("row_body", lang, question=asked, quantity=counted, value=value_words(row, lang), needs=needs))
    if row.refused:
        lines.append(f"    {tell(row.refused, lang)}")
    if row.flips:
        turns = say("clause_break", lang).join(_flip(f, row, t, lang) for f in row.flips)
        lines.append(f"    {say('row_flips', lang, flips=turns)}")
    elif row.verdict and row.method not in OWN_ROWS:
        lines.append(f"    {say('row_no_flips', lang)}")
    return lines


def _flip(flip: Flip, row: Verdict, t: Tracked, lang: str) -> str:
    """One turning point in words."""
    verdict = word(flip.verdict, lang)
    if isinstance(flip.at, date):
        code = "flip_base" if flip.what == "base" else "flip_as_of"
        figure_day = flip.figure.isoformat() if flip.figure else ""
        side = _side(flip.at, flip.figure, lang) if flip.what == "as_of" else ""
        return say(code, lang, at=flip.at.isoformat(), figure=figure_day, side=side, verdict=verdict)
    if flip.what == "target":
        target = t.result.target
        at = flip.at
        side = say("flip_from" if target and at >= target.value else "flip_upto", lang)
        return say("flip_target", lang, at=_whole_side(at, target is not None and at >= target.value, t), side=side,
                   verdict=verdict)  # fmt: skip
    point = next(p for p in t.result.evidence.series.points if p.when == flip.figure)
    side = say("flip_from" if flip.at >= point.value else "flip_upto", lang)
    return say(
        "flip_rounding", lang, at=number(flip.at, lang), figure=point.when.isoformat(), side=side, verdict=verdict
    )


def _side(at: date, figure_day: date | None, lang: str) -> str:
    return say("flip_from_day" if figure_day is None or at >= figure_day else "flip_upto_day", lang)


def _whole_side(at: float, above: bool, t: Tracked) -> str:
    """A turning target as a figure that has turned: of whole things the next whole number on the far side."""
    if t.result.indicator.integer:
        return f"{math.ceil(at) if above else math.floor(at):,}"
    return pace_number(at)
