"""Which column is which in an SDMX data file, by the identifiers that the standard gives its concepts.

Knows the three ways in which such a file writes labels: codes alone, a column of labels behind each column of codes,
and "CODE: label" in headings and cells. Knows nothing of places, languages or publishers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from warehouse.tables.shape import ColumnSeen

_ROLES = {
    "period": ("TIME_PERIOD",),
    "value": ("OBS_VALUE",),
    "flag": ("OBS_STATUS", "OBS_FLAG"),
    "multiplier": ("UNIT_MULT",),
    "unit": ("UNIT_MEASURE", "UNIT"),
    "ignore": (
        "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "DATAFLOW", "LAST UPDATE", "FREQ", "CONF_STATUS",
        "OBS_CONF", "DECIMALS", "TIME_FORMAT", "TITLE", "TITLE_COMPL", "COLLECTION", "COMPILATION", "SOURCE_AGENCY",
        "BASE_PER", "REF_YEAR_PRICE", "TIME_PER_COLLECT", "EMBARGO_TIME", "OBS_PRE_BREAK", "OBS_COM", "COMMENT_OBS",
        "COMMENT_TS", "PUBL_ECB", "PUBL_MU", "PUBL_PUBLIC", "DOM_SER_IDS", "DISS_ORG", "AVAILABILITY", "BREAKS",
        "COVERAGE", "KEY", "SERIES_KEY", "UNIT_INDEX_BASE", "TIME_PERIOD_START", "TIME_PERIOD_END", "NOTE", "NOTES",
    ),
}  # fmt: skip
_AREAS = (
    "REF_AREA", "GEO", "LOCATION", "REP_AREA", "REPORTING_AREA", "REP_CTY", "L_REP_CTY", "REPORTER", "REPORTING",
    "COUNTRY", "CITIES", "METROREG", "TERRITORY", "ITTER107", "AREA", "REGION", "COU",
)  # fmt: skip
"""Concepts that name what an observation is of; a counterpart, a partner or a residence tells observations apart."""
_SUBJECTS = ("MEASURE", "INDICATOR", "SERIES", "INDIC", "SUBJECT", "DATA_TYPE", "TIPO_DATO", "VARIABLE", "INDIC_UR")
_WHOLE = re.compile(
    r"^(?:total|all|not applicable|unspecified|non[- ]?specified|n/?a|no breakdown|annual|monthly|quarterly)\b",
    re.IGNORECASE,
)
"""The one label of a dimension along which nothing is told apart."""
_ABBREVIATION = re.compile(r"[A-Z]{4,}: |(?:GDP|GNI|GVA|CPI|PPI|PMI|FDI|ODI|M[0-3]):|[A-Z]{2,}[:：](?=[\u3400-\u9fff])")
"""The short name of a railway, or of what is counted, rather than a code, which is shorter or has figures in it."""
_BEHIND_CODE = re.compile(r"[A-Z0-9][A-Z0-9_.+\-]{0,19}:\s?(?=\S)")


def without_code(label: str) -> str:
    """The words of "AT: Austria" and of "6: Millions"; any other text as it is."""
    match = _BEHIND_CODE.match(label)
    return label[match.end() :] if match and not _ABBREVIATION.match(label) else label


def sdmx_roles(columns: Sequence[ColumnSeen]) -> dict[int, str]:
    """Column -> role, counted from 1; empty where the headings are not those of an SDMX data file."""
    names = [_concept(c.heading) for c in columns]
    if not {"TIME_PERIOD", "OBS_VALUE"} <= set(names):
        return {}
    labels = _labels(columns, names)
    roles: dict[int, str] = {}
    open_ones: list[int] = []
    area = next((n for n in _AREAS if n in names), "")
    for at, name in enumerate(names):
        if at in labels.values():
            continue
        role = "entity" if name == area else next((r for r, own in _ROLES.items() if name in own), "")
        role = "" if name == "FREQ" and len(columns[at].distinct) > 1 else role
        if not role and tells(columns[labels.get(at, at)].distinct):
            open_ones.append(at)
        roles[at] = role or "ignore"
    subject = next((n for own in (_SUBJECTS, ("STRUCTURE_NAME",)) for n, name in enumerate(names) if name in own), -1)
    if subject < 0 and open_ones:
        subject = open_ones[0]
    for at in open_ones:
        roles[at] = "part"
    if subject >= 0:
        roles[subject] = "indicator"
    told: dict[int, str] = {}
    for at, role in roles.items():
        worded = labels.get(at) if role in ("entity", "indicator", "part", "unit") else None
        kept = worded if worded is not None and columns[worded].filled else at
        told |= {n + 1: "ignore" for n in (at, labels.get(at)) if n is not None}
        told[kept + 1] = role
    return told


def tells(said: Sequence[str]) -> bool:
    """Whether a dimension says something of the figures: several things, or one in words that is not the whole."""
    if len(said) != 1:
        return len(said) > 1
    words = without_code(said[0])
    named = re.search(r"[a-z]{3}|[^\x00-\u024f]", words) or re.fullmatch(r"[A-Z]{6,}", words)
    return bool(named) and not _WHOLE.search(words)


def _concept(heading: str) -> str:
    """The identifier in a heading: TIME_PERIOD of "TIME_PERIOD:Time period or range"."""
    return re.split(r"\s?[:;]", heading, maxsplit=1)[0].strip().upper()


def _labels(columns: Sequence[ColumnSeen], names: Sequence[str]) -> dict[int, int]:
    """Column of codes -> the column of its labels right of it, where the file has one for each."""
    first = next((n for n, name in enumerate(names) if name not in _ROLES["ignore"][:6]), 0)
    time, value = names.index("TIME_PERIOD"), names.index("OBS_VALUE")
    behind = [n + 1 for n in (time, value)]
    paired = (
        all(n < len(names) and re.search("[a-z]", columns[n].heading) for n in behind)
        and (time - first) % 2 == (value - first) % 2 == 0
        and not all(columns[n].figures for n in behind)
    )
    return {n: n + 1 for n in range(first, len(names) - 1, 2)} if paired else {}
