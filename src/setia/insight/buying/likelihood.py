"""Log-likelihood of BG/NBD and MBG/NBD with exact gradient and Hessian, without a single special function.

A customer orders at rate lambda ~ Gamma(r, alpha) and after each order stops with probability p ~ Beta(a, b). In MBG
(Batislam, Denizel & Filiztekin 2007) the first order is followed by such a chance too; in BG (Fader, Hardie & Lee
2005) it is not. With y = r + x and m = 1 for MBG, 0 for BG, the log-likelihood of (x, t_x, T) is

    sum_{j<x} log(r+j) + r log(alpha) + sum_{j<x+m} log((b+j)/(a+b+j)) - y log(alpha+T) + softplus(d)
    d = log a - log(b+x-1+m) + y log((alpha+T)/(alpha+t_x))          (BG: no softplus where x = 0)

because x is a whole number, which turns ratios of gamma and beta functions into products.
"""

import numpy as np

from setia.insight.arrays import Floats
from setia.insight.buying.patterns import Patterns
from setia.insight.newton import Derivatives


def evaluate(log_parameters: Floats, patterns: Patterns, first_may_be_last: bool) -> Derivatives:
    """Log-likelihood, gradient and Hessian with respect to (log r, log alpha, log a, log b)."""
    natural = np.exp(log_parameters)
    plain, plain_slope, plain_bend = _histograms(natural, patterns, first_may_be_last)
    mixed, mixed_slope, mixed_bend = _mixed(natural, patterns, first_may_be_last)
    gradient = natural * (plain_slope + mixed_slope)
    hessian = np.outer(natural, natural) * (plain_bend + mixed_bend) + np.diag(gradient)
    return plain + mixed, gradient, hessian


def _histograms(natural: Floats, patterns: Patterns, first_may_be_last: bool) -> Derivatives:
    """The terms of x alone and of T alone."""
    r, alpha, a, b = natural
    slope, bend = np.zeros(4), np.zeros((4, 4))
    step = np.arange(len(patterns.beyond))
    chances = patterns.beyond
    if first_may_be_last:
        chances = np.concatenate(([float(patterns.customers)], chances))
    value = patterns.customers * r * np.log(alpha)
    slope[0] = patterns.customers * np.log(alpha)
    slope[1] = patterns.customers * r / alpha
    bend[0, 1] = patterns.customers / alpha
    bend[1, 1] = -patterns.customers * r / alpha**2
    turn = np.arange(len(chances))
    for terms, base, places, sign in (
        (patterns.beyond, r + step, (0,), 1),
        (chances, b + turn, (3,), 1),
        (chances, a + b + turn, (2, 3), -1),
    ):
        value += sign * (terms @ np.log(base))
        first, second = sign * (terms @ (1 / base)), -sign * (terms @ (1 / base**2))
        for row in places:
            slope[row] += first
            for column in places:
                bend[row, column] += second
    shape = r * patterns.age_count + patterns.age_orders
    age = alpha + patterns.ages
    log_age = np.log(age)
    value -= shape @ log_age
    slope[0] -= patterns.age_count @ log_age
    slope[1] -= shape @ (1 / age)
    bend[0, 1] -= patterns.age_count @ (1 / age)
    bend[1, 1] += shape @ (1 / age**2)
    bend[1, 0] = bend[0, 1]
    return float(value), slope, bend


def _mixed(natural: Floats, patterns: Patterns, first_may_be_last: bool) -> Derivatives:
    """The softplus terms, in blocks small enough for the cache; the derivatives of d are built row by row."""
    r, alpha, a, b = natural
    value, slope, bend = 0.0, np.zeros(4), np.zeros((4, 4))
    second = np.zeros(4)  # chance of being gone times the second derivatives of d: r-alpha, alpha-alpha, a-a, b-b
    for rows in patterns.blocks():
        x = patterns.x[rows]
        after = 1 / (alpha + patterns.T[rows] / patterns.per_unit)
        before = 1 / (alpha + patterns.t_x[rows] / patterns.per_unit)
        y = x + r
        go_on = 1 / (x + (b if first_may_be_last else b - 1))
        faded = np.log(before / after)
        d = y * faded
        d += np.log(a * go_on)
        odds = np.exp(np.minimum(d, 700))
        gone = odds / (1 + odds)
        soft = np.log1p(odds)
        if d.max() > 700:
            soft += np.maximum(d - 700, 0)
        spread = gone / (1 + odds)
        if patterns.weight is not None:
            weight = patterns.weight[rows]
            gone *= weight
            spread *= weight
            value += float(weight @ soft)
        else:
            value += float(soft.sum())
        gap = after - before
        first = np.empty((4, len(x)))
        first[0], first[1], first[2], first[3] = faded, y * gap, 1 / a, -go_on
        slope += first @ gone
        bend += (first * spread) @ first.T
        y *= gap
        y *= after + before
        second += (gone @ gap, -(gone @ y), -gone.sum() / a**2, gone @ go_on**2)
    bend[0, 1] += second[0]
    bend[1, 0] += second[0]
    bend[[1, 2, 3], [1, 2, 3]] += second[1:]
    return value, slope, bend
