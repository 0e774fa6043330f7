"""Weeks of work as figures: hours, people served, sales, promises kept, what was seen."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any

from setia.conversations.models import ServiceReview
from setia.core.scope import current_shop
from setia.orders.models import Order, OrderState
from setia.team import rules
from setia.team.models import Observation, Shift

DAYS = timedelta(days=7)


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def weeks(member_ids: Collection[int], monday: date, *, back: int = 0) -> dict[int, list[rules.Week]]:
    """For each member the week of `monday` and `back` earlier ones, latest first; a fixed number of queries.

    Orders, and what customers said of them (the faces at the counter), count for the member who took them, in the week
    in which they were handed over. The owner's evening check of a chat counts for who served in it.
    """
    first, end = monday - DAYS * back, monday + DAYS
    tallies: dict[tuple[int, date], dict[str, Any]] = defaultdict(lambda: defaultdict(float))
    _count_shifts(tallies, member_ids, first, end)
    _count_orders(tallies, member_ids, first, end)
    _count_seen(tallies, member_ids, first, end)
    _count_reviews(tallies, member_ids, first, end)
    mondays = [monday - DAYS * place for place in range(back + 1)]
    return {pk: [_week(tallies.get((pk, day), {})) for day in mondays] for pk in member_ids}


def _week(tally: dict[str, Any]) -> rules.Week:
    orders, ratings, reviews = (int(tally.get(name, 0)) for name in ("orders", "ratings", "reviews"))
    return rules.Week(
        hours=round(tally.get("hours", 0.0), 2),
        orders=orders,
        customers=orders,
        sales=int(tally.get("sales", 0)),
        on_time=tally.get("on_time", 0) / orders if orders else None,
        rating=tally["stars"] / ratings if ratings else None,
        ratings=ratings,
        chat_review=tally["review_stars"] / reviews if reviews else None,
        chat_reviews=reviews,
        good=int(tally.get("good", 0)),
        better=int(tally.get("better", 0)),
        points=int(tally.get("points", 0)),
    )


def _count_shifts(tallies: Any, member_ids: Collection[int], first: date, end: date) -> None:
    rows = Shift.objects.filter(member_id__in=member_ids, day__gte=first, day__lt=end, day__lte=current_shop().today())
    for pk, day, starts, ends, came, left in rows.values_list(
        "member_id", "day", "starts", "ends", "came_at", "left_at"
    ):
        tallies[pk, monday_of(day)]["hours"] += rules.hours(starts, ends, came, left)


def _count_orders(tallies: Any, member_ids: Collection[int], first: date, end: date) -> None:
    rows = Order.objects.filter(
        taken_by_id__in=member_ids, state=OrderState.COMPLETED, completed_on__gte=first, completed_on__lt=end
    )
    for pk, day, due, total, rating in rows.values_list("taken_by_id", "completed_on", "due_on", "total", "rating"):
        tally = tallies[pk, monday_of(day)]
        tally["orders"] += 1
        tally["sales"] += total
        tally["on_time"] += day <= due
        if rating:
            tally["ratings"] += 1
            tally["stars"] += rating


def _count_seen(tallies: Any, member_ids: Collection[int], first: date, end: date) -> None:
    zone = current_shop().zone
    since, until = (datetime.combine(day, time.min, tzinfo=zone) for day in (first, end))
    rows = Observation.objects.filter(member_id__in=member_ids, at__gte=since, at__lt=until)
    for pk, at, good, weight in rows.values_list("member_id", "at", "behaviour__good", "behaviour__weight"):
        tally = tallies[pk, monday_of(at.astimezone(zone).date())]
        tally["good" if good else "better"] += 1
        tally["points"] += weight if good else -weight


def _count_reviews(tallies: Any, member_ids: Collection[int], first: date, end: date) -> None:
    rows = ServiceReview.objects.filter(member_id__in=member_ids, day__gte=first, day__lt=end)
    for pk, day, stars in rows.values_list("member_id", "day", "stars"):
        tally = tallies[pk, monday_of(day)]
        tally["reviews"] += 1
        tally["review_stars"] += stars
