"""Where things are: the user's warehouse file, and the seeds that travel with the package."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import warehouse

VARIABLE = "FORECAST_WAREHOUSE"

making: list[Callable[[Path], None]] = []
"""Called with the path of a warehouse that was made because there was none."""


def default_path(environ: Mapping[str, str] | None = None) -> Path:
    """`FORECAST_WAREHOUSE` if set, else `forecast.duckdb` in the user's data folder."""
    named = (os.environ if environ is None else environ).get(VARIABLE, "")
    if named:
        return Path(named).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_data_dir("forecast", appauthor=False)) / "forecast.duckdb"


def seeds_folder() -> Path:
    """The folder of seed files beside the installed packages, or beside them in a checkout."""
    return Path(warehouse.__file__).parents[1] / "seeds"
