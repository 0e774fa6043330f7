"""How many orders a customer who is still active will place in the coming time.

Given that the customer is active now, lambda ~ Gamma(y, alpha + T) with y = r + x, and the chance q = 1 - p of going on
after an order ~ Beta(B, a) with B = b + x (BG) or b + x + 1 (MBG), independently. Let K be the orders a customer who
never stops would place within the horizon: negative binomial with shape y and z = horizon / (alpha + T + horizon).
The customer places order j + 1 when K > j and none of the j orders before it was the last, so

    E[orders]   = sum_j P(K > j) E[q^j]            = sum_k P(K = k) sum_{j<k} E[q^j]
    E[orders^2] = sum_j (2j + 1) P(K > j) E[q^j]   = sum_k P(K = k) sum_{j<k} (2j + 1) E[q^j]

The first equals the 2F1 expression of the literature, but every term is positive: nothing cancels, nothing overflows,
and a = 1 or a + b = 1 are ordinary points. For one x it is a power series in z, so a table over many T is one matrix
product. Where the series would be long (a horizon many times the time watched, or hundreds of orders) the same
expectation over p is taken by quadrature instead.
"""

import numpy as np

from setia.insight.arrays import Floats

SERIES_STRETCH = 30.0  # longest horizon, in units of alpha + T, for the series
SERIES_SIZE = 400.0  # largest -log P(K = 0) for the series, far from underflow
ROWS = 256  # stretches summed together: neighbours need about the same number of terms
LEFT_OUT = 37.0  # -log of the relative size of what is left out: below rounding
COUNTS = np.unique(np.geomspace(4, 1e6, 200).astype(int))  # numbers of terms to choose from
NODE_DISTANCE = 0.02
FAR = 45.0  # log-density this far below its top is nothing


def orders_if_active(y: Floats, stay: Floats, a: float, stretch: Floats, power: int = 1) -> Floats:
    """Mean (`power` 1) or mean square (2) of the orders to come, shape (len(stretch), len(y)).

    `y` = r + x and `stay` = B, per x; `stretch` = horizon / (alpha + T), per T.
    """
    result = np.zeros((len(stretch), len(y)))
    order = np.argsort(stretch)
    for start in range(0, len(order), ROWS):
        rows = order[start : start + ROWS]
        longest = stretch[rows[-1]]
        brief = (np.log1p(longest) * y < SERIES_SIZE) & (longest < SERIES_STRETCH)
        for columns, method in ((np.flatnonzero(brief), _series), (np.flatnonzero(~brief), _quadrature)):
            if len(columns) and longest > 0:
                result[np.ix_(rows, columns)] = method(y[columns], stay[columns], a, stretch[rows], power)
    return result


def _series(y: Floats, stay: Floats, a: float, stretch: Floats, power: int) -> Floats:
    """The power series in z; `stretch` in rising order, so that the last one bounds the number of terms."""
    z = stretch / (1 + stretch)
    k = np.arange(1.0, _terms(y, float(z[-1])))[:, None]
    chance = np.cumprod(z[-1] * (y + k - 1) / k, axis=0)  # P(K = k) / P(K = 0) at the longest stretch
    going_on = np.ones_like(chance)  # E[q^(k-1)]
    going_on[1:] = np.cumprod((stay + k[:-1] - 1) / (a + stay + k[:-1] - 1), axis=0)
    if power == 2:
        going_on *= 2 * k - 1
    coefficients = chance * np.cumsum(going_on, axis=0)
    powers = np.exp(np.log(np.maximum(z / z[-1], 1e-300))[:, None] * k.T)
    result: Floats = (powers @ coefficients) * np.exp(-np.outer(np.log1p(stretch), y))
    return result


def _terms(y: Floats, z: float) -> int:
    """How many orders k matter: by Chernoff's bound on P(K >= k), against the size of the whole sum."""
    k, most = COUNTS, float(y.max())
    bound = most * (np.log1p(-z) + np.log1p(k / most)) + k * (np.log(z) - np.log(k / (k + most)))
    enough = bound + 2 * np.log(k) < min(0.0, np.log(z) + np.log(y.min())) - LEFT_OUT
    enough &= k > most * z / (1 - z)
    return int(k[int(np.argmax(enough))]) if enough.any() else int(k[-1])


def _quadrature(y: Floats, stay: Floats, a: float, stretch: Floats, power: int) -> Floats:
    """The mean over p by the trapezoid rule on the log-odds of p, stretched so that the longest tail is reached."""
    result = np.empty((len(stretch), len(y)))
    for column, (shape, keep) in enumerate(zip(y, stay, strict=True)):
        width = min(1.0, float(np.sqrt((a + keep) / (a * keep))))
        reach = np.arcsinh(FAR / (width * min(a, keep, 1.0)))
        node = np.arange(-reach, reach + NODE_DISTANCE, NODE_DISTANCE)
        odds = np.log(a / keep) + width * np.sinh(node)
        small = np.log1p(np.exp(-np.abs(odds)))
        log_p, log_q = -np.maximum(-odds, 0) - small, -np.maximum(odds, 0) - small
        weight = a * log_p + keep * log_q
        weight = np.exp(weight - weight.max()) * np.cosh(node)
        p, q = np.exp(log_p), np.exp(log_q)
        orders = stretch[:, None] * _mean_given(p * stretch[:, None], shape)
        if power == 2:
            orders += 2 * q * (stretch**2)[:, None] * _pairs_given(p * stretch[:, None], shape)
        result[:, column] = orders @ (weight / weight.sum())
    return result


def _mean_given(w: Floats, y: float) -> Floats:
    """(1 - (1 + w)^-y) / w, also at w = 0."""
    safe = np.maximum(w, 1e-300)
    result: Floats = np.where(w * (y + 1) < 1e-15, y, -np.expm1(-y * np.log1p(safe)) / safe)
    return result


def _pairs_given(w: Floats, y: float) -> Floats:
    """(1 - (1 + w)^-y - y w (1 + w)^-(y+1)) / w^2, by its series where that would cancel."""
    safe = np.maximum(w, 1e-12)
    log = np.log1p(safe)
    direct = (-np.expm1(-y * log) - y * safe * np.exp(-(y + 1) * log)) / safe**2
    near = y * (y + 1) * (0.5 - (y + 2) * w / 3 + (y + 2) * (y + 3) * w**2 / 8)
    result: Floats = np.where(w * (y + 4) < 1e-4, near, direct)
    return result
