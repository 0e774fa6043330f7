"""Cost, margin, scores: checked against sheets made by hand, and held for any numbers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.supply import rules
from setia.supply.rules import Change


def test_a_baking_by_hand():
    """6 kg flour at 12.200, 2,2 kg sugar at 17.000, 5 kg beans at 25.500, 20 boxes at 1.250, work 45.000, gas 14.000.

    73.200 + 37.400 + 127.500 + 25.000 + 59.000 = 322.100; twenty boxes: 16.105 each; of 20.000 remain 19,475 %.
    """
    lines = {1: Decimal("6"), 2: Decimal("2.2"), 3: Decimal("5"), 4: Decimal("20")}
    prices = {1: 12_200, 2: 17_000, 3: 25_500, 4: 1_250}
    batch = rules.batch_cost(lines, prices, labour=45_000, energy=14_000)
    assert batch == 322_100
    assert rules.box_cost(batch, 20) == 16_105
    assert rules.margin(20_000, 16_105) == pytest.approx(0.19475)
    assert rules.price_for(16_105, 0.35) == 25_000  # 16.105 / 0,65 = 24.776,9


def test_a_hole_in_the_diary_is_no_cost():
    assert rules.batch_cost({1: Decimal(1), 2: Decimal(1)}, {1: 500}) is None


@given(st.integers(1, 10**7), st.integers(1, 500))
def test_boxes_never_cost_too_little(batch, boxes):
    each = rules.box_cost(batch, boxes)
    assert each * boxes >= batch and (each - 1) * boxes < batch


@given(st.integers(1, 10**6), st.floats(0, 0.8))
def test_the_new_price_is_the_lowest_that_keeps_the_margin(cost, target):
    price = rules.price_for(cost, target)
    assert price % rules.STEP == 0 and rules.margin(price, cost) >= target - 1e-9
    lower = price - rules.STEP
    assert lower <= 0 or rules.margin(lower, cost) < target + 1e-9


@given(st.integers(2, 50), st.integers(1, 10**6), st.integers(1, 10**6), st.floats(0, 0.8))
def test_a_smaller_pack_pays_for_itself(pack, cost, price, target):
    pieces = rules.pack_for(pack, cost, price, target)
    if pieces is not None:
        assert pack / 2 <= pieces < pack
        assert cost * pieces / pack <= price * (1 - target) + 1e-6


def test_a_supplier_by_hand():
    """Four lots: two accepted, one with a remark, one sent back: 2,5/4. One of two promised came a day late: 5/6.
    Ten percent dearer: half. One complaint on five batches: none left. 0,4·0,625 + 0,25·0,8333 + 0,2·0,5 + 0 = 0,558.
    """
    score = rules.supplier_score(
        verdicts=["accepted", "accepted", "noted", "rejected"],
        lots=4,
        late_days=[0, 1],
        price_ratios=[1.1],
        batches=5,
        complaints=1,
    )
    assert score.checks == 0.625 and score.punctual == pytest.approx(5 / 6)
    assert score.price == pytest.approx(0.5) and score.complaints == 0
    assert score.total == 56


def test_too_few_deliveries_say_nothing():
    score = rules.supplier_score(verdicts=["rejected"], lots=2, late_days=[], price_ratios=[], batches=0, complaints=0)
    assert score.total is None


@given(
    st.lists(st.sampled_from(["accepted", "noted", "rejected"]), max_size=9),
    st.lists(st.integers(-5, 30), max_size=9),
    st.lists(st.floats(0.2, 5), max_size=9),
    st.integers(0, 50),
    st.integers(0, 50),
)
def test_scores_stay_in_range_and_more_complaints_never_help(verdicts, late, ratios, batches, complaints):
    def score(complained):
        return rules.supplier_score(
            verdicts=verdicts, lots=5, late_days=late, price_ratios=ratios, batches=batches, complaints=complained
        ).total

    now, worse = score(complaints), score(complaints + 1)
    if now is not None:
        assert 0 <= worse <= now <= 100


def test_the_own_past_speaks_from_two_rises_on():
    rise = Change(20_000, 22_000, 40.0, 36.0)
    assert rules.demand_kept([rise]) is None
    assert rules.demand_kept([rise, Change(20_000, 18_000, 40.0, 60.0)]) is None
    middle, low, high = rules.demand_kept([rise, Change(22_000, 24_000, 30.0, 30.0)])
    assert (middle, low, high) == (0.95, 0.9, 1.0)
