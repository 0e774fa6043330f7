"""News about an order that nobody writes: confirmed, ready, on its way, to be paid, thanks."""

from datetime import datetime, timedelta
from typing import Final

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language

from setia.conversations import opening, rules, templating, texts
from setia.conversations.actions.automatic.settings import enabled
from setia.conversations.actions.automatic.wording import shorten
from setia.conversations.actions.channels import app_channel
from setia.conversations.actions.chats import chat_with
from setia.conversations.actions.messages import channel_for, queue_message
from setia.conversations.actions.sending_templates import send_template
from setia.conversations.models import (
    Channel,
    ChannelKind,
    Conversation,
    MessageTemplate,
    TemplateCategory,
    TemplateStatus,
    Trigger,
)
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
# How a template is named that brings this news when the customer has not written for a day.
TEMPLATE_NAMES: Final = {
    Trigger.CONFIRMED: ("order_is_confirmed", "order_confirmed", "pesanan_diterima", "pesanan_dikonfirmasi"),
    Trigger.READY: ("order_is_ready", "order_ready", "pesanan_siap", "pesanan_sudah_siap"),
    Trigger.ON_ITS_WAY: ("order_is_on_its_way", "order_on_its_way", "pesanan_diantar", "pesanan_dikirim"),
}


def template_names() -> list[tuple[str, str]]:
    """Names that a template may be given so that Setia takes it for news about orders, and which news."""
    return [
        (name.replace("_", " ").capitalize(), str(Trigger(trigger).label))
        for trigger, names in TEMPLATE_NAMES.items()
        for name in names
    ]


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
    by_hand = None
    if trigger in TEMPLATE_NAMES and (channel := _closed_at(customer, due or clock.now())):
        if template := _template_for(trigger, channel, customer, known):
            send_template(
                customer=customer, template=template, values=known, purpose=purpose, reference=reference, due_at=due
            )
            return
        phone = app_channel()
        by_hand = chat_with(channel=phone, customer=customer) if reachable(customer, phone) else None
    queue_message(customer=customer, text=text, purpose=purpose, reference=reference, due_at=due, conversation=by_hand)


def _closed_at(customer: Customer, moment: datetime) -> Channel | None:
    """The connected number that takes only templates for this customer at that moment; None when words may go."""
    channel = channel_for(customer)
    if channel.kind != ChannelKind.CLOUD:
        return None
    chat = Conversation.objects.filter(channel=channel, customer=customer).first()
    return None if chat and rules.window_is_open(chat.window_until, moment) else channel


def _template_for(trigger: str, channel: Channel, customer: Customer, values: dict[str, str]) -> MessageTemplate | None:
    """The approved template for this news in the customer's language that can be filled with what is known."""
    rows = MessageTemplate.objects.filter(
        name__in=TEMPLATE_NAMES[Trigger(trigger)],
        language=customer.language,
        category=TemplateCategory.UTILITY,
        status=TemplateStatus.APPROVED,
        waba_id__in=("", channel.waba_id),
    )
    for row in rows.order_by("-pk"):
        names = templating.variables(f"{row.header} {row.body}")
        if row.sendable and row.name not in channel.stopped_templates and all(values.get(name) for name in names):
            return row
    return None


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
