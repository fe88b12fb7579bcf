"""Is the store sound? What contradicts what, whether the record is whole, and which jumps are incredible.

An incredible jump is proposed as a break in the definition. It is a question to the steward, not a verdict; an
explanation, itself a record, answers it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from forecast.errors import Misuse
from forecast.notes import Note, note
from forecast.workflow.opening import DEFAULT_WAIT, open_store, tool_version
from forecast.workflow.steward import who
from warehouse.audit import (
    PHRASE_LETTERS,
    PROOF,
    Finding,
    breaks,
    contradictions,
    derivations,
    finding,
    flagged,
    orphans,
    overlaps,
    phrases,
)
from warehouse.catalogue import Catalogue, read_catalogue
from warehouse.location import default_path, seeds_folder
from warehouse.opening import mended_figures
from warehouse.records import Malformed, Text
from warehouse.rows import catalogue_rows
from warehouse.seeds import read_snapshot, snapshot_folders
from warehouse.store import Explanation, Warehouse

JUMP = "incredible_jump"
MOST_ASKED = 10_000
"""As many steps from one figure to the next are put to the model where there are more; the steepest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """One finding with its explanation, if somebody recorded one."""

    finding: Finding
    explanation: Explanation | None = None

    @property
    def open(self) -> bool:
        """Whether it still needs an answer; nothing answers for a record that is not whole."""
        return self.explanation is None or self.finding.code in PROOF

    @property
    def note(self) -> Note:
        """The sentence of the finding."""
        return note(f"finding_{self.finding.code}", **self.finding.params)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What an audit found, and the head of the chain it found it under.

    `open` and `explained` count the findings by their code; `findings` has all of them, or the first of each kind.
    """

    findings: tuple[Audited, ...]
    open: Mapping[str, int]
    explained: Mapping[str, int]
    head: str
    entries: int
    figures: int
    remarks: tuple[Note, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing is open."""
        return not self.open


class _Tally:
    """Findings as they come: all are counted, those that `wanted` takes are kept, `most` of each kind."""

    def __init__(self, most: int | None, wanted: Callable[[Finding], bool]) -> None:
        self.kept: list[Audited] = []
        self.open: Counter[str] = Counter()
        self.explained: Counter[str] = Counter()
        self._most, self._wanted = most, wanted

    def take(self, found: Iterable[Finding], explanations: Mapping[str, Explanation]) -> None:
        for one in found:
            audited = Audited(finding=one, explanation=explanations.get(one.key))
            count = self.open if audited.open else self.explained
            count[one.code] += 1
            if self._wanted(one) and (self._most is None or count[one.code] <= self._most):
                self.kept.append(audited)

    def told(self, *, head: str, entries: int, figures: int, remarks: tuple[Note, ...] = ()) -> Audit:
        return Audit(findings=tuple(self.kept), open=self.open, explained=self.explained, head=head, entries=entries,
                     figures=figures, remarks=remarks)  # fmt: skip


def _any(found: Finding) -> bool:
    return True


def audit(
    *,
    jumps: bool = True,
    every_jump: bool = False,
    most: int | None = None,
    warehouse: Path | None = None,
    wait: float = DEFAULT_WAIT,
) -> Audit:
    """Look for everything that contradicts; keep `most` findings of each kind, or all.

    Where there are very many figures, jumps are looked for among the steepest steps alone, unless `every_jump`.
    Raises `NotAWarehouse` for a file that cannot even be opened.
    """
    asked = (None if every_jump else MOST_ASKED) if jumps else 0
    return _audited(_Tally(most, _any), asked, warehouse, wait)


def _audited(
    tally: _Tally, asked: int | None, warehouse: Path | None, wait: float, series: tuple[str, str] = ("", "")
) -> Audit:
    with open_store(warehouse, wait=wait) as store:
        damaged = store.damaged()
        if damaged:
            tally.take((finding("table_damaged", t, table=t, why=why) for t, why in damaged), {})
            return tally.told(head="?", entries=0, figures=0)
        explanations = store.explanations()
        tally.take((finding("guard_missing", table, table=table) for table in store.missing_guards()), explanations)
        tally.take(_proof(store), explanations)
        head, entries = store.head(), len(store.journal())
        try:
            catalogue = store.catalogue()
            store.prepare_audit(catalogue)
            store.check_figures()
        except Malformed as error:
            lost = finding("row_malformed", error.column, error.code, column=error.column, text=error.text)
            tally.take([lost], explanations)
            return tally.told(head=head, entries=entries, figures=0)
        for found in _contradicting(store, catalogue):
            tally.take(found, explanations)
        tally.take(_seed_differences(store, catalogue), explanations)
        remarks: tuple[Note, ...] = ()
        if asked != 0:
            from forecast.workflow.jumps import incredible_jumps

            seen = incredible_jumps(store, catalogue, most=asked, indicator=series[0], entity=series[1])
            tally.take(seen.found, explanations)
            if seen.asked < seen.steps:
                remarks = (note("jumps_steepest", asked=seen.asked, steps=seen.steps),)
        return tally.told(head=head, entries=entries, figures=store.count_figures(), remarks=remarks)


def _contradicting(store: Warehouse, catalogue: Catalogue) -> Iterator[Iterable[Finding]]:
    """Everything the figures themselves contradict, one question after the other."""
    yield orphans(store.lacking(), catalogue)
    yield breaks(store.several_wordings(), catalogue)
    yield overlaps(store.overlapping(), catalogue)
    yield contradictions(store.disputed(), catalogue)
    yield derivations(store.derived())
    yield phrases(store.repeated(PHRASE_LETTERS))
    yield flagged(store.flagged())


def explain_finding(
    key: str, why: str, why_zh: str = "", *, by: str = "", warehouse: Path | None = None, wait: float = DEFAULT_WAIT
) -> Finding:
    """Record why a finding (its key, or the beginning of one) is no fault. Raises `Misuse`."""
    from warehouse.opening import open_for_writing

    if not why.strip():
        raise Misuse("say_why")
    named = key.split(":")
    asked = (None if len(named) > 3 else MOST_ASKED) if JUMP.startswith(named[0]) else 0
    series = (named[1], named[2]) if asked is None else ("", "")
    tally = _Tally(None, lambda found: bool(key) and found.key.startswith(key))
    likely = _audited(tally, asked, warehouse, wait, series).findings
    chosen = [a for a in likely if a.finding.key == key] or likely
    if len(chosen) != 1:
        raise Misuse("which_finding", key=key, n=len(chosen))
    if chosen[0].finding.code in PROOF:
        raise Misuse("not_explainable", key=chosen[0].finding.key)
    author = who(by)
    said = Explanation(finding=chosen[0].finding.key, reason=Text(en=why, zh=why_zh or why), author=author)
    path = warehouse or default_path()
    with open_for_writing(path, seeds_folder(), tool_version=tool_version(), wait=wait) as store:
        store.append_explanations([said], author=author)
    return chosen[0].finding


def _proof(store: Warehouse) -> Iterable[Finding]:
    codes = {"changed": "row_changed", "added": "row_added", "removed": "row_removed", "chain": "chain_broken",
             "content": "content_changed"}  # fmt: skip
    for t in store.tampered():
        yield finding(codes[t.what], t.table, str(t.entry), t.name, table=t.table, entry=t.entry, name=t.name)


def _seed_differences(store: Warehouse, catalogue: Catalogue) -> Iterable[Finding]:
    seeds = seeds_folder()
    wanted = read_catalogue(seeds)
    rows = catalogue_rows(replace(wanted, default_entity=catalogue.default_entity), catalogue)
    for table, lacking in rows.items():
        for row in lacking:
            name = str(row.get("slug") or row.get("indicator") or row.get("first_slug"))
            yield finding("seed_name_differs", table, name, table=table, name=name)
    for folder in snapshot_folders(seeds):
        snapshot = read_snapshot(folder, catalogue, partial(store.find_figure, withdrawn=True))
        held = store.figures(sources=[snapshot.source.id])
        fresh, mended = mended_figures(held, snapshot.observations)
        for o in (*fresh, *mended):
            yield finding("seed_figure_differs", o.supersedes or o.id, source=o.source, indicator=o.indicator,
                          figure=f"{o.as_stated} ({o.period_end.isoformat()})", id=o.supersedes or o.id)  # fmt: skip
