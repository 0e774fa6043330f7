"""Many messages at once come to the same as one by one."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from setia.conversations.inbox import deliveries
from setia.conversations.models import Conversation, InboxItem, Message
from setia.conversations.tests import webhooks
from setia.core.models import Event, Reaction, SearchText
from setia.customers.models import Identity, Note

pytestmark = pytest.mark.django_db

PEOPLE = [f"628123000900{n}" for n in range(3)]


@pytest.fixture
def channel(world):
    return webhooks.connect()


def state():
    """All that a delivery leaves behind, without the numbers of rows."""
    chats = Conversation.objects.filter(channel__kind="whatsapp_cloud")
    shown = ("profile_name", "unread", "last_text", "last_kind", "last_message_at", "waiting_since", "window_until")
    messages = Message.objects.filter(conversation__in=chats)
    told = ("wamid", "direction", "origin", "kind", "text", "payload", "status", "at", "their_reaction", "edited_at")
    events = [
        (event.verb, event.data.get("kind"), event.data.get("first"), event.data.get("new"))
        for event in Event.objects.filter(verb__startswith="message.")
    ]
    return (
        sorted(chats.values_list("customer__display_name", *shown, "revision"), key=repr),
        sorted(messages.values_list("customer__display_name", *told), key=repr),
        sorted(events, key=repr),
        sorted(Reaction.objects.values_list("listener", "event__verb")),
        sorted(InboxItem.objects.values_list("key", "kind", "problem", "waits_for")),
        sorted(SearchText.objects.filter(kind="message").values_list("text", flat=True)),
        sorted(Identity.objects.values_list("customer__display_name", "kind", "value", "superseded_at"), key=repr),
        sorted(Note.objects.values_list("text", flat=True)),
    )


@st.composite
def changes(draw):
    """A few changes of one body: words, pictures, STOP, reactions, edits, history, with and without ids and names."""
    made = []
    for number in range(draw(st.integers(2, 9))):
        sender = draw(st.sampled_from(PEOPLE))
        more = {"wamid": f"wamid.R{draw(st.integers(0, 6))}", "at": 1795000000 + draw(st.integers(0, 500))}
        if draw(st.booleans()):
            more["from_user_id"] = f"ID.{sender[-1]}{draw(st.sampled_from(['', '', 'x']))}"
        kind = draw(st.sampled_from(["text", "text", "text", "image", "stop", "reaction", "edit", "history"]))
        words = "STOP" if kind == "stop" else f"pesan keju {number}"
        item = webhooks.text(words, sender=sender, **more)
        about = f"wamid.R{draw(st.integers(0, 6))}"
        if kind == "image":
            item |= {"type": "image", "image": {"id": str(number), "mime_type": "image/jpeg", "caption": "bukti"}}
        elif kind == "reaction":
            item |= {"id": f"wamid.X{number}", "type": kind, kind: {"message_id": about, "emoji": "👍"}}
        elif kind == "edit":
            new = {"type": "text", "text": {"body": "diganti"}}
            item |= {"id": f"wamid.E{number}", "type": kind, kind: {"original_message_id": about, "message": new}}
        contacts = [webhooks.contact(f"Bu {sender[-1]}", sender)] if draw(st.booleans()) else None
        if kind == "history":
            thread = {"id": sender, "context": {"wa_id": sender}, "messages": [item]}
            value = webhooks.value(history=[{"metadata": {"phase": 1}, "threads": [thread]}])
            made.append({"field": "history", "value": value})
        else:
            made.append(webhooks.messages(item, contacts=contacts))
    return made


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=changes())
def test_together_or_one_by_one_is_the_same(channel, made):
    ends = []
    for longest in (1, 20):
        with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
            patch.setattr(deliveries, "LONGEST", longest)
            for part in (made[:4], made[4:]):
                if part:
                    webhooks.post(webhooks.body(*part))
            with webhooks.no_shop():
                deliveries.settle_deliveries()
            ends.append(state())
            transaction.set_rollback(True)
    assert ends[0] == ends[1]


def test_a_run_that_fails_leaves_nothing_and_goes_one_by_one(channel, monkeypatch):
    real = deliveries.take_in

    @transaction.atomic
    def fails_late(run, channel):
        real(run, channel)
        raise RuntimeError("the disk")

    monkeypatch.setattr(deliveries, "take_in", fails_late)
    webhooks.deliver(webhooks.messages(webhooks.text("satu"), webhooks.text("dua"), webhooks.text("tiga")))
    assert Message.objects.filter(direction="in", conversation__channel=channel).count() == 3


def test_a_run_costs_few_queries_however_long_it_is(channel, django_assert_max_num_queries):
    webhooks.deliver(webhooks.messages(webhooks.text("halo")))
    for count in (4, deliveries.LONGEST):
        webhooks.post(webhooks.body(webhooks.messages(*(webhooks.text(f"pesan {n}") for n in range(count)))))
        with webhooks.no_shop(), django_assert_max_num_queries(24):
            deliveries.settle_deliveries()
