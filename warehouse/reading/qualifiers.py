"""The words that turn a number into a bound: before it, or after its unit. 达 and "reached" leave it exact."""
# ruff: noqa: E501 - a pattern stays on one line

from __future__ import annotations

import re

_FILL_EN = r"(?:(?: |^)(?:a total of|the|a|an|some|total|its|their|than|mark of|level of|threshold of|figure of))*"
_BEFORE_EN = (
    (
        "at_most",
        r"(?:not (?:more|over|exceed(?:ing)?|above)|does not exceed|do not exceed|no more|no greater|at most|up to|as many as|as much as|a maximum of|maximum|within|capped at|limited to|cannot exceed|must not exceed|never exceed)(?: than)?",
    ),
    (
        "at_least",
        r"(?:no fewer than|no less than|not less than|not fewer than|at least|a minimum of|minimum|at a minimum)",
    ),
    (
        "at_most",
        r"(?:less than|fewer than|lower than|smaller than|just under|just short of|a little under|slightly under|slightly below|just below|shy of|under|below|nearly|almost|close to|approaching|virtually|nearing|not quite|short of)",
    ),
    (
        "about",
        r"(?:about|around|approximately|roughly|circa|ca\.?|an estimated|estimated(?: at)?|in the region of|in the order of|on the order of|or so|somewhere near|somewhere around|approx\.?|some|more or less)",
    ),
    (
        "at_least",
        r"(?:(?:well |just |slightly |far |comfortably )?(?:over|above|beyond)|more than|greater than|larger than|higher than|in excess of|upwards? of|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|topp(?:ed|ing)|tops|north of|passed|crossed|br(?:oke|oken|eak|eaks|eaking)(?: through)?|overt(?:ook|aking)|outstripp(?:ed|ing))",
    ),
)
_BEFORE_ZH = (
    ("at_least", r"(?:不少于|不低于|不小于|不下|至少|最少|最低)"),
    (
        "at_most",
        r"(?:不超过|不超|不高于|不多于|不大于|未超过|(?:至多|最多|最高)(?:可?(?:容纳|接待|承载|停放|达|为))?|上限为?|不足|不到|少于|低于|小于|未满|未达|接近|将近|逼近|近乎?|控制在|压缩至?不到)",
    ),
    ("at_least", r"(?:多于|高于|大于|超过|超出|突破|冲破|跨越|跨过|迈过|迈上|迈入|站上|越过|跃上|逾|超|破|过)"),
    ("about", r"(?:大约|约为|约有|(?<![签条合节公违履契特])约|大概|(?:估计|预估|据估计)[^，。；、\d]{0,8}|大致|左右)"),
)
_AFTER_EN = (
    ("at_least", r" ?(?:or more|or above|or higher|at least|-?plus|\+)"),
    ("at_most", r" ?(?:or less|or fewer|or below|at most|at the most)"),
    ("about", r" ?(?:or so|or thereabouts|-odd|more or less)"),
)
_AFTER_ZH = (
    ("at_least", r"(?:以上|之上|有余|多(?!种|样|元|语|个?方)|余|开外|\+)"),
    ("at_most", r"(?:以下|以内|之内|不到)"),
    ("about", r"(?:左右|上下|前后|许)"),
)
_LEFT_EN = tuple((re.compile(rf"(?<![A-Za-z]){p}{_FILL_EN}[ ]?$", re.IGNORECASE), name) for name, p in _BEFORE_EN)
_LEFT_ZH = tuple((re.compile(rf"{p}(?:了|人民币|为|达|的|共|有|全市|到)?\"? ?$"), name) for name, p in _BEFORE_ZH)
_RIGHT_EN = tuple((re.compile(p + r"(?![A-Za-z])", re.IGNORECASE), name) for name, p in _AFTER_EN)
_RIGHT_ZH = tuple((re.compile(p), name) for name, p in _AFTER_ZH)
_MOVED = re.compile(
    r"\b(?:went|go|goes|climbed|rose|risen|grew|jumped|shot|soared|moved|increased|pushed|come|came|up|taking|back)\s*$",
    re.IGNORECASE,
)
_NEAR_WORDS = re.compile(r"(?:附近|最近|邻近|靠近|接近|将近|临近|贴近)$")
_SINGLE = re.compile(r"(?:通过|经过|超过|不过|度过|渡过|参过|来过|到过|走过|办过|去过)$")
_GLUED = re.compile(r"(?<=[a-z]{2}(?:ed|ng))(over|nearly|almost|about) $")


def before(text: str, start: int, chinese: bool) -> tuple[str, int]:
    """The bound printed just before a position and where its words begin; ("", start) when there is none."""
    low = max(0, start - 44)
    left = text[low:start]
    for pattern, name in (*_LEFT_ZH, *_LEFT_EN) if chinese else _LEFT_EN:
        match = pattern.search(left)
        if not match:
            continue
        word = match.group().strip().lower()
        if word.startswith("up to") and _MOVED.search(left[: match.start()]):
            continue
        if word.startswith("近") and left[: match.start() + 1].endswith(
            ("附近", "最近", "邻近", "靠近", "临近", "贴近")
        ):
            continue
        if (
            word.startswith("过")
            and text[start : start + 1] != "半"
            and not left[: match.start() + 1].endswith(("超过", "突过", "占比过", "均过"))
        ):
            continue
        if word.startswith("some") and re.search(r"\b(?:in|of|for|by|at)\s*$", left[: match.start()]):
            continue
        return name, low + match.start()
    glued = _GLUED.search(left)
    if glued:
        return (
            "at_least" if glued.group(1) == "over" else "at_most" if glued.group(1) != "about" else "about"
        ), low + glued.start(1)
    return "", start


def after(text: str, end: int, chinese: bool) -> tuple[str, int]:
    """The bound printed just after a position and where it ends; ("", end) when there is none."""
    for pattern, name in (*_RIGHT_ZH, *_RIGHT_EN) if chinese else _RIGHT_EN:
        match = pattern.match(text, end)
        if match:
            return name, match.end()
    return "", end
