"""What is known of indicators, entities, definitions and plans, and how a name in any language finds its slug.

Reads the catalogue's TOML files (given a folder) into records; knows no SQL and no figures.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from warehouse.errors import Fault, Invalid, Unknown
from warehouse.records import Comparable, DefinitionRecord, Entity, Indicator, Malformed, Plan, Text

NEAR = 0.65
"""As alike a name must be to one that is not there to be suggested: a slip of the hand, not another word."""


def folded(name: str) -> str:
    """A name without case, and with runs of blanks, hyphens and underscores as one blank: how aliases are compared."""
    return re.sub(r"[\s_\-]+", " ", name).strip().casefold()


@dataclass(frozen=True)
class Catalogue:
    """Everything with a name. `default_entity` is the slug meant when none is given."""

    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    entities: Mapping[str, Entity] = field(default_factory=dict)
    definitions: tuple[DefinitionRecord, ...] = ()
    comparables: tuple[Comparable, ...] = ()
    plans: Mapping[str, Plan] = field(default_factory=dict)
    default_entity: str = ""

    @cached_property
    def _indicator_names(self) -> dict[str, str]:
        return _names((i.slug, (i.slug, i.name.en, i.name.zh, *i.aliases)) for i in self.indicators.values())

    @cached_property
    def _entity_names(self) -> dict[str, str]:
        return _names((e.slug, (e.slug, e.name.en, e.name.zh, *e.aliases)) for e in self.entities.values())

    def indicator(self, name: str) -> Indicator:
        """The indicator with that slug, name or alias in either language. Raises `Unknown`, suggesting the nearest."""
        return self.indicators[_find(name, self._indicator_names, "unknown_indicator")]

    def entity(self, name: str = "") -> Entity:
        """The entity with that slug, name or alias; the default one for "". Raises `Unknown`."""
        return self.entities[_find(name or self.default_entity, self._entity_names, "unknown_entity")]

    def has_indicator(self, name: str) -> bool:
        """Whether an indicator goes by that slug, name or alias; looks for nothing like it."""
        return folded(name) in self._indicator_names

    def has_entity(self, name: str) -> bool:
        """Whether an entity goes by that slug, name or alias; looks for nothing like it."""
        return folded(name) in self._entity_names

    def definitions_of(self, indicator: str) -> tuple[DefinitionRecord, ...]:
        """The definitions of an indicator, in the order they were recorded."""
        return tuple(d for d in self.definitions if d.indicator == indicator)

    def definition(self, indicator: str, slug: str = "") -> DefinitionRecord:
        """One definition; for "" the only one. Raises `Unknown` naming those there are."""
        own = self.definitions_of(indicator)
        if not slug and len(own) == 1:
            return own[0]
        for record in own:
            if record.slug == slug:
                return record
        code = "unknown_definition" if slug else "which_definition"
        raise Unknown(code, name=slug, indicator=indicator, known=", ".join(d.slug for d in own))

    def comparable_with(self, indicator: str, definition: str) -> frozenset[str]:
        """The slugs joined with `definition` by recorded decisions, itself included."""
        pairs = [(c.first, c.second) for c in self.comparables if c.indicator == indicator]
        group = {definition}
        grown = True
        while grown:
            reached = {slug for pair in pairs if group & set(pair) for slug in pair}
            grown = not reached <= group
            group |= reached
        return frozenset(group)

    def wordings(self) -> list[tuple[str, str, str]]:
        """(indicator, definition, first of those joined with it) of every definition that a decision joins."""
        named = dict.fromkeys((c.indicator, slug) for c in self.comparables for slug in (c.first, c.second))
        return [(indicator, slug, min(self.comparable_with(indicator, slug))) for indicator, slug in named]

    def plan(self, name: str = "") -> Plan:
        """The plan of that slug; the default horizon for "". Raises `Unknown`."""
        if not name:
            for plan in self.plans.values():
                if plan.default:
                    return plan
        if name in self.plans:
            return self.plans[name]
        raise Unknown("unknown_plan", name=name, known=", ".join(sorted(self.plans)))


def _names(of: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for slug, names in of:
        for name in names:
            if name:
                found.setdefault(folded(name), slug)
    return found


def _find(name: str, names: Mapping[str, str], code: str) -> str:
    wanted = folded(name)
    slug = names.get(wanted)
    if slug is None:
        near = get_close_matches(wanted, list(names), n=3, cutoff=NEAR)
        contained = [n for n in names if wanted and wanted in n]
        slugs = dict.fromkeys(names[n] for n in [*near, *contained[:3]])
        raise Unknown(code, name=name, near=", ".join(list(slugs)[:3]))
    return slug


def read_catalogue(folder: Path) -> Catalogue:
    """The catalogue of a seeds folder. Raises `Invalid` listing every fault of its three files."""
    faults: list[Fault] = []
    raw = {name: _toml(folder / f"{name}.toml", faults) for name in ("indicators", "entities", "plans")}
    indicators: dict[str, Indicator] = {}
    definitions: list[DefinitionRecord] = []
    comparables: list[Comparable] = []
    for slug, table in raw["indicators"].items():
        try:
            indicators[slug] = _indicator(slug, table)
            definitions += [
                DefinitionRecord(indicator=slug, slug=d, text=_text(t)) for d, t in table["definitions"].items()
            ]
            comparables += [
                Comparable(
                    indicator=slug,
                    first=c["first"],
                    second=c["second"],
                    author=c["author"],
                    reason=_text(c["reason"]),
                )
                for c in table.get("comparable", [])
            ]
        except Malformed as error:
            faults.append(Fault(error.code, f"indicators.toml [{slug}]", error.column, error.text, error.known))
        except (KeyError, TypeError) as error:
            faults.append(Fault("missing_key", f"indicators.toml [{slug}]", str(error)))
    default = raw["entities"].pop("default", "")
    entities = {
        slug: Entity(slug=slug, name=_text(t["name"]), parent=t.get("parent", ""), aliases=tuple(t.get("aliases", ())))
        for slug, t in raw["entities"].items()
    }
    plans = {
        slug: Plan(slug=slug, name=_text(t["name"]), start=t["start"], end=t["end"], default=t.get("default", False))
        for slug, t in raw["plans"].items()
    }
    if faults:
        raise Invalid("bad_catalogue", tuple(faults), path=str(folder))
    return Catalogue(
        indicators=indicators,
        entities=entities,
        definitions=tuple(definitions),
        comparables=tuple(comparables),
        plans=plans,
        default_entity=default,
    )


def _toml(path: Path, faults: list[Fault]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(Fault("not_toml", path.name, detail=str(error)))
        return {}


def _text(table: Mapping[str, str]) -> Text:
    return Text(en=table["en"], zh=table.get("zh", table["en"]))


def _indicator(slug: str, table: Mapping[str, Any]) -> Indicator:
    return Indicator(
        slug=slug,
        name=_text(table["name"]),
        unit=_text(table["unit"]),
        measure=table["measure"],
        kind=table["kind"],
        kind_reason=_text(table["kind_reason"]),
        direction=table.get("direction", "up"),
        integer=table.get("integer", True),
        lower=_limit(table, "lower"),
        upper=_limit(table, "upper"),
        closed=_text(table["closed"]) if "closed" in table else None,
        aliases=tuple(table.get("aliases", ())),
        note=_text(table["note"]) if "note" in table else None,
    )


def _limit(table: Mapping[str, Any], key: str) -> float | None:
    return float(table[key]) if key in table else None
