"""Fits: published optima, exact derivatives, degenerate shops, impossible input."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import gammaln, logsumexp

from setia.insight import buying
from setia.insight.buying.histories import check
from setia.insight.buying.likelihood import evaluate
from setia.insight.buying.patterns import count, pack
from setia.insight.tests import logs
from setia.insight.tests.cases import CORNERS, HISTORIES, MODELS, fitted

PUBLISHED = {
    "bg": (-9582.4292, (0.242595, 4.413602, 0.792922, 2.425907)),
    "mbg": (-9582.1357, (0.524843, 6.183085, 0.891359, 1.614002)),
}


@pytest.mark.parametrize("model", MODELS)
def test_cdnow_gives_the_published_optimum(model: buying.Model) -> None:
    fit = buying.fit(*logs.cdnow_weeks(), model=model)
    value, params = PUBLISHED[model]
    assert fit.log_likelihood == pytest.approx(value, abs=1e-3)
    assert fit.params == pytest.approx(params, rel=1e-4)
    assert fit.converged and not fit.at_boundary and fit.customers == 2357


def test_expected_purchases_of_the_example_in_the_paper() -> None:
    fit = buying.fit(*logs.cdnow_weeks(), model="bg")
    assert fit.expected_purchases(39, 2, 30.43, 38.86) == pytest.approx(1.226, abs=1e-3)


def textbook_log_likelihood(model: buying.Model, params: Any, x: Any, t_x: Any, T: Any) -> Any:
    """Equation (6) of Fader, Hardie & Lee 2005 and equation (8) of Batislam et al. 2007, with gamma functions."""
    r, alpha, a, b = params
    m = int(model == "mbg")
    beta = gammaln(a + b) - gammaln(a) - gammaln(b)
    alive = gammaln(a) + gammaln(b + x + m) - gammaln(a + b + x + m) - (r + x) * np.log(alpha + T)
    gone = gammaln(a + 1) + gammaln(b + x + m - 1) - gammaln(a + b + x + m) - (r + x) * np.log(alpha + t_x)
    if model == "bg":
        gone = np.where(x > 0, gone, -np.inf)
    return float((gammaln(r + x) - gammaln(r) + r * np.log(alpha) + beta + logsumexp([alive, gone], axis=0)).sum())


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("params", [corner for corner in CORNERS if corner[3] > 0.01])
def test_value_is_that_of_the_textbook(model: buying.Model, params: Any) -> None:
    x, t_x, T = logs.simulate(300, 0.5, 20.0, 0.5, 2.0, 7, model == "mbg", (10, 200))
    packed = pack(count(check(x, t_x, T)), with_one_timers=model == "mbg")
    value = evaluate(np.log(params), packed, model == "mbg")[0]
    assert value == pytest.approx(textbook_log_likelihood(model, params, x, t_x, T), rel=1e-10)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("params", CORNERS)
def test_gradient_and_hessian_are_those_of_the_value(model: buying.Model, params: Any) -> None:
    x, t_x, T = logs.simulate(300, 0.5, 20.0, 0.5, 2.0, 8, model == "mbg", (10, 200))
    packed = pack(count(check(x, t_x, T)), with_one_timers=model == "mbg")
    point, step = np.log(params), 1e-5
    _, gradient, hessian = evaluate(point, packed, model == "mbg")
    for place in range(4):
        up, down = (evaluate(point + side * step * np.eye(4)[place], packed, model == "mbg") for side in (1, -1))
        assert gradient[place] == pytest.approx((up[0] - down[0]) / (2 * step), rel=1e-5, abs=1e-3)
        assert hessian[place] == pytest.approx((up[1] - down[1]) / (2 * step), rel=1e-5, abs=1e-3)


@pytest.mark.parametrize("model", MODELS)
def test_counting_equal_histories_changes_nothing(model: buying.Model) -> None:
    x, t_x, T = logs.simulate(20_000, 0.5, 20.0, 0.5, 2.0, 3, model == "mbg", (80, 90))
    counted = pack(count(check(x, t_x, T)), with_one_timers=model == "mbg")
    one_by_one = pack(count(check(x, t_x / np.pi, T / np.pi)), with_one_timers=model == "mbg")
    assert counted.weight is not None and one_by_one.weight is None
    point = np.log([0.4, 15.0, 0.6, 1.8])
    scaled = point - [0, np.log(np.pi), 0, 0]
    value, gradient, hessian = evaluate(point, counted, model == "mbg")
    other = evaluate(scaled, one_by_one, model == "mbg")
    assert value == pytest.approx(other[0] - x.sum() * np.log(np.pi), rel=1e-12)
    assert gradient == pytest.approx(other[1], rel=1e-9)
    assert hessian == pytest.approx(other[2], rel=1e-9)


@pytest.mark.parametrize("model", MODELS)
def test_a_large_shop_returns_the_parameters_it_was_made_with(model: buying.Model) -> None:
    true = (0.5, 30.0, 0.6, 2.0)
    data = logs.simulate(60_000, *true, seed=11, first_may_be_last=model == "mbg", days=(30, 730))
    fit = buying.fit(*data, model=model)
    deviation = np.sqrt(np.diag(fit.covariance))
    assert fit.converged
    # Days are rounded up, which the model does not know: allow for that beside four standard deviations.
    assert np.abs(np.log(fit.params) - np.log(true)) == pytest.approx(0, abs=float(4 * deviation.max() + 0.05))


def test_days_and_weeks_are_the_same_shop() -> None:
    x, t_x, T = logs.simulate(400, 0.5, 20.0, 0.5, 2.0, 5, True, (30, 300))
    days = buying.fit(x, t_x, T, prior=buying.WEAK_PRIOR.in_unit(1 / 7))
    weeks = buying.fit(x, t_x / 7, T / 7, prior=buying.WEAK_PRIOR)
    assert days.params.alpha == pytest.approx(7 * weeks.params.alpha, rel=1e-5)
    assert days.expected_purchases(28, x, t_x, T) == pytest.approx(
        weeks.expected_purchases(4, x, t_x / 7, T / 7), rel=1e-4
    )


SHOPS: dict[str, tuple[Any, Any, Any]] = {
    "nobody came back": ([0] * 30, [0] * 30, list(range(1, 31))),
    "nobody yet": ([], [], []),
    "one customer": ([3], [10.0], [12.0]),
    "one customer of today": ([0], [0], [0]),
    "everyone daily": ([70] * 20, [10.0] * 20, [10.0] * 20),
    "all on the last day": ([1] * 10, [5] * 10, [5] * 10),
    "one who orders all the time": ([500, 0, 0, 1], [52, 0, 0, 3], [52, 40, 3, 9]),
}


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("shop", SHOPS)
def test_with_a_prior_every_shop_gets_a_usable_fit(model: buying.Model, shop: str) -> None:
    data = SHOPS[shop]
    fit = buying.fit(*data, model=model, prior=buying.WEAK_PRIOR)
    assert fit.converged and not fit.at_boundary
    assert np.isfinite([*fit.params, fit.log_likelihood, *fit.covariance.flat]).all()
    assert (np.linalg.eigvalsh(fit.covariance) > 0).all()
    for history in HISTORIES:
        assert 0 <= fit.expected_purchases(8, *history) < 1000
    total = fit.total_purchases(8, *data)
    assert 0 <= total.low <= total.expected <= total.high < np.inf


def test_without_customers_the_fit_is_the_prior() -> None:
    fit = buying.fit([], [], [], prior=buying.WEAK_PRIOR)
    assert np.log(fit.params) == pytest.approx(buying.WEAK_PRIOR.log_parameters)
    assert fit.log_likelihood == pytest.approx(0, abs=1e-9) and fit.customers == 0


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("shop", [name for name in SHOPS if name != "nobody yet"])
def test_without_a_prior_nothing_blows_up(model: buying.Model, shop: str) -> None:
    fit = buying.fit(*SHOPS[shop], model=model)
    assert np.isfinite([*fit.params, fit.log_likelihood, *fit.covariance.flat]).all()
    assert np.isfinite(fit.expected_purchases(8, *SHOPS[shop])).all()


def test_a_shop_without_returns_is_marked_when_no_prior_helps() -> None:
    assert buying.fit(*SHOPS["nobody came back"], model="bg").at_boundary


@settings(max_examples=60)
@given(
    model=st.sampled_from(MODELS),
    rows=st.lists(st.tuples(st.integers(0, 500), st.integers(1, 300), st.integers(0, 300)), max_size=40),
)
def test_with_a_prior_any_shop_gets_a_usable_fit(model: buying.Model, rows: Any) -> None:
    data = [(x, first if x else 0, first + more) for x, first, more in rows]
    x, t_x, T = (np.array([row[i] for row in data]) for i in range(3))
    fit = buying.fit(x, t_x, T, model=model, prior=buying.WEAK_PRIOR)
    assert fit.converged and not fit.at_boundary
    assert np.isfinite(fit.expected_purchases(8, x, t_x, T)).all()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (([-1], [0], [3]), "zero or more"),
        (([1], [-2], [3]), "zero or more"),
        (([1], [4], [3]), "later than T"),
        (([1.5], [1], [3]), "whole numbers"),
        (([1], [np.nan], [3]), "missing"),
        (([1], [1], [np.nan]), "missing"),
        (([np.nan], [1], [3]), "missing"),
        (([1], [1], [np.inf]), "finite"),
        (([0], [1], [3]), "t_x must be 0"),
        (([1], [0], [3]), "count as one"),
        (([1, 2], [1], [3]), "same length"),
        (([[1]], [[1]], [[3]]), "same length"),
        ((["a"], [1], [3]), "numbers"),
        (([10_000_000], [1], [3]), "cannot be right"),
    ],
)
def test_impossible_input_is_refused_in_plain_words(data: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        buying.fit(*data)


def test_other_arguments_are_checked_too() -> None:
    fit = fitted("mbg", CORNERS[0])
    for wrong in (-1, np.nan, np.inf):
        with pytest.raises(ValueError, match="horizon"):
            fit.expected_purchases(wrong, 1, 2, 3)
    with pytest.raises(ValueError, match="model"):
        buying.fit([1], [1], [2], model="pnbd")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="at least one"):
        buying.fit([], [], [])
    with pytest.raises(ValueError, match="coverage"):
        fit.total_purchases(4, 1, 2, 3, coverage=1)
    with pytest.raises(ValueError, match="weeks"):
        buying.WEAK_PRIOR.in_unit(0)
