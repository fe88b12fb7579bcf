"""A proposal of how a table is to be read: every guess is written down in the mapping and told, none is made unseen."""

from __future__ import annotations

import re
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from warehouse.catalogue import Catalogue
from warehouse.tables.around import source_around, unit_around
from warehouse.tables.beyond import hidden_among
from warehouse.tables.cells import plain
from warehouse.tables.digits import of_either_order
from warehouse.tables.grid import Grid, letter
from warehouse.tables.growth import growth_beside
from warehouse.tables.header_says import header_says
from warehouse.tables.headings import month_or_year, part_named, read_heading, stated_period
from warehouse.tables.layout import filled, heads_of, tidy
from warehouse.tables.mapping import Mapping
from warehouse.tables.number_signs import decimal_of, negatives_of
from warehouse.tables.partners import with_partners
from warehouse.tables.periods import period_of, whole_year, within
from warehouse.tables.proposed_names import owner, with_rules
from warehouse.tables.role_words import role_word
from warehouse.tables.roles import roles_of
from warehouse.tables.row_kinds import filled_cells
from warehouse.tables.rows_under import (
    fill_down,
    needs_parents,
    sections_state_units,
    units_inherited,
    with_places_above,
)
from warehouse.tables.shape import SAMPLE, Seen, column_seen, look
from warehouse.tables.shared_units import units_by_heading
from warehouse.tables.spots import Spot, Spots, spots
from warehouse.tables.units import take_unit
from warehouse.tables.whose import may_be_ours, place_around

_IN_DIGITS = re.compile(r"[\d\-/.: TZ年月日]+")
"""A date as machines write it; one in words says the day it means."""
_FILLED_IN = re.compile(r"填报|制表|编制|更新|发布|打印|updated|released|printed|prepared", re.IGNORECASE)
"""Words of a line whose date is not that of the figures."""


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
    filled_down = fill_down(grid, seen, roles)
    first = seen.first_row - 1
    dated = [c for c, role in roles.items() if role == "period"]
    if (
        first > 0
        and first not in seen.header_rows
        and (
            any(grid.text(first, c).strip() for c in filled_down)
            or any(month_or_year(grid.text(first, c))[1] for c in dated if filled_cells(grid, first) == 1)
        )
    ):
        seen = replace(seen, first_row=first)
    if seen.another:
        doubts.append(
            ("another_table", str(seen.another), next(t for t in grid.rows[seen.another - 1] if t.strip())[:40])
        )
    if seen.below:
        doubts.append(("figures_below", str(seen.last_row), str(seen.below)))
    unit = unit_around(seen, [t for row in grid.rows[seen.last_row :] for t in row if t.strip()])
    source = source_around(seen, grid, path, columns, others)
    if not source.get("published"):
        doubts.append(("published_needed", "[source]", "published"))
    values = [c for c, r in roles.items() if r == "value"]
    draft = Mapping(
        sheet=grid.name,
        encoding=grid.decoded.encoding if grid.decoded else "",
        delimiter=grid.delimiter,
        decimal=decimal_of(grid, seen, values, doubts),
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
    if seen.unit and not unit:
        doubts.append(("units_mixed", "[defaults]", seen.unit[:60]))
        own = units_by_heading([seen.unit], heads_of(grid, draft), draft.having("value"))
        draft = replace(draft, headings={c: {"unit": said} for c, said in own.items()})
        doubts += [("unit_chosen", f"[headings.{letter(c)}]", said) for c, said in own.items()]
    if not seen.title and columns and not unit:
        draft = _titled_by_its_corner(draft, columns[0].heading)
    draft = _in_the_titles_part(draft, grid, seen, doubts)
    of_growth = growth_beside(grid, draft)
    given = {c: {**draft.headings.get(c, {}), "period": text} for c, text in of_growth.items()}
    draft = replace(draft, headings={**draft.headings, **given})
    doubts += [("period_beside", f"[headings.{letter(c)}]", text) for c, text in of_growth.items()]
    place = place_around(grid, seen, catalogue, path, others)
    draft = with_places_above(draft, grid, seen, catalogue, doubts)
    draft = with_partners(draft, grid, seen, columns, catalogue, place, doubts)
    ours = may_be_ours(grid, seen, others, catalogue)
    draft = _with_defaults(draft, grid, seen, place or (catalogue.default_entity if ours else ""), path, doubts)
    for c in (*draft.having("indicator"), *draft.having("part")):
        if len(months := [t for t in columns[c - 1].distinct if month_or_year(t)[0]]) > 1 and not draft.having("month"):
            doubts.append(("months_among_labels", letter(c), ", ".join(months[:4])))
    if inherited := units_inherited(grid, draft):
        doubts.append(("unit_inherited", "[indicators]", ", ".join(dict.fromkeys(inherited))[:120]))
    doubts += hidden_among(grid, draft)
    return Suggestion(
        mapping=with_rules(draft, spots(grid, draft), catalogue, columns, doubts, place),
        doubts=tuple(dict.fromkeys(doubts)),
    )


def complete(mapping: Mapping, grid: Grid, catalogue: Catalogue) -> Suggestion:
    """The mapping with a proposal for every label it does not know; what it says itself is left alone."""
    found = spots(grid, mapping)
    labels = [topic.label for topic, _ in found.topics()]
    nameless = any(map(_nameless, labels))
    strange = [e for e, _ in found.entity.told() if e and e not in mapping.entities]
    settled_already = set(labels) <= set(mapping.indicators) and not any(owner(e, catalogue).new for e in strange)
    if settled_already and not nameless:
        return Suggestion(mapping=mapping, doubts=(), found=found)
    seen = look(grid)
    doubts: list[tuple[str, str, str]] = []
    defaults = dict(mapping.defaults)
    if nameless:
        title = read_heading(str(mapping.source.get("title", "") or seen.title))
        defaults["indicator"] = tidy(title.name)[:80] or "table"
        doubts.append(("indicator_assumed", "[defaults]", defaults["indicator"]))
    settled = replace(mapping, defaults=defaults, indicators={}, entities={})
    columns = [column_seen(grid, seen, c) for c in range(1, grid.width + 1)]
    told: list[tuple[str, str, str]] = []
    found = spots(grid, settled) if nameless else found
    proposed = with_rules(settled, found, catalogue, columns, told, taken=mapping.indicators.values())
    lacking = {k: v for k, v in proposed.indicators.items() if k not in mapping.indicators}
    unnamed = {k: v for k, v in proposed.entities.items() if k not in mapping.entities and v.new}
    doubts += [("label_taken_as", f"[indicators] {k[:60]}", v.slug) for k, v in lacking.items()]
    doubts += [("label_taken_as", f"[entities] {k[:60]}", v.slug) for k, v in unnamed.items()]
    return Suggestion(
        mapping=replace(
            settled, indicators={**mapping.indicators, **lacking}, entities={**mapping.entities, **unnamed}
        ),
        doubts=tuple(doubts),
        found=found,
    )


def _nameless(label: str) -> bool:
    """Whether a label says no more than a unit."""
    return not re.sub(r"\s*\[.*\]$", "", label)


def _own_dates(draft: Mapping, sample: Sequence[Spot]) -> dict[int, Table[str, str]]:
    """Columns that have figures only where a quarter or a year begins, in a table dated by months."""
    found: dict[int, Table[str, str]] = {}
    told = [(s.column, s.when.period.start.month) for s in sample if s.when.period and s.text.strip(" .-")]
    for column in draft.having("value"):
        months = [month for own, month in told if own == column]
        if len(months) > 1 and set(months) <= {1, 4, 7, 10}:
            found[column] = {"dates": "year" if set(months) == {1} else "quarter"}
    return found


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
    return replace(
        draft, headings={**draft.headings, **{c: {**draft.headings.get(c, {}), "period": t} for c, t in told.items()}}
    )


def _titled_by_its_corner(draft: Mapping, corner: str) -> Mapping:
    """Where no line above names the table, the heading over its places may: "Real GDP growth (percent), 2020, 2021"."""
    if draft.columns.get(1) != "entity" or role_word(corner) or len(corner) < 8:
        return draft
    unit, name = take_unit(corner)
    defaults = {**draft.defaults, **({"unit": unit.printed} if unit else {}), "indicator": tidy(name)[:80]}
    return replace(draft, defaults=defaults, source={**draft.source, "title": corner[:120]})


def _with_defaults(
    draft: Mapping, grid: Grid, seen: Seen, place: str, path: Path, doubts: list[tuple[str, str, str]]
) -> Mapping:
    defaults = dict(draft.defaults)
    sample = spots(grid, draft, rows=2 * SAMPLE)[:SAMPLE]
    title = read_heading(str(draft.source.get("title", "")))
    parted = draft.having("part") and not draft.having("indicator") and seen.title
    unnamed = parted and not any(head.names for head in heads_of(grid, draft))
    if "indicator" not in defaults and (unnamed or any(_nameless(s.topic.label) for s in sample)):
        defaults["indicator"] = tidy(re.sub(r"^[\d\-—.、\s表]+", "", title.name))[:80] or "table"
    stated = stated_period(str(draft.source.get("title", "")))
    from_path = draft.source.get("title", "") == path.stem and path.stem not in seen.title
    named = (seen.title and not from_path) or _told_above(seen)
    if not stated:
        stated = _told_above(seen)
    if not stated:
        told = {
            said
            for line in seen.lines
            if len(line) < 80 and not _FILLED_IN.search(line) and (said := stated_period(line))
        }
        stated = told.pop() if len(told) == 1 else ""
    lacking = sum(s.when.period is None and not s.when.vague for s in sample)
    among = period_of(stated) in {s.when.period for s in sample}
    if not stated and (year := _year_told(seen)):
        stated, named = year, True
    if stated and named and lacking and (among or lacking > 0.5 * len(sample)):
        defaults["period"] = stated
        doubts.append(("period_from_title", "[defaults]", stated))
    elif sample and not any(s.when.period or s.when.vague for s in sample):
        years = re.findall(r"(?<!\d)(?:19[5-9]|20)\d\d(?!\d)", path.stem)
        if len(set(years)) == 1:
            defaults["period"] = years[0]
            doubts.append(("period_from_name", "[defaults]", years[0]))
    undated = (s for s in sample if s.when.period is None and not s.when.vague and s.text.strip())
    lacking_one = dict.fromkeys(s.heading for s in undated if not of_either_order(plain(s.when.text)))
    if "period" not in defaults and lacking_one:
        doubts.append(("period_needed", "[defaults] period", ", ".join(list(lacking_one)[:4])))
        defaults["period"] = ""
    if any(s.when.period is None and of_either_order(plain(s.when.text)) for s in sample):
        doubts.append(("date_order_unknown", "[file]", "date_order"))
    if any(s.when.vague for s in sample):
        doubts.append(("year_ends_unknown", "[file]", "year_ends"))
    if not any(s.entity for s in sample):
        doubts.append(("entity_assumed", "[defaults]", place) if place else ("entity_needed", "[defaults]", "entity"))
        partners = any(code == "partners_in_names" for code, _, _ in doubts)
        if not place and not partners and (worded := _in_words(grid, draft, sample)):
            doubts.append(("entity_in_column", "[columns]", worded))
        defaults["entity"] = place
    periods = [s.when.period for s in sample]
    days = {
        s.when.period.start for s in sample if s.when.period and s.when.period.day and _IN_DIGITS.fullmatch(s.when.text)
    }
    spans = {p.start for p in periods if p and not p.day}
    if len(days) == 1 and not spans and all(periods) and draft.dates == "day" and (first := min(days)).day == 1:
        doubts.append(("first_day_alone", "[file] dates", first.isoformat()))
    dates, headings = draft.dates, draft.headings
    if len(days) > max(1, len(spans)) and {d.day for d in days} == {1}:
        months = {d.month for d in days}
        dates = "year" if months == {1} else "quarter" if months <= {1, 4, 7, 10} else "month"
        doubts.append(("dates_stand_for", "[file]", dates))
        own = _own_dates(draft, sample) if dates == "month" and draft.having("period") else {}
        headings = {**draft.headings, **own}
        doubts += [("dates_stand_for", f"[headings.{letter(c)}]", given["dates"]) for c, given in own.items()]
    keys = [
        (s.topic.label, s.entity, s.when.period, s.column if not s.when.period else 0) for s in sample if s.text.strip()
    ]
    sections = draft.sections
    if len(set(keys)) < 0.97 * len(keys) and (draft.having("indicator") or draft.having("entity")):
        tried = replace(draft, sections=True)
        again = spots(grid, tried, rows=2 * SAMPLE)[:SAMPLE]
        distinct = {(s.topic.label, s.entity, s.when.period) for s in again if s.text.strip()}
        sections = len(distinct) > len(set(keys))
    sections = sections or (not draft.places and sections_state_units(grid, draft))
    draft = replace(draft, defaults=defaults, sections=sections, dates=dates, headings=headings)
    alone = sections or draft.places
    return replace(draft, parents=True) if not alone and needs_parents(grid, draft) else draft


def _year_told(seen: Seen) -> str:
    """The one year at whose end, by the sentences above the table, things stood so: 2023年末，全市……."""
    told = {m["y"] for line in seen.lines for m in re.finditer(r"(?P<y>(?:19|20)\d\d)年(?:末|底|年末)", line)}
    return told.pop() if len(told) == 1 else ""


def _headed_as_names(grid: Grid, draft: Mapping, column: int) -> bool:
    return any(role_word(filled(grid, row, column).strip()) == "indicator" for row in draft.header_rows)


def _in_words(grid: Grid, draft: Mapping, sample: Sequence[Spot]) -> str:
    """The columns of words that tell rows apart, each with its heading: one of them may hold the places."""
    rows = {s.row for s in sample}
    found = [
        (letter(c), *dict.fromkeys(filled(grid, r, c).strip()[:30] for r in draft.header_rows))
        for c in (*draft.having("indicator"), *draft.having("part"))
        if len({filled(grid, r, c).strip() for r in rows}) > 1 and not _headed_as_names(grid, draft, c)
    ]
    return ", ".join(" ".join(said).strip() for said in found[:6])


def _told_above(seen: Seen) -> str:
    """The period that a line above the table tells behind a word for it: date, 2023."""
    told = [value for key, value in seen.preamble if role_word(key.strip(" :：")) == "period" and period_of(value)]
    return told[0] if len(told) == 1 else ""
