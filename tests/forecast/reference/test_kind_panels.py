"""The panels of countries: what the files hold, and which half of it the fit may read."""

from __future__ import annotations

import csv
import hashlib
import json

import numpy as np
import pytest

from forecast.reference.classes import HERE
from forecast.reference.kind_data import LEAST, cut
from forecast.reference.kind_panels import ORIGINS, Panel, country_panels, side

FOLDER = HERE / "panels"


def rows(name: str) -> list[list[str]]:
    return list(csv.reader((FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


def test_every_file_has_an_origin_and_all_of_them_together_stay_small() -> None:
    found = {path.stem: path.stat().st_size for path in FOLDER.glob("*.csv")}
    assert set(found) == set(ORIGINS)
    assert sum(found.values()) < 100_000


@pytest.mark.parametrize(
    ("name", "entity", "year", "stated"),
    [
        ("arrivals", "chn", "2010", "55664000"),
        ("arrivals", "bhs", "2008", "1463000"),
        ("exports", "arg", "2011", "84051000000"),
        ("listed_companies", "aus", "2005", "1643"),
        ("listed_companies", "ind", "2000", "5853"),
    ],
)
def test_figures_are_those_of_the_source(name: str, entity: str, year: str, stated: str) -> None:
    head, *body = rows(name)
    (found,) = [row[head.index(year)] for row in body if row[0] == entity]
    assert found == stated


@pytest.mark.parametrize("name", ORIGINS)
def test_years_follow_each_other_and_every_entity_stands_once(name: str) -> None:
    head, *body = rows(name)
    years = [int(year) for year in head[1:]]
    assert years == list(range(years[0], years[-1] + 1))
    assert len({row[0] for row in body}) == len(body)
    assert all(len(row) == len(head) for row in body)


def test_the_fit_reads_one_half_of_the_entities_and_both_are_large_enough_to_examine() -> None:
    for name, dev, test in zip(ORIGINS, country_panels(), country_panels("TEST"), strict=True):
        entities = [row[0] for row in rows(name)[1:]]
        assert len(dev.values) == sum(side(e) == "DEV" for e in entities) >= LEAST
        assert len(dev.values) + len(test.values) == len(entities)
        assert len(test.values) >= LEAST


def test_the_kinds_file_was_made_of_these_files() -> None:
    told = json.loads((HERE / "kinds.json").read_text(encoding="utf-8"))["data"]["panels"]
    for panel in country_panels():
        entry = told[panel.name]
        assert entry["sha256"] == hashlib.sha256(np.ascontiguousarray(panel.values, "<f8").tobytes()).hexdigest()
        assert entry["source"] == panel.source
        assert ORIGINS[panel.name].commit in entry["source"]
        assert "CC BY 4.0" in entry["source"]


def test_of_the_flows_of_whole_countries_none_is_left_out_for_its_size() -> None:
    rng = np.random.default_rng(1)
    values = np.exp(rng.normal(3, 2, (60, 1)) + np.cumsum(rng.normal(0, 0.1, (60, 11)), axis=1))
    whole = Panel(name="some", kind="flow", values=values, first=2000, source="somewhere")
    parts = Panel(name="some", kind="flow", values=values, first=2000)
    assert len(cut(whole)[0].past) == 60
    assert len(cut(parts)[0].past) == 30
