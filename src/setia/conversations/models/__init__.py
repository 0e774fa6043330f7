"""Channels, conversations and messages; the inbox and the outbox; automatic texts and notices."""

from setia.conversations.models.automatic import AutoReply, Trigger
from setia.conversations.models.channel import Channel, ChannelKind, ChannelState, Notice
from setia.conversations.models.conversation import Conversation, ReadReceipt
from setia.conversations.models.costs import MonthlyUse, Rate, SendingRules
from setia.conversations.models.inbox import InboxItem, WebhookDelivery
from setia.conversations.models.media import MediaFile
from setia.conversations.models.message import Direction, Message, MessageStatus, MessageVersion, Origin

__all__ = [
    "AutoReply",
    "Channel",
    "ChannelKind",
    "ChannelState",
    "Conversation",
    "Direction",
    "InboxItem",
    "MediaFile",
    "Message",
    "MessageStatus",
    "MessageVersion",
    "MonthlyUse",
    "Notice",
    "Origin",
    "Rate",
    "ReadReceipt",
    "SendingRules",
    "Trigger",
    "WebhookDelivery",
]
