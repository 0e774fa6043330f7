"""People and how they are known. A person is a row; a phone number is only one of their identities."""

from django.db import models
from django.db.models import Q
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from setia.core import clock
from setia.core.calendars import hijri, javanese
from setia.core.scope import ShopModel
from setia.core.work import Due
from setia.shops.models import Language, Member


class CustomerKind(models.TextChoices):
    END = "end", _("Buyer")
    RESELLER = "reseller", _("Reseller")
    INTERMEDIARY = "intermediary", _("Go-between")


class Source(models.TextChoices):
    """Where a customer first heard of the shop."""

    WORD_OF_MOUTH = "word_of_mouth", _("A friend told them")
    BAZAAR = "bazaar", _("Bazaar or exhibition")
    STATUS = "status", _("WhatsApp status")
    LEAFLET = "leaflet", _("Leaflet")
    RESELLER = "reseller", _("Reseller")
    PASSER_BY = "passer_by", _("Walked past")
    ONLINE = "online", _("Found online")
    CHAT = "chat", _("Wrote by itself")
    OTHER = "other", _("Something else")


class Customer(ShopModel):
    """A person or household the shop serves. May have no phone at all."""

    display_name = models.CharField(max_length=120)
    # The name folded (`rules.name_key`), kept by the actions: one query finds everybody of the same name.
    name_key = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=12, choices=CustomerKind, default=CustomerKind.END)
    source = models.CharField(max_length=20, choices=Source, blank=True)
    referred_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="brought")
    address = models.CharField(max_length=200, blank=True)
    district = models.CharField(max_length=60, blank=True)
    landmark = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=5, choices=Language, default=Language.INDONESIAN)
    created_at = models.DateTimeField(default=clock.now)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["shop", "-created_at"], name="customer_newest"),
            models.Index(fields=["shop", "kind", "-created_at"], name="customer_kind"),
            models.Index(
                fields=["shop", "-created_at"], condition=Q(archived_at__isnull=False), name="customer_archived"
            ),
            models.Index(fields=["shop", "referred_by"], name="customer_referrer"),
            models.Index(fields=["shop", "name_key"], name="customer_name"),
        ]

    def __str__(self) -> str:
        return self.display_name


class IdentityKind(models.TextChoices):
    PHONE = "phone", _("Phone")
    WHATSAPP = "whatsapp", _("WhatsApp")
    BSUID = "bsuid", _("WhatsApp id")
    USERNAME = "username", _("WhatsApp username")
    EMAIL = "email", _("Email")
    CARD = "card", _("Member card")


class Identity(ShopModel):
    """One way by which a person is recognised. A superseded one stays, so that history stays readable."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=10, choices=IdentityKind)
    value = models.CharField(max_length=140)
    # A family may share one phone: then the number finds several people and decides for none.
    shared = models.BooleanField(default=False)
    superseded_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "kind", "value"], condition=Q(shared=False, superseded_at=None), name="identity_of_one"
            ),
        ]
        indexes = [
            models.Index(fields=["shop", "value"], name="identity_value"),
            models.Index(fields=["shop", "customer", "kind"], name="identity_customer"),
        ]


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


class OccasionKind(models.TextChoices):
    BIRTHDAY = "birthday", _("Birthday")
    ANNIVERSARY = "anniversary", _("Wedding day")
    OTHER = "other", _("Another day")


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


class ImportState(models.TextChoices):
    PREVIEW = "preview", _("Being looked at")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    UNDOING = "undoing", _("Being taken out")
    UNDONE = "undone", _("Taken out again")
    FAILED = "failed", _("Stopped")


class ImportRun(Due, ShopModel):
    """One file brought in. A worker takes it in slices; a slice and its counters are one transaction."""

    kind = models.CharField(max_length=12)  # customers, purchases
    filename = models.CharField(max_length=200)
    # Name of the table in the folder of imports; empty once it is not needed any more.
    table = models.CharField(max_length=60, blank=True)
    # What was found in the file when it was read (`importing.survey`), and what each column holds.
    survey = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    day_first = models.BooleanField(null=True)
    # In which language what is wrong with a row is told.
    language = models.CharField(max_length=5, choices=Language, blank=True)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.PREVIEW)
    total = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    matched = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="import_due", condition=Q(state__in=["running", "undoing"]))]


class ImportRow(ShopModel):
    """What undo and the report must find again: a rejected line, or what a slice of the file made.

    `model` empty: line `number` of the file was rejected for `problem`, `raw` are its cells. Else `raw` are the ids of
    the objects of `model` that the slice beginning at `number` made and that are still here.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    model = models.CharField(max_length=40, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    raw = models.JSONField(default=list)
    undone = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["shop", "run", "model", "number"], name="import_row")]

    @property
    def words(self) -> str:
        """The cells that hold something, in one line."""
        return " · ".join(str(cell) for cell in self.raw if cell != "")
