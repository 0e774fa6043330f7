"""What customers were asked about their satisfaction, and what they said."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.care.models.complaints import Complaint, Source
from setia.conversations.models import Message
from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models import Customer
from setia.orders.models import Order


class Form(models.TextChoices):
    """The questions (`wording`)."""

    CSAT = "csat", _("How satisfied with an order")
    NPS = "nps", _("Would they tell others")
    SHORT = "short", _("Five questions about service")
    FULL = "full", _("Twenty-two questions about service")
    PREMISES = "premises", _("How the shop feels")


class Ask(ShopModel):
    """Somebody was asked. Its link is good until it is answered."""

    form = models.CharField(max_length=8, choices=Form)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.SET_NULL, null=True, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["shop", "customer", "-at"], name="ask_customer")]


class Answer(ShopModel):
    """What somebody said; without a customer it is anonymous.

    `score`: 1–5 (csat), 0–10 (nps). `items`: {number of the question: [importance or None, experience]} 1–5 each.
    `weights`: {dimension: points of 100}.
    """

    form = models.CharField(max_length=8, choices=Form)
    source = models.CharField(max_length=8, choices=Source)
    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, null=True, related_name="answers")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, null=True, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.SET_NULL, null=True, related_name="+")
    score = models.PositiveSmallIntegerField(null=True)
    items = models.JSONField(default=dict)
    weights = models.JSONField(default=dict)
    text = models.CharField(max_length=600, blank=True)
    at = models.DateTimeField(default=clock.now)
    complaint = models.ForeignKey(Complaint, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "ask"], condition=Q(ask__isnull=False), name="answer_once_per_ask"),
            models.UniqueConstraint(
                fields=["shop", "order", "form"],
                condition=Q(order__isnull=False, source="counter"),
                name="answer_of_order_at_counter",
            ),
            models.CheckConstraint(
                condition=Q(form="csat", score__gte=1, score__lte=5)
                | Q(form="nps", score__gte=0, score__lte=10)
                | Q(form__in=["short", "full", "premises"], score__isnull=True),
                name="answer_score_in_range",
            ),
        ]
        indexes = [models.Index(fields=["shop", "form", "-at"], name="answer_latest")]
