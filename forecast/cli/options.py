"""Options that mean the same everywhere, spelled once."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from forecast.cli.language import choose, choose_among, current
from forecast.errors import Misuse

EXAMPLE = "intl_orgs"
EXAMPLES = {"rank": "fortune500_rank"}
"""An indicator to name where none was given: for ranks one that is a rank."""


class Format(StrEnum):
    """How a result is printed."""

    table = "table"
    json = "json"
    csv = "csv"


def _lang(value: str | None) -> str:
    return choose(value or current())


def _languages(value: str | None) -> str:
    return choose_among(value or current())


FormatOption = Annotated[Format, typer.Option("--format", help="How the result is printed.")]
LangOption = Annotated[
    str | None, typer.Option("--lang", callback=_lang, is_eager=True, help="Language: en or zh (FORECAST_LANG).")
]
LanguagesOption = Annotated[
    str, typer.Option("--lang", callback=_languages, is_eager=True, help="en, zh or both (FORECAST_LANG).")
]
WarehouseOption = Annotated[
    Path | None,
    typer.Option("--warehouse", help="The warehouse file (else FORECAST_WAREHOUSE, else your data folder)."),
]
WaitOption = Annotated[float, typer.Option("--wait", help="Seconds to wait while somebody else writes.")]
IndicatorArgument = Annotated[str | None, typer.Argument(metavar="[INDICATOR]", help="The same as --indicator.")]
IndicatorOption = Annotated[str | None, typer.Option("--indicator", help="Slug, name or alias, in either language.")]
EntityOption = Annotated[str, typer.Option("--entity", help="Whose figures: slug or name (default: the city).")]
DefinitionOption = Annotated[str, typer.Option("--definition", help="Wording under which it is counted.")]
AsOfOption = Annotated[
    str, typer.Option("--as-of", help="Use only what was published by this date (default: the newest figure's).")
]


def the_indicator(positional: str | None, option: str | None, command: str) -> str:
    """The one indicator meant. Raises `Misuse` for none, naming the command that asks, or for two that differ."""
    if positional and option and positional != option:
        raise Misuse("two_indicators", first=positional, second=option)
    name = option or positional
    if not name:
        raise Misuse("which_indicator", command=command, example=EXAMPLES.get(command, EXAMPLE))
    return name


def the_day(text: str, option: str = "--as-of") -> date | None:
    """A day given to an option, None for "". Raises `Misuse` for text that is no date."""
    from forecast.workflow.horizon import parse_day

    return parse_day(text, option) if text else None


def the_moment(text: str, option: str = "--as-recorded") -> datetime | None:
    """A moment (UTC) given to an option; a day means its end, "" none. Raises `Misuse` for text that is neither."""
    from forecast.workflow.horizon import parse_moment

    return parse_moment(text, option) if text else None
