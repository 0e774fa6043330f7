"""The owner's evening check: how a chat was handled."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.conversations.models.conversation import Conversation
from setia.core import clock
from setia.core.scope import ShopModel
from setia.shops.models import Member


class Verdict(models.TextChoices):
    NONE = "", _("Only noted")
    PRAISE = "praise", _("Praise")
    COACH = "coach", _("Show how it is done")


class ServiceReview(ShopModel):
    """What the owner thinks of the service in a chat on one of the shop's days."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="reviews")
    day = models.DateField()
    # Who served; None: nobody, or more than one and the owner did not say.
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    stars = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "conversation", "day"], name="service_review_once_a_day"),
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="service_review_stars"),
        ]
        indexes = [models.Index(fields=["shop", "member", "-day"], name="service_review_member")]
