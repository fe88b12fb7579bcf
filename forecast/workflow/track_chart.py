"""The verdict panel, and the chance over targets, as pictures in files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from forecast.errors import Misuse, Refusal
from forecast.sentences import say
from forecast.verdicts import METHODS, TONES
from forecast.verdicts.own import REQUIRED_PACE
from forecast.verdicts.strips import Stretch, cut, strip
from forecast.workflow.chart import Dress, footer, meta, options_of, straight, title_of
from forecast.workflow.targeting import aim_of, chance_at
from forecast.workflow.track import Tracked, case_of, word

STEPS = 120
REACH = 0.6
"""How far the axis of targets reaches beyond the target, as a share of the way from the base."""


def targets_shown(tracked: Tracked) -> tuple[float, float]:
    """The ends of the axis of targets: from the newest figure (or the target) to well beyond target and median."""
    r = tracked.result
    scale = r.window.years if r.window else 1.0
    newest = r.evidence.series.last.value * scale
    aimed = r.target.value if r.target else r.projection.quantile(0.5)
    ends = [newest, aimed, r.projection.quantile(0.5)]
    low, high = min(ends), max(ends)
    spread = max(high - low, abs(high) * 0.05, 1e-9)
    low, high = low - 0.1 * spread, high + REACH * spread
    limits = (r.indicator.lower, r.indicator.upper)
    low = low if limits[0] is None else max(low, limits[0])
    return low, high if limits[1] is None else min(high, limits[1])


def panel_rows(tracked: Tracked, lang: str) -> list[dict[str, Any]]:
    """One row a convention with its stretches along the targets; conventions without a verdict stay, and say so."""
    r = tracked.result
    low, high = targets_shown(tracked)
    scale = r.window.years if r.window else 1.0
    case = case_of(r, tracked.base, tracked.chosen)
    rows = []
    for row in tracked.verdicts:
        if row.method == "chance":
            stretches = cut(lambda v: _likely(tracked, v), low, high)
        elif row.method in METHODS or row.method == REQUIRED_PACE.method:
            found = strip(METHODS.get(row.method, REQUIRED_PACE), case, low / scale, high / scale)
            stretches = tuple(Stretch(start=s.start * scale, end=s.end * scale, verdict=s.verdict) for s in found)
        else:
            continue
        if row.refused is not None and row.verdict is None:
            stretches = (Stretch(start=low, end=high, verdict=None),)
        rows.append(
            {
                "method": say(f"method_{row.method}", lang),
                "verdict": _said(row.verdict, lang),
                "tone": _tone(row.verdict),
                "stretches": [
                    {"start": s.start, "end": s.end, "tone": _tone(s.verdict), "verdict": _said(s.verdict, lang)}
                    for s in stretches
                ],
            }
        )
    return rows


def _likely(tracked: Tracked, value: float) -> str:
    r = tracked.result
    aim = aim_of(value, r.indicator)
    chance = chance_at(r.projection, aim, r.indicator)
    return "" if chance is None else "likely" if chance >= 0.5 else "unlikely"


def _said(verdict: str | None, lang: str) -> str:
    return word(verdict, lang) if verdict else say("no_verdict", lang)


def _tone(verdict: str | None) -> str:
    return (TONES[verdict] or "none") if verdict else "none"


def write_panel(tracked: Tracked, path: Path, dress: Dress, sentence: str) -> Path:
    """Draw the panel into `path`, under the opening `sentence`. Raises `charts.errors.ChartError`."""
    from charts.export import write
    from charts.verdicts import panel

    r, lang = tracked.result, dress.lang
    low, high = targets_shown(tracked)
    title = dress.title or straight(say("panel_title", lang, name=title_of(r, lang)), lang)
    rows = panel_rows(tracked, lang)
    based = say("panel_based", lang, day=tracked.base_day.isoformat())
    chart = panel(
        rows,
        title=title,
        low=low,
        high=high,
        target=r.target.value if r.target else None,
        target_label=say("users_target", lang) if r.target and r.target.own else "",
        subtitle=f"{sentence} {based}",
        lang=lang,
        footer=[straight(line, lang) for line in (dress.note, *footer(r, lang)) if line],
        size=dress.size,
        axis=say("panel_axis", lang, day=r.projection.dates[-1].isoformat(), unit=r.indicator.unit[lang]),
        integers=r.indicator.integer,
        description=sentence,
    )
    heads = (say("column_method", lang), say("column_verdict", lang))
    table = [dict(zip(heads, (row["method"], row["verdict"]), strict=True)) for row in rows]
    return write(
        chart, path, lang=lang, title=title, description=sentence, table={title: table},
        meta=_told(tracked, dress), font=dress.font,
    )  # fmt: skip


def _told(tracked: Tracked, dress: Dress) -> dict[str, Any]:
    """The file's facts; the command is the one that draws this picture, the base included."""
    r = tracked.result
    parts = ["forecast track", *options_of(r), f"--model {r.projection.model}", f"--lang {dress.lang}"]
    parts += [f"--base {tracked.base_day.isoformat()}"] if tracked.chosen else []
    return meta(r, dress) | {"command": " ".join(parts), "base": tracked.base_day.isoformat()}


def curve(tracked: Tracked) -> list[dict[str, float]]:
    """The chance of each of evenly spaced targets; of whole things at whole targets."""
    r = tracked.result
    p = r.projection
    assert p.cdf is not None
    cdf, last = p.cdf, len(p.dates) - 1
    low, high = targets_shown(tracked)
    while chance_at(p, aim_of(high, r.indicator), r.indicator) not in (None, 0.0) and 1 - cdf(last, high) > 0.02:
        high += 0.25 * (high - low)
        if r.indicator.upper is not None and high >= r.indicator.upper:
            high = r.indicator.upper
            break
    step = (high - low) / STEPS
    if r.indicator.integer:
        step = max(1.0, float(round(step)))
        low = float(round(low / step) * step)
    count = int((high - low) / step)
    rows = []
    for i in range(count + 1):
        value = low + i * step
        chance = chance_at(p, aim_of(value, r.indicator), r.indicator)
        rows.append({"target": value, "chance": float(chance or 0.0)})
    return rows


def write_chance(tracked: Tracked, path: Path, dress: Dress, sentence: str) -> Path:
    """Draw the chance over targets into `path`, with a slider in HTML. Raises `charts.errors.ChartError`, `Refusal`."""
    from charts.chance import chance
    from charts.export import suffix, write

    r, lang = tracked.result, dress.lang
    if r.projection.cdf is None:
        raise Refusal("suggest_needs_band", indicator=r.indicator.slug, model=r.projection.model)
    title = dress.title or straight(say("chance_title", lang, name=title_of(r, lang)), lang)
    rows = curve(tracked)
    chart = chance(
        rows,
        title=title,
        target=r.target.value if r.target else r.projection.quantile(0.5),
        subtitle=sentence,
        lang=lang,
        footer=[straight(line, lang) for line in (dress.note, *footer(r, lang)) if line],
        size=dress.size,
        axis=say("chance_axis", lang, day=r.projection.dates[-1].isoformat(), unit=r.indicator.unit[lang]),
        slider=say("chance_slider", lang) if suffix(path) == ".html" else "",
        integers=r.indicator.integer,
        description=sentence,
    )
    heads = (say("column_target", lang), say("column_chance", lang))
    table = [dict(zip(heads, (row["target"], f"{100 * row['chance']:.0f} %"), strict=True)) for row in rows[::5]]
    return write(
        chart, path, lang=lang, title=title, description=sentence, table={title: table},
        meta=_told(tracked, dress), font=dress.font,
    )  # fmt: skip


def write_way(tracked: Tracked, path: Path, dress: Dress, sentence: str) -> Path:
    """Draw the fan with the straight way to the target through it. Raises `Misuse` without a target or way."""
    from charts.export import write
    from charts.fan import fan
    from forecast.workflow.chart import fan_arguments

    r, lang = tracked.result, dress.lang
    if r.target is None or r.window is not None:
        raise Misuse("way_needs_target", indicator=r.indicator.slug)
    title = dress.title or straight(say("path_title", lang, name=title_of(r, lang)), lang)
    last = r.evidence.series.last
    way = [(last.when, last.value), *((m.day, m.value) for m in r.target.milestones)]
    given = fan_arguments(r, lang, note=dress.note)
    given |= {"trends": [{"label": say("path_needed", lang), "points": way}], "subtitle": sentence}
    chart = fan(given.pop("observations"), given.pop("forecast"), title=title, size=dress.size, **given)
    heads = (say("column_target_date", lang), say("column_needed", lang))
    table = [dict(zip(heads, (m.day.isoformat(), m.value), strict=True)) for m in r.target.milestones]
    return write(
        chart, path, lang=lang, title=title, description=sentence, table={title: table},
        meta=_told(tracked, dress), font=dress.font,
    )  # fmt: skip
