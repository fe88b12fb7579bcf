"""Everything for the plan in one file: what is projected, what it rests on, and what is not projected and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forecast.errors import ForecastError, Misuse, Refusal
from forecast.notes import note
from forecast.workflow.chart import Dress, levels
from forecast.workflow.codes import batch_code, facts_code, series_told
from forecast.workflow.opening import as_of_or_newest, tool_version
from forecast.workflow.project import Projected, Refused, Request, project_all, project_from
from forecast.workflow.targeting import aim_of, aim_of_record, target_of
from warehouse.intentions import live
from warehouse.statements import statements

if TYPE_CHECKING:
    from warehouse.intentions import TargetRecord
    from warehouse.records import Observation, Source
    from warehouse.store import Warehouse

FORMATS = (".html", ".pdf", ".xlsx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a report tells: projections in the catalogue's order, the series that have none, and all their sources.

    `last` is the newest figure of each refused series; `brought` how many figures used here each source brought.
    """

    projected: tuple[Projected, ...]
    refused: tuple[tuple[Refused, Observation | None], ...]
    sources: tuple[Source, ...]
    brought: Mapping[str, int]
    as_of: date
    end: date
    plan: Mapping[str, str]
    command: str
    indicators: tuple[str, ...] = ()
    entity: str = ""
    targets: Mapping[str, float] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The code of all projections together."""
        return batch_code(self.projected)


def check_format(path: Path) -> str:
    """The suffix of a report. Raises `Misuse` for one we do not write."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise Misuse("report_formats", file=str(path), known=", ".join(FORMATS))
    return suffix


def collect(
    store: Warehouse,
    request: Request,
    *,
    indicators: Sequence[str] = (),
    entity: str = "",
    as_of: date | None = None,
    targets: Mapping[str, float] | None = None,
    command: str = "forecast report",
) -> Report:
    """The report's content: all indicators, or those named. A target is the user's (`targets`: name -> value), else
    one that stands in the store for the same series and day.

    Raises `Misuse` and `Unknown` for names and options that make no sense.
    """
    catalogue = store.catalogue()
    day = as_of_or_newest(store, as_of)
    wanted = [catalogue.indicator(name).slug for name in indicators]
    own = {catalogue.indicator(name).slug: value for name, value in (targets or {}).items()}
    results = _named(store, wanted, entity, request, day) if wanted else project_all(store, request, day, entity)
    kept = live(store.targets())
    projected = []
    for r in results:
        if isinstance(r, Projected):
            mine = own.get(r.indicator.slug) if r.entity.slug == catalogue.entity(entity).slug else None
            projected.append(_aimed(r, mine, kept))
    found = statements(store.observations(as_of=day), catalogue)
    newest: dict[tuple[str, str], Observation] = {}
    for o in (s.figure for s in found):
        held = newest.get((o.indicator, o.entity))
        if held is None or (held.period_end, held.published) <= (o.period_end, o.published):
            newest[o.indicator, o.entity] = o
    refused = tuple((r, newest.get((r.indicator.slug, r.entity.slug))) for r in results if isinstance(r, Refused))
    shown = [o for r in projected for o in (*r.evidence.used, *(o for o, _ in r.evidence.unused))]
    shown += [o for _, o in refused if o]
    brought: dict[str, int] = {}
    for o in shown:
        brought[o.source] = brought.get(o.source, 0) + 1
    if not projected and len(refused) == 1:
        reason = refused[0][0].reason
        raise Refusal(reason.code, **reason.params)
    if not projected:
        raise Misuse("nothing_to_chart")
    horizon = projected[0].horizon
    name = horizon.plan.name if horizon.plan else None
    return Report(
        projected=tuple(projected),
        refused=refused,
        sources=tuple(s for s in store.sources() if s.id in brought),
        brought=brought,
        as_of=day,
        end=horizon.end,
        plan={"en": name.en, "zh": name.zh} if name else dict.fromkeys(("en", "zh"), horizon.end.isoformat()),
        command=command,
        indicators=tuple(wanted),
        entity=catalogue.entity(entity).slug if entity else "",
        targets=own,
    )


def _named(
    store: Warehouse, wanted: Sequence[str], entity: str, request: Request, day: date
) -> list[Projected | Refused]:
    catalogue = store.catalogue()
    results: list[Projected | Refused] = []
    for slug in dict.fromkeys(wanted):
        try:
            results.append(project_from(store, slug, entity, request, day))
        except Misuse:
            raise
        except ForecastError as error:
            indicator, owner = catalogue.indicator(slug), catalogue.entity(entity)
            results.append(
                Refused(indicator=indicator, entity=owner, as_of=day, reason=error.note, model=request.model)
            )
    return results


def _aimed(result: Projected, value: float | None, kept: Sequence[TargetRecord]) -> Projected:
    """The projection with its target; a stored one is taken where none was typed."""
    record = None
    if value is None:
        key = (result.indicator.slug, result.entity.slug, result.projection.dates[-1])
        record = next((t for t in kept if (t.indicator, t.entity, t.due) == key), None)
        if record is None:
            return result
    aim = aim_of_record(record) if record else aim_of(value or 0.0, result.indicator)
    target = target_of(aim, result.projection, result.evidence, result.indicator, result.window, record)
    return replace(result, target=target, notes=(*target.notes, *result.notes))


def parse_targets(texts: Sequence[str]) -> dict[str, float]:
    """INDICATOR=VALUE as a mapping. Raises `Misuse`."""
    found = {}
    for text in texts:
        name, equals, value = text.rpartition("=")
        try:
            found[name.strip()] = float(value.replace(",", ""))
        except ValueError:
            equals = ""
        if not equals or not name.strip():
            raise Misuse("report_bad_target", text=text)
    return found


def report_meta(report: Report, langs: Sequence[str], *, font: str = "", since: str = "") -> dict[str, Any]:
    """What the file says about itself."""
    p = report.projected[0].projection
    return {
        "kind": "report",
        "series": series_told(report.projected),
        "sources": [s.id for s in report.sources],
        "as_of": report.as_of.isoformat(),
        "to": report.end.isoformat(),
        "model": p.model,
        "levels": levels(p),
        "observations": sum(len(r.evidence.used) for r in report.projected),
        "lang": ", ".join(langs),
        "indicators": list(report.indicators),
        "entity": report.entity,
        "targets": [f"{name}={value!r}" for name, value in report.targets.items()],
        "code": report.code,
        "font": font,
        "since": since,
        "command": report.command,
        "version": tool_version(),
    }


def write_report(
    report: Report, path: Path, langs: Sequence[str], *, font: Path | None = None, since: Path | None = None
) -> Path:
    """Write the report in the format of its suffix. Raises `Misuse`, `charts.errors.ChartError`."""
    suffix = check_format(path)
    before = read_report(since) if since else None
    if suffix == ".xlsx":
        from forecast.workflow.workbook import write_workbook

        return write_workbook(report, path, langs)
    from charts.export import save
    from forecast.workflow.report_page import heading, page

    html = page(report, langs, font=font, before=before)
    if suffix == ".html":
        return save(path, html.encode())
    from charts.printing import print_pdf

    title, meta = heading(report, langs[0]), report_meta(report, langs)
    return print_pdf(html, path, title=title, description=title, meta=meta)


def write_index(
    results: Sequence[Projected],
    path: Path,
    dress: Dress,
    langs: Sequence[str],
    links: Mapping[str, Mapping[str, str]],
    refused: Sequence[Refused] = (),
) -> Path:
    """A page with all indicators as small multiples, each leading to its own file, and why the others have none."""
    from charts.export import save
    from forecast.workflow.index_page import index

    return save(path, index(results, refused, dress, langs, links).encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What an earlier report said: its file, its day, and (code, median) by series."""

    file: str
    as_of: str
    series: Mapping[str, tuple[str, float]]


def read_report(path: Path) -> Before:
    """The series of an earlier report. Raises `Misuse` for a file that is none."""
    from charts.reading import read_meta

    try:
        meta = read_meta(path) or {}
        series = {}
        for item in str(meta["series"]).split(", "):
            name, _, told = item.rpartition("=")
            code, _, median = told.partition(":")
            series[name] = (code, float(median))
    except (OSError, KeyError, ValueError):
        raise Misuse("report_not_a_report", file=str(path)) from None
    return Before(file=path.name, as_of=str(meta.get("as_of", "-")), series=series)


def changes(report: Report, before: Before) -> list[Any]:
    """What is otherwise than in an earlier report, as notes."""
    from forecast.workflow.codes import HALF

    said = []
    now = {f"{r.indicator.slug}@{r.entity.slug}": r for r in report.projected}
    for key, r in now.items():
        name = {lang: f"{r.indicator.name[lang]}" for lang in ("en", "zh")}
        if "/" in r.entity.slug:
            name = {lang: f"{r.indicator.name[lang]} ({r.entity.name[lang]})" for lang in ("en", "zh")}
        if key not in before.series:
            said.append(note("report_change_new", name=name))
            continue
        code, median = before.series[key]
        current = facts_code(r)
        if code != current:
            what = "figures" if code[:HALF] != current[:HALF] else "projection"
            after = r.projection.quantile(0.5)
            told = {"before": _rounded(median, r), "after": _rounded(after, r)}
            said.append(note(f"report_change_{what}", name=name, **told))
    said += [note("report_change_gone", name=key.split("@")[0]) for key in before.series if key not in now]
    return said


def _rounded(value: float, result: Projected) -> float:
    return float(round(value)) if result.indicator.integer else value
