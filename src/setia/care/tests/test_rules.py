"""Figures of satisfaction against worked examples and properties; what a complaint costs; which wishes are one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.care.rules import complaints, leaving, suggestions, surveys

scores5 = st.lists(st.integers(1, 5), min_size=1, max_size=80)
scores10 = st.lists(st.integers(0, 10), min_size=1, max_size=80)


def test_csat_as_worked_out_by_hand():
    """50 answers, 20 fives and 22 fours: 84 %, ± 1.96 · sqrt(0.84 · 0.16 / 50) = 10.16 points."""
    score = surveys.csat([5] * 20 + [4] * 22 + [3] * 5 + [2] * 2 + [1])
    assert (
        score and score.value == pytest.approx(84) and score.margin == pytest.approx(10.16, abs=0.01) and score.enough
    )


def test_nps_as_worked_out_by_hand():
    """100 answers, 50 promoters and 20 detractors: 30, ± 1.96 · sqrt((0.7 − 0.09) / 100) = 15.31."""
    score = surveys.nps([9] * 30 + [10] * 20 + [8] * 30 + [3] * 20)
    assert score and score.value == pytest.approx(30) and score.margin == pytest.approx(15.31, abs=0.01)


def test_servqual_as_worked_out_by_hand():
    """Two people. Reliability: gaps of means −1 and −0.5, so −0.75; tangibles +1. Weights 60 and 40: −0.05."""
    answers = [{"5": [5, 4], "6": [5, 4], "1": [3, 4]}, {"5": [4, 4], "6": [5, 4], "1": [4, 5]}]
    found = surveys.gaps(answers)
    assert found["reliability"].gap == pytest.approx(-0.75) and found["tangibles"].gap == pytest.approx(1)
    by = surveys.weights([{"reliability": 60, "tangibles": 40}])
    assert surveys.weighted_gap(found, by) == pytest.approx(0.6 * -0.75 + 0.4 * 1)


@given(scores5)
def test_csat_lies_between_nothing_and_all(scores):
    score = surveys.csat(scores)
    assert score and 0 <= score.value <= 100 and 0 <= score.margin <= 98 and score.enough == (len(scores) >= 30)


@given(scores10)
def test_nps_turns_round_with_its_answers(scores):
    """Promoters and detractors swapped is the same figure below zero; never beyond ± 100."""
    score = surveys.nps(scores)
    swapped = surveys.nps([0 if s >= 9 else 10 if s <= 6 else s for s in scores])
    assert score and swapped and score.value == pytest.approx(-swapped.value) and abs(score.value) <= 100


@given(st.lists(st.dictionaries(st.sampled_from(list(surveys.DIMENSIONS)), st.integers(0, 100)), max_size=8))
def test_weights_sum_to_one(given_points):
    assert sum(surveys.weights(given_points).values()) == pytest.approx(1)


def test_scores_out_of_range_are_refused():
    for wrong in (lambda: surveys.csat([6]), lambda: surveys.nps([11]), lambda: surveys.csat([0])):
        with pytest.raises(ValueError):
            wrong()


@given(boxes=st.integers(1, 50), price=st.integers(0, 200_000), cost=st.none() | st.integers(0, 200_000))
def test_a_refund_costs_what_it_is_worth_and_boxes_cost_what_they_take(boxes, price, cost):
    by = {way.option: way for way in complaints.ways(boxes=boxes, price=price, cost=cost, visit_cost=15_000)}
    assert by["refund"].cost == by["refund"].value == boxes * price
    assert by["replace"].value == boxes * price and by["replace"].cost == boxes * complaints.box_cost(price, cost)
    assert by["discount"].value % complaints.STEP == 0 and by["discount"].value >= boxes * price / 2
    assert by["apology"].cost == 0 and by["visit"].value is None


@given(st.lists(st.integers(0, 500_000), min_size=1, max_size=30), st.integers(0, 1_000_000))
def test_like_is_treated_alike(values, offer):
    known = complaints.usual(values)
    assert known and known.least <= known.middle <= known.most and known.n == len(values)
    assert not complaints.far_off(known.middle, known)
    if len(values) < 3:
        assert complaints.far_off(offer, known) == ""


def test_a_cause_repeats_from_three_times_in_sixty_days():
    today = date(2026, 11, 23)
    rows = [("Packed too tight", today - timedelta(days=n)) for n in (0, 20, 59)]
    assert complaints.repeated(rows, today) == {"packed too tight": 3}
    assert complaints.repeated([*rows[:2], ("packed  TOO tight", today - timedelta(days=60))], today) == {}


def test_an_effect_is_a_count():
    done = date(2026, 10, 1)
    days = [done - timedelta(days=n) for n in (1, 60, 61)] + [done, done + timedelta(days=10)]
    assert complaints.effect(days, done, done + timedelta(days=5)) == complaints.Effect(2, 1, 6)


def test_upset_without_a_kind():
    assert (
        complaints.upset("Kecewa sekali saya") and complaints.upset("😡") and complaints.upset("KENAPA BELUM DIBALAS!!")
    )
    assert not complaints.upset("Pesan 2 kotak keju ya") and not complaints.upset("OK BU")


def test_wishes_that_are_one():
    assert suggestions.alike("Bakpia rasa durian", "durian dong kalau ada") >= suggestions.ALIKE
    assert suggestions.alike("Bakpia rasa durian", "Parkir lebih luas") < suggestions.ALIKE
    assert suggestions.proposals([(1, "rasa durian"), (2, "mau durian"), (3, "buka hari Minggu")]) == [(1, 2)]


@given(st.sampled_from(list(suggestions.NEXT)), st.sampled_from(list(suggestions.NEXT)))
def test_no_way_leads_back_to_new(state, wanted):
    assert not (wanted == "new" and suggestions.may_become(state, wanted))


def test_the_first_reason_with_evidence_counts():
    full = leaving.Evidence(told="price", complaints=1, late=3, orders=3, rise=0.2, bored=True)
    assert leaving.likely(full) == "told"
    assert leaving.likely(leaving.Evidence(complaints=1, rise=0.2)) == "complaint"
    assert leaving.likely(leaving.Evidence(late=1, orders=3, rise=0.1)) == "price"
    assert leaving.likely(leaving.Evidence(bored=True)) == "bored"
    assert leaving.likely(leaving.Evidence()) == "unknown"
