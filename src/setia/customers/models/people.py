"""People and how they are known. A person is a row; a phone number is only one of their identities."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.core import clock
from setia.core.scope import ShopModel
from setia.shops.models import Language


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


class ReachBy(models.TextChoices):
    """How somebody wants to be reached. Nothing said: as it comes."""

    WHATSAPP = "whatsapp", _("WhatsApp message")
    CALL = "call", _("Phone call")
    VISIT = "visit", _("In person")
    NOT = "not", _("Not at all, they come by themselves")


class ReachHours(models.TextChoices):
    MORNING = "morning", _("Morning")
    MIDDAY = "midday", _("Around noon")
    AFTERNOON = "afternoon", _("Afternoon")
    EVENING = "evening", _("Evening")


class Speech(models.TextChoices):
    """The words a message opens with; the language of the message itself is `language`."""

    ISLAMIC = "salam", _("Assalamualaikum")
    NGOKO = "ngoko", _("Javanese, as among friends")
    KRAMA = "krama", _("Javanese, respectful")


class Household(ShopModel):
    """People who share a home, a phone or a purse: the child buys, the mother collects."""

    name = models.CharField(max_length=80)
    note = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name


class Customer(ShopModel):
    """A person the shop serves. May have no phone at all."""

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
    # How they are called, where the name alone does not say so: `Bu`, and `Tutik` for Sri Hastuti.
    honorific = models.CharField(max_length=20, blank=True)
    nickname = models.CharField(max_length=40, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    reach_by = models.CharField(max_length=10, choices=ReachBy, blank=True)
    reach_hours = models.CharField(max_length=10, choices=ReachHours, blank=True)
    speech = models.CharField(max_length=10, choices=Speech, blank=True)
    # Opening words of their own, before the ones of `speech`.
    greeting = models.CharField(max_length=60, blank=True)
    household = models.ForeignKey(Household, on_delete=models.SET_NULL, null=True, related_name="members")
    # What they do in it: `collects`, `pays`.
    household_role = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    archived_at = models.DateTimeField(null=True)
    # They asked that nothing is done with their data but keep it (UU PDP 41).
    restricted_at = models.DateTimeField(null=True)
    # Name, numbers and words are gone for good; orders keep their amounts.
    erased_at = models.DateTimeField(null=True)
    # Turned out to be somebody who was written down before; everything of theirs is there now.
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")

    class Meta:
        indexes = [
            models.Index(fields=["shop", "-created_at"], name="customer_newest"),
            models.Index(fields=["shop", "kind", "-created_at"], name="customer_kind"),
            models.Index(
                fields=["shop", "-created_at"], condition=Q(archived_at__isnull=False), name="customer_archived"
            ),
            models.Index(fields=["shop", "referred_by"], name="customer_referrer"),
            models.Index(fields=["shop", "name_key"], name="customer_name"),
            models.Index(fields=["shop", "household"], condition=Q(household__isnull=False), name="customer_household"),
            models.Index(
                fields=["shop", "merged_into"], condition=Q(merged_into__isnull=False), name="customer_merged"
            ),
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
