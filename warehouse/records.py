"""The facts as frozen records: checked once when made, trusted afterwards.

Knows what a figure, its source, its indicator and its definition are. Knows neither SQL nor pandas nor files.

Three clocks, never a plain `date`: `period_start`/`period_end` (what the figure describes), `published` (when the
public could know it), `recorded` (when this warehouse learnt it; set by the store). A calendar or list year Y is
Y-01-01 to Y-12-31; a stock has both ends on its as-of day.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

QUALIFIERS = ("exact", "at_least", "at_most", "about")
NATURES = ("stated", "derived", "inferred")
MEASURES = ("stock", "flow", "cumulative", "plan", "rank", "streak", "share", "change")
OF_A_DAY = ("stock", "cumulative", "streak")
"""Measures whose figures are of a day, the last of a period that names none."""
KINDS = (
    "cumulative",
    "slow_stock",
    "flow",
    "money",
    "volatile_share",
    "filling_share",
    "s_curve",
    "noisy_count",
    "unknown",
)
DIRECTIONS = ("up", "down", "none")
ACTIONS = ("append", "correct", "revise", "retract")


_WORDS = {"qualifier": QUALIFIERS, "nature": NATURES, "measure": MEASURES, "action": ACTIONS}


class Malformed(ValueError):
    """A record that contradicts itself: `code` says how, `column` where, `known` what may stand there."""

    def __init__(self, code: str, column: str, text: object = "", known: Iterable[str] = ()) -> None:
        self.code, self.column, self.text, self.known = code, column, str(text), ", ".join(known)
        super().__init__(f"{column}: {code} ({text})")


def contradictions(
    *,
    words: Mapping[str, str],
    value: float | None,
    low: float | None,
    high: float | None,
    period_start: date | None,
    period_end: date | None,
    published: date,
    basis: str,
) -> Iterator[Malformed]:
    """Everything in the parts of a figure that cannot be, or not together; a part that is None is not judged."""
    for column, word in words.items():
        if word not in _WORDS[column]:
            yield Malformed("not_one_of", column, word, _WORDS[column])
    for column, number in (("value", value), ("low", low), ("high", high)):
        if number is not None and not math.isfinite(number):
            yield Malformed("not_finite", column, number)
    if low is not None and value is not None and low > value:
        yield Malformed("low_above_value", "low", low)
    if high is not None and value is not None and high < value:
        yield Malformed("high_below_value", "high", high)
    if period_start is not None and period_end is not None and period_start > period_end:
        yield Malformed("period_reversed", "period_start", period_start)
    if period_start is not None and published < period_start:
        yield Malformed("published_before_period", "published", published)
    if period_end is not None and period_end > published and not basis.startswith("edition"):
        yield Malformed("period_after_publication", "period_end", period_end)


def content_id(*parts: object) -> str:
    """Twelve hexadecimal digits from the content: the same on every machine, never a counter or a clock."""
    text = "\x1f".join("" if p is None else repr(float(p)) if isinstance(p, float) else str(p) for p in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A name or sentence in both languages."""

    en: str
    zh: str

    def __getitem__(self, lang: str) -> str:
        return self.zh if lang == "zh" and self.zh else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Whose figures they are: `beijing`, `beijing/chaoyang`."""

    slug: str
    name: Text
    parent: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionRecord:
    """The wording under which an indicator is counted."""

    indicator: str
    slug: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparable:
    """A recorded decision that two definitions of an indicator may be joined into one series."""

    indicator: str
    first: str
    second: str
    author: str
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What is counted, with its unit, direction, natural limits and growth class.

    `kind` is decided by the definition, never by the numbers, and `kind_reason` says why. `closed` gives the reason
    why there is nothing to project (a finished episode), and is empty otherwise.
    """

    slug: str
    name: Text
    unit: Text
    measure: str
    kind: str
    kind_reason: Text
    direction: str = "up"
    integer: bool = True
    lower: float | None = 0.0
    upper: float | None = None
    closed: Text | None = None
    aliases: tuple[str, ...] = ()
    note: Text | None = None

    def __post_init__(self) -> None:
        for column, value, allowed in (
            ("measure", self.measure, MEASURES),
            ("kind", self.kind, KINDS),
            ("direction", self.direction, DIRECTIONS),
        ):
            if value not in allowed:
                raise Malformed("not_one_of", column, value, allowed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A named span; the default one gives the horizon when none is asked for."""

    slug: str
    name: Text
    start: date
    end: date
    default: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One document, or one item of it: who said it, when, and the checksum of what was read."""

    id: str
    title: str
    publisher: str
    published: date
    published_basis: str = ""
    event: date | None = None
    event_basis: str = ""
    url: str = ""
    language: str = "en"
    sha256: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One figure of one source.

    `value` is always the printed figure in base units (35000 for "over 35,000"), `low`/`high` what the text supports
    (None = open), `as_stated` the figure as printed. `as_of_low`/`as_of_high` bracket a stock's day where the text
    does not state it. `basis` explains every inferred date. `derived_from` are ids of the figures it was computed
    from, by `formula`. `flag` marks a figure that must not carry a trend: `rebound`. `supersedes` is the id replaced
    by a correction, revision or retraction (`action`), with `author` and `reason`.
    """

    indicator: str
    entity: str
    definition: str
    period_start: date
    period_end: date
    value: float
    low: float | None
    high: float | None
    as_stated: str
    source: str
    published: date
    qualifier: str = "exact"
    nature: str = "stated"
    measure: str = "stock"
    basis: str = ""
    as_of_low: date | None = None
    as_of_high: date | None = None
    derived_from: tuple[str, ...] = ()
    formula: str = ""
    locator: str = ""
    phrase: str = ""
    flag: str = ""
    note: str = ""
    action: str = "append"
    supersedes: str = ""
    author: str = ""
    reason: str = ""
    id: str = field(default="")

    def __post_init__(self) -> None:
        for wrong in contradictions(
            words={column: getattr(self, column) for column in _WORDS},
            value=self.value,
            low=self.low,
            high=self.high,
            period_start=self.period_start,
            period_end=self.period_end,
            published=self.published,
            basis=self.basis,
        ):
            raise wrong
        if not self.id:
            object.__setattr__(self, "id", self._content_id())

    def _content_id(self) -> str:
        parts = (
            self.indicator,
            self.entity,
            self.definition,
            self.period_start,
            self.period_end,
            self.source,
            float(self.value),
        )
        return content_id(*parts, self.supersedes, self.action) if self.supersedes else content_id(*parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The figures one source published, appended together.

    `remarks` are (code, as printed, as taken) of what its rows left to their words: "qualifiers_taken" from them, and
    "scales_elsewhere" for a bare number whose unit is not beside it.
    """

    source: Source
    observations: tuple[Observation, ...]
    remarks: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An observation as the store holds it: when it was recorded (UTC) and what replaced it ("" = nothing)."""

    observation: Observation
    recorded: datetime
    superseded_by: str = ""

    @property
    def live(self) -> bool:
        """Whether it still stands: not replaced, and not itself the mark of a retraction."""
        return not self.superseded_by and self.observation.action != "retract"
