"""How a table writes its numbers: its decimal sign, and what stands for a minus."""

from __future__ import annotations

import re

from warehouse.tables.cells import bracketed, falls, plain, triangled
from warehouse.tables.grid import Grid
from warehouse.tables.shape import Seen

_COMMA = re.compile(
    r"[+-]?(?:(?:\d{1,3}(?:[ ']\d{3})+|\d+),(?:\d{1,2}|\d{4,})|\d{1,3}(?:\.\d{3})+,\d+|"
    r"\d{1,3}(?:\.\d{3}){2,})(?![\d,])"
)
"""A number that can only have a decimal comma, or dots between its thousands."""


def decimal_of(grid: Grid, seen: Seen, values: list[int], doubts: list[tuple[str, str, str]]) -> str:
    """The decimal sign that the figures show; what speaks against it is added to `doubts`."""
    commas = dots = three = 0
    for row in seen.sample:
        for column in values:
            if (row, column) in grid.native:
                continue
            text = plain(grid.text(row, column))
            if _COMMA.match(text):
                commas += 1
            elif re.match(r"^[+-]?(?:\d+\.(?:\d{1,2}|\d{4,})|\d{1,3}(?:,\d{3})+(?:\.\d+)?)(?![\d,.])", text):
                dots += 1
            elif re.match(r"^[+-]?\d{1,3}[.,]\d{3}(?!\d)", text):
                three += 1
    if commas and dots:
        doubts.append(("decimals_mixed", "[file]", "decimal"))
    elif three and not dots and not commas and grid.delimiter == ";":
        doubts.append(("decimals_unclear", "[file]", "decimal"))
    return "," if commas > dots else "."


def negatives_of(grid: Grid, seen: Seen, roles: dict[int, str], doubts: list[tuple[str, str, str]]) -> str:
    """What stands for a minus, always told: several cells show it, and no cell of the table has a minus.

    Brackets below a figure, in a row without a label, are errors of estimates and settle nothing.
    """
    values = [c for c, r in roles.items() if r == "value"]
    labels = [c for c, r in roles.items() if r not in ("value", "flag", "ignore")]
    fallen = {c: t for r in seen.sample for c in values if falls(t := grid.text(r, c))}
    risen = {c for r in seen.sample for c in values if triangled(t := grid.text(r, c)) and not falls(t)}
    if fallen and risen <= fallen.keys():
        doubts.append(("arrows_taken", '[file] negatives = "arrows"', next(iter(fallen.values()))))
        return "arrows"
    in_brackets = behind_triangles = 0
    example = ""
    for row in seen.sample:
        for column in values:
            text = plain(grid.text(row, column))
            if not text or text[0] not in "-(△▲":
                continue
            if text[0] == "-" and text[1:2].isdigit():
                return "minus"
            if bracketed(text) and not any(grid.text(row, c).strip() for c in labels):
                return "minus"
            in_brackets += bracketed(text)
            behind_triangles += triangled(text)
            example = example or (text if bracketed(text) or triangled(text) else "")
    if max(in_brackets, behind_triangles) < 2:
        return "minus"
    found = "brackets" if in_brackets >= behind_triangles else "triangles"
    doubts.append(("negatives_taken", f'[file] negatives = "{found}"', example))
    return found
