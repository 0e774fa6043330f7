"""Who knocked when: so that one visitor, or many, cannot bury the shop in orders."""

from django.db import models

from setia.core import clock
from setia.core.scope import ShopModel


class Knock(ShopModel):
    """One order from the page. `origin` is a digest that changes every day: whose address it was cannot be told."""

    origin = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["shop", "at"], name="knock_at")]
