"""How the owner of figures is named: in a sentence, and on the command line that a sentence advises."""

from __future__ import annotations

from collections.abc import Iterable

from forecast.sentences import LANGUAGES
from warehouse.catalogue import Catalogue

MOST = 8


def names(slugs: Iterable[str], catalogue: Catalogue) -> dict[str, str]:
    """Entities by their names, in every language."""
    listed = [catalogue.entities[slug].name for slug in slugs]
    return {lang: (", " if lang == "en" else "、").join(name[lang] for name in listed) for lang in LANGUAGES}


def names_and_slugs(slugs: Iterable[str], catalogue: Catalogue) -> dict[str, str]:
    """Entities by their names, the first few, each with what --entity takes: "Chaoyang District (beijing/chaoyang)"."""
    every = list(slugs)
    listed = [(catalogue.entities[slug].name, slug) for slug in every[:MOST]]
    more = len(every) - len(listed)
    return {
        "en": ", ".join(f"{name.en} ({slug})" for name, slug in listed) + (f", and {more} more" if more else ""),
        "zh": "、".join(f"{name.zh}（{slug}）" for name, slug in listed) + (f"等{len(every)}个" if more else ""),
    }


def entity_option(slug: str, catalogue: Catalogue) -> str:
    """What a command needs to mean this entity: " --entity SLUG", "" for the one that is meant anyway."""
    return "" if slug == catalogue.default_entity else f" --entity {slug}"
