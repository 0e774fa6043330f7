"""Sums of the days that are over, kept equal to the orders.

The night sums what is not summed. Whatever changes what was sold on a day that is over takes that day's sums away, in
its own transaction; until the next night the day is counted from its orders. Who sums and who takes away wait for each
other at the shop, so no sum is older than a change.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count, Min, Sum

from setia.core.scope import current_shop
from setia.orders.models import DayProduct, DaySales, Line, Order
from setia.shops.models import Shop

# Days summed in one transaction.
SLICE = 31


def forget(days: Iterable[date | None]) -> None:
    """What was sold on these days changes: their sums go. Today and later have none."""
    today = current_shop().today()
    over = sorted({day for day in days if day is not None and day < today})
    if over:
        _one_at_a_time()
        for model in (DaySales, DayProduct):
            model.objects.filter(day__in=over).delete()


def renew_day_sums() -> str:
    """Sum the days that are over and not summed (nightly, safe to repeat). Returns a line on what was done."""
    first = Order.objects.filter(completed_on__isnull=False).aggregate(day=Min("completed_on"))["day"]
    known = set(DaySales.objects.values_list("day", flat=True).distinct())
    today = current_shop().today()
    missing = [day for day in _days(first, today) if day not in known] if first else []
    for start in range(0, len(missing), SLICE):
        _sum(missing[start : start + SLICE])
    return f"{len(missing)} days"


def _days(first: date, end: date) -> Iterator[date]:
    return (first + timedelta(days=distance) for distance in range((end - first).days))


@transaction.atomic
def _sum(days: Sequence[date]) -> None:
    _one_at_a_time()
    for model in (DaySales, DayProduct):
        model.objects.filter(day__in=days).delete()
    sold = Order.objects.filter(completed_on__in=days)
    rows = sold.order_by().values_list("completed_on", "channel", "place_id")
    sales = [
        DaySales(day=day, channel=channel, place_id=place, orders=orders, amount=amount)
        for day, channel, place, orders, amount in rows.annotate(n=Count("pk"), money=Sum("total"))
    ]
    quiet = set(days) - {row.day for row in sales}
    DaySales.objects.bulk_create([*sales, *(DaySales(day=day, orders=0, amount=0) for day in sorted(quiet))])
    lines = Line.objects.filter(order__in=sold).order_by().values_list("order__completed_on", "variant_id", "label")
    DayProduct.objects.bulk_create(
        DayProduct(day=day, variant_id=variant, label=label, orders=orders, boxes=boxes, amount=amount)
        for day, variant, label, orders, boxes, amount in lines.annotate(
            n=Count("pk"), boxes=Sum("quantity"), money=Sum("amount")
        )
    )


def _one_at_a_time() -> None:
    """Held until the transaction ends."""
    list(Shop.objects.select_for_update(no_key=True).filter(pk=current_shop().pk).values_list("pk"))
