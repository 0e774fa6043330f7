"""The list as people sort it: who, later, done, labels; and how it stays cheap."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from setia.conversations import actions, queries
from setia.conversations.models import Conversation, Label
from setia.conversations.tests import webhooks
from setia.conversations.tests.test_pages import HTMX, get, post
from setia.core.clock import now
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.shops import actions as shops
from setia.today import queries as today

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(world):
    shops.change_shop(language="en")


@pytest.fixture
def channel(world):
    channel = webhooks.connect()
    actions.change_auto_reply(trigger="greeting", enabled=False, text="", text_english="")
    return channel


def write(words="Bu, keju ada?", sender="6281230009001", name="Bu Tetangga", **more):
    item = webhooks.text(words, sender=sender, **more)
    webhooks.deliver(webhooks.messages(item, contacts=[webhooks.contact(name, sender)]))
    return Conversation.objects.get(customer__identities__value=f"+{sender}", customer__identities__kind="whatsapp")


@pytest.fixture
def chat(channel):
    return write()


@pytest.fixture
def owner(world):
    return world.members["owner"]


def shown(world, query="", who="owner"):
    return get(world, f"?{query}", who).content.decode()


def verbs():
    return set(Event.objects.values_list("verb", flat=True))


def test_a_chat_is_given_to_somebody_and_taken_back(world, chat):
    rini = world.members["chat"]
    post(world, f"{chat.pk}/assignment/", {"to": rini.pk})
    chat.refresh_from_db()
    assert chat.assignee == rini and "chat.assigned" in verbs()
    assert "Bu Tetangga" in shown(world, "show=mine", "chat") and "Bu Tetangga" not in shown(world, "show=mine")
    post(world, f"{chat.pk}/assignment/", {"to": "me"})
    assert "Bu Tetangga" in shown(world, "show=mine")
    post(world, f"{chat.pk}/assignment/", {"to": ""})
    chat.refresh_from_db()
    assert chat.assignee is None


def test_only_who_may_write_can_answer_for_a_chat(world, chat, owner):
    post(world, f"{chat.pk}/assignment/", {"to": world.members["viewer"].pk})
    chat.refresh_from_db()
    assert chat.assignee is None
    assert post(world, f"{chat.pk}/assignment/", {"to": "999999"}).status_code == 404
    assert post(world, f"{chat.pk}/assignment/", {"to": "x"}).status_code == 404
    with pytest.raises(DomainError):
        actions.assign(conversation=chat, to=world.members["cashier"], by=owner)


def test_put_away_it_leaves_the_list_and_comes_back_by_itself(world, chat, clock):
    stamp = queries.stamp()
    path = world.url(f"chats/{chat.pk}/snooze/")
    page = world.client("owner").post(path, {"for": "later"}, follow=True).content.decode()
    assert "chatrow__" not in page and f"chats/{chat.pk}/snooze/end/" in page and "Undo" in page
    assert "Bu Tetangga" in shown(world, "show=snoozed") and queries.stamp() != stamp
    assert not list(queries.waiting()) and queries.unread_count() == 0
    stamp = queries.stamp()
    clock.forward(hours=3, minutes=1)
    assert queries.stamp() != stamp, "open pages notice"
    page = shown(world)
    assert "back again" in page and "Bu Tetangga" in page


def test_what_came_back_stands_at_the_top(world, channel, clock):
    first = write()
    actions.snooze(conversation=first, until=now() + timedelta(hours=2), by=world.members["owner"])
    clock.forward(hours=1)
    second = write("dua", "6281230009002", "Pak Dua")
    clock.forward(hours=2)
    assert [row.pk for row in queries.chat_list()] == [first.pk, second.pk]


def test_put_away_it_comes_back_when_the_customer_writes(world, chat, owner, clock):
    actions.snooze(conversation=chat, until=now() + timedelta(days=2), by=owner)
    clock.forward(minutes=5)
    write("Bu?")
    chat.refresh_from_db()
    assert chat.snoozed_until is None and chat.sorted_at == chat.last_message_at
    assert [row.pk for row in queries.chat_list()] == [chat.pk]


def test_putting_away_can_be_undone_and_must_lie_ahead(world, chat, owner, clock):
    actions.snooze(conversation=chat, until=now() + timedelta(days=2), by=owner)
    post(world, f"{chat.pk}/snooze/end/")
    assert len(queries.chat_list()) == 1
    for data in ({"until": "2020-01-01T07:00"}, {"until": "soon"}, {}):
        assert post(world, f"{chat.pk}/snooze/", data)["Location"].endswith(f"/chats/{chat.pk}/")
    assert len(queries.chat_list()) == 1
    with pytest.raises(DomainError):
        actions.snooze(conversation=chat, until=now(), by=owner)


def test_done_it_waits_no_more_until_the_customer_writes(world, chat, clock):
    since = chat.waiting_since
    post(world, f"{chat.pk}/completion/")
    chat.refresh_from_db()
    assert chat.waiting_since is None and chat.done_at and "chat.done" in verbs()
    assert not queries.chat_list() and "Bu Tetangga" in shown(world, "show=done")
    assert not today.shown().filter(kind="chat").exists()
    post(world, f"{chat.pk}/reopening/")
    chat.refresh_from_db()
    assert chat.waiting_since == since, "undone, she waits as before"
    post(world, f"{chat.pk}/completion/")
    clock.forward(minutes=5)
    write("satu lagi Bu")
    chat.refresh_from_db()
    assert chat.done_at is None and chat.waiting_since and len(queries.chat_list()) == 1


def test_undoing_done_does_not_invent_a_wait(world, chat, owner, clock):
    actions.reply(conversation=chat, text="ada", sent_by=owner, key="k")
    clock.forward(minutes=1)
    actions.finish_chat(conversation=chat, by=owner)
    actions.reopen_chat(conversation=chat, by=owner)
    chat.refresh_from_db()
    assert chat.waiting_since is None


def test_labels_are_made_put_on_and_looked_for(world, chat):
    assert post(world, "tools/labels/new/", {"name": "Reseller", "colour": "blue"}).status_code == 302
    again = post(world, "tools/labels/new/", {"name": "Reseller", "colour": "gold"})
    assert again.status_code == 422 and 'value="Reseller"' in again.content.decode()
    label = Label.objects.get()
    post(world, f"{chat.pk}/labels/", {"label": label.pk})
    page = shown(world, f"label={label.pk}")
    assert "mark--blue" in page and "Bu Tetangga" in page
    post(world, f"{chat.pk}/labels/", {"label": label.pk})
    assert "No chat has this label" in shown(world, f"label={label.pk}")
    post(world, f"{chat.pk}/labels/", {"label": label.pk})
    post(world, f"tools/label/{label.pk}/removal/")
    assert "Reseller" not in shown(world).replace("“Reseller”", "")
    post(world, f"tools/label/{label.pk}/return/")
    assert "mark--blue" in shown(world), "it comes back with its chats"


def test_a_label_whose_name_was_given_away_stays_out(world, chat):
    first = actions.save_label(name="A", colour="blue")
    actions.set_removed(tool=first, removed=True)
    actions.save_label(name="A", colour="gold")
    post(world, f"tools/label/{first.pk}/return/")
    assert [label.colour for label in queries.labels()] == ["gold"]


def test_the_same_queries_for_ten_sorted_chats_and_for_twenty(world, channel, owner, clock):
    label = actions.save_label(name="Reseller", colour="blue")

    def more(first):
        for number in range(first, first + 10):
            chat = write("halo", f"62812300{number:05d}", f"Bu {number}")
            actions.put_label(conversation=chat, label=label, on=True, by=owner)
            actions.assign(conversation=chat, to=owner, by=owner)

    def count(query):
        client = world.client("owner")
        client.get(world.url(f"chats/?{query}"))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(world.url(f"chats/?{query}")).status_code == 200
        return len(seen)

    more(20_000)
    asked = ("", "show=mine", "show=unread", "q=halo", f"label={label.pk}")
    before = [count(query) for query in asked]
    more(20_100)
    assert [count(query) for query in asked] == before
    assert max(before) <= 26


def test_the_number_beside_chat_comes_with_the_news(world, chat):
    stamp = re.search(r"stamp=([\w.]+)", shown(world))[1]
    write("lagi")
    page = get(world, f"?stamp={stamp}", **HTMX).content.decode()
    assert 'id="unread-chats" hx-swap-oob="true"' in page


def test_next_door_and_without_the_right(world, chat):
    label = actions.save_label(name="Reseller", colour="blue")
    paths = [
        f"{chat.pk}/{step}/" for step in ("assignment", "snooze", "snooze/end", "completion", "reopening", "labels")
    ]
    for path in paths:
        data = {"to": "me", "label": label.pk, "for": "later"}
        assert post(world, path, data, "chat").status_code == 302
        assert post(world, path, data, "viewer").status_code == 403
        assert post(world, path, data, "stranger").status_code == 404
    for path in ("tools/", "tools/labels/new/", f"tools/labels/{label.pk}/", "tools/quick-replies/new/"):
        assert get(world, path).status_code == 200
        assert get(world, path, "chat").status_code == 403
        assert get(world, path, "stranger").status_code == 404
