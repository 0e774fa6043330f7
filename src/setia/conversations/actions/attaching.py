"""What the shop sends besides words: pictures and papers, its place, choices, products, a reaction, «is writing»."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from setia.conversations import events as verbs
from setia.conversations.actions.chats import locked
from setia.conversations.actions.messages import queue_message
from setia.conversations.channels.whatsapp_cloud import interactive
from setia.conversations.models import (
    ChannelKind,
    Conversation,
    Direction,
    MediaFile,
    Message,
    MessageStatus,
    Origin,
    ReadReceipt,
)
from setia.conversations.rules import window_is_open
from setia.core import clock, events, ids
from setia.core.errors import DomainError
from setia.core.tasks import wake
from setia.core.work import WorkState
from setia.shops.models import Member

# «Is writing …» is shown for 25 seconds; so often it is renewed while somebody writes.
TYPING_EVERY: Final = timedelta(seconds=20)


@dataclass(frozen=True)
class Kept:
    """A file that lies below MEDIA_ROOT, ready to be sent."""

    kind: str
    path: str
    mime_type: str
    filename: str
    size: int
    thumbnail: str = ""
    width: int | None = None
    height: int | None = None


def must_be_open(conversation: Conversation) -> None:
    """Raises DomainError: only the Cloud API sends such things, and only while the customer's 24 hours last."""
    if conversation.channel.kind != ChannelKind.CLOUD:
        raise DomainError(_("Send this in the WhatsApp app: Setia prepares only words."), code="by_hand")
    if not window_is_open(conversation.window_until, clock.now()):
        problem = _("More than 24 hours since the customer last wrote. Only an approved template may be sent now.")
        raise DomainError(problem, code="window_closed")


def check_caption(caption: str) -> None:
    """Raises DomainError for words that do not fit below a picture."""
    if len(caption) > interactive.LONGEST_BODY:
        problem = _("The words below a picture may have %(most)s characters.") % {"most": interactive.LONGEST_BODY}
        raise DomainError(problem, code="too_long", field="text")


@transaction.atomic
def send_file(*, conversation: Conversation, file: Kept, caption: str, sent_by: Member, key: str) -> Message:
    """Send a picture, film, sound or paper. It is handed to WhatsApp by the worker, right before the message."""
    must_be_open(conversation)
    content: dict[str, Any] = {"caption": caption} if caption and file.kind != "audio" else {}
    if file.kind == "document":
        content["filename"] = file.filename
    check_caption(caption)
    message = send_as(conversation, file.kind, caption or "", {file.kind: content}, sent_by, key)
    try:
        with transaction.atomic():
            MediaFile.objects.create(
                message=message,
                kind=file.kind,
                media_id="",
                mime_type=file.mime_type,
                filename=file.filename,
                path=file.path,
                thumbnail=file.thumbnail,
                width=file.width,
                height=file.height,
                size=file.size,
                work_state=WorkState.DONE,
            )
    except IntegrityError:
        # The same form was posted twice: the first file goes.
        pass
    return message


def send_as(
    conversation: Conversation, kind: str, text: str, payload: dict[str, Any], sent_by: Member, key: str
) -> Message:
    """A message of any kind that a person sends, once per key."""
    return queue_message(
        customer=conversation.customer,
        text=text,
        purpose="reply",
        reference=key,
        kind=kind,
        payload=payload,
        sent_by=sent_by,
        conversation=conversation,
    )


def send_place(
    *, conversation: Conversation, name: str, address: str, latitude: float, longitude: float, sent_by: Member, key: str
) -> Message:
    """Send a place on the map."""
    must_be_open(conversation)
    place = {"latitude": latitude, "longitude": longitude} | ({"name": name} if name else {})
    place |= {"address": address} if address and name else {}
    text = "\n".join(part for part in (name, address) if part)
    return send_as(conversation, "location", text, {"location": place}, sent_by, key)


def ask_place(*, conversation: Conversation, text: str, sent_by: Member, key: str) -> Message:
    """Ask the customer for the place to deliver to: one tap answers with a pin on the map."""
    must_be_open(conversation)
    return _send_interactive(conversation, interactive.ask_place(text), sent_by, key)


def send_buttons(*, conversation: Conversation, text: str, titles: Sequence[str], sent_by: Member, key: str) -> Message:
    """A question with up to three buttons to answer it."""
    must_be_open(conversation)
    return _send_interactive(conversation, interactive.buttons(text, titles), sent_by, key)


def send_list(
    *,
    conversation: Conversation,
    text: str,
    button: str,
    rows: Sequence[interactive.Row],
    sent_by: Member,
    key: str,
) -> Message:
    """A question with a list to choose from."""
    must_be_open(conversation)
    return _send_interactive(conversation, interactive.rows(text, button, rows), sent_by, key)


def send_products(
    *,
    conversation: Conversation,
    text: str,
    heading: str,
    catalog_id: str,
    articles: Sequence[str],
    sent_by: Member,
    key: str,
) -> Message:
    """Products of the shop's WhatsApp catalogue: one as a card, several as a list to order from."""
    must_be_open(conversation)
    body = interactive.products(text, heading, catalog_id, articles)
    return _send_interactive(conversation, body, sent_by, key)


def send_catalogue(
    *, conversation: Conversation, text: str, catalog_id: str, first: str, sent_by: Member, key: str
) -> Message:
    """The whole WhatsApp catalogue behind one button, with the picture of its first product."""
    must_be_open(conversation)
    if not catalog_id:
        raise DomainError(_("Write down the number of your WhatsApp catalogue first."), code="no_catalogue")
    return _send_interactive(conversation, interactive.catalogue(text, first), sent_by, key)


def _send_interactive(conversation: Conversation, body: dict[str, Any], sent_by: Member, key: str) -> Message:
    text = str(body.get("body", {}).get("text", ""))
    return send_as(conversation, "interactive", text, {"interactive": body}, sent_by, key)


def react(*, message: Message, emoji: str, by: Member) -> Message | None:
    """React to a message with an emoji; an empty one takes the reaction back. None when that changes nothing."""
    must_be_open(message.conversation)
    if not message.wamid or message.removed_at:
        raise DomainError(_("WhatsApp does not know this message."), code="unknown_message")
    with transaction.atomic():
        chat = locked(message.conversation)
        given = Message.objects.filter(conversation=chat, kind="reaction", quotes_wamid=message.wamid)
        latest = given.order_by("-pk").first()
        if (reaction_of(latest) if latest else "") == emoji:
            return None
        row = Message.objects.create(
            conversation=chat,
            customer=chat.customer,
            direction=Direction.OUT,
            kind="reaction",
            payload={"reaction": {"message_id": message.wamid, "emoji": emoji}},
            purpose="reaction",
            reference=ids.public_token(),
            quotes_wamid=message.wamid,
            sent_by=by,
            status=MessageStatus.QUEUED,
        )
        chat.revision += 1
        chat.save(update_fields=["revision"])
        events.record(verbs.REACTED, subject=message, customer_id=chat.customer_id, data={"emoji": emoji})
        wake("outbox")
    return row


def reaction_of(row: Message) -> str:
    """The emoji of a reaction that stands; empty when it was taken back or never left."""
    if row.status in (MessageStatus.FAILED, MessageStatus.SKIPPED):
        return ""
    about = row.payload.get("reaction")
    return str(about.get("emoji") or "") if isinstance(about, dict) else ""


@transaction.atomic
def show_typing(*, conversation: Conversation) -> bool:
    """A person began to write: the customer sees it for 25 seconds. At most one call in 20 seconds and chat; nothing
    is sent outside the 24 hours. Returns whether one will be."""
    now = clock.now()
    if conversation.channel.kind != ChannelKind.CLOUD or not window_is_open(conversation.window_until, now):
        return False
    inbound = Message.objects.filter(conversation=conversation, direction=Direction.IN, origin=Origin.LIVE)
    newest = inbound.exclude(wamid=None).order_by("-at", "-pk").first()
    if newest is None:
        return False
    row, new = ReadReceipt.objects.get_or_create(
        wamid=newest.wamid, typing=True, defaults={"conversation": conversation, "due_at": now}
    )
    if not new:
        again = ReadReceipt.objects.filter(pk=row.pk, due_at__lte=now - TYPING_EVERY)
        if not again.update(due_at=now, work_state=WorkState.WAITING, attempts=0, lease=None, leased_until=None):
            return False
    wake("receipts")
    return True


def file_key(data: bytes) -> str:
    """A short name for bytes, so that the same file posted twice is one message."""
    return hashlib.sha256(data).hexdigest()[:32]
