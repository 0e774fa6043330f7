"""Chats from before the number was connected. They are shown, and nothing else: no automation, no badge, no consent, no
24 hours, no event."""

from typing import Any, Final

from setia.conversations.actions.chats import locked, locked_chat, show_latest
from setia.conversations.actions.indexing import index_message
from setia.conversations.channels.whatsapp_cloud import content, payload
from setia.conversations.channels.whatsapp_cloud.payload import Incoming, Item
from setia.conversations.inbox.media import note_media
from setia.conversations.inbox.messages import LEFT_OUT, awaited, write_down
from setia.conversations.inbox.parking import settle_waiting
from setia.conversations.inbox.people import contact_of, identify, name_of
from setia.conversations.models import Channel, Conversation, Direction, Message, MessageStatus, Origin

PLACEHOLDER: Final = "media_placeholder"
STATUSES: Final = {
    "READ": MessageStatus.READ,
    "PLAYED": MessageStatus.PLAYED,
    "DELIVERED": MessageStatus.DELIVERED,
    "SENT": MessageStatus.SENT,
    "ERROR": MessageStatus.FAILED,
    "PENDING": MessageStatus.SENT,
}


def receive(item: Item, channel: Channel) -> None:
    """One older message, or the picture of one whose placeholder came before."""
    message, data = payload.incoming(item.raw), item.data()
    known = Message.objects.filter(wamid=message.id).exclude(wamid=None).select_for_update(of=("self",)).first()
    if known is not None:
        _fill_in(known, message, data)
        return
    ours = is_ours(message, item)
    number, user_id = partner(message, item, ours=ours)
    contact = contact_of(item.contacts, number=number, user_id=user_id) or contact_in(item.thread)
    customer, _new = identify(number=number, user_id=user_id, contact=contact)
    chat = locked_chat(channel=channel, customer=customer)
    direction = Direction.OUT if ours else Direction.IN
    row = write_down(chat, message, data, direction=direction, origin=Origin.HISTORY)
    if ours:
        row.status = status_of(message)
        row.save(update_fields=["status"])
    chat.profile_name = chat.profile_name or name_of(contact)
    show_latest(chat, row)
    chat.save()
    note_media(row)
    settle_waiting(channel, *awaited(message.id, customer, number))


def status_of(message: Incoming) -> MessageStatus:
    """How far a message of the shop had come when history was handed over."""
    told = str((message.history_context or {}).get("status") or "").upper()
    return STATUSES.get(told, MessageStatus.SENT)


def is_ours(message: Incoming, item: Item) -> bool:
    """Whether the shop wrote it."""
    return bool(message.sender) and message.sender == item.display_number.lstrip("+")


def partner(message: Incoming, item: Item, *, ours: bool) -> tuple[str, str]:
    """(number, id) of the customer: from the message, else from the thread it stands in."""
    thread = item.thread
    number = (message.recipient if ours else message.sender) or str(thread.get("wa_id") or "")
    user_id = (message.to_user_id if ours else message.from_user_id) or str(thread.get("user_id") or "")
    if not number and not user_id:
        name = str(thread.get("id") or "")
        return (name, "") if name.isdecimal() else ("", name)
    return number, user_id


def contact_in(thread: dict[str, Any]) -> dict[str, Any]:
    """What a thread of history says about its customer, as a contact."""
    return {"profile": {"username": thread["username"]}} if thread.get("username") else {}


def _fill_in(known: Message, message: Incoming, data: dict[str, Any]) -> None:
    """The medium behind a placeholder; anything else we have already."""
    if known.kind != PLACEHOLDER or message.type == PLACEHOLDER:
        return
    known.kind = message.type[:20]
    known.text = content.text_of(known.kind, data.get(message.type))
    known.payload = {name: value for name, value in data.items() if name not in LEFT_OUT}
    known.save(update_fields=["kind", "text", "payload"])
    index_message(known)
    note_media(known)
    chat: Conversation = locked(known.conversation)
    chat.revision += 1
    chat.save()
