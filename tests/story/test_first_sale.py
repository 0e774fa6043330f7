"""One message becomes a served, thanked, remembered customer."""

import re

import pytest

from setia.conversations.models import Conversation, Message
from setia.customers.models import Customer
from setia.orders.models import Order, PurchaseSummary
from setia.segments.models import Score
from setia.today.models import Prompt

pytestmark = pytest.mark.django_db(transaction=True)

NEWCOMER = "+6281299990001"


def test_a_message_becomes_a_remembered_customer(street):
    world, owner = street.world, street.world.client("owner")
    street.ask("POST", "users", {"phone": NEWCOMER.lstrip("+"), "name": "Bu Lastri Ngadirenggo", "reads": True})

    # She writes. The shop knows her now, greets her once, and Today says that she waits.
    street.writes(NEWCOMER, "Assalamualaikum bu, pesan bakpia kacang ijo 2 kotak nggih")
    customer = Customer.objects.get(display_name="Bu Lastri Ngadirenggo")
    chat = Conversation.objects.get(customer=customer)
    assert chat.unread == 1
    assert len(street.heard(NEWCOMER)) == 1, "a greeting"
    home = owner.get(world.url())
    assert "Bu Lastri Ngadirenggo" in home.content.decode()
    assert Prompt.objects.filter(kind="chat", customer=customer, state="open").count() == 1

    # The owner opens the chat and answers; nobody waits any more.
    thread = owner.get(world.url(f"chats/{chat.pk}/"))
    assert "pesan bakpia kacang ijo 2 kotak" in thread.content.decode()
    key = re.search(r'name="key" value="([^"]+)"', thread.content.decode())
    owner.post(
        world.url(f"chats/{chat.pk}/replies/"), {"text": "Siap Bu, besok pagi nggih?", "key": key[1] if key else "k1"}
    )
    street.work()
    assert street.heard(NEWCOMER)[-1] == "Siap Bu, besok pagi nggih?"
    assert not Prompt.objects.filter(kind="chat", customer=customer, state="open").exists()

    # She takes the order, hands it over, and is paid.
    page = owner.get(world.url(f"orders/new/?customer={customer.pk}"))
    assert page.status_code == 200
    variant = world.variants["kacang-hijau-10"]
    form = page.context["form"]
    answer = owner.post(
        world.url("orders/new/"),
        {
            "customer": customer.pk,
            f"boxes-{variant.pk}": "2",
            "due_on": world.shop.today().isoformat(),
            "fulfilment": "pickup",
            "device_key": form.initial["device_key"],
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    order = Order.objects.get(customer=customer)
    assert order.total == 40_000
    street.work()
    assert Prompt.objects.filter(kind="promise", customer=customer, state="open").exists()
    owner.post(world.url(f"orders/{order.pk}/payments/"), {"amount": "40rb", "method": "cash", "device_key": "p1"})
    for step in ("confirmation", "readiness", "completion"):
        assert owner.post(world.url(f"orders/{order.pk}/{step}/")).status_code == 302
    street.work()

    # She is thanked, once, and the thank-you arrives and is read.
    thanks = Message.objects.get(customer=customer, purpose="thanks")
    assert thanks.status == "read"
    assert street.heard(NEWCOMER).count(thanks.text) == 1
    assert "Lastri" in thanks.text
    assert PurchaseSummary.objects.get(customer=customer).spent == 40_000
    assert not Prompt.objects.filter(kind="promise", customer=customer, state="open").exists()

    # The night scores her; the morning suggests asking how it tasted.
    street.clock.forward(hours=22)
    from setia import recurring

    recurring.plan_daily_runs()
    street.work()
    assert Score.objects.get(customer=customer).purchases == 1
    home = owner.get(world.url()).content.decode()
    assert "Bu Lastri Ngadirenggo" in home and "first time" in home
    assert street.ask("GET", "violations")["violations"] == []
