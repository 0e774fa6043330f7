"""Confirm, make ready, hand over, call off, take a step back.

Every step is a conditional UPDATE: of two taps or two devices one takes it, the other finds it done.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import clock
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.orders import events as verbs
from setia.orders import rules
from setia.orders.actions import day_sums, reductions, summaries
from setia.orders.actions.payments import record_payment
from setia.orders.actions.recording import record
from setia.orders.models import Fulfilment, Order, OrderState, PaymentKind, PaymentMethod, Return
from setia.shops.models import Member

# The columns that say when a step was taken; taking it back clears them.
STAMPS: dict[str, tuple[str, ...]] = {
    OrderState.CONFIRMED: ("confirmed_at",),
    OrderState.READY: ("ready_at",),
    OrderState.UNDERWAY: ("underway_at",),
    OrderState.COMPLETED: ("completed_at", "completed_on"),
    OrderState.CANCELLED: ("cancelled_at",),
}


def _step(order: Order, state: OrderState, **changes: Any) -> bool:
    """Lead the order to `state`; False when it is there already. Raises DomainError when it cannot get there."""
    stamp = STAMPS[state][0]
    moved = Order.objects.filter(pk=order.pk, state__in=rules.STEPS[state]).update(
        state=state, **{stamp: clock.now()}, **changes
    )
    order.refresh_from_db()
    if not moved and order.state != state:
        values = {"number": order.number, "state": order.get_state_display()}
        text = _("Order #%(number)s is already in this state: %(state)s. Look at it again.") % values
        raise DomainError(text, code="state")
    return bool(moved)


@transaction.atomic
def confirm(*, order: Order) -> Order:
    """The shop says yes. Returns the order as it is now; so do the other steps."""
    if _step(order, OrderState.CONFIRMED):
        record(verbs.CONFIRMED, order)
    return order


@transaction.atomic
def mark_ready(*, order: Order) -> Order:
    """Packed, waiting for its customer."""
    if _step(order, OrderState.READY):
        record(verbs.READY, order)
    return order


@transaction.atomic
def send_out(*, order: Order) -> Order:
    """It left the shop and is on its way to its customer. Raises DomainError for what is picked up."""
    if order.fulfilment == Fulfilment.PICKUP:
        raise DomainError(_("This order is picked up at the shop."), code="fulfilment")
    if _step(order, OrderState.UNDERWAY):
        record(verbs.ON_ITS_WAY, order, fulfilment=order.fulfilment)
    return order


@transaction.atomic
def complete(*, order: Order, method: str | None = None, by: Member | None = None) -> Order:
    """Handed over. With a `method` the whole balance is paid at the same time.

    The customer's purchase summary grows with it; the event says whether it was their first purchase.
    """
    if _step(order, OrderState.COMPLETED, completed_on=current_shop().today()):
        if method and order.balance:
            record_payment(order=order, amount=order.balance, method=method, kind=PaymentKind.BALANCE, by=by)
            order.refresh_from_db()
        finish(order)
    return order


def finish(order: Order) -> None:
    """What follows from an order that was just completed: the summary and the event."""
    summary = summaries.renew(order.customer_id)
    day_sums.forget([order.completed_on])
    record(verbs.COMPLETED, order, first=summary is not None and summary.orders == 1)


@transaction.atomic
def cancel(
    *,
    order: Order,
    reason: str = "",
    refund: int = 0,
    refund_method: str = PaymentMethod.CASH,
    by: Member | None = None,
) -> Order:
    """Call an open order off. `refund`: how much of what was paid goes back now; the rest stays with the shop.

    Raises DomainError (field `refund`) for more than was paid.
    """
    if _step(order, OrderState.CANCELLED, cancel_reason=" ".join(reason.split())[:200]):
        if refund:
            _give_back(order, refund, refund_method, by)
        reductions.give_back(order)
        record(verbs.CANCELLED, order, refunded=refund, kept=order.paid)
    return order


def _give_back(order: Order, amount: int, method: str, by: Member | None) -> None:
    if amount < 0 or amount > order.paid:
        raise DomainError(_("No more can go back than was paid."), code="refund", field="refund")
    record_payment(order=order, amount=amount, method=method, kind=PaymentKind.REFUND, by=by)
    order.refresh_from_db()


@transaction.atomic
def reopen(*, order: Order, step: str | None = None) -> Order:
    """Take back the step that led to `step` (default: the state `order` was read in). Money stays booked as it moved.

    Somebody who was quicker, or a second tap, changes nothing more. Raises DomainError without a step to take back.
    """
    step = step or order.state
    row = Order.objects.select_for_update().get(pk=order.pk)
    if row.state == step:
        back = rules.before(
            step,
            confirmed=row.confirmed_at is not None,
            ready=row.ready_at is not None,
            underway=row.underway_at is not None,
        )
        if back is None:
            raise DomainError(_("There is no step to take back."), code="state")
        day = row.completed_on
        Order.objects.filter(pk=row.pk, state=step).update(state=back, **dict.fromkeys(STAMPS[step]))
        row.refresh_from_db()
        if step == OrderState.COMPLETED and Return.objects.filter(order=row).exists():
            raise DomainError(_("Something of this order came back already, so it stays handed over."), code="returned")
        if step == OrderState.CANCELLED:
            reductions.settle_again(row)
        if step == OrderState.COMPLETED:
            summaries.renew(row.customer_id)
            day_sums.forget([day])
        record(verbs.REOPENED, row, taken_back=step)
    order.refresh_from_db()
    return order
