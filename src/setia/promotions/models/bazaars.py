"""Bazaars and exhibitions: the plan, what phones at the stall wrote down, whom we met, and the count afterwards."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.catalog.models import Variant
from setia.conversations.models import EntryLink
from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models import Customer
from setia.orders.models import Order, PaymentMethod
from setia.shops.models import Member


class Bazaar(ShopModel):
    """A stall at a place on some days. What it costs are rows of `Spending`."""

    name = models.CharField(max_length=80)
    place = models.CharField(max_length=120, blank=True)
    district = models.CharField(max_length=60, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    goal_people = models.PositiveIntegerField(default=0)
    goal_sales = models.PositiveIntegerField(default=0)
    # Small change that was put into the cash box before.
    opening_cash = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    # Its own link to WhatsApp, printed as a QR code.
    entry_link = models.ForeignKey(EntryLink, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="bazaar_days")]
        indexes = [models.Index(fields=["shop", "-starts_on"], name="bazaar_newest")]

    def __str__(self) -> str:
        return self.name


class BazaarStock(ShopModel):
    """Boxes of a variant that go along, and how many came back."""

    bazaar = models.ForeignKey(Bazaar, on_delete=models.CASCADE, related_name="stock")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    brought = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "bazaar", "variant"], name="bazaar_stock_once")]


class BazaarHelper(ShopModel):
    """Who stands at the stall."""

    bazaar = models.ForeignKey(Bazaar, on_delete=models.CASCADE, related_name="helpers")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "bazaar", "member"], name="bazaar_helper_once")]


class BazaarTask(ShopModel):
    """One line of the checklist."""

    bazaar = models.ForeignKey(Bazaar, on_delete=models.CASCADE, related_name="tasks")
    label = models.CharField(max_length=120)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")


class BazaarCount(ShopModel):
    """What was counted of one way of paying after the bazaar. Counted anew, replaced."""

    bazaar = models.ForeignKey(Bazaar, on_delete=models.CASCADE, related_name="counts")
    method = models.CharField(max_length=10, choices=PaymentMethod)
    counted = models.PositiveIntegerField()
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "bazaar", "method"], name="bazaar_count_once")]


class GuestHow(models.TextChoices):
    STALL = "stall", _("At the stall")
    PAGE = "page", _("Signed up on the page")
    CHAT = "chat", _("Wrote on WhatsApp")


class Guest(ShopModel):
    """Somebody we met at a bazaar, once. `newcomer`: nobody knew them before."""

    bazaar = models.ForeignKey(Bazaar, on_delete=models.CASCADE, related_name="guests")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    how = models.CharField(max_length=8, choices=GuestHow)
    newcomer = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "bazaar", "customer"], name="bazaar_guest_once")]
        indexes = [models.Index(fields=["shop", "customer"], name="bazaar_guest_of")]


class ItemKind(models.TextChoices):
    PERSON = "person", _("Person")
    CONSENT = "consent", _("Agreed or not")
    SALE = "sale", _("Sale")
    SAMPLE = "sample", _("Taste")
    STAMPS = "stamps", _("Stamps")
    SUGGESTION = "suggestion", _("Suggestion")


class ItemState(models.TextChoices):
    DONE = "done", _("Written down")
    FAILED = "failed", _("Could not be written down")


class DeviceItem(ShopModel):
    """One thing a phone at the stall wrote down, under the key the phone made: posting it twice is one row.

    A failed one is tried again when the phone posts it again. `payload` is what the phone sent.
    """

    bazaar = models.ForeignKey(Bazaar, on_delete=models.CASCADE, related_name="items")
    key = models.CharField(max_length=64)
    device = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=10, choices=ItemKind)
    state = models.CharField(max_length=6, choices=ItemState)
    payload = models.JSONField(default=dict)
    error = models.CharField(max_length=300, blank=True)
    # The sentence of a suggestion, until the area that owns suggestions has it.
    text = models.CharField(max_length=500, blank=True)
    customer = models.ForeignKey(Customer, on_delete=models.SET_NULL, null=True, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.SET_NULL, null=True, related_name="+")
    # The phone's clock.
    made_at = models.DateTimeField()
    received_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "key"], name="bazaar_item_key")]
        indexes = [
            models.Index(fields=["shop", "bazaar", "kind"], name="bazaar_items"),
            models.Index(fields=["shop", "order"], name="bazaar_item_order"),
        ]
