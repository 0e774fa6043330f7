"""Reads of orders."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, QuerySet, Sum
from django.utils import timezone

from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.orders.models import OPEN_STATES, Line, Order, OrderState, PurchaseSummary

UNPAID_LOOK_BACK_DAYS = 60


def _moment(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=current_shop().zone)


def _completed() -> QuerySet[Order]:
    return Order.objects.filter(state=OrderState.COMPLETED)


# --- Orders -----------------------------------------------------------------------------------------------------------


def open_orders() -> QuerySet[Order]:
    """Orders that are not handed over or called off, by day and hour, with their customers and boxes."""
    return (
        Order.objects.filter(state__in=OPEN_STATES)
        .select_related("customer")
        .annotate(boxes=Sum("lines__quantity"))
        .order_by("due_on", F("due_time").asc(nulls_last=True), "number")
    )


def due_on(day: date) -> QuerySet[Order]:
    """Open orders of one day."""
    return open_orders().filter(due_on=day)


def of_customer(customer_id: int) -> QuerySet[Order]:
    """All orders of a customer, newest first."""
    return Order.objects.filter(customer_id=customer_id).order_by("-placed_at", "-pk")


def open_of_customer(customer_id: int) -> list[Order]:
    """A customer's open orders."""
    return list(open_orders().filter(customer_id=customer_id))


def any_order() -> bool:
    """Whether the shop has taken an order yet."""
    return Order.objects.exists()


def promised(day: date, *, customer_id: int | None = None) -> list[Order]:
    """Open orders due on `day` or before, with customers and `boxes`."""
    rows = open_orders().filter(due_on__lte=day)
    return list(rows.filter(customer_id=customer_id) if customer_id is not None else rows)


def balances_due(day: date, *, customer_id: int | None = None) -> list[Order]:
    """Orders of the last 60 days due on `day` or before, not called off, of which something is unpaid; with customers."""
    rows = (
        Order.objects.filter(due_on__range=(day - timedelta(days=UNPAID_LOOK_BACK_DAYS), day), total__gt=F("paid"))
        .exclude(state=OrderState.CANCELLED)
        .select_related("customer")
        .order_by("due_on", "number")
    )
    return list(rows.filter(customer_id=customer_id) if customer_id is not None else rows)


def with_open_order(customer_ids: Iterable[int]) -> set[int]:
    """Those of the customers who have an open order."""
    rows = Order.objects.filter(customer_id__in=list(customer_ids), state__in=OPEN_STATES)
    return set(rows.values_list("customer_id", flat=True))


# --- The kitchen ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class KitchenRow:
    """Boxes of a variant to bake; `pieces` where the pack size is known."""

    variant_id: int | None
    label: str
    quantity: int
    pack_size: int | None
    pieces: int | None


def kitchen(day: date) -> list[KitchenRow]:
    """What the open orders of `day` need, most boxes first."""
    rows = (
        Line.objects.filter(order__state__in=OPEN_STATES, order__due_on=day)
        .values("variant_id", "label", "variant__pack_size")
        .annotate(boxes=Sum("quantity"))
        .order_by("-boxes", "label")
    )
    return [
        KitchenRow(
            variant_id=row["variant_id"],
            label=row["label"],
            quantity=row["boxes"],
            pack_size=row["variant__pack_size"],
            pieces=row["boxes"] * row["variant__pack_size"] if row["variant__pack_size"] else None,
        )
        for row in rows
    ]


# --- What customers bought --------------------------------------------------------------------------------------------


def summary_of(customer_id: int) -> PurchaseSummary | None:
    """What a customer bought so far, None before the first purchase."""
    return PurchaseSummary.objects.filter(customer_id=customer_id).first()


def summaries_of(customer_ids: Iterable[int]) -> dict[int, PurchaseSummary]:
    """Summaries by customer."""
    rows = PurchaseSummary.objects.filter(customer_id__in=list(customer_ids))
    return {summary.customer_id: summary for summary in rows}


def latest_buyers(*, offset: int, limit: int) -> list[PurchaseSummary]:
    """Summaries with their customers, who bought last first; people put away are left out."""
    rows = PurchaseSummary.objects.filter(customer__archived_at=None).select_related("customer")
    return list(rows.order_by("-last_on", "-pk")[offset : offset + limit])


def first_time_buyers(*, since: date, until: date, customer_id: int | None = None) -> list[PurchaseSummary]:
    """Customers with a single purchase, made between the days (inclusive), who were not bought in from a file."""
    rows = PurchaseSummary.objects.filter(orders=1, first_on__range=(since, until), customer__archived_at=None)
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    return list(rows.select_related("customer").order_by("-first_on", "pk"))


def purchase_days(customer_id: int, *, limit: int) -> list[date]:
    """The latest days on which a customer bought, oldest first, each once."""
    moments = _completed().filter(customer_id=customer_id).order_by("-completed_at").values_list("completed_at", flat=True)
    zone = current_shop().zone
    days = dict.fromkeys(timezone.localtime(moment, zone).date() for moment in moments[: 3 * limit])
    return sorted(days)[-limit:]


def favourites(customer_id: int, limit: int = 3) -> list[tuple[str, int]]:
    """What a customer takes most: `(label, boxes)`."""
    rows = Line.objects.filter(order__customer_id=customer_id, order__state=OrderState.COMPLETED)
    found = rows.values("label").annotate(boxes=Sum("quantity"), times=Count("pk")).order_by("-times", "-boxes", "label")
    return [(row["label"], row["boxes"]) for row in found[:limit]]


def favourites_of(customer_ids: Iterable[int]) -> dict[int, str]:
    """The flavour each customer takes most often."""
    rows = (
        Line.objects.filter(order__customer_id__in=list(customer_ids), order__state=OrderState.COMPLETED)
        .values_list("order__customer_id", "variant__flavour", "label")
        .annotate(times=Count("pk"))
        .order_by("times")
    )
    return {customer_id: (flavour or label) for customer_id, flavour, label, _times in rows}


def buyers_between(starts: date, ends: date, *, customer_id: int | None = None) -> list[tuple[Customer, int]]:
    """Who bought between the days (inclusive), and how many boxes, most first."""
    rows = Line.objects.filter(
        order__state=OrderState.COMPLETED,
        order__completed_at__gte=_moment(starts),
        order__completed_at__lt=_moment(ends + timedelta(days=1)),
        order__customer__archived_at=None,
        order__customer__isnull=False,
    )
    if customer_id is not None:
        rows = rows.filter(order__customer_id=customer_id)
    boxes = dict(
        rows.values_list("order__customer_id").annotate(boxes=Sum("quantity")).values_list("order__customer_id", "boxes")
    )
    people = Customer.objects.filter(pk__in=boxes)
    return sorted(((person, boxes[person.pk]) for person in people), key=lambda pair: (-pair[1], pair[0].pk))


@dataclass(frozen=True)
class Share:
    """`percent` of `of` people."""

    percent: int
    of: int


def repeat_share(day: date, *, within_days: int = 60, look_back_days: int = 180) -> Share | None:
    """Of the customers new in half a year (old enough to tell), how many came back within 60 days. None under 10 of them."""
    new = PurchaseSummary.objects.filter(
        first_on__range=(day - timedelta(days=look_back_days + within_days), day - timedelta(days=within_days))
    )
    first_days = dict(new.values_list("customer_id", "first_on"))
    if len(first_days) < 10:
        return None
    moments = _completed().filter(
        customer_id__in=new.values("customer_id"),
        completed_at__gte=_moment(day - timedelta(days=look_back_days + within_days)),
    )
    zone = current_shop().zone
    back = {
        customer_id
        for customer_id, moment in moments.values_list("customer_id", "completed_at")
        if 0 < (timezone.localtime(moment, zone).date() - first_days[customer_id]).days <= within_days
    }
    return Share(percent=round(100 * len(back) / len(first_days)), of=len(first_days))


def purchase_log() -> tuple[list[int], list[int], list[int]]:
    """All completed orders of known customers: customer ids, day ordinals (the shop's days), amounts. Any order."""
    zone = current_shop().zone
    rows = _completed().filter(customer__isnull=False, completed_at__isnull=False)
    ids: list[int] = []
    days: list[int] = []
    amounts: list[int] = []
    for customer_id, moment, total in rows.values_list("customer_id", "completed_at", "total").iterator(chunk_size=10_000):
        ids.append(customer_id)
        days.append(moment.astimezone(zone).toordinal())
        amounts.append(total)
    return ids, days, amounts
