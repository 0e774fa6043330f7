"""Purchase histories, packed for the likelihood.

Orders are counted and days are whole numbers, so a shop's histories repeat: a million customers may hold a hundred
thousand different triples (x, t_x, T). The terms of the likelihood that involve x alone, or T alone, need histograms
only; the one mixed term needs the different triples and how often each occurs.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from setia.insight.arrays import Floats, Indices, Numbers
from setia.insight.buying.histories import Histories, blocks

BLOCK = 8192  # triples worked on at once: they stay in the processor's cache
MOST_CELLS = 4_000_000  # of a counting table
FEWEST = 2_000  # histories; counting fewer does not pay


@dataclass(frozen=True, eq=False)
class Counted:
    """The different histories of a shop, `weight` of each, and the `place` of each customer's history among them.

    `weight` and `place` are None where counting does not pay: then every customer is a history of their own.
    """

    histories: Histories
    weight: Floats | None
    place: Indices | None

    def spread(self, values: Floats) -> Floats:
        """Values per history as values per customer."""
        result: Floats = values if self.place is None else values.take(self.place, mode="clip")
        return result


@dataclass(frozen=True)
class Patterns:
    """What the likelihood needs. Times are in the caller's unit.

    `customers`: how many; `beyond[j]`: how many have x > j; `ages`, `age_count`, `age_orders`: per different T how many
    customers and how many orders of theirs; `x`, `t_x`, `T`, `weight`: the triples of the mixed term.
    """

    customers: int
    beyond: Floats
    ages: Floats
    age_count: Floats
    age_orders: Floats
    x: Numbers
    t_x: Numbers
    T: Numbers
    weight: Numbers | None
    per_unit: float

    def blocks(self) -> Iterator[slice]:
        """The triples, a few thousand at a time."""
        return blocks(len(self.x), BLOCK)


def pack(counted: Counted, *, with_one_timers: bool) -> Patterns:
    """Histograms and triples; `with_one_timers` keeps x = 0 among the triples (MBG needs it, BG not)."""
    histories, weight = counted.histories, counted.weight
    x, t_x, T = histories.x, histories.t_x, histories.T
    orders = np.bincount(x, weights=weight)
    beyond = orders[::-1].cumsum()[::-1][1:].astype(float)
    if histories.per_unit is None:
        ages, age_count, age_orders = T.astype(float), np.ones(len(x)), x.astype(float)
    else:
        first = int(T.min()) if len(T) else 0
        since = T - first
        age_count = np.bincount(since, weights=weight).astype(float)
        age_orders = np.bincount(since, weights=x if weight is None else x * weight)
        ages = histories.times(np.arange(first, first + len(age_count)))
    customers = len(x) if weight is None else int(weight.sum())
    if not with_one_timers:
        repeat = np.flatnonzero(x)
        x, t_x, T = x[repeat], t_x[repeat], T[repeat]
        weight = None if weight is None else weight[repeat]
    return Patterns(customers, beyond, ages, age_count, age_orders, x, t_x, T, weight, histories.per_unit or 1.0)


def count(histories: Histories) -> Counted:
    """The different histories, found by counting where a table of all possible ones is small."""
    if histories.per_unit is None or len(histories) < FEWEST:
        return Counted(histories, None, None)
    x, t_x, T = histories.x, histories.t_x, histories.T
    first = int(T.min())
    ages, lasts = int(T.max()) - first + 1, int(t_x.max()) + 1
    cells = (int(x.max()) + 1) * lasts * ages
    if cells > min(MOST_CELLS, 4 * len(histories)):
        return Counted(histories, None, None)
    key = x * np.int32(lasts)
    key += t_x
    key *= np.int32(ages)
    key += T
    key -= np.int32(first)
    table = np.bincount(key)
    found = np.flatnonzero(table.astype(bool))
    weight = table[found].astype(float)
    table[found] = np.arange(len(found))
    rest, age = np.divmod(found.astype(np.int32), np.int32(ages))
    orders, last = np.divmod(rest, np.int32(lasts))
    different = Histories(orders, last, age + np.int32(first), histories.per_unit)
    return Counted(different, weight, table.take(key, mode="clip"))
