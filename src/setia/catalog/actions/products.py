"""Write products down and change them."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from setia.catalog import events as verbs
from setia.catalog.actions import cleaning
from setia.catalog.models import Product
from setia.core import events

CLEAN = {
    "name": cleaning.product_name,
    "description": cleaning.description,
    "shelf_life_days": cleaning.shelf_life,
    "ingredients": lambda text: cleaning.words(text, most=400, field="ingredients"),
    "allergens": cleaning.allergens,
    "pirt_number": cleaning.pirt,
    "halal_number": cleaning.halal,
    "photo": lambda token: token or "",
}


@transaction.atomic
def add_product(*, name: str, **more: Any) -> Product:
    """A new product without variants, last on the list; `more` are fields of `CLEAN`, all of them optional.

    `photo` is a token of `photos.store`, `allergens` are names of `rules.ALLERGENS`. Raises DomainError for a missing
    or long name, long words, an odd shelf life, and P-IRT or halal numbers that are not well-formed.
    """
    if unknown := set(more) - set(CLEAN):
        raise TypeError(f"Not a field of a product: {sorted(unknown)}")
    fields = {"name": name} | more
    last = Product.objects.aggregate(last=Max("position"))["last"]
    product = Product.objects.create(
        **{field: CLEAN[field](value) for field, value in fields.items()}, position=0 if last is None else last + 1
    )
    events.record(verbs.PRODUCT_ADDED, subject=product)
    return product


@transaction.atomic
def change_product(*, product: Product, **changes: Any) -> Product:
    """Change fields of `CLEAN`; records which. Raises DomainError as `add_product`."""
    if unknown := set(changes) - set(CLEAN):
        raise TypeError(f"Not a changeable field of a product: {sorted(unknown)}")
    cleaned = {field: CLEAN[field](value) for field, value in changes.items()}
    changed = [field for field, value in cleaned.items() if getattr(product, field) != value]
    for field in changed:
        setattr(product, field, cleaned[field])
    if changed:
        product.save(update_fields=changed)
        events.record(verbs.PRODUCT_CHANGED, subject=product, data={"fields": sorted(changed)})
    return product
