"""What messages cost, how many there were, and what the shop allows itself."""

from datetime import time

from django.db import models

from setia.conversations.models.channel import Channel
from setia.core.scope import ShopModel


class SendingRules(ShopModel):
    """When and how often the shop lets offers be sent, and how much a month may cost. No row means the defaults."""

    quiet_from = models.TimeField(default=time(20))
    quiet_until = models.TimeField(default=time(8))
    days_between_offers = models.PositiveSmallIntegerField(default=7)
    # Whole rupiah; None is no cap. Offers stop first; answers to customers never.
    monthly_cap = models.PositiveIntegerField(null=True)
    # Messages sent by hand: so many a day, and after so many in a row a rest of minutes.
    by_hand_a_day = models.PositiveSmallIntegerField(default=40)
    by_hand_in_a_row = models.PositiveSmallIntegerField(default=10)
    by_hand_rest = models.PositiveSmallIntegerField(default=15)
    # The owner's own ways to begin, one a line, with `{name}`; empty means the built-in ones.
    greetings = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop"], name="sending_rules_once")]


class Rate(ShopModel):
    """What one message of a category costs from a day on, in whole rupiah, as the owner entered it."""

    category = models.CharField(max_length=30)
    amount = models.PositiveIntegerField()
    valid_from = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "category", "valid_from"], name="rate_once_a_day")]


class MonthlyUse(ShopModel):
    """How many messages of a kind arrived in a month, as WhatsApp itself counted them."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="uses")
    month = models.DateField()
    category = models.CharField(max_length=30)
    # `regular` is billed, the others are free of charge.
    type = models.CharField(max_length=30)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "channel", "month", "category", "type"], name="monthly_use_once")
        ]
