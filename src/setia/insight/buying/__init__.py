"""When and how often customers buy again: BG/NBD and MBG/NBD.

    from setia.insight import buying

    fit = buying.fit(x, t_x, T, model="mbg", prior=buying.WEAK_PRIOR)
    fit.chance_of_order(4, x, t_x, T)     # chance of at least one order in the next 4 weeks, per customer

One customer is (x, t_x, T): x repeat orders, the last of them at age t_x, watched for T since the first order. Any unit
of time will do as long as it is the same everywhere; `WEAK_PRIOR` assumes **weeks** (`WEAK_PRIOR.in_unit(1 / 7)` is for
days). Times that are whole days, in days or in weeks, make the fit several times faster.
"""

import numpy as np
from numpy.typing import ArrayLike

from setia.insight.arrays import Floats
from setia.insight.buying.fitted import Fit, Model, Outlook, Params, Total
from setia.insight.buying.histories import Histories, check
from setia.insight.buying.likelihood import evaluate
from setia.insight.buying.patterns import Patterns, count, pack
from setia.insight.buying.priors import WEAK_PRIOR, Prior
from setia.insight.newton import Derivatives, Optimum, covariance_at, least_curvature, maximise

__all__ = ["WEAK_PRIOR", "Fit", "Model", "Outlook", "Params", "Prior", "Total", "fit"]

SAMPLE = 4_000  # customers for a first, rough fit when there are many different histories
MANY = 20_000  # different histories
UNDETERMINED = 0.01  # curvature: the standard deviation of a log-parameter would exceed 10


def fit(
    x: ArrayLike,
    t_x: ArrayLike,
    T: ArrayLike,
    model: Model = "mbg",
    prior: Prior | None = None,
) -> Fit:
    """Fit the model by maximum likelihood (`prior` None) or, better for a small shop, with a prior.

    x: repeat orders (whole numbers; those of one day count as one); t_x: time from first to last order, 0 where x = 0;
    T: time since the first. Arrays of one length in one unit of time; weeks rounded to two decimals are read as the
    whole days they stand for. Raises ValueError in plain words for input that cannot be.

    With a prior every valid input gives a finite, determined fit, even no customer at all (then the prior itself).
    Without one, a shop where nobody came back or nobody ever stops has no best fit: the result is marked `at_boundary`.
    """
    if model not in ("bg", "mbg"):
        raise ValueError('model must be "bg" or "mbg".')
    histories = check(x, t_x, T, rounded=True)
    if prior is None and not len(histories):
        raise ValueError("Without a prior at least one customer is needed.")
    first_may_be_last = model == "mbg"
    counted = count(histories)
    patterns = pack(counted, with_one_timers=first_may_be_last)
    start = _start(histories, prior)
    if len(patterns.x) > MANY:
        some = count(histories.every(len(histories) // SAMPLE))
        start = _climb(pack(some, with_one_timers=first_may_be_last), start, prior, first_may_be_last).point
    top = _climb(patterns, start, prior, first_may_be_last)
    value = top.value if prior is None else top.value - prior.log_density()(top.point)[0]
    return Fit(
        model=model,
        params=Params(*np.exp(top.point).tolist()),
        log_likelihood=value,
        covariance=covariance_at(top.hessian),
        customers=len(histories),
        converged=top.converged,
        at_boundary=least_curvature(top.hessian) < UNDETERMINED,
        known=counted,
    )


def _climb(patterns: Patterns, start: Floats, prior: Prior | None, first_may_be_last: bool) -> Optimum:
    belief = None if prior is None else prior.log_density()

    def posterior(point: Floats) -> Derivatives:
        value, gradient, hessian = evaluate(point, patterns, first_may_be_last)
        if belief is None:
            return value, gradient, hessian
        more = belief(point)
        return value + more[0], gradient + more[1], hessian + more[2]

    return maximise(posterior, start)


def _start(histories: Histories, prior: Prior | None) -> Floats:
    """The centre of the prior; without one, a usual shop with this shop's own mean rate."""
    if prior is not None:
        return prior.log_parameters
    start = WEAK_PRIOR.log_parameters
    watched = float(histories.times(histories.T).sum())
    orders = float(histories.x.sum())
    if watched > 0:
        start[1] = start[0] - np.log(max(orders, 0.5) / watched)
    return start
