"""Panels of countries that no package carries, in `panels/`: one row an entity, one column a year, the source's digits.

Retyped from public repositories that hold the World Development Indicators of the World Bank (CC BY 4.0) and
Gapminder's Systema Globalis (CC BY 4.0), at the commits named below; exports are rounded to a million dollars. About
seventy countries each. An entity belongs to DEV or TEST by the md5 of its name: the fit reads DEV alone, so that the
other half of the countries can examine what was fitted.
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

INDICATORS = "open-numbers/ddf--open_numbers--world_development_indicators"
GAPMINDER = "open-numbers/ddf--gapminder--systema_globalis"
LICENCE = "CC BY 4.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Series of one kind and source. values: (entities, years), nan where nothing is known; first: the first year.

    source: repository, commit, file and licence, for a panel that no package carries.
    """

    name: str
    kind: str
    values: Array
    first: int
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a file of `panels/` comes from: the repository, its commit, and the file there."""

    kind: str
    repository: str
    commit: str
    file: str


ORIGINS = {
    "arrivals": Origin(
        kind="flow",
        repository=INDICATORS,
        commit="2712d4711d274819f258ae44aa8ba7620247d087",
        file="ddf--datapoints--st_int_arvl--by--geo--time.csv",
    ),
    "exports": Origin(
        kind="flow",
        repository=INDICATORS,
        commit="ba9e9c66f24c08c265adf38ac0093ac714986265",
        file="ddf--datapoints--tx_val_mrch_cd_wt--by--geo--time.csv",
    ),
    "gdp_dollars": Origin(
        kind="money",
        repository=INDICATORS,
        commit="076c89dd506a215c3b63f2a749335ac623595b56",
        file="ddf--datapoints--ny_gdp_mktp_cd--by--geo--time.csv",
    ),
    "internet": Origin(
        kind="filling_share",
        repository=INDICATORS,
        commit="2a3c12ec8ebf4fa4404c45e6840a159358c4d617",
        file="ddf--datapoints--it_net_user_zs--by--geo--time.csv",
    ),
    "listed_companies": Origin(
        kind="slow_stock",
        repository=INDICATORS,
        commit="7a1a0907b58cea672a1811677557e76f1ff32fe9",
        file="ddf--datapoints--cm_mkt_ldom_no--by--geo--time.csv",
    ),
    "mobile": Origin(
        kind="s_curve",
        repository=GAPMINDER,
        commit="1dcd313c83d378b5cb581b7e10549d3594c7d20a",
        file="countries-etc-datapoints/ddf--datapoints--cell_phones_total--by--geo--time.csv",
    ),
    "patents": Origin(
        kind="noisy_count",
        repository=INDICATORS,
        commit="076c89dd506a215c3b63f2a749335ac623595b56",
        file="ddf--datapoints--ip_pat_resd--by--geo--time.csv",
    ),
}


def side(entity: str) -> str:
    """DEV or TEST, by the md5 of the name."""
    return "DEV" if int(hashlib.md5(entity.encode()).hexdigest()[:8], 16) % 2 == 0 else "TEST"


def country_panels(wanted: str = "DEV") -> list[Panel]:
    """The panels of `panels/`, the entities of one side alone; only positive values count as known."""
    out = []
    for name, origin in ORIGINS.items():
        text = (files("forecast.reference") / "panels" / f"{name}.csv").read_text(encoding="utf-8")
        head, *rows = csv.reader(text.splitlines())
        values = np.array([[float(x or "nan") for x in row[1:]] for row in rows if side(row[0]) == wanted])
        out.append(
            Panel(
                name=name,
                kind=origin.kind,
                values=np.where(values > 0, values, np.nan),
                first=int(head[1]),
                source=f"{origin.repository} at {origin.commit}, {origin.file}, {LICENCE}",
            )
        )
    return out
