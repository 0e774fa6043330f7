"""Prompts: one thing worth doing for one person; and how they are chosen."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models import Customer
from setia.shops.models import Member


class Phase(models.TextChoices):
    ACQUIRE = "acquire", _("Invite")
    ENHANCE = "enhance", _("Care")
    RETAIN = "retain", _("Keep")


class PromptState(models.TextChoices):
    OPEN = "open", _("Open")
    SENT = "sent", _("Sent")
    DONE = "done", _("Done")
    SKIPPED = "skipped", _("Skipped")
    EXPIRED = "expired", _("No longer needed")


class Arm(models.TextChoices):
    """What the lot said of a prompt that was among a day's choice; held back, it is shown to nobody."""

    NONE = "", _("Not measured")
    SHOWN = "shown", _("Shown")
    HELD = "held", _("Held back")


# What a person decided about a prompt stands: no renewal changes it.
ACTED = (PromptState.SENT, PromptState.DONE, PromptState.SKIPPED)


class Prompt(ShopModel):
    """A reason to act today. `key` makes asking twice one prompt (`rhythm:42:20261101`)."""

    key = models.CharField(max_length=80)
    kind = models.CharField(max_length=30)
    phase = models.CharField(max_length=8, choices=Phase)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, null=True, related_name="prompts")
    # What the reason speaks of, as plain values; the sentence is made when shown, in the reader's language.
    facts = models.JSONField(default=dict)
    draft = models.TextField(blank=True)
    rank = models.FloatField(default=0)
    # To order by themselves within `insight.choice.OUTCOME_DAYS`, as it was believed; and the numbers behind the rank.
    chance = models.FloatField(null=True)
    numbers = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=PromptState, default=PromptState.OPEN)
    show_from = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    acted_at = models.DateTimeField(null=True)
    acted_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    edited = models.BooleanField(default=False)
    times_later = models.PositiveSmallIntegerField(default=0)
    # When it first was among a day's choice (or was acted on); whether they ordered within the days after.
    arm = models.CharField(max_length=5, choices=Arm, blank=True, default=Arm.NONE)
    offered_at = models.DateTimeField(null=True)
    ordered = models.BooleanField(null=True)
    message_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "key"], name="prompt_once")]
        indexes = [
            models.Index(fields=["shop", "-rank"], name="prompt_open", condition=Q(state="open")),
            models.Index(fields=["shop", "acted_at"], name="prompt_acted", condition=Q(acted_at__isnull=False)),
            models.Index(fields=["shop", "offered_at"], name="prompt_offered", condition=Q(offered_at__isnull=False)),
        ]


class Choosing(ShopModel):
    """How Today chooses in a shop: the seed of its lot, how many of a hundred are held back (0: none), what its own
    days taught (`actions.learning`)."""

    seed = models.PositiveBigIntegerField()
    held_percent = models.PositiveSmallIntegerField(default=10)
    learned = models.JSONField(default=dict)
    learned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop"], name="choosing_once"),
            models.CheckConstraint(condition=Q(held_percent__lte=50), name="choosing_percent"),
        ]
