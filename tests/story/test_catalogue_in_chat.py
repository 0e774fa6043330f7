"""A shop's cakes on a customer's phone: asked for, tapped, ordered, and a picture of the prices for who wants one."""

import re
from urllib.parse import urlencode

import pytest

from setia.conversations import actions as conversations
from setia.conversations.models import Conversation, Message
from setia.emulator.api import Request
from setia.orders.models import Order

pytestmark = pytest.mark.django_db(transaction=True)

LASMI = "6281299990003"


def on_her_phone(street, **form):
    """A form of the emulator's phone page, as her browser posts it."""
    answer = street.emulator.handle(
        Request(
            method="POST",
            path=f"/phone/{LASMI}/messages",
            headers={"content-type": "application/x-www-form-urlencoded"},
            body=urlencode(form).encode(),
        )
    )
    assert answer.status == 303, answer.raw()
    street.work()


def newest(street):
    return street.ask("GET", f"messages?user={LASMI}&direction=out")[-1]


def test_asked_for_the_catalogue_tapped_and_ordered(street, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    world, owner = street.world, street.world.client("owner")
    street.has_phone(LASMI, "Bu Lasmi")

    # She wants to see what there is. The catalogue is not linked yet: the prices come as a picture, made a moment ago.
    on_her_phone(street, kind="text", text="katalognya dong bu")
    assert newest(street)["type"] == "image"
    chat = Conversation.objects.get(customer__display_name="Bu Lasmi")
    assert "/small/" in owner.get(world.url(f"chats/{chat.pk}/")).content.decode(), "and the shop sees what she saw"

    # The owner links the WhatsApp catalogue. From now on whoever asks has products to tap.
    assert owner.post(world.url("chats/tools/"), {"catalog_id": "700100", "slow_after": "30"}).status_code == 302
    street.work(seconds=2 * 3600)
    on_her_phone(street, kind="text", text="katalog")
    body = newest(street)["content"]
    keju = world.variants["keju-10"]
    offered = [item["product_retailer_id"] for part in body["action"]["sections"] for item in part["product_items"]]
    assert body["type"] == "product_list" and keju.sku in offered

    # She taps one; the order is in the chat at our price, one tap from being an order.
    on_her_phone(street, kind="order", value=keju.sku)
    page = owner.get(world.url(f"chats/{chat.pk}/")).content.decode()
    link = re.search(r'href="([^"]*orders/new/\?[^"]*boxes[^"]+)"', page)[1].replace("&amp;", "&")
    form = owner.get(link).content.decode()
    assert 'value="1"' in re.search(rf'<input[^>]*name="boxes-{keju.pk}"[^>]*>', form)[0]
    assert not Order.objects.filter(customer=chat.customer).exists(), "nothing is booked unasked"

    # Rini shows her one cake more, with its name on a card because nobody took its photo yet.
    card = owner.get(world.url(f"chats/{chat.pk}/attachments/product/")).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', card)[1]
    data = {"key": key, "rows": keju.sku, "text": ""}
    assert owner.post(world.url(f"chats/{chat.pk}/attachments/product/"), data).status_code == 302
    street.work()
    assert "Rp24.000" in newest(street)["content"]["caption"]

    # A person has the chat in hand now: the next "katalog" is hers to answer.
    before = Message.objects.filter(direction="out").count()
    conversations.reply(conversation=chat, text="Monggo", sent_by=world.members["owner"], key="m")
    street.work()
    on_her_phone(street, kind="text", text="katalog")
    assert Message.objects.filter(direction="out").count() == before + 1
    assert street.ask("GET", "violations")["violations"] == []
