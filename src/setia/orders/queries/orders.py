"""Orders one by one and in lists."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from setia.core import money
from setia.core.prepared import prepared
from setia.customers import queries as customers
from setia.customers.privacy.sheet import Section
from setia.orders.models import Adjustment, Line, Order, Payment, ReturnLine, still_open

# So many of a person's orders are printed one by one.
_TOLD = 100


def orders() -> QuerySet[Order]:
    """Every order of the shop with its customer."""
    return Order.objects.select_related("customer")


def _counted(rows: QuerySet[Order]) -> QuerySet[Order]:
    """With `boxes`: counted per order that is read, so that a page of a long list stays quick."""
    of_order = Line.objects.filter(order=OuterRef("pk")).order_by().values("order")
    boxes = Subquery(of_order.annotate(boxes=Sum("quantity")).values("boxes"))
    return rows.annotate(boxes=Coalesce(boxes, 0))


def open_orders() -> QuerySet[Order]:
    """Orders that are neither handed over nor called off, by day and hour, with customers and `boxes`."""
    rows = _counted(orders().filter(still_open()))
    return rows.order_by("due_on", F("due_time").asc(nulls_last=True), "number")


def due_on(day: date) -> QuerySet[Order]:
    """Open orders of one day, by hour."""
    return open_orders().filter(due_on=day)


def promised(day: date, customer_id: int | None = None) -> QuerySet[Order]:
    """Open orders due on `day` or before, with customers and `boxes`; of one customer when given."""
    rows = open_orders().filter(due_on__lte=day)
    return rows if customer_id is None else rows.filter(customer_id=customer_id)


def open_until(today: date) -> dict[str, int]:
    """How many open orders there are until today, tomorrow, the end of seven days, and in all; one query."""
    ends = {"today": today, "tomorrow": today + timedelta(days=1), "week": today + timedelta(days=6)}
    counts = {name: Count("pk", filter=Q(due_on__lte=day)) for name, day in ends.items()}
    return Order.objects.filter(still_open()).aggregate(all=Count("pk"), **counts)


def done() -> QuerySet[Order]:
    """Completed orders, the latest first, with customers and `boxes`."""
    return _counted(orders().filter(completed_on__isnull=False)).order_by("-completed_on", "-pk")


def find(query: str, *, limit: int = 50) -> list[Order]:
    """Orders by their number (`12`, `#12`) or by their customer (part of a name, last digits of a phone), newest first.

    A handful of queries, whatever the size of the shop.
    """
    text = query.strip().removeprefix("#").strip()
    if not text:
        return []
    numbers: list[int] = []
    if text.isdigit() and len(text) < 10:
        numbers.append(int(text))
    people = [person.pk for person in customers.find(text)]
    latest = Order.objects.filter(customer_id__in=people).order_by("-placed_at", "-pk")
    numbers += [number for number in latest.values_list("number", flat=True)[:limit] if number not in numbers]
    # by number and not by id: the shop's own index leads there, however large the table
    found = {order.number: order for order in _counted(orders().filter(number__in=numbers))}
    return [found[number] for number in numbers if number in found][:limit]


def numbered(number: int) -> list[Order]:
    """The order with this number, if there is one."""
    return list(_counted(orders().filter(number=number)))


def of_customer(customer_id: int) -> QuerySet[Order]:
    """All orders of a customer, newest first."""
    return Order.objects.filter(customer_id=customer_id).order_by("-placed_at", "-pk")


def told_to_customer(ids: Sequence[int]) -> list[Section]:
    """What is kept about somebody's orders, for the sheet they may ask for: the latest hundred, and how many in all."""
    rows = Order.objects.filter(customer_id__in=list(ids)).order_by("-placed_at", "-pk")
    language = get_language() or "id"
    lines = [
        (
            f"#{order.number} · {date_format(order.due_on, 'j M Y')}",
            " · ".join(
                filter(
                    None, (money.format_money(order.total, locale=language), order.get_state_display(), order.address)
                )
            ),
        )
        for order in rows[:_TOLD]
    ]
    count = rows.count()
    note = _("The latest %(shown)s of %(count)s.") % {"shown": _TOLD, "count": count} if count > _TOLD else ""
    return [Section(_("Orders"), lines, note)]


def open_of_customer(customer_id: int) -> list[Order]:
    """A customer's open orders, by day; their lines are not counted."""
    return _open_of_customer(customer_id)


@prepared
def _open_of_customer(customer_id: int) -> QuerySet[Order]:
    rows = Order.objects.filter(still_open(), customer_id=customer_id)
    return rows.order_by("due_on", F("due_time").asc(nulls_last=True), "number")


def any_order() -> bool:
    """Whether the shop has taken an order yet."""
    return Order.objects.exists()


def with_open_order(customer_ids: Iterable[int]) -> set[int]:
    """Those of the customers who have an open order."""
    rows = Order.objects.filter(still_open(), customer_id__in=list(customer_ids))
    return set(rows.values_list("customer_id", flat=True))


def by_device_key(device_key: str) -> Order | None:
    """The order a form or device made with this key; None when there is none yet."""
    return Order.objects.filter(device_key=device_key).first() if device_key else None


def lines_of(order: Order) -> list[Line]:
    """The lines of an order, as they were written."""
    return list(Line.objects.filter(order=order).order_by("pk"))


def with_lines(rows: QuerySet[Order]) -> QuerySet[Order]:
    """The same orders with their lines read along (`order.lines.all`): one query more, however many."""
    return rows.prefetch_related("lines")


def adjustments_of(order: Order) -> list[Adjustment]:
    """Discount and fees of an order."""
    return list(Adjustment.objects.filter(order=order).order_by("pk"))


def payments_of(order: Order) -> list[Payment]:
    """Money that moved for an order, in order of time, with who took it."""
    return list(Payment.objects.filter(order=order).select_related("by").order_by("at", "pk"))


def returnable(order: Order) -> list[tuple[Line, int]]:
    """The lines of an order, each with how many of its boxes have not come back yet."""
    back = ReturnLine.objects.filter(line__order=order).values_list("line_id").annotate(boxes=Sum("quantity"))
    gone = dict(back)
    return [(line, line.quantity - gone.get(line.pk, 0)) for line in lines_of(order)]
