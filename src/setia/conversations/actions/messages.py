"""Messages of the shop: written down to be sent, once per purpose, customer and reference."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from setia.conversations import events as verbs
from setia.conversations.actions.channels import app_channel
from setia.conversations.actions.chats import chat_with, locked, note_outbound
from setia.conversations.actions.indexing import index_message
from setia.conversations.channels.whatsapp_cloud.bodies import LONGEST_TEXT
from setia.conversations.channels.whatsapp_cloud.errors import WINDOW_CLOSED, behaviour
from setia.conversations.models import (
    Channel,
    ChannelKind,
    ChannelState,
    Conversation,
    Direction,
    Message,
    MessageStatus,
)
from setia.conversations.reach import reachable
from setia.conversations.rules import Refusal, window_is_open
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.tasks import wake
from setia.core.work import WorkState
from setia.customers.models import Customer
from setia.shops.models import Member


def channel_for(customer: Customer) -> Channel:
    """The number to write to this customer from: the one they last wrote with, else the newest, else the app."""
    clouds = Channel.objects.filter(kind=ChannelKind.CLOUD).exclude(state=ChannelState.DISCONNECTED)
    used = clouds.filter(conversations__customer=customer).order_by("-conversations__last_message_at").first()
    return used or clouds.order_by("-pk").first() or app_channel()


def queue_message(
    *,
    customer: Customer,
    text: str,
    purpose: str,
    reference: str,
    kind: str = "text",
    payload: dict[str, Any] | None = None,
    sent_by: Member | None = None,
    due_at: datetime | None = None,
    conversation: Conversation | None = None,
    quotes: str = "",
) -> Message:
    """Write a message into the outbox; asking again with the same purpose, customer and reference gives the first.

    `purpose`: reply, thanks, greeting, price_list, order, prompt, promotion, opt_out. Consent and the 24 hours are
    checked when it leaves, not here. On the free app it waits to be sent by hand. Raises DomainError `empty`,
    `too_long`, or `no_address` when the customer has neither number nor WhatsApp id.
    """
    reference, text = reference[:80], text.strip()
    known = _known(purpose, customer, reference)
    if known:
        return known
    _check_text(text, kind)
    try:
        with transaction.atomic():
            chat = locked(conversation or chat_with(channel=channel_for(customer), customer=customer))
            if not reachable(customer, chat.channel):
                problem = _("There is no WhatsApp number for %(name)s. Write it down first.")
                raise DomainError(problem % {"name": customer.display_name}, code="no_address")
            message = _write(chat, kind, text, payload, purpose, reference, sent_by, due_at, quotes)
            index_message(message)
            if message.due_at <= clock.now():
                note_outbound(chat, message)
            events.record(verbs.QUEUED, subject=message, customer_id=customer.pk, data={"purpose": purpose})
            if chat.channel.kind == ChannelKind.CLOUD:
                wake("outbox")
    except IntegrityError:
        known = _known(purpose, customer, reference)
        if known is None:
            raise
        return known
    return message


def _known(purpose: str, customer: Customer, reference: str) -> Message | None:
    return Message.objects.filter(purpose=purpose, customer=customer, reference=reference).first()


def _check_text(text: str, kind: str) -> None:
    if not text and kind == "text":
        raise DomainError(_("Write something first."), code="empty", field="text")
    if len(text) > LONGEST_TEXT:
        problem = _(
            "This message has %(length)s characters; WhatsApp takes %(most)s. Shorten it or send it in two parts."
        )
        raise DomainError(problem % {"length": len(text), "most": LONGEST_TEXT}, code="too_long", field="text")


def _write(
    chat: Conversation,
    kind: str,
    text: str,
    payload: dict[str, Any] | None,
    purpose: str,
    reference: str,
    sent_by: Member | None,
    due_at: datetime | None,
    quotes: str,
) -> Message:
    now = clock.now()
    due = due_at or now
    by_hand = chat.channel.kind == ChannelKind.APP
    return Message.objects.create(
        conversation=chat,
        customer=chat.customer,
        direction=Direction.OUT,
        kind=kind,
        text=text,
        payload=payload or {},
        purpose=purpose,
        reference=reference,
        sent_by=sent_by,
        status=MessageStatus.QUEUED,
        at=max(due, now),
        due_at=due,
        quotes_wamid=quotes,
        # what a person sends is no worker's work
        work_state=WorkState.DONE if by_hand else WorkState.WAITING,
    )


def reply(*, conversation: Conversation, text: str, sent_by: Member, key: str, quotes: str = "") -> Message:
    """A member answers in a chat. `key` is made by the form: posting it twice is one message."""
    return queue_message(
        customer=conversation.customer,
        text=text,
        purpose="reply",
        reference=key,
        sent_by=sent_by,
        conversation=conversation,
        quotes=quotes,
    )


@transaction.atomic
def send_again(*, message: Message, by: Member) -> Message:
    """Send a failed or uncertain message anew: a new message with an id of its own takes its place.

    A second press gives the first press's message. Raises DomainError when sending again cannot help.
    """
    message = (
        Message.objects.select_for_update(of=("self",))
        .select_related("conversation__channel", "customer")
        .get(pk=message.pk)
    )
    if message.replaced_by_id:
        return Message.objects.get(pk=message.replaced_by_id)
    if not may_send_again(message):
        raise DomainError(_("Sending this again would not help."), code="not_again")
    stem, _mark, count = message.reference.rpartition("~")
    reference = f"{stem}~{int(count) + 1}" if stem and count.isdecimal() else f"{message.reference}~2"
    again = queue_message(
        customer=message.customer,
        text=message.text,
        purpose=message.purpose,
        reference=reference,
        kind=message.kind,
        payload=message.payload,
        sent_by=by,
        conversation=message.conversation,
        quotes=message.quotes_wamid,
    )
    Message.objects.filter(pk=message.pk).update(replaced_by=again)
    return again


def may_send_again(message: Message) -> bool:
    """Whether a person may try once more: it failed for a reason that passes, or nobody knows whether it went."""
    if message.replaced_by_id or message.status not in (MessageStatus.FAILED, MessageStatus.UNKNOWN):
        return False
    if message.status == MessageStatus.UNKNOWN or message.error_code is None:
        return True
    if message.error_code in (Refusal.WINDOW_CLOSED, WINDOW_CLOSED):
        return window_is_open(message.conversation.window_until, clock.now())
    if message.error_code < 0:
        return message.error_code in (Refusal.NO_ADDRESS, Refusal.NO_ANSWER)
    return behaviour(message.error_code).again
