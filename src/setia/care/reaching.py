"""Which chat words of care go through."""

from setia.conversations import actions as conversations
from setia.conversations.models import ChannelKind, Conversation
from setia.conversations.rules import window_is_open
from setia.core import clock
from setia.customers import queries as customers
from setia.customers.models import Customer


def open_chat(customer: Customer) -> Conversation | None:
    """The chat in which WhatsApp takes free words and buttons through the API now; None when there is none."""
    channel = conversations.channel_for(customer)
    if channel.kind == ChannelKind.APP:
        return None
    chat = Conversation.objects.filter(channel=channel, customer=customer).first()
    return chat if chat and window_is_open(chat.window_until, clock.now()) else None


def chat_for(customer: Customer) -> Conversation | None:
    """Where to queue free words: the open chat; else the free app, where a person sends them; None lets the outbox
    choose."""
    if chat := open_chat(customer):
        return chat
    if not customers.phone_of(customer):
        return None
    return conversations.chat_with(channel=conversations.app_channel(), customer=customer)
