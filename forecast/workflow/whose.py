"""How the owners of figures are named: in a sentence, and on the command line that a sentence advises."""

from __future__ import annotations

from collections.abc import Iterable

from forecast.errors import Misuse
from warehouse.catalogue import Catalogue
from warehouse.records import Entity, Indicator

MOST = 8


def names(slugs: Iterable[str], catalogue: Catalogue) -> dict[str, str]:
    """Entities by their names in every language, the first few."""
    found = [catalogue.entities[slug].name for slug in slugs]
    return _listed([name.en for name in found], [name.zh for name in found])


def names_and_slugs(slugs: Iterable[str], catalogue: Catalogue) -> dict[str, str]:
    """The same, each with what --entity takes: "Chaoyang District (beijing/chaoyang)"."""
    found = [(catalogue.entities[slug].name, slug) for slug in slugs]
    return _listed([f"{name.en} ({slug})" for name, slug in found], [f"{name.zh}（{slug}）" for name, slug in found])


def lacking(indicator: Indicator, entity: Entity, others: Iterable[str], catalogue: Catalogue) -> Misuse:
    """What to raise where an indicator has no figures of an entity, but of `others`."""
    told = names_and_slugs(others, catalogue)
    return Misuse(
        "entity_lacks_indicator", indicator=indicator.slug, entity=names([entity.slug], catalogue), others=told
    )


def _listed(english: list[str], chinese: list[str]) -> dict[str, str]:
    more = len(english) > MOST
    return {
        "en": ", ".join(english[:MOST]) + (f" and {len(english) - MOST} more" if more else ""),
        "zh": "、".join(chinese[:MOST]) + (f"等{len(chinese)}个" if more else ""),
    }


def entity_option(slug: str, catalogue: Catalogue) -> str:
    """What a command needs to mean this entity: " --entity SLUG", "" for the one that is meant anyway."""
    return "" if slug == catalogue.default_entity else f" --entity {slug}"
