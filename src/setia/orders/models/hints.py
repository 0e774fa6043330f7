"""What goes well together, and whether saying so led to anything."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from setia.catalog.models import Variant
from setia.core.scope import ShopModel
from setia.orders.models.orders import Order


class Pairing(ShopModel):
    """Two variants of which buyers of the first often take the second: written anew every night.

    `lift` is already shrunk towards 1 (see `insight.together`); `together`: in how many orders both were, `of` how many
    orders with the first; `people`: the pairing counts per customer (who bought the first ever bought the second).
    """

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    people = models.BooleanField()
    lift = models.FloatField()
    together = models.PositiveIntegerField()
    of = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "people", "variant", "other"], name="pairing_once"),
        ]


class HintKind(models.TextChoices):
    TOGETHER = "together", _("Often together")
    NEW = "new", _("Never tried yet")
    FILL = "fill", _("Fills up the delivery")


class Hint(ShopModel):
    """A hint that stood beside a basket which became an order, and whether what it named was then in the order."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="hints")
    kind = models.CharField(max_length=10, choices=HintKind)
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, null=True, related_name="+")
    day = models.DateField()
    added = models.BooleanField()
    amount = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "order", "kind", "variant"], name="hint_once")]
        indexes = [models.Index(fields=["shop", "day"], name="hint_day")]
