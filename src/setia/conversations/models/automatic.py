"""Automatic messages in the owner's words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from setia.core.scope import ShopModel


class Trigger(models.TextChoices):
    GREETING = "greeting", _("First message of a new customer")
    THANKS_FIRST = "thanks_first", _("After a customer's first order")
    THANKS = "thanks", _("After every later order")
    PRICE_LIST = "price_list", _("Somebody asks for the price list")


class AutoReply(ShopModel):
    """An automatic message as the owner wants it. Where there is no row or no text, the built-in text speaks."""

    trigger = models.CharField(max_length=20, choices=Trigger)
    enabled = models.BooleanField(default=True)
    text = models.TextField(blank=True)
    # For customers who are written to in English.
    text_english = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "trigger"], name="auto_reply_trigger")]
