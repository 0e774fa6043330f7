"""Retention by cohort: of those who first bought in a period, how many bought again in each later period."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from setia.insight.arrays import Floats, Ints
from setia.insight.summary import read_log, visits


@dataclass(frozen=True, eq=False)
class Cohorts:
    """Row i: customers whose first purchase fell in `periods[i]`; column j: j periods later.

    `size`: how many; `active[i, j]`: how many different ones bought then (column 0 equals `size`), -1 for periods that
    have not come yet.
    """

    periods: Ints
    size: Ints
    active: Ints

    @property
    def retention(self) -> Floats:
        """`active` as a share of `size`; NaN for the future and for empty cohorts."""
        size = np.where(self.size > 0, self.size, 1)[:, None]
        known = (self.active >= 0) & (self.size > 0)[:, None]
        share: Floats = np.where(known, self.active / size, np.nan)
        return share


def retention(customer: ArrayLike, period: ArrayLike, *, now: int | None = None) -> Cohorts:
    """Count different customers per cohort and age.

    customer: numbers; period: a whole number per purchase that counts up by one per period (months:
    `12 * year + month`), any order; now: the present period (default: the last one in the log). Later rows are
    left out.
    """
    who, when = read_log(customer, period)
    end = now if now is not None else (int(when.max()) if len(when) else -1)
    keep = when <= end
    visitor, visit = visits(who[keep], when[keep])
    if not len(visitor):
        return Cohorts(np.empty(0, np.int32), np.empty(0, np.int32), np.empty((0, 0), np.int32))
    is_first = np.concatenate(([True], visitor[1:] != visitor[:-1]))
    first = visit[is_first][np.cumsum(is_first) - 1]
    start = int(visit.min())
    width = end - start + 1
    active = np.bincount((first - start) * width + (visit - first), minlength=width * width)
    age = np.arange(width)
    known = age[None, :] + age[:, None] < width
    table: Ints = np.where(known, active.reshape(width, width), -1).astype(np.int32)
    return Cohorts(np.arange(start, end + 1, dtype=np.int32), table[:, 0].copy(), table)
