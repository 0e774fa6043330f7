"""From the first purchase to the messenger: how far people came, by where they came from. Counted at night."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import F

from setia.customers.models import Customer
from setia.desk.reports.spans import POINTS
from setia.orders.models import Line
from setia.segments import queries as segments
from setia.segments.rules import Rule, is_loyal

ROWS = 8
STAGES = ("acquired", "second", "loyal", "messenger")
# What the richest so many of 100 buyers brought.
TOPS = (1, 5, 10, 20, 50)


def count(today: date) -> dict[str, Any]:
    """The funnel of everybody who ever bought, cut four ways, and how the money is shared out."""
    fields = ("customer_id", "source", "district", "first_on", "purchases", "lateness", "spent")
    rows = list(segments.profiles(Rule()).filter(purchases__gt=0).order_by().values(*fields))
    brought = set(Customer.objects.filter(referred_by__isnull=False).values_list("referred_by_id", flat=True))
    for row in rows:
        row["stages"] = stages(row["purchases"], row["lateness"], brought=row["customer_id"] in brought)
    began = first_goods()
    oldest = _month(today) - POINTS + 1
    return {
        "all": _added(row["stages"] for row in rows),
        "source": _cut(rows, lambda row: [row["source"]] if row["source"] else []),
        "place": _cut(rows, lambda row: [row["district"]] if row["district"] else []),
        "month": sorted(
            _cut(rows, lambda row: [_month(row["first_on"])] if _month(row["first_on"]) >= oldest else [], most=POINTS),
            reverse=True,
        ),
        "began": _cut(rows, lambda row: began.get(row["customer_id"], ())),
        "worth": worth([row["spent"] for row in rows]),
    }


def stages(purchases: int, lateness: float | None, *, brought: bool) -> tuple[int, int, int, int]:
    """1 for each stage a buyer reached: acquired, second purchase, loyal, messenger. None asks for the one before."""
    return 1, int(purchases > 1), int(is_loyal(purchases, lateness)), int(brought)


def _month(day: date) -> int:
    return 12 * day.year + day.month - 1


def _added(rows: Iterable[tuple[int, ...]]) -> list[int]:
    total = [0] * len(STAGES)
    for row in rows:
        total = [so_far + more for so_far, more in zip(total, row, strict=True)]
    return total


def _cut(
    rows: list[dict[str, Any]], keys: Callable[[dict[str, Any]], Iterable[Any]], *, most: int = ROWS
) -> list[list[Any]]:
    """[key, acquired, second, loyal, messenger] for the keys with most people."""
    found: dict[Any, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for key in keys(row):
            found[key].update(dict(zip(STAGES, row["stages"], strict=True)))
    best = sorted(found.items(), key=lambda pair: (-pair[1]["acquired"], str(pair[0])))[:most]
    return [[key, *(counted[stage] for stage in STAGES)] for key, counted in best]


def first_goods() -> dict[int, set[str]]:
    """What each person took on the day of their first purchase: flavours, and products without one, by name."""
    lines = Line.objects.filter(
        variant__isnull=False, order__completed_on=F("order__customer__purchases__first_on")
    ).order_by()
    found: dict[int, set[str]] = defaultdict(set)
    columns = ("order__customer_id", "variant__flavour", "variant__product__name")
    for customer, flavour, product in lines.values_list(*columns).distinct():
        found[customer].add(flavour or product)
    return found


def worth(spent: list[int]) -> list[list[int]]:
    """[of 100 buyers, how many, least spent by one of them, their money, all money] for the richest so many.

    Who spent as much as the last of them belongs to them too, so that the list by money is the same people.
    """
    ranked = sorted(spent, reverse=True)
    whole = sum(ranked)
    rows = []
    for top in TOPS:
        if not whole:
            break
        least = ranked[-(-len(ranked) * top // 100) - 1]
        mine = [money for money in ranked if money >= least]
        rows.append([top, len(mine), least, sum(mine), whole])
    return rows
