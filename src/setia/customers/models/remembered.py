"""What a customer let us remember: yearly days, notes, wishes, who they are to each other."""

from django.db import models
from django.db.models import Q
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from setia.core import clock
from setia.core.calendars import hijri, javanese
from setia.core.scope import ShopModel
from setia.customers.models.people import Customer
from setia.shops.models import Member


class OccasionKind(models.TextChoices):
    BIRTHDAY = "birthday", _("Birthday")
    ANNIVERSARY = "anniversary", _("Wedding day")
    OTHER = "other", _("Another day")
    # Written down only when they asked for it; never greeted, never part of an offer.
    MEMORIAL = "memorial", _("Day of remembrance")


class Calendar(models.TextChoices):
    GREGORIAN = "gregorian", _("Ordinary calendar")
    HIJRI = "hijri", _("Hijri calendar")
    JAVANESE = "javanese", _("Javanese calendar")


def month_name(calendar: str, month: int) -> str:
    """The name of a month (1 to 12) on a calendar."""
    if calendar == Calendar.GREGORIAN:
        return str(MONTHS[month])
    names = hijri.MONTHS if calendar == Calendar.HIJRI else javanese.MONTHS
    return names[month - 1]


class Occasion(ShopModel):
    """A day that comes back every year and that the customer let us remember."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="occasions")
    kind = models.CharField(max_length=12, choices=OccasionKind, default=OccasionKind.BIRTHDAY)
    calendar = models.CharField(max_length=10, choices=Calendar, default=Calendar.GREGORIAN)
    month = models.PositiveSmallIntegerField()
    day = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["shop", "calendar", "month", "day"], name="occasion_date")]

    @property
    def date_words(self) -> str:
        """The day with the month's name on its own calendar: `17 August`, `12 Rabiulawal`."""
        return f"{self.day} {month_name(self.calendar, self.month)}"


class Note(ShopModel):
    """A remark about a customer, by a member."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="notes")
    text = models.CharField(max_length=1000)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["shop", "customer", "-at"], name="note_newest")]


class PreferenceKind(models.TextChoices):
    LIKES = "likes", _("Likes")
    DISLIKES = "dislikes", _("Does not like")
    ALLERGY = "allergy", _("Must not eat")


class Preference(ShopModel):
    """One like, dislike or thing they must not eat. The last is about health: only with the `profile` consent."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="preferences")
    kind = models.CharField(max_length=10, choices=PreferenceKind)
    text = models.CharField(max_length=120)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["shop", "customer", "kind"], name="preference_of")]


class AgeBand(models.TextChoices):
    YOUNG = "-24", _("Under 25")
    ADULT = "25-39", _("25 to 39")
    MIDDLE = "40-59", _("40 to 59")
    OLD = "60-", _("60 and older")


class BuysFor(models.TextChoices):
    FAMILY = "family", _("For the family at home")
    GUESTS = "guests", _("For guests and parties")
    GIFTS = "gifts", _("As presents and souvenirs")
    OFFICE = "office", _("For work or school")
    RESALE = "resale", _("To sell on")


class Expects(models.TextChoices):
    """What matters most to them."""

    TASTE = "taste", _("Taste, always the same")
    PRICE = "price", _("A low price")
    PUNCTUAL = "punctual", _("Ready on time")
    PACKAGE = "package", _("A box that looks good")
    FRIENDLY = "friendly", _("To be known and greeted")


class Profile(ShopModel):
    """Demographics and expectations, asked only where useful and with the `profile` consent; and what was agreed with
    those who sell on or bring others."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="profiles")
    age_band = models.CharField(max_length=6, choices=AgeBand, blank=True)
    household_size = models.PositiveSmallIntegerField(null=True)
    buys_for = models.CharField(max_length=10, choices=BuysFor, blank=True)
    expects = models.CharField(max_length=10, choices=Expects, blank=True)
    expects_words = models.CharField(max_length=200, blank=True)
    # Resellers: what they sell on, where. Prices and credit are the catalogue's and the orders' business.
    resells_what = models.CharField(max_length=120, blank=True)
    resells_where = models.CharField(max_length=120, blank=True)
    # Go-betweens: the thanks agreed with them, in words, and per order in the shop's money.
    agreed_thanks = models.CharField(max_length=200, blank=True)
    agreed_amount = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "customer"], name="profile_once")]


class RelationKind(models.TextChoices):
    """What `customer` is to `other`."""

    PARENT = "parent", _("Parent of")
    SPOUSE = "spouse", _("Husband or wife of")
    SIBLING = "sibling", _("Brother or sister of")
    NEIGHBOUR = "neighbour", _("Neighbour of")
    WORKS = "works", _("Works for")
    COLLEAGUE = "colleague", _("Works or learns with")
    OTHER = "other", _("Belongs to")


# How the other one is told of it.
INVERSE = {
    RelationKind.PARENT: _("Child of"),
    RelationKind.WORKS: _("Employs"),
}


class Relation(ShopModel):
    """What two people are to each other; shown on both pages."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="relations_to")
    kind = models.CharField(max_length=10, choices=RelationKind)
    label = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "customer", "other", "kind"], name="relation_once"),
            models.CheckConstraint(condition=~Q(customer=models.F("other")), name="relation_of_two"),
        ]
        indexes = [models.Index(fields=["shop", "other"], name="relation_other")]
