"""What a person does with a prompt: send, done, later, skip, undo."""

from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from setia.conversations import actions as conversations
from setia.conversations.models import ChannelKind, Conversation, Message
from setia.conversations.rules import window_is_open
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.customers import queries as customers
from setia.customers.models import Customer
from setia.shops.models import Member
from setia.today import events as verbs
from setia.today import rules
from setia.today.actions.renewing import morning, renew
from setia.today.models import Prompt, PromptState

LATER_DAYS = 1


@transaction.atomic
def send(*, prompt: Prompt, text: str, by: Member) -> Message:
    """Send the prompt's words (as edited) through the outbox and close it. Twice is once: the same message comes back.

    Raises DomainError `empty`, `nobody`, `settled` when somebody saw to it in another way, and as `queue_message`.
    """
    text = text.strip()
    if not text:
        raise DomainError(_("Write something to send."), code="empty", field="text")
    customer = prompt.customer
    if customer is None:
        raise DomainError(_("This prompt is about nobody who could be written to."), code="nobody")
    if not _act(prompt, PromptState.SENT, by, edited=text != prompt.draft.strip()):
        return _sent_before(prompt)
    message = conversations.queue_message(
        customer=customer,
        text=text,
        purpose="prompt",
        reference=prompt.key,
        sent_by=by,
        conversation=_by_hand(customer),
    )
    Prompt.objects.filter(pk=prompt.pk).update(message_id=message.pk)
    return message


def _sent_before(prompt: Prompt) -> Message:
    prompt.refresh_from_db()
    message = Message.objects.filter(pk=prompt.message_id).first() if prompt.state == PromptState.SENT else None
    if message is None:
        raise DomainError(_("This was seen to in the meantime."), code="settled")
    return message


def _by_hand(customer: Customer) -> Conversation | None:
    """The chat in the free app, when WhatsApp would not take free words through the API; None when it would.

    Twenty-four hours after the customer's last message only a person can write first.
    """
    channel = conversations.channel_for(customer)
    if channel.kind == ChannelKind.APP or not customers.phone_of(customer):
        return None
    chat = Conversation.objects.filter(channel=channel, customer=customer).first()
    if chat and window_is_open(chat.window_until, clock.now()):
        return None
    return conversations.chat_with(channel=conversations.app_channel(), customer=customer)


@transaction.atomic
def done(*, prompt: Prompt, by: Member) -> bool:
    """It was seen to, by a call or at the counter. False when it was settled before; so for `skip` and `later`."""
    return _act(prompt, PromptState.DONE, by)


@transaction.atomic
def skip(*, prompt: Prompt, by: Member) -> bool:
    """Not this time; the same occasion does not come up again."""
    return _act(prompt, PromptState.SKIPPED, by)


@transaction.atomic
def later(*, prompt: Prompt, by: Member) -> bool:
    """Tomorrow morning again, and there for the day."""
    back, until = morning(LATER_DAYS), morning(LATER_DAYS + 1)
    rows = Prompt.objects.filter(pk=prompt.pk, state=PromptState.OPEN, show_from__lt=back)
    put_off = rows.update(show_from=back, times_later=F("times_later") + 1)
    if put_off:
        Prompt.objects.filter(pk=prompt.pk, expires_at__lt=until).update(expires_at=until)
        _record(prompt, "later")
    return bool(put_off)


@transaction.atomic
def undo(*, prompt: Prompt, by: Member) -> bool:
    """Take back done, skip or later; the prompt comes back if it is still true. A message that was sent stays sent."""
    now = clock.now()
    settled = Q(state__in=[PromptState.DONE, PromptState.SKIPPED]) | Q(state=PromptState.OPEN, show_from__gt=now)
    back = Prompt.objects.filter(settled, pk=prompt.pk).update(
        state=PromptState.OPEN, show_from=now, acted_at=None, acted_by=None
    )
    if back:
        _record(prompt, "undo")
        renew([prompt.kind], customer_id=prompt.customer_id or rules.NOBODY)
    return bool(back)


def _act(prompt: Prompt, state: Any, by: Member, **changes: Any) -> bool:
    """Settle an open prompt as `state` (a PromptState); False when it is not open any more."""
    now = clock.now()
    acted = Prompt.objects.filter(pk=prompt.pk, state=PromptState.OPEN).update(
        state=state, acted_at=now, acted_by=by, offered_at=Coalesce("offered_at", now), **changes
    )
    if acted:
        _record(prompt, state.value)
    return bool(acted)


def _record(prompt: Prompt, did: str) -> None:
    events.record(verbs.ACTED, subject=prompt, customer_id=prompt.customer_id, data={"kind": prompt.kind, "did": did})
