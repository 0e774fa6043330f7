"""Each customer's own rhythm: the usual gap between orders, and how unusual the present wait is.

Gaps of one customer are exponential with rate rho, and rho ~ Gamma(r, alpha) across the shop. With n gaps adding up to
S days the customer's rho is Gamma(r + n, alpha + S), so a new customer borrows the shop's rhythm and an old one has
their own. Everything is closed form:

    usual gap  = (alpha + S) / (r + n - 1)                          mean of the next gap, for r + n > 1
    P(gap > g) = ((alpha + S) / (alpha + S + g))^(r + n)
    quantile p = (alpha + S) ((1 - p)^(-1 / (r + n)) - 1)

A waiting time alone proves little: in one bakery most of the late come back by themselves, in another shop few do.
`comeback` therefore counts, in the shop's own log, how many who were ever this late came back within eight weeks.
All times are open days, see `gaps`.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike

from setia.insight.arrays import Floats, Ints, Numbers
from setia.insight.gaps import Gaps, Waits
from setia.insight.newton import Derivatives, covariance_at, maximise

PRIOR_CENTRE = (0.0, float(np.log(28.0)))  # (log r, log(alpha / r)): customers fairly different, a month between orders
PRIOR_DEVIATION = (0.8, 1.2)
LATE = 0.1
LEVELS = (1.0, 0.5, 0.25, 0.1, 0.05, 0.02)
SHRINKAGE = 4.0  # how many cases the shop's overall comeback rate counts for at each level
WEEKS = 8
BLOCK = 1 << 16


class Evidence(IntEnum):
    """What may be said about a customer."""

    NONE = 0  # fewer than 2 gaps: no rhythm yet
    RANGE = 1  # 2 or 3 gaps: a range, never "late"
    FULL = 2


@dataclass(frozen=True, eq=False)
class Reading:
    """What is known about each customer's rhythm; NaN or False where the evidence does not allow a statement.

    usual: mean of the next gap; low, high: half of the gaps lie between them; chance_longer: share of this customer's
    gaps that are longer than the present wait; late: FULL evidence and `chance_longer` below the threshold. Open days.
    """

    evidence: Ints
    usual: Floats
    low: Floats
    high: Floats
    chance_longer: Floats
    late: np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True, eq=False)
class Rhythm:
    """The shop's rhythm: `r`, `alpha` (days); `covariance` (2, 2) in (log r, log alpha); based on `gaps` gaps."""

    r: float
    alpha: float
    covariance: Floats
    customers: int
    gaps: int

    def usual_gap(self, count: ArrayLike, total: ArrayLike) -> Floats:
        """Mean of the next gap in days after `count` gaps that add up to `total`; NaN where it does not exist."""
        shape, scale = self._posterior(count, total)
        mean: Floats = np.where(shape > 1, scale / np.where(shape > 1, shape - 1, 1.0), np.nan)
        return mean

    def chance_longer(self, gap: ArrayLike, count: ArrayLike, total: ArrayLike) -> Floats:
        """P(next gap > `gap` days)."""
        shape, scale = self._posterior(count, total)
        wait = np.asarray(gap, dtype=float)
        if not (wait >= 0).all():
            raise ValueError("A waiting time must be zero days or more.")
        chance: Floats = np.exp(-shape * np.log1p(wait / scale))
        return chance

    def quantile(self, share: float, count: ArrayLike, total: ArrayLike) -> Floats:
        """The gap in days that a share `share` of this customer's gaps does not exceed."""
        if not 0 <= share < 1:
            raise ValueError("share must be at least 0 and less than 1.")
        shape, scale = self._posterior(count, total)
        gap: Floats = scale * np.expm1(-np.log1p(-share) / shape)
        return gap

    def read(self, gaps: Gaps | Waits, *, late_below: float = LATE) -> Reading:
        """Everything the screen may say about each customer of `gaps`, and nothing more."""
        evidence = np.select([gaps.count < 2, gaps.count < 4], [Evidence.NONE, Evidence.RANGE], Evidence.FULL)
        known = evidence > Evidence.NONE
        longer = self.chance_longer(gaps.waiting, gaps.count, gaps.total)
        full = evidence == Evidence.FULL
        return Reading(
            evidence=evidence.astype(np.int32),
            usual=np.where(known, self.usual_gap(gaps.count, gaps.total), np.nan),
            low=np.where(known, self.quantile(0.25, gaps.count, gaps.total), np.nan),
            high=np.where(known, self.quantile(0.75, gaps.count, gaps.total), np.nan),
            chance_longer=np.where(full, longer, np.nan),
            late=full & (longer < late_below),
        )

    def _posterior(self, count: ArrayLike, total: ArrayLike) -> tuple[Floats, Floats]:
        return self.r + np.asarray(count, dtype=float), self.alpha + np.asarray(total, dtype=float)


@dataclass(frozen=True, eq=False)
class Comeback:
    """How often customers of this shop came back within `weeks` weeks once they were this late.

    `levels` fall from 1 (just ordered); `reached[i]` waits got so long that only a share `levels[i]` of that customer's
    gaps is longer, `returned[i]` of them ended within the weeks; `rate[i]` is the share, shrunk to the overall one.
    """

    levels: Floats
    reached: Ints
    returned: Ints
    rate: Floats
    weeks: int

    def level_of(self, chance_longer: ArrayLike) -> Ints:
        """The last level a wait has reached (an index into the arrays), for `chance_longer` of now."""
        chance = np.asarray(chance_longer, dtype=float)
        level = (chance[..., None] <= self.levels + 1e-12).sum(axis=-1) - 1
        result: Ints = np.maximum(level, 0).astype(np.int32)
        return result

    def rate_of(self, chance_longer: ArrayLike) -> Floats:
        """The comeback rate of customers as late as this; NaN where `chance_longer` is."""
        chance = np.asarray(chance_longer, dtype=float)
        rate: Floats = np.where(np.isnan(chance), np.nan, self.rate[self.level_of(chance)])
        return rate


@dataclass(frozen=True)
class Calibration:
    """Of `of` latest gaps, each judged by the gaps before it, the `share` longer than a gap of chance `nominal`."""

    nominal: float
    share: float
    of: int


def calibration(gaps: Gaps, rhythm: Rhythm, nominal: float = LATE) -> Calibration:
    """Does «one in ten gaps is this long» hold in this shop? The last gap of every customer with three or more.

    The limit of each is the quantile 1 - nominal given the gaps before it, so an honest rhythm has a share near
    `nominal`. The share is 0 when nobody has three gaps (`of` = 0).
    """
    if not 0 < nominal < 1:
        raise ValueError("nominal must lie between 0 and 1.")
    last = (np.cumsum(gaps.count) - 1)[gaps.count >= 3]
    if not len(last):
        return Calibration(nominal, 0.0, 0)
    limit = rhythm.quantile(1 - nominal, gaps.count_before[last], gaps.total_before[last])
    return Calibration(nominal, float((gaps.length[last] > limit).mean()), len(last))


def fit(count: ArrayLike, total: ArrayLike) -> Rhythm:
    """Fit the shop's rhythm to each customer's number of gaps and their sum in days.

    MAP with a weak Gaussian prior on (log r, log(alpha / r)), so that a shop without a single gap gets one too.
    """
    n, s = np.asarray(count, dtype=float), np.asarray(total, dtype=float)
    if n.shape != s.shape or n.ndim != 1:
        raise ValueError("count and total must be two lists of the same length.")
    if not ((n >= 0).all() and (s >= 0).all() and np.isfinite(s).all() and np.array_equal(n, np.floor(n))):
        raise ValueError("count must hold whole numbers, total finite days, both zero or more.")
    n, s = n[n > 0], s[n > 0]
    beyond = np.bincount(n.astype(np.intp))[::-1].cumsum()[::-1][1:].astype(float)

    def posterior(point: Floats) -> Derivatives:
        value, gradient, hessian = _log_likelihood(np.exp(point), n, s, beyond)
        away = np.array([point[0], point[1] - point[0]]) - PRIOR_CENTRE
        first, second = 1 / np.square(PRIOR_DEVIATION)
        value -= (first * away[0] ** 2 + second * away[1] ** 2) / 2
        gradient -= (first * away[0] - second * away[1], second * away[1])
        hessian -= np.array([[first + second, -second], [-second, second]])
        return value, gradient, hessian

    top = maximise(posterior, np.array([PRIOR_CENTRE[0], sum(PRIOR_CENTRE)]))
    r, alpha = np.exp(top.point).tolist()
    return Rhythm(r, alpha, covariance_at(top.hessian), len(n), int(n.sum()))


def _log_likelihood(natural: Floats, n: Floats, s: Floats, beyond: Floats) -> Derivatives:
    """sum_i [sum_{j<n} log(r+j) + r log(alpha) - (r+n) log(alpha+s)] with derivatives in (log r, log alpha)."""
    r, alpha = natural
    rising, shape, scale, log_scale = r + np.arange(len(beyond)), r + n, alpha + s, np.log(alpha + s)
    value = beyond @ np.log(rising) + len(n) * r * np.log(alpha) - shape @ log_scale
    slope = np.array([beyond @ (1 / rising) + len(n) * np.log(alpha) - log_scale.sum(), 0.0])
    slope[1] = len(n) * r / alpha - shape @ (1 / scale)
    across = len(n) / alpha - (1 / scale).sum()
    bend = np.array([[-(beyond @ rising**-2.0), across], [across, shape @ scale**-2.0 - len(n) * r / alpha**2]])
    gradient = natural * slope
    return float(value), gradient, np.outer(natural, natural) * bend + np.diag(gradient)


def comeback(gaps: Gaps, rhythm: Rhythm, *, weeks: int = WEEKS, levels: ArrayLike = LEVELS) -> Comeback:
    """Count in the log: of the waits that became this long, how many ended within `weeks` weeks (7 open days each).

    Judged as it would have been at the time, from the gaps before; only customers with at least 2 of them. A wait
    counts once the weeks after its mark have passed, ended or not, so that quick returns are not counted before slow
    ones can be. Rates are shrunk by a Beta prior to the rate over all levels.
    """
    steps = np.asarray(levels, dtype=float)
    if not ((np.diff(steps) < 0).all() and len(steps) and steps[0] <= 1 and steps[-1] > 0):
        raise ValueError("levels must fall from at most 1 to more than 0.")
    ended, running = gaps.count_before >= 2, (gaps.count >= 2) & (gaps.orders > 0)
    reached, returned = np.zeros(len(steps), np.int32), np.zeros(len(steps), np.int32)

    def judge(length: Floats, count: Numbers, total: Floats, age: Floats, *, over: bool) -> None:
        for place, level in enumerate(steps):
            mark = rhythm.quantile(1 - level, count, total)
            judged = (length >= mark) & (age >= mark + 7 * weeks)
            reached[place] += judged.sum()
            if over:
                returned[place] += (judged & (length <= mark + 7 * weeks)).sum()

    # one after the other, and in pieces: a million gaps are many megabytes
    for start in range(0, len(ended), BLOCK):
        part = slice(start, start + BLOCK)
        mine = ended[part]
        columns = (column[part][mine] for column in (gaps.length, gaps.count_before, gaps.total_before, gaps.age))
        judge(*columns, over=True)
    waiting = gaps.waiting[running]
    judge(waiting, gaps.count[running], gaps.total[running], waiting, over=False)
    overall = (returned.sum() + 1) / (reached.sum() + 2)
    rate = (returned + SHRINKAGE * overall) / (reached + SHRINKAGE)
    return Comeback(steps, reached, returned, rate, weeks)
