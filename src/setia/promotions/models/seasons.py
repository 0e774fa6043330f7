"""What the owner settled about a celebration: its date, its words, when to invite and when to close orders."""

from django.db import models

from setia.catalog.models import Variant
from setia.core import clock
from setia.core.scope import ShopModel


class SeasonPlan(ShopModel):
    """The plan of a season of the calendar; without one the house's own offsets hold.

    `year`: the Gregorian year in which it begins; 0: every year.
    """

    code = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField(default=0)
    # Days by which the owner moved the date; None: as the calendar says (0 settles it).
    shift = models.SmallIntegerField(null=True)
    invite_before = models.PositiveSmallIntegerField(null=True)
    close_before = models.PositiveSmallIntegerField(null=True)
    capacity = models.PositiveIntegerField(null=True)
    message = models.TextField(blank=True)
    variant = models.ForeignKey(Variant, on_delete=models.SET_NULL, null=True, related_name="+")
    skipped = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "code", "year"], name="season_plan_once")]
