"""Orders read from chat messages: kept as drafts, made orders by a person's tap, put away."""

from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from setia.conversations import drafting
from setia.conversations import events as verbs
from setia.conversations.drafting import Understood
from setia.conversations.models import Conversation, Direction, DraftState, Message, OrderDraft, Origin
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.orders import actions as orders
from setia.orders.actions import LineInput
from setia.orders.models import Order
from setia.shops.models import Member

# An answer to our question belongs to the order it was asked about.
GOES_ON: Final = timedelta(hours=12)


@events.only_if(lambda message: message.kind == "text")
def read_order(*, event: Event) -> None:
    """On `message.received`: keep a draft when the words want an order, a change or a cancellation."""
    rows = Message.objects.select_related("customer", "conversation")
    message = rows.filter(pk=event.subject_id, kind="text", direction=Direction.IN, removed_at=None).first()
    if message is None or message.origin != Origin.LIVE:
        return
    _draft, event.found["intent"] = draft_from(message=message)


@transaction.atomic
def draft_from(*, message: Message) -> tuple[OrderDraft | None, str]:
    """(the draft of a customer's message, or None when it wants no order; what it wants). An answer to what was asked
    completes the draft it belongs to."""
    known = OrderDraft.objects.filter(message=message).first()
    if known:
        return known, known.intent
    try:
        understood = drafting.understand(message.text, sent_at=message.at, customer=message.customer)
    except ValueError:
        return None, ""  # nothing is sold yet
    text, before = message.text, None
    if understood.reading.intent in (None, "order", "question") and not understood.reading.items:
        before = _unfinished(message)
        if before:
            joined = f"{before.text}\n{message.text}"
            whole = drafting.understand(joined, sent_at=message.at, customer=message.customer)
            if whole.is_draft and len(whole.asks) < len(before.asks):
                text, understood = joined, whole
            else:
                before = None
    if not understood.is_draft:
        return None, understood.reading.intent or ""
    draft = _keep(OrderDraft(message=message, customer=message.customer, text=text, sent_at=message.at), understood)
    if before:
        OrderDraft.objects.filter(pk=before.pk, state=DraftState.OPEN).update(state=DraftState.DISMISSED)
    return draft, draft.intent


def _unfinished(message: Message) -> OrderDraft | None:
    """The order of the same day, some hours ago at most, about which something is still open."""
    rows = OrderDraft.objects.filter(
        customer_id=message.customer_id,
        state=DraftState.OPEN,
        intent="order",
        sent_at__gt=message.at - GOES_ON,
        sent_at__lt=message.at,
    )
    found = rows.order_by("-sent_at", "-pk").first()
    shop = current_shop()
    same_day = found and shop.day_of(found.sent_at) == shop.day_of(message.at)
    return found if found and found.asks and same_day else None


def _keep(draft: OrderDraft, understood: Understood) -> OrderDraft:
    draft.intent = understood.reading.intent or ""
    draft.reading = understood.reading.as_record()
    draft.asks, draft.lines = list(understood.asks), understood.lines
    draft.question, draft.answer = understood.question, understood.summary
    draft.save()
    _touch(draft)
    return draft


@transaction.atomic
def paste_draft(*, text: str, customer: Customer | None, sent_at: datetime | None = None) -> OrderDraft:
    """Read a message that was copied out of WhatsApp. Kept whatever it says: a person looks at it. Raises DomainError
    `empty`, or `nothing_sold` while the shop has no products."""
    if not text.strip():
        raise DomainError(_("Paste the customer's message first."), code="empty", field="text")
    draft = OrderDraft(text=text.strip()[:4000], customer=customer, sent_at=sent_at or clock.now())
    return _read_anew(draft)


@transaction.atomic
def set_draft_customer(*, draft: OrderDraft, customer: Customer) -> OrderDraft:
    """Say whose message this is: address and last order are known then."""
    draft.customer = customer
    return _read_anew(draft)


def _read_anew(draft: OrderDraft) -> OrderDraft:
    try:
        understood = drafting.understand(draft.text, sent_at=draft.sent_at, customer=draft.customer)
    except ValueError as error:
        problem = _("Write down your products and prices first; then messages can be read.")
        raise DomainError(problem, code="nothing_sold", field="text") from error
    return _keep(draft, understood)


@transaction.atomic
def book_draft(*, draft: OrderDraft, by: Member) -> Order:
    """One tap: the order as it was read. A second tap gives the same order.

    Raises DomainError when something is open, when nobody knows whose it is, when the customer changed the message
    since, and as `orders.place`.
    """
    draft = OrderDraft.objects.select_for_update(of=("self",)).select_related("customer", "message").get(pk=draft.pk)
    if draft.order_id:
        return Order.objects.get(pk=draft.order_id)
    if draft.customer is None:
        raise DomainError(_("Choose whose order this is first."), code="customer", field="customer")
    if draft.message and (draft.message.removed_at or draft.message.text not in draft.text):
        raise DomainError(_("The customer changed or deleted this message. Ask before you book it."), code="changed")
    if not drafting.is_ready(draft):
        raise DomainError(_("Something is still open. Ask the customer, or fill in the order yourself."), code="open")
    read = draft.reading
    address = str((read.get("address") or {}).get("text") or "") or ", ".join(
        part for part in (draft.customer.address, draft.customer.landmark, draft.customer.district) if part
    )
    fulfilment = drafting.FULFILMENT[read["fulfilment"]]
    order = orders.place(
        customer=draft.customer,
        lines=[LineInput(line["variant"], line["quantity"]) for line in draft.lines],
        due_on=date.fromisoformat(read["date"]),
        due_time=time.fromisoformat(read["time"]) if read.get("time") else None,
        fulfilment=fulfilment,
        address="" if fulfilment == "pickup" else address[:300],
        channel=drafting.booked_as(draft),
        agreed=True,
        device_key=drafting.draft_key(draft.pk),
        taken_by=by,
    )
    _settle(draft, order)
    return order


def _settle(draft: OrderDraft, order: Order) -> None:
    if (
        OrderDraft.objects.filter(pk=draft.pk)
        .exclude(state=DraftState.BOOKED)
        .update(state=DraftState.BOOKED, order=order)
    ):
        data = {"order": order.pk, "number": order.number}
        events.record(verbs.DRAFT_BOOKED, subject=draft, customer_id=draft.customer_id, data=data)
        _touch(draft)


def settle_draft(*, event: Event) -> None:
    """On `order.placed`: the order that was filled in from a draft is what became of it."""
    order = Order.objects.filter(pk=event.subject_id, device_key__startswith="draft:").first()
    number = (order.device_key or "").removeprefix("draft:") if order else ""
    draft = OrderDraft.objects.filter(pk=int(number)).first() if number.isdecimal() else None
    if draft and order:
        _settle(draft, order)


@transaction.atomic
def dismiss_draft(*, draft: OrderDraft, dismissed: bool) -> bool:
    """It is no order after all, or it is taken up again. False when it was so already, or became an order."""
    now, then = (DraftState.OPEN, DraftState.DISMISSED) if dismissed else (DraftState.DISMISSED, DraftState.OPEN)
    changed = OrderDraft.objects.filter(pk=draft.pk, state=now).update(state=then)
    if changed:
        data = {"dismissed": dismissed}
        events.record(verbs.DRAFT_DISMISSED, subject=draft, customer_id=draft.customer_id, data=data)
        _touch(draft)
    return bool(changed)


def _touch(draft: OrderDraft) -> None:
    if draft.message_id:
        Conversation.objects.filter(messages=draft.message_id).update(revision=F("revision") + 1)
