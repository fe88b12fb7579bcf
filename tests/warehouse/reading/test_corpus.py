"""Phrases and whole texts of many cities, with the figures a person read in them.

`corpus_*.csv` holds phrases, `texts/` press texts; both were written and worked out by hand, not by running the
reader. A figure is `value/qualifier/measure/last day of its period`, the last two where the words decide them.
"""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from warehouse.printed import printed
from warehouse.reading import Document, Lexicon, Reader

HERE = Path(__file__).parent
PLACES = {"en": (date(2024, 5, 20), "Riverton"), "zh": (date(2023, 11, 8), "宁波")}
READER = Reader(Lexicon())


def rows(lang):
    with (HERE / f"corpus_{lang}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def expected(row):
    return [] if row["figures"] == "-" else [part.split("/") for part in row["figures"].split()]


def stated(text, day, entity):
    return [c for c in READER.read(text, Document(published=day, entity=entity)) if c.nature == "stated"]


def matched(candidates, wanted):
    """Each wanted value with the first unused candidate of that value, or None."""
    left, pairs = list(candidates), []
    for want in wanted:
        value = float(want[0])
        hit = next((c for c in left if abs(c.value - value) <= 1e-3 * abs(value)), None)
        if hit is not None:
            left.remove(hit)
        pairs.append((want, hit))
    return pairs, left


@pytest.mark.parametrize("lang", PLACES)
def test_the_corpus_is_wide_enough_and_no_two_phrases_differ_only_in_numbers(lang):
    table = rows(lang)
    assert len(table) >= 300
    assert len({row["construction"] for row in table}) >= 60
    bare = [re.sub(r"[\d.,]+|[一二三四五六七八九十百千万亿]+", "#", row["text"]) for row in table]
    assert len(set(bare)) == len(bare)


@pytest.mark.parametrize(
    ("lang", "row"),
    [(lang, row) for lang in PLACES for row in rows(lang)],
    ids=lambda value: value if isinstance(value, str) else value["construction"],
)
def test_a_phrase_gives_its_figures_and_no_others(lang, row):
    day, entity = PLACES[lang]
    pairs, left = matched(stated(row["text"], day, entity), expected(row))
    assert left == []
    for want, found in pairs:
        assert found is not None, want
        assert found.qualifier == want[1]
        assert found.entity == (row["entity"] or entity)
        if len(want) > 3:
            assert found.period_end == date.fromisoformat(want[3])


@pytest.mark.parametrize("lang", PLACES)
def test_the_measure_is_right_for_more_than_95_percent_of_the_phrases_that_decide_it(lang):
    day, entity = PLACES[lang]
    right = total = 0
    for row in rows(lang):
        for want, found in matched(stated(row["text"], day, entity), expected(row))[0]:
            if len(want) > 2 and want[2] != "*":
                total += 1
                right += found.measure == want[2]
    assert right >= 0.95 * total


@pytest.mark.parametrize("lang", PLACES)
def test_a_phrase_typed_as_printed_never_contradicts_the_figure_read_from_it(lang):
    day, entity = PLACES[lang]
    found = [c for row in rows(lang) for c in stated(row["text"], day, entity)]
    assert [c.phrase for c in found if printed(c.phrase).other_number(c.value) is not None] == []
    assert [c.phrase for c in found if printed(c.phrase).qualifier(c.value) not in ("exact", c.qualifier)] == []
    bounded = [c for c in found if c.qualifier in ("at_least", "at_most")]
    assert sum(printed(c.phrase).qualifier(c.value) == c.qualifier for c in bounded) >= 0.9 * len(bounded) > 40


def text_cases():
    for path in sorted((HERE / "texts").glob("*.txt")):
        heading, _, rest = path.read_text(encoding="utf-8").partition("\n")
        raw, _, tail = rest.partition("#exp\n")
        _, day, _, entity = heading.split(" ", 3)
        yield path.stem, raw, date.fromisoformat(day), entity, [line.split("|") for line in tail.split("\n") if line]


@pytest.mark.parametrize(
    ("raw", "day", "entity", "wanted"), [pytest.param(*case[1:], id=case[0]) for case in text_cases()]
)
def test_a_press_text_of_another_city_is_read_nearly_whole(raw, day, entity, wanted):
    pairs, left = matched(stated(raw, day, entity), wanted)
    found = [(want, hit) for want, hit in pairs if hit is not None]
    assert len(found) >= 0.92 * len(wanted)
    assert sum(hit.qualifier == want[1] for want, hit in found) >= 0.9 * len(wanted)
    assert sum(hit.entity == want[2] for want, hit in found) >= 0.9 * len(wanted)
    assert len(left) <= 0.1 * len(wanted)
