"""What can be sold, and for how much."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from setia.catalog import rules
from setia.catalog.models import Price, Variant
from setia.core import money
from setia.core.scope import current_shop


@dataclass(frozen=True)
class Offer:
    """A variant that is sold, at the price of one kind of customer. `photo` is a token, empty without a picture."""

    variant_id: int
    product: str
    label: str
    flavour: str
    pack_size: int | None
    unit: str
    price: int
    photo: str
    sku: str = ""
    product_id: int = 0


def prices(variant_ids: Iterable[int] | None, *, kind: str = "end", day: date) -> dict[int, int]:
    """The price of each variant (of all when None) on `day` for a kind of customer, in one query.

    The kind's own list counts, else the one for everyone. Variants without a price are left out.
    """
    rows = Price.objects.filter(
        valid_from__lte=day, price_list__customer_kind__in={rules.EVERYONE, rules.list_of(kind)}
    )
    if variant_ids is not None:
        rows = rows.filter(variant_id__in=list(variant_ids))
    # everyone's list (the empty kind) before the kind's own, old before new: what comes later counts
    rows = rows.order_by("price_list__customer_kind", "valid_from")
    return dict(rows.values_list("variant_id", "amount"))


def sold(day: date) -> QuerySet[Variant]:
    """Variants that may be sold on `day`: not retired, and in their season. Whether they have a price is told apart."""
    rows = Variant.objects.filter(retired_at=None, product__retired_at=None).select_related("product")
    return rows.filter(Q(sold_from=None) | Q(sold_from__lte=day), Q(sold_until=None) | Q(sold_until__gte=day))


def sellable(*, kind: str = "end", day: date) -> list[Offer]:
    """What can be sold on `day` to a kind of customer, in the order of the shelf: two queries. No price, no offer."""
    known = prices(None, kind=kind, day=day)
    rows = sold(day).filter(pk__in=known)
    return [
        Offer(
            variant_id=variant.pk,
            product=variant.product.name,
            label=variant.label,
            flavour=variant.flavour,
            pack_size=variant.pack_size,
            unit=variant.unit,
            price=known[variant.pk],
            photo=variant.photo or variant.product.photo,
            sku=variant.sku,
            product_id=variant.product_id,
        )
        for variant in rows.order_by("product__position", "product_id", "position", "pk")
    ]


def price_list_text(*, kind: str = "end", day: date) -> str:
    """The price list as a WhatsApp text, in the active language, for one kind of customer."""
    offers = sellable(kind=kind, day=day)
    if not offers:
        return _("Our price list is being renewed. Please ask us.")
    values = {"shop": current_shop().name, "day": date_format(day, "j F Y")}
    parts = [_("*Price list of %(shop)s*\n%(day)s") % values]
    for product, items in groupby(offers, key=lambda offer: offer.product):
        parts.append("\n".join([f"*{product}*", *(_line(offer) for offer in items)]))
    parts.append(_("Reply with the flavour and how many, and we write your order down."))
    return "\n\n".join(parts)


def _line(offer: Offer) -> str:
    return f"• {priced(offer, get_language() or 'id')}"


def priced(offer: Offer, language: str) -> str:
    """`Keju isi 10: Rp24.000`: an offer in one line of a message."""
    locale: money.Locale = "id" if language == "id" else "en"
    return f"{offer.label}: {money.format_money(offer.price, current_shop().currency, locale)}"


# What WhatsApp takes in one message with products.
MOST_SECTIONS, MOST_ITEMS, LONGEST_TITLE = 10, 30, 24


def product_sections(*, kind: str = "end", day: date) -> list[dict[str, Any]]:
    """The sections of a WhatsApp message with a list of products, as `product_list` wants them; ids are SKUs.

    Only for shops whose WhatsApp catalogue reads our feed: it knows everyone's prices, so other kinds get none.
    """
    if rules.list_of(kind) != rules.EVERYONE:
        return []
    offers = sellable(kind=kind, day=day)[:MOST_ITEMS]
    groups = groupby(offers, key=lambda offer: (offer.product_id, offer.product))
    return [
        {"title": product[:LONGEST_TITLE], "product_items": [{"product_retailer_id": one.sku} for one in items]}
        for (_pk, product), items in groups
    ][:MOST_SECTIONS]
