"""Countries that visitors come from or goods go to: a breakdown of the table's own figures, not places of their own."""

from __future__ import annotations

from typing import Any

import pytest

RESIDENCE = "Country,2021,2022\nJapan,1200,5000\nIndonesia,40000,90000\nTotal,330059,6305744\n"


def test_a_heading_makes_countries_the_other_ends_of_a_place_that_has_to_be_said(bring: Any) -> None:
    body = "国籍,2022年（万人次）,2023年（万人次）\n日本,1.2,9.7\n韩国,2.1,10.1\n"
    found = bring(f"入境游客客源国情况,,\n{body}", whose="somewhere")
    assert ("partners_in_names", "国籍") in found.doubts
    assert found.told("C4") == ("入境游客客源国情况 / 韩国 [万人次]", "somewhere", "2023-12-31", "101000")


def test_a_title_does_where_it_names_the_place(bring: Any) -> None:
    found = bring(f"Table 3 Visitor arrivals to Singapore by country of residence,,\n{RESIDENCE}")
    assert found.told("C4")[1:] == ("Singapore", "2022-12-31", "90000")
    assert found.told("C3")[0] == "Visitor arrivals to Singapore by country of residence / Japan"


def test_a_steward_may_say_that_they_are_places(bring: Any) -> None:
    title = "Visitor arrivals to Singapore by country of residence"
    found = bring(f"{title},,\n{RESIDENCE}", ('A = "part"', 'A = "entity"'))
    assert found.told("C3")[:2] == (title, "Japan")


@pytest.mark.parametrize(
    "title",
    [
        "Visitor arrivals by country", "Population of Asia by district of residence", "世界主要国家进出口总额",
        "各国人口数（数据来源国家统计局）", "International arrivals by country of destination",
    ],
)  # fmt: skip
def test_countries_are_owners_where_nothing_says_otherwise(title: str, bring: Any) -> None:
    found = bring(f"{title},,\n{RESIDENCE}资料来源：国家统计局,,\n")
    assert not [code for code, _ in found.doubts if code == "partners_in_names"]
    assert found.told("C4")[1] == "Indonesia"


def test_countries_that_may_be_where_visitors_come_from_are_asked_about(bring: Any) -> None:
    rows = "Afghanistan,1,2019,263\nAlbania,1,2019,205\nAlbania,2,2019,207\n"
    assert ("partners_perhaps", "Afghanistan, Albania") in bring("area,month,year,visitor_arrivals\n" + rows).doubts


def test_headings_again_with_others_beside_the_first_begin_another_table(bring: Any) -> None:
    panel = (
        "Earnings of Taiwan,,\nYear,Industry,Mining\n2001,5,6\n2011,7,8\n\nYear,Services,Trade\n2001,9,1\n2011,2,3\n"
    )
    found = bring(panel)
    assert set(found.cells) == {"B3", "C3", "B4", "C4"}
    assert "another_table" in dict(found.doubts)
