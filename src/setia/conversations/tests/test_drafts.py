"""From a chat message to an order: certain lines, open questions, one tap; never a guess."""

from urllib.parse import parse_qs

import pytest

from setia.conversations import actions, drafting
from setia.conversations.models import Message, OrderDraft
from setia.conversations.tests import webhooks
from setia.core import tasks
from setia.core.errors import DomainError
from setia.orders import actions as orders
from setia.orders.models import Order
from setia.shops import actions as shops

pytestmark = pytest.mark.django_db

WHOLE = "Bu, pesan keju isi 10 2 kotak sama kumbu hitam isi 10 3 kotak, besok jam 3 sore, diambil ya"


@pytest.fixture(autouse=True)
def in_english(world):
    shops.change_shop(language="en")


@pytest.fixture
def ratna(world):
    return world.customers["ratna"]


def paste(world, text, customer=None, who="owner"):
    data = {"text": text, "customer": str(customer.pk) if customer else ""}
    return world.client(who).post(world.url("chats/orders/"), data)


def draft(text, customer):
    return actions.paste_draft(text=text, customer=customer)


def test_a_whole_order_is_read_and_made_with_one_tap(world, ratna):
    place = paste(world, WHOLE, ratna)["Location"]
    client = world.client("owner")
    page = client.get(place).content.decode()
    assert "Make the order" in page and "2 × Keju isi 10" in page and "3 × Kumbu hitam isi 10" in page
    assert not Order.objects.exists()
    first = client.post(f"{place}booking/")["Location"]
    assert client.post(f"{place}booking/")["Location"] == first
    order = Order.objects.get()
    assert order.customer == ratna and order.channel == "chat" and order.fulfilment == "pickup"
    assert f"{order.due_time:%H:%M}" == "15:00" and (order.due_on - world.shop.today()).days == 1
    lines = {line.variant_id: line.quantity for line in order.lines.all()}
    assert lines == {world.variants["keju-10"].pk: 2, world.variants["kumbu-hitam-10"].pk: 3}
    assert "Is order #" in client.get(place).content.decode()


def test_two_pack_sizes_are_asked_not_guessed(world, ratna):
    row = draft("pesan keju 2 kotak besok sore jam 4 diambil", ratna)
    assert row.lines == [] and any(code.startswith("pack_size") for code in row.asks)
    assert "10" in row.question and "20" in row.question
    with pytest.raises(DomainError):
        actions.book_draft(draft=row, by=world.members["owner"])
    # kumbu hitam comes in one size only
    assert draft("pesan kumbu hitam 2 kotak besok jam 4 sore diambil", ratna).asks == []


@pytest.mark.parametrize(
    "text",
    [
        "pesan nastar 2 toples besok diambil",
        "keju isi 10 sekitar 5an kotak besok diambil",
        "keju isi 10 2 kotak",
        "pesan keju isi 10 15 biji besok diambil",
        "kalau jadi pesan keju isi 10 2 kotak besok diambil",
        "pesan yang seperti biasa",
    ],
)
def test_what_is_not_certain_makes_no_order(world, ratna, text):
    assert not drafting.is_ready(draft(text, ratna))


def test_what_is_certain_goes_into_the_order_form(world, ratna):
    row = draft("pesan kumbu hitam 2 kotak untuk besok", ratna)
    page = world.client("owner").get(world.url(f"chats/orders/{row.pk}/")).content.decode()
    assert "Fill in the order" in page and "picked up or delivered" in page
    filled = parse_qs(drafting.prefill(row))
    assert filled[f"boxes-{world.variants['kumbu-hitam-10'].pk}"] == ["2"] and filled["customer"] == [str(ratna.pk)]
    form = world.client("owner").get(world.url(f"orders/new/?{drafting.prefill(row)}")).content.decode()
    assert f"draft:{row.pk}" in form and "Bu Ratna" in form
    orders.place(
        lines=[orders.LineInput(world.variants["kumbu-hitam-10"].pk, 2)],
        customer=ratna,
        due_on=world.shop.today(),
        device_key=f"draft:{row.pk}",
    )
    tasks.drain("reactions")
    row.refresh_from_db()
    assert row.state == "booked"


def test_a_reseller_gets_a_resellers_price(world):
    yanti = next(person for person in world.customers.values() if person.kind == "reseller")
    row = draft("pesan kumbu hitam 20 kotak besok jam 9 pagi diambil", yanti)
    [(_label, _quantity, amount)] = drafting.cards([row])[row.pk].lines
    assert amount == 20 * 17_000


def test_nobody_is_known_until_a_person_says_who(world, ratna):
    place = paste(world, WHOLE)["Location"]
    client = world.client("owner")
    assert "Whose message" in client.get(place).content.decode()
    client.post(f"{place}booking/")
    assert not Order.objects.exists()
    client.post(place, {"customer": str(ratna.pk)})
    client.post(f"{place}booking/")
    assert Order.objects.get().customer == ratna


def test_the_name_before_a_copied_message_is_recognised(world, ratna):
    text = f"[10.15, 28/11/2026] {ratna.display_name}: {WHOLE}"
    paste(world, text)
    assert OrderDraft.objects.get().customer == ratna


def test_a_cancellation_leads_to_the_order(world, ratna):
    row = draft("Bu, pesanan saya batal ya", ratna)
    assert row.intent == "cancel" and drafting.meant_orders(row) == []
    order = orders.place(
        lines=[orders.LineInput(world.variants["keju-10"].pk, 2)], customer=ratna, due_on=world.shop.today()
    )
    page = world.client("owner").get(world.url(f"chats/orders/{row.pk}/")).content.decode()
    assert f"/orders/{order.pk}/" in page and f"Look at order #{order.number}" in page
    change = draft("Bu, tambah keju isi 10 1 kotak lagi ke pesanan yang kemarin ya", ratna)
    assert change.intent == "change_add"
    page = world.client("owner").get(world.url(f"chats/orders/{change.pk}/")).content.decode()
    assert f"/orders/{order.pk}/changes/" in page


def test_the_same_as_last_time_is_filled_in_and_confirmed_first(world, ratna):
    orders.place(lines=[orders.LineInput(world.variants["keju-10"].pk, 2)], customer=ratna, due_on=world.shop.today())
    row = draft("Bu pesan seperti biasa ya, besok jam 9 pagi diambil", ratna)
    assert row.intent == "reorder" and row.lines == [{"variant": world.variants["keju-10"].pk, "quantity": 2}]
    assert "confirm_items" in row.asks and not drafting.is_ready(row)


def test_the_question_is_sent_once(world, ratna):
    row = draft("pesan kumbu hitam 2 kotak untuk besok", ratna)
    for _ in range(2):
        world.client("owner").post(world.url(f"chats/orders/{row.pk}/question/"), {"text": row.question})
    assert Message.objects.get().text == row.question


def write(words, **options):
    webhooks.connect()
    webhooks.deliver(webhooks.messages(webhooks.text(words, **options), contacts=[webhooks.contact("Bu Tetangga")]))
    tasks.drain("reactions")


def test_a_message_in_a_chat_shows_its_draft(world):
    write(WHOLE)
    row = OrderDraft.objects.get()
    page = world.client("owner").get(world.url(f"chats/{row.message.conversation_id}/")).content.decode()
    assert "Make the order" in page and f"/orders/{row.pk}/booking/" in page
    world.client("owner").post(world.url(f"chats/orders/{row.pk}/dismissal/"), {"back": "thread"})
    row.refresh_from_db()
    assert row.state == "dismissed"
    world.client("owner").post(world.url(f"chats/orders/{row.pk}/resumption/"))
    actions.book_draft(draft=row, by=world.members["owner"])
    assert Order.objects.get().customer == row.customer


def test_an_answer_completes_the_order_it_belongs_to(world, clock):
    write("Bu pesan kumbu hitam 2 kotak ya")
    clock.forward(minutes=5)
    write("besok jam 3 sore, diambil")
    first, second = OrderDraft.objects.order_by("pk")
    assert first.state == "dismissed" and second.state == "open"
    assert drafting.is_ready(second) and "kumbu" in second.text


@pytest.mark.parametrize("words", ["halo bu", "terima kasih ya bu", "harga keju berapa?", "ok siap"])
def test_other_messages_make_no_draft(world, words):
    write(words)
    assert not OrderDraft.objects.exists()


def test_nothing_pasted_and_doors(world, ratna):
    assert paste(world, " ").status_code == 422
    assert paste(world, "x", who="viewer").status_code == 403
    row = draft(WHOLE, ratna)
    assert world.client("stranger").get(f"/{world.stranger_shop.slug}/chats/orders/{row.pk}/").status_code == 404


def test_a_shop_without_products_says_so(world, ratna):
    address = f"/{world.stranger_shop.slug}/chats/orders/"
    answer = world.client("stranger").post(address, {"text": WHOLE})
    assert answer.status_code == 422 and "products" in answer.content.decode()
