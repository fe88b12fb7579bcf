"""A million figures of one source at once: checked and written as columns, without a Python object a row.

The same checks, the same ids and the same all-or-nothing as the row by row way; derived figures are not accepted here.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.catalogue import Catalogue
from warehouse.errors import Fault, Invalid, Unknown, unknown_columns
from warehouse.figure_rows import COLUMNS, EXAMPLE, REQUIRED, plain_number
from warehouse.printed import printed
from warehouse.records import MEASURES, NATURES, QUALIFIERS, Source
from warehouse.rows import source_row
from warehouse.store.asking import MEMORY
from warehouse.store.journal import Journal, question

MOST_FAULTS = 1000
"""As many faults are told; a million lines of the same fault help nobody."""
_NUMBER = r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """What a bulk file would do or did: new and known figures, and how many agree or disagree with other sources."""

    new: int
    known: int
    agrees: int
    disagreements: tuple[Fault, ...]
    remarks: tuple[tuple[str, str, str], ...] = ()


class BulkLoading(Journal):
    """An open warehouse that takes whole files."""

    def examine_csv(self, path: Path, source: Source, catalogue: Catalogue) -> Bulk:
        """Check every row of an `observations.csv`. Raises `Invalid` with up to `MOST_FAULTS` faults.

        Works in temporary tables of this connection, so that `land_csv` may follow at once.
        """
        self._execute(f"SET memory_limit = '{MEMORY}'")
        self._read_text(path)
        self._names(catalogue)
        self._words()
        self._execute(question("bulk_parsed"), {"number": _NUMBER, "source": source.id})
        lists = {"qualifiers": list(QUALIFIERS), "natures": list(NATURES), "measures": list(MEASURES)}
        wrong = self._execute(
            question("bulk_faults"),
            {**lists, "published": source.published, "example": EXAMPLE, "most": MOST_FAULTS},
        )
        if wrong:
            where, allowed = "observations.csv row", {c: ", ".join(lists.get(f"{c}s", ())) for _, c, *_ in wrong}
            faults = tuple(
                Fault(code, f"{where} {line}", column, text, allowed[column]) for line, column, code, text in wrong
            )
            raise Invalid("bad_snapshot", faults, path=str(path.parent))
        self._execute(question("bulk_rows"))
        rows, ids = self._execute("SELECT count(*), count(DISTINCT id) FROM bulk_rows")[0]
        if ids < rows:
            self._execute(question("bulk_once"))
            self._execute("CREATE OR REPLACE TEMP VIEW bulk_rows AS SELECT * FROM bulk_merged")
        self._execute(
            "CREATE OR REPLACE TEMP TABLE bulk_known AS"
            " SELECT DISTINCT id FROM bulk_rows SEMI JOIN observation USING (id)"
        )
        known = self._execute("SELECT count(*) FROM bulk_known")[0][0]
        new = ids - known
        conflicts = self._execute(question("bulk_conflicts"), {"source": source.id})
        clashes = tuple(
            Fault("two_values", f"observations.csv row {line}", indicator, text, f"{stated} {held} ({origin})")
            for line, indicator, text, held, stated, origin, agrees in conflicts
            if not agrees
        )
        own = tuple(f for f in clashes if f.detail.endswith(f"({source.id})"))
        if own:
            raise Invalid("bad_snapshot", own[:MOST_FAULTS], path=str(path.parent))
        remarks = tuple((code, text, taken) for code, text, taken in self._execute(question("bulk_words")))
        agrees = sum(bool(c[-1]) for c in conflicts)
        return Bulk(new=new, known=known, agrees=agrees, disagreements=clashes, remarks=remarks)

    def land_csv(self, source: Source, *, author: str, new_source: bool, detail: str = "") -> None:
        """Write what `examine_csv` found new, in one transaction."""

        def write(seq: int) -> None:
            if new_source:
                self._insert("source", [source_row(source)], seq)
            self._execute(
                question("bulk_insert"),
                {"source": source.id, "published": source.published, "author": author, "entry": seq},
            )

        filled = ["source", "observation"] if new_source else ["observation"]
        self._append_with(write, filled, author=author, action="snapshot", detail=detail or source.id)

    def _read_text(self, path: Path) -> None:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = [name.strip() for name in next(csv.reader(file), [])]
        faults = [*unknown_columns("header", header, COLUMNS)]
        faults += [Fault("missing_column", "header", name) for name in REQUIRED if name not in header]
        if faults or len(set(header)) < len(header):
            raise Invalid("bad_snapshot", tuple(faults) or (Fault("ragged", "header"),), path=str(path.parent))
        self._execute(
            "CREATE OR REPLACE TEMP TABLE bulk_lines AS SELECT * FROM read_csv($path, header = true, delim = ',',"
            " quote = '\"', escape = '\"', auto_detect = false, store_rejects = true, nullstr = '\\x00',"
            " columns = $columns, max_line_size = 4194304)",
            {"path": str(path), "columns": dict.fromkeys(header, "VARCHAR")},
        )
        rejected = self._execute("SELECT line, error_type, error_message FROM reject_errors ORDER BY line LIMIT 1000")
        if rejected:
            faults = [
                Fault("ragged", f"observations.csv:{n}", detail=f"{kind}: {said[:80]}") for n, kind, said in rejected
            ]
            raise Invalid("bad_snapshot", tuple(faults), path=str(path.parent))
        cells = ", ".join(
            f"trim(coalesce(\"{c}\", '')) AS {c}_text" if c in header else f"'' AS {c}_text" for c in COLUMNS
        )
        self._execute(
            f"CREATE OR REPLACE TEMP TABLE bulk_raw AS SELECT row_number() OVER () + 1 AS line, {cells} FROM bulk_lines"
        )
        self._execute("DROP TABLE bulk_lines")

    def _names(self, catalogue: Catalogue) -> None:
        """Small tables from each name as written to its slug; a name nobody knows is simply not in them."""
        indicators: list[dict[str, Any]] = []
        for (name,) in self._execute("SELECT DISTINCT indicator_text FROM bulk_raw"):
            try:
                record = catalogue.indicator(name)
            except Unknown:
                continue
            indicators.append(
                {
                    "name": name,
                    "slug": record.slug,
                    "measure": record.measure,
                    "lower": record.lower,
                    "upper": record.upper,
                }
            )
        entities: list[dict[str, Any]] = []
        for (name,) in self._execute("SELECT DISTINCT entity_text FROM bulk_raw"):
            try:
                entities.append({"name": name, "slug": catalogue.entity(name).slug})
            except Unknown:
                continue
        definitions: list[dict[str, Any]] = []
        for indicator in {row["slug"] for row in indicators}:
            own = catalogue.definitions_of(indicator)
            definitions += [{"indicator": indicator, "name": d.slug, "slug": d.slug} for d in own]
            if len(own) == 1:
                definitions.append({"indicator": indicator, "name": "", "slug": own[0].slug})
        self._small("bulk_indicator", {"name": "VARCHAR", "slug": "VARCHAR", "measure": "VARCHAR", "lower": "DOUBLE",
                                       "upper": "DOUBLE"}, indicators)  # fmt: skip
        self._execute("ALTER TABLE bulk_indicator RENAME lower TO lower_limit")
        self._execute("ALTER TABLE bulk_indicator RENAME upper TO upper_limit")
        self._small("bulk_entity", {"name": "VARCHAR", "slug": "VARCHAR"}, entities)
        self._small("bulk_definition", {"indicator": "VARCHAR", "name": "VARCHAR", "slug": "VARCHAR"}, definitions)

    def _words(self) -> None:
        """A small table from each figure as printed to what it says of its value; plain numbers are not in it."""
        said: list[dict[str, Any]] = []
        for text, number in self._execute(
            "SELECT DISTINCT as_stated_text, value_text FROM bulk_raw WHERE nature_text IN ('', 'stated')"
            " AND as_stated_text <> '' AND regexp_replace(as_stated_text, '[, ]', '', 'g') <> value_text"
        ):
            try:
                value = plain_number(number)
            except ValueError:
                continue
            words = printed(text)
            other = words.other_number(value)
            said.append(
                {
                    "text": text,
                    "number": number,
                    "qualifier": words.qualifier(value),
                    "other": None if other is None else f"{other:.15g}",
                    "scaled": words.scaled(value),
                }
            )
        self._small("bulk_said", {"text": "VARCHAR", "number": "VARCHAR", "qualifier": "VARCHAR", "other": "VARCHAR",
                                  "scaled": "BOOLEAN"}, said)  # fmt: skip

    def _small(self, name: str, types: Mapping[str, str], rows: list[dict[str, Any]]) -> None:
        picked = ", ".join(f'unnest(${c}::{kind}[]) AS "{c}"' for c, kind in types.items())
        self._execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {picked}", {c: [r[c] for r in rows] for c in types}
        )
