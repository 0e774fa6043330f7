"""WhatsApp tells that somebody has a new number or a new id: the person stays."""

from typing import Any

from setia.conversations.actions.chats import locked_chat
from setia.conversations.channels.whatsapp_cloud.payload import Incoming
from setia.conversations.inbox.moments import moment
from setia.conversations.inbox.people import e164_of, identify, identities_of
from setia.conversations.models import Channel, Direction, Message, MessageStatus
from setia.core.work import WorkState
from setia.customers import actions as customers
from setia.customers import queries as people
from setia.customers.models import Customer, IdentityKind

CHANGES = frozenset({"user_changed_number", "user_changed_user_id", "customer_changed_number"})


def changed(message: Incoming, data: dict[str, Any], channel: Channel) -> None:
    """A system message. A change of number or id moves the person's identities; all are shown as a line in the chat."""
    news = data.get("system")
    if not isinstance(news, dict):
        raise ValueError("a system message without words")
    new_number = str(news.get("wa_id") or news.get("new_wa_id") or "")
    new_id = str(news.get("user_id") or "")
    customer = _who(message, news)
    if customer is None:
        # Nobody we know: welcome them under the new number.
        customer, _new = identify(number=new_number or message.sender or "", user_id=new_id)
    elif news.get("type") in CHANGES:
        customers.change_whatsapp(customer=customer, identities=identities_of(number=new_number, user_id=new_id))
    chat = locked_chat(channel=channel, customer=customer)
    Message.objects.create(
        conversation=chat,
        customer=customer,
        direction=Direction.IN,
        kind="system",
        payload={"system": {"type": str(news.get("type") or "")}},
        at=moment(message.timestamp),
        status=MessageStatus.RECEIVED,
        wamid=message.id or None,
        work_state=WorkState.DONE,
    )
    chat.revision += 1
    chat.save()


def _who(message: Incoming, news: dict[str, Any]) -> Customer | None:
    """By the old id, then by the old number."""
    old_id = str(news.get("previous_user_id") or message.from_user_id or "")
    found = people.by_identity(IdentityKind.BSUID, old_id) if old_id else None
    old_number = e164_of(message.sender or "")
    return found or (people.by_identity(IdentityKind.WHATSAPP, old_number) if old_number else None)
