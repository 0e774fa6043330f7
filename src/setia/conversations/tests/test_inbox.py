"""What comes in is kept and shown, whatever it is, in whatever order and however often."""

import itertools
import json
import random
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from setia.conversations.inbox import deliveries, handling
from setia.conversations.models import Conversation, InboxItem, Message, MessageVersion, Notice, WebhookDelivery
from setia.conversations.tests import webhooks
from setia.core import clock as house_clock
from setia.core.models import Event
from setia.core.work import WorkState
from setia.customers import actions as people_actions
from setia.customers import queries as people
from setia.customers.models import Customer

pytestmark = pytest.mark.django_db

ITEMS = webhooks.names("messages")
VALUES = webhooks.names("values")
STATUSES = webhooks.names("statuses")


@pytest.fixture
def channel(world):
    return webhooks.connect()


def inbound(**kind):
    return Message.objects.filter(direction="in", origin="live", **kind)


def chat() -> Conversation:
    return Conversation.objects.get(channel__kind="whatsapp_cloud")


def everything(order, copies=1):
    """Every payload we know in one body, shuffled and repeated."""
    changes = [webhooks.messages(webhooks.payload(name)) for name in ITEMS]
    changes += [webhooks.statuses(webhooks.payload(name)) for name in STATUSES]
    changes += [webhooks.payload(name) for name in VALUES]
    changes += webhooks.payload("envelope")["entry"][0]["changes"]
    changes *= copies
    order.shuffle(changes)
    return changes


@pytest.mark.parametrize("seed", range(3))
def test_every_payload_in_one_batch_shuffled_and_repeated_is_handled_once(channel, seed):
    order = random.Random(seed)
    webhooks.deliver(*everything(order, copies=2))
    webhooks.deliver(*everything(order), time=1795000500)
    assert not WebhookDelivery.objects.exclude(work_state=WorkState.DONE).exists()
    # and one message in the envelope, one echo, two of history, two of the phone book, one preference
    expected = len(ITEMS) + len(STATUSES) + 1 + 1 + 2 + 2 + 1
    once = InboxItem.objects.filter(kind__in=["message", "status", "echo", "history", "contact", "preference"])
    assert once.count() == expected
    assert InboxItem.objects.exclude(problem="").count() == 0
    # 25 kinds of messages less two reactions, an edit and a deletion, plus the one in the envelope
    assert inbound().count() == len(ITEMS) - 4 + 1
    assert Message.objects.filter(origin="echo").count() == 1
    assert Message.objects.filter(origin="history").count() == 2
    kinds = set(inbound().values_list("kind", flat=True))
    assert {"text", "image", "video", "audio", "document", "sticker", "location", "contacts", "button"} <= kinds
    assert {"interactive", "order", "unsupported", "system"} <= kinds
    assert Message.objects.get(wamid="wamid.T1").text == "Sugeng enjing, Bu"
    assert Message.objects.get(wamid="wamid.T4").removed_at is not None


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("text", "text", "Sugeng enjing"),
        ("image", "image", "bukti transfer"),
        ("video", "video", ""),
        ("voice", "audio", ""),
        ("document", "document", "untuk 40 orang"),
        ("location", "location", "Rumah cat hijau\nRT 03 Pogalan"),
        ("contacts", "contacts", "Mbak Tutik +62 812-3000-9002"),
        ("button", "button", "Pesan lagi"),
        ("button_reply", "interactive", "Ya"),
        ("list_reply", "interactive", "Keju isi 10\nRp24.000"),
        ("form_reply", "interactive", "alamat: RT 03 Pogalan"),
        ("order", "order", "2 × KEJU-10\ndiambil sore"),
        ("unsupported", "unsupported", ""),
    ],
)
def test_a_message_is_kept_with_its_words(channel, name, kind, words):
    webhooks.deliver(webhooks.messages(webhooks.payload(f"messages/{name}")))
    message = inbound().get()
    assert (message.kind, message.text) == (kind, words)
    assert chat().unread == 1 and chat().waiting_since == message.at
    assert not set(message.payload) & {"from", "from_user_id", "id"}
    if kind in ("image", "video", "audio", "document", "sticker"):
        assert message.payload[kind]["id"].startswith("91")


def test_quotes_ads_and_unknown_errors_are_kept(channel):
    for name in ("text_quoting", "from_ad", "unsupported"):
        webhooks.deliver(webhooks.messages(webhooks.payload(f"messages/{name}")))
    assert inbound().get(wamid="wamid.T3").quotes_wamid == "wamid.OUT1"
    assert inbound().get(wamid="wamid.F1").payload["referral"]["headline"] == "Bakpia hangat"
    assert inbound().get(wamid="wamid.U1").payload["errors"][0]["code"] == 131051


def test_who_writes_is_told_by_contact_not_by_position(channel):
    contacts = [webhooks.contact("Pak Lain", "6281230009009"), webhooks.contact("Bu Tetangga", user_id="ID.9001")]
    item = webhooks.text("halo", from_user_id="ID.9001")
    webhooks.deliver(webhooks.messages(item, contacts=contacts))
    customer = Customer.objects.get(display_name="Bu Tetangga")
    assert people.by_identity("bsuid", "ID.9001") == people.by_identity("whatsapp", "+6281230009001") == customer
    assert chat().profile_name == "Bu Tetangga"


def test_a_number_hidden_or_unknown_to_every_phone_book_is_still_a_person(channel):
    webhooks.deliver(webhooks.messages(webhooks.payload("messages/text_without_number")))
    webhooks.deliver(webhooks.messages(webhooks.text("hello", sender="999123")))
    assert inbound().count() == 2
    assert Customer.objects.filter(conversations__messages__text="hello").count() == 1
    webhooks.deliver(webhooks.messages(webhooks.text("again", sender="999123")))
    assert Conversation.objects.count() == 2


def test_a_known_customer_is_recognised(channel, world):
    ratna = world.customers["ratna"]
    webhooks.deliver(webhooks.messages(webhooks.text("halo", sender="6281230004001")))
    assert inbound().get().customer == ratna


def test_three_times_the_same_is_one_message(channel):
    item = webhooks.text("halo")
    for _ in range(3):
        webhooks.deliver(webhooks.messages(item, item))
    webhooks.deliver(webhooks.messages(webhooks.text("lagi"), item, webhooks.text("lain")))
    assert inbound().count() == 3
    assert chat().unread == 3
    assert Event.objects.filter(verb="message.received").count() == 3


def test_one_bad_item_does_not_lose_its_neighbours(channel):
    bad = {"from": "6281230009001", "id": "wamid.BAD", "timestamp": "x", "type": {"no": "word"}}
    webhooks.deliver(webhooks.messages(webhooks.text("satu"), bad, "not an object", webhooks.text("dua")))
    assert [message.text for message in inbound(kind="text").order_by("pk")] == ["satu", "dua"]
    assert InboxItem.objects.exclude(problem="").count() == 2
    shown = inbound(kind="unknown").get()
    assert shown.wamid == "wamid.BAD" and shown.conversation == chat()
    webhooks.deliver(webhooks.messages(bad))
    assert inbound(kind="unknown").count() == 1


def test_unknown_kinds_are_kept_and_shown(channel):
    item = webhooks.text("", type="hologram", hologram={"light": 1})
    webhooks.deliver(webhooks.messages(item), {"field": "brand_new", "value": {"what": "ever"}})
    assert inbound().get().kind == "hologram"
    kept = InboxItem.objects.get(kind="brand_new")
    assert kept.problem and kept.payload == {"what": "ever"}


def test_an_item_that_fails_is_tried_again_and_alone(channel, monkeypatch, clock):
    real, broken = handling.HANDLERS["message"], []

    def fails(item, channel):
        if b"patah" in item.raw and not broken:
            broken.append(item)
            raise RuntimeError("disk full")
        real(item, channel)

    def none_together(run, channel):
        raise RuntimeError("disk full")

    monkeypatch.setattr(deliveries, "take_in", none_together)
    monkeypatch.setitem(handling.HANDLERS, "message", fails)
    webhooks.deliver(webhooks.messages(webhooks.text("utuh"), webhooks.text("patah"), webhooks.text("lain")))
    assert inbound().count() == 2
    assert WebhookDelivery.objects.get().work_state == WorkState.WAITING
    clock.forward(hours=1)
    webhooks.settle()
    assert inbound().count() == 3
    assert WebhookDelivery.objects.get().work_state == WorkState.DONE


def test_what_fails_for_ever_is_kept_as_a_problem(channel, monkeypatch, clock):
    def fails(item, channel):
        raise RuntimeError("never")

    monkeypatch.setitem(handling.HANDLERS, "message", fails)
    webhooks.deliver(webhooks.messages(webhooks.text("patah")))
    for _ in range(8):
        clock.forward(hours=2)
        webhooks.settle()
    assert WebhookDelivery.objects.get().work_state == WorkState.DONE
    assert "never" in InboxItem.objects.get().problem


# --- Reactions, edits, deletions --------------------------------------------------------------------------------------


def changes_of_one_message(number):
    """Said, edited, edited again, reacted, the reaction taken back; of a message of its own for every `number`."""

    def part(name, kind, suffix, **about):
        item = webhooks.payload(f"messages/{name}") | {"id": f"wamid.{suffix}-{number}"}
        return item | ({kind: item[kind] | about} if about else {})

    target, last = f"wamid.SAID-{number}", {"type": "text", "text": {"body": "Akhir"}}
    return (
        part("text", "text", "SAID"),
        part("edit", "edit", "EDIT", original_message_id=target),
        part("edit", "edit", "AGAIN", original_message_id=target, message=last) | {"timestamp": "1795000060"},
        part("reaction", "reaction", "REACT", message_id=target),
        part("reaction_taken_back", "reaction", "BACK", message_id=target),
    )


_example = itertools.count()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(5)))
def test_changes_in_any_order_end_the_same(channel, order):
    number = next(_example)
    Conversation.objects.all().delete()
    parts = changes_of_one_message(number)
    for index in order:
        webhooks.deliver(webhooks.messages(parts[index]))
    message = inbound().get(wamid=f"wamid.SAID-{number}")
    assert message.text == "Akhir"
    assert message.their_reaction == "" and message.their_reaction_at is not None
    assert not InboxItem.objects.exclude(waits_for="").exists()
    assert MessageVersion.objects.filter(message=message).count() == 2
    assert chat().unread == 1 and chat().last_text == "Akhir"


def test_a_deleted_message_keeps_its_words_in_the_audit_trail_only(channel):
    webhooks.deliver(webhooks.messages(webhooks.payload("messages/text_forwarded")))
    webhooks.deliver(webhooks.messages(webhooks.payload("messages/revoke")))
    message = inbound().get()
    assert (message.text, message.payload) == ("", {}) and message.removed_at
    version = MessageVersion.objects.get()
    assert (version.change, version.text) == ("revoke", "dari grup arisan")
    assert chat().waiting_since is None and chat().last_text == ""


def test_a_reaction_opens_the_24_hours_but_is_not_unread(channel, clock):
    webhooks.deliver(webhooks.messages(webhooks.text("halo", wamid="wamid.T1")))
    before = chat()
    clock.forward(hours=20)
    reaction = {"message_id": "wamid.T1", "emoji": "👍"}
    webhooks.deliver(webhooks.messages(webhooks.text("", type="reaction", reaction=reaction)))
    assert chat().window_until - before.window_until == timedelta(hours=20)
    assert chat().unread == 1
    assert inbound().get().their_reaction == "👍"


# --- Numbers and ids --------------------------------------------------------------------------------------------------


def test_a_new_number_and_a_new_id_are_the_same_person(channel):
    for name in ("text", "new_number", "new_id"):
        webhooks.deliver(webhooks.messages(webhooks.payload(f"messages/{name}")))
    written = webhooks.text("saya ganti nomor", sender="6281230009003", from_user_id="ID.9004")
    webhooks.deliver(webhooks.messages(written))
    assert inbound(kind="text").values("customer").distinct().count() == 1
    assert inbound(kind="system").count() == 2
    assert people.by_identity("whatsapp", "+6281230009001") is None
    assert people.phone_of(chat().customer) == "+6281230009003"
    assert chat().unread == 2


def test_a_recycled_number_is_another_person(channel):
    webhooks.deliver(webhooks.messages(webhooks.text("halo", from_user_id="ID.OLD")))
    webhooks.deliver(webhooks.messages(webhooks.text("halo", from_user_id="ID.NEW")))
    assert inbound().values("customer").distinct().count() == 2


# --- The phone beside us ----------------------------------------------------------------------------------------------


def test_an_echo_answers_pauses_automations_and_is_not_unread(channel, clock):
    webhooks.deliver(webhooks.messages(webhooks.text("Bu, masih?")))
    clock.forward(minutes=5)
    echo = webhooks.payload("values/echo")
    echo["value"]["message_echoes"][0]["timestamp"] = str(int(house_clock.now().timestamp()))
    webhooks.deliver(echo)
    assert chat().waiting_since is None and chat().unread == 0
    assert chat().automation_paused_until > house_clock.now()
    assert Message.objects.get(origin="echo").direction == "out"
    # what was written before the echo and comes late was seen on the phone
    late = webhooks.text("tadi", at=int(house_clock.now().timestamp()) - 60)
    webhooks.deliver(webhooks.messages(late))
    assert chat().waiting_since is None and chat().unread == 0
    clock.forward(minutes=1)
    webhooks.deliver(webhooks.messages(webhooks.text("menu")))
    assert chat().unread == 1 and chat().waiting_since == house_clock.now()
    assert not Message.objects.filter(purpose="price_list").exists()


def test_an_echo_that_comes_late_leaves_what_was_written_after_it_waiting(channel, clock):
    at = int(house_clock.now().timestamp())
    webhooks.deliver(webhooks.messages(webhooks.text("satu", at=at - 600), webhooks.text("dua", at=at - 60)))
    echo = webhooks.payload("values/echo")
    echo["value"]["message_echoes"][0]["timestamp"] = str(at - 300)
    webhooks.deliver(echo)
    assert chat().unread == 1
    assert int(chat().waiting_since.timestamp()) == at - 60


def test_history_is_shown_and_does_nothing_else(channel, world):
    webhooks.deliver(webhooks.payload("values/history"))
    assert chat().unread == 0 and chat().waiting_since is None and chat().window_until is None
    assert not Event.objects.filter(verb__startswith="message.").exists()
    assert not Message.objects.exclude(origin="history").exists()
    asked, answered = Message.objects.order_by("at")
    assert (asked.direction, asked.status) == ("in", "received")
    assert (answered.direction, answered.status, answered.kind) == ("out", "delivered", "media_placeholder")
    picture = {"from": webhooks.SHOP_NUMBER[1:], "to": "6281230009001", "id": "wamid.H2", "timestamp": "1794000100"}
    picture |= {"type": "image", "image": {"id": "910", "mime_type": "image/jpeg", "caption": "pesanannya"}}
    webhooks.deliver({"field": "history", "value": webhooks.value(messages=[picture])})
    answered.refresh_from_db()
    assert (answered.kind, answered.text, answered.payload["image"]["id"]) == ("image", "pesanannya", "910")
    assert Message.objects.count() == 2


@pytest.mark.parametrize("first", ["live", "history"])
def test_history_and_live_are_one_message(channel, first):
    live = webhooks.messages(webhooks.text("keju 2", wamid="wamid.H1"))
    parts = [live, webhooks.payload("values/history")]
    for part in parts if first == "live" else parts[::-1]:
        webhooks.deliver(part)
    assert Message.objects.filter(wamid="wamid.H1").count() == 1


@pytest.mark.parametrize("order", list(itertools.permutations(["values/phone_book", "values/history"])))
def test_the_phone_book_names_those_we_write_with(channel, order):
    for name in order:
        webhooks.deliver(webhooks.payload(name))
    assert chat().customer.display_name == "Bu Tetangga Langganan"
    assert Customer.objects.filter(display_name__startswith="Bu Tetangga").count() == 1


def test_the_phone_book_does_not_overrule_the_shop(channel, world):
    webhooks.deliver(webhooks.messages(webhooks.text("halo"), contacts=[webhooks.contact("sari123")]))
    people_actions.change_customer(customer=chat().customer, display_name="Bu Sari Pasar")
    webhooks.deliver(webhooks.payload("values/phone_book"))
    assert chat().customer.display_name == "Bu Sari Pasar"


# --- Offers -----------------------------------------------------------------------------------------------------------


def test_stop_in_whatsapp_counts_at_once_and_resume_too(channel):
    webhooks.deliver(webhooks.payload("values/wants_no_offers"))
    customer = people.by_identity("bsuid", "ID.9001")
    assert people.consents(customer.pk)["promotion"] == "withdrawn"
    resume = webhooks.payload("values/wants_no_offers")
    resume["value"]["user_preferences"][0] |= {"value": "resume", "timestamp": 1795000100}
    webhooks.deliver(resume)
    assert people.may_write(customer.pk, "promotion")


@pytest.mark.parametrize("words", ["STOP", " berhenti ", "Stop promo", "unsubscribe", "JANGAN KIRIM", "stop."])
def test_stop_words_withdraw_consent_with_one_confirmation(channel, words):
    webhooks.deliver(webhooks.messages(webhooks.text(words)))
    webhooks.deliver(webhooks.messages(webhooks.text(words)))
    customer = chat().customer
    assert people.consents(customer.pk)["promotion"] == "withdrawn"
    assert Event.objects.filter(verb="consent.answered").count() == 1
    assert [row.purpose for row in Message.objects.filter(direction="out")] == ["opt_out"]


@pytest.mark.parametrize(
    "words", ["stop dulu ya bu, 2 kotak saja", "jangan kirim sekarang", "berhenti di depan masjid"]
)
def test_other_sentences_with_those_words_are_not_stop(channel, words):
    webhooks.deliver(webhooks.messages(webhooks.text(words)))
    assert people.consents(chat().customer_id)["promotion"] == "not_asked"


# --- Account, number, templates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind", "state"),
    [
        ("account_restricted", "account:ACCOUNT_RESTRICTION", "active"),
        ("account_violation", "account:ACCOUNT_VIOLATION", "active"),
        ("account_disabled", "account:DISABLED_UPDATE", "stopped"),
        ("phone_disconnected", "account:PARTNER_REMOVED:PRIMARY_INACTIVITY", "stopped"),
        ("volume_price", None, "active"),
        ("template_approved", None, "active"),
        ("template_rejected", "template:REJECTED", "active"),
        ("template_paused", "template:PAUSED", "active"),
        ("template_category_soon", "template:CATEGORY_SOON", "active"),
        ("template_category", "template:CATEGORY", "active"),
        ("template_quality", "quality:YELLOW", "active"),
        ("number_quality", None, "active"),
        ("history_refused", "error:2593109", "active"),
        ("trouble", None, "active"),
    ],
)
def test_news_about_the_account_are_kept_and_told_where_it_matters(channel, name, kind, state):
    news = webhooks.payload(f"values/{name}")
    webhooks.deliver(news)
    webhooks.deliver(news)
    channel.refresh_from_db()
    assert channel.state == state
    assert list(Notice.objects.values_list("kind", flat=True)) == ([kind] if kind else [])
    kept = InboxItem.objects.get().payload
    assert kept == news["value"] or kept["code"]


def test_news_about_another_number_of_the_account_do_not_stop_ours(channel):
    news = webhooks.payload("values/phone_disconnected")
    news["value"]["phone_number"] = "6281230009999"
    webhooks.deliver(news)
    channel.refresh_from_db()
    assert channel.state == "active"


# --- Keeping ----------------------------------------------------------------------------------------------------------


def test_bodies_are_forgotten_when_they_cannot_be_repeated_any_more(channel, clock):
    from setia.conversations import actions

    webhooks.deliver(webhooks.messages(webhooks.text("halo")), {"field": "brand_new", "value": {}})
    clock.forward(days=7)
    assert actions.forget_old_deliveries() == 0
    clock.forward(days=2)
    assert actions.forget_old_deliveries() == 1
    assert InboxItem.objects.count() == 2
    clock.forward(days=30)
    actions.forget_old_deliveries()
    assert [item.kind for item in InboxItem.objects.all()] == ["brand_new"]
    assert inbound().count() == 1


def test_a_long_body_keeps_its_lease_and_gives_way_when_it_lost_it(channel, clock, monkeypatch):
    real, seen = handling.HANDLERS["message"], []

    def slow(item, channel):
        real(item, channel)
        seen.append(item)
        clock.forward(seconds=100)
        if len(seen) == 3:
            WebhookDelivery.objects.update(lease=None, leased_until=None)

    monkeypatch.setattr(deliveries, "LONGEST", 1)
    monkeypatch.setitem(handling.HANDLERS, "message", slow)
    items = [webhooks.text(f"pesan {n}", wamid=f"wamid.L{n}") for n in range(5)]
    assert webhooks.post(webhooks.body(webhooks.messages(*items))).status_code == 200
    from setia.conversations import actions

    with webhooks.no_shop():
        assert actions.settle_deliveries() == 1
    assert len(seen) == 3
    with webhooks.no_shop():
        assert actions.settle_deliveries() == 1
    assert inbound().count() == 5 and len(seen) == 5


@pytest.mark.parametrize("letters", ["a\x00b", "\x00", "a\\u0000b\\\x00"])
def test_nul_characters_are_left_out_wherever_they_stand(channel, letters):
    """PostgreSQL keeps no NUL: neither in a text nor in JSON."""
    odd = webhooks.text(letters) | {"type": "text", "\x00": letters}
    webhooks.post(webhooks.body(webhooks.messages(odd), {"field": "x", "value": {"id": letters}}))
    webhooks.settle()
    assert not WebhookDelivery.objects.exclude(work_state=WorkState.DONE).exists()
    assert inbound(kind="text").get().text == letters.replace("\x00", "")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=st.recursive(
        st.none() | st.booleans() | st.integers(-5, 2**40) | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "id",
                        "from",
                        "type",
                        "text",
                        "body",
                        "timestamp",
                        "status",
                        "reaction",
                        "system",
                        "edit",
                        "context",
                    ]
                ),
                inner,
                max_size=6,
            )
        ),
        max_leaves=20,
    ),
    kind=st.sampled_from(
        ["messages", "statuses", "message_echoes", "history", "state_sync", "user_preferences", "errors"]
    ),
)
def test_no_shape_breaks_the_worker(channel, raw, kind):
    """Fuzzed items: the delivery always ends, and a good neighbour always arrives."""
    before = inbound(kind="text", text="utuh").count()
    good = webhooks.messages(webhooks.text("utuh"))
    assert (
        webhooks.post(webhooks.body({"field": "messages", "value": webhooks.value(**{kind: [raw]})}, good)).status_code
        == 200
    )
    webhooks.settle()
    assert not WebhookDelivery.objects.filter(work_state=WorkState.WAITING).exists()
    assert inbound(kind="text", text="utuh").count() == before + 1
    json.dumps(raw)
