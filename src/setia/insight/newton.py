"""Newton's method for a smooth log-likelihood in a handful of log-parameters.

All models of this package have two to four parameters and an exact Hessian, so one small, guarded Newton serves
them all: eigenvalues of the wrong sign are turned round, steps are capped, and a step that does not climb is halved.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from setia.insight.arrays import Floats

Derivatives: TypeAlias = tuple[float, Floats, Floats]  # value, gradient, Hessian

LONGEST_STEP = 2.5  # in log-parameters: no parameter moves by more than a factor of 12 at once
FLATTEST = 1e-9  # curvature below this counts as flat: the parameter is undetermined in that direction


@dataclass(frozen=True)
class Optimum:
    """Where the climb ended: the point, its value, the curvature there and whether it is a true top."""

    point: Floats
    value: float
    hessian: Floats
    converged: bool
    evaluations: int


def maximise(function: Callable[[Floats], Derivatives], start: Floats, *, most_evaluations: int = 80) -> Optimum:
    """Climb from `start` to a maximum of `function`, which returns value, gradient and Hessian.

    Stops when the quadratic model promises less than 1e-10 of the value (at least 1e-7). The last Newton step is taken
    without a further evaluation: its error is of third order, far below that tolerance.
    """
    point = np.array(start, dtype=float)
    value, gradient, hessian = function(point)
    evaluations = 1
    while evaluations < most_evaluations:
        step, gain = _step(gradient, hessian)
        if gain <= max(1e-7, 1e-10 * abs(value)):
            return Optimum(point + step, value + gain, hessian, True, evaluations)
        for _ in range(30):
            trial = function(point + step)
            evaluations += 1
            if trial[0] >= value:
                break
            step = step / 4
        else:  # no uphill step is left within floating point
            return Optimum(point, value, hessian, gain <= 1e-6 * max(1.0, abs(value)), evaluations)
        point = point + step
        value, gradient, hessian = trial
    return Optimum(point, value, hessian, False, evaluations)


def _step(gradient: Floats, hessian: Floats) -> tuple[Floats, float]:
    """The guarded Newton step and the gain the quadratic model promises for it."""
    curvature, axes = np.linalg.eigh(-hessian)
    slope = axes.T @ gradient
    steepness = np.maximum(np.abs(curvature), max(FLATTEST, 1e-13 * float(np.abs(curvature).max())))
    step = axes @ (slope / steepness)
    length = float(np.abs(step).max())
    if length > LONGEST_STEP:
        step *= LONGEST_STEP / length
    return step, float(gradient @ step) / 2


def covariance_at(hessian: Floats) -> Floats:
    """Laplace covariance: inverse of minus the Hessian; undetermined directions get a huge, finite variance."""
    curvature, axes = np.linalg.eigh(-hessian)
    result: Floats = (axes / np.maximum(curvature, FLATTEST)) @ axes.T
    return result


def least_curvature(hessian: Floats) -> float:
    """Smallest eigenvalue of minus the Hessian: near zero when the data leave some direction undetermined."""
    return float(np.linalg.eigvalsh(-hessian)[0])
