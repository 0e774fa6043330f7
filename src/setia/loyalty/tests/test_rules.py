"""What an order earns, which lots are drawn from, who stands where, what is owed: pure."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.loyalty import rules
from setia.loyalty.rules import Condition, Lot, NotEnough, Terms

TODAY = date(2026, 11, 23)
whole = st.integers(0, 200)


def terms(**changes):
    usual = {"per": 10_000, "percent": 100, "bonus": {}, "stamp_least": 0, "daily": True, "units": ("points", "stamps")}
    return Terms(**usual | changes)


# --- Earning ----------------------------------------------------------------------------------------------------------


def test_a_point_for_every_whole_step():
    assert rules.points_for(terms(), 59_999, {}) == 5
    assert rules.points_for(terms(percent=150), 60_000, {}) == 9
    assert rules.points_for(terms(bonus={7: 2}), 60_000, {7: 3}) == 12


def test_what_was_free_earns_nothing():
    assert rules.points_for(terms(bonus={7: 2}), 0, {7: 1}) == 0
    assert not rules.earns_stamp(terms(), 0)
    assert rules.earning_goods([20_000, 20_000], [-20_000, 10_000]) == 20_000, "a fee earns nothing, a reward nothing"


def test_a_stamp_asks_for_the_least_purchase():
    assert not rules.earns_stamp(terms(stamp_least=20_000), 19_999)
    assert rules.earns_stamp(terms(stamp_least=20_000), 20_000)
    assert not rules.earns_stamp(terms(units=("points",)), 20_000)


@given(goods=st.integers(0, 10**8), less=st.integers(0, 10**8), per=st.integers(1, 10**6), percent=st.integers(1, 500))
def test_more_goods_never_earn_less(goods, less, per, percent):
    one = terms(per=per, percent=percent)
    assert rules.points_for(one, max(0, goods - less), {}) <= rules.points_for(one, goods, {})


@given(targets=st.lists(whole, min_size=1, max_size=12), spend=st.lists(whole, max_size=12), below=st.booleans())
def test_an_order_gives_what_it_should_and_a_balance_stays_above_zero(targets, spend, below):
    """Any number of changes of one order, with spending in between: nothing is given twice, nothing taken twice."""
    balance = given_so_far = owed = 0
    spent = 0
    for number, target in enumerate(targets):
        step = rules.step_to(target, given=given_so_far, owed=owed, available=balance, below_zero=below)
        balance += step.amount
        given_so_far += step.amount
        owed += step.owed
        assert given_so_far - owed == target
        assert owed >= 0
        assert below or balance >= 0
        again = rules.step_to(target, given=given_so_far, owed=owed, available=balance, below_zero=below)
        assert (again.amount, again.owed) == (0, 0), "a retry changes nothing"
        if number < len(spend) and 0 < spend[number] <= balance:
            balance -= spend[number]
            spent += spend[number]
    assert balance == given_so_far - spent


# --- Lots -------------------------------------------------------------------------------------------------------------


def test_what_lapses_first_goes_first():
    lots = [Lot(1, 5, None), Lot(2, 5, TODAY + timedelta(30)), Lot(3, 5, TODAY)]
    assert rules.draw(lots, 12) == [(3, 5), (2, 5), (1, 2)]
    with pytest.raises(NotEnough) as caught:
        rules.draw(lots, 16)
    assert caught.value.missing == 1


def test_what_is_taken_back_comes_from_its_own_order_first():
    lots = [Lot(1, 5, TODAY, 10), Lot(2, 5, None, 11)]
    assert rules.draw(lots, 6, first_of_order=11) == [(2, 5), (1, 1)]


def test_lots_are_what_their_rows_add_up_to():
    rows = [(1, None, 10, TODAY, 4), (2, 1, -3, None, None), (3, None, 5, None, None), (4, 1, -7, None, None)]
    assert rules.lots_of(rows) == [Lot(3, 5, None, None)]


@given(amounts=st.lists(st.integers(1, 50), max_size=10), wanted=whole)
def test_drawing_takes_exactly_what_was_asked(amounts, wanted):
    lots = [Lot(number, amount, None) for number, amount in enumerate(amounts)]
    if wanted > sum(amounts):
        with pytest.raises(NotEnough):
            rules.draw(lots, wanted)
    else:
        drawn = rules.draw(lots, wanted)
        assert sum(part for _lot, part in drawn) == wanted
        assert all(0 < part <= amounts[lot] for lot, part in drawn)


@pytest.mark.parametrize(
    ("earned", "months", "last"),
    [
        (date(2026, 11, 23), 12, date(2027, 11, 23)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 23), 0, None),
    ],
)
def test_the_last_day(earned, months, last):
    assert rules.last_day(earned, months) == last


def test_a_last_day_is_still_good():
    assert not rules.lapsed([Lot(1, 5, TODAY)], TODAY)
    assert rules.lapsed([Lot(1, 5, TODAY)], TODAY + timedelta(1))


def test_points_never_pay_more_than_is_due():
    assert rules.most_points(100, pays=500, due=20_250) == 40
    assert rules.most_points(10, pays=500, due=20_000) == 10
    assert rules.most_points(10, pays=0, due=20_000) == 0


# --- Tiers ------------------------------------------------------------------------------------------------------------

LOYAL = Condition(1, 1, 3, 0, 0, True)
GOLD = Condition(2, 2, 12, 500_000, 90, True)


def test_loyal_is_three_purchases_and_still_within_the_rhythm():
    def found(orders, days_ago, in_rhythm, spent=0):
        one = rules.tier_of([LOYAL, GOLD], orders=orders, spent=spent, days_ago=days_ago, in_rhythm=in_rhythm)
        return one.id if one else None

    assert found(2, 1, True) is None
    assert found(3, 80, True) == 1
    assert found(3, 10, False) is None
    assert found(3, 60, None) == 1, "without a rhythm of their own 60 days decide"
    assert found(3, 61, None) is None
    assert found(12, 80, True, spent=500_000) == 2
    assert found(12, 91, True, spent=500_000) == 1


# --- Games ------------------------------------------------------------------------------------------------------------


def test_weeks_in_a_row():
    days = [TODAY - timedelta(days=7 * back) for back in (0, 1, 2, 4)]
    assert rules.weeks_in_a_row(days, TODAY) == 3
    assert rules.weeks_in_a_row(days, TODAY + timedelta(days=7)) == 3, "this week is not over yet"
    assert rules.weeks_in_a_row(days, TODAY + timedelta(days=14)) == 0


def test_months_in_a_row():
    assert rules.months_in_a_row([date(2026, 11, 2), date(2026, 10, 30), date(2026, 8, 1)], TODAY) == 2
    assert rules.months_in_a_row([date(2025, 12, 30)], date(2026, 1, 2)) == 1


def test_badges_rise_by_steps():
    assert [rules.level(count, (1, 3, 10)) for count in (0, 1, 3, 12)] == [0, 1, 2, 3]
    assert rules.next_step(1, (1, 3, 10)) == 2
    assert rules.next_step(10, (1, 3, 10)) is None


# --- What is owed: the sheet of docs/algorithms/loyalty.md ------------------------------------------------------------


def test_the_hand_made_sheet():
    """Three cards of 12, 7 and 30 stamps; 10 stamps are a box for 20.000, 25 stamps a hamper for 60.000."""
    rewards = [(10, 20_000), (25, 60_000)]
    rate = rules.rupiah_rate(rewards)
    assert rate == Fraction(2_400), "the hamper: 60.000 / 25"
    assert rules.liability([12, 7, 30], rate) == 117_600, "49 stamps at 2.400"
    # 12: one box. 7: nothing. 30: three boxes or one hamper, both 60.000.
    assert rules.within_reach([12, 7, 30], rewards) == 80_000
    # of 120 stamps that ended 90 were redeemed: three quarters of 117.600
    assert rules.expected(117_600, redeemed=90, expired=30) == 88_200
    assert rules.expected(117_600, redeemed=50, expired=10) is None, "too few have ended"


def test_a_debt_does_not_lessen_what_others_are_owed():
    assert rules.liability([10, -10], Fraction(2_000)) == 20_000


def test_paying_with_points_is_a_use_like_another():
    assert rules.rupiah_rate([(100, 20_000)], pays=250) == 250
    assert rules.rupiah_rate([(100, 30_000)], pays=250) == 300
    assert rules.rupiah_rate([]) == 0


@given(
    balances=st.lists(st.integers(-50, 500), max_size=8),
    rewards=st.lists(st.tuples(st.integers(1, 50), st.integers(0, 10**5)), max_size=4),
)
def test_what_can_be_asked_for_today_is_never_more_than_everything(balances, rewards):
    rate = rules.rupiah_rate(rewards)
    assert 0 <= rules.within_reach(balances, rewards) <= sum(max(0, b) for b in balances) * rate


@given(st.dictionaries(st.integers(1, 5), st.integers(1, 9), min_size=1), st.integers(1, 5))
def test_nothing_is_kept_only_when_every_box_came_back(boxes, line):
    assert rules.nothing_kept(boxes, boxes)
    assert not rules.nothing_kept({}, {})
    if line in boxes:
        assert not rules.nothing_kept(boxes, boxes | {line: boxes[line] - 1})
