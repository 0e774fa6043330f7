"""One message, in or out; what was changed about it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.conversations.models.conversation import Conversation
from setia.conversations.models.exports import ChatImport
from setia.core import clock
from setia.core.scope import ShopModel
from setia.core.work import Due
from setia.customers.models import Customer
from setia.shops.models import Member


class Direction(models.TextChoices):
    IN = "in", _("From the customer")
    OUT = "out", _("From the shop")


class Origin(models.TextChoices):
    """How a message came to be here. Only `live` ones wake automations, count as unread and open the 24 hours."""

    LIVE = "live", _("Through Setia")
    ECHO = "echo", _("Written on the phone")
    HISTORY = "history", _("From before, or from an exported chat")


class MessageStatus(models.TextChoices):
    """Where a message is. News from WhatsApp only move it forward (`conversations.rules.advance`)."""

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
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.LIVE)
    kind = models.CharField(max_length=20, default="text")
    text = models.TextField(blank=True)
    # What WhatsApp sent under the kind's name (inbound), or what goes out beyond the text (template, buttons, image).
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
    # Why it failed or was left out: WhatsApp's code, or one of ours (`conversations.rules.Refusal`).
    error_code = models.IntegerField(null=True)
    pricing = models.JSONField(null=True)
    # It is in the month's account (`MonthlyUse`).
    counted = models.BooleanField(default=False)
    # Sent while no 24 hours were open: the shop wrote first.
    initiated = models.BooleanField(default=False)
    # The new message that was sent in place of this one.
    replaced_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    # WhatsApp knows one reaction per side and message; an empty one was taken back.
    their_reaction = models.CharField(max_length=16, blank=True)
    their_reaction_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    # From an exported chat: which file, and the key by which the same message is known in another one.
    chat_import = models.ForeignKey(ChatImport, on_delete=models.SET_NULL, null=True, related_name="messages")
    import_key = models.CharField(max_length=64, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "wamid"], name="message_wamid"),
            models.UniqueConstraint(fields=["shop", "conversation", "import_key"], name="message_imported_once"),
            models.UniqueConstraint(
                fields=["shop", "purpose", "customer", "reference"], condition=~Q(purpose=""), name="message_once"
            ),
        ]
        indexes = [
            models.Index(fields=["shop", "conversation", "-at"], name="message_thread"),
            models.Index(
                fields=["conversation", "due_at"],
                name="message_queue",
                condition=Q(work_state="waiting", direction="out"),
            ),
            models.Index(fields=["due_at"], name="message_due", condition=Q(work_state="waiting", direction="out")),
            models.Index(
                fields=["shop", "conversation", "accepted_at"], name="message_initiated", condition=Q(initiated=True)
            ),
            models.Index(
                fields=["shop", "customer", "-at"], name="message_promotion", condition=Q(purpose="promotion")
            ),
            models.Index(
                fields=["shop", "due_at"],
                name="message_by_hand",
                condition=Q(direction="out", status__in=["queued", "opened"]),
            ),
        ]

    @property
    def template_name(self) -> str:
        """The name of the template it is sent with; empty when it is none."""
        template = self.payload.get("template") if self.kind == "template" and isinstance(self.payload, dict) else None
        return str(template.get("name") or "") if isinstance(template, dict) else ""


class MessageVersion(ShopModel):
    """What a message said before the customer changed or deleted it: the audit trail."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="versions")
    text = models.TextField(blank=True)
    payload = models.JSONField(default=dict)
    # When and how it stopped being the message: `edit` or `revoke`.
    until = models.DateTimeField()
    change = models.CharField(max_length=10)

    class Meta:
        indexes = [models.Index(fields=["shop", "message", "until"], name="message_version")]
