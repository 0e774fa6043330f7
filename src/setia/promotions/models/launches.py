"""Something new: from the idea to what became of it."""

from django.db import models

from setia.care.models import Suggestion
from setia.catalog.models import Variant
from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models import Customer
from setia.promotions.models.campaigns import Campaign
from setia.shops.models import Member


class Launch(ShopModel):
    """A product on its way into the shop. Where it stands follows from what is filled in."""

    name = models.CharField(max_length=80)
    suggestion = models.ForeignKey(Suggestion, on_delete=models.SET_NULL, null=True, related_name="+")
    # The new product, once it is among the products.
    variant = models.ForeignKey(Variant, on_delete=models.SET_NULL, null=True, related_name="+")
    campaign = models.ForeignKey(Campaign, on_delete=models.SET_NULL, null=True, related_name="+")
    # The shop's day from which uptake is counted.
    announced_on = models.DateField(null=True)
    result_seen_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["shop", "-created_at"], name="launch_newest")]

    def __str__(self) -> str:
        return self.name


class LaunchAlike(ShopModel):
    """A product that the new one resembles: who likes that may like this."""

    launch = models.ForeignKey(Launch, on_delete=models.CASCADE, related_name="alike")
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "launch", "variant"], name="launch_alike_once")]


class LaunchTaster(ShopModel):
    """Somebody who is to taste it first."""

    launch = models.ForeignKey(Launch, on_delete=models.CASCADE, related_name="tasters")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "launch", "customer"], name="launch_taster_once")]
        indexes = [models.Index(fields=["shop", "customer"], name="launch_taster_of")]
