"""Eight characters that stand for a picture: four for the figures in it, four for what was made of them.

The same on every machine and on every day: nothing of the clock, the file, the language or the layout enters. Projected
values enter with four significant digits, far coarser than what two processors disagree about.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from forecast.workflow.evidence import Evidence
from forecast.workflow.project import Projected
from warehouse.records import Observation

if TYPE_CHECKING:
    from forecast.ranking.league import League

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U to be misread
HALF = 4
LENGTH = 2 * HALF


def facts_code(result: Projected) -> str:
    """The code of a projection: `figures_code` and `made_code`."""
    return figures_code(result.evidence) + made_code(result)


def figures_code(evidence: Evidence) -> str:
    """Four characters over the figures drawn: ids, values, bounds, periods, and which of them are left out."""
    used = [_facts(o) for o in evidence.used]
    left_out = [(*_facts(o), why.code) for o, why in evidence.unused]
    return _letters([evidence.series.indicator, evidence.series.entity, used, left_out])


def made_code(result: Projected) -> str:
    """Four characters over what was made of the figures: definition, kind, model, quantiles, dates, target."""
    p, target = result.projection, result.target
    values = [[_short(float(v)) for v in row] for row in p.values]
    aim = [target.value, target.to.isoformat()] if target else None
    settings = [result.evidence.definition, result.evidence.series.kind, p.model, list(p.probs)]
    return _letters([*settings, [d.isoformat() for d in p.dates], values, aim])


def rank_code(league: League, days: Sequence[date]) -> str:
    """The code of a ranking: four characters over the figures of all who take part, four over what was made of them."""
    return _letters(["ranks", str(league.seed())]) + _letters([league.of_ranks, [d.isoformat() for d in days]])


def _facts(o: Observation) -> tuple[Any, ...]:
    days = (o.period_start, o.period_end, o.as_of_low, o.as_of_high)
    return (o.id, o.value, o.low, o.high, o.qualifier, o.nature, *(d.isoformat() if d else None for d in days))


def _short(value: float) -> str:
    text = f"{value:.3e}"
    return "0" if float(text) == 0 else text


def _letters(facts: Any) -> str:
    digest = hashlib.sha256(json.dumps(facts, ensure_ascii=True).encode()).digest()
    number = int.from_bytes(digest[:8], "big")
    return "".join(LETTERS[(number >> 5 * i) & 31] for i in range(HALF))


def looks_like_code(text: str) -> bool:
    """Whether a text could be a code, however it was copied: case and the misread letters do not matter."""
    return len(read_code(text)) == LENGTH and all(c in LETTERS for c in read_code(text))


def read_code(text: str) -> str:
    """A code as it was printed: capitals, without blanks and hyphens, O for 0 and I, L for 1 put right."""
    plain = "".join(text.split()).replace("-", "").upper()
    return plain.translate(str.maketrans("OIL", "011"))


def batch_code(results: Sequence[Projected]) -> str:
    """The code of many projections together: of their codes, in order."""
    codes = [facts_code(r) for r in results]
    return _letters([c[:HALF] for c in codes]) + _letters([c[HALF:] for c in codes])


def series_told(results: Sequence[Projected]) -> list[str]:
    """One text a series, for the file's own metadata: whose, its code, its median."""
    return [f"{r.indicator.slug}@{r.entity.slug}={facts_code(r)}:{r.projection.quantile(0.5):.6g}" for r in results]
