"""A month on paper, for the family, the bank or the cooperative: counted at night, printed by the browser."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
from django.db.models import Count, Sum

from setia.care.models import Form
from setia.core.scope import current_shop
from setia.desk.reports import satisfaction
from setia.desk.reports.log import Log
from setia.desk.reports.objectives import margin
from setia.desk.reports.spans import Span
from setia.orders.models import Order
from setia.orders.queries import sales as numbers
from setia.segments import closures, scoring
from setia.segments import queries as segments

KEPT_MONTHS: Final = 13
PRODUCTS: Final = 8


def name(first: date) -> str:
    """What the figures of a month are kept as."""
    return f"month:{first:%Y-%m}"


def before(first: date, months: int = 1) -> date:
    """The first day of the month so many before."""
    year, place = divmod(12 * first.year + first.month - 1 - months, 12)
    return date(year, place + 1, 1)


def span(first: date, today: date) -> Span:
    """The days of a month, no further than yesterday."""
    last = date(first.year, first.month, monthrange(first.year, first.month)[1])
    return Span(first, min(last, today - timedelta(days=1)))


def missing(today: date, log: Log, kept: Sequence[str]) -> list[date]:
    """First days of the months to be counted tonight: this one, the last, and those of a year not counted yet."""
    if not len(log.day):
        return []
    oldest = date.fromordinal(int(log.day.min())).replace(day=1)
    months = [before(today.replace(day=1), back) for back in range(KEPT_MONTHS)]
    return [
        first
        for back, first in enumerate(months)
        if first >= oldest and span(first, today).until >= first and (back < 2 or name(first) not in kept)
    ]


def count(first: date, today: date, log: Log) -> dict[str, Any]:
    """Everything the report of a month tells."""
    days = span(first, today)
    sold = numbers.total(days.since, days.until)
    earlier = {key: span(before(first, back), today) for key, back in (("month", 1), ("year", 12))}
    circle = log.circle(days)
    faces = [score for _day, score in satisfaction.answered(Form.CSAT, days)]
    return {
        "since": days.since.isoformat(),
        "until": days.until.isoformat(),
        "whole": days.until == span(first, date.max).until,
        "orders": sold.orders,
        "amount": sold.amount,
        "before": {key: numbers.total(one.since, one.until).amount for key, one in earlier.items()},
        "new": circle.new,
        "buyers": circle.buyers,
        "loyal": loyal_on(days.until, log),
        "margin": margin(days),
        "rated": len(faces),
        "content": sum(score >= satisfaction.GOOD for score in faces),
        "days": [[day.isoformat(), row.amount] for day, row in numbers.by_day(days.since, days.until)],
        "products": [
            [row.label, row.boxes, row.amount] for row in numbers.by_product(days.since, days.until)[:PRODUCTS]
        ],
        "channels": channels(days),
    }


def channels(days: Span) -> list[list[Any]]:
    """[channel, orders, money], the most money first."""
    rows = Order.objects.filter(completed_on__range=(days.since, days.until)).order_by()
    counted = rows.values_list("channel").annotate(n=Count("pk"), money=Sum("total"))
    return [list(row) for row in sorted(counted, key=lambda row: (-row[2], row[0]))]


def loyal_on(day: date, log: Log) -> int | None:
    """How many were loyal as seen on a day; None before the first night."""
    fit = segments.shop_fit()
    if fit is None or not len(log.day):
        return None
    closed = closures.closed_days(current_shop(), since=date.fromordinal(int(np.min(log.day))), until=max(day, fit.day))
    untils = [day.toordinal()]
    people = log.ids[log.who]
    return scoring.loyal_over_time(people, log.day, untils=untils, closed=closed, parameters=fit.parameters)[0]
