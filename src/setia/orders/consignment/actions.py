"""Write down a visit; settle what was sold."""

from collections.abc import Callable, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from setia.catalog import queries as catalog
from setia.catalog.models import Variant
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.orders import events as verbs
from setia.orders.actions import pricing
from setia.orders.actions.payments import record_payment
from setia.orders.actions.placing import create
from setia.orders.actions.steps import finish
from setia.orders.consignment import queries, rules
from setia.orders.credit import book
from setia.orders.models import (
    Order,
    OrderChannel,
    OrderState,
    PaymentKind,
    PaymentMethod,
    Settlement,
    Visit,
    VisitLine,
)
from setia.shops.models import Member

_TEXTS: dict[str, Callable[[], str]] = {
    "empty": lambda: _("Write what was brought, sold or taken back."),
    "quantity": lambda: _("A number here cannot be. Look at it again."),
    "more_than_there": lambda: _("More was sold or taken back than lay there."),
}


@transaction.atomic
def visit(
    *,
    customer: Customer,
    moves: Sequence[rules.Move],
    note: str = "",
    by: Member | None = None,
    device_key: str | None = None,
) -> Visit:
    """What happened at a visit, at today's prices for the customer's kind.

    The same `device_key` again returns the visit it made. Raises DomainError when nothing moved, or more was sold or
    taken back than lay there, and for something new that is not sold at the moment.
    """
    # One visit of a person at a time: what may be sold depends on what lies there.
    book.lock(customer.pk)
    if device_key and (known := Visit.objects.filter(device_key=device_key).first()):
        return known
    try:
        real = rules.checked(moves, queries.out_there(customer.pk))
    except rules.Impossible as error:
        raise DomainError(_TEXTS[error.code](), code=error.code, field=f"v{error.variant_id}") from error
    prices = _prices(customer, real)
    row = Visit.objects.create(
        customer=customer,
        on=current_shop().today(),
        note=note.strip()[:200],
        by=by,
        device_key=device_key or None,
    )
    VisitLine.objects.bulk_create(
        VisitLine(
            visit=row,
            variant_id=move.variant_id,
            sold=move.sold,
            returned=move.returned,
            delivered=move.delivered,
            price=prices[move.variant_id],
        )
        for move in real
    )
    sums = {name: sum(getattr(move, name) for move in real) for name in ("sold", "returned", "delivered")}
    events.record(verbs.CONSIGNMENT_VISITED, subject=row, customer_id=customer.pk, data=sums)
    return row


def _prices(customer: Customer, moves: Sequence[rules.Move]) -> dict[int, int]:
    """Today's price of each; what is no longer sold keeps the price it had at the last visit."""
    today = current_shop().today()
    ids = [move.variant_id for move in moves]
    prices = queries.last_prices(customer.pk) | catalog.prices(ids, kind=customer.kind, day=today)
    sold_now = set(catalog.sold(today).filter(pk__in=ids).values_list("pk", flat=True))
    for move in moves:
        if move.variant_id not in prices or (move.delivered and move.variant_id not in sold_now):
            text = _("Something chosen is not sold at the moment. Choose again.")
            raise DomainError(text, code="variant", field=f"v{move.variant_id}")
    return prices


@transaction.atomic
def undo_visit(*, visit: Visit) -> bool:
    """A slip: the last visit does not count. False when it was undone already.

    Raises DomainError when a later visit builds on it, or something of it was settled.
    """
    book.lock(visit.customer_id)
    visit.refresh_from_db()
    if visit.undone_at:
        return False
    later = Visit.objects.filter(customer_id=visit.customer_id, pk__gt=visit.pk, undone_at=None).exists()
    if later or VisitLine.objects.filter(visit=visit, settlement__isnull=False).exists():
        raise DomainError(_("Later visits or a settlement build on this one. Undo those first."), code="later")
    Visit.objects.filter(pk=visit.pk).update(undone_at=clock.now())
    events.record(verbs.CONSIGNMENT_VISITED, subject=visit, customer_id=visit.customer_id, data={"undone": True})
    return True


@transaction.atomic
def settle(
    *, customer: Customer, method: str | None, by: Member | None = None, device_key: str | None = None
) -> Settlement:
    """One order of everything that was sold and not settled; paid in full by `method`, or (None) still to be paid.

    The same `device_key` again returns the settlement it made. Raises DomainError when nothing is to be settled.
    """
    book.lock(customer.pk)
    if device_key and (known := Settlement.objects.filter(device_key=device_key).first()):
        return known
    if method is not None and method not in PaymentMethod.values:
        raise DomainError(_("Choose one of the list."), code="choice", field="method")
    rows = list(queries.unsettled(customer.pk))
    lines = rules.to_settle((row.variant_id, row.price, row.sold) for row in rows)
    if not lines:
        raise DomainError(_("Nothing was sold since the last settlement."), code="nothing")
    order = _order(customer, lines, by, device_key)
    made = Settlement.objects.create(
        customer=customer,
        order=order,
        on=current_shop().today(),
        amount=order.total,
        by=by,
        device_key=device_key or None,
    )
    VisitLine.objects.filter(pk__in=[row.pk for row in rows], settlement=None).update(settlement=made)
    if method and order.total:
        record_payment(order=order, amount=order.total, method=method, kind=PaymentKind.BALANCE, by=by)
        order.refresh_from_db()
    finish(order)
    data = {"amount": made.amount, "order": order.number, "method": method or ""}
    events.record(verbs.CONSIGNMENT_SETTLED, subject=made, customer_id=customer.pk, data=data)
    return made


def _order(customer: Customer, lines: dict[tuple[int, int], int], by: Member | None, device_key: str | None) -> Order:
    variants = Variant.objects.select_related("product").in_bulk({variant_id for variant_id, _price in lines})
    priced = [
        pricing.Priced(variant_id, variants[variant_id].label, boxes, price)
        for (variant_id, price), boxes in sorted(lines.items())
    ]
    now, today = clock.now(), current_shop().today()
    order, made = create(
        priced,
        discount=0,
        delivery_fee=0,
        total=pricing.total_of(priced, discount=0, delivery_fee=0),
        device_key=f"settle:{device_key}"[:64] if device_key else None,
        customer=customer,
        channel=OrderChannel.RESELLER,
        taken_by=by,
        state=OrderState.COMPLETED,
        due_on=today,
        placed_at=now,
        completed_at=now,
        completed_on=today,
    )
    if not made:
        raise IntegrityError("A settlement's key made an order without a settlement.")
    return order
