"""What the owner laid down for orders, and the plan of single days."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.catalog.models import Variant
from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models import Customer
from setia.orders.models.orders import Order
from setia.shops.models import Member


class DepositKind(models.TextChoices):
    NONE = "none", _("No deposit is asked for")
    PERCENT = "percent", _("A part of the total")
    AMOUNT = "amount", _("The same amount for each order")


class OrderTerms(ShopModel):
    """The shop's rules for orders: one row per shop. Orders keep a copy of those for deposits they were made under."""

    deposit_kind = models.CharField(max_length=10, choices=DepositKind, default=DepositKind.NONE)
    deposit_percent = models.PositiveSmallIntegerField(default=50)
    deposit_amount = models.PositiveIntegerField(default=0)
    # From which total on a deposit is asked for.
    deposit_above = models.PositiveIntegerField(default=0)
    # So many days after ordering the deposit is due, but no later than the last day of calling off free of charge.
    pay_within_days = models.PositiveSmallIntegerField(default=2)
    # Until so many days before the day an order may be called off with the first share kept, later with the second.
    free_until_days = models.PositiveSmallIntegerField(default=3)
    kept_before = models.PositiveSmallIntegerField(default=0)
    kept_after = models.PositiveSmallIntegerField(default=100)
    # From which value of the goods on delivery costs nothing; none: never.
    free_delivery_above = models.PositiveIntegerField(null=True)
    delivery_fee = models.PositiveIntegerField(default=0)
    # How many boxes fill up what one delivery carries.
    boxes_per_delivery = models.PositiveSmallIntegerField(null=True)
    note_foot = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop"], name="order_terms_once"),
            models.CheckConstraint(
                condition=Q(deposit_percent__lte=100, kept_before__lte=100, kept_after__lte=100),
                name="order_terms_shares",
            ),
        ]


class DayPlan(ShopModel):
    """A day that differs: another number of boxes, or no orders any more."""

    day = models.DateField()
    capacity = models.PositiveIntegerField(null=True)
    closed = models.BooleanField(default=False)
    reason = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "day"], name="day_plan_once")]


class WaitingState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    ORDERED = "ordered", _("Became an order")
    GONE = "gone", _("Does not want to wait any more")


class Waiting(ShopModel):
    """Somebody who wanted boxes on a full day."""

    day = models.DateField()
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, null=True, related_name="+")
    # How to find them when they are not in the customer book.
    name = models.CharField(max_length=120, blank=True)
    boxes = models.PositiveIntegerField()
    note = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=WaitingState, default=WaitingState.WAITING)
    asked_at = models.DateTimeField(default=clock.now)
    order = models.ForeignKey(Order, on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["shop", "day"], condition=Q(state="waiting"), name="waiting_open")]

    @property
    def who(self) -> str:
        """Their name, from the book or as it was written down."""
        return self.customer.display_name if self.customer else self.name


class Baked(ShopModel):
    """How many boxes of a variant were baked for a day, as ticked off in the kitchen."""

    day = models.DateField()
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "day", "variant"], name="baked_once_a_day")]


class SetPart(ShopModel):
    """A variant that is a gift set holds so many boxes of another; the set has its own price and is one line."""

    whole = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    part = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "whole", "part"], name="set_part_once"),
            models.CheckConstraint(condition=~Q(whole=models.F("part")), name="set_holds_others"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="set_part_quantity"),
        ]


class Expected(ShopModel):
    """How many boxes of a variant a day will probably ask for: written anew every night, nothing where little is known.

    `usual`: as many are enough on every second such day; `likely`: on four days of five.
    """

    day = models.DateField()
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    usual = models.PositiveIntegerField()
    likely = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "day", "variant"], name="expected_once_a_day")]
