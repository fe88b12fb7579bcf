"""A grid read by its mapping: figures, new names, gaps counted by how they are marked, and every cell refused.

A refused cell has its sheet, row, column, text and a code. What the mapping itself lacks (a publication date, a label
it does not know) is a fault of the mapping and stops the import; a cell that cannot be read stops only itself.
"""

from __future__ import annotations

from collections.abc import Mapping as Table
from dataclasses import dataclass
from typing import cast

import numpy as np

from warehouse.catalogue import Catalogue
from warehouse.coded import Coded, Ints, coded, paired, together
from warehouse.errors import Fault, Invalid
from warehouse.figures import About, Days, Figures, Standing
from warehouse.records import Malformed, Observation, Source
from warehouse.tables.cells import Gap
from warehouse.tables.grid import Grid, letter
from warehouse.tables.landing_days import landing_days
from warehouse.tables.mapping import Mapping
from warehouse.tables.readings import Marks, Readings, Refusal, Said, kind_of, read_cells, steps_of
from warehouse.tables.rules import Rules
from warehouse.tables.spots import spots
from warehouse.tables.spotted import Spot, Spots, When

_FLAG_WORDS = {
    "b": "break in series", "c": "confidential", "d": "definition differs", "e": "estimated", "f": "forecast",
    "i": "imputed", "n": "not significant", "p": "provisional", "r": "revised", "s": "source's own estimate",
    "u": "low reliability", "z": "not applicable", "t": "total not additive", "v": "unvalidated", "m": "missing",
}  # fmt: skip
_INFERRED = frozenset("efi")
_OTHERS = 20
"""Of cells that contradict each other as many are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What a table gave. `added` holds only names the catalogue lacks; `refused` one fault a cell."""

    observations: Figures
    added: Catalogue
    refused: tuple[Fault, ...]
    gaps: Table[str, int]
    repeated: int


def apply(grid: Grid, mapping: Mapping, catalogue: Catalogue, source: Source, *, found: Spots | None = None) -> Applied:
    """Read a grid, or the cells `found` in it. Raises `Invalid` for all that the mapping lacks or says wrong."""
    place = grid.name or "table"
    every = spots(grid, mapping) if found is None else found
    rules = Rules(mapping, catalogue, source, every)
    if not len(every):
        raise Invalid("bad_mapping", (Fault("no_value_cells", place),), path=place)
    if rules.faults:
        raise Invalid("bad_mapping", tuple(rules.faults), path=place)
    left_out = every.topic.where(lambda t: t.label in rules.ignored)
    blank = every.topic.where(lambda t: t.label not in rules.rules) & ~left_out
    left_out |= blank
    left_out |= every.entity.where(lambda e: e in rules.ignored_owners)
    step = steps_of(every.text, every.columns, every.native)
    found = every.picked(~left_out) if left_out.any() else every
    says = read_cells(
        found.text,
        found.topic.turned(lambda t: kind_of(*rules.rules[t.label][:2])),
        found.exponent,
        step.picked(~left_out),
        mapping.decimal,
        mapping.negatives,
    )
    measure = found.topic.turned(lambda t: rules.rules[t.label][1].measure)
    days = paired(found.when, measure, lambda when, m: _days(when, m, source, mapping.stock_day))
    placed = bool(mapping.having("entity")) or "entity" in mapping.header.values()
    nobody = found.entity.where(lambda e: not e) & placed
    gap = says.said.where(lambda s: isinstance(s, Gap))
    wrong = says.said.where(lambda s: isinstance(s, Refusal)) | days.where(lambda d: isinstance(d, Refusal))
    refused = [
        _refused(found[at], says.said[at], days[at], place) if wrong[at] else _fault("no_entity", found[at], place)
        for at in np.flatnonzero((wrong | nobody) & ~gap).tolist()
    ]
    good = np.flatnonzero(~wrong & ~gap & ~nobody)
    about = found.topic.turned(lambda t: _about(t.label, rules))
    owner = found.entity.turned(lambda e: rules.owners[e])
    meant, _ = together(
        [
            about.turned(lambda a: (a.indicator, a.definition)).codes[good],
            owner.codes[good],
            days.turned(lambda d: (d.start, d.end) if isinstance(d, Days) else None).codes[good],
        ],
        len(good),
    )
    once, elsewhere, clashing = _each_once(meant, good, found, says, place)
    figures = Figures(
        source=source,
        about=about.picked(once),
        entity=owner.picked(once),
        days=cast("Coded[Days]", days.picked(once)),
        standing=paired(says.said.picked(once), found.flag.picked(once), _standing),
        stated=found.text.picked(once).turned(str.strip),
        value=says.value[once],
        low=says.low[once],
        high=says.high[once],
        place=place,
        row=found.rows[once],
        column=coded(found.columns[once].tolist()).turned(letter),
        number=once,
        elsewhere=elsewhere,
    )
    return Applied(
        observations=figures,
        added=rules.added({a.indicator for a in figures.about.values}, set(figures.entity.values)),
        refused=(*refused, *clashing),
        gaps=_counted(says.said.picked(gap), int(blank.sum())),
        repeated=len(good) - len(once) - len(clashing),
    )


def _counted(marks: Coded[Said], blank: int) -> dict[str, int]:
    """How many gaps there are of each mark, the most frequent first; `blank` more beside labels of no series."""
    many = np.bincount(marks.codes, minlength=len(marks.values)).tolist()
    count = {said.mark: many[marks.codes[at]] for said, at in marks.told() if isinstance(said, Gap)}
    count |= {"": count.get("", 0) + blank} if blank else {}
    return dict(sorted(count.items(), key=lambda item: -item[1]))


def _fault(code: str, spot: Spot, place: str, detail: str = "") -> Fault:
    column = f"{letter(spot.column)} {spot.heading}".strip()
    return Fault(code, f"{place} row {spot.row}", column, spot.text.strip()[:80], detail)


def _refused(spot: Spot, said: Said, days: Days | Refusal, place: str) -> Fault:
    """What is wrong with a cell: its text, else its period, else what it says of its indicator, else its days."""
    dateless = isinstance(days, Refusal) and days.unread
    if isinstance(said, Refusal) and (said.unread or not dateless):
        detail = said.detail
        if detail is None:
            detail = days.detail if isinstance(days, Refusal) else f"{days.start.isoformat()}/{days.end.isoformat()}"
        return _fault(said.code, spot, place, detail or "")
    assert isinstance(days, Refusal)
    return _fault(days.code, spot, place, days.detail or spot.heading)


def _each_once(
    meant: Ints, good: Ints, found: Spots, says: Readings, place: str
) -> tuple[Ints, dict[int, str], list[Fault]]:
    """One cell a figure, all the places of a figure that stands in several cells, and the cells that contradict others.

    `meant` has the same number for cells that speak of the same thing.
    """
    several = np.bincount(meant)[meant] > 1 if len(meant) else np.zeros(0, dtype=bool)
    groups: dict[int, list[int]] = {}
    for about, cell in zip(meant[several].tolist(), good[several].tolist(), strict=True):
        groups.setdefault(about, []).append(cell)
    first: list[int] = []
    elsewhere: dict[int, str] = {}
    clashing: list[Fault] = []
    for group in groups.values():
        own = [found[cell] for cell in group]
        if len({(says.value[cell], cast(Marks, says.said[cell]).qualifier) for cell in group}) > 1:
            named = [f"{letter(s.column)}{s.row} {s.text}" for s in own[:_OTHERS]]
            others = "; ".join([*named, f"... ({len(own)})"] if len(own) > _OTHERS else named)
            clashing += [_fault("two_values", s, place, others) for s in own]
        else:
            first.append(group[0])
            elsewhere[group[0]] = "; ".join(f"{place}!{letter(s.column)}{s.row}" for s in own)
    once = np.sort(np.concatenate([good[~several], np.array(first, dtype=np.int64)]))
    return once, elsewhere, clashing


def _about(label: str, rules: Rules) -> About:
    _, indicator, definition = rules.rules[label]
    return About(indicator=indicator.slug, definition=definition, measure=indicator.measure, phrase=label[:200])


def _days(when: When, measure: str, source: Source, stock_day: str) -> Days | Refusal:
    """The days that a figure of a cell lands on, or why they cannot be right."""
    if when.period is None:
        return Refusal("vague_period" if when.vague else "no_period", when.text, unread=True)
    days = landing_days(when.period, when.text, measure, stock_day)
    try:
        Observation(indicator="", entity="", definition="", period_start=days.start, period_end=days.end, value=0.0,
                    low=None, high=None, as_stated="", source=source.id, published=source.published,
                    measure=measure, basis=days.basis)  # fmt: skip
    except Malformed as error:
        return Refusal(error.code, f"{days.start.isoformat()}/{days.end.isoformat()}")
    return days


def _standing(said: Said, flag: str) -> Standing:
    assert isinstance(said, Marks)
    flags = "".join(dict.fromkeys((said.flags + _flag_letters(flag)).lower()))
    notes = [f"status {f}: {_FLAG_WORDS.get(f, '?')}" for f in flags]
    if flag.lower() not in ("", "a", "normal value") and not _flag_letters(flag):
        notes.append(f"status: {flag[:80]}")
    if said.marks:
        notes.append(f"footnote {said.marks}")
    nature = "inferred" if set(flags) & _INFERRED else "stated"
    return Standing(qualifier=said.qualifier, nature=nature, note="; ".join(notes))


def _flag_letters(text: str) -> str:
    said = text.strip().lower()
    return said if len(said) <= 3 and set(said) <= set(_FLAG_WORDS) else ""
