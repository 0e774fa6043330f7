"""From new to handed over, and back; what each customer has bought follows."""

from datetime import timedelta

import pytest

from setia.core.errors import DomainError
from setia.core.models import Event
from setia.orders import actions, queries
from setia.orders.actions import LineInput
from setia.orders.models import Order, OrderState, Payment

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(world):
    return actions.place(
        lines=[LineInput(world.variants["keju-10"].pk, 2)],
        due_on=world.shop.today(),
        customer=world.customers["ratna"],
        deposit=20_000,
    )


def stale(order):
    """The same order as another device read it before."""
    return Order.objects.get(pk=order.pk)


def verbs():
    return list(Event.objects.filter(verb__startswith="order.").order_by("pk").values_list("verb", flat=True))


def test_the_usual_way(world, order, clock):
    for step, state in ((actions.confirm, "confirmed"), (actions.mark_ready, "ready"), (actions.complete, "completed")):
        clock.forward(minutes=5)
        assert step(order=order).state == state
    assert order.confirmed_at < order.ready_at < order.completed_at
    assert order.completed_on == world.shop.today()
    assert verbs() == ["order.placed", "order.confirmed", "order.ready", "order.completed"]
    last = Event.objects.get(verb="order.completed")
    assert last.data == {"number": 1, "total": 48_000, "channel": "phone", "state": "completed", "first": True}


@pytest.mark.parametrize("step", [actions.confirm, actions.mark_ready, actions.complete, actions.cancel])
def test_two_devices_take_a_step_once(order, step):
    mine, theirs = stale(order), stale(order)
    step(order=mine)
    step(order=theirs)
    assert mine.state == theirs.state
    assert len(verbs()) == 2


def test_two_devices_that_disagree_are_told(order):
    theirs = stale(order)
    actions.cancel(order=order)
    with pytest.raises(DomainError, match="Cancelled") as refused:
        actions.complete(order=theirs)
    assert refused.value.code == "state"
    assert stale(order).state == OrderState.CANCELLED
    assert queries.summary_of(order.customer_id) is None


def test_the_shop_day_decides_not_the_servers(world, clock, order):
    """23.30 in Trenggalek is 16.30 in UTC; half an hour later it is tomorrow here and still today there."""
    clock.forward(hours=14, minutes=30)
    day = world.shop.today()
    actions.complete(order=order)
    assert order.completed_on == day
    other = actions.place(lines=[LineInput(world.variants["keju-10"].pk, 1)], due_on=day, customer=order.customer)
    clock.forward(minutes=31)
    actions.complete(order=other)
    assert other.completed_on == day + timedelta(days=1)
    assert other.completed_at.date() == day
    summary = queries.summary_of(order.customer_id)
    assert (summary.first_on, summary.last_on, summary.again_after) == (day, day + timedelta(days=1), 1)


def test_handing_over_takes_the_rest(world, order):
    actions.complete(order=order, method="qris", by=world.members["cashier"])
    assert (order.paid, order.balance) == (48_000, 0)
    rest = Payment.objects.get(order=order, kind="balance")
    assert (rest.amount, rest.method, rest.by) == (28_000, "qris", world.members["cashier"])
    actions.complete(order=stale(order), method="qris")
    assert Payment.objects.filter(order=order).count() == 2


def test_handing_over_unpaid_leaves_a_debt(order):
    actions.complete(order=order)
    assert order.balance == 28_000
    assert list(queries.balances_due(order.due_on)) == [order]


# --- The way back -----------------------------------------------------------------------------------------------------


def test_taking_back_goes_one_step_at_a_time(order):
    actions.confirm(order=order)
    actions.complete(order=order)
    states = []
    while order.state != "placed":
        actions.reopen(order=order)
        states.append(order.state)
    assert states == ["confirmed", "placed"]
    assert (order.completed_at, order.completed_on, order.confirmed_at) == (None, None, None)
    with pytest.raises(DomainError):
        actions.reopen(order=order)


def test_a_second_tap_on_undo_takes_back_nothing_more(order):
    actions.confirm(order=order)
    actions.mark_ready(order=order)
    actions.reopen(order=stale(order), step="ready")
    actions.reopen(order=stale(order), step="ready")
    assert stale(order).state == "confirmed"
    assert verbs().count("order.reopened") == 1


def test_undoing_gives_the_summary_back_as_it_was(world, clock, order):
    first = queries.summary_of(order.customer_id)
    assert first is None
    actions.complete(order=order)
    before = queries.summary_of(order.customer_id)
    clock.forward(days=12)
    other = actions.place(
        lines=[LineInput(world.variants["keju-20"].pk, 1)], due_on=world.shop.today(), customer=order.customer
    )
    actions.complete(order=other)
    both = queries.summary_of(order.customer_id)
    assert (both.orders, both.spent, both.again_after) == (2, 94_000, 12)
    assert Event.objects.filter(verb="order.completed").order_by("-pk")[0].data["first"] is False
    actions.reopen(order=other)
    after = queries.summary_of(order.customer_id)
    for name in ("orders", "spent", "first_on", "last_on", "again_after"):
        assert getattr(after, name) == getattr(before, name)
    actions.reopen(order=order)
    assert queries.summary_of(order.customer_id) is None


def test_calling_off_says_what_becomes_of_the_money(order):
    with pytest.raises(DomainError) as refused:
        actions.cancel(order=stale(order), refund=20_001)
    assert refused.value.field == "refund"
    assert stale(order).state == "placed"
    actions.cancel(order=order, reason=" hujan  deras ", refund=15_000, refund_method="transfer")
    assert (order.paid, order.balance, order.surplus, order.cancel_reason) == (5_000, 0, 5_000, "hujan deras")
    assert Payment.objects.get(order=order, kind="refund").amount == -15_000
    actions.reopen(order=order)
    assert (order.state, order.balance) == ("placed", 43_000)


# --- The counter ------------------------------------------------------------------------------------------------------


def test_a_sale_is_taken_paid_and_handed_over(world):
    sale = actions.sell(
        lines=[LineInput(world.variants["keju-10"].pk, 2)],
        customer=world.customers["siti"],
        method="qris",
        device_key="d",
    )
    assert (sale.state, sale.total, sale.paid, sale.channel) == ("completed", 48_000, 48_000, "counter")
    assert queries.summary_of(sale.customer_id).orders == 1
    assert verbs() == ["order.completed"]
    again = actions.sell(lines=[LineInput(world.variants["keju-10"].pk, 2)], method="qris", device_key="d")
    assert again == sale
    assert Order.objects.count() == Payment.objects.count() == 1


def test_a_sale_needs_no_name(world):
    sale = actions.sell(lines=[LineInput(world.variants["keju-10"].pk, 1)])
    assert sale.customer is None
    assert Event.objects.get(verb="order.completed").data["first"] is False


def test_a_slip_at_the_counter_is_undone_once(world, order):
    sale = actions.sell(
        lines=[LineInput(world.variants["keju-10"].pk, 1)], customer=world.customers["siti"], method="qris"
    )
    actions.undo_sale(order=stale(sale))
    actions.undo_sale(order=sale)
    assert (sale.state, sale.paid) == ("cancelled", 0)
    assert list(Payment.objects.filter(order=sale).order_by("pk").values_list("amount", "method")) == [
        (24_000, "qris"),
        (-24_000, "qris"),
    ]
    assert queries.summary_of(world.customers["siti"].pk) is None
    with pytest.raises(DomainError):
        actions.undo_sale(order=order)


def test_on_its_way_is_a_step_of_what_is_brought(world):
    order = actions.place(
        lines=[LineInput(world.variants["keju-10"].pk, 1)],
        due_on=world.shop.today(),
        fulfilment="delivery",
        address="Pasar Pon",
    )
    actions.mark_ready(order=order)
    world.client("cashier").post(world.url(f"orders/{order.pk}/sending/"))
    order.refresh_from_db()
    assert order.state == "underway" and order.is_open and order.underway_at
    assert Event.objects.get(verb="order.on_its_way").data["fulfilment"] == "delivery"
    assert actions.reopen(order=order).state == "ready" and order.underway_at is None
    actions.send_out(order=order)
    assert actions.reopen(order=actions.complete(order=order, method="cash")).state == "underway"
    picked_up = actions.place(lines=[LineInput(world.variants["keju-10"].pk, 1)], due_on=world.shop.today())
    with pytest.raises(DomainError):
        actions.send_out(order=picked_up)
