"""What came back after an order was handed over."""

from django.db import models
from django.db.models import Q

from setia.core import clock
from setia.core.scope import ShopModel
from setia.orders.models.orders import Line, Order
from setia.shops.models import Member


class Return(ShopModel):
    """Boxes that came back, or money off afterwards: `amount` lowers the order's total by an adjustment."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="returns")
    at = models.DateTimeField(default=clock.now)
    amount = models.PositiveIntegerField()
    # How much of it went back in money; the rest lowers what is owed, or stays as credit of the customer.
    refunded = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    device_key = models.CharField(max_length=64, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "device_key"], name="return_device_key")]
        indexes = [models.Index(fields=["shop", "order"], name="return_order")]


class ReturnLine(ShopModel):
    """So many of a line came back."""

    back = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="returned")
    quantity = models.PositiveIntegerField()
    amount = models.PositiveIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="return_line_has_quantity")]
        indexes = [models.Index(fields=["shop", "line"], name="return_line")]
