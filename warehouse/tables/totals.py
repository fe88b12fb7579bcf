"""The words for a total, in the languages of the tables; nothing about what is totalled."""

from __future__ import annotations

import re

TOTAL_WORDS = (
    r"(?:grand |overall )?total(?:e|es|s)?|(?:gesamt|jahres)?summe|合\s*[计計]|[总總]\s*[计計数數]|総数|全部|計|계|"
    r"합계|총계|insgesamt|gesamt|ensemble|totaal|ogółem|toplam|итого|всего"
)
_TOTAL = re.compile(TOTAL_WORDS, re.IGNORECASE)


def is_total(label: str) -> bool:
    """Whether a label says no more than that its figure is a total."""
    return _TOTAL.fullmatch(label.strip()) is not None
