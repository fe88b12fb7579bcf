"""One component of the reference class as a statsmodels state-space model of a single series.

The same model as `forecast.reference.mixture`, written as its transition equations and run through statsmodels'
Kalman filter (Durbin & Koopman 2012): one step per observation, time-varying matrices for irregular dates, an
exactly diffuse level. Nothing is estimated; the parameters are those of the component. The closed form is the
fast path; this one offers what statsmodels does with a model: smoothed states, residuals, missing values.
"""

from __future__ import annotations

import numpy as np
from statsmodels.tsa.statespace.initialization import Initialization
from statsmodels.tsa.statespace.mlemodel import MLEModel

from forecast.reference.components import Array


class ComponentModel(MLEModel):  # type: ignore[misc]
    """A component (mu, sigma, tau, kappa, nu) for one series of z at given times.

    times (n,): years, strictly increasing. values (n,): z. horizons (h,): years after the last time, strictly
    increasing; they enter as missing observations. The state is (level, drift deviation b):

        level' = level + mu d + b (1 - exp(-kappa d)) / kappa + noise,   b' = b exp(-kappa d) + noise

    over a gap of d years, the noise having the covariance of the integrated Ornstein-Uhlenbeck process.
    """

    def __init__(
        self,
        times: Array,
        values: Array,
        *,
        mu: float,
        sigma: float,
        tau: float,
        kappa: float,
        nu: float,
        horizons: Array | None = None,
    ) -> None:
        ahead = np.zeros(0) if horizons is None else np.asarray(horizons, float)
        self.n_ahead = len(ahead)
        moments = np.concatenate([np.asarray(times, float), float(times[-1]) + ahead])
        seen = np.concatenate([np.asarray(values, float), np.full(len(ahead), np.nan)])
        start = Initialization(2)
        start.set(0, "diffuse")
        start.set(1, "known", constant=np.zeros(1), stationary_cov=np.array([[tau**2]]))
        super().__init__(seen, k_states=2, k_posdef=2, initialization=start)
        gap = np.append(np.diff(moments), 1.0)
        decay = np.exp(-kappa * gap)
        reach = -np.expm1(-kappa * gap) / kappa
        steps = len(moments)
        transition = np.zeros((2, 2, steps))
        transition[0, 0], transition[0, 1], transition[1, 1] = 1.0, reach, decay
        covariance = np.zeros((2, 2, steps))
        drift = 2 * (tau / kappa) ** 2 * (kappa * gap - 1 + decay)
        covariance[0, 0] = sigma**2 * gap + np.maximum(drift - tau**2 * reach**2, 0)
        covariance[0, 1] = covariance[1, 0] = tau**2 * reach * (1 - decay)
        covariance[1, 1] = tau**2 * (1 - decay**2)
        self["design"] = np.array([[1.0, 0.0]])
        self["obs_cov"] = np.array([[nu**2]])
        self["transition"] = transition
        self["state_intercept"] = np.stack([mu * gap, np.zeros(steps)])
        self["selection"] = np.eye(2)
        self["state_cov"] = covariance

    @property
    def param_names(self) -> list[str]:
        """No parameter is free."""
        return []

    @property
    def start_params(self) -> Array:
        """No parameter is free."""
        return np.zeros(0)

    def log_evidence(self) -> float:
        """Log density of the observed differences: the diffuse term of the first value, -log(2 pi) / 2, taken off."""
        return float(self.loglike([])) + 0.5 * float(np.log(2 * np.pi))

    def predictive(self) -> tuple[Array, Array]:
        """Mean and variance (h,), (h,) of z, observation noise included, at the horizons."""
        result = self.filter([])
        after = slice(self.nobs - self.n_ahead, self.nobs)
        mean = result.filter_results.forecasts[0, after]
        variance = result.filter_results.forecasts_error_cov[0, 0, after]
        return np.array(mean), np.array(variance)
