"""What the labels of a table probably are in the warehouse: a known indicator or place, or a proposal for a new one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Table
from dataclasses import replace

import numpy as np

from warehouse.catalogue import Catalogue, folded
from warehouse.coded import together
from warehouse.errors import Unknown
from warehouse.records import Indicator
from warehouse.tables.cells import plain
from warehouse.tables.label_names import (
    LONGEST,
    Named,
    named,
    shortened,
    slug_of,
    two_languages,
    under_title,
    with_sheet,
)
from warehouse.tables.mapping import EntityRule, IndicatorRule, Mapping
from warehouse.tables.measures import measure_of
from warehouse.tables.nations import is_nation, without_all
from warehouse.tables.place_words import looks_like_place
from warehouse.tables.rules import AS_PUBLISHED, scale_of
from warehouse.tables.sdmx import without_code
from warehouse.tables.shape import ColumnSeen
from warehouse.tables.spotted import Spots
from warehouse.tables.totals import TOTAL_WORDS
from warehouse.tables.units import Unit, power_of, priced, unit_of
from warehouse.tables.whose import PROVINCE

_UP_TO_ONE = re.compile(r"0|1|[01][.,]\d+")
_FEW = 4
_LOOKED_AT = 5000
_SIGNS = set("%‰％$€£¥＄￡￥")
_SIGN = re.compile(r"[%‰]$|^(?:US|HK|NT)?[$€£¥](?=\s?\d)|(?<=\d)\s?[€£]$")


_EVERYWHERE = re.compile(
    rf"{TOTAL_WORDS}|全市|全区|全省|本市|总\s*值|全国合计|"
    r"all (?:areas|regions|countries)|whole country|koko maa|ganze stadt",
    re.IGNORECASE,
)
"""Among places the sum of them all: the place of the table, where its lines name one."""


def with_rules(
    draft: Mapping,
    found: Spots,
    catalogue: Catalogue,
    columns: Sequence[ColumnSeen],
    doubts: list[tuple[str, str, str]],
    place: str = "",
    taken: Iterable[IndicatorRule] = (),
) -> Mapping:
    """The mapping with a proposal for every label of its cells, what is doubtful about them added to `doubts`.

    taken: what other labels of the table already go by; no new one gets a slug or a name of theirs.
    A label with a month and the months up to it is a flow: a stock has no two figures for one day.
    """
    indicators: dict[str, IndicatorRule] = {}
    entities: dict[str, EntityRule] = {}
    used: set[str] = {*catalogue.indicators, *(rule.slug for rule in taken)}
    signs = _signs(found)
    whole = unit_of(draft.defaults["unit"]) if draft.defaults.get("unit") else None
    title, known = with_sheet(str(draft.source.get("title", "")), draft.sheet), names_known(catalogue)
    names = {*known, *(folded(name) for rule in taken for name in (rule.slug, rule.name))}
    for topic, first in found.topics():
        unit = priced(topic.unit, whole) if topic.unit else signs.get(topic.label)
        scaled = bool(power_of(found.exponent[first] or "0"))
        rule = _rule(topic.label, unit, scaled, title, catalogue, known, used, doubts)
        if rule.measure == "rank" and any(
            re.search(r"\d[.,]\d", t) for t in columns[int(found.columns[first]) - 1].distinct
        ):
            rule = replace(rule, measure="share")
        indicators[topic.label] = _named_apart(rule, topic.label, names) if rule.new else rule
        names.add(folded(rule.slug))
    for entity, _ in found.entity.told():
        if entity:
            everywhere = _EVERYWHERE.fullmatch(entity)
            entities[entity] = owner(place if everywhere and place else entity, catalogue)
            if everywhere and (place or not entities[entity].new):
                doubts.append(("entity_whole", f"[entities] {entity}", place or entities[entity].slug))
    for label in sorted(_fractions(found, signs)):
        doubts.append(("fractions_of_one", f"[indicators] {label[:40]}", label[:60]))
    for label in _of_several_spans(found):
        if indicators[label].new and indicators[label].measure == "stock":
            indicators[label] = replace(indicators[label], measure="flow")
    lone = [k for k, e in entities.items() if e.new and not (place and _EVERYWHERE.fullmatch(k))]
    odd = [k for k in lone if not looks_like_place(k, catalogue)]
    if 0 < len(odd) <= 0.5 * len(entities):
        doubts.append(("entities_odd", "[entities]", ", ".join(odd[:20]) + (" ..." if len(odd) > 20 else "")))
    new = [k for k, e in entities.items() if e.new]
    if new:
        most = 40 if len(new) <= 60 else 6
        doubts.append(("entities_new", "[entities]", ", ".join(new[:most]) + (" ..." if len(new) > most else "")))
    return replace(draft, indicators=indicators, entities=entities)


def _signs(found: Spots) -> dict[str, Unit]:
    """Label -> the unit that the first of its cells with a sign of one shows: 12.5%, $190."""
    sign = found.text.turned(lambda text: _sign(plain(text)) if _SIGNS & set(text) else "")
    told: dict[str, Unit] = {}
    for at in np.flatnonzero(sign.where(bool)).tolist():
        told.setdefault(found.topic[at].label, unit_of(sign[at].strip()))
    return told


def _sign(text: str) -> str:
    return match.group() if (match := _SIGN.search(text)) else ""


def _fractions(found: Spots, signs: Table[str, Unit]) -> set[str]:
    """The labels in percent all of whose figures are about one or less, some of them with two decimals: 0.63, 1.16."""
    percent = found.topic.where(lambda t: bool((u := t.unit or signs.get(t.label)) and re.search("[%％]", u.printed)))
    rows = np.flatnonzero(percent)
    told: dict[str, list[str]] = {}
    for at in rows[:_LOOKED_AT].tolist():
        if (text := plain(found.text[at])) and text[0].isdigit():
            told.setdefault(found.topic[at].label, []).append(text)
    return {
        label
        for label, texts in told.items()
        if len(texts) >= _FEW and all(_UP_TO_ONE.fullmatch(t) for t in texts) and any(len(t) > 3 for t in texts)
    }


def _of_several_spans(found: Spots) -> set[str]:
    """The labels with figures of several spans that end on one day, for one place."""
    span = found.when.turned(lambda w: w.period if w.period and not w.period.day else None)
    end = span.turned(lambda p: p.end if p else None)
    if len(end.values) == len(span.values):
        return set()
    label = found.topic.turned(lambda t: t.label)
    ending, _ = together([label.codes, found.entity.codes, end.codes], len(found))
    _, firsts = together([ending, span.codes], len(found))
    several = np.bincount(ending[firsts])[ending[firsts]] > 1
    return {label[at] for at in firsts[several].tolist() if end[at]}


def _named_apart(rule: IndicatorRule, label: str, names: set[str]) -> IndicatorRule:
    """The rule with a name that no other has: of two alike, the later one says its unit, or its number."""
    name, n = rule.name, 2
    while folded(name) in names:
        bare = label if n == 2 else f"{label[:110]} ({n})"
        name, n = (bare if len(bare) <= LONGEST else f"{bare[:110]} ({n})"), n + 1
    name_zh = "" if folded(rule.name_zh) in names else rule.name_zh
    names |= {folded(name), folded(name_zh)} - {""}
    return replace(rule, name=name, name_zh=name_zh)


def _rule(
    label: str,
    unit: Unit | None,
    scaled: bool,
    title: str,
    catalogue: Catalogue,
    known: Table[str, Indicator],
    used: set[str],
    doubts: list[tuple[str, str, str]],
) -> IndicatorRule:
    said = under_title(named(label, unit), title)
    size = 1.0 if unit is None or scaled else unit.multiplier
    held = catalogue_name(said, label, catalogue, known)
    if held is not None and not _comparable(unit, held):
        doubts.append(("unit_differs", f"[indicators] {label[:40]}", f"{held.slug}: {held.unit.en}"))
        held = None
    if held is not None:
        own = scale_of(held)
        joined = not {folded(said.name), folded(said.zh)} & {folded(held.name.en), folded(held.name.zh)}
        if joined:
            doubts.append(("joined_by_alias", f"[indicators] {label[:40]}", f"{held.slug}: {held.name.en}"))
        if (other := _other_table(held.slug, title, catalogue)) and not joined:
            doubts.append(("joined_of_table", f"[indicators] {label[:40]}", f"{held.slug} ({other})"))
        definitions = [d.slug for d in catalogue.definitions_of(held.slug)]
        if len(definitions) > 1:
            doubts.append(("definition_needed", f"[indicators] {label[:40]}", ", ".join(definitions)))
        return IndicatorRule(
            slug=held.slug, multiplier=size / own, definition=definitions[0] if len(definitions) == 1 else ""
        )
    words = unit.words if unit else ""
    if unit is None:
        doubts.append(("unit_unstated", f"[indicators] {label[:40]}", ""))
    doubts.append(("indicator_new", f"[indicators] {label[:40]}", words or (unit.printed if unit else "?")))
    return IndicatorRule(
        slug=_slug(said.name, used),
        multiplier=size,
        new=True,
        name=said.name,
        name_zh=said.zh,
        unit=words,
        measure=measure_of(f"{said.name} {said.zh}".strip(), unit, title),
    )


def _other_table(slug: str, title: str, catalogue: Catalogue) -> str:
    """The title of the table that first brought an indicator in, where it is another than this one of another year."""
    text = next((d.text.en for d in catalogue.definitions_of(slug) if d.slug == AS_PUBLISHED), "")
    match = re.search(r"\((?P<title>.*)\)$", text)
    undated = [re.sub(r"[\d\W_]+", "", said) for said in (match["title"] if match else "", title)]
    return match["title"][:60] if match and undated[0] != undated[1] else ""


_MONIES = (
    r"美元|usd|us ?\$|us dollar", r"欧元|eur\b|euro|€", r"日元|円|jpy|yen",
    r"英镑|gbp|£|pound sterling", r"港元|hkd|hk\$", r"australian dollar|aud\b",
    r"(?<![美欧日港])元|yuan|rmb|cny|人民币",
)  # fmt: skip


def _comparable(unit: Unit | None, held: Indicator) -> bool:
    """Whether figures in that unit may join that indicator: no percentages among counts, no dollars among yuan."""
    if unit is None:
        return True
    said = f"{unit.printed} {unit.words}".lower()
    own = f"{held.unit.en} {held.unit.zh}".lower()
    if unit.relative and held.measure not in ("share", "change") and not re.search(r"[%％‰]|percent", own):
        return False
    kinds = [next((n for n, m in enumerate(_MONIES) if re.search(m, text)), None) for text in (said, own)]
    return None in kinds or kinds[0] == kinds[1]


def names_known(catalogue: Catalogue) -> dict[str, Indicator]:
    """Each name, alias and slug as they are compared -> its indicator; a name counts before another's slug."""
    told: dict[str, Indicator] = {}
    for indicator in catalogue.indicators.values():
        for name in (indicator.name.en, indicator.name.zh, *indicator.aliases):
            told.setdefault(folded(name), indicator)
    for indicator in catalogue.indicators.values():
        told.setdefault(folded(indicator.slug), indicator)
    return told


def catalogue_name(said: Named, label: str, catalogue: Catalogue, known: Table[str, Indicator]) -> Indicator | None:
    """The indicator that has this name wholly, in either language or both."""
    slug = re.sub(r"\s*\[[^\]]*\]$", "", label)
    if slug in catalogue.indicators:
        return catalogue.indicators[slug]
    found = {held.slug: held for name in (said.name, said.zh) if name and (held := known.get(folded(name)))}
    return found.popitem()[1] if len(found) == 1 else None


def _slug(name: str, used: set[str]) -> str:
    base = slug_of(name) or "figure"
    slug, n = base, 2
    while slug in used:
        slug, n = f"{base[: 59 - len(str(n))]}_{n}", n + 1
    used.add(slug)
    return slug


def owner(label: str, catalogue: Catalogue) -> EntityRule:
    """The entity of that name, or a proposal for a new one."""
    name = re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", without_code(label))
    name = re.sub(r"^\d{1,5}\s(?=[\u3400-\u9fff]{2})|^\d{3,5}\s(?=[^\W\d])", "", name)
    whole = re.sub(r"(?<=[\u3400-\u9fff]{2})[合小总]计$", "", name)
    name = whole if PROVINCE.fullmatch(whole) or looks_like_place(whole, catalogue) else name
    name = without_all(name) if is_nation(name) else name
    both = two_languages(name) or Named(name)
    for said in dict.fromkeys((name, both.name, both.zh or name)):
        try:
            return EntityRule(slug=catalogue.entity(said).slug)
        except Unknown:
            continue
    return EntityRule(slug=slug_of(both.name) or "entity", new=True, name=shortened(both.name), name_zh=both.zh)
