"""Summary, scores, groups and cohorts, each against the plain way of counting."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.insight import buying, cohorts, rfm, summary
from setia.insight.rfm import Group
from setia.insight.tests import logs

ROWS = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 120), st.integers(-5, 500)), max_size=80)


@given(ROWS, st.integers(0, 130))
def test_summary_is_what_one_would_count_by_hand(rows: Any, until: Any) -> None:
    customer, day, amount = np.array(rows, int).reshape(-1, 3).T
    found = summary.summarise(customer, day, amount, until=until, customers=10)
    for who in range(10):
        own = [(when, money) for other, when, money in rows if other == who and when <= until]
        days = sorted({when for when, _ in own})
        assert found.orders[who] == len(days) and found.spent[who] == sum(money for _, money in own)
        if not days:
            assert (found.first[who], found.last[who], found.x[who], found.T[who]) == (
                summary.NEVER,
                summary.NEVER,
                0,
                0,
            )
            assert found.recency[who] == found.T.max() + 1
            continue
        assert (found.first[who], found.last[who]) == (days[0], days[-1])
        assert (found.x[who], found.t_x[who], found.T[who]) == (len(days) - 1, days[-1] - days[0], until - days[0])
        assert found.recency[who] == until - days[-1]
        repeat = sum(money for when, money in own if when > days[0]) / (len(days) - 1) if len(days) > 1 else 0
        assert found.repeat_mean[who] == pytest.approx(repeat)
        assert found.mean_spend[who] == pytest.approx(found.spent[who] / len(days))
    assert found.bought.tolist() == [who for who in range(10) if found.orders[who]]


def test_the_raw_cdnow_log_gives_the_published_fit() -> None:
    customer, day, amount = logs.cdnow()
    found = summary.summarise(customer - 1, day, amount, until=272)
    fit = buying.fit(found.x, found.t_x, found.T, model="bg")
    # The likelihood of the same orders timed in days instead of weeks is lower by log 7 per repeat order.
    assert fit.log_likelihood + found.x.sum() * np.log(7) == pytest.approx(-9582.4292, abs=1e-3)
    assert fit.params.alpha / 7 == pytest.approx(4.413602, rel=1e-4)
    repeaters = found.x > 0
    assert repeaters.sum() == 946 and found.repeat_mean[repeaters].mean() == pytest.approx(35.08, abs=0.005)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (([0], [1, 2], [1.0]), "same length"),
        (([0, 0], [1, 2], [1.0]), "same length"),
        (([0], [1], [np.nan]), "missing"),
        (([0.5], [1], [1.0]), "whole numbers"),
        (([0], [-1], [1.0]), "zero or more"),
    ],
)
def test_a_broken_log_is_refused(rows: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        summary.summarise(*rows, until=5)


@given(st.lists(st.integers(-50, 50), max_size=60))
def test_fifths_count_how_many_lie_below(values: Any) -> None:
    found = rfm.fifths(np.array(values, float))
    for value, score in zip(values, found, strict=True):
        below = sum(other < value for other in values)
        assert score == 1 + 5 * below // len(values) and 1 <= score <= 5


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 30), st.integers(0, 900)), max_size=60))
def test_scores_and_groups_hang_together(rows: Any) -> None:
    age, orders, spent = np.array(rows, int).reshape(-1, 3).T
    found = rfm.score(age, orders, spent)
    assert ((found.group == Group.NEVER) == (orders == 0)).all()
    assert (found.recency[orders == 0] == 0).all() and (found.recency[orders > 0] >= 1).all()
    once = np.isin(found.group, [Group.NEW, Group.ONCE])
    assert (once == (orders == 1)).all()
    often = np.isin(found.group, [Group.BEST, Group.LOYAL, Group.SLIPPING])
    assert (found.frequency[often] >= 4).all()
    assert (found.recency[np.isin(found.group, [Group.NEW, Group.BEST])] >= 4).all()
    assert (found.recency[np.isin(found.group, [Group.SLIPPING, Group.QUIET])] <= 2).all()


def test_each_group_has_its_people() -> None:
    age = [1, 2, 400, 3, 60, 390, 100, 395, 0]
    orders = [1, 12, 14, 2, 11, 2, 1, 1, 0]
    spent = [10, 900, 950, 20, 15, 25, 11, 12, 0]
    found = rfm.score(age, orders, spent)
    names = [Group(group).name for group in found.group]
    assert names == ["NEW", "BEST", "SLIPPING", "GROWING", "LOYAL", "QUIET", "ONCE", "ONCE", "NEVER"]


def test_scores_refuse_missing_numbers() -> None:
    with pytest.raises(ValueError, match="missing"):
        rfm.score([1, np.nan], [1, 2], [3, 4])
    with pytest.raises(ValueError, match="same length"):
        rfm.score([1], [1, 2], [3, 4])
    with pytest.raises(ValueError, match="zero or more"):
        rfm.score([1], [-1], [3])


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(24_000, 24_012)), min_size=1, max_size=80), st.integers(0, 3))
def test_cohorts_are_what_one_would_count_by_hand(rows: Any, later: Any) -> None:
    customer, period = np.array(rows, int).T
    now = int(period.max()) + later
    found = cohorts.retention(customer, period, now=now)
    first = {who: min(when for other, when in rows if other == who) for who, _ in rows}
    share = found.retention
    for i, start in enumerate(found.periods):
        members = {who for who in first if first[who] == start}
        assert found.size[i] == len(members)
        for j in range(len(found.periods)):
            if start + j > now:
                assert found.active[i, j] == -1 and np.isnan(share[i, j])
                continue
            back = {who for who, when in rows if who in members and when == start + j}
            assert found.active[i, j] == len(back)
            assert np.isnan(share[i, j]) if not members else share[i, j] == len(back) / len(members)


def test_no_purchases_no_cohorts() -> None:
    assert cohorts.retention([], []).retention.shape == (0, 0)
    assert cohorts.retention([1], [5], now=3).size.shape == (0,)
