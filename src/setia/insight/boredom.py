"""Who seems bored: variety narrows and gaps widen, both against the customer's own past.

In: a log of (customer 0…n-1, day as integer, taste as integer), one row per taste of a purchase. Out: per customer the
variety and the gap of the last `RECENT` visits beside those before, and whether both speak of boredom.

Variety is the number of different tastes in `RECENT` visits running. Before: its mean over all such windows of the
past; the drop to the last window is measured in standard deviations of those windows (at least `LEAST_SPREAD`).
Somebody who always took the same cannot narrow.

Gaps are compared by the means of their logarithms: the last `RECENT` − 1 gaps (the present wait counts as one more once
it is longer than the usual gap) against those before, in standard errors of the customer's own gaps.

Both signs must be there (`NARROWER`, `WIDER`), and together they reach `TOGETHER`. The three numbers were chosen on
simulated shops (`bench/boredom.py` prints what they find there): a third of the bored are seen, and of three that are
called bored two are.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from setia.insight.arrays import Floats, Numbers

RECENT = 3
FEWEST_VISITS = 9  # own past of at least six visits before the recent ones
LEAST_SPREAD = 0.6  # tastes
LEAST_WOBBLE = 0.25  # of the logarithm of a gap
NARROWER = 0.8
WIDER = 1.3
TOGETHER = 3.0


@dataclass(frozen=True, eq=False)
class Boredom:
    """Per customer; NaN where there is too little past. `bored` needs both."""

    variety_before: Floats
    variety_now: Floats
    gap_before: Floats
    gap_now: Floats
    narrower: Floats
    wider: Floats

    @property
    def bored(self) -> Numbers:
        """Whether both signs are there, and strong enough together."""
        with np.errstate(invalid="ignore"):
            return (self.narrower >= NARROWER) & (self.wider >= WIDER) & (self.narrower + self.wider >= TOGETHER)


def signal(customer: ArrayLike, day: ArrayLike, taste: ArrayLike, *, until: int, customers: int) -> Boredom:
    """The signal of `customers` customers on day `until`; rows after it are not looked at."""
    who, when, what = (np.asarray(column, dtype=np.int64) for column in (customer, day, taste))
    kept = when <= until
    who, when, what = who[kept], when[kept], what[kept]
    order = np.lexsort((what, when, who))
    who, when, what = who[order], when[order], what[order]
    ends = np.searchsorted(who, np.arange(customers + 1))
    figures = np.full((6, customers), np.nan)
    for one in range(customers):
        rows = slice(ends[one], ends[one + 1])
        figures[:, one] = _of_one(when[rows], what[rows], until)
    return Boredom(*figures)


def _of_one(when: Numbers, what: Numbers, until: int) -> tuple[float, ...]:
    days, first = np.unique(when, return_index=True)
    if len(days) < FEWEST_VISITS:
        return (np.nan,) * 6
    before, now, narrower = _variety(what, np.append(first, len(when)))
    gap_before, gap_now, wider = _gaps(days, until)
    return before, now, gap_before, gap_now, narrower, wider


def _variety(what: Numbers, bounds: Numbers) -> tuple[float, float, float]:
    visits = len(bounds) - 1
    held = [len(np.unique(what[bounds[v] : bounds[v + RECENT]])) for v in range(visits - RECENT + 1)]
    # windows that end before the recent visits begin
    past, now = np.array(held[: visits - 2 * RECENT + 1], dtype=float), float(held[-1])
    usual = float(past.mean())
    return usual, now, (usual - now) / max(float(past.std()), LEAST_SPREAD)


def _gaps(days: Numbers, until: int) -> tuple[float, float, float]:
    lengths = np.log(np.diff(days).astype(float))
    past, recent = lengths[: -(RECENT - 1)], lengths[-(RECENT - 1) :]
    usual, wait = float(past.mean()), float(until - days[-1])
    if wait > np.exp(usual):
        recent = np.append(recent, np.log(wait))
    error = max(float(past.std(ddof=1)), LEAST_WOBBLE) * np.sqrt(1 / len(past) + 1 / len(recent))
    return float(np.exp(usual)), float(np.exp(recent.mean())), float((recent.mean() - usual) / error)
