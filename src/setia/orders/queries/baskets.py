"""The log of what was bought together, and what it led to."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from setia.orders.models import Hint, Line, Order, Pairing

SLICE: Final = 20_000
# Tastes change: older orders say less about today's.
LOOK_BACK: Final = timedelta(days=400)


def _columns(rows: QuerySet[Line, Any], width: int) -> list[Any]:
    """Whole numbers of a query, column by column, without making rows into objects."""
    sql, parameters = rows.query.sql_with_params()
    columns = [array("q") for _ in range(width)]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        while part := cursor.fetchmany(SLICE):
            for column, values in zip(columns, zip(*part, strict=True), strict=True):
                column.extend(values)
    return columns


def order_baskets(today: date) -> Sequence[Sequence[int]]:
    """Order and variant of every line of completed orders of the last 400 days."""
    rows = Line.objects.filter(order__completed_on__gt=today - LOOK_BACK, variant__isnull=False).order_by()
    return _columns(rows.values_list("order_id", "variant_id"), 2)


def customer_baskets() -> Sequence[Sequence[int]]:
    """Customer and variant of everything anybody with a name ever bought."""
    bought = Q(order__completed_on__isnull=False, order__customer__isnull=False, variant__isnull=False)
    rows = Line.objects.filter(bought).order_by().values_list("order__customer_id", "variant_id").distinct()
    return _columns(rows, 2)


def tried(customer_id: int) -> set[int]:
    """Variants a customer has had."""
    mine = Order.objects.filter(customer_id=customer_id, completed_on__isnull=False)
    rows = Line.objects.filter(order__in=mine, variant__isnull=False).order_by()
    return set(rows.values_list("variant_id", flat=True).distinct())


def pairings(variant_ids: Sequence[int], *, people: bool) -> list[Pairing]:
    """What points away from these variants, the highest lift first."""
    rows = Pairing.objects.filter(people=people, variant_id__in=variant_ids).order_by("-lift", "other_id")
    return list(rows)


@dataclass(frozen=True)
class HintCount:
    """How often hints of a kind stood beside a basket that became an order, and were taken."""

    kind: str
    label: str
    shown: int
    added: int
    amount: int

    @property
    def percent(self) -> int:
        """The share that was taken."""
        return round(100 * self.added / self.shown) if self.shown else 0


def hint_counts(since: date, until: date) -> list[HintCount]:
    """What hints brought between the days (inclusive), per kind and variant, most shown first."""
    rows = Hint.objects.filter(day__range=(since, until)).values(
        "kind", "variant__flavour", "variant__product__name", "variant__pack_size"
    )
    counted = rows.annotate(
        shown=Count("pk"), taken=Count("pk", filter=Q(added=True)), money=Sum("amount", default=0)
    ).order_by("-shown")
    return [
        HintCount(
            kind=row["kind"],
            label=_label(row["variant__flavour"] or row["variant__product__name"] or "", row["variant__pack_size"]),
            shown=row["shown"],
            added=row["taken"],
            amount=row["money"],
        )
        for row in counted
    ]


def _label(name: str, pack_size: int | None) -> str:
    return f"{name} isi {pack_size}" if pack_size else name


def boxes_per_day(since: date, until: date) -> dict[tuple[date, int], int]:
    """Boxes of each variant handed over on each day between the days (inclusive)."""
    lines = Line.objects.filter(order__completed_on__range=(since, until), variant__isnull=False).order_by()
    rows = lines.values_list("order__completed_on", "variant_id").annotate(boxes=Sum("quantity"))
    return {(day, variant_id): boxes for day, variant_id, boxes in rows}
