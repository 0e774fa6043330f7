"""A prior learned over many shops (empirical Bayes).

Each shop contributes the four numbers u of its own fit (`buying.Fit.numbers`, see `buying.priors`) and nothing else: no
customer and no purchase leaves a shop. Mean and covariance of u over the shops are the prior of the next fits. A few
shops do not know enough, so the weak prior counts for some shops as well.
"""

import numpy as np
from numpy.typing import ArrayLike

from setia.insight.buying import WEAK_PRIOR, Prior
from setia.insight.buying.priors import TO_U

WORTH = 6.0  # shops the weak prior counts for
FARTHEST = 4.0  # standard deviations of the weak prior; a stranger shop is moved to there


def learn(numbers: ArrayLike, weak: Prior = WEAK_PRIOR) -> Prior:
    """The prior over shops with these `numbers` (shops, 4), all in the unit of time of `weak` (weeks).

    Mean and covariance are those of the shops, joined with the weak prior as if it were six more shops. With no shop at
    all the result is the weak prior.
    """
    table = np.asarray(numbers, dtype=float)
    if table.size == 0:
        return weak
    if table.ndim != 2 or table.shape[1] != len(TO_U) or not np.isfinite(table).all():
        raise ValueError("numbers must hold four finite numbers per shop.")
    centre, covariance = np.asarray(weak.centre), np.asarray(weak.covariance)
    reach = FARTHEST * np.sqrt(np.diag(covariance))
    table = np.clip(table, centre - reach, centre + reach)
    shops = len(table)
    own = table.mean(axis=0)
    mean = (WORTH * centre + shops * own) / (WORTH + shops)
    away = table - own
    gap = own - centre
    spread = WORTH * covariance + away.T @ away + (WORTH * shops / (WORTH + shops)) * np.outer(gap, gap)
    spread /= WORTH + shops
    first, second, third, fourth = mean.tolist()
    return Prior((first, second, third, fourth), tuple(tuple(float(cell) for cell in row) for row in spread))
