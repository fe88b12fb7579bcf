"""The registry: model name -> definition. Importing it imports no model and no numerics."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from forecast.errors import Misuse
from forecast.models.grammar import Definition

DEFAULT = "reference"
TRENDS = ("linear", "loglinear", "drift", "local_linear", "damped", "theta")

_REGISTRY = {
    "reference": "forecast.models.reference:Reference",
    "pooled_drift": "forecast.models.pooled_drift:PooledDrift",
    "combined": "forecast.models.combined:Combined",
    "linear": "forecast.models.linear:Linear",
    "loglinear": "forecast.models.linear:LogLinear",
    "drift": "forecast.models.drift:Drift",
    "local_linear": "forecast.models.local_linear:LocalLinear",
    "damped": "forecast.models.damped:Damped",
    "theta": "forecast.models.theta:Theta",
}


def names() -> tuple[str, ...]:
    """All model names, the default first."""
    return (DEFAULT, *(name for name in _REGISTRY if name != DEFAULT))


def get(name: str) -> Definition:
    """The definition registered as `name` with its default settings. Raises `Misuse` with the nearest names."""
    if name not in _REGISTRY:
        from difflib import get_close_matches

        near = get_close_matches(name, _REGISTRY, n=1, cutoff=0.4)
        raise Misuse("unknown_model", name=name, near=", ".join(near) or DEFAULT, known=", ".join(names()))
    module, _, attribute = _REGISTRY[name].partition(":")
    return cast(Definition, getattr(import_module(module), attribute)())
