"""The steward's first steps: a folder to fill in, a folder or a figure to land, and every fault at once."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

ADD = ("snapshot", "add", "--indicator", "intl_orgs", "--definition", "registered", "--period-end", "2026-06-30",
       "--value", "131", "--published", "2026-07-02", "--title", "A later briefing")  # fmt: skip

SISTERS = ("snapshot", "add", "--indicator", "sister_cities", "--period-end", "2026-06-30", "--published", "2026-07-02",
           "--title", "A later briefing")  # fmt: skip

NEWSPAPER = ("snapshot", "add", "--indicator", "intl_orgs", "--definition", "unqualified", "--period-end", "2025-10-14",
             "--published", "2025-11-01", "--title", "A newspaper")  # fmt: skip


def folder_of(folder: Path, rows: str, source: str = 'title = "T"\npublisher = "P"\npublished = 2026-07-02\n') -> Path:
    folder.mkdir()
    (folder / "source.toml").write_text(source, encoding="utf-8")
    (folder / "observations.csv").write_text(rows, encoding="utf-8")
    return folder


def history(run: Any, *options: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(run("history", "intl_orgs", "--format", "json", *options).stdout)
    return told


def test_adding_a_figure_changes_the_projection_and_a_dry_run_does_not(run: Any) -> None:
    before = run("project", "intl_orgs", "--model", "pooled_drift").stdout
    dry = run(*ADD, "--dry-run")
    assert dry.returncode == 0
    assert run("project", "intl_orgs", "--model", "pooled_drift").stdout == before
    assert len(history(run)) == 3
    done = run(*ADD, "--yes", "--by", "A Steward")
    assert done.returncode == 0, done.stderr
    added = history(run)[-1]
    assert (added["value"], added["author"], added["period_start"]) == (131, "A Steward", "2026-06-30")
    assert run("project", "intl_orgs", "--model", "pooled_drift").stdout != before


def test_adding_it_again_changes_nothing_and_says_so(run: Any) -> None:
    run(*ADD, "--yes")
    again = run(*ADD, "--yes")
    assert again.returncode == 0
    assert "Nothing new" in again.stderr
    assert len(history(run)) == 4


def test_the_same_statement_of_another_source_corroborates_and_adds_no_point(run: Any) -> None:
    done = run(*NEWSPAPER, "--value", "127", "--yes")
    assert "corroborates" in done.stderr
    rows = history(run)
    assert len(rows) == 3
    assert len(rows[-1]["corroborated_by"]) == 3
    told = json.loads(run("project", "intl_orgs", "--model", "pooled_drift", "--format", "json").stdout)
    assert told["n_observations"] == 3


def test_two_sources_that_disagree_are_one_point_spanning_both(run: Any) -> None:
    done = run(*NEWSPAPER, "--value", "129", "--yes")
    assert "disagrees" in done.stderr
    told = json.loads(run("project", "intl_orgs", "--model", "pooled_drift", "--format", "json").stdout)
    assert "figures_disagree" in {n["code"] for n in told["notes"]}
    assert len({o["period_end"] for o in told["observations"]}) == 3


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--value", "many", "not a plain number"),
        ("--value", "-3", "limits"),
        ("--period-end", "2026-02-30", "not a date"),
        ("--period-end", "2026-08-01", "period"),
        ("--published", "2999-01-01", "future"),
        ("--low", "140", "above the value"),
        ("--qualifier", "roughly", "not one of"),
        ("--indicator", "intl_orgz", "intl_orgs"),
        ("--definition", "nope", "registered"),
    ],
)
def test_a_faulty_figure_is_rejected_whole(run: Any, option: str, value: str, says: str) -> None:
    arguments = list(ADD)
    if option in arguments:
        arguments[arguments.index(option) + 1] = value
    else:
        arguments += [option, value]
    done = run(*arguments, "--yes")
    assert done.returncode == 3
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert len(history(run)) == 3


@pytest.mark.parametrize(
    ("value", "printed", "low", "high", "qualifier"),
    [
        ("290", "over 290", 290, None, "at_least"),
        ("290", "逾290个", 290, None, "at_least"),
        ("290", "nearly 290", None, 290, "at_most"),
        ("290", "近290个", None, 290, "at_most"),
        ("290", "290 sister cities", 290, 290, "exact"),
        ("12000", "1.2万余", 12000, None, "at_least"),
        ("290", "290; up 4 from over 280", 290, 290, "exact"),
    ],
)
def test_a_blank_qualifier_is_what_the_printed_words_say(
    run: Any, value: str, printed: str, low: float | None, high: float | None, qualifier: str
) -> None:
    done = run(*SISTERS, "--value", value, "--as-stated", printed, "--dry-run", "--format", "json")
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(done.stdout)
    assert (row["low"], row["high"], row["qualifier"]) == (low, high, qualifier)
    assert (f"qualifier is blank: {printed} = " in done.stderr) == (qualifier != "exact")


@pytest.mark.parametrize(
    ("value", "printed", "qualifier", "names"),
    [
        ("290", "over 290", "exact", ("'exact'", "over 290 = at_least")),
        ("290", "nearly 290", "at_least", ("'at_least'", "nearly 290 = at_most")),
        ("290", "约290个", "exact", ("'exact'", "约290个 = about")),
        ("290", "295", "", ("'290'", "295 = 295")),
        ("3210", "3.21 million", "", ("'3210'", "3.21 million = 3210000")),
        ("12000", "120万", "", ("'12000'", "120万 = 1200000")),
        ("290", "about 290", "", ("low and high",)),
    ],
)
def test_a_figure_that_contradicts_its_printed_words_is_refused_with_both_named(
    run: Any, value: str, printed: str, qualifier: str, names: tuple[str, ...]
) -> None:
    done = run(*SISTERS, "--value", value, "--as-stated", printed, "--qualifier", qualifier, "--yes")
    assert done.returncode == 3
    assert all(name in done.stderr for name in names), done.stderr


def test_a_bare_number_may_be_short_of_the_unit_of_its_heading_and_that_is_said(run: Any) -> None:
    done = run(*SISTERS, "--value", "2900000", "--as-stated", "290", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "must stand elsewhere in the document: 290 = 2900000" in done.stderr


def test_a_mended_printed_form_is_held_against_the_qualifier_too(run: Any) -> None:
    last = history(run)[-1]["id"]
    refused = run("snapshot", "correct", last, "--as-stated", "over 127", "--why", "misread")
    assert refused.returncode == 3
    assert "over 127 = at_least" in refused.stderr
    both = ("--as-stated", "over 127", "--qualifier", "at_least")
    done = run("snapshot", "correct", last, *both, "--why", "misread", "--dry-run")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("bulk_bytes", [4_000_000, 10], ids=["row by row", "as columns"])
def test_a_folder_takes_and_refuses_by_the_printed_words(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bulk_bytes: int
) -> None:
    monkeypatch.setattr("forecast.workflow.landing_bulk.BULK_BYTES", bulk_bytes)
    heading = "indicator,period_end,value,as_stated,qualifier\n"
    good = folder_of(tmp_path / "2026-07-01-good", heading + 'sister_cities,2026-06-30,290,"over 290",\n')
    done = run("snapshot", "import", str(good))
    assert done.returncode == 0, done.stderr
    assert "over 290 = at least" in done.stderr
    (landed,) = (r for r in json.loads(run("history", "sister_cities", "--format", "json").stdout) if r["value"] == 290)
    assert (landed["low"], landed["high"], landed["qualifier"]) == (290, None, "at_least")

    rows = 'sister_cities,2026-05-31,291,"over 291",exact\nsister_cities,2026-04-30,29,290 cities,\n'
    bad = run("snapshot", "import", str(folder_of(tmp_path / "2026-07-02-bad", heading + rows)))
    assert bad.returncode == 3
    assert "over 291 = at_least" in bad.stderr
    assert "290 cities = 290" in bad.stderr


def test_the_example_row_is_a_figure_its_indicator_really_had(run: Any, tmp_path: Path) -> None:
    run("snapshot", "new", "2026-07-02-city-briefing")
    with (tmp_path / "2026-07-02-city-briefing" / "observations.csv").open(encoding="utf-8-sig", newline="") as file:
        (example,) = csv.DictReader(file)
    told = json.loads(run("history", example["indicator"], "--format", "json").stdout)
    reported = {(r["value"], r["qualifier"], r["period_end"], r["definition"]) for r in told}
    wanted = (float(example["value"]), example["qualifier"], example["period_end"], example["definition"])
    assert wanted in reported


def test_a_new_folder_is_filled_in_and_lands_as_one_snapshot(run: Any, tmp_path: Path) -> None:
    made = run("snapshot", "new", "2026-07-02-city-briefing")
    assert made.returncode == 0, made.stderr
    folder = tmp_path / "2026-07-02-city-briefing"
    assert "intl_orgs" in (folder / "slugs.txt").read_text(encoding="utf-8")
    untouched = run("snapshot", "import", str(folder))
    assert untouched.returncode == 3

    source = (folder / "source.toml").read_text(encoding="utf-8")
    source = source.replace('title = ""', 'title = "A briefing"').replace('publisher = ""', 'publisher = "An office"')
    (folder / "source.toml").write_text(source.replace("# published =", "published = 2026-07-02"), encoding="utf-8")
    still = run("snapshot", "import", str(folder))
    assert still.returncode == 3
    assert "example row" in still.stderr

    with (folder / "observations.csv").open(encoding="utf-8-sig", newline="") as file:
        heading = next(csv.reader(file))
    rows = [
        {"indicator": "国际组织", "definition": "registered", "period_end": "2026-06-30", "value": "131"},
        {"indicator": "inbound_trips", "period_start": "2025", "period_end": "2025", "value": "4100000",
         "low": "4095000", "high": "4105000", "as_stated": "4.1 million"},
    ]  # fmt: skip
    with (folder / "observations.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, heading, restval="")
        writer.writeheader()
        writer.writerows(rows)
    dry = run("snapshot", "import", str(folder), "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert len(history(run)) == 3
    landed = run("snapshot", "import", str(folder), "--format", "json")
    assert [row["state"] for row in json.loads(landed.stdout)] == ["new", "new"]
    assert [h["value"] for h in history(run)][-1] == 131
    assert "Nothing new" in run("snapshot", "import", str(folder)).stderr


def test_all_faults_of_a_folder_are_reported_together_and_nothing_lands(run: Any, tmp_path: Path) -> None:
    folder = tmp_path / "2026-07-02-faulty"
    folder.mkdir()
    (folder / "source.toml").write_text('title = "T"\npublisher = "P"\npublished = 2026-07-02\n', encoding="utf-8")
    (folder / "observations.csv").write_text(
        "indicator,definition,period_end,value\n"
        "intl_orgs,registered,2026-06-30,131\n"
        "intl_orgs,registered,2026-05-31,a lot\n"
        "sister_citys,,2026-06-30,290\n"
        "regional_hq,,2026-06-31,280\n"
        "regional_hq,,2026-06-30\n",
        encoding="utf-8",
    )
    done = run("snapshot", "import", str(folder))
    assert done.returncode == 3
    for line in (3, 4, 5, 6):
        assert f"observations.csv:{line}" in done.stderr
    assert len(history(run)) == 3


def test_the_faults_of_both_files_and_all_faults_of_a_row_are_told_at_once(run: Any, tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path / "2026-07-02-faulty",
        "indicator,definition,period_start,period_end,value,low,high,qualifier,nature,note\n"
        "intl_orgs,registered,,2026-06-31,a lot,1 2,,at_lest,stated,EXAMPLE ROW\n"
        "regional_hq,,2026-06-30,2026-05-31,280,290,270,at_least,guessed,\n"
        "inbound_trips,,,2026-05-31,-5,,,about,,\n",
        'title = ""\npublisher = "P"\nauthor = "A"\n',
    )
    done = run("snapshot", "import", str(folder))
    assert done.returncode == 3
    told = [line.strip().split(": ") for line in done.stderr.splitlines()[1:]]
    assert {(where.removeprefix("observations.csv:"), column) for where, column, *_ in told} == {
        ("source.toml", "title"), ("source.toml", "published"), ("source.toml", "author"),
        ("2", "period_end"), ("2", "value"), ("2", "low"), ("2", "qualifier"), ("2", "note"),
        ("3", "period_start"), ("3", "low"), ("3", "high"), ("3", "nature"),
        ("4", "period_start"), ("4", "value"), ("4", "low"),
    }  # fmt: skip


def test_a_folder_published_in_the_future_says_so_among_its_other_faults(run: Any, tmp_path: Path) -> None:
    source = 'title = "T"\npublisher = "P"\npublished = 2999-01-01\n'
    rows = "indicator,definition,period_end,value\nintl_orgs,registered,2026-06-30,many\n"
    done = run("snapshot", "import", str(folder_of(tmp_path / "2999-01-01-later", rows, source)))
    assert done.returncode == 3
    assert "future" in done.stderr
    assert "many" in done.stderr


def test_an_existing_folder_is_not_overwritten(run: Any, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert run("snapshot", "new", "mine").returncode == 2
    assert run("snapshot", "new", "../outside").returncode == 2


def test_explain_shows_phrase_place_clocks_formula_and_what_corroborates(run: Any) -> None:
    told = json.loads(run("explain", "intl_orgs", "--date", "2025-10-14", "--format", "json").stdout)
    first = next(row for row in told if row["source"] == "2025-10-14-city-briefing")
    assert first["phrase"]
    assert first["locator"]
    assert first["published"] == "2025-10-14"
    assert first["recorded"]
    assert len(first["corroborated_by"]) == 2
    derived = json.loads(run("explain", "intl_orgs", "--date", "2020-12-31", "--format", "json").stdout)
    assert derived["formula"]
    assert {parent["as_stated"] for parent in derived["derived_from"]} == {"127", "32%"}
    by_id = json.loads(run("explain", first["id"], "--format", "json").stdout)
    assert by_id["id"] == first["id"]
