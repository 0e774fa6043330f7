"""The only writer of orders, payments and purchase summaries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Max, Min, Sum
from django.utils.translation import gettext as _

from setia.catalog import queries as catalog
from setia.catalog.models import Variant
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.orders import events as verbs
from setia.orders import rules
from setia.orders.models import (
    Adjustment,
    Counter,
    Line,
    Order,
    OrderState,
    Payment,
    PaymentKind,
    PurchaseSummary,
)
from setia.shops.models import Member


@dataclass(frozen=True)
class LineInput:
    """What somebody wants: so many of a variant."""

    variant_id: int
    quantity: int


@dataclass(frozen=True)
class PastOrder:
    """An order of the past, paid and handed over on its day."""

    customer_id: int
    day: date
    lines: Sequence[LineInput]
    channel: str


_PROBLEMS = {
    "quantity": ("lines", lambda: _("Each line needs at least 1 box (and at most %(most)s).") % {"most": rules.MOST_BOXES}),
    "price": ("lines", lambda: _("A price cannot be below zero.")),
    "discount": ("discount", lambda: _("The discount cannot be more than the boxes cost.")),
    "delivery_fee": ("delivery_fee", lambda: _("A delivery fee cannot be below zero.")),
}


def _total(lines: list[tuple[int, int]], discount: int, delivery_fee: int) -> int:
    try:
        return rules.total(lines, discount=discount, delivery_fee=delivery_fee)
    except ValueError as error:
        field, text = _PROBLEMS[str(error)]
        raise DomainError(text(), code=str(error), field=field) from error


def _priced(lines: Sequence[LineInput], customer: Customer | None, day: date) -> list[tuple[Variant, int, int]]:
    """`(variant, quantity, unit price)` per line; the same variant twice becomes one line."""
    wanted: dict[int, int] = {}
    for line in lines:
        wanted[line.variant_id] = wanted.get(line.variant_id, 0) + line.quantity
    if not wanted:
        raise DomainError(_("Choose at least one box."), code="empty", field="lines")
    variants = Variant.objects.filter(pk__in=wanted).select_related("product").in_bulk()
    prices = catalog.prices(wanted, kind=customer.kind if customer else "end", day=day)
    if missing := set(wanted) - (set(variants) & set(prices)):
        raise DomainError(_("Something chosen is not sold any more. Choose again."), code="unknown", field="lines") from (
            LookupError(missing)
        )
    return [(variants[pk], quantity, prices[pk]) for pk, quantity in wanted.items()]


def _next_number() -> int:
    counter, _new = Counter.objects.get_or_create(name="order")
    Counter.objects.filter(pk=counter.pk).update(value=F("value") + 1)
    counter.refresh_from_db()
    return counter.value


@transaction.atomic
def place(
    *,
    lines: Sequence[LineInput],
    due_on: date,
    customer: Customer | None = None,
    channel: str = "phone",
    fulfilment: str = "pickup",
    due_time: time | None = None,
    address: str = "",
    note: str = "",
    discount: int = 0,
    delivery_fee: int = 0,
    deposit: int = 0,
    deposit_method: str = "cash",
    device_key: str | None = None,
    taken_by: Member | None = None,
) -> Order:
    """Take an order. The same `device_key` again returns the order it made. Raises DomainError with the field it is about."""
    if device_key and (known := Order.objects.filter(device_key=device_key).first()):
        return known
    today = current_shop().today()
    if due_on < today:
        raise DomainError(_("This day is over. Choose today or a later day."), code="past", field="due_on")
    priced = _priced(lines, customer, today)
    amount = _total([(quantity, price) for _variant, quantity, price in priced], discount, delivery_fee)
    if not 0 <= deposit <= amount:
        raise DomainError(_("The deposit cannot be more than the total."), code="deposit", field="deposit")
    try:
        with transaction.atomic():
            order = Order.objects.create(
                number=_next_number(),
                customer=customer,
                channel=channel,
                due_on=due_on,
                due_time=due_time,
                fulfilment=fulfilment,
                address=address.strip(),
                note=note.strip(),
                total=amount,
                placed_at=clock.now(),
                device_key=device_key or None,
                taken_by=taken_by,
            )
    except IntegrityError:
        known = Order.objects.filter(device_key=device_key).first() if device_key else None
        if known is None:
            raise
        return known
    _write_lines(order, priced, discount, delivery_fee)
    _record(verbs.PLACED, order)
    if deposit:
        record_payment(order=order, amount=deposit, method=deposit_method, kind=PaymentKind.DEPOSIT, by=taken_by)
    return order


def _write_lines(order: Order, priced: list[tuple[Variant, int, int]], discount: int, delivery_fee: int) -> None:
    Line.objects.bulk_create(
        Line(
            order=order,
            variant=variant,
            label=variant.label,
            quantity=quantity,
            unit_price=price,
            amount=quantity * price,
        )
        for variant, quantity, price in priced
    )
    if discount:
        Adjustment.objects.create(order=order, kind="discount", amount=-discount)
    if delivery_fee:
        Adjustment.objects.create(order=order, kind="delivery", amount=delivery_fee)


def _record(verb: str, order: Order, **more: Any) -> None:
    data = {"number": order.number, "total": order.total, "channel": order.channel, "state": order.state}
    events.record(verb, subject=order, customer_id=order.customer_id, data=data | more)


def _step(order: Order, state: OrderState, stamp: str, **changes: Any) -> bool:
    """Move the order to `state` if it may; False when it is there already (a second tap). Raises DomainError otherwise."""
    changed = Order.objects.filter(pk=order.pk, state__in=rules.STEPS[state]).update(
        state=state, **{stamp: clock.now()}, **changes
    )
    order.refresh_from_db()
    if not changed and order.state != state:
        raise DomainError(
            _("Order #%(number)s is %(state)s already.")
            % {"number": order.number, "state": order.get_state_display().lower()},
            code="state",
        )
    return bool(changed)


@transaction.atomic
def confirm(*, order: Order) -> Order:
    """The shop says yes."""
    if _step(order, OrderState.CONFIRMED, "confirmed_at"):
        _record(verbs.CONFIRMED, order)
    return order


@transaction.atomic
def mark_ready(*, order: Order) -> Order:
    """Packed, waiting for its customer."""
    if _step(order, OrderState.READY, "ready_at"):
        _record(verbs.READY, order)
    return order


@transaction.atomic
def complete(*, order: Order) -> Order:
    """Handed over. The customer's purchase summary grows; the event says whether it was their first."""
    if _step(order, OrderState.COMPLETED, "completed_at"):
        first = _add_purchase(order)
        _record(verbs.COMPLETED, order, first=first)
    return order


@transaction.atomic
def cancel(*, order: Order, reason: str = "") -> Order:
    """Call the order off; what was paid goes back."""
    if _step(order, OrderState.CANCELLED, "cancelled_at", cancel_reason=reason.strip()[:200]):
        back = rules.refund_on_cancel(order.paid)
        if back:
            record_payment(order=order, amount=-back, method=_last_method(order), kind=PaymentKind.REFUND)
        _record(verbs.CANCELLED, order)
    return order


@transaction.atomic
def reopen(*, order: Order) -> Order:
    """Take back the last step. A refund stays in the books; money must be taken anew."""
    before = order.state
    if before not in rules.BACK:
        raise DomainError(_("There is no step to take back."), code="state")
    if not Order.objects.filter(pk=order.pk, state=before).update(state=rules.BACK[before]):
        raise DomainError(_("Somebody else changed this order meanwhile. Look again."), code="state")
    if before == OrderState.COMPLETED:
        _take_purchase_back(order)
    order.refresh_from_db()
    _record(verbs.REOPENED, order, taken_back=before)
    return order


def _last_method(order: Order) -> str:
    method = Payment.objects.filter(order=order).order_by("-pk").values_list("method", flat=True).first()
    return method or "cash"


@transaction.atomic
def record_payment(
    *,
    order: Order,
    amount: int,
    method: str,
    by: Member | None = None,
    kind: str | None = None,
    device_key: str | None = None,
) -> Payment:
    """Money that came in (positive) or went back (negative). The same `device_key` again returns the payment it made."""
    if device_key and (known := Payment.objects.filter(device_key=device_key).first()):
        return known
    if amount == 0:
        raise DomainError(_("Enter an amount."), code="amount", field="amount")
    order = Order.objects.select_for_update().get(pk=order.pk)
    if amount < 0 and order.paid + amount < 0:
        raise DomainError(_("No more can go back than was paid."), code="amount", field="amount")
    payment = Payment.objects.create(
        order=order,
        kind=kind or (PaymentKind.REFUND if amount < 0 else PaymentKind.BALANCE),
        method=method,
        amount=amount,
        at=clock.now(),
        by=by,
        device_key=device_key or None,
    )
    Order.objects.filter(pk=order.pk).update(paid=F("paid") + amount)
    events.record(
        verbs.PAID,
        subject=order,
        customer_id=order.customer_id,
        data={"number": order.number, "amount": amount, "method": method},
    )
    return payment


@transaction.atomic
def sell(
    *,
    lines: Sequence[LineInput],
    customer: Customer | None = None,
    method: str = "cash",
    taken_by: Member | None = None,
    device_key: str | None = None,
) -> Order:
    """A sale at the counter: taken, paid and handed over at once."""
    order = place(
        lines=lines,
        due_on=current_shop().today(),
        customer=customer,
        channel="counter",
        device_key=device_key,
        taken_by=taken_by,
    )
    if order.state == OrderState.PLACED:
        if order.balance:
            record_payment(order=order, amount=order.balance, method=method, by=taken_by)
        complete(order=order)
    order.refresh_from_db()
    return order


# --- What a customer has bought so far --------------------------------------------------------------------------------


def _add_purchase(order: Order) -> bool:
    """Count the completed order; True when it is the customer's first."""
    if order.customer_id is None or order.completed_at is None:
        return False
    day = current_shop().day_of(order.completed_at)
    summary, new = PurchaseSummary.objects.get_or_create(
        customer_id=order.customer_id, defaults={"first_on": day, "last_on": day}
    )
    PurchaseSummary.objects.filter(pk=summary.pk).update(
        orders=F("orders") + 1, spent=F("spent") + order.total, last_on=max(day, summary.last_on)
    )
    return new


def _take_purchase_back(order: Order) -> None:
    """The summary as if the order had not been completed; gone when it was the only one."""
    Order.objects.filter(pk=order.pk).update(completed_at=None)
    if order.customer_id is None:
        return
    left = Order.objects.filter(customer_id=order.customer_id, state=OrderState.COMPLETED).exclude(pk=order.pk)
    latest = left.order_by("-completed_at").values_list("completed_at", flat=True).first()
    mine = PurchaseSummary.objects.filter(customer_id=order.customer_id)
    if latest is None:
        mine.delete()
    else:
        mine.update(orders=F("orders") - 1, spent=F("spent") - order.total, last_on=current_shop().day_of(latest))


# --- The past ---------------------------------------------------------------------------------------------------------

SLICE = 500


@transaction.atomic
def record_past(*, orders: Iterable[PastOrder]) -> int:
    """Write orders of the past as completed and paid, at the prices of their day; nobody is thanked for them.

    Returns how many. For a shop that moves in with its history; summaries are brought up to date at the end.
    """
    rows = iter(orders)
    written = 0
    while part := list(islice(rows, SLICE)):
        _write_past(part)
        written += len(part)
    renew_summaries()
    return written


def _write_past(part: list[PastOrder]) -> None:
    shop = current_shop()
    counter, _new = Counter.objects.get_or_create(name="order")
    Counter.objects.filter(pk=counter.pk).update(value=F("value") + len(part))
    counter.refresh_from_db()
    first_number = counter.value - len(part) + 1
    variants = Variant.objects.select_related("product").in_bulk()
    kinds = dict(Customer.objects.filter(pk__in={row.customer_id for row in part}).values_list("pk", "kind"))
    price_of: dict[tuple[str, date], dict[int, int]] = {}
    made, lines = [], []
    for number, row in enumerate(part, first_number):
        kind = kinds[row.customer_id]
        if (kind, row.day) not in price_of:
            price_of[kind, row.day] = catalog.prices(None, kind=kind, day=row.day)
        prices = price_of[kind, row.day]
        at = datetime.combine(row.day, time(10), tzinfo=shop.zone)
        order = Order(
            shop=shop,
            number=number,
            customer_id=row.customer_id,
            channel=row.channel,
            state=OrderState.COMPLETED,
            due_on=row.day,
            total=sum(line.quantity * prices[line.variant_id] for line in row.lines),
            placed_at=at,
            confirmed_at=at,
            ready_at=at,
            completed_at=at,
        )
        order.paid = order.total
        made.append(order)
        lines.append([(line, prices[line.variant_id]) for line in row.lines])
    Order.objects.bulk_create(made)
    Line.objects.bulk_create(
        Line(
            shop=shop,
            order=order,
            variant_id=line.variant_id,
            label=variants[line.variant_id].label,
            quantity=line.quantity,
            unit_price=price,
            amount=line.quantity * price,
        )
        for order, items in zip(made, lines, strict=True)
        for line, price in items
    )
    Payment.objects.bulk_create(
        Payment(shop=shop, order=order, kind=PaymentKind.BALANCE, method="cash", amount=order.total, at=order.placed_at)
        for order in made
        if order.total
    )


def renew_summaries() -> None:
    """Make every customer's purchase summary anew from the completed orders of the open shop."""
    shop = current_shop()
    rows = (
        Order.objects.filter(state=OrderState.COMPLETED, customer__isnull=False)
        .values("customer_id")
        .annotate(count=Count("pk"), spent=Sum("total"), first=Min("completed_at"), last=Max("completed_at"))
        .order_by("customer_id")
    )
    PurchaseSummary.objects.bulk_create(
        (
            PurchaseSummary(
                shop=shop,
                customer_id=row["customer_id"],
                orders=row["count"],
                spent=row["spent"],
                first_on=shop.day_of(row["first"]),
                last_on=shop.day_of(row["last"]),
            )
            for row in rows.iterator(chunk_size=2000)
        ),
        update_conflicts=True,
        unique_fields=["shop", "customer"],
        update_fields=["orders", "spent", "first_on", "last_on"],
        batch_size=2000,
    )
