"""Suppliers and materials, the price diary, deliveries."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.supply import events as verbs
from setia.supply.models import Lot, Material, MaterialPrice, Supplier

SUPPLIER_FIELDS = ("name", "kind", "phone", "note")
MATERIAL_FIELDS = ("name", "unit", "supplier", "packaging")


def _named(name: str) -> str:
    text = " ".join(name.split())
    if not text:
        raise DomainError(_("Write down a name."), code="name", field="name")
    return text


def _save(row: Any, taken: str) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise DomainError(taken, code="taken", field="name") from error
    events.record(verbs.SUPPLIER_CHANGED, subject=row)


@transaction.atomic
def add_supplier(*, name: str, kind: str = "permanent", phone: str = "", note: str = "") -> Supplier:
    """Write a supplier down. Raises DomainError without a name or with one that is taken."""
    row = Supplier(name=_named(name), kind=kind, phone=phone, note=note.strip())
    _save(row, _("There is a supplier with this name already."))
    return row


@transaction.atomic
def change_supplier(*, supplier: Supplier, **changes: Any) -> Supplier:
    """Change name, kind, phone or note."""
    for field in SUPPLIER_FIELDS:
        if field in changes:
            setattr(supplier, field, _named(changes[field]) if field == "name" else changes[field])
    _save(supplier, _("There is a supplier with this name already."))
    return supplier


@transaction.atomic
def add_material(*, name: str, unit: str = "kg", supplier: Supplier | None = None, packaging: bool = False) -> Material:
    """Write a material down. Raises DomainError without a name or with one that is taken."""
    row = Material(name=_named(name), unit=unit, supplier=supplier, packaging=packaging)
    _save(row, _("There is a material with this name already."))
    return row


@transaction.atomic
def change_material(*, material: Material, **changes: Any) -> Material:
    """Change name, unit, whose price counts, or whether it is packaging."""
    for field in MATERIAL_FIELDS:
        if field in changes:
            setattr(material, field, _named(changes[field]) if field == "name" else changes[field])
    _save(material, _("There is a material with this name already."))
    return material


@transaction.atomic
def archive(*, row: Supplier | Material) -> None:
    """Put a supplier or material away; what was written with it stays."""
    if type(row).objects.filter(pk=row.pk, archived_at=None).update(archived_at=clock.now()):
        events.record(verbs.SUPPLIER_CHANGED, subject=row, data={"archived": True})


@transaction.atomic
def restore(*, row: Supplier | Material) -> None:
    """Take it back."""
    if type(row).objects.filter(pk=row.pk).exclude(archived_at=None).update(archived_at=None):
        events.record(verbs.SUPPLIER_CHANGED, subject=row, data={"archived": False})


@transaction.atomic
def note_price(
    *, material: Material, supplier: Supplier, amount: int, on: date | None = None, paid: bool = False
) -> MaterialPrice:
    """A line of the price diary: rupiah per unit on a day (default today). Raises DomainError for a day to come."""
    day = on or current_shop().today()
    if day > current_shop().today():
        raise DomainError(_("Write down prices on the day they are known, not before."), code="future", field="on")
    if amount < 1:
        raise DomainError(_("A price is more than zero."), code="price", field="amount")
    row: MaterialPrice = MaterialPrice.objects.create(
        material=material, supplier=supplier, amount=amount, on=day, paid=paid
    )
    events.record(verbs.PRICE_NOTED, subject=material, data={"amount": amount, "supplier": supplier.pk})
    return row


@transaction.atomic
def receive(
    *,
    material: Material,
    supplier: Supplier,
    quantity: Decimal,
    cost: int,
    code: str = "",
    promised_on: date | None = None,
    received_on: date | None = None,
    expires_on: date | None = None,
) -> Lot:
    """A delivery came in; what was paid per unit goes into the price diary.

    Raises DomainError for nothing delivered, a day to come, or goods that had expired already.
    """
    day = received_on or current_shop().today()
    if quantity <= 0:
        raise DomainError(_("How much came in?"), code="quantity", field="quantity")
    if day > current_shop().today():
        raise DomainError(_("This day has not come yet."), code="future", field="received_on")
    if expires_on is not None and expires_on < day:
        raise DomainError(_("This had expired when it came. Send it back."), code="expired", field="expires_on")
    lot: Lot = Lot.objects.create(
        material=material,
        supplier=supplier,
        code=code.strip(),
        quantity=quantity,
        cost=cost,
        promised_on=promised_on,
        received_on=day,
        expires_on=expires_on,
    )
    if cost:
        each = max(1, round(Decimal(cost) / quantity))
        note_price(material=material, supplier=supplier, amount=each, on=day, paid=True)
    events.record(verbs.LOT_RECEIVED, subject=lot, data={"material": material.pk, "cost": cost})
    return lot


@transaction.atomic
def use_up(*, lot: Lot, used: bool = True) -> None:
    """Nothing is left of a lot (or there is, after all): it is offered for baking no more."""
    Lot.objects.filter(pk=lot.pk).update(used_up_at=clock.now() if used else None)
