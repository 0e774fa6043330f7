"""Customers who order for an occasion: a birthday, a feast, once a year.

They do not belong into a model of weekly rhythm, where a yearly cake looks dead for eleven months. Each recurrence of a
known occasion is one opportunity, taken or not. With little history the chance is that of the shop, moved by the
customer's own few years (Beta-binomial); with three opportunities or more BG/BB (Fader, Hardie & Shang 2010) also
learns that customers stop: each takes an opportunity with chance p ~ Beta(alpha, beta) while active, and stops before
an opportunity with chance theta ~ Beta(gamma, delta).
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from setia.insight.arrays import Floats, Indices
from setia.insight.newton import Derivatives, covariance_at, least_curvature, maximise
from setia.insight.special import digamma, log_beta, trigamma

STRENGTH = 8.0  # opportunities the shop's rate counts for against the customer's own
FIRST_GUESS = (1.0, 2.0)  # Beta: before any opportunity one in three orders again
ENOUGH = 3  # opportunities per customer from which BG/BB has something to learn
UNDETERMINED = 0.01


class Rate(NamedTuple):
    """The chance that a customer orders at the next occurrence, and the shop's own rate."""

    chance: Floats
    shop: float


def repeat_rate(orders: ArrayLike, opportunities: ArrayLike, strength: float = STRENGTH) -> Rate:
    """(A + orders) / (A + B + opportunities) per customer, A / (A + B) the shop's rate and A + B = `strength`."""
    taken, given = np.asarray(orders, dtype=float), np.asarray(opportunities, dtype=float)
    if taken.shape != given.shape:
        raise ValueError("orders and opportunities must be two lists of the same length.")
    if not ((taken >= 0).all() and (taken <= given).all() and np.isfinite(given).all()):
        raise ValueError("orders must lie between zero and the number of opportunities.")
    if not 0 < strength < np.inf:
        raise ValueError("strength must be a positive number of opportunities.")
    shop = float((taken.sum() + FIRST_GUESS[0]) / (given.sum() + sum(FIRST_GUESS)))
    chance: Floats = (strength * shop + taken) / (strength + given)
    return Rate(chance, shop)


class Params(NamedTuple):
    """p ~ Beta(alpha, beta): takes an opportunity; theta ~ Beta(gamma, delta): stops before one."""

    alpha: float
    beta: float
    gamma: float
    delta: float


@dataclass(frozen=True, eq=False)
class Fit:
    """A fitted BG/BB model; `covariance` (4, 4) is Laplace's in the logarithms of the parameters."""

    params: Params
    log_likelihood: float
    covariance: Floats
    customers: float
    converged: bool
    at_boundary: bool

    def expected_orders(self, ahead: int, x: ArrayLike, t_x: ArrayLike, n: ArrayLike) -> Floats:
        """How many of the next `ahead` opportunities are taken after `x` of `n`, the last one being the `t_x`-th.

        sum over j = 1..ahead of P(took x, is active at opportunity n + j, takes it) / P(history): all terms positive.
        """
        if ahead < 0:
            raise ValueError("The number of opportunities ahead must be zero or more.")
        histories = _check(x, t_x, n)
        alpha, beta, gamma, delta = self.params
        taken, missed = alpha + histories.x + 1, beta + histories.n - histories.x
        buys = log_beta(taken, missed) - float(log_beta(alpha, beta)) - _evaluate(np.array(self.params), histories)[0]
        later = np.arange(1, ahead + 1)
        stays = log_beta(gamma, delta + histories.n[:, None] + later) - float(log_beta(gamma, delta))
        expected: Floats = np.exp(buys[:, None] + stays).sum(axis=1)
        return expected

    def chance_next(self, x: ArrayLike, t_x: ArrayLike, n: ArrayLike) -> Floats:
        """Chance that the next opportunity is taken."""
        return self.expected_orders(1, x, t_x, n)

    def chance_active(self, x: ArrayLike, t_x: ArrayLike, n: ArrayLike) -> Floats:
        """Chance that the customer had not stopped by opportunity `n`."""
        histories = _check(x, t_x, n)
        value, terms = _evaluate(np.array(self.params), histories)[:2]
        chance: Floats = np.exp(terms[histories.starts] - value)
        return chance


@dataclass(frozen=True)
class _Histories:
    """Checked histories, and the ways in which each can have come about.

    The first way of each row: active to the end. The others: stopped before opportunity t_x + 1, ..., n.
    `owner`, `seen` (opportunities while active) and `stopped` (0 or 1) are per way; `starts`: each row's first way.
    """

    x: Floats
    n: Floats
    starts: Indices
    owner: Indices
    seen: Floats
    stopped: Floats


def _check(x: ArrayLike, t_x: ArrayLike, n: ArrayLike) -> _Histories:
    taken, last, given = (np.atleast_1d(np.asarray(column, dtype=float)) for column in (x, t_x, n))
    if not taken.shape == last.shape == given.shape or taken.ndim != 1:
        raise ValueError("x, t_x and n must be three lists of the same length.")
    columns = np.array([taken, last, given])
    if not (np.isfinite(columns).all() and np.array_equal(columns, np.floor(columns)) and (columns >= 0).all()):
        raise ValueError("x, t_x and n must be whole numbers, zero or more.")
    if not ((taken <= last).all() and (last <= given).all() and np.array_equal(taken > 0, last > 0)):
        raise ValueError("t_x is the number of the last opportunity taken: from x to n, and 0 where x = 0.")
    ways = (given - last).astype(np.intp) + 1
    owner = np.repeat(np.arange(len(ways)), ways)
    starts = np.cumsum(ways) - ways
    place = np.arange(len(owner)) - starts[owner]
    seen = np.where(place == 0, given[owner], last[owner] + place - 1)
    return _Histories(taken, given, starts, owner, seen, (place > 0).astype(float))


def _evaluate(natural: Floats, histories: _Histories) -> tuple[Floats, Floats]:
    """Log-likelihood per row and the logarithm of each way's chance."""
    alpha, beta, gamma, delta = natural
    x, seen = histories.x[histories.owner], histories.seen
    terms = log_beta(alpha + x, beta + seen - x) - float(log_beta(alpha, beta))
    terms += log_beta(gamma + histories.stopped, delta + seen) - float(log_beta(gamma, delta))
    if not len(terms):
        return np.empty(0), terms
    top = np.maximum.reduceat(terms, histories.starts)
    total = np.add.reduceat(np.exp(terms - top[histories.owner]), histories.starts)
    value: Floats = top + np.log(total)
    return value, terms


def _derivatives(natural: Floats, histories: _Histories, weight: Floats) -> Derivatives:
    """Weighted log-likelihood with derivatives in the logarithms of the parameters.

    The gradient of a row is the mean of its ways' gradients, its Hessian their mean plus their covariance.
    """
    value, terms = _evaluate(natural, histories)
    x, seen, stopped, owner = histories.x[histories.owner], histories.seen, histories.stopped, histories.owner
    alpha, beta, gamma, delta = natural
    first = np.empty((4, len(terms)))
    second = np.zeros((4, 4, len(terms)))
    pairs = ((0, alpha, alpha + x, beta, beta + seen - x), (2, gamma, gamma + stopped, delta, delta + seen))
    for place, one, one_after, other, other_after in pairs:
        for function, target in ((digamma, first), (trigamma, second)):
            both = float(function(one + other)) - function(one_after + other_after)
            own = function(one_after) - float(function(one)) + both
            others = function(other_after) - float(function(other)) + both
            if target is first:
                first[place], first[place + 1] = own, others
            else:
                second[place, place], second[place + 1, place + 1] = own, others
                second[place, place + 1] = second[place + 1, place] = both
    share = np.exp(terms - value[owner])
    mean = np.array([np.bincount(owner, weights=share * row, minlength=len(value)) for row in first])
    mass = share * weight[owner]
    slope = mean @ weight
    bend = second @ mass + (first * mass) @ first.T - (mean * weight) @ mean.T
    gradient = natural * slope
    return float(weight @ value), gradient, np.outer(natural, natural) * bend + np.diag(gradient)


def fit(
    x: ArrayLike, t_x: ArrayLike, n: ArrayLike, weight: ArrayLike | None = None, *, prior_deviation: float | None = 1.5
) -> Fit:
    """Fit BG/BB to customers who took `x` of their `n` opportunities, the last one being the `t_x`-th (0: none).

    weight: how many customers share a history (default 1 each). `prior_deviation`: standard deviation of a Gaussian
    prior on the logarithm of each parameter, centred on 1; None for maximum likelihood. Worth doing once customers have
    `ENOUGH` (3) opportunities; `repeat_rate` serves before that.
    """
    histories = _check(x, t_x, n)
    mass = np.ones(len(histories.x)) if weight is None else np.asarray(weight, dtype=float)
    if mass.shape != histories.x.shape or not ((mass >= 0).all() and np.isfinite(mass).all()):
        raise ValueError("weight must hold one number, zero or more, per history.")
    if prior_deviation is None and not mass.sum() > 0:
        raise ValueError("Without a prior at least one customer is needed.")
    precision = 0.0 if prior_deviation is None else prior_deviation**-2.0

    def posterior(point: Floats) -> Derivatives:
        value, gradient, hessian = _derivatives(np.exp(point), histories, mass)
        pull = precision * point
        return value - float(point @ pull) / 2, gradient - pull, hessian - precision * np.eye(4)

    top = maximise(posterior, np.zeros(4))
    return Fit(
        params=Params(*np.exp(top.point).tolist()),
        log_likelihood=top.value + precision * float(top.point @ top.point) / 2,
        covariance=covariance_at(top.hessian),
        customers=float(mass.sum()),
        converged=top.converged,
        at_boundary=least_curvature(top.hessian) < UNDETERMINED,
    )
