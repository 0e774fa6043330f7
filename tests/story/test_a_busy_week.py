"""A week of orders: weekly boxes of a reseller, a deposit that stays, a day over capacity. Through actions."""

from datetime import time, timedelta

import pytest

from setia.core.errors import DomainError
from setia.orders import actions, queries
from setia.orders.actions import Back, LineInput
from setia.orders.models import Order, Payment
from setia.orders.queries import sales
from setia.orders.rules import deposits
from setia.orders.rules.deposits import Terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules(world):
    return actions.change_terms(
        deposit_kind="percent", deposit_percent=50, deposit_above=500_000, free_until_days=3, kept_after=100
    )


def lines(world, **boxes):
    return [LineInput(world.variants[key.replace("_", "-")].pk, count) for key, count in boxes.items()]


def test_a_week_in_the_bakery(world, clock, rules):
    today, owner = world.shop.today(), world.members["owner"]
    yanti, siti, guru = (world.customers[name] for name in ("yanti", "siti", "guru"))

    # Monday: Mbak Yanti orders for her shelf, as every week, at her own prices; nothing is asked ahead below the limit.
    weekly = actions.place(
        lines=lines(world, kacang_hijau_10=10, keju_10=8),
        customer=yanti,
        channel="reseller",
        fulfilment="courier",
        address="Pasar Tulungagung",
        due_on=today + timedelta(days=1),
        due_time=time(6, 30),
        taken_by=owner,
    )
    assert weekly.total == 10 * 17_000 + 8 * 20_500 and weekly.deposit_due == 0

    # Bu Guru wants a hundred boxes for a wedding: half of it ahead. She pays that much the next day.
    wedding = actions.place(
        lines=lines(world, kacang_hijau_10=100), customer=guru, due_on=today + timedelta(days=10), sticker="Tini & Budi"
    )
    assert wedding.deposit_due == 1_000_000
    clock.forward(days=1)
    actions.record_payment(order=wedding, amount=1_000_000, method="transfer")
    wedding.refresh_from_db()
    assert queries.deposit_open(wedding) == 0

    # Tuesday: the reseller's boxes go out and arrive; two come back crushed and lower what she owes.
    for step in (actions.mark_ready, actions.send_out):
        step(order=weekly)
    actions.complete(order=weekly)
    crushed = queries.lines_of(weekly)[1]
    back = actions.take_back(order=weekly, lines=[Back(crushed.pk, 2)], reason="crushed on the way")
    assert (back.amount, weekly.balance, weekly.paid) == (41_000, 293_000, 0)
    assert queries.summary_of(yanti.pk).spent == 293_000

    # A Saturday fills up: the cashier is refused, the customer waits, another calls off, and there is room.
    party = today + timedelta(days=5)
    first = actions.place(lines=lines(world, keju_10=180), due_on=party, customer=siti, deposit=2_160_000)
    with pytest.raises(DomainError, match="20 more boxes"):
        actions.place(lines=lines(world, ubi_ungu_10=40), due_on=party, customer=yanti, overbook=False)
    waiting = actions.wait(day=party, boxes=40, customer=yanti)
    assert queries.can_be_served(world.shop.today()) == []
    split = deposits.on_calling_off(
        Terms.of(first.terms),
        paid=first.paid,
        deposit_due=first.deposit_due,
        on=world.shop.today(),
        due_on=first.due_on,
    )
    assert split == deposits.Split(0, 2_160_000), "four days ahead everything goes back"
    actions.cancel(order=first, refund=split.back, refund_method="transfer")
    assert queries.can_be_served(world.shop.today()) == [waiting]
    place = actions.place(lines=lines(world, ubi_ungu_10=40), due_on=party, customer=yanti, overbook=False)
    actions.stop_waiting(waiting=waiting, order=place)

    # Two days before the wedding twenty boxes change; it is too late now to call off and get the deposit back.
    clock.forward(days=7)
    actions.change(order=wedding, lines=lines(world, kacang_hijau_10=80, keju_10=20))
    assert wedding.total == 2_080_000 and wedding.balance == 1_080_000
    split = deposits.on_calling_off(
        Terms.of(wedding.terms),
        paid=wedding.paid,
        deposit_due=wedding.deposit_due,
        on=world.shop.today(),
        due_on=wedding.due_on,
    )
    assert split == deposits.Split(1_000_000, 0)
    actions.cancel(order=wedding, reason="called off", refund=split.back)
    assert wedding.surplus == 1_000_000

    # The book: what was paid is what the orders say, and the week's sales are what was handed over and stayed.
    assert sum(Payment.objects.values_list("amount", flat=True)) == sum(Order.objects.values_list("paid", flat=True))
    assert sales.total(today, world.shop.today()).amount == 293_000


def test_the_counter_dies_between_payment_and_note(world):
    """Power fails after the sale was booked and before the note was printed: the same form again is the same sale."""
    cashier, url = world.client("cashier"), world.url("orders/counter/")
    form = cashier.get(url).context["form"]
    values = {"device_key": form.initial["device_key"], "method": "cash"}
    values |= {f"boxes-{world.variants['keju-10'].pk}": "2"}
    first = cashier.post(url, values)  # whose answer never arrives
    again = cashier.post(url, values)
    assert first["Location"] == again["Location"]
    sale = Order.objects.get()
    assert (sale.paid, sale.total, Payment.objects.count()) == (48_000, 48_000, 1)
    assert cashier.get(world.url(f"orders/{sale.pk}/note/?paper=58")).status_code == 200
