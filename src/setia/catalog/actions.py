"""The only writer of products, variants and prices."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from setia.catalog import events as verbs
from setia.catalog.models import Price, PriceList, Product, Variant
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.scope import current_shop


@transaction.atomic
def add_product(*, name: str, description: str = "", shelf_life_days: int | None = None, photo: Any = None) -> Product:
    """A new product without variants. Raises DomainError for an empty name."""
    if not name.strip():
        raise DomainError(_("Give the product a name."), code="name_missing", field="name")
    product = Product.objects.create(
        name=name.strip(),
        description=description.strip(),
        shelf_life_days=shelf_life_days,
        photo=photo or "",
        position=Product.objects.count(),
    )
    events.record(verbs.PRODUCT_ADDED, subject=product)
    return product


@transaction.atomic
def add_variant(
    *,
    product: Product,
    flavour: str = "",
    pack_size: int | None = None,
    unit: str = "kotak",
    sku: str = "",
    price: int | None = None,
    photo: Any = None,
    valid_from: date | None = None,
) -> Variant:
    """A flavour in a pack size, with its price for everyone. The SKU is made from the names when empty.

    Raises DomainError for a price below one or an SKU that is taken.
    """
    if pack_size is not None and pack_size < 1:
        raise DomainError(_("A pack holds at least one piece."), code="pack_size", field="pack_size")
    code = sku.strip() or slugify(f"{flavour or product.name} {pack_size or ''}")
    try:
        with transaction.atomic():
            variant = Variant.objects.create(
                product=product,
                flavour=flavour.strip(),
                pack_size=pack_size,
                unit=unit.strip() or "kotak",
                sku=code[:40],
                photo=photo or "",
                position=Variant.objects.filter(product=product).count(),
            )
    except IntegrityError as error:
        raise DomainError(_("This flavour and pack size is already there."), code="sku_taken", field="flavour") from error
    events.record(verbs.PRODUCT_CHANGED, subject=variant, data={"change": "variant added"})
    if price is not None:
        set_price(variant=variant, amount=price, valid_from=valid_from)
    return variant


@transaction.atomic
def set_price(*, variant: Variant, amount: int, valid_from: date | None = None, customer_kind: str = "") -> Price:
    """What the variant costs from a day on (default today), for a kind of customer or (empty) for everyone.

    Setting it again for the same day replaces it. Raises DomainError for an amount below one.
    """
    if amount < 1:
        raise DomainError(_("A price is more than zero. Example: 20.000."), code="price", field="price")
    day = valid_from or current_shop().today()
    price_list, _new = PriceList.objects.get_or_create(
        customer_kind=customer_kind, defaults={"name": customer_kind or "eceran"}
    )
    price, _new = Price.objects.update_or_create(
        price_list=price_list, variant=variant, valid_from=day, defaults={"amount": amount}
    )
    events.record(
        verbs.PRICE_SET,
        subject=variant,
        data={"amount": amount, "valid_from": day.isoformat(), "kind": customer_kind},
    )
    return price


def retire(*, variant: Variant | None = None, product: Product | None = None) -> None:
    """No longer sold; stays in past orders."""
    _set_retired(variant or product, clock.now())


def bring_back(*, variant: Variant | None = None, product: Product | None = None) -> None:
    """Sold again."""
    _set_retired(variant or product, None)


@transaction.atomic
def _set_retired(thing: Any, at: Any) -> None:
    if (thing.retired_at is None) != (at is None):
        thing.retired_at = at
        thing.save(update_fields=["retired_at"])
        events.record(verbs.PRODUCT_RETIRED, subject=thing, data={"retired": at is not None})
