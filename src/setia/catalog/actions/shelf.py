"""What stands on the shelf, and in which order."""

from typing import Any

from django.db import transaction

from setia.catalog import events as verbs
from setia.catalog.models import Product, Variant
from setia.core import clock, events


def retire(*, variant: Variant | None = None, product: Product | None = None) -> bool:
    """No longer sold (a product with all its flavours); past orders keep it. False when it was so already."""
    return _set_retired(_one(variant, product), True)


def bring_back(*, variant: Variant | None = None, product: Product | None = None) -> bool:
    """Sold again. False when it was so already."""
    return _set_retired(_one(variant, product), False)


def _one(variant: Variant | None, product: Product | None) -> Variant | Product:
    if (variant is None) == (product is None):
        raise TypeError("Name a variant or a product.")
    return variant or product  # type: ignore[return-value]


@transaction.atomic
def _set_retired(thing: Any, retired: bool) -> bool:
    at = clock.now() if retired else None
    if not type(thing).objects.filter(pk=thing.pk, retired_at__isnull=retired).update(retired_at=at):
        return False
    thing.retired_at = at
    events.record(verbs.PRODUCT_RETIRED, subject=thing, data={"retired": retired})
    return True


@transaction.atomic
def move_up(*, variant: Variant) -> bool:
    """Change places with the flavour before it among those sold. False when it is the first."""
    Product.objects.select_for_update().get(pk=variant.product_id)
    order = list(Variant.objects.filter(product_id=variant.product_id).order_by("position", "pk"))
    place = next(index for index, other in enumerate(order) if other.pk == variant.pk)
    before = [index for index, other in enumerate(order[:place]) if other.retired_at is None]
    if not before:
        return False
    order.insert(before[-1], order.pop(place))
    for position, other in enumerate(order):
        Variant.objects.filter(pk=other.pk).exclude(position=position).update(position=position)
    events.record(verbs.PRODUCT_CHANGED, subject=variant, data={"fields": ["position"]})
    return True
