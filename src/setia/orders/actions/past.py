"""Bring in orders of the past: from the demo's history, from a file, from the book under the counter."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setia.catalog import queries as catalog
from setia.catalog.models import Variant
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.orders.actions import day_sums, numbers, summaries
from setia.orders.models import Line, Order, OrderChannel, OrderState, Payment, PaymentKind, PaymentMethod
from setia.orders.rules import LineInput

SLICE = 1_000
# At which hour a purchase is put whose hour nobody knows.
NOON = time(12)


@dataclass(frozen=True)
class PastLine:
    """An item as an old book has it: words, boxes, and what they cost together. No label where only a sum is known."""

    label: str
    quantity: int
    amount: int
    variant_id: int | None = None


@dataclass(frozen=True)
class PastOrder:
    """An order of the past, paid and handed over on its day.

    `LineInput`s take the price of that day for the customer's kind. `key` (unique, at most 64 characters) makes
    bringing it in twice one order.
    """

    customer_id: int | None
    day: date
    lines: Sequence[LineInput | PastLine]
    channel: str = OrderChannel.IMPORTED
    key: str | None = None
    taken_by_id: int | None = None


@transaction.atomic
def record_past(*, orders: Iterable[PastOrder]) -> list[int]:
    """Write orders of the past as completed and paid; nobody is thanked for them. Returns the ids of the new orders.

    Written in slices, so any number fits. Summaries of their customers are counted anew at the end.
    """
    made: list[int] = []
    touched: set[int] = set()
    prices = _Prices()
    for part in _slices(iter(orders)):
        rows = _unknown(part)
        made += _write(rows, prices)
        day_sums.forget(row.day for row in rows)
        touched.update(row.customer_id for row in rows if row.customer_id is not None)
    for ids in _slices(iter(sorted(touched))):
        summaries.renew_summaries(customer_ids=ids)
    return made


@transaction.atomic
def erase_past(*, order_ids: Iterable[int]) -> int:
    """Take back orders that were brought in (and only those); returns how many. Summaries follow."""
    erased = 0
    touched: set[int] = set()
    for ids in _slices(iter(order_ids)):
        rows = Order.objects.filter(pk__in=ids, channel=OrderChannel.IMPORTED)
        touched.update(rows.filter(customer__isnull=False).values_list("customer_id", flat=True))
        Payment.objects.filter(order__in=rows).delete()
        day_sums.forget(list(rows.values_list("completed_on", flat=True)))
        erased += rows.delete()[1].get(Order._meta.label, 0)
    for ids in _slices(iter(sorted(touched))):
        summaries.renew_summaries(customer_ids=ids)
    return erased


T = TypeVar("T")


def _slices(rows: Iterator[T]) -> Iterator[list[T]]:
    while part := list(islice(rows, SLICE)):
        yield part


def _unknown(part: list[PastOrder]) -> list[PastOrder]:
    """Those of the orders whose keys are not in the book yet."""
    keys = [row.key for row in part if row.key]
    known = set(Order.objects.filter(device_key__in=keys).values_list("device_key", flat=True)) if keys else set()
    return [row for row in part if row.key is None or row.key not in known]


class _Prices:
    """Labels, and prices by kind and day, read once each."""

    def __init__(self) -> None:
        self.labels = {variant.pk: variant.label for variant in Variant.objects.select_related("product")}
        self.found: dict[tuple[str, date], dict[int, int]] = {}

    def of(self, variant_id: int, kind: str, day: date) -> tuple[str, int]:
        """Label and price of a variant for a kind of customer on a day. Raises DomainError when it had none."""
        if (kind, day) not in self.found:
            self.found[kind, day] = catalog.prices(None, kind=kind, day=day)
        label, price = self.labels.get(variant_id, "?"), self.found[kind, day].get(variant_id)
        if price is None:
            values = {"label": label, "day": date_format(day, "j F Y")}
            raise DomainError(_("%(label)s had no price on %(day)s.") % values, code="no_price", field="lines")
        return label, price


def _write(rows: list[PastOrder], prices: _Prices) -> list[int]:
    people = {row.customer_id for row in rows if row.customer_id is not None}
    kinds = dict(Customer.objects.filter(pk__in=people).values_list("pk", "kind"))
    orders, lines = [], []
    for number, row in enumerate(rows, numbers.take(len(rows))):
        items = [_line(item, kinds.get(row.customer_id, "end"), row.day, prices) for item in row.lines]
        order = _order(row, number, sum(item.amount for item in items))
        for item in items:
            item.order = order
        orders.append(order)
        lines += items
    Order.objects.bulk_create(orders)
    Line.objects.bulk_create(lines)
    Payment.objects.bulk_create(_payment(order) for order in orders if order.total)
    return [order.pk for order in orders]


def _line(item: LineInput | PastLine, kind: str, day: date, prices: _Prices) -> Line:
    shop_id = current_shop().pk
    if isinstance(item, LineInput):
        label, price = prices.of(item.variant_id, kind, day)
        item = PastLine(label, item.quantity, item.quantity * price, item.variant_id)
    return Line(
        shop_id=shop_id,
        variant_id=item.variant_id,
        label=item.label[:120],
        quantity=item.quantity,
        # What was paid together is the truth; the price of one is only told.
        unit_price=item.amount // item.quantity,
        amount=item.amount,
    )


def _order(row: PastOrder, number: int, total: int) -> Order:
    shop = current_shop()
    at = datetime.combine(row.day, NOON, tzinfo=shop.zone)
    return Order(
        shop=shop,
        number=number,
        customer_id=row.customer_id,
        channel=row.channel,
        taken_by_id=row.taken_by_id,
        state=OrderState.COMPLETED,
        due_on=row.day,
        total=total,
        paid=total,
        placed_at=at,
        completed_at=at,
        completed_on=row.day,
        device_key=row.key,
    )


def _payment(order: Order) -> Payment:
    return Payment(
        shop_id=order.shop_id,
        order=order,
        kind=PaymentKind.BALANCE,
        method=PaymentMethod.CASH,
        amount=order.total,
        at=order.completed_at,
    )
