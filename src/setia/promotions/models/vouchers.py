"""Codes that stand for an offer."""

from django.db import models
from django.db.models import Q

from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models import Customer


class Voucher(ShopModel):
    """A code of an offer: shared (many may use it), or single (one person, once)."""

    offer = models.ForeignKey("promotions.Offer", on_delete=models.PROTECT, related_name="vouchers")
    code = models.CharField(max_length=20)
    # Whose it is; nobody's: who holds it may use it.
    customer = models.ForeignKey(Customer, on_delete=models.SET_NULL, null=True, related_name="+")
    # 0: as often as the offer allows.
    limit = models.PositiveIntegerField(default=0)
    used = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "code"], name="voucher_code"),
            models.CheckConstraint(condition=Q(limit=0) | Q(used__lte=models.F("limit")), name="voucher_within_limit"),
        ]
        indexes = [models.Index(fields=["shop", "offer", "code"], name="voucher_of_offer")]
