"""Tables of the mechanisms: events and reactions, search texts, look-ups across shops, what ran when."""

from functools import cached_property
from typing import Any

from django.db import models

from setia.core import clock
from setia.core.scope import ShopModel
from setia.core.work import Due


class Event(ShopModel):
    """Something that happened. Never changed, never deleted with its subject."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60, blank=True)
    # Plain numbers, not foreign keys: an event outlives what it speaks of.
    subject_id = models.BigIntegerField(null=True)
    customer_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)

    @cached_property
    def found(self) -> dict[str, Any]:
        """What one listener found out and the next, woken a moment later, need not find out again. Never stored: a
        listener that does not see it looks for itself."""
        return {}

    class Meta:
        indexes = [
            models.Index(fields=["shop", "customer_id", "-at"], name="event_timeline"),
            models.Index(fields=["shop", "verb", "-at"], name="event_verb"),
            models.Index(fields=["shop", "subject_type", "subject_id"], name="event_subject"),
        ]


class Reaction(Due, ShopModel):
    """One listener to be woken by one event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="reactions")
    listener = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "event", "listener"], name="reaction_once")]
        indexes = [models.Index(fields=["due_at"], name="reaction_due", condition=models.Q(work_state="waiting"))]


class DailyRun(Due, ShopModel):
    """A named piece of work that a shop needs once for one of its days (`score`, `prompts`)."""

    name = models.CharField(max_length=60)
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "name", "day"], name="daily_run_once")]
        indexes = [models.Index(fields=["due_at"], name="daily_run_due", condition=models.Q(work_state="waiting"))]


class SearchText(ShopModel):
    """What a row can be found by, folded. See `core.search`."""

    kind = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "kind", "object_id"], name="search_text_once")]


class Route(models.Model):
    """Finds the shop behind something global: a WhatsApp number id, a webhook key, a public token.

    No shop scope (it is what leads to one) and the only place with a key that is unique across shops.
    """

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=120)
    shop = models.ForeignKey("shops.Shop", on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="route_once")]


class Heartbeat(models.Model):
    """When a named part of the house last did its rounds (system table, no shop)."""

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField(default=clock.now)
    note = models.CharField(max_length=200, blank=True)
