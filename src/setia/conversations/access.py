"""Doors to single rows: of the open shop, or 404."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from setia.conversations.models import (
    AutoReply,
    Channel,
    ChatImport,
    Conversation,
    EntryLink,
    Label,
    MediaFile,
    Message,
    MessageTemplate,
    Notice,
    OrderDraft,
    QuickReply,
    Trigger,
)
from setia.conversations.queries import auto_replies
from setia.customers.models import Customer


def get_conversation(request: HttpRequest, pk: int) -> Conversation:
    """A chat with its customer and channel."""
    return get_object_or_404(Conversation.objects.select_related("customer", "channel", "assignee"), pk=pk)


def get_message(request: HttpRequest, pk: int) -> Message:
    """A message of the shop or a customer, with its chat."""
    rows = Message.objects.select_related("conversation__channel", "conversation__customer", "customer", "sent_by")
    return get_object_or_404(rows, pk=pk)


def get_customer(request: HttpRequest, pk: int) -> Customer:
    """Somebody to write to."""
    return get_object_or_404(Customer.objects.all(), pk=pk)


def get_notice(request: HttpRequest, pk: int) -> Notice:
    """Something the owner was told."""
    return get_object_or_404(Notice.objects.all(), pk=pk)


def get_channel(request: HttpRequest, pk: int) -> Channel:
    """A connected number."""
    return get_object_or_404(Channel.objects.all(), pk=pk)


def get_file(request: HttpRequest, pk: int) -> MediaFile:
    """A file that a customer sent and that is here."""
    return get_object_or_404(MediaFile.objects.exclude(path=""), pk=pk)


def get_auto_reply(request: HttpRequest, trigger: str) -> AutoReply:
    """An automatic message by its trigger, as it is or as it would be."""
    if trigger not in Trigger.values:
        raise Http404
    return auto_replies()[trigger]


def get_label(request: HttpRequest, pk: int) -> Label:
    """A label of the shop, in use or not."""
    return get_object_or_404(Label.objects.all(), pk=pk)


def get_quick_reply(request: HttpRequest, pk: int) -> QuickReply:
    """A quick reply of the shop, in use or not."""
    return get_object_or_404(QuickReply.objects.all(), pk=pk)


def get_chat_import(request: HttpRequest, pk: int) -> ChatImport:
    """An exported chat."""
    return get_object_or_404(ChatImport.objects.select_related("customer", "by"), pk=pk)


def get_entry_link(request: HttpRequest, pk: int) -> EntryLink:
    """A link to the shop's WhatsApp."""
    return get_object_or_404(EntryLink.objects.all(), pk=pk)


def get_draft(request: HttpRequest, pk: int) -> OrderDraft:
    """What was read from a message."""
    rows = OrderDraft.objects.select_related("customer", "order", "message__conversation__channel")
    return get_object_or_404(rows, pk=pk)


def get_template(request: HttpRequest, pk: int) -> MessageTemplate:
    """A message template."""
    return get_object_or_404(MessageTemplate.objects.all(), pk=pk)
