"""Offers: what comes off, of what, when, for whom, and how far it may go."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.catalog.models import Variant
from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models import Customer
from setia.orders.models import Order
from setia.promotions.models.vouchers import Voucher
from setia.shops.models import Member


class OfferKind(models.TextChoices):
    PERCENT = "percent", _("So many percent off")
    AMOUNT = "amount", _("An amount off")
    BUY_GET = "buy_get", _("Buy some, get some free")
    BUNDLE = "bundle", _("Several together for one price")
    DELIVERY = "delivery", _("Free delivery")
    SAMPLE = "sample", _("A box to taste for free")


class OfferState(models.TextChoices):
    ON = "on", _("Running")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")


class Stacking(models.TextChoices):
    ALONE = "alone", _("Never with another offer")
    TOGETHER = "together", _("Also with other offers")


class Offer(ShopModel):
    """One offer. `used` and `spent` are its account, kept by conditional updates: it stops by itself."""

    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=OfferKind)
    percent = models.PositiveSmallIntegerField(default=0)
    # Rupiah off; the price of a bundle; at most so much for delivery; the most a percentage may take (0: no limit).
    amount = models.PositiveIntegerField(default=0)
    most = models.PositiveIntegerField(default=0)
    buy = models.PositiveSmallIntegerField(default=0)
    get = models.PositiveSmallIntegerField(default=0)
    # What it is about; nothing: everything that is sold. Of a sample: the box that is free.
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, null=True, related_name="+")
    # For whom, where, when; empty: everybody, everywhere, always.
    customer_kind = models.CharField(max_length=12, blank=True)
    channels = models.JSONField(default=list)
    weekdays = models.JSONField(default=list)
    district = models.CharField(max_length=60, blank=True)
    first_only = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    least_purchase = models.PositiveIntegerField(default=0)
    # How far it may go; 0: no limit.
    per_person = models.PositiveIntegerField(default=0)
    limit = models.PositiveIntegerField(default=0)
    budget = models.PositiveBigIntegerField(default=0)
    stacking = models.CharField(max_length=8, choices=Stacking, default=Stacking.ALONE)
    by_code = models.BooleanField(default=False)
    used = models.PositiveIntegerField(default=0)
    spent = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=6, choices=OfferState, default=OfferState.ON)
    # It stopped by itself because the budget or the limit was reached.
    stopped_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(limit=0) | Q(used__lte=models.F("limit")), name="offer_within_limit"),
            models.CheckConstraint(condition=Q(budget=0) | Q(spent__lte=models.F("budget")), name="offer_in_budget"),
        ]
        indexes = [models.Index(fields=["shop", "state", "starts_on"], name="offer_running")]

    def __str__(self) -> str:
        return self.name


class OfferPart(ShopModel):
    """What a bundle consists of."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="parts")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "offer", "variant"], name="offer_part_once")]


class OfferUse(ShopModel):
    """An offer that was used in an order, or given back when the order was called off."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="uses")
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, null=True, related_name="uses")
    order = models.ForeignKey(Order, on_delete=models.SET_NULL, null=True, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.SET_NULL, null=True, related_name="+")
    amount = models.PositiveIntegerField()
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    given_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "order", "offer"], condition=Q(given_back_at=None), name="offer_use_once"
            )
        ]
        indexes = [models.Index(fields=["shop", "offer", "-at"], name="offer_use_newest")]
