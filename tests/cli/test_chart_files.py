"""Charts and reports as a planner asks for them: files of every kind, and whether they are still true."""

from __future__ import annotations

import html
import json
import re
import shlex
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from charts.reading import read_meta

Run = Callable[..., CompletedProcess[str]]


@pytest.mark.parametrize("suffix", [".html", ".png", ".svg", ".pdf", ".json"])
def test_a_chart_file_says_what_it_was_made_from_and_is_verified(run: Run, tmp_path: Path, suffix: str) -> None:
    done = run("chart", "intl_orgs", "--out", f"c{suffix}", "--lang", "zh", "--target", "170")
    assert done.returncode == 0, done.stderr
    meta = read_meta(tmp_path / f"c{suffix}")
    assert meta is not None
    assert {"sources", "as_of", "model", "levels", "observations", "code", "command", "version"} <= set(meta)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{8}", str(meta["code"]))
    checked = run("verify", f"c{suffix}", "--format", "json")
    assert checked.returncode == 0, checked.stdout
    assert json.loads(checked.stdout)["verdict"] == "identical"


def test_a_slide_is_1920_by_1080(run: Run, tmp_path: Path) -> None:
    assert run("chart", "sister_cities", "--out", "s.png", "--size", "slide").returncode == 0
    assert struct.unpack(">II", (tmp_path / "s.png").read_bytes()[16:24]) == (1920, 1080)


def test_the_code_is_in_the_footer_and_leads_back_to_its_chart(run: Run, tmp_path: Path) -> None:
    assert run("chart", "sister_cities", "--out", "s.svg").returncode == 0
    code = str((read_meta(tmp_path / "s.svg") or {})["code"])
    assert code in (tmp_path / "s.svg").read_text(encoding="utf-8").partition("</metadata>")[2]
    done = run("verify", code.lower())
    assert done.returncode == 0
    assert "sister cities" in done.stdout


def test_the_code_covers_facts_and_projection_and_nothing_else(run: Run, tmp_path: Path) -> None:
    codes = {}
    for name, options in {
        "plain": (),
        "chinese": ("--lang", "zh", "--size", "column", "--title", "x"),
        "target": ("--target", "170"),
        "model": ("--model", "drift"),
        "earlier": ("--as-of", "2023-12-31"),
    }.items():
        assert run("chart", "intl_orgs", "--out", f"{name}.json", *options).returncode == 0
        codes[name] = str((read_meta(tmp_path / f"{name}.json") or {})["code"])
    assert codes["plain"] == codes["chinese"]
    assert codes["plain"][:4] == codes["target"][:4] == codes["model"][:4] != codes["earlier"][:4]
    assert len({codes[n][4:] for n in ("plain", "target", "model", "earlier")}) == 4


def test_an_altered_drawing_is_found(run: Run, tmp_path: Path) -> None:
    assert run("chart", "intl_orgs", "--out", "c.svg").returncode == 0
    file = tmp_path / "c.svg"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('aria-label="127"', 'aria-label="327"'), encoding="utf-8")
    done = run("verify", "c.svg", "--format", "json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["verdict"] == "changed"


def test_a_corrected_figure_is_named(run: Run, tmp_path: Path) -> None:
    assert run("chart", "regional_hq", "--out", "c.png").returncode == 0
    code = str((read_meta(tmp_path / "c.png") or {})["code"])
    figures = json.loads(run("history", "regional_hq", "--format", "json").stdout)
    last = next(f for f in figures if f["value"] == 271)
    mended = run(
        "snapshot", "correct", last["id"], "--value", "272", "--low", "272", "--high", "272", "--as-stated", "272",
        "--why", "typing", "--yes", FORECAST_USER="a test",
    )  # fmt: skip
    assert mended.returncode == 0, mended.stderr
    done = run("verify", "c.png", "--format", "json")
    assert done.returncode == 1
    assert last["id"] in done.stdout
    by_code = json.loads(run("verify", code, "--format", "json").stdout)
    assert by_code["verdict"] == "changed"
    assert last["id"] in by_code["reasons"][0]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_figures_published_since_are_told_of_a_chart_and_of_a_report_alike(run: Run, lang: str) -> None:
    def median() -> str:
        return re.findall(r"^2030-12-31 +(\S+)", run("project", "intl_orgs").stdout, re.M)[0]

    names = ("--indicator", "intl_orgs", "--indicator", "sister_cities")
    assert run("chart", "intl_orgs", "--out", "c.svg").returncode == 0
    assert run("report", *names, "--out", "r.html", "--no-freeze").returncode == 0
    before = median()
    added = run(
        "snapshot", "add", "--indicator", "intl_orgs", "--definition", "registered", "--period-end", "2026-06-30",
        "--value", "128", "--published", "2026-07-02", "--title", "A briefing", "--yes",
    )  # fmt: skip
    assert added.returncode == 0, added.stderr
    for file in ("c.svg", "r.html"):
        done = run("verify", file, "--lang", lang, "--format", "json")
        assert done.returncode == 0
        (remark,) = json.loads(done.stdout)["remarks"]
        assert "2026-07-02" in remark
        told = {"en": f"gives {median()} instead of {before}", "zh": f"为 {median()}，而不是 {before}"}[lang]
        assert remark.endswith(told)


@pytest.mark.parametrize("content", ["", "<svg xmlns='http://www.w3.org/2000/svg'/>", '{"a": 1}', "PK\x03\x04"])
def test_a_file_of_somebody_else_is_unverifiable(run: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / "other.svg").write_text(content, encoding="utf-8")
    done = run("verify", "other.svg")
    assert done.returncode == 3
    assert done.stdout.startswith("unverifiable")


def test_a_file_whose_data_were_spoilt_is_no_traceback(run: Run, tmp_path: Path) -> None:
    assert run("chart", "intl_orgs", "--out", "c.json").returncode == 0
    file = tmp_path / "c.json"
    spec = json.loads(file.read_text(encoding="utf-8"))
    for key, value in {"as_of": "never", "levels": "a/b", "indicator": "no_such", "lang": "tlh"}.items():
        meta = {**spec["usermeta"]["forecast"], key: value}
        file.write_text(json.dumps({**spec, "usermeta": {"forecast": meta}}), encoding="utf-8")
        done = run("verify", "c.json")
        assert done.returncode in (1, 2, 3), done.stderr
        assert "Traceback" not in done.stderr


def test_neither_file_nor_code_is_misuse(run: Run) -> None:
    done = run("verify", "no-such-file.png")
    assert done.returncode == 2
    assert "no-such-file.png" in done.stderr


def test_what_came_later_is_drawn_beside_what_was_projected(run: Run, tmp_path: Path) -> None:
    done = run("chart", "sister_cities", "--as-of", "2023-12-31", "--later", "--out", "v.svg")
    assert done.returncode == 0, done.stderr
    drawn = (tmp_path / "v.svg").read_text(encoding="utf-8")
    assert 'aria-label="287"' in drawn
    assert 'aria-label="came later"' in drawn
    assert run("verify", "v.svg").returncode == 0


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("arguments", "days"),
    [
        (("foreign_enterprises",), {"2023-06-26", "2025-10-14"}),
        (("major_diplomatic_events_served",), {"2023-06-26", "2025-10-14"}),
        (("sister_cities", "--as-of", "2023-12-31", "--later"), {"2023-06-26", "2025-10-14"}),
        (("sister_cities", "--as-of", "2023-12-31"), {"2023-06-26"}),
    ],
)
def test_every_figure_drawn_has_its_source_in_the_footer(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], days: set[str], lang: str
) -> None:
    assert run("chart", *arguments, "--out", "c.svg", "--lang", lang).returncode == 0
    lines = re.findall(r'aria-label="([^"]*)"', (tmp_path / "c.svg").read_text(encoding="utf-8"))
    start = {"en": "Source: ", "zh": "来源："}[lang]
    first = next(i for i, line in enumerate(lines) if line.startswith(start))
    after = next(i for i, line in enumerate(lines) if i > first and line.startswith(("Method", "方法")))
    assert set(re.findall(r"[(（](\d{4}-\d\d-\d\d)[)）]", "".join(lines[first:after]))) == days
    assert run("verify", "c.svg").returncode == 0


@pytest.mark.parametrize(("lang", "told"), [("en", "nearly 12,000"), ("zh", "近1.2万")])
def test_what_a_source_calls_nearly_is_nearly_in_every_answer(run: Run, tmp_path: Path, lang: str, told: str) -> None:
    of = ("party_state_delegation_members_received", "--lang", lang)
    assert run("chart", *of, "--out", "c.svg").returncode == 0
    assert f'aria-label="{told}"' in (tmp_path / "c.svg").read_text(encoding="utf-8")
    report = ("report", "--indicator", of[0], "--indicator", "indoor_exhibition_area_ratio_vs_13th_fyp")
    assert run(*report, *of[1:], "--out", "r.html", "--no-freeze").returncode == 0
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert f"{told} (2023)" in page
    assert {"en": "nearly 2 (2025)", "zh": "近2 (2025)"}[lang] in page
    compared = run("diff", "2023-06-26-city-briefing", "2025-10-14-city-briefing", *of[1:]).stdout
    assert {"en": "nearly 12,000 persons", "zh": "近12,000人次"}[lang] in compared


def test_an_upper_bound_that_nobody_comes_close_to_is_not_called_nearly(run: Run, tmp_path: Path) -> None:
    added = run(
        "snapshot", "add", "--indicator", "regional_hq", "--period-end", "2026-06-30", "--value", "300",
        "--qualifier", "at_most", "--as-stated", "no more than 300", "--published", "2026-07-02",
        "--title", "A briefing", "--yes",
    )  # fmt: skip
    assert added.returncode == 0, added.stderr
    assert run("chart", "regional_hq", "--out", "c.svg").returncode == 0
    assert 'aria-label="at most 300"' in (tmp_path / "c.svg").read_text(encoding="utf-8")


def test_several_models_share_one_fan(run: Run, tmp_path: Path) -> None:
    assert run("chart", "intl_orgs", "--model", "all", "--out", "m.svg").returncode == 0
    drawn = (tmp_path / "m.svg").read_text(encoding="utf-8")
    for model in ("linear", "loglinear", "drift"):
        assert f'aria-label="{model} ' in drawn
    assert run("verify", "m.svg").returncode == 0


def test_two_languages_are_two_pictures_or_one_page(run: Run, tmp_path: Path) -> None:
    assert run("chart", "intl_orgs", "--lang", "both", "--out", "b.svg").returncode == 0
    assert {p.name for p in tmp_path.glob("b*")} == {"b.en.svg", "b.zh.svg"}
    assert run("chart", "intl_orgs", "--lang", "both", "--out", "p.html").returncode == 0
    assert {p.name for p in tmp_path.glob("p*")} == {"p.html"}


def test_all_charts_go_to_a_folder_with_an_index(run: Run, tmp_path: Path) -> None:
    done = run("chart", "--all", "--entity", "beijing/bilateral_parks", "--suffix", "json", "--out", "folder")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "folder" / "index.html").read_text(encoding="utf-8")
    files = [p.name for p in (tmp_path / "folder").glob("*.json")]
    assert len(files) == 2
    assert all(f'href="{name}"' in page for name in files)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_has_no_chart_is_named_with_its_reason(run: Run, tmp_path: Path, lang: str) -> None:
    given = ("chart", "--all", "--entity", "chaoyang", "--lang", lang)
    done = run(*given, "--suffix", "json", "--out", "folder")
    rows = json.loads(run("project", "--all", "--entity", "chaoyang", "--lang", lang, "--format", "json").stdout)
    reasons = {row["indicator"]: row["reason"] for row in rows if "reason" in row}
    assert reasons
    page = html.unescape((tmp_path / "folder" / "index.html").read_text(encoding="utf-8"))
    for slug, reason in reasons.items():
        assert slug in done.stderr
        assert reason in page
    picture = run(*given, "--out", "all.svg")
    assert all(slug in picture.stderr for slug in reasons)
    assert "forecast project --all" in picture.stderr


def test_all_charts_can_be_one_picture(run: Run, tmp_path: Path) -> None:
    done = run("chart", "--all", "--entity", "beijing", "--out", "all.svg", "--lang", "zh")
    assert done.returncode == 0, done.stderr
    drawn = (tmp_path / "all.svg").read_text(encoding="utf-8")
    assert 'aria-label="国际组织"' in drawn
    assert run("verify", "all.svg").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("chart", "intl_orgs"), "--out"),
        (("chart", "intl_orgs", "--out", "c.bmp"), ".svg"),
        (("chart", "intl_orgs", "--out", "c.svg", "--lang", "fr"), "both"),
        (("chart", "--all", "intl_orgs", "--out", "d"), "--all"),
        (("report", "--out", "r.doc"), ".xlsx"),
        (("report",), "--out"),
        (("report", "--out", "r.html", "--target", "intl_orgs"), "INDICATOR=VALUE"),
        (("report", "--out", "r.html", "--indicator", "no_such"), "no_such"),
        (("report", "--out", "r.html", "--plan", "fyp15", "--to", "2030"), "--plan"),
    ],
)
def test_misuse_is_one_line_that_names_the_way_out(run: Run, arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert said in done.stderr


def test_a_report_tells_each_indicator_and_why_others_are_missing(run: Run, tmp_path: Path) -> None:
    done = run(
        "report", "--indicator", "intl_orgs", "--indicator", "fortune500_rank", "--target", "intl_orgs=170",
        "--out", "r.html", "--lang", "both",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert page.count("<svg") >= 6
    for words in ("Your target of 170 has a", "若以170为目标（用户设定，非官方目标）", "7ab977f4e0c3", "existed"[:0]):
        assert words in page
    assert "forecast rank" in page
    assert run("verify", "r.html").returncode == 0


def test_a_report_keeps_what_it_prints_unless_told_not_to(run: Run) -> None:
    assert run("report", "--indicator", "intl_orgs", "--out", "r.html", "--no-freeze").returncode == 0
    assert run("ledger", "list", "--format", "json").stdout.strip() in ("", "[]")
    assert run("report", "--indicator", "intl_orgs", "--out", "r.html").returncode == 0
    assert len(json.loads(run("ledger", "list", "--format", "json").stdout)) == 1


def test_a_report_says_what_changed_since_the_last(run: Run, tmp_path: Path) -> None:
    names = ("--indicator", "intl_orgs", "--indicator", "sister_cities", "--no-freeze")
    assert run("report", *names, "--as-of", "2024-12-31", "--out", "old.html").returncode == 0
    assert run("report", *names, "--out", "new.html", "--since", "old.html").returncode == 0
    page = (tmp_path / "new.html").read_text(encoding="utf-8")
    assert "International sister cities: other figures" in page
    assert run("verify", "new.html").returncode == 0
    assert run("report", *names, "--out", "same.html", "--since", "new.html").returncode == 0
    assert "Nothing: every series has the same figures" in (tmp_path / "same.html").read_text(encoding="utf-8")


def test_the_same_command_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run("report", "--indicator", "intl_orgs", "--out", "r.html", "--no-freeze").returncode == 0
        (tmp_path / "r.html").rename(tmp_path / f"{name}.html")
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "--plan", "fyp15", "--indicator", "intl_orgs", "--lang", "both", "--out", "made here.html"),
        ("report", "--to", "2028", "--entity", "chaoyang", "--levels", "60,90", "--target", "regional_hq=300",
         "--model", "pooled_drift", "--as-of", "2025-10-16", "--lang", "zh", "--out", "made here.html"),
        ("chart", "intl_orgs", "--lang", "both", "--title", "Ours & theirs", "--out", "made here.html"),
        ("chart", "foreign_enterprises", "--definition", "counted_2023", "--levels", "80", "--note", "a note",
         "--target", "123456.5", "--size", "slide", "--model", "all", "--lang", "zh", "--out", "made here.svg"),
        ("chart", "sister_cities", "--as-of", "2023-12-31", "--later", "--to", "2027", "--out", "made here.svg"),
    ],
    ids=lambda arguments: " ".join(arguments[:4]),
)  # fmt: skip
def test_the_command_recorded_in_a_file_makes_the_file_again(
    run: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done = run(*arguments)
    assert done.returncode == 0, done.stderr
    file = tmp_path / arguments[-1]
    before = file.read_bytes()
    command = str((read_meta(file) or {})["command"])
    run("snapshot", "add", "--indicator", "intl_orgs", "--definition", "registered", "--period-end", "2026-06-30",
        "--value", "128", "--published", "2026-07-02", "--title", "A briefing", "--yes")  # fmt: skip
    program, *again = shlex.split(command)
    assert program == "forecast"
    done = run(*again, *([] if "--out" in again else ["--out", file.name]))
    assert done.returncode == 0, done.stderr
    assert file.read_bytes() == before


def test_a_workbook_has_native_charts_and_no_formula(run: Run, tmp_path: Path) -> None:
    done = run("report", "--indicator", "intl_orgs", "--indicator", "inbound_trips", "--out", "r.xlsx", "--lang", "zh")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(tmp_path / "r.xlsx") as book:
        names = book.namelist()
        sheets = "".join(book.read(n).decode() for n in names if n.startswith("xl/worksheets/sheet"))
        charts = "".join(book.read(n).decode() for n in names if n.startswith("xl/charts/chart"))
    assert sum(n.startswith("xl/charts/chart") for n in names) == 2
    assert "<f>" not in sheets
    assert "areaChart" in charts
    assert "国际组织" in charts
    calamine = pytest.importorskip("python_calamine")
    sheet = calamine.CalamineWorkbook.from_path(tmp_path / "r.xlsx")
    assert sheet.sheet_names[:2] == ["一览", "国际组织"]
    values = [v for row in sheet.get_sheet_by_name("国际组织").to_python() for v in row]
    assert {96.0, 113.0, 127.0} <= set(values)


def test_a_terminal_fan_keeps_its_width_and_has_no_colour_when_told_so(run: Run) -> None:
    done = run("project", "intl_orgs", "--plot", "--model", "drift", COLUMNS="60", NO_COLOR="1", TERM="xterm")
    assert done.returncode == 0, done.stderr
    drawn = [line for line in done.stdout.splitlines() if "│" in line]
    assert len(drawn) == 13
    assert max(map(len, drawn)) <= 60
    assert "\x1b" not in done.stdout
    assert sum(line.count("●") for line in drawn) == 2
    assert sum(line.count("○") for line in drawn) == 1
