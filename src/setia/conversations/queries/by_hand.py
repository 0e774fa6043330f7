"""Messages that a person sends in the WhatsApp app: the queue, its pace, numbers that were wrong."""

from dataclasses import dataclass
from datetime import timedelta

from setia.conversations import costs, rules
from setia.conversations.channels import whatsapp_app
from setia.conversations.greetings import greeted
from setia.conversations.models import ChannelKind, Direction, Message, MessageStatus
from setia.conversations.reach import identities, number_of
from setia.core import clock
from setia.core.scope import current_shop
from setia.customers import queries as people

BY_HAND = (MessageStatus.QUEUED, MessageStatus.OPENED)


@dataclass(frozen=True)
class ByHand:
    """A prepared message that a person sends in the WhatsApp app."""

    message: Message
    number: str
    link: str
    # The words with this person's greeting.
    text: str = ""


def queue_by_hand() -> list[ByHand]:
    """Prepared messages that are due, oldest first."""
    rows = Message.objects.filter(
        direction=Direction.OUT,
        status__in=BY_HAND,
        due_at__lte=clock.now(),
        conversation__channel__kind=ChannelKind.APP,
    )
    messages = list(rows.select_related("customer").order_by("due_at", "pk"))
    known, settings = identities({message.customer_id for message in messages}), costs.sending_rules()
    found = []
    for message in messages:
        number, text = number_of(known.get(message.customer_id, {})), greeted(message, settings)
        found.append(ByHand(message, number, whatsapp_app.link(number, text), text))
    return found


def hand_pace() -> rules.HandPace:
    """How far the shop is today with what it sends first, by hand."""
    settings, shop = costs.sending_rules(), current_shop()
    midnight = shop.now().replace(hour=0, minute=0, second=0, microsecond=0)
    sent = Message.objects.filter(
        direction=Direction.OUT,
        purpose__in=rules.PACED,
        status=MessageStatus.SENT,
        sent_at__gte=midnight,
        conversation__channel__kind=ChannelKind.APP,
    )
    return rules.hand_pace(
        list(sent.order_by("sent_at").values_list("sent_at", flat=True)),
        clock.now(),
        most=settings.by_hand_a_day,
        in_a_row=settings.by_hand_in_a_row,
        rest=timedelta(minutes=settings.by_hand_rest),
    )


def postponed_count() -> int:
    """How many prepared messages come again another day."""
    return Message.objects.filter(
        direction=Direction.OUT,
        status__in=BY_HAND,
        due_at__gt=clock.now(),
        conversation__channel__kind=ChannelKind.APP,
    ).count()


def by_hand_count() -> int:
    """How many prepared messages wait for a person."""
    return Message.objects.filter(
        direction=Direction.OUT, status__in=BY_HAND, conversation__channel__kind=ChannelKind.APP
    ).count()


def wa_link(message: Message) -> str:
    """Where a person sends `message` in the free app; empty when Setia sends it itself, or there is no number."""
    if message.conversation.channel.kind != ChannelKind.APP:
        return ""
    return whatsapp_app.link(
        number_of(identities([message.customer_id]).get(message.customer_id, {})), greeted(message)
    )


def wrong_numbers(*, customer_id: int | None = None) -> list[Message]:
    """The latest message of the last month that had a wrong number, of each customer who has no other number now."""
    rows = Message.objects.filter(
        direction=Direction.OUT,
        status=MessageStatus.FAILED,
        error_code=rules.Refusal.WRONG_NUMBER,
        failed_at__gt=clock.now() - timedelta(days=30),
        customer__archived_at=None,
    )
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    latest = {row.customer_id: row for row in rows.select_related("customer").order_by("failed_at")}
    known = people.phones_of(latest)
    return [row for owner, row in latest.items() if owner not in known]
