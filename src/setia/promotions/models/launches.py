"""Something new: who asked for it, who tasted it, how it was announced, what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from setia.catalog.models import Variant
from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models import Customer
from setia.promotions.models.campaigns import Campaign
from setia.shops.models import Member


class LaunchState(models.TextChoices):
    IDEA = "idea", _("An idea")
    TASTING = "tasting", _("Being tasted")
    ANNOUNCED = "announced", _("Announced")
    DROPPED = "dropped", _("Put aside")


class Launch(ShopModel):
    """One new product on its way from the idea to the announcement."""

    name = models.CharField(max_length=80)
    idea = models.TextField(blank=True)
    # The suggestion it came from, in the area of care.
    suggestion_id = models.PositiveBigIntegerField(null=True)
    state = models.CharField(max_length=9, choices=LaunchState, default=LaunchState.IDEA)
    variant = models.ForeignKey(Variant, on_delete=models.SET_NULL, null=True, related_name="+")
    # What on the shelf it is like: whoever buys that may like this.
    like = models.ForeignKey(Variant, on_delete=models.SET_NULL, null=True, related_name="+")
    campaign = models.ForeignKey(Campaign, on_delete=models.SET_NULL, null=True, related_name="launches")
    announced_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["shop", "-created_at"], name="launch_newest")]

    def __str__(self) -> str:
        return self.name


class Verdict(models.TextChoices):
    NONE = "", _("Not said yet")
    LIKES = "likes", _("Would buy it")
    UNSURE = "unsure", _("Not sure")
    NOT = "not", _("Not for them")


class LaunchPerson(ShopModel):
    """Somebody who asked for it, or tasted it, and what they said."""

    launch = models.ForeignKey(Launch, on_delete=models.CASCADE, related_name="people", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    asked_on = models.DateField(null=True)
    tasted_on = models.DateField(null=True)
    verdict = models.CharField(max_length=6, choices=Verdict, default=Verdict.NONE, blank=True)
    remark = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "launch", "customer"], name="launch_person_once")]
