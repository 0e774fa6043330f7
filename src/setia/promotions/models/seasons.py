"""Dates of celebrations that the owner knows better than the calendar."""

from django.db import models

from setia.core import clock
from setia.core.scope import ShopModel
from setia.shops.models import Member


class SeasonShift(ShopModel):
    """A celebration of one year lies `days` later (or, below zero, earlier) here than the calendar says."""

    code = models.CharField(max_length=40)
    # The Gregorian year in which the calendar has it.
    year = models.PositiveSmallIntegerField()
    days = models.SmallIntegerField()
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "code", "year"], name="season_shift_once")]
