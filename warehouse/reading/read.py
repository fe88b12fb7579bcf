"""A press text -> candidate figures: the assembly of the other modules, in the order they depend on each other."""
# ruff: noqa: E501 - a pattern stays on one line

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from warehouse.reading import derive, finding, measures, segment, times
from warehouse.reading.figures import Figure
from warehouse.reading.finding import Found
from warehouse.reading.linking import Linker, Words
from warehouse.reading.model import Candidate, Document, Lexicon
from warehouse.reading.normalise import Clean, clean
from warehouse.reading.periods import Clock, Period
from warehouse.reading.places import Owner, Places
from warehouse.reading.ranks import scope_of
from warehouse.reading.spans import Span, back
from warehouse.records import Indicator

# Measures that the text may change against the catalogue's: a stock that is only intended is a target.
_INTENDED = ("target", "plan")
_CLAUSE_END = re.compile(r"[，；;]|, (?:of|among|including|and|while)\b")
_ELSEWHERE = re.compile(r"[;；]|\b(?:while|whereas|but)\b|，而")
_AVERAGE = re.compile(r"年均|\b(?:average annual|annual average|on average|annualized|compound)\b", re.IGNORECASE)


def read_text(raw: str | Clean, *, lexicon: Lexicon, document: Document) -> list[Candidate]:
    """The candidate figures of a text, in the order they stand in it; each implied base follows its change."""
    return Reader(lexicon).read(raw, document)


class Reader:
    """Reads texts with one lexicon; building it once saves the preparation for each further text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._linker = Linker(lexicon.indicators)
        self._places = Places(lexicon.entities)

    def read(self, raw: str | Clean, document: Document) -> list[Candidate]:
        """The candidate figures of one text."""
        page = raw if isinstance(raw, Clean) else clean(raw)
        if not page.text.strip():
            return []
        segmented = segment.split(page.text)
        spans = times.find(page.text, document.day)
        found = finding.find(segmented, spans)
        mentions = self._places.find(page.text)
        owner = Owner(page.text, mentions, self._places.slug(document.entity), self._places.parents)
        clock = Clock(segmented, spans, [one.figure for one in found], document.day)
        candidates: list[Candidate] = []
        levels: list[tuple[Found, Candidate, Indicator | None]] = []
        for index, one in enumerate(found):
            stop = found[index + 1].figure.start if index + 1 < len(found) else len(page.text)
            start_at = max(one.low, max(found[index - 1].figure.number_end, found[index - 1].end) if index else 0)
            beside = levels[-1][2] if levels and levels[-1][0].low == one.low else None
            candidate, indicator = self._candidate(page, one, start_at, stop, owner, clock, beside)
            if one.title and not (indicator and _titled(indicator, one)):
                continue
            candidates.append(candidate)
            if one.figure.kind == "level":
                levels.append((one, candidate, indicator))
            elif one.figure.kind in ("change", "ratio"):
                implied = self._implied(page, one, candidate, levels, clock)
                if implied is not None:
                    candidates.append(implied)
        return candidates

    def level_of(self, change: Candidate) -> str | None:
        """The slug of the level a change is a change of, from its noun; None if no name fits."""
        figure = Figure(0, 0, 0, 0, change.value, None, None, "exact", "", "level", change.noun[:1] >= "\u3400")
        linked = self._linker.find(figure, Words(change.noun, change.noun, change.noun))
        return linked[0].slug if linked else None

    def _candidate(
        self, page: Clean, one: Found, start_at: int, stop: int, owner: Owner, clock: Clock, beside: Indicator | None
    ) -> tuple[Candidate, Indicator | None]:
        figure = one.figure
        if figure.kind in ("rank", "streak"):
            figure = _scoped(page.text, one)
        entity, why_entity = owner.of(figure.start, one.end, one.low, one.high)
        span, carried = clock.span_of(figure)
        words = measures.own(page.text, figure, (start_at, stop), one.clause)
        measure, why_measure = measures.of(figure, words, one.noun, None if carried else span)
        clause = page.text[max(start_at, one.figure.start - 200) : min(stop, figure.end + 160)]
        hint = measure if why_measure.startswith("word") else ""
        before_words = page.text[one.low : figure.start]
        narrow = _narrow(clause, one.clause)
        linked = self._linker.find(figure, Words(one.noun, narrow, one.sentence, before_words, entity, hint))
        indicator, why_indicator = linked if linked else (None, "alias:none")
        changed = self._linker.change_of(beside, figure.unit) if figure.kind == "change" and beside else None
        if changed is not None:
            indicator, why_indicator = changed, "alias:change_of"
        if indicator is not None and not (measure == "target" and indicator.measure != "plan"):
            measure, why_measure = indicator.measure, "indicator"
        beyond = _CLAUSE_END.split(page.text[figure.end : min(stop, figure.end + 80)])[0]
        listed = f"{one.noun} {beyond} {indicator.name.en if indicator else ''}"
        period: Period = clock.period(figure, measure, listed)
        start, end = page.span(figure.start, max(one.end, figure.end))
        unit = indicator.unit.en if indicator is not None and figure.unit in ("", "ratio") else figure.unit
        why = tuple(
            part
            for part in (
                figure.why,
                f"qualifier:{figure.qualifier}",
                why_indicator,
                f"measure:{why_measure}",
                why_entity,
                "subset" if _subset(page.text, one) else "",
            )
            if part
        )
        candidate = Candidate(
            phrase=page.raw[start:end],
            start=start,
            end=end,
            indicator=indicator.slug if indicator else None,
            noun=one.noun,
            entity=entity,
            value=_exact(figure.value),
            low=_round(figure.low),
            high=_round(figure.high),
            unit=unit or figure.classifier or _head(one.noun, figure),
            qualifier=figure.qualifier,
            nature="stated",
            measure=measure,
            period_start=period.start,
            period_end=period.end,
            basis=period.basis,
            why=why,
        )
        return candidate, indicator

    def _implied(
        self,
        page: Clean,
        one: Found,
        change: Candidate,
        levels: list[tuple[Found, Candidate, Indicator | None]],
        clock: Clock,
    ) -> Candidate | None:
        """The earlier level implied by a change and the level beside it in the sentence."""
        near = [
            row
            for row in levels
            if row[0].low == one.low and row[1].qualifier == "exact" and row[1].measure not in _INTENDED
        ]
        if not near or change.qualifier != "exact" or change.unit == "percentage_points":
            return None
        beside, level, indicator = near[-1]
        between = page.text[beside.figure.number_end : one.figure.number]
        if (
            len(between) > 90
            or _ELSEWHERE.search(between)
            or _AVERAGE.search(page.text, max(one.low, one.figure.start - 14), min(one.high, one.figure.end + 24))
            or one.figure.classifier == "位"
            or beside.figure.unit in ("percent", "percentage_points")
        ):
            return None
        kind = "ratio" if one.figure.kind == "ratio" else "percent" if change.unit == "percent" else "count"
        if (kind == "count" and level.value <= abs(change.value)) or _stated([row[1] for row in near], change, kind):
            return None
        whole = (
            indicator.integer if indicator is not None else not beside.figure.unit and float(level.value).is_integer()
        )
        result = derive.base((level.value, level.low, level.high), (change.value, change.low, change.high), kind, whole)
        if result is None:
            return None
        value, low, high, formula = result
        base = clock.base_of(one.figure)
        start, end, basis = _before(level, change, base)
        return Candidate(
            phrase=change.phrase,
            start=change.start,
            end=change.end,
            indicator=level.indicator,
            noun=level.noun,
            entity=level.entity,
            value=_exact(value),
            low=_round(low),
            high=_round(high),
            unit=level.unit,
            qualifier="exact" if low == high else "about",
            nature="derived",
            measure=level.measure,
            period_start=start,
            period_end=end,
            basis=basis,
            why=("implied_base", f"formula:{formula}", *change.why[:1]),
        )


def _stated(levels: list[Candidate], change: Candidate, kind: str) -> bool:
    """Whether the level before a change is printed too: "up by 27 from 113 to 140"."""
    for level in levels:
        result = derive.base((level.value, level.low, level.high), (change.value, change.low, change.high), kind, False)
        if result is not None and any(result[1] <= other.value <= result[2] for other in levels if other is not level):
            return True
    return False


def _before(level: Candidate, change: Candidate, base: Span | None) -> tuple[date, date, str]:
    """The period of an implied base: the stated one, else the same days as many years earlier as the change took."""
    of_a_time = base is not None and (base.kind in ("end", "year", "day", "month") or base.role == "base")
    if base is not None and base.basis != "relative" and of_a_time:
        return base.low, base.high, "stated_base"
    if change.basis == "past_years":
        years = change.period_end.year - change.period_start.year
        return (
            back(level.period_start, years),
            back(level.period_end, years),
            "years_before" if years > 1 else "year_before",
        )
    return back(level.period_start, 1), back(level.period_end, 1), "year_before"


def _titled(indicator: Indicator, one: Found) -> bool:
    """Whether the catalogue knows the quoted title, number included ("Four Platforms", 四平台)."""
    words = one.sentence[one.figure.number - one.low :].lower()
    return any(words.startswith(alias.lower()) for alias in indicator.aliases)


def _scoped(text: str, one: Found) -> Figure:
    figure = one.figure
    return replace(figure, scope=scope_of(text, figure.start, figure.end, one.low, one.high))


_PART_LEFT = re.compile(
    r"其中[^，。；\d]{0,12}$|\b(?:of (?:which|whom|these|them|the \d[\d,]*[^,.;]{0,40})|including|among (?:which|whom|them)),?[^,.;\d]{0,12}$",
    re.IGNORECASE,
)
_PART_RIGHT = re.compile(r" (?:out )?of (?:the |all |its |these )*\d")


def _subset(text: str, one: Found) -> bool:
    """Whether the words make the figure a part of another one: 其中, "of which", "121 of the 149"."""
    figure = one.figure
    left = text[max(one.low, figure.start - 60) : figure.start]
    return bool(_PART_LEFT.search(left) or _PART_RIGHT.match(text, figure.number_end))


def _narrow(between: str, clause: str) -> str:
    """The part of a clause between the figures beside this one."""
    return between if between in clause or clause not in between else clause


def _exact(value: float) -> float:
    """A value without the dust of binary arithmetic (twelve significant digits)."""
    return float(f"{value:.12g}")


def _round(value: float | None) -> float | None:
    return None if value is None else _exact(value)


def _head(noun: str, figure: Figure) -> str:
    """The unit of a plain count: the last word of what is counted."""
    if figure.chinese or not noun:
        return ""
    return noun.split(" of ")[0].split(" ")[-1].lower()
