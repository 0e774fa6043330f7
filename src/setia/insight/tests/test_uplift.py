"""Drawing hold-outs, comparing arms, pooling campaigns, and the table of detectable effects."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from setia.insight import uplift

# Percentage points for hold-outs of 10 / 20 / 50 %, base rates 5, 10, 20, 35 %.
TABLE = {
    50: ("49/36/27", "51/39/30", "53/42/33", "50/41/34"),
    100: ("33/23/17", "36/26/20", "39/29/23", "39/30/25"),
    200: ("22/15/11", "25/17/13", "27/20/16", "28/22/17"),
    500: ("12/8/6", "14/10/8", "17/12/10", "18/14/11"),
    1000: ("8/5/4", "10/7/5", "12/9/7", "13/10/8"),
    2000: ("5/4/3", "6/5/4", "8/6/5", "9/7/5"),
}


@pytest.mark.parametrize("customers", TABLE)
def test_detectable_effects_are_those_of_the_printed_table(customers: int) -> None:
    for base, row in zip((0.05, 0.1, 0.2, 0.35), TABLE[customers], strict=True):
        for share, points in zip((0.1, 0.2, 0.5), row.split("/"), strict=True):
            found = 100 * uplift.detectable_effect(customers, base, share)
            assert found == pytest.approx(int(points), abs=1.0)


@given(st.integers(4, 5000), st.floats(0.02, 0.9), st.floats(0.05, 0.95), st.floats(0, 0.9))
def test_more_customers_and_better_predictions_notice_smaller_effects(
    customers: int, base: float, share: float, explained: float
) -> None:
    effect = uplift.detectable_effect(customers, base, share, explained)
    assert 0 < effect <= 1 - base
    assert uplift.detectable_effect(2 * customers, base, share, explained) <= effect + 1e-9
    assert uplift.detectable_effect(customers, base, share, 0.95) <= effect + 1e-9


def test_the_promised_power_is_kept() -> None:
    effect = uplift.detectable_effect(1000, 0.2, 0.25)
    dice = np.random.default_rng(6)
    held = dice.binomial(250, 0.2, 20_000) / 250
    treated = dice.binomial(750, 0.2 + effect, 20_000) / 750
    mean = 0.25 * held + 0.75 * treated
    noticed = (treated - held) / np.sqrt(mean * (1 - mean) * (1 / 250 + 1 / 750)) > stats.norm.ppf(0.95)
    assert noticed.mean() == pytest.approx(0.8, abs=0.02)


def test_small_audiences_hold_out_more() -> None:
    assert [uplift.holdout_share(n) for n in (10, 199, 200, 999, 1000)] == [0.5, 0.5, 0.25, 0.25, 0.1]


@given(st.lists(st.floats(0, 1), max_size=120), st.integers(0, 2**32), st.floats(0.05, 0.95), st.integers(1, 6))
def test_hold_outs_are_drawn_evenly_over_the_strata(expected: Any, seed: int, share: float, strata: int) -> None:
    held = uplift.assign(expected, seed, share, strata)
    assert (held == uplift.assign(expected, seed, share, strata)).all()
    assert abs(held.sum() - share * len(expected)) <= 0.5 + 1e-9
    # Whatever the draw, the least promising half holds about its share: at most one off per stratum.
    order = np.argsort(expected, kind="stable")
    if len(set(expected)) == len(expected) and strata > 1:
        lowest = np.array_split(order, strata)[0]
        assert abs(held[lowest].sum() - share * len(lowest)) <= 1


def test_everybody_is_held_out_equally_often() -> None:
    expected = np.repeat([0.1, 0.1, 0.9], 20)
    often = np.mean([uplift.assign(expected, seed, 0.25) for seed in range(2000)], axis=0)
    assert often == pytest.approx(0.25, abs=0.06)
    assert not (uplift.assign(expected, 1) == uplift.assign(expected, 2)).all()


def test_the_comparison_is_welch_without_predictions() -> None:
    dice = np.random.default_rng(1)
    y, held = dice.poisson(1.0, 300).astype(float), dice.random(300) < 0.3
    lift = uplift.compare(y, held)
    welch = stats.ttest_ind(y[~held], y[held], equal_var=False)
    assert lift.effect == pytest.approx(y[~held].mean() - y[held].mean())
    assert lift.effect / lift.error == pytest.approx(welch.statistic)
    assert lift.high - lift.effect == pytest.approx(stats.norm.ppf(0.9) * lift.error)
    assert (lift.treated, lift.held_out, lift.worth) == (int((~held).sum()), int(held.sum()), 1.0)


def test_predictions_narrow_the_interval_and_keep_the_effect() -> None:
    dice = np.random.default_rng(2)
    plain, adjusted = [], []
    for _ in range(200):
        usual = dice.gamma(1.0, 1.0, 400)
        held = dice.random(400) < 0.5
        y = dice.poisson(usual + 0.3 * ~held).astype(float)
        plain.append(uplift.compare(y, held))
        adjusted.append(uplift.compare(y, held, usual))
    assert np.mean([lift.effect for lift in adjusted]) == pytest.approx(0.3, abs=0.03)
    assert np.std([lift.effect for lift in adjusted]) < 0.85 * np.std([lift.effect for lift in plain])
    assert np.mean([lift.worth for lift in adjusted]) > 1.4
    covered = np.mean([lift.low <= 0.3 <= lift.high for lift in adjusted])
    assert covered == pytest.approx(0.8, abs=0.08)


def test_nothing_happened_anywhere() -> None:
    lift = uplift.compare(np.zeros(10), np.arange(10) < 5, np.ones(10))
    assert (lift.effect, lift.error, lift.chance_positive) == (0, 0, 0.5)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_rates_with_any_counts(yes: Any, no: Any, other_yes: Any, other_no: Any) -> None:
    lift = uplift.compare_rates(yes, yes + no, other_yes, other_yes + other_no)
    swapped = uplift.compare_rates(other_yes, other_yes + other_no, yes, yes + no)
    assert -1 < lift.low <= lift.effect <= lift.high < 1 and 0 <= lift.chance_positive <= 1
    assert lift.chance_positive == pytest.approx(1 - swapped.chance_positive, abs=1e-9)


@pytest.mark.parametrize("counts", [(30, 100, 20, 100), (3, 9, 0, 9), (400, 2000, 35, 200), (0, 0, 0, 0)])
def test_rates_agree_with_a_large_draw(counts: Any) -> None:
    dice = np.random.default_rng(9)
    yes, n, other_yes, m = counts
    draws = dice.beta(1 + yes, 1 + n - yes, 2_000_000) - dice.beta(1 + other_yes, 1 + m - other_yes, 2_000_000)
    lift = uplift.compare_rates(*counts)
    assert lift.chance_positive == pytest.approx((draws > 0).mean(), abs=2e-3)
    assert [lift.low, lift.effect, lift.high] == pytest.approx(np.quantile(draws, [0.1, 0.5, 0.9]), abs=2e-3)
    assert lift.error == pytest.approx(draws.std(), rel=0.01)


def test_pooling_tempers_the_lucky_campaign() -> None:
    found = uplift.pool([0.02, 0.09, 0.03, 0.01], [0.05, 0.05, 0.02, 0.02])
    assert found.spread == 0  # the differences are what chance alone would bring
    assert found.effects == pytest.approx(found.effect) and 0.01 < found.effect < 0.04
    apart = uplift.pool([0.0, 0.3], [0.01, 0.01])
    assert apart.effects == pytest.approx([0.0, 0.3], abs=0.001) and apart.spread == pytest.approx(0.212, abs=0.01)
    single = uplift.pool([0.1], [0.05])
    assert (single.effect, single.error) == pytest.approx((0.1, 0.05))
    assert single.high[0] - 0.1 == pytest.approx(stats.norm.ppf(0.9) * 0.05)


def test_pooling_recovers_what_campaigns_of_one_kind_do() -> None:
    dice = np.random.default_rng(12)
    true = dice.normal(0.05, 0.03, 400)
    errors = dice.uniform(0.01, 0.06, 400)
    found = uplift.pool(true + dice.normal(0, errors), errors)
    assert found.effect == pytest.approx(0.05, abs=0.008) and found.spread == pytest.approx(0.03, abs=0.008)
    assert ((found.low <= true) & (true <= found.high)).mean() == pytest.approx(0.8, abs=0.07)
    assert np.square(found.effects - true).mean() < np.square(errors).mean() / 2


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: uplift.assign([np.nan], 1), "one number per customer"),
        (lambda: uplift.assign([0.5], 1, 0.0), "share"),
        (lambda: uplift.assign([0.5], 1, 0.5, 0), "stratum"),
        (lambda: uplift.compare([1, 2, 3], [True, False, False]), "two customers"),
        (lambda: uplift.compare([1, 2], [True, False, False]), "same length"),
        (lambda: uplift.compare([1, 2, 3, 4], [1, 1, 0, 0], [1]), "expected"),
        (lambda: uplift.compare_rates(3, 2, 1, 2), "as many customers"),
        (lambda: uplift.compare_rates(1, 2, 1, 2, (0, 1)), "more than zero"),
        (lambda: uplift.pool([], []), "at least one"),
        (lambda: uplift.pool([1.0], [0.0]), "more than zero"),
        (lambda: uplift.detectable_effect(100, 0.0), "base_rate"),
    ],
)
def test_impossible_input_is_refused(call: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()


# --- Campaigns whose effect is known (`bench/lift.py`, smaller) -------------------------------------------------------


def campaigns(customers: int, truth: float, times: int = 400) -> list[uplift.Lift]:
    """Simulated ones: a fifth orders anyway, people differ, the message wins `truth` of everybody written to."""
    dice = np.random.default_rng((7, customers, round(100 * truth)))
    found = []
    for seed in range(times):
        chance = dice.beta(1.2, 4.8, customers)
        held = uplift.assign(chance, seed)
        won = (dice.random(customers) < truth / 0.8) & ~held
        yes = (dice.random(customers) < chance) | won
        arms = (int(yes[~held].sum()), int((~held).sum()), int(yes[held].sum()), int(held.sum()))
        found.append(uplift.compare_rates(*arms))
    return found


@pytest.mark.parametrize("customers", [200, 1000])
def test_messages_that_do_nothing_are_seldom_said_to_help(customers: int) -> None:
    found = campaigns(customers, 0.0)
    assert np.mean([one.chance_positive > 0.9 for one in found]) <= 0.13
    assert np.mean([one.low <= 0 <= one.high for one in found]) >= 0.75


def test_five_points_are_seen_more_often_by_more_customers_and_look_larger_than_they_are() -> None:
    few, many = (campaigns(customers, 0.05) for customers in (200, 2000))
    sure_few, sure_many = ([one for one in found if one.chance_positive > 0.9] for found in (few, many))
    assert 0.1 < len(sure_few) / len(few) < 0.4 < len(sure_many) / len(many)
    assert np.mean([one.effect for one in sure_few]) > np.mean([one.effect for one in sure_many]) > 0.05
    assert np.mean([one.low <= 0.05 <= one.high for one in few + many]) >= 0.75
