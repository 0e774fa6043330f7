"""What other areas and the pages read: right, and in a number of queries that does not grow."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from setia.core.scope import open_shop
from setia.customers import actions as customers
from setia.orders import actions, queries
from setia.orders.actions import LineInput, PastLine, PastOrder

pytestmark = pytest.mark.django_db


@pytest.fixture
def today(world):
    return world.shop.today()


def place(world, who, due_on, **wanted):
    lines = [LineInput(world.variants[key.replace("_", "-")].pk, count) for key, count in wanted.items()]
    return actions.place(lines=lines, due_on=due_on, customer=world.customers.get(who))


def past(world, who, day, *lines):
    return PastOrder(world.customers[who].pk, day, lines or (PastLine("Keju isi 10", 2, 48_000),))


def count(function, *arguments):
    with CaptureQueriesContext(connection) as captured:
        result = function(*arguments)
        list(result) if hasattr(result, "__iter__") else result
    return len(captured)


def test_the_kitchen_sums_boxes_by_flavour(world, today):
    place(world, "ratna", today, keju_10=2, kacang_hijau_20=1)
    ready = place(world, "siti", today, keju_10=3)
    actions.mark_ready(order=ready)
    place(world, "endah", today + timedelta(days=1), keju_10=9)
    actions.cancel(order=place(world, "guru", today, keju_10=50))
    actions.complete(order=place(world, "guru", today, keju_10=70))
    rows = [(row.label, row.quantity, row.pieces, row.packed, row.left) for row in queries.kitchen(today)]
    assert rows == [("Keju isi 10", 5, 50, 3, 2), ("Kacang hijau isi 20", 1, 20, 0, 1)]
    with open_shop(world.stranger_shop):
        assert queries.kitchen(today) == []


def test_promises_come_by_day_and_hour(world, clock, today):
    late = place(world, "ratna", today, keju_10=1)
    clock.forward(days=1)
    tomorrow = today + timedelta(days=1)
    evening, morning = place(world, "siti", tomorrow, keju_10=1), place(world, "endah", tomorrow, keju_10=4)
    actions.change(order=evening, due_time=time(17))
    actions.change(order=morning, due_time=time(6, 30))
    sometime = place(world, None, tomorrow, keju_10=2)
    place(world, "guru", tomorrow + timedelta(days=1), keju_10=1)
    promised = queries.promised(tomorrow)
    assert list(promised) == [late, morning, evening, sometime]
    assert [order.boxes for order in promised] == [1, 4, 1, 2]
    assert list(queries.promised(tomorrow, customer_id=evening.customer_id)) == [evening]
    assert queries.open_until(tomorrow) == {"today": 4, "tomorrow": 5, "week": 5, "all": 5}
    assert queries.with_open_order([late.customer_id, world.customers["kasan"].pk]) == {late.customer_id}


def test_balances_are_due_until_they_are_paid(world, clock, today):
    owing, paid, off = (place(world, who, today, keju_10=2) for who in ("ratna", "siti", "endah"))
    actions.record_payment(order=paid, amount=48_000, method="cash")
    actions.cancel(order=off)
    later = place(world, "guru", today + timedelta(days=1), keju_10=1)
    assert list(queries.balances_due(today)) == [owing]
    assert list(queries.balances_due(today + timedelta(days=1))) == [owing, later]
    assert list(queries.balances_due(today + timedelta(days=61))) == [later]
    assert list(queries.balances_due(today, customer_id=paid.customer_id)) == []


def test_orders_are_found_by_number_and_by_customer(world, today):
    first, second = place(world, "ratna", today, keju_10=1), place(world, "siti", today, keju_10=2)
    nameless = place(world, None, today, keju_10=3)
    assert queries.find("#3") == [nameless]
    assert queries.find("ratna wul") == [first]
    assert queries.find("4005") == [second], "the last digits of her phone"
    assert queries.find(" ") == queries.find("zzz") == []
    assert queries.find("2")[0] == second


def test_the_log_has_a_row_per_customer_and_day(world, today):
    earlier = today - timedelta(days=9)
    actions.record_past(
        orders=[
            past(world, "siti", today),
            past(world, "siti", earlier),
            past(world, "ratna", date(2024, 2, 29), PastLine("", 1, 10_000)),
            past(world, "siti", earlier, PastLine("Keju isi 10", 1, 24_000)),
        ]
    )
    actions.sell(lines=[LineInput(world.variants["keju-10"].pk, 1)])
    place(world, "guru", today, keju_10=1)
    ids, days, amounts = queries.purchase_log()
    ratna, siti = world.customers["ratna"].pk, world.customers["siti"].pk
    assert list(zip(ids, days, amounts, strict=True)) == [
        (ratna, date(2024, 2, 29).toordinal(), 10_000),
        (siti, earlier.toordinal(), 72_000),
        (siti, today.toordinal(), 48_000),
    ]
    assert {column.dtype.kind for column in (ids, days, amounts)} == {"i"}
    with open_shop(world.stranger_shop):
        assert [list(column) for column in queries.purchase_log()] == [[], [], []]


def test_favourites_are_what_is_taken_most_often(world, today):
    keju10, keju20, ijo = (world.variants[key].pk for key in ("keju-10", "keju-20", "kacang-hijau-10"))
    baskets = [[(ijo, 1)], [(ijo, 1), (keju20, 9)], [(keju10, 1)], [(keju10, 1), (ijo, 2)]]
    actions.record_past(
        orders=[
            *(
                past(world, "siti", today - timedelta(days=n), *(LineInput(*line) for line in basket))
                for n, basket in enumerate(baskets)
            ),
            past(world, "siti", today, PastLine("", 40, 1_000)),
        ]
    )
    siti = world.customers["siti"].pk
    assert queries.favourites(siti) == [("Kacang hijau isi 10", 4), ("Keju isi 10", 2), ("Keju isi 20", 9)]
    assert queries.favourites(siti, limit=1) == [("Kacang hijau isi 10", 4)]
    # pack sizes of one flavour count together; of equals the first in the alphabet
    assert queries.favourites_of([siti, world.customers["ratna"].pk]) == {siti: "Kacang hijau"}


def test_buyers_of_a_season(world, today):
    starts, ends = today - timedelta(days=30), today - timedelta(days=20)
    actions.record_past(
        orders=[
            past(world, "siti", starts, PastLine("Keju", 3, 1_000)),
            past(world, "ratna", ends, PastLine("Keju", 5, 1_000)),
            past(world, "siti", ends, PastLine("Keju", 4, 1_000)),
            past(world, "endah", ends + timedelta(days=1)),
            past(world, "guru", starts, PastLine("Keju", 90, 1_000)),
        ]
    )
    customers.archive(customer=world.customers["guru"])
    siti, ratna = world.customers["siti"], world.customers["ratna"]
    assert queries.buyers_between(starts, ends) == [(siti, 7), (ratna, 5)]
    assert queries.buyers_between(starts, ends, customer_id=ratna.pk) == [(ratna, 5)]


def test_first_time_buyers_and_latest_buyers(world, today):
    yesterday = today - timedelta(days=1)
    actions.record_past(
        orders=[
            past(world, "siti", yesterday),
            past(world, "ratna", yesterday),
            past(world, "ratna", today),
            past(world, "endah", today),
        ]
    )
    found = queries.first_time_buyers(since=yesterday, until=today)
    assert [row.customer for row in found] == [world.customers["endah"], world.customers["siti"]]
    assert queries.first_time_buyers(since=today, until=today, customer_id=found[1].customer_id) == []
    latest = queries.latest_buyers(offset=0, limit=2)
    assert {row.customer for row in latest} == {world.customers["endah"], world.customers["ratna"]}
    assert queries.latest_buyers(offset=2, limit=2)[0].customer == world.customers["siti"]
    assert queries.purchase_days(world.customers["ratna"].pk, limit=14) == [yesterday, today]
    assert set(queries.summaries_of([row.customer_id for row in latest])) == {row.customer_id for row in latest}


def test_how_many_come_back(world, today):
    first = today - timedelta(days=100)
    people = [customers.add_customer(display_name=f"Bu {name}") for name in "ABCDEFGHIJKL"]
    orders = [PastOrder(person.pk, first, [PastLine("", 1, 1)]) for person in people]
    orders += [PastOrder(people[0].pk, first + timedelta(days=60), [PastLine("", 1, 1)])]
    orders += [PastOrder(people[1].pk, first + timedelta(days=61), [PastLine("", 1, 1)])]
    orders += [PastOrder(people[2].pk, first, [PastLine("", 1, 1)])]
    actions.record_past(orders=orders[:5])
    assert queries.repeat_share(today) is None, "five people are too few to speak of"
    actions.record_past(orders=orders[5:])
    share = queries.repeat_share(today)
    assert (share.percent, share.of) == (8, 12)
    assert queries.repeat_share(first + timedelta(days=59)) is None


def test_queries_do_not_grow_with_the_rows(world, today):
    reads = {
        "kitchen": lambda: queries.kitchen(today),
        "promised": lambda: [order.customer.display_name for order in queries.promised(today)],
        "balances": lambda: [order.customer.display_name for order in queries.balances_due(today)],
        "done": lambda: [(order.customer, order.boxes) for order in queries.done()[:50]],
        "find": lambda: queries.find("bu"),
        "log": queries.purchase_log,
        "favourites": lambda: queries.favourites_of([person.pk for person in world.customers.values()]),
        "buyers": lambda: queries.buyers_between(today - timedelta(days=99), today),
        "share": lambda: queries.repeat_share(today),
        "with lines": lambda: [order.lines.all() for order in queries.with_lines(queries.due_on(today))],
    }

    def fill(people):
        for who in people:
            place(world, who, today, keju_10=1, cokelat_10=2)
            actions.record_past(orders=[past(world, who, today - timedelta(days=9))])

    fill(["ratna", "siti"])
    few = {name: count(read) for name, read in reads.items()}
    fill([who for who in world.customers if who not in ("ratna", "siti")] * 2)
    assert {name: count(read) for name, read in reads.items()} == few
    assert max(few.values()) <= 6, few
