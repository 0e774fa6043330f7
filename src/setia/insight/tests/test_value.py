"""Gamma-Gamma: published optimum, guards, and the value of a customer against Monte Carlo."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import gammaln

from setia.insight import buying, summary, value
from setia.insight.tests import logs

CDNOW = value.Fit(value.Params(6.25, 3.74, 15.44), 0.0, np.eye(3) * 0.01, 946, 35.0, True, False)


def cdnow() -> Any:
    customer, day, amount = logs.cdnow()
    found = summary.summarise(customer - 1, day, amount, until=272)
    return found.x, found.repeat_mean


def test_cdnow_gives_the_published_optimum() -> None:
    fit = value.fit(*cdnow())
    assert fit.log_likelihood == pytest.approx(-4055.9177, abs=1e-3)
    assert fit.params == pytest.approx((6.24957, 3.74422, 15.44352), rel=1e-4)
    assert fit.customers == 946 and fit.converged and not fit.at_boundary


def test_derivatives_are_those_of_the_textbook_likelihood() -> None:
    x, mean = (column[column_x > 0] for column_x, column in zip([cdnow()[0]] * 2, cdnow(), strict=True))
    x, mean = x[:200].astype(float), mean[:200]

    def textbook(point: Any) -> Any:
        p, q, g = np.exp(point)
        return (
            gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(g)
            + (p * x - 1) * np.log(mean) + p * x * np.log(x) - (p * x + q) * np.log(g + mean * x)
        ).sum()  # fmt: skip

    different, often = np.unique(x, return_counts=True)
    constant = (float(np.log(mean).sum()), float(x @ np.log(x * mean)))

    def mine(point: Any) -> Any:
        return value._log_likelihood(np.exp(point), x, mean, different, often.astype(float), constant)

    point, step = np.log([4.0, 3.0, 20.0]), 1e-5
    found, gradient, hessian = mine(point)
    assert found == pytest.approx(textbook(point), rel=1e-11)
    for place, move in enumerate(np.eye(3) * step):
        assert gradient[place] == pytest.approx(
            (textbook(point + move) - textbook(point - move)) / (2 * step), rel=1e-5
        )
        assert hessian[place] == pytest.approx(
            (mine(point + move)[1] - mine(point - move)[1]) / (2 * step), rel=1e-4, abs=1e-3
        )


def test_a_large_shop_returns_the_parameters_it_was_made_with() -> None:
    dice = np.random.default_rng(8)
    x = 1 + dice.poisson(3, 40_000)
    rate = dice.gamma(4.0, 1 / 50.0, len(x))
    fit = value.fit(x, dice.gamma(6.0 * x) / rate / x)
    assert np.log(fit.params) == pytest.approx(np.log([6.0, 4.0, 50.0]), abs=float(5 * np.sqrt(fit.covariance.max())))


def test_spend_lies_between_the_shop_and_the_customer() -> None:
    shop = float(CDNOW.expected_spend(0, 0))
    assert shop == pytest.approx(6.25 * 15.44 / 2.74)
    for mean in (5.0, 200.0):
        few, many = float(CDNOW.expected_spend(1, mean)), float(CDNOW.expected_spend(50, mean))
        assert min(shop, mean) < few < max(shop, mean) and abs(many - mean) < abs(few - mean)


def test_the_currency_does_not_matter() -> None:
    x, mean = cdnow()
    cents = value.fit(x, mean * 100, value.WEAK_PRIOR)
    dollars = value.fit(x, mean, value.WEAK_PRIOR)
    assert cents.expected_spend(x, mean * 100) == pytest.approx(100 * dollars.expected_spend(x, mean), rel=1e-5)


def test_a_mean_that_does_not_exist_becomes_the_typical_spend() -> None:
    heavy = value.Fit(value.Params(2.0, 0.9, 10.0), 0.0, np.eye(3), 5, 42.0, True, False)
    assert heavy.expected_spend([0, 1], [0, 20.0]).tolist() == pytest.approx([42.0, 2 * 30 / 1.9])
    assert CDNOW.expected_spend(3, 0.0) == CDNOW.expected_spend(0, 0.0)


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, 60), st.floats(0, 1e7)), max_size=20))
def test_with_a_prior_any_shop_gets_a_finite_fit(rows: Any) -> None:
    x, mean = np.array(rows, float).reshape(-1, 2).T
    fit = value.fit(x, mean, value.WEAK_PRIOR, typical=25_000.0)
    assert fit.converged and np.isfinite([*fit.params, *fit.covariance.flat]).all()
    assert np.isfinite(fit.expected_spend(x, mean)).all() and (fit.expected_spend(x, mean) > 0).all()


@pytest.mark.parametrize("rows", [[(1, 10.0)], [(3, 10.0)] * 5, [(1, 1e-3), (1, 1e6)]])
def test_without_a_prior_nothing_blows_up(rows: Any) -> None:
    fit = value.fit(*np.array(rows).T)
    assert np.isfinite(
        [*fit.params, fit.log_likelihood, *fit.covariance.flat, *fit.expected_spend([0, 2], [0, 9])]
    ).all()


def test_customer_value_agrees_with_monte_carlo() -> None:
    orders = buying.Fit("mbg", buying.Params(0.5, 6.0, 0.9, 1.6), 0.0, np.zeros((4, 4)), 100, True, False)
    dice, draws = np.random.default_rng(3), 300_000
    for x, t_x, T, mean in ((6, 30, 33, 40.0), (2, 10, 33, 25.0), (0, 0, 20, 0.0)):
        odds = 0.9 / (1.6 + x) * ((6 + T) / (6 + t_x)) ** (0.5 + x)
        active = dice.random(draws) < 1 / (1 + odds)
        rate, stop = dice.gamma(0.5 + x, 1 / (6 + T), draws), dice.beta(0.9, 1.6 + x + 1, draws)
        worth = dice.gamma(6.25 * x + 3.74, 1 / (15.44 + x * mean), draws)
        money, clock = np.zeros(draws), np.zeros(draws)
        while active.any():
            clock[active] += dice.exponential(1 / rate[active])
            active &= clock < 26
            money[active] += dice.gamma(6.25, 1 / worth[active])
            active &= dice.random(draws) >= stop
        mine = CDNOW.customer_value(orders, 26, x, t_x, T, mean)
        assert mine.expected == pytest.approx(money.mean(), rel=0.02)
        low, high = np.quantile(money, [0.1, 0.9])
        assert mine.low == pytest.approx(low, rel=0.25)
        assert mine.high == pytest.approx(max(high, money.mean()), rel=0.15)


@given(
    x=st.integers(0, 500), age=st.floats(1, 500), mean=st.floats(0, 1e6), horizon=st.floats(0, 500),
    params=st.tuples(*[st.floats(0.01, 50)] * 3),
)  # fmt: skip
def test_customer_value_is_always_finite_and_ordered(
    x: Any, age: Any, mean: float, horizon: float, params: Any
) -> None:
    orders = buying.fit([], [], [], prior=buying.WEAK_PRIOR)
    spend = value.Fit(value.Params(*params), 0.0, np.eye(3), 5, 42.0, True, False)
    found = spend.customer_value(orders, horizon, x, age / 2 if x else 0, age, mean)
    assert 0 <= found.low <= found.expected <= found.high < np.inf


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: value.fit([], []), "nothing can be said"),
        (lambda: value.fit([0, 2], [0, 0]), "nothing can be said"),
        (lambda: value.fit([1], [np.nan]), "missing"),
        (lambda: value.fit([-1], [2]), "zero or more"),
        (lambda: value.fit([1, 2], [2]), "same length"),
        (lambda: CDNOW.expected_spend(-1, 3), "zero or more"),
        (lambda: CDNOW.customer_value(buying.fit([], [], [], prior=buying.WEAK_PRIOR), 4, 1, 1, 2, 3, 1.5), "coverage"),
    ],
)
def test_impossible_input_is_refused(call: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
