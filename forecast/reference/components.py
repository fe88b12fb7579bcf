"""The components of a mixture: small trend models, each a Gaussian process with stationary increments.

Everything here lives on the transformed scale z. Component k is a trend with a mean-reverting drift, observed with
noise:

    z(t) = level + mu t + sigma B(t) + integral_0^t b(s) ds + nu e_t

with b a stationary Ornstein-Uhlenbeck process (Uhlenbeck & Ornstein 1930) of standard deviation tau and rate kappa
and a level without prior knowledge (diffuse; Durbin & Koopman 2012, chapter 5). Its increments have the variogram

    v(d) = sigma^2 |d| + 2 tau^2 (kappa |d| - 1 + exp(-kappa |d|)) / kappa^2 + 2 nu^2 [d != 0]
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Components:
    """The parameters of K components; every array has shape (K,), times in years, the rest in units of z.

    weight: prior probability. mu: long-run drift per year. sigma: innovation per square root of a year.
    tau: standard deviation of the drift. kappa: rate per year at which a drift is forgotten. nu: noise.
    """

    weight: Array
    mu: Array
    sigma: Array
    tau: Array
    kappa: Array
    nu: Array

    def __len__(self) -> int:
        return len(self.weight)

    def variogram(self, lag: Array) -> Array:
        """Variance of z(t + lag) - z(t) about its mean; lag of any shape in years -> lag.shape + (K,)."""
        d = np.abs(np.asarray(lag, float))[..., None]
        x = self.kappa * d
        drift = np.where(x > 1e-3, np.expm1(-x) + x, x * x * (0.5 - x / 6 + x * x / 24))
        smooth = self.sigma**2 * d + 2 * (self.tau / self.kappa) ** 2 * drift
        out: Array = smooth + 2 * self.nu**2 * (d > 0)
        return out
