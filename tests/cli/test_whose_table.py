"""Whose a table is that names no place may be said on the command line, when it is proposed and when it comes in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

TABLE = "year,exhibitions held\n2023,1100\n2024,1250\n"
PUBLISHED = ("--published", "2025-02-01")


def test_a_table_that_names_no_place_is_asked_about_and_comes_in_as_whose_it_is_said_to_be(
    run: Any, tmp_path: Path
) -> None:
    (tmp_path / "own.csv").write_text(TABLE, encoding="utf-8")
    proposed = run("snapshot", "import", "own.csv", "--suggest-mapping")
    assert "whose figures" in proposed.stderr
    refused = run("snapshot", "import", "own.csv", *PUBLISHED, "--yes")
    assert refused.returncode == 3
    assert "--entity" in refused.stderr
    done = run("snapshot", "import", "own.csv", *PUBLISHED, "--entity", "beijing", "--yes")
    assert done.returncode == 0, done.stderr
    assert "1,250" in run("history", "exhibitions_held").stdout


def test_a_mapping_proposed_for_a_new_place_has_it(run: Any, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(TABLE, encoding="utf-8")
    proposed = run("snapshot", "import", "own.csv", "--suggest-mapping", "--entity", "Nairobi")
    assert "whose figures" not in proposed.stderr
    assert 'entity = "Nairobi"' in (tmp_path / "own.csv.mapping.toml").read_text(encoding="utf-8")
    assert run("snapshot", "import", "own.csv", *PUBLISHED, "--yes").returncode == 0
    assert "1,250" in run("history", "exhibitions_held", "--entity", "nairobi").stdout


def test_a_table_that_names_its_places_refuses_another(run: Any, tmp_path: Path) -> None:
    (tmp_path / "cities.csv").write_text("city,2023,2024\nBeijing,1,2\nShanghai,3,4\n", encoding="utf-8")
    assert run("snapshot", "import", "cities.csv", "--suggest-mapping").returncode == 0
    done = run("snapshot", "import", "cities.csv", *PUBLISHED, "--entity", "tokyo", "--yes")
    assert done.returncode == 2
    assert "--entity has nothing to say" in done.stderr
