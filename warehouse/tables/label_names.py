"""A label as a name: without its numbering, its marks and its unit, and in two languages where it gives both.

Knows only the words of a label; what the catalogue has under that name is the business of `proposed_names`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from warehouse.tables.cells import plain
from warehouse.tables.nations import is_continent, is_nation
from warehouse.tables.sdmx import without_code
from warehouse.tables.totals import TOTAL_WORDS
from warehouse.tables.units import Unit, take_unit

LONGEST = 120
_HAN = r"\u3400-\u9fff"
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+\s?[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|"
    r"\d{1,2}(?:\.\d{1,2})*(?:[.．](?!\d)|[、)）](?=\s*\D))|"
    r"[A-Z][.)、]\s(?=\S)|[IVX]+[.)]\s(?=\S))\s*"
)
_PREFIX = re.compile(
    r"^(?:(?:指标(?:名称)?|表题|表題|表名|统计表名称|統計名|table title|series title|title|dataset|"
    r"indicator)\s*[:：]\s*|"
    r"(?:table|tableau|tabelle|tabla|tabela|tabell)\s+[\dA-Z]+(?:[.\-–]\d+)*[a-z]?\s*[.:：–-]\s*|"
    r"table\s+[A-Z]?\d+(?:[.\-–]\d+)*[a-z]?\s+(?=(?-i:[A-Z]))|"
    r"(?:续?表)\s*[\d一二三四五六七八九十]+(?:[.\-–—]\d+)*\s*[:：.、]?\s*(?=\D))",
    re.IGNORECASE,
)
"""What a line or a label says of itself before it says what it is about."""
_FOOTNOTES = re.compile(r"(?:\s+\d{1,2}(?=[\s,]|$),?){2,}$")
"""Numbers of footnotes behind a title: "Population estimates, quarterly 1 2 3 4"."""
_BETWEEN_SIGNS = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")
_BRACKET = re.compile(r"\s*[(（\[【]([^()（）\[\]【】]{1,40})[)）\]】]")
_CHINESE = rf"[{_HAN}][{_HAN}\d、，·“”《》（）()\-—\s]*"
_LETTERS = r"[A-Z][^\u3000-\u9fff\uac00-\ud7af]*"
_ZH_FIRST = re.compile(rf"(?P<zh>{_CHINESE}?)\s*[/|]?\s*[(（]?\s*(?P<en>{_LETTERS}?)\s*[)）]?")
_EN_FIRST = re.compile(rf"(?P<en>{_LETTERS}?)\s*(?:[/|]\s*|\s[(（]?|[(（])(?P<zh>{_CHINESE}?)\s*[)）]?")


@dataclass(frozen=True, slots=True)
class Named:
    """A name, and its Chinese half where the label gives both."""

    name: str
    zh: str = ""


@lru_cache(maxsize=10_000)
def two_languages(text: str) -> Named | None:
    """Both halves of "旅游总收入 Total Tourism Income"; None for a label in one language, and for 人均GDP."""
    first = _ZH_FIRST.fullmatch(text)
    match = first or _EN_FIRST.fullmatch(text)
    if not match:
        return None
    zh, en = match["zh"].strip(" /|(（"), match["en"].strip(" /|(（")
    en += ")" * (en.count("(") - en.count(")"))
    whole = re.search(r"\b[A-Za-z]?[a-z]{3,}", en) or (first and re.fullmatch(r"[A-Z]{4,}(?: [A-Z]+)*", en))
    return Named(en, zh) if whole and zh else None


@lru_cache(maxsize=10_000)
def named(label: str, unit: Unit | None = None) -> Named:
    """The name that a label gives, in one language or two."""
    parts = [_tidied(part, unit) for part in re.sub(r"\s*\[[^\]]*\]$", "", label).split(" / ")]
    parts = [part for part in parts if part] or [label]
    both = [two_languages(part) or Named(part, part) for part in parts]
    worded = [half.zh != half.name for part, half in zip(parts, both, strict=True) if re.search(r"[^\W\d]", part)]
    if worded and all(worded):
        name, zh = (" / ".join(said) for said in zip(*((half.name, half.zh) for half in both), strict=True))
        return Named(shortened(name), shortened(zh))
    return Named(shortened(" / ".join(parts)))


def under_title(said: Named, title: str) -> Named:
    """A name that any table could have (Total / Male, Japan / Total) with the title of its own before it."""
    general = all(_GENERAL.fullmatch(p) or is_nation(p) or is_continent(p) for p in said.name.split(" / "))
    if not general or not re.search(r"\s|[^\x00-\x7f]", title) or title in said.name:
        return said
    return Named(shortened(f"{shortened(title)[:90]}: {said.name}"), said.zh)


_GENERAL = re.compile(
    rf"{TOTAL_WORDS}|subtotal|小[计計]|all(?: (?:ages|sexes|persons|countries|items))?|both sexes|"
    r"(?:fe)?males?|m[ae]n|wom[ae]n|persons?|"
    r"estimate|std\.? ?err\w*|standard error|numsrc|rank|score|index|lower|upper|observations?|level|share|"
    r"number|value|annual|preliminary|(?:non-?)?residents?|domestic|foreign|other|urban|rural|amount|"
    r"男|女|男性|女性|城镇|农村|数量|金额|其他|总额|"
    r"männlich|weiblich|anzahl|hommes?|femmes?|hombres?|mujeres?|ambos sexos|"
    r"homens|mulheres|maschi|femmine|mannen|vrouwen|mężczyźni|kobiety|男女計|남|여",
    re.IGNORECASE,
)


def with_sheet(title: str, sheet: str) -> str:
    """The title of a sheet, with the sheet's name where that names a thing: "Indicators, Coastal Water"."""
    bare = re.fullmatch(r"(?:sheet|data|table|tab|feuil|tabelle|hoja|tabela|表)?[\W\d_]*", sheet, re.IGNORECASE)
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", sheet)
    return title if bare or len(sheet) < 4 or sheet in title or spaced in title else f"{title}, {spaced}"


def without_prefix(text: str) -> str:
    """A title without "Table Title:", 表1-1, numbers of footnotes; as it is where nothing would be left."""
    return _FOOTNOTES.sub("", _PREFIX.sub("", text)).strip() or text


def _tidied(part: str, unit: Unit | None) -> str:
    said = re.sub(r"\s+", " ", _BETWEEN_SIGNS.sub("", without_code(part))).strip()
    said = without_prefix(said).strip(" ;")
    said = re.sub(r"^[-–—]+\s+(?=[^\W\d])", "", _NUMBERED.sub("", said) or said)
    return _BRACKET.sub(lambda match: "" if _repeats(match[1], unit) else match.group(), said).strip() or said


def _repeats(bracket: str, unit: Unit | None) -> bool:
    """Whether a bracket states the unit again that the figures have."""
    said = plain(bracket)
    if unit is None:
        return False
    return said in (unit.printed, unit.words) or (take_unit(f"x ({said})")[0] is not None)


def shortened(name: str, most: int = LONGEST) -> str:
    """At most that many characters: of several parts the longest are cut, of one its end, between two words if any."""
    parts = name.split(" / ")
    while len(" / ".join(parts)) > most and len(longest := max(parts, key=len)) > most // 5 + 1:
        parts[parts.index(longest)] = longest[: max(most // 5, len(longest) - most // 6)].rstrip(" ,;:-.…") + "…"
    name = " / ".join(parts) if len(parts) > 1 else name
    if len(name) <= most:
        return name
    cut = name[:most].rfind(" ")
    return name[: cut if cut > most // 2 else most].rstrip(" /,;:-")


def slug_of(name: str) -> str:
    """At most 60 letters and digits of a name with underscores between them, some of each of its parts."""
    return re.sub(r"[^\w]+", "_", shortened(name.casefold().replace(": ", " / "), 60)).strip("_")
