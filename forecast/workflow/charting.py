"""Charts as files for planners: one indicator, every indicator, both languages, or what was said before it came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forecast import models
from forecast.errors import Misuse, Refusal
from forecast.notes import reference_alone
from forecast.sentences import BOTH, LANGUAGES, say
from forecast.workflow.chart import (
    Dress,
    bands_told,
    fan_arguments,
    levels,
    straight,
    title_of,
    write_fan,
)
from forecast.workflow.codes import batch_code, series_told
from forecast.workflow.course import told_level, value_told
from forecast.workflow.evidence import sources_of
from forecast.workflow.opening import tool_version
from forecast.workflow.project import Projected, Refused, Request, project_all, project_from
from warehouse.statements import statements

if TYPE_CHECKING:
    from warehouse.store import Warehouse

SUFFIXES = (".html", ".png", ".svg", ".pdf", ".json")


def languages(lang: str) -> tuple[str, ...]:
    """The languages meant: one, or both. Raises `Misuse`."""
    if lang == BOTH:
        return LANGUAGES
    if lang not in LANGUAGES:
        raise Misuse("unknown_language", name=lang, known=", ".join((*LANGUAGES, BOTH)))
    return (lang,)


def in_language(path: Path, lang: str, among: Sequence[str]) -> Path:
    """Where a file goes: as asked, or with the language before its suffix where there are several."""
    return path if len(among) == 1 else path.with_name(f"{path.stem}.{lang}{path.suffix}")


def other_models(store: Warehouse, result: Projected, request: Request) -> tuple[Projected, ...]:
    """The same series by every other model that can project it, and has a projection of its own."""
    done = []
    for name in models.names():
        if name != result.projection.model:
            try:
                one = replace(request, model=name, trends=False)
                other = project_from(store, result.indicator.slug, result.entity.slug, one, result.as_of)
            except Refusal:
                continue
            if not reference_alone(other.notes):
                done.append(other)
    return tuple(done)


def with_later(store: Warehouse, result: Projected) -> Projected:
    """The projection with the figures of its series that were published only after it was made, oldest first."""
    catalogue = store.catalogue()
    slug, owner = result.indicator.slug, result.entity.slug
    wordings = catalogue.comparable_with(slug, result.evidence.definition)
    found = [s.figure for s in statements(store.observations(slug, owner), catalogue)]
    last = result.evidence.used[-1].period_end
    later = [o for o in found if o.published > result.as_of and o.period_end > last and o.definition in wordings]
    later.sort(key=lambda o: o.period_end)
    drawn = (*result.evidence.used, *(o for o, _ in result.evidence.unused), *later)
    return replace(result, later=tuple(later), sources=sources_of(drawn, {s.id: s for s in store.sources()}))


def write_charts(
    result: Projected, path: Path, dress: Dress, lang: str, *, trends: Sequence[Projected] = ()
) -> list[Path]:
    """One indicator's chart, a file a language (HTML: one file with all of them); the paths written."""
    among = [replace(dress, lang=one) for one in languages(lang)]
    if path.suffix.lower() == ".html":
        return [write_fan(result, path, among[0], trends=trends, also=among[1:])]
    names = [d.lang for d in among]
    return [write_fan(result, in_language(path, d.lang, names), d, trends=trends) for d in among]


def plan_results(
    store: Warehouse, request: Request, as_of: date | None, entity: str
) -> tuple[list[Projected], list[Refused]]:
    """Every series that can be projected, and those that cannot. Raises `Misuse` where none can."""
    found = project_all(store, request, as_of, entity)
    results = [r for r in found if isinstance(r, Projected)]
    if not results:
        raise Misuse("nothing_to_chart")
    return results, [r for r in found if isinstance(r, Refused)]


def file_stem(result: Projected) -> str:
    """The file name of a series: its slug, with the entity where it is not the whole city."""
    owner = result.entity.slug
    return result.indicator.slug if "/" not in owner else f"{result.indicator.slug}.{owner.replace('/', '-')}"


def cells(results: Sequence[Projected], lang: str, links: dict[str, str] | None = None) -> list[Any]:
    """Small multiples of projections; `links`: file stem -> address."""
    from charts.multiples import Cell

    shared = len({r.entity.slug for r in results}) == 1
    made = []
    for result in results:
        given = fan_arguments(result, lang)
        made.append(
            Cell(
                title=straight(result.indicator.name[lang], lang)
                if shared or "/" not in result.entity.slug
                else title_of(result, lang),
                link=(links or {}).get(file_stem(result), ""),
                **{name: given[name] for name in ("observations", "forecast", "apart", "integers", "join")},
            )
        )
    return made


def plan_picture(
    results: Sequence[Projected], dress: Dress, links: dict[str, str] | None = None, part: str = ""
) -> tuple[str, Any]:
    """All indicators as small multiples: the SVG, and the page's size. `part` says which of several slides it is."""
    from charts.multiples import multiples, told_below

    first, lang = results[0], dress.lang
    day = first.projection.dates[-1].isoformat()
    plan = first.horizon.plan.name[lang] if first.horizon.plan else day
    method = say(
        "multiples_method",
        lang,
        model=first.projection.model,
        as_of=first.as_of.isoformat(),
        bands=bands_told(first.projection, lang),
        version=tool_version(),
        code=batch_code(results),
        sources=", ".join(dict.fromkeys(s.id for r in results for s in r.sources)),
    )
    return multiples(
        cells(results, lang, links),
        title=(dress.title or say("multiples_title", lang, plan=plan, n=len(results))) + part,
        subtitle=say("multiples_subtitle", lang, day=day) + told_below(lang, told_level(first.projection) or 80),
        footer=[line for line in (dress.note, method) if line],
        lang=lang,
        size=dress.size,
    )


def plan_meta(results: Sequence[Projected], dress: Dress) -> dict[str, Any]:
    """What a file about many series says about itself."""
    first = results[0]
    return {
        "kind": "plan",
        "series": series_told(results),
        "as_of": first.as_of.isoformat(),
        "model": first.projection.model,
        "levels": levels(first.projection),
        "to": first.projection.dates[-1].isoformat(),
        "lang": dress.lang,
        "code": batch_code(results),
        "version": tool_version(),
    }


def write_picture(
    results: Sequence[Projected], path: Path, dress: Dress, lang: str, refused: Sequence[Refused] = ()
) -> list[Path]:
    """Small multiples of all series in one file a language (HTML: one with all, and the `refused` with their reasons);
    as slides, twenty series a file."""
    from charts.export import write_svg
    from charts.multiples import MOST

    written = []
    among = languages(lang)
    if path.suffix.lower() == ".html":
        from forecast.workflow.reporting import write_index

        return [write_index(results, path, dress, among, {}, refused)]
    per = MOST if dress.size == "slide" else len(results)
    shares = [results[i : i + per] for i in range(0, len(results), per)]
    for one, (n, share) in ((one, item) for one in among for item in enumerate(shares, 1)):
        own = replace(dress, lang=one)
        svg, size = plan_picture(share, own, part=f" ({n}/{len(shares)})" if len(shares) > 1 else "")
        title = own.title or say("multiples_heading", one)
        said = "; ".join(
            f"{title_of(r, one)}: {value_told(r.projection.quantile(0.5), r.indicator, one)}" for r in share
        )
        target = in_language(path, one, among)
        target = target if len(shares) == 1 else target.with_name(f"{target.stem}.{n}{target.suffix}")
        written.append(
            write_svg(
                svg,
                target,
                title=title,
                description=said,
                meta=plan_meta(share, own),
                font=own.font,
                pixels=size.pixels,
            )
        )
    return written


def write_folder(
    results: Sequence[Projected],
    folder: Path,
    dress: Dress,
    lang: str,
    suffix: str = ".html",
    refused: Sequence[Refused] = (),
) -> list[Path]:
    """A file an indicator (and language), and `index.html` with all of them as small multiples that lead there, and
    with the reasons why the `refused` have none."""
    if suffix not in SUFFIXES:
        raise Misuse("unknown_suffix", name=suffix, known=", ".join(s[1:] for s in SUFFIXES))
    folder.mkdir(parents=True, exist_ok=True)
    among = languages(lang)
    written = []
    for result in results:
        written += write_charts(result, folder / f"{file_stem(result)}{suffix}", dress, lang)
    from forecast.workflow.reporting import write_index

    links: dict[str, dict[str, str]] = {}
    for one in among:
        within = among if suffix != ".html" else (one,)
        links[one] = {file_stem(r): in_language(Path(f"{file_stem(r)}{suffix}"), one, within).name for r in results}
    written.append(write_index(results, folder / "index.html", dress, among, links, refused))
    return written
