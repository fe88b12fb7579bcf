"""The figures of a text with their words, before any name is looked up: numbers less names, dates and rhetoric."""
# ruff: noqa: E501 - a pattern stays on one line

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from warehouse.reading import change, notfigures, nouns, quantity, ranks
from warehouse.reading.figures import Figure
from warehouse.reading.quantity import Quantity
from warehouse.reading.segment import Text, clauses
from warehouse.reading.spans import Span

_LEVEL_LEFT = re.compile(
    r"\b(?:to|at|is|are|was|were|of|be|been|reach(?:es|ed|ing)?|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|total(?:s|led|ed|ling|ing)|number(?:s|ed|ing)?|hit|hits|stands?|stood|amount(?:s|ed) to|came to|climb(?:s|ed)|"
    r"topp(?:ed|ing)|passed|crossed|broke|averag(?:es|ed)|now|has|have|only|scored|just|than|from|least|over|nearly|about|above|almost|a record|received|recorded|against|versus|compared with|compared to)(?: (?:the|a|an|about|around|nearly|over|more than|almost|at least|record|total|of|all-time|high|low)){0,4} ?[$€£¥]?$|[:|] ?$",
    re.IGNORECASE,
)
_ZH_COUNT_LEFT = re.compile(r"(?:达到?|为|有|共|超过?|突破|逾|近|约|至|到|计|:|增加|减少|净增|新增|余|个|，|是)\s*$")
_RANK_TAIL = re.compile(r"^ ?(?:place|spot|position|位|名)s?")
_OF_WHICH = re.compile(r" (?:in (?:total|all)|altogether)\b| of \d| of (?:the|these|those|its|all|them|which|whom)\b")
_OF_WHOLE = re.compile(r" of (?:the |all |its |these |those )*(?:[\d,]{1,20} )?(?=[A-Za-z])")
_VERB_NEXT = re.compile(
    r" (?:are|were|is|have|had|came|come|remain|went|will|operate|belong|work|live|now|more (?:under|are|were|have|will|to|in|on)|[a-z]{3,}ed)\b"
)
_JOIN = re.compile(r"(?: in (?:19|20)\d\d)?\s*(?:,|、|和|及|,? and|以及|与)\s*(?:by )?")
_PLACES = re.compile(r"^ ?(?:places|spots|positions|ranks)\b")


@dataclass(frozen=True, slots=True)
class Found:
    """A figure with its words: the noun phrase, its head, where the phrase ends, its clause and its sentence."""

    figure: Figure
    noun: str
    end: int
    clause: str
    sentence: str
    low: int
    high: int
    title: bool = False


def union(*lists: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted disjoint stretches covering all given ones."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted(pair for pairs in lists for pair in pairs):
        if merged and low < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


def find(segmented: Text, spans: list[Span]) -> list[Found]:
    """Every figure of a text, left to right."""
    text = segmented.text
    placed = ranks.find(text)
    masks = union(notfigures.masks(text), [(s.start, s.end) for s in spans], [(f.number, f.number_end) for f in placed])
    found: list[Found] = []
    quantities = [q for q in quantity.read(text, masks) if not q.ordinal]
    for index, q in enumerate(quantities):
        low, high = segmented.sentence(q.number)
        stop = quantities[index + 1].start if index + 1 < len(quantities) else high
        start = quantities[index - 1].number_end if index else low
        one = _chinese(text, q, low, high, stop, start) if q.chinese else _english(text, q, low, high, stop, start)
        if one is not None:
            found.append(one)
    taken = sorted((f.figure.number, f.figure.number_end) for f in found)
    for figure in (*placed, *change.words(text)):
        at = bisect_right(taken, (figure.number, 10**12)) - 1
        if at >= 0 and taken[at][1] > figure.number:
            continue
        low, high = segmented.sentence(figure.number)
        clause = _clause(text, figure.start, figure.end, low, high)
        noun = "" if figure.chinese else nouns.left(text, low, figure.start)
        if figure.chinese:
            noun = nouns.chinese(text, low, figure.start, figure.end, high)[1]
        elif figure.kind == "ratio":
            noun = nouns.right(text, figure.end, high)[0] or noun
        found.append(Found(figure, noun, figure.end, clause, text[low:high], low, high))
    found.sort(key=lambda one: one.figure.number)
    return _anaphora(_coordinated(text, found))


def _anaphora(found: list[Found]) -> list[Found]:
    """ "20 new ones" and "39 such centres" given the noun of the figure before them in their sentence."""
    for index, one in enumerate(found[1:], 1):
        before = found[index - 1]
        if re.search(r"\bones\b", one.noun) and before.low == one.low:
            found[index] = replace(one, noun=re.sub(r"\bones\b", before.noun, one.noun))
        elif not one.noun and one.figure.kind in ("level", "change") and before.low == one.low and not one.figure.unit:
            found[index] = replace(one, noun=before.noun)
    return found


def _coordinated(text: str, found: list[Found]) -> list[Found]:
    """Percentages in one breath share their kind: "rose 4% and 6%", 分别增长15.2%、11.6%和20.4%."""
    for index, one in enumerate(found[1:], 1):
        before = found[index - 1].figure
        if not (one.figure.kind == "share" and before.kind == "change" and before.unit == one.figure.unit == "percent"):
            continue
        if not _JOIN.fullmatch(text, before.end, one.figure.start):
            continue
        figure = replace(one.figure, kind="change", why=f"with:{before.why}")
        if before.value < 0:
            low, high = (None if end is None else -end for end in (figure.high, figure.low))
            figure = replace(figure, value=-figure.value, low=low, high=high)
        found[index] = replace(one, figure=figure)
    return found


def _clause(text: str, start: int, end: int, low: int, high: int) -> str:
    pieces = clauses(text, low, high)
    starts = [piece[0] for piece in pieces]
    first = max(bisect_right(starts, start) - 1, 0)
    last = max(bisect_left(starts, end) - 1, first)
    return text[pieces[first][0] : pieces[last][1]]


def _english(text: str, q: Quantity, low: int, high: int, stop: int, start: int) -> Found | None:
    kind, sign, why = change.kind_of(text, q, low)
    spelled = q.form == "words" and not q.scaled
    phrase, head, end = nouns.right(text, q.end, min(high, max(stop, q.end)))
    if _PLACES.match(text[q.end : q.end + 11]):
        sign, kind = (
            (
                -1.0
                if re.search(r"\b(?:fell|dropped|slipped|down|lost)\b", text[max(low, q.start - 20) : q.start])
                else 1.0
            ),
            "change",
        )
    left = text[max(low, q.start - 40) : q.start]
    bracketed = text[q.start - 1 : q.start] == "(" and text[q.end : q.end + 1] == ")" and q.value >= 1000
    anchored = bool(_LEVEL_LEFT.search(left)) or q.qualifier != "exact" or bracketed
    if kind == "level" and not q.unit:
        if spelled and q.value < 2:
            return None
        single = nouns.singular(head) if head else ""
        if head and notfigures.rhetorical(single, phrase, q.value, q.qualifier != "exact", spelled):
            return None
        countable = bool(head) and (nouns.plural(head) or q.hyphen or q.scaled)
        of_which = bool(_OF_WHICH.match(text[q.end : q.end + 24])) or (
            _VERB_NEXT.match(text[q.end : q.end + 16]) is not None and start > low
        )
        if (
            not countable
            and not of_which
            and not (anchored and not (spelled and not _LEVEL_LEFT.search(left)))
            and not (q.value >= 100 and head)
            and not q.scaled
        ):
            return None
        if not head and not anchored and not of_which and not q.scaled:
            return None
    if q.unit in ("min", "h", "days", "years") and kind == "level":
        if spelled and q.qualifier == "exact" and not anchored:
            return None
        if q.hyphen:
            return None
    subject = nouns.left(text, max(low, start) if kind == "level" and phrase else low, q.start)
    if kind == "level" and not phrase and not subject:
        subject = nouns.left(text, low, q.start)
    noun = (
        phrase
        if phrase and kind != "change" and not (q.unit == "percent" and not re.match(r" of ", text[q.end : q.end + 4]))
        else subject or phrase
    )
    whole = _OF_WHOLE.match(text, q.end) if not phrase else None
    if whole:
        noun = nouns.right(text, whole.end(), high)[0] or noun
    if q.hyphen and not q.unit and not phrase:
        return None
    if not noun and not q.unit and kind != "change":
        return None
    if q.unit in ("m", "floors") and not phrase and not subject:
        return None
    figure = change.as_figure(q, kind, sign, why)
    use_phrase = bool(phrase) and noun == phrase
    last = end if use_phrase else q.end
    return Found(
        figure, noun, last, _clause(text, q.start, last, low, high), text[low:high], low, high, _quoted(text, q)
    )


def _quoted(text: str, q: Quantity) -> bool:
    """Whether a spelled number opens a quoted title, which is a figure only if the catalogue knows the title."""
    return text[q.number - 1 : q.number] == '"' and q.form != "digits" and not q.scaled and not q.unit


def _chinese(text: str, q: Quantity, low: int, high: int, stop: int, start: int) -> Found | None:
    kind, sign, why = change.kind_of(text, q, low)
    after, before = nouns.chinese(text, low, q.start, q.end, min(high, max(stop, q.end)))
    if q.classifier == "位" and re.search(
        r"(?:上升|前移|提升|下降|下滑|后移|跃升|前进)[^，。；]{0,3}$", text[max(low, q.start - 8) : q.start]
    ):
        kind = "change"
    if kind == "level" and not q.unit:
        if notfigures.rhetorical_zh(text[q.number_end : q.number_end + 8], q.value):
            return None
        spelled = q.form == "han" and not q.scaled
        if spelled and not q.classifier:
            return None
        left = text[max(low, q.start - 4) : q.start]
        if (
            not q.classifier
            and not (q.scaled and (after or before))
            and not (_ZH_COUNT_LEFT.search(left) and before)
            and not (q.qualifier != "exact" and (before or after))
        ):
            return None
        if spelled and q.value < 2:
            return None
    if q.unit in ("min", "h", "days") and q.form == "han" and q.qualifier == "exact":
        return None
    noun = after or before
    if kind in ("change", "share", "ratio") or (q.unit and not after):
        noun = before or after
    figure = change.as_figure(q, kind, sign, why)
    end = q.end
    if noun == after and after:
        at = text.find(after, q.end, q.end + 30)
        end = at + len(after) if at >= 0 else end
    return Found(
        figure, noun, end, _clause(text, q.start, q.end, low, high), text[low:high], low, high, _quoted(text, q)
    )
