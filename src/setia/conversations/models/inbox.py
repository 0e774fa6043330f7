"""What WhatsApp delivered: bodies as they came, and the items in them, each handled once."""

from django.db import models
from django.db.models import Q

from setia.core import clock
from setia.core.scope import ShopModel
from setia.core.work import Due


class WebhookDelivery(Due):
    """A webhook body exactly as it came, stored before it was answered (system table: its shop is inside)."""

    body = models.BinaryField()
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest"], name="webhook_digest")]
        indexes = [
            models.Index(fields=["due_at"], name="webhook_due", condition=Q(work_state="waiting")),
            models.Index(fields=["received_at"], name="webhook_received"),
        ]


class InboxItem(ShopModel):
    """One item of a delivery, handled once: the key is what WhatsApp repeats (`wamid`, `wamid:status`, …)."""

    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    # Kept where it is still needed: items that wait, and items nobody taught us to read.
    payload = models.JSONField(null=True)
    received_at = models.DateTimeField(default=clock.now)
    problem = models.CharField(max_length=200, blank=True)
    # Waits for a message or contact that is not known (yet), and until when.
    waits_for = models.CharField(max_length=140, blank=True)
    parked_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "key"], name="inbox_item_once")]
        indexes = [
            models.Index(fields=["shop", "waits_for"], name="inbox_waits", condition=~Q(waits_for="")),
            models.Index(fields=["shop", "-received_at"], name="inbox_problem", condition=~Q(problem="")),
            models.Index(fields=["received_at"], name="inbox_received"),
        ]
