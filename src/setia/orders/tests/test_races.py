"""Two cashiers at once, on a server that lets them: one sale, one number each, one step, one summary."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections

from setia.core import clock
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.scope import open_shop
from setia.orders import actions, queries
from setia.orders.actions import LineInput
from setia.orders.consignment import actions as consignment
from setia.orders.consignment.rules import Move
from setia.orders.credit import actions as credit
from setia.orders.credit import book
from setia.orders.models import CreditEntry, Order, Payment, Settlement
from setia.orders.queries import sales
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
    made = at_once(shop, lambda n: actions.sell(lines=lines, customer=shop.customers["siti"], device_key="tap"))
    assert {sale.pk for sale in made} == {Order.objects.get().pk}
    assert Payment.objects.count() == Event.objects.filter(verb="order.completed").count() == 1
    assert queries.summary_of(shop.customers["siti"].pk).orders == 1


def test_many_sales_to_one_customer_all_count(shop):
    lines = [LineInput(shop.variants["keju-10"].pk, 1)]
    made = at_once(shop, lambda n: actions.sell(lines=lines, customer=shop.customers["siti"]))
    assert sorted(sale.number for sale in made) == list(range(1, HANDS + 1))
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


def test_a_debt_is_paid_once(shop):
    """Cashiers take the money of the whole debt at once: one does, the others hear that nothing is owed any more."""
    siti = shop.customers["siti"]
    credit.open_balance(customer=siti, amount=50_000)
    answers = at_once(shop, lambda n: credit.repay(customer=siti, amount=50_000, device_key=f"till-{n}"))
    refused = [answer.code for answer in answers if isinstance(answer, DomainError)]
    assert refused == ["too_much"] * (HANDS - 1)
    assert book.balance(siti.pk) == 0 == sum(CreditEntry.objects.values_list("amount", flat=True))
    assert Event.objects.filter(verb="credit.paid").count() == 1


def test_parts_of_a_debt_paid_at_once_are_never_more_than_it(shop):
    siti = shop.customers["siti"]
    credit.open_balance(customer=siti, amount=50_000)
    answers = at_once(shop, lambda n: credit.repay(customer=siti, amount=20_000))
    assert sum(isinstance(answer, DomainError) for answer in answers) == HANDS - 2
    assert book.balance(siti.pk) == 10_000


def test_one_key_is_one_repayment(shop):
    siti = shop.customers["siti"]
    credit.open_balance(customer=siti, amount=50_000)
    answers = at_once(shop, lambda n: credit.repay(customer=siti, amount=10_000, device_key="tap"))
    assert {answer.pk for answer in answers} == {CreditEntry.objects.get(kind="payment").pk}
    assert book.balance(siti.pk) == 40_000


@pytest.mark.parametrize("key", ["tap", None])
def test_what_lay_at_a_resellers_is_settled_once(shop, key):
    yanti, boxes = shop.customers["yanti"], shop.variants["keju-10"].pk
    consignment.visit(customer=yanti, moves=[Move(variant_id=boxes, delivered=10)])
    consignment.visit(customer=yanti, moves=[Move(variant_id=boxes, sold=4)])
    answers = at_once(shop, lambda n: consignment.settle(customer=yanti, method="cash", device_key=key))
    made = Settlement.objects.get()
    assert Order.objects.get().pk == made.order_id and Payment.objects.get().amount == made.amount > 0
    if key:
        assert {answer.pk for answer in answers} == {made.pk}
    else:
        assert [answer.code for answer in answers if isinstance(answer, DomainError)] == ["nothing"] * (HANDS - 1)
    assert Event.objects.filter(verb="consignment.settled").count() == 1


def test_no_sum_of_a_day_is_older_than_what_came_back(shop):
    """The night sums a day while boxes of that day come back."""
    day = shop.shop.today() - timedelta(days=1)
    line = LineInput(shop.variants["keju-10"].pk, 5)
    sale = actions.sell(lines=[line], sold_at=clock.now() - timedelta(days=1))

    def work(number):
        return actions.renew_day_sums() if number % 2 else actions.take_back(order=sale, amount=10_000)

    answers = at_once(shop, work)
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert sales.total(day, day).amount == Order.objects.get().total == 90_000
    actions.renew_day_sums()
    assert sales.total(day, day).amount == 90_000
