"""Expected orders of many customers: worked out once per different (x, T), then looked up."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from setia.insight.arrays import Floats, Numbers
from setia.insight.buying.future import orders_if_active
from setia.insight.buying.patterns import Histories

Moments: TypeAlias = Callable[[Numbers, Floats], Floats]

NARROWEST = 16  # values of x in the first group; each further group is twice as wide


def look_up(histories: Histories, horizon: float, r: float, alpha: float, a: float, stay: float, power: int) -> Floats:
    """Mean orders (or mean square, `power` 2) per customer within `horizon`, if active; `stay` is B where x = 0."""

    def moments(x: Numbers, ages: Floats) -> Floats:
        return orders_if_active(r + x, stay + x, a, horizon / (alpha + ages), power)

    if not len(histories):
        return np.empty(0)
    per_unit = histories.per_unit
    if per_unit is not None:
        first, last = int(histories.T.min()), int(histories.T.max())
        shape = (int(histories.x.max()) + 1, last - first + 1)
        if shape[0] * shape[1] <= 4 * len(histories) + 4096:
            key = histories.x * np.int32(shape[1])
            key += histories.T
            key -= np.int32(first)
            return _dense(key, shape, lambda x, day: moments(x, (day + first) / per_unit))
    return _sorted(histories, moments)


def _dense(key: Numbers, shape: tuple[int, int], moments: Callable[[Numbers, Numbers], Floats]) -> Floats:
    """A table over all x and days; only the rectangle that holds customers is worked out, per group of x."""
    present = np.zeros(shape, bool)
    present.reshape(-1)[key] = True
    table = np.zeros(shape)
    low, high = 0, NARROWEST
    while low < shape[0]:
        group = present[low:high]
        x, day = low + np.flatnonzero(group.any(axis=1)), np.flatnonzero(group.any(axis=0))
        if len(x):
            table[np.ix_(x, day)] = moments(x, day).T
        low, high = high, 2 * high
    result: Floats = table.reshape(-1)[key]
    return result


def _sorted(histories: Histories, moments: Moments) -> Floats:
    """Customer by customer, those with the same x together."""
    result = np.empty(len(histories))
    order = np.argsort(histories.x, kind="stable")
    starts = np.flatnonzero(np.diff(histories.x[order], prepend=-1))
    for rows in np.split(order, starts[1:]):
        ages, place = np.unique(histories.times(histories.T[rows]), return_inverse=True)
        result[rows] = moments(histories.x[rows[:1]], ages)[place, 0]
    return result
