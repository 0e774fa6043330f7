"""Choosing the few prompts of a day."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.today import rules
from setia.today.rules import Ranked

KINDS = ["chat", "promise", "balance", "rhythm", "occasion", "season", "first_purchase"]
ranked = st.builds(
    lambda customer, phase, kind, weight: (customer, phase, kind, rules.rank(kind, weight)),
    st.one_of(st.none(), st.integers(1, 30)),
    st.sampled_from(rules.PHASES),
    st.sampled_from(KINDS),
    st.floats(0, 1),
)
prompts = st.lists(ranked, max_size=80).map(lambda rows: [Ranked(number, *row) for number, row in enumerate(rows)])


@given(prompts, st.integers(0, 12))
def test_never_a_person_twice_and_never_too_many(prompts, limit):
    by_id = {prompt.id: prompt for prompt in prompts}
    chosen = [by_id[number] for number in rules.choose(prompts, limit=limit)]
    people = [prompt.customer_id for prompt in chosen if prompt.customer_id is not None]
    assert len(chosen) <= limit
    assert len(people) == len(set(people))


@given(prompts)
def test_nothing_is_left_out_while_there_is_room(prompts):
    chosen = rules.choose(prompts, limit=1000)
    known = {prompt.customer_id for prompt in prompts if prompt.customer_id is not None}
    unknown = [prompt for prompt in prompts if prompt.customer_id is None]
    assert len(chosen) == len(known) + len(unknown)


@given(prompts)
def test_duties_come_first(prompts):
    by_id = {prompt.id: prompt for prompt in prompts}
    duties = [by_id[number].kind in rules.DUTY for number in rules.choose(prompts)]
    assert duties == sorted(duties, reverse=True)


@given(prompts, st.integers(0, 12))
def test_a_day_full_of_duties_keeps_room_for_chances_and_no_more_than_that(prompts, limit):
    by_id = {prompt.id: prompt for prompt in prompts}
    everything = [by_id[number] for number in rules.choose(prompts, limit=1000)]
    chosen = [by_id[number] for number in rules.choose(prompts, limit=limit)]
    assert len(chosen) == min(limit, len(everything))
    duties, chances = (
        [[one for one in rows if (one.kind in rules.DUTY) is duty] for rows in (everything, chosen)]
        for duty in (True, False)
    )
    assert len(chances[1]) >= min(limit // rules.FREE, len(chances[0]))
    if len(chances[1]) > limit // rules.FREE:
        assert duties[1] == duties[0], "no duty waits for more chances than the kept ones"


@given(prompts)
def test_the_order_of_the_rows_does_not_matter(prompts):
    assert rules.choose(prompts) == rules.choose(list(reversed(prompts)))


def test_phases_take_turns():
    many = [Ranked(number, number, "enhance", "rhythm", 0.9) for number in range(20)]
    rare = [Ranked(100, 100, "acquire", "first_purchase", 0.2), Ranked(101, 101, "retain", "complaint", 0.1)]
    assert {100, 101} <= set(rules.choose([*many, *rare], limit=3))


@pytest.mark.parametrize("weight", [-0.1, 1.1, float("nan")])
def test_a_weight_out_of_range_is_a_mistake(weight):
    with pytest.raises(ValueError):
        rules.rank("rhythm", weight)
