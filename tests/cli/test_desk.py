"""The steward's desk as a steward uses it: mend, define, audit, compare, export and bring back."""

from __future__ import annotations

import csv
import json
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

CSV = ("--format", "csv")


def figures(run: Any, indicator: str, *options: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(run("history", indicator, "--format", "json", *options).stdout)
    return told


def newest(run: Any, indicator: str) -> dict[str, Any]:
    return figures(run, indicator)[-1]


def test_a_correction_is_seen_on_every_day_and_the_record_keeps_the_old_one(run: Any) -> None:
    old = newest(run, "regional_hq")
    before = datetime.now(UTC).isoformat()
    done = run("snapshot", "correct", old["id"], "--value", "272", "--why", "misread", "--by", "Li", "--yes")
    assert done.returncode == 0, done.stderr
    new = newest(run, "regional_hq")
    assert (new["value"], new["low"], new["published"], new["author"], new["reason"]) == (
        272, 272, old["published"], "Li", "misread",
    )  # fmt: skip
    assert figures(run, "regional_hq", "--as-of", old["published"])[-1]["value"] == 272
    assert figures(run, "regional_hq", "--as-recorded", before)[-1]["value"] == 271
    replaced = figures(run, "regional_hq", "--superseded")
    assert [(r["value"], bool(r["superseded_by"])) for r in replaced] == [(226, False), (271, True), (272, False)]
    assert "~~271~~" in run("history", "regional_hq", "--superseded").stdout


def test_a_revision_is_seen_only_from_its_publication(run: Any) -> None:
    old = newest(run, "sister_cities")
    done = run("snapshot", "revise", old["id"], "--value", "290", "--published", "2026-02-01", "--title", "A bulletin",
               "--why", "counted again", "--yes")  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert newest(run, "sister_cities")["value"] == 290
    assert figures(run, "sister_cities", "--as-of", "2026-01-31")[-1]["value"] == 287
    early = run("snapshot", "revise", newest(run, "regional_hq")["id"], "--value", "1", "--published", "2020-01-01",
                "--title", "Too early", "--why", "x")  # fmt: skip
    assert early.returncode == 2
    assert "snapshot correct" in early.stderr


def test_a_retracted_figure_stands_for_nothing_and_lets_no_older_one_return(run: Any) -> None:
    old = newest(run, "regional_hq")
    run("snapshot", "correct", old["id"], "--value", "272", "--why", "misread", "--yes")
    mended = newest(run, "regional_hq")
    assert run("snapshot", "retract", mended["id"], "--why", "withdrawn", "--yes").returncode == 0
    assert [r["value"] for r in figures(run, "regional_hq")] == [226]


def test_a_figure_can_be_retracted_once_and_every_later_try_says_so(run: Any) -> None:
    old = newest(run, "regional_hq")
    run("snapshot", "correct", old["id"], "--value", "272", "--why", "misread", "--yes")
    mended = newest(run, "regional_hq")
    replaced = run("snapshot", "retract", old["id"], "--why", "x")
    assert (replaced.returncode, mended["id"] in replaced.stderr) == (2, True)
    tried = run("snapshot", "retract", mended["id"], "--why", "withdrawn", "--dry-run")
    assert "would be replaced" not in tried.stderr
    run("snapshot", "retract", mended["id"], "--why", "withdrawn", "--yes")
    gone = figures(run, "regional_hq", "--superseded")[-1]["id"]
    for id in (old["id"], mended["id"], gone):
        again = run("snapshot", "retract", id, "--why", "withdrawn", "--yes")
        assert again.returncode == 2
        assert f"{id} was retracted already" in again.stderr


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_dry_run_names_what_rests_on_the_value_and_writes_nothing(run: Any, warehouse: Path, lang: str) -> None:
    run("target", "set", "--indicator", "regional_hq", "--value", "400", "--by", "2030")
    before = warehouse.read_bytes()
    done = run("snapshot", "correct", newest(run, "regional_hq")["id"], "--value", "272", "--why", "x", "--dry-run",
               "--lang", lang)  # fmt: skip
    assert done.returncode == 0
    assert "regional_hq_net_change" in done.stderr
    assert "271 - 226" in done.stderr
    assert warehouse.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("correct", "nosuchid0000", "--value", "1", "--why", "x"), "No figure has the id"),
        (("correct", "ID", "--value", "1"), "--why"),
        (("correct", "ID", "--why", "x"), "nothing would change"),
        (("correct", "ID", "--value", "271", "--why", "x"), "nothing would change"),
        (("correct", "ID", "--value", "many", "--why", "x"), "not a plain number"),
        (("correct", "ID", "--value", "-5", "--why", "x"), "outside the indicator's limits"),
        (("revise", "ID", "--why", "x", "--published", "2026-02-01", "--title", "t"), "--value"),
    ],
)
def test_a_mending_that_makes_no_sense_is_refused(run: Any, arguments: tuple[str, ...], told: str) -> None:
    own = newest(run, "regional_hq")["id"]
    done = run("snapshot", *(own if a == "ID" else a for a in arguments))
    assert done.returncode in (2, 3)
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_what_was_written_can_be_listed_and_shown(run: Any) -> None:
    run(
        "snapshot",
        "correct",
        newest(run, "regional_hq")["id"],
        "--value",
        "272",
        "--why",
        "misread",
        "--by",
        "Li",
        "--yes",
    )
    entries = json.loads(run("snapshot", "list", "--format", "json").stdout)
    assert (entries[-1]["author"], entries[-1]["action"], entries[-1]["figures"]) == ("Li", "correct", 1)
    shown = run("snapshot", "show", "2025-10-14-city-briefing")
    assert "~~271~~" in shown.stdout
    assert run("snapshot", "show", "nosuch").returncode == 2


def test_a_slug_is_what_the_help_says_of_it(run: Any) -> None:
    assert "letters, digits, underscores, hyphens" in " ".join(run("define", "indicator", "--help").stdout.split())
    made = ("define", "indicator", "--name", "N", "--unit", "things", "--yes")
    assert run(*made[:2], "air-routes_2", *made[2:]).returncode == 0
    refused = run(*made[:2], "air.routes", *made[2:])
    assert refused.returncode == 3
    assert "letters, digits, underscores and hyphens" in refused.stderr


def test_new_names_in_both_languages_and_their_conflicts(run: Any, tmp_path: Path) -> None:
    assert (
        run("define", "entity", "shanghai", "--name", "Shanghai", "--name-zh", "上海市", "--alias", "上海").returncode
        == 0
    )
    assert run("define", "indicator", "embassies", "--name", "Embassies", "--name-zh", "使馆", "--unit", "missions",
               "--unit-zh", "个").returncode == 0  # fmt: skip
    taken = run("define", "alias", "indicator", "embassies", "国际组织")
    assert taken.returncode == 3
    assert "intl_orgs" in taken.stderr
    assert run("define", "alias", "indicator", "embassies", "大使馆").returncode == 0
    done = run("snapshot", "add", "--indicator", "大使馆", "--entity", "上海", "--period-end", "2025-12-31",
               "--value", "4", "--published", "2026-01-05", "--title", "A list", "--yes")  # fmt: skip
    assert done.returncode == 0, done.stderr
    lacking = run("history", "embassies")
    assert "shanghai" in lacking.stderr
    assert run("define", "definition", "embassies", "strict", "--text", "Embassies alone").returncode == 0
    assert run("define", "comparable", "embassies", "strict", "as_defined").returncode == 2
    assert run("define", "comparable", "embassies", "strict", "as_defined", "--why", "same list").returncode == 0
    (tmp_path / "entities.toml").write_text(
        '[tianjin]\nname = { en = "Tianjin", zh = "天津市" }\nparent = "mars"\n', encoding="utf-8"
    )
    assert run("define", "file", "entities.toml").returncode == 3
    (tmp_path / "entities.toml").write_text('[tianjin]\nname = { en = "Tianjin", zh = "天津市" }\n', encoding="utf-8")
    assert run("define", "file", "entities.toml").returncode == 0
    assert "Nothing new" in run("define", "file", "entities.toml").stderr


def test_a_fresh_warehouse_audits_clean_in_both_languages(run: Any) -> None:
    for lang, word in (("en", "Sound"), ("zh", "无误")):
        done = run("audit", "--lang", lang)
        assert done.returncode == 0, done.stdout
        assert word in done.stderr


def test_the_audit_finds_what_contradicts_and_an_explanation_answers_it(run: Any) -> None:
    run("snapshot", "correct", newest(run, "regional_hq")["id"], "--value", "571", "--why", "x", "--yes")
    run("snapshot", "add", "--indicator", "intl_orgs", "--definition", "unqualified", "--period-end", "2025-10-14",
        "--value", "140", "--published", "2025-11-01", "--title", "A newspaper", "--yes")  # fmt: skip
    done = run("audit", "--format", "json")
    assert done.returncode == 1
    told = {f["code"]: f["key"] for f in json.loads(done.stdout)["findings"] if f["open"]}
    assert {"contradiction", "derived_disagrees", "incredible_jump"} <= told.keys()
    assert run("audit", "--explain", told["contradiction"], "--why", "a misprint", "--by", "Li").returncode == 0
    after = json.loads(run("audit", "--format", "json").stdout)["findings"]
    answered = next(f for f in after if f["key"] == told["contradiction"])
    assert (answered["open"], answered["author"], answered["explanation"]) == (False, "Li", "a misprint")


def rewritten(path: Path, table: str, change: str) -> None:
    """Change rows of a table behind the store's back, as a person with DuckDB could: without its guards, then with."""
    with duckdb.connect(str(path)) as connection:
        guards = connection.execute("SELECT sql FROM duckdb_triggers() WHERE table_name = $t", {"t": table}).fetchall()
        connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT {change} FROM {table}")
        for (statement,) in guards:
            connection.execute(statement)


@pytest.mark.parametrize(
    ("table", "change", "named"),
    [
        ("observation", "* REPLACE (CASE WHEN value = 271 THEN 272 ELSE value END AS value)", "regional_hq"),
        ("observation", "* REPLACE (replace(note, 'registered', 'Registered') AS note)", "observation"),
        ("source", "* REPLACE (replace(title, 'press', 'Press') AS title)", "2023-06-26-city-briefing"),
        ("journal", "* REPLACE (CASE seq WHEN 2 THEN 'somebody' ELSE author END AS author)", "2023-06-26"),
    ],
)
def test_a_changed_byte_in_any_past_row_is_found_and_named(
    run: Any, warehouse: Path, table: str, change: str, named: str
) -> None:
    rewritten(warehouse, table, change)
    done = run("audit", "--no-jumps")
    assert done.returncode == 1
    assert named in done.stdout
    keys = [line.strip() for line in done.stdout.splitlines() if line.startswith("    ")]
    proof = next(k for k in keys if k.startswith(("row_", "chain_", "content_")))
    assert run("audit", "--explain", proof, "--why", "never mind").returncode == 2


def test_a_package_makes_the_same_warehouse_again(run: Any, tmp_path: Path) -> None:
    run("snapshot", "correct", newest(run, "regional_hq")["id"], "--value", "272", "--why", "=misread\n\\N", "--yes")
    run("define", "entity", "x", "--name", "-1+cmd|' /C calc'!A0")
    assert run("export", "pack").returncode == 0
    other = {"FORECAST_WAREHOUSE": str(tmp_path / "other.duckdb")}
    made = run("snapshot", "import", "pack", "--yes", **other)
    assert made.returncode == 0, made.stderr
    assert run("export", "again", **other).returncode == 0
    for file in (tmp_path / "pack").rglob("*"):
        if file.is_file():
            assert (tmp_path / "again" / file.relative_to(tmp_path / "pack")).read_bytes() == file.read_bytes()
    assert "'" not in (tmp_path / "pack/data/entity.csv").read_text(encoding="utf-8").splitlines()[-1].split(",")[0]
    assert run("audit", "--no-jumps", **other).stderr.split()[-1] == run("audit", "--no-jumps").stderr.split()[-1]


def test_an_altered_package_is_refused_and_leaves_no_file(run: Any, tmp_path: Path) -> None:
    run("export", "pack")
    table = tmp_path / "pack/data/observation.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",271.0,", ",299.0,"), encoding="utf-8")
    done = run("snapshot", "import", "pack", "--yes", FORECAST_WAREHOUSE=str(tmp_path / "other.duckdb"))
    assert done.returncode == 1
    assert "altered" in done.stderr
    assert not (tmp_path / "other.duckdb").exists()


def test_a_package_into_another_warehouse_adds_what_is_missing_and_lists_conflicts(
    run: Any, warehouse: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.duckdb"
    shutil.copy(warehouse, other)
    there = {"FORECAST_WAREHOUSE": str(other)}
    held = newest(run, "regional_hq")["id"]
    run("snapshot", "add", "--indicator", "sister_cities", "--period-end", "2025-12-31", "--value", "290",
        "--published", "2026-01-05", "--title", "A call", "--yes")  # fmt: skip
    run("snapshot", "correct", held, "--value", "272", "--why", "here", "--yes")
    run("snapshot", "correct", held, "--value", "273", "--why", "there", "--yes", **there)
    run("export", "pack.zip")
    done = run("snapshot", "import", "pack.zip", "--yes", **there)
    assert done.returncode == 0, done.stderr
    assert "1 figure that was missing was added" in done.stderr
    assert "Conflict" in done.stderr
    mine = json.loads(run("history", "sister_cities", "--format", "json", **there).stdout)
    assert mine[-1]["value"] == 290
    with duckdb.connect(str(other), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM carried").fetchall() == [(1,)]
    assert json.loads(run("history", "regional_hq", "--format", "json", **there).stdout)[-1]["value"] == 273
    assert "Nothing new" in run("snapshot", "import", "pack.zip", "--yes", **there).stderr


def test_exports_carry_the_printed_figure_and_no_live_formula(run: Any, tmp_path: Path) -> None:
    run("snapshot", "add", "--indicator", "sister_cities", "--period-end", "2025-12-31", "--value", "290",
        "--published", "2026-01-05", "--title", "=cmd|' /C calc'!A0",
        "--note", "@SUM(1)</script>", "--yes")  # fmt: skip
    for name in ("f.csv", "f.xlsx", "f.parquet", "f.sdmx.csv"):
        assert run("export", name).returncode == 0
    rows = list(csv.DictReader((tmp_path / "f.csv").read_text(encoding="utf-8-sig").splitlines()))
    bound = next(r for r in rows if r["as_stated"] == "exceeding 35,000")
    assert (bound["value"], bound["low"], bound["high"], bound["qualifier"]) == ("35000", "35000", "", "at_least")
    assert not any(cell.startswith(("=", "@")) for r in rows for cell in r.values())
    sdmx = list(csv.DictReader((tmp_path / "f.sdmx.csv").read_text(encoding="utf-8").splitlines()))
    trips = next(r for r in sdmx if r["AS_STATED"] == "3.21 million")
    assert (trips["OBS_VALUE"], trips["UNIT_MULT"], trips["TIME_PERIOD"], trips["FREQ"]) == ("3.21", "6", "2024", "A")
    broken = next(r for r in sdmx if r["AS_STATED"] == "exceeding 35,000")
    assert (broken["OBS_STATUS"], broken["HIGH"]) == ("B", "")
    with duckdb.connect() as memory:
        found = memory.execute("SELECT value, high FROM 'F' WHERE as_stated = 'exceeding 35,000'".replace(
            "'F'", f"'{tmp_path / 'f.parquet'}'")).fetchall()  # fmt: skip
    assert found == [(35000.0, None)]
    import zipfile

    with zipfile.ZipFile(tmp_path / "f.xlsx") as book:
        assert not any(b"<f>" in book.read(n) for n in book.namelist() if n.startswith("xl/worksheets"))


def test_a_backup_brings_back_what_was_there(run: Any, warehouse: Path, tmp_path: Path) -> None:
    assert run("backup", "kept.duckdb").returncode == 0
    run("snapshot", "correct", newest(run, "regional_hq")["id"], "--value", "272", "--why", "x", "--yes")
    assert run("restore", "kept.duckdb", "--yes").returncode == 0
    assert newest(run, "regional_hq")["value"] == 271
    assert [p for p in tmp_path.iterdir() if "replaced-1" in p.name]
    rewritten(tmp_path / "kept.duckdb", "plan", "* REPLACE ('x' AS name_en)")
    assert run("restore", "kept.duckdb", "--yes").returncode == 2


@pytest.mark.parametrize(
    ("lang", "up", "down"),
    [
        ("en", "up from 113 organizations", "down from 54 companies"),
        ("zh", "由113家（2023年6月26日）升至127家", "降至47家"),
    ],
)
def test_two_briefings_compared_in_sentences(run: Any, lang: str, up: str, down: str) -> None:
    done = run("diff", "2025-10-14", "2023", "--lang", lang)
    assert done.returncode == 0
    assert up in done.stdout
    assert down in done.stdout
    told = json.loads(run("diff", "2023", "2025-10-14", "--format", "json").stdout)
    codes = {row["indicator"]: row["code"] for row in told}
    assert codes["foreign_enterprises"] == "redefined"
    assert codes["fortune500_rank"] == "same"
    assert codes["party_state_delegations_received"] == "vanished"
    assert codes["inbound_trips"] == "new"


@pytest.mark.parametrize(("value", "printed"), [("133", "4.72 %"), ("254", "100 %"), ("140", "10.2 %")])
def test_a_change_in_percent_is_rounded_to_the_places_it_is_printed_with(run: Any, value: str, printed: str) -> None:
    done = run(
        "snapshot", "add", "--indicator", "intl_orgs", "--definition", "registered", "--period-end", "2026-06-30",
        "--value", value, "--published", "2026-07-02", "--title", "A briefing", "--yes",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (later,) = [r["source"] for r in json.loads(run("sources", "--format", "json").stdout) if r["source"] > "2026"]
    assert f"({printed})" in run("diff", "2025-10-14", later).stdout


def test_rows_are_not_called_figures_where_replaced_ones_are_counted(run: Any) -> None:
    figure = newest(run, "regional_hq")["id"]
    run("snapshot", "correct", figure, "--value", "272", "--why", "misread", "--yes")
    (seen,) = json.loads(run("where", "--format", "json").stdout)
    exported = [run("export", *options).stderr for options in (("o.csv",), ("r.csv", "--superseded"), ("p.zip",))]
    told = [*exported, run("audit", "--no-jumps").stderr, run("backup", "copy.duckdb").stdout]
    counts = [re.search(r"(\d+) (rows of figures|figures)", text).groups() for text in told]  # type: ignore[union-attr]
    (standing, word), *rest = [(int(n), word) for n, word in counts]
    assert (standing, word) == (seen["figures"], "figures")
    assert {word for _, word in rest} == {"rows of figures"}
    assert {n for n, _ in rest} == {rest[0][0]}
    assert rest[0][0] > standing


def test_the_audit_goes_on_after_a_figure_that_others_are_derived_from_was_retracted(run: Any) -> None:
    run("snapshot", "retract", newest(run, "regional_hq")["id"], "--why", "withdrawn", "--yes")
    done = run("audit", "--no-jumps", "--format", "json")
    assert {f["code"] for f in json.loads(done.stdout)["findings"] if f["open"]} == {"derived_orphan"}
