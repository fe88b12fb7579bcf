"""The reference period of a figure, and how it was found.

A stated time in the figure's own sentence comes first, then one carried from the sentence before it, then the default
of its measure: a stock is as of the day of the announcement, a flow runs over the document's plan or the year to
date, a place or a run belongs to the edition of its list. Whatever is not stated says so in `basis`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from warehouse.reading import reach
from warehouse.reading.figures import Figure
from warehouse.reading.segment import Text
from warehouse.reading.spans import Span, back
from warehouse.reading.times import list_year

_YEAR = re.compile(r"(?:19|20)\d\d")
_PLAN = re.compile(r"五|five-year", re.IGNORECASE)
_FROM = re.compile(r"(?:\bfrom|由|从) ?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """`start..end` with its basis: "stated", or a code naming the inference."""

    start: date
    end: date
    basis: str


class Clock:
    """Finds the period of a figure. `window` is the plan the document reports on, if it does."""

    def __init__(self, text: Text, spans: list[Span], figures: list[Figure], today: date) -> None:
        self.text, self.spans, self.figures, self.today = text, spans, figures, today
        self._starts = [span.start for span in spans]
        self._numbers = [figure.number for figure in figures]
        self.window = self._plan_window()

    def _plan_window(self) -> Span | None:
        """The plan the opening of the document names as its subject, while that plan runs."""
        for span in self.spans:
            if span.start > 2500:
                return None
            if (
                span.basis in ("plan", "since_plan", "to_date")
                and span.kind == "window"
                and span.low.month == 1
                and span.low.day == 1
                and span.low.year % 5 == 1
                and span.high == self.today
                and (self.today - span.low).days > 366
            ):
                return span
        return None

    def _in(self, low: int, high: int) -> list[Span]:
        return self.spans[bisect_left(self._starts, low) : bisect_left(self._starts, high)]

    def span_of(self, figure: Figure) -> tuple[Span | None, bool]:
        """(the time a figure describes, whether it was carried from a sentence before)."""
        sight = self._sight(figure)
        for rule in reach.RULES:
            found = rule(sight)
            if found is not None:
                return found, False
        held = reach.carried(sight, self._holding(figure, sight.low))
        return held, held is not None

    def _sight(self, figure: Figure) -> reach.Sight:
        low, high = self.text.sentence(figure.number)
        first, last = bisect_left(self._numbers, low), bisect_left(self._numbers, high)
        spans = self._in(low, high)
        times, bases = (tuple(s for s in spans if (s.role == "base") is base) for base in (False, True))
        return reach.Sight(self.text.text, figure, low, high, times, bases, tuple(self.figures[first:last]))

    def _holding(self, figure: Figure, low: int) -> list[Span]:
        """The times of the sentences before in the figure's paragraph that may hold for it too."""
        earlier = self._in(max(self.text.paragraph(figure.number), low - 900), low)
        return [
            s
            for s in earlier
            if s.role == "when" and (s.kind in ("window", "year", "month") or (s.kind == "end" and self._opens(s)))
        ]

    def _opens(self, span: Span) -> bool:
        """Whether a time opens its sentence, so that it may hold for the next one too."""
        low, _ = self.text.sentence(span.start)
        return span.start - low < 12

    def base_of(self, figure: Figure) -> Span | None:
        """What a change is measured against: the base of comparison in the figure's sentence."""
        low, high = self.text.sentence(figure.number)
        bases = [s for s in self._in(low, high) if s.role in ("base", "since")]
        after = [s for s in bases if s.start >= figure.number]
        return after[0] if after else bases[-1] if bases else None

    def period(self, figure: Figure, measure: str, listed: str = "") -> Period:
        """The period of a figure of the given measure; `listed` are the words that may name a yearly list."""
        span, carried = self.span_of(figure)
        low, high = self.text.sentence(figure.number)
        if (
            span is not None
            and span.basis == "past_years"
            and self.window is not None
            and (span.high.year - span.low.year) == 5
            and self.window.low.year + 4 <= self.today.year
        ):
            span = Span(span.start, span.end, self.window.low, self.today, "window", "plan_window")
        edition = self._edition(
            figure, measure, span, carried, listed if figure.kind == "level" else self.text.text[low:high]
        )
        if edition is not None:
            return edition
        if figure.kind in ("change", "ratio"):
            return self._change(figure, measure, span, carried)
        if span is None or (carried and (measure in ("stock", "plan", "cumulative") and span.kind != "end")):
            return self._default(measure)
        if span.role == "since":
            if measure in ("flow", "cumulative", "one-off"):
                return Period(min(span.low, self.today), self.today, "since")
            return Period(self.today, self.today, "day_of_event")
        from_figure = _FROM.search(self.text.text, low, figure.start) is not None
        shaped = self._shaped(span, measure, from_figure)
        if shaped is not None:
            return shaped
        return Period(span.low, span.high, "carried" if carried else span.basis)

    def _shaped(self, span: Span, measure: str, from_figure: bool) -> Period | None:
        """The part of a time that a measure takes of it; None where it is the whole of it."""
        runs = span.kind == "year" and span.low <= self.today < span.high
        if measure in ("flow", "cumulative") and runs:
            return Period(span.low, self.today, "to_date")
        if measure == "flow" and span.kind == "end":
            return self._until(span)
        if measure in ("stock", "share") and span.kind == "window" and from_figure:
            return Period(span.low, span.low, "start_of_window")
        if measure in ("stock", "cumulative", "share") and span.kind == "window":
            return Period(span.high, span.high, "end_of_window")
        if measure in ("plan", "target") and span.basis == "to_date":
            return Period(span.low, self._to_come(span), "goal")
        return Period(span.low, span.high, "goal") if span.role == "goal" and measure == "plan" else None

    def _to_come(self, span: Span) -> date:
        """The last day of a time that was cut at the day of the announcement: of its year or its plan."""
        words = self.text.text[span.start : span.end]
        years = [int(number) for number in _YEAR.findall(words)]
        if years and years[-1] >= self.today.year:
            return date(years[-1], 12, 31)
        if _PLAN.search(words):
            return date(span.low.year + 4, 12, 31)
        return date(span.low.year, 12, 31) if span.kind == "year" else span.high

    def _change(self, figure: Figure, measure: str, span: Span | None, carried: bool) -> Period:
        base = self.base_of(figure)
        if (
            base is not None
            and base.basis != "relative"
            and base.kind in ("end", "year", "day", "month")
            and base.low < self.today
        ):
            end = span.high if span is not None and not carried and span.high > base.high else self.today
            return Period(min(base.high, end), end, "stated_base" if span is not None else "stated_base_to_event")
        if base is not None and base.basis == "relative" and span is not None and span.kind == "end" and not carried:
            return Period(back(span.high, 1), span.high, span.basis)
        if span is None or span.role == "since":
            return self._default("flow" if figure.kind == "change" else "stock")
        if figure.kind == "ratio" and carried:
            return self._default("stock")
        return Period(span.low, span.high, "carried" if carried else span.basis)

    def _edition(self, figure: Figure, measure: str, span: Span | None, carried: bool, words: str) -> Period | None:
        """The edition of a yearly list a figure belongs to; for a run, from its first edition."""
        number: int | None = None
        if span is not None and span.kind == "edition" and not carried:
            number = span.low.year
        elif span is None or carried or span.kind in ("window", "end"):
            number = list_year(words, self.today)
            if number is None and figure.kind == "streak":
                number = (
                    span.high.year if span is not None and not carried and span.high.year != self.today.year else None
                )
        if figure.kind == "streak" and figure.unit == "years":
            if number is None and span is not None and span.kind == "year" and not carried:
                number = span.low.year
            basis = "edition" if number is not None else "run_to_event"
            last = number if number is not None else self.today.year
            end = date(last, 12, 31) if basis == "edition" else self.today
            return Period(date(max(last - int(min(figure.value, 500)) + 1, 1), 1, 1), end, basis)
        if number is None or figure.kind in ("change", "ratio", "streak"):
            return None
        if measure not in ("rank", "stock", "share", "flow", "cumulative"):
            return None
        basis = "edition" if span is not None and span.kind == "edition" and not carried else "edition_latest"
        return Period(date(number, 1, 1), date(number, 12, 31), basis)

    def _until(self, span: Span) -> Period:
        """A flow up to a day: over the document's plan, else the year of that day."""
        if self.window is not None and self.window.low < span.high:
            return Period(self.window.low, span.high, "plan_window")
        basis = "year_to_event" if span.high == self.today else "year_to_day"
        return Period(date(span.high.year, 1, 1), span.high, basis)

    def _default(self, measure: str) -> Period:
        if measure in ("flow", "one-off"):
            if self.window is not None:
                return Period(self.window.low, self.today, "plan_window")
            return Period(date(self.today.year, 1, 1), self.today, "year_to_event")
        return Period(self.today, self.today, "day_of_event")
