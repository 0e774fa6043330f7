"""The programme, what it promises, and the ledger of points and stamps."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.catalog.models import Variant
from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models import Customer
from setia.orders.models import Order
from setia.shops.models import Member


class Unit(models.TextChoices):
    POINTS = "points", _("Points")
    STAMPS = "stamps", _("Stamps")


class Visit(models.TextChoices):
    """What a stamp is given for."""

    DAY = "day", _("one stamp a day")
    PURCHASE = "purchase", _("one stamp for every purchase")


class Programme(ShopModel):
    """The owner's rules; one row per shop, off until she turns it on."""

    points_on = models.BooleanField(default=False)
    stamps_on = models.BooleanField(default=False)
    # One point for every so many rupiah of goods.
    rupiah_per_point = models.PositiveIntegerField(default=10_000)
    visit = models.CharField(max_length=10, choices=Visit, default=Visit.DAY)
    # The least a purchase must come to for a stamp.
    stamp_least = models.PositiveIntegerField(default=0)
    # In the main unit: for a new member, and for who brought somebody.
    welcome = models.PositiveIntegerField(default=0)
    referral = models.PositiveIntegerField(default=0)
    # Months until what was earned lapses; 0 is never.
    expiry_months = models.PositiveSmallIntegerField(default=12)
    warn_days = models.PositiveSmallIntegerField(default=14)
    # Rupiah that a point pays off an order; 0: points are only for rewards.
    point_pays = models.PositiveIntegerField(default=0)
    least_points = models.PositiveIntegerField(default=0)
    resellers = models.BooleanField(default=False)
    # Whether taking back what was already spent may lead below zero.
    below_zero = models.BooleanField(default=False)
    games = models.BooleanField(default=True)
    answers = models.BooleanField(default=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop"], name="loyalty_programme_once")]

    @property
    def is_on(self) -> bool:
        return self.points_on or self.stamps_on

    @property
    def main_unit(self) -> str:
        """Points where there are any, else stamps."""
        return Unit.POINTS if self.points_on or not self.stamps_on else Unit.STAMPS

    @property
    def units(self) -> list[str]:
        """What is counted at present."""
        return [unit for unit, on in ((Unit.POINTS, self.points_on), (Unit.STAMPS, self.stamps_on)) if on]


class Bonus(ShopModel):
    """Points on top for every box of a variant, while it lasts."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    points = models.PositiveIntegerField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "variant"], name="loyalty_bonus_once")]


class Tier(ShopModel):
    """A step that the owner calls her regulars by. Every condition that is set must hold; the highest one counts."""

    name = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField(default=1)
    least_orders = models.PositiveIntegerField(default=3)
    least_spent = models.PositiveBigIntegerField(default=0)
    # Days since the last purchase; 0: it does not matter how long ago.
    within_days = models.PositiveIntegerField(default=0)
    in_rhythm = models.BooleanField(default=True)
    # Points are worth so many percent: 150 is one and a half.
    percent = models.PositiveSmallIntegerField(default=100)
    # So many percent off the goods of every order.
    price_percent = models.PositiveSmallIntegerField(default=0)
    free_delivery = models.BooleanField(default=False)
    free_sample = models.BooleanField(default=False)
    early_news = models.BooleanField(default=False)
    benefit = models.CharField(max_length=200, blank=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["shop", "position"], name="loyalty_tier_order")]

    def __str__(self) -> str:
        return self.name


class Moved(models.TextChoices):
    NO = "", ""
    UP = "up", _("moved up")
    DOWN = "down", _("moved down")


class Standing(ShopModel):
    """The step a customer stands on, since when, and which way they came."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateField()
    moved = models.CharField(max_length=4, choices=Moved, default=Moved.NO, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "customer"], name="loyalty_standing_once")]
        indexes = [models.Index(fields=["shop", "moved", "since"], name="loyalty_standing_moved")]


class RewardKind(models.TextChoices):
    BOX = "box", _("A free box")
    AMOUNT = "amount", _("Money off")
    TEXT = "text", _("Something else")


class Reward(ShopModel):
    """Something points or stamps are exchanged for."""

    kind = models.CharField(max_length=8, choices=RewardKind)
    name = models.CharField(max_length=80)
    unit = models.CharField(max_length=8, choices=Unit)
    cost = models.PositiveIntegerField()
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, null=True, related_name="+")
    # Money off; of something else what it is worth, in rupiah.
    amount = models.PositiveIntegerField(default=0)
    # The least the goods of an order must come to.
    least_purchase = models.PositiveIntegerField(default=0)
    tier = models.ForeignKey(Tier, on_delete=models.PROTECT, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(cost__gt=0), name="loyalty_reward_costs")]

    def __str__(self) -> str:
        return self.name


class Account(ShopModel):
    """One card, of a person or of a household that collects together. `points` and `stamps` are the sums of its ledger.

    Whoever changes it locks this row first: of two devices that spend the last points one waits, and then finds none.
    """

    points = models.IntegerField(default=0)
    stamps = models.IntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    # Brought together with another card.
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["shop", "-points"], name="loyalty_account_points"),
            models.Index(fields=["shop", "-stamps"], name="loyalty_account_stamps"),
        ]


class Membership(ShopModel):
    """Whose card it is. A person has one card; a card may have several people."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="members")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    joined_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "customer"], name="loyalty_one_card_each")]
        indexes = [models.Index(fields=["shop", "account"], name="loyalty_members")]


class Earning(ShopModel):
    """What an order has brought so far, and by which rules: later changes of the order are settled by the same ones.

    `*_owed`: what should have been taken back but had been spent, and was let go.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.SET_NULL, null=True, related_name="+")
    day = models.DateField()
    terms = models.JSONField(default=dict)
    points = models.IntegerField(default=0)
    points_owed = models.PositiveIntegerField(default=0)
    stamps = models.IntegerField(default=0)
    stamps_owed = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "order"], name="loyalty_earning_once")]
        indexes = [models.Index(fields=["shop", "account", "day"], name="loyalty_earning_day")]


class Redemption(ShopModel):
    """A reward that was taken, or points that paid a part of an order."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.SET_NULL, null=True, related_name="+")
    # None: points paid a part of an order.
    reward = models.ForeignKey(Reward, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=80)
    order = models.ForeignKey(Order, on_delete=models.SET_NULL, null=True, related_name="+")
    variant = models.ForeignKey(Variant, on_delete=models.SET_NULL, null=True, related_name="+")
    unit = models.CharField(max_length=8, choices=Unit)
    cost = models.PositiveIntegerField()
    # What it was worth in rupiah when it was taken.
    worth = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "key"], name="loyalty_redemption_key")]
        indexes = [
            models.Index(fields=["shop", "account", "-at"], name="loyalty_redeemed"),
            models.Index(fields=["shop", "order"], name="loyalty_redeemed_order"),
        ]


class EntryKind(models.TextChoices):
    EARN = "earn", _("Purchase")
    WELCOME = "welcome", _("Welcome")
    REFERRAL = "referral", _("Brought somebody")
    OPENING = "opening", _("From the paper card")
    CORRECTION = "correction", _("Correction")
    TAKE_BACK = "take_back", _("Taken back")
    REDEEM = "redeem", _("Reward")
    UNDO = "undo", _("Reward given back")
    EXPIRE = "expire", _("Lapsed")
    MOVE = "move", _("Brought together")
    OFFSET = "offset", _("Set off")


class LedgerEntry(ShopModel):
    """One movement. Append-only: nothing here is changed or deleted, a slip is answered by another row.

    A row without `lot` is a lot of its own, that rows with it as their `lot` draw from (or give back to): what is left
    of a lot is the sum of both. The balance of an account is the sum of all its rows.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="entries")
    customer = models.ForeignKey(Customer, on_delete=models.SET_NULL, null=True, related_name="+")
    unit = models.CharField(max_length=8, choices=Unit)
    kind = models.CharField(max_length=10, choices=EntryKind)
    amount = models.IntegerField()
    at = models.DateTimeField(default=clock.now)
    # The shop's day of `at`.
    day = models.DateField()
    # The last day on which a lot is good; none: for ever.
    expires_on = models.DateField(null=True)
    lot = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="draws")
    order = models.ForeignKey(Order, on_delete=models.SET_NULL, null=True, related_name="+")
    redemption = models.ForeignKey(Redemption, on_delete=models.CASCADE, null=True, related_name="entries")
    reason = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "key"], name="loyalty_entry_key")]
        indexes = [
            models.Index(fields=["shop", "account", "unit", "id"], name="loyalty_entries"),
            models.Index(fields=["shop", "expires_on"], condition=Q(lot__isnull=True), name="loyalty_lots"),
            models.Index(fields=["shop", "lot"], name="loyalty_draws"),
            models.Index(fields=["shop", "day", "unit", "kind"], name="loyalty_by_day"),
        ]
