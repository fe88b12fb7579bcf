"""What two documents say about the same things: up, down, redefined, no longer mentioned, new.

Only what the documents state themselves is compared; what we derived from them is not theirs. Two figures are compared
under comparable wordings and, for totals, over spans of the same length; otherwise it is said why they are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from forecast.errors import Misuse
from forecast.notes import Note, note
from forecast.sentences import LANGUAGES, gap, number, titled
from forecast.workflow.opening import DEFAULT_WAIT, open_store
from forecast.workflow.printed import bounded
from warehouse.catalogue import Catalogue
from warehouse.records import Indicator, Observation, Source

ORDER = ("up", "down", "restated", "redefined", "other_span", "unclear", "same", "vanished", "new")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that two documents say, or that only one of them says. `code` is one of `ORDER`."""

    code: str
    indicator: Indicator
    entity: str
    first: Observation | None
    second: Observation | None
    note: Note


def diff(
    first: str, second: str, *, warehouse: Path | None = None, wait: float = DEFAULT_WAIT
) -> tuple[Source, Source, list[Difference]]:
    """Compare two sources, named by id or the beginning of one, the earlier publication first. Raises `Misuse`."""
    with open_store(warehouse, wait=wait) as store:
        catalogue, sources = store.catalogue(), store.sources()
        one, two = (_source(name, sources) for name in (first, second))
        if one.id == two.id:
            raise Misuse("diff_itself", source=one.id)
        known = store.compared(one.id, two.id)
    if (two.published, two.event or two.published) < (one.published, one.event or one.published):
        one, two = two, one
    said: dict[tuple[str, str], tuple[list[Observation], list[Observation]]] = {}
    for k in known:
        o = k.observation
        said.setdefault((o.indicator, o.entity), ([], []))[o.source == two.id].append(o)
    found = [
        difference
        for (slug, entity), (before, after) in said.items()
        for difference in _differences(catalogue, catalogue.indicators[slug], entity, before, after)
    ]
    position = {slug: n for n, slug in enumerate(catalogue.indicators)}
    found.sort(key=lambda d: (ORDER.index(d.code), d.entity != catalogue.default_entity, position[d.indicator.slug]))
    return one, two, found


def _source(name: str, sources: Sequence[Source]) -> Source:
    exact = [s for s in sources if s.id == name]
    begins = exact or [s for s in sources if s.id.startswith(name)]
    if len(begins) != 1:
        known = begins or sources[-8:]
        raise Misuse("unknown_source", source=name, known=", ".join(s.id for s in known))
    return begins[0]


def _differences(
    catalogue: Catalogue, indicator: Indicator, entity: str, before: list[Observation], after: list[Observation]
) -> list[Difference]:
    def made(code: str, first: Observation | None, second: Observation | None, **more: Any) -> Difference:
        holder = catalogue.entities[entity]
        own = entity == catalogue.default_entity
        params: dict[str, Any] = {
            "name": {
                lang: indicator.name[lang] if own else titled(indicator.name[lang], holder.name[lang], lang)
                for lang in LANGUAGES
            },
            "first": _told(first, indicator) if first else "",
            "second": _told(second, indicator) if second else "",
            **more,
        }
        return Difference(
            code=code, indicator=indicator, entity=entity, first=first, second=second,
            note=note(f"diff_{code}", **params),
        )  # fmt: skip

    if not after:
        return [made("vanished", max(before, key=_recency), None)]
    if not before:
        return [made("new", None, max(after, key=_recency))]
    new = max(after, key=_recency)
    wording = catalogue.comparable_with(indicator.slug, new.definition)
    alike = [o for o in before if o.definition in wording]
    if not alike:
        old = max(before, key=_recency)
        words = {d.slug: d.text for d in catalogue.definitions_of(indicator.slug)}
        return [
            made(
                "redefined", old, new,
                old_words={lang: words[old.definition][lang] for lang in ("en", "zh")},
                new_words={lang: words[new.definition][lang] for lang in ("en", "zh")},
            )
        ]  # fmt: skip
    same_span = [o for o in alike if (o.period_start, o.period_end) == (new.period_start, new.period_end)]
    old = same_span[0] if same_span else max(alike, key=_recency)
    if new.measure == "flow" and abs(_days(old) - _days(new)) > 3:
        return [made("other_span", old, new)]
    return [_compared(made, indicator, old, new, bool(same_span))]


def _compared(made: Any, indicator: Indicator, old: Observation, new: Observation, same_span: bool) -> Difference:
    both = (old.value, old.qualifier) == (new.value, new.qualifier)
    if both:
        return made("same", old, new)  # type: ignore[no-any-return]
    top, bottom = _high(old), _low(old)
    if same_span and (top < _low(new) or bottom > _high(new)):
        return made("restated", old, new)  # type: ignore[no-any-return]
    gap = abs(new.value - old.value)
    change: dict[str, Any] = {"change": _amount(gap, indicator), "percent": _percent(old.value, new.value)}
    if indicator.unit.en.lower() in ("%", "percent"):
        points = {"en": f"{number(gap)} percentage points", "zh": f"{number(gap)}个百分点"}
        change = {"change": points, "percent": {"en": "", "zh": ""}}
    if top < _low(new):
        return made("up", old, new, **change)  # type: ignore[no-any-return]
    if bottom > _high(new):
        return made("down", old, new, **change)  # type: ignore[no-any-return]
    return made("unclear", old, new)  # type: ignore[no-any-return]


def _low(o: Observation) -> float:
    return o.low if o.low is not None else float("-inf")


def _high(o: Observation) -> float:
    return o.high if o.high is not None else float("inf")


def _recency(o: Observation) -> tuple[date, date]:
    return o.period_end, o.period_start


def _days(o: Observation) -> int:
    return (o.period_end - o.period_start).days


def _percent(old: float, new: float) -> dict[str, str]:
    if old <= 0:
        return {"en": "", "zh": ""}
    share = number(round(abs(new / old - 1) * 100, 6))
    return {"en": f" ({share} %)", "zh": f"（{share}%）"}


def _amount(value: float, indicator: Indicator) -> dict[str, str]:
    def words(lang: str) -> str:
        unit = indicator.unit[lang].strip()
        if lang == "zh":
            return number(value, lang) + gap("0", unit) + unit
        return f"{number(value, lang)}{'' if unit.startswith('%') else ' '}{unit}".strip()

    return {lang: words(lang) for lang in ("en", "zh")}


def _told(o: Observation, indicator: Indicator) -> dict[str, str]:
    amount = _amount(o.value, indicator)
    if o.measure == "rank":
        amount = {"en": f"No. {number(o.value)}", "zh": f"第{number(o.value)}位"}
    return {lang: bounded(o, amount[lang], lang) + _when(o, lang) for lang in ("en", "zh")}


def _when(o: Observation, lang: str) -> str:
    def day(d: date) -> str:
        return f"{d.year}年{d.month}月{d.day}日" if lang == "zh" else d.isoformat()

    years = (o.period_start.month, o.period_start.day, o.period_end.month, o.period_end.day) == (1, 1, 12, 31)
    if years:
        span = str(o.period_end.year)
        if o.period_start.year != o.period_end.year:
            span = f"{o.period_start.year}-{span}"
        text = f"{span}年" if lang == "zh" else span
    elif o.period_start == o.period_end:
        text = day(o.period_end)
    else:
        text = f"{day(o.period_start)}{'至' if lang == 'zh' else ' to '}{day(o.period_end)}"
    return f"（{text}）" if lang == "zh" else f" ({text})"
