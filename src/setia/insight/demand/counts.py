"""Quantiles of the negative binomial distribution, by its recurrence, for many means at once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from setia.insight.arrays import Floats
from setia.insight.special import gamma_quantile

REACH = 12.0  # standard deviations around the mean that are added up
WIDEST = 20_000  # numbers; beyond that counts are as good as continuous
LEAST_DISPERSION = 1e-9  # below it the distribution is Poisson


def quantiles(shares: Sequence[float], mean: ArrayLike, dispersion: ArrayLike) -> Floats:
    """Smallest whole numbers n with P(Y <= n) >= share, for Y with this mean and variance mean + dispersion mean^2.

    Mean and dispersion broadcast; the result has one more axis in front, for the shares.
    P(n + 1) / P(n) = (mean / (1 + d mean)) (1 + d n) / (n + 1), with d the dispersion.
    """
    centre, spread = np.broadcast_arrays(np.asarray(mean, dtype=float), np.asarray(dispersion, dtype=float))
    if not ((centre >= 0).all() and (spread >= 0).all() and np.isfinite(centre).all() and np.isfinite(spread).all()):
        raise ValueError("Means and dispersions must be finite and zero or more.")
    if not all(0 < share < 1 for share in shares):
        raise ValueError("Every share must lie between 0 and 1.")
    shape = centre.shape
    centre, spread = centre.reshape(-1), np.maximum(spread.reshape(-1), LEAST_DISPERSION)
    deviation = np.sqrt(centre + spread * centre**2)
    low = np.floor(np.maximum(centre - REACH * deviation, 0))
    # The upper tail of a very uneven product falls like exp(-n / (d mean)), slower than a normal one.
    width = np.ceil(centre + REACH * deviation * (1 + np.sqrt(spread)) - low) + 40
    result = np.empty((len(shares), len(centre)))
    wide = width > WIDEST
    for place, share in enumerate(shares):
        result[place, wide] = np.ceil(gamma_quantile(share, centre[wide], deviation[wide] ** 2))
    rows = np.flatnonzero(~wide)
    for part in np.array_split(rows[np.argsort(width[rows])], max(1, len(rows) // 64)):
        if len(part):
            steps = _steps(shares, centre[part], spread[part], low[part], int(width[part].max()))
            result[:, part] = low[part] + steps
    return result.reshape(len(shares), *shape)


def _steps(shares: Sequence[float], mean: Floats, dispersion: Floats, low: Floats, width: int) -> Floats:
    """How many numbers from `low` on are needed until the probability reaches each share."""
    n = low[:, None] + np.arange(width - 1)
    mean, dispersion = mean[:, None], dispersion[:, None]
    ratio = np.log(np.maximum(mean, 1e-300) / (1 + dispersion * mean)) + np.log1p(dispersion * n) - np.log1p(n)
    log = np.concatenate((np.zeros((len(low), 1)), np.cumsum(ratio, axis=1)), axis=1)
    chance = np.cumsum(np.exp(log - log.max(axis=1, keepdims=True)), axis=1)
    return np.array([(chance < share * chance[:, -1:]).sum(axis=1) for share in shares], dtype=float)
