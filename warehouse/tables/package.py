"""The whole store as a Data Package: one CSV a table, and a `datapackage.json` that describes them.

Text cells never begin with what a spreadsheet would run: such a cell gets a backslash in front, and so does one that
begins with a backslash; `\\N` is a missing value. `package_in` reads it again.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
NAME = "forecast-warehouse"
MISSING = "\\N"
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\\")
_TYPES = {"DOUBLE": "number", "BIGINT": "integer", "INTEGER": "integer", "BOOLEAN": "boolean", "DATE": "date",
          "TIMESTAMP": "datetime"}  # fmt: skip


def write_package(
    path: Path, tables: Mapping[str, tuple[Mapping[str, str], Iterable[Sequence[Any]]]], about: Mapping[str, Any]
) -> None:
    """Write the tables (name -> column types and rows) as a folder, or as a zip where `path` ends in .zip."""
    with _room(path) as write:
        resources = []
        for name, (types, rows) in tables.items():
            write(f"data/{name}.csv", _as_csv(types, rows))
            fields = [
                {"name": column, "type": _TYPES.get(kind, "array" if kind.endswith("[]") else "string")}
                for column, kind in types.items()
            ]
            resources.append(
                {"name": name.replace("_", "-"), "path": f"data/{name}.csv", "format": "csv", "encoding": "utf-8",
                 "schema": {"fields": fields, "missingValues": [MISSING]}}
            )  # fmt: skip
        description = {"$schema": PROFILE, "name": NAME, **about, "resources": resources}
        write("datapackage.json", [json.dumps(description, ensure_ascii=False, indent=2) + "\n"])


@contextmanager
def _room(path: Path) -> Iterator[Any]:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:

            def into_zip(name: str, texts: Iterable[str]) -> None:
                info = zipfile.ZipInfo(name, date_time=(2000, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                with pack.open(info, "w") as member:
                    for text in texts:
                        member.write(text.encode())

            yield into_zip
        return

    def into_folder(name: str, texts: Iterable[str]) -> None:
        target = path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("w", encoding="utf-8", newline="") as file:
            file.writelines(texts)

    yield into_folder


def _as_csv(types: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(types)
    for n, row in enumerate(rows):
        writer.writerow([_cell(value) for value in row])
        if n % 5000 == 0:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return MISSING
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    text = str(value)
    return f"\\{text}" if text.startswith(_RISKY) else text
