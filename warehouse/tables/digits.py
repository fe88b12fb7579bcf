"""Months and days in digits alone, 202312, 20231231, 2023.1, put with their dashes."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=50_000)
def dashed(text: str, early: bool = False) -> str:
    """A month or a day in digits alone, 202312, 20231231, 2023.1 or 12.2023, with its dashes; "" for any other text.

    `early`: of the nineteenth century too.
    """
    if text.startswith("18") and not early:
        return ""
    for form in _IN_DIGITS:
        if match := form.fullmatch(text):
            return "-".join(match[name].zfill(2) for name in "ymd" if match.groupdict().get(name))
    return ""


_IN_DIGITS = (
    re.compile(r"(?P<y>(?:18|19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])?"),
    re.compile(r"(?P<y>(?:19|20)\d\d)\.(?P<m>[1-9]|1[0-2])"),
    re.compile(r"(?P<m>0[1-9]|1[0-2])\.(?P<y>(?:19|20)\d\d)"),
)
