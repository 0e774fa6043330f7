"""Days on which WhatsApp behaves as it really does: copies, disorder, outages, people who change; one honest end."""

import pytest

from setia.conversations import actions
from setia.conversations.models import Conversation, InboxItem, Message
from setia.conversations.tests import webhooks
from setia.conversations.tests.play import playing
from setia.core.models import Event, Reaction
from setia.core.scope import open_shop
from setia.customers import queries as people
from setia.customers.models import Customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def play(world):
    with playing() as play:
        for trigger in ("greeting", "price_list"):
            actions.change_auto_reply(trigger=trigger, enabled=False, text="", text_english="")
        yield play
        assert play.violations() == []


@pytest.fixture
def owner(world):
    return world.members["owner"]


def inbound():
    return Message.objects.filter(direction="in", origin="live")


def test_everything_three_times_and_shuffled(play, owner):
    play.user()
    play.writes("halo")
    play.control("POST webhooks/policy", {"duplicate": 3, "rebatch": True, "shuffle": True, "batch": 7, "seed": 7})
    for n in range(6):
        play.control("POST inbound", {"user": "6281230009001", "type": "text", "text": {"body": f"pesan {n}"}})
        play.reply(f"balas {n}", owner)
    for _ in range(10):
        play.wait(seconds=20)
    assert inbound().count() == 7 and play.chat().unread <= 6
    assert Event.objects.filter(verb="message.received").count() == 7
    statuses = Message.objects.filter(direction="out").values_list("status", flat=True)
    assert set(statuses) == {"read"} and len(statuses) == 6
    assert sorted(play.words()) == [f"balas {n}" for n in range(6)]


def test_two_hundred_things_in_one_request(play):
    play.control("POST webhooks/policy", {"batch": 1000, "linger_s": 5, "spread": "mixed", "seed": 3})
    kinds = ("text", "image", "location", "reaction", "unsupported")
    first = None
    for n in range(40):
        phone = f"6281230020{n:03d}"
        play.user(phone=phone, name=f"Bu {n}")
        for kind in kinds:
            content = {
                "text": {"body": f"pesan {n}"},
                "location": {"latitude": -8.0, "longitude": 111.7},
                "reaction": {"message_id": first or "wamid.X", "emoji": "👍"},
                "unsupported": {"type": "poll_creation"},
                "image": {},
            }[kind]
            made = play.control("POST inbound", {"user": phone, "type": kind, kind: content})
            first = made["id"] if kind == "text" else first
    play.wait(seconds=10)
    assert len(play.control("GET deliveries")) < 5
    assert inbound().count() == 160
    assert Conversation.objects.count() == 40
    assert InboxItem.objects.filter(kind="message").count() == 200


def test_two_hours_of_outage_are_caught_up(play, owner):
    play.user()
    play.writes("halo")
    play.down = 500
    for n in range(5):
        play.writes(f"pesan {n}")
        play.wait(minutes=24)
    assert inbound().count() == 1
    play.down = 0
    for _ in range(6):
        play.wait(hours=1)
    assert [message.text for message in inbound().order_by("at", "pk")] == ["halo", *(f"pesan {n}" for n in range(5))]
    assert play.chat().unread == 6


def test_somebody_without_a_number_shares_it_later_and_stays_one_person(play, owner):
    person = play.user(phone="6281230009002", name="Mbak Tutik", username="tutik.p")
    for words in ("halo", "pesan keju 2"):
        play.control(
            "POST inbound", {"user": person["bsuid"], "type": "text", "text": {"body": words}, "hide_phone": True}
        )
    play.work()
    customer = Conversation.objects.get().customer
    assert people.phone_of(customer) == ""
    actions.reply(conversation=Conversation.objects.get(), text="Nomornya berapa?", sent_by=owner, key="k")
    play.work()
    shared = {
        "name": {"formatted_name": "Tutik"},
        "phones": [{"phone": "+62 812-3000-9002"}],
        "origin": "contact_request",
    }
    play.control(
        "POST inbound", {"user": person["bsuid"], "type": "contacts", "contacts": [shared], "hide_phone": True}
    )
    play.work()
    assert people.phone_of(customer) == "+6281230009002"
    play.control(f"PATCH users/{person['bsuid']}", {"username": None})
    play.writes("sekarang kelihatan", user="6281230009002")
    assert Conversation.objects.count() == 1 and inbound().count() == 4


def test_somebody_elses_shared_number_stays_theirs(play, world):
    play.user()
    ratna = world.customers["ratna"]
    shared = {"phones": [{"phone": "+6281230004001"}], "origin": "contact_request"}
    play.control("POST inbound", {"user": "6281230009001", "type": "contacts", "contacts": [shared]})
    play.work()
    assert people.by_identity("phone", "+6281230004001") == ratna
    assert inbound().get().customer != ratna


def test_a_new_number_is_one_person_a_recycled_number_two(play, world):
    play.user()
    play.writes("halo")
    customer = play.chat().customer
    play.control("POST users/6281230009001/phone", {"phone": "6281230009555"})
    play.work()
    play.writes("nomor baru saya", user="6281230009555")
    assert set(inbound().filter(kind="text").values_list("customer_id", flat=True)) == {customer.pk}
    assert people.phone_of(customer) == "+6281230009555"
    play.control("POST users", {"phone": "6281230009555", "bsuid": "ID.SOMEBODYELSE", "name": "Pak Baru"})
    play.writes("saya orang lain", user="6281230009555")
    assert inbound().filter(kind="text").values("customer_id").distinct().count() == 2
    assert Customer.objects.filter(display_name="Pak Baru").count() == 1


def test_an_echo_pauses_the_machine(play):
    actions.change_auto_reply(trigger="price_list", enabled=True, text="", text_english="")
    play.user()
    play.control(f"PATCH numbers/{webhooks.NUMBER_ID}", {"coexistence": True})
    play.writes("Bu?")
    play.control("POST echo", {"user": "6281230009001", "type": "text", "text": {"body": "Nggih?"}})
    play.writes("menu")
    assert play.words() == [] and play.chat().waiting_since is not None
    play.wait(hours=4)
    play.writes("menu")
    assert len(play.words()) == 1


def test_the_history_of_the_phone_wakes_nothing(play, owner):
    for trigger in ("greeting", "price_list"):
        actions.change_auto_reply(trigger=trigger, enabled=True, text="", text_english="")
    play.user()
    play.control(f"PATCH numbers/{webhooks.NUMBER_ID}", {"coexistence": True})
    before = Reaction.objects.count()
    play.control("POST history", {"messages": 19})
    play.wait(seconds=30)
    assert Message.objects.filter(origin="history").count() == 19
    assert Reaction.objects.count() == before and play.words() == []
    chat = play.chat()
    assert (chat.unread, chat.waiting_since, chat.window_until) == (0, None, None)


def test_a_neighbours_webhooks_touch_nothing_here(play, world, owner):
    play.user()
    play.writes("halo")
    message = play.reply("rahasia", owner)
    play.work()
    wamid = Message.objects.get(pk=message.pk).wamid
    with open_shop(world.stranger_shop):
        webhooks.connect(phone_number_id="777000777", waba_id="888000888", display_number="+6281230007777")
    forged = {"id": wamid, "status": "failed", "timestamp": "1795390000", "errors": [{"code": 131050}]}
    for number, account in (
        ("777000777", "888000888"),
        ("777000777", webhooks.WABA),
        (webhooks.NUMBER_ID, "888000888"),
    ):
        webhooks.deliver(webhooks.statuses(forged, number=number), account=account)
        webhooks.deliver(
            webhooks.messages(webhooks.text("palsu", sender="6281230009001"), number=number), account=account
        )
    message.refresh_from_db()
    assert message.status != "failed" and inbound().count() == 1
    assert people.consents(play.chat().customer_id)["promotion"] == "not_asked"
    with open_shop(world.stranger_shop):
        assert [row.text for row in Message.objects.filter(direction="in")] == ["palsu"]
