"""Texts that go to customers: the built-in ones, in the customer's language, and the owner's own in their place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from setia.conversations import rules
from setia.conversations.models import AutoReply, Trigger
from setia.core.names import greeting_name
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.shops.models import Language

BUILT_IN: Final[Mapping[str, str]] = {
    Trigger.GREETING: gettext_noop(
        "Hello {name}, this is {shop}. Thank you for writing to us! We answer as soon as we can.\n\n"
        "Write MENU for the price list."
    ),
    Trigger.THANKS_FIRST: gettext_noop(
        "Thank you for your first order at {shop}, {name}! It makes us happy that you chose us. "
        "We hope everybody at home enjoys it. If anything was not right with order {order}, just write to us here."
        "\n\n{welcome}"
    ),
    Trigger.THANKS: gettext_noop(
        "Thank you, {name}! Order {order} is done. We hope it tastes as good as ever, and look forward to next time. "
        "Greetings from {shop}.\n\n{points}"
    ),
    Trigger.AWAY: gettext_noop(
        "Hello {name}, thank you for your message. {shop} is closed right now. We open again {opens} and answer then."
    ),
    Trigger.CATALOGUE: gettext_noop("Hello {name}, this is what we bake:\n\n{price_list}\n\n{link}"),
    Trigger.UNCLEAR: gettext_noop(
        "{name}, may we help you with ordering or delivery? Write what you would like, how many, and for which day.\n\n"
        "Write MENU for the price list, or ADMIN to talk to a person."
    ),
    Trigger.PERSON: gettext_noop("All right, {name}. Somebody of {shop} answers you here as soon as possible."),
    Trigger.CONFIRMED: gettext_noop(
        "{name}, your order {order} is confirmed: {items}, for {day}. Total {total}. Thank you!"
    ),
    Trigger.READY: gettext_noop("{name}, your order {order} is ready: {items}. Thank you!"),
    Trigger.ON_ITS_WAY: gettext_noop("{name}, your order {order} is on its way to you: {items}."),
    Trigger.PAYMENT: gettext_noop(
        "{name}, a small reminder: order {order} is for {day}. Still to be paid: {balance}. Thank you!"
    ),
    Trigger.PRICE_LIST: gettext_noop("Hello {name}!\n\n{price_list}\n\nWhat may we prepare for you?"),
}
_OPT_OUT = gettext_noop(
    "All right, {name}. {shop} will not send you offers any more. Messages about your own orders still come."
)

# What may stand in braces in each text.
_ORDER: Final = ("name", "shop", "order", "items", "day", "time", "total", "balance")
PLACEHOLDERS: Final[Mapping[str, tuple[str, ...]]] = {
    Trigger.GREETING: ("name", "shop"),
    Trigger.AWAY: ("name", "shop", "opens"),
    Trigger.PRICE_LIST: ("name", "shop", "price_list", "link"),
    Trigger.CATALOGUE: ("name", "shop", "price_list", "link"),
    Trigger.UNCLEAR: ("name", "shop"),
    Trigger.PERSON: ("name", "shop"),
    Trigger.CONFIRMED: _ORDER,
    Trigger.READY: _ORDER,
    Trigger.ON_ITS_WAY: _ORDER,
    Trigger.PAYMENT: _ORDER,
    Trigger.THANKS_FIRST: ("name", "shop", "order"),
    Trigger.THANKS: ("name", "shop", "order"),
}


@dataclass(frozen=True)
class Extra:
    """A placeholder of an area above: its `value` for a customer is asked for when a text with it is sent.

    `meaning` says what it stands for, `example` how that may read; an empty value leaves nothing behind.
    """

    name: str
    triggers: tuple[str, ...]
    meaning: str | Promise
    example: str | Promise
    value: Callable[[Customer], str]


_extras: dict[str, Extra] = {}


def install(*extras: Extra) -> None:
    """Let these stand in texts from now on (done once at start, from `setia.recurring`)."""
    _extras.update({extra.name: extra for extra in extras})


def extras(trigger: str) -> list[Extra]:
    """What areas above let stand in this text."""
    return [extra for extra in _extras.values() if trigger in extra.triggers]


def known(trigger: str) -> tuple[str, ...]:
    """Every name that may stand in braces in this text."""
    return (*PLACEHOLDERS[trigger], *(extra.name for extra in extras(trigger)))


def extra_values(trigger: str, wording: str, customer: Customer) -> dict[str, str]:
    """Values of those that stand in the wording, in the customer's language."""
    wanted = rules.placeholders(wording)
    with translation.override(customer.language):
        return {extra.name: extra.value(customer) for extra in extras(trigger) if extra.name in wanted}


def built_in(trigger: str, language: str) -> str:
    """The text that speaks where the owner wrote none."""
    with translation.override(language):
        return _(BUILT_IN[trigger])


def text_for(reply: AutoReply | None, trigger: str, language: str) -> str:
    """The owner's text for this language, else the built-in one, with its placeholders."""
    own = ""
    if reply is not None:
        own = reply.text_english if language == Language.ENGLISH else reply.text
    return own or built_in(trigger, language)


def values_for(customer: Customer, **more: Any) -> dict[str, str]:
    """What the placeholders stand for, for this customer."""
    return {
        "name": called(customer),
        "shop": current_shop().name,
        **{name: str(value) for name, value in more.items()},
    }


def called(customer: Customer) -> str:
    """How a customer is addressed; politely in general when all we know is a number."""
    name = customer.display_name
    if any(character.isalpha() for character in name):
        return greeting_name(name)
    with translation.override(customer.language):
        return pgettext("to a customer whose name is not known", "there")


def opt_out_text(customer: Customer) -> str:
    """The one confirmation that no more offers come."""
    with translation.override(customer.language):
        return rules.fill(_(_OPT_OUT), values_for(customer))
