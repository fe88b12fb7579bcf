"""Many series of one kind at once: what they say together about each of them.

`adapt` looks at a sample of the series and gives a `Panel`: the reference class with its prior weights moved towards
what the visible histories show (an empirical Bayes step; Efron & Morris 1975, by expectation-maximization with a
Dirichlet prior of `PRIOR_SERIES` pseudo-series), and factors on the two sides of the bands (see `panel_bands`). A panel
has to earn its move: it is believed as far as weights learned on one half of the series describe the other half better
than the prior does, per figure, sooner where the kind is named. `project_chunk` is pure: it knows one chunk of series
and the panel, so that any engine can map it over partitions, and how series are cut into chunks changes nothing.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from forecast.reference.classes import ReferenceClass, load
from forecast.reference.components import Array
from forecast.reference.kinds import habits, predict, within_a_half
from forecast.reference.mixture import condition, posterior
from forecast.reference.panel_bands import stretches
from forecast.reference.transform import LEVELS, Scale, most_informative, reading_at

SAMPLE = 2_000
FEWEST = 15
PRIOR_SERIES = 20.0
STEPS = 30
GAIN = (0.03, 0.09)
GAIN_NAMED = (0.01, 0.05)
SHARED_RISK = 0.01
STEADIER = 0.25
LONGEST = 10.0
FRACTION = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Series of any lengths, end to end: series i owns the entries offsets[i] to offsets[i + 1].

    offsets: (m + 1,). times: (N,) years on any axis, all different within a series. values: (N,).
    horizons: (m, h) or (h,), years after the latest time of each series. low, high: (N,) closed bounds of the
    figures known only to lie between them, equal or nan where exact, or None.
    """

    offsets: NDArray[np.intp]
    times: Array
    values: Array
    horizons: Array
    low: Array | None = None
    high: Array | None = None

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @classmethod
    def of(cls, times: ArrayLike, values: ArrayLike, horizons: ArrayLike) -> Chunk:
        """Series of one length: values (m, n), times (m, n) or (n,)."""
        y = np.atleast_2d(np.asarray(values, float))
        m, n = y.shape
        t = np.broadcast_to(np.asarray(times, float), (m, n))
        return cls(
            offsets=np.arange(m + 1) * n, times=t.ravel(), values=y.ravel(), horizons=np.asarray(horizons, float)
        )

    def by_length(self) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
        """For each length n: the series (k,) that have it, and their entries (k, n) in order of time."""
        lengths = np.diff(self.offsets)
        out = []
        for n in np.unique(lengths):
            rows = np.flatnonzero(lengths == n)
            entries = self.offsets[rows][:, None] + np.arange(n)
            order = np.argsort(self.times[entries], axis=1, kind="stable")
            out.append((rows, np.take_along_axis(entries, order, 1)))
        return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What a sample of series of one kind taught.

    members: the class with the weights that the panel shares. stretch: factors on the widths below and above the
    median by number of points (1 where there was nothing to learn them from). series: how many series taught it;
    below `FEWEST` the class is as shipped. upper: the largest possible value, or None. moved: total variation
    distance between the prior weights and the panel's, 0 to 1.
    """

    members: ReferenceClass
    stretch: dict[int, tuple[float, float]] = field(default_factory=dict)
    series: int = 0
    upper: float | None = None
    moved: float = 0.0

    @property
    def adapted(self) -> bool:
        """Whether there were enough series to learn from."""
        return self.series >= FEWEST

    def factors(self, n: int) -> tuple[float, float]:
        """The factors below and above the median for series of n points: those of the nearest length that has them."""
        if n < 2 or not self.stretch:
            return 1.0, 1.0
        return self.stretch[min(self.stretch, key=lambda known: (abs(known - n), known))]


def adapt(
    sample: Chunk, kind: str = "unknown", *, upper: float | None = None, members: ReferenceClass | None = None
) -> Panel:
    """The panel that `sample`, of which at most 2,000 series are used, teaches about its kind.

    Invariant to the order of the series and of the figures in each. Which series are used beyond 2,000 depends on
    their contents alone. upper: the largest possible value; for a kind with a ceiling, 1 if the largest value of
    fifteen series or more lies between 0.2 and 1 (fractions), else the ceiling unless a value exceeds it.
    members: the class to start from where it is not the shipped one.
    """
    members = members or load(kind)
    groups = _sampled(sample)
    count = sum(len(values) for _, values in groups)
    top = max((float(values.max()) for _, values in groups), default=0.0)
    ceiling = habits(kind).ceiling
    if upper is None and ceiling is not None:
        fractions = count >= FEWEST and FRACTION < top <= 1
        upper = 1.0 if fractions else ceiling if top <= ceiling else None
    if count < FEWEST:
        return Panel(members=members, series=count, upper=upper)
    learned, trust = _shared_weights(members, groups)
    before = members.components.weight / members.components.weight.sum()
    moved = 0.5 * float(np.abs(learned.components.weight - before).sum())
    taught = _read_as_panel(learned, trust)
    return Panel(
        members=taught,
        stretch=stretches(taught, [(t, y) for t, y in groups if len(y) >= FEWEST], upper, trust),
        series=count,
        upper=upper,
        moved=moved,
    )


def project_chunk(chunk: Chunk, panel: Panel, probs: ArrayLike) -> Array:
    """Quantiles (m, h, p) of every series of `chunk` under `panel`, increasing along p, in the unit of the values."""
    p = np.atleast_1d(np.asarray(probs, float))
    h = np.atleast_1d(np.asarray(chunk.horizons, float))
    h = np.broadcast_to(h, (len(chunk), h.shape[-1]))
    out = np.full((len(chunk), h.shape[1], len(p)), np.nan)
    for rows, entries in chunk.by_length():
        n = entries.shape[1]
        values = chunk.values[entries]
        found = predict(
            panel.members,
            chunk.times[entries],
            values,
            h[rows],
            p,
            low=None if chunk.low is None else chunk.low[entries],
            high=None if chunk.high is None else chunk.high[entries],
            stretch=np.array([panel.factors(n)]),
            upper=panel.upper,
            explain=False,
        )
        out[rows] = found.quantiles
    return out


def _sampled(sample: Chunk) -> list[tuple[Array, Array]]:
    """By length: times relative to the last (k, n) and values (k, n) of at most 2,000 series, in a fixed order."""
    groups = [
        (sample.times[entries], sample.values[entries]) for _, entries in sample.by_length() if entries.shape[1] > 0
    ]
    keyed = []
    for g, (t, y) in enumerate(groups):
        t = t - t[:, -1:]
        keep = most_informative(t)
        t, y = np.take_along_axis(t, keep, 1), np.take_along_axis(y, keep, 1)
        groups[g] = (t, y)
        shape = np.round(np.concatenate([t, y / np.maximum(np.abs(y).max(axis=1, keepdims=True), 1e-300)], 1), 9)
        keyed += [(zlib.crc32((row + 0.0).tobytes()), row.tolist(), g, i) for i, row in enumerate(shape)]
    keyed.sort(key=lambda key: key[:2])
    out = []
    for g, (t, y) in enumerate(groups):
        rows = [i for _, _, group, i in keyed[:SAMPLE] if group == g]
        if rows:
            out.append((t[rows], y[rows]))
    return out


def _shared_weights(members: ReferenceClass, groups: list[tuple[Array, Array]]) -> tuple[ReferenceClass, float]:
    """The class whose weights are moved towards what the histories show, and how far they are trusted, 0 to 1."""
    tables = []
    for t, y in groups:
        if t.shape[1] < 2:
            continue
        scale = Scale.of(y, members.power, None)
        z = scale.onto(y)
        spread = scale.spread(members.spread_exponent, members.spread_reference)
        noise = None
        if habits(members.kind).counted:
            low, high = within_a_half(y)
            noise = (scale.onto(high) - scale.onto(low)) ** 2 / 12
        ahead = np.ones((len(t), 1))
        found = condition(
            members.components, t, z - z[:, -1:], ahead, noise=noise, spread=spread, shocks=members.shocks
        )
        tables.append(found.log_evidence)
    prior = members.components.weight / members.components.weight.sum()
    if not tables:
        return members, 0.0
    evidence = np.concatenate(tables)
    figures = sum(table.shape[0] * (t.shape[1] - 1) for table, (t, _) in zip(tables, _long(groups), strict=True))
    gain = 0.0
    for half in (np.arange(len(evidence)) % 2 == 0, np.arange(len(evidence)) % 2 == 1):
        other = _moved(prior, evidence[~half])
        gain += float((_log_mean(other, evidence[half]) - _log_mean(prior, evidence[half])).sum())
    none, full = GAIN if members.kind == "unknown" else GAIN_NAMED
    trust = float(np.clip((gain / figures - none) / (full - none), 0, 1))
    return members.reweighted((1 - trust) * prior + trust * _moved(prior, evidence)), trust


def _long(groups: list[tuple[Array, Array]]) -> list[tuple[Array, Array]]:
    return [(t, y) for t, y in groups if t.shape[1] > 1]


def _moved(prior: Array, evidence: Array) -> Array:
    """Weights (k,) after expectation-maximization on the evidence (m, k) with the prior as pseudo-series."""
    weight = prior
    for _ in range(STEPS):
        share = posterior(np.log(np.maximum(weight, 1e-300)), evidence)
        weight = (PRIOR_SERIES * prior + share.sum(axis=0)) / (PRIOR_SERIES + len(evidence))
    return weight


def _log_mean(weight: Array, evidence: Array) -> Array:
    """Log density (m,) of each series under the mixture."""
    joint = np.log(np.maximum(weight, 1e-300)) + evidence
    top = joint.max(axis=1, keepdims=True)
    out: Array = (top + np.log(np.exp(joint - top).sum(axis=1, keepdims=True)))[:, 0]
    return out


def _read_as_panel(members: ReferenceClass, trust: float) -> ReferenceClass:
    """The class with the readings of a panel.

    What widens the shipped bands, for a lone series of whatever origin, gives way to what the panel shows. In its
    place bands widen by `SHARED_RISK` a year ahead: what strikes all series at once does not show between them.
    """
    horizons = np.array([1.0, LONGEST])
    shipped = np.stack([reading_at(row, members.calibration_horizons, horizons) for row in members.calibration])
    own = LEVELS * habits(members.kind).together * (1 + SHARED_RISK * horizons)[:, None]
    return replace(
        members,
        calibration=(1 - trust) * shipped + trust * own,
        calibration_horizons=horizons,
        damping_sd=(1 - trust * STEADIER) * members.damping_sd,
        stretch=(1 - trust) * members.stretch,
    )
