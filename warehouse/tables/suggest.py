"""A proposal of how a table is to be read: every guess is written down in the mapping and told, none is made unseen."""

from __future__ import annotations

from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from warehouse.catalogue import Catalogue
from warehouse.tables.around import source_around, unit_around
from warehouse.tables.beyond import hidden_among
from warehouse.tables.days_meant import with_dates_meant, with_stock_day
from warehouse.tables.defaults import default_name, default_period, default_place, titled_by_its_corner
from warehouse.tables.grid import Grid, letter
from warehouse.tables.growth import growth_beside
from warehouse.tables.header_says import header_says
from warehouse.tables.headings import month_or_year, part_named
from warehouse.tables.layout import heads_of
from warehouse.tables.mapping import Mapping
from warehouse.tables.number_signs import decimal_of, negatives_of
from warehouse.tables.partners import with_partners
from warehouse.tables.periods import whole_year, within
from warehouse.tables.places_in_headings import with_places_in_headings
from warehouse.tables.proposed_names import with_rules
from warehouse.tables.roles import roles_of
from warehouse.tables.row_kinds import filled_cells
from warehouse.tables.rows_under import fill_down, named_by_codes, units_inherited, with_places_above, with_rows_under
from warehouse.tables.shape import SAMPLE, ColumnSeen, Seen, column_seen, look
from warehouse.tables.shared_units import units_by_heading
from warehouse.tables.spots import spots
from warehouse.tables.spotted import Spots
from warehouse.tables.sums import with_units_of_sums
from warehouse.tables.totals_to_date import with_totals_to_date
from warehouse.tables.whose import may_be_ours, place_around


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A mapping to look at, and what the steward should look at first: (code, where, text)."""

    mapping: Mapping
    doubts: tuple[tuple[str, str, str], ...]
    found: Spots | None = None
    """The table's cells by this mapping, where they were looked at."""


def suggest(grid: Grid, catalogue: Catalogue, path: Path, others: Sequence[Grid] = ()) -> Suggestion:
    """Propose how `grid` is to be read; the `others` of the workbook may say when it was published."""
    seen = look(grid)
    doubts: list[tuple[str, str, str]] = []
    columns = [column_seen(grid, seen, c) for c in range(1, grid.width + 1)]
    roles = roles_of(grid, seen, columns, catalogue, doubts)
    named_by_codes(grid, seen, roles, doubts)
    filled_down = fill_down(grid, seen, roles)
    doubts += [("filled_down", letter(c), ", ".join(columns[c - 1].distinct[:3])[:60]) for c in filled_down]
    seen = _from_the_line_above(seen, grid, roles, filled_down)
    if seen.another:
        begins = next(t for t in grid.rows[seen.another - 1] if t.strip())[:40]
        doubts.append(("another_table", str(seen.another), begins))
    if seen.below:
        doubts.append(("figures_below", str(seen.last_row), str(seen.below)))
    below = [t.strip() for row in grid.rows[seen.last_row :] for t in row if t.strip()]
    unit = unit_around(seen, below)
    source = source_around(seen, grid, path, columns, others)
    if not source.get("published"):
        doubts.append(("published_needed", "[source]", "published"))
    draft = Mapping(
        sheet=grid.name,
        encoding=grid.decoded.encoding if grid.decoded else "",
        delimiter=grid.delimiter,
        decimal=decimal_of(grid, seen, [c for c, r in roles.items() if r == "value"], doubts),
        negatives=negatives_of(grid, seen, roles, doubts),
        header_rows=seen.header_rows,
        first_row=seen.first_row,
        last_row=seen.last_row,
        fill_down=filled_down,
        source=source,
        columns=roles,
        header=header_says(grid, seen, roles, catalogue),
        defaults={"unit": unit.printed} if unit else {},
    )
    if not unit:
        draft = _with_mixed_units(draft, grid, seen, doubts)
        draft = titled_by_its_corner(draft, columns[0].heading) if columns and not seen.title else draft
    draft = _in_the_titles_part(draft, grid, seen, doubts)
    draft = with_totals_to_date(_with_growth_dated(draft, grid, doubts), grid, doubts)
    draft = with_units_of_sums(draft, grid, doubts)
    place = place_around(grid, seen, catalogue, path, others)
    draft = with_places_in_headings(draft, grid, catalogue, doubts)
    draft = with_places_above(draft, grid, seen, catalogue, doubts)
    draft = with_partners(draft, grid, seen, columns, catalogue, place, doubts)
    sample = spots(grid, draft, rows=2 * SAMPLE)[:SAMPLE]
    owned_by = place or (catalogue.default_entity if may_be_ours(grid, seen, others, catalogue) else "")
    said = default_name(draft, grid, seen, sample, path, doubts) | default_period(draft, seen, sample, path, doubts)
    dated = with_dates_meant(draft, sample, doubts)
    dated = with_stock_day(dated, (*seen.lines, *below), sample, doubts)
    said |= default_place(draft, grid, sample, owned_by, doubts)
    draft = with_rows_under(replace(dated, defaults={**draft.defaults, **said}), grid, sample)
    doubts += _months_among_labels(draft, columns)
    if inherited := units_inherited(grid, draft):
        doubts.append(("unit_inherited", "[indicators]", ", ".join(dict.fromkeys(inherited))[:120]))
    doubts += hidden_among(grid, draft)
    found = spots(grid, draft)
    return Suggestion(
        mapping=with_rules(draft, found, catalogue, columns, doubts, place),
        doubts=tuple(dict.fromkeys(doubts)),
        found=found,
    )


def _from_the_line_above(seen: Seen, grid: Grid, roles: Table[int, str], filled_down: Sequence[int]) -> Seen:
    """The table from one row earlier, where that row begins a merged cell or says the year of the months below it."""
    row = seen.first_row - 1
    if row < 1 or row in seen.header_rows:
        return seen
    dated = [c for c, role in roles.items() if role == "period"] if filled_cells(grid, row) == 1 else []
    merged = any(grid.text(row, c).strip() for c in filled_down)
    return replace(seen, first_row=row) if merged or any(month_or_year(grid.text(row, c))[1] for c in dated) else seen


def _with_mixed_units(draft: Mapping, grid: Grid, seen: Seen, doubts: list[tuple[str, str, str]]) -> Mapping:
    """The draft with the units of a line that names several, each for the headings that it fits."""
    if not seen.unit:
        return draft
    doubts.append(("units_mixed", "[defaults]", seen.unit[:60]))
    own = units_by_heading([seen.unit], heads_of(grid, draft), draft.having("value"))
    doubts += [("unit_chosen", f"[headings.{letter(c)}]", said) for c, said in own.items()]
    return draft.with_headings({c: {"unit": said} for c, said in own.items()})


def _with_growth_dated(draft: Mapping, grid: Grid, doubts: list[tuple[str, str, str]]) -> Mapping:
    """The draft with columns of growth dated by the level beside them."""
    own = growth_beside(grid, draft)
    doubts += [("period_beside", f"[headings.{letter(c)}]", text) for c, text in own.items()]
    return draft.with_headings({c: {"period": text} for c, text in own.items()})


def _months_among_labels(draft: Mapping, columns: Sequence[ColumnSeen]) -> list[tuple[str, str, str]]:
    """A doubt for each column of names that holds months, in a table without a column of months."""
    found = {
        c: [t for t in columns[c - 1].distinct if month_or_year(t)[0]]
        for c in (*draft.having("indicator"), *draft.having("part"))
    }
    told = [("months_among_labels", letter(c), ", ".join(months[:4])) for c, months in found.items() if len(months) > 1]
    return [] if draft.having("month") else told


def _in_the_titles_part(draft: Mapping, grid: Grid, seen: Seen, doubts: list[tuple[str, str, str]]) -> Mapping:
    """The draft with the years of its headings as the part of them that the title names: January-March, 2022, 2023."""
    part = next((said for line in seen.lines if (said := part_named(line))), "")
    if not part or draft.having("period") or draft.having("month"):
        return draft
    heads = zip(draft.having("value"), heads_of(grid, draft), strict=True)
    years = {c: within(h.period, part) for c, h in heads if h.period and whole_year(h.period)}
    told = {c: f"{p.start.isoformat()} to {p.end.isoformat()}" for c, p in years.items() if p}
    if told:
        doubts.append(("part_from_title", "[headings]", part))
    return draft.with_headings({c: {"period": text} for c, text in told.items()})
