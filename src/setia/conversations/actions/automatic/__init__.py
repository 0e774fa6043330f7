"""Messages nobody writes: answers (`replies`), news about orders (`orders`), what the owner decides (`settings`)."""

from setia.conversations.actions.automatic.orders import (
    remind_of_payments,
    tell_of_order,
    template_names,
    thank_for_order,
    values_of,
)
from setia.conversations.actions.automatic.price_lists import carried
from setia.conversations.actions.automatic.replies import answer_automatically, answerable
from setia.conversations.actions.automatic.settings import change_auto_reply, reset_auto_reply

__all__ = [
    "answer_automatically",
    "answerable",
    "carried",
    "change_auto_reply",
    "remind_of_payments",
    "reset_auto_reply",
    "tell_of_order",
    "template_names",
    "thank_for_order",
    "values_of",
]
