"""Which characters a file's bytes are: detected where the bytes prove it, asked where they do not.

A Windows-1252 text often decodes as GB18030 without an error ("Curaçao" turns into rubbish), and a Korean one always
does, so "it decodes" proves nothing. What tells is which letters come out: Chinese text is nearly all everyday
characters, Japanese has kana, Korean stays within the syllables, a western letter stands alone between ASCII letters.
Where two readings are as likely we do not guess.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from warehouse.errors import Fault, Invalid

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH = re.compile(rb"[\x80-\xff]")
_LONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_PAIR = re.compile(rb"[\x81-\xfe][\x30-\x39][\x81-\xfe][\x30-\x39]|[\x81-\xfe][\x40-\x7e\x80-\xfe]")
_SJIS_PAIR = re.compile(rb"[\x81-\x9f\xe0-\xfc][\x40-\x7e\x80-\xfc]")
_EVERYDAY = {
    "gb18030": re.compile(rb"[\xb0-\xd7][\xa1-\xfe]|[\xa1-\xa3][\xa1-\xfe]"),
    "big5": re.compile(rb"[\xa4-\xc6][\x40-\x7e\xa1-\xfe]|[\xa1-\xa3][\x40-\x7e\xa1-\xfe]"),
    "cp932": re.compile(rb"[\x81-\x83\x88-\x97][\x40-\x7e\x80-\xfc]"),
    "cp949": re.compile(rb"[\xb0-\xc8][\xa1-\xfe]|[\xa1-\xa4][\xa1-\xfe]"),
}
"""Of each script of two bytes a letter, the letters of every day."""
_RARE_IN_KOREAN = re.compile(rb"[\xc9-\xfe][\xa1-\xfe]")
_LOW_SECOND = ("big5", "cp932")
"""Scripts whose second byte often is an ASCII one."""
_COMMON = {
    "gb18030": "年月日人口市区县省总合计入境游客国民经济社会发展指标单位万亿元地生产值增长比上业工农第三来源"
    "统局注表北京海外的个家数据中主要其分名称东西南城和居员会在女男出",
    "cp949": "인구수총남자여명시도구군별행정역전국서울특광부산대천경기강원충청북라제주년월통계외관입합소재지"
    "기타이다의가고하사율증감비중일본미업종원",
}
_RUSSIAN = b"\xee\xe5\xe0\xe8\xed\xf2\xf1\xf0\xe2\xeb"
"""The ten most frequent letters of Russian, two thirds of its text."""
_ASKED = ("gb18030", "cp1252", "cp932", "cp949", "big5", "cp1251", "cp1250")
_INSIDE_A_WORD = re.compile(r"[A-Za-z][£¥§¹²³¼½¾¿¡ªº¶†‡±¯¢¬]|[£¥§¹³¼¾¿¡¶¯¢¬][A-Za-zÀ-ÿ]")
"""Signs that no western word has beside a letter: the text is of another half of Europe."""
_HUNGARIAN = re.compile(
    r"[õû](?=.*(?:negyedév|félév|összesen|vármegye|megye|év)\b)|\b(?:fõváros|idõszak|fõ\b|nõk?\b)", re.DOTALL
)
"""Hungarian, whose ő and ű these are read as: they are letters of no western text with such words."""
SAMPLE_LINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A file's text. `certain` is False where the encoding was told from the letters; `sample` shows them."""

    text: str
    encoding: str
    certain: bool
    sample: tuple[str, ...] = ()


def decode(data: bytes, encoding: str = "", *, where: str = "") -> Decoded:
    """The text of a file. Raises `Invalid` for bytes that are not what was said, or that may be two things."""
    if encoding:
        try:
            text = data.decode(encoding)
        except LookupError:
            raise _faulty(where, Fault("unknown_encoding", where, "--encoding", encoding)) from None
        except UnicodeDecodeError as error:
            raise _faulty(where, Fault("not_that_encoding", where, "--encoding", encoding, str(error))) from None
        return _checked(Decoded(text=text.removeprefix("\ufeff"), encoding=encoding, certain=True), where)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return decode(data, name, where=where)
    try:
        return _checked(Decoded(text=data.decode("utf-8"), encoding="utf-8", certain=True), where)
    except UnicodeDecodeError:
        pass
    if b"\0" in data:
        raise _faulty(where, Fault("not_text", where))
    best = _told_apart(data)
    if best is None:
        samples = "; ".join(f"{name}: {' | '.join(sample)}" for name, sample in _samples(data).items())
        if not samples:
            raise _faulty(where, Fault("not_text", where))
        raise _faulty(where, Fault("encoding_unclear", where, "--encoding", "", samples))
    text = data.decode(best)
    return _checked(Decoded(text=text, encoding=best, certain=False, sample=_sample(text)), where)


def _told_apart(data: bytes) -> str | None:
    """The encoding whose letters these are; None where none or more than one is likely."""
    high = len(_HIGH.findall(data))
    alone = len(_LONE.findall(data))
    shares = {name: _everyday(data, name, high) for name in _EVERYDAY if _decodes(data, name)}
    likely = {n for n, share in shares.items() if share >= 0.9 and alone <= (0.6 if n in _LOW_SECOND else 0.05) * high}
    if len(likely) > 1:
        likely = _by_letters(data, likely)
    if likely:
        return likely.pop() if len(likely) == 1 else None
    if alone <= 0.05 * high:
        letters = [b for b in data if b >= 0xC0]
        if len(letters) >= 0.9 * high and sum(b in _RUSSIAN for b in letters) >= 0.45 * len(letters):
            return "cp1251" if len(letters) >= 20 and _decodes(data, "cp1251") else None
        return None
    western = alone >= 0.6 * high and shares.get("gb18030", 0) <= 0.4
    if western and _decodes(data, "cp1252"):
        read = data.decode("cp1252")
        if _HUNGARIAN.search(read):
            return "cp1250"
        return None if _INSIDE_A_WORD.search(read) else "cp1252"
    only = not _decodes(data, "cp1252") and shares.get("gb18030", 0) >= 0.6
    return "gb18030" if only else None


def _everyday(data: bytes, name: str, high: int) -> float:
    """Which part of the high bytes belongs to everyday letters of that script."""
    pairs = (_SJIS_PAIR if name == "cp932" else _PAIR).findall(data)
    ordinary = [pair for pair in pairs if _EVERYDAY[name].fullmatch(pair)]
    return sum(len(_HIGH.findall(pair)) for pair in ordinary) / high if high else 0.0


def _by_letters(data: bytes, likely: set[str]) -> set[str]:
    """Of readings in everyday letters those whose letters fit: the rarer half, the second bytes, the frequent ones."""
    pairs = _PAIR.findall(data)
    low = sum(pair[1] < 0x80 for pair in pairs)
    if low < 0.05 * len(pairs) and len(pairs) >= 6:
        likely = likely - set(_LOW_SECOND)
    if sum(_RARE_IN_KOREAN.fullmatch(pair) is not None for pair in pairs) >= 0.1 * len(pairs):
        likely = likely - {"cp949"}
    if likely != set(_COMMON):
        return likely
    common = {}
    for name, letters in _COMMON.items():
        text = [letter for letter in data.decode(name) if "\u3400" <= letter <= "\ud7a3"]
        common[name] = sum(letter in letters for letter in text) / len(text) if text else 0.0
    first, second = sorted(common, key=lambda n: -common[n])
    return {first} if common[first] >= 0.2 and common[first] >= 2 * common[second] else likely


def _decodes(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _samples(data: bytes) -> dict[str, tuple[str, ...]]:
    return {name: _sample(data.decode(name)) for name in _ASKED if _decodes(data, name)}


def _sample(text: str) -> tuple[str, ...]:
    lines = [line.strip() for line in text.splitlines() if any(letter > "\x7f" for letter in line)]
    return tuple(line[:60] for line in lines[:SAMPLE_LINES])


def _checked(decoded: Decoded, where: str) -> Decoded:
    at = decoded.text.find("\x00")
    if at >= 0:
        line = decoded.text.count("\n", 0, at) + 1
        raise _faulty(where, Fault("nul_character", f"{where}:{line}"))
    return decoded


def _faulty(where: str, fault: Fault) -> Invalid:
    return Invalid("unreadable_table", (fault,), path=where)
