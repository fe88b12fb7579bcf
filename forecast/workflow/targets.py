"""Set, list, retire and suggest targets: the store keeps them, nothing is overwritten, and none is invented."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from forecast.errors import Misuse, Refusal
from forecast.notes import Note, note
from forecast.sentences import LANGUAGES, say
from forecast.verdicts.aim import AT_LEAST, AT_MOST, BETWEEN, Aim
from forecast.workflow.evidence import assemble
from forecast.workflow.horizon import check_reach, horizon_of
from forecast.workflow.opening import DEFAULT_WAIT, as_of_or_newest, open_store, tool_version
from forecast.workflow.project import Projected, Request, project_from
from forecast.workflow.steward import who
from forecast.workflow.targeting import aim_of, aim_told, chance_at, check_limits, oddities
from warehouse.intentions import STATUSES, TargetRecord, live
from warehouse.location import default_path, seeds_folder
from warehouse.statements import statements
from warehouse.store import Warehouse


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A target as typed: bounds of which exactly one kind is given, or a plain value in the good direction."""

    indicator: str
    entity: str = ""
    to: str = ""
    at_least: float | None = None
    at_most: float | None = None
    between: tuple[float, float] | None = None
    held: bool = False
    author: str = ""
    status: str = "scenario"
    source: str = ""
    note: str = ""

    def aim(self) -> Aim:
        """What is asked for. Raises `Misuse` for none or several kinds, or an interval turned round."""
        given = [v is not None for v in (self.at_least, self.at_most, self.between)]
        if sum(given) != 1:
            raise Misuse("one_kind_of_target")
        if self.at_least is not None:
            return Aim(kind=AT_LEAST, low=self.at_least)
        if self.at_most is not None:
            return Aim(kind=AT_MOST, high=self.at_most)
        assert self.between is not None
        low, high = self.between
        if not low < high:
            raise Misuse("interval_turned", low=low, high=high)
        return Aim(kind=BETWEEN, low=low, high=high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A target that was set or retired, and what to know about it."""

    target: TargetRecord
    remarks: tuple[Note, ...] = ()


def set_target(wanted: Wanted, *, warehouse: Path | None = None, wait: float = DEFAULT_WAIT) -> Kept:
    """Keep a target. Raises `Misuse` for one that is senseless or already stands; what is merely odd is remarked."""
    if wanted.status not in STATUSES:
        raise Misuse("unknown_status", name=wanted.status, known=", ".join(STATUSES))
    if wanted.status == "official" and not wanted.source.strip():
        raise Misuse("official_needs_source")
    aim = wanted.aim()
    from warehouse.opening import open_for_writing

    author = who(wanted.author)
    with open_for_writing(warehouse or default_path(), seeds_folder(), tool_version=tool_version(), wait=wait) as store:
        catalogue = store.catalogue()
        indicator, entity = catalogue.indicator(wanted.indicator), catalogue.entity(wanted.entity)
        check_limits(aim, indicator)
        due = horizon_of(wanted.to, catalogue).end
        record = TargetRecord(
            indicator=indicator.slug,
            entity=entity.slug,
            due=due,
            kind=aim.kind,
            low=aim.low,
            high=aim.high,
            held=wanted.held,
            author=author,
            status=wanted.status,
            source=wanted.source,
            note=wanted.note,
        )
        record = _unlike_others(record, store.targets())
        remarks = _remarks(store, record, aim)
        store.append_target(record, author=author)
    return Kept(target=record, remarks=remarks)


def _unlike_others(record: TargetRecord, held: list[TargetRecord]) -> TargetRecord:
    """The record, superseding the retirement of the same target where there was one. Raises `Misuse` for a double."""
    same = [t for t in held if t.content == record.content]
    standing = [t for t in live(held) if t.content == record.content]
    if standing:
        status = {lang: say(f"status_{standing[0].status}", lang) for lang in LANGUAGES}
        raise Misuse("target_exists", id=standing[0].id, author=standing[0].author, status=status)
    return replace(record, supersedes=same[-1].id, id="") if same else record


def _remarks(store: Warehouse, record: TargetRecord, aim: Aim) -> tuple[Note, ...]:
    """What is odd about the target. Raises `Misuse` for a day the figures have passed, or that is too far off."""
    catalogue = store.catalogue()
    indicator = catalogue.indicator(record.indicator)
    known = store.observations(record.indicator)
    live_ones = [k.observation for k in known if k.live and k.observation.entity == record.entity]
    if not live_ones:
        return (note("target_without_figures", indicator=record.indicator, entity=record.entity),)
    last = max(o.period_end for o in live_ones)
    if record.due <= last:
        raise Misuse("target_before_last_figure", due=record.due.isoformat(), last=last.isoformat())
    check_reach(last, record.due)
    try:
        evidence = assemble(indicator, record.entity, statements(known, catalogue), catalogue)
    except Refusal as refusal:
        return (note("target_cannot_be_tracked"), refusal.note)
    return tuple(oddities(aim, evidence, indicator, record.held))


def retire_target(
    which: str, *, reason: str, by: str = "", warehouse: Path | None = None, wait: float = DEFAULT_WAIT
) -> Kept:
    """End a standing target, named by the beginning of its id. Raises `Misuse` unless one is meant, for a reason."""
    if not reason.strip():
        raise Misuse("retire_needs_reason")
    from warehouse.opening import open_for_writing

    author = who(by)
    with open_for_writing(warehouse or default_path(), seeds_folder(), tool_version=tool_version(), wait=wait) as store:
        standing = live(store.targets())
        found = [t for t in standing if len(which) >= 4 and t.id.startswith(which.lower())]
        if len(found) != 1:
            raise Misuse("which_target", text=which, known=", ".join(t.id for t in standing) or "-")
        old = found[0]
        ended = replace(old, id="", action="retire", supersedes=old.id, author=author, reason=reason)
        store.append_target(ended, author=author)
    return Kept(target=ended)


def targets(
    indicator: str = "", *, superseded: bool = False, warehouse: Path | None = None, wait: float = DEFAULT_WAIT
) -> list[TargetRecord]:
    """The standing targets (of one indicator); with `superseded` also the retired ones and their retirements."""
    with open_store(warehouse, wait=wait) as store:
        slug = store.catalogue().indicator(indicator).slug if indicator else ""
        found = store.targets()
    shown = found if superseded else live(found)
    return [t for t in shown if slug in ("", t.indicator)]


def target_row(t: TargetRecord, lang: str) -> dict[str, Any]:
    """A stored target, ready to print."""
    return {
        "id": t.id,
        "indicator": t.indicator,
        "entity": t.entity,
        "to": t.due.isoformat(),
        "target": aim_told(t)[lang],
        "kind": t.kind,
        "low": t.low,
        "high": t.high,
        "held": t.held,
        "status": t.status,
        "author": t.author,
        "source": t.source,
        "note": t.note,
        "action": t.action,
        "supersedes": t.supersedes,
        "reason": t.reason,
    }


LEVELS_SUGGESTED = (("cautious", 0.80), ("central", 0.50), ("ambitious", 0.20))
"""The suggested levels and the chance each is meant to have before rounding."""


def suggest(
    indicator: str,
    entity: str,
    request: Request,
    as_of: date | None,
    *,
    warehouse: Path | None = None,
    wait: float = DEFAULT_WAIT,
) -> tuple[Projected, list[dict[str, Any]]]:
    """Three levels from the projection's own quantiles, rounded as a plan would print them, each with its chance."""
    with open_store(warehouse, wait=wait) as store:
        as_of_or_newest(store, as_of)
        result = project_from(store, indicator, entity, replace(request, levels=(60.0,), trends=False), as_of)
    p, record = result.projection, result.indicator
    if not p.has_band:
        raise Refusal("suggest_needs_band", indicator=record.slug, model=p.model)
    down = record.direction == "down"
    low, high = p.interval(60)
    rows = []
    for level, meant in LEVELS_SUGGESTED:
        exact = p.quantile(round(meant if down else 1 - meant, 6))
        value = as_printed(exact, high - low, integer=record.integer, lower=record.lower, upper=record.upper)
        rows.append(
            {
                "level": level,
                "value": value,
                "chance": chance_at(p, aim_of(value, record), record),
                "exact": exact,
                "to": p.dates[-1].isoformat(),
            }
        )
    return result, rows


def as_printed(value: float, spread: float, *, integer: bool, lower: float | None, upper: float | None) -> float:
    """`value` to the nearest step of 1, 2 or 5 times a power of ten that is at most a fifth of `spread`."""
    step = 1.0
    if spread > 0:
        power = 10.0 ** math.floor(math.log10(spread / 5))
        step = max(m * power for m in (1, 2, 5) if m * power <= spread / 5 * (1 + 1e-9))
    if integer:
        step = max(1.0, step)
    rounded = round(round(value / step) * step, 10)
    if lower is not None:
        rounded = max(rounded, lower)
    return min(rounded, upper) if upper is not None else rounded
