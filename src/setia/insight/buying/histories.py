"""Purchase histories, checked. Whole days become small integers, which everything after this makes use of."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from setia.insight.arrays import Floats, Ints, Numbers

MOST_ORDERS = 1_000_000  # of one customer; beyond it the input is surely not a count of orders
LARGEST_DAY = 2**30
UNITS = (1.0, 7.0)  # time in days, or in weeks that are whole days: T * 7 is then a whole number
EXACT, ROUNDED = 1e-6, 0.0351  # of a day; the second is half a hundredth of a week
BLOCK = 65_536  # rows looked at together: they stay in the processor's cache


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


def blocks(length: int, size: int) -> Iterator[slice]:
    """Slices of `size` rows that cover `length` rows."""
    return (slice(start, start + size) for start in range(0, length, size))


def check(x: ArrayLike, t_x: ArrayLike, T: ArrayLike, *, rounded: bool = False) -> Histories:
    """Three equally long vectors of valid histories, or a ValueError that says what is wrong.

    `rounded`: weeks that were rounded to two decimals are put back on whole days.
    """
    count, last, age = (np.asarray(column) for column in (x, t_x, T))
    for name, column in (("x", count), ("t_x", last), ("T", age)):
        if column.dtype.kind not in "iufb":
            raise ValueError(f"{name} must hold numbers.")
    if not count.shape == last.shape == age.shape or count.ndim != 1:
        shapes = f"{count.shape}, {last.shape}, {age.shape}"
        raise ValueError(f"x, t_x and T must be three lists of the same length; their shapes are {shapes}.")
    for rows in blocks(len(count), BLOCK):
        _refuse(count[rows], last[rows], age[rows])
    whole = count.astype(np.int32, copy=False)
    for per_unit in UNITS:
        tolerance = ROUNDED if rounded and per_unit == 7 else EXACT
        days = _whole(age, per_unit, tolerance)
        last_days = None if days is None else _whole(last, per_unit, tolerance)
        if days is not None and last_days is not None:
            return Histories(whole, last_days, days, per_unit)
    return Histories(whole, last.astype(float), age.astype(float), None)


def _refuse(count: Numbers, last: Numbers, age: Numbers) -> None:
    """Raise ValueError for the first thing that cannot be."""
    if not (count.min() >= 0 and last.min() >= 0 and age.min() >= 0):
        raise ValueError("x, t_x and T must be zero or more, and none may be missing.")
    if not (age.max() < np.inf and last.max() < np.inf):
        raise ValueError("t_x and T must be finite.")
    if not count.max() <= MOST_ORDERS:
        raise ValueError(f"x counts the repeat orders of one customer; more than {MOST_ORDERS:,} cannot be right.")
    if count.dtype.kind == "f" and (np.rint(count) != count).any():
        raise ValueError("x counts repeat orders: it must be whole numbers.")
    if not (last <= age).all():
        raise ValueError("t_x, the time of the last order, may not be later than T, the time watched.")
    if ((count > 0) != (last > 0)).any():
        raise ValueError("t_x must be 0 where x = 0, and more than 0 elsewhere: orders of one day count as one.")


def _whole(values: Numbers, per_unit: float, tolerance: float) -> Ints | None:
    """`values * per_unit` as integers when all of them are whole up to `tolerance`, else None."""
    if values.max(initial=0) * per_unit > LARGEST_DAY:
        return None
    if values.dtype.kind in "iub":
        days = values.astype(np.int32, copy=False)
        return days if per_unit == 1 else days * np.int32(per_unit)
    result = np.empty(len(values), np.int32)
    for rows in (slice(0, 64), *blocks(len(values), BLOCK)):  # a first look at a few rows turns most others away
        scaled = values[rows] * per_unit
        nearest = np.rint(scaled)
        scaled -= nearest
        if scaled.max(initial=0) > tolerance or scaled.min(initial=0) < -tolerance:
            return None
        result[rows] = nearest
    return result
