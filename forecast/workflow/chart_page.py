"""One indicator's chart as a page: the drawing, a target on a slider, the tables, the doubts and the method.

Drawn beforehand like a report's, so it opens at once, is a tenth of the size of a page with Vega in it, and needs no
script to be read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from charts import theme
from charts.inline import fan_svg
from charts.markup import Html, el, items, join, table
from charts.sheet import Tongue, figure, sheet
from forecast.sentences import say
from forecast.workflow import report_words as words
from forecast.workflow.chart import Dress, fan_arguments, title_of
from forecast.workflow.project import Projected
from forecast.workflow.report_page import Odds, anchor, chance_slider, odds, tables


def chart_page(
    result: Projected,
    dresses: Sequence[Dress],
    *,
    meta: Mapping[str, Any],
    trends: Sequence[Projected] = (),
) -> str:
    """The whole HTML file, a language a dress."""
    chances = odds(result)
    tongues = [
        Tongue(
            lang=dress.lang,
            title=dress.title or title_of(result, dress.lang),
            body=_body(result, dress, chances, trends),
            skip=say("report_skip", dress.lang),
            switch=say("report_switch", dress.lang),
        )
        for dress in dresses
    ]
    return sheet(tongues, meta=meta, font=dresses[0].font)


def _body(
    result: Projected,
    dress: Dress,
    chances: Odds,
    trends: Sequence[Projected],
) -> Html:
    lang = dress.lang
    title = dress.title or title_of(result, lang)
    given = fan_arguments(result, lang, trends=trends, note=dress.note)
    size = replace(theme.SIZES[dress.size], margin=8) if dress.size == "page" else theme.SIZES[dress.size]
    drawn = fan_svg(given.pop("observations"), given.pop("forecast"), title=title, size=size, **given)
    doubts = words.doubts(result, lang)
    facts = [x for x in (words.target_told(result, lang), words.pace_told(result, lang)) if x]
    return join(
        [
            el("section", el("h1", title, class_="aside"), figure(drawn), *(el("p", x.strip()) for x in facts)),
            el("section", chance_slider(result, chances, lang, anchor(result, lang))) if chances else None,
            el("section", *tables(result, lang)),
            el(
                "section",
                el("h2", say("report_doubts", lang)) if doubts else None,
                items(doubts) if doubts else None,
                el("h2", say("report_method", lang)),
                *(el("p", line) for line in words.method(result, lang)),
            ),
            el("section", table(say("report_sources_table", lang), _sources(result, lang))),
        ]
    )


def _sources(result: Projected, lang: str) -> list[dict[str, Any]]:
    return [
        {
            say("column_title", lang): s.title,
            say("column_publisher", lang): s.publisher,
            say("column_published", lang): s.published.isoformat(),
            say("column_source", lang): s.id,
            say("column_sha256", lang): s.sha256[:16] or "–",
        }
        for s in result.sources
    ]
