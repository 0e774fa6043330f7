"""Gaps out of a log, the shop's rhythm, what may be said about one customer, who comes back."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import betainc, gammaln

from setia.insight import rhythm
from setia.insight.gaps import find_gaps, find_waits
from setia.insight.rhythm import Evidence

LOGS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 200)), max_size=80)


def shop(customers: int = 400, r: float = 2.0, alpha: float = 40.0, days: int = 365, seed: int = 1) -> Any:
    """A log in which gaps follow the model exactly (rounded up to days)."""
    dice = np.random.default_rng(seed)
    who, when = [], []
    for number, rate in enumerate(dice.gamma(r, 1 / alpha, customers)):
        day = float(dice.integers(0, 60))
        while day < days:
            who.append(number)
            when.append(int(day))
            day = np.floor(day) + np.ceil(dice.exponential(1 / rate))
    return np.array(who), np.array(when)


@given(LOGS, st.lists(st.integers(0, 200), max_size=20), st.integers(150, 220))
def test_gaps_are_those_one_would_count_by_hand(log: Any, closed: Any, until: Any) -> None:
    log = [(who, day) for who, day in log if day <= until]
    columns = np.array(log, int).reshape(-1, 2).T
    found = find_gaps(*columns, until=until, customers=7, closed=closed)
    shut = set(closed)
    lengths = []
    for who in range(7):
        days = sorted({day for other, day in log if other == who})
        own = [sum(day not in shut for day in range(a + 1, b + 1)) for a, b in zip(days, days[1:], strict=False)]
        lengths += own
        assert found.count[who] == len(own) and found.total[who] == sum(own) and found.orders[who] == len(days)
        waiting = sum(day not in shut for day in range(days[-1] + 1, until + 1)) if days else 0
        assert found.waiting[who] == waiting
        mine = found.customer == who
        assert found.count_before[mine].tolist() == list(range(len(own)))
        assert found.total_before[mine].tolist() == [sum(own[:i]) for i in range(len(own))]
        ages = [sum(day not in shut for day in range(a + 1, until + 1)) for a in days[:-1]]
        assert found.age[mine].tolist() == ages
    assert found.length.tolist() == lengths
    summed = find_waits(*columns, until=until, customers=7, closed=closed)
    for name in ("count", "total", "waiting", "orders"):
        assert getattr(summed, name).tolist() == getattr(found, name).tolist()


def test_later_rows_are_left_out() -> None:
    who, when = shop(60)
    early = when <= 200
    some, all_rows = find_gaps(who[early], when[early], until=200, customers=60), find_gaps(who, when, until=200)
    assert some.length.tolist() == all_rows.length.tolist() and some.waiting.tolist() == all_rows.waiting.tolist()


def test_the_fit_recovers_the_rhythm_a_shop_was_made_with() -> None:
    dice = np.random.default_rng(4)
    rates = dice.gamma(2.0, 1 / 40.0, 20_000)
    count = dice.integers(0, 12, len(rates))
    total = np.where(count > 0, dice.gamma(np.maximum(count, 1)) / rates, 0.0)
    fitted = rhythm.fit(count, total)
    assert [fitted.r, fitted.alpha] == pytest.approx([2.0, 40.0], rel=0.05)
    assert fitted.gaps == count.sum() and fitted.customers == (count > 0).sum()


def test_derivatives_are_those_of_the_textbook_likelihood() -> None:
    dice = np.random.default_rng(4)
    n = dice.integers(1, 12, 50).astype(float)
    s = dice.gamma(n) * 20
    beyond = np.array([(n > j).sum() for j in range(int(n.max()))], float)

    def value(point: Any) -> Any:
        r, alpha = np.exp(point)
        return (gammaln(r + n) - gammaln(r) + r * np.log(alpha) - (r + n) * np.log(alpha + s)).sum()

    point, step = np.array([0.3, 3.0]), 1e-5
    mine, gradient, hessian = rhythm._log_likelihood(np.exp(point), n, s, beyond)
    assert mine == pytest.approx(value(point), rel=1e-12)
    for place, move in enumerate(np.eye(2) * step):
        assert gradient[place] == pytest.approx((value(point + move) - value(point - move)) / (2 * step), rel=1e-6)
        up, down = (rhythm._log_likelihood(np.exp(point + side * move), n, s, beyond)[1] for side in (1, -1))
        assert hessian[place] == pytest.approx((up - down) / (2 * step), rel=1e-5, abs=1e-4)


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, 400), st.floats(0, 1e4)), max_size=20))
def test_every_shop_gets_a_finite_rhythm(rows: Any) -> None:
    columns = np.array(rows, float).reshape(-1, 2).T
    fitted = rhythm.fit(columns[0], np.where(columns[0] > 0, columns[1], 0))
    assert np.isfinite([fitted.r, fitted.alpha, *fitted.covariance.flat]).all()
    assert fitted.r > 0 and fitted.alpha > 0


@pytest.mark.parametrize("gap", [0.0, 3.0, 40.0, 1000.0])
def test_chance_of_a_longer_gap_is_the_incomplete_beta(gap: float) -> None:
    fitted = rhythm.Rhythm(1.5, 30.0, np.eye(2), 10, 10)
    scale = 30.0 + 60
    reference = 1 - betainc(1, 1.5 + 4, gap / (gap + scale))
    assert fitted.chance_longer(gap, 4, 60) == pytest.approx(reference, rel=1e-12)


@given(st.floats(0, 0.999), st.integers(0, 50), st.floats(0, 5000))
def test_quantile_undoes_the_chance(share: float, count: Any, total: Any) -> None:
    fitted = rhythm.Rhythm(1.5, 30.0, np.eye(2), 10, 10)
    gap = fitted.quantile(share, count, total)
    assert fitted.chance_longer(gap, count, total) == pytest.approx(1 - share, rel=1e-9)


def test_the_usual_gap_is_a_mean_and_nan_where_there_is_none() -> None:
    fitted = rhythm.Rhythm(0.5, 30.0, np.eye(2), 10, 10)
    dice = np.random.default_rng(2)
    draws = dice.exponential(1 / dice.gamma(0.5 + 9, 1 / (30.0 + 100), 2_000_000))
    assert fitted.usual_gap(9, 100) == pytest.approx(draws.mean(), rel=5e-3)
    assert np.isnan(fitted.usual_gap(0, 0))


def test_chances_are_calibrated_on_gaps_not_seen() -> None:
    who, when = shop()
    half = find_gaps(who, when, until=10_000)
    fitted = rhythm.fit(half.count, half.total)
    known = half.count_before >= 2
    longer = fitted.chance_longer(half.length[known], half.count_before[known], half.total_before[known])
    for share in (0.1, 0.2, 0.5):
        assert (longer < share).mean() == pytest.approx(share, abs=0.03)


def test_thin_evidence_says_less() -> None:
    log = [(0, 0), (1, 0), (1, 10), (2, 0), (2, 10), (2, 20), (3, 0), (3, 9), (3, 20), (3, 31), (3, 40)]
    who, when = np.array(log).T
    found = find_gaps(who, when, until=400, customers=5)
    reading = rhythm.fit(found.count, found.total).read(found)
    assert reading.evidence.tolist() == [Evidence.NONE, Evidence.NONE, Evidence.RANGE, Evidence.FULL, Evidence.NONE]
    assert np.isnan(reading.usual[[0, 1, 4]]).all() and np.isfinite(reading.low[[2, 3]]).all()
    assert reading.late.tolist() == [False, False, False, True, False]
    assert np.isnan(reading.chance_longer[:3]).all() and 0 < reading.chance_longer[3] < 0.1
    assert reading.low[3] < reading.usual[3] < reading.high[3]


def test_closed_days_make_nobody_late() -> None:
    days = [0, 7, 14, 21, 28, 35]
    closed = range(36, 96)
    open_shop = find_gaps(np.zeros(6, int), days, until=95)
    shut_shop = find_gaps(np.zeros(6, int), days, until=95, closed=closed)
    fitted = rhythm.fit(open_shop.count, open_shop.total)
    assert fitted.read(open_shop).late[0] and not fitted.read(shut_shop).late[0]
    assert shut_shop.waiting[0] == 0


def test_comeback_counts_what_happened() -> None:
    # Ten customers with gaps of about a week; five of them stay away for 60 days and return, five stay away for good.
    who, when = [], []
    for number in range(10):
        days = [0, 7, 14, 21, 28] + ([88] if number < 5 else [])
        who += [number] * len(days)
        when += days
    found = find_gaps(who, when, until=300)
    fitted = rhythm.Rhythm(1.0, 7.0, np.eye(2), 10, 40)
    result = rhythm.comeback(found, fitted)
    late = result.levels.tolist().index(0.05)
    # Ten waits after day 28 got this late; the five that ended did so within eight weeks of becoming late. The five
    # who came back on day 88 have stayed away since, which makes five more waits.
    assert (result.reached[late], result.returned[late]) == (15, 5)
    overall = (result.returned.sum() + 1) / (result.reached.sum() + 2)
    assert result.rate[late] == pytest.approx((5 + 4 * overall) / (15 + 4))
    assert result.rate_of(0.03) == result.rate[late]
    assert result.rate_of([0.9, np.nan])[0] == result.rate[0] and np.isnan(result.rate_of([0.9, np.nan])[1])


def test_a_wait_counts_only_once_the_weeks_have_passed() -> None:
    days = [0, 7, 14, 21, 28]
    fitted = rhythm.Rhythm(1.0, 7.0, np.eye(2), 10, 40)
    mark = float(fitted.quantile(0.95, 4, 28))
    for until, expected in ((28 + int(mark) + 55, 0), (28 + int(mark) + 57, 1)):
        result = rhythm.comeback(find_gaps([0] * 5, days, until=until), fitted, levels=[0.05])
        assert result.reached[0] == expected and result.returned[0] == 0


def test_an_empty_shop_can_be_asked_too() -> None:
    found = find_gaps([], [], until=10, customers=0)
    result = rhythm.comeback(found, rhythm.fit(found.count, found.total))
    assert (result.rate == 0.5).all()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: rhythm.fit([1], [1, 2]), "same length"),
        (lambda: rhythm.fit([1.5], [3]), "whole numbers"),
        (lambda: rhythm.fit([1], [np.nan]), "finite"),
        (lambda: find_gaps([0, 1], [3], until=5), "same length"),
        (lambda: find_gaps([0.5], [3], until=5), "whole numbers"),
        (lambda: find_gaps([-1], [3], until=5), "zero or more"),
        (lambda: find_gaps([3], [3], until=5, customers=2), "only 2 customers"),
        (lambda: rhythm.Rhythm(1, 1, np.eye(2), 1, 1).chance_longer(-1, 2, 3), "zero days or more"),
        (lambda: rhythm.Rhythm(1, 1, np.eye(2), 1, 1).quantile(1, 2, 3), "less than 1"),
    ],
)
def test_impossible_input_is_refused(call: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()


def test_the_rhythm_of_its_own_model_is_calibrated() -> None:
    who, when = shop(customers=1500)
    gaps = find_gaps(who, when, until=int(when.max()))
    before, total = gaps.count.astype(float), gaps.total.copy()
    fitted = rhythm.fit(before, total)
    found = rhythm.calibration(gaps, fitted)
    assert found.of == int((gaps.count >= 3).sum()) > 500
    # gaps are rounded up to days and cut off at the end of the year: near one in ten, not exactly
    assert 0.04 < found.share < 0.16
    assert rhythm.calibration(gaps, fitted, nominal=0.5).share > found.share


def test_without_three_gaps_nothing_is_judged() -> None:
    gaps = find_gaps([0, 0, 1], [3, 9, 4], until=20)
    assert rhythm.calibration(gaps, rhythm.fit(gaps.count, gaps.total)) == rhythm.Calibration(0.1, 0.0, 0)
    for wrong in (0, 1, -0.1):
        with pytest.raises(ValueError, match="nominal"):
            rhythm.calibration(gaps, rhythm.fit(gaps.count, gaps.total), nominal=wrong)
