"""Where a projection goes, in a sentence: under the title of a chart, and with the indicator's name in a report."""

from __future__ import annotations

from datetime import date
from typing import Any

from forecast.projection import Projection
from forecast.sentences import gap, say
from forecast.verdicts.pace import so_far
from forecast.verdicts.record import years
from forecast.workflow.evidence import WINDOW
from forecast.workflow.project import Projected
from warehouse.records import Indicator

GOES_ON = 0.1
"""So much of the last pace a projection must carry on to be called the present course."""


def of_chart(result: Projected, lang: str) -> str:
    """The projection in a sentence."""
    code, given = _told(result, lang)
    said = say(f"chart_course{code}", lang, **given)
    return said[0].upper() + said[1:]


def of_report(result: Projected, lang: str) -> str:
    """The projection in a sentence, with the indicator's name."""
    i = result.indicator
    code, given = _told(result, lang)
    return say(f"report_line{code}", lang, name=i.name[lang], unit=unit_told(i, lang), **given)


def _told(result: Projected, lang: str) -> tuple[str, dict[str, Any]]:
    """Which of the sentences fits, and what fills it."""
    p, i = result.projection, result.indicator
    given = {
        "course": say(f"course_{direction(result)}", lang),
        "when": when_told(p.dates[-1], lang),
        "median": value_told(p.quantile(0.5), i, lang),
    }
    level = told_level(p)
    if level is None:
        return "_alone", given
    low, high = (value_told(v, i, lang) for v in p.interval(level))
    given |= {"low": low, "high": high, "level": f"{level:g}"}
    code = "" if level == 80 else "_level"
    if result.window:
        return f"{code}_total", given | {"start": str(result.window.start.year)}
    return code, given


def direction(result: Projected) -> str:
    """`present`, or the `fall` or `rise` of the last two figures of which the projection carries on hardly anything."""
    p, points = result.projection, result.evidence.series.points
    if result.evidence.form == WINDOW or len(points) < 2:
        return "present"
    last, (_, pace) = points[-1], so_far(points)[-1]
    carried_on = pace * years(last.when, p.dates[-1])
    if pace == 0 or (p.quantile(0.5) - last.value) / carried_on >= GOES_ON:
        return "present"
    return "fall" if pace < 0 else "rise"


def value_told(value: float, indicator: Indicator, lang: str) -> str:
    """A projected value in running text: "165", "3.49 million", "349万"; a share with its sign."""
    from charts.numbers import shown

    return shown(value, lang, integers=indicator.integer) + percent_sign(indicator)


def percent_sign(indicator: Indicator) -> str:
    """The sign after a share's value, "" after others."""
    return "%" if indicator.unit.zh == "%" else ""


def unit_told(indicator: Indicator, lang: str) -> str:
    """The unit after a value in running text; a percent sign stands with the value already."""
    if indicator.unit.zh == "%":
        return ""
    unit = indicator.unit[lang]
    return (gap("0", unit) if lang == "zh" else " ") + unit


def told_level(p: Projection) -> float | None:
    """The central interval that a sentence tells: 80 %, else the one nearest to it; None without a band."""
    found = [round(100 - 200 * q, 4) for q in p.probs if q < 0.5]
    return min(found, key=lambda level: abs(level - 80)) if found else None


def when_told(day: date, lang: str) -> str:
    """A target date in running text: the end of a year by its name."""
    if (day.month, day.day) == (12, 31):
        return say("when_year_end", lang, year=day.year)
    return say("when_day", lang, day=day.isoformat())
