"""Candidates against what the store already holds, before anybody accepts them.

`relation` of a candidate becomes one of `RELATIONS`; the figures it was judged by are added to `why` as
"store:<id> <value> <period_end>". A plan that the text does not date takes the date the store has for the same value.
Takes records, knows no SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from warehouse.reading.model import Candidate, Document
from warehouse.records import Comparable, Observation, Source

RELATIONS = (
    "corroborates",  # the same statement is in the store
    "same_event",  # the same statement, from another outlet of the same event
    "contradicts",  # the same thing and period, another value
    "definition_differs",  # the same thing and period, counted under another wording
    "bound_against_value",  # one of the two is only a bound, and they agree
    "subset_of_total",  # a part of another figure of the same sentence
    "other_entity",  # the store has this indicator for another place only
    "new_period",  # known indicator and place, no figure for this period yet
    "new",  # nothing in the store to compare with
)
CLOSE = timedelta(days=10)
"""Two documents this near to each other may report one event."""


class Store:
    """The live observations of the store, arranged for comparison.

    `fetch` gives those of an indicator when it is first asked about; of a million figures a document concerns few.
    """

    def __init__(
        self,
        observations: Iterable[Observation],
        sources: Iterable[Source] = (),
        comparables: Iterable[Comparable] = (),
        fetch: Callable[[str], Iterable[Observation]] | None = None,
    ) -> None:
        self._fetch = fetch
        self._by: dict[tuple[str, str], list[Observation]] = {}
        self._indicators: dict[str, set[str]] = {}
        self.sources: Mapping[str, Source] = {source.id: source for source in sources}
        self._joined = {(c.indicator, frozenset((c.first, c.second))) for c in comparables}
        self._take(observations)

    def of(self, indicator: str | None, entity: str) -> Sequence[Observation]:
        """The figures of an indicator and place, oldest period first."""
        self._know(indicator or "")
        return sorted(self._by.get((indicator or "", entity), ()), key=lambda o: (o.period_end, o.published))

    def entities(self, indicator: str | None) -> set[str]:
        """The places the store has this indicator for."""
        self._know(indicator or "")
        return self._indicators.get(indicator or "", set())

    def _know(self, indicator: str) -> None:
        if self._fetch is not None and indicator and indicator not in self._indicators:
            self._indicators[indicator] = set()
            self._take(self._fetch(indicator))

    def _take(self, observations: Iterable[Observation]) -> None:
        for observation in observations:
            self._by.setdefault((observation.indicator, observation.entity), []).append(observation)
            self._indicators.setdefault(observation.indicator, set()).add(observation.entity)

    def joined(self, first: Observation, second: Observation) -> bool:
        """Whether two figures are counted under one wording, or two that a recorded decision joins."""
        if first.definition == second.definition:
            return True
        return (first.indicator, frozenset((first.definition, second.definition))) in self._joined

    def event_of(self, candidates: Iterable[Candidate], document: Document, enough: int = 3) -> tuple[date, str] | None:
        """(day, source) of the event a document without one reports on: it repeats figures the store has from there."""
        votes: dict[str, int] = {}
        for candidate in candidates:
            for observation in self.of(candidate.indicator, candidate.entity):
                source = self.sources.get(observation.source)
                if source is None or source.event is None or observation.value != candidate.value:
                    continue
                if timedelta(0) <= document.published - source.event <= CLOSE:
                    votes[source.id] = votes.get(source.id, 0) + 1
        best = max(votes.items(), key=lambda row: (row[1], row[0]), default=None)
        if best is None or best[1] < enough:
            return None
        event = self.sources[best[0]].event
        return (event, best[0]) if event else None


def within(value: float, low: float | None, high: float | None) -> bool:
    """Whether a value lies in an interval whose ends may be open."""
    return (low is None or value >= low - 1e-9) and (high is None or value <= high + 1e-9)


def compare(candidates: Sequence[Candidate], store: Store, document: Document, sha256: str = "") -> list[Candidate]:
    """The candidates with their relation to the store."""
    return [_judged(candidate, store, document, sha256) for candidate in candidates]


def _judged(candidate: Candidate, store: Store, document: Document, sha256: str) -> Candidate:
    own = store.of(candidate.indicator, candidate.entity)
    if not own:
        others = store.entities(candidate.indicator) - {candidate.entity}
        relation = "other_entity" if others else "subset_of_total" if "subset" in candidate.why else "new"
        return replace(candidate, relation=relation)
    if candidate.measure == "plan" and candidate.basis in ("day_of_event", "plan_window", "end_of_window", "goal"):
        dated = [o for o in own if o.value == candidate.value and o.period_start <= document.day]
        if dated:
            first = dated[0]
            candidate = replace(
                candidate, period_start=first.period_start, period_end=first.period_end, basis="plan_dated_in_store"
            )
    near = [o for o in own if _same_period(candidate, o)]
    if not near:
        return replace(candidate, relation="subset_of_total" if "subset" in candidate.why else "new_period")
    same = [o for o in near if o.value == candidate.value and o.qualifier == candidate.qualifier]
    judged = same[0] if same else near[-1]
    seen = f"store:{judged.id} {judged.value:.12g} {judged.period_end.isoformat()}"
    return replace(
        candidate,
        relation=_relation(candidate, judged, bool(same), near, store, document, sha256),
        why=(*candidate.why, seen),
    )


def _relation(
    candidate: Candidate,
    judged: Observation,
    same: bool,
    near: Sequence[Observation],
    store: Store,
    document: Document,
    sha256: str,
) -> str:
    if same:
        source = store.sources.get(judged.source)
        if source is not None and sha256 and source.sha256 == sha256:
            return "corroborates"
        if source is not None and source.event is not None and source.event == document.day and sha256:
            return "same_event"
        return "corroborates"
    if candidate.qualifier != "exact" or judged.qualifier != "exact":
        if within(judged.value, candidate.low, candidate.high) or within(candidate.value, judged.low, judged.high):
            return "bound_against_value"
        if candidate.qualifier == judged.qualifier and candidate.qualifier in ("at_least", "at_most"):
            return "bound_against_value"
    if within(candidate.value, judged.low, judged.high) or within(judged.value, candidate.low, candidate.high):
        return "corroborates"
    if any(not store.joined(judged, other) for other in near):
        return "definition_differs"
    return "subset_of_total" if "subset" in candidate.why else "contradicts"


def _same_period(candidate: Candidate, observation: Observation) -> bool:
    """Whether both describe the same time: the same last day, or stocks a few days apart."""
    if candidate.period_end == observation.period_end:
        return candidate.measure != "flow" or abs(candidate.period_start - observation.period_start) <= timedelta(
            days=40
        )
    loose = candidate.measure in ("stock", "cumulative") and candidate.period_start == candidate.period_end
    return loose and abs(candidate.period_end - observation.period_end) <= CLOSE
