"""Which prompt is worth most, and what a shop's own days teach: bounded, monotone, near the prior while thin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.insight import choice
from setia.insight.choice import Evidence

shares = st.floats(0, 1)
counts = st.integers(0, 500)


@st.composite
def evidence(draw):
    judged = draw(counts)
    return Evidence(
        acted=judged + draw(counts),
        skipped=draw(counts),
        later=draw(counts),
        judged=judged,
        ordered=draw(st.integers(0, judged)),
        expected=judged * draw(shares),
    )


@given(evidence(), st.floats(0.5, 2), st.floats(0.01, 0.5))
def test_what_is_learned_is_bounded(seen, trusted, prior):
    learned = choice.learn(seen, trusted=trusted, prior=prior)
    assert 0 < learned.won < 1 and 0 < learned.liking <= 1


@given(evidence(), st.integers(1, 50))
def test_skipping_lowers_and_so_does_later_by_less(seen, more):
    before = choice.learn(seen).liking
    skipped = choice.learn(Evidence(**(vars(seen) | {"skipped": seen.skipped + more}))).liking
    later = choice.learn(Evidence(**(vars(seen) | {"later": seen.later + more}))).liking
    assert skipped < later < before
    assert choice.learn(Evidence(**(vars(seen) | {"acted": seen.acted + more}))).liking >= before


@given(evidence(), st.integers(1, 50))
def test_orders_raise_and_never_lower(seen, more):
    ordered = min(seen.judged, seen.ordered + more)
    assert choice.learn(Evidence(**(vars(seen) | {"ordered": ordered}))).won >= choice.learn(seen).won


@given(st.integers(1, 4), st.floats(0.01, 0.3))
def test_thin_evidence_stays_near_the_prior(judged, prior):
    for ordered in (0, judged):
        learned = choice.learn(Evidence(acted=judged, judged=judged, ordered=ordered), prior=prior)
        assert abs(learned.won - prior) <= judged / choice.SHOWN_BEFORE
    assert choice.learn(Evidence(), prior=prior).won == pytest.approx(prior)


def test_much_evidence_is_believed():
    seen = Evidence(acted=4000, judged=4000, ordered=1520, expected=1000.0)
    assert choice.learn(seen).won == pytest.approx(520 / 3000, abs=0.005)


@given(counts, st.floats(0, 500))
def test_trust_is_bounded_and_one_without_hold_outs(ordered, expected):
    assert choice.LEAST_TRUST <= choice.trust(ordered, expected) <= choice.MOST_TRUST
    assert choice.trust(0, 0.0) == 1.0
    assert choice.trust(ordered + 1, expected) >= choice.trust(ordered, expected)


@given(st.floats(1, 1e8), shares, shares, st.integers(0, 20))
def test_gain_grows_with_value_and_falls_with_messages_and_chance(value, chance, timing, written):
    def gain(**other):
        given = {"value": value, "chance": chance, "timing": timing, "written": written} | other
        return choice.worth(**given).gain

    assert gain(written=written + 1) < gain()
    assert gain(chance=1.0) <= gain() + 1e-6
    assert gain(asked=False) <= gain()
    assert gain(value=2 * value, written=0) >= gain(written=0)
    assert gain(timing=1.0) >= gain()


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9), st.floats(1, 1e7))
def test_a_place_keeps_the_order_and_stays_below_duties(one, other, usual):
    places = choice.place(one, usual), choice.place(other, usual)
    assert all(0 <= place <= 1 for place in places)
    assert (one <= other) <= (places[0] <= places[1])


@given(st.lists(st.integers(1, 60), max_size=28))
def test_what_is_offered_in_a_day_is_bounded_and_grows_with_what_is_done(done):
    offered = choice.in_a_day(done)
    assert choice.FEWEST <= offered <= choice.MOST
    assert choice.in_a_day([count + 1 for count in done]) >= offered


def test_a_new_shop_is_offered_ten_and_a_slow_one_fewer():
    assert choice.in_a_day([]) == 10
    assert choice.in_a_day([1] * 24) == 5 and choice.in_a_day([8] * 24) == 10 and choice.in_a_day([14] * 24) == 14


def test_the_lot_keeps_its_share_and_its_word():
    held = [choice.held_back(3, person, 739_000, 0.1) for person in range(20_000)]
    assert 0.093 < sum(held) / len(held) < 0.107
    start = 739_000 // choice.PERIOD_DAYS * choice.PERIOD_DAYS
    for person in range(50):
        assert len({choice.held_back(3, person, start + n, 0.1) for n in range(choice.PERIOD_DAYS)}) == 1
    assert held != [choice.held_back(4, person, 739_000, 0.1) for person in range(20_000)]
    assert not any(choice.held_back(3, person, 739_000, 0.0) for person in range(1_000))


def test_a_chance_for_fewer_days():
    assert choice.within(0.75, of_days=28, days=14) == pytest.approx(0.5)
    with pytest.raises(ValueError):
        choice.within(1.2, of_days=28)
