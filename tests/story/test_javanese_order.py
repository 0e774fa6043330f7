"""An order in Javanese, from the customer's phone to her door; and a stop that is heard."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from setia.conversations import actions as conversations
from setia.conversations.models import Conversation, Message, OrderDraft
from setia.core import clock
from setia.customers import actions as people_actions
from setia.customers import queries as people
from setia.customers.models import Customer
from setia.emulator.api import Request
from setia.orders.models import Order

pytestmark = pytest.mark.django_db(transaction=True)

YATMI = "6281299990002"


def on_her_phone(street, **form):
    """What she does on the emulator's phone page: a form, as her browser posts it."""
    answer = street.emulator.handle(
        Request(
            method="POST",
            path=f"/phone/{YATMI}/messages",
            headers={"content-type": "application/x-www-form-urlencoded"},
            body=urlencode(form).encode(),
        )
    )
    assert answer.status == 303, answer.raw()
    street.work()


def test_an_order_in_javanese_and_a_stop_that_is_heard(street):
    world, owner = street.world, street.world.client("owner")
    street.ask("POST", "users", {"phone": YATMI, "name": "Mbok Yatmi", "reads": True})

    # She writes as she speaks. The draft beside the chat is right, with nothing left to ask.
    words = "Bu, kulo pesen ijo isi 10 gangsal kotak, kula pendhet mbenjang sonten nggih"
    on_her_phone(street, kind="text", text=words)
    yatmi = Customer.objects.get(display_name="Mbok Yatmi")
    draft = OrderDraft.objects.get(customer=yatmi)
    (item,) = draft.reading["items"]
    assert (item["qty"], item["unit"], item["pack_size"]) == (5, "kotak", 10)
    tomorrow = world.shop.today().toordinal() + 1
    assert draft.reading["date"] == type(world.shop.today()).fromordinal(tomorrow).isoformat()
    assert draft.reading["fulfilment"] == "pickup" and draft.asks == []
    chat = Conversation.objects.get(customer=yatmi)
    assert f"orders/{draft.pk}/booking/" in owner.get(world.url(f"chats/{chat.pk}/")).content.decode()

    # One tap books it, a second tap books nothing more.
    for _ in range(2):
        assert owner.post(world.url(f"chats/orders/{draft.pk}/booking/")).status_code == 302
    order = Order.objects.get(customer=yatmi)
    (line,) = order.lines.all()
    assert (line.quantity, line.variant) == (5, world.variants["kacang-hijau-10"])

    # Confirmed: she is told, reads it, and answers with a heart.
    people_actions.answer_consent(customer=yatmi, purpose="promotion", state="given", how="asked")
    if order.state == "placed":
        assert owner.post(world.url(f"orders/{order.pk}/confirmation/")).status_code == 302
    street.work()
    street.work()
    told = Message.objects.get(customer=yatmi, purpose="confirmed")
    assert told.status == "read" and told.text in street.heard(YATMI)
    heart = {"message_id": told.wamid, "emoji": "❤️"}
    street.ask("POST", "inbound", {"user": YATMI, "type": "reaction", "reaction": heart})
    street.work()
    told.refresh_from_db()
    assert told.their_reaction == "❤️"

    # An offer waits for the evening to pass. She writes STOP: it never leaves, nor does any later one.
    options = {"customer": yatmi, "purpose": "promotion", "text": "Promo keju minggu ini"}
    waiting = conversations.queue_message(reference="offer:1", due_at=clock.now() + timedelta(hours=1), **options)
    on_her_phone(street, kind="text", text="STOP")
    assert people.consents(yatmi.pk)["promotion"] == "withdrawn"
    street.clock.forward(hours=2)
    street.work()
    later = conversations.queue_message(reference="offer:2", **options)
    street.work()
    for offer in (waiting, later):
        offer.refresh_from_db()
        assert offer.status == "skipped"
    assert not any("Promo" in words for words in street.heard(YATMI))

    # She is still told that her order is ready: that is no offer.
    assert owner.post(world.url(f"orders/{order.pk}/readiness/")).status_code == 302
    street.work()
    street.work()
    ready = Message.objects.get(customer=yatmi, purpose="ready")
    assert ready.status == "read" and street.heard(YATMI).count(ready.text) == 1
    assert street.ask("GET", "violations")["violations"] == []
