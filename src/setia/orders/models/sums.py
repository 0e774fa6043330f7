"""What was sold on each day that is over: sums of the orders, so that a year is read as quickly as a week."""

from django.db import models

from setia.catalog.models import Variant
from setia.core.scope import ShopModel
from setia.orders.models.orders import OrderChannel
from setia.shops.models import Place


class DaySales(ShopModel):
    """Orders and money of a day by how it was ordered and where it was sold. A day that was summed has at least one row
    (without a channel where nothing was sold); any other day is counted from its orders."""

    day = models.DateField()
    channel = models.CharField(max_length=10, choices=OrderChannel, blank=True)
    place = models.ForeignKey(Place, on_delete=models.SET_NULL, null=True, related_name="+")
    orders = models.PositiveIntegerField()
    amount = models.PositiveBigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["shop", "day"], name="day_sales")]


class DayProduct(ShopModel):
    """Lines, boxes and money of a day by what was sold; of the days that `DaySales` knows."""

    day = models.DateField()
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, null=True, related_name="+")
    label = models.CharField(max_length=120)
    orders = models.PositiveIntegerField()
    boxes = models.PositiveIntegerField()
    amount = models.PositiveBigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["shop", "day"], name="day_product")]
