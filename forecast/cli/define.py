"""`forecast define`: entity, indicator, definition, alias, comparable, file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from forecast.cli.language import current
from forecast.cli.options import LangOption, WaitOption, WarehouseOption
from forecast.errors import Misuse
from forecast.sentences import say, tell
from forecast.workflow.opening import DEFAULT_WAIT

if TYPE_CHECKING:
    from forecast.workflow.defining import Defined, Order

NAME = "define"
app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help="Name new things: entities, indicators, wordings.")

Slug = Annotated[str, typer.Argument(metavar="SLUG", help="Short name: letters, digits, underscores, hyphens.")]
Name = Annotated[str, typer.Option("--name", help="Name in English.")]
NameZh = Annotated[str, typer.Option("--name-zh", help="Name in Chinese.")]
Alias = Annotated[list[str] | None, typer.Option("--alias", help="Another name; repeat for more.")]
Why = Annotated[str, typer.Option("--why", help="Why the two may be joined in one series.")]
WhyZh = Annotated[str, typer.Option("--why-zh", help="The same in Chinese.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check and show what would change; write nothing.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
By = Annotated[str, typer.Option("--by", help="Who is answerable (else FORECAST_USER, else the login name).")]


@app.command("entity")
def entity(
    slug: Slug,
    name: Name,
    name_zh: NameZh = "",
    parent: Annotated[str, typer.Option("--parent", help="The entity it is part of.")] = "",
    alias: Alias = None,
    dry_run: DryRun = False, yes: Yes = False, by: By = "", warehouse: WarehouseOption = None,
    lang: LangOption = None, wait: WaitOption = DEFAULT_WAIT,
) -> None:  # fmt: skip
    """Name a place or body whose figures are kept, or mend its name."""
    from forecast.workflow import defining

    _run(
        lambda o: defining.define_entity(slug, name, name_zh, parent, alias or [], o), dry_run, yes, by, warehouse, wait
    )


@app.command("indicator")
def indicator(
    slug: Slug,
    name: Name,
    unit: Annotated[str, typer.Option("--unit", help="What one of it is: organizations, yuan, %.")],
    name_zh: NameZh = "",
    unit_zh: Annotated[str, typer.Option("--unit-zh", help="The unit in Chinese.")] = "",
    measure: Annotated[str, typer.Option("--measure", help="stock, flow, cumulative, rank, share ...")] = "stock",
    kind: Annotated[str, typer.Option("--kind", help="Growth class, by what is counted.")] = "",
    kind_reason: Annotated[str, typer.Option("--kind-reason", help="Why it is of that kind.")] = "",
    kind_reason_zh: Annotated[str, typer.Option("--kind-reason-zh", help="The same in Chinese.")] = "",
    direction: Annotated[str, typer.Option("--direction", help="up, down or none: which way is better.")] = "up",
    lower: Annotated[str, typer.Option("--lower", help="Natural lower limit.")] = "0",
    upper: Annotated[str, typer.Option("--upper", help="Natural upper limit.")] = "",
    decimals: Annotated[bool, typer.Option("--decimals", help="It is measured, not counted.")] = False,
    definition: Annotated[str, typer.Option("--definition", help="Slug of its wording.")] = "",
    definition_text: Annotated[str, typer.Option("--definition-text", help="The wording.")] = "",
    definition_text_zh: Annotated[str, typer.Option("--definition-text-zh", help="The wording in Chinese.")] = "",
    alias: Alias = None,
    dry_run: DryRun = False, yes: Yes = False, by: By = "", warehouse: WarehouseOption = None,
    lang: LangOption = None, wait: WaitOption = DEFAULT_WAIT,
) -> None:  # fmt: skip
    """Name something that is counted, with its unit and first wording, or mend it."""
    from forecast.workflow import defining

    cells = {
        "slug": slug, "name": name, "name_zh": name_zh, "unit": unit, "unit_zh": unit_zh, "measure": measure,
        "kind": kind or "unknown", "kind_reason": kind_reason, "kind_reason_zh": kind_reason_zh,
        "direction": direction, "lower": lower, "upper": upper, "definition": definition,
        "definition_text": definition_text, "definition_text_zh": definition_text_zh,
    }  # fmt: skip
    _run(lambda o: defining.define_indicator(cells, alias or [], not decimals, o), dry_run, yes, by, warehouse, wait)


@app.command("definition")
def definition(
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="Slug, name or alias.")],
    slug: Slug,
    text: Annotated[str, typer.Option("--text", help="The wording.")],
    text_zh: Annotated[str, typer.Option("--text-zh", help="The wording in Chinese.")] = "",
    dry_run: DryRun = False, yes: Yes = False, by: By = "", warehouse: WarehouseOption = None,
    lang: LangOption = None, wait: WaitOption = DEFAULT_WAIT,
) -> None:  # fmt: skip
    """Record a wording under which an indicator is counted; it joins no other until somebody says so."""
    from forecast.workflow import defining

    _run(lambda o: defining.define_definition(indicator, slug, text, text_zh, o), dry_run, yes, by, warehouse, wait)


@app.command("alias")
def alias_(
    what: Annotated[str, typer.Argument(metavar="indicator|entity", help="What is named.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Slug or a name it has.")],
    aliases: Annotated[list[str], typer.Argument(metavar="ALIAS...", help="Further names, in any language.")],
    dry_run: DryRun = False, yes: Yes = False, by: By = "", warehouse: WarehouseOption = None,
    lang: LangOption = None, wait: WaitOption = DEFAULT_WAIT,
) -> None:  # fmt: skip
    """Give an indicator or entity further names."""
    from forecast.workflow import defining

    if what not in ("indicator", "entity"):
        raise Misuse("alias_of_what", what=what)
    _run(lambda o: defining.define_alias(what, name, aliases, o), dry_run, yes, by, warehouse, wait)


@app.command("comparable")
def comparable(
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="Slug, name or alias.")],
    first: Annotated[str, typer.Argument(metavar="FIRST", help="One wording.")],
    second: Annotated[str, typer.Argument(metavar="SECOND", help="The other.")],
    why: Why = "",
    why_zh: WhyZh = "",
    dry_run: DryRun = False, yes: Yes = False, by: By = "", warehouse: WarehouseOption = None,
    lang: LangOption = None, wait: WaitOption = DEFAULT_WAIT,
) -> None:  # fmt: skip
    """Decide that two wordings may be joined in one series; the decision carries your name and reason."""
    from forecast.workflow import defining

    _run(
        lambda o: defining.define_comparable(indicator, first, second, why, why_zh, o),
        dry_run,
        yes,
        by,
        warehouse,
        wait,
    )


@app.command("file")
def file(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="indicators.toml, entities.toml, a folder ...")],
    dry_run: DryRun = False, yes: Yes = False, by: By = "", warehouse: WarehouseOption = None,
    lang: LangOption = None, wait: WaitOption = DEFAULT_WAIT,
) -> None:  # fmt: skip
    """Name many things at once, from files in the form of the seeds."""
    from forecast.workflow import defining

    _run(lambda o: defining.define_files(path, o), dry_run, yes, by, warehouse, wait)


def _run(
    define: Callable[[Order], Defined], dry_run: bool, yes: bool, by: str, warehouse: Path | None, wait: float
) -> None:
    from forecast.workflow.defining import Order

    def order(dry: bool) -> Order:
        return Order(dry_run=dry, by=by, warehouse=warehouse, wait=wait)

    if not (dry_run or yes) and sys.stdin.isatty():
        _report(define(order(True)))
        if not typer.confirm(say("mend_it", current()), err=True):
            raise Misuse("not_landed")
        define(order(False))
        return
    made = define(order(dry_run))
    _report(made)
    if made.notes and not made.written:
        print(say("not_landed", current()), file=sys.stderr)


def _report(made: Defined) -> None:
    for said in made.notes:
        print(tell(said, current()))
    if not made.notes:
        print(say("defined_nothing", current()), file=sys.stderr)
