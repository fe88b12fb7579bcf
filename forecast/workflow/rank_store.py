"""From the warehouse's figures of one indicator to a league: whose, under which wording, and what is lacking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from forecast.errors import Refusal
from forecast.notes import Note, note
from forecast.workflow.evidence import assemble
from forecast.workflow.rank_table import named
from forecast.workflow.whose import entity_option, names
from warehouse.catalogue import Catalogue
from warehouse.records import Entity, Indicator, Known
from warehouse.statements import statements

if TYPE_CHECKING:
    from forecast.ranking.league import League
    from warehouse.store import Warehouse

VALUE_MEASURES = ("stock", "flow", "cumulative", "share")


def league_of(
    record: Indicator,
    known: Sequence[Known],
    catalogue: Catalogue,
    said: list[Note],
    *,
    smallest_first: bool = False,
    ranks: Sequence[str] = (),
) -> tuple[League, list[str], str]:
    """Places, or values, by entity and date; the sources used; the newest definition. What is to be said goes to
    `said`. Raises `Refusal` for an indicator without an order, and what `_of_ranks` and `_of_values` raise."""
    if record.measure == "rank":
        return _of_ranks(known, catalogue)
    if record.measure in VALUE_MEASURES:
        return _of_values(record, known, catalogue, said, smallest_first, ranks)
    raise Refusal("rank_no_order", indicator=record.slug, measure=record.measure)


def _of_ranks(known: Sequence[Known], catalogue: Catalogue) -> tuple[League, list[str], str]:
    """Places by entity and date under the newest definition.

    Raises `Refusal` for two ranks of one entity on one date, or a rank below 1.
    """
    from forecast.ranking.league import League

    found = statements(known, catalogue)
    newest = max(found, key=lambda s: (s.figure.period_end, s.figure.published)).figure
    group = catalogue.comparable_with(newest.indicator, newest.definition)
    figures: dict[tuple[str, int], tuple[float, float]] = {}
    used = []
    for o in (s.figure for s in found if s.figure.definition in group):
        key = (o.entity, o.period_end.toordinal())
        if o.value < 1:
            raise Refusal(
                "rank_below_one", entity=names([o.entity], catalogue), value=o.value, date=o.period_end.isoformat()
            )
        high = o.high if o.high is not None else o.value
        if figures.get(key, (o.value, high))[0] != o.value:
            raise Refusal("rank_twice", entity=names([o.entity], catalogue), date=o.period_end.isoformat())
        figures[key] = (o.low if o.low is not None else o.value, high)
        used.append(o.source)
    rows = [(entity, day, low) for (entity, day), (low, _) in figures.items()]
    return League.of(rows, bands=[high for _, high in figures.values()], of_ranks=True), used, newest.definition


def _of_values(
    record: Indicator,
    known: Sequence[Known],
    catalogue: Catalogue,
    said: list[Note],
    smallest_first: bool,
    ranks: Sequence[str],
) -> tuple[League, list[str], str]:
    """Values by entity and date, each entity under its own newest comparable definitions.

    Raises `Refusal` for fewer than two entities (naming the commands `ranks`, which would give a prior), or all tied.
    """
    from forecast.ranking.league import League

    found = statements(known, catalogue)
    figures: list[tuple[str, int, float]] = []
    used: list[str] = []
    wordings: dict[str, frozenset[str]] = {}
    for entity in sorted({k.observation.entity for k in known}):
        try:
            evidence = assemble(record, entity, found, catalogue)
        except Refusal as refusal:
            said.append(refusal.note)
            continue
        wordings[entity] = catalogue.comparable_with(record.slug, evidence.definition)
        figures += [(entity, p.when.toordinal(), p.value) for p in evidence.series.points]
        used += [o.source for o in evidence.used]
    if len(wordings) < 2:
        code = "rank_one_entity_but" if ranks else "rank_one_entity"
        alone = names(wordings or {k.observation.entity for k in known}, catalogue)
        raise Refusal(code, indicator=record.slug, entity=alone, ranks=", ".join(ranks))
    if len(set(wordings.values())) > 1:
        said.append(note("rank_definitions_differ", entities=named(sorted(wordings))))
    league = League.of(figures, counted=record.integer, smallest_first=smallest_first)
    if len(set(league.last.tolist())) == 1:
        raise Refusal("rank_all_tied", indicator=record.slug, value=float(league.last[0]))
    if not smallest_first and record.direction == "down":
        said.append(note("rank_direction", indicator=record.slug))
    return league, used, max(found, key=lambda s: s.figure.period_end).figure.definition


def _kin(record: Indicator, catalogue: Catalogue) -> list[Indicator]:
    """Indicators that count the same thing otherwise: those sharing the slug up to its last word or two."""
    words = record.slug.split("_")
    stem = words[: max(1, len(words) - (2 if record.slug.endswith(("_world_rank", "_china_rank")) else 1))]
    return [i for i in catalogue.indicators.values() if i is not record and i.slug.split("_")[: len(stem)] == stem]


def ranks_there(
    record: Indicator, owner: Entity, store: Warehouse, catalogue: Catalogue, day: date, peers: set[str]
) -> list[str]:
    """The commands that give a prior from ranks known of `owner` or its peers, for the same thing."""
    kin = [i.slug for i in _kin(record, catalogue) if i.measure == "rank"]
    whose = entity_option(owner.slug, catalogue)
    return [f"`forecast rank --indicator {slug}{whose}`" for slug in kin if _of_peers(slug, store, day, peers)]


def _of_peers(slug: str, store: Warehouse, day: date, peers: set[str]) -> list[str]:
    return sorted({k.observation.entity for k in store.observations(slug, as_of=day) if k.live} & peers)


def where_values_would_be(
    record: Indicator, owner: Entity, store: Warehouse, catalogue: Catalogue, day: date, peers: set[str]
) -> list[Note]:
    """Which indicator's figures of competitors would turn the prior into a forecast, and whose there are."""
    values = [i for i in _kin(record, catalogue) if i.measure in VALUE_MEASURES]
    if not values:
        return [note("rank_values_missing", indicator=record.slug)]
    counted = values[0]
    have = _of_peers(counted.slug, store, day, peers)
    if len(have) > 1:
        whose = entity_option(owner.slug, catalogue)
        return [note("rank_values_there", indicator=counted.slug, entities=names(have, catalogue), whose=whose)]
    return [note("rank_values_of", indicator=counted.slug, entities=names(have, catalogue) if have else "-")]
