"""What a command loads is what it costs; asserted by name, not by the clock."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"pandas", "scipy", "statsmodels", "altair", "vl_convert", "numpy"}


def loaded_by(warehouse: Path, *arguments: str) -> set[str]:
    env = {**os.environ, "FORECAST_WAREHOUSE": str(warehouse), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "forecast", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=env,
        check=True,
    )
    names = (line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("indicators",), ("history", "intl_orgs"), ("sources",), ("where",), ("explain", "intl_orgs")],
    ids=" ".join,
)
def test_looking_things_up_loads_nothing_heavy(seeded: Path, arguments: tuple[str, ...]) -> None:
    assert not loaded_by(seeded, *arguments) & HEAVY


def test_help_does_not_even_load_the_database(seeded: Path) -> None:
    assert "duckdb" not in loaded_by(seeded, "--help")


@pytest.mark.parametrize("model", ["reference", "pooled_drift", "combined"])
def test_a_projection_without_trends_loads_neither_statsmodels_nor_pandas(seeded: Path, model: str) -> None:
    loaded = loaded_by(seeded, "project", "intl_orgs", "--model", model)
    assert not loaded & {"statsmodels", "pandas", "altair"}
