"""Boredom: only against one's own past, and never without both signs."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from setia.insight import boredom

VISITS = st.lists(st.tuples(st.integers(1, 40), st.sets(st.integers(0, 5), min_size=1, max_size=3)), max_size=25)


def _log(visits):
    day, rows = 0, []
    for gap, tastes in visits:
        day += gap
        rows += [(0, day, taste) for taste in sorted(tastes)]
    return np.array(rows, dtype=int).reshape(-1, 3), day


def _signal(visits, wait=0):
    rows, last = _log(visits)
    return boredom.signal(*rows.T, until=last + wait, customers=1)


VARIED = [(10 + n % 2, {n % 5, (n + 2) % 5}) for n in range(12)]


def test_both_signs_together_are_seen():
    bored = _signal([*VARIED, (24, {0}), (26, {0}), (25, {0})], wait=20)
    assert bored.bored[0] and bored.variety_now[0] == 1 and bored.gap_now[0] > 1.5 * bored.gap_before[0]


def test_one_sign_alone_is_not_boredom():
    assert not _signal([*VARIED, (10, {0}), (11, {0}), (10, {0})], wait=5).bored[0]
    assert not _signal([*VARIED, (24, {0, 2}), (26, {1, 3}), (25, {2, 4})], wait=20).bored[0]


@settings(max_examples=60)
@given(VISITS, st.integers(0, 100))
def test_who_always_took_the_same_is_never_bored(visits, wait):
    assert not _signal([(gap, {3}) for gap, _tastes in visits], wait).bored.any()


@settings(max_examples=60)
@given(VISITS, st.integers(0, 100), st.randoms())
def test_order_of_rows_and_names_of_tastes_do_not_matter(visits, wait, dice):
    rows, last = _log(visits)
    shuffled = rows[dice.sample(range(len(rows)), len(rows))] if len(rows) else rows
    one = boredom.signal(*rows.T, until=last + wait, customers=1)
    other = boredom.signal(shuffled[:, 0], shuffled[:, 1], 7 - shuffled[:, 2], until=last + wait, customers=1)
    assert (one.bored == other.bored).all()


@settings(max_examples=60)
@given(VISITS, st.integers(0, 100), st.permutations(range(6)))
def test_the_chance_is_one_and_does_not_ask_which_taste_is_which(visits, wait, other):
    renamed = [(gap, {other[taste] for taste in tastes}) for gap, tastes in visits]
    one, two = _signal(visits, wait).chance, _signal(renamed, wait).chance
    assert np.allclose(one, two, equal_nan=True)
    assert np.isnan(one).all() or 0 <= one[0] <= 1


def test_fewer_tastes_and_longer_gaps_make_it_likelier():
    narrow, as_ever = [{0}, {0}, {0}], [{0, 2}, {1, 3}, {2, 4}]
    long, usual = (24, 26, 25), (10, 11, 10)
    both, only_slower, only_narrower, neither = (
        _signal([*VARIED, *zip(gaps, tastes, strict=True)], gaps[0]).chance[0]
        for gaps, tastes in ((long, narrow), (long, as_ever), (usual, narrow), (usual, as_ever))
    )
    assert both > boredom.LIKELY > max(only_slower, only_narrower) > neither


@given(VISITS.filter(lambda visits: len(visits) < boredom.FEWEST_VISITS))
def test_too_little_past_says_nothing(visits):
    found = _signal(visits)
    assert np.isnan(found.gap_now).all() and not found.bored.any()
