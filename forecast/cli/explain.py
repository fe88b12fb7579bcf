"""`forecast explain`: where one figure came from."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from forecast.cli.language import current
from forecast.cli.options import (
    EntityOption,
    Format,
    FormatOption,
    IndicatorOption,
    LangOption,
    WaitOption,
    WarehouseOption,
)
from forecast.cli.show import as_csv, as_json, told
from forecast.sentences import catalogue
from forecast.workflow.opening import DEFAULT_WAIT

NAME = "explain"


def command(
    figure: Annotated[str | None, typer.Argument(metavar="[ID]", help="The figure's id, or an indicator.")] = None,
    indicator: IndicatorOption = None,
    day: Annotated[str | None, typer.Argument(metavar="[DATE]", help="The same as --date.")] = None,
    date: Annotated[str, typer.Option("--date", help="With an indicator: the day its period ends on.")] = "",
    entity: EntityOption = "",
    warehouse: WarehouseOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """Show where one figure came from.

    Phrase, place, the three clocks, formula, what corroborates or supersedes it. Give its id, or an indicator and
    the day its period ends on.
    """
    from forecast.workflow.lookup import explain

    when = date or day or ""
    rows = explain(figure or "", indicator=indicator or "", date=when, entity=entity, warehouse=warehouse, wait=wait)
    if format is Format.json:
        as_json(rows[0] if len(rows) == 1 else rows)
    elif format is Format.csv:
        as_csv(rows, list(rows[0]))
    else:
        print("\n\n".join(_record(row) for row in rows))


def _record(row: dict[str, Any]) -> str:
    words = catalogue(current())
    lines = []
    for key, value in row.items():
        if value in ("", None, [], ()) and key not in ("low", "high"):
            continue
        if isinstance(value, list):
            value = words["clause_break"].join(_short(v) for v in value)
        elif value is None:
            value = words["open_bound"]
        lines.append(f"{words.get(f'column_{key}', key)}{words['fault_break']}{told(key, value)}")
    return "\n".join(lines)


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return f"{value.get('as_stated', '')} [{value.get('id', '')}] {value.get('source', '')}".strip()
    return str(value)
