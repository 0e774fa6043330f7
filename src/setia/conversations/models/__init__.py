"""Channels, conversations and messages; the inbox and the outbox; automatic texts and notices."""

from setia.conversations.models.automatic import CARRIES_AT_FIRST, OFF_AT_FIRST, AutoReply, Carries, Trigger
from setia.conversations.models.channel import Channel, ChannelKind, ChannelState, Notice
from setia.conversations.models.conversation import Conversation, ReadReceipt
from setia.conversations.models.costs import MonthlyUse, Rate, SendingRules
from setia.conversations.models.drafts import DraftState, OrderDraft
from setia.conversations.models.entries import Entry, EntryLink
from setia.conversations.models.exports import ChatImport, ExportState
from setia.conversations.models.inbox import InboxItem, WebhookDelivery
from setia.conversations.models.media import MediaFile
from setia.conversations.models.message import Direction, Message, MessageStatus, MessageVersion, Origin
from setia.conversations.models.reviews import ServiceReview, Verdict
from setia.conversations.models.sorting import Colour, ConversationLabel, Label
from setia.conversations.models.template import MessageTemplate, TemplateCategory, TemplateLook, TemplateStatus
from setia.conversations.models.tools import ChatTools, QuickReply

__all__ = [
    "CARRIES_AT_FIRST",
    "OFF_AT_FIRST",
    "AutoReply",
    "Carries",
    "Channel",
    "ChannelKind",
    "ChannelState",
    "ChatImport",
    "ChatTools",
    "Colour",
    "Conversation",
    "ConversationLabel",
    "Direction",
    "DraftState",
    "Entry",
    "EntryLink",
    "ExportState",
    "InboxItem",
    "Label",
    "MediaFile",
    "Message",
    "MessageStatus",
    "MessageTemplate",
    "MessageVersion",
    "MonthlyUse",
    "Notice",
    "OrderDraft",
    "Origin",
    "QuickReply",
    "Rate",
    "ReadReceipt",
    "SendingRules",
    "ServiceReview",
    "TemplateCategory",
    "TemplateLook",
    "TemplateStatus",
    "Trigger",
    "Verdict",
    "WebhookDelivery",
]
