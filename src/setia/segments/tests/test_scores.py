"""Scores: what the shop's own past says, and where it keeps silent."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.orders import actions as orders
from setia.segments import actions, rules, scoring, words
from setia.segments.models import Score

TODAY = date(2026, 11, 23)


def log(*customers: list[int]) -> tuple[list[int], list[int], list[int]]:
    """A purchase log from days before today, one list per customer."""
    rows = [(number, TODAY.toordinal() - ago, 40_000) for number, days in enumerate(customers, 1) for ago in days]
    ids, days, amounts = zip(*rows, strict=True)
    return list(ids), list(days), list(amounts)


def one(customers, index=0):
    scored = scoring.score(*customers, today=TODAY, closed=[])
    return {name: column[index] for name, column in scored.columns.items()}


def test_a_regular_who_is_late_is_seen_as_late():
    weekly = [21 + 7 * n for n in range(20)]
    row = one(log(weekly, [3 + 7 * n for n in range(20)]))
    assert 6 <= row["usual_gap"] <= 9
    assert row["lateness"] < 0.15
    assert row["gap_low"] < row["usual_gap"]


def test_thin_evidence_keeps_silent():
    row = one(log([40, 10]))
    assert row["usual_gap"] is None and row["lateness"] is None and row["chance"] is None


@given(st.lists(st.lists(st.integers(0, 700), min_size=1, max_size=40), min_size=1, max_size=15))
def test_every_shop_gets_finite_scores(customers):
    scored = scoring.score(*log(*customers), today=TODAY, closed=[])
    for name, column in scored.columns.items():
        numbers = [value for value in column if isinstance(value, float)]
        assert np.isfinite(numbers).all(), name
    assert all(0 <= value <= 1 for value in scored.columns["chance"] if value is not None)


def test_closed_days_do_not_count_as_waiting():
    weekly = [14 + 7 * n for n in range(20)]
    closed = [TODAY.toordinal() - day for day in range(14)]
    patient = scoring.score(*log(weekly), today=TODAY, closed=closed)
    strict = scoring.score(*log(weekly), today=TODAY, closed=[])
    assert patient.columns["lateness"][0] > strict.columns["lateness"][0]


@given(st.integers(0, 500), st.one_of(st.none(), st.floats(0, 1)))
def test_loyal_needs_purchases_and_rhythm(purchases, lateness):
    loyal = rules.is_loyal(purchases, lateness)
    assert loyal == (purchases >= 3 and lateness is not None and lateness >= 0.10)


@pytest.mark.parametrize(
    ("days", "said"), [(1, "1 day"), (9, "9 days"), (21, "3 weeks"), (61, "9 weeks"), (95, "3 months")]
)
def test_spans_are_said_as_people_say_them(days, said):
    assert words.span(days) == said


def test_sentences_follow_the_evidence():
    def score(purchases, **more):
        return Score(
            shop_id=1,
            purchases=purchases,
            last_on=TODAY - timedelta(days=42),
            usual_gap=21,
            gap_low=14,
            gap_high=35,
            **more,
        )

    assert words.rhythm_sentences(None, TODAY, 0.6) == ["New, no rhythm yet."]
    assert words.rhythm_sentences(score(2), TODAY, 0.6) == ["New, no rhythm yet."]
    assert "Too few" in words.rhythm_sentences(score(4), TODAY, 0.6)[0]
    full = words.rhythm_sentences(score(6, lateness=0.1), TODAY, 0.6)
    assert full[0] == "Usually orders about every 3 weeks (6 purchases; half of the gaps between 2 weeks and 5 weeks)."
    assert full[1] == "Last purchase 6 weeks ago: about 1 in 10 of their gaps is this long."
    assert full[2] == "Of customers this late in your shop, 6 of 10 came back within 8 weeks without a message."
    assert len(words.rhythm_sentences(score(6, lateness=0.7), TODAY, 0.6)) == 1


def test_each_night_replaces_the_scores_of_the_last(world, clock):
    siti, guru = list(world.customers.values())[:2]
    today = world.shop.today()
    bought = [(siti, ago) for ago in (60, 45, 30, 14)] + [(guru, 20)]
    made = orders.record_past(
        orders=[
            orders.PastOrder(
                customer_id=who.pk, day=today - timedelta(days=ago), lines=[orders.PastLine("Bakpia", 2, 50_000)]
            )
            for who, ago in bought
        ]
    )
    actions.renew_scores()
    first = {score.customer_id: score for score in Score.objects.all()}
    assert first.keys() == {siti.pk, guru.pk}
    assert (first[siti.pk].purchases, first[siti.pk].spent) == (4, 200_000)
    assert (first[siti.pk].first_on, first[siti.pk].last_on) == (today - timedelta(days=60), today - timedelta(days=14))

    orders.erase_past(order_ids=made[-1:])
    clock.forward(days=1)
    actions.renew_scores()
    second = Score.objects.get()
    assert (second.pk, second.customer_id, second.day) == (first[siti.pk].pk, siti.pk, today + timedelta(days=1))
    assert second.lateness < first[siti.pk].lateness
