"""Purchase histories, checked and packed for the likelihood.

Orders are counted and days are whole numbers, so a shop's histories repeat: a million customers may hold a hundred
thousand different triples (x, t_x, T). The terms of the likelihood that involve x alone, or T alone, need histograms
only; the one mixed term needs the different triples and how often each occurs.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from setia.insight.arrays import Floats, Ints, Numbers

MOST_ORDERS = 1_000_000  # of one customer; beyond it the input is surely not a count of orders
BLOCK = 8192  # rows worked on at once: they stay in the processor's cache
MOST_CELLS = 4_000_000  # of a counting table
UNITS = (1.0, 7.0)  # time in days, or in weeks that are whole days: T * 7 is then a whole number
EXACT, ROUNDED = 1e-6, 0.0351  # of a day; the second is half a hundredth of a week


@dataclass(frozen=True)
class Histories:
    """Checked input. `x` are counts; times are floats, or whole days with `per_unit` days in the caller's unit."""

    x: Ints
    t_x: Numbers
    T: Numbers
    per_unit: float | None

    def __len__(self) -> int:
        return len(self.x)

    def every(self, stride: int) -> "Histories":
        """Each `stride`-th customer."""
        return Histories(self.x[::stride], self.t_x[::stride], self.T[::stride], self.per_unit)

    def times(self, values: Numbers) -> Floats:
        """Times in the caller's unit."""
        result: Floats = values / (self.per_unit or 1.0)
        return result


def check(x: ArrayLike, t_x: ArrayLike, T: ArrayLike, *, rounded: bool = False) -> Histories:
    """Three equally long vectors of valid histories, or a ValueError that says what is wrong.

    `rounded`: weeks that were rounded to two decimals are put back on whole days.
    """
    columns = [np.asarray(column) for column in (x, t_x, T)]
    for name, column in zip(("x", "t_x", "T"), columns, strict=True):
        if column.dtype.kind not in "iufb":
            raise ValueError(f"{name} must hold numbers.")
    if len({column.shape for column in columns}) > 1 or columns[0].ndim != 1:
        shapes = ", ".join(str(column.shape) for column in columns)
        raise ValueError(f"x, t_x and T must be three lists of the same length; their shapes are {shapes}.")
    count, last, age = columns
    if not len(count):
        return Histories(np.empty(0, np.int32), np.empty(0), np.empty(0), None)
    if not (count.min() >= 0 and last.min() >= 0 and age.min() >= 0):
        raise ValueError("x, t_x and T must be zero or more, and none may be missing.")
    if not (age.max() < np.inf and last.max() < np.inf):
        raise ValueError("t_x and T must be finite.")
    if not count.max() <= MOST_ORDERS:
        raise ValueError(f"x counts the repeat orders of one customer; more than {MOST_ORDERS:,} cannot be right.")
    whole = count.astype(np.int32)
    if count.dtype.kind == "f" and not np.array_equal(whole, count):
        raise ValueError("x counts repeat orders: it must be whole numbers.")
    if not (last <= age).all():
        raise ValueError("t_x, the time of the last order, may not be later than T, the time watched.")
    if not np.array_equal(whole > 0, last > 0):
        raise ValueError("t_x must be 0 where x = 0, and more than 0 elsewhere: orders of one day count as one.")
    return _on_grid(whole, last, age, rounded)


def _on_grid(x: Ints, t_x: Numbers, T: Numbers, rounded: bool) -> Histories:
    """Whole days where the times are whole days, else the times as floats."""
    for per_unit in UNITS:
        tolerance = ROUNDED if rounded and per_unit == 7 else EXACT
        days = [_whole(column, per_unit, tolerance) for column in (T, t_x)]
        if days[0] is not None and days[1] is not None:
            return Histories(x, days[1], days[0], per_unit)
    return Histories(x, t_x.astype(float), T.astype(float), None)


def _whole(values: Numbers, per_unit: float, tolerance: float) -> Ints | None:
    """`values * per_unit` as integers when all of them are whole up to `tolerance`, else None."""
    if values.max() * per_unit > 2**30:
        return None
    if values.dtype.kind in "iub":
        return (values * int(per_unit)).astype(np.int32)
    result = np.empty(len(values), np.int32)
    for rows in [slice(0, 64), *_blocks(len(values))]:  # a first look at a few rows turns most others away
        scaled = values[rows] * per_unit
        rounded = np.rint(scaled)
        if np.abs(scaled - rounded).max() > tolerance:
            return None
        result[rows] = rounded
    return result


def _blocks(length: int, size: int = BLOCK) -> list[slice]:
    return [slice(start, start + size) for start in range(0, length, size)]


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

    def blocks(self) -> "list[slice]":
        return _blocks(len(self.x))


def pack(histories: Histories, *, with_one_timers: bool) -> Patterns:
    """Histories as histograms and triples; `with_one_timers` keeps x = 0 among the triples (MBG needs it, BG not)."""
    x, t_x, T = histories.x, histories.t_x, histories.T
    weight: Numbers | None = None
    counted = _count(histories)
    if counted is not None:
        x, t_x, T, weight = counted
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
    if not with_one_timers:
        repeat = np.flatnonzero(x)
        x, t_x, T = x[repeat], t_x[repeat], T[repeat]
        weight = None if weight is None else weight[repeat]
    per_unit = histories.per_unit or 1.0
    return Patterns(len(histories), beyond, ages, age_count, age_orders, x, t_x, T, weight, per_unit)


def _count(histories: Histories) -> "tuple[Ints, Ints, Ints, Numbers] | None":
    """The different triples and their numbers, by counting, where a table of all possible triples is small."""
    if histories.per_unit is None or len(histories) < 2000:
        return None
    x, t_x, T = histories.x, histories.t_x, histories.T
    first = int(T.min())
    ages, lasts = int(T.max()) - first + 1, int(t_x.max()) + 1
    cells = (int(x.max()) + 1) * lasts * ages
    if cells > min(MOST_CELLS, 4 * len(histories)):
        return None
    key = np.empty(len(histories), np.intp)
    for rows in _blocks(len(histories)):
        block = key[rows]
        np.multiply(x[rows], lasts, out=block)
        block += t_x[rows]
        block *= ages
        block += T[rows]
    key -= first
    table = np.bincount(key)
    del key
    found = np.flatnonzero(table)
    weight = table[found]
    rest, age = np.divmod(found.astype(np.int32), np.int32(ages))
    count, last = np.divmod(rest, np.int32(lasts))
    return count, last, age + np.int32(first), weight.astype(float)
