"""A ranking forecast as a picture in a file: the odds of all ranks, the paths, or the chance of staying first."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from forecast.sentences import number, percent, say
from forecast.workflow.chart import listed_sources
from forecast.workflow.codes import rank_code
from forecast.workflow.opening import tool_version
from forecast.workflow.rank import Ranked
from forecast.workflow.rank_shape import MODEL, standing_rows


def write_rank_chart(
    result: Ranked, path: Path, *, view: str = "odds", lang: str = "en", font: Path | None = None, size: str = "page"
) -> Path:
    """Draw `odds`, `paths` or `first` into `path`; the suffix decides the format. Raises `charts.errors.ChartError`."""
    from charts.export import write

    name = result.title.get(lang, result.title["en"])
    last = result.dates[-1].isoformat()
    title = say(f"rank_chart_{view}", lang, name=name, day=last)
    chart = {"odds": _odds, "paths": _paths, "first": _first}[view](result, title, lang, size)
    return write(
        chart,
        path,
        lang=lang,
        title=title,
        description=_description(result, title, lang),
        table={title: _table(result, lang)},
        meta=_meta(result, view, lang, size, font),
        font=font,
    )


def _order(result: Ranked) -> list[int]:
    """Entities by today's rank; the one looked at is among the first."""
    index = {n: i for i, n in enumerate(result.ranking.league.names)}
    return [index[row["entity"]] for row in standing_rows(result)]


def _odds(result: Ranked, title: str, lang: str, size: str) -> Any:
    from charts.ranks import MOST_ROWS, heat

    pmf = result.ranking.pmf()
    order = _order(result)
    if len(order) == 1:
        return _one_by_date(result, title, lang, size)
    rows = [
        {"entity": result.name(i, lang), "rank": r + 1, "chance": float(pmf[i, r])}
        for i in order
        for r in range(pmf.shape[1])
    ]
    more = len(order) - MOST_ROWS
    extra = [say("rank_more_entities", lang, count=more)] if more > 0 else []
    return heat(
        rows,
        title=title,
        subtitle=_subtitle(result, "rank_chart_below", lang),
        lang=lang,
        footer=[*extra, *_footer(result, lang)],
        size=size,
        axis=say("rank_axis", lang),
        description=_description(result, title, lang),
    )


def _one_by_date(result: Ranked, title: str, lang: str, size: str) -> Any:
    """A single entity: a row a date instead of a row an entity."""
    from charts.ranks import heat

    rows = [
        {"entity": day.isoformat(), "rank": r + 1, "chance": float(c)}
        for on, day in enumerate(result.dates)
        for r, c in enumerate(result.ranking.pmf(on)[0])
    ]
    return heat(
        rows,
        title=say("rank_chart_one", lang, name=result.title.get(lang, result.title["en"]), entity=result.name(0, lang)),
        subtitle=_subtitle(result, "rank_chart_below", lang),
        lang=lang,
        footer=_footer(result, lang),
        size=size,
        axis=say("rank_axis", lang),
        description=_description(result, title, lang),
    )


def _paths(result: Ranked, title: str, lang: str, size: str) -> Any:
    import numpy as np

    from charts.rank_paths import paths
    from forecast.ranking.ties import ranks_of

    league = result.ranking.league
    years, table = league.by_year()
    if not league.of_ranks:
        by_year = [ranks_of(c, smallest_first=league.smallest_first) for c in table.T]
        table = np.where(np.isnan(table), np.nan, np.column_stack(by_year))
    newest = date.fromordinal(league.newest)
    history = [
        {"entity": result.name(i, lang), "date": _years_before(newest, -int(years[t])), "rank": float(table[i, t])}
        for i in range(len(league))
        for t in range(len(years))
        if not np.isnan(table[i, t])
    ]
    pmf = result.ranking.pmf()
    chances = [
        {"entity": result.name(i, lang), "rank": r + 1, "chance": float(pmf[i, r])}
        for i in _order(result)
        for r in range(pmf.shape[1])
    ]
    return paths(
        history,
        chances,
        title=title,
        today=newest,
        target=result.dates[-1],
        marked=result.name(result.look, lang),
        subtitle=_subtitle(result, "rank_chart_width", lang),
        lang=lang,
        footer=_footer(result, lang),
        size=size,
        axis=say("rank_axis", lang),
        description=_description(result, title, lang),
    )


def _years_before(day: date, count: int) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - count, day=28 if leap else day.day)


def _first(result: Ranked, title: str, lang: str, size: str) -> Any:
    from charts.rank_paths import MOST_LINES, first

    ranking = result.ranking
    pairs = [d.first() for d in ranking.draws]
    shared = [alone + level for alone, level in pairs]
    today = ranking.league.today()
    count = len(ranking.league)
    chosen = sorted(range(count), key=lambda i: (-float(shared[-1][i]), int(today[i])))[:MOST_LINES]
    chosen = [i for i in chosen if max(float(s[i]) for s in shared) >= 0.01 or today[i] == 1] or chosen[:1]
    if int(today[result.look]) == 1 and result.look not in chosen:
        chosen[-1] = result.look
    start = date.fromordinal(ranking.league.newest).isoformat()
    rows = []
    for i in chosen:
        rows.append({"entity": result.name(i, lang), "date": start, "chance": float(today[i] == 1)})
        for day, odds in zip(result.dates, shared, strict=True):
            rows.append({"entity": result.name(i, lang), "date": day.isoformat(), "chance": float(odds[i])})
    return first(
        rows,
        title=title,
        subtitle=_subtitle(result, "rank_chart_first_note", lang),
        lang=lang,
        footer=_footer(result, lang),
        size=size,
        axis=say("rank_axis_chance", lang),
        description=_description(result, title, lang),
    )


def _subtitle(result: Ranked, code: str, lang: str) -> str:
    told = ["rank_chart_prior", code] if result.prior else [code, "rank_chart_projected"]
    return (" " if lang == "en" else "").join(say(one, lang) for one in told)


def _footer(result: Ranked, lang: str) -> list[str]:
    lines = [line for line in (listed_sources(result.sources, lang, table=result.table),) if line]
    method = say(MODEL[result.ranking.method], lang)
    last = date.fromordinal(result.ranking.league.newest).isoformat()
    lines.append(
        say(
            "rank_chart_method",
            lang,
            method=method,
            count=len(result.ranking.league),
            last=last,
            version=tool_version(),
            code=_code(result),
        )
    )
    return lines


def _code(result: Ranked) -> str:
    return rank_code(result.ranking.league, result.dates)


def _description(result: Ranked, title: str, lang: str) -> str:
    index = {n: i for i, n in enumerate(result.ranking.league.names)}
    told = [say("rank_description", lang, title=title)]
    for row in standing_rows(result)[:5]:
        low, high = row["interval_80"]
        code = "rank_described" if low < high else "rank_described_one"
        told.append(say(code, lang, name=result.name(index[row["entity"]], lang), rank=row["rank"], low=low, high=high))
    return "".join(told)


def _table(result: Ranked, lang: str) -> list[dict[str, str]]:
    index = {n: i for i, n in enumerate(result.ranking.league.names)}

    def head(name: str) -> str:
        return say(f"column_{name}", lang)

    return [
        {
            head("entity"): result.name(index[row["entity"]], lang),
            head("target_date"): row["target_date"],
            head("rank_today"): str(row["rank"]),
            **({} if row["value"] is None else {head("value"): number(row["value"], lang)}),
            head("expected_rank"): f"{row['expected_rank']:.1f}",
            head("interval_80"): f"{row['interval_80'][0]}-{row['interval_80'][1]}",
            head("first"): f"{percent(row['first_alone'] + row['first_shared'])} %",
        }
        for on in range(len(result.dates))
        for row in standing_rows(result, on)
    ]


def _meta(result: Ranked, view: str, lang: str, size: str, font: Path | None) -> dict[str, Any]:
    facts = {
        "indicator": result.indicator.slug if result.indicator else "",
        "table": result.table,
        "entity": result.ranking.league.names[result.look] if result.asked else "",
        "smallest_first": result.ranking.league.smallest_first,
        "as_of": result.as_of.isoformat() if result.as_of else "",
        "to": result.dates[-1].isoformat(),
        "view": view,
    }
    return {
        **facts,
        "model": MODEL[result.ranking.method],
        "sources": [s.id for s in result.sources],
        "entities": len(result.ranking.league),
        "lang": lang,
        "size": size,
        "font": font.name if font else "",
        "code": _code(result),
        "command": _command(facts),
        "version": tool_version(),
    }


def _command(facts: Mapping[str, Any]) -> str:
    """The command that draws it, but for the file it is drawn into."""
    parts = [f"--indicator {facts['indicator']}" if facts["indicator"] else f"--from {shlex.quote(facts['table'])}"]
    parts += [f"--entity {shlex.quote(facts['entity'])}"] if facts["entity"] else []
    parts += [f"--as-of {facts['as_of']}"] if facts["as_of"] else []
    parts += ["--smallest-first"] if facts["smallest_first"] else []
    return " ".join(["forecast rank", *parts, f"--to {facts['to']}", f"--view {facts['view']}"])
