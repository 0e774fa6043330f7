"""Channels, conversations and messages; the inbox and the outbox; automatic texts and notices."""

from setia.conversations.models.automatic import OFF_AT_FIRST, AutoReply, Trigger
from setia.conversations.models.channel import Channel, ChannelKind, ChannelState, Notice
from setia.conversations.models.conversation import Conversation, ReadReceipt
from setia.conversations.models.costs import MonthlyUse, Rate, SendingRules
from setia.conversations.models.drafts import DraftState, OrderDraft
from setia.conversations.models.entries import Entry, EntryLink
from setia.conversations.models.exports import ChatImport, ExportState
from setia.conversations.models.inbox import InboxItem, WebhookDelivery
from setia.conversations.models.media import MediaFile
from setia.conversations.models.message import Direction, Message, MessageStatus, MessageVersion, Origin
from setia.conversations.models.template import MessageTemplate, TemplateCategory, TemplateStatus

__all__ = [
    "OFF_AT_FIRST",
    "AutoReply",
    "Channel",
    "ChannelKind",
    "ChannelState",
    "ChatImport",
    "Conversation",
    "Direction",
    "DraftState",
    "Entry",
    "EntryLink",
    "ExportState",
    "InboxItem",
    "MediaFile",
    "Message",
    "MessageStatus",
    "MessageTemplate",
    "MessageVersion",
    "MonthlyUse",
    "Notice",
    "OrderDraft",
    "Origin",
    "Rate",
    "ReadReceipt",
    "SendingRules",
    "TemplateCategory",
    "TemplateStatus",
    "Trigger",
    "WebhookDelivery",
]
