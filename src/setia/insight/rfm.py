"""Recency, frequency, monetary value: scores of 1 to 5 and a handful of named groups.

A score says how many fifths of the customers lie strictly below, so equal customers always get equal scores and a shop
where most came once gives all of them the lowest frequency score. The groups are for people to read and act on.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike

from setia.insight.arrays import Ints, Numbers


class Group(IntEnum):
    """Groups in the order in which the rules below are asked; each customer is in exactly one."""

    NEVER = 0  # no order yet
    NEW = 1  # one order, recently
    ONCE = 2  # one order, some time ago
    BEST = 3  # recent, often, and spends much
    LOYAL = 4  # often, and not long ago
    SLIPPING = 5  # used to come often, not lately
    GROWING = 6  # came back, not yet often, recently
    QUIET = 7  # came back once or twice, not lately


@dataclass(frozen=True, eq=False)
class Scores:
    """Scores 1 (lowest fifth) to 5, 0 for customers without an order; `recency` 5 means most recent."""

    recency: Ints
    frequency: Ints
    monetary: Ints
    group: Ints


def score(days_since: ArrayLike, orders: ArrayLike, spent: ArrayLike) -> Scores:
    """Score customers by days since the last order, number of orders and money spent; the scale is this shop's own.

    Customers without an order (orders = 0) take no part. Raises ValueError for unequal lengths or missing numbers.
    """
    age, count, money = (np.asarray(column, dtype=float) for column in (days_since, orders, spent))
    if not age.shape == count.shape == money.shape or age.ndim != 1:
        raise ValueError("days_since, orders and spent must be three lists of the same length.")
    if not (np.isfinite(age).all() and np.isfinite(count).all() and np.isfinite(money).all()):
        raise ValueError("A number is missing.")
    if (count < 0).any():
        raise ValueError("The number of orders must be zero or more.")
    bought = np.flatnonzero(count > 0)
    recency, frequency, monetary = (np.zeros(len(age), np.int32) for _ in range(3))
    for scores, values in ((recency, -age), (frequency, count), (monetary, money)):
        scores[bought] = fifths(values[bought])
    return Scores(recency, frequency, monetary, _group(recency, frequency, monetary, count))


def fifths(values: Numbers) -> Ints:
    """1 + the number of whole fifths of all values that lie strictly below each value."""
    result = np.ones(len(values), np.int32)
    if not len(values):
        return result
    places = [-(-fifth * len(values) // 5) - 1 for fifth in range(1, 5)]  # the value a whole fifth does not exceed
    ordered = np.partition(values, places)
    for place in places:
        if place >= 0:
            result += values > ordered[place]
    return result


def _group(recency: Ints, frequency: Ints, monetary: Ints, orders: Numbers) -> Ints:
    recent, often = recency >= 4, frequency >= 4
    rules = [
        (orders == 0, Group.NEVER),
        ((orders == 1) & recent, Group.NEW),
        (orders == 1, Group.ONCE),
        (recent & often & (monetary >= 4), Group.BEST),
        ((recency >= 3) & often, Group.LOYAL),
        (often, Group.SLIPPING),
        (recency >= 3, Group.GROWING),
    ]
    found = np.select([rule for rule, _ in rules], [int(group) for _, group in rules], int(Group.QUIET))
    return found.astype(np.int32)
