"""Models, parameters and histories that several tests share, and one way of simulating what comes next."""

from typing import Any

import numpy as np

from setia.insight import buying

MODELS: tuple[buying.Model, ...] = ("bg", "mbg")
CORNERS = [  # r, alpha, a, b
    (0.243, 4.414, 0.793, 2.426),
    (0.5, 3.0, 1.0, 1.5),
    (0.5, 3.0, 0.4, 0.6),
    (0.3, 2.0, 0.1, 0.2),
    (2.0, 9.0, 2.5, 7.0),
    (0.1, 0.5, 1 + 1e-9, 1e-3),
    (5.0, 30.0, 1e-4, 50.0),
]
HISTORIES = [(0, 0, 39), (1, 3, 39), (2, 30.43, 38.86), (10, 39, 39), (60, 50, 52), (0, 0, 0), (500, 70, 71)]


def fitted(model: buying.Model, params: Any) -> Any:
    """A Fit with chosen parameters."""
    return buying.Fit(model, buying.Params(*params), 0.0, np.eye(4) * 0.01, 100, True, False)


def monte_carlo(
    seed: Any, model: buying.Model, params: Any, horizon: float, x: int, t_x: float, T: float, draws: int = 100_000
) -> Any:
    """Orders within `horizon` of `draws` customers with this history: parameters drawn from their posterior."""
    r, alpha, a, b = params
    dice = np.random.default_rng(seed)
    m = int(model == "mbg")
    odds = 0.0 if model == "bg" and x == 0 else a / (b + x + m - 1) * ((alpha + T) / (alpha + t_x)) ** (r + x)
    active = dice.random(draws) < 1 / (1 + odds)
    rate, stop = dice.gamma(r + x, 1 / (alpha + T), draws), dice.beta(a, b + x + m, draws)
    orders, clock = np.zeros(draws), np.zeros(draws)
    while active.any():
        clock[active] += dice.exponential(1 / rate[active])
        active &= clock < horizon
        orders[active] += 1
        active &= dice.random(draws) >= stop
    return orders
