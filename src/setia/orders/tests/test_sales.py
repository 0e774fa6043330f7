"""Sales in numbers: every way of cutting them sums to the same money."""

from collections import Counter
from datetime import time, timedelta

import pytest

from setia.orders import actions
from setia.orders.actions import LineInput, PastOrder
from setia.orders.models import Order
from setia.orders.queries import sales

pytestmark = pytest.mark.django_db


@pytest.fixture
def today(world):
    return world.shop.today()


@pytest.fixture
def sold(world, today):
    keju, ubi = world.variants["keju-10"].pk, world.variants["ubi-ungu-10"].pk
    for who, boxes in (("siti", 2), ("yanti", 10), (None, 1)):
        actions.sell(lines=[LineInput(keju, boxes), LineInput(ubi, 1)], customer=world.customers.get(who))
    order = actions.place(lines=[LineInput(keju, 4)], due_on=today, customer=world.customers["siti"], discount=6_000)
    actions.complete(order=order, method="cash")
    old = [PastOrder(None, today - timedelta(days=back), [LineInput(keju, 1)]) for back in (1, 8, 400)]
    actions.record_past(orders=old)


def test_every_cut_sums_to_the_same(world, today, sold):
    since = today - timedelta(days=29)
    whole = sales.total(since, today)
    assert whole.orders == 6
    assert sum(row.amount for _day, row in sales.by_day(since, today)) == whole.amount
    assert len(sales.by_day(since, today)) == 30
    assert sales.altogether(sales.by_day(since, today)) == whole
    for cut in (*sales.by_way(since, today), *sales.by_people(since, today)):
        assert sum(row.amount for row in cut) == whole.amount
        assert sum(row.orders for row in cut) == whole.orders
    kinds = {row.label: row.orders for row in sales.by_people(since, today)[0]}
    assert kinds == Counter(
        order.customer.get_kind_display() if order.customer else ""
        for order in Order.objects.filter(completed_on__gte=since)
    )
    assert sum(row.amount for row in sales.by_product(since, today)) == whole.amount + 6_000


def test_what_came_back_is_taken_off(world, today):
    sale = actions.sell(lines=[LineInput(world.variants["keju-10"].pk, 2)])
    actions.take_back(order=sale, amount=20_000)
    assert sales.total(today, today).amount == 28_000


def test_punctual(world, today, clock):
    keju = world.variants["keju-10"].pk
    hour = world.shop.now().time()
    for due in (None, time(hour.hour, hour.minute), time(0, 1)):
        actions.complete(order=actions.place(lines=[LineInput(keju, 1)], due_on=today, due_time=due))
    assert sales.on_time(today, today) == sales.Punctual(2, 3)
    assert sales.on_time(today, today).percent == 67


def test_money_that_is_out(world, today):
    keju = world.variants["keju-10"].pk
    actions.change_terms(deposit_kind="amount", deposit_amount=50_000)
    actions.place(lines=[LineInput(keju, 4)], due_on=today + timedelta(days=5), deposit=20_000)
    actions.complete(order=actions.place(lines=[LineInput(keju, 2)], due_on=today))
    assert sales.deposits_outstanding() == (1, 30_000)
    assert sales.unpaid() == (1, 48_000)


def test_seasons_meet_their_last_one_wherever_it_was(world, today):
    """The day of the tests lies in the wedding months, which began in another week a year ago."""
    found = [one for one in sales.comparisons(today) if one.season]
    assert found
    for one in found:
        assert one.until - one.since == one.before_until - one.before_since
        assert one.before_since < one.since and one.until < today
    assert len({(one.since - one.before_since).days for one in found}) >= 1


def test_the_page_and_the_file(world, today, sold, django_assert_max_num_queries):
    owner, page = world.client("owner"), world.url("orders/sales/")
    for query in ("", "?days=7", "?days=365", f"?since={today}&until={today}", "?since=x", "?since=2026-13-40&until=1"):
        with django_assert_max_num_queries(40):
            shown = owner.get(page + query)
        assert shown.status_code == 200 and "Keju isi 10" in shown.content.decode()
    text = owner.get(page + "file/").content.decode("utf-8-sig").splitlines()
    assert text[0] == "group,label,orders,boxes,amount" and any(row.startswith("product,Keju isi 10,") for row in text)
    for who in ("cashier", "viewer"):
        assert world.client(who).get(page).status_code == world.client(who).get(page + "file/").status_code == 403
    assert "Nothing was sold" in owner.get(page + "?since=2020-01-01&until=2020-01-02").content.decode()


@pytest.mark.parametrize("length", [7, 120, 121, 500])
def test_people_are_summed_alike_over_short_and_long_times(world, today, sold, length):
    since = today - timedelta(days=length)
    kinds, places = Counter(), Counter()
    for order in Order.objects.filter(completed_on__range=(since, today)).select_related("customer"):
        kinds[order.customer.get_kind_display() if order.customer else ""] += order.total
        places[order.customer.district if order.customer else ""] += order.total
    by_kind, by_place = sales.by_people(since, today)
    assert {row.label: row.amount for row in by_kind} == kinds
    assert {row.label: row.amount for row in by_place} == places
