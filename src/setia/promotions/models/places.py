"""Where the shop wants to grow."""

from django.db import models
from django.db.models import Q

from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models import Customer


class PlaceGoal(ShopModel):
    """So many customers of a district by a day."""

    district = models.CharField(max_length=60)
    customers = models.PositiveIntegerField()
    by_day = models.DateField()
    # How many there were when it was set.
    before = models.PositiveIntegerField(default=0)
    # The reseller or intermediary who opens the place.
    opener = models.ForeignKey(Customer, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "district"], condition=Q(removed_at=None), name="place_goal_once")
        ]
