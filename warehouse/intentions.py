"""What people want to reach and what they suppose: targets and scenarios as frozen records, checked when made.

Knows neither SQL nor models. A retirement is a further record that supersedes the one it ends; setting the same thing
again supersedes the retirement, so an id is still made from content alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from warehouse.records import Malformed, content_id

TARGET_KINDS = ("at_least", "at_most", "between")
STATUSES = ("official", "proposed", "scenario")
ACTIONS = ("set", "retire")
Record = TypeVar("Record", "TargetRecord", "ScenarioRecord")
RULES = ("last_pace", "half_pace", "no_growth", "required_pace", "level_shift", "ceiling")


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRecord:
    """A value somebody set for a day: at least `low`, at most `high`, or between both.

    `held` means: at every year's end up to `due`. `source` is the document it is taken from, "" for a user's own.
    """

    indicator: str
    entity: str
    due: date
    kind: str
    low: float | None
    high: float | None
    author: str
    status: str
    held: bool = False
    source: str = ""
    note: str = ""
    action: str = "set"
    supersedes: str = ""
    reason: str = ""
    id: str = ""

    def __post_init__(self) -> None:
        for column, value, allowed in (
            ("kind", self.kind, TARGET_KINDS),
            ("status", self.status, STATUSES),
            ("action", self.action, ACTIONS),
        ):
            if value not in allowed:
                raise Malformed("not_one_of", column, value, allowed)
        for column, number in (("low", self.low), ("high", self.high)):
            if number is not None and not math.isfinite(number):
                raise Malformed("not_finite", column, number)
        if not self.id:
            object.__setattr__(self, "id", content_id("target", *self.content, self.action, self.supersedes))

    @property
    def content(self) -> tuple[object, ...]:
        """What is wanted, whoever wants it: two live targets must not agree on all of it."""
        low, high = (None if v is None else float(v) for v in (self.low, self.high))
        return self.indicator, self.entity, self.due, self.kind, low, high, self.held


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioRecord:
    """A named supposition about one series: a rule with its value and, for a level shift, the day from which it holds.

    A level shift's `value` is the step in the series' unit; a ceiling's is the level to which the series recovers.
    """

    name: str
    indicator: str
    entity: str
    rule: str
    author: str
    value: float | None = None
    from_date: date | None = None
    note: str = ""
    action: str = "set"
    supersedes: str = ""
    reason: str = ""
    id: str = ""

    def __post_init__(self) -> None:
        for column, value, allowed in (("rule", self.rule, RULES), ("action", self.action, ACTIONS)):
            if value not in allowed:
                raise Malformed("not_one_of", column, value, allowed)
        if self.value is not None and not math.isfinite(self.value):
            raise Malformed("not_finite", "value", self.value)
        if not self.id:
            object.__setattr__(self, "id", content_id("scenario", *self.content, self.action, self.supersedes))

    @property
    def content(self) -> tuple[object, ...]:
        """What is supposed."""
        value = None if self.value is None else float(self.value)
        return self.name, self.indicator, self.entity, self.rule, value, self.from_date


def live(records: Iterable[Record]) -> list[Record]:
    """Those that were set and neither retired nor replaced since, in their order."""
    kept = list(records)
    ended = {r.supersedes for r in kept if r.supersedes}
    return [r for r in kept if r.action == "set" and r.id not in ended]
