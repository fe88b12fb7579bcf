"""The language of this run: `--lang`, else `FORECAST_LANG`, else English."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import pairwise

from forecast.errors import Misuse
from forecast.sentences import BOTH, LANGUAGES

_chosen: list[str] = []


def choose(lang: str, known: Sequence[str] = LANGUAGES) -> str:
    """Make `lang` the language of everything said from here on. Raises `Misuse` for another word, naming `known`."""
    if lang not in LANGUAGES:
        raise Misuse("unknown_language", name=lang, known=", ".join(known))
    _chosen[:] = [lang]
    return lang


def choose_among(lang: str) -> str:
    """`choose` for what may be written in both: with `both` the language of messages stays as it is."""
    return lang if lang == BOTH else choose(lang, (*LANGUAGES, BOTH))


def overhear(args: Sequence[str]) -> None:
    """Choose what `--lang` names among arguments nobody has understood yet: whatever is wrong is said in it."""
    for word, following in pairwise((*args, "")):
        name, equals, value = word.partition("=")
        lang = value if equals else following
        if name == "--lang" and lang in LANGUAGES:
            choose(lang)


def current() -> str:
    """The language of this run."""
    if _chosen:
        return _chosen[0]
    named = os.environ.get("FORECAST_LANG", "en")
    return named if named in LANGUAGES else "en"


def forget() -> None:
    """Choose no language: for a caller that runs several commands in one process."""
    _chosen.clear()
