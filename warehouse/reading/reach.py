"""Which of the times named in its sentence a figure describes: one rule for each way a time may stand to a figure.

The rules are asked in the order of `RULES`. A time that begins a clause of its own ("..., and in 2025 it received 4.5
million", ，2025年接待450万人次) belongs to that clause and never to a figure before it; a word of the present before a
figure (目前, "now") keeps the times on its other side away from it.
"""
# ruff: noqa: E501 - a pattern stays on one line

from __future__ import annotations

import re
from dataclasses import dataclass

from warehouse.reading.figures import Figure
from warehouse.reading.spans import Span

FAR = 120
"""A time further on than this many characters is not looked for."""
_LINK = re.compile(
    r"[^,;.，；。\d]{0,48}?,? ?\b(?:in|by|as of|during|at|on|since|over|for|throughout|from|between)\b(?: the)? ?$|[^，。；\d]{0,4}$",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:has since|have since|now|currently|today|presently|at present)\b|目前|现[有已共存在]|现拥有|如今|当前|眼下",
    re.IGNORECASE,
)
_NOW_RIGHT = re.compile(
    r"[^,;.，；。\d]{0,40}? (?:today|now|at present|currently)\b(?! (?:has|have|is|are|the|it)\b)", re.IGNORECASE
)
_PRESENT = re.compile(
    r"(?:[,;]|\band)[^,;]{0,60}\b(?:is home to|hosts?|boasts?|houses|has|have|there are|operates?|runs?|serves?|offers?)(?: a total of)? ?$",
    re.IGNORECASE,
)
_AS_OF = re.compile(r"(?:\bas of|\bby|\bat|\buntil|\bon|截至|截止|到|至|于|^)\s*(?:the )?$", re.IGNORECASE)
_BEGINS = re.compile(
    r"(?:[,;:(，；、]| [-–] |——|\b(?:and|but|while|whereas|that|which|who|where|when)\b)\s*"
    r"(?:(?:and|but|while|whereas|then|also|later|其中|而|并|且|仅|同时|另)[\s,，]*)*"
    r"(?:(?:in|by|as of|during|at|on|since|over|for|throughout|from|between|until|截至|截止|到|至|在|于|自|从|预计)\s*(?:the )?)?$",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"(?: alone)?\s*(?:[.;)；。]|[^,，)\d]{1,6}\)|$|,? (?:and|but|while|up|down|compared|as well as|respectively|rising|falling)\b"
    r"|, (?:an?|the) (?:[a-z-]+ )?(?:increase|rise|growth|gain|jump|drop|decline|decrease|fall)\b|，(?:同比|较|比|增长|下降|上升|分别))",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\band (?:[a-z]{2,14}ed|held|built|saw|took|won|became|drew|made|began|set up|sent|led) (?=(?:an?|the|its|their|over|more|nearly|about|some)\b|[\d$€£¥])",
    re.IGNORECASE,
)
_AND = re.compile(r"(?:、|和|与|及|,|,? and) ?(?:in )?")
_AGAINST = re.compile(
    r"\b(?:compared (?:with|to)|against|versus|vs\.?|than|from)(?: the| only| just)? ?$", re.IGNORECASE
)
_EACH = re.compile(r"分别|\brespectively\b")
_BREAK = re.compile(
    r"[;:(，；]| [-–] |——|,(?!\d{3})\s*(?:and |as well as |plus )?|\b(?:while|whereas|but)\b", re.IGNORECASE
)
_NEW_SUBJECT = re.compile(r"\b(?:which|who|that|where|and|as well as|plus) ", re.IGNORECASE)
_WHOLE = re.compile(r"\bof (?:the|these|those|its|all)(?: more than| over| nearly| about)? ?$", re.IGNORECASE)
_PART = re.compile(r"%| percent\b| per cent\b| (?:of (?:them|which|whom|these|the)|more|fewer|less|up|points?)\b")


@dataclass(frozen=True, slots=True)
class Sight:
    """A figure in its sentence `low:high`, with the times, the bases of comparison and the figures that stand there."""

    text: str
    figure: Figure
    low: int
    high: int
    times: tuple[Span, ...]
    bases: tuple[Span, ...]
    figures: tuple[Figure, ...]

    def before(self) -> list[Span]:
        """The times that stand before the figure, left to right."""
        return [s for s in self.times if s.end <= self.figure.start]

    def after(self) -> list[Span]:
        """The times that stand after the figure and may be its own, left to right."""
        return [s for s in self.times if s.start >= self.figure.number_end and not self.begins_a_clause(s)]

    def dated(self, span: Span) -> bool:
        """Whether a time may date a figure at all: a bare day only as "as of" it, or at the head of the sentence."""
        left = self.text[self.low : span.start]
        return span.kind != "day" or bool(_AS_OF.search(left[-12:])) or not left.strip()

    def begins_a_clause(self, span: Span) -> bool:
        """Whether a time begins a clause that goes on after it: ", and in 2025 it ..." but not ", in 2025."."""
        begins = _BEGINS.search(self.text, self.figure.end, span.start)
        return begins is not None and not _ENDS.match(self.text, span.end, self.high)

    def between(self, span: Span) -> list[Figure]:
        """The other figures between the figure and a time after it."""
        return [f for f in self.figures if self.figure.end <= f.start < span.start]

    def apart(self, span: Span) -> bool:
        """Whether another clause begins between the figure and a time after it; a list of figures is one clause."""
        others = self.between(span)
        place = self.text, self.figure.end, span.start
        breaks = [*_BREAK.finditer(*place), *_VERB.finditer(*place)]
        if others:
            breaks += _NEW_SUBJECT.finditer(self.text, self.figure.end, others[-1].start)
        return any(not self._lists(found.end(), others) for found in breaks)

    def _lists(self, at: int, others: list[Figure]) -> bool:
        """Whether the next member of a list of figures begins there, and not a part or a change of the last one."""
        return any(
            not self.text[at : f.start].strip() and not _PART.match(self.text, f.number_end)
            for f in others
            if f.start >= at - 1
        )

    def now(self, since: int) -> bool:
        """Whether a word of the present stands between a place and the figure, or right after it ("140 today")."""
        left = _NOW.search(self.text, since, self.figure.start)
        return bool(left or _NOW_RIGHT.match(self.text, self.figure.end, self.high))

    def past(self, span: Span) -> bool:
        """Whether a time before the figure closed a clause of its own, and the figure stands in a present one."""
        served = [f for f in self.figures if f.end <= span.start]
        closed = served and not _BEGINS.search(self.text, served[-1].end, span.start)
        return bool(closed and _PRESENT.search(self.text, span.end, self.figure.start))


def joined(sight: Sight) -> Span | None:
    """The time the figure's words begin with: 2025年的140家, and in 比2020年底的516公里 the base of comparison."""
    bases = sight.bases if sight.figure.kind in ("level", "share") else ()
    spans = sorted([*sight.before(), *(s for s in bases if s.end <= sight.figure.start)], key=lambda s: s.end)
    beside = [s for s in spans if sight.text[s.end : sight.figure.start].strip() in ("", "的")]
    near = [s for s in beside if sight.figure.start <= s.end + 2]
    return near[-1] if near and near[-1].kind != "day" else None


def respective(sight: Sight) -> Span | None:
    """Of several times in one breath the one whose turn it is: 2024年和2025年分别为112场和140场."""
    held = sight.before()
    run = held[-1:]
    for span in reversed(held[:-1]):
        if not _AND.fullmatch(sight.text, span.end, run[0].start):
            break
        run.insert(0, span)
    if len(run) < 2 or not _EACH.search(sight.text, run[-1].end, sight.high):
        return None
    until = next((s.start for s in sight.times if s.start > sight.figure.number), sight.high)
    shared = [f.number for f in sight.figures if run[-1].end <= f.number < until]
    return run[shared.index(sight.figure.number) % len(run)] if len(shared) % len(run) == 0 else None


def compared(sight: Sight) -> Span | None:
    """The base of comparison of a figure that is itself what is compared with: "against 640,400 in June 2017"."""
    span = next((s for s in sight.bases if s.start >= sight.figure.end), None)
    against = _AGAINST.search(sight.text, sight.low, sight.figure.start)
    return span if span and against and not sight.between(span) and not sight.apart(span) else None


def linked(sight: Sight) -> Span | None:
    """The time a preposition or a bracket ties to the figure, with no other figure between: "140 in 2025"."""
    for span in sight.after()[:1]:
        place = sight.text, sight.figure.end, span.start
        if _LINK.fullmatch(*place) and not _VERB.search(*place) and not sight.between(span):
            return span
    return None


def own(sight: Sight) -> Span | None:
    """A time in the figure's own clause, where the times before it have figures of theirs: "...; 17 opened this year"."""
    span = next((s for s in sight.after() if s.role == "when" and s.basis != "year_of_event" and sight.dated(s)), None)
    held = sight.before()
    served = bool(held) and any(held[-1].end <= f.start < sight.figure.start for f in sight.figures)
    return span if span and served and not sight.between(span) and not sight.apart(span) else None


def before(sight: Sight) -> Span | None:
    """The nearest time before the figure, unless a word of the present stands between; an edition dates places only."""
    for span in reversed([s for s in sight.before() if sight.dated(s)]):
        if sight.now(span.end) or sight.past(span):
            return None
        if span.kind != "edition" or sight.figure.kind in ("rank", "streak", "level", "share"):
            return span
    return None


def later(sight: Sight) -> Span | None:
    """A time further on in the figure's own clause: "three hospitals and a school opened in June"."""
    usable = [s for s in sight.after() if s.role == "when" and sight.dated(s)]
    whole = _WHOLE.search(sight.text, sight.low, sight.figure.start)
    near = usable[:1] if usable and usable[0].start - sight.figure.end < FAR and not whole else []
    return near[0] if near and not sight.apart(near[0]) and not sight.now(sight.low) else None


def edition(sight: Sight) -> Span | None:
    """The edition of a yearly list named further on in the sentence: "ranks fifth, says the 2024 index"."""
    return next((s for s in sight.after() if s.kind == "edition"), None)


RULES = (joined, respective, compared, linked, own, before, later, edition)


def carried(sight: Sight, earlier: list[Span]) -> Span | None:
    """The last of the times of the sentences before that may hold on, for a figure that is not said to be of now."""
    may_hold = sight.figure.kind in ("level", "change", "share", "ratio") and not sight.now(sight.low)
    return earlier[-1] if earlier and may_hold else None
