"""Automatic messages in the owner's words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from setia.core.scope import ShopModel


class Trigger(models.TextChoices):
    GREETING = "greeting", _("First message of a new customer")
    AWAY = "away", _("Somebody writes while the shop is closed")
    PRICE_LIST = "price_list", _("Somebody asks for the price list")
    CATALOGUE = "catalogue", _("Somebody asks for pictures or the catalogue")
    UNCLEAR = "unclear", _("A message that could not be understood")
    PERSON = "person", _("Somebody asks for a person")
    CONFIRMED = "confirmed", _("An order was confirmed")
    READY = "ready", _("An order is ready")
    ON_ITS_WAY = "on_its_way", _("An order is on its way")
    PAYMENT = "payment", _("The day before, when money is still open")
    THANKS_FIRST = "thanks_first", _("After a customer's first order")
    THANKS = "thanks", _("After every later order")


class Carries(models.TextChoices):
    """How an answer about prices shows them."""

    WORDS = "words", _("In words")
    PICTURE = "picture", _("As a picture")
    PRODUCTS = "products", _("As products to tap, from the WhatsApp catalogue")


# Answers that can carry something, and what they carry where the owner said nothing.
CARRIES_AT_FIRST = {Trigger.PRICE_LIST: Carries.WORDS, Trigger.CATALOGUE: Carries.PRODUCTS}

# Money is a delicate subject: the owner turns it on herself.
OFF_AT_FIRST = frozenset({Trigger.PAYMENT})


class AutoReply(ShopModel):
    """An automatic message as the owner wants it. Where there is no row or no text, the built-in text speaks."""

    trigger = models.CharField(max_length=20, choices=Trigger)
    enabled = models.BooleanField(default=True)
    text = models.TextField(blank=True)
    # For customers who are written to in English.
    text_english = models.TextField(blank=True)
    # Only between these hours of the shop's day; None is at any time.
    hours_from = models.TimeField(null=True)
    hours_until = models.TimeField(null=True)
    # Of `CARRIES_AT_FIRST`; empty is what stands there.
    carries = models.CharField(max_length=10, choices=Carries, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "trigger"], name="auto_reply_trigger")]
