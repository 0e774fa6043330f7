"""What became of a message: told by the answer to our request or, later and in any order, by WhatsApp's statuses."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from setia.conversations import events as verbs
from setia.conversations import rules
from setia.conversations.actions.channels import ask_for_templates, hold, notify, stop_template
from setia.conversations.channels.whatsapp_cloud.errors import HOLDS, Then, behaviour
from setia.conversations.models import Conversation, Message, MessageStatus, Origin
from setia.conversations.outbox.counting import count_use
from setia.core import clock, events
from setia.core.work import WorkState
from setia.customers import actions as customers
from setia.customers import queries as people
from setia.customers.models import ConsentState, Purpose


@dataclass(frozen=True)
class News:
    """A status of a message, as WhatsApp tells it."""

    status: str
    at: datetime
    wamid: str | None = None
    code: int | None = None
    details: str = ""
    pricing: dict[str, Any] | None = None


def told(message: Message, news: News) -> bool:
    """Move `message` (locked by the caller) forward by `news`. Returns whether its status changed.

    Order does not matter: the status is the highest that was told, each moment the earliest, the price the first.
    """
    before = message.status
    changes: dict[str, Any] = {}
    if message.wamid is None and news.wamid:
        # On a phone-too number our own message may have come back as an echo before we knew its id.
        Message.objects.filter(wamid=news.wamid, origin=Origin.ECHO).delete()
        changes["wamid"] = news.wamid
    if news.pricing and message.pricing is None:
        changes["pricing"] = news.pricing
    field = rules.MOMENTS[news.status]
    known = getattr(message, field)
    if known is None or news.at < known:
        changes[field] = news.at
    after = rules.advance(before, news.status)
    if after != before:
        changes["status"] = after
        changes["error_code"] = news.code if after == MessageStatus.FAILED else None
        changes["error"] = news.details[:2000] if after == MessageStatus.FAILED else ""
    if message.work_state == WorkState.WAITING:
        # WhatsApp has it, whatever our own request came to.
        changes |= {"work_state": WorkState.DONE, "lease": None, "leased_until": None}
    _write(message, changes)
    count_use(message)
    if after != before:
        _follow(message, before, news)
    return after != before


def _write(message: Message, changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        setattr(message, name, value)
    if changes:
        message.save(update_fields=list(changes))


def _follow(message: Message, before: str, news: News) -> None:
    """What a change of status means beyond the message."""
    rows = Conversation.objects.filter(pk=message.conversation_id)
    rows.update(revision=F("revision") + 1)
    if message.status == MessageStatus.FAILED:
        act_on_failure(message, news.code)
        return
    if rules.RANK[before] < rules.RANK["accepted"]:
        record_sent(message)
    if rules.RANK[message.status] >= rules.RANK["delivered"]:
        rows.exclude(undeliverable=0).update(undeliverable=0)


def record_sent(message: Message) -> None:
    """Note on the timeline that a message left the shop."""
    data = {"purpose": message.purpose}
    events.record(verbs.SENT, subject=message, customer_id=message.customer_id, data=data)


def act_on_failure(message: Message, code: int | None) -> None:
    """After a final failure: the event, and what the code means for the customer and the channel."""
    data = {"purpose": message.purpose, "code": code}
    events.record(verbs.FAILED, subject=message, customer_id=message.customer_id, data=data)
    if code is not None and code >= 0:
        heed(message, code)


def heed(message: Message, code: int) -> None:
    """What a code means beyond the message it came with: for the customer, the channel, the owner."""
    meaning = behaviour(code)
    if meaning.tell:
        notify(channel=message.conversation.channel, kind=f"error:{code}", subject=message.template_name)
    if meaning.then is Then.OPT_OUT:
        withdraw_promotion(message, how="whatsapp refused (131050)")
    elif meaning.then is Then.UNDELIVERABLE:
        Conversation.objects.filter(pk=message.conversation_id).update(undeliverable=F("undeliverable") + 1)
    elif meaning.then in HOLDS:
        hold(channel=message.conversation.channel, what=meaning.then, until=clock.now() + meaning.wait)
    elif meaning.then is Then.RESYNC_TEMPLATES:
        ask_for_templates(channel=message.conversation.channel)
    elif meaning.then is Then.STOP_TEMPLATE and message.template_name:
        until = clock.now() + rules.TEMPLATE_PAUSE if meaning.again else None
        stop_template(channel=message.conversation.channel, name=message.template_name, until=until)


def withdraw_promotion(message: Message, *, how: str) -> bool:
    """The customer of `message` wants no offers. False when that was known already."""
    if people.consents(message.customer_id)[Purpose.PROMOTION] == ConsentState.WITHDRAWN:
        return False
    customers.answer_consent(
        customer=message.customer,
        purpose=Purpose.PROMOTION,
        state=ConsentState.WITHDRAWN,
        how=how,
        evidence=f"message {message.pk}",
    )
    return True
