"""How large may the store grow? A million figures from CSV, and one indicator's as-of query over ten million.

    python tests/benchmarks/scale.py FOLDER [ROWS]

The figures come as a snapshot folder, as a long table (one row a figure) and as a wide one (a column a year) read by
the mapping that is proposed for them. Each step is a command of its own, so that its seconds are what a steward waits
and its memory nobody else's. Prints seconds, seconds of processor, the peak of memory and the query's milliseconds;
needs some 3 GB of disk in FOLDER.
"""

from __future__ import annotations

import csv
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb

from forecast.workflow.opening import open_store, tool_version
from warehouse.store import open_existing

SERIES = [
    (indicator, definition, entity)
    for indicator, definition in (("intl_orgs", "registered"), ("sister_cities", ""), ("regional_hq", ""))
    for entity in ("beijing", "beijing/chaoyang", "beijing/yanqi_lake", "beijing/bilateral_parks")
]


def write_folder(folder: Path, rows: int) -> Path:
    """A snapshot folder of `rows` figures."""
    made = folder / "2026-06-30-bulk"
    made.mkdir(parents=True, exist_ok=True)
    (made / "source.toml").write_text('title = "Bulk"\npublisher = "x"\npublished = 2026-06-30\n', encoding="utf-8")
    with (made / "observations.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("indicator", "entity", "definition", "period_end", "value", "as_stated", "locator", "phrase"))
        day = date(1795, 1, 1)
        for n in range(rows):
            indicator, definition, entity = SERIES[n % len(SERIES)]
            when = day + timedelta(days=n // len(SERIES))
            value = 100 + n % 397
            writer.writerow((indicator, entity, definition, when, value, value, f"line {n}", "some words"))
    return made


def write_long(file: Path, rows: int) -> Path:
    """A long table: country, indicator, unit, year, value, flag; some gaps, flags, thousands separators and rubbish."""
    dice = random.Random(1)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("country", "indicator", "unit", "year", "value", "flag"))
        for n in range(rows):
            country, indicator = f"Country {n // 50 % 200}", f"Indicator {n // 10_000}"
            flag = "b" if n % 40 == 0 else "e" if n % 33 == 0 else ""
            writer.writerow((country, indicator, "thousand persons", 1976 + n % 50, cell(dice, n, ""), flag))
    return file


def write_wide(file: Path, rows: int) -> Path:
    """A wide table of as many figures: country, indicator and fifty years, with flags beside some of the figures."""
    dice = random.Random(2)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("Country", "Indicator", *range(1976, 2026)))
        for n in range(rows // 50):
            cells = [cell(dice, 50 * n + k, " b") for k in range(50)]
            writer.writerow((f"Country {n % 200}", f"Indicator {n // 200}", *cells))
    return file


def cell(dice: random.Random, n: int, flag: str) -> str:
    """A figure as official tables print them."""
    value = dice.uniform(0, 90_000)
    if n % 50_021 == 50_020:
        return "see note"
    if n % 97 == 96:
        return ".."
    return f"{value:,.1f}" if n % 23 == 0 else f"{value:.1f}" + (flag if n % 50 == 7 else "")


def command(*arguments: str) -> None:
    """Run one command of the tool and say how long it took and how much memory it held."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "forecast", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        encoding="utf-8", stdin=subprocess.DEVNULL,
    ) as running:  # fmt: skip
        assert running.stderr is not None
        told = running.stderr.read().strip().splitlines()
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    took = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"  {took:.1f} s ({worked:.1f} s of processor), peak {used.ru_maxrss / 1e6:.2f} GB: {told[-1] if told else ''}"
    )
    if running.returncode:
        raise SystemExit(f"{arguments} ended {running.returncode}")


def tables(folder: Path, rows: int) -> None:
    """Propose a mapping for a table, land it, and land it again: long, then wide."""
    for name, write in (("long", write_long), ("wide", write_wide)):
        file = write(folder / f"{name}.csv", rows)
        path = str(folder / f"{name}.duckdb")
        for leftover in (*folder.glob(f"{name}.duckdb*"), *folder.glob(f"{name}.csv.mapping.toml")):
            leftover.unlink()
        open_store(Path(path)).close()
        print(f"{name} table of {rows:,} cells: a mapping proposed, landed, landed again")
        about = ("--published", "2026-06-30", "--title", "Big table")
        command("snapshot", "import", str(file), "--suggest-mapping", *about, "--warehouse", path)
        for _ in range(2):
            command("snapshot", "import", str(file), "--yes", "--by", "benchmark", "--warehouse", path)


def folder_of_figures(folder: Path, rows: int) -> None:
    """Import a snapshot folder of `rows` figures."""
    path = folder / "million.duckdb"
    for leftover in folder.glob("million.duckdb*"):
        leftover.unlink()
    made = write_folder(folder, rows)
    open_store(path).close()
    print(f"snapshot folder of {rows:,} figures")
    command("snapshot", "import", str(made), "--yes", "--by", "benchmark", "--warehouse", str(path))
    print(f"  the file has {path.stat().st_size / 1e6:.0f} MB")


def ten_million(folder: Path, each: int, total: int = 10_000_000) -> None:
    """Time one indicator's as-of query over `total` figures of which it has `each`."""
    path = folder / "ten.duckdb"
    for leftover in folder.glob("ten.duckdb*"):
        leftover.unlink()
    open_store(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "INSERT INTO observation SELECT md5(n::VARCHAR)[:12], 'series_' || (n // $each), 'beijing', 'd',"
            " DATE '1900-01-01' + (n % $each)::INTEGER, DATE '1900-01-01' + (n % $each)::INTEGER, n % 397, n % 397,"
            " n % 397, (n % 397)::VARCHAR, 'bulk', DATE '2026-06-30', 'exact', 'stated', 'stock', '', NULL, NULL, [],"
            " '', '', '', '', '', 'append', '', 'x', '', 1 FROM range($total) r(n)",
            {"each": each, "total": total},
        )
    with open_existing(path, tool_version=tool_version()) as store:
        times = []
        for n in range(30):
            started = time.perf_counter()
            found = store.observations(f"series_{n * 97}", as_of=date(2026, 7, 1))
            times.append((time.perf_counter() - started) * 1000)
        assert len(found) == each
    print(f"query: {each} of {total:,} figures, median {statistics.median(times):.1f} ms, worst {max(times):.1f} ms")


if __name__ == "__main__":
    room = Path(sys.argv[1])
    room.mkdir(parents=True, exist_ok=True)
    many = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    folder_of_figures(room, many)
    tables(room, many)
    for figures in (20, 200):
        ten_million(room, figures)
