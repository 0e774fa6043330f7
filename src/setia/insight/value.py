"""What an order of a customer is worth, and what a customer is worth in the coming time.

Gamma-Gamma (Fader & Hardie 2013, note 025): one order ~ Gamma(p, rate nu), nu ~ Gamma(q, rate gamma) across customers.
With x orders of mean m a customer's own mean spend is expected to be

    E[spend] = p (gamma + m x) / (p x + q - 1)          a weighted mean of the shop's mean and the customer's own

Amounts may be in any currency and unit; the weak prior has no scale of its own, it takes the shop's mean.
The model assumes that how often and how much somebody buys are unrelated, which held on all logs it was tried on.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from setia.insight import buying
from setia.insight.arrays import Floats
from setia.insight.newton import Derivatives, Optimum, covariance_at, least_curvature, maximise
from setia.insight.special import digamma, gamma_quantile, log_gamma, log_normal_quantile, trigamma

BLOCK = 8192
SAMPLE = 4_000
MANY = 20_000
UNDETERMINED = 0.01
FEW_ORDERS = 2.5  # given at least one order: below this many the sum looks log-normal, above it gamma
LEAST_SHAPE = 2.5  # a posterior shape p x + q this small has hardly a variance; it is taken as if it were this


class Spread(NamedTuple):
    """A weak prior on (log p, log q, log(p gamma / q)); the last is centred on the shop's own typical spend."""

    centre: tuple[float, float]
    deviation: tuple[float, float, float]


WEAK_PRIOR = Spread((float(np.log(4.0)), float(np.log(5.0))), (1.0, 0.6, 1.0))


class Params(NamedTuple):
    """One order ~ Gamma(p, nu); nu ~ Gamma(q, gamma)."""

    p: float
    q: float
    gamma: float


class Value(NamedTuple):
    """Money per customer within the horizon: expectation and interval."""

    expected: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, eq=False)
class Fit:
    """A fitted Gamma-Gamma model; `covariance` (3, 3) is Laplace's in (log p, log q, log gamma).

    `typical`: the mean of the customers' mean spends, used where the model's own mean does not exist (q <= 1).
    """

    params: Params
    log_likelihood: float
    covariance: Floats
    customers: int
    typical: float
    converged: bool
    at_boundary: bool

    def expected_spend(self, x: ArrayLike, mean: ArrayLike) -> Floats:
        """Expected mean spend per future order, after `x` orders of mean `mean`; with x = 0 that of a new customer."""
        shape, scale = self._posterior(x, mean)
        exists = shape > 1
        spend: Floats = np.where(exists, self.params.p * scale / np.where(exists, shape - 1, 1.0), self.typical)
        return spend

    def customer_value(
        self,
        orders: buying.Fit,
        horizon: float,
        x: ArrayLike,
        t_x: ArrayLike,
        T: ArrayLike,
        mean: ArrayLike,
        coverage: float = 0.8,
    ) -> Value:
        """Money each customer brings within `horizon` (in the unit of time of `orders`), with an interval.

        `x`, `t_x`, `T` as for `orders`; `mean`: mean spend of the x repeat orders. The number of orders and their worth
        are independent, so E = E[orders] E[spend] and the second moment is exact too. The interval joins the chance of
        no order at all with a log-normal (few orders) or gamma distribution for the rest, and always holds the
        expectation. It is about this one customer: expect it to be wide.
        """
        if not 0 < coverage < 1:
            raise ValueError("coverage must lie between 0 and 1.")
        count, variance = orders.moments(horizon, x, t_x, T)
        chance = orders.chance_of_order(horizon, x, t_x, T)
        expected: Floats = count * self.expected_spend(x, mean)
        shape, scale = self._posterior(x, mean)
        shape = np.maximum(shape, LEAST_SHAPE)
        inverse_square = scale**2 / ((shape - 1) * (shape - 2))  # E[1 / nu^2]
        square = inverse_square * (self.params.p * count + self.params.p**2 * (variance + count**2))
        some = np.maximum(chance, 1e-300)
        given = expected / some
        spread = np.maximum(square / some - given**2, 0.0)
        few = count < FEW_ORDERS * chance
        low, high = (
            np.where(few, log_normal_quantile(share, given, spread), gamma_quantile(share, given, spread))
            * (chance > 1 - end)
            for end in ((1 - coverage) / 2, (1 + coverage) / 2)
            for share in [np.maximum((end - (1 - chance)) / some, 0.0)]
        )
        return Value(expected, np.minimum(low, expected), np.maximum(high, expected))

    def _posterior(self, x: ArrayLike, mean: ArrayLike) -> tuple[Floats, Floats]:
        """Shape and rate of nu given x orders of mean `mean`; a customer without a paid order counts as new."""
        count, spend = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(mean, dtype=float))
        if not ((count >= 0).all() and np.isfinite(count).all() and np.isfinite(spend).all()):
            raise ValueError("x and mean must be numbers, x zero or more.")
        paid = np.where(spend > 0, count, 0.0)
        return self.params.p * paid + self.params.q, self.params.gamma + paid * np.maximum(spend, 0.0)


def fit(x: ArrayLike, mean: ArrayLike, prior: Spread | None = None, typical: float | None = None) -> Fit:
    """Fit to customers with `x` repeat orders of mean spend `mean`; by maximum likelihood, or with a prior (MAP).

    Customers with x = 0 or a mean of zero or less take no part. `typical`: what an order is usually worth, default the
    mean over the customers. With `WEAK_PRIOR` one customer is enough (even none, if `typical` is given).
    """
    count, spend = np.asarray(x, dtype=float), np.asarray(mean, dtype=float)
    if count.shape != spend.shape or count.ndim != 1:
        raise ValueError("x and mean must be two lists of the same length.")
    if not (np.isfinite(count).all() and np.isfinite(spend).all() and (count >= 0).all()):
        raise ValueError("x must be zero or more, and no number may be missing.")
    paid = np.flatnonzero((count > 0) & (spend > 0))
    count, spend = count[paid], spend[paid]
    if typical is None and len(spend):
        typical = float(spend.mean())
    if typical is None or not 0 < typical < np.inf or (prior is None and not len(spend)):
        raise ValueError("No repeat order with an amount yet: nothing can be said about spending.")
    start = np.array([*WEAK_PRIOR.centre, WEAK_PRIOR.centre[1] - WEAK_PRIOR.centre[0] + np.log(typical)])
    if len(count) > MANY:
        stride = len(count) // SAMPLE
        start = _climb(count[::stride], spend[::stride], prior, typical, start).point
    top = _climb(count, spend, prior, typical, start)
    value = top.value - (0.0 if prior is None else _belief(top.point, prior, typical)[0])
    return Fit(
        params=Params(*np.exp(top.point).tolist()),
        log_likelihood=value,
        covariance=covariance_at(top.hessian),
        customers=len(count),
        typical=typical,
        converged=top.converged,
        at_boundary=least_curvature(top.hessian) < UNDETERMINED,
    )


def _climb(count: Floats, spend: Floats, prior: Spread | None, typical: float, start: Floats) -> Optimum:
    different, copies = np.unique(count, return_counts=True)
    often = copies.astype(float)
    constant = (float(np.log(spend).sum()), float(count @ np.log(count * spend)))

    def posterior(point: Floats) -> Derivatives:
        result = _log_likelihood(np.exp(point), count, spend, different, often, constant)
        if prior is None:
            return result
        more = _belief(point, prior, typical)
        return result[0] + more[0], result[1] + more[1], result[2] + more[2]

    return maximise(posterior, start)


def _log_likelihood(
    natural: Floats, count: Floats, spend: Floats, different: Floats, often: Floats, constant: tuple[float, float]
) -> Derivatives:
    """sum log G(px+q) - log G(px) - log G(q) + q log g - log m + px log(xm) - (px+q) log(g + xm), and derivatives."""
    p, q, gamma = natural
    n, log_gamma_sum = len(count), np.log(gamma)
    sums = np.zeros(6)  # of 1 and x, times log(gamma + xm), 1 / (gamma + xm), 1 / (gamma + xm)^2
    for start in range(0, n, BLOCK):
        x = count[start : start + BLOCK]
        total = gamma + x * spend[start : start + BLOCK]
        log, inverse = np.log(total), 1 / total
        sums += (log.sum(), x @ log, inverse.sum(), x @ inverse, inverse @ inverse, x @ (inverse * inverse))
    both, own = p * different + q, p * different
    value = often @ (log_gamma(both) - log_gamma(own)) + n * (q * log_gamma_sum - float(log_gamma(q)))
    value += p * constant[1] - constant[0] - p * sums[1] - q * sums[0]
    slope_both, slope_own = digamma(both), digamma(own)
    slope = np.array(
        [
            often @ (different * (slope_both - slope_own)) + constant[1] - sums[1],
            often @ slope_both + n * (log_gamma_sum - float(digamma(q))) - sums[0],
            n * q / gamma - p * sums[3] - q * sums[2],
        ]
    )
    bend_both, bend_own = trigamma(both), trigamma(own)
    pp, pq = often @ (different**2 * (bend_both - bend_own)), often @ (different * bend_both)
    qq, qg = often @ bend_both - n * float(trigamma(q)), n / gamma - sums[2]
    gg = p * sums[5] + q * sums[4] - n * q / gamma**2
    bend = np.array([[pp, pq, -sums[3]], [pq, qq, qg], [-sums[3], qg, gg]])
    gradient = natural * slope
    return float(value), gradient, np.outer(natural, natural) * bend + np.diag(gradient)


def _belief(point: Floats, prior: Spread, typical: float) -> Derivatives:
    """The prior's log-density (up to nothing: normalised) in (log p, log q, log gamma)."""
    turn = np.array([[1.0, 0, 0], [0, 1, 0], [1, -1, 1]])
    deviation = np.array(prior.deviation)
    away = turn @ point - np.array([*prior.centre, np.log(typical)])
    precision = turn.T @ np.diag(deviation**-2.0) @ turn
    value = -float(np.square(away / deviation).sum()) / 2 - float(np.log(deviation).sum()) - 1.5 * np.log(2 * np.pi)
    return float(value), -(turn.T @ (away / deviation**2)), -precision
