"""What people owe the shop: a ledger that is only added to, and the terms each of them has."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models import Customer
from setia.orders.models.orders import Order, Payment, PaymentMethod
from setia.shops.models import Member


class CreditKind(models.TextChoices):
    SALE = "sale", _("Bought on credit")
    BACK = "back", _("Taken off again")
    PAYMENT = "payment", _("Paid")
    OPENING = "opening", _("Owed from before")
    WAIVED = "waived", _("Let go")
    CORRECTION = "correction", _("Put right")


class CreditTerms(ShopModel):
    """How long, and how much, a person may owe. Its row is locked while their ledger is written."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    tempo_days = models.PositiveSmallIntegerField(default=7)
    # None: no limit.
    limit = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "customer"], name="credit_terms_once")]


class CreditEntry(ShopModel):
    """One line of a person's ledger. Positive: they owe more. What they owe is the sum, and nothing else."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=CreditKind)
    amount = models.IntegerField()
    # By when a debt is to be paid; none for what makes it smaller.
    due_on = models.DateField(null=True)
    on = models.DateField()
    at = models.DateTimeField(default=clock.now)
    # The order's payment "on credit" that made it; a part of a payment back makes it smaller.
    order = models.ForeignKey(Order, on_delete=models.PROTECT, null=True, related_name="+")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, null=True, related_name="+")
    # How money came in, for the till.
    method = models.CharField(max_length=10, choices=PaymentMethod, blank=True)
    reverses = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    device_key = models.CharField(max_length=64, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "device_key"], name="credit_device_key"),
            models.UniqueConstraint(fields=["shop", "payment"], name="credit_payment_once"),
            models.UniqueConstraint(fields=["shop", "reverses"], name="credit_reversed_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="credit_amount"),
        ]
        indexes = [
            models.Index(fields=["shop", "customer", "id"], name="credit_ledger"),
            models.Index(fields=["shop", "on"], condition=~Q(method=""), name="credit_money"),
        ]
