"""Something was not right: what, how bad, until when it is made good, with what, and why it happened."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.conversations.models import Message
from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models import Customer
from setia.orders.models import Line, Order
from setia.shops.models import Member
from setia.supply.models import Batch


class CareSettings(ShopModel):
    """How soon a complaint is answered (hours by severity), how long pictures are kept, whether customers are asked."""

    severe_hours = models.PositiveSmallIntegerField(default=2)
    major_hours = models.PositiveSmallIntegerField(default=24)
    minor_hours = models.PositiveSmallIntegerField(default=48)
    # Pictures go, and the contact of a person not in the book, so many days after a complaint was closed.
    keep_days = models.PositiveSmallIntegerField(default=90)
    # What a visit costs the shop: time and petrol.
    visit_cost = models.PositiveIntegerField(default=15_000)
    # Ask how satisfied they are on the day after an order.
    asks = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop"], name="care_settings_once")]


class Kind(models.TextChoices):
    """What was wrong (see `rules.complaints` for how bad each is)."""

    ILLNESS = "illness", _("Made somebody ill or gave an allergy")
    FOREIGN = "foreign", _("Something in it that does not belong there")
    MOULD = "mould", _("Mouldy")
    STALE = "stale", _("Stale or rancid")
    HARD = "hard", _("Hard or dry")
    CRUSHED = "crushed", _("Crushed")
    PACKAGING = "packaging", _("Box damaged")
    SHORT = "short", _("Too few in it")
    FLAVOUR = "flavour", _("Wrong flavour or wrong order")
    RAW = "raw", _("Not baked through")
    BURNT = "burnt", _("Burnt")
    LATE = "late", _("Too late")
    ADDRESS = "address", _("Brought to the wrong address")
    PRICE = "price", _("Wrong price or change")
    DEPOSIT = "deposit", _("Deposit not written down")
    RUDE = "rude", _("Unfriendly service")
    TASTE = "taste", _("Did not taste good")
    OTHER = "other", _("Something else")


class Severity(models.TextChoices):
    SEVERE = "severe", _("Severe")
    MAJOR = "major", _("Serious")
    MINOR = "minor", _("Small")


class Source(models.TextChoices):
    """Where somebody spoke up."""

    CHAT = "chat", _("Chat")
    COUNTER = "counter", _("At the counter")
    PHONE = "phone", _("By phone")
    SURVEY = "survey", _("When asked")
    PAGE = "page", _("Public page")
    BAZAAR = "bazaar", _("Bazaar")


class ComplaintState(models.TextChoices):
    OPEN = "open", _("Open")
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Agreed")
    DONE = "done", _("Done, to be asked")
    CLOSED = "closed", _("Closed")
    DROPPED = "dropped", _("Was no complaint")


OPEN_STATES = (ComplaintState.OPEN, ComplaintState.OFFERED, ComplaintState.ACCEPTED, ComplaintState.DONE)


class Complaint(ShopModel):
    """One matter with one customer. `due_at` is the promise: until then they hear from the shop."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, null=True, related_name="complaints")
    order = models.ForeignKey(Order, on_delete=models.SET_NULL, null=True, related_name="complaints")
    line = models.ForeignKey(Line, on_delete=models.SET_NULL, null=True, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.SET_NULL, null=True, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    severity = models.CharField(max_length=8, choices=Severity)
    source = models.CharField(max_length=8, choices=Source)
    text = models.TextField(blank=True)
    # Name or number that somebody not in the book left on the public page.
    contact = models.CharField(max_length=80, blank=True)
    boxes = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=ComplaintState, default=ComplaintState.OPEN)
    cause = models.CharField(max_length=60, blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField()
    # When the shop first answered with an offer.
    answered_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    content = models.BooleanField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["closed", "dropped"], closed_at__isnull=False)
                | (~Q(state__in=["closed", "dropped"]) & Q(closed_at__isnull=True)),
                name="complaint_closed_has_stamp",
            ),
            models.UniqueConstraint(
                fields=["shop", "message"], condition=Q(message__isnull=False), name="complaint_of_message_once"
            ),
        ]
        indexes = [
            models.Index(fields=["shop", "due_at"], condition=Q(closed_at__isnull=True), name="complaint_open"),
            models.Index(fields=["shop", "-opened_at", "-id"], name="complaint_latest"),
            models.Index(fields=["shop", "customer", "-opened_at"], name="complaint_customer"),
        ]

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.closed_at is None

    @property
    def nameless(self) -> bool:
        """A low face of somebody unknown: there is nobody to answer."""
        unknown = self.customer_id is None and not self.contact
        return unknown and self.source == Source.SURVEY and self.severity == Severity.MINOR


class ComplaintNote(ShopModel):
    """What the customer said when somebody listened."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="notes")
    text = models.CharField(max_length=600)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")


class ComplaintPhoto(ShopModel):
    """A picture of what was wrong; goes with time."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="photos")
    photo = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(default=clock.now)


class Option(models.TextChoices):
    REPLACE = "replace", _("New boxes")
    BONUS = "bonus", _("A box on top")
    DISCOUNT = "discount", _("Money off next time")
    REFUND = "refund", _("Money back")
    VISIT = "visit", _("A visit")
    APOLOGY = "apology", _("An apology")


class SettlementState(models.TextChoices):
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Agreed")
    REFUSED = "refused", _("Refused")
    DONE = "done", _("Done")


class Settlement(ShopModel):
    """What was offered: its cost to the shop and its value to the customer in rupiah, and what became of it."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="settlements")
    option = models.CharField(max_length=8, choices=Option)
    cost = models.PositiveIntegerField(default=0)
    value = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=SettlementState, default=SettlementState.OFFERED)
    offered_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    # The order from which money off was taken.
    order = models.ForeignKey(Order, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "complaint"],
                condition=Q(state__in=["offered", "accepted", "done"]),
                name="settlement_one_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["shop", "option", "state"], name="settlement_option")]


class Improvement(ShopModel):
    """What is done against a cause that came up again and again."""

    cause = models.CharField(max_length=60)
    action = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    opened_on = models.DateField()
    done_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "cause"], condition=Q(done_on__isnull=True), name="improvement_one_open_per_cause"
            )
        ]
