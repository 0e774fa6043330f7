"""The gaps between each customer's orders, in a purchase log: one row per gap, or added up per customer.

All times are open days: days the shop was closed (or that are nobody's fault, such as a fasting month) do not count.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from setia.insight.arrays import Floats, Ints, Numbers
from setia.insight.summary import customer_count, read_log, visits


@dataclass(frozen=True, eq=False)
class Gaps:
    """All completed gaps of a log, in open days, customer by customer and in order of time.

    Per gap: `customer`, `length`, the history before it (`count_before`, `total_before`) and `age`, since its start.
    Per customer: `count` and `total` of the gaps, `waiting` since the last order (0 without one), `orders`.
    """

    customer: Numbers
    length: Floats
    count_before: Floats
    total_before: Floats
    age: Floats
    count: Ints
    total: Floats
    waiting: Floats
    orders: Ints


@dataclass(frozen=True, eq=False)
class Waits:
    """Per customer: `count` and `total` of the gaps, `waiting` since the last order (0 without one), `orders`."""

    count: Ints
    total: Floats
    waiting: Floats
    orders: Ints


def open_days(start: ArrayLike, end: ArrayLike, closed: ArrayLike = ()) -> Floats:
    """Days after `start` up to and including `end`, without those in `closed` (days in any order)."""
    shut = np.unique(np.asarray(closed, dtype=np.int64))
    begin, finish = np.asarray(start, dtype=np.int64), np.asarray(end, dtype=np.int64)
    shut_between = np.searchsorted(shut, finish, side="right") - np.searchsorted(shut, begin, side="right")
    days: Floats = np.asarray(finish - begin - shut_between, dtype=float)
    return days


def find_gaps(
    customer: ArrayLike, day: ArrayLike, *, until: int, customers: int | None = None, closed: ArrayLike = ()
) -> Gaps:
    """The gaps of a purchase log (customer numbers and days, any order) up to day `until`; later rows are left out."""
    who, when = read_log(customer, day)
    total_customers = customer_count(who, customers)
    keep = when <= until
    visitor, visit = visits(who[keep], when[keep])
    same = visitor[1:] == visitor[:-1]
    owner = visitor[1:][same]
    length = open_days(visit[:-1][same], visit[1:][same], closed)
    orders = np.bincount(visitor, minlength=total_customers).astype(np.int32)
    count = np.bincount(owner, minlength=total_customers).astype(np.int32)
    starts = np.cumsum(count) - count
    running = np.concatenate(([0.0], np.cumsum(length)))
    position = np.arange(len(length))
    last = np.full(total_customers, until, np.int64)
    last[visitor] = visit  # rows are in order of time, so the last one stays
    return Gaps(
        customer=owner,
        length=length,
        count_before=(position - starts[owner]).astype(float),
        total_before=running[position] - running[starts[owner]],
        age=open_days(visit[:-1][same], until, closed),
        count=count,
        total=np.bincount(owner, weights=length, minlength=total_customers).astype(float),
        waiting=open_days(last, until, closed),
        orders=orders,
    )


def find_waits(
    customer: ArrayLike, day: ArrayLike, *, until: int, customers: int | None = None, closed: ArrayLike = ()
) -> Waits:
    """What `find_gaps` says per customer, without the single gaps: they add up to the time from first to last order."""
    who, when = read_log(customer, day)
    total_customers = customer_count(who, customers)
    keep = when <= until
    visitor, visit = visits(who[keep], when[keep])
    orders = np.bincount(visitor, minlength=total_customers).astype(np.int32)
    first, last = np.full(total_customers, until, np.int64), np.full(total_customers, until, np.int64)
    last[visitor] = visit  # rows are in order of time, so the last one stays
    first[visitor[::-1]] = visit[::-1]
    return Waits(
        count=np.maximum(orders - 1, 0).astype(np.int32),
        total=open_days(first, last, closed),
        waiting=open_days(last, until, closed),
        orders=orders,
    )
