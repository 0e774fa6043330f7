"""What customers bought, and when."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Avg, Count, Q, QuerySet, Sum

from setia.core.prepared import prepared
from setia.customers.models import Customer
from setia.orders.models import Line, Order, PurchaseSummary

# People asked about in one query.
SLICE = 1_000


def summary_of(customer_id: int) -> PurchaseSummary | None:
    """What a customer bought so far, None before the first purchase."""
    return next(iter(_summaries_of([customer_id])), None)


def summaries_of(customer_ids: Iterable[int]) -> dict[int, PurchaseSummary]:
    """Summaries by customer; nobody without a purchase."""
    return {summary.customer_id: summary for summary in _summaries_of(list(customer_ids))}


@prepared
def _summaries_of(customer_ids: list[int]) -> QuerySet[PurchaseSummary]:
    return PurchaseSummary.objects.filter(customer_id__in=customer_ids)


def buyers_since(day: date | None) -> set[int]:
    """Ids of customers who bought on or after `day`; without a day, who ever bought."""
    rows = PurchaseSummary.objects.all() if day is None else PurchaseSummary.objects.filter(last_on__gte=day)
    return set(rows.values_list("customer_id", flat=True))


def last_days(customer_ids: Collection[int]) -> dict[int, int]:
    """The day of each one's last purchase, as an ordinal; nobody without one."""
    return {customer_id: day.toordinal() for customer_id, day in _last_days(list(customer_ids))}


@prepared
def _last_days(customer_ids: list[int]) -> QuerySet[PurchaseSummary, tuple[int, date]]:
    return PurchaseSummary.objects.filter(customer_id__in=customer_ids).values_list("customer_id", "last_on")


def latest_buyers(*, offset: int, limit: int) -> list[PurchaseSummary]:
    """Summaries with their customers, who bought last first; people put away are left out."""
    rows = PurchaseSummary.objects.filter(customer__archived_at=None).select_related("customer")
    return list(rows.order_by("-last_on", "-pk")[offset : offset + limit])


def first_time_buyers(since: date, until: date, customer_id: int | None = None) -> list[PurchaseSummary]:
    """Customers with a single purchase, made between the days (inclusive), the latest first; of one when given."""
    rows = PurchaseSummary.objects.filter(orders=1, first_on__range=(since, until), customer__archived_at=None)
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    return list(rows.select_related("customer").order_by("-first_on", "pk"))


def purchase_days(customer_id: int, *, limit: int) -> list[date]:
    """The latest days on which a customer bought, oldest first, each once."""
    return sorted(_purchase_days(customer_id, limit=limit))


@prepared
def _purchase_days(customer_id: int, *, limit: int) -> QuerySet[Order, date]:
    rows = Order.objects.filter(customer_id=customer_id, completed_on__isnull=False)
    return rows.order_by("-completed_on").values_list("completed_on", flat=True).distinct()[:limit]


def _bought(**conditions: object) -> QuerySet[Line]:
    """Lines of completed orders: first the orders are found by their index, then the lines of each by theirs."""
    return Line.objects.filter(order__in=Order.objects.filter(completed_on__isnull=False, **conditions))


def favourites(customer_id: int, limit: int = 3) -> list[tuple[str, int]]:
    """What a customer takes most often: `(label, boxes)`. Purchases of which only a sum is known say nothing."""
    return [(label, boxes) for label, _times, boxes in _favourites(customer_id, limit=limit)]


@prepared
def _favourites(customer_id: int, *, limit: int) -> QuerySet[Line, tuple[str, int, int]]:
    rows = _bought(customer_id=customer_id).exclude(label="").values_list("label")
    return rows.annotate(times=Count("pk"), boxes=Sum("quantity")).order_by("-times", "-boxes", "label")[:limit]


def favourites_of(customer_ids: Iterable[int]) -> dict[int, str]:
    """The flavour (or, without one, the label) each customer takes most often; pack sizes of one count together."""
    ids = list(customer_ids)
    owners = dict(
        Order.objects.filter(customer_id__in=ids, completed_on__isnull=False).values_list("pk", "customer_id")
    )
    rows = _bought(customer_id__in=ids).exclude(label="").order_by("label")
    times: dict[int, Counter[str]] = {}
    for order_id, flavour, label in rows.values_list("order_id", "variant__flavour", "label"):
        times.setdefault(owners[order_id], Counter())[flavour or label] += 1
    return {customer_id: mine.most_common(1)[0][0] for customer_id, mine in times.items()}


def buyers_between(starts: date, ends: date, customer_id: int | None = None) -> list[tuple[Customer, int]]:
    """Who bought between the days (inclusive) and how many boxes, most first; people put away are left out."""
    window: dict[str, object] = {"completed_on__range": (starts, ends), "customer__archived_at": None}
    window |= {"customer__isnull": False} if customer_id is None else {"customer_id": customer_id}
    placed = list(Order.objects.filter(**window).select_related("customer"))
    if not placed:
        return []
    boxes = dict(_bought(**window).order_by().values_list("order_id").annotate(boxes=Sum("quantity")))
    found: dict[int, tuple[Customer, int]] = {}
    for order in placed:
        customer, before = found.get(order.customer_id, (order.customer, 0))
        found[order.customer_id] = (customer, before + boxes.get(order.pk, 0))
    return sorted(found.values(), key=lambda pair: (-pair[1], pair[0].pk))


@dataclass(frozen=True)
class Share:
    """`percent` of `of` people."""

    percent: int
    of: int


# Fewer people than this and a percentage says nothing.
ENOUGH_PEOPLE = 10


def repeat_share(day: date, *, within_days: int = 60, look_back_days: int = 180) -> Share | None:
    """Of the customers new in half a year, long enough ago to tell: how many bought again within 60 days.

    None under 10 of them. One query.
    """
    last = day - timedelta(days=within_days)
    counted = PurchaseSummary.objects.filter(first_on__range=(last - timedelta(days=look_back_days), last)).aggregate(
        new=Count("pk"), back=Count("pk", filter=Q(again_after__lte=within_days))
    )
    if counted["new"] < ENOUGH_PEOPLE:
        return None
    return Share(percent=round(100 * counted["back"] / counted["new"]), of=counted["new"])


def placed_since(since: datetime, customer_ids: Collection[int]) -> dict[int, list[datetime]]:
    """When each of the customers ordered after a moment; what was called off does not count."""
    found: dict[int, list[datetime]] = {}
    people = sorted(customer_ids)
    for start in range(0, len(people), SLICE):
        part = people[start : start + SLICE]
        rows = Order.objects.filter(customer_id__in=part, placed_at__gt=since, cancelled_at=None)
        for customer_id, at in rows.order_by().values_list("customer_id", "placed_at"):
            found.setdefault(customer_id, []).append(at)
    return found


def unusually_big(since: date, until: date, *, times: float, customer_id: int | None = None) -> list[Order]:
    """Orders with a name handed over between the days (inclusive), worth `times` the mean of three months."""
    usual = Order.objects.filter(completed_on__range=(until - timedelta(days=90), until)).aggregate(mean=Avg("total"))
    if not usual["mean"]:
        return []
    rows = Order.objects.filter(completed_on__range=(since, until), total__gte=times * usual["mean"])
    rows = rows.filter(customer__isnull=False, customer__archived_at=None)
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    return list(rows.select_related("customer").order_by("-completed_on", "pk"))
