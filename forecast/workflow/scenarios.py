"""Scenarios: suppositions with a name, stored or typed, laid beside a projection so that they can be told again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from forecast.errors import Misuse, Refusal
from forecast.notes import Note
from forecast.sentences import say, tell
from forecast.verdicts.scenarios import NEEDS_DATE, NEEDS_VALUE, RULES, Ground, Supposition, path
from forecast.workflow.horizon import parse_day
from forecast.workflow.opening import DEFAULT_WAIT, open_store, tool_version
from forecast.workflow.project import Projected
from forecast.workflow.steward import who
from warehouse.figure_rows import parse_date
from warehouse.intentions import ScenarioRecord, live
from warehouse.location import default_path, seeds_folder
from warehouse.store import Warehouse

ALWAYS = ("last_pace", "half_pace", "no_growth", "required_pace")
"""The rules that need nothing but figures and a target: offered without having been named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A supposition's path, or why it has none; `chance` is the projection's chance of ending at or above its end."""

    name: str
    supposed: Supposition
    author: str = ""
    note: str = ""
    steps: tuple[tuple[date, float], ...] = ()
    chance: float | None = None
    meets: bool | None = None
    refused: Note | None = None


def laid(result: Projected, wanted: Sequence[ScenarioRecord]) -> tuple[Laid, ...]:
    """The path of each scenario on the projection's days. A total over a window takes the rules as yearly rates."""
    return tuple(_laid(result, record) for record in wanted)


def _laid(result: Projected, record: ScenarioRecord) -> Laid:
    p, series, window, target = result.projection, result.evidence.series, result.window, result.target
    scale = window.years if window else 1.0
    supposed = Supposition(
        rule=record.rule,
        value=None if record.value is None else record.value / scale,
        since=record.from_date,
    )
    aimed = target.aim.bound_for(series.last.value * scale)[0] / scale if target else None
    ground = Ground(
        indicator=result.indicator.slug,
        points=series.points,
        days=(window.middle,) if window else p.dates,
        medians=[p.quantile(0.5, i) / scale for i in range(len(p.dates))],
        lower=series.lower,
        upper=series.upper,
        target=aimed,
    )
    made = Laid(
        name=record.name, supposed=replace(supposed, value=record.value), author=record.author, note=record.note
    )
    try:
        steps = path(supposed, ground)
    except Refusal as refusal:
        return replace(made, refused=refusal.note)
    told = tuple((day, value * scale) for day, (_, value) in zip(p.dates, steps, strict=True))
    end = told[-1][1]
    half = 0.5 if result.indicator.integer else 0.0
    chance = 1 - p.cdf(len(p.dates) - 1, end - half) if p.cdf else None
    met = None if target is None else target.aim.met(round(end, 9))
    return replace(made, steps=told, chance=chance, meets=met)


def typed(text: str, indicator: str, entity: str, stored: Sequence[ScenarioRecord]) -> ScenarioRecord:
    """A scenario as typed: the name of a stored one, or RULE, RULE=VALUE, RULE=VALUE@DATE. Raises `Misuse`."""
    for record in stored:
        if record.name == text:
            return record
    found = re.fullmatch(r"(\w+)(?:=([^@]+))?(?:@(.+))?", text.strip())
    names = ", ".join([*RULES, *(r.name for r in stored)])
    if not found or found[1] not in RULES:
        raise Misuse("unknown_scenario", name=text, known=names)
    rule, value, since = found[1], found[2], found[3]
    try:
        number = float(value) if value else None
    except ValueError:
        raise Misuse("unknown_scenario", name=text, known=names) from None
    day = parse_date(since, last=False) if since and _is_date(since) else None
    if since and day is None:
        parse_day(since, "--scenario")
    return checked(
        ScenarioRecord(
            name=text, indicator=indicator, entity=entity, rule=rule, value=number, from_date=day, author="user"
        )
    )


def new_record(
    name: str, indicator: str, entity: str, rule: str, value: float | None, since: str, author: str, note: str
) -> ScenarioRecord:
    """A scenario from its typed parts. Raises `Misuse` for an unknown rule or a day that is none."""
    if rule not in RULES:
        raise Misuse("unknown_scenario", name=rule or "-", known=", ".join(RULES))
    if since and not _is_date(since):
        parse_day(since, "--from")
    day = parse_date(since, last=False) if since else None
    return ScenarioRecord(
        name=name, indicator=indicator, entity=entity, rule=rule, value=value, from_date=day, author=author, note=note
    )


def _is_date(text: str) -> bool:
    try:
        parse_date(text, last=False)
    except ValueError:
        return False
    return True


def checked(record: ScenarioRecord) -> ScenarioRecord:
    """The record, if its rule has what it needs and nothing else. Raises `Misuse`."""
    if (record.rule in NEEDS_VALUE) != (record.value is not None):
        raise Misuse("scenario_value", rule=record.rule, needs=", ".join(NEEDS_VALUE))
    if (record.rule in NEEDS_DATE) != (record.from_date is not None):
        raise Misuse("scenario_date", rule=record.rule, needs=", ".join(NEEDS_DATE))
    return record


def of_series(store: Warehouse, indicator: str, entity: str) -> list[ScenarioRecord]:
    """The stored scenarios of one series that stand."""
    return [s for s in live(store.scenarios()) if (s.indicator, s.entity) == (indicator, entity)]


def chosen(store: Warehouse, result: Projected, wanted: Sequence[str]) -> tuple[Laid, ...]:
    """The named scenarios of a projection, in the order in which they were named."""
    slug, owner = result.indicator.slug, result.entity.slug
    stored = of_series(store, slug, owner)
    return laid(result, [typed(text, slug, owner, stored) for text in wanted])


def offered(store: Warehouse, result: Projected) -> tuple[Laid, ...]:
    """Every stored scenario of the series, after the rules that need no value of their own."""
    slug, owner = result.indicator.slug, result.entity.slug
    rules = [r for r in ALWAYS if r != "required_pace" or result.target is not None]
    plain = [ScenarioRecord(name=r, indicator=slug, entity=owner, rule=r, author="") for r in rules]
    return laid(result, [*plain, *of_series(store, slug, owner)])


def set_scenario(
    record: ScenarioRecord, *, warehouse: Path | None = None, wait: float = DEFAULT_WAIT
) -> ScenarioRecord:
    """Keep a named scenario. Raises `Misuse` for a rule without what it needs, or a name that is taken."""
    checked(record)
    if not re.fullmatch(r"[\w-]+", record.name) or record.name in RULES:
        raise Misuse("scenario_name", name=record.name)
    from warehouse.opening import open_for_writing

    author = who(record.author)
    with open_for_writing(warehouse or default_path(), seeds_folder(), tool_version=tool_version(), wait=wait) as store:
        catalogue = store.catalogue()
        slug, owner = catalogue.indicator(record.indicator).slug, catalogue.entity(record.entity).slug
        if any(s.name == record.name for s in of_series(store, slug, owner)):
            raise Misuse("scenario_exists", name=record.name, indicator=slug)
        kept = replace(record, indicator=slug, entity=owner, author=author, id="")
        same = [s for s in store.scenarios() if s.content == kept.content]
        kept = replace(kept, supersedes=same[-1].id, id="") if same else kept
        store.append_scenario(kept, author=author)
    return kept


def retire_scenario(
    name: str,
    indicator: str,
    entity: str = "",
    *,
    reason: str,
    by: str = "",
    warehouse: Path | None = None,
    wait: float = DEFAULT_WAIT,
) -> ScenarioRecord:
    """End a stored scenario of a series. Raises `Misuse` where there is none of that name, or for no reason."""
    if not reason.strip():
        raise Misuse("retire_needs_reason")
    from warehouse.opening import open_for_writing

    author = who(by)
    with open_for_writing(warehouse or default_path(), seeds_folder(), tool_version=tool_version(), wait=wait) as store:
        catalogue = store.catalogue()
        slug, owner = catalogue.indicator(indicator).slug, catalogue.entity(entity).slug
        own = {s.name: s for s in of_series(store, slug, owner)}
        if name not in own:
            raise Misuse("which_scenario", name=name, known=", ".join(own) or "-")
        old = own[name]
        ended = replace(old, id="", action="retire", supersedes=old.id, author=author, reason=reason)
        store.append_scenario(ended, author=author)
    return ended


def scenarios(
    indicator: str = "", *, superseded: bool = False, warehouse: Path | None = None, wait: float = DEFAULT_WAIT
) -> list[ScenarioRecord]:
    """The stored scenarios that stand (of one indicator); with `superseded` the retired ones too."""
    with open_store(warehouse, wait=wait) as store:
        slug = store.catalogue().indicator(indicator).slug if indicator else ""
        found = store.scenarios()
    return [s for s in (found if superseded else live(found)) if slug in ("", s.indicator)]


def scenario_row(s: ScenarioRecord) -> dict[str, Any]:
    """A stored scenario, ready to print."""
    return {
        "id": s.id,
        "name": s.name,
        "indicator": s.indicator,
        "entity": s.entity,
        "rule": s.rule,
        "value": s.value,
        "from": s.from_date.isoformat() if s.from_date else None,
        "author": s.author,
        "note": s.note,
        "action": s.action,
        "supersedes": s.supersedes,
        "reason": s.reason,
    }


def path_object(p: Laid, lang: str) -> dict[str, Any]:
    """A scenario's path as JSON."""
    return {
        "scenario": p.name,
        "rule": p.supposed.rule,
        "what": supposed_words(p.supposed, lang),
        "value": p.supposed.value,
        "from": p.supposed.since.isoformat() if p.supposed.since else None,
        "author": p.author,
        "note": p.note,
        "path": [{"date": day.isoformat(), "value": value} for day, value in p.steps],
        "chance_at_or_above": p.chance,
        "meets_target": p.meets,
        "refused": tell(p.refused, lang) if p.refused else None,
    }


def supposed_words(supposed: Supposition, lang: str) -> str:
    """What is supposed, in words."""
    since = supposed.since.isoformat() if supposed.since else ""
    step = "" if supposed.value is None else f"{supposed.value:+,.15g}"
    return say(f"rule_{supposed.rule}", lang, value=supposed.value, step=step, day=since)
