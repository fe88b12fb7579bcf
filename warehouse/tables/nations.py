"""Names of countries, of their regions and of the months, in the languages of the tables.

Countries and months are those of the CLDR, by way of Babel; regions those of ISO 3166-2, by way of pycountry. Enough to
tell a column of places from one of things. Knows nothing of any table.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LANGUAGES = (
    "en", "zh", "zh_Hant", "ja", "ko", "fr", "de", "de_AT", "es", "pt", "it", "nl", "pl", "ru", "uk", "tr", "hu", "cs",
    "sk", "sl", "hr", "ro", "bg", "el", "sv", "da", "nb", "fi", "et", "lv", "lt", "ca", "id", "ms", "vi", "th",
)  # fmt: skip
_SHORT = ("en", "fr", "de", "de_AT", "es", "pt", "it", "nl", "pl", "ru", "tr", "sv", "da", "cs")
"""Those whose short names of months are understood too; in others they are too much like words."""
_OFFICIAL = """
viet nam; turkey; russian federation; united states of america; korea; republic of korea; korea, rep.; korea, south
south korea; korea, republic of; korea, dem. people's rep.; czech republic; england; scotland; wales; northern ireland
great britain; iran, islamic rep.; iran (islamic republic of); iran, islamic republic of; egypt, arab rep.; yemen, rep.
congo, dem. rep.; congo, rep.; côte d'ivoire; lao pdr; lao people's democratic republic; slovak republic
kyrgyz republic; syrian arab republic; brunei darussalam; republic of moldova; gambia, the; bahamas, the; venezuela, rb
bolivia (plurinational state of); venezuela (bolivarian republic of); united republic of tanzania
micronesia, fed. sts.; hong kong; hong kong sar; hong kong sar, china; china, hong kong sar; macao; macau
china, people's republic of; china (people's republic of); china, p.r.; china, mainland; mainland china; p.r. china
people's republic of china; hong kong, china; macao, china; korea (republic of); philippines; netherlands; 中国大陆
macao sar, china; china, macao sar; taiwan province of china; taiwan, china; chinese taipei; euro area; eu; oecd
oecd - total; российская федерация; республика корея; アメリカ; 米国; 中華人民共和国; 大韓民国; 英国; 全国; 전국
홍콩; 마카오; 香港; 澳门; 澳門; 台湾; 臺灣; 台灣; 美国; 美國; 韓國; 中国香港; 中国澳门; 中国台湾; 中国香港特别行政区
中国澳门特别行政区; 俄罗斯联邦; 阿联酋; 沙特; 朝鲜; 东盟; 欧盟; 港澳台; 外国; 其他国家
"""
"""As offices write them where the CLDR does not."""


_MARKED = re.compile(r"\s*(?:[*¹²³†]+|\([^)]*\)|\d+\))$")
"""Footnote marks and brackets behind a name."""
_WHOLE_OF = re.compile(r"^(?:All|(?:The )?[Ww]hole of) (?=[A-Z])")
_ALPHABETIC = re.compile(r"[^\W\d_\u3040-\u9fff\uac00-\ud7af]{3,}")
"""A month's name in letters; 1月 is read as it stands."""


@lru_cache(maxsize=1)
def nations() -> frozenset[str]:
    """Names of countries, territories and continents, in small letters."""
    from babel import Locale

    told = (name for code in _LANGUAGES for name in Locale.parse(code).territories.values())
    own = (name.strip() for name in re.split(r"[;\n]", _OFFICIAL))
    return frozenset(_folded(name) for name in (*told, *own) if name)


@lru_cache(maxsize=1)
def regions() -> frozenset[str]:
    """Names of provinces, states, counties and the like, without the word for what they are (Shi, oblysy, City)."""
    import pycountry

    told = (re.sub(r"\s*[\[(†*].*$", "", region.name) for region in pycountry.subdivisions)
    whole = {_folded(part) for name in told for part in (name, *name.split("/"))}
    short = {
        re.sub(r"\s(?:shi|sheng|zizhiqu|city|province|oblast'?|oblysy|region|county)$", "", name) for name in whole
    }
    return frozenset(name for name in whole | short if len(name) > 2) - _COMPASS


_COMPASS = frozenset(
    re.split(
        " ",
        "central centre center western eastern northern southern north south east west nord sud est ouest male female "
        "littoral other total urban rural national",
    )
)
"""Regions of some country, and words of any table."""


def is_region(label: str) -> bool:
    """Whether the label is a region's name; a number before it, its state behind it and "Las" behind it aside."""
    said = re.sub(r"^\d+\s+", "", _folded(_MARKED.sub("", label)))
    turned = re.sub(r"^(.+), (las?|los?|les|el|the|illes|a)$", r"\2 \1", said)
    county = re.fullmatch(r".+, [a-z]{2}\*?", said)
    return bool(county) or not {said, turned, *said.split("/")}.isdisjoint(regions())


def _folded(name: str) -> str:
    """In small letters without accents."""
    apart = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return re.sub(r"\s+", " ", "".join(sign for sign in apart if not unicodedata.combining(sign))).casefold().strip()


@lru_cache(maxsize=10_000)
def without_all(label: str) -> str:
    """The label without the word that it is all of a place: "All Denmark"."""
    return _WHOLE_OF.sub("", label)


def is_nation(label: str) -> bool:
    """Whether the label is a country's name, "All" before it and footnote marks and a bracket behind it aside."""
    said = without_all(label)
    return _folded(said) in nations() or _folded(_MARKED.sub("", said)) in nations()


def is_continent(label: str) -> bool:
    """Whether the label is a continent's name, or the world's."""
    return _folded(_MARKED.sub("", label)) in _continents()


def nations_in(text: str) -> set[str]:
    """The countries that a text of several words names, each as it is written; continents and the world are none.

    A city or region with a country in its name (Mexico City, New Mexico) is named instead of it.
    """
    words = re.findall(r"[^\W\d_][\w'’.-]*", text)
    found: set[str] = set()
    at = 0
    while at < len(words):
        size = next((n for n in (4, 3, 2, 1) if _is_country(" ".join(words[at : at + n]))), 0)
        city = next((n for n in (4, 3, 2) if n > size and _named_after_country(words[at : at + n])), 0)
        size = city or size
        if size:
            found.add(" ".join(words[at : at + size]))
        at += size or 1
    return found


def _named_after_country(words: list[str]) -> bool:
    """Whether the words are a city or a region that has a country in its name: Ciudad de México, Panama City."""
    if not (words[0][0].isupper() and any(map(_is_country, words)) and not _is_country(" ".join(words))):
        return False
    return (len(words) == 2 and words[1] == "City") or _folded(" ".join(words)) in regions()


def _is_country(words: str) -> bool:
    if words in ("UK", "USA", "U.S.", "U.K."):
        return True
    return len(words) > 3 and words[0].isupper() and _folded(words) in nations() and _folded(words) not in _continents()


@lru_cache(maxsize=1)
def _continents() -> frozenset[str]:
    from babel import Locale

    told = (Locale.parse(code).territories for code in _LANGUAGES)
    return frozenset(
        _folded(name) for names in told for code, name in names.items() if code.isdigit() or code in ("EU", "EZ", "UN")
    )


def month_names() -> dict[str, int]:
    """Title-case name of a month -> its number.

    A name that is one month in one language and another in the next (listopad) is left out.
    """
    from babel import Locale

    told: dict[str, set[int]] = {"Sept": {9}}
    for code in _LANGUAGES:
        months = Locale.parse(code).months
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated") if code in _SHORT else ("wide",):
                for number, name in months[form][width].items():
                    told.setdefault(name.rstrip(".").title(), set()).add(int(number))
    return {name: min(numbers) for name, numbers in told.items() if len(numbers) == 1 and _ALPHABETIC.fullmatch(name)}
