"""A mapping's names settled against the catalogue: which indicator, wording and entity each label of a table is."""

from __future__ import annotations

from dataclasses import replace

from warehouse.catalogue import Catalogue, folded
from warehouse.errors import Fault, Unknown
from warehouse.records import DefinitionRecord, Entity, Indicator, Source, Text
from warehouse.tables.mapping import IndicatorRule, Mapping
from warehouse.tables.row_words import Topic
from warehouse.tables.spotted import Spots
from warehouse.tables.units import unit_of

AS_PUBLISHED = "as_published"


class Rules:
    """The mapping's names settled against the catalogue; `faults` holds what cannot be settled."""

    def __init__(self, mapping: Mapping, catalogue: Catalogue, source: Source, found: Spots) -> None:
        self.faults: list[Fault] = []
        self._indicators: dict[str, Indicator] = {}
        self._definitions: dict[tuple[str, str], DefinitionRecord] = {}
        self._entities: dict[str, Entity] = {}
        self._catalogue, self._source = catalogue, source
        self.rules: dict[str, tuple[IndicatorRule, Indicator, str]] = {}
        self.owners: dict[str, str] = {}
        self.ignored: set[str] = set()
        self.ignored_owners: set[str] = set()
        for topic, _ in found.topics():
            self._settle_indicator(topic, mapping.indicators.get(topic.label))
        for label, _ in found.entity.told():
            self._settle_entity(label, mapping)

    def _settle_indicator(self, topic: Topic, rule: IndicatorRule | None) -> None:
        label = topic.label
        where = f"[indicators] {label[:60]}"
        if rule is None or not (rule.slug or rule.ignore):
            self.faults.append(Fault("unmapped_label", where))
            return
        if rule.ignore:
            self.ignored.add(label)
            return
        try:
            indicator = self._catalogue.indicator(rule.slug)
            rule = _in_the_tables_unit(rule, topic, scale_of(indicator))
        except Unknown as error:
            if not rule.new:
                self.faults.append(Fault(error.code, where, "slug", rule.slug, str(error.params.get("near", ""))))
                return
            rule = _in_the_tables_unit(rule, topic, 1.0)
            indicator = self._indicators.get(rule.slug) or _new_indicator(rule, label, self._is_free(label))
            self._indicators[rule.slug] = indicator
            slug = rule.definition or AS_PUBLISHED
            text = f"{label} ({self._source.title})"
            self._definitions.setdefault(
                (rule.slug, slug), DefinitionRecord(indicator=rule.slug, slug=slug, text=Text(en=text, zh=text))
            )
            self.rules[label] = (rule, indicator, slug)
            return
        try:
            definition = self._catalogue.definition(indicator.slug, rule.definition).slug
        except Unknown as error:
            known = str(error.params.get("known", ""))
            self.faults.append(Fault(error.code, where, "definition", rule.definition, known))
            return
        self.rules[label] = (rule, indicator, definition)

    def _is_free(self, label: str) -> bool:
        """Whether no indicator goes by the label: the 合计 of one table is not that of another."""
        try:
            self._catalogue.indicator(label)
        except Unknown:
            return all(folded(label) != folded(name) for i in self._indicators.values() for name in i.aliases)
        return False

    def _settle_entity(self, label: str, mapping: Mapping) -> None:
        rule = mapping.entities.get(label)
        if rule is not None and rule.ignore:
            self.ignored_owners.add(label)
            return
        if not label and (mapping.having("entity") or "entity" in mapping.header.values()):
            self.owners[label] = ""
            return
        if not label and mapping.defaults.get("entity") == "":
            self.faults.append(Fault("entity_needed", "[defaults]", "entity"))
            return
        try:
            self.owners[label] = self._catalogue.entity(rule.slug if rule else label).slug
        except Unknown as error:
            if rule is not None and rule.new and rule.slug:
                name = Text(en=rule.name or label, zh=rule.name_zh or rule.name or label)
                self._entities[rule.slug] = Entity(slug=rule.slug, name=name, parent=rule.parent)
                self.owners[label] = rule.slug
                return
            detail = str(error.params.get("near", ""))
            self.faults.append(
                Fault("unknown_entity", f"[entities] {label[:60]}", "", rule.slug if rule else "", detail)
            )

    def added(self, indicators: set[str], entities: set[str]) -> Catalogue:
        """The new names among those of the figures that come in, and the places that these lie in."""
        parents = {self._entities[slug].parent for slug in entities & self._entities.keys()}
        return Catalogue(
            {slug: indicator for slug, indicator in self._indicators.items() if slug in indicators},
            {slug: entity for slug, entity in self._entities.items() if slug in entities | parents},
            tuple(d for d in self._definitions.values() if d.indicator in indicators),
        )


def scale_of(indicator: Indicator) -> float:
    """How many base units the unit of an indicator is: 10,000 of one kept in 万人次."""
    return unit_of(indicator.unit.zh or indicator.unit.en).multiplier


def _in_the_tables_unit(rule: IndicatorRule, topic: Topic, scale: float) -> IndicatorRule:
    """The rule of a label without a unit of its own, where the steward has since given the table one."""
    unit = topic.unit
    if unit is None or rule.unit or topic.label.endswith("]") or rule.multiplier != 1 / scale:
        return rule
    return replace(rule, multiplier=unit.multiplier / scale, unit=unit.words)


def _new_indicator(rule: IndicatorRule, label: str, free: bool) -> Indicator:
    kinds = {"flow": "flow", "share": "volatile_share", "cumulative": "cumulative"}
    reason = Text(
        en="Proposed from the wording of an imported table; to be settled by the steward.",
        zh="依导入表格的措辞拟定，有待数据管理员确认。",
    )
    return Indicator(
        slug=rule.slug,
        name=Text(en=rule.name or label, zh=rule.name_zh or rule.name or label),
        unit=Text(en=rule.unit or "not stated", zh=rule.unit_zh or rule.unit or "未注明"),
        measure=rule.measure,
        kind=kinds.get(rule.measure, "unknown"),
        kind_reason=reason,
        direction="down" if rule.measure == "rank" else "none",
        integer=rule.measure == "rank",
        lower=1.0 if rule.measure == "rank" else None,
        aliases=(label,) if free and label != rule.name else (),
    )
