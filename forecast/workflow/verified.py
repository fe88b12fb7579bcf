"""The answer to `forecast verify`, and what every way to it needs: are the bytes the same, what has come since?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forecast.errors import ForecastError
from forecast.notes import Note, note
from forecast.sentences import LANGUAGES, tell
from forecast.workflow.chart import figure, title_of
from forecast.workflow.codes import figures_code
from forecast.workflow.opening import as_of_or_newest
from forecast.workflow.project import Projected, Request, project_from
from warehouse.errors import Unknown

if TYPE_CHECKING:
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


def refused(name: Text, refusal: ForecastError | Unknown) -> Note:
    """That what the file shows is no longer given, and why."""
    why = refusal.note if isinstance(refusal, ForecastError) else Note(refusal.code, refusal.params)
    return note("verify_refused", name=name, reason={lang: tell(why, lang) for lang in LANGUAGES})


def drawing(again: Path, path: Path, meta: Mapping[str, Any]) -> list[Note]:
    """That the file is not what was drawn from its own data, where it is not."""
    if again.read_bytes() == path.read_bytes():
        return []
    return [note("verify_drawing", version=str(meta.get("version", "?")))]


def newer(store: Warehouse, results: Sequence[Projected], request: Request, *, by_name: bool = False) -> list[Note]:
    """What figures published since would change in projections, `by_name` where there are several of them."""
    newest = as_of_or_newest(store, None)
    said = []
    for result in results:
        if newest <= result.as_of:
            continue
        try:
            now = project_from(store, result.indicator.slug, result.entity.slug, request, newest)
        except ForecastError:
            continue
        if figures_code(now.evidence) == figures_code(result.evidence):
            continue
        told: dict[str, Any] = {
            "before": {n: figure(result.projection.quantile(0.5), result, n) for n in LANGUAGES},
            "median": {n: figure(now.projection.quantile(0.5), now, n) for n in LANGUAGES},
        }
        if by_name:
            told["name"] = {n: title_of(result, n) for n in LANGUAGES}
        code = "verify_series_newer" if by_name else "verify_note_newer"
        said.append(note(code, as_of=newest.isoformat(), **told))
    return said
