"""A code alone, as a slide keeps it: looked for among what the usual settings give, and among what stood before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from forecast import models
from forecast.errors import ForecastError
from forecast.notes import note
from forecast.sentences import LANGUAGES
from forecast.workflow.chart import title_of
from forecast.workflow.codes import HALF, batch_code, facts_code, figures_code
from forecast.workflow.evidence import Evidence, assemble
from forecast.workflow.opening import as_of_or_newest
from forecast.workflow.project import Projected, Refused, Request, project_all, project_from
from forecast.workflow.verified import CHANGED, IDENTICAL, UNVERIFIABLE, Verified, newer
from forecast.workflow.verify_rank import ranked_code
from warehouse.statements import statements

if TYPE_CHECKING:
    from warehouse.records import Known
    from warehouse.store import Warehouse


def by_code(store: Warehouse, code: str) -> Verified:
    """Look for the code among what the usual settings give on every day on which something was published."""
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
                    remarks = newer(store, [result], Request())
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
        or ranked_code(store, code, days)
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
