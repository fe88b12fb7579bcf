"""Is this picture still what the store says? A file, or the code that a slide kept of it, against the figures of today.

A file of ours carries what it was made from and how, so it is made again and compared: the figures, what was projected
from them, and the bytes. A code alone is looked for among what the usual settings give.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from charts.reading import UnreadableMeta, read_meta
from forecast import models
from forecast.errors import ForecastError, Misuse
from forecast.notes import Note, note
from forecast.sentences import LANGUAGES
from forecast.workflow.chart import Dress, title_of, write_fan
from forecast.workflow.charting import other_models, with_later
from forecast.workflow.codes import HALF, batch_code, facts_code, figures_code, looks_like_code, read_code
from forecast.workflow.evidence import Evidence, assemble
from forecast.workflow.opening import as_of_or_newest
from forecast.workflow.project import Projected, Refused, Request, project_all, project_from
from warehouse.errors import Unknown
from warehouse.statements import statements

if TYPE_CHECKING:
    from warehouse.records import Known
    from warehouse.store import Warehouse

IDENTICAL, CHANGED, UNVERIFIABLE = "identical", "changed", "unverifiable"
EXACT = (".html", ".png", ".svg", ".json")
"""Formats that come out the same byte for byte."""
Text = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The answer: `verdict`, what it is about, what has changed or why nothing can be said, and remarks."""

    verdict: str
    code: str = ""
    subject: Text | None = None
    reasons: tuple[Note, ...] = ()
    remarks: tuple[Note, ...] = ()


def verify(store: Warehouse, what: str) -> Verified:
    """Compare a file, or a code, with the store. Raises `Misuse` for what is neither."""
    path = Path(what)
    if path.is_file():
        return _file(store, path)
    if looks_like_code(what):
        return _code(store, read_code(what))
    raise Misuse("verify_nothing_there", what=what)


def _file(store: Warehouse, path: Path) -> Verified:
    try:
        meta = read_meta(path)
    except UnreadableMeta as fault:
        return Verified(verdict=UNVERIFIABLE, reasons=(note("verify_bad_meta", **fault.params),))
    if not meta or not {"code", "command"} & set(meta):
        return Verified(verdict=UNVERIFIABLE, reasons=(note("verify_no_meta", file=path.name),))
    if "series" not in meta and not {"code", "levels", "definition"} <= set(meta):
        said = note("verify_other_kind", file=path.name, command=str(meta.get("command", "?")))
        return Verified(verdict=UNVERIFIABLE, code=str(meta.get("code", "")), reasons=(said,))
    try:
        return _report(store, path, meta) if "series" in meta else _chart(store, path, meta)
    except (KeyError, ValueError, TypeError) as fault:
        if isinstance(fault, ForecastError):
            raise
        said = note("verify_bad_meta", file=path.name, reason=f"{type(fault).__name__}: {fault}")
        return Verified(verdict=UNVERIFIABLE, code=str(meta["code"]), reasons=(said,))


def request_of(meta: Mapping[str, Any], kind: str = "") -> Request:
    """The projection asked for by a file's metadata."""
    target = meta.get("target")
    levels = str(meta["levels"])
    return Request(
        to=str(meta["to"]),
        model=str(meta["model"]),
        definition=str(meta.get("definition") or ""),
        kind=kind,
        levels=tuple(float(v) for v in levels.split("/")) if levels != "-" else Request().levels,
        target=None if target is None else float(target),
    )


def _chart(store: Warehouse, path: Path, meta: Mapping[str, Any]) -> Verified:
    code, slug, owner = str(meta["code"]), str(meta["indicator"]), str(meta["entity"])
    subject: Text = dict.fromkeys(LANGUAGES, slug)
    day = date.fromisoformat(str(meta["as_of"]))
    try:
        own = store.catalogue().indicator(slug)
        subject = {"en": own.name.en, "zh": own.name.zh}
        kind = str(meta.get("kind", ""))
        request = request_of(meta, kind if kind != own.kind else "")
        result = project_from(store, slug, owner, request, day)
    except (ForecastError, Unknown) as refusal:
        why = refusal.note if isinstance(refusal, ForecastError) else Note(refusal.code, refusal.params)
        said = note("verify_refused", name=subject, reason=_told(why))
        return Verified(verdict=CHANGED, code=code, subject=subject, reasons=(said,))
    subject = {lang: title_of(result, lang) for lang in LANGUAGES}
    reasons = _differences(result, meta)
    if reasons:
        return Verified(verdict=CHANGED, code=code, subject=subject, reasons=tuple(reasons))
    remarks = _newer(store, result, request, slug, owner)
    ours = path.suffix.lower() in EXACT and str(meta.get("command", "")).startswith("forecast chart")
    if meta.get("font") or not ours:
        remarks.append(note("verify_drawing_unchecked", suffix=path.suffix))
    else:
        look: dict[str, Any] = {name: str(meta[name]) for name in ("size", "title", "note")}
        dress, *also = (Dress(lang=lang, **look) for lang in _listed(meta["lang"]))
        trends = other_models(store, result, request) if meta.get("models") == "all" else ()
        drawn = with_later(store, result) if meta.get("later") else result
        with tempfile.TemporaryDirectory(prefix="forecast-verify-") as folder:
            again = write_fan(drawn, Path(folder, f"again{path.suffix}"), dress, trends=trends, also=also)
            same = again.read_bytes() == path.read_bytes()
        if not same:
            said = note("verify_drawing", version=str(meta.get("version", "?")))
            return Verified(verdict=CHANGED, code=code, subject=subject, reasons=(said,))
    return Verified(verdict=IDENTICAL, code=code, subject=subject, remarks=tuple(remarks))


def _told(why: Note) -> Text:
    from forecast.sentences import tell

    return {lang: tell(why, lang) for lang in LANGUAGES}


def _differences(result: Projected, meta: Mapping[str, Any]) -> list[Note]:
    """What is otherwise than the file says: figures first, then what was made of them."""
    code, now = str(meta["code"]), facts_code(result)
    if code == now and _listed(meta.get("figures")) == [f"{o.id}={o.value:g}" for o in result.evidence.used]:
        return []
    said: list[Note] = []
    held = {*_listed(meta.get("figures")), *_listed(meta.get("left_out"))}
    current = {f"{o.id}={o.value:g}" for o in (*result.evidence.used, *(o for o, _ in result.evidence.unused))}
    said += [note("verify_figure_gone", id=item) for item in sorted(held - current)]
    said += [note("verify_figure_new", id=item) for item in sorted(current - held)]
    if not said or code[HALF:] != now[HALF:]:
        median = f"{result.projection.quantile(0.5):.6g}"
        said.append(note("verify_model", median=median, before=str(meta.get("median", "?"))))
    return said


def _listed(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(v) for v in value]
    return [item for item in str(value or "").split(", ") if item]


def _newer(store: Warehouse, result: Projected, request: Request, slug: str, owner: str) -> list[Note]:
    """Whether figures published since would change it."""
    newest = as_of_or_newest(store, None)
    if newest <= result.as_of:
        return []
    try:
        now = project_from(store, slug, owner, request, newest)
    except ForecastError:
        return []
    if figures_code(now.evidence) == figures_code(result.evidence):
        return []
    before, median = (f"{r.projection.quantile(0.5):.4g}" for r in (result, now))
    return [note("verify_note_newer", as_of=newest.isoformat(), before=before, median=median)]


def _report(store: Warehouse, path: Path, meta: Mapping[str, Any]) -> Verified:
    from forecast.workflow.reporting import collect, parse_targets, write_report

    code, day = str(meta["code"]), date.fromisoformat(str(meta["as_of"]))
    request = request_of(meta)
    targets = parse_targets(_listed(meta.get("targets")))
    names = _listed(meta.get("indicators"))
    report = collect(
        store, request, indicators=names, entity=str(meta.get("entity", "")), as_of=day, targets=targets,
        command=str(meta.get("command", "")),
    )  # fmt: skip
    subject = dict.fromkeys(LANGUAGES, path.name)
    held = {key: told.partition(":")[0] for key, _, told in (s.partition("=") for s in _listed(meta["series"]))}
    now = {f"{r.indicator.slug}@{r.entity.slug}": r for r in report.projected}
    reasons: list[Note] = []
    for key, was in held.items():
        if key not in now:
            reasons.append(note("report_change_gone", name=key))
        elif facts_code(now[key]) != was:
            what = "figures" if figures_code(now[key].evidence) != was[:HALF] else "projection"
            reasons.append(note(f"verify_series_{what}", name={n: title_of(now[key], n) for n in LANGUAGES}))
    if reasons:
        return Verified(verdict=CHANGED, code=code, subject=subject, reasons=tuple(reasons))
    remarks = []
    if path.suffix.lower() == ".html" and meta.get("kind") == "report" and not (meta.get("since") or meta.get("font")):
        with tempfile.TemporaryDirectory(prefix="forecast-verify-") as folder:
            again = write_report(report, Path(folder, "again.html"), _listed(meta["lang"]))
            if again.read_bytes() != path.read_bytes():
                said = note("verify_drawing", version=str(meta.get("version", "?")))
                return Verified(verdict=CHANGED, code=code, subject=subject, reasons=(said,))
    else:
        remarks.append(note("verify_drawing_unchecked", suffix=path.suffix))
    return Verified(verdict=IDENTICAL, code=code, subject=subject, remarks=tuple(remarks))


def _code(store: Warehouse, code: str) -> Verified:
    newest = as_of_or_newest(store, None)
    days = sorted({s.published for s in store.sources()} | {newest}, reverse=True)
    half: Verified | None = None
    for day in days:
        for known, evidence in _series(store, day):
            if half or figures_code(evidence) != code[:HALF]:
                continue
            for result in _usual(store, known, day):
                if facts_code(result) == code:
                    subject = {lang: title_of(result, lang) for lang in LANGUAGES}
                    remarks = _newer(store, result, Request(), evidence.series.indicator, evidence.series.entity)
                    return Verified(verdict=IDENTICAL, code=code, subject=subject, remarks=tuple(remarks))
            name = {lang: store.catalogue().indicators[evidence.series.indicator].name[lang] for lang in LANGUAGES}
            half = half or Verified(
                verdict=UNVERIFIABLE, code=code, subject=name,
                reasons=(note("verify_code_figures", digits=code, name=name),),
            )  # fmt: skip
    if half:
        return half
    return (
        _whole(store, code, days)
        or _replaced(store, code, newest)
        or Verified(verdict=UNVERIFIABLE, code=code, reasons=(note("verify_unknown_code", digits=code),))
    )


def _series(store: Warehouse, day: date, until: Any = None) -> Iterator[tuple[tuple[str, str], Evidence]]:
    """Every series that can be assembled from what was known on a day."""
    catalogue = store.catalogue()
    by_series: dict[tuple[str, str], list[Known]] = {}
    for item in store.observations(as_of=day, as_recorded=until):
        by_series.setdefault((item.observation.indicator, item.observation.entity), []).append(item)
    for (slug, owner), known in by_series.items():
        try:
            yield (slug, owner), assemble(catalogue.indicators[slug], owner, statements(known, catalogue), catalogue)
        except ForecastError:
            continue


def _usual(store: Warehouse, key: tuple[str, str], day: date) -> Iterator[Projected]:
    """The projections that the usual settings give: the default model for every plan and year, then every other."""
    catalogue = store.catalogue()
    first = catalogue.plan("").end.year
    horizons = ["", *catalogue.plans, *(str(year) for year in range(first - 5, first + 11))]
    tries = [(to, models.DEFAULT) for to in horizons]
    tries += [("", model) for model in models.names() if model != models.DEFAULT]
    for to, model in tries:
        try:
            yield project_from(store, key[0], key[1], Request(to=to, model=model), day)
        except (ForecastError, ValueError):
            continue


def _whole(store: Warehouse, code: str, days: Sequence[date]) -> Verified | None:
    """The code of a report or picture of all indicators with the usual settings."""
    for day in days:
        results = [r for r in project_all(store, Request(), day) if not isinstance(r, Refused)]
        whole = batch_code(results) if results else ""
        if whole[:HALF] == code[:HALF]:
            plan = results[0].horizon.plan
            name = {n: plan.name[n] if plan else results[0].horizon.end.isoformat() for n in LANGUAGES}
            if whole == code:
                return Verified(verdict=IDENTICAL, code=code, subject=name)
            said = note("verify_code_figures", digits=code, name=name)
            return Verified(verdict=UNVERIFIABLE, code=code, subject=name, reasons=(said,))
    return None


def _replaced(store: Warehouse, code: str, newest: date) -> Verified | None:
    """The code of figures that stood until a correction, revision or retraction replaced them."""
    mended = [e for e in store.journal() if e.action in ("correct", "revise", "retract")]
    for entry in reversed(mended):
        before = entry.recorded - timedelta(microseconds=1)
        for (slug, owner), evidence in _series(store, newest, before):
            if figures_code(evidence) == code[:HALF]:
                gone = [
                    f"{k.observation.id}={k.observation.value:g}"
                    for k in store.observations(slug, owner)
                    if k.superseded_by and k.observation.id in {o.id for o in evidence.used}
                ]
                name = {n: store.catalogue().indicators[slug].name[n] for n in LANGUAGES}
                said = tuple(note("verify_figure_gone", id=item) for item in gone)
                return Verified(verdict=CHANGED, code=code, subject=name, reasons=said)
    return None
