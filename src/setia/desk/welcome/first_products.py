"""The first product with its flavours and prices, written down in one go."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from setia.catalog import actions as catalog
from setia.catalog.models import Product


@dataclass(frozen=True)
class Row:
    """A flavour (empty when there is only one), how many pieces a box holds, and what the box costs."""

    flavour: str
    pack_size: int | None
    price: int


@transaction.atomic
def add(*, name: str, rows: Sequence[Row]) -> Product:
    """The product with every row, or nothing of it. Raises DomainError as the catalogue does."""
    product: Product = catalog.add_product(name=name)
    for row in rows:
        catalog.add_variant(product=product, flavour=row.flavour, pack_size=row.pack_size, price=row.price)
    return product
