"""A customer's timeline: events as sentences."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from setia.conversations import events as conversations
from setia.core import money
from setia.core.models import Event
from setia.customers import events as customers
from setia.customers.models import ConsentState, Purpose
from setia.orders import events as orders
from setia.shops import queries as shops
from setia.today import events as today

SHOWN = 40


@dataclass(frozen=True)
class Entry:
    """One line: when, an icon, what happened, who did it, where it leads."""

    at: datetime
    icon: str
    text: str
    who: str
    url_name: str
    subject_id: int | None


def _order(sentence: Callable[[], str]) -> Callable[[dict[str, Any]], str]:
    return lambda data: sentence() % {
        "number": data.get("number", "?"),
        "total": money.format_money(data.get("total", 0)),
    }


def _consent(data: dict[str, Any]) -> str:
    purpose = dict(Purpose.choices).get(data.get("purpose", ""), "")
    if data.get("state") == ConsentState.GIVEN:
        return _("Agreed to: %(purpose)s.") % {"purpose": purpose}
    return _("Said no to: %(purpose)s.") % {"purpose": purpose}


def _payment(data: dict[str, Any]) -> str:
    amount = int(data.get("amount", 0))
    if amount < 0:
        return _("Got back %(amount)s.") % {"amount": money.format_money(-amount)}
    return _("Paid %(amount)s.") % {"amount": money.format_money(amount)}


# verb -> (icon, sentence from the event's data, where a click leads)
SENTENCES: dict[str, tuple[str, Callable[[dict[str, Any]], str], str]] = {
    customers.ADDED: ("user-plus", lambda data: _("Was written down in the customer book."), ""),
    customers.CHANGED: ("pencil", lambda data: _("Details were changed."), ""),
    customers.IDENTIFIED: ("phone", lambda data: _("A number or id was added."), ""),
    customers.ARCHIVED: ("archive-box", lambda data: _("Was put away."), ""),
    customers.RESTORED: ("archive-box", lambda data: _("Was taken back."), ""),
    customers.OCCASION_ADDED: ("cake", lambda data: _("A day to remember was written down."), ""),
    customers.CONSENT_ANSWERED: ("hand-thumb-up", _consent, ""),
    orders.PLACED: ("shopping-bag", _order(lambda: _("Ordered: #%(number)s, %(total)s.")), "orders:detail"),
    orders.CONFIRMED: ("check", _order(lambda: _("Order #%(number)s was confirmed.")), "orders:detail"),
    orders.READY: ("gift", _order(lambda: _("Order #%(number)s was ready.")), "orders:detail"),
    orders.COMPLETED: ("check-badge", _order(lambda: _("Received order #%(number)s, %(total)s.")), "orders:detail"),
    orders.CANCELLED: ("x-circle", _order(lambda: _("Order #%(number)s was called off.")), "orders:detail"),
    orders.REOPENED: ("arrow-uturn-left", _order(lambda: _("A step of order #%(number)s was taken back.")), "orders:detail"),
    orders.CHANGED: ("pencil", _order(lambda: _("Order #%(number)s was changed.")), "orders:detail"),
    orders.PAID: ("banknotes", _payment, ""),
    conversations.RECEIVED: ("chat-bubble-left", lambda data: _("Wrote to the shop."), "conversations:thread"),
    conversations.SENT: ("paper-airplane", lambda data: _("The shop wrote."), "conversations:thread"),
    conversations.FAILED: ("exclamation-triangle", lambda data: _("A message could not be sent."), "conversations:thread"),
    today.ACTED: ("sparkles", lambda data: _("Somebody took care of a prompt."), ""),
}


def of_customer(customer_id: int) -> list[Entry]:
    """The latest entries, newest first. Messages on one day are one entry: the words are in the chat."""
    rows = Event.objects.filter(customer_id=customer_id, verb__in=SENTENCES).order_by("-at", "-pk")[: 3 * SHOWN]
    names = {f"member:{member.pk}": member.name for member in shops.members()}
    entries: list[Entry] = []
    talked: set[tuple[str, str]] = set()
    for event in rows:
        icon, sentence, url_name = SENTENCES[event.verb]
        if url_name == "conversations:thread":
            day = (event.verb, event.at.date().isoformat())
            if day in talked:
                continue
            talked.add(day)
        entries.append(
            Entry(
                at=event.at,
                icon=icon,
                text=sentence(event.data),
                who=names.get(event.actor, ""),
                url_name=url_name if url_name == "orders:detail" else "",
                subject_id=event.subject_id,
            )
        )
    return entries[:SHOWN]
