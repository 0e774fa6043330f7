"""BG/BB: published optimum of the donations data and agreement with Monte Carlo; the plain repeat rate."""

import csv
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import betaln

from setia.insight import occasion
from setia.insight.tests import logs

PARAMS = occasion.Params(1.2, 0.75, 0.66, 2.78)
FIT = occasion.Fit(PARAMS, 0.0, np.eye(4), 100, True, False)


def donations() -> Any:
    rows = list(csv.DictReader(logs.dataset("donations.csv").splitlines()))
    return [np.array([int(row[name]) for row in rows]) for name in ("frequency", "recency", "periods", "weights")]


def test_donations_give_the_published_optimum() -> None:
    fit = occasion.fit(*donations(), prior_deviation=None)
    assert fit.log_likelihood == pytest.approx(-33225.5813, abs=1e-3)
    assert fit.params == pytest.approx((1.2035, 0.7497, 0.6568, 2.7838), rel=2e-4)
    assert fit.customers == 11_104 and fit.converged and not fit.at_boundary


def chance(params: Any, x: Any, t_x: Any, n: Any) -> Any:
    """Equation (5) of Fader, Hardie & Shang 2010 with beta functions."""
    a, b, c, d = params
    total = np.exp(betaln(a + x, b + n - x) - betaln(a, b) + betaln(c, d + n) - betaln(c, d))
    for i in range(n - t_x):
        total += np.exp(betaln(a + x, b + t_x - x + i) - betaln(a, b) + betaln(c + 1, d + t_x + i) - betaln(c, d))
    return total


@pytest.mark.parametrize("history", [(0, 0, 6), (1, 1, 6), (3, 5, 6), (6, 6, 6), (0, 0, 0), (2, 4, 30)])
def test_the_likelihood_is_that_of_the_paper(history: Any) -> None:
    found = occasion._evaluate(np.array(PARAMS), occasion._check(*history))[0][0]
    assert found == pytest.approx(np.log(chance(PARAMS, *history)), rel=1e-11)


def test_chances_of_all_histories_add_up_to_one() -> None:
    strings = product([0, 1], repeat=7)
    rows = [(sum(s), max((i + 1 for i in range(7) if s[i]), default=0), 7) for s in strings]
    value = occasion._evaluate(np.array(PARAMS), occasion._check(*np.array(rows).T))[0]
    assert np.exp(value).sum() == pytest.approx(1, rel=1e-12)


def test_derivatives_are_those_of_the_value() -> None:
    x, t_x, n, weight = donations()
    histories, weight = occasion._check(x, t_x, n), weight.astype(float)
    point, step = np.log([1.1, 0.8, 0.5, 2.0]), 1e-5
    _, gradient, hessian = occasion._derivatives(np.exp(point), histories, weight)
    for place, move in enumerate(np.eye(4) * step):
        up, down = (occasion._derivatives(np.exp(point + side * move), histories, weight) for side in (1, -1))
        assert gradient[place] == pytest.approx((up[0] - down[0]) / (2 * step), rel=1e-6)
        assert hessian[place] == pytest.approx((up[1] - down[1]) / (2 * step), rel=1e-6, abs=1e-3)


def test_expectations_agree_with_monte_carlo() -> None:
    dice, customers, n, ahead = np.random.default_rng(5), 2_000_000, 4, 3
    takes, stops = dice.beta(1.2, 0.75, customers), dice.beta(0.66, 2.78, customers)
    active = np.ones(customers, bool)
    bought = []
    for _ in range(n + ahead):
        active &= dice.random(customers) >= stops
        bought.append(active & (dice.random(customers) < takes))
        if len(bought) == n:
            still = active.copy()
    past, future = np.array(bought[:n]), np.array(bought[n:])
    x = past.sum(axis=0)
    t_x = np.where(x > 0, n - np.argmax(past[::-1], axis=0), 0)
    for history in ((0, 0), (1, 1), (1, 4), (2, 3), (4, 4)):
        like = (x == history[0]) & (t_x == history[1])
        assert FIT.expected_orders(ahead, *history, n)[0] == pytest.approx(future[:, like].sum(axis=0).mean(), abs=0.01)
        assert FIT.chance_next(*history, n)[0] == pytest.approx(future[0, like].mean(), abs=0.01)
        assert FIT.chance_active(*history, n)[0] == pytest.approx(still[like].mean(), abs=0.01)


ROWS = st.lists(
    st.integers(0, 12).flatmap(
        lambda n: st.integers(0, n).flatmap(lambda t: st.tuples(st.integers(min(t, 1), t), st.just(t), st.just(n)))
    ),
    max_size=20,
)


@settings(max_examples=100)
@given(ROWS)
def test_with_a_prior_any_shop_gets_a_finite_fit(rows: Any) -> None:
    columns = np.array(rows, int).reshape(-1, 3).T
    fit = occasion.fit(*columns)
    assert fit.converged and np.isfinite([*fit.params, fit.log_likelihood, *fit.covariance.flat]).all()
    assert ((fit.chance_next(*columns) >= 0) & (fit.chance_next(*columns) <= 1)).all()
    assert (fit.chance_next(*columns) <= fit.chance_active(*columns) + 1e-12).all()


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20), st.floats(0.5, 50))
def test_the_repeat_rate_is_pulled_to_the_shop(rows: Any, strength: float) -> None:
    orders, missed = np.array(rows, int).reshape(-1, 2).T
    found = occasion.repeat_rate(orders, orders + missed, strength)
    assert 0 < found.shop < 1 and ((found.chance > 0) & (found.chance < 1)).all()
    seen = orders + missed > 0
    own = orders[seen] / (orders + missed)[seen]
    assert (np.abs(found.chance[seen] - found.shop) <= np.abs(own - found.shop) + 1e-12).all()
    assert found.chance[~seen] == pytest.approx(found.shop)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: occasion.fit([3], [2], [4]), "from x to n"),
        (lambda: occasion.fit([1], [5], [4]), "from x to n"),
        (lambda: occasion.fit([0], [2], [4]), "from x to n"),
        (lambda: occasion.fit([0.5], [2], [4]), "whole numbers"),
        (lambda: occasion.fit([1, 2], [2], [4]), "same length"),
        (lambda: occasion.fit([1], [2], [4], [-1]), "weight"),
        (lambda: occasion.fit([], [], [], prior_deviation=None), "at least one"),
        (lambda: FIT.expected_orders(-1, 1, 2, 4), "ahead"),
        (lambda: occasion.repeat_rate([3], [2]), "between zero"),
        (lambda: occasion.repeat_rate([3], [2, 3]), "same length"),
        (lambda: occasion.repeat_rate([1], [2], 0), "strength"),
    ],
)
def test_impossible_input_is_refused(call: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
