"""What people wish for; who seems bored; why somebody bought elsewhere."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from setia.care.models.complaints import Source
from setia.catalog.models import Variant
from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models import Customer
from setia.shops.models import Member


class SuggestionState(models.TextChoices):
    NEW = "new", _("New")
    CONSIDERED = "considered", _("We think about it")
    TRYING = "trying", _("We try it")
    LAUNCHED = "launched", _("It is there")
    DECLINED = "declined", _("Not now")


class Suggestion(ShopModel):
    """A topic that people suggested; one that was joined to another points at it."""

    title = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=SuggestionState, default=SuggestionState.NEW)
    merged_into = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="joined")
    answer = models.CharField(max_length=600, blank=True)
    variant = models.ForeignKey(Variant, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["shop", "state", "-made_at"], name="suggestion_state")]

    def __str__(self) -> str:
        return self.title


class Voice(ShopModel):
    """Somebody asked for it. `origin` is the topic it belonged to before topics were joined."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="voices")
    origin = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, null=True, related_name="+")
    text = models.CharField(max_length=600)
    source = models.CharField(max_length=8, choices=Source)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=64, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "key"], name="voice_key")]
        indexes = [models.Index(fields=["shop", "customer", "-at"], name="voice_customer")]


class Boredom(ShopModel):
    """Last night's signal: variety narrows and gaps widen, both against the customer's own past."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    variety_before = models.FloatField()
    variety_now = models.FloatField()
    gap_before = models.FloatField()
    gap_now = models.FloatField()
    last_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "customer"], name="boredom_once")]


class ElsewhereReason(models.TextChoices):
    PRICE = "price", _("Cheaper there")
    QUALITY = "quality", _("Better there, or something was not right here")
    LATE = "late", _("We were late or sold out")
    BORED = "bored", _("Wanted something else")
    NEARER = "nearer", _("Nearer to them")
    MOVED = "moved", _("Moved away")
    OTHER = "other", _("Another reason")


class Elsewhere(ShopModel):
    """Somebody told that they bought elsewhere, and why."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=8, choices=ElsewhereReason)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["shop", "customer", "-at"], name="elsewhere_customer")]
