"""Boxes that come back after handing over, and money off afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from setia.core import clock
from setia.core.errors import DomainError
from setia.orders import events as verbs
from setia.orders import rules
from setia.orders.actions import day_sums, summaries
from setia.orders.actions.payments import record_payment
from setia.orders.actions.recording import record
from setia.orders.models import (
    Adjustment,
    AdjustmentKind,
    Line,
    Order,
    OrderState,
    PaymentKind,
    PaymentMethod,
    Return,
    ReturnLine,
)
from setia.orders.models.orders import RETURNS
from setia.shops.models import Member


@dataclass(frozen=True)
class Back:
    """So many of a line came back."""

    line_id: int
    quantity: int


@transaction.atomic
def take_back(
    *,
    order: Order,
    lines: Sequence[Back] = (),
    amount: int | None = None,
    refund: bool = False,
    method: str = PaymentMethod.CASH,
    reason: str = "",
    by: Member | None = None,
    device_key: str | None = None,
) -> Return:
    """Boxes of a completed order come back, or (without lines) an `amount` is taken off it afterwards.

    The order's total falls by what they cost (or by `amount`). With `refund`, what was paid beyond the new total goes
    back by `method`; without, it first lowers what is owed, and what is left stays as the customer's credit on this
    order (`order.surplus`). The same `device_key` again returns the return it made. Raises DomainError: for an order
    that is not completed, and (field `lines` or `amount`) for more than was handed over or is left of the total.
    """
    if device_key and (known := Return.objects.filter(device_key=device_key).first()):
        return known
    row = Order.objects.select_for_update().get(pk=order.pk)
    if row.state != OrderState.COMPLETED:
        raise DomainError(_("Only what was handed over can come back."), code="state")
    backs = _backs(row, lines)
    worth = sum(worth for _line, _quantity, worth in backs) if amount is None else amount
    worth = min(worth, row.total) if amount is None else worth
    # the last boxes may have been paid with points or a voucher: they come back for nothing
    if not int(bool(row.total) or not backs) <= worth <= row.total:
        raise DomainError(
            _("Enter an amount of more than zero, and no more than the order cost."), code="amount", field="amount"
        )
    back = Return.objects.create(
        order=row, at=clock.now(), amount=worth, reason=reason.strip()[:200], by=by, device_key=device_key or None
    )
    ReturnLine.objects.bulk_create(
        ReturnLine(back=back, line=line, quantity=quantity, amount=cost) for line, quantity, cost in backs
    )
    if worth:
        Adjustment.objects.create(
            order=row,
            kind=AdjustmentKind.RETURN,
            source=RETURNS,
            reference=str(back.pk),
            amount=-worth,
            reason=back.reason[:120],
        )
    Order.objects.filter(pk=row.pk).update(total=F("total") - worth)
    row.refresh_from_db()
    if refund and row.surplus:
        back.refunded = min(row.surplus, worth)
        back.save(update_fields=["refunded"])
        record_payment(order=row, amount=back.refunded, method=method, kind=PaymentKind.REFUND, by=by)
        row.refresh_from_db()
    summaries.renew(row.customer_id)
    day_sums.forget([row.completed_on])
    told = [{"variant_id": line.variant_id, "quantity": quantity, "amount": cost} for line, quantity, cost in backs]
    record(verbs.RETURNED, row, amount=worth, refunded=back.refunded, credit=row.surplus, lines=told)
    order.refresh_from_db()
    return back


def _backs(order: Order, wanted: Sequence[Back]) -> list[tuple[Line, int, int]]:
    """Line, boxes and their worth; boxes returned before do not come back again."""
    lines = {line.pk: line for line in Line.objects.filter(order=order)}
    gone = dict(ReturnLine.objects.filter(line__order=order).values_list("line_id").annotate(boxes=Sum("quantity")))
    found: list[tuple[Line, int, int]] = []
    for back in wanted:
        line = lines.get(back.line_id)
        if line is None or not 0 < back.quantity <= line.quantity - gone.get(back.line_id, 0):
            raise DomainError(_("No more boxes can come back than were handed over."), code="quantity", field="lines")
        before = gone.get(back.line_id, 0)
        found.append((line, back.quantity, rules.share(line.amount, line.quantity, before, back.quantity)))
        gone[back.line_id] = before + back.quantity
    return found
