"""The last look before a message leaves: is it still ours to send, may it, and where to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from setia.conversations import rules, templating
from setia.conversations.actions.chats import locked, note_outbound
from setia.conversations.channels.whatsapp_cloud import bodies, content, media
from setia.conversations.models import (
    Channel,
    ChannelState,
    MediaFile,
    Message,
    MessageStatus,
    MessageTemplate,
    ReadReceipt,
)
from setia.conversations.outbox import allowance
from setia.conversations.outbox.outcome import act_on_failure
from setia.conversations.reach import cloud_address
from setia.conversations.rules import Refusal
from setia.core import clock
from setia.core.work import WorkState
from setia.shops.models import Shop

TYPING_IS_TRUE_FOR: Final = timedelta(seconds=15)


@dataclass(frozen=True)
class Posting:
    """One request to the Graph API: all a thread needs, and what its answer belongs to."""

    shop: Shop
    message_id: int
    lease: Any
    base: str
    path: str
    token: str
    body: dict[str, Any]
    # A file that is handed over right before the message, and the template it belongs to.
    file: media.Upload | None = None
    template_id: int | None = None


@transaction.atomic
def prepare(claimed: Message) -> Posting | None:
    """Mark a claimed message as being sent and return the request, or settle it when it must not leave.

    A message found «being sent» was claimed by a worker that died: it may have left, so it is never sent again here.
    """
    rows = Message.objects.select_for_update(of=("self",)).select_related("customer", "conversation")
    message = rows.filter(pk=claimed.pk, lease=claimed.lease, work_state=WorkState.WAITING).first()
    if message is None:
        return None
    if message.status == MessageStatus.SENDING:
        _finish(message, MessageStatus.UNKNOWN)
        return None
    chat = locked(message.conversation)
    if chat.channel.state != ChannelState.ACTIVE:
        _put_off(message, clock.now())
        return None
    address = cloud_address(message.customer)
    verdict = allowance.look(message, chat) if address else Refusal.NO_ADDRESS
    if isinstance(verdict, Refusal):
        _refuse(message, verdict)
        return None
    if verdict > clock.now():
        _put_off(message, verdict)
        return None
    file, template = _file_of(message), None
    if file is None and "draw" in message.payload:
        _refuse(message, Refusal.NOTHING_TO_SHOW)
        return None
    place = templating.picture_of(message.payload.get("template"))
    if place is not None and not place.get("link"):
        template = _pictured(message)
        if template is None:
            _refuse(message, Refusal.NOTHING_TO_SHOW)
            return None
        file = _fill(place, template, chat.channel)
    if not allowance.take_pace(chat):
        _put_off(message, message.due_at)
        return None
    if chat.last_message_at is None or message.at > chat.last_message_at:
        note_outbound(chat, message)
    message.status = MessageStatus.SENDING
    message.initiated = not rules.window_is_open(chat.window_until, clock.now())
    message.save(update_fields=["status", "initiated"])
    return Posting(
        shop=claimed.shop,
        message_id=message.pk,
        lease=message.lease,
        body=bodies.message(
            kind=message.kind,
            text=message.text,
            payload=message.payload,
            address=address,
            opaque=f"out:{message.pk}",
            quotes=message.quotes_wamid,
        ),
        file=file,
        template_id=template.pk if template else None,
        **_at(chat.channel),
    )


def _file_of(message: Message) -> media.Upload | None:
    """The file that goes with a message of the shop, when it lies here."""
    row = MediaFile.objects.filter(message=message).exclude(path="").first() if message.kind in content.MEDIA else None
    if row is None:
        return None
    return media.Upload(str(Path(settings.MEDIA_ROOT) / row.path), row.mime_type, row.filename)


def _pictured(message: Message) -> MessageTemplate | None:
    """The template of the message, while its picture is kept here."""
    wanted = message.payload["template"]
    rows = MessageTemplate.objects.filter(name=wanted["name"], language=wanted["language"]["code"])
    return rows.exclude(picture="").first()


def _fill(place: dict[str, Any], template: MessageTemplate, channel: Channel) -> media.Upload | None:
    """Name the picture of a template as this number of WhatsApp knows it, or say which file it must be given first."""
    number, _colon, known = template.picture_id.partition(":")
    if number == channel.phone_number_id and template.picture_until and template.picture_until > clock.now():
        place["id"] = known
        return None
    return media.Upload(str(Path(settings.MEDIA_ROOT) / template.picture), "image/jpeg", f"{template.name}.jpg")


def _at(channel: Channel) -> dict[str, str]:
    return {
        "base": settings.WHATSAPP_GRAPH_URL,
        "path": f"{channel.phone_number_id}/messages",
        "token": channel.access_token,
    }


def _refuse(message: Message, refusal: Refusal) -> None:
    """What no person waits for is left out quietly; everything else is shown as not sent."""
    quiet = message.purpose in rules.AUTOMATIC or refusal in allowance.LEFT_OUT
    message.error_code = refusal
    _finish(message, MessageStatus.SKIPPED if quiet else MessageStatus.FAILED)
    act_on_failure(message, refusal)


def _finish(message: Message, status: str) -> None:
    message.status, message.work_state, message.lease, message.leased_until = status, WorkState.DONE, None, None
    if status in (MessageStatus.FAILED, MessageStatus.SKIPPED):
        message.failed_at = clock.now()
    message.save(update_fields=["status", "work_state", "lease", "leased_until", "failed_at", "error_code"])
    chat = locked(message.conversation)
    chat.revision += 1
    chat.save(update_fields=["revision"])


def _put_off(message: Message, until: datetime) -> None:
    """Back into the queue, as if it had not been claimed."""
    message.due_at, message.lease, message.leased_until = until, None, None
    message.attempts = max(0, message.attempts - 1)
    message.save(update_fields=["due_at", "lease", "leased_until", "attempts"])


def prepare_receipt(receipt: ReadReceipt) -> Posting | None:
    """The request that shows a customer that their message was read; None when the number is stopped, or when a sign
    that somebody is writing would come too late to be true."""
    channel = receipt.conversation.channel
    if channel.state != ChannelState.ACTIVE:
        return None
    if receipt.typing and clock.now() - receipt.due_at > TYPING_IS_TRUE_FOR:
        return None
    return Posting(
        shop=receipt.shop,
        message_id=0,
        lease=receipt.lease,
        body=bodies.read(receipt.wamid, typing=receipt.typing),
        **_at(channel),
    )
