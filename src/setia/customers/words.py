"""What the fields of a customer are called on the screen, and their values in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.core import names
from setia.customers.models import Customer, Speech

LABELS = {
    "display_name": gettext_lazy("Name"),
    "honorific": gettext_lazy("How they are addressed"),
    "nickname": gettext_lazy("Nickname"),
    "kind": gettext_lazy("Kind of customer"),
    "source": gettext_lazy("How did they find you?"),
    "address": gettext_lazy("Address"),
    "landmark": gettext_lazy("How to find the house"),
    "district": gettext_lazy("District"),
    "language": gettext_lazy("Write to them in"),
    "reach_by": gettext_lazy("Reach them by"),
    "reach_hours": gettext_lazy("Best time"),
    "speech": gettext_lazy("How a message begins"),
    "greeting": gettext_lazy("Opening words of their own"),
}

# The words a message opens with. Javanese is written as it is said, in whatever language the message goes on.
OPENINGS = {
    Speech.ISLAMIC: "Assalamualaikum",
    Speech.NGOKO: "Piye kabare",
    Speech.KRAMA: "Nuwun sewu, nyuwun pangapunten ngganggu",
}


def label_of(name: str) -> str:
    """What a field is called."""
    return str(LABELS[name])


def shown(customer: Customer, name: str) -> str:
    """A field's value in words."""
    told: Any = getattr(customer, f"get_{name}_display", None)
    return str(told() if told else getattr(customer, name))


def called(customer: Customer) -> str:
    """How to call them: the honorific and nickname they asked for, else what the name says (`Bu Ratna`)."""
    usual = names.greeting_name(customer.display_name)
    if not customer.honorific and not customer.nickname:
        return usual
    honorific = customer.honorific or names.split_name(customer.display_name).honorific
    bare = customer.nickname or names.split_name(customer.display_name).core.split(" ")[0] or usual
    return f"{honorific} {bare}".strip()


def opening(customer: Customer) -> str:
    """The words before a message to them, ending in a full stop; empty when none were asked for."""
    words = (
        customer.greeting.strip() or OPENINGS.get(Speech(customer.speech), "") if customer.speech else customer.greeting
    )
    words = words.strip()
    return words if not words or words[-1] in ".!?" else f"{words}."


def greeted(customer: Customer, text: str) -> str:
    """A message with the customer's opening words before it."""
    return " ".join(filter(None, (opening(customer), text))) if text else text


def erased_name() -> str:
    """What stands where a name was."""
    return _("Erased customer")
