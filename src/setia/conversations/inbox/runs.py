"""Plain messages, many at once. Item by item each would cost some thirty queries and a commit of its own; a run of
them shares both. What is not plain (reactions, edits, STOP, news about numbers, …) goes item by item, in its place:
see `deliveries`. The outcome is the same either way, and a run that fails leaves nothing behind.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from django.db import transaction

from setia.conversations import events as verbs
from setia.conversations import phrases
from setia.conversations.actions.chats import hear, locked_chats, show_latest
from setia.conversations.actions.indexing import index_messages
from setia.conversations.channels.whatsapp_cloud import content, payload
from setia.conversations.channels.whatsapp_cloud.payload import Incoming, Item
from setia.conversations.inbox import history
from setia.conversations.inbox.media import note_media
from setia.conversations.inbox.messages import as_row, awaited
from setia.conversations.inbox.parking import settle_waiting
from setia.conversations.inbox.people import contact_of, identify, identities_of, name_of, username_of
from setia.conversations.models import Channel, Conversation, Direction, InboxItem, Message, Origin
from setia.core import events, faults
from setia.customers import actions as customers
from setia.customers.models import Customer

# As long as no web request should wait for the database: some 20 ms.
LONGEST: Final = 12
# Longer than any real message id; what is longer than the column is for the slow lane to say.
LONGEST_ID: Final = 128
PLAIN: Final = frozenset(
    {"text", "image", "video", "audio", "document", "sticker", "location", "order", "button", "interactive"}
)


@dataclass(frozen=True, slots=True)
class Plain:
    """A message read but not yet written down: who it is with, and whose words it is."""

    item: Item
    key: str
    message: Incoming
    data: dict[str, Any]
    number: str
    user_id: str
    contact: dict[str, Any]
    ours: bool = False

    @property
    def is_history(self) -> bool:
        return self.item.kind == "history"

    @property
    def who(self) -> tuple[tuple[str, str], ...]:
        """What WhatsApp calls the customer by."""
        found = identities_of(number=self.number, user_id=self.user_id)
        username = username_of(self.contact)
        return tuple([*found, username] if username else found)


def plain(item: Item) -> Plain | None:
    """The item as a plain message; None when it must go by itself."""
    if item.kind not in ("message", "history"):
        return None
    try:
        message, data = payload.incoming(item.raw), item.data()
        if not message.id or len(message.id) > LONGEST_ID or not _is_plain(item, message, data):
            return None
        ours = item.kind == "history" and history.is_ours(message, item)
        if item.kind == "history":
            number, user_id = history.partner(message, item, ours=ours)
            contact = contact_of(item.contacts, number=number, user_id=user_id) or history.contact_in(item.thread)
        else:
            number, user_id = message.sender or "", message.from_user_id or ""
            contact = contact_of(item.contacts, number=number, user_id=user_id)
        found = Plain(item, item.key(), message, data, number, user_id, contact, ours)
        return found if found.who else None
    except (msgspec.MsgspecError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _is_plain(item: Item, message: Incoming, data: dict[str, Any]) -> bool:
    if item.kind == "history":
        return message.type in PLAIN or message.type == history.PLACEHOLDER
    return message.type in PLAIN and not phrases.is_stop(content.text_of(message.type, data.get(message.type)))


@transaction.atomic
def take_in(run: Sequence[Plain], channel: Channel) -> set[str]:
    """Write a run down (the channel's shop is open). Returns the keys that are done: what is missing must go by itself.

    Raises whatever the database raises, and then nothing was written.
    """
    once: dict[str, Plain] = {}
    for one in run:
        once.setdefault(one.key, one)
    known = set(InboxItem.objects.filter(key__in=once).values_list("key", flat=True))
    said = set(Message.objects.filter(wamid__in=[one.message.id for one in run]).values_list("wamid", flat=True))
    fresh: dict[str, Plain] = {}
    for key, one in once.items():
        # A message that is known under another key may be a placeholder to be filled in.
        if key not in known and one.message.id not in said:
            fresh[key] = one
            said.add(one.message.id)
    if fresh:
        InboxItem.objects.bulk_create(InboxItem(key=key, kind=one.item.kind) for key, one in fresh.items())
        _write_down(list(fresh.values()), channel)
    faults.point("item.handled")
    return known | set(fresh)


def _write_down(run: list[Plain], channel: Channel) -> None:
    people = _people(run)
    chats = locked_chats(channel=channel, customers=[customer for customer, _new in people])
    told = _with_messages(chats.values())
    rows: list[Message] = []
    happened: list[tuple[Message, int | None, dict[str, Any] | None]] = []
    for one, (customer, new) in zip(run, people, strict=True):
        chat = chats[customer.pk]
        row = _row(one, chat)
        if one.is_history:
            chat.profile_name = chat.profile_name or name_of(one.contact)
            show_latest(chat, row)
        else:
            first = chat.last_inbound_at is None and chat.pk not in told
            chat.profile_name = name_of(one.contact) or chat.profile_name
            hear(chat, row)
            happened.append((row, customer.pk, {"conversation": chat.pk, "kind": row.kind, "first": first, "new": new}))
        told.add(chat.pk)
        rows.append(row)
    Message.objects.bulk_create(rows)
    for chat in chats.values():
        chat.save()
    for row in rows:
        note_media(row)
    index_messages(rows)
    if happened:
        events.record_many(verbs.RECEIVED, happened)
    waited = [what for one, (customer, _new) in zip(run, people, strict=True) for what in _awaited(one, customer)]
    settle_waiting(channel, *dict.fromkeys(waited))


def _awaited(one: Plain, customer: Customer) -> list[str]:
    return awaited(one.message.id, customer, one.number)


def _row(one: Plain, chat: Conversation) -> Message:
    direction = Direction.OUT if one.ours else Direction.IN
    origin = Origin.HISTORY if one.is_history else Origin.LIVE
    row = as_row(chat, one.message, one.data, direction=direction, origin=origin)
    if one.ours:
        row.status = history.status_of(one.message)
    return row


def _with_messages(chats: Any) -> set[int]:
    """Which of the chats nobody wrote in since we were connected have messages all the same."""
    silent = [chat.pk for chat in chats if chat.last_inbound_at is None]
    rows = Message.objects.filter(conversation__in=silent).values_list("conversation_id", flat=True)
    return set(rows.distinct()) if silent else set()


def _people(run: list[Plain]) -> list[tuple[Customer, bool]]:
    """Who each message is with, in order. Those about whom nothing changes are found together, others by themselves."""
    known = customers.known_writers([one.who for one in run])
    found: list[tuple[Customer, bool]] = []
    for one in run:
        if customer := known.get(one.who):
            found.append((customer, False))
            continue
        customer, new = identify(number=one.number, user_id=one.user_id, contact=one.contact)
        # Whoever shares an id or a number with them is looked at again.
        touched = set(one.who)
        known = {who: person for who, person in known.items() if not touched & set(who)}
        known[one.who] = customer
        found.append((customer, new))
    return found
