"""An announced figure as we print it, with what its wording adds: one wording for charts, reports and comparisons."""

from __future__ import annotations

import re

from forecast.sentences import say
from forecast.workflow.course import percent_sign
from warehouse.records import Indicator, Observation

_NEARLY = re.compile(r"nearly|almost|nearing|close to|approach|近", re.IGNORECASE)


def printed(o: Observation, indicator: Indicator, lang: str) -> str:
    """A figure in running text: "over 35,000", "超过3.5万", "nearly 12,000"; a share with its sign."""
    return bounded(o, plain(o, indicator, lang) + percent_sign(indicator), lang)


def plain(o: Observation, indicator: Indicator, lang: str) -> str:
    """Its number alone, without what its wording adds."""
    from charts.numbers import shown

    return shown(o.value, lang, integers=indicator.integer, digits=4)


def bounded(o: Observation, number: str, lang: str) -> str:
    """A number with what the figure's wording adds. An upper bound that the source comes close to is "nearly" it."""
    nearly = o.qualifier == "at_most" and _NEARLY.search(o.as_stated)
    return say(f"printed_{'nearly' if nearly else o.qualifier}", lang, value=number)
