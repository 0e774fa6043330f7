"""A fitted buying model: its parameters, how sure they are, and what it expects."""

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from setia.insight.arrays import Floats
from setia.insight.buying.patterns import BLOCK, Histories, check
from setia.insight.buying.priors import TO_U
from setia.insight.buying.tables import look_up
from setia.insight.special import gamma_quantile

Model: TypeAlias = Literal["bg", "mbg"]


class Params(NamedTuple):
    """lambda ~ Gamma(r, rate alpha): orders per unit of time; p ~ Beta(a, b): chance to stop after an order."""

    r: float
    alpha: float
    a: float
    b: float


class Total(NamedTuple):
    """Orders of all customers together within a horizon: the expectation and an interval."""

    expected: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Fit:
    """What `setia.insight.buying.fit` returns. All times are in the unit of time of the data it was fitted to.

    `covariance` (4, 4) is the Laplace approximation in the coordinates (log r, log alpha, log a, log b).
    `log_likelihood` leaves the prior out. `converged`: the climb reached a top. `at_boundary`: the data (and
    prior) leave some direction undetermined;
    predictions are finite all the same, but such a fit says little about drop-out.
    """

    model: Model
    params: Params
    log_likelihood: float
    covariance: Floats
    customers: int
    converged: bool
    at_boundary: bool

    @property
    def numbers(self) -> tuple[float, ...]:
        """The fit as the four numbers u of `buying.priors`: all that a shop gives to a prior over shops."""
        return tuple((TO_U @ np.log(self.params)).tolist())

    def expected_purchases(self, horizon: float, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Floats:
        """Expected number of orders in the next `horizon` units of time, per customer.

        `x` repeat orders so far, the last at age `t_x` of a customer known for `T`; scalars or arrays, broadcast.
        """
        horizon = _horizon(horizon)
        histories, shape = _read(x, t_x, T)
        expected: Floats = self._active(histories) * self._orders_if_active(horizon, histories)
        return expected.reshape(shape)

    def chance_active(self, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Floats:
        """Chance that the customer has not stopped for good. An ingredient; show `chance_of_order` to people.

        1 / (1 + exp d) with d as in the likelihood; BG gives 1 to everyone with x = 0.
        """
        histories, shape = _read(x, t_x, T)
        chance = self._active(histories)
        return chance.reshape(shape)

    def chance_of_order(self, horizon: float, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Floats:
        """Chance of at least one order in the next `horizon` units of time.

        An active customer's next order comes at rate lambda ~ Gamma(r + x, alpha + T), whatever p is, so none comes
        within h with chance E[exp(-lambda h)] = ((alpha + T) / (alpha + T + h))^(r + x). Hence

            P(order) = P(active) (1 - (1 + h / (alpha + T))^-(r + x)).
        """
        horizon = _horizon(horizon)
        histories, shape = _read(x, t_x, T)
        stretch = np.log1p(horizon / (self.params.alpha + histories.times(histories.T)))
        chance: Floats = self._active(histories) * -np.expm1(-(self.params.r + histories.x) * stretch)
        return chance.reshape(shape)

    def moments(self, horizon: float, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> tuple[Floats, Floats]:
        """Mean and variance of the number of orders in the next `horizon` units of time, per customer; both exact."""
        horizon = _horizon(horizon)
        histories, shape = _read(x, t_x, T)
        active = self._active(histories)
        mean = active * self._orders_if_active(horizon, histories)
        variance = np.maximum(active * self._orders_if_active(horizon, histories, power=2) - mean**2, 0.0)
        return mean.reshape(shape), variance.reshape(shape)

    def total_purchases(
        self, horizon: float, x: ArrayLike, t_x: ArrayLike, T: ArrayLike, coverage: float = 0.8
    ) -> Total:
        """Orders of all these customers together, with an interval of the given coverage.

        The variance adds chance (exact second moments, customers independent) and doubt about the parameters (Laplace
        covariance, first order); the interval is that of a gamma distribution with this mean and variance.
        """
        if not 0 < coverage < 1:
            raise ValueError("coverage must lie between 0 and 1.")
        mean, variance = self.moments(horizon, x, t_x, T)
        slope = self._slope_of_total(_horizon(horizon), _read(x, t_x, T)[0])
        total, spread = float(mean.sum()), float(variance.sum() + slope @ self.covariance @ slope)
        low, high = gamma_quantile([(1 - coverage) / 2, (1 + coverage) / 2], total, spread).tolist()
        return Total(total, min(low, total), max(high, total))

    def _slope_of_total(self, horizon: float, histories: Histories) -> Floats:
        """Derivative of the expected total with respect to the log-parameters, by central differences."""
        step = 1e-4
        slope = np.empty(4)
        for place in range(4):
            totals = []
            for sign in (1, -1):
                shifted = np.array(self.params)
                shifted[place] *= np.exp(sign * step)
                there = replace(self, params=Params(*shifted.tolist()))
                totals.append(float(there._active(histories) @ there._orders_if_active(horizon, histories)))
            slope[place] = (totals[0] - totals[1]) / (2 * step)
        return slope

    def _orders_if_active(self, horizon: float, histories: Histories, power: int = 1) -> Floats:
        r, alpha, a, b = self.params
        return look_up(histories, horizon, r, alpha, a, b + (self.model == "mbg"), power)

    def _active(self, histories: Histories) -> Floats:
        r, alpha, a, b = self.params
        per_unit = histories.per_unit or 1.0
        result = np.empty(len(histories))
        for start in range(0, len(result), BLOCK):
            rows = slice(start, start + BLOCK)
            x = histories.x[rows]
            faded = np.log((alpha + histories.T[rows] / per_unit) / (alpha + histories.t_x[rows] / per_unit))
            go_on = x + (b if self.model == "mbg" else b - 1)
            if self.model == "bg":
                go_on[x == 0] = np.inf
            odds = np.exp(np.minimum((x + r) * faded, 600)) * (a / go_on)
            result[rows] = 1 / (1 + odds)
        return result


def _read(x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> tuple[Histories, tuple[int, ...]]:
    columns = np.broadcast_arrays(x, t_x, T)
    return check(*(column.reshape(-1) for column in columns)), columns[0].shape


def _horizon(horizon: float) -> float:
    if not 0 <= horizon < np.inf:
        raise ValueError("The horizon must be a finite time, zero or more.")
    return float(horizon)
