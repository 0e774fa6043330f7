"""Where money comes in: the shop's QRIS code and accounts, and the count of the till at the end of a day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.core import clock
from setia.core.scope import ShopModel
from setia.shops.models import Member


class QrisCode(ShopModel):
    """The shop's own fixed code, as its text. A new one retires the one before; the old ones stay as history."""

    payload = models.CharField(max_length=512)
    merchant = models.CharField(max_length=60)
    city = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop"], condition=Q(retired_at=None), name="qris_one_in_use"),
        ]


class AccountKind(models.TextChoices):
    BANK = "bank", _("Bank")
    EWALLET = "ewallet", _("E-wallet")


class MoneyAccount(ShopModel):
    """A bank account or e-wallet of the shop, as it is written to customers."""

    kind = models.CharField(max_length=10, choices=AccountKind, default=AccountKind.BANK)
    name = models.CharField(max_length=40)
    number = models.CharField(max_length=40)
    holder = models.CharField(max_length=60, blank=True)
    retired_at = models.DateTimeField(null=True)


class TillDay(ShopModel):
    """The till of one day: what was in it, what was counted, what should have been there. Counted anew, replaced."""

    day = models.DateField()
    opening = models.PositiveIntegerField(default=0)
    taken_out = models.PositiveIntegerField(default=0)
    counted = models.PositiveIntegerField()
    expected = models.IntegerField()
    note = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(default=clock.now)
    closed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "day"], name="till_once_a_day")]

    @property
    def difference(self) -> int:
        """Counted less expected: below zero, something is missing."""
        return self.counted - self.expected
