"""The document as one HTML page with its figures highlighted and their reading beside them, for whoever has to sign.

No script, no network (a Content-Security-Policy says so), every character of the document escaped. The words of the
page are the caller's: `say(code, **params)` and `word(column, code)` answer in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from warehouse.reading.model import Candidate, Document

_STYLE = """
body{font:16px/1.6 system-ui,"Noto Sans SC","Microsoft YaHei",sans-serif;margin:0;color:#1a1a1a;background:#fff}
main{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:2rem;padding:1.5rem;max-width:90rem;margin:auto}
.text{white-space:pre-wrap;overflow-wrap:anywhere}
mark{background:#fff1b8;border-bottom:2px solid #b58900;padding:0 .1em}
mark.unknown{background:#e8eef7;border-color:#4a6fa5}
mark.contradicts{background:#ffd9d6;border-color:#b3261e}
sup{font-size:.7em}
aside{font-size:.85rem}
table{border-collapse:collapse;width:100%}
td,th{border-bottom:1px solid #ddd;padding:.3em .4em;text-align:left;vertical-align:top;overflow-wrap:anywhere}
:target{outline:3px solid #b58900}
a{color:inherit}
@media(max-width:60rem){main{display:block}}
@media print{main{display:block}}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def page(
    raw: str,
    candidates: Sequence[Candidate],
    document: Document,
    say: Callable[..., str],
    word: Callable[[str, str], str],
    lang: str = "en",
) -> str:
    """The whole page. Overlapping candidates (a change and the base it implies) share one highlight."""
    title = escape(document.title or say("read_untitled"))
    facts = escape(f"{document.published.isoformat()} ({word('basis', document.published_basis)}) · {document.entity}")
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(lang, quote=True)}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY, quote=True)}">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title><style>{_STYLE}</style></head>\n'
        f"<body><main><section><h1>{title}</h1><p>{facts}</p>"
        f'<div class="text">{_marked(raw, candidates)}</div></section>\n'
        f"<aside>{_table(candidates, say, word)}</aside></main></body></html>\n"
    )


def _marked(raw: str, candidates: Sequence[Candidate]) -> str:
    pieces: list[str] = []
    at = 0
    order = sorted(range(len(candidates)), key=lambda index: (candidates[index].start, candidates[index].end))
    for index in order:
        one = candidates[index]
        if one.start < at:
            continue
        kind = one.relation if one.relation == "contradicts" else "" if one.indicator else "unknown"
        number = index + 1
        pieces.append(escape(raw[at : one.start]))
        link = f'<sup><a href="#r{number}">{number}</a></sup>'
        pieces.append(f'<mark id="t{number}" class="{kind}">{escape(raw[one.start : one.end])}{link}</mark>')
        at = one.end
    return "".join([*pieces, escape(raw[at:])])


def _table(candidates: Sequence[Candidate], say: Callable[..., str], word: Callable[[str, str], str]) -> str:
    headings = ("read_what", "read_value", "read_period", "read_relation")
    rows = ["<tr><th>#</th>" + "".join(f"<th>{escape(say(code))}</th>" for code in headings) + "</tr>"]
    for number, one in enumerate(candidates, 1):
        what = f"{one.indicator or one.noun or '?'} · {one.entity}"
        bounds = f"[{_shown(one.low)}, {_shown(one.high)}]"
        unit, qualifier, measure, nature, basis, relation = (
            word(column, getattr(one, column))
            for column in ("unit", "qualifier", "measure", "nature", "basis", "relation")
        )
        value = f"{_shown(one.value)} {unit} · {qualifier} {bounds} · {measure} · {nature}"
        when = f"{one.period_start.isoformat()} – {one.period_end.isoformat()} · {basis}"
        cells = (what, value, when, relation)
        rows.append(
            f'<tr id="r{number}"><td><a href="#t{number}">{number}</a></td>'
            + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
            + "</tr>"
        )
    return f"<table>{''.join(rows)}</table>"


def _shown(value: float | None) -> str:
    return "…" if value is None else f"{value:,.12g}"
