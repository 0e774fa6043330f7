"""Sell at the counter: taken, paid and handed over in one go."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import clock, faults
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.customers.survivors import survivor_of
from setia.orders.actions import pricing, reductions
from setia.orders.actions.hints import keep_hints
from setia.orders.actions.payments import record_payment
from setia.orders.actions.placing import Newcomer, add_newcomer, by_device_key, choice, create
from setia.orders.actions.steps import cancel, finish, reopen
from setia.orders.models import Order, OrderChannel, OrderState, Payment, PaymentKind, PaymentMethod
from setia.orders.rules import LineInput
from setia.shops.models import Member


@transaction.atomic
def sell(
    *,
    lines: Sequence[LineInput],
    customer: Customer | None = None,
    newcomer: Newcomer | None = None,
    method: str = PaymentMethod.CASH,
    code: str = "",
    deductions: Sequence[tuple[str, str]] = (),
    shown: Sequence[tuple[str, int | None]] = (),
    taken_by: Member | None = None,
    device_key: str | None = None,
    channel: str = OrderChannel.COUNTER,
    sold_at: datetime | None = None,
    agreed: Mapping[int, tuple[str, int]] | None = None,
) -> Order:
    """A sale at today's prices for the customer's kind, paid in full by `method`.

    `code`, `deductions`: as in `place`; so is `shown`. The same `device_key` again returns the sale it made. `channel`,
    `sold_at`, `agreed` (label and price by variant): of a sale that a phone at a stall wrote down and sends later.
    Raises DomainError as `place`.
    """
    if known := by_device_key(device_key):
        return known
    choice("method", method, PaymentMethod.values)
    shop = current_shop()
    at = sold_at or clock.now()
    day = shop.day_of(at)
    customer = survivor_of(customer) if customer else None
    priced = pricing.price(lines, kind=customer.kind if customer else "end", day=day, agreed=agreed)
    customer = customer or add_newcomer(newcomer, by=taken_by)
    order, made = create(
        priced,
        discount=0,
        delivery_fee=0,
        total=pricing.total_of(priced, discount=0, delivery_fee=0),
        device_key=device_key,
        customer=customer,
        channel=channel,
        taken_by=taken_by,
        state=OrderState.COMPLETED,
        due_on=day,
        placed_at=at,
        completed_at=at,
        completed_on=day,
    )
    faults.point("sale.written")
    if made:
        reductions.take(order, priced, code=code, wanted=deductions, by=taken_by)
        keep_hints(order, shown)
        if order.total:
            record_payment(order=order, amount=order.total, method=method, kind=PaymentKind.BALANCE, by=taken_by, at=at)
            order.refresh_from_db()
        faults.point("sale.paid")
        finish(order)
        faults.point("sale.finished")
    return order


@transaction.atomic
def undo_sale(*, order: Order, by: Member | None = None) -> Order:
    """A slip at the counter: the sale is called off and what was paid goes back the way it came.

    Twice is once. Raises DomainError for an order that was not sold at the counter.
    """
    if order.channel not in (OrderChannel.COUNTER, OrderChannel.BAZAAR):
        raise DomainError(_("Only a sale at the counter can be undone like this."), code="channel")
    order = reopen(order=order, step=OrderState.COMPLETED)
    method = Payment.objects.filter(order=order).order_by("pk").values_list("method", flat=True).first()
    return cancel(order=order, refund=order.paid, refund_method=method or PaymentMethod.CASH, by=by)
