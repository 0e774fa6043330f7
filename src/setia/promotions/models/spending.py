"""What finding customers costs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models import Source
from setia.promotions.models.bazaars import Bazaar
from setia.shops.models import Member


class SpendingKind(models.TextChoices):
    RENT = "rent", _("Rent, place")
    SAMPLES = "samples", _("Tastes")
    PRINTING = "printing", _("Printing")
    TRAVEL = "travel", _("Travel")
    TIME = "time", _("Own time")
    REWARDS = "rewards", _("Thanks and rewards")
    OTHER = "other", _("Something else")


class Spending(ShopModel):
    """Money or time spent on a source, in rupiah. Taken out, it stays as a row."""

    source = models.CharField(max_length=20, choices=Source)
    kind = models.CharField(max_length=10, choices=SpendingKind)
    bazaar = models.ForeignKey(Bazaar, on_delete=models.SET_NULL, null=True, related_name="spendings")
    label = models.CharField(max_length=120, blank=True)
    amount = models.PositiveIntegerField()
    # Of own time: how long; the amount is what an hour cost by the rules of that day.
    minutes = models.PositiveIntegerField(null=True)
    spent_on = models.DateField()
    created_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["shop", "spent_on"], name="spending_day")]
