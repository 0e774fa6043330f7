"""An order as it was read from a chat message, before a person makes it one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.conversations.models.message import Message
from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models import Customer
from setia.orders.models import Order


class DraftState(models.TextChoices):
    OPEN = "open", _("Not decided yet")
    BOOKED = "booked", _("Made an order")
    DISMISSED = "dismissed", _("Put away")


class OrderDraft(ShopModel):
    """What one message was understood to ask for. `reading` and `lines` are what was read, never what was guessed."""

    # Empty for a message that was pasted.
    message = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, related_name="drafts")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, null=True, related_name="order_drafts")
    text = models.TextField()
    sent_at = models.DateTimeField(default=clock.now)
    intent = models.CharField(max_length=20)
    # The record of `reading.Reading`, and its open points.
    reading = models.JSONField(default=dict)
    asks = models.JSONField(default=list)
    # What it means on the shelf: [{"variant": id, "quantity": n}]; only lines that are certain.
    lines = models.JSONField(default=list)
    question = models.TextField(blank=True)
    # The order said back, ready to send.
    answer = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=DraftState, default=DraftState.OPEN)
    order = models.ForeignKey(Order, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "message"], condition=Q(message__isnull=False), name="order_draft_message"
            )
        ]
        indexes = [models.Index(fields=["shop", "customer", "-sent_at"], name="order_draft_customer")]
