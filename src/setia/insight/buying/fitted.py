"""A fitted buying model: its parameters, how sure they are, and what it expects."""

from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from setia.insight.arrays import Floats, Numbers
from setia.insight.buying.future import orders_if_active
from setia.insight.buying.histories import check
from setia.insight.buying.patterns import Counted
from setia.insight.buying.priors import TO_U
from setia.insight.buying.tables import Quantity, times_active
from setia.insight.special import gamma_quantile

NEVER = 1e250  # stands for infinity where 1 / infinity is meant; infinities slow exp down

Model: TypeAlias = Literal["bg", "mbg"]


class Params(NamedTuple):
    """lambda ~ Gamma(r, rate alpha): orders per unit of time; p ~ Beta(a, b): chance to stop after an order."""

    r: float
    alpha: float
    a: float
    b: float


class Outlook(NamedTuple):
    """Per customer, for one horizon: expected orders, chance of at least one, chance of still being active."""

    expected_purchases: Floats
    chance_of_order: Floats
    chance_active: Floats


class Total(NamedTuple):
    """Orders of all customers together within a horizon: the expectation and an interval."""

    expected: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Fit:
    """What `setia.insight.buying.fit` returns. All times are in the unit of time of the data it was fitted to.

    `covariance` (4, 4) is the Laplace approximation in the coordinates (log r, log alpha, log a, log b).
    `log_likelihood` leaves the prior out. `converged`: the climb reached a top. `at_boundary`: the data (and prior)
    leave some direction undetermined; predictions are finite all the same, but such a fit says little about drop-out.
    `known`: the customers it was fitted to (whole-number arrays are kept as given, not copied).
    """

    model: Model
    params: Params
    log_likelihood: float
    covariance: Floats
    customers: int
    converged: bool
    at_boundary: bool
    known: Counted | None = field(default=None, repr=False)

    @property
    def numbers(self) -> tuple[float, ...]:
        """The fit as the four numbers u of `buying.priors`: all that a shop gives to a prior over shops."""
        return tuple((TO_U @ np.log(self.params)).tolist())

    def outlook(self, horizon: float) -> Outlook:
        """All predictions for the customers of the fit, in their order: those of the single methods, but quicker.

        Customers with equal histories, which the fit has found already, are worked out once.
        """
        horizon = _horizon(horizon)
        if self.known is None:
            raise ValueError("This fit does not know its customers; ask the single methods.")
        quantities = self._orders(horizon), self._any_order(horizon)
        found = times_active(self.known.histories, self.params.r, self.params.alpha, self._log_ratio, quantities)
        active, expected, order = (self.known.spread(values) for values in found)
        return Outlook(expected, order, active)

    def expected_purchases(self, horizon: float, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Floats:
        """Expected number of orders in the next `horizon` units of time, per customer.

        `x` repeat orders so far, the last at age `t_x` of a customer known for `T`; scalars or arrays, broadcast.
        """
        return self._ask(x, t_x, T, self._orders(_horizon(horizon)))[1]

    def chance_active(self, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Floats:
        """Chance that the customer has not stopped for good. An ingredient; show `chance_of_order` to people.

        1 / (1 + exp d) with d as in the likelihood; BG gives 1 to everyone with x = 0.
        """
        return self._ask(x, t_x, T)[0]

    def chance_of_order(self, horizon: float, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Floats:
        """Chance of at least one order in the next `horizon` units of time.

        An active customer's next order comes at rate lambda ~ Gamma(r + x, alpha + T), whatever p is, so none comes
        within h with chance E[exp(-lambda h)] = ((alpha + T) / (alpha + T + h))^(r + x). Hence

            P(order) = P(active) (1 - (1 + h / (alpha + T))^-(r + x)).
        """
        return self._ask(x, t_x, T, self._any_order(_horizon(horizon)))[1]

    def moments(self, horizon: float, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> tuple[Floats, Floats]:
        """Mean and variance of the number of orders in the next `horizon` units of time, per customer; both exact."""
        horizon = _horizon(horizon)
        _, mean, square = self._ask(x, t_x, T, self._orders(horizon), self._orders(horizon, power=2))
        return mean, np.maximum(square - mean**2, 0.0)

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
        slope = self._slope_of_total(horizon, x, t_x, T)
        total, spread = float(mean.sum()), float(variance.sum() + slope @ self.covariance @ slope)
        low, high = gamma_quantile([(1 - coverage) / 2, (1 + coverage) / 2], total, spread).tolist()
        return Total(total, min(low, total), max(high, total))

    def _slope_of_total(self, horizon: float, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Floats:
        """Derivative of the expected total with respect to the log-parameters, by central differences."""
        step = 1e-4
        slope = np.empty(4)
        for place in range(4):
            totals = []
            for sign in (1, -1):
                shifted = np.array(self.params)
                shifted[place] *= np.exp(sign * step)
                there = replace(self, params=Params(*shifted.tolist()))
                totals.append(float(there.expected_purchases(horizon, x, t_x, T).sum()))
            slope[place] = (totals[0] - totals[1]) / (2 * step)
        return slope

    def _ask(self, x: ArrayLike, t_x: ArrayLike, T: ArrayLike, *quantities: Quantity) -> list[Floats]:
        """P(active) and P(active) times each quantity, in the shape of the input."""
        columns = np.broadcast_arrays(x, t_x, T)
        histories = check(*(column.reshape(-1) for column in columns))
        found = times_active(histories, self.params.r, self.params.alpha, self._log_ratio, quantities)
        return [values.reshape(columns[0].shape) for values in found]

    def _log_ratio(self, x: Numbers) -> Floats:
        """log(a / (b + x - 1 + m)), the odds of having stopped at the last order; BG: nobody with x = 0 has stopped."""
        go_on = x + (self.params.b if self.model == "mbg" else self.params.b - 1)
        if self.model == "bg":
            go_on = np.where(x == 0, NEVER, go_on)
        ratio: Floats = np.log(self.params.a) - np.log(go_on)
        return ratio

    def _orders(self, horizon: float, power: int = 1) -> Quantity:
        """Mean (or mean square) of the number of orders of an active customer."""
        r, alpha, a, b = self.params
        stay = b + (self.model == "mbg")
        return lambda x, ages: orders_if_active(r + x, stay + x, a, horizon / (alpha + ages), power)

    def _any_order(self, horizon: float) -> Quantity:
        """Chance of at least one order of an active customer."""
        r, alpha = self.params.r, self.params.alpha
        return lambda x, ages: -np.expm1(-np.outer(np.log1p(horizon / (alpha + ages)), r + x))


def _horizon(horizon: float) -> float:
    if not 0 <= horizon < np.inf:
        raise ValueError("The horizon must be a finite time, zero or more.")
    return float(horizon)
