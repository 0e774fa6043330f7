"""Whether a message may leave now, later, or not at all: consent, the 24 hours, caps, quiet hours, pace."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Max, Min, Q

from setia.conversations import costs, rules
from setia.conversations.actions.channels import notify
from setia.conversations.models import Channel, Conversation, Message
from setia.conversations.rules import Refusal
from setia.core import clock
from setia.core.scope import current_shop
from setia.customers import queries as people
from setia.customers.models import Purpose

# Decided by rules the owner knows: left out without a fuss.
LEFT_OUT: Final = frozenset({Refusal.NO_CONSENT, Refusal.TOO_OFTEN, Refusal.TOO_DEAR, Refusal.NOT_REACHED})
WENT_OUT: Final = ("sending", "unknown", "accepted", "sent", "delivered", "read", "played")
REACH_DAY: Final = timedelta(hours=24)
ENOUGH_OFFERS: Final = 131049
ENOUGH: Final = timedelta(hours=24)
# After so many messages in a row that did not reach the phone no offers go there; the customer's next word resets it.
NOT_REACHED_AFTER: Final = 2
# A message is not kept waiting for its template longer than this.
TEMPLATE_PATIENCE: Final = timedelta(hours=24)


def look(message: Message, chat: Conversation) -> Refusal | datetime:
    """A refusal, or the moment from which the message may leave (now, or later). Looked up when it is about to go."""
    now = clock.now()
    is_open = rules.window_is_open(chat.window_until, now)
    if message.kind != "template" and not is_open:
        return Refusal.WINDOW_CLOSED
    if message.kind == "template" and (stopped := _template(message, chat.channel, now)):
        return stopped
    if message.purpose == rules.PROMOTION:
        verdict = _offer(message, chat, now)
        if isinstance(verdict, Refusal) or verdict > now:
            return verdict
    held = _paid(message, chat.channel, now)
    return held or (now if is_open else _reach(message, chat.channel, now))


def _template(message: Message, channel: Channel, now: datetime) -> Refusal | datetime | None:
    """What holds for templates: one that WhatsApp switched off is refused, a paused one looked at again later."""
    stopped = channel.stopped_templates.get(message.template_name)
    if stopped is not None:
        again = datetime.fromisoformat(stopped) if stopped else None
        if again is None or now - message.at > TEMPLATE_PATIENCE:
            return Refusal.TEMPLATE_STOPPED
        if again > now:
            return again
    until = channel.templates_held_until
    return until if until and until > now and message.purpose != rules.PROMOTION else None


def category_of(message: Message) -> str:
    """Under which category of the price list a message will be counted."""
    if message.kind != "template":
        return "service"
    return "marketing" if message.purpose == rules.PROMOTION else "utility"


def _paid(message: Message, channel: Channel, now: datetime) -> datetime | None:
    """While WhatsApp waits for a payment method only what is free may leave."""
    until = channel.paid_held_until
    return until if until and until > now and costs.price_of(category_of(message), channel=channel) else None


def _offer(message: Message, chat: Conversation, now: datetime) -> Refusal | datetime:
    """What holds for offers beyond other messages."""
    allowed = costs.sending_rules()
    if not people.may_write(message.customer_id, Purpose.PROMOTION):
        return Refusal.NO_CONSENT
    if chat.channel.promotions_held_until and chat.channel.promotions_held_until > now:
        return chat.channel.promotions_held_until
    if chat.undeliverable >= NOT_REACHED_AFTER:
        return Refusal.NOT_REACHED
    if enough := _had_enough(message, now):
        return enough
    since = now - timedelta(days=allowed.days_between_offers)
    earlier = Message.objects.filter(customer_id=message.customer_id, purpose=rules.PROMOTION, status__in=WENT_OUT)
    lately = Q(accepted_at__gt=since) | Q(sent_at__gt=since) | Q(accepted_at=None, sent_at=None, at__gt=since)
    if earlier.filter(lately).exclude(pk=message.pk).exists():
        return Refusal.TOO_OFTEN
    if allowed.monthly_cap is not None:
        price = costs.price_of(category_of(message), channel=chat.channel)
        if not costs.cap_allows(price):
            notify(channel=chat.channel, kind="cap", subject=f"{current_shop().today():%Y-%m}")
            return Refusal.TOO_DEAR
    quiet = rules.end_of_quiet(now.astimezone(current_shop().zone), allowed.quiet_from, allowed.quiet_until)
    return quiet or now


def _had_enough(message: Message, now: datetime) -> datetime | None:
    """WhatsApp held an offer to this customer back (131049): the next one waits for a day to pass."""
    held = Message.objects.filter(
        customer_id=message.customer_id, purpose=rules.PROMOTION, error_code=ENOUGH_OFFERS, failed_at__gt=now - ENOUGH
    )
    last = held.exclude(pk=message.pk).aggregate(last=Max("failed_at"))["last"]
    return last + ENOUGH + timedelta(seconds=1) if last else None


def _reach(message: Message, channel: Channel, now: datetime) -> datetime:
    """WhatsApp limits to how many people a day a shop writes first. Beyond that, wait until the first is a day ago."""
    if channel.daily_reach is None:
        return now
    # What is on its way counts as well: its answer may not have been written down yet.
    lately = Q(accepted_at__gt=now - REACH_DAY) | Q(accepted_at=None, at__gt=now - REACH_DAY)
    first = (
        Message.objects.filter(lately, conversation__channel=channel, initiated=True, status__in=WENT_OUT)
        .exclude(customer_id=message.customer_id)
        .exclude(pk=message.pk)
    )
    if first.values("customer_id").distinct().count() < channel.daily_reach:
        return now
    oldest = first.aggregate(oldest=Min("accepted_at"))["oldest"]
    return (oldest or now) + REACH_DAY + timedelta(seconds=1)


def take_pace(chat: Conversation) -> bool:
    """Take one message's worth of the pace towards this customer and of the number's. False when one must wait.

    `chat` is locked. What waits is told by `held_until` of chat or channel, so that order is kept.
    """
    now = clock.now()
    leaves, started, owed = rules.pair_pace(chat.pace_started_at, chat.paced_until, now)
    if leaves > now:
        Conversation.objects.filter(pk=chat.pk).update(held_until=leaves)
        return False
    channel = Channel.objects.select_for_update().get(pk=chat.channel_id)
    speed = rules.NUMBER_PER_SECOND_WITH_PHONE if channel.on_phone_too else rules.NUMBER_PER_SECOND
    leaves, number_owed = rules.number_pace(channel.paced_until, now, speed)
    if leaves > now:
        Channel.objects.filter(pk=channel.pk).update(held_until=leaves)
        return False
    Channel.objects.filter(pk=channel.pk).update(paced_until=number_owed)
    Conversation.objects.filter(pk=chat.pk).update(pace_started_at=started, paced_until=owed)
    chat.pace_started_at, chat.paced_until = started, owed
    return True
