"""One catalogue per language, saying the same things."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import numpy as np
import pytest

import forecast
from forecast.sentences import catalogue, counted, number, percent, say, titled

EN, ZH = catalogue("en"), catalogue("zh")
ANOTHER_GAP = {"plan_end": {"day", "year"}}
"""Chinese names the year where English names the day."""


def gaps(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_both_catalogues_have_the_same_codes() -> None:
    assert set(EN) == set(ZH)


@pytest.mark.parametrize("code", sorted(EN))
def test_a_sentence_has_the_same_gaps_in_both_languages(code: str) -> None:
    assert (gaps(EN[code]) ^ gaps(ZH[code])) <= ANOTHER_GAP.get(code, set())


def test_chinese_sentences_are_chinese() -> None:
    wordy = [code for code, text in EN.items() if len(re.findall(r"[a-z]{3,}", re.sub(r"{.*?}|`.*?`", "", text))) > 3]
    assert not [code for code in wordy if not re.search(r"[\u4e00-\u9fff]", ZH[code])]


def test_every_code_named_in_the_source_has_a_sentence() -> None:
    said = re.compile(r"""(?:\bsay|\bnote|Refusal|TooFewPoints|Misuse|Rejected)\(\s*"([a-z_]+)\"""")
    folder = Path(str(forecast.__file__)).parent
    missing = {
        f"{path.name}: {code}"
        for path in folder.rglob("*.py")
        for code in said.findall(path.read_text(encoding="utf-8"))
        if code not in EN
    }
    assert not missing


def test_figures_are_printed_as_people_write_them() -> None:
    assert [number(v) for v in (3_210_000.0, 63.1, 0.85, 7.0, 1234.5)] == ["3,210,000", "63.1", "0.850", "7", "1,234"]


def test_figures_too_large_or_small_to_be_read_are_shortened_and_never_look_like_nought() -> None:
    assert [number(v) for v in (1.0552940e301, -2e15, 0.00047123, 1e-300)] == [
        "1.06e+301",
        "-2e+15",
        "0.000471",
        "1e-300",
    ]
    assert number(999_999_999_999_999.0) == "999,999,999,999,999"


def test_one_and_many_agree_with_their_number() -> None:
    assert counted("figures", 1) == "1 figure"
    assert counted("figures", 3) == "3 figures"
    assert say("figures_many", "zh", n=3) == "3 个数字"


def test_a_sentence_agrees_with_its_number() -> None:
    assert say("gaps_counted", n=1, marks=".. 1") == "1 cell holds no figure: .. 1."
    assert say("gaps_counted", n=2, marks=".. 2") == "2 cells hold no figure: .. 2."
    one = say("nothing_new", known=1, source="x")
    assert one == "Nothing new: the one figure of x is already there."
    assert say("nothing_new", known=3, source="x") == "Nothing new: all 3 figures of x are already there."
    assert say("landed", n=np.int64(1), known=0, source="x") == "1 figure written from x; 0 were already there."


PLURAL = r"(?:figures|cells|names|findings|entries|rows|series|projections|places|values|entities|charts|freezings)"


@pytest.mark.parametrize("code", sorted(EN))
def test_no_sentence_counts_in_the_plural_alone(code: str) -> None:
    counted_so = re.findall(rf"{{(?:n|known|open|count|refused|explained|entries|rows)}} (?:\w+ )?{PLURAL}\b", EN[code])
    assert code in ALWAYS_SEVERAL or not counted_so


ALWAYS_SEVERAL = {"figures_many", "no_scatter", "panel_taught", "multiples_title", "which_finding", "rank_among"}
"""Said of two or more only."""


@pytest.mark.parametrize(
    ("name", "entity", "english", "chinese"),
    [
        ("Parks", "Tianjin", "Parks, Tianjin", "Tianjin Parks"),
        ("公园", "北京", "公园, 北京", "北京公园"),
        ("Parks", "北京", "Parks, 北京", "北京 Parks"),
        ("雁栖湖国际会都累计承办活动", "雁栖湖国际会都", "雁栖湖国际会都累计承办活动", "雁栖湖国际会都累计承办活动"),
    ],
)
def test_a_title_neither_runs_together_nor_says_its_owner_twice(
    name: str, entity: str, english: str, chinese: str
) -> None:
    assert titled(name, entity) == english
    assert titled(name, entity, "zh") == chinese


def test_no_chance_is_ever_told_as_certain() -> None:
    assert [percent(share) for share in (0.0, 0.004, 0.384, 0.996, 1.0)] == ["<1", "<1", "38", ">99", ">99"]
