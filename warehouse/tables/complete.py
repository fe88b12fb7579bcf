"""A mapping that has met a table with labels it does not know: a proposal for each, and a doubt that tells it.

What the mapping says itself is left alone.
"""

from __future__ import annotations

from dataclasses import replace

from warehouse.catalogue import Catalogue
from warehouse.tables.defaults import nameless
from warehouse.tables.grid import Grid
from warehouse.tables.headings import read_heading
from warehouse.tables.layout import tidy
from warehouse.tables.mapping import Mapping
from warehouse.tables.proposed_names import owner, with_rules
from warehouse.tables.shape import column_seen, look
from warehouse.tables.spots import spots
from warehouse.tables.suggest import Suggestion


def complete(mapping: Mapping, grid: Grid, catalogue: Catalogue) -> Suggestion:
    """The mapping with a proposal for every label it does not know; what it says itself is left alone."""
    found = spots(grid, mapping)
    labels = [topic.label for topic, _ in found.topics()]
    some_nameless = any(map(nameless, labels))
    strange = [e for e, _ in found.entity.told() if e and e not in mapping.entities]
    settled_already = set(labels) <= set(mapping.indicators) and not any(owner(e, catalogue).new for e in strange)
    if settled_already and not some_nameless:
        return Suggestion(mapping=mapping, doubts=(), found=found)
    seen = look(grid)
    doubts: list[tuple[str, str, str]] = []
    defaults = dict(mapping.defaults)
    if some_nameless:
        title = read_heading(str(mapping.source.get("title", "") or seen.title))
        defaults["indicator"] = tidy(title.name)[:80] or "table"
        doubts.append(("indicator_assumed", "[defaults]", defaults["indicator"]))
    settled = replace(mapping, defaults=defaults, indicators={}, entities={})
    columns = [column_seen(grid, seen, c) for c in range(1, grid.width + 1)]
    told: list[tuple[str, str, str]] = []
    found = spots(grid, settled) if some_nameless else found
    proposed = with_rules(settled, found, catalogue, columns, told, taken=mapping.indicators.values())
    lacking = {k: v for k, v in proposed.indicators.items() if k not in mapping.indicators}
    unnamed = {k: v for k, v in proposed.entities.items() if k not in mapping.entities and v.new}
    doubts += [("label_taken_as", f"[indicators] {k[:60]}", v.slug) for k, v in lacking.items()]
    doubts += [("label_taken_as", f"[entities] {k[:60]}", v.slug) for k, v in unnamed.items()]
    return Suggestion(
        mapping=replace(
            settled, indicators={**mapping.indicators, **lacking}, entities={**mapping.entities, **unnamed}
        ),
        doubts=tuple(doubts),
        found=found,
    )
