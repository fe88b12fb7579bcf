"""Candidates against figures that are there, fact-checks, the folder of the accepted ones, the page to sign."""

from datetime import date
from pathlib import Path

import pytest

from warehouse.catalogue import Catalogue
from warehouse.reading import Document, Lexicon, Reader
from warehouse.reading.compare import Store, compare
from warehouse.reading.factcheck import check
from warehouse.reading.folder import write_folder
from warehouse.reading.view import page
from warehouse.records import DefinitionRecord, Entity, Indicator, Observation, Source, Text
from warehouse.seeds import read_snapshot


def indicator(slug, en, zh, *, measure="stock", unit="sites", aliases=()):
    return Indicator(
        slug=slug, name=Text(en=en, zh=zh), unit=Text(en=unit, zh="个"), measure=measure, kind="cumulative",
        kind_reason=Text(en="r", zh="r"), aliases=aliases,
    )  # fmt: skip


PORTS = indicator("sister_ports", "Sister ports", "友好港口", unit="ports")
FIRMS = indicator("foreign_firms", "Foreign-invested firms", "外资企业", unit="firms")
LYON = Entity(slug="lyon", name=Text(en="Lyon", zh="里昂"))
NORTH = Entity(slug="lyon/north", name=Text(en="North District", zh="北区"), parent="lyon")
LEXICON = Lexicon.of((PORTS, FIRMS), (LYON, NORTH), ())
READER = Reader(LEXICON)
TODAY = Document(published=date(2025, 10, 14), event=date(2025, 10, 14), entity="lyon", title="A <b>briefing</b>")


def figure(slug, value, day, *, low=None, high=None, qualifier="exact", definition="all", entity="lyon", source="s1"):
    exact = qualifier == "exact"
    return Observation(
        indicator=slug, entity=entity, definition=definition, period_start=day, period_end=day, value=value,
        low=value if exact else low, high=value if exact else high, as_stated=str(value), source=source,
        published=day, qualifier=qualifier,
    )  # fmt: skip


S1 = Source(id="s1", title="t", publisher="p", published=date(2025, 10, 14), event=date(2025, 10, 14), sha256="aa")
HELD = (
    figure("sister_ports", 260.0, date(2023, 6, 26)),
    figure("sister_ports", 287.0, date(2025, 10, 14)),
    figure("foreign_firms", 50000.0, date(2023, 6, 26), definition="ever_approved"),
    figure("foreign_firms", 35000.0, date(2025, 10, 14), low=35000.0, qualifier="at_least", definition="existing"),
)
STORE = Store(HELD, (S1,))


def relation(text, sha256="bb"):
    found = [c for c in READER.read(text, TODAY) if c.nature == "stated"]
    return [c.relation for c in compare(found, STORE, TODAY, sha256)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lyon has 287 sister ports.", "same_event"),
        ("Lyon has 290 sister ports.", "contradicts"),
        ("Lyon has more than 280 sister ports.", "bound_against_value"),
        ("At the end of 2021, Lyon had 250 sister ports.", "new_period"),
        ("North District has 31 sister ports.", "other_entity"),
        ("Lyon has 12 lighthouses.", "new"),
        ("里昂的友好港口增至287个。", "same_event"),
    ],
)
def test_a_candidate_is_set_against_what_the_store_holds(text, expected):
    assert relation(text) == [expected]


def test_the_same_document_corroborates_itself():
    assert relation("Lyon has 287 sister ports.", "aa") == ["corroborates"]


@pytest.mark.parametrize(
    ("claim", "verdict", "arithmetic"),
    [
        ("sister ports have grown by 27 since 2023", "supported", "287 - 260 = 27"),
        ("sister ports have grown by 40 since 2023", "contradicted", "287 - 260 = 27"),
        ("友好港口自2023年以来增加了27个", "supported", "287 - 260 = 27"),
        ("Sister ports increased by 11 percent since 2023", "contradicted", "287 / 260 - 1 = 10.38 %"),
        ("Sister ports increased by 10 percent since 2023", "supported", "287 / 260 - 1 = 10.38 %"),
        ("Lyon has 287 sister ports", "supported", "287 = 287"),
        ("Lyon has 60,000 foreign-invested firms", "not_comparable", "35000 < 60000"),
        ("foreign-invested firms fell by 15,000 since 2023", "not_comparable", ""),
        ("Lyon has 12 lighthouses", "not_comparable", ""),
    ],
)
def test_a_claim_is_supported_contradicted_or_not_comparable(claim, verdict, arithmetic):
    (result,) = check(claim, READER, STORE, TODAY)
    assert (result.verdict, result.arithmetic) == (verdict, arithmetic)


def test_an_event_is_recognised_by_three_figures_the_store_has_from_it():
    held = Store([figure("sister_ports", float(v), date(2025, 10, 14)) for v in (1, 2, 3)], (S1,))
    text = "Lyon has 2 sister ports. It has 3 sister ports. It has 2 sister ports."
    later = Document(published=date(2025, 10, 16), entity="lyon")
    assert held.event_of(READER.read(text, later), later) == (date(2025, 10, 14), "s1")


def test_the_folder_of_accepted_candidates_is_a_snapshot_that_can_be_read_back(tmp_path: Path):
    known = Catalogue(
        indicators={i.slug: i for i in (PORTS, FIRMS)}, entities={e.slug: e for e in (LYON, NORTH)},
        default_entity="lyon",
        definitions=(
            DefinitionRecord(indicator="sister_ports", slug="all", text=Text(en="All", zh="全部")),
            DefinitionRecord(indicator="foreign_firms", slug="existing", text=Text(en="Existing", zh="现存")),
        ),
    )  # fmt: skip
    text = "Lyon has 291 sister ports, over 36,000 foreign-invested firms and 12 lighthouses."
    candidates = READER.read(text, TODAY)
    assert write_folder(tmp_path / "2025-10-14-a", candidates, TODAY, known, STORE, sha256="cc") == 2
    snapshot = read_snapshot(tmp_path / "2025-10-14-a", known)
    assert [(o.indicator, o.value, o.low, o.high) for o in snapshot.observations] == [
        ("sister_ports", 291.0, 291.0, 291.0),
        ("foreign_firms", 36000.0, 36000.0, None),
    ]
    assert snapshot.source.sha256 == "cc"
    assert snapshot.observations[0].phrase == "291 sister ports"
    assert "12 lighthouses" in (tmp_path / "2025-10-14-a" / "unknown.csv").read_text(encoding="utf-8-sig")


def test_the_page_escapes_the_document_and_carries_no_script():
    raw = "<script>alert(1)</script> Lyon has 287 sister ports & more."
    shown = page(raw, READER.read(raw, TODAY), TODAY, lambda code, **_: f"<{code}>", lambda _, code: code)
    assert "<script" not in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert ">287 sister ports<sup>" in shown
    assert "A &lt;b&gt;briefing" in shown
    assert "default-src &#x27;none&#x27;" in shown
