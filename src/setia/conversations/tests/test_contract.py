"""What we and WhatsApp promised each other: its error table, what we send at its limits, and everything it may tell us.

pywa (a development dependency) is the second opinion: every kind of message and status it knows has a place with us.
The payloads of its own tests are not in what is installed; their shapes are written here with invented people.
"""

import itertools
import json
import string
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pywa import types

from setia.conversations.channels.whatsapp_cloud import bodies, interactive, payload
from setia.conversations.channels.whatsapp_cloud.errors import TABLE, Then, behaviour
from setia.conversations.inbox.handling import HANDLERS
from setia.conversations.models import Conversation, InboxItem, Message, MonthlyUse
from setia.conversations.rules import NEWS
from setia.conversations.tests import webhooks
from setia.core.errors import DomainError
from setia.customers import queries as people
from setia.customers.models import Customer
from setia.emulator.errors import GraphError
from setia.emulator.validation import check_message, check_product

# --- The table of errors ----------------------------------------------------------------------------------------------

# (codes, what happens, whether the owner is told at once)
ROWS = (
    ((0, 190), Then.STOP_CHANNEL, True),
    ((3, 10, 200, 210, 299, 131005), Then.STOP_CHANNEL, True),
    ((1, 2, 131000, 131016, 133004), Then.TRY_AGAIN, False),
    ((131057, 4, 80007, 130429), Then.SLOW_DOWN, False),
    ((131056,), Then.DELAY_RECIPIENT, False),
    ((131048,), Then.HOLD_PROMOTIONS, True),
    ((131064,), Then.HOLD_TEMPLATES, True),
    ((131049,), Then.FAIL, False),
    ((131050,), Then.OPT_OUT, False),
    ((131047,), Then.NEEDS_TEMPLATE, False),
    ((131026,), Then.UNDELIVERABLE, False),
    ((130403, 130472, 131021, 131051, 131052, 131062), Then.FAIL, False),
    ((131053,), Then.TRY_AGAIN, False),
    ((131063,), Then.HOLD_PROMOTIONS, True),
    ((131042,), Then.HOLD_PAID, True),
    ((131031, 368, 130497, 131045, 133010), Then.STOP_CHANNEL, True),
    ((131037,), Then.FAIL, True),
    ((33, 100, 131008, 131009, 132005, 132007, 132068, 132069, 135000), Then.FAIL, False),
    ((132000, 132012, 132001), Then.RESYNC_TEMPLATES, True),
    ((132015, 132016), Then.STOP_TEMPLATE, True),
    ((2593108, 2593109), Then.FAIL, True),
    ((999_999,), Then.FAIL, True),
)


@pytest.mark.parametrize(("codes", "then", "told"), ROWS)
def test_the_table_of_errors(codes, then, told):
    for code in codes:
        meaning = behaviour(code)
        assert (meaning.then, meaning.tell) == (then, told), code
        assert str(meaning.words).endswith(".")
        # the HTTP status decides only about codes nobody taught us
        assert code == 999_999 or behaviour(code, 500) == meaning
    assert behaviour(999_999, 503).then is Then.TRY_AGAIN
    assert set(TABLE) >= {
        code for codes, _then, _told in ROWS for code in codes if code < 999_999 and code not in range(200, 300)
    }


def test_how_often_and_how_long():
    assert {behaviour(code).tries for code in (1, 2, 131000, 131016, 133004)} == {5}
    assert behaviour(131053).tries == 2, "one more try with a file, then a person looks"
    assert behaviour(131048).wait >= timedelta(hours=1) and behaviour(131057).wait >= timedelta(minutes=1)


# --- What we send -----------------------------------------------------------------------------------------------------

words = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=5000)
short = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=90)
codes = st.text(string.ascii_letters + string.digits + "-", min_size=1, max_size=300)


def accepted(kind, content, **more):
    """Whether the platform takes a message of ours, by its own checks of lengths and values."""
    options = {"text": content if kind == "text" else "", "payload": {kind: content}} | more
    body = bodies.message(kind=kind, address=bodies.to(number="+6281230009001"), opaque=f"out:{2**62}", **options)
    body = json.loads(json.dumps(body))
    check_product(body)
    check_message(body, "6281230004000")
    return body


def built(builder, *arguments):
    """What a builder makes, or None when it refuses in words."""
    try:
        return builder(*arguments)
    except DomainError as error:
        assert str(error)
        return None


@settings(max_examples=300)
@given(data=st.data())
def test_whatever_our_builders_make_the_platform_takes(data):
    text, heading = data.draw(words), data.draw(short.filter(str.strip))
    made = data.draw(
        st.sampled_from(
            [
                lambda: built(interactive.buttons, text, data.draw(st.lists(short, max_size=5))),
                lambda: built(
                    interactive.rows,
                    text,
                    heading,
                    [
                        interactive.Row(f"{n}:{code}", title, below)
                        for n, (code, title, below) in enumerate(
                            data.draw(st.lists(st.tuples(codes, short.filter(str.strip), words), max_size=12))
                        )
                    ],
                ),
                lambda: built(interactive.ask_place, text),
                lambda: built(
                    interactive.products,
                    text,
                    heading,
                    data.draw(st.sampled_from(["", "700100"])),
                    data.draw(st.lists(st.integers(1, 10**6).map(lambda n: f"SKU-{n}"), max_size=35, unique=True)),
                ),
            ]
        )
    )()
    if made is not None:
        accepted("interactive", made)


@pytest.mark.parametrize(
    ("builder", "arguments"),
    [
        (interactive.buttons, ("x" * 1024, ["a" * 20, "b" * 20, "c" * 20])),
        (
            interactive.rows,
            ("x" * 4096, "b" * 30, [interactive.Row(f"{n}" * 200, "t" * 80, "d" * 200) for n in range(10)]),
        ),
        (interactive.ask_place, ("x" * 1024,)),
        (interactive.products, ("x" * 1024, "h" * 90, "700100", [f"S{n}" for n in range(30)])),
        (interactive.products, ("x" * 1024, "h", "700100", ["S"])),
    ],
)
def test_at_the_limits(builder, arguments):
    assert accepted("interactive", builder(*arguments))


@pytest.mark.parametrize(("length", "fits"), [(1, True), (bodies.LONGEST_TEXT, True), (bodies.LONGEST_TEXT + 1, False)])
def test_the_longest_text(length, fits):
    if fits:
        assert accepted("text", "x" * length, quotes="wamid.X" * 10)
    else:
        with pytest.raises(GraphError):
            accepted("text", "x" * length)


def test_recipients_and_receipts():
    assert bodies.to(number="+6281230009001", user_id="ID.1") == {"to": "+6281230009001"}
    check_message({"type": "text", "text": {"body": "x"}, **bodies.to(user_id="ID.1349")}, "6281230004000")
    assert bodies.to() == {}
    check_product(bodies.read("wamid.X"))


# --- What we are told -------------------------------------------------------------------------------------------------


@pytest.fixture
def channel(world):
    return webhooks.connect()


def test_every_kind_that_pywa_knows_has_a_place(channel):
    kinds = [kind.value for kind in types.MessageType]
    items = [
        {"from": "6281230009001", "id": f"wamid.K{n}", "timestamp": "1795000000", "type": kind, kind: {"body": "x"}}
        for n, kind in enumerate(kinds)
        if kind not in ("reaction", "edit", "revoke")
    ]
    webhooks.deliver(webhooks.messages(*items))
    assert Message.objects.filter(direction="in").count() == len(items)
    assert {status.value for status in types.MessageStatusType} - {"UNKNOWN"} <= NEWS


SHAPES = {
    "a call": {
        "field": "calls",
        "value": webhooks.value(
            contacts=[{"profile": {"name": "Bu Tari"}, "wa_id": "6281230009001", "user_id": "ID.77"}],
            calls=[{"id": "wacid.1", "from": "6281230009001", "event": "connect", "direction": "USER_INITIATED"}],
        ),
    },
    "changed words of a template": {
        "field": "message_template_components_update",
        "value": {"message_template_id": 5, "message_template_name": "siap", "message_template_element": "Halo {{1}}"},
    },
    "another security code": webhooks.messages(
        {
            "from": "6281230009001",
            "id": "wamid.SEC",
            "timestamp": "1795000000",
            "type": "system",
            "identity": {"acknowledged": True, "created_timestamp": "1795000000", "hash": "x"},
            "system": {"body": "identity changed", "type": "customer_identity_changed"},
        }
    ),
    "an answer about calls": webhooks.messages(
        {
            "from": "6281230009001",
            "id": "wamid.CPR",
            "timestamp": "1795000000",
            "type": "interactive",
            "context": {"from": "1", "id": "wamid.Y"},
            "interactive": {
                "type": "call_permission_reply",
                "call_permission_reply": {"response": "accept", "expiration_timestamp": 1795600000},
            },
        }
    ),
    "an opened chat": webhooks.messages(
        {"from": "6281230009001", "id": "wamid.RW", "timestamp": "1795000000", "type": "request_welcome"}
    ),
    "an older status with a conversation": webhooks.statuses(
        {
            "id": "wamid.OLD",
            "status": "sent",
            "timestamp": "1795000000",
            "recipient_id": "6281230009001",
            "conversation": {"id": "7", "expiration_timestamp": "1795090000", "origin": {"type": "service"}},
            "pricing": {"billable": True, "pricing_model": "CBP", "category": "service"},
        }
    ),
    "a change of settings": {"field": "account_settings_update", "value": {"type": "phone_number_settings"}},
}


@pytest.mark.parametrize("name", SHAPES)
def test_shapes_beyond_the_reference_are_kept_and_no_problem(channel, name):
    webhooks.deliver(SHAPES[name])
    assert InboxItem.objects.count() == 1 and not InboxItem.objects.exclude(problem="").exists()


def test_every_kind_of_news_has_a_handler():
    assert set(payload.LISTS.values()) <= set(HANDLERS)


# --- Any order, the same end ------------------------------------------------------------------------------------------


def _item(number, at, **more):
    return {"from": "6281230009001", "from_user_id": "ID.EINS", "id": f"wamid.P{number}", "timestamp": str(at), **more}


def _talk():
    """A lively quarter of an hour: words, a correction, a reaction, a status, an echo, another number, a stop."""
    start = 1_795_395_000
    edit = {"original_message_id": "wamid.P1", "message": {"type": "text", "text": {"body": "keju 3"}}}
    contact = {"profile": {"name": "Bu Tari"}, "wa_id": "6281230009001", "user_id": "ID.EINS"}
    preference = {"wa_id": "6281230009001", "user_id": "ID.EINS", "category": "marketing_messages", "value": "stop"}
    echo = {"from": webhooks.SHOP_NUMBER[1:], "to": "6281230009001", "id": "wamid.E1", "timestamp": str(start + 90)}
    return [
        webhooks.messages(_item(1, start, type="text", text={"body": "keju 2"})),
        webhooks.messages(_item(2, start + 30, type="edit", edit=edit)),
        webhooks.messages(_item(3, start + 60, type="text", text={"body": "ambil besok"})),
        webhooks.messages(_item(4, start + 120, type="reaction", reaction={"message_id": "wamid.E1", "emoji": "👍"})),
        {
            "field": "smb_message_echoes",
            "value": webhooks.value(message_echoes=[echo | {"type": "text", "text": {"body": "Siap"}}]),
        },
        webhooks.statuses({"id": "wamid.E1", "status": "delivered", "timestamp": str(start + 91)}),
        {
            "field": "user_preferences",
            "value": webhooks.value(contacts=[contact], user_preferences=[preference | {"timestamp": start + 150}]),
        },
        webhooks.messages(_item(5, start + 180, type="revoke", revoke={"original_message_id": "wamid.P3"})),
    ]


def _end():
    chat = Conversation.objects.get(customer__identities__value="ID.EINS")
    rows = Message.objects.filter(conversation=chat).order_by("wamid")
    return {
        "people": Customer.objects.filter(identities__value="ID.EINS").distinct().count(),
        "consent": people.consents(chat.customer_id)["promotion"],
        "window": chat.window_until,
        "last": (chat.last_message_at, chat.last_direction),
        "messages": [
            (row.wamid, row.text, row.their_reaction, bool(row.edited_at), bool(row.removed_at), row.origin)
            for row in rows
        ],
        "parked": InboxItem.objects.exclude(waits_for="").count(),
        "problems": InboxItem.objects.exclude(problem="").count(),
        "billed": MonthlyUse.objects.count(),
    }


@pytest.fixture(scope="module")
def ends():
    return []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(8)), copies=st.integers(1, 2), cuts=st.sets(st.integers(1, 15)))
def test_webhooks_in_any_order_and_company_end_the_same(channel, ends, order, copies, cuts):
    """Shuffled, repeated, cut into requests anywhere."""
    from django.db import transaction

    changes = [_talk()[at] for at in order] * copies
    edges = [0, *sorted(cut for cut in cuts if cut < len(changes)), len(changes)]
    with transaction.atomic():
        for start, stop in itertools.pairwise(edges):
            webhooks.deliver(*changes[start:stop])
        ends.append(_end())
        transaction.set_rollback(True)
    assert ends[-1] == ends[0]
    assert ends[0]["parked"] == ends[0]["problems"] == 0 and ends[0]["consent"] == "withdrawn"
