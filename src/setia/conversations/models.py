"""Channels, conversations and messages; the inbox and the outbox."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.core import clock
from setia.core.crypto import EncryptedTextField
from setia.core.scope import ShopModel
from setia.core.work import Due
from setia.customers.models import Customer
from setia.shops.models import Member


class ChannelKind(models.TextChoices):
    CLOUD = "whatsapp_cloud", "WhatsApp Cloud API"
    APP = "whatsapp_app", "WhatsApp (wa.me)"


class ChannelState(models.TextChoices):
    ACTIVE = "active", _("Working")
    STOPPED = "stopped", _("Stopped")


class Channel(ShopModel):
    """A way to customers. The Cloud API number, or the free app on the owner's phone."""

    kind = models.CharField(max_length=16, choices=ChannelKind)
    display_number = models.CharField(max_length=20, blank=True)
    phone_number_id = models.CharField(max_length=40, blank=True)
    waba_id = models.CharField(max_length=40, blank=True)
    access_token = EncryptedTextField(blank=True)
    state = models.CharField(max_length=10, choices=ChannelState, default=ChannelState.ACTIVE)
    # Why it stopped, in plain words for the owner.
    state_reason = models.CharField(max_length=300, blank=True)
    # Rate limits: nothing leaves before this moment.
    held_until = models.DateTimeField(null=True)


class Conversation(ShopModel):
    """All that was said with one customer on one channel."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="conversations")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="conversations")
    assignee = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    unread = models.PositiveIntegerField(default=0)
    last_message_at = models.DateTimeField(null=True)
    last_text = models.CharField(max_length=160, blank=True)
    last_inbound_at = models.DateTimeField(null=True)
    # The customer's oldest message that nobody answered.
    waiting_since = models.DateTimeField(null=True)
    # Until then the owner is talking herself and automations keep quiet.
    automation_paused_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "channel", "customer"], name="conversation_once")]
        indexes = [
            models.Index(fields=["shop", "-last_message_at"], name="conversation_newest"),
            models.Index(fields=["shop", "waiting_since"], name="conversation_waiting"),
        ]


class Direction(models.TextChoices):
    IN = "in", _("From the customer")
    OUT = "out", _("From the shop")


class MessageStatus(models.TextChoices):
    """Where a message is. Moves forward only (`conversations.rules.advance`)."""

    RECEIVED = "received", _("Received")
    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    OPENED = "opened", _("Opened in WhatsApp")
    ACCEPTED = "accepted", _("Handed to WhatsApp")
    SENT = "sent", _("Sent")
    DELIVERED = "delivered", _("Arrived")
    READ = "read", _("Read")
    PLAYED = "played", _("Listened to")
    FAILED = "failed", _("Not sent")
    UNKNOWN = "unknown", _("Not sure it was sent")
    SKIPPED = "skipped", _("Left out")


class Message(Due, ShopModel):
    """One message, in or out. An outgoing one is the outbox row: it waits, is claimed, sent and settled here."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=3, choices=Direction)
    kind = models.CharField(max_length=20, default="text")
    text = models.TextField(blank=True)
    # The item as it came (inbound) or the body beyond the text that goes out (template, buttons, image).
    payload = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)
    status = models.CharField(max_length=10, choices=MessageStatus)
    # Outbox key: one message per purpose, customer and reference, however often it is asked for.
    purpose = models.CharField(max_length=30, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    wamid = models.CharField(max_length=128, null=True)
    quotes_wamid = models.CharField(max_length=128, blank=True)
    sent_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error_code = models.IntegerField(null=True)
    pricing = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "wamid"], name="message_wamid"),
            models.UniqueConstraint(
                fields=["shop", "purpose", "customer", "reference"], condition=~Q(purpose=""), name="message_once"
            ),
        ]
        indexes = [
            models.Index(fields=["shop", "conversation", "-at"], name="message_thread"),
            models.Index(fields=["due_at"], name="message_due", condition=Q(work_state="waiting", direction="out")),
        ]


class WebhookDelivery(Due):
    """A webhook body exactly as it came, stored before it was answered (system table: its shop is inside)."""

    body = models.BinaryField()
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest"], name="webhook_digest")]
        indexes = [models.Index(fields=["due_at"], name="webhook_due", condition=Q(work_state="waiting"))]


class InboxItem(ShopModel):
    """One item of a delivery, handled once: the key is what Meta repeats (`wamid`, `wamid:status`, …)."""

    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    payload = models.JSONField()
    received_at = models.DateTimeField(default=clock.now)
    # Kept and shown as such: a shape nobody taught us, a status for a message we do not know (yet).
    problem = models.CharField(max_length=200, blank=True)
    parked_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "key"], name="inbox_item_once")]
        indexes = [models.Index(fields=["shop", "parked_until"], name="inbox_parked")]


class Trigger(models.TextChoices):
    GREETING = "greeting", _("First message of a new customer")
    THANKS = "thanks", _("After a finished order")
    PRICE_LIST = "price_list", _("Asks for the price list")


class AutoReply(ShopModel):
    """An automatic message in the owner's words. Where there is no row, the built-in text speaks."""

    trigger = models.CharField(max_length=20, choices=Trigger)
    text = models.TextField()
    enabled = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "trigger"], name="auto_reply_trigger")]
