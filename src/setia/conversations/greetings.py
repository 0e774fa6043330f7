"""Ways to begin, so that not every text sent by hand is the same: WhatsApp takes equal texts to many for spam."""

from functools import cache
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from setia.conversations import costs, rules
from setia.conversations.models import Message, SendingRules
from setia.customers.words import called

BUILT_IN: Final = (
    gettext_noop("{name},"),
    gettext_noop("Hello {name},"),
    gettext_noop("Hi {name}!"),
    gettext_noop("{name}, greetings from the shop."),
)


def beginnings(settings: SendingRules, language: str) -> tuple[str, ...]:
    """The owner's own ways to begin, else the built-in ones in the customer's language."""
    own = tuple(line.strip() for line in settings.greetings.splitlines() if line.strip())
    return own or _built_in(language)


@cache
def _built_in(language: str) -> tuple[str, ...]:
    with translation.override(language):
        return tuple(_(words) for words in BUILT_IN)


def greeted(message: Message, settings: SendingRules | None = None) -> str:
    """The text of a message as it will be sent by hand; only what the shop writes first begins in several ways."""
    if message.purpose not in rules.PACED or message.payload.get("greeted"):
        return message.text
    customer = message.customer
    ways = beginnings(settings or costs.sending_rules(), customer.language)
    with translation.override(customer.language):
        return rules.greet(message.text, called(customer), rules.chosen(ways, customer.pk, message.text))
