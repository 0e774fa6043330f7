"""Ways to customers, and what the owner should know about them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.core import clock
from setia.core.crypto import EncryptedTextField
from setia.core.scope import ShopModel


class ChannelKind(models.TextChoices):
    CLOUD = "whatsapp_cloud", "WhatsApp Cloud API"
    APP = "whatsapp_app", "WhatsApp (wa.me)"


class ChannelState(models.TextChoices):
    ACTIVE = "active", _("Working")
    STOPPED = "stopped", _("Stopped")
    DISCONNECTED = "disconnected", _("Disconnected")


class Channel(ShopModel):
    """A way to customers. The Cloud API number, or the free app on the owner's phone."""

    kind = models.CharField(max_length=16, choices=ChannelKind)
    display_number = models.CharField(max_length=20, blank=True)
    phone_number_id = models.CharField(max_length=40, blank=True)
    waba_id = models.CharField(max_length=40, blank=True)
    access_token = EncryptedTextField(blank=True)
    # The shop keeps using the app on its phone as well (coexistence).
    on_phone_too = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=ChannelState, default=ChannelState.ACTIVE)
    # Why it stopped: an error code or an account event; `conversations.notices` has the words.
    state_reason = models.CharField(max_length=60, blank=True)
    # When WhatsApp last told us anything about this number (to the quarter of an hour).
    heard_at = models.DateTimeField(null=True)
    # Rate limits: nothing leaves before this moment, and how often in a row WhatsApp asked for a pause.
    held_until = models.DateTimeField(null=True)
    holds = models.PositiveSmallIntegerField(default=0)
    # Offers and news wait until then; service messages go on.
    promotions_held_until = models.DateTimeField(null=True)
    # What costs money waits until then (WhatsApp wants a payment method); free answers go on.
    paid_held_until = models.DateTimeField(null=True)
    # Templates that are no offers wait until then (WhatsApp says they were misused).
    templates_held_until = models.DateTimeField(null=True)
    # Templates WhatsApp does not let out, by name: when to look again (ISO), or "" when they are gone for good.
    stopped_templates = models.JSONField(default=dict)
    # Until when the number's own pace is used up (`rules.number_pace`).
    paced_until = models.DateTimeField(null=True)
    # How many people a day the shop may write to first; None is no limit.
    daily_reach = models.PositiveIntegerField(null=True, default=250)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "kind", "phone_number_id"], name="channel_number_once"),
        ]


class Notice(ShopModel):
    """Something about WhatsApp the owner should know. `kind` and `data` only: the words are made when it is shown."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    # What it is about within its kind (a template's name); one open notice per kind and subject.
    subject = models.CharField(max_length=120, blank=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "channel", "kind", "subject"], condition=Q(seen_at=None), name="notice_open_once"
            )
        ]
        indexes = [models.Index(fields=["shop", "-at"], name="notice_newest")]
