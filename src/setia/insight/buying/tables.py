"""Predictions for many customers: worked out once per different (x, T), then looked up.

Everything that is predicted is the chance of being active times a quantity that depends on x and T alone, given that
the customer is active. The chance itself is 1 / (1 + exp(A(x, T) - B(x, t_x))) with

    A = y log(alpha + T) + log(a / (b + x - 1 + m)),   B = y log(alpha + t_x),   y = r + x,

so where times are whole days, small tables of A, B and the quantities replace every logarithm.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from setia.insight.arrays import Floats, Numbers
from setia.insight.buying.histories import Histories, blocks

# Given different x (n,) and different T (m,) in the caller's unit: a table (m, n).
Quantity: TypeAlias = Callable[[Numbers, Floats], Floats]

BLOCK = 16_384  # rows looked up at once: they stay in the processor's cache
NARROWEST = 16  # values of x in the first group; each further group is twice as wide
FAR = 700.0  # exp of more would overflow


def times_active(
    histories: Histories, r: float, alpha: float, ratio: Callable[[Numbers], Floats], quantities: Sequence[Quantity]
) -> list[Floats]:
    """P(active), then P(active) times each quantity, per customer; `ratio(x)` is log(a / (b + x - 1 + m))."""
    if not len(histories):
        return [np.empty(0) for _ in range(1 + len(quantities))]
    if histories.per_unit is not None:
        shape = _shape(histories)
        if shape[0] * max(shape[1:]) <= 4 * len(histories) + 4096:
            return _dense(histories, shape, r, alpha, ratio, quantities)
    faded = np.log(alpha + histories.times(histories.T)) - np.log(alpha + histories.times(histories.t_x))
    active = 1 / (1 + np.exp(np.minimum((histories.x + r) * faded + ratio(histories.x), FAR)))
    return [active, *(active * _sorted(histories, quantity) for quantity in quantities)]


def _shape(histories: Histories) -> tuple[int, int, int]:
    """How many values x, T (from the smallest) and t_x (from 0) can take."""
    first, last = int(histories.T.min()), int(histories.T.max())
    return int(histories.x.max()) + 1, last - first + 1, int(histories.t_x.max()) + 1


def _dense(
    histories: Histories,
    shape: tuple[int, int, int],
    r: float,
    alpha: float,
    ratio: Callable[[Numbers], Floats],
    quantities: Sequence[Quantity],
) -> list[Floats]:
    """By tables over all x, T and all x, t_x."""
    orders, ages, lasts = shape
    first = int(histories.T.min())
    x, day = np.arange(orders), first + np.arange(ages)
    y = (r + x)[:, None]
    by_age = (y * np.log(alpha + histories.times(day)) + ratio(x)[:, None]).reshape(-1)
    by_last = (y * np.log(alpha + histories.times(np.arange(lasts)))).reshape(-1)
    tables = [_fill(histories, (orders, ages), first, quantity).reshape(-1) for quantity in quantities]
    results = [np.empty(len(histories)) for _ in range(1 + len(tables))]
    for rows in blocks(len(histories), BLOCK):
        age = histories.x[rows] * np.int32(ages)
        age += histories.T[rows]
        age -= np.int32(first)
        last = histories.x[rows] * np.int32(lasts)
        last += histories.t_x[rows]
        active = results[0][rows]
        place = age.astype(np.intp)
        np.take(by_age, place, out=active, mode="clip")
        active -= by_last.take(last.astype(np.intp), mode="clip")
        np.minimum(active, FAR, out=active)
        np.exp(active, out=active)
        active += 1
        np.divide(1, active, out=active)
        for table, result in zip(tables, results[1:], strict=True):
            np.take(table, place, out=result[rows], mode="clip")
            result[rows] *= active
    return results


def _fill(histories: Histories, shape: tuple[int, int], first: int, quantity: Quantity) -> Floats:
    """A table over x and T; for large x, which few have, only the days on which somebody has them."""
    table = np.zeros(shape)
    low, high, rows = 0, NARROWEST, np.empty(0, np.intp)
    while low < shape[0]:
        if low == 0:
            x, day = np.arange(min(high, shape[0])), np.arange(shape[1])
            rows = np.flatnonzero(histories.x >= high)
        else:
            here = rows[histories.x[rows] < high]
            rows = rows[histories.x[rows] >= high]
            x, day = np.unique(histories.x[here]), np.unique(histories.T[here]) - first
        if len(x) and len(day):
            table[np.ix_(x, day)] = quantity(x, histories.times(day + first)).T
        low, high = high, 2 * high
    return table


def _sorted(histories: Histories, quantity: Quantity) -> Floats:
    """Customer by customer, those with the same x together."""
    result = np.empty(len(histories))
    order = np.argsort(histories.x, kind="stable")
    starts = np.flatnonzero(np.diff(histories.x[order], prepend=-1))
    for rows in np.split(order, starts[1:]):
        ages, place = np.unique(histories.times(histories.T[rows]), return_inverse=True)
        result[rows] = quantity(histories.x[rows[:1]], ages)[place, 0]
    return result
