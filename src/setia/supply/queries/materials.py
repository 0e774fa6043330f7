"""Reads of suppliers, materials, the price diary, deliveries and standards."""

from datetime import date

from django.db.models import Q, QuerySet

from setia.catalog.models import Product
from setia.core.scope import current_shop
from setia.supply.models import Lot, Material, MaterialPrice, Standard, Supplier


def all_suppliers() -> QuerySet[Supplier]:
    """Every supplier, those put away too."""
    return Supplier.objects.order_by("name", "pk")


def suppliers() -> QuerySet[Supplier]:
    """Suppliers one buys from."""
    return all_suppliers().filter(archived_at=None)


def all_materials() -> QuerySet[Material]:
    """Every material with its supplier, those put away too."""
    return Material.objects.select_related("supplier").order_by("packaging", "name", "pk")


def materials() -> QuerySet[Material]:
    """Materials in use."""
    return all_materials().filter(archived_at=None)


def diary(material: Material) -> QuerySet[MaterialPrice]:
    """The price diary of a material, latest first."""
    return MaterialPrice.objects.filter(material=material).select_related("supplier").order_by("-on", "-pk")


def lots() -> QuerySet[Lot]:
    """Every delivery with material and supplier, latest first."""
    return Lot.objects.select_related("material", "supplier").order_by("-received_on", "-pk")


def usable_lots(day: date | None = None) -> QuerySet[Lot]:
    """Lots one may bake from on a day: not sent back, not expired, not used up; by material, oldest first."""
    today = day or current_shop().today()
    fresh = Q(expires_on=None) | Q(expires_on__gte=today)
    rows = Lot.objects.filter(fresh, used_up_at=None, received_on__lte=today).exclude(verdict="rejected")
    return rows.select_related("material", "supplier").order_by("material__name", "received_on", "pk")


def standards(*, material: Material | None = None, product: Product | None = None) -> QuerySet[Standard]:
    """What is looked at in a material or a product."""
    return Standard.objects.filter(material=material, product=product, retired_at=None).order_by("pk")
