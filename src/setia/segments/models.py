"""What the shop's own past says about each customer and about the shop, and the groups of people made of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.catalog.models import Variant
from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models import Customer
from setia.shops.models import Member


class Score(ShopModel):
    """Last night's view of a customer. Empty where the evidence is too thin to speak."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="scores")
    day = models.DateField()
    purchases = models.PositiveIntegerField()
    first_on = models.DateField()
    last_on = models.DateField()
    spent = models.PositiveBigIntegerField()
    # RFM, 1 (least) to 5 (most), and the named group (`insight.rfm.Group`)
    recency = models.PositiveSmallIntegerField()
    frequency = models.PositiveSmallIntegerField()
    monetary = models.PositiveSmallIntegerField()
    group = models.PositiveSmallIntegerField(default=0)
    # Rhythm, in days: the usual gap, the middle half of gaps, and how rare a gap as long as today's would be
    usual_gap = models.FloatField(null=True)
    gap_low = models.FloatField(null=True)
    gap_high = models.FloatField(null=True)
    lateness = models.FloatField(null=True)
    # Chance of at least one order in the next four weeks, and orders expected in them
    chance = models.FloatField(null=True)
    expected = models.FloatField(null=True)
    # Money expected within twelve months, the ends between which 8 of 10 like this fall, and the fifth (5 most)
    value = models.PositiveBigIntegerField(null=True)
    value_low = models.PositiveBigIntegerField(null=True)
    value_high = models.PositiveBigIntegerField(null=True)
    value_fifth = models.PositiveSmallIntegerField(null=True)
    # Whether they were loyal four weeks ago (`rules.is_loyal`, as seen then)
    loyal_before = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "customer"], name="score_once")]
        indexes = [models.Index(fields=["shop", "lateness"], name="score_lateness")]


class ShopFit(ShopModel):
    """The models' parameters of the shop at its last scoring, and on how much they rest."""

    day = models.DateField()
    customers = models.PositiveIntegerField()
    repeat_orders = models.PositiveIntegerField()
    # Customers who bought at least three times and still come, those put away left out: the headline figure.
    loyal = models.PositiveIntegerField(default=0)
    parameters = models.JSONField()
    version = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "day"], name="shop_fit_daily")]


class SharedPrior(models.Model):
    """What shops are usually like, learned from four numbers of each (`insight.prior`). Of the installation, no shop's:
    no customer and no purchase is in it. One row a day."""

    day = models.DateField(db_index=True)
    shops = models.PositiveIntegerField()
    centre = models.JSONField()
    covariance = models.JSONField()


class SeasonBuyer(ShopModel):
    """Somebody who bought for a season that comes back every year, as of last night."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    season = models.CharField(max_length=30)  # a code of `core.calendars.seasons`
    opportunities = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField()
    # Chance to buy for the next one (Beta-binomial, BG/BB from the third year on)
    chance = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "season", "customer"], name="season_buyer_once")]


class Traits(ShopModel):
    """What groups ask about a person, side by side: one row for each who is not put away.

    A copy, kept equal to where it is taken from by `actions.profiles`: right after something happened to a person, and
    for everybody at night. So a group of a hundred thousand people is counted by reading one table once.
    """

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)
    source = models.CharField(max_length=20)
    district = models.CharField(max_length=60)
    since = models.DateField()
    # A number to write to; the latest answers about offers and about greetings
    reachable = models.BooleanField()
    promotion = models.CharField(max_length=10)
    occasion = models.CharField(max_length=10)
    purchases = models.PositiveIntegerField()
    spent = models.PositiveBigIntegerField()
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    # Bits of `rules.CHANNELS`: by which ways they ever bought
    channels = models.PositiveSmallIntegerField(default=0)
    # Bits of `rules.SEASONS`: the celebrations they ever bought for
    seasons = models.PositiveSmallIntegerField(default=0)
    group = models.PositiveSmallIntegerField()
    lateness = models.FloatField(null=True)
    chance = models.FloatField(null=True)
    value_fifth = models.PositiveSmallIntegerField(null=True)
    loyal_before = models.BooleanField(default=False)
    # How they are written to: language, opening words, the word before the name in small letters (`bu`), way and hour
    language = models.CharField(max_length=5)
    speech = models.CharField(max_length=10)
    honorific = models.CharField(max_length=20)
    reach_by = models.CharField(max_length=10)
    reach_hours = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "customer"], name="traits_once")]
        indexes = [
            # Everything a rule may ask: a group is counted, and its first people found, without touching the table.
            models.Index(
                fields=[
                    *("shop", "-last_on", "-customer", "promotion", "district", "group", "kind", "purchases"),
                    *("lateness", "chance", "value_fifth", "reachable", "source", "occasion", "spent", "first_on"),
                    *("since", "channels", "seasons", "loyal_before"),
                    *("language", "speech", "honorific", "reach_by", "reach_hours"),
                ],
                name="traits_latest",
            ),
            models.Index(fields=["shop", "district", "customer"], name="traits_district"),
            models.Index(fields=["shop", "source"], name="traits_source"),
            # What rules ask for most leads to those it is true of, and the rest of a rule is read beside it; so does
            # the person, where other tables say who it is.
            models.Index(
                fields=[
                    *("shop", "customer", "promotion", "occasion", "district", "group", "kind", "purchases"),
                    *("lateness", "chance", "value_fifth", "reachable", "last_on"),
                ],
                name="traits_person",
            ),
            models.Index(
                fields=[
                    *("shop", "promotion", "district", "group", "kind", "purchases", "lateness", "chance"),
                    *("value_fifth", "reachable", "customer"),
                ],
                name="traits_offers",
            ),
            models.Index(
                fields=[
                    *("shop", "group", "promotion", "district", "kind", "purchases", "lateness", "chance"),
                    *("value_fifth", "reachable", "customer"),
                ],
                name="traits_group",
            ),
            models.Index(
                fields=[
                    *("shop", "value_fifth", "purchases", "lateness", "promotion", "district", "group", "kind"),
                    *("chance", "reachable", "customer"),
                ],
                name="traits_value",
            ),
        ]


class Bought(ShopModel):
    """Which variant somebody ever bought, how often, and when last. Kept like `Traits`."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+", db_index=False)
    times = models.PositiveIntegerField()
    last_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "customer", "variant"], name="bought_once")]
        indexes = [models.Index(fields=["shop", "variant", "last_on", "customer"], name="bought_latest")]


class SegmentKind(models.TextChoices):
    LIVING = "living", _("Renews itself")
    FIXED = "fixed", _("Stays as it is")


class Segment(ShopModel):
    """A saved group of people: a rule, and for a fixed one the people it found when it was saved."""

    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=6, choices=SegmentKind, default=SegmentKind.LIVING)
    rule = models.JSONField()
    # How many people there were when it was last counted
    size = models.PositiveIntegerField(default=0)
    sized_at = models.DateTimeField(default=clock.now)
    created_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "name"], condition=Q(removed_at=None), name="segment_name")
        ]

    def __str__(self) -> str:
        return self.name


class SegmentMember(ShopModel):
    """Somebody of a fixed group."""

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "segment", "customer"], name="segment_member_once")]


class Goal(ShopModel):
    """What the owner wants to reach of a measure of the reports (`rules.MEASURES`)."""

    measure = models.CharField(max_length=20)
    target = models.DecimalField(max_digits=14, decimal_places=1)
    set_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "measure"], name="goal_once")]


class Report(ShopModel):
    """Figures as the night counted them: plain values, so that a page opens at once however big the shop is.

    `name`: `objectives`, `funnel`, `proof`, `month:2026-11`. Replaced as a whole, safe to make again.
    """

    name = models.CharField(max_length=30)
    day = models.DateField()
    data = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "name"], name="report_once")]


class Letter(ShopModel):
    """The owner's letter of a week; `week` is its Monday, `facts` what it tells."""

    week = models.DateField()
    facts = models.JSONField()
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "week"], name="letter_once")]


class LetterPlan(ShopModel):
    """When the letter comes, and to which number; one row per shop, made when something is changed."""

    on = models.BooleanField(default=True)
    hour = models.PositiveSmallIntegerField(default=6)
    # Empty: the shop's own number.
    phone = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop"], name="letter_plan_once")]
