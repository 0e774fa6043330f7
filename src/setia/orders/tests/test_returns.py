"""What comes back: totals fall, money goes back or stays as credit, nothing comes back twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.core.errors import DomainError
from setia.core.models import Event
from setia.orders import actions, queries, rules
from setia.orders.actions import Back, LineInput
from setia.orders.models import Return

pytestmark = pytest.mark.django_db


def sold(world, **more):
    return actions.sell(lines=[LineInput(world.variants["keju-10"].pk, 3)], customer=world.customers["siti"], **more)


def test_boxes_come_back_and_their_money_too(world):
    sale = sold(world)
    line = queries.lines_of(sale)[0]
    for _again in range(2):
        back = actions.take_back(order=sale, lines=[Back(line.pk, 1)], refund=True, reason="crushed", device_key="k")
    assert (back.amount, back.refunded) == (24_000, 24_000)
    assert (sale.total, sale.paid, sale.surplus, sale.balance) == (48_000, 48_000, 0, 0)
    assert queries.summary_of(sale.customer_id).spent == 48_000
    told = Event.objects.get(verb="order.returned").data
    assert (told["amount"], told["refunded"], told["credit"]) == (24_000, 24_000, 0)
    assert told["lines"] == [{"variant_id": line.variant_id, "quantity": 1, "amount": 24_000}]
    with pytest.raises(DomainError):
        actions.take_back(order=sale, lines=[Back(line.pk, 3)])
    with pytest.raises(DomainError):
        actions.reopen(order=sale)
    assert Return.objects.count() == 1


def test_without_refund_it_is_credit_or_lowers_what_is_owed(world):
    sale = sold(world)
    actions.take_back(order=sale, amount=10_000)
    assert (sale.total, sale.surplus) == (62_000, 10_000)
    owed = actions.place(lines=[LineInput(world.variants["keju-10"].pk, 2)], due_on=world.shop.today())
    with pytest.raises(DomainError):
        actions.take_back(order=owed, amount=1)
    owed = actions.complete(order=owed)
    actions.take_back(order=owed, amount=8_000, refund=True)
    assert (owed.total, owed.balance, owed.surplus) == (40_000, 40_000, 0)


def test_through_the_page(world):
    sale, cashier = sold(world), world.client("cashier")
    line = queries.lines_of(sale)[0]
    page = world.url(f"orders/{sale.pk}/")
    form = cashier.get(page).context["return_form"]
    values = {"device_key": form.initial["device_key"], "refund": "refund", "method": "cash"}
    assert cashier.post(f"{page}returns/", values).status_code == 422
    assert cashier.post(f"{page}returns/", values | {f"back-{line.pk}": "9"}).status_code == 422
    answer = cashier.post(f"{page}returns/", values | {f"back-{line.pk}": "2"}, follow=True)
    assert answer.status_code == 200 and Return.objects.get().refunded == 48_000
    assert world.client("viewer").post(f"{page}returns/", values).status_code == 403


@given(st.integers(0, 10**7), st.lists(st.integers(1, 20), min_size=1, max_size=8))
def test_all_boxes_together_are_worth_what_they_cost(amount, backs):
    quantity, before, given_back = sum(backs), 0, 0
    for back in backs:
        given_back += rules.share(amount, quantity, before, back)
        before += back
    assert given_back == amount
