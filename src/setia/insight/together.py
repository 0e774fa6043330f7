"""What is taken together more often than chance: lift with shrinkage and a minimum of evidence.

In: one row per (basket, item), in any order; a basket is an order, or everything a customer ever bought. Out: directed
pairs. `lift` compares how many baskets hold both with how many would if items were taken independently:
O / E with E = n_a n_b / N. Small counts are pulled towards 1 by a Gamma(k, k) prior on the lift, so
lift = (O + k) / (E + k): the posterior mean of a Poisson rate (DuMouchel 1999, with one component and mean 1).

    from setia.insight import together

    pairs = together.pairs(orders, variants)
    pairs.second[pairs.first == 7]      # what goes with variant 7, best first
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from setia.insight.arrays import Floats, Numbers
from setia.insight.special import gamma_quantile

SHRINKAGE = 5.0  # baskets that a lift of 1 counts for
LEAST_TOGETHER = 5  # baskets that hold both
LEAST_OF = 15  # baskets that hold the first
SURE = 0.1  # the lift's lower bound at this share must lie above 1
MOST_ITEMS = 2_000  # the most frequent ones; a table of pairs has the square of it


@dataclass(frozen=True, eq=False)
class Pairs:
    """Directed pairs, grouped by `first`, the highest lift first. All arrays have one entry per pair.

    together: baskets with both; of: baskets with the first; lift: shrunk; low: its lower bound; share: together / of.
    """

    first: Numbers
    second: Numbers
    together: Numbers
    of: Numbers
    lift: Floats
    low: Floats

    @property
    def share(self) -> Floats:
        """How many of the baskets with the first hold the second too, 0 to 1."""
        result: Floats = self.together / np.maximum(self.of, 1)
        return result


def counts(baskets: ArrayLike, items: ArrayLike) -> tuple[Numbers, Numbers, int]:
    """Item ids (sorted), a symmetric table of baskets that hold both (its diagonal: hold the item), and all baskets.

    An item twice in a basket counts once. Beyond `MOST_ITEMS` items only the most frequent are kept.
    """
    basket, item = np.asarray(baskets), np.asarray(items)
    if basket.shape != item.shape or basket.ndim != 1:
        raise ValueError("baskets and items must be two columns of the same length.")
    names, basket = np.unique(basket, return_inverse=True)
    ids, item = np.unique(item, return_inverse=True)
    if len(ids) > MOST_ITEMS:
        often = np.sort(np.argsort(-np.bincount(item), kind="stable")[:MOST_ITEMS])
        place = np.full(len(ids), -1)
        place[often] = np.arange(len(often))
        keep = place[item] >= 0
        basket, item, ids = basket[keep], place[item[keep]], ids[often]
    packed = np.unique(basket.astype(np.int64) * max(len(ids), 1) + item)
    basket, item = np.divmod(packed, max(len(ids), 1))
    table = np.zeros(len(ids) ** 2, np.int64)
    lag = 0
    while True:
        left, right = slice(None, len(basket) - lag), slice(lag, None)
        same = basket[left] == basket[right]
        if not same.any():
            break
        table += np.bincount(item[left][same] * len(ids) + item[right][same], minlength=len(table))
        lag += 1
    square = table.reshape(len(ids), len(ids))
    both: Numbers = square + square.T - np.diag(np.diag(square))
    return ids, both, len(names)


def pairs(
    baskets: ArrayLike,
    items: ArrayLike,
    *,
    shrinkage: float = SHRINKAGE,
    least_together: int = LEAST_TOGETHER,
    least_of: int = LEAST_OF,
) -> Pairs:
    """The pairs with enough evidence: counts of at least `least_together` and `least_of`, and a lift surely above 1."""
    ids, both, total = counts(baskets, items)
    single = np.diag(both).astype(float)
    expected = np.outer(single, single) / max(total, 1)
    lift = (both + shrinkage) / (expected + shrinkage)
    low = gamma_quantile(SURE, lift, lift / (expected + shrinkage))
    enough = (both >= least_together) & (single[:, None] >= least_of) & (low > 1)
    np.fill_diagonal(enough, False)
    first, second = np.nonzero(enough)
    order = np.lexsort((second, -lift[first, second], first))
    first, second = first[order], second[order]
    return Pairs(
        ids[first], ids[second], both[first, second], single[first].astype(np.int64), *_at(lift, low, first, second)
    )


def _at(lift: Floats, low: Floats, first: Any, second: Any) -> tuple[Floats, Floats]:
    return lift[first, second], low[first, second]


def suggest(owned: ArrayLike, pairs: Pairs, *, banned: ArrayLike = ()) -> Numbers:
    """Items worth a word to somebody who has `owned`, best first: the mean lift over the owned items that point there.

    None of `owned` or `banned` is suggested. A lift counts by its lower bound, so a well-known pair beats a lucky one.
    """
    mine = np.asarray(owned)
    out = np.concatenate([mine, np.asarray(banned, dtype=mine.dtype if mine.size else np.int64)])
    use = np.isin(pairs.first, mine) & ~np.isin(pairs.second, out)
    if not use.any():
        return np.empty(0, np.int64)
    ids, place = np.unique(pairs.second[use], return_inverse=True)
    score = np.bincount(place, pairs.low[use] - 1) / max(1, len(mine))
    result: Numbers = ids[np.lexsort((ids, -score))]
    return result
