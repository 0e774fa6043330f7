"""The nineteen scenarios of an honest end-to-end test, each against the emulated WhatsApp, each with one honest end.

Their numbers stand in the names. Whatever is tried, the emulator's list of what a decent client never does stays empty.
Where a process is killed for real: `tests/faults`.
"""

import itertools
import json
from datetime import timedelta
from unittest import mock

import httpx
import pytest

from setia.conversations import actions, costs
from setia.conversations.channels.whatsapp_cloud import client
from setia.conversations.inbox import deliveries
from setia.conversations.models import Conversation, InboxItem, MediaFile, Message, MonthlyUse, Notice, WebhookDelivery
from setia.conversations.rules import Refusal
from setia.conversations.tests import webhooks
from setia.conversations.tests.play import playing
from setia.core import clock
from setia.core.models import Event, Reaction
from setia.core.scope import open_shop
from setia.customers import actions as people_actions
from setia.customers import queries as people
from setia.customers.models import Customer
from setia.shops import actions as shops

pytestmark = pytest.mark.django_db


@pytest.fixture
def play(world, settings, tmp_path):
    settings.MEDIA_ROOT, settings.WHATSAPP_MEDIA_HOSTS = tmp_path, ["graph.test:8080"]
    with playing(graph="http://graph.test:8080") as play:
        shops.change_shop(language="en")
        for trigger in ("greeting", "price_list"):
            actions.change_auto_reply(trigger=trigger, enabled=False, text="", text_english="")
        yield play
        assert play.violations() == []


@pytest.fixture
def owner(world):
    return world.members["owner"]


def inbound():
    return Message.objects.filter(direction="in", origin="live")


def campaign(play, count=4, words="Promo keju"):
    """An offer by template to so many people who agreed; queued, not sent yet."""
    play.control(
        "POST templates",
        {"name": "promo", "language": "id", "category": "MARKETING", "components": [{"type": "BODY", "text": words}]},
    )
    made = []
    for n in range(count):
        phone = f"62812300400{n:02d}"
        play.user(phone=phone, name=f"Bu Promo {n}")
        customer = people_actions.add_customer(display_name=f"Bu Promo {n}", phone=f"+{phone}")
        people_actions.answer_consent(customer=customer, purpose="promotion", state="given", how="asked")
        made.append(
            actions.queue_message(
                customer=customer,
                text=words,
                purpose="promotion",
                reference="campaign:1",
                kind="template",
                payload={"template": {"name": "promo", "language": {"code": "id"}}},
            )
        )
    return made


def states(messages):
    rows = Message.objects.in_bulk([message.pk for message in messages])
    return [rows[message.pk].status for message in messages]


class Overtaken(httpx.BaseTransport):
    """The answer to a request is still under way while WhatsApp already tells what became of the message."""

    def __init__(self, inner, early):
        self.inner, self.early = inner, early

    def handle_request(self, request):
        answer = self.inner.handle_request(request)
        self.early(json.loads(answer.content)["messages"][0]["id"])
        return answer


@pytest.mark.parametrize("order", list(itertools.permutations(["answer", "sent", "delivered", "read"])))
def test_01_in_whatever_order_it_is_told_the_end_is_the_same(play, owner, order):
    """The answer to our own request is one of the four: statuses may overtake it."""
    play.user()
    play.writes("halo")
    play.control("POST behaviour", {"skip_statuses": ["sent", "delivered", "read"]})
    message = play.reply("Nggih", owner)
    start = int(clock.now().timestamp()) - 10

    def tell(name, wamid):
        second = ("sent", "delivered", "read").index(name)
        item = {"id": wamid, "status": name, "timestamp": str(start + second)}
        webhooks.deliver(webhooks.statuses(item | {"biz_opaque_callback_data": f"out:{message.pk}"}))

    def early(wamid):
        for name in order[: order.index("answer")]:
            tell(name, wamid)

    with mock.patch.object(client, "transport", Overtaken(client.transport, early)):
        play.work()
    for name in order[order.index("answer") + 1 :]:
        tell(name, play.phone()[0]["id"])
    message.refresh_from_db()
    assert (message.status, message.wamid) == ("read", play.phone()[0]["id"])
    moments = [int(at.timestamp()) - start for at in (message.sent_at, message.delivered_at, message.read_at)]
    assert moments == [0, 1, 2] and message.accepted_at
    assert Event.objects.filter(verb="message.sent", subject_id=message.pk).count() == 1
    assert play.words() == ["Nggih"]


def test_04_a_worker_that_dies_between_storing_and_handling_loses_nothing(play, monkeypatch):
    """Stored and acknowledged, then the worker falls over before, in the middle of, and after the work."""
    play.user()
    real, falls = deliveries.handle, iter((True, True, False))

    def falling(item, channel):
        if next(falls, False):
            raise MemoryError("the worker fell over")
        return real(item, channel)

    monkeypatch.setattr(deliveries, "handle", falling)
    play.writes("jangan hilang")
    assert inbound().count() == 0 and WebhookDelivery.objects.filter(work_state="waiting").count() == 1
    for _ in range(4):
        play.wait(minutes=10)
    assert [message.text for message in inbound()] == ["jangan hilang"]
    assert play.chat().unread == 1 and not InboxItem.objects.exclude(problem="").exists()


@pytest.mark.parametrize(("hours", "minutes", "seconds", "outcome"), [(23, 59, 59, "read"), (24, 0, 1, "failed")])
def test_06_the_window_closes_after_a_day_and_the_composer_offers_what_is_allowed(
    play, owner, world, hours, minutes, seconds, outcome
):
    play.user()
    play.writes("halo")
    said = inbound().get().at
    play.control("POST clock", {"to": (said.timestamp() + hours * 3600 + minutes * 60 + seconds)})
    with clock.frozen(said + timedelta(hours=hours, minutes=minutes, seconds=seconds)):
        message = play.reply("masih sempat?", owner)
        play.work()
        page = world.client("owner").get(world.url(f"chats/{play.chat().pk}/")).content.decode()
        play.wait(seconds=20)
        message.refresh_from_db()
    assert message.status == outcome
    assert (message.error_code == Refusal.WINDOW_CLOSED) == (outcome == "failed")
    assert ("more than 24 hours ago" in page) == (outcome == "failed")


def test_06_told_later_that_the_window_was_closed_it_is_shown_with_the_reason(play, owner, world):
    play.user()
    play.writes("halo")
    play.control("POST faults", {"route": "messages.outcome", "do": {"fail": 131047}})
    message = play.reply("terlambat", owner)
    play.work()
    play.wait(seconds=5)
    message.refresh_from_db()
    assert (message.status, message.error_code) == ("failed", 131047)
    page = world.client("owner").get(world.url(f"chats/{play.chat().pk}/")).content.decode()
    assert "24" in page and "terlambat" in page


def test_07_an_answer_lost_after_the_message_was_accepted_is_one_message(play, owner):
    play.user()
    play.writes("halo")
    play.control("POST faults", {"route": "messages.send", "when": {"next": 1}, "do": {"accept_then_timeout_s": 20}})
    message = play.reply("sekali saja", owner)
    play.work()
    message.refresh_from_db()
    assert message.status == "unknown"
    for _ in range(3):
        play.wait(minutes=30)
    message.refresh_from_db()
    assert message.status == "read" and message.wamid == play.phone()[0]["id"]
    assert play.words() == ["sekali saja"]


def test_08_twelve_messages_to_one_customer_all_arrive_in_order(play, owner):
    play.user()
    play.writes("halo")
    play.control("POST behaviour", {"pair_burst": 4})
    for n in range(12):
        play.reply(f"{n}", owner)
    for _ in range(60):
        play.wait(seconds=10)
    assert play.words() == [f"{n}" for n in range(12)]
    assert set(Message.objects.filter(direction="out").values_list("status", flat=True)) == {"read"}


def test_09_a_key_revoked_in_the_middle_of_a_campaign_stops_it_and_loses_nothing(play):
    made = campaign(play, count=12)
    play.control("POST tokens", {"token": "access-token", "state": "revoked"})
    for _ in range(3):
        play.wait(minutes=10)
    play.channel.refresh_from_db()
    assert play.channel.state == "stopped" and set(states(made)) == {"queued"}
    assert Notice.objects.filter(kind="error:190", seen_at=None).count() == 1
    play.control("POST tokens", {"token": "fresh", "state": "valid"})
    webhooks.connect(access_token="fresh")
    for _ in range(3):
        play.wait(minutes=1)
    assert states(made) == ["read"] * 12


def test_09_a_dead_key_is_not_tried_by_files_and_receipts_either(play, owner):
    play.user()
    play.writes("halo")
    with webhooks.no_shop():
        actions.settle_receipts()
    play.control("POST tokens", {"token": "access-token", "state": "revoked"})
    for n in range(4):
        play.control("POST inbound", {"user": "6281230009001", "type": "image", "image": {"caption": f"{n}"}})
        actions.mark_read(conversation=play.chat(), by=owner)
    for _ in range(3):
        play.wait(minutes=10)
    play.channel.refresh_from_db()
    assert play.channel.state == "stopped"
    play.control("POST tokens", {"token": "fresh", "state": "valid"})
    webhooks.connect(access_token="fresh")
    for _ in range(3):
        play.wait(minutes=10)
    assert MediaFile.objects.exclude(path="").count() == 4


def test_10_stop_while_a_campaign_is_queued_is_the_end_of_offers(play):
    play.user()
    play.writes("halo")
    people_actions.answer_consent(customer=play.chat().customer, purpose="promotion", state="given", how="asked")
    options = {"customer": play.chat().customer, "purpose": "promotion", "text": "Promo"}
    later = clock.now() + timedelta(minutes=30)
    waiting = [actions.queue_message(reference=f"c:{n}", due_at=later, **options) for n in range(3)]
    play.writes("STOP")
    for _ in range(6):
        play.wait(minutes=20)
    assert set(states(waiting)) == {"skipped"}
    assert all("Promo" not in words for words in play.words())
    assert people.consents(play.chat().customer_id)["promotion"] == "withdrawn"


@pytest.mark.parametrize("moment", ["outbox.claimed", "outbox.sending"])
def test_10_stop_between_taking_and_sending(play, monkeypatch, moment):
    """Taken by a worker, not looked at yet: nothing is sent. Already on its way: that one, and never another."""
    from setia.core import faults

    play.user()
    play.writes("halo")
    people_actions.answer_consent(customer=play.chat().customer, purpose="promotion", state="given", how="asked")
    options = {"customer": play.chat().customer, "purpose": "promotion", "text": "Promo"}
    message = actions.queue_message(reference="c:1", **options)
    real, done = faults.point, []

    def point(name):
        if name == moment and not done:
            done.append(name)
            play.control("POST inbound", {"user": "6281230009001", "type": "text", "text": {"body": "STOP"}})
            with webhooks.no_shop():
                actions.settle_deliveries()
        real(name)

    monkeypatch.setattr(faults, "point", point)
    with webhooks.no_shop():
        actions.settle_outbox()
    message.refresh_from_db()
    assert done and message.status == ("skipped" if moment == "outbox.claimed" else "accepted")
    later = actions.queue_message(reference="c:2", **options)
    play.wait(days=9)
    later.refresh_from_db()
    assert later.status == "skipped"
    assert play.words().count("Promo") == (moment == "outbox.sending")
    # The platform counts a STOP that was acknowledged before the request reached it; this one was under way.
    play.control("DELETE violations")


def test_15_the_thousand_and_first_answer_costs_and_the_owner_is_told(play, owner):
    play.user()
    play.writes("halo")
    today = play.channel.shop.today()
    play.control("POST behaviour", {"free_service_messages": 1})
    MonthlyUse.objects.create(
        channel=play.channel,
        month=costs.month_of(today),
        category="service",
        type="free_customer_service",
        count=999,
    )
    for n in range(2):
        play.reply(f"{n}", owner)
        play.wait(seconds=20)
    month = costs.month(today)
    assert month.counts == {"service": (1000, 1)} and month.cost == 400 and month.free_answers_left == 0
    assert Notice.objects.filter(kind="free:1000").count() == 1


def test_16_a_forged_signature_is_refused_and_stores_nothing(play, caplog):
    play.user()
    play.control("POST webhooks/policy", {"wrong_signature": 1})
    play.control("POST inbound", {"user": "6281230009001", "type": "text", "text": {"body": "palsu"}})
    first = play.control("GET deliveries")[0]
    assert "403" in str(first) and not WebhookDelivery.objects.exists()
    assert "signature" in caplog.text
    play.control("POST webhooks/raw", {"body": {"object": "whatsapp_business_account", "entry": []}, "forged": True})
    assert not WebhookDelivery.objects.exists()


def test_17_an_address_that_ran_out_is_asked_for_again(play, monkeypatch):
    from setia.conversations.channels.whatsapp_cloud import media

    play.user()
    real, aged = media.resolve, []

    def slowly(**options):
        answer = real(**options)
        if not aged:
            aged.append(answer)
            play.emulator.advance(301)
        return answer

    monkeypatch.setattr(media, "resolve", slowly)
    play.control("POST inbound", {"user": "6281230009001", "type": "image", "image": {"caption": "bukti"}})
    play.work()
    assert MediaFile.objects.get().path == ""
    for _ in range(3):
        play.wait(minutes=5)
    file = MediaFile.objects.get()
    assert file.path and file.attempts == 2 and file.size > 0


@pytest.mark.parametrize("how", ["webhook", "refusal"])
def test_18_a_template_paused_in_the_middle_of_a_campaign_stops_it(play, how):
    made = campaign(play, count=12)
    if how == "webhook":
        play.control("POST templates/promo", {"status": "PAUSED", "hours": 3})
        with webhooks.no_shop():
            actions.settle_deliveries()
    else:
        play.control("POST templates/promo", {"status": "PAUSED", "hours": 3})
        play.control("POST webhooks/policy", {"lose": 1})
    for _ in range(4):
        play.wait(minutes=20)
    sends = [message for message in play.control("GET messages") if message["direction"] == "out"]
    assert sends == [] and set(states(made)) == {"queued"}
    kinds = set(Notice.objects.filter(seen_at=None).values_list("kind", flat=True))
    assert kinds & {"template:PAUSED", "error:132015"}
    for _ in range(10):
        play.wait(hours=1)
    assert set(states(made)) <= {"read"}


def test_02_the_same_webhook_three_times_is_one_message_and_one_unread(play, owner):
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


def test_03_two_hundred_things_in_one_request_are_all_stored(play):
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


def test_05_two_hours_of_outage_are_caught_up(play, owner):
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


def test_11_somebody_without_a_number_shares_it_later_and_stays_one_person(play, owner):
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


def test_11_somebody_elses_shared_number_stays_theirs(play, world):
    play.user()
    ratna = world.customers["ratna"]
    shared = {"phones": [{"phone": "+6281230004001"}], "origin": "contact_request"}
    play.control("POST inbound", {"user": "6281230009001", "type": "contacts", "contacts": [shared]})
    play.work()
    assert people.by_identity("phone", "+6281230004001") == ratna
    assert inbound().get().customer != ratna


def test_12_a_new_number_is_one_person_a_recycled_number_two(play, world):
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


def test_13_an_echo_pauses_the_machine(play):
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


def test_14_the_history_of_the_phone_wakes_nothing(play, owner):
    for trigger in ("greeting", "price_list"):
        actions.change_auto_reply(trigger=trigger, enabled=True, text="", text_english="")
    play.user()
    play.control(f"PATCH numbers/{webhooks.NUMBER_ID}", {"coexistence": True})
    play.control("POST history", {"messages": 19})
    play.wait(seconds=30)
    assert Message.objects.filter(origin="history").count() == 19
    woken = Reaction.objects.filter(event__verb__startswith="message.")
    assert not woken.exists() and play.words() == []
    chat = play.chat()
    assert (chat.unread, chat.waiting_since, chat.window_until) == (0, None, None)


def test_19_a_neighbours_webhooks_touch_nothing_here(play, world, owner):
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
