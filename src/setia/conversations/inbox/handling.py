"""One item: noted as handled and carried out in the same transaction, so that it is handled once or not at all."""

import logging
from collections.abc import Callable
from enum import Enum, auto
from typing import Final

from django.db import IntegrityError, transaction

from setia.conversations.channels.whatsapp_cloud.payload import Item
from setia.conversations.inbox import accounts, echoes, history, messages, phonebook, preferences, statuses
from setia.conversations.inbox.parking import Parked
from setia.conversations.models import Channel, InboxItem
from setia.core import faults

log = logging.getLogger(__name__)


class Outcome(Enum):
    HANDLED = auto()
    REFUSED = auto()
    FAILED = auto()


Handler = Callable[[Item, Channel], None]

HANDLERS: Final[dict[str, Handler]] = {
    "message": messages.receive,
    "status": statuses.receive,
    "echo": echoes.receive,
    "history": history.receive,
    "history_error": accounts.history_refused,
    "contact": phonebook.receive,
    "preference": preferences.receive,
    "error": accounts.trouble,
    "account_update": accounts.account_update,
    "account_alerts": accounts.other_news,
    "account_review_update": accounts.other_news,
    "business_capability_update": accounts.capability,
    "security": accounts.other_news,
    "account_settings_update": accounts.other_news,
    "user_id_update": accounts.other_news,
    "calls": accounts.not_ours,
    "message_template_status_update": accounts.template_status,
    "message_template_quality_update": accounts.template_quality,
    "message_template_components_update": accounts.other_news,
    "template_category_update": accounts.template_category,
    "phone_number_quality_update": accounts.number_quality,
    "phone_number_name_update": accounts.other_news,
}


def handle(item: Item, channel: Channel) -> bool:
    """Carry out `item` for `channel` (its shop is open). False when it was handled before."""
    handler, key = HANDLERS.get(item.kind), item.key()
    if handler is None:
        keep_as_problem(item, channel, "unknown kind of news")
        return True
    try:
        with transaction.atomic():
            row = InboxItem.objects.create(key=key, kind=item.kind[:40])
            try:
                handler(item, channel)
            except Parked as parked:
                parked.keep(row, item)
            faults.point("item.handled")
    except IntegrityError:
        if InboxItem.objects.filter(key=key).exists():
            # Another worker was quicker with the same item.
            return False
        raise
    return True


def keep_as_problem(item: Item, channel: Channel, problem: str) -> None:
    """Keep an item that could not be read, and show in its chat that something came."""
    try:
        payload = item.data()
    except ValueError:
        payload = {"raw": item.raw.decode("utf-8", "replace")}
    with transaction.atomic():
        _row, new = InboxItem.objects.get_or_create(
            key=item.key(), defaults={"kind": item.kind[:40], "payload": payload, "problem": problem[:200]}
        )
        if new and item.kind == "message":
            messages.show_unreadable(item, channel, payload)
