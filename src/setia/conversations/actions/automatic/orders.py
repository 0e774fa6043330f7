"""News about an order that nobody writes: confirmed, ready, on its way, to be paid, thanks."""

from datetime import timedelta
from typing import Final

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language

from setia.conversations import opening, rules, texts
from setia.conversations.actions.automatic.replies import shorten
from setia.conversations.actions.automatic.settings import enabled
from setia.conversations.actions.messages import channel_for, queue_message
from setia.conversations.models import Trigger
from setia.conversations.reach import reachable
from setia.core import clock, money
from setia.core.models import Event
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.orders import events as order_events
from setia.orders import queries as orders
from setia.orders.models import Order

STEPS: Final = {
    order_events.CONFIRMED: Trigger.CONFIRMED,
    order_events.READY: Trigger.READY,
    order_events.ON_ITS_WAY: Trigger.ON_ITS_WAY,
}


def tell_of_order(*, event: Event) -> None:
    """On `order.confirmed`, `order.ready`, `order.on_its_way`: tell the customer once, unless the step was taken back
    or the order is over by now."""
    trigger = STEPS[event.verb]
    order = orders.orders().filter(pk=event.subject_id).first()
    if order is None or order.customer is None or not order.is_open or clock.now() - event.at > rules.STALE_NEWS:
        return
    if trigger == Trigger.READY and order.ready_at is None:
        return
    _tell(trigger, order, order.customer, reference=f"order:{order.pk}")


def remind_of_payments() -> None:
    """Daily: whoever fetches tomorrow and has money open is reminded, once per order and day."""
    tomorrow = current_shop().today() + timedelta(days=1)
    for order in orders.due_on(tomorrow):
        if order.customer is not None and order.balance > 0:
            _tell(Trigger.PAYMENT, order, order.customer, reference=f"order:{order.pk}:{tomorrow}")


def thank_for_order(*, event: Event) -> None:
    """On `order.completed`: thank the customer, more warmly the first time. Orders from a file are history."""
    if event.customer_id is None or event.data.get("channel") == "import":
        return
    trigger = Trigger.THANKS_FIRST if event.data.get("first") else Trigger.THANKS
    customer = Customer.objects.filter(pk=event.customer_id).first()
    if customer is not None:
        number = f"#{event.data.get('number')}"
        _send(trigger, customer, {"order": number}, purpose="thanks", reference=f"order:{event.subject_id}")


def _tell(trigger: str, order: Order, customer: Customer, *, reference: str) -> None:
    _send(trigger, customer, values_of(order, customer), purpose=str(trigger), reference=reference)


def _send(trigger: str, customer: Customer, values: dict[str, str], *, purpose: str, reference: str) -> None:
    """Once per reference; outside its hours it waits for them."""
    on, row = enabled(trigger)
    if not on or customer.archived_at is not None or not reachable(customer, channel_for(customer)):
        return
    wording = texts.text_for(row, trigger, customer.language)
    known = texts.values_for(customer, **values) | texts.extra_values(trigger, wording, customer)
    text = shorten(rules.fill(wording, known).strip())
    due = opening.next_within(row)
    queue_message(customer=customer, text=text, purpose=purpose, reference=reference, due_at=due)


def values_of(order: Order, customer: Customer) -> dict[str, str]:
    """What placeholders about an order stand for, in the customer's language."""
    with translation.override(customer.language):
        language: money.Locale = "id" if get_language() == "id" else "en"
        amounts = {"total": order.total, "balance": max(0, order.balance)}
        lines = orders.lines_of(order)
        return {
            "order": f"#{order.number}",
            "items": ", ".join(f"{line.quantity} {line.label}" for line in lines),
            "day": date_format(order.due_on, "l, j F"),
            "time": f"{order.due_time:%H.%M}" if order.due_time else "",
            **{name: money.format_money(amount, locale=language) for name, amount in amounts.items()},
        }
