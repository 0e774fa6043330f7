"""Reactions, edits and deletions: what a customer (or the shop on its phone) changes about a message already said.

Each may overtake the message it is about, and each other: the latest by WhatsApp's clock stands, whatever the order.
"""

from typing import Any

from setia.conversations.actions.chats import locked, open_window, show_latest
from setia.conversations.actions.indexing import index_message
from setia.conversations.channels.whatsapp_cloud import content
from setia.conversations.channels.whatsapp_cloud.payload import Incoming
from setia.conversations.inbox.moments import moment
from setia.conversations.inbox.parking import Parked
from setia.conversations.models import (
    Channel,
    Conversation,
    Direction,
    Message,
    MessageStatus,
    MessageVersion,
    Origin,
)
from setia.core.work import WorkState


def react(message: Incoming, data: dict[str, Any], channel: Channel) -> None:
    """A reaction of the customer, or an empty one: the reaction was taken back."""
    about = _reaction(data)
    target = _target(str(about["message_id"]), channel)
    at, emoji = moment(message.timestamp), str(about.get("emoji") or "")[:16]
    chat = locked(target.conversation)
    open_window(chat, at)
    # Within one second taking back comes after giving: an emoji is changed directly, never by way of none.
    if target.their_reaction_at is None or (at, not emoji) >= (target.their_reaction_at, not target.their_reaction):
        target.their_reaction, target.their_reaction_at = emoji, at
        target.save(update_fields=["their_reaction", "their_reaction_at"])
        chat.revision += 1
    chat.save()


def _reaction(data: dict[str, Any]) -> dict[str, Any]:
    about = data.get("reaction")
    if not isinstance(about, dict) or not about.get("message_id"):
        raise ValueError("a reaction to nothing")
    return about


def react_ourselves(message: Incoming, data: dict[str, Any], channel: Channel) -> None:
    """A reaction that the shop gave on its phone: a row of its own, as those given here."""
    about = _reaction(data)
    target = _target(str(about["message_id"]), channel)
    if message.id and Message.objects.filter(wamid=message.id).exists():
        return
    Message.objects.create(
        conversation=target.conversation,
        customer_id=target.customer_id,
        direction=Direction.OUT,
        origin=Origin.ECHO,
        kind="reaction",
        payload={"reaction": {"message_id": target.wamid, "emoji": str(about.get("emoji") or "")[:16]}},
        quotes_wamid=target.wamid or "",
        wamid=message.id or None,
        status=MessageStatus.SENT,
        at=moment(message.timestamp),
        work_state=WorkState.DONE,
    )
    chat = locked(target.conversation)
    chat.revision += 1
    chat.save(update_fields=["revision"])


def rewrite(message: Incoming, data: dict[str, Any], channel: Channel) -> None:
    """An edit or a deletion. What was said before stays in the audit trail; a deletion is final."""
    about = data.get(message.type)
    if not isinstance(about, dict) or not about.get("original_message_id"):
        raise ValueError(f"{message.type} of nothing")
    target = _target(str(about["original_message_id"]), channel)
    at = moment(message.timestamp)
    chat = locked(target.conversation)
    if message.type == "revoke":
        _remove(target, at)
    else:
        _edit(target, about.get("message"), at)
    _refresh(chat, target)


def _target(wamid: str, channel: Channel) -> Message:
    rows = Message.objects.select_for_update(of=("self",)).select_related("conversation")
    target = rows.filter(wamid=wamid, conversation__channel=channel).first()
    if target is None:
        raise Parked(wamid)
    return target


def _remove(target: Message, at: Any) -> None:
    if target.removed_at is None:
        _keep_version(target, at, "revoke")
        target.removed_at, target.text, target.payload = at, "", {}
        target.save(update_fields=["removed_at", "text", "payload"])
        index_message(target)


def _edit(target: Message, new: Any, at: Any) -> None:
    if not isinstance(new, dict):
        raise ValueError("an edit without words")
    kind = str(new.get("type") or target.kind)
    text, payload = content.text_of(kind, new.get(kind)), {kind: new.get(kind)}
    if target.removed_at or (target.edited_at and at < target.edited_at):
        # Overtaken by a later change: only the audit trail learns of it.
        MessageVersion.objects.create(message=target, text=text, payload=payload, until=at, change="edit")
        return
    _keep_version(target, at, "edit")
    target.text, target.edited_at = text, at
    target.payload = target.payload | payload
    target.save(update_fields=["text", "payload", "edited_at"])
    index_message(target)


def _keep_version(target: Message, at: Any, change: str) -> None:
    MessageVersion.objects.create(message=target, text=target.text, payload=target.payload, until=at, change=change)


def _refresh(chat: Conversation, target: Message) -> None:
    """Let the list show the new words when the message is its newest."""
    if chat.last_message_at == target.at and chat.last_direction == target.direction:
        chat.last_message_at = None
        show_latest(chat, target)
    else:
        chat.revision += 1
    if target.removed_at and target.direction == Direction.IN and chat.waiting_since == target.at:
        # A message that was taken back waits for nobody.
        later = Message.objects.filter(conversation=chat, direction=Direction.IN, removed_at=None, at__gt=target.at)
        chat.waiting_since = later.order_by("at").values_list("at", flat=True).first()
    chat.save()
