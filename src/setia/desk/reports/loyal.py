"""The headline figure and what loyalty brings: counted at night."""

from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import Count

from setia.conversations.models import Direction, Message, Origin
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.desk.reports import spans
from setia.desk.reports.log import Log
from setia.desk.reports.objectives import means
from setia.desk.reports.spans import Span
from setia.orders import queries as orders
from setia.segments import closures, scoring
from setia.segments import queries as segments
from setia.segments.rules import all_of, condition

YEAR = 364


def count(today: date, log: Log) -> dict[str, Any]:
    """How many are loyal, how that was, who joined and who slips; and the three benefits."""
    standings = {which: condition("standing", {"which": which}) for which in ("joined", "slipping", "left")}
    return {
        "figure": segments.count(all_of(condition("loyal"))),
        **{which: segments.count(all_of(asked)) for which, asked in standings.items()},
        "trend": trend(today),
        "benefits": benefits(today, log),
    }


def trend(today: date) -> list[list[Any]]:
    """(day, how many were loyal as seen then) every four weeks for a year; nothing before the first night."""
    fit = segments.shop_fit()
    ids, days, _amounts = orders.purchase_log()
    if fit is None or not len(ids):
        return []
    here = np.isin(np.asarray(ids), np.asarray(segments.people_ids()))
    customer, day = np.asarray(ids)[here], np.asarray(days)[here]
    ends = [today - timedelta(days=spans.LATELY * back) for back in reversed(range(spans.POINTS))]
    closed = closures.closed_days(current_shop(), since=date.fromordinal(int(min(days))), until=today)
    counts = scoring.loyal_over_time(
        customer, day, untils=[end.toordinal() for end in ends], closed=closed, parameters=fit.parameters
    )
    return [[end.isoformat(), number] for end, number in zip(ends, counts, strict=True)]


def benefits(today: date, log: Log) -> dict[str, Any]:
    """Loyal people beside others who bought in 13 weeks: purchases, messages, friends brought."""
    span = spans.ending(today - timedelta(days=1), spans.WEEK * spans.POINTS)
    loyal_ids = segments.profiles(all_of(condition("loyal"))).values_list("customer_id", flat=True)
    loyal = np.isin(log.ids, np.asarray(list(loyal_ids), dtype=np.int64))
    active = log.times(span) > 0
    asked, brought = _per_person(log, _questions(span)), _per_person(log, _friends(today))
    groups = {}
    for name, chosen in (("loyal", loyal), ("others", ~loyal)):
        mine = chosen & active
        people, purchases = means(log, span, chosen)
        groups[name] = {
            "people": people,
            "purchases": round(purchases * people),
            "messages": int(asked[mine].sum()),
            "friends": int(brought[mine].sum()),
        }
    return groups


def _per_person(log: Log, counted: dict[int, int]) -> Any:
    return np.array([counted.get(pk, 0) for pk in log.ids.tolist()], dtype=np.int64)


def _questions(span: Span) -> dict[int, int]:
    """How many messages each person wrote in the span."""
    zone = current_shop().zone
    since, until = (spans.midnight(day, zone) for day in (span.since, span.until + timedelta(days=1)))
    rows = Message.objects.filter(direction=Direction.IN, origin=Origin.LIVE, at__gte=since, at__lt=until)
    return dict(rows.order_by().values_list("customer_id").annotate(n=Count("pk")))


def _friends(today: date) -> dict[int, int]:
    """How many of the people each one brought bought for the first time within a year."""
    rows = Customer.objects.filter(
        referred_by__isnull=False, archived_at=None, purchases__first_on__gte=today - timedelta(days=YEAR)
    )
    return dict(rows.order_by().values_list("referred_by_id").annotate(n=Count("pk")))
