"""What the public page and the feed show: everyone's prices, and nothing of other kinds."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from setia.catalog import rules
from setia.catalog.models import Product
from setia.catalog.queries.offers import Offer, sellable


@dataclass(frozen=True)
class PublicProduct:
    """A product as strangers see it. `pirt` and `halal` only when they are well-formed and still count."""

    product: Product
    offers: list[Offer] = field(default_factory=list)
    pirt: str = ""
    halal: str = ""


def public_products(day: date) -> list[PublicProduct]:
    """Every product of which something is sold on `day`, in the order of the shelf, at everyone's price."""
    offers = sellable(day=day)
    products = Product.objects.in_bulk({offer.product_id for offer in offers})
    shown: dict[int, PublicProduct] = {}
    for offer in offers:
        if offer.product_id not in shown:
            shown[offer.product_id] = _shown(products[offer.product_id], day)
        shown[offer.product_id].offers.append(offer)
    return list(shown.values())


def _shown(product: Product, day: date) -> PublicProduct:
    counts = bool(product.pirt_number) and rules.pirt_ends(product.pirt_number) >= day.year
    return PublicProduct(product, [], product.pirt_number if counts else "", product.halal_number)


def chosen(wanted: Iterable[tuple[str, str]], day: date, *, most: int) -> list[tuple[int, Offer]]:
    """Quantities and offers out of `("b12", "3")` pairs of a link or form; what cannot be is left out."""
    offers = {f"b{offer.variant_id}": offer for offer in sellable(day=day)}
    return [
        (int(text), offers[name])
        for name, text in wanted
        if name in offers and text.isascii() and text.isdigit() and len(text) <= 5 and 0 < int(text) <= most
    ]
