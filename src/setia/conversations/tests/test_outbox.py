"""What leaves: once, in order, only when allowed; and what becomes of it, told in any order."""

import itertools
from datetime import timedelta
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from setia.conversations import actions
from setia.conversations.models import Conversation, InboxItem, Message, Notice
from setia.conversations.rules import Refusal
from setia.conversations.tests import webhooks
from setia.conversations.tests.play import playing
from setia.core import clock as house_clock
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.work import WorkState
from setia.customers import actions as people_actions

pytestmark = pytest.mark.django_db

SEND = "messages.send"


@pytest.fixture
def play(world):
    with playing() as play:
        actions.change_auto_reply(trigger="greeting", enabled=False, text="", text_english="")
        play.user()
        yield play
        assert play.violations() == []


@pytest.fixture
def owner(world):
    return world.members["owner"]


def fault(play, **do):
    when = do.pop("when", {"next": 1})
    play.control("POST faults", {"route": SEND, "when": when, "do": do})


def status(number=-1):
    return list(Message.objects.filter(direction="out").order_by("pk"))[number].status


def test_a_reply_is_sent_delivered_and_read(play, owner):
    play.writes("Bu, keju ada?")
    message = play.reply("Ada Bu", owner)
    assert message.status == "queued" and play.phone() == []
    play.work()
    assert play.words() == ["Ada Bu"]
    message.refresh_from_db()
    assert message.status == "accepted" and message.wamid == play.phone()[0]["id"]
    assert play.phone()[0]["opaque"] == f"out:{message.pk}"
    play.wait(seconds=10)
    message.refresh_from_db()
    assert message.status == "read"
    assert message.accepted_at <= message.sent_at <= message.delivered_at <= message.read_at
    assert message.pricing["category"] == "service"
    assert message.work_state == WorkState.DONE
    assert Event.objects.filter(verb="message.sent", subject_id=message.pk).count() == 1


def test_the_same_form_posted_twice_is_one_message(play, owner):
    play.writes("halo")
    first = play.reply("Nggih", owner, key="form-1")
    assert play.reply("Nggih", owner, key="form-1").pk == first.pk
    play.work()
    assert play.words() == ["Nggih"]


def test_a_reply_quotes(play, owner):
    wamid = play.writes("yang mana?")
    actions.reply(conversation=play.chat(), text="Yang keju", sent_by=owner, key="k", quotes=wamid)
    play.work()
    assert play.phone()[0]["context"] == {"message_id": wamid}


def test_whoever_hides_the_number_is_reached_by_id(play, owner):
    person = play.user(phone="6281230009002", name="Mbak Tutik", username="tutik.p")
    play.control(
        "POST inbound", {"user": person["bsuid"], "type": "text", "text": {"body": "halo"}, "hide_phone": True}
    )
    play.work()
    chat = Conversation.objects.get()
    actions.reply(conversation=chat, text="Halo Mbak", sent_by=owner, key="k")
    play.work()
    assert play.phone("6281230009002")[0]["sent_to"] == "bsuid"
    play.wait(seconds=10)
    assert status() == "read"


def test_messages_to_one_customer_keep_their_order_and_others_do_not_wait(play, owner):
    play.user(phone="6281230009002", name="Mbak Tutik")
    play.writes("halo")
    play.writes("halo", user="6281230009002")
    fault(play, error={"code": 131016})
    for n in range(4):
        play.reply(f"satu {n}", owner)
    play.work()
    play.reply("dua", owner, user="6281230009002")
    play.work()
    assert play.words() == [] and play.words("6281230009002") == ["dua"]
    play.wait(minutes=3)
    assert play.words() == ["satu 0", "satu 1", "satu 2", "satu 3"]


def test_a_message_for_later_does_not_hold_up_the_others(play, owner):
    play.writes("halo")
    later = house_clock.now() + timedelta(hours=2)
    options = {"customer": play.chat().customer, "purpose": "order", "sent_by": owner}
    actions.queue_message(text="Besok siap", reference="1", due_at=later, **options)
    actions.queue_message(text="Siap", reference="2", **options)
    play.work()
    assert play.words() == ["Siap"]
    play.wait(hours=3)
    assert play.words() == ["Siap", "Besok siap"]


# --- The 24 hours -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "outcome"), [(-1, "accepted"), (1, "failed")])
def test_the_window_is_looked_at_when_the_message_leaves(play, owner, seconds, outcome):
    play.writes("halo")
    play.wait(hours=23)
    message = play.reply("masih sempat", owner)
    house_clock._frozen.set(play.chat().window_until + timedelta(seconds=seconds))
    with webhooks.no_shop():
        actions.settle_outbox()
    message.refresh_from_db()
    assert message.status == outcome
    if outcome == "failed":
        assert message.error_code == Refusal.WINDOW_CLOSED
        assert not actions.may_send_again(message)
        play.writes("halo lagi")
        message.refresh_from_db()
        assert actions.may_send_again(message)


def test_a_closed_window_leaves_automatic_messages_out_quietly(play, world):
    play.writes("halo")
    play.wait(hours=30)
    actions.queue_message(customer=play.chat().customer, text="Terima kasih", purpose="thanks", reference="order:1")
    play.work()
    assert status() == "skipped" and play.words() == []


def test_whatsapp_may_say_later_that_the_window_was_closed(play, owner):
    play.writes("halo")
    message = play.reply("satu", owner)
    play.control("POST faults", {"route": "messages.outcome", "do": {"fail": 131047}})
    play.work()
    play.wait(seconds=5)
    message.refresh_from_db()
    assert (message.status, message.error_code) == ("failed", 131047)
    Conversation.objects.update(window_until=house_clock.now())
    assert not actions.may_send_again(Message.objects.get(pk=message.pk))


# --- Consent ----------------------------------------------------------------------------------------------------------


def offer(play, reference="1"):
    return actions.queue_message(
        customer=play.chat().customer, text="Promo keju", purpose="promotion", reference=reference
    )


def agree(play):
    people_actions.answer_consent(customer=play.chat().customer, purpose="promotion", state="given", how="asked")


def test_offers_need_consent_at_the_moment_of_sending(play):
    play.writes("halo")
    offer(play, "1")
    play.work()
    assert status() == "skipped" and play.words() == []
    agree(play)
    offer(play, "2")
    play.work()
    assert play.words() == ["Promo keju"]


def test_stop_while_an_offer_is_queued(play):
    play.writes("halo")
    agree(play)
    later = house_clock.now() + timedelta(hours=1)
    actions.queue_message(customer=play.chat().customer, text="Promo", purpose="promotion", reference="1", due_at=later)
    play.writes("STOP")
    play.wait(hours=2)
    assert len(play.words()) == 1 and "Promo" not in play.words()
    assert Message.objects.get(purpose="promotion").error_code == Refusal.NO_CONSENT


def test_an_opt_out_told_by_an_error_counts(play):
    play.writes("halo")
    agree(play)
    play.control("POST faults", {"route": SEND, "when": {"next": 1}, "do": {"error": {"code": 131050}}})
    first = offer(play, "1")
    play.work()
    first.refresh_from_db()
    assert (first.status, first.error_code) == ("failed", 131050)
    offer(play, "2")
    play.work()
    assert status() == "skipped" and play.words() == []


# --- Answers that are no yes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "do", [{"accept_then_timeout_s": 20}, {"accept_then_reset": True}, {"accept_then_status": 502}, {"malformed": True}]
)
def test_an_answer_that_got_lost_is_uncertain_and_settled_by_the_statuses(play, owner, do):
    play.writes("halo")
    fault(play, **do)
    message = play.reply("sekali saja", owner)
    play.work()
    message.refresh_from_db()
    assert message.status == "unknown" and message.wamid is None
    play.wait(seconds=10)
    message.refresh_from_db()
    assert message.status == "read" and message.wamid == play.phone()[0]["id"]
    play.wait(hours=1)
    assert play.words() == ["sekali saja"]


@pytest.mark.parametrize("do", [{"timeout_s": 20}, {"reset": True}, {"status": 503}])
def test_what_is_uncertain_is_never_sent_again_by_itself(play, owner, do):
    play.writes("halo")
    fault(play, **do)
    message = play.reply("hilang", owner)
    play.work()
    play.wait(hours=2)
    message.refresh_from_db()
    assert message.status == "unknown" and play.words() == []
    again = actions.send_again(message=message, by=owner)
    assert actions.send_again(message=message, by=owner).pk == again.pk
    play.work()
    assert play.words() == ["hilang"]
    message.refresh_from_db()
    assert message.replaced_by == again and message.status == "unknown"


def test_without_a_connection_the_queue_waits(play, owner):
    import httpx

    from setia.conversations.channels.whatsapp_cloud import client

    class Unplugged(httpx.BaseTransport):
        def handle_request(self, request):
            raise httpx.ConnectError("no route", request=request)

    play.writes("halo")
    with mock.patch.object(client, "transport", Unplugged()):
        message = play.reply("satu", owner)
        play.reply("dua", owner)
        play.work()
        for _ in range(10):
            play.wait(minutes=10)
        message.refresh_from_db()
        assert message.status == "queued" and message.attempts >= 5
    play.wait(minutes=10)
    assert play.words() == ["satu", "dua"]


def test_what_could_not_leave_for_a_day_is_shown_as_not_sent(play, owner):
    import httpx

    from setia.conversations.channels.whatsapp_cloud import client

    class Unplugged(httpx.BaseTransport):
        def handle_request(self, request):
            raise httpx.ConnectTimeout("slow", request=request)

    play.writes("halo")
    with mock.patch.object(client, "transport", Unplugged()):
        message = play.reply("satu", owner)
        for _ in range(26):
            play.wait(minutes=59)
            Conversation.objects.update(window_until=house_clock.now() + timedelta(hours=5))
    message.refresh_from_db()
    assert (message.status, message.error_code) == ("failed", Refusal.NO_ANSWER)


def test_a_status_may_arrive_before_the_answer(play, owner):
    play.control("POST webhooks/policy", {"before_response": True})
    play.writes("halo")
    message = play.reply("cepat", owner)
    with webhooks.no_shop():
        actions.settle_outbox()
        actions.settle_deliveries()
    message.refresh_from_db()
    assert message.status in ("accepted", "sent") and message.sent_at
    play.wait(seconds=10)
    message.refresh_from_db()
    assert message.status == "read" and InboxItem.objects.exclude(waits_for="").count() == 0


# --- The table of codes -----------------------------------------------------------------------------------------------


def test_trouble_of_theirs_is_tried_again_a_few_times(play, owner):
    play.writes("halo")
    fault(play, error={"code": 131000}, when={"next": 3})
    message = play.reply("sabar", owner)
    play.work()
    message.refresh_from_db()
    assert message.status == "queued"
    for _ in range(3):
        play.wait(minutes=3)
    assert play.words() == ["sabar"]


def test_trouble_that_does_not_pass_ends(play, owner):
    play.writes("halo")
    fault(play, error={"code": 2, "http": 400}, when={"always": True})
    message = play.reply("sabar", owner)
    for _ in range(8):
        play.wait(minutes=3)
    message.refresh_from_db()
    assert (message.status, message.attempts) == ("failed", 5)
    assert actions.may_send_again(message)


def test_a_dead_key_stops_the_number_after_one_call_and_keeps_the_queue(play, owner, world):
    play.user(phone="6281230009002", name="Mbak Tutik")
    play.writes("halo")
    play.writes("halo", user="6281230009002")
    play.control("POST tokens", {"token": "access-token", "state": "revoked"})
    for n in range(4):
        play.reply(f"satu {n}", owner)
    play.work()
    play.reply("dua", owner, user="6281230009002")
    for _ in range(3):
        play.wait(minutes=10)
    play.channel.refresh_from_db()
    assert (play.channel.state, play.channel.state_reason) == ("stopped", "error:190")
    assert set(Message.objects.filter(direction="out").values_list("status", flat=True)) == {"queued"}
    assert Notice.objects.filter(kind="error:190", seen_at=None).count() == 1
    play.control("POST tokens", {"token": "fresh", "state": "valid"})
    webhooks.connect(access_token="fresh")
    play.work()
    assert play.words() == [f"satu {n}" for n in range(4)]
    assert play.words("6281230009002") == ["dua"]
    play.channel.refresh_from_db()
    assert play.channel.state == "active"


def test_a_locked_account_stops_and_starts_again_by_hand(play, owner):
    play.writes("halo")
    play.control(f"POST numbers/{webhooks.NUMBER_ID}/lock", {"code": 131031})
    play.reply("satu", owner)
    for _ in range(3):
        play.wait(minutes=10)
    play.channel.refresh_from_db()
    assert play.channel.state == "stopped"
    play.control(f"POST numbers/{webhooks.NUMBER_ID}/lock", {"code": None})
    assert actions.start_channel(channel=play.channel)
    play.work()
    assert play.words() == ["satu"] and not Notice.objects.filter(seen_at=None).exists()


def test_the_pair_limit_delays_this_customer_only_and_keeps_the_order(play, owner):
    play.user(phone="6281230009002", name="Mbak Tutik")
    play.writes("halo")
    play.writes("halo", user="6281230009002")
    play.control("POST behaviour", {"pair_burst": 3})
    for n in range(12):
        play.reply(f"{n}", owner)
    play.reply("dua", owner, user="6281230009002")
    play.work()
    assert play.words("6281230009002") == ["dua"]
    for _ in range(60):
        play.wait(seconds=10)
    assert play.words() == [f"{n}" for n in range(12)]


def test_a_throttle_slows_the_whole_number_for_as_long_as_it_asks(play, owner):
    play.user(phone="6281230009002", name="Mbak Tutik")
    play.writes("halo")
    play.writes("halo", user="6281230009002")
    fault(play, throttle=10)
    play.reply("satu", owner)
    with webhooks.no_shop():
        actions.settle_outbox()
    play.reply("dua", owner, user="6281230009002")
    play.wait(minutes=9)
    assert play.words() == play.words("6281230009002") == []
    play.wait(minutes=2)
    assert (play.words(), play.words("6281230009002")) == (["satu"], ["dua"])


def test_a_spam_limit_holds_offers_and_lets_service_go_on(play, owner):
    play.writes("halo")
    agree(play)
    fault(play, error={"code": 131048})
    first = offer(play)
    play.work()
    play.reply("tetap jalan", owner)
    play.work()
    assert play.words() == ["tetap jalan"]
    first.refresh_from_db()
    assert first.status == "queued" and Notice.objects.filter(kind="error:131048").exists()
    play.wait(hours=7)
    assert play.words() == ["tetap jalan", "Promo keju"]


@pytest.mark.parametrize("code", [131026, 130472, 131049, 131051, 100, 131009, 132001, 999123])
def test_a_final_refusal_is_final_and_visible(play, owner, code):
    play.writes("halo")
    fault(play, error={"code": code, "http": 400})
    message = play.reply("satu", owner)
    for _ in range(4):
        play.wait(minutes=30)
    message.refresh_from_db()
    assert (message.status, message.error_code) == ("failed", code)
    assert Event.objects.get(verb="message.failed").data == {"purpose": "reply", "code": code}
    assert play.words() == []
    play.reply("dua", owner)
    play.work()
    assert play.words() == ["dua"]


def test_a_permanent_error_sent_with_http_500_is_not_retried(play, owner):
    play.writes("halo")
    fault(play, error={"code": 131045, "http": 500})
    play.reply("satu", owner)
    play.wait(hours=1)
    play.channel.refresh_from_db()
    assert play.channel.state == "stopped" and play.words() == []


def test_not_reaching_the_phone_is_counted_not_judged(play, owner):
    play.writes("halo")
    for n in range(2):
        play.control("POST faults", {"route": "messages.outcome", "when": {"next": 1}, "do": {"fail": 131026}})
        play.reply(f"{n}", owner)
        play.wait(seconds=10)
    assert play.chat().undeliverable == 2
    play.writes("saya di sini")
    assert play.chat().undeliverable == 0


# --- Dead workers -----------------------------------------------------------------------------------------------------


def test_a_worker_that_died_while_sending_leaves_uncertainty_not_a_second_message(play, owner, monkeypatch):
    from setia.conversations.outbox import sending

    class Killed(BaseException):
        pass

    def dies(posting):
        raise Killed

    play.writes("halo")
    message = play.reply("sekali", owner)
    play.reply("berikutnya", owner)
    with monkeypatch.context() as patched, pytest.raises(Killed), webhooks.no_shop():
        patched.setattr(sending, "_post", dies)
        actions.settle_outbox()
    message.refresh_from_db()
    assert message.status == "sending"
    play.wait(seconds=30)
    assert play.words() == []
    play.wait(minutes=3)
    message.refresh_from_db()
    assert message.status == "unknown"
    assert play.words() == ["berikutnya"]


def test_a_slow_answer_after_the_lease_still_counts(play, owner):
    from setia.conversations.channels.whatsapp_cloud.client import Accepted
    from setia.conversations.outbox import preparing, recording, sending
    from setia.core import work

    play.writes("halo")
    message = play.reply("pelan", owner)
    [row] = work.claim(Message.objects.filter(pk=message.pk), limit=1, lease=sending.LEASE)
    posting = preparing.prepare(row)
    play.wait(minutes=3)
    message.refresh_from_db()
    assert message.status == "unknown"
    recording.record(posting, Accepted("wamid.SLOW"))
    message.refresh_from_db()
    assert (message.status, message.wamid) == ("accepted", "wamid.SLOW")


# --- News in any order ------------------------------------------------------------------------------------------------

_numbers = itertools.count()


def sent_message(play, owner, *, known=True):
    """A message whose wamid we know, or (answer lost) do not."""
    number = next(_numbers)
    message = play.reply(f"pesan {number}", owner)
    Message.objects.filter(pk=message.pk).update(
        status="accepted" if known else "unknown",
        wamid=f"wamid.P{number}" if known else None,
        work_state=WorkState.DONE,
    )
    return message, f"wamid.P{number}"


def news(wamid, name, second, opaque=None, **more):
    at = int(house_clock.now().timestamp()) + second
    item = {"id": wamid, "status": name, "timestamp": str(at), **more}
    return item | ({"biz_opaque_callback_data": opaque} if opaque else {})


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.permutations(["sent", "delivered", "read", "played", "failed"]),
    kept=st.sets(st.sampled_from(["sent", "delivered", "read", "played", "failed"]), min_size=1),
    copies=st.integers(1, 3),
    together=st.booleans(),
    known=st.booleans(),
)
def test_statuses_in_any_order_end_the_same(play, owner, order, kept, copies, together, known):
    if not Conversation.objects.exists():
        play.writes("halo")
    message, wamid = sent_message(play, owner, known=known)
    seconds = {"sent": -50, "delivered": -40, "read": -30, "played": -20, "failed": -45}
    opaque = None if known else f"out:{message.pk}"
    items = [news(wamid, name, seconds[name], opaque) for name in order if name in kept] * copies
    for batch in [items] if together else [[item] for item in items]:
        webhooks.deliver(webhooks.statuses(*batch))
    message.refresh_from_db()
    rank = ["sent", "failed", "delivered", "read", "played"]
    assert message.status == max(kept, key=rank.index)
    assert message.wamid == wamid
    for name, field in (("sent", "sent_at"), ("delivered", "delivered_at"), ("failed", "failed_at")):
        assert (getattr(message, field) is not None) == (name in kept)


def test_news_about_a_message_we_do_not_know_yet_wait_for_it(play, owner):
    play.writes("halo")
    webhooks.deliver(webhooks.statuses(news("wamid.LATER", "delivered", -5), news("wamid.LATER", "sent", -6)))
    reaction = webhooks.text("", type="reaction", reaction={"message_id": "wamid.LATER", "emoji": "🙏"})
    webhooks.deliver(webhooks.messages(reaction))
    assert InboxItem.objects.filter(waits_for="wamid.LATER").count() == 3
    message, _ = sent_message(play, owner)
    Message.objects.filter(pk=message.pk).update(wamid="wamid.LATER")
    # the moment was missed: the sweep finds them
    with webhooks.no_shop():
        assert actions.settle_slipped() == 3
    message.refresh_from_db()
    assert (message.status, message.their_reaction) == ("delivered", "🙏")
    assert not InboxItem.objects.exclude(payload=None).exists()


def test_news_that_nobody_waits_for_are_given_up_after_a_week(play, clock):
    webhooks.deliver(webhooks.statuses(news("wamid.NOBODY", "sent", 0)))
    clock.forward(days=6)
    assert actions.give_up_waiting() == 0
    clock.forward(days=2)
    assert actions.give_up_waiting() == 1
    assert InboxItem.objects.get().payload is None


def test_another_shops_opaque_id_moves_nothing_here(play, owner, world):
    play.writes("halo")
    message, _ = sent_message(play, owner, known=False)
    from setia.core.scope import open_shop

    with open_shop(world.stranger_shop):
        webhooks.connect(phone_number_id="777", waba_id="888", display_number="+6281230007777")
    webhooks.deliver(webhooks.statuses(news("wamid.X", "read", 0, f"out:{message.pk}"), number="777"), account="888")
    message.refresh_from_db()
    assert message.status == "unknown" and message.wamid is None


# --- The queue itself -------------------------------------------------------------------------------------------------


def test_queueing_says_what_is_wrong(play, owner, world):
    play.writes("halo")
    with pytest.raises(DomainError, match="Write something"):
        play.reply("   ", owner)
    with pytest.raises(DomainError, match="4096"):
        play.reply("x" * 4097, owner)
    with pytest.raises(DomainError, match="no WhatsApp number"):
        actions.queue_message(customer=world.customers["kasan"], text="halo", purpose="reply", reference="1")


def test_a_reply_answers_and_pauses_automations(play, owner):
    play.writes("Bu?")
    assert play.chat().waiting_since and play.chat().unread == 1
    play.reply("Nggih", owner)
    assert play.chat().waiting_since is None and play.chat().unread == 0
    assert play.chat().automation_paused_until > house_clock.now()


def test_opening_a_chat_shows_the_customer_that_it_was_read(play, owner):
    wamid = play.writes("sudah dibaca?")
    assert actions.mark_read(conversation=play.chat(), by=owner)
    assert not actions.mark_read(conversation=play.chat(), by=owner)
    play.work()
    message = next(row for row in play.control("GET messages") if row["id"] == wamid)
    assert "read" in message["statuses"]
    assert play.chat().unread == 0 and play.chat().waiting_since is not None


# --- What each error stops, and nothing else --------------------------------------------------------------------------


def ready(play, owner, reference):
    """A message by template about an order."""
    play.control(
        "POST templates",
        {"name": "siap", "language": "id", "category": "UTILITY", "components": [{"type": "BODY", "text": "Siap"}]},
    )
    return actions.queue_message(
        customer=play.chat().customer,
        text="Siap",
        purpose="order",
        reference=reference,
        kind="template",
        payload={"template": {"name": "siap", "language": {"code": "id"}}},
        sent_by=owner,
    )


def test_without_a_payment_method_only_what_is_free_goes_out(play, owner):
    play.writes("halo")
    fault(play, error={"code": 131042})
    paid = ready(play, owner, "1")
    play.work()
    free = play.reply("gratis", owner)
    play.work()
    paid.refresh_from_db(), free.refresh_from_db()
    assert (paid.status, free.status) == ("queued", "accepted")
    assert Notice.objects.filter(kind="error:131042").exists()
    play.wait(hours=25)
    play.wait(minutes=1)
    paid.refresh_from_db()
    assert paid.status == "read"


def test_after_paying_the_owner_need_not_wait(play, owner):
    play.writes("halo")
    fault(play, error={"code": 131042})
    paid = ready(play, owner, "1")
    play.work()
    assert play.phone() == []
    webhooks.connect()
    play.wait(minutes=1)
    paid.refresh_from_db()
    assert paid.status == "read"


def test_misused_templates_wait_and_answers_go_on(play, owner):
    play.writes("halo")
    fault(play, error={"code": 131064})
    template = ready(play, owner, "1")
    play.work()
    second = ready(play, owner, "2")
    answer = play.reply("tetap jalan", owner)
    play.work()
    for row in (template, second, answer):
        row.refresh_from_db()
    assert (template.status, second.status, answer.status) == ("queued", "queued", "accepted")
    play.wait(hours=23)
    assert len(play.phone()) == 1
    for _ in range(3):
        play.wait(hours=2)
    assert len(play.phone()) == 3


def test_a_customer_who_had_enough_offers_is_left_in_peace_for_a_day(play):
    play.writes("halo")
    agree(play)
    play.control("POST faults", {"route": "messages.outcome", "when": {"next": 1}, "do": {"fail": 131049}})
    first = offer(play, "1")
    play.work()
    play.wait(seconds=10)
    first.refresh_from_db()
    assert (first.status, first.error_code) == ("failed", 131049)
    second = offer(play, "2")
    for _ in range(3):
        play.wait(hours=7)
    second.refresh_from_db()
    assert second.status == "queued"
    play.writes("halo lagi")
    play.wait(hours=4)
    play.wait(minutes=1)
    second.refresh_from_db()
    assert second.status == "read"


def test_no_offers_go_to_a_phone_that_was_not_reached_twice(play, owner):
    play.writes("halo")
    agree(play)
    for n in range(2):
        play.control("POST faults", {"route": "messages.outcome", "when": {"next": 1}, "do": {"fail": 131026}})
        play.reply(f"{n}", owner)
        play.wait(seconds=10)
    offer(play, "1")
    play.work()
    assert status() == "skipped"
    assert Message.objects.latest("pk").error_code == Refusal.NOT_REACHED
    play.writes("HP saya baru nyala")
    offer(play, "2")
    play.work()
    assert play.words()[-1] == "Promo keju"
