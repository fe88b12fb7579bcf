"""Names without numbering, marks and units, in both languages of a label; a part of a name joins no series."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecast.workflow.importing import TableRequest, propose
from warehouse.catalogue import read_catalogue
from warehouse.location import seeds_folder
from warehouse.tables.label_names import named, shortened, slug_of, without_prefix
from warehouse.tables.layout import tidy
from warehouse.tables.proposed_names import catalogue_name, names_known, owner
from warehouse.tables.units import unit_of


@pytest.mark.parametrize(
    ("label", "name", "zh"),
    [
        ("Population estimates, quarterly 1 2 3 4", "Population estimates, quarterly", ""), ("合 计", "合计", ""),
        ("项　目", "项目", ""), ("一、人口", "人口", ""), ("（一）男性", "男性", ""), ("1. Total", "Total", ""),
        ("1) Total", "Total", ""),
        ("A. Goods", "Goods", ""), ("指标: 地区生产总值", "地区生产总值", ""), ("Table 1. Arrivals", "Arrivals", ""),
        ("Table Title: Average Prices", "Average Prices", ""), ("表1-1 人口", "人口", ""), ("- Men", "Men", ""),
        ("人口 (万人) [万人]", "人口", ""), ("旅游总收入 Total Tourism Income", "Total Tourism Income", "旅游总收入"),
        ("旅游总收入（亿元） Total Tourism Earnings (100 million yuan)", "Total Tourism Earnings", "旅游总收入"),
        ("接待总人数（万人次） Tourists Received (10000 person-times)", "Tourists Received", "接待总人数"),
        ("Visitors (all) 游客", "Visitors (all)", "游客"),
        ("外国人Foreigners", "Foreigners", "外国人"), ("Total 合计", "Total", "合计"),
        ("合计 Total / 男 Male", "Total / Male", "合计 / 男"),
        ("人均GDP", "人均GDP", ""), ("RCEP 成员国", "RCEP 成员国", ""),
        ("地区生产总值（GDP）", "地区生产总值（GDP）", ""),
        ("1.5 litre", "1.5 litre", ""), ("U.S. exports", "U.S. exports", ""), ("0-14 years", "0-14 years", ""),
        ("2023 Visitors", "2023 Visitors", ""), ("Hotels and similar (I551)", "Hotels and similar (I551)", ""),
    ],
)  # fmt: skip
def test_a_label_as_a_name(label: str, name: str, zh: str) -> None:
    said = named(label, unit_of("万人"))
    assert (said.name, said.zh) == (name, zh)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Total¹⁾", "Total"), ("Hotels(2)", "Hotels"), ("Hotels 2)", "Hotels"), ("Beds (a)", "Beds"), ("> Men", "Men"),
        ("…women", "women"), ("合 计", "合计"), ("# 其中：男性", "男性"), ("(Group 1)", "(Group 1)"),
        ("Staff (f)", "Staff (f)"),
        (">65 years", ">65 years"),
        ("> 65", "> 65"), ("-5", "-5"), ("0-14", "0-14"),
    ],
)  # fmt: skip
def test_a_label_without_its_marks(label: str, said: str) -> None:
    assert tidy(label) == said


def test_a_long_name_is_cut_between_two_words() -> None:
    assert shortened("word " * 40) == ("word " * 23 + "word")
    assert without_prefix("表1-1 X") == "X"
    assert slug_of(named("旅游总收入 Total Tourism Income").name) == "total_tourism_income"


CATALOGUE = read_catalogue(seeds_folder())


@pytest.mark.parametrize(
    "label",
    [
        "入境游客 / 香港",
        "2 nights / 入境外国游客",
        "接待入境外国游客 / 日本",
    ],
)
def test_visitors_of_all_kinds_do_not_join_the_foreign_ones(label: str) -> None:
    assert catalogue_name(named(label), label, CATALOGUE, names_known(CATALOGUE)) is None


@pytest.mark.parametrize(
    "label", ["入境外国游客", "外国游客入境人次", "1. Inbound trips by foreign visitors", "inbound_trips"]
)
def test_a_whole_name_of_the_catalogue_does(label: str) -> None:
    held = catalogue_name(named(label), label, CATALOGUE, names_known(CATALOGUE))
    assert held is not None
    assert held.slug == "inbound_trips"


def test_a_label_that_joins_by_an_alias_alone_is_told(tmp_path: Path, warehouse: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("指标,2022年,2023年\n入境游客,100,120\n外国游客入境人次,90,110\n", encoding="utf-8")
    notes = propose(TableRequest(file=file), warehouse=warehouse).notes
    told = [n.params["where"] for n in notes if n.code == "doubt_joined_by_alias"]
    assert told == ["[indicators] 入境游客"]


def test_a_place_in_two_languages() -> None:
    rule = owner("东城区 Dongcheng District", CATALOGUE)
    assert (rule.slug, rule.name, rule.name_zh) == ("dongcheng_district", "Dongcheng District", "东城区")
    assert owner("朝阳区 Chaoyang", CATALOGUE).slug == "beijing/chaoyang"


def test_a_slug_in_other_spelling_is_a_name_too() -> None:
    held = catalogue_name(named("Regional HQ"), "Regional HQ", CATALOGUE, names_known(CATALOGUE))
    assert held is not None
    assert held.slug == "regional_hq"


def test_a_long_slug_keeps_the_part_that_tells_it_from_others() -> None:
    title = "Visitor arrivals to Singapore by country of residence and month"
    slugs = {slug_of(f"{title} / {country}") for country in ("Japan", "Peru")}
    assert all(len(slug) <= 60 and slug[-5:] in ("japan", "_peru") for slug in slugs)


@pytest.mark.parametrize("parts", [1, 2, 5, 12])
def test_a_long_name_keeps_something_of_each_of_its_parts(parts: int) -> None:
    name = " / ".join(f"{n} {'word ' * 12}end" for n in range(parts))
    short = shortened(name)
    assert len(short) <= 120
    assert parts > 4 or all(f"{n} word" in short for n in range(parts))
