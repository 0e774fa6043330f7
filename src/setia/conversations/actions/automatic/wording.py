"""The words of an automatic message, filled in for a customer, and their way into the outbox."""

from typing import Any

from setia.conversations import rules, texts
from setia.conversations.actions.messages import queue_message
from setia.conversations.channels.whatsapp_cloud.bodies import LONGEST_TEXT
from setia.conversations.models import AutoReply, Conversation, Message
from setia.customers.models import Customer


def wording(row: AutoReply | None, trigger: str, customer: Customer, **more: str) -> str:
    """The owner's words, or Setia's, as this customer reads them. What is empty leaves no hole behind."""
    words = texts.text_for(row, trigger, customer.language)
    values = texts.values_for(customer, **more) | texts.extra_values(trigger, words, customer)
    return rules.without_holes(rules.fill(words, values))


def queue_answer(
    conversation: Conversation, text: str, *, purpose: str, reference: str, kind: str = "text", payload: Any = None
) -> Message:
    """Hand an answer to the outbox, once per reference."""
    return queue_message(
        customer=conversation.customer,
        text=shorten(text),
        purpose=purpose,
        reference=reference,
        kind=kind,
        payload=payload,
        conversation=conversation,
    )


def shorten(text: str, most: int = LONGEST_TEXT) -> str:
    """As much as WhatsApp takes, ended at a line."""
    if len(text) <= most:
        return text
    return (text[: most - 2].rpartition("\n")[0] or text[: most - 2]) + "\n…"
