"""Is this picture still what the store says? A file, or the code that a slide kept of it, against the figures of today.

A file of ours carries what it was made from and how, so it is made again and compared: the figures, what was projected
from them, and the bytes. A code alone is looked for among what the usual settings give.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from charts.reading import UnreadableMeta, read_meta
from forecast.errors import ForecastError, Misuse
from forecast.notes import Note, note
from forecast.sentences import LANGUAGES
from forecast.workflow.chart import Dress, figure, title_of, write_fan
from forecast.workflow.charting import other_models, with_later
from forecast.workflow.codes import HALF, facts_code, figures_code, looks_like_code, read_code
from forecast.workflow.project import Projected, Request, project_from
from forecast.workflow.verified import CHANGED, EXACT, IDENTICAL, UNVERIFIABLE, Text, Verified, drawing, newer, refused
from forecast.workflow.verify_code import by_code
from forecast.workflow.verify_rank import ranked_file
from warehouse.errors import Unknown

if TYPE_CHECKING:
    from warehouse.store import Warehouse


def verify(store: Warehouse, what: str) -> Verified:
    """Compare a file, or a code, with the store. Raises `Misuse` for what is neither."""
    path = Path(what)
    if path.is_file():
        return _file(store, path)
    if looks_like_code(what):
        return by_code(store, read_code(what))
    raise Misuse("verify_nothing_there", what=what)


def _file(store: Warehouse, path: Path) -> Verified:
    try:
        meta = read_meta(path)
    except UnreadableMeta as fault:
        return Verified(verdict=UNVERIFIABLE, reasons=(note("verify_bad_meta", **fault.params),))
    if not meta or not {"code", "command"} & set(meta):
        return Verified(verdict=UNVERIFIABLE, reasons=(note("verify_no_meta", file=path.name),))
    if "view" in meta:
        return ranked_file(store, path, meta)
    if "series" not in meta and not {"code", "levels", "definition"} <= set(meta):
        command = f"{meta.get('command', '?')} --chart {path.name}"
        said = note("verify_other_kind", command=command)
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
        return Verified(verdict=CHANGED, code=code, subject=subject, reasons=(refused(subject, refusal),))
    subject = {lang: title_of(result, lang) for lang in LANGUAGES}
    reasons = _differences(result, meta)
    if reasons:
        return Verified(verdict=CHANGED, code=code, subject=subject, reasons=tuple(reasons))
    remarks = newer(store, [result], request)
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
            reasons = drawing(again, path, meta)
        if reasons:
            return Verified(verdict=CHANGED, code=code, subject=subject, reasons=tuple(reasons))
    return Verified(verdict=IDENTICAL, code=code, subject=subject, remarks=tuple(remarks))


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
        median = result.projection.quantile(0.5)
        before = float(meta.get("median", median))
        told = {k: {n: figure(x, result, n) for n in LANGUAGES} for k, x in (("median", median), ("before", before))}
        said.append(note("verify_model", **told))
    return said


def _listed(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(v) for v in value]
    return [item for item in str(value or "").split(", ") if item]


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
    remarks = newer(store, report.projected, request, by_name=True)
    if path.suffix.lower() == ".html" and meta.get("kind") == "report" and not (meta.get("since") or meta.get("font")):
        with tempfile.TemporaryDirectory(prefix="forecast-verify-") as folder:
            again = write_report(report, Path(folder, "again.html"), _listed(meta["lang"]))
            reasons = drawing(again, path, meta)
        if reasons:
            return Verified(verdict=CHANGED, code=code, subject=subject, reasons=tuple(reasons))
    else:
        remarks.append(note("verify_drawing_unchecked", suffix=path.suffix))
    return Verified(verdict=IDENTICAL, code=code, subject=subject, remarks=tuple(remarks))
