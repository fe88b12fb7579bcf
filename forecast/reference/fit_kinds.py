"""The classes of the named kinds, learned from panels of real series of known kind.

For each kind the prior weights of a grid of components are learned on the panels of `kind_data`, over several periods
each, so that no one period's drift is taken for the kind's. The class is then mixed with the shipped one
(`classes.load`). Bands are calibrated, and scores taken, with the panel at hand left out. The countries on the TEST
side of `kind_panels`, of which nothing is learned, examine the class as it is shipped.
"""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from forecast.reference.classes import ReferenceClass, from_dict
from forecast.reference.components import Array, Components
from forecast.reference.engine import predict
from forecast.reference.kind_data import AHEAD, VISIBLE, Cut, cut, fingerprint, load_panels
from forecast.reference.kind_panels import country_panels
from forecast.reference.kind_scores import held_out_scores
from forecast.reference.kind_settings import SETTINGS
from forecast.reference.kind_weights import PANEL_WEIGHT, Evidence, evidence, fit_weights, grid, opened, prior_weights
from forecast.reference.kinds import habits, within_a_half
from forecast.reference.transform import LEVELS

MOST = 60
LEFT_OUT_YEARS = 6
SIZES = (1, 2, 3, 4, 6)


def as_class(kind: str, components: Components, weight: Array, shipped: ReferenceClass) -> ReferenceClass:
    """The weightiest components as a class of this kind, bands not yet calibrated."""
    setting = SETTINGS[kind]
    best = np.sort(np.argsort(-weight, kind="stable")[: setting.size])
    parts = {f.name: getattr(components, f.name)[best] for f in fields(Components)}
    parts["weight"] = weight[best] / weight[best].sum()
    n = len(shipped.damping)
    damping = np.array([setting.damping[min(i, len(setting.damping) - 1)] for i in range(n)])
    return replace(
        shipped,
        name=kind,
        kind=kind,
        components=Components(**parts),
        damping=damping,
        damping_sd=shipped.damping_sd if setting.damping_sd is None else np.full(n, setting.damping_sd),
        calibration=np.broadcast_to(LEVELS, (n, 1, len(LEVELS))).copy(),
        calibration_horizons=np.array([1.0]),
        spread_exponent=setting.exponent,
        spread_reference=setting.reference,
    )


def held_out(
    kind: str, cuts: list[Cut], table: Evidence, components: Components, shipped: ReferenceClass
) -> list[tuple[Cut, ReferenceClass]]:
    """Each cut with the class learned from the other panels, or, with one panel only, from other years."""
    prior, setting = prior_weights(components, kind), SETTINGS[kind]
    alone = len({c.panel for c in cuts}) == 1
    groups: dict[Any, list[int]] = {}
    for i, c in enumerate(cuts):
        groups.setdefault(c.year if alone else c.panel, []).append(i)
    out = []
    for key, members in groups.items():
        if alone:
            use = np.array([abs(c.year - key) >= LEFT_OUT_YEARS for c in cuts])
        else:
            use = np.array([c.panel != key for c in cuts])
        weight = fit_weights(table.take(use[table.owner]), cuts, prior, setting.strength)
        rc = as_class(kind, components, weight, shipped).blend(shipped, setting.share)
        out += [(cuts[i], rc) for i in members]
    return out


def calibrate(rc: ReferenceClass, pairs: list[tuple[Cut, ReferenceClass]]) -> ReferenceClass:
    """Factors on the half-widths by number of points, half the way to where 80 % would be covered in each panel."""
    factors = np.ones(len(rc.damping))
    for n in SIZES:
        logs: dict[str, list[float]] = {}
        for c, left in pairs:
            values = opened(np.concatenate([c.past, c.future], axis=1), rc.kind)
            past, future = values[:, VISIBLE - n : VISIBLE], values[:, VISIBLE:]
            low, high = within_a_half(past) if habits(rc.kind).counted else (None, None)
            ahead, probs = np.arange(1.0, 6.0), (0.1, 0.5, 0.9)
            found = predict(left, np.arange(1.0 - n, 1.0), past, ahead, probs, low=low, high=high, explain=False)
            q = found.quantiles
            error = future[:, :5] - q[..., 1]
            half = np.where(error < 0, q[..., 1] - q[..., 0], q[..., 2] - q[..., 1])
            logs.setdefault(c.panel, []).append(float(np.log(np.quantile(np.abs(error) / half, 0.8))))
        centre = float(np.median([np.mean(v) for v in logs.values()]))
        factors[n - 1] = np.exp(np.clip(0.5 * centre, np.log(0.8), np.log(1.25)))
    factors[4] = np.sqrt(factors[3] * factors[5])
    factors[6:] = factors[5]
    return replace(rc, calibration=rc.calibration * factors[:, None, None])


def build(shipped: ReferenceClass, day: str) -> dict[str, Any]:
    """The whole file of the named kinds: provenance, settings, held-out scores and classes.

    shipped: the class of unknown kind, with which each is mixed. day: the date that the file shall carry.
    """
    panels = load_panels()
    components = grid()
    classes: dict[str, Any] = {}
    scores: dict[str, Any] = {}
    countries: dict[str, Any] = {}
    for kind, setting in SETTINGS.items():
        cuts = [c for panel in panels if panel.kind == kind for c in cut(panel, MOST)]
        table = evidence(kind, cuts, components, shipped)
        weight = fit_weights(table, cuts, prior_weights(components, kind), setting.strength)
        pairs = held_out(kind, cuts, table, components, shipped)
        rc = calibrate(as_class(kind, components, weight, shipped), pairs)
        scores[kind] = held_out_scores([(c, replace(left, calibration=rc.calibration)) for c, left in pairs])
        classes[kind] = {**rc.to_dict(), "share": setting.share}
        members = from_dict(classes[kind]).blend(shipped, setting.share)
        for panel in country_panels("TEST"):
            if panel.kind == kind:
                countries[panel.name] = held_out_scores([(c, members) for c in cut(panel, MOST)])
        print(f"{kind}: {len(cuts)} origins, {len(table.owner)} windows, {len(rc.components)} components", flush=True)
    return {
        "format": 2,
        "made_by": "python -m forecast.reference.fit",
        "date": day,
        "data": fingerprint(panels),
        "settings": {"visible": VISIBLE, "ahead": AHEAD, "panel_weight": PANEL_WEIGHT},
        "held_out_scores": scores,
        "countries_not_read": dict(sorted(countries.items())),
        "classes": classes,
    }


def write(document: dict[str, Any], path: Path) -> None:
    """The kinds as JSON, one kind a line."""
    head = {name: value for name, value in document.items() if name != "classes"}
    lines = [f'"{name}": {json.dumps(value, separators=(",", ":"))}' for name, value in document["classes"].items()]
    text = json.dumps(head, indent=1)[:-2] + ',\n "classes": {\n  ' + ",\n  ".join(lines) + "\n }\n}\n"
    path.write_text(text, encoding="utf-8")
