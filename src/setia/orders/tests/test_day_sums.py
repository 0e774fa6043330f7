"""Sums of the days that are over are those of the orders, whatever is done to orders in between."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from setia.core import clock as house_clock
from setia.core.errors import DomainError
from setia.customers import merging
from setia.orders import actions
from setia.orders.actions import LineInput, PastLine, PastOrder
from setia.orders.models import DayProduct, DaySales, Line, Order, Return
from setia.orders.queries import sales
from setia.shops.models import Place

pytestmark = pytest.mark.django_db

VARIANTS = ("keju-10", "ubi-ungu-10")
BACK = 12


def by_hand(since, until):
    """Day, way and product, added up from the rows of orders one by one."""
    days, ways, places, products = {}, {}, {}, {}

    def add(sums, key, *more):
        sums[key] = tuple(map(sum, zip(sums.get(key, (0,) * len(more)), more, strict=True)))

    names = dict(Place.objects.values_list("pk", "name"))
    for order in Order.objects.filter(completed_on__range=(since, until)):
        add(days, order.completed_on, 1, order.total)
        add(ways, str(order.get_channel_display()), 1, order.total)
        add(places, names.get(order.place_id, ""), 1, order.total)
        for line in Line.objects.filter(order=order):
            add(products, line.label, 1, line.quantity, line.amount)
    return days, ways, places, products


def as_shown(since, until):
    ways, places = sales.by_way(since, until)
    days = {day: (row.orders, row.amount) for day, row in sales.by_day(since, until) if row.orders}
    return (
        days,
        {row.label: (row.orders, row.amount) for row in ways},
        {row.label: (row.orders, row.amount) for row in places},
        {row.label: (row.orders, row.boxes, row.amount) for row in sales.by_product(since, until)},
    )


def act(world, moment, what, size, back):
    shop, line = world.shop, LineInput(world.variants[VARIANTS[size % 2]].pk, 1 + size % 3)
    who = list(world.customers.values())[back % 5]
    sold = Order.objects.filter(completed_on__isnull=False).order_by("pk")
    one = sold[size % sold.count()] if sold else None
    if what == "sale":
        actions.sell(lines=[line], customer=who)
    elif what == "stall":
        actions.sell(lines=[line], channel="bazaar", sold_at=house_clock.now() - timedelta(days=back))
    elif what == "order":
        order = actions.place(lines=[line], due_on=shop.today(), customer=who, discount=500 * (size % 2))
        actions.complete(order=order, method="cash" if size % 2 else None)
    elif what == "past":
        day = shop.today() - timedelta(days=back)
        actions.record_past(orders=[PastOrder(who.pk, day, [PastLine("Lain", 1 + size, 7_000)])])
    elif what == "unpast":
        # what something came back of is kept by whoever takes a file out
        brought = sold.filter(channel="import").exclude(pk__in=Return.objects.values("order"))
        actions.erase_past(order_ids=[order.pk for order in brought[: 1 + size % 2]])
    elif what == "night":
        actions.renew_day_sums()
    elif what == "day":
        moment.forward(days=1 + size % 3)
    elif what == "merge":
        others = [person for person in world.customers.values() if person.pk != who.pk]
        merging.merge(kept=who, gone=others[size % len(others)])
    elif one is not None:
        {
            "return": lambda: actions.take_back(order=one, amount=1_000 * (1 + size)),
            "reopen": lambda: actions.reopen(order=one, step="completed"),
            "undo": lambda: actions.undo_sale(order=one),
        }[what]()


DONE = ("sale", "stall", "order", "past", "unpast", "night", "night", "day", "merge", "return", "reopen", "undo")
STEPS = st.lists(st.tuples(st.sampled_from(DONE), st.integers(0, 5), st.integers(0, BACK)), max_size=14)


@settings(max_examples=50, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_any_sequence_of_actions_sums_to_the_orders(world, clock, steps):
    start = house_clock.now()
    with transaction.atomic():
        for step in [*steps, ("day", 1, 0), ("night", 0, 0)]:
            try:
                with transaction.atomic():
                    act(world, clock, *step)
            except DomainError:
                continue
            today = world.shop.today()
            for since in (today - timedelta(days=BACK + 30), today - timedelta(days=3)):
                assert as_shown(since, today) == by_hand(since, today)
        assert (
            not Order.objects.filter(completed_on__lt=today)
            .exclude(completed_on__in=DaySales.objects.values("day"))
            .exists()
        ), "after the night nothing that is over is counted from its orders"
        transaction.set_rollback(True)
    clock.set(start)


def test_a_night_sums_once_and_a_quiet_day_too(world, clock):
    today = world.shop.today()
    actions.record_past(
        orders=[PastOrder(None, today - timedelta(days=back), [PastLine("X", 1, 5)]) for back in (1, 4)]
    )
    assert actions.renew_day_sums() == "4 days" and actions.renew_day_sums() == "0 days"
    assert DaySales.objects.values("day").distinct().count() == 4 and DayProduct.objects.count() == 2
    assert [row.amount for _day, row in sales.by_day(today - timedelta(days=5), today)] == [0, 5, 0, 0, 5, 0]


def test_what_comes_back_takes_the_sums_of_its_day_away(world, clock):
    sale = actions.sell(lines=[LineInput(world.variants["keju-10"].pk, 2)])
    day = world.shop.today()
    clock.forward(days=2)
    actions.renew_day_sums()
    assert DaySales.objects.filter(day=day).exists()
    actions.take_back(order=sale, amount=20_000)
    assert not DaySales.objects.filter(day=day).exists() and not DayProduct.objects.filter(day=day).exists()
    assert sales.total(day, day).amount == 28_000
    actions.renew_day_sums()
    assert sales.total(day, day).amount == 28_000


def test_a_long_stretch_asks_as_often_as_a_short_one(world, django_assert_num_queries):
    today = world.shop.today()
    actions.record_past(
        orders=[PastOrder(None, today - timedelta(days=back), [PastLine("X", 1, 5)]) for back in range(9)]
    )
    actions.renew_day_sums()
    for length in (2, 30, 400):
        with django_assert_num_queries(2 + 4 + 3):
            as_shown(today - timedelta(days=length), today)
