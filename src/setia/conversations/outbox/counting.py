"""The month's account: every message that arrived is counted once, in the category and at the type WhatsApp says."""

from typing import Any

from django.db.models import F

from setia.conversations import costs, rules
from setia.conversations.actions.channels import notify
from setia.conversations.models import Message, MonthlyUse
from setia.core import clock
from setia.core.scope import current_shop


def count_use(message: Message) -> bool:
    """Count `message` (locked) when it has arrived and its price is known. False when not, or when it was counted."""
    arrived = rules.RANK[message.status] >= rules.RANK["delivered"]
    if message.counted or not arrived or not isinstance(message.pricing, dict):
        return False
    message.counted = True
    message.save(update_fields=["counted"])
    moment = message.delivered_at or message.read_at or clock.now()
    use, _new = MonthlyUse.objects.get_or_create(
        channel_id=message.conversation.channel_id,
        month=costs.month_of(current_shop().day_of(moment)),
        category=_word(message.pricing, "category") or "service",
        type=_word(message.pricing, "type") or "regular",
    )
    MonthlyUse.objects.filter(pk=use.pk).update(count=F("count") + 1)
    if use.type == "free_customer_service" and (mark := rules.crossed(use.count, use.count + 1)):
        notify(channel=message.conversation.channel, kind=f"free:{mark}", subject=f"{use.month:%Y-%m}")
    return True


def _word(pricing: dict[str, Any], name: str) -> str:
    word = pricing.get(name)
    return word[:30] if isinstance(word, str) else ""
