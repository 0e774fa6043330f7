"""Money that comes in for an order, or goes back."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from setia.core import clock, events
from setia.core.errors import DomainError
from setia.orders import events as verbs
from setia.orders import rules
from setia.orders.actions import refusals
from setia.orders.credit import book
from setia.orders.models import Order, OrderState, Payment, PaymentMethod
from setia.shops.models import Member


@transaction.atomic
def record_payment(
    *,
    order: Order,
    amount: int,
    method: str,
    by: Member | None = None,
    kind: str | None = None,
    device_key: str | None = None,
    at: datetime | None = None,
) -> Payment:
    """Book money for an order; `amount` in whole units, negative (or kind `refund`) when it goes back. `at`: now,
    unless it moved earlier.

    Without a kind: a part before handing over is a deposit, else a payment. The same `device_key` again returns the
    payment it made. Raises DomainError (field `amount`) for nothing, or for more going back than came in; (field
    `method`) for a way of paying that does not exist; and for money towards an order that was called off.
    """
    if device_key and (known := Payment.objects.filter(device_key=device_key).first()):
        return known
    if method not in PaymentMethod.values:
        raise DomainError(_("Choose one of the list."), code="choice", field="method")
    # One payment of an order at a time: what may go back depends on what came in.
    row = Order.objects.select_for_update().get(pk=order.pk)
    if device_key and (known := Payment.objects.filter(device_key=device_key).first()):
        return known  # a second tap that had to wait for the first
    with refusals.in_words():
        booked = rules.signed(amount, kind, paid=row.paid)
    if booked > 0 and row.state == OrderState.CANCELLED:
        raise DomainError(_("This order was called off. Take that back first."), code="cancelled", field="amount")
    usual = rules.payment_kind(booked, due=row.balance, handed_over=row.state == OrderState.COMPLETED)
    book.check_payment(row, amount=booked, method=method, kind=kind or usual)
    try:
        with transaction.atomic():
            payment = Payment.objects.create(
                order=row,
                kind=kind or usual,
                method=method,
                amount=booked,
                at=at or clock.now(),
                by=by,
                device_key=device_key or None,
            )
    except IntegrityError:
        known = Payment.objects.filter(device_key=device_key).first() if device_key else None
        if known is None:
            raise
        return known
    Order.objects.filter(pk=row.pk).update(paid=F("paid") + booked)
    book.book_payment(payment, row)
    events.record(
        verbs.PAID,
        subject=row,
        customer_id=row.customer_id,
        data={"number": row.number, "amount": booked, "kind": payment.kind, "method": method},
    )
    return payment
