"""All that was said with one customer on one channel."""

from django.db import models
from django.db.models import Q

from setia.conversations.models.channel import Channel
from setia.core.scope import ShopModel
from setia.core.work import Due
from setia.customers.models import Customer
from setia.shops.models import Member


class Conversation(ShopModel):
    """A chat. Its counters and moments are kept by the actions, so that the list need not look into messages."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="conversations")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="conversations")
    assignee = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    # What the customer is called on WhatsApp. For display and for knowing whose choice the customer's name was.
    profile_name = models.CharField(max_length=120, blank=True)
    unread = models.PositiveIntegerField(default=0)
    last_message_at = models.DateTimeField(null=True)
    last_text = models.CharField(max_length=160, blank=True)
    last_kind = models.CharField(max_length=20, blank=True)
    last_direction = models.CharField(max_length=3, blank=True)
    # Its place in the list: the newest message, or the moment at which it comes back from a snooze.
    sorted_at = models.DateTimeField(null=True)
    # Put away until then; a message of the customer brings it back at once.
    snoozed_until = models.DateTimeField(null=True)
    # Somebody said that nothing is left to do here; a message of the customer opens it again.
    done_at = models.DateTimeField(null=True)
    # The newest message the customer sent while we were connected; opens 24 hours for free-form replies.
    last_inbound_at = models.DateTimeField(null=True)
    window_until = models.DateTimeField(null=True)
    # The customer's oldest message that nobody answered.
    waiting_since = models.DateTimeField(null=True)
    # The newest message the shop wrote on its phone: it answers everything before it.
    last_echo_at = models.DateTimeField(null=True)
    # Until then a person handles the chat and automations keep quiet.
    automation_paused_until = models.DateTimeField(null=True)
    # Grows with every change that a page showing the thread should show.
    revision = models.PositiveIntegerField(default=0)
    # Outbox: nothing goes to this customer before (keeps the order), and how often in a row it was put off.
    held_until = models.DateTimeField(null=True)
    holds = models.PositiveSmallIntegerField(default=0)
    # WhatsApp's pace towards one person: the burst that began, and until when it is owed (`rules.pair_pace`).
    pace_started_at = models.DateTimeField(null=True)
    paced_until = models.DateTimeField(null=True)
    # How many messages in a row could not be delivered at all.
    undeliverable = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "channel", "customer"], name="conversation_once")]
        indexes = [
            models.Index(fields=["shop", "-last_message_at"], name="conversation_newest"),
            models.Index(fields=["shop", "-sorted_at"], name="conversation_sorted"),
            models.Index(fields=["shop", "snoozed_until"], name="conversation_snoozed"),
            models.Index(fields=["shop", "assignee"], name="conversation_assignee"),
            models.Index(fields=["shop", "waiting_since"], name="conversation_waiting"),
            models.Index(fields=["shop"], name="conversation_unread", condition=Q(unread__gt=0)),
        ]


class ReadReceipt(Due, ShopModel):
    """A person opened a chat: WhatsApp is to show the customer that this message, and all before it, was read."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    wamid = models.CharField(max_length=128)
    # The same call, with «is writing …»: worth nothing when it comes late.
    typing = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "wamid", "typing"], name="read_receipt_once")]
        indexes = [models.Index(fields=["due_at"], name="read_receipt_due", condition=Q(work_state="waiting"))]
