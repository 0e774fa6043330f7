"""Shop, places, closures; members, their invitations and one-time login links."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from setia.core import clock
from setia.core.scope import ShopModel
from setia.shops import rules


class WhatsAppLevel(models.IntegerChoices):
    """How the shop uses WhatsApp. The same prompts and the same outbox on every level."""

    APP = 0, _("By hand, with the WhatsApp app")
    INBOX = 1, _("Chats arrive here (Cloud API)")
    CAMPAIGNS = 2, _("Chats and campaigns (Cloud API with templates)")


class Language(models.TextChoices):
    INDONESIAN = "id", "Bahasa Indonesia"
    ENGLISH = "en", "English"


class Shop(models.Model):
    """A shop. Slow columns only: nothing here changes with an order or a message."""

    slug = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    language = models.CharField(max_length=5, choices=Language, default=Language.INDONESIAN)
    timezone = models.CharField(max_length=40, default="Asia/Jakarta")
    currency = models.CharField(max_length=3, default="IDR")
    whatsapp_number = models.CharField(max_length=20, blank=True)
    whatsapp_level = models.PositiveSmallIntegerField(choices=WhatsAppLevel, default=WhatsAppLevel.APP)
    # {"mon": ["07:00", "17:00"], …}; a day that is missing is closed
    opening_hours = models.JSONField(default=dict)
    district = models.CharField(max_length=60, blank=True)
    daily_capacity = models.PositiveIntegerField(null=True, help_text="boxes a day")
    setup_done_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slug"], name="shop_slug")]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def now(self) -> datetime:
        """This moment on the shop's wall clock."""
        return clock.now().astimezone(self.zone)

    def today(self) -> date:
        """The shop's day."""
        return self.now().date()

    def day_of(self, moment: datetime) -> date:
        """The shop's day on which `moment` (aware) falls."""
        return moment.astimezone(self.zone).date()


class PlaceKind(models.TextChoices):
    PREMISES = "premises", _("Shop or house")
    STALL = "stall", _("Stall")


class Place(ShopModel):
    """Somewhere the shop sells: its premises, or a stall that moves."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=PlaceKind, default=PlaceKind.PREMISES)
    address = models.CharField(max_length=200, blank=True)


class Closure(ShopModel):
    """A day on which the shop is closed, whatever its opening hours say."""

    day = models.DateField()
    reason = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "day"], name="closure_once")]


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    MANAGER = "manager", _("Manager")
    CASHIER = "cashier", _("Cashier")
    CHAT = "chat", _("Chat")
    VIEWER = "viewer", _("Viewer")


class Member(ShopModel):
    """A person who works in the shop. Rows point at members, never at users."""

    # No foreign key: the user table is not the shop's, and may live elsewhere.
    user_id = models.BigIntegerField()
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=10, choices=Role)
    language = models.CharField(max_length=5, choices=Language, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "user_id"], name="member_once")]
        indexes = [models.Index(fields=["user_id"], name="member_user")]

    def __str__(self) -> str:
        return self.name

    @property
    def manages(self) -> bool:
        """Whether this member may change settings and prices."""
        return rules.may(self.role, rules.Right.MANAGE)

    @property
    def owns(self) -> bool:
        """Whether this member may let others in."""
        return rules.may(self.role, rules.Right.OWN)


class Invitation(ShopModel):
    """A one-time link with which a helper joins. Only the digest of its token is kept."""

    name = models.CharField(max_length=80)
    role = models.CharField(max_length=10, choices=Role)
    token_digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    invited_by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "token_digest"], name="invitation_once")]


class LoginLink(models.Model):
    """A one-time login for a user (system table: it is used before any shop is open)."""

    user_id = models.BigIntegerField()
    token_digest = models.CharField(max_length=64, primary_key=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
