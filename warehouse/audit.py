"""What in the store contradicts what. Every finding has a key made from what contradicts what, the same everywhere.

A finding is a code, the key an explanation can be recorded for, and the parameters of its sentence. Findings of
`PROOF` (a changed row, a lost guard, a damaged table) say that the record itself is no longer whole: no explanation
closes them. Each check is given the few figures that `store.suspects` picks for it, or all of them: what it finds is
the same. Knows records; knows no SQL, no seeds' place, and no model.
"""

from __future__ import annotations

import ast
import operator
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby, pairwise
from typing import Any

from warehouse.catalogue import Catalogue
from warehouse.records import Known, Observation
from warehouse.statements import statements

PROOF = frozenset(
    (
        "row_changed",
        "row_added",
        "row_removed",
        "chain_broken",
        "content_changed",
        "guard_missing",
        "table_damaged",
        "row_malformed",
    )
)
PHRASE_LETTERS = 8
"""A phrase shorter than this carries too little to be called a repetition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One contradiction. `key` is what an explanation refers to; `params` fill the sentence `finding_<code>`."""

    code: str
    key: str
    params: Mapping[str, Any]


def finding(code: str, *names: str, **params: Any) -> Finding:
    """A finding whose key is its code and the names of what it is about."""
    return Finding(code=code, key=":".join((code, *names)), params=params)


def _told(o: Observation) -> str:
    span = o.period_end.isoformat() if o.period_start == o.period_end else f"{o.period_start}/{o.period_end}"
    return f"{o.as_stated} ({span})"


def orphans(lacking: Iterable[tuple[str, str, str, str]], catalogue: Catalogue) -> Iterator[Finding]:
    """Figures (id, indicator, what of it, its name) that name what is not there, and definitions of no indicator."""
    for id, indicator, what, name in lacking:
        last = name if what == "derived_from" else what
        yield finding("orphan", id, last, id=id, indicator=indicator, what=what, name=name)
    for record in catalogue.definitions:
        if record.indicator not in catalogue.indicators:
            name = record.indicator
            yield finding("orphan", name, record.slug, id=record.slug, indicator=name, what="indicator", name=name)


def _series(known: Iterable[Known]) -> Iterator[tuple[tuple[str, str], list[Known]]]:
    """The figures that stand of one indicator and entity after the other; `known` has them together."""
    standing = (k for k in known if k.live)
    for place, group in groupby(standing, key=lambda k: (k.observation.indicator, k.observation.entity)):
        yield place, list(group)


def breaks(known: Iterable[Known], catalogue: Catalogue) -> Iterator[Finding]:
    """Where a series goes on under a wording that nobody joined with the last. Needs the newest of each wording."""
    for (indicator, entity), own in _series(known):
        group = [k.observation for k in own]
        newest: dict[frozenset[str], Observation] = {}
        for o in group:
            wording = catalogue.comparable_with(indicator, o.definition)
            if wording not in newest or newest[wording].period_end < o.period_end:
                newest[wording] = o
        ordered = sorted(newest.values(), key=lambda o: (o.period_end, o.definition))
        for first, second in pairwise(ordered):
            yield finding(
                "definition_break", indicator, entity, first.definition, second.definition,
                indicator=indicator, entity=entity, first=_told(first), first_definition=first.definition,
                second=_told(second), second_definition=second.definition,
            )  # fmt: skip


def overlaps(known: Iterable[Known], catalogue: Catalogue) -> Iterator[Finding]:
    """Totals whose spans overlap, unless both are calendar spans. Needs the first id of each span and wording."""
    for (indicator, entity), own in _series(known):
        group = [k.observation for k in own]
        flows = sorted((o for o in group if o.measure == "flow"), key=lambda o: (o.period_start, o.period_end, o.id))
        open_ones: list[Observation] = []
        told = set()
        for o in flows:
            open_ones = [p for p in open_ones if p.period_end >= o.period_start]
            for p in open_ones:
                same = (p.period_start, p.period_end) == (o.period_start, o.period_end)
                pair = (p.period_start, p.period_end, o.period_start, o.period_end)
                joined = o.definition in catalogue.comparable_with(indicator, p.definition)
                if same or not joined or pair in told or (_calendar(p) and _calendar(o)):
                    continue
                told.add(pair)
                yield finding("overlapping", indicator, entity, p.id, o.id, indicator=indicator, entity=entity,
                              first=_told(p), second=_told(o))  # fmt: skip
            open_ones.append(o)


def _calendar(o: Observation) -> bool:
    """Whether it is a calendar month, quarter, half-year or year, which nest by nature."""
    whole = o.period_start.day == 1 and (o.period_end + timedelta(days=1)).day == 1
    months = (o.period_end.year - o.period_start.year) * 12 + o.period_end.month - o.period_start.month + 1
    return whole and months in (1, 3, 6, 12) and (o.period_start.month - 1) % months == 0


def contradictions(known: Iterable[Known], catalogue: Catalogue) -> Iterator[Finding]:
    """Statements about one thing and period that cannot both be true. Needs every report of what is in dispute."""
    for _, own in _series(known):
        places: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
        for s in statements(own, catalogue):
            f = s.figure
            wording = min(catalogue.comparable_with(f.indicator, f.definition))
            places[f.indicator, f.entity, f.period_start, f.period_end, wording].append(f)
        for group in places.values():
            for first, second in pairwise(group):
                if not _agree(first, second):
                    yield finding(
                        "contradiction", first.indicator, first.entity, first.id, second.id,
                        indicator=first.indicator, entity=first.entity, first=_told(first), first_source=first.source,
                        second=_told(second), second_source=second.source,
                    )  # fmt: skip


def _agree(first: Observation, second: Observation) -> bool:
    """Whether one number could be what both mean."""
    low = max((x for x in (first.low, second.low) if x is not None), default=float("-inf"))
    high = min((x for x in (first.high, second.high) if x is not None), default=float("inf"))
    return low <= high


def derivations(known: Sequence[Known]) -> Iterator[Finding]:
    """Derived values whose formula no longer gives them. Needs also their parents and what replaced those."""
    by_id = {k.observation.id: k for k in known}
    for k in known:
        o = k.observation
        if not k.live or not o.derived_from:
            continue
        now = o.formula
        for parent_id in o.derived_from:
            parent = by_id.get(parent_id)
            if parent is None or parent.live:
                continue
            standing = _standing(parent, by_id)
            if standing is None:
                yield finding("derived_orphan", o.id, parent_id, id=o.id, indicator=o.indicator, figure=_told(o),
                              parent=_told(parent.observation), parent_id=parent_id)  # fmt: skip
                continue
            now = _replaced(now, parent.observation.value, standing.value)
        value = _worked_out(now)
        if value is not None and not _fits(value, o):
            yield finding("derived_disagrees", o.id, id=o.id, indicator=o.indicator, figure=_told(o),
                          formula=now, computed=value, value=o.value)  # fmt: skip


def _standing(item: Known, by_id: Mapping[str, Known]) -> Observation | None:
    seen: set[str] = set()
    while item.superseded_by in by_id and item.superseded_by not in seen:
        seen.add(item.superseded_by)
        item = by_id[item.superseded_by]
    return item.observation if item.live else None


_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])")


def _replaced(formula: str, old: float, new: float) -> str:
    """The formula with the old parent's number, its growth factor or its share replaced by the new one's."""
    forms = ((old, new), (1 + old / 100, 1 + new / 100), (old / 100, new / 100))

    def swap(match: re.Match[str]) -> str:
        said = float(match.group())
        for before, after in forms:
            if abs(said - before) <= 1e-9 * max(1.0, abs(before)):
                return f"{after:.12g}"
        return match.group()

    return _NUMBER.sub(swap, formula)


_OPERATORS: dict[type[ast.AST], Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip


def _worked_out(formula: str) -> float | None:
    """The value of a formula of plain numbers, + - * / and brackets; None for any other. Never `eval`."""
    if len(formula) > 200 or not re.fullmatch(r"[\d.+\-*/() ]+", formula):
        return None
    try:
        return _value(ast.parse(formula.strip(), mode="eval").body)
    except (SyntaxError, ZeroDivisionError, ValueError, OverflowError, RecursionError, MemoryError):
        return None


def _value(node: ast.AST) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return _OPERATORS[type(node.op)](_value(node.left), _value(node.right))
    raise ValueError("not plain arithmetic")


def _fits(value: float, o: Observation) -> bool:
    slack = max(abs(o.value) * 1e-3, 0.5 if o.value == int(o.value) else 0.05)
    low = o.low if o.low is not None else float("-inf")
    high = o.high if o.high is not None else float("inf")
    return min(low, o.value - slack) <= value <= max(high, o.value + slack)


def phrases(pairs: Iterable[tuple[str, str, str, str, str, str]]) -> Iterator[Finding]:
    """One phrase of one document that carries the same value for two figures: counted twice?

    A pair is source, phrase, the two ids, the two indicators.
    """
    for source, phrase, first_id, second_id, first, second in pairs:
        yield finding("phrase_twice", source, first_id, second_id, source=source, phrase=phrase,
                      first=first, second=second)  # fmt: skip


def flagged(known: Iterable[Known]) -> Iterator[Finding]:
    """Breaks that the source itself marks, where earlier figures have the same wording."""
    for k in known:
        o = k.observation
        yield finding("break_flagged", o.indicator, o.entity, o.definition, o.period_end.isoformat(),
                      indicator=o.indicator, entity=o.entity, figure=_told(o), source=o.source)  # fmt: skip
