"""Goods that lie with a reseller until they are sold (titip jual): brought, sold, taken back; and the settlements."""

from django.db import models
from django.db.models import Q

from setia.catalog.models import Variant
from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models import Customer
from setia.orders.models.orders import Order
from setia.shops.models import Member


class Settlement(ShopModel):
    """What was sold between two visits, as one order."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(default=clock.now)
    amount = models.PositiveIntegerField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    device_key = models.CharField(max_length=64, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "device_key"], name="settlement_device_key")]
        indexes = [models.Index(fields=["shop", "customer", "id"], name="settlement_customer")]


class Visit(ShopModel):
    """One visit at a reseller's."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(default=clock.now)
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    device_key = models.CharField(max_length=64, null=True)
    # Taken back: written by mistake. Its goods count no more.
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "device_key"], name="visit_device_key")]
        indexes = [models.Index(fields=["shop", "customer", "id"], name="visit_customer")]


class VisitLine(ShopModel):
    """What happened to one variant at a visit. `price` is what one sold box costs the reseller."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="lines")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    sold = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)
    delivered = models.PositiveIntegerField(default=0)
    price = models.PositiveIntegerField()
    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, null=True, related_name="lines")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "visit", "variant"], name="visit_line_once"),
            models.CheckConstraint(
                condition=Q(sold__gt=0) | Q(returned__gt=0) | Q(delivered__gt=0), name="visit_line_moves"
            ),
        ]
        indexes = [models.Index(fields=["shop", "variant"], name="visit_line_variant")]
