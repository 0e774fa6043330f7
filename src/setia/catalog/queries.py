"""Reads of products and prices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from setia.catalog.models import Price, Product, Variant
from setia.core import money
from setia.core.scope import current_shop


@dataclass(frozen=True)
class Offer:
    """A variant that is sold now, at the price of one kind of customer."""

    variant_id: int
    product: str
    label: str
    flavour: str
    pack_size: int | None
    unit: str
    price: int
    photo: Any


def prices(variant_ids: Iterable[int] | None, *, kind: str = "end", day: date) -> dict[int, int]:
    """The price of each variant on `day` for a kind of customer; that of everyone where the kind has none of its own."""
    rows = Price.objects.filter(valid_from__lte=day, price_list__customer_kind__in=["", kind])
    if variant_ids is not None:
        rows = rows.filter(variant_id__in=list(variant_ids))
    found: dict[int, int] = {}
    # general before special, old before new: what comes later counts
    for variant_id, amount in rows.order_by("price_list__customer_kind", "valid_from").values_list("variant_id", "amount"):
        found[variant_id] = amount
    return found


def sellable(*, kind: str = "end", day: date) -> list[Offer]:
    """What can be sold on `day` to a kind of customer: variants with a price, in the order of the list."""
    known = prices(None, kind=kind, day=day)
    rows = Variant.objects.filter(retired_at=None, product__retired_at=None).select_related("product")
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
        )
        for variant in rows.order_by("product__position", "product_id", "position", "pk")
        if variant.pk in known
    ]


def price_list_text(*, kind: str = "end", day: date) -> str:
    """The price list as a WhatsApp text in the active language."""
    offers = sellable(kind=kind, day=day)
    if not offers:
        return _("Our price list is being renewed. Please ask us.")
    lines = [_("*Price list of %(shop)s*") % {"shop": current_shop().name}]
    product = ""
    for offer in offers:
        if offer.product != product:
            product = offer.product
            lines.append(f"\n{product}")
        lines.append(f"• {offer.label}: {money.format_money(offer.price)}")
    return "\n".join(lines)


def products() -> QuerySet[Product]:
    """Every product, retired ones last."""
    return Product.objects.order_by("retired_at", "position", "pk")
