"""What is believed about a shop before its own customers have spoken.

A prior is a Gaussian on four numbers u that owners could almost name:

    u = (log r, log(r / alpha), log(a / b), (log a + log b) / 2)

how alike the customers are, how often the average customer orders per unit of time, how quickly they stop ordering
compared with going on, and how alike they are in that. u is linear in the log-parameters, so the prior adds one
quadratic term to the fit.
"""

from dataclasses import dataclass

import numpy as np

from setia.insight.arrays import Floats
from setia.insight.newton import Derivatives

# u = TO_U @ (log r, log alpha, log a, log b)
TO_U: Floats = np.array([[1, 0, 0, 0], [1, -1, 0, 0], [0, 0, 1, -1], [0, 0, 0.5, 0.5]], dtype=float)
FROM_U: Floats = np.linalg.inv(TO_U).astype(float)


@dataclass(frozen=True)
class Prior:
    """Gaussian on u: `centre` (4,) and `covariance` (4, 4). The second number is a rate: it has a unit."""

    centre: tuple[float, float, float, float]
    covariance: tuple[tuple[float, ...], ...]

    @classmethod
    def independent(cls, centre: tuple[float, float, float, float], deviation: tuple[float, ...]) -> "Prior":
        """A prior whose four numbers vary independently, with these standard deviations."""
        spread = np.diag(np.square(np.asarray(deviation, dtype=float)))
        return cls(centre, tuple(tuple(float(cell) for cell in row) for row in spread))

    def in_unit(self, weeks: float) -> "Prior":
        """The same belief when time is counted in units of `weeks` weeks: `WEAK_PRIOR.in_unit(1 / 7)` is for days."""
        if not weeks > 0:
            raise ValueError("The unit of time must be a positive number of weeks.")
        first, rate, third, fourth = self.centre
        return Prior((first, rate + float(np.log(weeks)), third, fourth), self.covariance)

    @property
    def log_parameters(self) -> Floats:
        """The centre as (log r, log alpha, log a, log b)."""
        result: Floats = FROM_U @ np.asarray(self.centre)
        return result

    def log_density(self) -> "Quadratic":
        """The logarithm of the (normalised) density of u, as a function of the log-parameters."""
        precision = np.linalg.inv(np.asarray(self.covariance, dtype=float))
        constant = float(np.linalg.slogdet(precision)[1]) / 2 - 2 * float(np.log(2 * np.pi))
        return Quadratic(self.log_parameters, TO_U.T @ precision @ TO_U, constant)


@dataclass(frozen=True)
class Quadratic:
    """constant - (point - centre)' precision (point - centre) / 2."""

    centre: Floats
    precision: Floats
    constant: float

    def __call__(self, point: Floats) -> Derivatives:
        away = point - self.centre
        pull = self.precision @ away
        return self.constant - float(away @ pull) / 2, -pull, -self.precision


WEAK_PRIOR = Prior.independent((float(np.log(0.5)), float(np.log(0.17)), -2.2, 0.3), (0.9, 1.1, 1.3, 0.7))
"""Weakly informative, time in weeks: the average customer orders about once in six weeks, give or take a factor of
three. Centre and spread come from full fits of six public purchase logs; leaving a log out changes next to nothing."""
