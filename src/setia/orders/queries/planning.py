"""How full days are, the rules for orders, and who waits."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet, Sum

from setia.core.scope import current_shop
from setia.orders.models import (
    DayPlan,
    Line,
    Order,
    OrderChannel,
    OrderState,
    OrderTerms,
    Waiting,
    WaitingState,
)
from setia.orders.rules.planning import Load
from setia.shops import queries as shops
from setia.shops.rules import WEEKDAYS

# What is sold from the shelf or came from a file is no promise.
NO_PROMISE = (OrderChannel.COUNTER, OrderChannel.IMPORTED)


def terms() -> OrderTerms:
    """The shop's rules for orders; the usual ones, not yet written, where none were laid down."""
    return OrderTerms.objects.first() or OrderTerms()


def _promises(since: date, until: date) -> QuerySet[Order]:
    rows = Order.objects.filter(due_on__range=(since, until)).exclude(state=OrderState.CANCELLED)
    return rows.exclude(channel__in=NO_PROMISE)


def boxes_by_day(since: date, until: date) -> dict[date, int]:
    """Boxes promised for each day, handed over or not; days without any are left out. One query."""
    lines = Line.objects.filter(order__in=_promises(since, until)).order_by()
    return dict(lines.values_list("order__due_on").annotate(boxes=Sum("quantity")))


def plans(since: date, until: date) -> dict[date, DayPlan]:
    """Days that differ."""
    return {plan.day: plan for plan in DayPlan.objects.filter(day__range=(since, until))}


def loads(days: Sequence[date]) -> dict[date, Load]:
    """How full each of the days is, three queries for all of them. `days` in order, not empty."""
    shop, since, until = current_shop(), days[0], days[-1]
    boxes, planned, shut = boxes_by_day(since, until), plans(since, until), closed_among(days)
    found: dict[date, Load] = {}
    for day in days:
        plan = planned.get(day)
        closed = (plan is not None and plan.closed) or day in shut
        capacity = plan.capacity if plan is not None and plan.capacity is not None else shop.daily_capacity
        found[day] = Load(boxes.get(day, 0), capacity, closed)
    return found


def load_of(day: date, *, without: Order | None = None) -> Load:
    """How full one day is; `without` an order that is to be moved or changed."""
    load = loads([day])[day]
    if without is None or without.due_on != day:
        return load
    mine = sum(Line.objects.filter(order=without).values_list("quantity", flat=True))
    return Load(max(0, load.boxes - mine), load.capacity, load.closed)


def waiting(since: date, until: date | None = None) -> list[Waiting]:
    """Who waits for a place on the days, who asked first first."""
    rows = Waiting.objects.filter(state=WaitingState.WAITING, day__gte=since).select_related("customer")
    rows = rows if until is None else rows.filter(day__lte=until)
    return list(rows.order_by("day", "asked_at", "pk"))


def waiting_one(pk: int) -> Waiting | None:
    """One entry of the waiting list."""
    return Waiting.objects.select_related("customer").filter(pk=pk).first()


def can_be_served(today: date, customer_id: int | None = None) -> list[Waiting]:
    """Who waits for a day that has room for them now; who asked first takes the room first."""
    entries = waiting(today)
    if not entries:
        return []
    days = sorted({entry.day for entry in entries})
    room: dict[date, int | None] = {}
    for day in days:
        load = load_of(day)
        room[day] = load.room if not load.closed else 0
    served = []
    for entry in entries:
        left = room[entry.day]
        if left is None or left >= entry.boxes:
            served.append(entry)
            room[entry.day] = None if left is None else left - entry.boxes
    return served if customer_id is None else [entry for entry in served if entry.customer_id == customer_id]


def closed_among(days: Sequence[date]) -> set[date]:
    """Those of the days (in order, not empty) on which the shop is closed by its hours or for once."""
    shop = current_shop()
    weekly = {index for index, name in enumerate(WEEKDAYS) if shop.opening_hours and name not in shop.opening_hours}
    closures = shops.closed_days(since=days[0], until=days[-1])
    return {day for day in days if day.weekday() in weekly or day in closures}
