"""What the shop's own past says about each customer, and about the shop as a whole."""

from django.db import models

from setia.core.scope import ShopModel
from setia.customers.models import Customer


class Score(ShopModel):
    """Last night's view of a customer. Empty where the evidence is too thin to speak."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="scores")
    day = models.DateField()
    purchases = models.PositiveIntegerField()
    first_on = models.DateField()
    last_on = models.DateField()
    spent = models.PositiveBigIntegerField()
    # RFM, 1 (least) to 5 (most)
    recency = models.PositiveSmallIntegerField()
    frequency = models.PositiveSmallIntegerField()
    monetary = models.PositiveSmallIntegerField()
    # Rhythm, in days: the usual gap, the middle half of gaps, and how rare a gap as long as today's would be
    usual_gap = models.FloatField(null=True)
    gap_low = models.FloatField(null=True)
    gap_high = models.FloatField(null=True)
    lateness = models.FloatField(null=True)
    # Chance of at least one order in the next four weeks, and orders expected in them
    chance = models.FloatField(null=True)
    expected = models.FloatField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "customer"], name="score_once")]
        indexes = [models.Index(fields=["shop", "lateness"], name="score_lateness")]


class ShopFit(ShopModel):
    """The models' parameters of the shop at its last scoring, and on how much they rest."""

    day = models.DateField()
    customers = models.PositiveIntegerField()
    repeat_orders = models.PositiveIntegerField()
    # Customers who bought at least three times and still come, those put away left out: the headline figure.
    loyal = models.PositiveIntegerField(default=0)
    parameters = models.JSONField()
    version = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "day"], name="shop_fit_daily")]
