"""What each customer has bought so far, kept equal to the completed orders.

A summary is always counted from the orders themselves, in the transaction that changed one of them, while writers of
the same customer's summary wait for each other at the customer: it cannot drift.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from django.db import transaction
from django.db.models import Count, Max, Min, QuerySet, Sum

from setia.core.scope import current_shop_id
from setia.customers.models import Customer
from setia.orders.models import Order, PurchaseSummary

SLICE = 2_000


def _completed() -> QuerySet[Order]:
    return Order.objects.filter(completed_on__isnull=False, customer__isnull=False)


def renew(customer_id: int | None) -> PurchaseSummary | None:
    """Count one customer's purchases anew, inside the caller's transaction; None when there are none (left)."""
    if customer_id is None:
        return None
    list(Customer.objects.select_for_update(no_key=True).filter(pk=customer_id).values_list("pk"))
    mine = _completed().filter(customer_id=customer_id)
    sums = mine.aggregate(
        orders=Count("pk"), spent=Sum("total"), first_on=Min("completed_on"), last_on=Max("completed_on")
    )
    if not sums["orders"]:
        PurchaseSummary.objects.filter(customer_id=customer_id).delete()
        return None
    second = mine.filter(completed_on__gt=sums["first_on"]).aggregate(day=Min("completed_on"))["day"]
    sums["again_after"] = (second - sums["first_on"]).days if second else None
    return PurchaseSummary.objects.update_or_create(customer_id=customer_id, defaults=sums)[0]


@transaction.atomic
def renew_summaries(*, customer_ids: Iterable[int] | None = None) -> int:
    """Count the purchases of these customers (default: of all) anew in one pass; returns how many bought something.

    For orders that were written in bulk. Customers without a completed order lose their summary.
    """
    rows, old = _completed(), PurchaseSummary.objects.all()
    if customer_ids is not None:
        ids = list(customer_ids)
        rows, old = rows.filter(customer_id__in=ids), old.filter(customer_id__in=ids)
    log = rows.order_by("customer_id", "completed_on").values_list("customer_id", "completed_on", "total")
    old.delete()
    made = PurchaseSummary.objects.bulk_create(_counted(log.iterator(chunk_size=SLICE)), batch_size=SLICE)
    return len(made)


def _counted(log: Iterator[tuple[int, date, int]]) -> Iterator[PurchaseSummary]:
    shop_id = current_shop_id()
    for customer_id, purchases in groupby(log, key=lambda row: row[0]):
        days, amounts = zip(*((day, total) for _id, day, total in purchases), strict=True)
        second = next((day for day in days if day > days[0]), None)
        yield PurchaseSummary(
            shop_id=shop_id,
            customer_id=customer_id,
            orders=len(days),
            spent=sum(amounts),
            first_on=days[0],
            last_on=days[-1],
            again_after=(second - days[0]).days if second else None,
        )
