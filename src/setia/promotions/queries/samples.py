"""Tastes: what was given where, and whether they sell."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from setia.core.prepared import prepared
from setia.orders.models import Line
from setia.promotions.models import Sample
from setia.promotions.rules.samples import WITHIN_DAYS, percent


def samples() -> QuerySet[Sample]:
    """What was given, the latest first."""
    rows = Sample.objects.filter(removed_at=None).select_related("variant__product", "customer", "bazaar")
    return rows.order_by("-at", "-pk")


def sample(pk: int) -> Sample | None:
    """One, taken out or not."""
    return Sample.objects.select_related("variant__product", "customer").filter(pk=pk).first()


@dataclass
class Tasted:
    """A variant: tastes given, people by name whose fourteen days are over, who of them bought it, or anything."""

    variant_id: int
    label: str
    given: int = 0
    named: int = 0
    bought: int = 0
    anything: int = 0
    waiting: int = 0

    @property
    def percent(self) -> int | None:
        """Of a hundred people how many bought it within fourteen days; None for too few."""
        return percent(self.bought, self.named)


def report(since: date, until: date) -> list[Tasted]:
    """What became of the tastes of these days, best sold first: three queries, however many."""
    rows = list(samples().filter(given_on__range=(since, until)))
    bought = _purchases(rows)
    found: dict[int, Tasted] = {}
    seen: set[tuple[int, int]] = set()
    for row in reversed(rows):
        line = found.setdefault(row.variant_id, Tasted(row.variant_id, row.variant.label))
        line.given += row.count
        if row.customer_id is None or (row.variant_id, row.customer_id) in seen:
            continue
        seen.add((row.variant_id, row.customer_id))
        mine, anything = _within(bought[row.customer_id], row)
        if not anything and row.given_on + timedelta(days=WITHIN_DAYS) > until:
            line.waiting += 1  # may still come: not counted either way
            continue
        line.named += 1
        line.bought += mine
        line.anything += anything
    return sorted(found.values(), key=lambda line: (-line.bought, -line.named, -line.given, line.label))


def _purchases(rows: list[Sample]) -> dict[int, list[tuple[date, int | None]]]:
    """(day, variant) of what these people bought since the first taste, by customer."""
    found: dict[int, list[tuple[date, int | None]]] = defaultdict(list)
    people = {row.customer_id for row in rows if row.customer_id}
    if people:
        since = min(row.given_on for row in rows)
        lines = Line.objects.filter(order__customer_id__in=people, order__completed_on__gte=since)
        for customer_id, day, variant_id in lines.values_list(
            "order__customer_id", "order__completed_on", "variant_id"
        ):
            found[customer_id].append((day, variant_id))
    return found


def _within(bought: list[tuple[date, int | None]], row: Sample) -> tuple[bool, bool]:
    """Whether this variant, and whether anything, was bought on the day of the taste or in the fourteen after it."""
    days = [variant for day, variant in bought if row.given_on <= day <= row.given_on + timedelta(days=WITHIN_DAYS)]
    return row.variant_id in days, bool(days)


def to_follow_up(day: date, customer_id: int | None = None) -> list[Sample]:
    """Tasted by name three to ten days ago and did not buy that since, the latest first; once a person."""
    rows = samples().filter(
        given_on__range=(day - timedelta(days=10), day - timedelta(days=3)),
        customer__isnull=False,
        customer__archived_at=None,
    )
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    rows = list(rows)
    bought = _purchases(rows)
    found: dict[int, Sample] = {}
    for row in rows:
        if not _within(bought[row.customer_id], row)[0]:
            found.setdefault(row.customer_id, row)
    return list(found.values())


def of_customer(customer_id: int, limit: int = 20) -> list[Sample]:
    """What somebody tasted."""
    return _of_customer(customer_id, limit=limit)


@prepared
def _of_customer(customer_id: int, *, limit: int) -> QuerySet[Sample]:
    return samples().filter(customer_id=customer_id)[:limit]
