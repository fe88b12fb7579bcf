"""When: every stretch of time a text names, what it is to the figures beside it, and which one a figure describes.

`find` reads both languages in one pass each. A time after "compared with", "than", 比, 较 is a base of comparison;
one after "since", 自 ... 以来 a start of counting; one still to come a goal. `masks` lists the words of time, so that
a number inside them is never taken for a figure.
"""
# ruff: noqa: E501 - a pattern stays on one line

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from warehouse.reading import times_en, times_zh
from warehouse.reading.spans import Span, back

_BASE_LEFT = re.compile(
    r"(?:compared (?:with|to)|in comparison (?:with|to)|\bthan(?: (?:it was|they were|those?|that))?|\bversus|\bvs\.?"
    r"|\b(?:rise|increase|growth|gain|decrease|decline|drop|fall|rose|grew|increased|fell|declined) (?:of|by) [^,;.]{1,30}? (?:over|on)"
    r"|relative to|\bagainst|(?<!reported )\bfrom|(?:%|percent|per cent|rise|increase|growth|decrease|decline|up|down|points?) (?:over|on)"
    r"|\babove|\bbelow|\btimes|\bbefore|the (?:same|corresponding) period (?:of|in)|(?<!year )\bon)"
    r"(?:,? (?:the|that|those|levels?|figures?|end|same|period|of|in|at|during|recorded|for|number|total|year))*[ \"]*$"
    r"|(?:比|较|同|与|和|跟|相较|相比|对比|于|是|为|对)\"?$",
    re.IGNORECASE,
)
_CHANGED_FROM = re.compile(
    r"\b(?:points?|percent|up|down|rise|rose|increased?|grew|fell|declined?)[^,;.]{0,20} from $|% from $", re.IGNORECASE
)
_BASE_RIGHT = re.compile(
    r"\"?(?:'s)? (?:levels?|figures?|baseline)\b|(?:同期)?(?:相比|水平)|\"?(?:年|规划|时期|期间)?(?:末)?相比|同期|的?\d{1,15}(?:\.\d{1,15})?倍|的[一二三四五六七八九十两]{1,16}倍",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"[年月季今去上本近末来期期]")
_SAME_PERIOD = re.compile(r"(?:比|较|同|与|和|是|为)\"?$")
_SINCE_LEFT = re.compile(
    r"(?:\bsince(?: (?:the|its|early|late|opening|launch))*|\bstarting (?:in|from)|\bfrom|自|从)\s*$", re.IGNORECASE
)
_SINCE_RIGHT = re.compile(r"(?:年)?(?:起|以来|开始|之后|至今)| onwards?\b")
_FROM_TO = re.compile(r"[^.\n。；]{0,60}?(?:\bto\b|增[长加至]|提高|上升|升至|降至|下降|至|到)", re.IGNORECASE)
_GOAL_LEFT = re.compile(r"(?:\bby|\buntil|\bbefore|\bin|\bfor|到|至|在)(?: the)?(?: end of)?\s*$", re.IGNORECASE)

_AS_OF = re.compile(r"(?:\bas(?: of)?|\bby|\buntil|\bup to|截至|截止)\s*$", re.IGNORECASE)
_AS_OF_HERE = re.compile(r"(?:as of|by)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[。！？\n]|\.\s")
_YEAR_BEFORE = re.compile(
    r"(?:a|one) year (?:ago|earlier|before)|the year before|(?:the )?(?:previous|preceding) year", re.IGNORECASE
)
_EARLIER = re.compile(r"(?:earlier|before)$", re.IGNORECASE)
_SAME_LEFT = re.compile(
    r"\bthe (?:same|corresponding) (?:period|months?|quarter|time|days?) (?:of|in) $", re.IGNORECASE
)
_PREVIOUS = re.compile(r"(?:the )?(?:previous|preceding) ", re.IGNORECASE)

# Lists that appear once a year, with the month in which a year's list is out: before it, the latest is last year's.
LISTS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"fortune (?:global )?500|global 500|《?财富》?世界\s?500\s?强|世界(?:500|五百)强", re.IGNORECASE), 8),
    (re.compile(r"\bhurun\b|胡润", re.IGNORECASE), 3),
    (re.compile(r"\bICCA\b", re.IGNORECASE), 6),
    (re.compile(r"nature index|自然指数", re.IGNORECASE), 11),
    (re.compile(r"\bQS\b"), 7),
)


def list_year(text: str, today: date) -> int | None:
    """The year of the latest edition of a yearly list the text names, as known on that day; None if it names none."""
    for pattern, month in LISTS:
        if pattern.search(text):
            return today.year if today.month >= month else today.year - 1
    return None


def find(text: str, today: date) -> list[Span]:
    """Every named stretch of time, left to right, without overlaps, with its role."""
    found: list[tuple[int, int, int, Span]] = []
    rules = (*times_en.RULES, *times_zh.RULES) if _CHINESE.search(text) else times_en.RULES
    for order, (pattern, make) in enumerate(rules):
        for match in pattern.finditer(text):
            days = make(match, today)
            if days is not None:
                low, high, kind, basis = days
                span = Span(match.start(), match.end(), low, high, kind, basis)
                found.append((match.start(), -(match.end() - match.start()), order, span))
    found.sort(key=lambda row: row[:3])
    kept: list[Span] = []
    at = 0
    for _, _, _, span in found:
        if span.start >= at:
            kept.append(replace(span, role=_role(text, span, today)))
            at = span.end
    return _related(text, [_as_of(text, span, today) for span in kept], today)


def _as_of(text: str, span: Span, today: date) -> Span:
    """A past month or year as the day it ends on, where the words say "as of" it, "by" it or 截至."""
    ended = span.high <= today or (span.kind == "month" and span.low <= today)
    if span.role != "when" or span.kind not in ("month", "year") or not ended:
        return span
    if not _AS_OF.search(text, max(0, span.start - 12), span.start) and not _AS_OF_HERE.match(text, span.start):
        return span
    day = min(span.high, today)
    return replace(span, low=day, high=day, kind="end")


def _related(text: str, spans: list[Span], today: date) -> list[Span]:
    """The spans with those that name a time by another one in their sentence set to it: 去年同期, "a year earlier"."""
    related: list[Span] = []
    near: Span | None = None
    for span in spans:
        if near is not None and _SENTENCE_END.search(text, near.end, span.start):
            near = None
        if near is not None and _YEAR_BEFORE.fullmatch(text, span.start, span.end):
            span = replace(span, low=back(near.low, 1), high=back(near.high, 1))
        elif near is not None and span.basis == "years_ago" and _EARLIER.search(text, span.start, span.end):
            years = today.year - span.low.year
            span = replace(span, low=back(near.low, years), high=back(near.high, years), kind=near.kind)
        elif near is not None and span.kind == "year" and _same_period(text, span):
            years = near.low.year - span.low.year
            span = replace(span, low=back(near.low, years), high=back(near.high, years))
        elif near is not None and span.basis == "past_years" and _PREVIOUS.match(text, span.start):
            years = span.high.year - span.low.year
            span = replace(span, low=back(near.low, years), high=near.low - timedelta(days=1))
        related.append(span)
        if span.role == "when" and span.kind in ("window", "month", "year", "day"):
            near = span
    return related


def _same_period(text: str, span: Span) -> bool:
    left = text[max(0, span.start - 40) : span.start]
    words = text[span.start : span.end]
    return text.startswith("同期", span.end) or bool(_SAME_LEFT.search(left)) or words.lower().startswith("the same")


def _role(text: str, span: Span, today: date) -> str:
    left = text[max(0, span.start - 48) : span.start].split("\n")[-1]
    right = text[span.end : span.end + 12]
    words = text[span.start : span.end].lower()
    if span.kind == "edition":
        return "when"
    if re.match(r"年?的(?:全[国省市球])?第?[\d一二三四五六七八九十百千万亿约近超]", right) and left.endswith(
        ("从", "由")
    ):
        return "when"
    if _BASE_RIGHT.match(right) and not (right.startswith("同期") and not _SAME_PERIOD.search(left)):
        return "base"
    if words.startswith("since") or _SINCE_RIGHT.match(right) or "以来" in words:
        return "when" if span.kind == "window" else "since"
    base = _BASE_LEFT.search(left)
    if base and span.kind == "window" and re.search(r"\b(?:over|on)\b", base.group(), re.IGNORECASE):
        return "when"
    if span.kind == "month" and _CHANGED_FROM.search(left):
        return "base"
    if base and base.group().strip().lower().startswith("from"):
        return (
            "when"
            if span.kind in ("window", "month")
            else "base"
            if "ago" in words or "last" in words or "year" in words
            else "since"
        )
    if base and not (base.group().strip().lower() in ("on",) and span.kind == "day"):
        return (
            "when"
            if base.group() in ("为", "于", "和", "与") and span.kind != "end" and not right.startswith("相比")
            else "base"
        )
    if words.startswith(("a year", "one year", "the previous year", "previous year", "the year before")):
        return "base"
    if _SINCE_LEFT.search(left):
        return "since"
    if span.low > today or (span.kind == "end" and span.high > today):
        return "goal"
    return "when"


def masks(spans: list[Span]) -> list[tuple[int, int]]:
    """The words of time, as stretches no figure may touch."""
    return [(span.start, span.end) for span in spans]
