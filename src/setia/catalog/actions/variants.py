"""Write flavours and pack sizes down and change them."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from setia.catalog import events as verbs
from setia.catalog import rules
from setia.catalog.actions import cleaning
from setia.catalog.actions.prices import set_price
from setia.catalog.models import Product, Variant
from setia.core import events
from setia.core.errors import DomainError

CLEAN = {
    "flavour": lambda text: cleaning.words(text, most=60, field="flavour"),
    "pack_size": cleaning.pack_size,
    "unit": lambda text: cleaning.words(text, most=20, field="unit") or "kotak",
    "photo": lambda token: token or "",
    "sold_from": lambda day: day,
    "sold_until": lambda day: day,
}


def _check_season(sold_from: date | None, sold_until: date | None) -> None:
    if sold_from and sold_until and sold_until < sold_from:
        raise DomainError(_("The last day lies before the first."), code="season", field="sold_until")


def _refuse_twin(product_id: int, flavour: str, pack_size: int | None, *, but: int | None = None) -> None:
    twins = Variant.objects.filter(product_id=product_id, flavour__iexact=flavour, pack_size=pack_size).exclude(pk=but)
    twin = twins.first()
    if twin is None:
        return
    if twin.retired_at:
        text = _("This flavour and pack size is among those no longer sold. Bring it back instead.")
    else:
        text = _("This flavour and pack size is there already.")
    raise DomainError(text, code="variant_there", field="flavour")


def _sku(wanted: str, words: str) -> str:
    """The code asked for, or a free one made from words. Products are few: all codes fit in one read."""
    taken = set(Variant.objects.values_list("sku", flat=True))
    code = cleaning.words(wanted, most=40, field="sku")
    if code and code in taken:
        raise DomainError(_("This code is taken. Choose another."), code="sku_taken", field="sku")
    return code or rules.sku_for(words, taken)


@transaction.atomic
def add_variant(
    *,
    product: Product,
    flavour: str = "",
    pack_size: int | None = None,
    unit: str = "kotak",
    sku: str = "",
    price: int | None = None,
    photo: str | None = None,
    valid_from: date | None = None,
    sold_from: date | None = None,
    sold_until: date | None = None,
) -> Variant:
    """A flavour in a pack size, last in its product, with its price for everyone from `valid_from` (default today).

    The SKU is made from the words when empty; `sold_from` and `sold_until` bound a season. Raises DomainError for a
    twin, a taken SKU or values that cannot be.
    """
    # One at a time per product: two helpers adding the same flavour make one.
    Product.objects.select_for_update().get(pk=product.pk)
    given = {"flavour": flavour, "pack_size": pack_size, "unit": unit, "photo": photo}
    given |= {"sold_from": sold_from, "sold_until": sold_until}
    _check_season(sold_from, sold_until)
    fields: dict[str, Any] = {field: CLEAN[field](value) for field, value in given.items()}
    _refuse_twin(product.pk, fields["flavour"], fields["pack_size"])
    last = Variant.objects.filter(product=product).aggregate(last=Max("position"))["last"]
    variant = Variant.objects.create(
        product=product,
        sku=_sku(sku, f"{fields['flavour'] or product.name} {fields['pack_size'] or ''}"),
        position=0 if last is None else last + 1,
        **fields,
    )
    events.record(verbs.PRODUCT_CHANGED, subject=product, data={"fields": ["variants"], "variant": variant.pk})
    if price is not None:
        set_price(variant=variant, amount=price, valid_from=valid_from)
    return variant


@transaction.atomic
def change_variant(*, variant: Variant, **changes: Any) -> Variant:
    """Change fields of `CLEAN`; past orders keep their words. Raises DomainError like `add_variant`."""
    if unknown := set(changes) - set(CLEAN):
        raise TypeError(f"Not a changeable field of a variant: {sorted(unknown)}")
    cleaned = {field: CLEAN[field](value) for field, value in changes.items()}
    changed = [field for field, value in cleaned.items() if getattr(variant, field) != value]
    for field in changed:
        setattr(variant, field, cleaned[field])
    _check_season(variant.sold_from, variant.sold_until)
    if {"flavour", "pack_size"} & set(changed):
        _refuse_twin(variant.product_id, variant.flavour, variant.pack_size, but=variant.pk)
    if changed:
        variant.save(update_fields=changed)
        events.record(verbs.PRODUCT_CHANGED, subject=variant, data={"fields": sorted(changed)})
    return variant
