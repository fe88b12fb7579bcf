"""Notes, doubts and refusals in the reader's language: one catalogue (TOML: code = "sentence") per language.

Knows how to say things; knows nothing of why they are said. A catalogue sentence is a `str.format` template over the
note's parameters, where the gap of a number may hold the words for one and for many; a test holds the catalogues to
the same codes and the same gaps.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from numbers import Integral
from pathlib import Path
from typing import Any

from forecast.notes import Note

LANGUAGES = ("en", "zh")
BOTH = "both"
"""What may be written in one language may be written in both."""


@cache
def catalogue(lang: str) -> Mapping[str, str]:
    """All sentences of a language, by code. Raises `KeyError` for a language there is no catalogue of."""
    if lang not in LANGUAGES:
        raise KeyError(lang)
    with (Path(__file__).parent / f"{lang}.toml").open("rb") as file:
        return {code: str(text) for code, text in tomllib.load(file).items()}


def number(value: float, lang: str = "en") -> str:
    """A figure as people print it: thousands separated, no needless decimals ("3,210,000", "63.1", "0.85").

    From 10^15 on, and nearer to nought than a thousandth, three significant digits ("1.06e+301", "0.00047").
    """
    if abs(value) >= 1e15 or 0 < abs(value) < 1e-3:
        return f"{value:.3g}"
    if value == int(value):
        return f"{int(value):,}"
    digits = 0 if abs(value) >= 1000 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    return f"{value:,.{digits}f}"


def tell(note: Note, lang: str = "en") -> str:
    """The sentence of a note. Floats are printed as figures; a parameter may be a mapping language -> text.

    A note whose `near` is "" is told as "nothing is like it" where there are words for that.
    """
    alone = f"{note.code}_at_all"
    code = alone if note.params.get("near") == "" and alone in catalogue(lang) else note.code
    return say(code, lang, **note.params)


class Count(int):
    """A number that chooses the words that agree with it: "{n:# cell is|# cells are}" gives "1 cell is"."""

    def __format__(self, spec: str) -> str:
        one, bar, many = spec.partition("|")
        return (one if self == 1 else many).replace("#", str(int(self))) if bar else format(int(self), spec)


def say(code: str, lang: str = "en", /, **params: Any) -> str:
    """The sentence `code` with its gaps filled. Raises `KeyError` for an unknown code."""
    shown = {}
    for key, value in params.items():
        if isinstance(value, Mapping):
            value = value.get(lang, value.get("en", ""))
        elif isinstance(value, float):
            value = number(value, lang)
        elif isinstance(value, Integral) and not isinstance(value, bool):
            value = Count(value)
        shown[key] = value
    return catalogue(lang)[code].format(**shown)


def fault_line(fault: Any, lang: str = "en") -> str:
    """One fault as it is read aloud: where, which column, the text, what is wrong with it, and what was expected."""
    words = catalogue(lang)
    what = words.get(f"fault_{fault.code}", fault.code)
    if not fault.detail:
        what = words.get(f"fault_{fault.code}_at_all", what)
    said = "" if "{detail}" in what else fault.detail
    text = repr(fault.text) if fault.text else ""
    parts = [fault.where, fault.column, text, what.replace("{detail}", fault.detail), said]
    return words["fault_break"].join(part for part in parts if part)


def counted(what: str, n: int, lang: str = "en") -> str:
    """How many, in words that agree with the number: `counted("figures", 1)` is "1 figure"."""
    return say(f"{what}_one" if n == 1 else f"{what}_many", lang, n=n)


def titled(name: str, entity: str, lang: str = "en") -> str:
    """What is counted and whose it is, as one title; a name that begins with its owner is not told twice."""
    if name.startswith(entity):
        return name
    return say("chart_title", lang, name=name, entity=entity + gap(entity, name) if lang == "zh" else entity)


def gap(first: str, second: str) -> str:
    """What stands between two words of a Chinese text: a blank where either is written in letters, else nothing."""
    return " " if any(sign.isalpha() and sign < "\u2e80" for sign in first[-1:] + second[:1]) else ""


def percent(share: float) -> str:
    """A probability in percent as printed; never 0 or 100, which nobody can know."""
    return "<1" if share < 0.01 else ">99" if share > 0.99 else f"{100 * share:.0f}"
