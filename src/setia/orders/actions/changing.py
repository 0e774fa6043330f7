"""Change an open order."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setia.catalog.rules import list_of
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.orders import events as verbs
from setia.orders.actions import capacity, deposits, pricing, reductions
from setia.orders.actions.placing import check_day, clean, write_adjustments
from setia.orders.actions.recording import record
from setia.orders.models import Adjustment, Line, Order
from setia.orders.models.orders import BY_HAND
from setia.orders.rules.deposits import Terms

FIELDS = frozenset(
    {"customer", "due_on", "due_time", "fulfilment", "address", "map_point", "note", "gift_note", "sticker"}
)
MONEY = frozenset({"lines", "discount", "delivery_fee"})


@transaction.atomic
def change(*, order: Order, overbook: bool = True, **changes: Any) -> Order:
    """Change some of `FIELDS` and `MONEY` (keywords of `place`) of an open order; records which.

    Flavours the order has already keep the price agreed then, unless it goes to a customer with another price list.
    What areas above took off (vouchers, points) stays as it was settled; an order made smaller than that is refused.
    `overbook`: as in `place`, for another day or more boxes. The deposit asked for follows the rules the order was made
    under. What was paid stays paid: a total below it leaves a surplus to give back. Raises DomainError as `place`,
    and for an order that is handed over or called off.
    """
    if unknown := set(changes) - FIELDS - MONEY:
        raise TypeError(f"Not a changeable part of an order: {sorted(unknown)}")
    row = Order.objects.select_for_update().get(pk=order.pk)
    if not row.is_open:
        raise DomainError(_("This order is closed. Take the last step back to change it."), code="closed")
    kind = row.customer.kind if row.customer else "end"
    fields = clean({name: value for name, value in changes.items() if name in FIELDS})
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    if "due_on" in changed:
        check_day(fields["due_on"])
    for name in changed:
        setattr(row, name, fields[name])
    other_list = list_of(row.customer.kind if row.customer else "end") != list_of(kind)
    if other_list or MONEY & set(changes):
        changed += _change_money(row, changes, keep_prices=not other_list)
    if not overbook and ({"due_on", "lines"} & set(changed)):
        capacity.check_room(row.due_on, _boxes(row), beside=row)
    if changed:
        row.save(update_fields=[name for name in changed if name in FIELDS] + ["total"])
        deposits.ask(row, Terms.of(row.terms))
        record(verbs.CHANGED, row, fields=sorted(changed))
    order.refresh_from_db()
    return order


def _boxes(row: Order) -> int:
    return sum(Line.objects.filter(order=row).values_list("quantity", flat=True))


def _change_money(row: Order, changes: dict[str, Any], *, keep_prices: bool) -> list[str]:
    """Rewrite lines and adjustments as wanted and set the total; returns the names of what became different."""
    lines = list(Line.objects.filter(order=row).order_by("pk"))
    by_hand = Adjustment.objects.filter(order=row, source=BY_HAND)
    signed = dict(by_hand.values_list("kind", "amount"))
    had = {"discount": -signed.get("discount", 0), "delivery_fee": signed.get("delivery", 0)}
    wanted = {name: changes[name] if changes.get(name) is not None else had[name] for name in had}
    priced = _priced(row, lines, changes.get("lines"), keep_prices=keep_prices)
    row.total = pricing.total_of(
        priced, **wanted, taken_off=reductions.taken_off(row), off_delivery=reductions.off_delivery(row)
    )
    changed = [name for name in had if had[name] != wanted[name]]
    before = [(line.variant_id, line.quantity, line.unit_price) for line in lines]
    if before != [(line.variant_id, line.quantity, line.unit_price) for line in priced]:
        Line.objects.filter(order=row).delete()
        Line.objects.bulk_create(pricing.as_rows(row, priced))
        changed.append("lines")
    by_hand.delete()
    write_adjustments(row, priced, **wanted)
    return changed


def _priced(row: Order, lines: list[Line], wanted: Any, *, keep_prices: bool) -> list[pricing.Priced]:
    if wanted is None:
        wanted = [pricing.LineInput(line.variant_id, line.quantity) for line in lines]
    agreed = {line.variant_id: (line.label, line.unit_price) for line in lines} if keep_prices else {}
    kind = row.customer.kind if row.customer else "end"
    return pricing.price(wanted, kind=kind, day=current_shop().today(), agreed=agreed)
