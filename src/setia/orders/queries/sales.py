"""Sales in numbers: by day, product, channel, place and kind; how punctual; against what came before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, F, Func, QuerySet, Sum

from setia.core import calendars
from setia.core.calendars import Season
from setia.core.scope import current_shop
from setia.customers.models import Customer, CustomerKind
from setia.orders.models import DayProduct, DaySales, Line, Order, OrderChannel
from setia.orders.queries.planning import NO_PROMISE
from setia.shops.models import Place

# A few minutes are not late.
GRACE: Final = timedelta(minutes=30)
# Seasons that come every month say nothing about a year.
MONTHLY: Final = ("payday",)


# From here on it is quicker to read everybody's purchases than to put those of so many days together by customer.
LONG: Final = timedelta(days=120)


class _Beside(Func):
    """A column by which SQLite is not to look orders up: the index that has each customer's together is the better."""

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **more)


@dataclass(frozen=True)
class SalesSum:
    """Orders and their money under one heading; `boxes` where they were counted."""

    label: str
    orders: int
    amount: int
    boxes: int = 0

    @property
    def average(self) -> int:
        """What one order came to."""
        return round(self.amount / self.orders) if self.orders else 0


def _sold(since: date, until: date) -> QuerySet[Order]:
    """Completed orders of the days (inclusive)."""
    return Order.objects.filter(completed_on__range=(since, until))


def _live(since: date, until: date, summed: Iterable[date] | None = None) -> QuerySet[Order]:
    """Completed orders of those of the days that the night has not summed, or that changed since."""
    if summed is None:
        summed = DaySales.objects.filter(day__range=(since, until)).values_list("day", flat=True).distinct()
    known = set(summed)
    return Order.objects.filter(completed_on__in=[day for day in _days(since, until) if day not in known])


def _days(since: date, until: date) -> list[date]:
    return [since + timedelta(days=distance) for distance in range((until - since).days + 1)]


def total(since: date, until: date) -> SalesSum:
    """Everything sold on the days; what came back is already taken off."""
    return altogether(by_day(since, until))


def altogether(days: Iterable[tuple[date, SalesSum]]) -> SalesSum:
    """The total of what `by_day` found, without asking again."""
    sums = [row for _day, row in days]
    return SalesSum("", sum(row.orders for row in sums), sum(row.amount for row in sums))


def by_day(since: date, until: date) -> list[tuple[date, SalesSum]]:
    """One entry per day, also of those without a sale."""
    rows = DaySales.objects.filter(day__range=(since, until)).order_by().values_list("day")
    summed = list(rows.annotate(n=Sum("orders"), money=Sum("amount")))
    live = _live(since, until, [row[0] for row in summed]).order_by().values_list("completed_on")
    counted = live.annotate(n=Count("pk"), money=Sum("total"))
    found = {day: SalesSum("", orders, amount) for day, orders, amount in [*summed, *counted]}
    return [(day, found.get(day, SalesSum("", 0, 0))) for day in _days(since, until)]


def by_product(since: date, until: date) -> list[SalesSum]:
    """Variants by what they brought in, most first. Discounts are the order's and are not shared out."""
    lines = Line.objects.filter(order__in=_live(since, until)).order_by().values("variant_id", "label")
    live = lines.annotate(n=Count("order_id"), boxes=Sum("quantity"), money=Sum("amount"))
    days = DayProduct.objects.filter(day__range=(since, until)).order_by().values("variant_id", "label")
    # under other names than the columns'
    summed = days.annotate(n=Sum("orders"), all=Sum("boxes"), money=Sum("amount"))
    rows = [*live, *({**row, "boxes": row["all"]} for row in summed)]
    merged: dict[object, SalesSum] = {}
    for row in sorted(rows, key=lambda row: row["label"]):
        key = row["variant_id"] or row["label"]
        known = merged.get(key, SalesSum(row["label"], 0, 0, 0))
        merged[key] = SalesSum(
            known.label or row["label"],
            known.orders + row["n"],
            known.amount + row["money"],
            known.boxes + row["boxes"],
        )
    return sorted(merged.values(), key=lambda row: (-row.amount, row.label))


def by_way(since: date, until: date) -> tuple[list[SalesSum], list[SalesSum]]:
    """By how it was ordered, and by where it was sold (an empty heading for the shop itself): read in one go."""
    orders = _live(since, until).order_by().values_list("channel", "place_id")
    live = orders.annotate(n=Count("pk"), money=Sum("total"))
    days = DaySales.objects.filter(day__range=(since, until)).exclude(channel="").order_by()
    summed = days.values_list("channel", "place_id").annotate(n=Sum("orders"), money=Sum("amount"))
    places = dict(Place.objects.values_list("pk", "name"))
    rows = [*live, *summed]
    found = [(str(OrderChannel(channel).label), places.get(place, ""), *more) for channel, place, *more in rows]
    return _merged((row[0], *row[2:]) for row in found), _merged(row[1:] for row in found)


def by_people(since: date, until: date) -> tuple[list[SalesSum], list[SalesSum]]:
    """By kind of customer and by where they live; an empty heading where there is no name or no place. In one go.

    Summed per customer first: looking up who it was for every single order would take most of the time.
    """
    sums = {"n": Count("*"), "money": Sum("total")}
    rows = _sold(since, until)
    if until - since > LONG:
        rows = Order.objects.alias(day=_Beside("completed_on")).filter(completed_on__isnull=False)
        rows = rows.filter(day__range=(since, until))
    rows = rows.order_by().values_list("customer_id").annotate(**sums)
    try:
        sql, parameters = rows.query.sql_with_params()
    except EmptyResultSet:  # no shop is open
        return [], []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person.kind, person.district, SUM(sold.n), SUM(sold.money) "  # noqa: S608 - our own names
            f"FROM ({sql}) sold LEFT JOIN {Customer._meta.db_table} person ON person.id = sold.customer_id "
            "GROUP BY 1, 2",
            parameters,
        )
        found = [(kind, district or "", int(n), int(money)) for kind, district, n, money in cursor.fetchall()]
    kinds = ((str(CustomerKind(kind).label) if kind else "", n, money) for kind, _district, n, money in found)
    return _merged(kinds), _merged(row[1:] for row in found)


def _merged(rows: Iterable[tuple[str, int, int]]) -> list[SalesSum]:
    """One sum for each heading, most money first."""
    merged: dict[str, SalesSum] = {}
    for label, orders, amount in rows:
        known = merged.get(label, SalesSum(label, 0, 0))
        merged[label] = SalesSum(label, known.orders + orders, known.amount + amount)
    return sorted(merged.values(), key=lambda row: (-row.amount, row.label))


@dataclass(frozen=True)
class Punctual:
    """Of `of` promises so many were kept in time."""

    kept: int
    of: int

    @property
    def percent(self) -> int:
        """The share that was kept."""
        return round(100 * self.kept / self.of) if self.of else 0


def on_time(since: date, until: date) -> Punctual:
    """Orders for a day that were packed, sent or handed over in time: by their hour and half an hour, else by the
    day.
    """
    zone, kept, of = current_shop().zone, 0, 0
    rows = (
        _sold(since, until)
        .exclude(channel__in=NO_PROMISE)
        .values_list("due_on", "due_time", "ready_at", "underway_at", "completed_at")
    )
    for due_on, due_time, ready_at, underway_at, completed_at in rows.iterator(chunk_size=5_000):
        done = min(moment for moment in (ready_at, underway_at, completed_at) if moment).astimezone(zone)
        of += 1
        if due_time is None:
            kept += done.date() <= due_on
        else:
            kept += done <= datetime.combine(due_on, due_time, tzinfo=zone) + GRACE
    return Punctual(kept, of)


def deposits_outstanding() -> tuple[int, int]:
    """How many open orders wait for their deposit, and how much is missing."""
    rows = Order.objects.filter(completed_on__isnull=True, cancelled_at__isnull=True, deposit_due__gt=F("paid"))
    sums = rows.aggregate(n=Count("pk"), missing=Sum(F("deposit_due") - F("paid"), default=0))
    return sums["n"], sums["missing"]


def unpaid() -> tuple[int, int]:
    """How many handed-over orders are not fully paid, and how much is open."""
    # asked so that the index of the few that are not paid is taken, and not that of all that were handed over
    rows = Order.objects.filter(total__gt=F("paid")).exclude(completed_at=None)
    sums = rows.aggregate(n=Count("pk"), open=Sum(F("total") - F("paid"), default=0))
    return sums["n"], sums["open"]


@dataclass(frozen=True)
class Versus:
    """One stretch of days against the last comparable one. `season` where it is one of the calendar."""

    now: SalesSum
    before: SalesSum
    since: date
    until: date
    before_since: date
    before_until: date
    season: Season | None = None

    @property
    def change(self) -> int | None:
        """Percent more (or less) money; None when there was nothing before."""
        return round(100 * (self.now.amount - self.before.amount) / self.before.amount) if self.before.amount else None


def comparisons(today: date) -> list[Versus]:
    """Yesterday against the same weekday before; the last seven days against the seven before; seasons against their
    last.

    A season is compared day for day from its first day on, wherever the moving calendar put it a year ago.
    """
    day = today - timedelta(days=1)
    week = today - timedelta(days=7)
    spans: list[tuple[date, date, date, Season | None]] = [
        (day, day, day - timedelta(days=7), None),
        (week, day, week - timedelta(days=7), None),
        *_seasons(today),
    ]
    sold = dict(by_day(min(before for _since, _until, before, _season in spans), day))

    def whole(first: date, last: date) -> SalesSum:
        return altogether((one, sold[one]) for one in _days(first, last))

    found = []
    for since, until, before, season in spans:
        ended = before + (until - since)
        found.append(Versus(whole(since, until), whole(before, ended), since, until, before, ended, season))
    return found


def _seasons(today: date) -> list[tuple[date, date, date, Season]]:
    """The seasons of the last three months with their last occurrence: first day, last day so far, first day then."""
    known = [season for season in calendars.seasons((today - timedelta(days=800), today)) if season.code not in MONTHLY]
    found = []
    for season in known:
        if season.ends < today - timedelta(days=92) or season.starts >= today:
            continue
        earlier = [one for one in known if one.code == season.code and one.starts < season.starts]
        if earlier:
            until = min(season.ends, today - timedelta(days=1))
            found.append((season.starts, until, max(earlier, key=lambda one: one.starts).starts, season))
    return sorted(found, key=lambda spans: spans[1], reverse=True)[:4]
