"""What a figure measures when no indicator says so: a stock, a flow, a running total, a plan, a target, a one-off."""
# ruff: noqa: E501 - a pattern stays on one line

from __future__ import annotations

import re

from warehouse.reading.figures import Figure
from warehouse.reading.segment import clauses
from warehouse.reading.spans import Span
from warehouse.reading.units import MONEY

_PLAN = re.compile(
    r"\b(?:plan(?:s|ned|ning)? to|planned|to be (?:upgraded|built|opened|renovated|completed|added|established)|in the pipeline|will (?:be )?\w+|is set to|are set to|earmarked|proposed|designat\w+|identif\w+|outlined|layout of)\b|计划|规划|拟|待|储备|将|布局",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"\b(?:aims?|aiming|target(?:s|ed|ing)?|goal|will (?:reach|exceed|rise|grow|total|have|be)|is to reach|strive|seeks? to|intends?|expects? (?=[\d$€£¥]|to\b|about|over|more|nearly)|by 20[3-9]\d)\b|力争|目标|争取|预计|有望",
    re.IGNORECASE,
)
_CUMULATIVE = re.compile(
    r"\b(?:cumulative(?:ly)?|so far|to date|in total since|since|altogether since|had (?:\w+ed|hosted|backed|helped))\b|累计|总计|以来",
    re.IGNORECASE,
)
_FLOW = re.compile(
    r"(?<![\w-])(?:record(?:ed|s)|receiv(?:ed|es)|attract(?:ed|s|ing)|handl(?:ed|es)|hosted|organi[sz]ed|welcom(?:ed|es)|carried|carries|moved|sold|produced|granted|closed|launched|opened|built|planted|trained|held|served|issued|"
    r"issu\w+|imported|exported|processed|treated|logged|landed|added|drew|drawing|drawn|staged|completed|restored|rebuilt|renovated|created|invested|spent|signed|joined|took part|attended|visited|settled|left the|cleared|arriv\w+|established|newly|new (?!campus|home)|sent|cleaned|donated|worked with|crossed)\b"
    r"|接待|完成|发放|举办|新增|新设|新开|办结|受理|培训|引进|吸引|开展|救助|签约|投入|实现|(?<!拟)改造|改建|新登记|交易|修缮|授权|关闭|帮扶|供应|捐赠|参加|参会|开行|保障|新认定|惠及|销售|起降|吞吐",
    re.IGNORECASE,
)
_FLOW_NOUN = re.compile(
    r"\b(?:trip|visit|arrival|departure|passenger|visitor|tourist|guest|stay|turnover|revenue|gdp|output|export|import|trade|throughput|cargo|freight|sale|spending|investment|patent|production|traffic|ridership|attendance|journey|event|exhibition|concert|delegation|complaint|case|operation|flight|crossing|income|ticket|spectator|day)s?\b|人次|标箱|吞吐|总值|总额|收入|产值|增加值|销售额|进出口|货运量|客流|出口|进口|营收|天数|架次|场次|票房|生产总值",
    re.IGNORECASE,
)
_STOCK = re.compile(
    r"\b(?:home to|has|have|boasts?|houses|is|are|stands? at|there (?:are|were)|runs|operates|number of|consists? of|includes?|enrolled|covers?|counts|keeps|hosts|offers|with|currently|spans|accounts?|members?|network|fleet)\b|现有|共有|拥有|有|达到?|总数|目前|为|保有量|在册|集聚|常住|设有|建有|增至|增加到|增长到|减至|减少到|降至",
    re.IGNORECASE,
)
_BARE = re.compile(r"\b(?:enjoyed|have come|has seen|saw)\b|登记|改建|新建")
_SECOND = re.compile(
    r" and (?:(?:now|also|last year|this year|it|in [^,;\d]{0,20}\d{4},?) ){0,3}(?:[a-z]{2,14}ed|held|built|saw|took|drew|made|is|are|has|have|hosts|runs|serves)\b(?! [a-z-]+(?:s|men|people)\b)"
)
_ONE_OFF = re.compile(
    r"\b(?:storm|earthquake|flood|typhoon|opening ceremony|marathon|parade|final|spectators)\b|开幕式|马拉松|台风|冲线",
    re.IGNORECASE,
)


def own(text: str, figure: Figure, between: tuple[int, int], clause: str) -> str:
    """The words that say what a figure measures: its clause, or the part of it that has a verb of its own.

    "hosts 140 organizations and received 4.5 million visitors" is one clause with two verbs. `between` are the ends
    of the figures beside this one.
    """
    low = clauses(text, between[0], figure.start)[-1][0] if between[0] < figure.start else figure.start
    high = clauses(text, figure.end, between[1])[0][1] if figure.end < between[1] else figure.end
    first = list(_SECOND.finditer(text, low, figure.start))
    second = _SECOND.search(text, figure.end, high)
    part = text[first[-1].start() if first else low : second.start() if second else high]
    return part if (first or second) and (_STOCK.search(part) or _FLOW.search(part)) else clause


def of(figure: Figure, clause: str, noun: str, span: Span | None) -> tuple[str, str]:
    """(measure, why) of a figure from its clause, its noun and its time."""
    if figure.kind in ("rank", "streak", "change", "share"):
        return ("share", "kind") if figure.kind == "share" else (figure.kind, "kind")
    if figure.kind == "ratio":
        return "change", "kind"
    if span is not None and span.role == "goal":
        return "target", "future"
    if _TARGET.search(clause):
        return "target", "word"
    plan = _PLAN.search(clause)
    if plan and not (_FLOW.search(clause) and plan.group().lower() not in ("planned",)):
        return "plan", f"word:{plan.group().lower()}"
    if _CUMULATIVE.search(clause) and not (
        span is not None
        and span.kind in ("year", "window")
        and span.role == "when"
        and span.basis not in ("since_congress",)
    ):
        return "cumulative", "word"
    if (
        _FLOW_NOUN.search(noun)
        or figure.unit in MONEY
        or figure.unit == "TEU"
        or figure.classifier in ("人次", "架次", "场次", "班次", "艘次", "车次", "辆次")
    ):
        return "flow", "noun"
    intake = span is not None and span.role == "when" and span.kind in ("window", "month", "year")
    if _STOCK.search(clause) and not _FLOW.search(clause) and not (intake and _BARE.search(clause)):
        return "stock", "word"
    if _ONE_OFF.search(clause):
        return "one-off", "word"
    if _FLOW.search(clause):
        return "flow", "word"
    if intake:
        return "flow", "window"
    return "stock", "default"
