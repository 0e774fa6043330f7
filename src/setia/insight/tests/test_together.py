"""Lift: right on cases one can count by hand, symmetric, silent when thin, blind to names and order."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from setia.insight import together

logs = st.lists(st.tuples(st.integers(1, 40), st.integers(1, 8)), max_size=200)


def columns(rows):
    return np.array([row[0] for row in rows], np.int64), np.array([row[1] for row in rows], np.int64)


@given(logs)
def test_counts_are_those_of_sets(rows):
    ids, both, total = together.counts(*columns(rows))
    baskets: dict[int, set[int]] = {}
    for basket, item in rows:
        baskets.setdefault(basket, set()).add(item)
    assert total == len(baskets)
    for a, left in enumerate(ids):
        for b, right in enumerate(ids):
            assert both[a, b] == sum({int(left), int(right)} <= basket for basket in baskets.values())


@given(logs, st.randoms(use_true_random=False))
def test_order_and_repetition_of_rows_change_nothing(rows, dice):
    again = rows + rows[: len(rows) // 2]
    dice.shuffle(again)
    one, two = together.counts(*columns(rows)), together.counts(*columns(again))
    assert np.array_equal(one[0], two[0]) and np.array_equal(one[1], two[1]) and one[2] == two[2]


@given(logs)
@settings(max_examples=50)
def test_pairs_hold_what_they_promise(rows):
    found = together.pairs(*columns(rows), least_together=2, least_of=2)
    assert (found.together >= 2).all() and (found.of >= found.together).all()
    assert (found.low > 1).all() and (found.lift >= found.low).all() and (found.first != found.second).all()
    assert ((found.share > 0) & (found.share <= 1)).all()


def test_a_pair_that_goes_together_is_found_and_thin_ones_are_not():
    rows = [(n, 1) for n in range(100)] + [(n, 2) for n in range(60)] + [(n, 3) for n in range(60, 400)]
    rows += [(500 + n, 4) for n in range(3)] + [(500 + n, 5) for n in range(3)]
    found = together.pairs(*columns(rows))
    assert set(zip(found.first.tolist(), found.second.tolist(), strict=True)) == {(1, 2), (2, 1)}
    expected = 100 * 60 / 403
    assert found.lift[0] == pytest.approx((60 + 5) / (expected + 5))
    assert together.suggest([1], found).tolist() == [2]
    assert together.suggest([1, 2], found).size == together.suggest([], found).size == 0
    assert together.suggest([1], found, banned=[2]).size == 0


def test_chance_alone_is_seldom_a_pair():
    dice = np.random.default_rng(1)
    baskets = np.repeat(np.arange(3_000), 2)
    found = together.pairs(baskets, dice.integers(0, 10, 6_000))
    assert len(found.first) == 0


def test_nothing_in_nothing_out():
    assert len(together.pairs([], []).first) == 0
    with pytest.raises(ValueError, match="same length"):
        together.pairs([1], [1, 2])


def test_many_items_keep_the_most_frequent(monkeypatch):
    monkeypatch.setattr(together, "MOST_ITEMS", 2)
    ids, both, total = together.counts([1, 1, 1, 2, 2], [5, 6, 7, 5, 6])
    assert ids.tolist() == [5, 6] and total == 2 and both.tolist() == [[2, 2], [2, 2]]
