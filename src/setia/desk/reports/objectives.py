"""The four objectives and the loyal customers, counted at night: plain values, nothing drawn, no words."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import Count, F, Q, Sum

from setia.conversations import evening
from setia.desk.reports import satisfaction, spans
from setia.desk.reports.log import Log
from setia.desk.reports.spans import Span
from setia.orders.models import Line, Order
from setia.segments import queries as segments
from setia.segments.rules import all_of, condition
from setia.supply import queries as supply
from setia.team import rules as work
from setia.team.models import Shift

PLACES = 6


def count(today: date, log: Log) -> dict[str, Any]:
    """Everything the page of the four objectives tells, as of the night before `today`."""
    days = sold_by_day(spans.ending(today - timedelta(days=1), spans.WEEK * spans.POINTS))
    return {
        "since": spans.lately(today).since.isoformat(),
        "until": spans.lately(today).until.isoformat(),
        "satisfied": satisfaction.count(today),
        "buyers": buyers(today, log),
        "sales": sales(today, days),
        "per_hour": per_hour(today, days),
    }


# --- Customer base ----------------------------------------------------------------------------------------------------


def buyers(today: date, log: Log) -> dict[str, Any]:
    """Who bought: new, kept and back; where they live and of which kind they are."""
    lately = spans.lately(today)
    now = log.circle(lately)
    rows = segments.profiles(all_of(condition("between", lately.asked))).order_by()
    places = rows.exclude(district="").values_list("district").annotate(n=Count("pk")).order_by("-n", "district")
    kinds = rows.values_list("kind").annotate(n=Count("pk")).order_by("-n", "kind")
    trend = [(span.until.isoformat(), log.circle(span)) for span in spans.row(today, spans.LATELY)]
    return {
        "new": now.new,
        "kept": now.kept,
        "back": now.back,
        "places": [list(row) for row in places[:PLACES]],
        "kinds": [list(row) for row in kinds],
        "trend": [[day, circle.new, circle.kept, circle.back] for day, circle in trend],
    }


# --- Sales ------------------------------------------------------------------------------------------------------------


def sold_by_day(span: Span) -> dict[date, dict[str, int]]:
    """Per day: orders and money in all, of people for the first time, and without a name; how many were served."""
    first = Q(completed_on=F("customer__purchases__first_on"))
    nameless = Q(customer__isnull=True)
    rows = (
        Order.objects.filter(completed_on__range=(span.since, span.until))
        .order_by()
        .values("completed_on")
        .annotate(
            orders=Count("pk"),
            amount=Sum("total"),
            new_orders=Count("pk", filter=first),
            new_amount=Sum("total", filter=first, default=0),
            nameless_orders=Count("pk", filter=nameless),
            nameless_amount=Sum("total", filter=nameless, default=0),
            people=Count("customer", distinct=True),
        )
    )
    return {row.pop("completed_on"): row for row in rows}


def added(days: dict[date, dict[str, int]], span: Span) -> dict[str, int]:
    """The days of a span together."""
    total: dict[str, int] = defaultdict(int)
    for day, row in days.items():
        if span.since <= day <= span.until:
            for name, number in row.items():
                total[name] += number
    return total


def sales(today: date, days: dict[date, dict[str, int]]) -> dict[str, Any]:
    """Money of four weeks: again, new and without a name; what is kept after the ingredients."""
    lately = spans.lately(today)
    now, before = added(days, lately), added(days, lately.before)
    return {
        "orders": now["orders"],
        "amount": now["amount"],
        "before": before["amount"],
        "new": [now["new_orders"], now["new_amount"]],
        "nameless": [now["nameless_orders"], now["nameless_amount"]],
        "again": [
            now["orders"] - now["new_orders"] - now["nameless_orders"],
            now["amount"] - now["new_amount"] - now["nameless_amount"],
        ],
        "margin": margin(lately),
        "trend": [
            [week.since.isoformat(), week.until.isoformat(), added(days, week)["amount"]]
            for week in spans.row(today, spans.WEEK)
        ],
    }


def margin(span: Span) -> dict[str, Any]:
    """What goods with a known cost brought, and cost by today's cost sheet; and what all goods brought."""
    costs = {row.variant.pk: row.cost for row in supply.costings() if row.cost is not None}
    rows = Line.objects.filter(order__completed_on__range=(span.since, span.until)).order_by()
    sold = list(rows.values_list("variant_id").annotate(boxes=Sum("quantity"), money=Sum("amount")))
    known = [(boxes * costs[variant], money) for variant, boxes, money in sold if variant in costs]
    return {
        "cost": sum(cost for cost, _money in known),
        "money": sum(money for _cost, money in known),
        "all": sum(money for _variant, _boxes, money in sold),
        "target": round(100 * supply.target_margin()),
    }


# --- Productivity -----------------------------------------------------------------------------------------------------


def hours_by_day(span: Span) -> dict[date, float]:
    """Hours worked on each day with shifts."""
    found: dict[date, float] = defaultdict(float)
    rows = Shift.objects.filter(day__range=(span.since, span.until))
    for day, *shift in rows.values_list("day", "starts", "ends", "came_at", "left_at"):
        found[day] += work.hours(*shift)
    return found


def per_hour(today: date, days: dict[date, dict[str, int]]) -> dict[str, Any]:
    """Orders handed over, and people served, per hour of work, on days with shifts; the median of first answers."""
    weeks, lately = spans.row(today, spans.WEEK), spans.lately(today)
    hours = hours_by_day(Span(weeks[0].since, weeks[-1].until))
    worked = {day: row for day, row in days.items() if hours.get(day)}
    first = evening.times(spans.LATELY).all_first
    return {
        **_worked(hours, worked, lately),
        "minutes": first.minutes if first else None,
        "answers": first.count if first else 0,
        "trend": [[week.until.isoformat(), _worked(hours, worked, week)] for week in weeks],
    }


def _worked(hours: dict[date, float], days: dict[date, dict[str, int]], span: Span) -> dict[str, float]:
    row = added(days, span)
    time = sum(length for day, length in hours.items() if span.since <= day <= span.until)
    return {"hours": round(time, 2), "orders": row["orders"], "served": row["people"] + row["nameless_orders"]}


def rate(worked: dict[str, Any], what: str = "orders") -> float | None:
    """Per hour, to a tenth; None without a shift."""
    return round(float(worked[what]) / worked["hours"], 1) if worked["hours"] else None


def share(part: float, whole: float) -> int | None:
    """A share in percent; None of nothing."""
    return round(100 * part / whole) if whole else None


def means(log: Log, span: Span, chosen: Any) -> tuple[int, float]:
    """Of the chosen people who bought in the span: how many, and on how many days each."""
    times = log.times(span)
    mine = times[chosen & (times > 0)]
    return len(mine), float(np.mean(mine)) if len(mine) else 0.0
