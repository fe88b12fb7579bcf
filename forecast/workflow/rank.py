"""The odds of every rank: from the warehouse's figures of one indicator, or from a league table in a file.

Where competitors have values they are simulated together; where only ranks are known there is a prior, labelled so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from forecast.errors import Misuse, Refusal
from forecast.notes import Note, note
from forecast.sentences import LANGUAGES
from forecast.workflow.horizon import check_count, days_until, horizon_of, next_year_ends
from forecast.workflow.opening import DEFAULT_WAIT, as_of_or_newest, open_store
from forecast.workflow.rank_store import league_of, ranks_there, where_values_would_be
from forecast.workflow.rank_table import named, read_league
from forecast.workflow.whose import names, names_and_slugs
from warehouse.catalogue import Catalogue, read_catalogue
from warehouse.location import seeds_folder
from warehouse.records import Entity, Indicator, Known, Source

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from forecast.ranking.league import League
    from forecast.ranking.simulate import Ranking
    from forecast.ranking.streaks import Streak
    from warehouse.store import Warehouse


@dataclass(frozen=True, slots=True, kw_only=True)
class RankRequest:
    """What was asked: the dates (`to`, or `horizon` year-ends), the K of "in the top K", one entity to look at."""

    to: str = ""
    horizon: int | None = None
    top: int = 5
    entity: str = ""
    smallest_first: bool = False

    def __post_init__(self) -> None:
        if self.top < 1:
            raise Misuse("top_not_positive", count=self.top)
        if self.to and self.horizon is not None:
            raise Misuse("to_or_horizon")
        if self.horizon is not None:
            check_count(self.horizon)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """The odds with everything needed to print, draw or store them.

    names: how each entity of the ranking is called, in both languages. sets: 95 % confidence set (m, 2) of today's
    ranks, each by itself, and `joint` all at once; None where the figures are no counts. streaks: base rates of each
    entity's run, where only ranks are known. look: the index of the entity asked about, else of today's first.
    table: the file the figures are from, where they are not the warehouse's.
    """

    ranking: Ranking
    dates: tuple[date, ...]
    top: int
    names: tuple[dict[str, str], ...]
    look: int
    asked: bool
    title: dict[str, str]
    indicator: Indicator | None = None
    definition: str = ""
    as_of: date | None = None
    sets: NDArray[np.int64] | None = None
    joint: NDArray[np.int64] | None = None
    streaks: tuple[Streak, ...] = ()
    notes: tuple[Note, ...] = ()
    sources: tuple[Source, ...] = field(default=())
    table: str = ""

    @property
    def prior(self) -> bool:
        """Whether only ranks are known, so that the odds are a prior."""
        return self.ranking.league.of_ranks

    def name(self, index: int, lang: str) -> str:
        """What an entity is called."""
        return self.names[index].get(lang) or self.names[index]["en"]


def rank(
    indicator: str = "",
    *,
    table: Path | None = None,
    entity: str = "",
    to: str = "",
    horizon: int | None = None,
    top: int = 5,
    smallest_first: bool = False,
    as_of: date | None = None,
    warehouse: Path | None = None,
) -> Ranked:
    """The odds of every rank for the entities of an indicator of the warehouse, or of a league table in a CSV file.

    `to` is a date, a year or a plan (default: the plan marked as default); `horizon` instead counts year-ends; `entity`
    is looked at closely. `result.ranking.pmf(on)` are the chances (entities, ranks) on `result.dates[on]`. Raises what
    `rank_indicator` and `rank_file` raise, `Misuse` for both or neither of indicator and table.
    """
    request = RankRequest(to=to, horizon=horizon, top=top, entity=entity, smallest_first=smallest_first)
    if table is not None:
        if indicator or as_of:
            raise Misuse("from_stands_alone")
        return rank_file(table, request)
    if not indicator:
        raise Misuse("which_indicator", command="rank", example="fortune500_rank")
    with open_store(warehouse, wait=DEFAULT_WAIT) as store:
        return rank_indicator(store, indicator, request, as_of)


def rank_file(path: Path, request: RankRequest) -> Ranked:
    """The odds for a league table in a CSV file. Raises `warehouse.errors.Invalid` for a faulty one, `Misuse`."""
    league, said = read_league(path, smallest_first=request.smallest_first)
    last = date.fromordinal(league.newest)
    if request.horizon is not None:
        days = next_year_ends(last, request.horizon)
    else:
        days = days_until(last, horizon_of(request.to, read_catalogue(seeds_folder())).end)
    look = request.entity
    if look and look not in league.names:
        raise Misuse("entity_not_ranked", entity=look, known=named(list(league.names), 10))
    names = {name: {"en": name, "zh": name} for name in league.names}
    title = {"en": path.stem, "zh": path.stem}
    return _ranked(league, days, request, look, names, title, list(said), table=path.name)


def rank_indicator(store: Warehouse, indicator: str, request: RankRequest, as_of: date | None = None) -> Ranked:
    """The odds for the entities of one indicator, as known on `as_of` (default: the newest figure's day).

    Only entities of one rank are compared: cities with cities, districts of one city with each other. Raises `Refusal`
    where fewer than two entities have values and no rank is known, or all are tied; `warehouse.errors.Unknown`.
    """
    catalogue = store.catalogue()
    day = as_of_or_newest(store, as_of)
    record = catalogue.indicator(indicator)
    owner = catalogue.entity(request.entity)
    peers = {e.slug for e in catalogue.entities.values() if e.parent == owner.parent}
    published = [k for k in store.observations(record.slug, as_of=day) if k.live]
    known = [k for k in published if k.observation.entity in peers]
    if not known:
        _refuse_absent(record, owner, published, catalogue, day)
    said: list[Note] = []
    ranks = ranks_there(record, owner, store, catalogue, day, peers)
    league, used, definition = league_of(
        record, known, catalogue, said, smallest_first=request.smallest_first, ranks=ranks
    )
    if league.of_ranks:
        said += where_values_would_be(record, owner, store, catalogue, day, peers)
    if owner.slug not in league.names and request.entity:
        raise Misuse("entity_not_ranked", entity=owner.slug, known=named(list(league.names), 10))
    last = date.fromordinal(league.newest)
    if request.horizon is not None:
        days = next_year_ends(last, request.horizon)
    else:
        days = days_until(last, horizon_of(request.to, catalogue).end)
    names = {s: {"en": e.name.en, "zh": e.name.zh} for s, e in catalogue.entities.items()}
    origins = {s.id: s for s in store.sources()}
    return _ranked(
        league,
        days,
        request,
        owner.slug if owner.slug in league.names else "",
        names,
        {"en": record.name.en, "zh": record.name.zh},
        said,
        indicator=record,
        definition=definition,
        as_of=day,
        sources=tuple(origins[i] for i in dict.fromkeys(used) if i in origins),
    )


def _refuse_absent(
    record: Indicator, owner: Entity, published: Sequence[Known], catalogue: Catalogue, day: date
) -> NoReturn:
    others = sorted({k.observation.entity for k in published})
    told = {"others": names_and_slugs(others, catalogue)} if others else {}
    code = "rank_elsewhere" if others else "rank_nothing_known"
    owner_name = names([owner.slug], catalogue)
    raise Refusal(code, indicator=record.slug, entity=owner_name, as_of=day.isoformat(), **told)


def _ranked(
    league: League,
    days: Sequence[date],
    request: RankRequest,
    look: str,
    names: dict[str, dict[str, str]],
    title: dict[str, str],
    said: list[Note],
    **facts: Any,
) -> Ranked:
    import numpy as np

    from forecast.ranking.confidence import rank_sets
    from forecast.ranking.simulate import simulate

    ranking = simulate(league, [d.toordinal() for d in days])
    playing = ranking.league
    if ranking.gone:
        said.append(note("rank_gone", entities=_called(ranking.gone, names), count=len(ranking.gone)))
    if look in ranking.gone:
        raise Misuse("entity_left_ranking", entity=look)
    late = [n for n, day in zip(playing.names, playing.last_days, strict=True) if playing.newest - day > 183]
    if late:
        said.append(note("rank_late", entities=_called(late, names), count=len(late)))
    if not ranking.closed:
        said.append(note("rank_open_list", known=len(playing), places=ranking.places))
    else:
        said.append(note("rank_among", count=len(playing)))
    sets = joint = None
    if playing.counted and not playing.of_ranks and not playing.smallest_first and not late:
        sets, joint = rank_sets(playing.last), rank_sets(playing.last, simultaneous=True)
    index = playing.names.index(look) if look else int(np.argmin(playing.today()))
    streaks = _streaks(playing, len(days)) if playing.of_ranks else ()
    said.append(_most_helpful(ranking, index, names))
    if playing.of_ranks:
        said.insert(0, note("rank_prior"))
    return Ranked(
        ranking=ranking,
        dates=tuple(days),
        top=request.top,
        names=tuple(names[n] for n in playing.names),
        look=index,
        asked=bool(request.entity),
        title=title,
        sets=sets,
        joint=joint,
        streaks=streaks,
        notes=tuple(said),
        **facts,
    )


def _called(slugs: Sequence[str], names: dict[str, dict[str, str]]) -> dict[str, str]:
    return {lang: named([names[slug][lang] for slug in slugs]) for lang in LANGUAGES}


def _streaks(league: League, ahead: int) -> tuple[Streak, ...]:
    from forecast.ranking.streaks import base_rates, run_length

    made = []
    for i in range(len(league)):
        span = slice(league.offsets[i], league.offsets[i + 1])
        years = [date.fromordinal(int(d)).year for d in league.days[span]]
        made.append(base_rates(run_length(years, league.values[span].tolist()), ahead))
    return tuple(made)


def _most_helpful(ranking: Ranking, index: int, names: dict[str, dict[str, str]]) -> Note:
    """Whose figures would settle most about the entity looked at: the one whose order with it is least certain."""
    import numpy as np

    league = ranking.league
    mine = int(league.today()[index])
    if league.of_ranks and not ranking.closed:
        rows = ranking.pmf()[index]
        return note(
            "rank_help_first" if mine == 1 else "rank_help_places",
            above=mine - 1,
            below=mine + 1,
            up=round(100 * float(rows[: mine - 1].sum())),
            down=round(100 * float(rows[mine:].sum())),
        )
    ahead, level = ranking.draws[-1].ahead(index)
    order = (ahead + level / 2)[: len(league)]
    order[index] = 1.0
    rival = int(np.argmin(np.abs(order - 0.5)))
    count = int(np.diff(league.offsets)[rival])
    return note(
        "rank_help_rival",
        rival=names[league.names[rival]],
        entity=names[league.names[index]],
        chance=round(100 * float(order[rival])),
        count=count,
        day=date.fromordinal(ranking.days[-1]).isoformat(),
    )
