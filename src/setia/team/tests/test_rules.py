"""Decisions about people: fair, silent on thin evidence, praise first."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.team import rules
from setia.team.rules import Week


def test_what_counts_more_weighs_more():
    assert rules.fit([]) is None
    assert rules.fit([(5, 5), (1, 1)]) == pytest.approx(26 / 6)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1))
def test_fit_lies_between_the_marks(marks):
    scores = [score for score, _weight in marks]
    assert min(scores) - 1e-9 <= rules.fit(marks) <= max(scores) + 1e-9


def test_hours_worked_beat_hours_planned():
    came = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
    assert rules.hours(time(7), time(12), None, None) == 5
    assert rules.hours(time(7), time(12), came, None) == 5
    assert rules.hours(time(7), time(12), came, came + timedelta(hours=3)) == 3
    assert rules.hours(time(7), time(12), came, came - timedelta(hours=3)) == 0


USUAL = Week(hours=20, orders=40, customers=40, on_time=1.0)


def test_a_week_is_compared_with_the_persons_own_past():
    quick = Week(hours=20, orders=60, customers=60, on_time=0.7)
    said = rules.words(quick, [USUAL] * 3)
    assert [(word.topic, word.up) for word in said] == [("customers", True), ("on_time", False)]
    assert said[0].usual == 2 and said[0].now == 3


def test_thin_evidence_says_nothing():
    quick = Week(hours=20, orders=60, customers=60, on_time=0.7)
    assert rules.words(quick, [USUAL] * 2) == []
    assert rules.words(Week(hours=3, orders=60, customers=60, on_time=1.0), [USUAL] * 9) == []
    assert rules.words(Week(hours=20, orders=9, customers=40, on_time=0.1), [USUAL] * 9) == []


weeks = st.builds(
    Week,
    hours=st.floats(0, 60),
    orders=st.integers(0, 300),
    customers=st.integers(0, 300),
    sales=st.integers(0, 10**8),
    on_time=st.none() | st.floats(0, 1),
    rating=st.none() | st.floats(1, 5),
    ratings=st.integers(0, 50),
    good=st.integers(0, 9),
    better=st.integers(0, 9),
)


@given(weeks, st.lists(weeks, max_size=8))
def test_praise_comes_first_whatever_the_week(week, before):
    ups = [word.up for word in rules.words(week, before)]
    assert ups == sorted(ups, reverse=True)
    assert bool(week.good) == any(word.topic == "praise" for word in rules.words(week, before))
