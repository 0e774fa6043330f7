"""Items that wait for something not known yet: news about a message whose own news is still on its way.

WhatsApp keeps no order, and its news can overtake even the answer to our own request. Whoever makes the missing thing
known calls `settle_waiting`; the sweep does the same for what slipped by.
"""

from datetime import timedelta
from typing import Any, Final

import msgspec
from django.db import transaction
from django.db.models import Exists, OuterRef

from setia.conversations.channels.whatsapp_cloud.payload import Item
from setia.conversations.models import Channel, InboxItem, Message
from setia.core import clock
from setia.core.scope import open_shop

# WhatsApp's own horizon for late deliveries.
PATIENCE: Final = timedelta(days=7)


class Parked(Exception):
    """Raised by a handler before it changed anything: the item waits for `what` (a wamid, `name:<number>`)."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what

    def keep(self, row: InboxItem, item: Item) -> None:
        """Note on the item's row what it waits for, and all that is needed to carry it out later."""
        row.waits_for = self.what[:140]
        row.parked_until = clock.now() + PATIENCE
        row.payload = {"item": item.data(), "number": item.number, "display": item.display_number}
        row.save(update_fields=["waits_for", "parked_until", "payload"])


def waiting_for(*what: str) -> list[tuple[InboxItem, dict[str, Any]]]:
    """The parked items that wait for one of these, oldest first, with what was kept of them; each comes out once."""
    rows = list(InboxItem.objects.select_for_update(of=("self",)).filter(waits_for__in=what).order_by("pk"))
    if rows:
        InboxItem.objects.filter(pk__in=[row.pk for row in rows]).update(waits_for="", parked_until=None, payload=None)
    return [(row, row.payload) for row in rows]


@transaction.atomic
def give_up_waiting() -> int:
    """Of every shop: items that waited in vain. Kept as problems without their content. Returns how many."""
    late = InboxItem.across_shops.exclude(waits_for="").filter(parked_until__lt=clock.now())
    return late.update(waits_for="", parked_until=None, payload=None, problem="what it is about never came")


def settle_waiting(channel: Channel, *what: str) -> int:
    """Carry out what waited for these, in the caller's transaction. Returns how many items there were."""
    # Handlers park items and make the missing known: the two modules need each other.
    from setia.conversations.inbox.handling import HANDLERS

    rows = waiting_for(*what)
    for row, kept in rows:
        item = Item(channel.waba_id, kept["number"], kept["display"], row.kind, msgspec.json.encode(kept["item"]))
        HANDLERS[row.kind](item, channel)
    return len(rows)


def settle_slipped() -> int:
    """Of every shop: items whose message became known in the very moment they were parked. Returns how many."""
    known = Message.across_shops.filter(shop_id=OuterRef("shop_id"), wamid=OuterRef("waits_for"))
    # Across shops: a sweep.
    rows = InboxItem.across_shops.exclude(waits_for="").filter(Exists(known)).select_related("shop")
    count = 0
    for row in rows[:500]:
        with open_shop(row.shop), transaction.atomic():
            message = Message.objects.select_related("conversation__channel").get(wamid=row.waits_for)
            count += settle_waiting(message.conversation.channel, row.waits_for)
    return count
