"""Sums, debts and steps: money neither appears nor vanishes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.orders import rules
from setia.orders.rules import Impossible, LineInput

quantities = st.integers(1, 200)
prices = st.integers(0, 200_000)
baskets = st.lists(st.tuples(quantities, prices), min_size=1, max_size=8)
amounts = st.integers(0, 5_000_000)


@given(baskets, st.data())
def test_a_total_is_the_sum_of_its_parts(lines, data):
    goods = sum(quantity * price for quantity, price in lines)
    discount = data.draw(st.integers(0, goods))
    fee = data.draw(amounts)
    off_goods, off_fee = data.draw(st.integers(0, goods - discount)), data.draw(st.integers(0, fee))
    total = rules.total(lines, discount=discount, delivery_fee=fee)
    less = rules.total(lines, discount=discount, delivery_fee=fee, taken_off=off_goods, off_delivery=off_fee)
    assert less == total - off_goods - off_fee >= 0
    assert total == rules.subtotal(lines) + sum(rules.adjustments(goods, discount=discount, delivery_fee=fee).values())
    assert total == goods - discount + fee >= 0


@given(baskets, st.integers(1, 10**9))
def test_no_discount_makes_a_total_negative(lines, more):
    goods = rules.subtotal(lines)
    with pytest.raises(Impossible, match="discount"):
        rules.total(lines, discount=goods + more)
    with pytest.raises(Impossible, match="discount"):
        rules.total(lines, discount=-more)
    with pytest.raises(Impossible, match="delivery_fee"):
        rules.total(lines, delivery_fee=-more)
    with pytest.raises(Impossible, match="off_delivery"):
        rules.total(lines, delivery_fee=1_000, off_delivery=1_000 + more)
    with pytest.raises(Impossible, match="taken_off"):
        rules.total(lines, delivery_fee=1_000, taken_off=goods + 1)


@pytest.mark.parametrize("lines", [[(0, 100)], [(-1, 100)], [(rules.MOST_BOXES + 1, 100)]])
def test_quantities_that_cannot_be(lines):
    with pytest.raises(Impossible, match="quantity"):
        rules.subtotal(lines)


def test_prices_and_totals_that_cannot_be():
    with pytest.raises(Impossible, match="price"):
        rules.subtotal([(1, -1)])
    with pytest.raises(Impossible, match="total"):
        rules.subtotal([(rules.MOST_BOXES, 100_000_000)])
    with pytest.raises(Impossible, match="total"):
        rules.total([(1, 1)], delivery_fee=rules.MOST_MONEY)


@given(st.lists(st.builds(LineInput, st.integers(1, 5), st.integers(1, 50)), min_size=1, max_size=20))
def test_merging_loses_no_box(lines):
    merged = rules.merge(lines)
    assert sum(merged.values()) == sum(line.quantity for line in lines)
    assert list(merged) == list(dict.fromkeys(line.variant_id for line in lines))


@pytest.mark.parametrize(
    ("lines", "code"),
    [([], "empty"), ([LineInput(1, 0)], "quantity"), ([LineInput(1, 3), LineInput(2, -1)], "quantity")],
)
def test_baskets_that_cannot_be(lines, code):
    with pytest.raises(Impossible, match=code):
        rules.merge(lines)


@given(amounts, amounts, st.booleans())
def test_somebody_owes_somebody_or_nobody_nothing(total, paid, cancelled):
    due = 0 if cancelled else total
    balance = rules.balance(total, paid, cancelled=cancelled)
    surplus = rules.surplus(total, paid, cancelled=cancelled)
    assert paid + balance - surplus == due
    assert balance == 0 or surplus == 0
    assert balance >= 0 and surplus >= 0


@given(amounts, amounts, st.booleans())
def test_what_is_given_is_kept_or_goes_back(given_amount, due, cash):
    taken = rules.take(given_amount, due, cash=cash)
    assert taken.kept + taken.change == given_amount
    assert taken.kept >= 0 and taken.change >= 0
    if cash:
        assert taken.kept <= due
    else:
        assert taken.change == 0


@given(amounts, st.integers(-5_000_000, 5_000_000), st.sampled_from([None, "refund", "deposit", "balance"]))
def test_bookings_never_make_paid_negative(paid, amount, kind):
    try:
        booked = rules.signed(amount, kind, paid=paid)
    except Impossible as error:
        assert error.code in ("amount", "refund")
        if error.code == "refund":
            assert abs(amount) > paid
        return
    assert abs(booked) == abs(amount) != 0
    assert paid + booked >= 0
    assert (booked < 0) == (kind == "refund" or amount < 0)


@given(amounts, amounts)
def test_deposits_stay_within_the_total(total, deposit):
    if deposit > total:
        with pytest.raises(Impossible, match="deposit"):
            rules.check_deposit(deposit, total)
    else:
        assert rules.check_deposit(deposit, total) == deposit


def test_how_a_payment_is_booked():
    assert rules.payment_kind(-1, due=5, handed_over=True) == "refund"
    assert rules.payment_kind(4, due=5, handed_over=False) == "deposit"
    assert rules.payment_kind(5, due=5, handed_over=False) == "balance"
    assert rules.payment_kind(4, due=5, handed_over=True) == "balance"


# --- Steps ------------------------------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(["confirmed", "ready", "completed", "cancelled"]), max_size=6))
def test_every_step_can_be_taken_back_to_the_beginning(wanted):
    """Walk forward by whatever steps are allowed, then back: each way back is a state one came through."""
    path = ["placed"]
    for state in wanted:
        if path[-1] in rules.STEPS[state]:
            path.append(state)
    while len(path) > 1:
        came_to = path.pop()
        assert rules.before(came_to, confirmed="confirmed" in path, ready="ready" in path) == path[-1]
    assert rules.before("placed", confirmed=False, ready=False) is None


def test_what_is_closed_stays_closed():
    for sources in rules.STEPS.values():
        assert not {"completed", "cancelled"} & sources


def test_the_usual_way_is_allowed():
    for state, following in rules.NEXT.items():
        assert state in rules.STEPS[following]
