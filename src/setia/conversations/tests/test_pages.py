"""The pages of chats: works, next door 404, without the right 403, bad input keeps what was typed, constant queries."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from setia.conversations import actions, queries
from setia.conversations.models import Conversation, Message, Notice, Trigger
from setia.conversations.tests import webhooks
from setia.core.scope import open_shop
from setia.shops import actions as shops

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(world):
    """The pages are read in English here; what goes to customers is in their own language."""
    shops.change_shop(language="en")


@pytest.fixture
def channel(world):
    channel = webhooks.connect()
    actions.change_auto_reply(trigger="greeting", enabled=False, text="", text_english="")
    return channel


@pytest.fixture
def chat(channel):
    webhooks.deliver(webhooks.messages(webhooks.text("Bu, keju ada?"), contacts=[webhooks.contact("Bu Tetangga")]))
    return Conversation.objects.get()


@pytest.fixture
def owner(world):
    return world.members["owner"]


def key_in(page: str) -> str:
    return re.search(r'name="key" value="([^"]+)"', page)[1]


def get(world, path, who="owner", **headers):
    return world.client(who).get(world.url(f"chats/{path}"), headers=headers)


def post(world, path, data=None, who="owner", **headers):
    return world.client(who).post(world.url(f"chats/{path}"), data or {}, headers=headers)


HTMX = {"HX-Request": "true"}


# --- The list ---------------------------------------------------------------------------------------------------------


def test_the_list_shows_who_wrote_what_and_waits(world, chat, clock):
    clock.forward(hours=3)
    page = get(world, "").content.decode()
    assert "Bu Tetangga" in page and "Bu, keju ada?" in page
    assert 'class="badge"' in page
    actions.mark_read(conversation=chat, by=world.members["owner"])
    assert "waits 3 hours" in get(world, "").content.decode()


def test_the_list_can_be_narrowed(world, channel):
    webhooks.deliver(webhooks.messages(webhooks.text("halo"), contacts=[webhooks.contact("Bu Satu")]))
    webhooks.deliver(
        webhooks.messages(
            webhooks.text("dua", sender="6281230009002"), contacts=[webhooks.contact("Pak Dua", "6281230009002")]
        )
    )
    two = Conversation.objects.get(last_text="dua")
    actions.reply(conversation=two, text="nggih", sent_by=world.members["owner"], key="k")
    for query, shown in (
        ("show=unread", "Bu Satu"),
        ("show=waiting", "Bu Satu"),
        ("q=dua", "Pak Dua"),
        ("q=9001", "Bu Satu"),
    ):
        page = get(world, f"?{query}").content.decode()
        assert shown in page
        assert ({"Bu Satu", "Pak Dua"} - {shown}).pop() not in page


def test_the_list_asks_cheaply_whether_anything_is_new(world, chat):
    page = get(world, "").content.decode()
    stamp = re.search(r"stamp=([\w.]+)", page)[1]
    assert get(world, f"?stamp={stamp}", **HTMX).status_code == 204
    webhooks.deliver(webhooks.messages(webhooks.text("lagi")))
    assert get(world, f"?stamp={stamp}", **HTMX).status_code == 200


@pytest.mark.parametrize("path", ["", "{chat}/"])
def test_the_same_number_of_queries_for_ten_chats_and_for_twenty(world, channel, path):
    def chats(count):
        for n in range(count):
            sender = f"62812300{channel.messages_made:05d}"
            channel.messages_made += 1
            name = webhooks.contact(f"Bu {n}", sender)
            webhooks.deliver(webhooks.messages(webhooks.text("halo", sender=sender), contacts=[name]))
            for _ in range(2):
                webhooks.deliver(webhooks.messages(webhooks.text("halo", sender="6281230009001")))

    def count():
        where = path.format(chat=Conversation.objects.get(customer__identities__value="+6281230009001").pk)
        client = world.client("owner")
        client.get(world.url(f"chats/{where}"))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(world.url(f"chats/{where}")).status_code == 200
        return len(seen)

    channel.messages_made = 20_000
    chats(10)
    ten = count()
    chats(10)
    assert count() == ten <= 22


def test_an_empty_list_teaches(world):
    assert "Setia prepares the words" in get(world, "").content.decode()
    webhooks.connect()
    assert "When a customer writes" in get(world, "").content.decode()


# --- The thread -------------------------------------------------------------------------------------------------------


def test_the_thread_shows_everything_that_came(world, channel):
    for name in sorted(webhooks.names("messages"), key=lambda name: "new_" in name):
        webhooks.deliver(webhooks.messages(webhooks.payload(name)))
    chat = Conversation.objects.order_by("pk").first()
    page = get(world, f"{chat.pk}/").content.decode()
    for words in ("Sugeng enjing, Bu", "bukti transfer", "Voice note", "untuk 40 orang"):
        assert words in page
    for words in ("Rumah cat hijau", "Mbak Tutik", "Order from the catalogue", "This message was deleted", "edited"):
        assert words in page
    for words in ("Bakpia hangat", "Cannot be shown here", "has a new WhatsApp number", "openstreetmap.org"):
        assert words in page


def test_words_of_customers_are_only_words(world, channel):
    bad = "<script>alert(1)</script>"
    item = webhooks.text(bad)
    evil = webhooks.text("", type="location", location={"latitude": "1&x=<b>", "longitude": 2, "name": bad})
    webhooks.deliver(webhooks.messages(item, evil, contacts=[webhooks.contact(bad)]))
    page = get(world, f"{Conversation.objects.get().pk}/").content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
    assert "openstreetmap" not in page


def test_an_answer_from_the_page(world, chat, owner):
    page = get(world, f"{chat.pk}/").content.decode()
    data = {"text": "Ada Bu, masih hangat", "key": key_in(page)}
    answer = post(world, f"{chat.pk}/replies/", data)
    assert answer.status_code == 302 and answer["Location"].endswith(f"/chats/{chat.pk}/")
    post(world, f"{chat.pk}/replies/", data)
    message = Message.objects.get(direction="out")
    assert message.text == "Ada Bu, masih hangat" and message.sent_by == owner
    assert "Bu Harti" in get(world, f"{chat.pk}/").content.decode()


def test_an_answer_by_htmx_gives_a_fresh_composer(world, chat):
    key = key_in(get(world, f"{chat.pk}/").content.decode())
    answer = post(world, f"{chat.pk}/replies/", {"text": "Ada", "key": key}, **HTMX)
    assert answer.status_code == 200 and answer["HX-Trigger"] == "written"
    assert key_in(answer.content.decode()) != key
    assert "Ada" not in answer.content.decode().replace("data-", "")


@pytest.mark.parametrize("text", ["", "x" * 4097])
def test_what_was_typed_is_not_lost(world, chat, text):
    data = {"text": text, "key": "k"}
    answer = post(world, f"{chat.pk}/replies/", data)
    assert answer.status_code == 422 and 'value="k"' in answer.content.decode()
    assert text in answer.content.decode() and "field__error" in answer.content.decode()
    answer = post(world, f"{chat.pk}/replies/", data, **HTMX)
    assert answer.status_code == 200 and "field__error" in answer.content.decode()
    assert not Message.objects.filter(direction="out").exists()


def test_new_messages_come_without_reload(world, chat):
    page = get(world, f"{chat.pk}/").content.decode()
    revision, since = re.search(r"latest/\?revision=(\d+)&amp;since=(\d+)", page).groups()
    where = f"{chat.pk}/latest/?revision={revision}&since={since}"
    assert get(world, where, **HTMX).status_code == 204
    webhooks.deliver(webhooks.messages(webhooks.text("dan cokelat?")))
    answer = get(world, where, **HTMX)
    assert answer.status_code == 200
    assert "keju ada" in answer.content.decode() and "dan cokelat?" in answer.content.decode()


def test_asking_for_news_costs_little(world, chat):
    client = world.client("owner")
    where = world.url(f"chats/{chat.pk}/latest/?revision={chat.revision}")
    client.get(where)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(where, headers=HTMX).status_code == 204
    # session, user, membership with shop, chat
    assert len(seen) <= 5


def test_every_status_moves_the_thread_on(world, chat, owner):
    message = actions.reply(conversation=chat, text="ada", sent_by=owner, key="k")
    Message.objects.filter(pk=message.pk).update(status="accepted", wamid="wamid.X", work_state="done")
    for status, words in (("sent", "Sent"), ("delivered", "Arrived"), ("read", "Read"), ("played", "Listened to")):
        before = Conversation.objects.get().revision
        item = {"id": "wamid.X", "status": status, "timestamp": "1795390000"}
        webhooks.deliver(webhooks.statuses(item))
        assert Conversation.objects.get().revision > before
        assert words in get(world, f"{chat.pk}/").content.decode()


def test_long_chats_turn_back_page_by_page(world, channel):
    items = [webhooks.text(f"pesan ke-{n:03d}.", at=1795300000 + n) for n in range(100)]
    webhooks.deliver(webhooks.messages(*items))
    chat = Conversation.objects.get()
    seen = get(world, f"{chat.pk}/").content.decode()
    pages = 1
    while found := re.search(r"earlier/\?before=(\d+)", seen.rpartition("earlier/?before=")[0] and seen):
        older = get(world, f"{chat.pk}/earlier/?before={found[1]}", **HTMX).content.decode()
        seen = older + seen.replace("earlier/?before=", "")
        pages += 1
    assert pages == 3
    assert re.findall(r"pesan ke-(\d+)\.", seen) == [f"{n:03d}" for n in range(100)]
    assert get(world, f"{chat.pk}/earlier/?before=x").status_code == 200


def test_a_person_opening_the_chat_marks_it_read(world, chat):
    page = get(world, f"{chat.pk}/")
    assert f"chats/{chat.pk}/reading/" in page.content.decode()
    chat.refresh_from_db()
    assert chat.unread == 1, "a GET changes nothing"
    assert post(world, f"{chat.pk}/reading/", **HTMX).status_code == 204
    chat.refresh_from_db()
    assert chat.unread == 0 and chat.waiting_since is not None


def test_failures_are_told_in_plain_words_and_can_be_tried_again(world, chat, owner):
    message = actions.reply(conversation=chat, text="ada", sent_by=owner, key="k")
    Message.objects.filter(pk=message.pk).update(status="failed", error_code=131026, work_state="done")
    page = get(world, f"{chat.pk}/").content.decode()
    assert "Did not reach the phone" in page and "131026" not in page and "Send again" in page
    assert post(world, f"messages/{message.pk}/repetition/").status_code == 302
    assert Message.objects.filter(direction="out").count() == 2
    assert "Send again" not in get(world, f"{chat.pk}/").content.decode()
    answer = post(world, f"messages/{message.pk}/repetition/", **HTMX)
    assert (answer.status_code, answer["HX-Trigger"]) == (204, "written")
    assert Message.objects.filter(direction="out").count() == 2


def test_what_cannot_help_is_not_offered(world, chat, owner):
    message = actions.reply(conversation=chat, text="ada", sent_by=owner, key="k")
    Message.objects.filter(pk=message.pk).update(status="failed", error_code=131009, work_state="done")
    assert "Send again" not in get(world, f"{chat.pk}/").content.decode()
    post(world, f"messages/{message.pk}/repetition/")
    assert Message.objects.filter(direction="out").count() == 1


def test_a_closed_window_is_said_before_one_writes(world, chat, clock):
    assert "only after they write again" not in get(world, f"{chat.pk}/").content.decode()
    clock.forward(hours=25)
    assert "only after they write again" in get(world, f"{chat.pk}/").content.decode()


def test_a_stopped_number_is_said_and_started_again(world, chat, channel):
    actions.stop_channel(channel=channel, reason="error:190")
    assert "Messages wait" in get(world, f"{chat.pk}/").content.decode()
    page = get(world, "").content.decode()
    assert "no longer accepts our key" in page and "Try again" in page
    assert "Try again" not in get(world, "", "chat").content.decode()
    assert post(world, f"numbers/{channel.pk}/restart/").status_code == 302
    channel.refresh_from_db()
    assert channel.state == "active" and "accepts our key" not in get(world, "").content.decode()


def test_a_notice_is_read_away(world, channel):
    webhooks.deliver(webhooks.payload("values/template_rejected"))
    page = get(world, "").content.decode()
    assert "kabar_baru" in page
    notice = Notice.objects.get()
    assert post(world, f"notices/{notice.pk}/reading/").status_code == 302
    assert "kabar_baru" not in get(world, "").content.decode()


# --- Starting ---------------------------------------------------------------------------------------------------------


def test_starting_a_chat(world, channel):
    ratna = world.customers["ratna"]
    page = get(world, f"with/{ratna.pk}/")
    assert page.status_code == 200 and "0812-3000-4001" in page.content.decode()
    answer = post(world, f"with/{ratna.pk}/", {"text": "Assalamualaikum Bu", "key": "k"})
    chat = Conversation.objects.get(customer=ratna)
    assert answer["Location"].endswith(f"/chats/{chat.pk}/")
    assert get(world, f"with/{ratna.pk}/")["Location"].endswith(f"/chats/{chat.pk}/")


def test_somebody_without_a_number_cannot_be_written_to(world, channel):
    answer = post(world, f"with/{world.customers['kasan'].pk}/", {"text": "Pak, sudah siap", "key": "k"})
    assert answer.status_code == 422
    assert "no WhatsApp number" in answer.content.decode() and "Pak, sudah siap" in answer.content.decode()


# --- By hand ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def prepared(world):
    """A shop without the API: three messages prepared."""
    return [
        actions.queue_message(
            customer=world.customers[name], text=f"Halo {name} & keluarga", purpose="prompt", reference="1"
        )
        for name in ("ratna", "slamet", "siti")
    ]


def test_the_queue_by_hand(world, prepared):
    page = get(world, "by-hand/").content.decode()
    assert page.count("https://wa.me/62812300040") == 3
    assert "https://wa.me/6281230004001?text=Halo%20ratna%20%26%20keluarga" in page
    assert queries.by_hand_count() == 3
    assert "3 messages are ready" in get(world, "").content.decode()
    assert queries.wa_link(prepared[0]).startswith("https://wa.me/6281230004001?text=")


@pytest.mark.parametrize(
    ("step", "status"),
    [("opening", "opened"), ("sending", "sent"), ("omission", "skipped"), ("wrong-number", "failed")],
)
def test_saying_what_became_of_it(world, prepared, step, status):
    message = prepared[0]
    assert post(world, f"by-hand/{message.pk}/{step}/").status_code == 302
    message.refresh_from_db()
    assert message.status == status and message.sent_by == world.members["owner"]
    answer = post(world, f"by-hand/{prepared[1].pk}/{step}/", **HTMX)
    assert answer.status_code == 200 and f'id="message-{prepared[1].pk}"' in answer.content.decode()
    assert len(queries.queue_by_hand()) == (3 if step == "opening" else 1)
    post(world, f"by-hand/{message.pk}/return/")
    message.refresh_from_db()
    assert message.status == "queued" and message.error_code is None


def test_steps_by_hand_count_once(world, prepared):
    for _ in range(2):
        post(world, f"by-hand/{prepared[0].pk}/wrong-number/")
        post(world, f"by-hand/{prepared[0].pk}/sending/")
    prepared[0].refresh_from_db()
    assert prepared[0].status == "failed"
    assert Conversation.objects.get(pk=prepared[0].conversation_id).undeliverable == 1


def test_what_setia_sends_itself_cannot_be_marked_by_hand(world, chat, owner):
    message = actions.reply(conversation=chat, text="ada", sent_by=owner, key="k")
    post(world, f"by-hand/{message.pk}/sending/")
    message.refresh_from_db()
    assert message.status == "queued"


def test_a_reply_on_the_free_app_is_prepared(world, prepared):
    chat = prepared[0].conversation
    answer = post(world, f"{chat.pk}/replies/", {"text": "Nggih", "key": "k"})
    assert "/by-hand/#message-" in answer["Location"]
    answer = post(world, f"{chat.pk}/replies/", {"text": "Nggih lagi", "key": "k2"}, **HTMX)
    assert "/by-hand/#message-" in answer["HX-Redirect"]


# --- Automatic messages -----------------------------------------------------------------------------------------------


def test_automatic_messages_are_shown_as_they_arrive(world):
    page = get(world, "automatic/").content.decode()
    assert page.count('class="bubble') == len(Trigger)
    assert "Bu Ratna" in page and "{name}" not in page and "#128" in page


def test_changing_an_automatic_message(world):
    form = get(world, "automatic/thanks/").content.decode()
    assert "{order}" in form
    answer = post(world, "automatic/thanks/", {"enabled": "on", "text": "Suwun {name}, {order}", "text_english": ""})
    assert answer.status_code == 302
    assert "Suwun Bu Ratna, #128" in get(world, "automatic/").content.decode()
    post(world, "automatic/thanks/", {"text": "", "text_english": ""})
    assert ">Off<" in get(world, "automatic/").content.decode()


def test_unknown_braces_are_refused_and_kept(world):
    answer = post(world, "automatic/greeting/", {"enabled": "on", "text": "Halo {nama}", "text_english": ""})
    assert answer.status_code == 422
    assert "Halo {nama}" in answer.content.decode() and "{name}, {shop}" in answer.content.decode()


def test_looking_at_the_words_keeps_nothing(world):
    data = {"look": "1", "text": "Cek {name}", "text_english": ""}
    assert "Cek Bu Ratna" in post(world, "automatic/greeting/", data, **HTMX).content.decode()
    assert "Cek Bu Ratna" in post(world, "automatic/greeting/", data).content.decode()
    assert "Cek" not in get(world, "automatic/").content.decode()
    assert get(world, "automatic/nothing/").status_code == 404


# --- Doors ------------------------------------------------------------------------------------------------------------


def test_next_door_and_without_the_right(world, chat, owner):
    message = actions.reply(conversation=chat, text="ada", sent_by=owner, key="k")
    pages = ["", f"{chat.pk}/", f"{chat.pk}/latest/", f"{chat.pk}/earlier/", "by-hand/", f"with/{chat.customer_id}/"]
    posts = [f"{chat.pk}/replies/", f"{chat.pk}/reading/", f"messages/{message.pk}/repetition/"]
    for path in pages:
        assert get(world, path, "chat").status_code in (200, 302)
        assert get(world, path, "viewer").status_code == get(world, path, "cashier").status_code == 403
        assert get(world, path, "stranger").status_code == 404
    for path in posts:
        assert post(world, path, who="viewer").status_code == 403
        assert post(world, path, who="stranger").status_code == 404
    assert get(world, "automatic/", "chat").status_code == 403
    with open_shop(world.stranger_shop):
        webhooks.connect(phone_number_id="777", waba_id="888", display_number="+6281230007777")
    webhooks.deliver(webhooks.messages(webhooks.text("rahasia"), number="777"), account="888")
    theirs = Message.across_shops.get(text="rahasia")
    for path in (f"{theirs.conversation_id}/", f"{theirs.conversation_id}/latest/", f"with/{theirs.customer_id}/"):
        assert get(world, path).status_code == 404
    for path in (
        f"messages/{theirs.pk}/repetition/",
        f"by-hand/{theirs.pk}/sending/",
        f"{theirs.conversation_id}/replies/",
    ):
        assert post(world, path, {"text": "x", "key": "y"}).status_code == 404
