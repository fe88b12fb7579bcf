"""What the years of one table are, by what the table itself says: its fiscal months, its 年度, its 112年, its 2011-12.

Each is told by signs that stand in the file; where none does, the text is left such that no period is read from it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from warehouse.tables.cells import plain
from warehouse.tables.digits import in_order
from warehouse.tables.eras import ERAS, of_common_era, of_republic
from warehouse.tables.grid import Grid
from warehouse.tables.headings import speaks_of_years
from warehouse.tables.mapping import Mapping
from warehouse.tables.two_years import begins_next, later_alone, over_two_years, twelve_from
from warehouse.tables.year_parts import DAY, MONTHS, NUMBER, TO

_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")

_JAPANESE = re.compile(r"[円県総経済変広労働実価営発単処訳駅込売対図]")
"""Signs that only Japan writes so."""
_CHINESE = re.compile(r"[亿业产东华时计单县经总实价发营变劳对广际长动务门车馆间财费员级项标类额货购进较资统]")
"""Signs that only the People's Republic and Singapore write so."""
_TAIWAN = re.compile(r"民國|臺|台灣|Taiwan|學年度")
_NENDO = re.compile(r"(?P<y>(?:18|19|20)\d\d)\s?年度(?P<end>末)?")
_FY = re.compile(r"\bFY\s?(?P<y>(?:19|20)\d\d)\b", re.IGNORECASE)
_SHORT_ERA = re.compile(r"(?P<era>[RHS])(?P<n>元|\d{1,2})(?:\.(?P<m>1?\d))?(?P<fiscal>年度)?")
_LIKE_A_MONTH = re.compile(r"(?<!\d)\d{4}[-/](?:0[1-9]|1[0-2])(?!\d)")
_ERAS_NAMED = re.compile(r"令和|平成|昭和|元号|和暦")
"""Without these H1 and H2 are halves of a year, or anything."""
_OF_YEARS = re.compile(r"(?:民國)?(?:學?年度?|年份|年別|統計年度?)")
_SCHOOL_YEAR = re.compile(r"(?P<n>\d{2,3})\s?學年度?")
"""Taiwan's school years, from August to July."""
_OF_REPUBLIC = re.compile(r"^(?P<n>\d{2,3})(?=\s?年)")
_WORD = r"[^\W\d_]{3,}"
_TWELVE = re.compile(
    rf"(?P<a>{_WORD})\.?(?: {DAY})?{TO}(?:{DAY} )?(?P<b>{_WORD})|"
    rf"(?<!\d)(?P<m>{NUMBER})月(?:1日)?{TO}(?:翌年|次年|来年)?\s?(?P<m2>{NUMBER})月",
    re.IGNORECASE,
)
"""From one month to another, with no year."""
_ENDED = re.compile(
    rf"(?:year|(?:12|twelve) months) (?:ended|ending|to)(?: on)? (?:{DAY} )?(?P<b>{_WORD})\b(?! \d{{4}})|"
    rf"\bannual[- –]+(?P<b2>{_WORD})",
    re.IGNORECASE,
)
_EACH_YEAR = tuple(
    re.compile(form + r"(?!\d|,? ?(?:of )?(?:19|20)\d\d)")
    for form in (
        rf"(?:(?<=[各毎每]年)|(?<![年\d]))(?P<m>{NUMBER})月(?P<d>{DAY})日\s?(?:現在|现在|時点)",
        rf"\bas (?:at|of|on) (?:the )?(?P<d>{DAY})(?:st|nd|rd|th)? (?P<m>[A-Z][a-z]+)\b",
        rf"\bas (?:at|of|on) (?P<m>[A-Z][a-z]+) (?P<d>{DAY})\b",
    )
)
"""The day of every year for which a table's figures stand."""
_YEAR_ALONE = re.compile(r"(?P<y>(?:18|19|20)\d\d)\s?(?:年度?)?|(?P<y2>\d{4})年4月-\d{4}年3月")
LABELS = 40
"""As many rows of figures are looked at for the script of the table."""


@dataclass(frozen=True, slots=True)
class OwnYears:
    """The month with which a 年度 begins and that of a year 2021-22, 0 where nothing tells.

    `taiwan`: 112年 is 2023; `eras`: R5 is 令和5年; `ended`: the month that ends each year of the table where the lines
    above it say so, else 0; `date_order`: what the mapping says of 02-01-2021; `on_day`: the day of every year for
    which the lines above say the figures stand, 5月1日現在, or "".
    """

    nendo: int = 0
    first_month: int = 0
    taiwan: bool = False
    eras: bool = False
    ended: int = 0
    date_order: str = ""
    on_day: str = ""

    def spelled(self, given: Sequence[str], heading: str = "") -> list[str]:
        """The texts of the headings or of a column of periods under its heading, each in words that leave no doubt."""
        dated = in_order([plain(text) for text in given], self.date_order)
        given = [text if new == plain(text) else new for new, text in zip(dated, given, strict=True)]
        given = [self._on_its_day(text) for text in given]
        ends = _ends_in(plain(heading)) or {self.ended}
        ended = ends.pop() if len(ends) == 1 else 0
        if self.nendo == 4 and re.sub(r"\s", "", heading) == "年度":
            given = [f"{text}年度" if re.fullmatch(r"(?:18|19|20)\d\d", plain(text)) else text for text in given]
        if (
            (self.taiwan or any(len(plain(text)) == 3 for text in given))
            and _OF_YEARS.fullmatch(plain(heading))
            and all(map(of_republic, filter(None, map(plain, given))))
        ):
            given = [f"{plain(text)}{'學年度' if '學' in heading else '年'}" if text else text for text in given]
        said = [plain(text) for text in given]
        republic = _all_of_republic(said) and (self.taiwan or _past_ninety_nine(said))
        of_era = self.eras and sum(bool(_SHORT_ERA.fullmatch(text)) for text in said) > 1
        two = {text for text in said if begins_next(text)}
        months = {text for text in said if re.fullmatch(r"\d{4}[-/](?:0[1-9]|1[0-2])", text)}
        told = []
        for text, own in zip(given, said, strict=True):
            mended = _republic(own) if republic else _era(own) if of_era else own
            mended = _bare(self._nendo(mended), ended)
            if speaks_of_years(own):
                mended = self._over_two(later_alone(mended)) if len(two) > 1 else mended
            elif (self.first_month and own not in months) or (not months - two and _LIKE_A_MONTH.search(own)):
                mended = self._over_two(mended)
            told.append(text if mended == own else mended)
        return told

    def _on_its_day(self, text: str) -> str:
        """A year alone as its day, where the table's figures stand for one."""
        match = _YEAR_ALONE.fullmatch(of_common_era(plain(text))) if self.on_day else None
        if not match:
            return text
        begun = match["y2"] is not None and re.match("[1-3]月", self.on_day)
        return f"{int(match['y'] or match['y2']) + bool(begun)}年{self.on_day}"

    def _nendo(self, said: str) -> str:
        """A text with a 年度 or FY that is the table's; one that nothing explains is none of the calendar's."""
        match = _NENDO.search(said) or (_FY.search(said) if self.nendo == 4 else None)
        if self.nendo == 4 and said in ("上期", "下期"):
            return f"{said[0]}半期"
        if not match or (self.nendo == 1 and match.re is _NENDO):
            return said.replace("年度末", "年末") if match else said
        year = int(match["y"])
        months = f"{year + 1}年3月末" if "end" in match.groupdict() and match["end"] else twelve_from(year, 4)
        return said[: match.start()] + (months if self.nendo else f"FY{year} ") + said[match.end() :]

    def _over_two(self, said: str) -> str:
        """A year over two years with its months, where the table says them; else as one that cannot be a month."""
        return over_two_years(said, self.first_month)


def own_years(grid: Grid, mapping: Mapping) -> OwnYears:
    """What the lines above a table, its first labels and its notes tell of its years."""
    first, last = max(mapping.first_row, 1), mapping.last_row or len(grid.rows)
    above = [t for n, row in enumerate(grid.rows[: first - 1], 1) if n not in mapping.header_rows for t in row if t]
    beside = [t for row in grid.rows[: first + LABELS] for t in row if t]
    notes = [t for row in grid.rows[last : last + LABELS] for t in row if t]
    words = "\n".join(map(plain, (*beside, *notes, str(mapping.source.get("title", "")))))[:40_000]
    chinese = bool(_CHINESE.search(words))
    japanese = bool(_KANA.search(words) or _JAPANESE.search(words)) and not chinese
    taiwan = bool(_TAIWAN.search(words)) and not chinese and not japanese
    ended = {mapping.year_ends} if mapping.year_ends else _ends_in("\n".join(map(plain, above)))
    return OwnYears(
        nendo=4 if japanese else 1 if taiwan or (chinese and not _KANA.search(words)) else 0,
        first_month=mapping.year_ends % 12 + 1 if mapping.year_ends else _first_month(words),
        taiwan=taiwan,
        eras=japanese and bool(_ERAS_NAMED.search(words)),
        ended=ended.pop() if len(ended) == 1 else 0,
        date_order=mapping.date_order,
        on_day=_on_day("\n".join(map(plain, above))),
    )


def _on_day(words: str) -> str:
    """The one day of every year that the words name, in words that name it behind a year."""
    told = (match for form in _EACH_YEAR for match in form.finditer(words))
    found = {f"{month}月{int(match['d'])}日現在" for match in told if (month := _number(match["m"]))}
    return found.pop() if len(found) == 1 else ""


def _first_month(words: str) -> int:
    """The month with which a year over two years begins, where the file names its twelve months and no others."""
    found = {month % 12 + 1 for month in _ends_in(words)}
    for match in _TWELVE.finditer(words):
        first, last = (_number(match[a] or match[b]) for a, b in (("a", "m"), ("b", "m2")))
        if first and last and first == last % 12 + 1:
            found.add(first)
    found -= {1}
    return found.pop() if len(found) == 1 else 0


def _ends_in(words: str) -> set[int]:
    """The months that end a year, as the words say."""
    return {_number(match["b"] or match["b2"]) for match in _ENDED.finditer(words)} - {0}


def _number(month: str) -> int:
    return int(month) if month.isdigit() else MONTHS.get(month.title(), 0)


def _bare(said: str, ended: int) -> str:
    """A year alone, where the years of the table end in a month."""
    year = re.fullmatch(r"(?:18|19|20)\d\d", said)
    return twelve_from(int(said) - 1, ended % 12 + 1) if year and ended % 12 else said


def _all_of_republic(said: list[str]) -> bool:
    """Whether every year among the texts is a short one before 年, and none can be of the last century."""
    years = [int(year) for text in said for year in re.findall(r"(\d+)\s?學?年", text)]
    told = any(re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text) for text in said)
    return bool(years) and not told and all((1 if max(years) > 99 else 60) <= year <= 150 for year in years)


def _past_ninety_nine(said: list[str]) -> bool:
    """Whether the years run on above 99, which no short year of the common era does."""
    years = [int(year) for text in said for year in re.findall(r"(\d+)\s?學?年", text)]
    return len(years) > 1 and max(years) > 99 and all(b - a < 3 for a, b in pairwise(sorted(set(years))))


def _republic(said: str) -> str:
    if school := _SCHOOL_YEAR.match(said):
        return twelve_from(1911 + int(school["n"]), 8) + said[school.end() :]
    return _OF_REPUBLIC.sub(lambda match: str(1911 + int(match["n"])), said)


def _era(said: str) -> str:
    match = _SHORT_ERA.fullmatch(said)
    if not match:
        return said
    year = ERAS[match["era"]] + (1 if match["n"] == "元" else int(match["n"]))
    return f"{year}年{match['m']}月" if match["m"] else f"{year}年{'度' if match['fiscal'] else ''}"
