"""A package of the store is read row by row, and every fault of it is named; a faulty one leaves nothing behind."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from warehouse.tables import package_in


def edited(folder: Path, table: str, old: str, new: str) -> None:
    file = folder / "data" / f"{table}.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("table", "old", "new", "told"),
    [
        ("observation", ",271.0,", ",many,", "is not of its column's type"),
        ("observation", ",271.0,", ",271.0,one more,", "another number of cells"),
        ("observation", "id,indicator", "id,indicators", "other columns than expected"),
        ("plan", ",true,", ",maybe,", "is not of its column's type"),
        ("journal", "seq,recorded", "seq,when", "other columns than expected"),
    ],
)
@pytest.mark.parametrize("dry", [True, False])
def test_a_faulty_package_is_refused_with_its_fault_and_leaves_no_file(
    run: Any, tmp_path: Path, table: str, old: str, new: str, told: str, dry: bool
) -> None:
    assert run("export", "pack").returncode == 0
    edited(tmp_path / "pack", table, old, new)
    other = tmp_path / "other.duckdb"
    done = run("snapshot", "import", "pack", *(["--dry-run"] if dry else ["--yes"]), FORECAST_WAREHOUSE=str(other))
    assert done.returncode == 3, done.stderr
    assert f"data/{table}.csv" in done.stderr
    assert told in done.stderr
    assert [p for p in tmp_path.glob("other.duckdb*") if p.suffix != ".lock"] == []


def test_a_zip_that_is_broken_or_unpacks_to_too_much_is_refused(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("export", "pack.zip").returncode == 0
    other = {"FORECAST_WAREHOUSE": str(tmp_path / "other.duckdb")}
    whole = (tmp_path / "pack.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "pack.zip") as pack:
        place = pack.getinfo("data/observation.csv").header_offset + 300
    (tmp_path / "broken.zip").write_bytes(whole[:place] + b"\x00\xff" * 20 + whole[place + 40 :])
    broken = run("snapshot", "import", "broken.zip", "--yes", **other)
    assert broken.returncode == 3, broken.stderr
    with monkeypatch.context() as here:
        here.setattr(package_in, "LIMIT", 20_000)
        bomb = run("snapshot", "import", "pack.zip", "--yes", **other)
    assert bomb.returncode == 3
    assert "data/" in bomb.stderr
    assert not (tmp_path / "other.duckdb").exists()
    assert run("snapshot", "import", "pack.zip", "--yes", **other).returncode == 0
