"""Writes slices of past purchases as completed, paid orders, and takes them out again.

Nobody is thanked and nothing reacts: these are memories, not events.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import connection

from setia.core.models import Event
from setia.core.scope import current_shop
from setia.customers.importing import bulk
from setia.customers.models import Customer
from setia.orders.actions import numbers
from setia.orders.actions.past import erase_past
from setia.orders.importing.purchases import Bought, PurchaseRow, add_purchases, item_of
from setia.orders.models import (
    Line,
    Order,
    OrderChannel,
    OrderState,
    Payment,
    PaymentKind,
    PaymentMethod,
    PurchaseSummary,
)

# At which hour a purchase is put whose hour nobody knows.
NOON = time(12)


@dataclass(frozen=True, slots=True)
class Purchase:
    """A row whose customer is known."""

    customer_id: int
    key: str
    row: PurchaseRow


def write(purchases: Sequence[Purchase]) -> list[int]:
    """Write orders with their line and payment, and add them to the summaries; returns their ids.

    Inside the caller's transaction; the number of statements does not depend on the number of purchases.
    """
    if not purchases:
        return []
    people = {purchase.customer_id for purchase in purchases}
    if connection.features.has_select_for_update:
        # Who completes an order of one of them meanwhile waits, so that no summary is lost.
        list(Customer.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))
    ids = _write_orders(purchases)
    _write_lines(purchases, ids)
    _write_payments(purchases, ids)
    _add_to_summaries(purchases)
    return ids


def _noon(day: date) -> datetime:
    return datetime.combine(day, NOON, tzinfo=current_shop().zone)


def _write_orders(purchases: Sequence[Purchase]) -> list[int]:
    first = numbers.take(len(purchases))
    fixed = (OrderChannel.IMPORTED.value, OrderState.COMPLETED.value)
    rows = []
    for number, (customer_id, key, row) in enumerate(map(_parts, purchases), first):
        at = _noon(row.day)
        rows.append((number, customer_id, *fixed, row.day, row.amount, row.amount, at, at, row.day, key))
    columns = (
        "number", "customer_id", "channel", "state", "due_on", "total", "paid", "placed_at", "completed_at",
        "completed_on", "device_key",
    )  # fmt: skip
    return bulk.append(Order, columns, rows)


def _parts(purchase: Purchase) -> tuple[int, str, PurchaseRow]:
    return purchase.customer_id, purchase.key, purchase.row


def _write_lines(purchases: Sequence[Purchase], ids: Sequence[int]) -> None:
    rows = []
    for pk, purchase in zip(ids, purchases, strict=True):
        label, quantity = item_of(purchase.row.items)
        amount = purchase.row.amount
        rows.append((pk, label, quantity, amount // quantity, amount))
    bulk.append(Line, ("order_id", "label", "quantity", "unit_price", "amount"), rows)


def _write_payments(purchases: Sequence[Purchase], ids: Sequence[int]) -> None:
    fixed = (PaymentKind.BALANCE.value, PaymentMethod.CASH.value)
    rows = [
        (pk, *fixed, purchase.row.amount, _noon(purchase.row.day))
        for pk, purchase in zip(ids, purchases, strict=True)
        if purchase.row.amount
    ]
    bulk.append(Payment, ("order_id", "kind", "method", "amount", "at"), rows)


def _add_to_summaries(purchases: Sequence[Purchase]) -> None:
    bought: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for purchase in purchases:
        bought[purchase.customer_id].append((purchase.row.day, purchase.row.amount))
    columns = ("orders", "spent", "first_on", "last_on", "again_after")
    rows = PurchaseSummary.objects.filter(customer_id__in=bought)
    before = {owner: Bought(*values) for owner, *values in rows.values_list("customer_id", *columns)}
    after = {owner: add_purchases(before.get(owner), log) for owner, log in bought.items()}
    new = [(owner, *summary) for owner, summary in after.items() if owner not in before]
    bulk.append(PurchaseSummary, ("customer_id", *columns), new)
    _update(columns, [(*summary, owner) for owner, summary in after.items() if owner in before])


def _update(columns: Sequence[str], rows: list[tuple[object, ...]]) -> None:
    if not rows:
        return
    table = connection.ops.quote_name(PurchaseSummary._meta.db_table)
    changes = ", ".join(f"{connection.ops.quote_name(name)} = %s" for name in columns)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {changes} WHERE shop_id = %s AND customer_id = %s",  # noqa: S608 - names of our model
            [(*map(_plain, row[:-1]), current_shop().pk, row[-1]) for row in rows],
        )


def _plain(value: object) -> object:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def take_out(ids: Sequence[int]) -> list[int]:
    """Delete imported orders that nobody touched since; returns the ids of the others, which are kept."""
    touched = Event.objects.filter(subject_type=Order._meta.label_lower, subject_id__in=ids)
    kept = set(touched.values_list("subject_id", flat=True))
    erase_past(order_ids=[pk for pk in ids if pk not in kept])
    return [pk for pk in ids if pk in kept]
