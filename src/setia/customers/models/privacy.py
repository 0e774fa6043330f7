"""What customers agreed to and asked for, and what the law wants written down (UU 27/2022)."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models.people import Customer
from setia.shops.models import Member

# Three times twenty-four hours for everything a person asks for (articles 30, 32, 40, 41, 46).
ANSWER_WITHIN = timedelta(hours=72)


class Purpose(models.TextChoices):
    """What a customer may be written to about. Messages about their own order need no consent (contract)."""

    PROMOTION = "promotion", _("Offers and news")
    OCCASION = "occasion", _("Birthday and celebration greetings")
    PROFILE = "profile", _("Remembering habits and wishes")


class ConsentState(models.TextChoices):
    NOT_ASKED = "not_asked", _("Not asked yet")
    GIVEN = "given", _("Agreed")
    WITHDRAWN = "withdrawn", _("Said no")


class ConsentHow(models.TextChoices):
    """Usual ways in which an answer is got; others are kept in words."""

    COUNTER = "counter", _("Asked in person")
    CHAT = "chat", _("Asked in the chat")
    PHONE = "phone", _("Asked on the phone")
    FORM = "form", _("Filled in a form")
    MESSAGE = "message", _("Wrote it by themselves")


class Consent(ShopModel):
    """One answer to one purpose, with its evidence. Append-only: the latest row speaks."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=12, choices=Purpose)
    state = models.CharField(max_length=10, choices=ConsentState)
    at = models.DateTimeField(default=clock.now)
    how = models.CharField(max_length=80)
    evidence = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["shop", "customer", "purpose", "-at"], name="consent_latest")]

    @property
    def how_words(self) -> str:
        """How the answer was got, in words."""
        return str(dict(ConsentHow.choices).get(self.how, self.how))


class RequestKind(models.TextChoices):
    """What somebody may ask of those who keep their data, each within 72 hours."""

    SHOW = "show", _("See what is kept")
    CORRECT = "correct", _("Correct something")
    WITHDRAW = "withdraw", _("Take back a consent")
    RESTRICT = "restrict", _("Keep it, but do nothing with it")
    ERASE = "erase", _("Erase it")


class PrivacyRequest(ShopModel):
    """A wish of a customer about their data, with its clock. Kept as proof after it is met."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="privacy_requests")
    kind = models.CharField(max_length=10, choices=RequestKind)
    how = models.CharField(max_length=10, choices=ConsentHow, default=ConsentHow.COUNTER)
    words = models.CharField(max_length=500, blank=True)
    received_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    # Refused with a reason, as when a debt is still open.
    refused = models.BooleanField(default=False)
    outcome = models.CharField(max_length=300, blank=True)
    taken_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    done_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["shop", "due_at"], condition=Q(done_at__isnull=True), name="privacy_open"),
            models.Index(fields=["shop", "customer", "-received_at"], name="privacy_of"),
        ]

    @property
    def late(self) -> bool:
        """Whether the three days are over."""
        return self.done_at is None and clock.now() > self.due_at


class Breach(ShopModel):
    """Data got lost or seen by somebody it was not for: what must be told within 72 hours, to whom."""

    found_at = models.DateTimeField(default=clock.now)
    happened = models.CharField(max_length=120, blank=True)
    what = models.TextField()
    which_data = models.CharField(max_length=300)
    who = models.CharField(max_length=300)
    done = models.TextField(blank=True)
    agency_told_at = models.DateTimeField(null=True)
    people_told_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["shop", "-found_at"], name="breach_newest")]

    @property
    def due_at(self) -> datetime:
        """Until when it must be told."""
        return self.found_at + ANSWER_WITHIN


class BookRules(ShopModel):
    """How this shop keeps its customer book: whose districts it offers, and how long it remembers whom."""

    regencies = models.JSONField(default=list)
    # Months after which somebody who never bought is erased, and somebody who stopped buying loses their name.
    # None: kept until they or the shop say otherwise.
    keep_contacts = models.PositiveSmallIntegerField(null=True)
    keep_buyers = models.PositiveSmallIntegerField(null=True)
    # Whom customers may ask, and where the data lies: for the sheet and the record of processing.
    contact = models.CharField(max_length=160, blank=True)
    stored_at = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop"], name="book_rules_once")]
