"""Predictions: against SciPy, against Monte Carlo, and finite and possible for whatever is asked."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import hyp2f1

from setia.insight import buying
from setia.insight.tests import logs
from setia.insight.tests.cases import CORNERS, HISTORIES, MODELS, fitted, monte_carlo


def textbook_expectation(model: buying.Model, params: Any, horizon: float, x: Any, t_x: Any, T: Any) -> Any:
    """Expected orders by SciPy's 2F1 (FHL 2005 eq. 10; for MBG b is one higher), NaN where that fails."""
    r, alpha, a, b = params
    b = b + (model == "mbg")
    odds = 0.0 if model == "bg" and x == 0 else a / (b + x - 1) * ((alpha + T) / (alpha + t_x)) ** (r + x)
    z = horizon / (alpha + T + horizon)
    series = hyp2f1(a + b - 1 - r, a - 1, a + b + x - 1, z)
    return (a + b + x - 1) / (a - 1) * (1 - (1 - z) ** (a - 1) * series) / (1 + odds)


@pytest.mark.parametrize("model", MODELS)
def test_cdnow_predictions_agree_with_scipy(model: buying.Model) -> None:
    data = logs.cdnow_weeks()
    fit = buying.fit(*data, model=model)
    expected = fit.expected_purchases(39, *data)
    assert np.isfinite(expected).all()
    reference = [textbook_expectation(model, fit.params, 39, *row) for row in zip(*data, strict=True)]
    assert expected == pytest.approx(np.array(reference), rel=1e-9)


@settings(max_examples=300)
@given(
    model=st.sampled_from(MODELS),
    params=st.tuples(*[st.floats(lo, hi) for lo, hi in ((0.05, 5), (0.1, 50), (0.05, 5), (0.05, 20))]),
    x=st.integers(0, 60),
    times=st.tuples(st.floats(0.1, 1), st.floats(0.1, 100)),
    horizon=st.floats(0.1, 200),
)
def test_expectation_agrees_with_scipy(model: buying.Model, params: Any, x: Any, times: Any, horizon: float) -> None:
    if abs(params[2] - 1) < 1e-3 or abs(params[2] + params[3] + (model == "mbg") - 1) < 1e-3:
        return  # SciPy's expression is 0 / 0 there; the Monte Carlo test covers these points
    T = times[1]
    t_x = times[0] * T if x else 0.0
    reference = textbook_expectation(model, params, horizon, x, t_x, T)
    mine = float(fitted(model, params).expected_purchases(horizon, x, t_x, T))
    if np.isfinite(reference) and reference > 1e-6:
        # 1 - (1-z)^(a-1) 2F1 cancels for short horizons: what SciPy itself loses is allowed for.
        lost = 1e-15 * (params[2] + params[3] + x) / abs(params[2] - 1) / reference
        assert mine == pytest.approx(reference, rel=1e-9 + 10 * lost)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("power", [1, 2])
def test_series_and_quadrature_are_the_same_function(model: buying.Model, power: int) -> None:
    from setia.insight.buying.future import _quadrature, _series

    y, stay, stretch = np.array([0.2, 1.2, 7.5, 30.2]), np.array([0.4, 1.4, 7.7, 30.4]), np.array([1e-3, 0.1, 1.0, 6.0])
    for a in (0.05, 0.4, 1.0, 3.0):
        assert _quadrature(y, stay, a, stretch, power) == pytest.approx(_series(y, stay, a, stretch, power), rel=1e-11)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("params", CORNERS)
@pytest.mark.parametrize("history", HISTORIES[:5])
def test_predictions_agree_with_monte_carlo(model: buying.Model, params: Any, history: Any) -> None:
    fit = fitted(model, params)
    orders = monte_carlo(19, model, params, 26, *history)
    error = 5 * orders.std() / np.sqrt(len(orders)) + 2e-5
    assert fit.expected_purchases(26, *history) == pytest.approx(orders.mean(), abs=error)
    assert fit.chance_of_order(26, *history) == pytest.approx((orders > 0).mean(), abs=5e-3)


def test_variance_of_the_total_is_that_of_monte_carlo() -> None:
    fit = buying.Fit("mbg", buying.Params(*CORNERS[0]), 0.0, np.zeros((4, 4)), 100, True, False)
    histories = [(2, 30.43, 38.86), (10, 39, 39), (0, 0, 20)]
    total = sum(monte_carlo(23 + i, "mbg", CORNERS[0], 26, *history) for i, history in enumerate(histories))
    mine = fit.total_purchases(26, *np.array(histories).T)
    assert mine.expected == pytest.approx(total.mean(), rel=0.01)
    assert [mine.low, mine.high] == pytest.approx(np.quantile(total, [0.1, 0.9]), abs=0.75)


@pytest.mark.parametrize("model", MODELS)
def test_doubt_about_the_parameters_widens_the_interval(model: buying.Model) -> None:
    data = logs.cdnow_weeks()
    fit = buying.fit(*data, model=model)
    sure = buying.Fit(model, fit.params, fit.log_likelihood, np.zeros((4, 4)), fit.customers, True, False)
    unsure, surer = fit.total_purchases(39, *data), sure.total_purchases(39, *data)
    assert unsure.low < surer.low < surer.expected < surer.high < unsure.high


def test_interval_covers_as_often_as_it_says() -> None:
    true, hits = (0.6, 20.0, 0.5, 2.5), 0
    for seed in range(60):
        x, t_x, T = logs.simulate(150, *true, seed, True, (60, 240))
        fit = buying.fit(x, t_x, T, prior=buying.WEAK_PRIOR.in_unit(1 / 7))
        total = fit.total_purchases(56, x, t_x, T)
        futures = [monte_carlo([seed, i], "mbg", true, 56, x[i], t_x[i], T[i], draws=1) for i in range(len(x))]
        hits += total.low <= np.sum(futures) <= total.high
    assert 0.62 <= hits / 60 <= 0.95


EXTREMES = st.floats(-7, 7).map(lambda power: 10.0**power)


@settings(max_examples=400)
@given(
    model=st.sampled_from(MODELS),
    params=st.tuples(EXTREMES, EXTREMES, EXTREMES, EXTREMES),
    history=st.one_of(
        st.sampled_from(HISTORIES),
        st.tuples(st.integers(1, 5000), st.floats(1e-3, 1000), st.floats(1000, 1e6)),
        st.tuples(st.just(0), st.just(0), st.floats(0, 1e6)),
    ),
    horizon=st.one_of(st.just(0.0), EXTREMES),
)
def test_every_prediction_is_finite_and_possible(
    model: buying.Model, params: Any, history: Any, horizon: float
) -> None:
    fit = fitted(model, params)
    expected = float(fit.expected_purchases(horizon, *history))
    order, active = float(fit.chance_of_order(horizon, *history)), float(fit.chance_active(*history))
    assert 0 <= order <= active <= 1
    assert np.isfinite(expected) and expected >= order * (1 - 1e-6)


@given(
    model=st.sampled_from(MODELS),
    params=st.sampled_from(CORNERS),
    history=st.sampled_from(HISTORIES),
    horizons=st.tuples(st.floats(0, 500), st.floats(0, 500)),
)
def test_a_longer_horizon_never_brings_fewer_orders(
    model: buying.Model, params: Any, history: Any, horizons: Any
) -> None:
    fit, (short, long) = fitted(model, params), sorted(horizons)
    assert fit.expected_purchases(short, *history) <= fit.expected_purchases(long, *history) * (1 + 1e-12)
    assert fit.chance_of_order(short, *history) <= fit.chance_of_order(long, *history) * (1 + 1e-12)


@pytest.mark.parametrize("days", [(80, 90), (10, 400)])
@pytest.mark.parametrize("model", MODELS)
def test_the_outlook_is_what_the_single_methods_say(model: buying.Model, days: Any) -> None:
    data = logs.simulate(20_000, 0.5, 20.0, 0.5, 2.0, 3, model == "mbg", days)
    fit = buying.fit(*data, model=model)
    assert fit.known is not None and (fit.known.place is not None) == (days == (80, 90))
    outlook = fit.outlook(28)
    assert outlook.expected_purchases == pytest.approx(fit.expected_purchases(28, *data), rel=1e-12)
    assert outlook.chance_of_order == pytest.approx(fit.chance_of_order(28, *data), rel=1e-12)
    assert outlook.chance_active == pytest.approx(fit.chance_active(*data), rel=1e-12)


def test_a_fit_without_customers_has_no_outlook() -> None:
    with pytest.raises(ValueError, match="does not know its customers"):
        fitted("mbg", CORNERS[0]).outlook(4)
    assert buying.fit([], [], [], prior=buying.WEAK_PRIOR).outlook(4).expected_purchases.shape == (0,)


def test_scalars_tables_and_any_order_give_the_same_numbers() -> None:
    x, t_x, T = logs.simulate(3000, 0.5, 10.0, 0.5, 2.0, 9, True, (10, 400))
    fit = buying.fit(x, t_x, T)
    together = fit.expected_purchases(28, x, t_x, T)
    apart = [float(fit.expected_purchases(28, *row)) for row in zip(x[:200], t_x[:200], T[:200], strict=True)]
    assert together[:200] == pytest.approx(np.array(apart), rel=1e-11)
    assert fit.expected_purchases(28, x[::-1], t_x[::-1], T[::-1])[::-1] == pytest.approx(together, rel=1e-12)
    assert fit.expected_purchases(28, [[1, 2]], [[3, 4]], 50).shape == (1, 2)
