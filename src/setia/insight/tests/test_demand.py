"""Counts, the demand model, calendar multipliers, and the back-test that decides."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from setia.insight import demand
from setia.insight.demand.counts import quantiles
from setia.insight.demand.model import learn

WEEK = np.array([0.6, 0.8, 0.9, 1.0, 1.2, 1.6, 0.9])


def shop(
    days: int = 364,
    level: float = 20.0,
    dispersion: float = 0.05,
    seed: int = 1,
    products: int = 3,
    multiplier: Any = None,
) -> Any:
    """Sales of products whose means differ by a factor, with a weekly pattern starting on weekday 0."""
    dice = np.random.default_rng(seed)
    mean = level * np.arange(1, products + 1)[:, None] * WEEK[np.arange(days) % 7]
    if multiplier is not None:
        mean = mean * multiplier
    return dice.poisson(mean * dice.gamma(1 / dispersion, dispersion, mean.shape)).astype(float)


@settings(max_examples=300)
@given(st.floats(0, 300), st.floats(0, 3), st.floats(0.01, 0.99))
def test_quantiles_are_those_of_scipy(mean: float, dispersion: float, share: float) -> None:
    found = quantiles([share], mean, dispersion)[0]
    if dispersion < 1e-6:
        cumulative = stats.poisson(mean).cdf
    else:
        cumulative = stats.nbinom(1 / dispersion, 1 / (1 + dispersion * mean)).cdf
    assert cumulative(found) >= share - 1e-6
    assert found == 0 or cumulative(found - 1) < share + 1e-6


def test_quantiles_of_large_means_and_of_tables() -> None:
    assert quantiles([0.5], 1e6, 0.0)[0] == pytest.approx(1e6, rel=1e-3)
    assert quantiles([0.9], 1e4, 0.5)[0] == pytest.approx(stats.nbinom(2, 1 / 5001).ppf(0.9), rel=0.03)
    table = quantiles([0.8], [[0, 5], [50, 500]], [[0.1], [0.2]])[0]
    one_by_one = [[float(quantiles([0.8], m, d)[0]) for m in row] for row, d in (((0, 5), 0.1), ((50, 500), 0.2))]
    assert table.tolist() == one_by_one


def test_the_model_learns_level_weekdays_and_dispersion() -> None:
    sales = shop(days=700, products=2)
    ahead = demand.forecast(sales, 0, 14, method="model")
    assert ahead.model.level == pytest.approx([20, 40], rel=0.1)
    factors = ahead.model.weekday.mean(axis=0)
    assert np.corrcoef(factors, WEEK)[0, 1] > 0.9
    assert (np.abs(factors - 1) < np.abs(WEEK - 1) + 0.12).all()  # shrunk towards 1
    assert 0.01 < ahead.model.dispersion.mean() < 0.15


def test_quantiles_cover_as_often_as_they_say() -> None:
    hits: dict[float, list[float]] = {0.5: [], 0.8: [], 0.9: []}
    for seed in range(40):
        sales = shop(days=210, seed=seed)
        ahead = demand.forecast(sales[:, :196], 0, 14, method="model")
        for share, values in ahead.quantiles.items():
            hits[share].append((sales[:, 196:] <= values).mean())
    for share, found in hits.items():
        assert np.mean(found) == pytest.approx(share, abs=0.06)


def test_a_recent_level_counts_more() -> None:
    sales = np.concatenate([np.full((1, 140), 10.0), np.full((1, 56), 30.0)], axis=1)
    assert 24 < demand.forecast(sales, 0, 7, method="model").mean.mean() < 30


def test_one_past_event_is_enough_to_move_the_owners_guess() -> None:
    events = np.zeros(371, int)
    events[200:204] = 1
    events[364:368] = 1
    multiplier = np.where(events[:364] == 1, 4.0, 1.0)
    sales = shop(multiplier=multiplier)
    ahead = demand.forecast(sales, 0, 7, events=events, owner={1: 2.0}, method="model")
    learned = ahead.model.multiplier[:, 1]
    assert ((learned > 2.8) & (learned < 5)).all()
    assert ahead.mean[:, :4].mean() > 2.5 * ahead.model.level.mean() * WEEK[:4].mean()
    # Nothing seen yet: the owner's word stands.
    fresh = demand.forecast(sales[:, :100], 0, 7, events=np.r_[np.zeros(100, int), np.full(7, 1)], owner={1: 2.0})
    assert fresh.model.multiplier[:, 1] == pytest.approx(2.0)


def test_events_leave_the_ordinary_level_alone() -> None:
    events = np.zeros(364 + 7, int)
    events[350:357] = 1
    boosted = shop(multiplier=np.where(events[:364] == 1, 10.0, 1.0))
    plain = demand.forecast(shop(), 0, 7, method="model").model.level
    assert demand.forecast(boosted, 0, 7, events=events, method="model").model.level == pytest.approx(plain, rel=0.1)


def test_closed_days_sell_nothing_and_teach_nothing() -> None:
    sales = shop()
    events = np.zeros(378, int)
    events[6::7] = demand.CLOSED
    shut = sales.copy()
    shut[:, 6::7] = 0
    ahead = demand.forecast(shut, 0, 14, events=events, method="model")
    assert (ahead.mean[:, 6::7] == 0).all() and (ahead.quantiles[0.9][:, 6::7] == 0).all()
    missing = shut.copy()
    missing[:, 6::7] = np.nan
    assert (demand.forecast(missing, 0, 14, events=events, method="model").mean == ahead.mean).all()


def test_preorders_are_a_floor() -> None:
    floor = np.zeros((3, 7))
    floor[1, 2] = 500
    ahead = demand.forecast(shop(), 0, 7, preorders=floor)
    assert ahead.mean[1, 2] == 500 and ahead.quantiles[0.5][1, 2] == 500
    assert ahead.mean[0, 2] < 100


def test_the_model_wins_where_it_should() -> None:
    result = demand.backtest(shop(), 0)
    assert result.origins == 4 and result.best == "model"
    assert result.scores["model"].pinball < result.scores["last week"].pinball
    assert result.scores["model"].mase < 1


def test_it_steps_back_where_the_model_loses() -> None:
    # Demand jumps every four weeks: the last week knows, a level smoothed over months does not.
    dice = np.random.default_rng(3)
    level = np.where(np.arange(364) // 28 % 2, 60.0, 10.0)
    sales = np.array([dice.poisson(level * WEEK[np.arange(364) % 7]) for _ in range(3)], float)
    result = demand.backtest(sales, 0, horizon=7, origins=12)
    assert result.best != "model"
    chosen = demand.forecast(sales, 0, 7)
    assert chosen.method in result.scores and chosen.mean.shape == (3, 7)


def test_a_short_history_gets_no_score_but_a_forecast() -> None:
    result = demand.backtest(shop(days=40), 0)
    assert (result.scores, result.best) == ({}, "model")
    assert np.isfinite(demand.forecast(shop(days=3), 0, 7).mean).all()


@settings(max_examples=60)
@given(
    rows=st.lists(st.lists(st.sampled_from([0.0, 1.0, 7.0, 400.0, np.nan]), min_size=45, max_size=45), max_size=3),
    first=st.integers(0, 6),
    events=st.lists(st.sampled_from([-1, 0, 0, 0, 1, 2]), min_size=52, max_size=52),
)
def test_any_history_gets_a_finite_forecast(rows: Any, first: Any, events: Any) -> None:
    sales = np.array(rows, float).reshape(len(rows), 45)
    ahead = demand.forecast(sales, first, 7, events=events, owner={2: 3.0})
    assert ahead.mean.shape == (len(rows), 7) and np.isfinite(ahead.mean).all() and (ahead.mean >= 0).all()
    assert (ahead.quantiles[0.5] <= ahead.quantiles[0.8]).all() and (ahead.quantiles[0.8] <= ahead.quantiles[0.9]).all()


def test_scores_are_those_one_would_compute_by_hand() -> None:
    sales = shop(days=98, products=1)
    result = demand.backtest(sales, 0, horizon=14, origins=1)
    scale = np.abs(sales[0, 7:84] - sales[0, :77]).mean()
    naive = demand.forecast(sales[:, :84], 0, 14, method="last week")
    assert naive.mean[0] == pytest.approx(np.tile(sales[0, 77:84], 2))
    assert result.scores["last week"].mase == pytest.approx(
        np.abs(sales[0, 84:] - naive.quantiles[0.5][0]).mean() / scale
    )
    loss = [
        np.where(sales[0, 84:] > found[0], share, share - 1) * (sales[0, 84:] - found[0])
        for share, found in naive.quantiles.items()
    ]
    assert result.scores["last week"].pinball == pytest.approx(np.mean(loss) / scale)


def test_the_model_needs_no_sales_at_all() -> None:
    model = learn(np.full((2, 10), np.nan), np.arange(10, dtype=np.int32) % 7, np.zeros(10, np.int32), np.ones(1))
    assert model.level.tolist() == [0, 0] and (model.weekday == 1).all()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: demand.forecast([1, 2], 0, 7), "a table"),
        (lambda: demand.forecast([[-1.0]], 0, 7), "zero or more"),
        (lambda: demand.forecast([[np.inf]], 0, 7), "zero or more"),
        (lambda: demand.forecast([[1.0]], 7, 7), "first_weekday"),
        (lambda: demand.forecast([[1.0]], 0, -1), "horizon"),
        (lambda: demand.forecast([[1.0]], 0, 2, events=[0, 0]), "per day"),
        (lambda: demand.forecast([[1.0]], 0, 1, events=[0, -2]), "from -1"),
        (lambda: demand.forecast([[1.0]], 0, 1, owner={0: 2.0}), "owner"),
        (lambda: demand.forecast([[1.0]], 0, 1, owner={1: -2.0}), "owner"),
        (lambda: demand.forecast([[1.0]], 0, 1, preorders=[[1.0, 2.0]]), "preorders"),
        (lambda: demand.forecast([[1.0]], 0, 1, method="magic"), "method"),
        (lambda: quantiles([0.5], -1, 0), "zero or more"),
        (lambda: quantiles([1.0], 1, 0), "share"),
    ],
)
def test_impossible_input_is_refused(call: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
