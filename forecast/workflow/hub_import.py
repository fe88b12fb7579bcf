"""A hub's model-output into the ledger: our own export as it was, other teams' with what the store knew on that day.

Another team's files have no sheet of ours: the rule that settles them is then taken from the store as it was known on
the origin date. Either every projection of the hub enters, or none and all faults are listed.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from forecast.errors import ForecastError, Misuse
from forecast.verdicts import pace
from forecast.workflow.evidence import WINDOW, assemble
from forecast.workflow.hub import COLUMNS, SHEET, TEAM
from forecast.workflow.ledger import Freezing, append
from forecast.workflow.opening import DEFAULT_WAIT, open_store
from forecast.workflow.steward import who
from warehouse.catalogue import Catalogue
from warehouse.errors import Fault, Invalid, Unknown, WarehouseError
from warehouse.frozen import Frozen, FrozenRow
from warehouse.statements import statements
from warehouse.store import Warehouse


def import_hub(
    folder: Path, *, author: str = "", warehouse: Path | None = None, wait: float = DEFAULT_WAIT
) -> Freezing:
    """Bring a hub's model-output into the ledger. Raises `Misuse` for no such folder, `Invalid` with every fault."""
    paths = sorted((folder / "model-output").glob("*/*.csv"))
    if not paths:
        raise Misuse("not_a_hub", path=str(folder))
    faults: list[Fault] = []
    by = who(author)
    with open_store(warehouse, wait=wait) as store:
        catalogue = store.catalogue()
        groups = _read(paths, catalogue, faults)
        sheet = _sheet(folder / SHEET)
        made = [_frozen(store, catalogue, key, rows, sheet, by, faults) for key, rows in groups.items()]
    if faults:
        raise Invalid("bad_hub", tuple(faults), path=str(folder))
    return append([f for f in made if f is not None], by, warehouse=warehouse, wait=wait)


Key = tuple[str, str, str, str, str]
"""model id, origin date, indicator, entity, definition."""


def _read(paths: Sequence[Path], catalogue: Catalogue, faults: list[Fault]) -> dict[Key, list[FrozenRow]]:
    groups: dict[Key, list[FrozenRow]] = {}
    for path in paths:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [c for c in COLUMNS if c not in (reader.fieldnames or ())]
            if missing:
                faults.append(Fault("missing_column", path.name, ", ".join(missing)))
                continue
            for line, row in enumerate(reader, start=2):
                try:
                    read = _row(row)
                except ValueError as error:
                    faults.append(Fault("not_a_number", f"{path.name}:{line}", text=str(error)))
                    continue
                key = (path.parent.name, row["origin_date"], row["indicator"], row["entity"], row["definition"])
                if read:
                    groups.setdefault(key, []).append(read)
    for key in groups:
        try:
            date.fromisoformat(key[1])
            catalogue.definition(catalogue.indicator(key[2]).slug, key[4])
            catalogue.entity(key[3])
        except ValueError:
            faults.append(Fault("not_a_date", key[0], "origin_date", key[1]))
        except Unknown as error:
            faults.append(Fault(error.code, key[0], text=str(error.params.get("name", "")), detail=error.instead))
    return groups


def _row(row: dict[str, str]) -> FrozenRow | None:
    """A quantile row; other output types are none of the ledger's. Raises `ValueError`."""
    if row["output_type"] != "quantile":
        return None
    level = float(row["output_type_id"])
    day = date.fromisoformat(row["target_date"])
    return FrozenRow(target_date=day, output_type="quantile", output_type_id=f"{level:g}", value=float(row["value"]))


def _sheet(path: Path) -> dict[Key, dict[str, str]]:
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            (r["model_id"], r["origin_date"], r["indicator"], r["entity"], r["definition"]): r
            for r in csv.DictReader(file)
        }


def _frozen(
    store: Warehouse,
    catalogue: Catalogue,
    key: Key,
    rows: list[FrozenRow],
    sheet: dict[Key, dict[str, str]],
    author: str,
    faults: list[Fault],
) -> Frozen | None:
    name, origin, indicator, entity, definition = key
    probs = sorted({float(r.output_type_id) for r in rows})
    days = {r.target_date for r in rows}
    if 0.5 not in probs or len(rows) != len(probs) * len(days) or any(round(1 - p, 6) not in probs for p in probs):
        faults.append(Fault("quantiles_incomplete", name, text=f"{indicator} {origin}"))
        return None
    known = sheet.get(key)
    ordered = tuple(sorted(rows, key=lambda r: (r.target_date, float(r.output_type_id))))
    model = name.removeprefix(f"{TEAM}-")
    if known:
        return Frozen(
            model=model,
            version=known["version"],
            indicator=indicator,
            entity=entity,
            definition=definition,
            origin=date.fromisoformat(origin),
            data_sha256=known["data_sha256"],
            form=known["form"],
            definitions=tuple(known["definitions"].split(";")),
            window_start=date.fromisoformat(known["window_start"]) if known["window_start"] else None,
            integer=known["integer"] == "true",
            last_when=date.fromisoformat(known["last_when"]),
            last_value=float(known["last_value"]),
            pace=float(known["pace"]) if known["pace"] else None,
            author=known["author"],
            note=known["note"],
            rows=ordered,
        )
    try:
        day = date.fromisoformat(origin)
        seen = statements(store.observations(indicator, as_of=day), catalogue)
        evidence = assemble(catalogue.indicator(indicator), entity, seen, catalogue, definition=definition)
    except (ForecastError, WarehouseError) as error:
        faults.append(Fault("cannot_be_settled", name, text=f"{indicator} {origin}", detail=str(error)))
        return None
    if evidence.form == WINDOW:
        faults.append(Fault("cannot_be_settled", name, text=f"{indicator} {origin}"))
        return None
    paces = pace.so_far(evidence.series.points)
    return Frozen(
        model=name,
        version="",
        indicator=indicator,
        entity=entity,
        definition=definition,
        origin=day,
        data_sha256="",
        form=evidence.form,
        definitions=tuple(sorted(catalogue.comparable_with(indicator, definition))),
        last_when=evidence.series.last.when,
        last_value=evidence.series.last.value,
        pace=paces[-1][1] if paces else None,
        author=author,
        rows=ordered,
    )
