"""A wedding order, from the first word to the last coin, through the pages."""

import re
from datetime import timedelta

import pytest
from django.utils.html import escape

from setia.core.models import Event
from setia.customers.models import Customer
from setia.orders import queries
from setia.orders.models import Order

pytestmark = pytest.mark.django_db


def page(answer):
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_hundred_boxes_for_a_wedding(world, clock):
    owner, cashier = world.client("owner"), world.client("cashier")
    wedding = world.shop.today() + timedelta(days=19)
    ijo, keju = world.variants["kacang-hijau-10"].pk, world.variants["keju-10"].pk

    # Bu Karti comes in. Nobody knows her number, so she is written down with her order, and leaves a deposit.
    form = owner.get(world.url("orders/new/"))
    answer = owner.post(
        world.url("orders/new/"),
        {
            "device_key": form.context["form"].initial["device_key"],
            "customer": "new",
            "display_name": "Bu Karti Ngantru",
            "phone": "0812 7777 0001",
            f"boxes-{ijo}": "100",
            "due_on": wedding.isoformat(),
            "due_time": "15:00",
            "fulfilment": "delivery",
            "address": "Balai desa Ngantru",
            "delivery_fee": "25rb",
            "discount": "125.000",
            "deposit": "950rb",
            "deposit_method": "transfer",
            "note": "Stiker nama: Tini & Budi",
        },
        follow=True,
    )
    shown = page(answer)
    order = Order.objects.get()
    karti = Customer.objects.get(display_name="Bu Karti Ngantru")
    assert order.customer == karti and order.total == 1_900_000 and order.balance == 950_000
    assert "Balai desa Ngantru" in shown and escape("Stiker nama: Tini & Budi") in shown

    # The owner confirms. Two days before the day, Bu Karti changes twenty boxes to cheese.
    owner.post(world.url(f"orders/{order.pk}/confirmation/"))
    clock.forward(days=17)
    assert "100" in page(owner.get(world.url(f"orders/kitchen/?day={wedding.isoformat()}")))
    written = owner.get(world.url(f"orders/{order.pk}/changes/")).context["form"].initial
    values = {name: value for name, value in written.items() if value is not None}
    values |= {f"boxes-{ijo}": "80", f"boxes-{keju}": "20", "due_time": "13:30"}
    shown = page(owner.post(world.url(f"orders/{order.pk}/changes/"), values, follow=True))
    order.refresh_from_db()
    assert order.total == 80 * 20_000 + 20 * 24_000 + 25_000 - 125_000 == 1_980_000
    assert (order.paid, order.due_time.hour, order.state) == (950_000, 13, "confirmed")

    # The day: the kitchen sees both flavours, packs, and the cashier hands over. She pays the rest by transfer.
    clock.forward(days=2)
    kitchen = page(cashier.get(world.url("orders/kitchen/")))
    assert "Kacang hijau isi 10" in kitchen and "800" in kitchen and "Bu Karti Ngantru" in kitchen
    cashier.post(world.url(f"orders/{order.pk}/readiness/"))
    assert "1,030,000" in page(cashier.get(world.url(f"orders/{order.pk}/")))
    shown = page(cashier.post(world.url(f"orders/{order.pk}/completion/"), {"method": "transfer"}, follow=True))
    assert "Paid in full" in shown

    # A slip: it was the wrong order. One tap takes it back, one hands it over again; the money was taken once.
    cashier.post(world.url(f"orders/{order.pk}/reopening/"), {"state": "completed"})
    assert queries.summary_of(karti.pk) is None
    cashier.post(world.url(f"orders/{order.pk}/completion/"))
    order.refresh_from_db()
    assert (order.state, order.paid, order.balance, order.surplus) == ("completed", 1_980_000, 0, 0)
    summary = queries.summary_of(karti.pk)
    assert (summary.orders, summary.spent, summary.first_on) == (1, 1_980_000, wedding)
    assert queries.favourites(karti.pk) == [("Kacang hijau isi 10", 80), ("Keju isi 10", 20)]

    # What happened is told by the events alone.
    told = Event.objects.filter(customer_id=karti.pk).exclude(verb__startswith="customer").order_by("pk")
    assert list(told.values_list("verb", flat=True)) == [
        "order.placed",
        "payment.recorded",
        "order.confirmed",
        "order.changed",
        "order.ready",
        "payment.recorded",
        "order.completed",
        "order.reopened",
        "order.completed",
    ]
    assert sum(event.data["amount"] for event in told if event.verb == "payment.recorded") == 1_980_000


def test_a_rush_at_the_counter(world):
    """Ten people in a row, every third with a name; the till says what the orders say."""
    cashier, counter = world.client("cashier"), world.url("orders/counter/")
    expected = 0
    for number in range(10):
        form = cashier.get(counter).context["form"]
        values = {"device_key": form.initial["device_key"], "method": ("cash", "qris", "transfer")[number % 3]}
        values |= {
            f"boxes-{world.variants['keju-10'].pk}": "1",
            f"boxes-{world.variants['ubi-ungu-10'].pk}": str(number % 4),
        }
        if number % 3 == 0:
            found = cashier.get(world.url("orders/people/"), {"who": "4005"}).content.decode()
            values["customer"] = re.search(r'name="pick" value="(\d+)"', found)[1]
        assert cashier.post(counter, values).status_code == 302
        expected += 24_000 + 22_000 * (number % 4)
    sales = Order.objects.all()
    assert sum(sale.paid for sale in sales) == sum(sale.total for sale in sales) == expected
    assert sorted(sale.number for sale in sales) == list(range(1, 11))
    assert queries.summary_of(world.customers["siti"].pk).orders == 4
