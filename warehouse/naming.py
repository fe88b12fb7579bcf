"""May these names be added? Every conflict with what is there, and within themselves, before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from warehouse.catalogue import Catalogue, folded
from warehouse.errors import Fault
from warehouse.records import Entity, Indicator

SLUG = re.compile(r"[\w\-]{1,60}(?:/[\w\-]{1,60}){0,3}")
LONGEST_NAME = 300


def joined(have: Catalogue, added: Catalogue) -> Catalogue:
    """The catalogue after `added` has come in."""
    renewed = {(d.indicator, d.slug) for d in added.definitions}
    return Catalogue(
        {**have.indicators, **added.indicators},
        {**have.entities, **added.entities},
        (*(d for d in have.definitions if (d.indicator, d.slug) not in renewed), *added.definitions),
        (*have.comparables, *(c for c in added.comparables if c not in have.comparables)),
        {**have.plans, **added.plans},
        have.default_entity or added.default_entity,
    )  # fmt: skip


def naming_faults(added: Catalogue, have: Catalogue) -> tuple[Fault, ...]:
    """Every reason why `added` may not come in."""
    after = joined(have, added)
    faults = [
        *_names("indicator", added.indicators, have.indicators),
        *_names("entity", added.entities, have.entities),
    ]
    for entity in added.entities.values():
        if entity.parent and entity.parent not in after.entities:
            faults.append(Fault("unknown_entity", entity.slug, "parent", entity.parent))
        elif _loops(entity.slug, after.entities):
            faults.append(Fault("parent_loop", entity.slug, "parent", entity.parent))
    for indicator in added.indicators.values():
        low, high = indicator.lower, indicator.upper
        if low is not None and high is not None and low >= high:
            faults.append(Fault("limits_reversed", indicator.slug, "lower", f"{low:g}", f"{high:g}"))
        if not after.definitions_of(indicator.slug):
            faults.append(Fault("definition_missing", indicator.slug))
        if not indicator.unit.en.strip():
            faults.append(Fault("missing", indicator.slug, "unit"))
    for record in added.definitions:
        if record.indicator not in after.indicators:
            faults.append(Fault("unknown_indicator", record.slug, "indicator", record.indicator))
        if not re.fullmatch(r"[\w\-]{1,60}", record.slug):
            faults.append(Fault("slug_form", record.indicator, "definition", record.slug))
        if not record.text.en.strip():
            faults.append(Fault("missing", f"{record.indicator} {record.slug}", "text"))
    for c in added.comparables:
        own = {d.slug for d in after.definitions_of(c.indicator)}
        faults += [Fault("unknown_definition", c.indicator, "comparable", s, ", ".join(sorted(own)))
                   for s in (c.first, c.second) if s not in own]  # fmt: skip
        if c.first == c.second:
            faults.append(Fault("same_definition", c.indicator, "comparable", c.first))
        if not c.reason.en.strip():
            faults.append(Fault("missing", f"{c.indicator} {c.first} = {c.second}", "reason"))
    return tuple(faults)


def _names(
    what: str,
    added: Mapping[str, Indicator] | Mapping[str, Entity],
    have: Mapping[str, Indicator] | Mapping[str, Entity],
) -> Iterable[Fault]:
    owner: dict[str, str] = {}
    for record in have.values():
        for name in (record.slug, record.name.en, record.name.zh, *record.aliases):
            owner.setdefault(folded(name), record.slug)
    for record in added.values():
        if not SLUG.fullmatch(record.slug):
            yield Fault("slug_form", what, "slug", record.slug[:60])
        if not record.name.en.strip():
            yield Fault("missing", record.slug, "name")
        for name in dict.fromkeys((record.slug, record.name.en, record.name.zh, *record.aliases)):
            if len(name) > LONGEST_NAME or re.search(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", name):
                yield Fault("name_form", record.slug, "name", name[:60])
            if not folded(name):
                continue
            holder = owner.setdefault(folded(name), record.slug)
            if holder != record.slug:
                yield Fault("alias_taken", record.slug, "alias", name, holder)


def _loops(slug: str, entities: Mapping[str, Entity]) -> bool:
    seen = {slug}
    parent = entities[slug].parent
    while parent in entities:
        if parent in seen:
            return True
        seen.add(parent)
        parent = entities[parent].parent
    return False
