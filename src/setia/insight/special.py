"""Logarithm of the gamma function, its two derivatives and normal quantiles, for arrays and without SciPy.

Stirling's series after shifting the argument past 12 by the recurrence Gamma(z + 1) = z Gamma(z); relative error about
1e-15 (absolute where the function passes zero). Positive arguments only.
"""

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from setia.insight.arrays import Floats

SHIFT = 12
# B_2k / (2k (2k-1)) of Stirling's series, k = 1, 2, ...
STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156)
HALF_LOG_TAU = float(np.log(2 * np.pi) / 2)


def _shifted(z: ArrayLike) -> tuple[Floats, Floats]:
    """z + 12, and the twelve numbers z, z + 1, ..., z + 11 along a new first axis."""
    value = np.asarray(z, dtype=float)
    return value + SHIFT, value + np.arange(SHIFT, dtype=float).reshape(-1, *[1] * value.ndim)


def log_gamma(z: ArrayLike) -> Floats:
    """log Gamma(z) for z > 0."""
    big, steps = _shifted(z)
    inverse = 1 / big
    series = np.zeros_like(big)
    for place, coefficient in enumerate(STIRLING):
        series += coefficient * inverse ** (2 * place + 1)
    result: Floats = (big - 0.5) * np.log(big) - big + HALF_LOG_TAU + series - np.log(steps).sum(axis=0)
    return result


def digamma(z: ArrayLike) -> Floats:
    """First derivative of log Gamma(z), z > 0."""
    big, steps = _shifted(z)
    inverse = 1 / big
    series = np.zeros_like(big)
    for place, coefficient in enumerate(STIRLING):
        series -= coefficient * (2 * place + 1) * inverse ** (2 * place + 2)
    result: Floats = np.log(big) - inverse / 2 + series - (1 / steps).sum(axis=0)
    return result


def trigamma(z: ArrayLike) -> Floats:
    """Second derivative of log Gamma(z), z > 0."""
    big, steps = _shifted(z)
    inverse = 1 / big
    series = np.zeros_like(big)
    for place, coefficient in enumerate(STIRLING):
        series += coefficient * (2 * place + 1) * (2 * place + 2) * inverse ** (2 * place + 3)
    result: Floats = inverse + inverse**2 / 2 + series + (steps**-2.0).sum(axis=0)
    return result


def log_beta(a: ArrayLike, b: ArrayLike) -> Floats:
    """log B(a, b) for a, b > 0."""
    first, second = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    result: Floats = log_gamma(first) + log_gamma(second) - log_gamma(first + second)
    return result


def normal_quantile(share: ArrayLike) -> Floats:
    """Quantiles of the standard normal distribution; -inf and inf at 0 and 1."""
    wanted = np.asarray(share, dtype=float)
    inside = np.clip(wanted, 1e-300, 1 - 1e-16).ravel().tolist()
    found = np.fromiter(map(NormalDist().inv_cdf, inside), float, count=len(inside)).reshape(wanted.shape)
    result: Floats = np.where(wanted <= 0, -np.inf, np.where(wanted >= 1, np.inf, found))
    return result


def gamma_quantile(share: ArrayLike, mean: ArrayLike, variance: ArrayLike) -> Floats:
    """Quantiles of a gamma distribution given by mean and variance: Wilson & Hilferty's cube (1931), never below 0.

    Within 6 % of the truth for the shares 0.05 to 0.95 where the mean is 1.4 standard deviations or more.
    """
    centre, spread = np.asarray(mean, dtype=float), np.asarray(variance, dtype=float)
    safe = np.where(centre > 0, centre, 1.0)
    ninth = np.where(centre > 0, spread, 0.0) / (9 * safe**2)
    cube = np.maximum(1 - ninth + np.clip(normal_quantile(share), -38, 38) * np.sqrt(ninth), 0.0) ** 3
    result: Floats = np.where(centre > 0, centre * cube, 0.0)
    return result


def log_normal_quantile(share: ArrayLike, mean: ArrayLike, variance: ArrayLike) -> Floats:
    """Quantiles of a log-normal distribution given by mean and variance."""
    centre, spread = np.asarray(mean, dtype=float), np.asarray(variance, dtype=float)
    safe = np.where(centre > 0, centre, 1.0)
    width = np.log1p(np.where(centre > 0, spread, 0.0) / safe**2)
    scale = np.exp(np.clip(normal_quantile(share), -38, 38) * np.sqrt(width) - width / 2)
    result: Floats = np.where(centre > 0, centre * scale, 0.0)
    return result
