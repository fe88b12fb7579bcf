"""A mapping file read: every fault in it is named at once, by its section and key. Knows no table."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping as Table
from datetime import date, datetime
from pathlib import Path
from typing import Any

from warehouse.errors import Fault, Invalid
from warehouse.records import MEASURES
from warehouse.tables.digits import ORDERS
from warehouse.tables.grid import number_of
from warehouse.tables.mapping import (
    DATES,
    FILE_KEYS,
    NEGATIVES,
    ROLES,
    SAYS,
    SOURCE_KEYS,
    EntityRule,
    IndicatorRule,
    Mapping,
)
from warehouse.tables.periods import period_of
from warehouse.tables.two_years import begins_next, over_two_years


def read_mapping(path: Path) -> Mapping:
    """A mapping file. Raises `Invalid` with every fault in it."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise Invalid("bad_mapping", (Fault("no_file", path.name),), path=str(path)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid("bad_mapping", (Fault("not_toml", path.name, detail=str(error)),), path=str(path)) from None
    faults: list[Fault] = []
    mapping = _mapping(table, faults)
    if faults:
        raise Invalid("bad_mapping", tuple(faults), path=str(path))
    return mapping


def _mapping(table: dict[str, Any], faults: list[Fault]) -> Mapping:
    known = {"file", "source", "columns", "header", "headings", "defaults", "indicators", "entities"}
    faults += [Fault("unknown_key", f"[{key}]") for key in sorted(set(table) - known)]
    parts = {key: _section(table, key, faults) for key in known}
    file = parts["file"]
    _keys(file, FILE_KEYS, "file", faults)
    if file.get("dates", "day") not in DATES:
        faults.append(Fault("not_one_of", "[file]", "dates", str(file["dates"]), ", ".join(DATES)))
    if file.get("date_order", "") not in ORDERS:
        faults.append(Fault("not_one_of", "[file]", "date_order", str(file["date_order"]), ", ".join(ORDERS[1:])))
    if file.get("decimal", ".") not in (".", ","):
        faults.append(Fault("not_one_of", "[file]", "decimal", str(file["decimal"]), ". ,"))
    if file.get("negatives", "minus") not in NEGATIVES:
        faults.append(Fault("not_one_of", "[file]", "negatives", str(file["negatives"]), ", ".join(NEGATIVES)))
    if (day := str(file.get("stock_day", ""))) and not _of_every_year(day):
        faults.append(Fault("not_one_of", "[file]", "stock_day", day, "01-01 .. 12-31"))
    source = parts["source"]
    _keys(source, SOURCE_KEYS, "source", faults)
    if isinstance(source.get("published"), datetime):
        source["published"] = source["published"].date()
    if source.get("published") and not isinstance(source["published"], date):
        try:
            source["published"] = date.fromisoformat(str(source["published"]))
        except ValueError:
            faults.append(Fault("not_a_date", "[source]", "published", str(source["published"])))
    _keys(parts["defaults"], ("indicator", "entity", "period", "unit"), "defaults", faults)
    year_ends = _month(file.get("year_ends", 0), faults)
    _periods("[defaults]", parts["defaults"], year_ends, faults)
    for column, meaning in parts["headings"].items():
        _periods(f"[headings.{column}]", meaning, year_ends, faults)
    return Mapping(
        sheet=str(file.get("sheet", "")),
        encoding=str(file.get("encoding", "")),
        delimiter=str(file.get("delimiter", "")),
        decimal=str(file.get("decimal", ".")),
        negatives=str(file.get("negatives", "minus")),
        header_rows=tuple(_rows(file.get("header_rows", ()), "header_rows", faults)),
        first_row=(_rows([file.get("first_row", 1)], "first_row", faults) or [1])[0],
        last_row=(_rows([file.get("last_row", 0)], "last_row", faults) or [0])[0],
        sections=_yes(file, "sections", faults),
        parents=_yes(file, "parents", faults),
        places=_yes(file, "places", faults),
        dates=str(file.get("dates", "day")),
        date_order=str(file.get("date_order", "")),
        year_ends=year_ends,
        stock_day=str(file.get("stock_day", "")),
        fill_down=tuple(_columns(dict.fromkeys(map(str, file.get("fill_down", ()) or ()), "ignore"), faults)),
        source=source,
        columns=_columns(parts["columns"], faults),
        header={
            int(row): _one_of(says, SAYS, "[header]", row, faults)
            for row, says in parts["header"].items()
            if _is_row(row, faults)
        },
        headings={
            column: {k: str(v) for k, v in meaning.items()}
            for name, meaning in parts["headings"].items()
            if _is_table(f"[headings.{name}]", meaning, faults)
            for column in _span(name, "[headings]", faults)
        },
        defaults={k: str(v) for k, v in parts["defaults"].items()},
        indicators={
            label: _rule(IndicatorRule, label, given, "indicators", faults)
            for label, given in parts["indicators"].items()
        },
        entities={
            label: _rule(EntityRule, label, given, "entities", faults) for label, given in parts["entities"].items()
        },
    )


def _of_every_year(text: str) -> bool:
    """Whether each year has the day that is written 07-01."""
    try:
        date.fromisoformat(f"2023-{text}")
    except ValueError:
        return False
    return len(text) == len("07-01")


def _section(table: dict[str, Any], key: str, faults: list[Fault]) -> dict[str, Any]:
    found = table.get(key, {})
    if isinstance(found, dict):
        return dict(found)
    faults.append(Fault("not_a_table", f"[{key}]"))
    return {}


def _keys(section: Table[str, Any], allowed: tuple[str, ...], name: str, faults: list[Fault]) -> None:
    faults += [Fault("unknown_key", f"[{name}]", key) for key in section if key not in allowed]


def _periods(where: str, meaning: Any, year_ends: int, faults: list[Fault]) -> None:
    """Put the year over two years that a section says (2023/24) as its months, where the file says how years end."""
    said = str(meaning.get("period") or "") if isinstance(meaning, dict) else ""
    if said and begins_next(said) and year_ends:
        said = meaning["period"] = over_two_years(said, year_ends % 12 + 1)
    if said and period_of(said) is None:
        faults.append(Fault("not_a_period", where, "period", said))


def _rows(values: Any, name: str, faults: list[Fault]) -> list[int]:
    if isinstance(values, list | tuple) and all(
        isinstance(v, int) and not isinstance(v, bool) and v >= 0 for v in values
    ):
        return list(values)
    faults.append(Fault("not_a_row", "[file]", name, str(values)))
    return []


def _yes(file: dict[str, Any], key: str, faults: list[Fault]) -> bool:
    said = file.get(key, False)
    if not isinstance(said, bool):
        faults.append(Fault("not_one_of", "[file]", key, str(said), "true, false"))
    return said is True


def _month(value: Any, faults: list[Fault]) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 12:
        return value
    faults.append(Fault("not_one_of", "[file]", "year_ends", str(value), "0 .. 12"))
    return 0


def _is_row(text: str, faults: list[Fault]) -> bool:
    if re.fullmatch(r"\d{1,7}", text, re.ASCII):
        return True
    faults.append(Fault("not_a_row", "[header]", text))
    return False


def _is_table(where: str, meaning: Any, faults: list[Fault]) -> bool:
    if isinstance(meaning, dict):
        return True
    faults.append(Fault("not_a_table", where))
    return False


def _span(name: str, where: str, faults: list[Fault]) -> range:
    """The columns that "D" or "D-F" names; none, and a fault, where it names none."""
    first, _, last = name.partition("-")
    try:
        return range(number_of(first), number_of(last or first) + 1)
    except ValueError:
        faults.append(Fault("not_a_column", where, name))
        return range(0)


def _one_of(value: Any, allowed: tuple[str, ...], where: str, key: str, faults: list[Fault]) -> str:
    if value not in allowed:
        faults.append(Fault("not_one_of", where, key, str(value), ", ".join(allowed)))
    return str(value)


def _columns(section: Table[str, Any], faults: list[Fault]) -> dict[int, str]:
    columns: dict[int, str] = {}
    for name, role in section.items():
        if span := _span(name, "[columns]", faults):
            _one_of(role, ROLES, "[columns]", name, faults)
            columns |= dict.fromkeys(span, str(role))
    return columns


def _rule(kind: Any, label: str, given: Any, section: str, faults: list[Fault]) -> Any:
    if isinstance(given, str):
        return kind(slug=given)
    where = f"[{section}] {label[:40]}"
    if not isinstance(given, dict):
        faults.append(Fault("not_a_table", where))
        return kind()
    for key, value in list(given.items()):
        wanted = kind.__dataclass_fields__.get(key)
        if wanted is None:
            faults.append(Fault("unknown_key", where, key))
            given.pop(key)
        elif (wanted.type == "bool" and not isinstance(value, bool)) or (
            wanted.type == "str" and not isinstance(value, str)
        ):
            faults.append(
                Fault("not_one_of", where, key, str(value), "true, false" if wanted.type == "bool" else '"..."')
            )
            given.pop(key)
        elif wanted.type == "float":
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < abs(value) < 1e18:
                faults.append(Fault("not_a_number", where, key, str(value)))
                given.pop(key)
            else:
                given[key] = float(value)
    rule = kind(**given)
    if getattr(rule, "measure", "stock") not in MEASURES:
        faults.append(Fault("not_one_of", where, "measure", rule.measure, ", ".join(MEASURES)))
    return rule
