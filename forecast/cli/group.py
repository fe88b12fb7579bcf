"""Refusals as one line on stderr and an exit code: 0 done, 1 failed, 2 misused, 3 rejected, 4 busy, 130 stopped."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from charts.errors import ChartError, UnwritableFormat
from forecast.cli.language import current, overhear
from forecast.cli.usage import UsageError, command_of, is_help, no_such_command, usage_note
from forecast.errors import ForecastError, Misuse, Rejected
from forecast.notes import Note
from forecast.sentences import catalogue, fault_line, say, tell
from warehouse.errors import Invalid, Unknown, WarehouseBusy, WarehouseError

MOST_FAULTS = 1000
"""As many faults of one file are told."""
FAILED, MISUSED, REJECTED, BUSY, INTERRUPTED = 1, 2, 3, 4, 130


class Group(TyperGroup):
    """The command group that answers for every refusal; a bug keeps its traceback."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the options before the command; the language is known before anything can be wrong."""
        overhear(args)
        with answering():
            return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command of that name. Raises `Misuse` naming the nearest."""
        if args and self.get_command(ctx, args[0]) is None:
            said = no_such_command(args[0], self.list_commands(ctx), command_of(ctx))
            raise Misuse(said.code, **said.params)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; refusals become a sentence and an exit code."""
        with answering():
            return super().invoke(ctx)


@contextmanager
def answering() -> Iterator[None]:
    """Within it a refusal becomes one line on stderr, and the exit code that goes with it."""
    try:
        yield
    except (ForecastError, WarehouseError, ChartError) as error:
        complain(error)
        raise typer.Exit(exit_code(error)) from None
    except UsageError as error:
        if is_help(error):
            raise
        _say_note(usage_note(error))
        raise typer.Exit(MISUSED) from None
    except KeyboardInterrupt:
        say_error(tell(Note("interrupted"), current()))
        raise typer.Exit(INTERRUPTED) from None
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        _say_note(Note("file_trouble", {"path": error.filename or "", "why": error.strerror or str(error)}))
        raise typer.Exit(FAILED) from None


def exit_code(error: ForecastError | WarehouseError | ChartError) -> int:
    """The exit code of a refusal."""
    if isinstance(error, WarehouseBusy):
        return BUSY
    if isinstance(error, Misuse | Unknown | UnwritableFormat):
        return MISUSED
    if isinstance(error, Rejected | Invalid):
        return REJECTED
    return FAILED


def complain(error: ForecastError | WarehouseError | ChartError) -> None:
    """The sentence of a refusal on stderr; a file's faults follow, one a line."""
    _say_note(error.note if isinstance(error, ForecastError) else Note(error.code, error.params))
    faults = getattr(error, "faults", ())
    for fault in faults[:MOST_FAULTS]:
        print(f"  {fault_line(fault, current())}", file=sys.stderr)
    if len(faults) > MOST_FAULTS:
        say_error(say("faults_more", current(), n=len(faults) - MOST_FAULTS))


def _say_note(note: Note) -> None:
    """A note on stderr, with the system's own reasons in the reader's language."""
    say_error(tell(Note(note.code, {key: _reason(value) for key, value in note.params.items()}), current()))


def _reason(value: Any) -> Any:
    """What the operating system gave as its reason, in the reader's language; anything else as it is."""
    if not isinstance(value, str):
        return value
    number = next((n for n in errno.errorcode if os.strerror(n) == value), None)
    return catalogue(current()).get(f"os_{errno.errorcode[number].lower()}", value) if number else value


def name_share(path: Path, kind: str) -> None:
    """Say, before the first write, that the warehouse lies where locks do not hold."""
    say_error(tell(Note("on_a_share", {"path": str(path), "kind": kind}), current()))


def name_new(path: Path) -> None:
    """Say that a warehouse was made where there was none: a mistyped name must not go unnoticed."""
    say_error(tell(Note("warehouse_made", {"path": str(path)}), current()))


def say_error(sentence: str) -> None:
    """A one-line error on stderr."""
    print(" ".join(sentence.split()), file=sys.stderr)
