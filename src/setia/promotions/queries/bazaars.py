"""Bazaars for their pages: the plan, the day, the count, what stayed of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet, Sum

from setia.core import clock
from setia.customers import queries as people
from setia.customers.models import Purpose
from setia.orders import queries as orders
from setia.orders.models import Line, Order, OrderState, Payment, PaymentMethod
from setia.promotions.models import (
    Bazaar,
    BazaarHelper,
    BazaarStock,
    BazaarTask,
    DeviceItem,
    Guest,
    GuestHow,
    ItemKind,
    ItemState,
    Sample,
    Spending,
)
from setia.promotions.queries.spending import of_people
from setia.promotions.rules.bazaars import Counted
from setia.promotions.rules.spending import Yield

METHODS = (PaymentMethod.CASH, PaymentMethod.QRIS, PaymentMethod.TRANSFER, PaymentMethod.EWALLET)


def bazaars(*, removed: bool = False) -> QuerySet[Bazaar]:
    """All bazaars, the latest first."""
    return Bazaar.objects.filter(removed_at__isnull=not removed).order_by("-starts_on", "-pk")


def bazaar(pk: int) -> Bazaar | None:
    """One, taken out or not."""
    return Bazaar.objects.select_related("entry_link").filter(pk=pk).first()


def on_now(day: date) -> list[Bazaar]:
    """Those that go on."""
    return list(bazaars().filter(starts_on__lte=day, ends_on__gte=day))


def stock_of(pk: int) -> list[BazaarStock]:
    """What goes along."""
    return list(BazaarStock.objects.filter(bazaar_id=pk).select_related("variant__product").order_by("pk"))


def tasks_of(pk: int) -> list[BazaarTask]:
    """The checklist."""
    return list(BazaarTask.objects.filter(bazaar_id=pk).order_by("pk"))


def task(bazaar_id: int, pk: int) -> BazaarTask | None:
    """One line of the checklist."""
    return BazaarTask.objects.select_related("bazaar").filter(bazaar_id=bazaar_id, pk=pk).first()


def helpers_of(pk: int) -> list[BazaarHelper]:
    """Who stands there."""
    return list(BazaarHelper.objects.filter(bazaar_id=pk).select_related("member").order_by("pk"))


def spendings_of(pk: int) -> list[Spending]:
    """What it costs."""
    return list(Spending.objects.filter(bazaar_id=pk, removed_at=None).order_by("spent_on", "pk"))


def cost_of(pk: int) -> int:
    """All of it in rupiah."""
    return Spending.objects.filter(bazaar_id=pk, removed_at=None).aggregate(n=Sum("amount", default=0))["n"]


def sales_of(pk: int) -> QuerySet[Order]:
    """Sales at the stall that stand, the latest first."""
    ids = DeviceItem.objects.filter(bazaar_id=pk, kind=ItemKind.SALE, order__isnull=False).values("order_id")
    rows = Order.objects.filter(pk__in=ids).exclude(state=OrderState.CANCELLED)
    return rows.select_related("customer").order_by("-completed_at", "-pk")


def failed_of(pk: int) -> list[DeviceItem]:
    """What could not be written down; the phone that has it may try again."""
    return list(DeviceItem.objects.filter(bazaar_id=pk, state=ItemState.FAILED).order_by("-pk")[:50])


def suggestions_of(pk: int) -> list[DeviceItem]:
    """What people suggested."""
    rows = DeviceItem.objects.filter(bazaar_id=pk, kind=ItemKind.SUGGESTION, state=ItemState.DONE)
    return list(rows.select_related("customer").order_by("-made_at", "-pk")[:50])


def guests_of(pk: int, show: str = "") -> list[Guest]:
    """Whom we met, the latest first; `new`: nobody knew them; `bought`, `again`: what came of it; `agreed`."""
    rows = list(Guest.objects.filter(bazaar_id=pk).select_related("customer").order_by("-at", "-pk"))
    ids = [row.customer_id for row in rows]
    if show == "new":
        return [row for row in rows if row.newcomer]
    if show == "agreed":
        agreed = people.may_be_written_to(ids, Purpose.PROMOTION)
        return [row for row in rows if row.customer_id in agreed]
    if show in ("bought", "again"):
        summaries = orders.summaries_of(ids)
        kept = {pk for pk, one in summaries.items() if show == "bought" or one.again_after is not None}
        return [row for row in rows if row.newcomer and row.customer_id in kept]
    return rows


@dataclass(frozen=True)
class Outcome:
    """What a bazaar came to: people met, new ones, who agreed, what the new ones bought since, money of the day."""

    met: int
    new: int
    agreed: int
    result: Yield
    sales: int
    orders: int
    samples: int


def outcome(row: Bazaar) -> Outcome:
    """The numbers of one bazaar. Cost counts against the new people."""
    guests = list(Guest.objects.filter(bazaar=row).values_list("customer_id", "newcomer"))
    new = [pk for pk, newcomer in guests if newcomer]
    sales = sales_of(row.pk).order_by()
    sold = sales.aggregate(money=Sum("total", default=0))["money"]
    tastes = Sample.objects.filter(bazaar=row, removed_at=None).aggregate(n=Sum("count", default=0))["n"]
    return Outcome(
        met=len(guests),
        new=len(new),
        agreed=len(people.may_be_written_to([pk for pk, _new in guests], Purpose.PROMOTION)),
        result=of_people(new, cost_of(row.pk)),
        sales=sold,
        orders=sales.count(),
        samples=tastes,
    )


def money(row: Bazaar) -> list[Counted]:
    """By way of paying: what should be there and what was counted."""
    ids = DeviceItem.objects.filter(bazaar=row, order__isnull=False).values("order_id")
    sums = Payment.objects.filter(order_id__in=ids).order_by().values_list("method").annotate(n=Sum("amount"))
    expected = Counter(dict(sums))
    expected[PaymentMethod.CASH] += row.opening_cash
    counted = dict(row.counts.values_list("method", "counted"))
    shown = [method for method in METHODS if expected[method] or method in counted or method == PaymentMethod.CASH]
    return [Counted(str(method.label), method.value, expected[method], counted.get(method)) for method in shown]


def boxes(row: Bazaar) -> list[Counted]:
    """By variant: what should have come back (brought less sold) and what did."""
    sold = dict(
        Line.objects.filter(order__in=sales_of(row.pk).order_by())
        .order_by()
        .values_list("variant_id")
        .annotate(n=Sum("quantity"))
    )
    return [
        Counted(one.variant.label, str(one.variant_id), one.brought - sold.get(one.variant_id, 0), one.left)
        for one in stock_of(row.pk)
    ]


def compare() -> list[tuple[Bazaar, Outcome]]:
    """All bazaars that began, the latest first, at most thirty."""
    return [(row, outcome(row)) for row in bazaars().filter(guests__isnull=False).distinct()[:30]]


def to_follow_up(day: date, *, customer_id: int | None = None, within: int = 14) -> list[Guest]:
    """Met at a bazaar that ended in the last days, new, and not come back since: the latest first."""
    rows = Guest.objects.filter(
        newcomer=True,
        bazaar__removed_at=None,
        bazaar__ends_on__range=(day - timedelta(days=within), day - timedelta(days=1)),
        customer__archived_at=None,
    )
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    guests = list(rows.select_related("customer", "bazaar").order_by("-at", "-pk"))
    summaries = orders.summaries_of({guest.customer_id for guest in guests})
    return [
        guest
        for guest in guests
        if guest.customer_id not in summaries or summaries[guest.customer_id].last_on <= guest.bazaar.ends_on
    ]


# More than this in an hour are no people at a stall.
MOST_AN_HOUR = 200


def may_still_join(row: Bazaar) -> bool:
    """Whether the public page takes one more: it is open to everybody, and so to machines."""
    since = clock.now() - timedelta(hours=1)
    return Guest.objects.filter(bazaar=row, how=GuestHow.PAGE, at__gte=since).count() < MOST_AN_HOUR
