"""New things with a name: entities, indicators, definitions, aliases, and decisions that two definitions compare.

Every one is checked against what is there before it is written, alone or as files in the seeds' form. Nothing is
overwritten: what is said again differently is a later record that answers for the earlier one.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from forecast.errors import Misuse
from forecast.notes import Note, note
from forecast.workflow.opening import DEFAULT_WAIT, open_store, tool_version
from forecast.workflow.steward import who
from warehouse.catalogue import Catalogue, folded, read_catalogue
from warehouse.errors import Fault, Invalid
from warehouse.location import default_path, seeds_folder
from warehouse.naming import naming_faults
from warehouse.records import Comparable, DefinitionRecord, Entity, Indicator, Malformed, Text
from warehouse.rows import catalogue_rows

AS_DEFINED = "as_defined"
WHAT = {
    "indicator": {"en": "indicator", "zh": "指标"},
    "entity": {"en": "entity", "zh": "主体"},
    "plan": {"en": "plan", "zh": "规划"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Defined:
    """What defining did or would do: one note a new or changed record."""

    notes: tuple[Note, ...]
    written: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How to carry out a definition."""

    dry_run: bool = False
    by: str = ""
    warehouse: Path | None = None
    wait: float = DEFAULT_WAIT


def define_entity(slug: str, name: str, name_zh: str, parent: str, aliases: Sequence[str], order: Order) -> Defined:
    """A place or body whose figures are kept. Raises `Invalid` with every conflict."""
    have = _catalogue(order)
    made = Entity(
        slug=slug,
        name=Text(en=name, zh=name_zh or name),
        parent=have.entity(parent).slug if parent else "",
        aliases=_kept(have.entities.get(slug), aliases),
    )
    return _define(Catalogue(entities={slug: made}), have, order)


def define_indicator(cells: Mapping[str, str], aliases: Sequence[str], integer: bool, order: Order) -> Defined:
    """Something that is counted, with its unit, measure, kind and first definition. Raises `Invalid`."""
    have = _catalogue(order)
    slug = cells["slug"]
    faults: list[Fault] = []
    limits: dict[str, float | None] = {}
    for key in ("lower", "upper"):
        try:
            limits[key] = float(cells[key]) if cells.get(key) else None
        except ValueError:
            faults.append(Fault("not_a_number", slug, key, cells[key]))
    if cells.get("kind", "unknown") != "unknown" and not cells.get("kind_reason"):
        faults.append(Fault("missing", slug, "kind_reason"))
    if faults:
        raise Invalid("bad_definition", tuple(faults))
    try:
        made = Indicator(
            slug=slug,
            name=Text(en=cells["name"], zh=cells.get("name_zh") or cells["name"]),
            unit=Text(en=cells["unit"], zh=cells.get("unit_zh") or cells["unit"]),
            measure=cells.get("measure") or "stock",
            kind=cells.get("kind") or "unknown",
            kind_reason=Text(
                en=cells.get("kind_reason") or "Not yet decided.",
                zh=cells.get("kind_reason_zh") or cells.get("kind_reason") or "尚未确定。",
            ),
            direction=cells.get("direction") or "up",
            integer=integer,
            lower=limits["lower"],
            upper=limits["upper"],
            aliases=_kept(have.indicators.get(slug), aliases),
        )
    except Malformed as error:
        raise Invalid("bad_definition", (Fault(error.code, slug, error.column, error.text, error.known),)) from None
    definitions: tuple[DefinitionRecord, ...] = ()
    if cells.get("definition") or not have.definitions_of(slug):
        text = Text(
            en=cells.get("definition_text") or made.name.en,
            zh=cells.get("definition_text_zh") or cells.get("definition_text") or made.name.zh,
        )
        definitions = (DefinitionRecord(indicator=slug, slug=cells.get("definition") or AS_DEFINED, text=text),)
    return _define(Catalogue(indicators={slug: made}, definitions=definitions), have, order)


def define_definition(indicator: str, slug: str, text: str, text_zh: str, order: Order) -> Defined:
    """A wording under which an indicator is counted. Raises `Unknown`, `Invalid`."""
    have = _catalogue(order)
    record = DefinitionRecord(
        indicator=have.indicator(indicator).slug, slug=slug, text=Text(en=text, zh=text_zh or text)
    )
    return _define(Catalogue(definitions=(record,)), have, order)


def define_alias(what: str, name: str, aliases: Sequence[str], order: Order) -> Defined:
    """Further names of an indicator or entity. Raises `Unknown`, `Invalid` for one that means something else."""
    have = _catalogue(order)
    if what == "indicator":
        held = have.indicator(name)
        return _define(Catalogue(indicators={held.slug: replace(held, aliases=_kept(held, aliases))}), have, order)
    owner = have.entity(name)
    return _define(Catalogue(entities={owner.slug: replace(owner, aliases=_kept(owner, aliases))}), have, order)


def define_comparable(indicator: str, first: str, second: str, why: str, why_zh: str, order: Order) -> Defined:
    """A decision that two wordings count the same thing, with its author and reason. Raises `Unknown`, `Invalid`."""
    if not why.strip():
        raise Misuse("say_why")
    have = _catalogue(order)
    slug = have.indicator(indicator).slug
    decision = Comparable(
        indicator=slug,
        first=have.definition(slug, first).slug,
        second=have.definition(slug, second).slug,
        author=who(order.by),
        reason=Text(en=why, zh=why_zh or why),
    )
    return _define(Catalogue(comparables=(decision,)), have, order)


def define_files(path: Path, order: Order) -> Defined:
    """A folder with `indicators.toml`, `entities.toml`, `plans.toml`, or one such file. Raises `Invalid`."""
    if not path.exists():
        raise Invalid("bad_catalogue", (Fault("no_file", path.name),), path=str(path))
    have = _catalogue(order)
    with tempfile.TemporaryDirectory() as room:
        if path.is_file():
            kind = next((k for k in ("indicators", "entities", "plans") if path.stem.endswith(k)), "")
            if not kind:
                raise Misuse("catalogue_name", path=path.name)
            shutil.copyfile(path, Path(room) / f"{kind}.toml")
        try:
            wanted = read_catalogue(Path(room) if path.is_file() else path)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            if isinstance(error, Invalid):
                raise Invalid("bad_catalogue", error.faults, path=str(path)) from None
            fault = Fault("missing_key", path.name, str(error).strip("'"))
            raise Invalid("bad_catalogue", (fault,), path=str(path)) from None
    entities = {k: replace(e, aliases=_kept(have.entities.get(k), e.aliases)) for k, e in wanted.entities.items()}
    indicators = {k: replace(i, aliases=_kept(have.indicators.get(k), i.aliases)) for k, i in wanted.indicators.items()}
    return _define(replace(wanted, indicators=indicators, entities=entities), have, order)


def _catalogue(order: Order) -> Catalogue:
    with open_store(order.warehouse, wait=order.wait) as store:
        return store.catalogue()


def _kept(held: Indicator | Entity | None, aliases: Sequence[str]) -> tuple[str, ...]:
    """The aliases there are, and those of `aliases` that say something new."""
    own = held.aliases if held else ()
    known = {folded(a) for a in own}
    return (*own, *dict.fromkeys(a.strip() for a in aliases if a.strip() and folded(a) not in known))


def _define(added: Catalogue, have: Catalogue, order: Order) -> Defined:
    faults = naming_faults(added, have)
    if faults:
        raise Invalid("bad_definition", faults)
    wanted = replace(added, default_entity=have.default_entity or added.default_entity)
    rows = catalogue_rows(wanted, have)
    if not any(rows.values()):
        return Defined(notes=())
    notes = tuple(_notes(added, have, rows))
    if order.dry_run:
        return Defined(notes=notes)
    from warehouse.opening import open_for_writing

    path = order.warehouse or default_path()
    with open_for_writing(path, seeds_folder(), tool_version=tool_version(), wait=order.wait) as store:
        names = [*added.indicators, *added.entities, *(f"{d.indicator} {d.slug}" for d in added.definitions)]
        store.append_catalogue(wanted, author=who(order.by), action="define", detail=", ".join(names)[:200] or "define")
    return Defined(notes=notes, written=True)


def _notes(added: Catalogue, have: Catalogue, rows: Mapping[str, Sequence[Mapping[str, object]]]) -> list[Note]:
    notes: list[Note] = []
    both: tuple[tuple[str, Mapping[str, Indicator | Entity], Mapping[str, Indicator | Entity]], ...] = (
        ("indicator", added.indicators, have.indicators),
        ("entity", added.entities, have.entities),
    )
    for what, new, old in both:
        for slug, record in new.items():
            held = old.get(slug)
            if held is None:
                notes.append(note("defined_new", what=WHAT[what], slug=slug))
                continue
            for field in fields(record):
                before, after = getattr(held, field.name), getattr(record, field.name)
                if before != after and field.name != "aliases":
                    notes.append(note("defined_change", what=WHAT[what], slug=slug, field=field.name,
                                      before=_words(before), after=_words(after)))  # fmt: skip
    notes += [
        note("defined_alias", what=WHAT[str(r["of_what"])], slug=r["slug"], alias=r["alias"]) for r in rows["alias"]
    ]
    notes += [note("defined_wording", indicator=r["indicator"], slug=r["slug"]) for r in rows["definition"]]
    notes += [
        note("defined_comparable", indicator=r["indicator"], first=r["first_slug"], second=r["second_slug"],
             author=r["author"])
        for r in rows["comparable"]
    ]  # fmt: skip
    notes += [note("defined_new", what=WHAT["plan"], slug=r["slug"]) for r in rows["plan"]]
    return notes


def _words(value: object) -> str:
    return f"{value.en} / {value.zh}" if isinstance(value, Text) else str(value)
