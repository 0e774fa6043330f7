"""A draft as pages show it: lines with prices, what is open, which orders it may mean, the order form filled in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.catalog.queries import Offer
from setia.conversations.drafting.understanding import CHANGES, FULFILMENT, shelf
from setia.conversations.models import DraftState, OrderDraft
from setia.conversations.reading.catalogue import slug
from setia.core.scope import current_shop
from setia.orders import deductions
from setia.orders import queries as orders
from setia.orders.deductions import DeductionLine
from setia.orders.models import Order, OrderChannel

INTENTS: Final = {
    "order": gettext_lazy("Reads as an order"),
    "reorder": gettext_lazy("Wants the same as last time"),
    "restock": gettext_lazy("Wants new goods to sell"),
    "cancel": gettext_lazy("Wants to call off an order"),
    "change_add": gettext_lazy("Wants more in an order"),
    "change_replace": gettext_lazy("Wants to change an order"),
    "change_remove": gettext_lazy("Wants less in an order"),
    "question": gettext_lazy("Asks something"),
    "complaint": gettext_lazy("Sounds like a complaint"),
}
ASKS: Final = {
    "variant": gettext_lazy("the flavour"),
    "qty": gettext_lazy("how many"),
    "unit": gettext_lazy("boxes or pieces"),
    "product": gettext_lazy("something you do not sell"),
    "product_of": gettext_lazy("which product"),
    "items": gettext_lazy("what they want"),
    "date": gettext_lazy("the day"),
    "pickup_date": gettext_lazy("the day"),
    "confirm_date": gettext_lazy("whether the day is right"),
    "time": gettext_lazy("morning or evening"),
    "fulfilment": gettext_lazy("picked up or delivered"),
    "address": gettext_lazy("the address"),
    "address_if_none_saved": gettext_lazy("the address"),
    "payment": gettext_lazy("how it is paid"),
    "which_order": gettext_lazy("which order"),
    "dp_handling": gettext_lazy("what becomes of a deposit"),
    "confirm_items": gettext_lazy("whether it is the same as last time"),
    "purchase_date_or_batch": gettext_lazy("when it was bought"),
    "photo": gettext_lazy("a photo"),
    "shorter_text": gettext_lazy("only the order, in fewer words"),
    "pack_size": gettext_lazy("the pack size"),
}


@dataclass(frozen=True)
class Card:
    """A draft as a page shows it."""

    draft: OrderDraft
    title: str
    lines: list[tuple[str, int, int]]
    # What comes off by itself when it becomes an order (a tier's price, an offer), and what it costs then.
    off: list[tuple[str, int]]
    total: int
    # What the reader saw and the shelf could not place: "3 nastar".
    loose: list[str]
    day: date | None
    clock: str
    how: str
    address: str
    asks: list[str]
    ready: bool
    found: list[Order]

    @property
    def prefill(self) -> str:
        """The order form with everything that is certain."""
        return prefill(self.draft)


def cards(drafts: Iterable[OrderDraft]) -> dict[int, Card]:
    """Cards by the draft's id: two queries, one per draft about an earlier order, and what may be taken off each that
    is open."""
    rows = list(drafts)
    if not rows:
        return {}
    day = current_shop().today()
    ends, resellers = (
        {one.variant_id: one for one in shelf(kind=kind, day=day).offers} for kind in ("end", "reseller")
    )
    return {draft.pk: card(draft, resellers if _resells(draft) else ends) for draft in rows}


def _resells(draft: OrderDraft) -> bool:
    return bool(draft.customer and draft.customer.kind == "reseller")


def card(draft: OrderDraft, offers: dict[int, Offer]) -> Card:
    """A draft with labels and prices."""
    read: dict[str, Any] = draft.reading
    lines = [
        (offers[line["variant"]].label, line["quantity"], offers[line["variant"]].price * line["quantity"])
        for line in draft.lines
        if line["variant"] in offers
    ]
    off = _taken_off(draft, offers)
    return Card(
        draft=draft,
        title=str(INTENTS.get(draft.intent, _("Reads as an order"))),
        lines=lines,
        off=off,
        total=sum(amount for _label, _quantity, amount in lines) - sum(amount for _label, amount in off),
        loose=_loose(draft, read, offers),
        day=date.fromisoformat(read["date"]) if read.get("date") else None,
        clock=str(read.get("time") or ""),
        how=FULFILMENT.get(read.get("fulfilment") or "", ""),
        address=str((read.get("address") or {}).get("text") or ""),
        asks=list(dict.fromkeys(str(ASKS.get(code.partition(":")[0], code)) for code in draft.asks)),
        ready=is_ready(draft) and len(lines) == len(draft.lines),
        found=meant_orders(draft) if draft.intent == "cancel" or draft.intent in CHANGES else [],
    )


def _taken_off(draft: OrderDraft, offers: dict[int, Offer]) -> list[tuple[str, int]]:
    """The reductions that booking it takes, as the order will have them; none for what is settled already."""
    if draft.state != DraftState.OPEN or draft.customer_id is None or not draft.lines:
        return []
    lines = [
        DeductionLine(line["variant"], line["quantity"], offers[line["variant"]].price)
        for line in draft.lines
        if line["variant"] in offers
    ]
    today, due = current_shop().today(), draft.reading.get("date")
    day = max(today, date.fromisoformat(due)) if due else today
    channel = booked_as(draft)
    quotes = deductions.expected(customer_id=draft.customer_id, lines=lines, channel=channel, on=day)
    return [(quote.label, quote.amount) for quote in quotes]


def booked_as(draft: OrderDraft) -> str:
    """The channel of the order that the draft becomes."""
    return OrderChannel.RESELLER if _resells(draft) else OrderChannel.CHAT


def _loose(draft: OrderDraft, read: dict[str, Any], offers: dict[int, Offer]) -> list[str]:
    """What was understood and could not be placed on the shelf: `2 kotak keju`."""
    placed = {
        (slug(offers[line["variant"]].flavour or offers[line["variant"]].product), line["quantity"])
        for line in draft.lines
        if line["variant"] in offers
    }
    found = []
    for item in read.get("items") or []:
        if (item.get("variant") or item.get("product"), item.get("qty")) in placed:
            continue
        what = item.get("variant") or item.get("asked_for") or item.get("product")
        found.append(
            " ".join(str(part) for part in (item.get("qty"), item.get("unit"), what) if part).replace("_", " ")
        )
    return found


def is_ready(draft: OrderDraft) -> bool:
    """Whether one tap may make the order: definite, nothing open, every line certain."""
    read = draft.reading
    return (
        draft.intent in ("order", "restock")
        and not read.get("tentative")
        and not draft.asks
        and bool(draft.lines)
        and len(draft.lines) == len(read.get("items") or [])
        and bool(read.get("date"))
        and bool(read.get("fulfilment"))
    )


def meant_orders(draft: OrderDraft) -> list[Order]:
    """The open orders a cancellation or change may mean: those of the day it names, else all of the customer's."""
    if draft.customer_id is None:
        return []
    mine = orders.open_of_customer(draft.customer_id)
    if draft.intent == "cancel" and draft.reading.get("date"):
        named = [order for order in mine if order.due_on.isoformat() == draft.reading["date"]]
        return named or mine
    return mine


def draft_key(pk: int) -> str:
    """The device key of the order that a draft becomes, by whichever way."""
    return f"draft:{pk}"


def prefill(draft: OrderDraft) -> str:
    """The query string of the order form with what is certain."""
    query, read = QueryDict(mutable=True), draft.reading
    if draft.customer_id:
        query["customer"] = str(draft.customer_id)
    for line in draft.lines:
        query[f"boxes-{line['variant']}"] = str(line["quantity"])
    if read.get("date"):
        query["due_on"] = read["date"]
    if read.get("time"):
        query["due_time"] = read["time"]
    if read.get("fulfilment"):
        query["fulfilment"] = FULFILMENT[read["fulfilment"]]
    if (read.get("address") or {}).get("text"):
        query["address"] = str(read["address"]["text"])[:300]
    query["channel"] = "chat"
    # the order that is made there is this draft's
    query["device_key"] = draft_key(draft.pk)
    return query.urlencode()
