"""A yearbook table in the old Excel format (data/yearbook.xls: Chinese headings, years newest first, 万, a bound)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

SHEET = Path(__file__).parent / "data" / "yearbook.xls"


def test_an_xls_table_comes_in_with_its_units_bounds_and_blanks(run: Any, tmp_path: Path) -> None:
    shutil.copy(SHEET, tmp_path / "yearbook.xls")
    told = ("--published", "2025-03-01", "--title", "Yearbook table", "--publisher", "Bureau")
    proposed = run("snapshot", "import", "yearbook.xls", "--suggest-mapping", *told)
    assert proposed.returncode == 0, proposed.stderr
    unclear = run("snapshot", "import", "yearbook.xls", "--dry-run")
    assert unclear.returncode == 3
    assert "registered" in unclear.stderr

    mapping = tmp_path / "yearbook.xls.mapping.toml"
    text = mapping.read_text(encoding="utf-8")
    assert 'slug = "intl_orgs",' in text
    mapping.write_text(
        text.replace('slug = "intl_orgs",', 'slug = "intl_orgs", definition = "registered",'), encoding="utf-8"
    )
    done = run("snapshot", "import", "yearbook.xls", "--yes", "--format", "json")
    assert done.returncode == 0, done.stderr
    figures = {(row["indicator"], row["period_end"]): row for row in json.loads(done.stdout)}
    assert len(figures) == 4
    assert figures["inbound_trips", "2024-12-31"]["value"] == 3_210_000
    nearly = figures["intl_orgs", "2023-12-31"]
    assert (nearly["as_stated"], nearly["qualifier"], nearly["low"]) == ("近120", "at_most", None)
    assert "—" in done.stderr
