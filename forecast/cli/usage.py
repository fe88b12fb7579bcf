"""What Typer could not make sense of, as a note in our own words: an unknown option, a value of the wrong kind.

Typer keeps its usage errors to itself; of them only `typer.BadParameter` is public. The others are known here by what
they carry, and whatever is not known is told in Typer's words.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from difflib import get_close_matches
from enum import Enum
from typing import Any, get_args, get_type_hints

import typer

from forecast.notes import Note, note

UsageError: Any = typer.BadParameter.__base__


def is_help(error: Any) -> bool:
    """Whether a usage error is nothing but the help of a command group that was called alone."""
    return type(error).__name__ == "NoArgsIsHelpError"


def usage_note(error: Any) -> Note:
    """What to say of a usage error: which option or argument, what was given, and what is expected."""
    command = _command(error)
    if type(error).__name__ == "MissingParameter":
        return note("argument_missing", what=_spelled(error.param), command=command)
    if isinstance(error, typer.BadParameter):
        return _bad_value(error)
    option = getattr(error, "option_name", "")
    if option and hasattr(error, "possibilities"):
        near = ", ".join(error.possibilities or _nearest(option, _options(error)))
        return note("no_such_option", option=option, near=near, command=command)
    if option:
        filled = any(given.startswith(f"{option}=") for given in sys.argv)
        return note("option_takes_none" if filled else "option_needs_value", option=option)
    extra = re.search(r" \((.+)\)$", error.message)
    if extra:
        return note("extra_argument", given=extra[1], command=command)
    return note("option_trouble", why=error.message)


def no_such_command(name: str, known: Iterable[str], command: str) -> Note:
    """What to say of a command that there is none of."""
    return note("no_such_command", name=name, near=", ".join(_nearest(name, known)), command=command)


def command_of(ctx: Any) -> str:
    """How a command is called, whatever the program was started as: "forecast target set"."""
    names = []
    while ctx.parent is not None:
        names.append(ctx.info_name)
        ctx = ctx.parent
    return " ".join(["forecast", *reversed(names)])


def _command(error: Any) -> str:
    return command_of(error.ctx) if error.ctx is not None else "forecast"


def _bad_value(error: Any) -> Note:
    option, given = _spelled(error.param), _given(error.param)
    expected = get_type_hints(error.ctx.command.callback).get(error.param.name) if error.ctx else None
    for kind in (expected, *get_args(expected)):
        if isinstance(kind, type) and issubclass(kind, Enum):
            return note("option_choice", option=option, given=given, known=", ".join(str(one.value) for one in kind))
        if kind in (int, float):
            return note("option_whole_number" if kind is int else "option_number", option=option, given=given)
    return note("option_trouble", why=error.format_message())


def _spelled(param: Any) -> str:
    """An option as it is typed, an argument as the help shows it."""
    names = [name for name in param.opts if name.startswith("-")]
    return names[0] if names else str(param.metavar or param.name.upper()).strip("[]")


def _given(param: Any) -> str:
    """What was typed for an option: the last value, as the one that counts."""
    found = ""
    for at, word in enumerate(sys.argv):
        name, equals, value = word.partition("=")
        if name in param.opts:
            found = value if equals else next(iter(sys.argv[at + 1 : at + 2]), "")
    return found


def _options(error: Any) -> list[str]:
    return [name for param in error.ctx.command.params for name in param.opts] if error.ctx else []


def _nearest(name: str, known: Iterable[str]) -> list[str]:
    return get_close_matches(name, list(known), n=3, cutoff=0.6)
