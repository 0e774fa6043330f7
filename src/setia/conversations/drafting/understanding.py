"""From a chat message to lines on this shop's shelf: the reader's words matched to what is sold, never more.

What the reader leaves open stays open, and what the shelf makes ambiguous (two pack sizes, two products of that
flavour) is asked too.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from setia.catalog import queries as catalog
from setia.catalog.queries import Offer
from setia.conversations import reading
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
        return _catalogue(tuple((one.product, one.flavour, one.pack_size, one.unit) for one in self.offers))

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


@lru_cache(maxsize=64)
def _catalogue(rows: tuple[tuple[str, str, int | None, str], ...]) -> reading.Catalogue:
    """The same shelf gives the same catalogue: its vocabulary is made once, not for every message."""
    names = ("product", "variant", "pack_size", "unit")
    return reading.Catalogue.from_rows(dict(zip(names, row, strict=True)) for row in rows)


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
