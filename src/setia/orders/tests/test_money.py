"""Whatever is done to orders: totals equal lines and adjustments, paid equals payments, summaries equal the orders."""

from collections import defaultdict

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from setia.core.errors import DomainError
from setia.core.models import Event
from setia.orders import actions
from setia.orders.actions import LineInput
from setia.orders.models import Adjustment, Line, Order, Payment, PurchaseSummary

pytestmark = pytest.mark.django_db

METHODS = ["cash", "transfer", "qris", "ewallet"]


def books_are_right() -> None:
    """Add everything up from the rows themselves."""
    lines, adjusted, paid = defaultdict(int), defaultdict(int), defaultdict(int)
    for order_id, quantity, unit_price, amount in Line.objects.values_list(
        "order_id", "quantity", "unit_price", "amount"
    ):
        assert amount == quantity * unit_price
        lines[order_id] += amount
    for order_id, amount in Adjustment.objects.values_list("order_id", "amount"):
        adjusted[order_id] += amount
    for order_id, amount in Payment.objects.values_list("order_id", "amount"):
        paid[order_id] += amount
    bought = defaultdict(list)
    for order in Order.objects.all():
        assert order.total == lines[order.pk] + adjusted[order.pk] >= 0
        assert order.paid == paid[order.pk] >= 0
        due = 0 if order.state == "cancelled" else order.total
        assert order.paid + order.balance - order.surplus == due
        assert (order.state == "completed") == (order.completed_on is not None)
        if order.state == "completed" and order.customer_id:
            bought[order.customer_id].append((order.completed_on, order.total))
    summaries = {row.customer_id: row for row in PurchaseSummary.objects.all()}
    assert set(summaries) == set(bought)
    for customer_id, purchases in bought.items():
        days = sorted({day for day, _total in purchases})
        row = summaries[customer_id]
        assert (row.orders, row.spent) == (len(purchases), sum(total for _day, total in purchases))
        assert (row.first_on, row.last_on) == (days[0], days[-1])
        assert row.again_after == ((days[1] - days[0]).days if len(days) > 1 else None)


amounts = st.integers(-60_000, 120_000)
acts = st.one_of(
    st.tuples(st.just("place"), st.integers(1, 4), st.integers(-1, 40_000), st.integers(-1, 90_000)),
    st.tuples(st.just("sell"), st.integers(0, 3)),
    st.tuples(st.just("pay"), amounts, st.sampled_from([None, "refund"])),
    st.tuples(st.sampled_from(["confirm", "mark_ready", "complete", "reopen", "undo_sale"])),
    st.tuples(st.just("cancel"), st.integers(0, 50_000)),
    st.tuples(st.just("change"), st.integers(0, 5), st.integers(-1, 30_000)),
    st.tuples(st.just("tomorrow")),
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(acts, st.integers(0, 5)), max_size=14))
def test_money_never_appears_or_vanishes(world, clock, plan):
    variants = [world.variants[key] for key in ("keju-10", "kacang-hijau-20")]
    people = [world.customers["ratna"], world.customers["yanti"], None]
    with transaction.atomic():
        orders: list[Order] = []
        for (name, *values), which in plan:
            order = orders[which % len(orders)] if orders else None
            try:
                with transaction.atomic():
                    if name == "place":
                        quantity, discount, deposit = values
                        orders.append(
                            actions.place(
                                lines=[LineInput(variants[which % 2].pk, quantity)],
                                due_on=world.shop.today(),
                                customer=people[which % 3],
                                discount=discount,
                                deposit=deposit,
                            )
                        )
                    elif name == "sell":
                        lines = [LineInput(variants[which % 2].pk, values[0])]
                        orders.append(actions.sell(lines=lines, customer=people[which % 3], method=METHODS[which % 4]))
                    elif name == "tomorrow":
                        clock.forward(days=1)
                    elif order is None:
                        continue
                    elif name == "pay":
                        actions.record_payment(order=order, amount=values[0], method=METHODS[which % 4], kind=values[1])
                    elif name == "cancel":
                        actions.cancel(order=order, refund=values[0])
                    elif name == "change":
                        lines = [LineInput(variants[0].pk, values[0])]
                        actions.change(order=order, lines=lines, discount=values[1], customer=people[which % 3])
                    else:
                        getattr(actions, name)(order=order)
            except DomainError as refused:
                assert str(refused)
            books_are_right()
        transaction.set_rollback(True)


def test_two_taps_on_pay_are_one_payment(world):
    order = actions.place(lines=[LineInput(world.variants["keju-10"].pk, 2)], due_on=world.shop.today())
    first = actions.record_payment(order=order, amount=48_000, method="cash", device_key="tap")
    again = actions.record_payment(order=order, amount=48_000, method="cash", device_key="tap")
    order.refresh_from_db()
    assert first == again and order.paid == 48_000
    assert Event.objects.filter(verb="payment.recorded").count() == 1


def test_what_a_payment_tells(world):
    order = actions.place(
        lines=[LineInput(world.variants["keju-10"].pk, 2)], due_on=world.shop.today(), customer=world.customers["ratna"]
    )
    actions.record_payment(order=order, amount=20_000, method="transfer", by=world.members["owner"])
    paid = Event.objects.get(verb="payment.recorded")
    assert paid.data == {"number": 1, "amount": 20_000, "kind": "deposit", "method": "transfer"}
    assert paid.customer_id == order.customer_id


@pytest.mark.parametrize(
    ("amount", "kind", "method", "field"),
    [
        (0, None, "cash", "amount"),
        (-1, None, "cash", "amount"),
        (1, "refund", "cash", "amount"),
        (-5, "deposit", "cash", "amount"),
        (10**10, None, "cash", "amount"),
        (5, None, "shells", "method"),
    ],
)
def test_payments_that_cannot_be(world, amount, kind, method, field):
    order = actions.place(lines=[LineInput(world.variants["keju-10"].pk, 2)], due_on=world.shop.today())
    with pytest.raises(DomainError) as refused:
        actions.record_payment(order=order, amount=amount, method=method, kind=kind)
    assert refused.value.field == field
    books_are_right()


def test_nothing_is_paid_towards_an_order_that_was_called_off(world):
    order = actions.place(lines=[LineInput(world.variants["keju-10"].pk, 2)], due_on=world.shop.today(), deposit=9_000)
    actions.cancel(order=order)
    with pytest.raises(DomainError):
        actions.record_payment(order=order, amount=1_000, method="cash")
    actions.record_payment(order=order, amount=9_000, method="cash", kind="refund")
    books_are_right()
    order.refresh_from_db()
    assert order.surplus == 0
