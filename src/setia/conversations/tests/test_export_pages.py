"""An exported chat on its way into a thread: looked at, brought in once, taken out again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from setia.conversations import actions
from setia.conversations.models import ChatImport, Conversation, Message
from setia.conversations.tests import webhooks
from setia.core import tasks
from setia.core.models import Event
from setia.core.scope import open_shop
from setia.shops import actions as shops

pytestmark = pytest.mark.django_db

CHAT = """21/07/2025 03.15 - Pesan dan panggilan terenkripsi secara end-to-end.
21/07/2025 03.15 - Bu Ratna: Halo bu
21/07/2025 03.15 - Bu Ratna: Halo bu
21/07/2025 03.16 - Toko: Nggih, monggo
21/07/2025 03.17 - Bu Ratna: <Media tidak disertakan>
22/07/2025 08.00 - Bu Ratna: Pesan 2 kotak
keju ya
"""


@pytest.fixture(autouse=True)
def in_english(world):
    shops.change_shop(language="en")


def upload(world, text=CHAT, name="Chat WhatsApp dengan Bu Ratna.txt", **data):
    file = SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
    return world.client("owner").post(world.url("chats/exports/"), {"file": file, **data})


def bring(world, text=CHAT, **data):
    place = upload(world, text, customer=str(world.customers["ratna"].pk))["Location"]
    return world.client("owner").post(
        place, {"customer": str(world.customers["ratna"].pk), "shop_author": "Toko", **data}
    )


def said():
    return list(Message.objects.order_by("at", "pk").values_list("direction", "text"))


def test_a_chat_is_looked_at_and_brought_in(world):
    place = upload(world)["Location"]
    page = world.client("owner").get(place).content.decode()
    assert "Bu Ratna" in page and 'value="Toko" checked' in page and "21 July 2025" in page
    assert not Message.objects.exists()
    bring(world)
    assert said() == [
        ("in", "Halo bu"),
        ("in", "Halo bu"),
        ("out", "Nggih, monggo"),
        ("in", ""),
        ("in", "Pesan 2 kotak\nkeju ya"),
    ]
    chat = Conversation.objects.get()
    assert chat.unread == 0 and chat.waiting_since is None and chat.window_until is None
    assert chat.last_text == "Pesan 2 kotak keju ya"
    assert not Message.objects.exclude(origin="history").exists()
    tasks.drain("reactions")
    assert not Message.objects.filter(purpose="greeting").exists()
    assert Event.objects.get(verb="chat.imported").data["brought"] == 5


def test_the_same_file_and_a_longer_one_bring_only_what_is_new(world):
    bring(world)
    bring(world)
    assert Message.objects.count() == 5
    bring(world, CHAT + "23/07/2025 09.00 - Toko: Siap\n")
    assert Message.objects.count() == 6
    assert ChatImport.objects.order_by("-pk").first().known == 5


def test_the_same_chat_from_another_phone_is_the_same(world):
    bring(world)
    iphone = "[21/07/25, 03.15.10] Bu Ratna: Halo bu\n[21/07/25, 03.16.40] Toko: Nggih, monggo\n"
    bring(world, iphone)
    assert Message.objects.count() == 5


def test_what_came_through_whatsapp_itself_is_not_doubled(world, clock):
    webhooks.connect()
    webhooks.deliver(webhooks.messages(webhooks.text("Bu, keju ada?")))
    message = Message.objects.get(direction="in")
    local = message.at.astimezone(world.shop.zone)
    text = f"{local:%d/%m/%Y} {local:%H.%M} - Bu: Bu, keju ada?\n{local:%d/%m/%Y} {local:%H.%M} - Toko: Ada\n"
    run = actions.start_chat_import(filename="x.txt", data=text.encode(), customer=None, by=world.members["owner"])
    run = actions.finish_chat_import(run=run, customer=message.customer, shop_author="Toko")
    assert (run.brought, run.known) == (1, 1)


def test_it_is_taken_out_again(world):
    bring(world)
    run = ChatImport.objects.get()
    world.client("owner").post(world.url(f"chats/exports/{run.pk}/undoing/"))
    assert not Message.objects.exists()
    assert Conversation.objects.get().last_message_at is None
    bring(world)
    assert Message.objects.count() == 5


def test_what_the_file_does_not_decide_is_asked(world):
    text = "03/04/25, 10:00 - Bu Ratna: Halo\n03/04/25, 10:01 - Toko: Ya\n"
    place = upload(world, text)["Location"]
    client = world.client("owner")
    assert "Which stands first" in client.get(place).content.decode()
    answers = {"customer": str(world.customers["ratna"].pk), "shop_author": "Toko"}
    assert client.post(place, answers).status_code == 422
    assert client.post(place, answers | {"order": "month"}).status_code == 302
    assert {message.at.month for message in Message.objects.all()} == {3}


def test_somebody_new_is_written_down_with_it(world):
    place = upload(world, name="Chat WhatsApp dengan Bu Baru.txt")["Location"]
    answers = {"customer": "new", "display_name": "Bu Baru", "phone": "0812 9999 1234", "shop_author": "Toko"}
    world.client("owner").post(place, answers)
    assert Conversation.objects.get().customer.display_name == "Bu Baru"


@pytest.mark.parametrize("text", ["", "halo", b"PK\x03\x04nothing"])
def test_a_file_that_is_no_chat_is_refused_in_words(world, text):
    answer = upload(world, text or " ")
    assert answer.status_code == 422 and "field__error" in answer.content.decode()


def test_a_group_is_refused(world):
    text = "\n".join(f"21/07/2025 03.15 - {name}: x" for name in ("A", "B", "C"))
    assert "group" in upload(world, text).content.decode()


def test_files_nobody_came_back_to_are_forgotten(world, clock):
    upload(world)
    clock.forward(days=2)
    assert actions.forget_old_exports() == 1


def test_doors(world):
    upload(world)
    run = ChatImport.objects.get()
    for path in ("chats/exports/", f"chats/exports/{run.pk}/"):
        assert world.client("viewer").get(world.url(path)).status_code == 403
    with open_shop(world.stranger_shop):
        address = f"/{world.stranger_shop.slug}/chats/exports/{run.pk}/"
    assert world.client("stranger").get(address).status_code == 404


def test_the_customer_page_leads_to_bringing_in_their_chat(world):
    ratna = world.customers["ratna"]
    page = world.client("owner").get(world.url(f"customers/{ratna.pk}/")).content.decode()
    link = f"{world.url('chats/exports/')}?customer={ratna.pk}"
    assert link in page
    assert "Bu Ratna" in world.client("owner").get(link).content.decode()
    assert "chats/exports/" not in world.client("viewer").get(world.url(f"customers/{ratna.pk}/")).content.decode()


def test_the_order_form_leads_to_pasting_a_message(world):
    assert world.url("chats/orders/") in world.client("owner").get(world.url("orders/new/")).content.decode()
