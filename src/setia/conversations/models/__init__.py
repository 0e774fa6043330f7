"""Channels, conversations and messages; the inbox and the outbox; automatic texts and notices."""

from setia.conversations.models.automatic import AutoReply, Trigger
from setia.conversations.models.channel import Channel, ChannelKind, ChannelState, Notice
from setia.conversations.models.conversation import Conversation, ReadReceipt
from setia.conversations.models.costs import MonthlyUse, Rate, SendingRules
from setia.conversations.models.inbox import InboxItem, WebhookDelivery
from setia.conversations.models.media import MediaFile
from setia.conversations.models.message import Direction, Message, MessageStatus, MessageVersion, Origin
from setia.conversations.models.reviews import ServiceReview, Verdict
from setia.conversations.models.sorting import Colour, ConversationLabel, Label
from setia.conversations.models.tools import ChatTools, QuickReply

__all__ = [
    "AutoReply",
    "Channel",
    "ChannelKind",
    "ChannelState",
    "ChatTools",
    "Colour",
    "Conversation",
    "ConversationLabel",
    "Direction",
    "InboxItem",
    "Label",
    "MediaFile",
    "Message",
    "MessageStatus",
    "MessageVersion",
    "MonthlyUse",
    "Notice",
    "Origin",
    "QuickReply",
    "Rate",
    "ReadReceipt",
    "SendingRules",
    "ServiceReview",
    "Trigger",
    "Verdict",
    "WebhookDelivery",
]
