"""Level 0: a person sends the prepared message in the WhatsApp app and says here what came of it."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from setia.conversations import events as verbs
from setia.conversations.actions.chats import locked, show_latest
from setia.conversations.greetings import greeted
from setia.conversations.models import ChannelKind, Conversation, Message, MessageStatus
from setia.conversations.reach import identities, number_of
from setia.conversations.rules import PACED, PROMOTION, Refusal
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.customers import actions as customers
from setia.customers import queries as people
from setia.customers.models import Identity, IdentityKind, Purpose
from setia.shops.models import Member

# The hour at which what was put off comes again.
MORNING: Final = 8
OPEN = (MessageStatus.QUEUED, MessageStatus.OPENED)


def _settle(message: Message, by: Member, **changes: object) -> bool:
    """Change a message that still waits for its person. False when it was settled before."""
    if message.conversation.channel.kind != ChannelKind.APP:
        raise DomainError(_("This message is sent by Setia itself."), code="not_by_hand")
    if message.purpose == PROMOTION and changes["status"] in (MessageStatus.OPENED, MessageStatus.SENT):
        _check_consent(message)
    rows = Message.objects.filter(pk=message.pk, status__in=OPEN)
    changed = bool(rows.update(sent_by=by, **changes))
    if changed:
        Conversation.objects.filter(pk=message.conversation_id).update(revision=F("revision") + 1)
        message.refresh_from_db()
    return changed


def _check_consent(message: Message) -> None:
    """At the last moment, as with everything that leaves."""
    if not people.may_write(message.customer_id, Purpose.PROMOTION):
        problem = _("%(name)s does not want offers. Choose “not sent”.")
        raise DomainError(problem % {"name": message.customer.display_name}, code="no_consent")


def _said(message: Message) -> dict[str, object]:
    """The words as they go out, with the greeting of this person: kept, whatever the greetings become later."""
    if message.purpose not in PACED or message.payload.get("greeted"):
        return {}
    return {"text": greeted(message), "payload": message.payload | {"greeted": True}}


@transaction.atomic
def mark_opened(*, message: Message, by: Member) -> bool:
    """WhatsApp was opened with the words. An intention, not a proof: nobody tells us whether it was sent."""
    if message.status != MessageStatus.QUEUED or not _settle(
        message, by, status=MessageStatus.OPENED, **_said(message)
    ):
        return False
    events.record(verbs.OPENED, subject=message, customer_id=message.customer_id, data={"purpose": message.purpose})
    return True


@transaction.atomic
def mark_sent(*, message: Message, by: Member) -> bool:
    """The person pressed send in WhatsApp."""
    now = clock.now()
    if not _settle(message, by, status=MessageStatus.SENT, sent_at=now, at=now, **_said(message)):
        return False
    chat = locked(message.conversation)
    show_latest(chat, message)
    chat.save()
    events.record(verbs.SENT, subject=message, customer_id=message.customer_id, data={"purpose": message.purpose})
    return True


@transaction.atomic
def mark_not_sent(*, message: Message, by: Member) -> bool:
    """The person decided against it."""
    return _give_up(message, by, MessageStatus.SKIPPED, Refusal.NOT_SENT_BY_HAND)


@transaction.atomic
def mark_wrong_number(*, message: Message, by: Member) -> bool:
    """Nobody, or a stranger, has this number: it is the customer's no more, and Today asks for the right one."""
    if not _give_up(message, by, MessageStatus.FAILED, Refusal.WRONG_NUMBER):
        return False
    Conversation.objects.filter(pk=message.conversation_id).update(undeliverable=F("undeliverable") + 1)
    number = number_of(identities([message.customer_id]).get(message.customer_id, {}))
    ended = [row for row in people.identities_of(message.customer_id) if row.value == number]
    for identity in ended:
        customers.end_identity(identity=identity)
    message.payload = message.payload | {"ended": [identity.pk for identity in ended]}
    message.save(update_fields=["payload"])
    return True


@transaction.atomic
def correct_number(*, message: Message, number: str, by: Member) -> bool:
    """The right number in place of the wrong one: the message waits again. Raises DomainError for what is no number,
    or is somebody else's."""
    customers.add_identity(customer=message.customer, kind=IdentityKind.PHONE, value=number)
    payload = {name: value for name, value in message.payload.items() if name != "ended"}
    Message.objects.filter(pk=message.pk).update(payload=payload)
    message.payload = payload
    return put_back(message=message, by=by)


@transaction.atomic
def postpone(*, message: Message, by: Member) -> bool:
    """Not now: it comes again tomorrow morning."""
    tomorrow = current_shop().now() + timedelta(days=1)
    due = tomorrow.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return _settle(message, by, status=MessageStatus.QUEUED, due_at=due)


def _give_up(message: Message, by: Member, status: str, refusal: Refusal) -> bool:
    if not _settle(message, by, status=status, failed_at=clock.now(), error_code=int(refusal)):
        return False
    data = {"purpose": message.purpose, "code": int(refusal)}
    events.record(verbs.FAILED, subject=message, customer_id=message.customer_id, data=data)
    return True


@transaction.atomic
def put_back(*, message: Message, by: Member) -> bool:
    """A slip of the finger: the message waits to be sent by hand again. False when it was not settled by hand."""
    by_hand = Message.objects.filter(
        pk=message.pk,
        conversation__channel__kind=ChannelKind.APP,
        status__in=(MessageStatus.OPENED, MessageStatus.SENT, MessageStatus.SKIPPED, MessageStatus.FAILED),
    )
    back = by_hand.update(status=MessageStatus.QUEUED, sent_at=None, failed_at=None, error_code=None)
    if not back and message.due_at > clock.now():
        return _settle(message, by, due_at=clock.now())
    if back:
        for identity in Identity.objects.filter(pk__in=message.payload.get("ended", [])):
            customers.take_back_identity(identity=identity)
        if message.error_code == Refusal.WRONG_NUMBER:
            Conversation.objects.filter(pk=message.conversation_id, undeliverable__gt=0).update(
                undeliverable=F("undeliverable") - 1
            )
        Conversation.objects.filter(pk=message.conversation_id).update(revision=F("revision") + 1)
        events.record(verbs.QUEUED, subject=message, customer_id=message.customer_id, data={"purpose": message.purpose})
    return bool(back)
