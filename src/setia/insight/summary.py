"""From a purchase log to one line per customer.

A log is three equally long arrays in any order: customer number (0, 1, 2, ...), day (a whole number, for example
`date.toordinal()`), amount. Purchases of one customer on one day count as one order: the models downstream ask on how
many days somebody came, not how many receipts were printed.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from setia.insight.arrays import Floats, Indices, Ints, Numbers

NEVER = -1


@dataclass(frozen=True, eq=False)
class Summary:
    """One entry per customer; days are those of the log, `until` the day the summary was made for.

    orders: days with a purchase; x: repeat orders (orders - 1, at least 0); t_x: days from first to last order; T: days
    from first order to `until`; first, last: days, `NEVER` (-1) where there is no order; spent: sum of all amounts;
    mean_spend: per order; repeat_mean: per order after the first, 0 without one (what Gamma-Gamma wants).
    """

    until: int
    orders: Ints
    x: Ints
    t_x: Ints
    T: Ints
    first: Ints
    last: Ints
    spent: Floats
    mean_spend: Floats
    repeat_mean: Floats

    @property
    def bought(self) -> Indices:
        """Numbers of the customers with at least one order: the rows a model may be fitted to."""
        return np.flatnonzero(self.orders)

    @property
    def recency(self) -> Ints:
        """Days since the last order; for somebody without one as long as for the oldest customer, and one day more."""
        longest = int(self.T.max(initial=0)) + 1
        return np.where(self.orders > 0, self.until - self.last, longest).astype(np.int32)


def summarise(
    customer: ArrayLike, day: ArrayLike, amount: ArrayLike | None = None, *, until: int, customers: int | None = None
) -> Summary:
    """Summarise the log up to and including day `until`; later rows are left out.

    `customers`: how many customers there are (default: the highest number + 1). Without `amount` all sums are 0.
    Raises ValueError for numbers below zero, unequal lengths or amounts that are not finite.
    """
    who, when = read_log(customer, day)
    spent = np.zeros(len(who)) if amount is None else np.asarray(amount, dtype=float)
    if spent.shape != who.shape:
        raise ValueError("customer, day and amount must be three lists of the same length.")
    if not np.isfinite(spent).all():
        raise ValueError("An amount is missing or not a number.")
    total = customer_count(who, customers)
    if len(when) and when.max() > until:
        keep = np.flatnonzero(when <= until)
        who, when, spent = who[keep], when[keep], spent[keep]
    visitor, visit = visits(who, when)
    orders = np.bincount(visitor, minlength=total).astype(np.int32)
    first, last = np.full(total, NEVER, np.int32), np.full(total, NEVER, np.int32)
    ends = np.cumsum(orders[orders > 0])
    last[orders > 0] = visit[ends - 1]
    first[orders > 0] = visit[ends - orders[orders > 0]]
    sums = np.bincount(who, weights=spent, minlength=total).astype(float)
    opening = np.flatnonzero(when == first[who])
    repeat_sums = sums - np.bincount(who[opening], weights=spent[opening], minlength=total)
    x = np.maximum(orders - 1, 0).astype(np.int32)
    return Summary(
        until=until,
        orders=orders,
        x=x,
        t_x=last - first,
        T=np.where(orders > 0, until - first, 0).astype(np.int32),
        first=first,
        last=last,
        spent=sums,
        mean_spend=sums / np.maximum(orders, 1),
        repeat_mean=np.where(x > 0, repeat_sums, 0.0) / np.maximum(x, 1),
    )


def read_log(customer: ArrayLike, day: ArrayLike) -> tuple[Numbers, Numbers]:
    """Customer numbers and days as arrays of whole numbers, checked."""
    who, when = np.asarray(customer), np.asarray(day)
    if who.shape != when.shape or who.ndim != 1:
        raise ValueError("customer and day must be two lists of the same length.")
    if not len(who):
        return np.empty(0, np.int32), np.empty(0, np.int32)
    if who.dtype.kind not in "iu" or when.dtype.kind not in "iu":
        raise ValueError("customer and day must be whole numbers.")
    if who.min() < 0 or when.min() < 0:
        raise ValueError("customer and day must be zero or more.")
    return who, when


def customer_count(who: Numbers, customers: int | None) -> int:
    """How many customers there are, checked against the highest number in the log."""
    highest = int(who.max()) + 1 if len(who) else 0
    if customers is None:
        return highest
    if highest > customers:
        raise ValueError(f"The log names customer {highest - 1}, but there are only {customers} customers.")
    return customers


def visits(who: Numbers, when: Numbers) -> tuple[Numbers, Numbers]:
    """The different (customer, day) pairs, by customer and then by day: one sort of one packed number."""
    if not len(who):
        return np.empty(0, np.int32), np.empty(0, np.int64)
    start = int(when.min())
    days = int(when.max()) - start + 1
    key = who.astype(np.int64)
    key *= days
    key += when
    key -= start
    if (np.diff(key) < 0).any():
        key.sort()
    fresh = np.empty(len(key), bool)
    fresh[0] = True
    np.not_equal(key[1:], key[:-1], out=fresh[1:])
    key = key[fresh]
    customer = (key // days).astype(np.int32)
    key %= days
    key += start
    return customer, key
