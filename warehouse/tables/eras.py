"""Years of the Republic of China and of Japan's eras as years of the common era: 民國112年 and 令和5年 are 2023年."""

from __future__ import annotations

import re

from warehouse.coded import Coded, coded

_ERA = re.compile(r"(?P<era>民[國国]|令和|平成|昭和|大正|R|H|S)\.?\s?(?P<n>元|\d{1,3})\s?年(?!度)")
ERA_INSIDE = re.compile(r"(?:民[國国]|令和|平成|昭和)\s?(?:元|\d{1,3})\s?年(?!度)")
_ERA_YEAR = re.compile(r"(?P<era>令和|平成|昭和)\s?(?P<n>元|\d{1,2})\s?年度")
ERA_BESIDE = re.compile(
    r"(?<=年)\s?\((?:民[國国]|令和|平成|昭和)\s?(?:元|\d{1,3})\s?年?\)|(?<=年)\s?\((?:18|19|20)\d\d年?\)"
)
_ERA_WITHIN = re.compile(r"(?<=\d)\s?\((?:民[國国]|令和|平成|昭和)\s?(?:元|\d{1,3})\)\s?(?=年)")
_BOTH = re.compile(
    r"(?:民[國国])?\s?(?P<n>\d{2,3})\s?年?\s*\(?\s?(?P<y>(?:19|20)\d\d)\s?\)?|"
    r"(?P<y2>(?:19|20)\d\d)\s?年?\s*\(?\s?(?P<n2>\d{2,3})\s?年?\s?\)?"
)
"""A year of the Republic of China and the same of the common era: 45年 1956."""
_BARE_YEAR = re.compile(r"(?P<n>1[0-4]\d)\s?年(?=\s?(?:第?\s?[1-4一二三四]\s?季|上半|下半|1?\d\s?月))")
"""A year of three digits before a part of it, which only the Republic of China has."""
ERAS = {"民": 1911, "令": 2018, "平": 1988, "昭": 1925, "大": 1911, "R": 2018, "H": 1988, "S": 1925}


def of_common_era(said: str) -> str:
    """The text with a year of the Republic of China or of a Japanese era as one of the common era."""
    both = _BOTH.fullmatch(said)
    if both and int(both["n"] or both["n2"]) + ERAS["民"] == int(both["y"] or both["y2"]):
        return both["y"] or both["y2"]
    said = ERA_BESIDE.sub("", _ERA_WITHIN.sub("", said))
    fiscal = _ERA_YEAR.fullmatch(said)
    if fiscal:
        year = _common(fiscal)
        return f"{year}年4月-{year + 1}年3月"
    if bare := _BARE_YEAR.match(said):
        return f"{int(bare['n']) + ERAS['民']}年{said[bare.end() :]}"
    match = _ERA.match(said)
    if not match:
        return said
    twin = _ERA.fullmatch(said[match.end() :].strip("/／ ()"))
    if twin and _common(twin) == _common(match):
        return f"{_common(match)}年"
    return f"{_common(match)}年{said[match.end() :]}"


def continued(texts: Coded[str]) -> Coded[str]:
    """A column of years in which bare numbers go on counting an era: 令和元年, 2, 3 are 令和2年 and 令和3年."""
    if not any(_ERA.fullmatch(text.strip()) for text in texts.values):
        return texts
    era, reached = "", 0
    told = []
    for row in range(len(texts)):
        text = texts[row].strip()
        match = _ERA.fullmatch(text)
        if match:
            era, reached = match["era"], 1 if match["n"] == "元" else int(match["n"])
        elif era and text == str(reached + 1):
            reached += 1
            text = f"{era}{reached}年"
        told.append(text)
    return coded(told)


def _common(match: re.Match[str]) -> int:
    return ERAS[match["era"][0].upper()] + (1 if match["n"] == "元" else int(match["n"]))


def of_republic(text: str) -> bool:
    """Whether a number alone may be a year of the Republic of China: 112 under 年度."""
    return text.isdecimal() and 60 <= int(text) <= 150
