"""The free WhatsApp app: a link opens the chat with the words already written; a person presses send."""

from setia.core import phone


def link(number: str, text: str) -> str:
    """The `wa.me` link for a number (E.164) and a text; empty without a number."""
    return phone.wa_link(number, text) if number else ""
