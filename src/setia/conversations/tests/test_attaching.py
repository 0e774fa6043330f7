"""What the shop sends besides words, against the emulator's validation; reactions, typing, what comes in."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from setia.conversations import actions, threads
from setia.conversations.models import Conversation, MediaFile, Message, MessageVersion, ReadReceipt
from setia.conversations.tests import webhooks
from setia.conversations.tests.play import playing
from setia.conversations.tests.test_pages import HTMX, get, post
from setia.customers.models import Customer, IdentityKind
from setia.shops import actions as shops

pytestmark = pytest.mark.django_db

PHONE = "6281230009001"


@pytest.fixture(autouse=True)
def in_english(world):
    shops.change_shop(language="en")
    actions.change_auto_reply(trigger="greeting", enabled=False, text="", text_english="")


@pytest.fixture
def play(world, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    with playing() as play:
        play.user()
        play.writes("Bu, keju ada?")
        yield play


@pytest.fixture
def chat(play):
    return play.chat()


def edit(message, words):
    about = {"original_message_id": message.wamid, "message": {"type": "text", "text": {"body": words}}}
    webhooks.deliver(webhooks.messages(webhooks.text("", type="edit", edit=about)))


def revoke(message):
    about = {"original_message_id": message.wamid}
    webhooks.deliver(webhooks.messages(webhooks.text("", type="revoke", revoke=about)))


def picture(kind="PNG", name="foto.png"):
    body = io.BytesIO()
    Image.new("RGB", (2400, 1200), "gold").save(body, kind)
    return SimpleUploadedFile(name, body.getvalue())


def send(world, chat, kind, who="owner", **data):
    """Fill in the page for a kind as a browser does."""
    page = get(world, f"{chat.pk}/attachments/{kind}/").content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    return post(world, f"{chat.pk}/attachments/{kind}/", {"key": key[1] if key else "", **data}, who)


def test_a_picture_is_made_small_and_arrives(world, play, chat):
    answer = send(world, chat, "file", file=picture(), text="Seperti ini Bu")
    assert answer.status_code == 302
    file = MediaFile.objects.get()
    assert (file.mime_type, file.width, file.filename) == ("image/jpeg", 1600, "foto.jpg") and file.thumbnail
    play.work()
    (sent,) = play.phone()
    assert sent["type"] == "image" and sent["content"]["caption"] == "Seperti ini Bu" and sent["content"]["id"]
    assert Message.objects.get(direction="out").status in ("accepted", "sent", "delivered", "read")
    assert play.violations() == []
    assert f"files/{file.pk}/small/" in get(world, f"{chat.pk}/").content.decode()


@pytest.mark.parametrize(
    ("name", "kind"),
    [("daftar.pdf", "document"), ("catatan.txt", "document"), ("suara.mp3", "audio"), ("a.mp4", "video")],
)
def test_other_files_arrive_as_what_they_are(world, play, chat, name, kind):
    assert send(world, chat, "file", file=SimpleUploadedFile(name, b"x" * 40), text="").status_code == 302
    play.work()
    assert [message["type"] for message in play.phone()] == [kind]
    assert play.violations() == []


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("a.exe", b"MZ"),
        SimpleUploadedFile("a.png", b"no picture"),
        SimpleUploadedFile("a.pdf", b"x" * (20 * 1024 * 1024 + 1)),
    ],
    ids=["program", "no picture", "too large"],
)
def test_what_whatsapp_does_not_take_is_refused_before_it_leaves(world, chat, upload, tmp_path):
    answer = send(world, chat, "file", file=upload, text="tetap di sini")
    assert answer.status_code == 422 and "tetap di sini" in answer.content.decode()
    assert not Message.objects.filter(direction="out").exists() and not list(tmp_path.rglob("*.*"))


def test_the_same_form_twice_is_one_picture_and_one_file(world, play, chat, tmp_path):
    page = get(world, f"{chat.pk}/attachments/file/").content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    for _ in range(2):
        post(world, f"{chat.pk}/attachments/file/", {"key": key, "file": picture(), "text": ""})
    play.work()
    assert len(play.phone()) == 1 and len(list(tmp_path.rglob("*.webp"))) == 1


def test_a_broken_upload_is_tried_again_and_arrives_once(world, play, chat, clock):
    send(world, chat, "file", file=picture(), text="")
    play.control("POST faults", {"route": "media.upload", "when": {"next": 1}, "do": {"status": 503}})
    play.work()
    assert play.phone() == [] and Message.objects.get(direction="out").status == "queued"
    play.wait(minutes=2)
    assert len(play.phone()) == 1 and play.violations() == []


def test_where_the_shop_is(world, play, chat):
    assert send(world, chat, "place").status_code == 422, "not known yet"
    data = {"place_name": "Sekar Pandan", "place_address": "Jl. Raya", "slow_after": "30"}
    link = "https://www.google.com/maps/place/X/@-8.05,111.7,17z/data=!3m1!4b1!4m5!3m4!8m2!3d-8.0561!4d111.7263"
    assert post(world, "tools/", data | {"map_link": link}).status_code == 302
    assert send(world, chat, "place").status_code == 302
    play.work()
    content = play.phone()[0]["content"]
    assert (content["latitude"], content["longitude"], content["name"]) == (-8.0561, 111.7263, "Sekar Pandan")


@pytest.mark.parametrize("link", ["di pasar", "https://maps.app.goo.gl/abc", "95.123, 111.222"])
def test_a_link_without_a_place_is_refused_and_kept(world, link):
    answer = post(world, "tools/", {"map_link": link, "slow_after": "30"})
    assert answer.status_code == 422 and link in answer.content.decode()


def test_buttons_and_the_answer_to_them(world, play, chat):
    send(world, chat, "buttons", text="Diambil atau diantar?", first="Diambil", second="Diantar", third="")
    play.work()
    (sent,) = play.phone()
    assert sent["content"]["type"] == "button" and play.violations() == []
    play.control("POST tap", {"user": PHONE, "message": sent["id"], "choice": "button:1"})
    play.work()
    page = get(world, f"{chat.pk}/").content.decode()
    assert page.count("Diantar") >= 2 and "Chose from a list" in page and "To choose from" in page


def test_buttons_must_differ(world, chat):
    answer = send(world, chat, "buttons", text="Mau?", first="Ya", second="ya", third="")
    assert answer.status_code == 422 and "Mau?" in answer.content.decode()


def test_products_to_choose_from(world, play, chat):
    skus = [variant.sku for variant in world.variants.values()][:3]
    send(world, chat, "list", text="Mau yang mana?", rows=skus)
    play.work()
    (sent,) = play.phone()
    rows = sent["content"]["action"]["sections"][0]["rows"]
    assert [row["id"] for row in rows] == [f"sku:{sku}" for sku in skus] and "Rp20.000" in rows[0]["description"]
    assert play.violations() == []


def test_products_of_the_catalogue_and_the_order_that_comes_back(world, play, chat):
    variant = next(iter(world.variants.values()))
    assert send(world, chat, "products", text="Mau?", rows=[variant.sku]).status_code == 422, "no catalogue yet"
    post(world, "tools/", {"catalog_id": "700100", "slow_after": "30"})
    skus = [one.sku for one in world.variants.values()][:2]
    send(world, chat, "products", text="Mau?", rows=skus)
    send(world, chat, "products", text="Mau?", rows=skus[:1])
    play.work()
    play.wait(seconds=10)
    assert [sent["content"]["type"] for sent in play.phone()] == ["product_list", "product"]
    item = {"product_retailer_id": variant.sku, "quantity": 2, "item_price": 20000, "currency": "IDR"}
    other = item | {"product_retailer_id": "unknown-sku"}
    order = {"catalog_id": "700100", "text": "antar sore ya", "product_items": [item, other]}
    play.control("POST inbound", {"user": PHONE, "type": "order", "order": order})
    play.work()
    page = get(world, f"{chat.pk}/").content.decode()
    assert f"2 × {variant.label}" in page and "unknown-sku" in page and "Not all article numbers" in page
    link = re.search(r'href="(/[^"]+orders/new/\?customer=[^"]+boxes[^"]+)"', page)[1]
    form = world.client().get(link.replace("&amp;", "&")).content.decode()
    field = re.search(rf'<input[^>]*name="boxes-{variant.pk}"[^>]*>', form)[0]
    assert 'value="2"' in field and "antar sore ya" in form


def test_asking_where_to_deliver(world, play, chat):
    send(world, chat, "ask-place", text="Diantar ke mana?")
    play.work()
    assert play.phone()[0]["content"]["type"] == "location_request_message" and play.violations() == []


def test_outside_the_24_hours_nothing_but_templates(world, play, chat, clock):
    play.wait(hours=25)
    assert send(world, chat, "ask-place", text="Diantar ke mana?").status_code == 422
    message = Message.objects.get(direction="in")
    post(world, f"messages/{message.pk}/reaction/", {"emoji": "👍"})
    assert not Message.objects.filter(direction="out").exists()
    page = get(world, f"{chat.pk}/").content.decode()
    assert "https://wa.me/" in page and 'name="emoji"' not in page


# --- Reactions and quotes ---------------------------------------------------------------------------------------------


def test_we_react_change_our_mind_and_take_it_back(world, play, chat):
    message = Message.objects.get(direction="in")
    for emoji in ("👍", "👍", "🙏", ""):
        assert post(world, f"messages/{message.pk}/reaction/", {"emoji": emoji}, **HTMX)["HX-Trigger"] == "written"
        play.work()
        play.wait(seconds=10)
    given = [sent["content"]["emoji"] for sent in play.phone() if sent["type"] == "reaction"]
    assert given == ["👍", "🙏", ""] and play.violations() == []
    chat.refresh_from_db()
    assert chat.last_text == "Bu, keju ada?" and chat.waiting_since, "a reaction is no answer"
    assert [row.pk for row in threads.thread(chat)] == [message.pk]
    assert post(world, f"messages/{message.pk}/reaction/", {"emoji": "x"}).status_code == 404


def test_reactions_are_shown_ours_and_theirs(world, play, chat):
    message = Message.objects.get(direction="in")
    actions.react(message=message, emoji="🙏", by=world.members["owner"])
    play.work()
    ours = play.reply("Ada Bu", world.members["owner"])
    play.work()
    ours.refresh_from_db()
    play.control(
        "POST inbound", {"user": PHONE, "type": "reaction", "reaction": {"message_id": ours.wamid, "emoji": "😂"}}
    )
    play.work()
    page = get(world, f"{chat.pk}/").content.decode()
    assert "Our reaction" in page and "Reaction of the customer" in page and 'aria-pressed="true"' in page


def test_an_answer_quotes_with_and_without_script(world, play, chat):
    message = Message.objects.get(direction="in")
    page = get(world, f"{chat.pk}/?quote={message.pk}").content.decode()
    assert f'name="quotes" value="{message.wamid}"' in page and "data-quoted>Bu, keju ada?" in page
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    post(world, f"{chat.pk}/replies/", {"text": "Ada", "key": key, "quotes": message.wamid})
    play.work()
    assert play.phone()[0]["context"]["message_id"] == message.wamid
    assert 'class="msg__quote"' in get(world, f"{chat.pk}/").content.decode()


# --- Typing and reading -----------------------------------------------------------------------------------------------


def test_writing_is_shown_at_most_every_twenty_seconds(world, play, chat, clock):
    for _ in range(3):
        assert post(world, f"{chat.pk}/typing/", **HTMX).status_code == 204
    assert ReadReceipt.objects.filter(typing=True, work_state="waiting").count() == 1
    play.work()
    play.wait(seconds=25)
    post(world, f"{chat.pk}/typing/", **HTMX)
    play.work()
    assert play.violations() == []
    assert ReadReceipt.objects.get(typing=True).work_state == "done"


def test_nobody_is_told_of_writing_outside_the_24_hours_or_too_late(world, play, chat, clock):
    post(world, f"{chat.pk}/typing/", **HTMX)
    play.wait(hours=25)
    assert ReadReceipt.objects.get().work_state == "done"
    assert not actions.show_typing(conversation=chat)


# --- What comes in ----------------------------------------------------------------------------------------------------


def test_a_contact_card_becomes_a_customer_once(world, play, chat):
    card = {"name": {"formatted_name": "Bu Tatik"}, "phones": [{"phone": "0812-3000-4099"}], "origin": "other"}
    play.control("POST inbound", {"user": PHONE, "type": "contacts", "contacts": [card]})
    play.work()
    message = Message.objects.get(kind="contacts")
    assert "Into the customer book" in get(world, f"{chat.pk}/").content.decode()
    for _ in range(2):
        answer = post(world, f"messages/{message.pk}/contacts/0/")
        made = Customer.objects.get(identities__value="+6281230004099", identities__kind=IdentityKind.PHONE)
        assert answer["Location"].endswith(f"/customers/{made.pk}/")
    assert made.display_name == "Bu Tatik" and made.referred_by is None, "who brought whom is not guessed"
    for number in (1, 7):
        assert post(world, f"messages/{message.pk}/contacts/{number}/").status_code == 404


def test_what_was_changed_and_deleted_is_kept_for_whoever_manages(world, play, chat):
    message = Message.objects.get(direction="in")
    edit(message, "Bu, keju masih?")
    revoke(message)
    assert MessageVersion.objects.count() == 2
    page = get(world, f"messages/{message.pk}/versions/").content.decode()
    assert "Bu, keju ada?" in page and "Bu, keju masih?" in page
    assert "what it said" in get(world, f"{chat.pk}/").content.decode()
    assert get(world, f"messages/{message.pk}/versions/", "chat").status_code == 403
    assert "what it said" not in get(world, f"{chat.pk}/", "chat").content.decode()


def test_words_of_flows_and_products_are_shown(world, play, chat):
    flow = {
        "type": "nfm_reply",
        "nfm_reply": {"name": "flow", "body": "Sent", "response_json": '{"alamat": "Jl. Melati 5"}'},
    }
    variant = next(iter(world.variants.values()))
    about = {"referred_product": {"catalog_id": "1", "product_retailer_id": variant.sku}}
    webhooks.deliver(
        webhooks.messages(
            webhooks.text("", type="interactive", interactive=flow),
            webhooks.text("masih ada?", context={"from": "1", "id": "wamid.X", **about}),
            webhooks.text("diteruskan", context={"forwarded": True}),
        )
    )
    page = get(world, f"{chat.pk}/").content.decode()
    for words in ("Filled in a form", "alamat: Jl. Melati 5", f"About “{variant.label}”", "Passed on"):
        assert words in page


# --- Search -----------------------------------------------------------------------------------------------------------


def test_messages_are_found_and_opened_where_they_stand(world, play, chat, owner=None):
    for number in range(60):
        webhooks.deliver(webhooks.messages(webhooks.text(f"kabar nomor {number}")))
    wanted = Message.objects.get(text="Bu, keju ada?")
    page = get(world, "?q=keju").content.decode()
    assert "In messages" in page and "<mark>keju</mark>" in page
    where = re.search(rf'chats/(messages/{wanted.pk}/\?q=keju)#message-{wanted.pk}"', page)[1]
    opened = get(world, where).content.decode()
    assert "msg--marked" in opened and "kabar nomor 3" in opened and "kabar nomor 59" not in opened


def test_changed_words_are_found_deleted_ones_are_not(world, play, chat):
    message = Message.objects.get(direction="in")
    edit(message, "Bu, cokelat masih?")
    assert threads.find_messages("cokelat") and not threads.find_messages("keju")
    revoke(message)
    assert not threads.find_messages("cokelat")


def test_words_that_nobody_wrote(world, chat):
    assert "no message with these words" in get(world, "?q=zzz").content.decode()
    assert get(world, "?q=%25%27%22%3Cb%3E").status_code == 200


# --- Quick replies ----------------------------------------------------------------------------------------------------


def test_quick_replies_are_written_ordered_and_put_in(world, play, chat):
    for title in ("Jam buka", "Rekening"):
        data = {"title": title, "text": f"{title} untuk {{name}} dari {{shop}}"}
        assert post(world, "tools/quick-replies/new/", data).status_code == 302
    page = get(world, f"{chat.pk}/").content.decode()
    assert page.index("Jam buka untuk Bu Tetangga dari Bakpia Sekar Pandan") < page.index("Rekening untuk")
    first, second = re.findall(r"\?quick=(\d+)", page)
    assert ">Rekening untuk Bu Tetangga" in get(world, f"{chat.pk}/?quick={second}").content.decode()
    post(world, f"tools/quick_reply/{second}/up/")
    assert re.findall(r"\?quick=(\d+)", get(world, f"{chat.pk}/").content.decode()) == [second, first]
    post(world, f"tools/quick_reply/{first}/removal/")
    assert re.findall(r"\?quick=(\d+)", get(world, f"{chat.pk}/").content.decode()) == [second]
    post(world, f"tools/quick_reply/{first}/return/")
    post(world, f"tools/quick-replies/{first}/", {"title": "Buka", "text": "Jam 7"})
    assert "Jam 7" in get(world, "tools/").content.decode()
    assert post(world, f"tools/other/{first}/up/").status_code == 404


def test_a_quick_reply_with_unknown_braces_is_refused_and_kept(world):
    answer = post(world, "tools/quick-replies/new/", {"title": "x", "text": "Halo {nama}"})
    assert answer.status_code == 422 and "Halo {nama}" in answer.content.decode()


def test_next_door_and_without_the_right(world, play, chat):
    message = Message.objects.get(direction="in")
    for path in (f"{chat.pk}/attachments/file/", f"messages/{message.pk}/"):
        assert get(world, path, "chat").status_code == 200
        assert get(world, path, "viewer").status_code == 403
        assert get(world, path, "stranger").status_code == 404
    for path in (f"{chat.pk}/typing/", f"messages/{message.pk}/reaction/", f"messages/{message.pk}/contacts/0/"):
        assert post(world, path, who="viewer").status_code == 403
        assert post(world, path, who="stranger").status_code == 404
    assert get(world, f"{chat.pk}/attachments/elephant/").status_code == 404
    assert Conversation.objects.count() == 1
