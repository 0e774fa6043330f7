"""Purchase data for the tests: real logs from development packages, and simulated shops with known parameters."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from setia.insight.arrays import Floats, Ints

CDNOW_START = np.datetime64("1997-01-01")


def dataset(name: str) -> str:
    """A data file of the lifetimes package, read without importing it (and pandas with it)."""
    spec = find_spec("lifetimes")
    assert spec is not None and spec.origin is not None
    return (Path(spec.origin).parent / "datasets" / name).read_text()


@cache
def cdnow() -> tuple[Ints, Ints, Floats]:
    """CDNOW sample, weeks 1-39: customer number, day since 1997-01-01, amount; one row per purchase."""
    text = dataset("CDNOW_sample.txt")
    rows = [line.split() for line in text.splitlines() if line.strip()]
    dates = np.array([f"{row[2][:4]}-{row[2][4:6]}-{row[2][6:]}" for row in rows], dtype="datetime64[D]")
    customer = np.array([int(row[1]) for row in rows], np.int32)
    return customer, (dates - CDNOW_START).astype(np.int32), np.array([float(row[4]) for row in rows])


@cache
def cdnow_weeks() -> tuple[Ints, Floats, Floats]:
    """The published calibration table of CDNOW: x, t_x, T in weeks."""
    text = dataset("cdnow_customers_summary.csv")
    table = np.array([[float(cell) for cell in row.split(",")] for row in text.splitlines()[1:]])
    return table[:, 1].astype(np.int32), table[:, 2], table[:, 3]


def simulate(
    customers: int,
    r: float,
    alpha: float,
    a: float,
    b: float,
    seed: int,
    first_may_be_last: bool,
    days: tuple[int, int],
) -> tuple[Ints, Ints, Ints]:
    """x, t_x, T in days of a shop that follows the model exactly (rates per day)."""
    dice = np.random.default_rng(seed)
    rate, stop = dice.gamma(r, 1 / alpha, customers), dice.beta(a, b, customers)
    watched = dice.integers(*days, customers)
    count, last = np.zeros(customers, np.int32), np.zeros(customers)
    active = ~(first_may_be_last & (dice.random(customers) < stop))
    clock = np.zeros(customers)
    while active.any():
        clock[active] += dice.exponential(1 / rate[active])
        active &= clock < watched
        count[active] += 1
        last[active] = clock[active]
        active &= dice.random(customers) >= stop
    return count, np.minimum(np.ceil(last), watched).astype(np.int32), watched.astype(np.int32)
