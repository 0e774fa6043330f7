"""Goals for places: so many customers there by a day."""

from django.db import models

from setia.core import clock
from setia.core.scope import ShopModel
from setia.shops.models import Member


class PlaceGoal(ShopModel):
    """So many customers of a district, or of a whole regency, by a day. Taken out, it stays as a row."""

    # The name of a district as customers have it, or of a regency where `whole`.
    place = models.CharField(max_length=60)
    whole = models.BooleanField(default=False)
    customers = models.PositiveIntegerField()
    by_day = models.DateField()
    # How many there were when the goal was set.
    started_with = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["shop", "by_day"], name="place_goal_day")]

    def __str__(self) -> str:
        return self.place
