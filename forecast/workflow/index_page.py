"""The page of `chart --all`: every indicator as a small multiple that leads to its own file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from charts.markup import Html, el, join, table
from charts.sheet import Tongue, figure, sheet
from forecast.sentences import say, tell
from forecast.workflow.chart import Dress, title_of
from forecast.workflow.charting import file_stem, plan_meta, plan_picture
from forecast.workflow.project import Projected, Refused


def index(
    results: Sequence[Projected],
    refused: Sequence[Refused],
    dress: Dress,
    langs: Sequence[str],
    links: Mapping[str, Mapping[str, str]],
) -> str:
    """The page of `chart --all`: small multiples that lead to the files beside it, and the series that have none."""
    tongues = []
    for lang in langs:
        first, own = results[0], dict(links.get(lang, {}))
        plan = first.horizon.plan.name[lang] if first.horizon.plan else first.projection.dates[-1].isoformat()
        title = dress.title or say("index_title", lang, plan=plan)
        svg, _ = plan_picture(results, replace(dress, lang=lang, size="page"), own)
        listed = [el("li", el("a", title_of(r, lang), href=own[file_stem(r)])) for r in results if own]
        body = join(
            [
                el(
                    "header", el("h1", title),
                    el("p", say("index_told", lang, as_of=first.as_of.isoformat()), class_="quiet") if own else None,
                ),
                el("section", figure(svg.replace(' role="img"', ' role="group"', 1) if own else svg)),
                el("section", el("h2", say("report_contents", lang)), el("nav", el("ol", *listed), aria_label=title))
                if listed
                else None,
                _left_out(refused, lang) if refused else None,
            ]
        )  # fmt: skip
        skip, switch = say("report_skip", lang), say("report_switch", lang)
        tongues.append(Tongue(lang=lang, title=title, body=body, skip=skip, switch=switch))
    return sheet(tongues, meta={"kind": "index", **plan_meta(results, dress)}, font=dress.font)


def _left_out(refused: Sequence[Refused], lang: str) -> Html:
    heads = [say(f"column_{name}", lang) for name in ("indicator", "entity", "reason")]
    rows = [
        dict(zip(heads, (r.indicator.name[lang], r.entity.name[lang], tell(r.reason, lang)), strict=True))
        for r in refused
    ]
    title = say("report_refused", lang)
    return el("section", el("h2", title), table(title, rows, row_head=heads[0], label=title), class_="one")
