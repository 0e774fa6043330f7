"""Campaigns: whom, which words, who was held out, what came of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.catalog.models import Variant
from setia.conversations.models import Message, MessageTemplate
from setia.core import clock
from setia.core.scope import ShopModel
from setia.core.work import Due
from setia.customers.models import Customer
from setia.promotions.models.offers import Offer
from setia.segments.models import Segment
from setia.shops.models import Member


class CampaignKind(models.TextChoices):
    """Campaigns of one kind are judged together."""

    OFFER = "offer", _("An offer")
    SEASON = "season", _("A celebration")
    LAUNCH = "launch", _("Something new")
    COMEBACK = "comeback", _("Not seen for a while")
    NEWS = "news", _("News")


class CampaignState(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    SCHEDULED = "scheduled", _("Scheduled")
    SENDING = "sending", _("Being sent")
    PAUSED = "paused", _("Paused")
    STOPPED = "stopped", _("Stopped")
    SENT = "sent", _("Sent")


class HoldOut(ShopModel):
    """One list per window: who is written to and who is not, for every campaign whose window overlaps it."""

    seed = models.BigIntegerField()
    starts_on = models.DateField()
    # Moves on with every campaign that joins.
    ends_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["shop", "-ends_on"], name="hold_out_latest")]


class HoldOutPerson(ShopModel):
    """Somebody who was drawn, into which arm, and with which share of their drawing held out."""

    hold_out = models.ForeignKey(HoldOut, on_delete=models.CASCADE, related_name="people")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    held = models.BooleanField()
    # Which drawing: people are compared within one.
    block = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "hold_out", "customer"], name="hold_out_once")]


class Campaign(Due, ShopModel):
    """One message to many. What is decided before sending is frozen when it starts."""

    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=CampaignKind, default=CampaignKind.OFFER)
    text = models.TextField()
    # For chats in which the customer has not written for a day.
    template = models.ForeignKey(MessageTemplate, on_delete=models.SET_NULL, null=True, related_name="+")
    variant = models.ForeignKey(Variant, on_delete=models.SET_NULL, null=True, related_name="+")
    offer = models.ForeignKey(Offer, on_delete=models.SET_NULL, null=True, related_name="campaigns")
    season = models.CharField(max_length=40, blank=True)
    # The audience: a saved group, or the parameters of a list.
    segment = models.ForeignKey(Segment, on_delete=models.SET_NULL, null=True, related_name="+")
    audience = models.TextField(blank=True)
    audience_words = models.CharField(max_length=500, blank=True)
    holds_out = models.BooleanField(default=True)
    # So many days after the start orders count.
    window_days = models.PositiveSmallIntegerField(default=14)
    send_from = models.TimeField()
    send_until = models.TimeField()
    starts_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=9, choices=CampaignState, default=CampaignState.DRAFT)
    # Frozen when it starts.
    hold_out = models.ForeignKey(HoldOut, on_delete=models.PROTECT, null=True, related_name="campaigns")
    started_at = models.DateTimeField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    detectable = models.FloatField(null=True)
    losses = models.JSONField(default=dict)
    price_each = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    # Written once, after the window.
    result = models.JSONField(null=True)
    measured_at = models.DateTimeField(null=True)
    result_seen_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["shop", "-created_at"], name="campaign_newest"),
            models.Index(fields=["due_at"], name="campaign_due", condition=Q(state__in=["scheduled", "sending"])),
        ]

    def __str__(self) -> str:
        return self.name


class RecipientState(models.TextChoices):
    HELD = "held", _("Not written to, to compare")
    WAITING = "waiting", _("Waits")
    HANDED = "handed", _("In the outbox")
    LEFT_OUT = "left_out", _("Left out")
    STOPPED = "stopped", _("Stopped before")


class Recipient(ShopModel):
    """One person of a campaign: the arm, what was expected of them before, and what they did."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="recipients", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    held = models.BooleanField()
    block = models.PositiveIntegerField()
    # Chance of an order within the window without a message, and orders expected, frozen before sending.
    chance = models.FloatField()
    expected = models.FloatField()
    state = models.CharField(max_length=8, choices=RecipientState)
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    # Goes up when a message is taken back: the next one has a key of its own.
    turn = models.PositiveSmallIntegerField(default=1)
    orders = models.PositiveSmallIntegerField(null=True)
    amount = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "campaign", "customer"], name="recipient_once")]
        indexes = [models.Index(fields=["shop", "campaign", "state"], name="recipient_state")]
