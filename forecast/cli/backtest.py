"""`forecast backtest`: what would have been said at each past publication, against what came."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forecast import models
from forecast.cli.language import current
from forecast.cli.options import (
    DefinitionOption,
    EntityOption,
    Format,
    FormatOption,
    IndicatorArgument,
    IndicatorOption,
    LangOption,
    WaitOption,
    WarehouseOption,
    the_indicator,
)
from forecast.errors import Misuse
from forecast.sentences import counted, number, say, tell
from forecast.workflow.opening import DEFAULT_WAIT

if TYPE_CHECKING:
    from forecast.workflow.backtest import Tested

NAME = "backtest"
COLUMNS = ("indicator", "entity", "model", "origin_date", "figures", "target_date", "value", "median", "band80",
           "inside", "wis")  # fmt: skip


def command(
    name: IndicatorArgument = None,
    indicator: IndicatorOption = None,
    every: Annotated[bool, typer.Option("--all", help="Every indicator with something to score.")] = False,
    entity: EntityOption = "",
    definition: DefinitionOption = "",
    model: Annotated[str, typer.Option("--model", help=f"{', '.join(models.names())} or all.")] = models.DEFAULT,
    warehouse: WarehouseOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = None,
    wait: WaitOption = DEFAULT_WAIT,
) -> None:
    """Refit at each past publication, and score against what came.

    An origin uses only what was published by then; its truth are later figures counted under comparable definitions.
    """
    from forecast.workflow.backtest import backtest_all, backtest_indicator

    if every:
        if name or indicator:
            raise Misuse("all_or_one")
        if definition:
            raise Misuse("definition_of_one")
        tested = backtest_all(entity=entity, model=model, warehouse=warehouse, wait=wait)
    else:
        tested = backtest_indicator(
            the_indicator(name, indicator, NAME),
            entity=entity,
            model=model,
            definition=definition,
            warehouse=warehouse,
            wait=wait,
        )
    _print(tested, format, every)


def _print(tested: Sequence[Tested], form: Format, every: bool) -> None:
    from forecast.cli.show import as_csv, as_json, as_table
    from forecast.workflow.backtest import rows_of

    rows = rows_of(tested)
    if form is Format.json:
        as_json({"rows": rows, "tally": _tallies(tested), "refused": _refused(tested), "notes": _notes(tested)})
    elif form is Format.csv:
        as_csv(rows, list(rows[0]) if rows else ["model", "indicator", "origin_date", "target_date"])
    else:
        headings = [say(f"column_{c}", current()) for c in COLUMNS]
        print(as_table(headings, [[_cell(row, c) for c in COLUMNS] for row in rows], numeric=(4, 6, 7, 8, 10)))
    if form is not Format.json:
        for line in [*_notes(tested), *_verdicts(tested, every)]:
            print(line, file=sys.stderr)


def _cell(row: dict[str, Any], column: str) -> str:
    if column == "band80":
        return "-" if row["low"] is None else f"{_figure(row['low'])}..{_figure(row['high'])}"
    if column == "inside":
        held = row["covered_80"]
        return "-" if held is None else say("inside_yes" if held else "inside_no", current())
    value = row[column]
    return "-" if value is None else _figure(value) if isinstance(value, float) else str(value)


def _figure(value: float) -> str:
    return number(round(value, 3), current())


def _tallies(tested: Sequence[Tested]) -> list[dict[str, Any]]:
    from forecast.workflow.backtest import tally

    return [
        {
            "model": t.model,
            "series": t.series,
            "origins": t.origins,
            "origin_days": t.days,
            "scored": t.scored,
            "with_band": t.banded,
            "refused": t.refused,
            **{f"held_{level}": held for level, held in t.held.items()},
        }
        for t in tally(tested)
    ]


def _refused(tested: Sequence[Tested]) -> list[dict[str, Any]]:
    out = []
    for one in tested:
        head: dict[str, Any] = {"model": one.model, "indicator": one.indicator.slug, "entity": one.entity.slug}
        if one.reason is not None:
            out.append(head | {"origin_date": None, "code": one.reason.code, "reason": tell(one.reason, current())})
        for day, why in one.result.refused if one.result else ():
            out.append(head | {"origin_date": day.isoformat(), "code": why.code, "reason": tell(why, current())})
    return out


def _notes(tested: Sequence[Tested]) -> list[str]:
    said = [tell(n, current()) for one in tested if one.found for n in one.found.notes]
    return list(dict.fromkeys(said))


def _verdicts(tested: Sequence[Tested], every: bool) -> list[str]:
    """How much was scored, and how little: one line a model, and the refusals of a single series in full."""
    lang = current()
    lines = []
    if not every:
        lines += [f"{row['model']}: {row['reason']}" for row in _refused(tested)]
    for t in _tallies(tested):
        if not every and not t["origins"]:
            continue  # its refusal is said above
        origins = counted("origins", t["origins"], lang)
        days = counted("origin_days", t["origin_days"], lang)
        gaps = {"model": t["model"], "origins": origins, "days": days, "figures": counted("figures", t["scored"], lang)}
        lines.append(say("backtest_scored", lang, **gaps))
        if t["with_band"]:
            held = {f"held{level}": t[f"held_{level}"] for level in (50, 80, 95)}
            lines.append(say("backtest_held", lang, model=t["model"], n=t["with_band"], **held))
    if tested and not every and tested[0].found is not None:
        found = tested[0].found
        lines.append(say("backtest_no_more", lang, publications=len(found.publications), origins=len(found.cases)))
    if every:
        unscored = sum(one.reason is not None for one in tested if one.model == tested[0].model)
        lines.append(say("backtest_nothing_for", lang, n=unscored))
    return lines
