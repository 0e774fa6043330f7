"""Every error of WhatsApp's list, thrown by the emulator: what stops, what goes on, what the owner reads.

The rows are written from the platform's reference, not from our own table, so that the two can disagree.
"""

from dataclasses import dataclass

import pytest

from setia.conversations import actions
from setia.conversations.channels.whatsapp_cloud.errors import TABLE
from setia.conversations.models import Message, Notice, TemplateLook
from setia.conversations.notices import notice_words
from setia.conversations.tests.play import playing
from setia.conversations.tests.test_outbox import agree, offer, ready
from setia.conversations.tests.test_pages import get
from setia.customers import queries as people
from setia.shops import actions as shops

pytestmark = pytest.mark.django_db

OTHER = "6281230009002"


@dataclass(frozen=True)
class Row:
    """`then`: a function of this file; `words`: a piece of what the owner reads; `told`: also as a notice; `what`: the
    kind of message it hits; `again`: whether a button to send again is offered."""

    code: int
    http: int
    then: str
    words: str
    told: bool = False
    what: str = "reply"
    again: bool = False


KEY, RIGHT = "no longer accepts our key", "does not let us send"
PASSING, SLOW = "a problem of its own", "Too many messages at once"
LOCKED, ANEW = "has blocked this number", "not registered with WhatsApp any more"
OURS, CHANGED = "did not understand this message", "has changed at WhatsApp"
TOO_LONG, UNNAMED = "too long or against", "refused this message"

ROWS = (
    *(Row(code, 401, "everything_stops", KEY, told=True) for code in (0, 190)),
    Row(3, 500, "everything_stops", RIGHT, told=True),
    *(Row(code, 403, "everything_stops", RIGHT, told=True) for code in (10, 200, 250, 299, 131005)),
    Row(1, 400, "it_is_tried_again", PASSING),
    *(Row(code, 503, "it_is_tried_again", PASSING) for code in (2, 131016, 133004)),
    Row(131000, 500, "it_is_tried_again", PASSING),
    Row(131999, 500, "it_is_tried_again", PASSING),
    Row(131057, 500, "the_number_pauses", "working on this number"),
    *(Row(code, 400, "the_number_pauses", SLOW) for code in (4, 80007, 130429)),
    Row(131056, 400, "this_customer_waits", SLOW),
    Row(131048, 400, "offers_wait", "blocked or reported it. Offers wait", told=True, what="offer"),
    Row(131064, 400, "its_kind_waits", "check the templates", told=True, what="template"),
    Row(131042, 400, "its_kind_waits", "wants a payment method", told=True, what="template"),
    Row(131049, 400, "it_is_final", "enough offers for now", what="offer"),
    Row(131050, 400, "no_more_offers", "does not want offers", what="offer"),
    Row(131047, 400, "it_is_final", "Only an approved template", again=True),
    Row(131026, 400, "it_is_counted", "Did not reach the phone", again=True),
    Row(130403, 400, "it_is_final", "has blocked this customer", again=True),
    Row(130472, 400, "it_is_final", "not delivering offers to this customer", what="offer"),
    Row(131021, 400, "it_is_final", "own number"),
    Row(131051, 400, "it_is_final", "cannot send this kind"),
    Row(131052, 400, "it_is_final", "Ask the customer to send it again"),
    Row(131053, 400, "it_is_tried_once_more", "Check its kind and size", again=True),
    Row(131062, 400, "it_is_final", "needs the customer"),
    Row(131063, 400, "no_offer_leaves", "may not send offers", told=True, what="offer"),
    *(Row(code, 403, "everything_stops", LOCKED, told=True) for code in (131031, 368, 130497)),
    Row(131037, 400, "it_is_final", "display name", told=True, again=True),
    Row(131045, 500, "everything_stops", ANEW, told=True),
    Row(133000, 500, "everything_stops", ANEW, told=True),
    Row(133010, 400, "everything_stops", ANEW, told=True),
    *(Row(code, 400, "it_is_final", OURS) for code in (33, 100, 131008, 131009, 135000)),
    *(Row(code, 400, "the_list_is_read_anew", CHANGED, told=True, what="template") for code in (132000, 132012)),
    Row(132001, 404, "the_list_is_read_anew", "does not exist in this language", told=True, what="template"),
    *(Row(code, 400, "it_is_final", TOO_LONG, what="template") for code in (132005, 132007)),
    Row(132015, 400, "the_template_pauses", "has paused this template", told=True, what="template"),
    Row(132016, 400, "the_template_is_over", "has paused this template", told=True, what="template"),
    Row(132068, 400, "it_is_final", "form in this message", what="template"),
    Row(132069, 400, "it_is_final", "form in this message", what="template", again=True),
    Row(2593107, 400, "it_is_final", "older chats"),
    *(Row(code, 400, "it_is_final", "older chats", told=True) for code in (2593108, 2593109)),
    Row(139999, 400, "it_is_final", UNNAMED, told=True, again=True),
)


@pytest.fixture
def play(world):
    shops.change_shop(language="en")
    with playing() as play:
        actions.change_auto_reply(trigger="greeting", enabled=False, text="", text_english="")
        play.user()
        play.user(phone=OTHER, name="Mbak Tutik")
        play.writes("halo")
        play.writes("halo", user=OTHER)
        agree(play)
        yield play
        assert play.violations() == []


def test_no_row_of_ours_is_without_its_test():
    assert set(TABLE) <= {row.code for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.code))
def test_what_an_error_stops_and_what_the_owner_reads(play, world, row):
    owner = world.members["owner"]
    make = {"reply": lambda: play.reply("satu", owner), "offer": lambda: offer(play, "1")}
    make["template"] = lambda: ready(play, owner, "1")
    message = make[row.what]()
    error = {"code": row.code, "http": row.http}
    play.control("POST faults", {"route": "messages.send", "when": {"next": 1}, "do": {"error": error}})
    play.work()
    message.refresh_from_db()
    assert message.error_code == row.code
    notices = [notice for notice in Notice.objects.all() if notice.kind == f"error:{row.code}"]
    assert bool(notices) == row.told and all(row.words in notice_words(notice) for notice in notices)
    page = get(world, f"{play.chat().pk}/").content.decode()
    assert row.words in page
    THEN[row.then](play, owner, message)
    message.refresh_from_db()
    if message.status == "failed":
        assert actions.may_send_again(message) == row.again
    else:
        assert not row.again


# --- What goes on and what does not -----------------------------------------------------------------------------------


def other_words(play, owner, words="dua"):
    """Whether somebody else is reached now."""
    play.reply(words, owner, user=OTHER)
    play.work()
    return words in play.words(OTHER)


def arrived(message):
    message.refresh_from_db()
    return message.status in ("accepted", "sent", "delivered", "read")


def everything_stops(play, owner, message):
    assert message.status == "queued" and not other_words(play, owner)
    play.channel.refresh_from_db()
    assert play.channel.state == "stopped"
    play.wait(hours=1)
    assert play.phone() == play.phone(OTHER) == []
    actions.start_channel(channel=play.channel)
    play.work()
    assert arrived(message) and play.words(OTHER) == ["dua"]


def it_is_tried_again(play, owner, message):
    assert message.status == "queued" and other_words(play, owner)
    play.wait(minutes=3)
    assert arrived(message) and len(play.phone()) == 1


def it_is_tried_once_more(play, owner, message):
    error = {"code": message.error_code, "http": 400}
    play.control("POST faults", {"route": "messages.send", "when": {"next": 1}, "do": {"error": error}})
    for _ in range(3):
        play.wait(minutes=3)
    it_is_final(play, owner, message)


def the_number_pauses(play, owner, message):
    assert message.status == "queued" and not other_words(play, owner)
    for _ in range(3):
        play.wait(minutes=6)
    assert arrived(message) and play.words(OTHER) == ["dua"]


def this_customer_waits(play, owner, message):
    assert message.status == "queued" and other_words(play, owner)
    play.wait(seconds=5)
    assert arrived(message)


def offers_wait(play, owner, message):
    assert message.status == "queued" and other_words(play, owner)
    play.reply("tetap jalan", owner)
    play.work()
    assert "tetap jalan" in play.words()
    for _ in range(3):
        play.wait(hours=3)
    assert arrived(message)


def its_kind_waits(play, owner, message):
    second = ready(play, owner, "2")
    play.reply("tetap jalan", owner)
    play.work()
    second.refresh_from_db()
    assert (message.status, second.status) == ("queued", "queued") and play.words() == ["tetap jalan"]
    for _ in range(4):
        play.wait(hours=8)
    assert arrived(message) and arrived(second)


def no_offer_leaves(play, owner, message):
    assert message.status == "failed" and other_words(play, owner)
    second = offer(play, "2")
    for _ in range(4):
        play.wait(hours=8)
    second.refresh_from_db()
    assert second.status == "queued" and play.phone() == []


def it_is_final(play, owner, message):
    for _ in range(3):
        play.wait(hours=1)
    message.refresh_from_db()
    assert message.status == "failed" and play.phone() == []
    play.reply("tetap jalan", owner)
    play.work()
    assert play.words() == ["tetap jalan"] and other_words(play, owner)


def it_is_counted(play, owner, message):
    it_is_final(play, owner, message)
    assert Message.objects.get(pk=message.pk).conversation.undeliverable == 1


def no_more_offers(play, owner, message):
    it_is_final(play, owner, message)
    assert people.consents(message.customer_id)["promotion"] == "withdrawn"
    second = offer(play, "2")
    play.wait(hours=1)
    second.refresh_from_db()
    assert second.status == "skipped"


def the_list_is_read_anew(play, owner, message):
    assert TemplateLook.objects.get().work_state == "done"
    it_is_final(play, owner, message)


def the_template_pauses(play, owner, message):
    second = ready(play, owner, "2")
    play.work()
    second.refresh_from_db()
    assert (message.status, second.status) == ("queued", "queued") and other_words(play, owner)
    for _ in range(3):
        play.wait(hours=2)
    assert arrived(message) and arrived(second)


def the_template_is_over(play, owner, message):
    assert message.status == "failed" and other_words(play, owner)
    second = ready(play, owner, "2")
    play.work()
    second.refresh_from_db()
    assert second.status == "failed" and play.phone() == []


THEN = {
    step.__name__: step
    for step in (
        *(everything_stops, it_is_tried_again, it_is_tried_once_more, the_number_pauses, this_customer_waits),
        *(offers_wait, its_kind_waits, no_offer_leaves, it_is_final, it_is_counted, no_more_offers),
        *(the_list_is_read_anew, the_template_pauses, the_template_is_over),
    )
}
