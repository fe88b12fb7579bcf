"""A picture of ranks, or the code on one: is it still what the store says?"""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forecast.errors import ForecastError
from forecast.notes import Note, note
from forecast.sentences import LANGUAGES
from forecast.workflow.codes import HALF, rank_code
from forecast.workflow.horizon import year_ends
from forecast.workflow.opening import as_of_or_newest
from forecast.workflow.rank import Ranked, RankRequest, rank_indicator
from forecast.workflow.rank_store import league_of
from forecast.workflow.verified import CHANGED, EXACT, IDENTICAL, UNVERIFIABLE, Verified, drawing, refused
from warehouse.errors import Unknown

if TYPE_CHECKING:
    from forecast.ranking.league import League
    from warehouse.records import Indicator, Known
    from warehouse.store import Warehouse


def ranked_file(store: Warehouse, path: Path, meta: Mapping[str, Any]) -> Verified:
    """The answer for a file of `forecast rank --chart`; one drawn from a table of the user's own says from which."""
    code = str(meta["code"])
    command = f"{meta['command']} --chart {shlex.quote(path.name)}"
    if not meta.get("indicator"):
        said = note("verify_from_table", table=str(meta.get("table", "?")), command=command)
        return Verified(verdict=UNVERIFIABLE, code=code, reasons=(said,))
    request = RankRequest(
        to=str(meta["to"]), entity=str(meta["entity"]), smallest_first=str(meta["smallest_first"]) == "True"
    )
    try:
        result = rank_indicator(store, str(meta["indicator"]), request, date.fromisoformat(str(meta["as_of"])))
    except (ForecastError, Unknown) as refusal:
        subject = dict.fromkeys(LANGUAGES, str(meta["indicator"]))
        return Verified(verdict=CHANGED, code=code, subject=subject, reasons=(refused(subject, refusal),))
    now = rank_code(result.ranking.league, result.dates)
    if now != code:
        what = "figures" if now[:HALF] != code[:HALF] else "projection"
        reason = note(f"verify_series_{what}", name=result.title)
        return Verified(verdict=CHANGED, code=code, subject=result.title, reasons=(reason,))
    remarks = _newer(store, result, request, command)
    if meta.get("font") or path.suffix.lower() not in EXACT:
        remarks.append(note("verify_drawing_unchecked", suffix=path.suffix))
    elif reasons := _drawing(result, path, meta):
        return Verified(verdict=CHANGED, code=code, subject=result.title, reasons=tuple(reasons))
    return Verified(verdict=IDENTICAL, code=code, subject=result.title, remarks=tuple(remarks))


def _drawing(result: Ranked, path: Path, meta: Mapping[str, Any]) -> list[Note]:
    from forecast.workflow.rank_chart import write_rank_chart

    view, lang, size = (str(meta[name]) for name in ("view", "lang", "size"))
    with tempfile.TemporaryDirectory(prefix="forecast-verify-") as folder:
        again = write_rank_chart(result, Path(folder, f"again{path.suffix}"), view=view, lang=lang, size=size)
        return drawing(again, path, meta)


def _newer(store: Warehouse, result: Ranked, request: RankRequest, command: str) -> list[Note]:
    newest = as_of_or_newest(store, None)
    if result.indicator is None or result.as_of is None or newest <= result.as_of:
        return []
    try:
        now = rank_indicator(store, result.indicator.slug, request, newest)
    except ForecastError:
        return []
    if rank_code(now.ranking.league, now.dates)[:HALF] == rank_code(result.ranking.league, result.dates)[:HALF]:
        return []
    again = command.replace(f"--as-of {result.as_of.isoformat()}", f"--as-of {newest.isoformat()}")
    return [note("verify_rank_newer", as_of=newest.isoformat(), command=again)]


def ranked_code(store: Warehouse, code: str, days: Sequence[date]) -> Verified | None:
    """The code of a ranking of the store with the usual settings, on one of the days; None where there is none."""
    catalogue = store.catalogue()
    first = catalogue.plan("").end.year
    ends = [plan.end for plan in catalogue.plans.values()]
    ends += [date(year, 12, 31) for year in range(first - 5, first + 11)]
    for day in days:
        for record, league in _leagues(store, day):
            last = date.fromordinal(league.newest)
            codes = [rank_code(league, year_ends(last, end)) for end in ends if end > last]
            if not codes or codes[0][:HALF] != code[:HALF]:
                continue
            name = {lang: record.name[lang] for lang in LANGUAGES}
            if code in codes:
                return Verified(verdict=IDENTICAL, code=code, subject=name)
            said = note("verify_code_figures", digits=code, name=name)
            return Verified(verdict=UNVERIFIABLE, code=code, subject=name, reasons=(said,))
    return None


def _leagues(store: Warehouse, day: date) -> Iterator[tuple[Indicator, League]]:
    """Every ranking that what was known on a day allows: of an indicator, among entities of one rank."""
    catalogue = store.catalogue()
    among: dict[tuple[str, str], list[Known]] = {}
    for item in store.observations(as_of=day):
        o = item.observation
        if item.live:
            among.setdefault((o.indicator, catalogue.entities[o.entity].parent), []).append(item)
    for (slug, _), known in among.items():
        record = catalogue.indicators[slug]
        try:
            league = league_of(record, known, catalogue, [])[0]
        except ForecastError:
            continue
        yield record, league.part(league.taking_part())
