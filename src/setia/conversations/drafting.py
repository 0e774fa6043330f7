"""From a chat message to lines on this shop's shelf: the reader's words matched to what is sold, never more.

What the reader leaves open stays open, and what the shelf makes ambiguous (two pack sizes, two products of that
flavour) is asked too.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.catalog import queries as catalog
from setia.catalog.queries import Offer
from setia.conversations import reading
from setia.conversations.models import OrderDraft
from setia.conversations.reading import Item, Reading, Saved
from setia.conversations.reading.catalogue import slug
from setia.conversations.reading.lexicon import BOXES
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.orders import queries as orders
from setia.orders.models import Line, Order

# How the reader's ways of delivery are called in orders.
FULFILMENT: Final = {"pickup": "pickup", "delivery": "delivery", "courier": "courier", "expedition": "courier"}
CHANGES: Final = frozenset({"change_add", "change_replace", "change_remove"})
WANTS: Final = frozenset({"order", "reorder", "restock", "cancel"}) | CHANGES
# WhatsApp puts this before each message that is copied: "[10.15, 28/11/2026] Bu Ratna: …", "[28/11 10.15] …".
_COPIED: Final = re.compile(r"^\[[\d.:/, \u202fAaPpMm-]{5,30}\] ?([^:\n]{1,60}): ?", re.MULTILINE)


@dataclass(frozen=True)
class Shelf:
    """What is sold, as the reader and as orders know it."""

    offers: Sequence[Offer]

    @property
    def catalogue(self) -> reading.Catalogue:
        """The shelf in the reader's terms. Raises ValueError when nothing is sold."""
        return reading.Catalogue.from_rows(
            {"product": one.product, "variant": one.flavour, "pack_size": one.pack_size, "unit": one.unit}
            for one in self.offers
        )

    def of(self, product: str | None, flavour: str | None) -> list[Offer]:
        """Offers of a product (by the reader's code) in a flavour; of any flavour when the product has none."""
        return [
            one
            for one in self.offers
            if (product is None or slug(one.product) == product)
            and (slug(one.flavour) if one.flavour else None) == flavour
        ]

    def item(self, line: Line) -> Item | None:
        """A line of an order in the reader's terms; None for what is no longer sold."""
        offer = next((one for one in self.offers if one.variant_id == line.variant_id), None)
        if offer is None:
            return None
        flavour = slug(offer.flavour) if offer.flavour else None
        return Item(slug(offer.product), flavour, line.quantity, offer.unit, offer.pack_size)


def shelf(*, kind: str, day: date) -> Shelf:
    """What a kind of customer can buy on `day`."""
    return Shelf(catalog.sellable(kind=kind, day=day))


@dataclass(frozen=True)
class Understood:
    """A message as read, and what it means on the shelf. `asks` are the reader's codes and ours."""

    reading: Reading
    lines: list[dict[str, int]] = field(default_factory=list)
    asks: tuple[str, ...] = ()
    question: str = ""
    summary: str = ""

    @property
    def is_draft(self) -> bool:
        """Whether there is something to do with an order."""
        return self.reading.intent in WANTS


def understand(text: str, *, sent_at: datetime, customer: Customer | None) -> Understood:
    """Read one message of a customer. Raises ValueError when the shop sells nothing."""
    shop = current_shop()
    local = sent_at.astimezone(shop.zone)
    goods = shelf(kind=customer.kind if customer else "end", day=shop.today())
    sender = customer.display_name if customer else None
    read = reading.read(
        plain(text), sent_at=local, catalogue=goods.catalogue, sender=sender, saved=_saved(customer, goods)
    )
    read = _without_flavours(read, goods)
    items = read.last if read.intent == "reorder" and not read.items else read.items
    found = [_match(item, goods) for item in items] if read.intent in WANTS else []
    asks = [ask for line in found for ask in line.asks]
    read = read.with_asks(*asks) if asks and not (read.intent in CHANGES or read.intent == "cancel") else read
    language = customer.language if customer else shop.language
    language = "en" if language == "en" else "id"
    extra = [words for line in found for words in (_which_product(line, goods, language),) if words]
    question = " ".join([part for part in (read.question(language), *extra) if part])
    lines = [{"variant": line.offer.variant_id, "quantity": line.quantity} for line in found if line.offer]
    return Understood(
        read, lines, (*read.must_ask, *(["product_of"] if extra else [])), question, read.summary(language)
    )


def _without_flavours(read: Reading, goods: Shelf) -> Reading:
    """Nobody is asked for the flavour of what comes in none."""
    plain_goods = {slug(one.product) for one in goods.offers if not one.flavour}
    unclear = [item for item in read.items if item.product and item.variant is None]
    if "variant" in read.must_ask and all(item.product in plain_goods and not item.asked_for for item in unclear):
        return replace(read, must_ask=tuple(code for code in read.must_ask if code != "variant"))
    return read


def plain(text: str) -> str:
    """The words without what WhatsApp puts before copied messages."""
    return _COPIED.sub("", text).strip()


def copied_from(text: str) -> str:
    """The name before the first copied message, when there is one."""
    found = _COPIED.search(text)
    return found[1].strip() if found else ""


def _saved(customer: Customer | None, goods: Shelf) -> Saved | None:
    if customer is None:
        return None
    address = ", ".join(part for part in (customer.address, customer.landmark, customer.district) if part)
    last = last_order(customer.pk)
    items = [goods.item(line) for line in orders.lines_of(last)] if last else []
    return Saved(address=address or None, items=tuple(item for item in items if item))


def last_order(customer_id: int) -> Order | None:
    """The customer's latest order that was not called off."""
    return orders.orders().filter(customer_id=customer_id, cancelled_at=None).order_by("-placed_at", "-pk").first()


@dataclass(frozen=True)
class _Matched:
    item: Item
    offer: Offer | None = None
    quantity: int = 0
    asks: tuple[str, ...] = ()
    products: tuple[str, ...] = ()


def _match(item: Item, goods: Shelf) -> _Matched:
    """The one offer an item means, or what must be asked to know it."""
    if item.product is None or item.qty is None or item.qty_approx or item.components or item.candidates:
        return _Matched(item)
    if not isinstance(item.qty, int) or item.qty < 1:
        return _Matched(item, asks=("qty",))
    if item.product_inferred:
        products = tuple(dict.fromkeys(one.product for one in goods.of(None, item.variant)))
        if len(products) > 1:
            return _Matched(item, products=products)
    offers = goods.of(item.product, item.variant)
    sized = [one for one in offers if one.pack_size == item.pack_size] if item.pack_size else offers
    if len(sized) != 1:
        return _Matched(item, asks=(f"pack_size:{item.variant or item.product}",) if offers else ())
    offer = sized[0]
    if not (item.unit == offer.unit or (item.unit in BOXES and offer.unit in BOXES)):
        return _Matched(item, asks=("unit",))
    return _Matched(item, offer, item.qty)


def _which_product(line: _Matched, goods: Shelf, language: str) -> str:
    if not line.products:
        return ""
    flavour = next((one.flavour for one in goods.of(None, line.item.variant)), "")
    with translation.override(language):
        return _("%(flavour)s: which one do you mean, %(products)s?") % {
            "flavour": flavour,
            "products": _(" or ").join(line.products),
        }


# --- For the screen ---------------------------------------------------------------------------------------------------

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
    """Cards by the draft's id: two queries and one per draft about an earlier order."""
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
    return Card(
        draft=draft,
        title=str(INTENTS.get(draft.intent, _("Reads as an order"))),
        lines=lines,
        total=sum(amount for _label, _quantity, amount in lines),
        loose=_loose(draft, read),
        day=date.fromisoformat(read["date"]) if read.get("date") else None,
        clock=str(read.get("time") or ""),
        how=FULFILMENT.get(read.get("fulfilment") or "", ""),
        address=str((read.get("address") or {}).get("text") or ""),
        asks=list(dict.fromkeys(str(ASKS.get(code.partition(":")[0], code)) for code in draft.asks)),
        ready=is_ready(draft) and len(lines) == len(draft.lines),
        found=meant_orders(draft) if draft.intent == "cancel" or draft.intent in CHANGES else [],
    )


def _loose(draft: OrderDraft, read: dict[str, Any]) -> list[str]:
    if len(read.get("items") or []) == len(draft.lines):
        return []
    return [
        " ".join(
            str(part)
            for part in (
                item.get("qty"),
                item.get("unit"),
                item.get("variant") or item.get("asked_for") or item.get("product"),
            )
            if part
        ).replace("_", " ")
        for item in read.get("items") or []
    ]


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
