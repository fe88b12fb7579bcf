"""One cell -> a figure, a gap, or the reason why it is neither. Nothing is rounded, scaled or guessed here.

Understood: 2191, "2,191", "1 098", "２，１９１", "1.2E+05", 12.5%, a decimal comma where the mapping says so, 1.2万,
"over 35,000", "近1.2万", "1200余", ">95", flags after the number (`1234 b`, `5.2e`, `7 [p]`), footnote marks
(¹ ① * † [1] (1)). Gaps: blank, "..", "…", "—", ":", "n/a", "x", "[c]", each kept as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

_PLAIN = {
    **{0xFF10 + d: str(d) for d in range(10)},
    **dict.fromkeys((0xA0, 0x2002, 0x2003, 0x2007, 0x2008, 0x2009, 0x200A, 0x202F, 0x3000, 0x09), " "),
    **dict.fromkeys((0x2212, 0xFF0D, 0x2010, 0x2011), "-"),
    **dict.fromkeys((0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), ""),
    0xFF0E: ".", 0xFF0C: ",", 0xFF05: "%", 0xFF0B: "+", 0xFF08: "(", 0xFF09: ")", 0xFF1A: ":", 0xFF1E: ">",
    0xFF1C: "<", 0x2265: ">=", 0x2264: "<=", 0xFF3B: "[", 0xFF3D: "]", 0xFF5E: "~", 0x2019: "'",
}  # fmt: skip
_GAPS = frozenset(
    ("", "-", "--", "---", "–", "—", "――", "―", "——", "..", "...", "....", "…", "……", ":", "::", "x", "n/a", "na",
     "n.a.", "n.a", "nan", "null", "none", "nd", "n.d.", "c", "z", "/", "//", "\\", ".", "#n/a", "*", "**", "***",
     "no data", "not available", "non disponible", "nicht verfügbar",
     "!", "[x]", "[c]", "[z]", "[u]", "[low]", "(x)", "(d)", "(s)", "(na)", "(z)", "n", "d", "s", "无", "无数据", "缺",
     "暂无", "不详", "未统计", "空", ":c", ":u", ":z", ":n", ":x", ":d", ":m")
)  # fmt: skip
_FLAGS = "bcdefimnprstuvz"
_MARKS = "¹²³⁴⁵⁶⁷⁸⁹⁰①②③④⑤⑥⑦⑧⑨⑩⑪⑫*†‡§#△▲☆★※ⁱªᵃᵇ"
_TRAILING = re.compile(
    rf"(?:\s*(?P<marks>[{_MARKS}]+)|\s*\[(?P<square>[A-Za-z0-9, ]{{1,8}})\]|"
    rf"\s*(?<=[\d%])\s?\((?P<round>[A-Za-z0-9]{{1,2}})\)"
    rf"|(?<=[\d%])\s?(?P<flags>[{_FLAGS}]{{1,3}})|\s(?P<note>\d\)))$"
)
_ONLY_MARKS = re.compile(rf"[{_MARKS}]+|:\s?[a-z]{{1,2}}|[-–—.…:]\s?[{_MARKS}]+")
_GROUPED = re.compile(r"[+-]?\d{1,3}([, '])\d{3}(?:\1\d{3})*(?:\.\d+)?")
_SIMPLE = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
_INDIAN = re.compile(r"[+-]?\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_EURO_GROUPED = re.compile(r"[+-]?\d{1,3}([. '])\d{3}(?:\1\d{3})*(?:,\d+)?")
_EURO_SIMPLE = re.compile(r"[+-]?\d+(?:,\d*)?")
_SIGNS = ((">=", "at_least"), ("<=", "at_most"), (">", "at_least"), ("<", "at_most"), ("~", "about"), ("±", ""))
_BRACKETED = re.compile(r"\(\s*([\d,. ']*\d[\d,. ']*)\s*(%?)\s*\)\s*(%?)")
_TRIANGLE = re.compile(r"(?P<down>[▼▽↓])\s*(?=[\d.])|[△▲↑]\s*(?=[\d.])")
_MONEY = re.compile(r"^(?P<sign>[+-]?)[A-Z]{0,3}[$€£¥￥]\s?(?=[\d.])|(?<=\d)\s?[€£]$")
"""A currency's sign before or behind a number."""
_IN_SHORT = re.compile(r"\d\s?(?:k|m|b|t|mn|bn|tn|mln)$", re.IGNORECASE)
"""Behind an amount of money these letters are its scale, and no flags."""
_WORDY = re.compile(r"[A-Za-z\u3400-\u9fff+]")
_SCALED = re.compile(r"[万亿]|\b(?:thousand|million|billion|trillion)\b|(?<=\d) ?(?:mn|mln|bn|tn|k|m)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell says: the printed number, the size of its last printed place, its bound and its marks."""

    value: Decimal
    step: Decimal
    qualifier: str = "exact"
    flags: str = ""
    marks: str = ""
    percent: bool = False
    scaled: bool = False
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A cell that says there is no figure; `mark` is how it says so."""

    mark: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that is neither: `code` says why."""

    code: str
    detail: str = ""


def plain(text: str) -> str:
    """The text with full-width signs, special blanks and direction marks as their plain selves."""
    return text.translate(_PLAIN).strip()


def read_cell(
    text: str, *, decimal: str = ".", native: bool = False, negatives: str = "minus"
) -> Figure | Gap | Unread:
    """What a cell says. `native` is a number of Excel's own, whose dot is a decimal point whatever the file's habit.

    (30,900) and △30,900 are below nought only where `negatives` says so ("brackets", "triangles"); by "arrows" ▼3 is
    below and ▲3 above it.
    """
    if native:
        body = text.removesuffix("%")
        try:
            value = Decimal(body)
        except InvalidOperation:
            return Unread("not_a_number")
        return Figure(value, _step(body, "."), percent=text.endswith("%"))
    said = plain(text)
    if said.casefold() in _GAPS or _ONLY_MARKS.fullmatch(said):
        return Gap(said)
    money = _MONEY.search(said)
    if money:
        said = _MONEY.sub(money["sign"] or "", said)
        if _IN_SHORT.search(said):
            return _worded(said, "exact", "", "", False, decimal)
    triangle = _TRIANGLE.match(said)
    if triangle and negatives != "arrows" and (triangle["down"] or negatives != "triangles"):
        return Unread("triangle")
    body, flags, marks = _stripped(said[triangle.end() :] if triangle else said)
    if body.casefold() in _GAPS:
        return Gap(said)
    inside = _BRACKETED.fullmatch(body)
    if inside and negatives != "brackets":
        return Unread("parenthesised")
    if inside:
        body = inside[1] + (inside[2] or inside[3])
    found = _figure(body, decimal, flags, marks)
    below = inside or (triangle and (triangle["down"] or negatives == "triangles"))
    return replace(found, value=-found.value) if isinstance(found, Figure) and below else found


def bracketed(text: str) -> bool:
    """Whether a cell is a number in brackets that is no mere number of a note or a column: (30,900), (0.3)."""
    match = _BRACKETED.fullmatch(plain(text))
    return bool(match and re.search(r"\d[.,]\d", match[1]))


def triangled(text: str) -> bool:
    """Whether a cell is a number behind a triangle, as Japanese offices write those below nought."""
    return bool(_TRIANGLE.match(plain(text)))


def falls(text: str) -> bool:
    """Whether a cell is a number behind an arrow down, beside which one up is above nought."""
    match = _TRIANGLE.match(plain(text))
    return bool(match and match["down"])


def _stripped(said: str) -> tuple[str, str, str]:
    flags, marks = "", ""
    body = said.lstrip(_MARKS).strip()
    if body != said:
        marks = said[: len(said) - len(said.lstrip(_MARKS))]
    while match := _TRAILING.search(body):
        if match.start() == 0:
            break
        found = match.groupdict()
        inside = found["square"] or found["round"] or ""
        if found["flags"] or (inside.isalpha() and inside.islower() and set(inside) <= set(_FLAGS)):
            flags = (found["flags"] or inside) + flags
        else:
            marks = f"{match.group().strip()} {marks}".strip()
        body = body[: match.start()].strip()
    return body, flags, marks


def _figure(body: str, decimal: str, flags: str, marks: str) -> Figure | Unread:
    qualifier, percent = "exact", False
    for sign, name in _SIGNS:
        if body.startswith(sign):
            if not name:
                return Unread("not_a_number")
            qualifier, body = name, body[len(sign) :].strip()
            break
    if body.endswith("%"):
        percent, body = True, body[:-1].strip()
    elif body.endswith("+") and re.fullmatch(r"[\d,. ]+\+", body):
        qualifier, body = "at_least", body[:-1].strip()
    found = _number(body, decimal)
    if isinstance(found, Decimal):
        return Figure(found, _step(body, decimal), qualifier, flags, marks, percent)
    if (
        found is None
        and _WORDY.search(body)
        and any(c.isdigit() or c in "一二三四五六七八九十百千万亿两" for c in body)
    ):
        return _worded(body, qualifier, flags, marks, percent, decimal)
    return found or Unread("not_a_number")


def _number(body: str, decimal: str) -> Decimal | Unread | None:
    if decimal == ",":
        if _EURO_SIMPLE.fullmatch(body):
            return Decimal(body.replace(",", "."))
        if _EURO_GROUPED.fullmatch(body):
            return Decimal(re.sub(r"[. ']", "", body).replace(",", "."))
        return Unread("ambiguous_number", "decimal = ','") if re.fullmatch(r"[+-]?[\d., ]+", body) else None
    if _SIMPLE.fullmatch(body):
        return Decimal(body) if len(body) < 40 else Unread("not_a_number")
    if _GROUPED.fullmatch(body) or _INDIAN.fullmatch(body):
        return Decimal(re.sub(r"[, ']", "", body))
    if re.fullmatch(r"\d+ *[-–~—至] *\d[\d.,]*", body):
        return Unread("range")
    if re.fullmatch(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}", body):
        return Unread("is_a_date")
    return Unread("ambiguous_number", "decimal = '.'") if re.fullmatch(r"[+-]?[\d., ']+", body) else None


def _step(body: str, decimal: str) -> Decimal:
    if "e" in body.lower():
        return Decimal(0)
    _, _, after = body.partition(decimal)
    return Decimal(1).scaleb(-len(re.sub(r"\D", "", after))) if after else Decimal(1)


def _worded(body: str, qualifier: str, flags: str, marks: str, percent: bool, decimal: str) -> Figure | Unread:
    """A number with words around it, by the reader of running text; exactly one number, and no unknown words."""
    from warehouse.reading.numerals import scan
    from warehouse.reading.qualifiers import after, before

    numerals = scan(body)
    if len(numerals) != 1 or numerals[0].ordinal or decimal == ",":
        return Unread("not_a_number")
    numeral = numerals[0]
    chinese = bool(re.search(r"[\u3400-\u9fff]", body))
    glued = re.compile(r"[A-Za-z]")
    if glued.match(body[max(0, numeral.start - 1) : numeral.start]) or glued.match(body[numeral.end : numeral.end + 1]):
        return Unread("not_a_number")
    front, start = before(body, numeral.start, chinese)
    behind, end = after(body, numeral.end, chinese)
    rest = (body[:start] + " " + body[end:]).strip()
    if qualifier == "exact":
        qualifier = front or behind or ("at_least" if numeral.more else "exact")
    if re.search(r"\d", rest) or numeral.value != numeral.value:
        return Unread("not_a_number")
    value = Decimal(repr(numeral.value))
    return Figure(
        value.normalize() if value == value.to_integral() else value,
        Decimal(repr(numeral.step)),
        qualifier,
        flags,
        marks,
        percent or numeral.percent,
        bool(_SCALED.search(body[numeral.start : numeral.end])),
        rest,
    )
