"""Published optima, agreement with SciPy and with Monte Carlo, degenerate shops, properties."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import gammaln, hyp2f1, logsumexp

from setia.insight import buying
from setia.insight.buying.likelihood import evaluate
from setia.insight.buying.patterns import check, pack
from setia.insight.tests import logs

MODELS = ("bg", "mbg")
PUBLISHED = {
    "bg": (-9582.4292, (0.242595, 4.413602, 0.792922, 2.425907)),
    "mbg": (-9582.1357, (0.524843, 6.183085, 0.891359, 1.614002)),
}
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


def fitted(model, params):
    """A Fit with chosen parameters."""
    return buying.Fit(model, buying.Params(*params), 0.0, np.eye(4) * 0.01, 100, True, False)


# --- published numbers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS)
def test_cdnow_gives_the_published_optimum(model):
    fit = buying.fit(*logs.cdnow_weeks(), model=model)
    value, params = PUBLISHED[model]
    assert fit.log_likelihood == pytest.approx(value, abs=1e-3)
    assert fit.params == pytest.approx(params, rel=1e-4)
    assert fit.converged and not fit.at_boundary and fit.customers == 2357


def test_expected_purchases_of_the_example_in_the_paper():
    fit = buying.fit(*logs.cdnow_weeks(), model="bg")
    assert fit.expected_purchases(39, 2, 30.43, 38.86) == pytest.approx(1.226, abs=1e-3)


# --- the likelihood ---------------------------------------------------------------------------------------------------


def textbook_log_likelihood(model, params, x, t_x, T):
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
def test_value_is_that_of_the_textbook(model, params):
    x, t_x, T = logs.simulate(300, 0.5, 20.0, 0.5, 2.0, 7, model == "mbg", (10, 200))
    packed = pack(check(x, t_x, T), with_one_timers=model == "mbg")
    value = evaluate(np.log(params), packed, model == "mbg")[0]
    assert value == pytest.approx(textbook_log_likelihood(model, params, x, t_x, T), rel=1e-10)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("params", CORNERS)
def test_gradient_and_hessian_are_those_of_the_value(model, params):
    x, t_x, T = logs.simulate(300, 0.5, 20.0, 0.5, 2.0, 8, model == "mbg", (10, 200))
    packed = pack(check(x, t_x, T), with_one_timers=model == "mbg")
    point, step = np.log(params), 1e-5
    _, gradient, hessian = evaluate(point, packed, model == "mbg")
    for place in range(4):
        up, down = (evaluate(point + side * step * np.eye(4)[place], packed, model == "mbg") for side in (1, -1))
        assert gradient[place] == pytest.approx((up[0] - down[0]) / (2 * step), rel=1e-5, abs=1e-3)
        assert hessian[place] == pytest.approx((up[1] - down[1]) / (2 * step), rel=1e-5, abs=1e-3)


@pytest.mark.parametrize("model", MODELS)
def test_counting_equal_histories_changes_nothing(model):
    x, t_x, T = logs.simulate(20_000, 0.5, 20.0, 0.5, 2.0, 3, model == "mbg", (80, 90))
    counted = pack(check(x, t_x, T), with_one_timers=model == "mbg")
    one_by_one = pack(check(x, t_x / np.pi, T / np.pi), with_one_timers=model == "mbg")
    assert counted.weight is not None and one_by_one.weight is None
    point = np.log([0.4, 15.0, 0.6, 1.8])
    scaled = point - [0, np.log(np.pi), 0, 0]
    value, gradient, hessian = evaluate(point, counted, model == "mbg")
    other = evaluate(scaled, one_by_one, model == "mbg")
    assert value == pytest.approx(other[0] - x.sum() * np.log(np.pi), rel=1e-12)
    assert gradient == pytest.approx(other[1], rel=1e-9)
    assert hessian == pytest.approx(other[2], rel=1e-9)


@pytest.mark.parametrize("model", MODELS)
def test_a_large_shop_returns_the_parameters_it_was_made_with(model):
    true = (0.5, 30.0, 0.6, 2.0)
    data = logs.simulate(60_000, *true, seed=11, first_may_be_last=model == "mbg", days=(30, 730))
    fit = buying.fit(*data, model=model)
    deviation = np.sqrt(np.diag(fit.covariance))
    assert fit.converged
    # Days are rounded up, which the model does not know: allow for that beside four standard deviations.
    assert np.abs(np.log(fit.params) - np.log(true)) == pytest.approx(0, abs=float(4 * deviation.max() + 0.05))


def test_days_and_weeks_are_the_same_shop():
    x, t_x, T = logs.simulate(400, 0.5, 20.0, 0.5, 2.0, 5, True, (30, 300))
    days = buying.fit(x, t_x, T, prior=buying.WEAK_PRIOR.in_unit(1 / 7))
    weeks = buying.fit(x, t_x / 7, T / 7, prior=buying.WEAK_PRIOR)
    assert days.params.alpha == pytest.approx(7 * weeks.params.alpha, rel=1e-5)
    assert days.expected_purchases(28, x, t_x, T) == pytest.approx(
        weeks.expected_purchases(4, x, t_x / 7, T / 7), rel=1e-4
    )


# --- predictions ------------------------------------------------------------------------------------------------------


def textbook_expectation(model, params, horizon, x, t_x, T):
    """Expected orders by SciPy's 2F1 (FHL 2005 eq. 10; for MBG b is one higher), NaN where that fails."""
    r, alpha, a, b = params
    b = b + (model == "mbg")
    odds = 0.0 if model == "bg" and x == 0 else a / (b + x - 1) * ((alpha + T) / (alpha + t_x)) ** (r + x)
    z = horizon / (alpha + T + horizon)
    series = hyp2f1(a + b - 1 - r, a - 1, a + b + x - 1, z)
    return (a + b + x - 1) / (a - 1) * (1 - (1 - z) ** (a - 1) * series) / (1 + odds)


@pytest.mark.parametrize("model", MODELS)
def test_cdnow_predictions_agree_with_scipy(model):
    data = logs.cdnow_weeks()
    fit = buying.fit(*data, model=model)
    expected = fit.expected_purchases(39, *data)
    assert np.isfinite(expected).all()
    reference = [textbook_expectation(model, fit.params, 39, *row) for row in zip(*data, strict=True)]
    assert expected == pytest.approx(np.array(reference), rel=1e-9)


@settings(max_examples=300, deadline=None)
@given(
    model=st.sampled_from(MODELS),
    params=st.tuples(*[st.floats(lo, hi) for lo, hi in ((0.05, 5), (0.1, 50), (0.05, 5), (0.05, 20))]),
    x=st.integers(0, 60),
    times=st.tuples(st.floats(0.1, 1), st.floats(0.1, 100)),
    horizon=st.floats(0.1, 200),
)
def test_expectation_agrees_with_scipy(model, params, x, times, horizon):
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
def test_series_and_quadrature_are_the_same_function(model, power):
    from setia.insight.buying.future import _quadrature, _series

    y, stay, stretch = np.array([0.2, 1.2, 7.5, 30.2]), np.array([0.4, 1.4, 7.7, 30.4]), np.array([1e-3, 0.1, 1.0, 6.0])
    for a in (0.05, 0.4, 1.0, 3.0):
        assert _quadrature(y, stay, a, stretch, power) == pytest.approx(_series(y, stay, a, stretch, power), rel=1e-11)


def monte_carlo(model, params, horizon, x, t_x, T, seed):
    """Orders within `horizon` of 400,000 customers with this history: parameters drawn from their posterior."""
    r, alpha, a, b = params
    dice, draws = np.random.default_rng(seed), 400_000
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


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("params", CORNERS)
@pytest.mark.parametrize("history", HISTORIES[:5])
def test_predictions_agree_with_monte_carlo(model, params, history):
    fit = fitted(model, params)
    orders = monte_carlo(model, params, 26, *history, seed=19)
    error = 5 * orders.std() / np.sqrt(len(orders)) + 2e-5
    assert fit.expected_purchases(26, *history) == pytest.approx(orders.mean(), abs=error)
    assert fit.chance_of_order(26, *history) == pytest.approx((orders > 0).mean(), abs=5e-3)


def test_variance_of_the_total_is_that_of_monte_carlo():
    fit = buying.Fit("mbg", buying.Params(*CORNERS[0]), 0.0, np.zeros((4, 4)), 100, True, False)
    histories = [(2, 30.43, 38.86), (10, 39, 39), (0, 0, 20)]
    total = sum(monte_carlo("mbg", CORNERS[0], 26, *history, seed=23 + i) for i, history in enumerate(histories))
    mine = fit.total_purchases(26, *np.array(histories).T, coverage=0.8)
    assert mine.expected == pytest.approx(total.mean(), rel=0.01)
    assert [mine.low, mine.high] == pytest.approx(np.quantile(total, [0.1, 0.9]), abs=0.75)


@pytest.mark.parametrize("model", MODELS)
def test_doubt_about_the_parameters_widens_the_interval(model):
    data = logs.cdnow_weeks()
    fit = buying.fit(*data, model=model)
    sure = buying.Fit(model, fit.params, fit.log_likelihood, np.zeros((4, 4)), fit.customers, True, False)
    unsure, surer = fit.total_purchases(39, *data), sure.total_purchases(39, *data)
    assert unsure.low < surer.low < surer.expected < surer.high < unsure.high


def test_interval_covers_as_often_as_it_says():
    hits = 0
    for seed in range(60):
        x, t_x, T = logs.simulate(150, 0.6, 20.0, 0.5, 2.5, seed, True, (60, 240))
        fit = buying.fit(x, t_x, T, prior=buying.WEAK_PRIOR.in_unit(1 / 7))
        total = fit.total_purchases(56, x, t_x, T)
        actual = _future(seed, x, t_x, T)
        hits += total.low <= actual <= total.high
    assert 0.62 <= hits / 60 <= 0.95


def _future(seed, x, t_x, T):
    """The next 56 days of the shop of the test above, drawn from the true posterior of each customer."""
    return sum(
        _one_future(np.random.default_rng([seed, i]), int(x[i]), float(t_x[i]), float(T[i])) for i in range(len(x))
    )


def _one_future(dice, x, t_x, T):
    r, alpha, a, b = 0.6, 20.0, 0.5, 2.5
    odds = a / (b + x) * ((alpha + T) / (alpha + t_x)) ** (r + x)
    if dice.random() >= 1 / (1 + odds):
        return 0
    rate, stop, clock, orders = dice.gamma(r + x, 1 / (alpha + T)), dice.beta(a, b + x + 1), 0.0, 0
    while (clock := clock + dice.exponential(1 / rate)) < 56:
        orders += 1
        if dice.random() < stop:
            break
    return orders


EXTREMES = st.floats(-7, 7).map(lambda power: 10.0**power)


@settings(max_examples=400, deadline=None)
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
def test_every_prediction_is_finite_and_possible(model, params, history, horizon):
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
def test_a_longer_horizon_never_brings_fewer_orders(model, params, history, horizons):
    fit, (short, long) = fitted(model, params), sorted(horizons)
    assert fit.expected_purchases(short, *history) <= fit.expected_purchases(long, *history) * (1 + 1e-12)
    assert fit.chance_of_order(short, *history) <= fit.chance_of_order(long, *history) * (1 + 1e-12)


def test_scalars_tables_and_any_order_give_the_same_numbers():
    x, t_x, T = logs.simulate(3000, 0.5, 10.0, 0.5, 2.0, 9, True, (10, 400))
    fit = buying.fit(x, t_x, T)
    together = fit.expected_purchases(28, x, t_x, T)
    apart = [float(fit.expected_purchases(28, *row)) for row in zip(x[:200], t_x[:200], T[:200], strict=True)]
    assert together[:200] == pytest.approx(np.array(apart), rel=1e-11)
    assert fit.expected_purchases(28, x[::-1], t_x[::-1], T[::-1])[::-1] == pytest.approx(together, rel=1e-12)
    assert fit.expected_purchases(28, [[1, 2]], [[3, 4]], 50).shape == (1, 2)


# --- degenerate shops -------------------------------------------------------------------------------------------------

SHOPS = {
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
def test_with_a_prior_every_shop_gets_a_usable_fit(model, shop):
    data = SHOPS[shop]
    fit = buying.fit(*data, model=model, prior=buying.WEAK_PRIOR)
    assert fit.converged and not fit.at_boundary
    assert np.isfinite([*fit.params, fit.log_likelihood, *fit.covariance.flat]).all()
    assert (np.linalg.eigvalsh(fit.covariance) > 0).all()
    for history in HISTORIES:
        assert 0 <= fit.expected_purchases(8, *history) < 1000
    total = fit.total_purchases(8, *data)
    assert 0 <= total.low <= total.expected <= total.high < np.inf


def test_without_customers_the_fit_is_the_prior():
    fit = buying.fit([], [], [], prior=buying.WEAK_PRIOR)
    assert np.log(fit.params) == pytest.approx(buying.WEAK_PRIOR.log_parameters)
    assert fit.log_likelihood == pytest.approx(0, abs=1e-9) and fit.customers == 0


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("shop", [name for name in SHOPS if name != "nobody yet"])
def test_without_a_prior_nothing_blows_up(model, shop):
    fit = buying.fit(*SHOPS[shop], model=model)
    assert np.isfinite([*fit.params, fit.log_likelihood, *fit.covariance.flat]).all()
    assert np.isfinite(fit.expected_purchases(8, *SHOPS[shop])).all()


def test_a_shop_without_returns_is_marked_when_no_prior_helps():
    assert buying.fit(*SHOPS["nobody came back"], model="bg").at_boundary


@settings(max_examples=60, deadline=None)
@given(
    model=st.sampled_from(MODELS),
    rows=st.lists(st.tuples(st.integers(0, 500), st.integers(1, 300), st.integers(0, 300)), max_size=40),
)
def test_with_a_prior_any_shop_gets_a_usable_fit(model, rows):
    data = [(x, first if x else 0, first + more) for x, first, more in rows]
    x, t_x, T = (np.array([row[i] for row in data]) for i in range(3))
    fit = buying.fit(x, t_x, T, model=model, prior=buying.WEAK_PRIOR)
    assert fit.converged and not fit.at_boundary
    assert np.isfinite(fit.expected_purchases(8, x, t_x, T)).all()


# --- input that cannot be ---------------------------------------------------------------------------------------------


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
def test_impossible_input_is_refused_in_plain_words(data, words):
    with pytest.raises(ValueError, match=words):
        buying.fit(*data)


def test_other_arguments_are_checked_too():
    fit = fitted("mbg", CORNERS[0])
    for wrong in (-1, np.nan, np.inf):
        with pytest.raises(ValueError, match="horizon"):
            fit.expected_purchases(wrong, 1, 2, 3)
    with pytest.raises(ValueError, match="model"):
        buying.fit([1], [1], [2], model="pnbd")
    with pytest.raises(ValueError, match="at least one"):
        buying.fit([], [], [])
    with pytest.raises(ValueError, match="coverage"):
        fit.total_purchases(4, 1, 2, 3, coverage=1)
    with pytest.raises(ValueError, match="weeks"):
        buying.WEAK_PRIOR.in_unit(0)
