"""Word of mouth: who may be thanked, codes and links, what was given, who was asked. Who brought whom is
`Customer.referred_by` and nowhere else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from setia.catalog.models import Variant
from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models import Customer
from setia.orders.models import Order


class Thanks(models.TextChoices):
    """What the one who told gets, by the owner's rule."""

    POINTS = "points", _("Points or stamps")
    BOX = "box", _("A free box")
    DISCOUNT = "discount", _("Money off the next order")
    NOTHING = "nothing", _("Only a thank-you")


class InviteRules(ShopModel):
    """The owner's rules for inviting; one row per shop."""

    reward = models.CharField(max_length=8, choices=Thanks, default=Thanks.NOTHING)
    # 0: what the programme of points and stamps says.
    points = models.PositiveIntegerField(default=0)
    variant = models.ForeignKey(Variant, on_delete=models.SET_NULL, null=True, related_name="+")
    amount = models.PositiveIntegerField(default=0)
    thank_teller = models.BooleanField(default=True)
    welcome_friend = models.BooleanField(default=True)
    # Nobody is asked to tell friends more often than once in so many months.
    every_months = models.PositiveSmallIntegerField(default=3)
    # What is left of a sale after ingredients, where no recipe says it; and what an hour of work costs.
    margin_percent = models.PositiveSmallIntegerField(default=40)
    hour_costs = models.PositiveIntegerField(default=15_000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop"], name="invite_rules_once")]


class ReferralCode(ShopModel):
    """The short code of a person; written to us by a friend, it tells who told them."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=8)
    opened = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "code"], name="referral_code_once")]
        indexes = [models.Index(fields=["shop", "customer"], name="referral_code_of")]


class ReferralState(models.TextChoices):
    SETTLED = "settled", _("Thanked")
    TAKEN_BACK = "taken_back", _("Taken back")


class Referral(ShopModel):
    """The thanks for one friend: given at their first completed purchase, taken back when that is called off."""

    friend = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    teller = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=ReferralState)
    # What was given, by the rule of that day.
    reward = models.CharField(max_length=8, choices=Thanks)
    points = models.PositiveIntegerField(default=0)
    variant = models.ForeignKey(Variant, on_delete=models.SET_NULL, null=True, related_name="+")
    amount = models.PositiveIntegerField(default=0)
    # How often it was given: with each comes a new key in the ledger of points.
    rounds = models.PositiveIntegerField(default=1)
    key = models.CharField(max_length=50, blank=True)
    settled_at = models.DateTimeField(default=clock.now)
    taken_back_at = models.DateTimeField(null=True)
    # The order of the one who told in which the free box or the money off was used.
    used_in = models.ForeignKey(Order, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "friend"], name="referral_once")]
        indexes = [models.Index(fields=["shop", "teller", "state"], name="referral_teller")]


class Invitation(ShopModel):
    """Somebody was asked to tell friends."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)
    moment = models.CharField(max_length=12, blank=True)

    class Meta:
        indexes = [models.Index(fields=["shop", "customer", "-at"], name="invitation_newest")]
