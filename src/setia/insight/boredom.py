"""Who seems bored: variety narrows and gaps widen, both against the customer's own past.

In: a log of (customer 0…n-1, day as integer, taste as integer), one row per taste of a purchase. Out: per customer the
variety and the gap of the last `RECENT` visits beside those before, and how likely it is that both changed.

Four stories are weighed against each other: nothing changed, gaps grew, variety narrowed, both did. A change came
before one of the last `CHANGES` visits, each as likely as the other.

- Gaps are log-normal about the customer's own mean of before, whose uncertainty is integrated over (Gauss–Hermite);
  their spread is drawn to `SPREAD` with the weight of `KNOWN` gaps. After the change they are `SLOWER` times as long.
  The present wait counts as a gap of at least its length.
- A visit takes each taste with the share of the visits before that had it, and at least one. After the change all but
  one are taken only `NARROWER` times as often.

Whom the fourth story fits with at least `LIKELY` is called bored, when both signs can be seen, too: fewer tastes in the
last visits than usual, and longer gaps. `LIKELY` was chosen on simulated shops of other seeds than those that
`bench/boredom.py` prints.
"""

from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
from numpy.typing import ArrayLike

from setia.insight.arrays import Floats, Numbers

RECENT = 3
FEWEST_VISITS = 9  # own past of at least six visits before the recent ones
CHANGES = 5
LEAST_BEFORE = 5  # visits before a change
SPREAD, KNOWN = 0.5, 6  # of the logarithm of a gap; worth so many gaps
SLOWER = (1.5, 2.0, 2.6)
NARROWER = (0.15, 0.35)
UNSEEN = 0.25  # visits that a taste is given beside those that had it
PRIOR = np.array([0.7, 0.1, 0.1, 0.1])
LIKELY = 0.42

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(7)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()
_SHIFTS = np.log(np.array([1.0, *SLOWER]))


@dataclass(frozen=True, eq=False)
class Boredom:
    """Per customer; NaN where there is too little past. `chance`: of both changes."""

    variety_before: Floats
    variety_now: Floats
    gap_before: Floats
    gap_now: Floats
    chance: Floats

    @property
    def bored(self) -> Numbers:
        """Whether both changed with enough certainty, and both can be seen."""
        with np.errstate(invalid="ignore"):
            seen = (self.variety_now < self.variety_before) & (self.gap_now > self.gap_before)
            return seen & (self.chance >= LIKELY)


def signal(customer: ArrayLike, day: ArrayLike, taste: ArrayLike, *, until: int, customers: int) -> Boredom:
    """The signal of `customers` customers on day `until`; rows after it are not looked at."""
    who, when, what = (np.asarray(column, dtype=np.int64) for column in (customer, day, taste))
    kept = when <= until
    who, when, what = who[kept], when[kept], what[kept]
    order = np.lexsort((what, when, who))
    who, when, what = who[order], when[order], what[order]
    ends = np.searchsorted(who, np.arange(customers + 1))
    figures = np.full((5, customers), np.nan)
    for one in range(customers):
        rows = slice(ends[one], ends[one + 1])
        figures[:, one] = _of_one(when[rows], what[rows], until)
    return Boredom(*figures)


def _of_one(when: Numbers, what: Numbers, until: int) -> tuple[float, ...]:
    days, visit = np.unique(when, return_inverse=True)
    if len(days) < FEWEST_VISITS:
        return (np.nan,) * 5
    tastes, column = np.unique(what, return_inverse=True)
    taken = np.zeros((len(days), len(tastes)))
    taken[visit, column] = 1.0
    gaps, wait = np.log(np.diff(days).astype(float)), float(until - days[-1])
    return (*_variety(taken), *_gaps(gaps, wait), _chance(taken, gaps, np.log(max(wait, 0.5))))


def _variety(taken: Floats) -> tuple[float, float]:
    """Different tastes in `RECENT` visits running: the mean of those before the recent visits, and now."""
    visits = len(taken)
    held = [float(taken[visit : visit + RECENT].any(axis=0).sum()) for visit in range(visits - RECENT + 1)]
    return float(np.mean(held[: visits - 2 * RECENT + 1])), held[-1]


def _gaps(gaps: Floats, wait: float) -> tuple[float, float]:
    """The usual gap before, and that of the recent visits; the present wait counts once it is longer than usual."""
    past, recent = gaps[: -(RECENT - 1)], gaps[-(RECENT - 1) :]
    if wait > np.exp(past.mean()):
        recent = np.append(recent, np.log(wait))
    return float(np.exp(past.mean())), float(np.exp(recent.mean()))


# --- Which story fits -------------------------------------------------------------------------------------------------


def _chance(taken: Floats, gaps: Floats, wait: float) -> float:
    """The posterior of the story that both changed."""
    visits = len(taken)
    since = range(1, min(CHANGES, visits - LEAST_BEFORE) + 1)
    slower = np.array([_slower(gaps[: visits - n], gaps[visits - n :], wait) for n in since])
    narrower = np.array([_narrower(taken[: visits - n], taken[visits - n :]) for n in since])
    weighed = PRIOR * np.array([1.0, slower.mean(), narrower.mean(), (slower * narrower).mean()])
    return float(weighed[3] / weighed.sum())


def _slower(before: Floats, after: Floats, wait: float) -> float:
    """How much better longer gaps explain those after the change, and the present wait, than the usual ones do."""
    usual = float(before.mean())
    squares = KNOWN * SPREAD**2 + float(((before - usual) ** 2).sum())
    spread = sqrt(squares / (KNOWN + len(before) - 1))
    means = usual + _NODES[:, None] * spread / sqrt(len(before)) + _SHIFTS
    fits = np.exp(-0.5 * (((after[:, None, None] - means) / spread) ** 2).sum(axis=0))
    longer = np.array([[0.5 * erfc((wait - mean) / spread / sqrt(2)) for mean in row] for row in means])
    likelihood = (_WEIGHTS[:, None] * fits * longer).sum(axis=0)
    return float(likelihood[1:].mean() / max(likelihood[0], 1e-300))


def _narrower(before: Floats, after: Floats) -> float:
    """How much better fewer tastes explain the visits after the change than the shares of before do.

    Which taste she keeps to is not known: each counts with the square of its share.
    """
    usual = (before.sum(axis=0) + UNSEEN) / (len(before) + 3 * UNSEEN)
    less = np.array(NARROWER)[:, None, None]
    kept = np.eye(len(usual), dtype=bool)
    shares = np.where(kept, 1 - (1 - usual) * less, usual * less)  # of (how much less, taste that is kept, taste)
    fits = np.exp(_fit(after, shares) - _fit(after, usual)).mean(axis=0)
    return float((fits * usual**2).sum() / (usual**2).sum())


def _fit(visits: Floats, shares: Floats) -> Floats:
    """Log likelihoods of visits that take each taste with its share (last axis), and at least one."""
    seen = visits.sum(axis=0)
    each = (seen * np.log(shares) + (len(visits) - seen) * np.log1p(-shares)).sum(axis=-1)
    return np.asarray(each - len(visits) * np.log1p(-np.prod(1 - shares, axis=-1)))
