"""Two cashiers at once, on a server that lets them: one sale, one number each, one step, one summary."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections

from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.scope import open_shop
from setia.orders import actions, queries
from setia.orders.actions import LineInput
from setia.orders.models import Order, Payment
from tests import world as cast

pytestmark = pytest.mark.django_db(transaction=True)

HANDS = 6


@pytest.fixture
def shop(transactional_db, clock):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one writer in at a time; PostgreSQL runs this.")
    made = cast.build()
    with open_shop(made.shop):
        yield made


def at_once(shop: Any, act: Callable[[int], Any]) -> list[Any]:
    """What `act(n)` answered in each of several threads that start together; errors come back as answers."""
    from setia.core import clock as house_clock

    moment, gate, answers = house_clock.now(), Barrier(HANDS), [None] * HANDS

    def hand(number: int) -> None:
        try:
            with house_clock.frozen(moment), open_shop(shop.shop):
                gate.wait()
                answers[number] = act(number)
        except Exception as error:  # handed to the test
            answers[number] = error
        finally:
            connections.close_all()

    threads = [Thread(target=hand, args=(number,)) for number in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_one_key_is_one_sale(shop):
    lines = [LineInput(shop.variants["keju-10"].pk, 2)]
    sales = at_once(shop, lambda n: actions.sell(lines=lines, customer=shop.customers["siti"], device_key="tap"))
    assert {sale.pk for sale in sales} == {Order.objects.get().pk}
    assert Payment.objects.count() == Event.objects.filter(verb="order.completed").count() == 1
    assert queries.summary_of(shop.customers["siti"].pk).orders == 1


def test_many_sales_to_one_customer_all_count(shop):
    lines = [LineInput(shop.variants["keju-10"].pk, 1)]
    sales = at_once(shop, lambda n: actions.sell(lines=lines, customer=shop.customers["siti"]))
    assert sorted(sale.number for sale in sales) == list(range(1, HANDS + 1))
    summary = queries.summary_of(shop.customers["siti"].pk)
    assert (summary.orders, summary.spent) == (HANDS, HANDS * 24_000)
    firsts = [event.data["first"] for event in Event.objects.filter(verb="order.completed")]
    assert firsts.count(True) == 1


def test_one_step_one_event_one_payment(shop):
    order = actions.place(
        lines=[LineInput(shop.variants["keju-10"].pk, 2)], due_on=shop.shop.today(), customer=shop.customers["siti"]
    )
    at_once(shop, lambda n: actions.complete(order=Order.objects.get(pk=order.pk), method="cash"))
    order.refresh_from_db()
    assert (order.paid, order.state) == (48_000, "completed")
    assert Payment.objects.count() == Event.objects.filter(verb="order.completed").count() == 1


def test_no_more_goes_back_than_came_in(shop):
    order = actions.place(lines=[LineInput(shop.variants["keju-10"].pk, 2)], due_on=shop.shop.today(), deposit=10_000)
    answers = at_once(shop, lambda n: actions.record_payment(order=order, amount=4_000, method="cash", kind="refund"))
    assert sum(isinstance(answer, DomainError) for answer in answers) == HANDS - 2
    order.refresh_from_db()
    assert order.paid == 2_000 == sum(Payment.objects.values_list("amount", flat=True))
