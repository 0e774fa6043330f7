"""Reductions that other areas offer, as part of an order (the contract is in `orders.deductions`)."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.utils.translation import gettext as _

from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.orders import deductions
from setia.orders import events as verbs
from setia.orders.actions import deposits
from setia.orders.actions.pricing import Priced
from setia.orders.actions.recording import record
from setia.orders.deductions import DeductionLine, Quote
from setia.orders.models import Adjustment, AdjustmentKind, Line, Order
from setia.orders.models.orders import BY_HAND, RETURNS
from setia.orders.rules.deposits import Terms
from setia.shops.models import Member


def _of(order: Order) -> QuerySet[Adjustment]:
    return Adjustment.objects.filter(order=order).exclude(source__in=(BY_HAND, RETURNS)).order_by("pk")


def taken_off(order: Order) -> int:
    """What areas above took off the goods of this order, as a positive amount."""
    return -(_of(order).exclude(kind=AdjustmentKind.BROUGHT).aggregate(sum=Sum("amount"))["sum"] or 0)


def off_delivery(order: Order) -> int:
    """What they took off its delivery fee."""
    return -(_of(order).filter(kind=AdjustmentKind.BROUGHT).aggregate(sum=Sum("amount"))["sum"] or 0)


def take(
    order: Order,
    lines: Iterable[Priced | Line],
    *,
    code: str,
    wanted: Sequence[tuple[str, str]],
    by: Member | None,
    agreed: bool = False,
) -> list[Quote]:
    """Take the wanted reductions off a written order, inside the caller's transaction; the order's total follows.

    A typed code takes what it stands for; with `agreed`, what would be ticked from the start is taken, too. Raises
    DomainError (field `code`) when one of the wanted is not offered (any more), when no area knows the code, and what
    `settle` refuses.
    """
    code = code.strip()
    if not wanted and not code and not agreed:
        return []
    by_hand = _by_hand(order)
    fee = max(0, by_hand.get(AdjustmentKind.DELIVERY, 0))
    offers = _offers(order, lines, code, fee)
    chosen = {quote.key: quote for quote in offers if quote.by_code} if code else {}
    if code and not chosen:
        raise DomainError(_("No voucher has this code, or it is not valid for this order."), code="code", field="code")
    if agreed:
        chosen |= {quote.key: quote for quote in offers if quote.automatic}
    known = {quote.key: quote for quote in offers}
    for source, reference in wanted:
        key = f"{source}:{reference}"
        if key not in known:
            raise DomainError(
                _("This reduction is no longer possible. Look at the order again."), code="gone", field="code"
            )
        chosen[key] = known[key]
    goods = sum(line.amount for line in lines)
    room = goods + by_hand.get(AdjustmentKind.DISCOUNT, 0) - taken_off(order)
    settled = deductions.fit(chosen.values(), room, fee - off_delivery(order))
    for quote in settled:
        _write(order, quote, by)
    order.refresh_from_db(fields=["total"])
    return settled


def _by_hand(order: Order) -> dict[str, int]:
    """Discount and delivery fee, signed, by kind."""
    rows: dict[str, int] = dict(Adjustment.objects.filter(order=order, source=BY_HAND).values_list("kind", "amount"))
    return rows


def _offers(order: Order, lines: Iterable[Priced | Line], code: str, delivery_fee: int) -> list[Quote]:
    priced = [
        DeductionLine(line.variant_id, line.quantity, line.unit_price) for line in lines if line.variant_id is not None
    ]
    on = max(order.due_on, current_shop().today())
    return deductions.offered(
        customer_id=order.customer_id,
        lines=priced,
        channel=order.channel,
        code=code,
        on=on,
        delivery_fee=delivery_fee,
    )


def _write(order: Order, quote: Quote, by: Member | None) -> None:
    _row, made = Adjustment.objects.get_or_create(
        order=order,
        source=quote.source,
        reference=quote.reference,
        defaults={"kind": quote.kind, "amount": -quote.amount, "reason": quote.label[:120]},
    )
    if not made:
        return
    Order.objects.filter(pk=order.pk).update(total=F("total") - quote.amount)
    _settle(order, quote, by)


def _settle(order: Order, quote: Quote, by: Member | None) -> None:
    deduction = deductions.installed(quote.source)
    if deduction is None:
        raise DomainError(
            _("This reduction is no longer possible. Look at the order again."), code="gone", field="code"
        )
    try:
        deduction.settle(order=order, quote=quote, by=by)
    except DomainError as error:
        raise DomainError(str(error), code=error.code, field="code") from error


@transaction.atomic
def add_deduction(
    *, order: Order, code: str = "", wanted: Sequence[tuple[str, str]] = (), by: Member | None = None
) -> Order:
    """Take something off an order that is still open. Raises DomainError as `take`, and for a closed order."""
    row = Order.objects.select_for_update().get(pk=order.pk)
    if not row.is_open:
        raise DomainError(_("This order is closed. Take the last step back to change it."), code="closed")
    if take(row, list(Line.objects.filter(order=row).order_by("pk")), code=code, wanted=wanted, by=by):
        deposits.ask(row, Terms.of(row.terms))
        record(verbs.CHANGED, row, fields=["deductions"])
    order.refresh_from_db()
    return order


@transaction.atomic
def remove_deduction(*, order: Order, source: str, reference: str) -> Order:
    """Take a reduction out of an open order again; twice is once. Raises DomainError for a closed order."""
    row = Order.objects.select_for_update().get(pk=order.pk)
    if not row.is_open:
        raise DomainError(_("This order is closed. Take the last step back to change it."), code="closed")
    adjustment = _of(row).filter(source=source, reference=reference).first()
    if adjustment is not None:
        _take_back(row, adjustment)
        Order.objects.filter(pk=row.pk).update(total=F("total") - adjustment.amount)
        adjustment.delete()
        row.refresh_from_db()
        deposits.ask(row, Terms.of(row.terms))
        record(verbs.CHANGED, row, fields=["deductions"])
    order.refresh_from_db()
    return order


def _take_back(order: Order, adjustment: Adjustment) -> None:
    deduction = deductions.installed(adjustment.source)
    if deduction is not None:
        deduction.take_back(order=order, quote=deductions.quote_of(adjustment))


def give_back(order: Order) -> None:
    """An order is called off: every area gets back what it gave. The adjustments stay, they tell what was agreed."""
    for adjustment in _of(order):
        _take_back(order, adjustment)


def settle_again(order: Order) -> None:
    """A cancellation is taken back: what was agreed counts again. Raises DomainError when an area cannot give it."""
    for adjustment in _of(order):
        _settle(order, deductions.quote_of(adjustment), None)
