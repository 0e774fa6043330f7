"""Tastes that were given away."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.catalog.models import Variant
from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models import Customer
from setia.orders.models import Order
from setia.promotions.models.bazaars import Bazaar
from setia.shops.models import Member


class SampleWhere(models.TextChoices):
    COUNTER = "counter", _("Counter")
    BAZAAR = "bazaar", _("Bazaar")
    DELIVERY = "delivery", _("With a delivery")
    OTHER = "other", _("Somewhere else")


class Sample(ShopModel):
    """A taste of a variant: of somebody by name, or so many without names."""

    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.SET_NULL, null=True, related_name="+")
    where = models.CharField(max_length=8, choices=SampleWhere)
    bazaar = models.ForeignKey(Bazaar, on_delete=models.SET_NULL, null=True, related_name="samples")
    order = models.ForeignKey(Order, on_delete=models.SET_NULL, null=True, related_name="+")
    count = models.PositiveIntegerField(default=1)
    # The shop's day of `at`.
    given_on = models.DateField()
    at = models.DateTimeField(default=clock.now)
    key = models.CharField(max_length=64, null=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "key"], name="sample_key"),
            models.CheckConstraint(condition=Q(count__gt=0), name="sample_some"),
        ]
        indexes = [
            models.Index(fields=["shop", "given_on"], name="sample_day"),
            models.Index(fields=["shop", "customer", "-given_on"], name="sample_of"),
        ]
