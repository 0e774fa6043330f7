"""Whom we may have written down twice, and what was made one."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models.people import Customer
from setia.shops.models import Member


class SameWhy(models.TextChoices):
    NUMBER = "number", _("Same number or email, and the names are alike")
    NAME_PLACE = "name_place", _("Name and place are alike")
    NAME = "name", _("The names are alike")


class SamePair(ShopModel):
    """Two who may be one person. `different_at`: somebody said that they are not, and it is not asked again."""

    first = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=10, choices=SameWhy)
    score = models.PositiveSmallIntegerField(default=0)
    found_at = models.DateTimeField(default=clock.now)
    different_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "first", "second"], name="same_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="same_pair_in_order"),
        ]
        indexes = [
            models.Index(fields=["shop", "-score"], condition=Q(different_at__isnull=True), name="same_pair_open"),
            models.Index(fields=["shop", "second"], name="same_pair_second"),
        ]


class MergeRecord(ShopModel):
    """Two made one: every step in order, so that it can be taken back exactly."""

    kept = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    gone = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    steps = models.JSONField(default=list)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["shop", "kept", "-id"], name="merge_kept")]
