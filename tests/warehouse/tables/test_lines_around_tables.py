"""What stands around a table: publisher, day of publication, title, and the place whose figures they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from warehouse.catalogue import Catalogue, read_catalogue
from warehouse.location import seeds_folder
from warehouse.tables.around import source_around
from warehouse.tables.grid import Grid
from warehouse.tables.shape import look
from warehouse.tables.whose import place_around

CATALOGUE = read_catalogue(seeds_folder())
BODY = (("Item", "2022", "2023"), ("A", "11", "12"), ("B", "21", "22"))


def table(above: tuple[str, ...] = (), below: tuple[str, ...] = ()) -> Grid:
    """A table with lines above and below it; two cells of a line are parted by a bar."""
    lines = [[*(line.split("|")), "", ""][:3] for line in (*above, "", *("|".join(r) for r in BODY), "", *below)]
    return Grid(name="t", rows=tuple(map(tuple, lines)))


def source(above: tuple[str, ...] = (), below: tuple[str, ...] = ()) -> dict[str, object]:
    grid = table(above, below)
    return source_around(look(grid), grid, Path("x.csv"), [], [])


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("Source: Central Statistical Office", "Central Statistical Office"),
        ("资料来源：市文化和旅游局", "市文化和旅游局"),
        ("数据来源：国家统计局", "国家统计局"), ("資料來源：交通部觀光署", "交通部觀光署"), ("出典：観光庁", "観光庁"),
        ("출처: 통계청", "통계청"),
        ("Quelle: Statistik Austria", "Statistik Austria"), ("Fuente: INE", "INE"), ("Source : Insee", "Insee"),
        ("© Statistisches Bundesamt (Destatis), 2024 / Stand: 31.01.2024", "Statistisches Bundesamt (Destatis)"),
    ],
)  # fmt: skip
def test_the_publisher_behind_the_word_for_a_source(line: str, publisher: str) -> None:
    assert source(below=(line,))["publisher"] == publisher
    assert source(above=("A title of a table", line))["publisher"] == publisher


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Release date|21-04-2026", date(2026, 4, 21)), ("Last updated: November 15, 2018 -- new", date(2018, 11, 15)),
        ("Last Updated Date|2024-07-01", date(2024, 7, 1)), ("Data last updated: 24/01/2022", date(2022, 1, 24)),
        ("发布时间：2025-02-28", date(2025, 2, 28)), ("更新日期|2025/02/28", date(2025, 2, 28)),
        ("자료갱신일: 2024. 5. 31", date(2024, 5, 31)),
    ],
)  # fmt: skip
def test_the_day_of_publication_above_and_below(line: str, day: date) -> None:
    assert source(above=("A title", line))["published"] == day
    assert source(below=(line,))["published"] == day


@pytest.mark.parametrize(
    "line",
    ["Data last updated: 05/02/2024", "Next release date: 21-04-2026", "Stand: 31.01.2024 / 08:15:00",
     "Data extracted on 05/02/2024 10:11:12"],
)  # fmt: skip
def test_no_day_is_guessed_nor_taken_from_a_retrieval(line: str) -> None:
    assert "published" not in source(above=("A title", line))


def test_a_publication_counts_before_a_download() -> None:
    lines = ("Data extracted on 25/02/2024 10:11:12", "Last updated: 13/02/2024")
    assert source(above=("A title", *lines))["published"] == date(2024, 2, 13)
    assert source(above=("A title", lines[0]))["published"] == date(2024, 2, 25)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Table Title: Average Prices", "Average Prices"), ("Title|Average Prices", "Average Prices"),
        ("統計名：|宿泊旅行統計調査", "宿泊旅行統計調査"), ("Dataset: Nights spent", "Nights spent"),
        ("表1-1 人口", "人口"),
    ],
)  # fmt: skip
def test_the_title(line: str, title: str) -> None:
    assert source(above=(line,))["title"] == title


@pytest.mark.parametrize(
    ("above", "below", "place"),
    [
        (("澳門特別行政區政府統計暨普查局",), (), "澳门"), (("Prices",),
        ("Source: SINGAPORE DEPARTMENT OF STATISTICS",), "Singapore"),
        (("Prices in Singapore dollars",), (), "Singapore"), (("主要商品量值表",), ("数据来源：海关总署",), "全国"),
        (("人口",), ("资料来源：国家统计局",), "全国"), (("贵州省旅游收入",), ("资料来源：国家统计局",), "贵州"),
        (("成都市旅游收入",), ("资料来源：文化和旅游部",), "成都市"), (("人口",), ("来源：北京市统计局",), "beijing"),
        (("Population",), ("Source: Statistics Canada",), "Canada"),
        (("Trade",), ("Source: Office for National Statistics",), "United Kingdom"),
        (("Visitors from Japan",), ("Source: Statistics Norway",), "Norway"),
        (("Tourism in Austria",), ("Source: Statistics Canada",), "Austria"),
        (("Emploi",), ("Source : Insee",), ""), (("Bevölkerung",), ("© Statistisches Bundesamt (Destatis)",), ""),
        (("Nights",), ("Source: Eurostat",), ""), (("全市旅游收入",), (), ""), (("按各省市分的收入",), (), ""),
        (("Arrivals",), (), ""),
    ],
)  # fmt: skip
def test_whose_figures_they_are(above: tuple[str, ...], below: tuple[str, ...], place: str) -> None:
    grid = table(above, below)
    assert place_around(grid, look(grid), CATALOGUE) == place


def test_other_sheets_and_the_name_of_the_file_tell_it_last() -> None:
    grid = table(("Arrivals",))
    other = Grid(name="About", rows=(("Statistics Denmark", ""),))
    assert place_around(grid, look(grid), Catalogue(), Path("Norway_arrivals.csv")) == "Norway"
    assert place_around(grid, look(grid), Catalogue(), Path("Norway_arrivals.csv"), [other]) == "Denmark"
