"""Why people buy elsewhere, what may keep a regular away, and what won people back."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from setia.care.models import (
    Boredom,
    Complaint,
    ComplaintState,
    Elsewhere,
    ElsewhereReason,
    Settlement,
    SettlementState,
    Voice,
)
from setia.care.queries.complaints import came_back, complaints, of_customer
from setia.care.rules.leaving import Evidence
from setia.catalog import queries as catalog
from setia.core import clock
from setia.core.prepared import prepared
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.orders.models import Line, Order, OrderState


def told(days: int = 365, customer_id: int | None = None) -> list[Elsewhere]:
    """What people told, latest first."""
    rows = Elsewhere.objects.filter(at__gte=clock.now() - timedelta(days=days)).select_related("customer", "by")
    if customer_id:
        rows = rows.filter(customer_id=customer_id)
    return list(rows.order_by("-at", "-pk"))


def came_again(rows: Collection[Elsewhere]) -> set[int]:
    """Which of these (ids) bought here again after they had told; one query."""
    last: dict[int, datetime] = {}
    bought = Order.objects.filter(customer_id__in={row.customer_id for row in rows}, state=OrderState.COMPLETED)
    for customer_id, at in bought.exclude(completed_at=None).values_list("customer_id", "completed_at"):
        last[customer_id] = max(at, last.get(customer_id, at))
    return {row.pk for row in rows if row.customer_id in last and last[row.customer_id] > row.at}


def of_person(customer_id: int) -> dict[str, Any]:
    """What a customer's page shows of care."""
    year = clock.now() - timedelta(days=365)
    # most people have none of it, which is one question
    complained, wished, bored, elsewhere = next(iter(_has(customer_id)), (False,) * 4)
    return {
        "complaints": of_customer(customer_id) if complained else [],
        "wishes": _wishes(customer_id) if wished else [],
        "bored": bored,
        "elsewhere": [row for row in _told(customer_id) if row.at >= year] if elsewhere else [],
        "reasons": ElsewhereReason.choices,
    }


@prepared
def _has(customer_id: int) -> QuerySet[Customer, tuple[bool, bool, bool, bool]]:
    rows = {"complained": Complaint, "wished": Voice, "bored": Boredom, "elsewhere": Elsewhere}
    asked = {name: Exists(model.objects.filter(customer_id=OuterRef("pk"))) for name, model in rows.items()}
    return Customer.objects.filter(pk=customer_id).annotate(**asked).values_list(*asked)


@prepared
def _wishes(customer_id: int) -> QuerySet[Voice]:
    return Voice.objects.filter(customer_id=customer_id).select_related("suggestion").order_by("-at", "-pk")[:5]


@prepared
def _told(customer_id: int) -> QuerySet[Elsewhere]:
    return Elsewhere.objects.filter(customer_id=customer_id).order_by("-at", "-pk")[:3]


def evidence(customer_ids: Collection[int]) -> dict[int, Evidence]:
    """What is known of each of these; a fixed number of queries. See `rules.leaving` for what it means."""
    ids = list(customer_ids)
    now = clock.now()
    said: dict[int, str] = {}
    year = Elsewhere.objects.filter(customer_id__in=ids, at__gte=now - timedelta(days=365)).order_by("at", "pk")
    for customer_id, reason in year.values_list("customer_id", "reason"):
        said[customer_id] = reason
    sore = Complaint.objects.filter(customer_id__in=ids, opened_at__gte=now - timedelta(days=180)).exclude(
        state=ComplaintState.DROPPED
    )
    unhappy = Counter(sore.exclude(content=True).values_list("customer_id", flat=True))
    bored = set(Boredom.objects.filter(customer_id__in=ids).values_list("customer_id", flat=True))
    late, visits = _late(ids)
    rises = _rises(ids)
    return {
        pk: Evidence(
            told=said.get(pk, ""),
            complaints=unhappy[pk],
            late=late[pk],
            orders=visits[pk],
            rise=rises.get(pk, 0.0),
            bored=pk in bored,
        )
        for pk in ids
    }


def _late(ids: list[int]) -> tuple[Counter[int], Counter[int]]:
    """Of the last three orders of each: how many came after the promised day, and how many there are."""
    late: Counter[int] = Counter()
    seen: Counter[int] = Counter()
    rows = Order.objects.filter(customer_id__in=ids, state=OrderState.COMPLETED).order_by("-completed_on", "-pk")
    for customer_id, due, done in rows.values_list("customer_id", "due_on", "completed_on"):
        if seen[customer_id] < 3:
            seen[customer_id] += 1
            late[customer_id] += done > due
    return late, seen


def _rises(ids: list[int]) -> dict[int, float]:
    """By which share the variant taken last became dearer in the 90 days around the last purchase of each."""
    last: dict[int, tuple[object, int]] = {}
    lines = Line.objects.filter(order__customer_id__in=ids, order__state=OrderState.COMPLETED).exclude(variant=None)
    order = lines.order_by("-order__completed_on", "-order_id", "-quantity", "pk")
    for customer_id, day, variant in order.values_list("order__customer_id", "order__completed_on", "variant_id"):
        last.setdefault(customer_id, (day, variant))
    span = timedelta(days=90)
    changes: dict[int, list[tuple[object, int]]] = defaultdict(list)
    begun = catalog.price_changes(until=current_shop().today())
    rows = begun.filter(price_list__customer_kind="", variant_id__in={v for _d, v in last.values()})
    for variant, since, amount in rows.order_by("valid_from", "pk").values_list("variant_id", "valid_from", "amount"):
        changes[variant].append((since, amount))
    found: dict[int, float] = {}
    for customer_id, (day, variant) in last.items():
        before = [amount for since, amount in changes[variant] if since <= day - span]  # type: ignore[operator]
        after = [amount for since, amount in changes[variant] if since <= day + span]  # type: ignore[operator]
        if before and after and before[-1]:
            found[customer_id] = after[-1] / before[-1] - 1
    return found


def won_back(days: int = 365) -> list[tuple[str, int, int]]:
    """By way of making good: how many came back within sixty days, of how many whose sixty days are over or who did."""
    done = Settlement.objects.filter(state=SettlementState.DONE, done_at__gte=clock.now() - timedelta(days=days))
    rows = list(done.select_related("complaint"))
    back = came_back(complaints().filter(pk__in=[row.complaint_id for row in rows]))
    counted: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        one = back.get(row.complaint_id)
        if one is not None and not one.waiting:
            counted[row.get_option_display()].append(one.on is not None)
    found = [(option, sum(values), len(values)) for option, values in counted.items()]
    return sorted(found, key=lambda row: -row[2])
