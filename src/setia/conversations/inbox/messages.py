"""What customers send: kept and shown whatever it is; reactions, edits and deletions change what was said before."""

import contextlib
from typing import Any

import msgspec

from setia.conversations import events as verbs
from setia.conversations import phrases
from setia.conversations.actions.chats import locked_chat, note_inbound, show_latest
from setia.conversations.actions.indexing import index_message
from setia.conversations.actions.messages import queue_message
from setia.conversations.channels.whatsapp_cloud import content, payload
from setia.conversations.channels.whatsapp_cloud.payload import Incoming, Item
from setia.conversations.inbox import changes, numbers
from setia.conversations.inbox.media import note_media
from setia.conversations.inbox.moments import moment
from setia.conversations.inbox.parking import settle_waiting
from setia.conversations.inbox.people import contact_of, e164_of, identify, name_of
from setia.conversations.models import Channel, Conversation, Direction, Message, MessageStatus, Origin
from setia.conversations.outbox.outcome import withdraw_promotion
from setia.conversations.texts import opt_out_text
from setia.core import events
from setia.core.errors import DomainError
from setia.core.work import WorkState
from setia.customers import actions as customers
from setia.customers.models import Customer, IdentityKind

LEFT_OUT = ("from", "from_user_id", "from_parent_user_id", "to", "to_user_id", "id", "timestamp", "type")


def receive(item: Item, channel: Channel) -> None:
    """Take in one message of a customer."""
    message, data = payload.incoming(item.raw), item.data()
    if message.type == "reaction":
        changes.react(message, data, channel)
    elif message.type in ("edit", "revoke"):
        changes.rewrite(message, data, channel)
    elif message.type == "system":
        numbers.changed(message, data, channel)
    else:
        _receive_words(item, message, data, channel)


def _receive_words(item: Item, message: Incoming, data: dict[str, Any], channel: Channel) -> None:
    number, user_id = message.sender or "", message.from_user_id or ""
    contact = contact_of(item.contacts, number=number, user_id=user_id)
    customer, new = identify(number=number, user_id=user_id, contact=contact)
    chat = locked_chat(channel=channel, customer=customer)
    if message.id and Message.objects.filter(wamid=message.id).exists():
        # Known from the history that was handed over earlier.
        return
    first = chat.last_inbound_at is None and not chat.messages.exists()
    row = write_down(chat, message, data, direction=Direction.IN, origin=Origin.LIVE)
    if name := name_of(contact):
        chat.profile_name = name
    note_inbound(chat, row)
    note_media(row)
    if row.kind == "contacts":
        take_shared_number(row, customer)
    happened = {"conversation": chat.pk, "kind": row.kind, "first": first, "new": new}
    events.record(verbs.RECEIVED, subject=row, customer_id=customer.pk, data=happened)
    if phrases.is_stop(row.text):
        stop_promotions(row, customer)
    settle_waiting(channel, *awaited(message.id, customer, number))


def awaited(wamid: str | None, customer: Customer, number: str) -> list[str]:
    """What parked items may wait for that is known now: this message, the name behind this number."""
    found = [wamid] if wamid else []
    if e164 := e164_of(number):
        found.append(f"name:{e164}")
    return found


def write_down(chat: Conversation, message: Incoming, data: dict[str, Any], *, direction: str, origin: str) -> Message:
    """The message as a row; what stood in the item beyond ids and moments is kept as its payload."""
    row = as_row(chat, message, data, direction=direction, origin=origin)
    row.save(force_insert=True)
    index_message(row)
    return row


def as_row(chat: Conversation, message: Incoming, data: dict[str, Any], *, direction: str, origin: str) -> Message:
    """The same, not written yet."""
    kind = message.type[:20] or "unknown"
    return Message(
        conversation=chat,
        customer=chat.customer,
        direction=direction,
        origin=origin,
        kind=kind,
        text=content.text_of(kind, data.get(message.type)),
        payload={name: value for name, value in data.items() if name not in LEFT_OUT},
        at=moment(message.timestamp),
        status=MessageStatus.RECEIVED if direction == Direction.IN else MessageStatus.SENT,
        wamid=message.id or None,
        quotes_wamid=((message.context and message.context.id) or "")[:128],
        work_state=WorkState.DONE,
    )


def take_shared_number(message: Message, customer: Customer) -> None:
    """The customer answered our request for the phone number: it is theirs, unless somebody else here has it."""
    shared = message.payload.get("contacts")
    for contact in shared if isinstance(shared, list) else []:
        if not isinstance(contact, dict) or contact.get("origin") != "contact_request":
            continue
        for number in contact.get("phones") or []:
            e164 = e164_of(str(number.get("wa_id") or number.get("phone") or ""))
            if e164:
                with contextlib.suppress(DomainError):
                    customers.add_identity(customer=customer, kind=IdentityKind.WHATSAPP, value=e164)


def stop_promotions(message: Message, customer: Customer) -> None:
    """The customer said STOP: no offers from now on, and one confirmation, the first time only."""
    if withdraw_promotion(message, how="wrote it in the chat"):
        queue_message(
            customer=customer,
            text=opt_out_text(customer),
            purpose="opt_out",
            reference=f"message:{message.pk}",
            conversation=message.conversation,
        )


def show_unreadable(item: Item, channel: Channel, data: dict[str, Any]) -> None:
    """A message we could not read at all: when it says who sent it, the chat shows that something came."""
    number, user_id = (data.get(name) for name in ("from", "from_user_id"))
    try:
        sender = msgspec.convert({"from": number, "from_user_id": user_id, "id": data.get("id")}, Incoming)
        customer, _new = identify(number=sender.sender or "", user_id=sender.from_user_id or "")
    except ValueError:
        return
    chat = locked_chat(channel=channel, customer=customer)
    message = Incoming(id=sender.id, type="unknown", timestamp=0)
    if not Message.objects.filter(wamid=sender.id).exclude(wamid=None).exists():
        row = write_down(chat, message, {"unreadable": data}, direction=Direction.IN, origin=Origin.LIVE)
        note_inbound(chat, row)


def system_line(chat: Conversation, message: Incoming, data: dict[str, Any]) -> Message:
    """A line of the platform in the chat (`chat` is locked); nothing to answer."""
    row = write_down(chat, message, data, direction=Direction.IN, origin=Origin.LIVE)
    show_latest(chat, row)
    chat.save()
    return row
