"""Reads of complaints: what is open, what similar cases got, what keeps coming up, who came back."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Case, IntegerField, QuerySet, Value, When

from setia.care.models import (
    CareSettings,
    Complaint,
    ComplaintPhoto,
    ComplaintState,
    Settlement,
    SettlementState,
    Severity,
)
from setia.care.rules import complaints as rules
from setia.care.wording import CAUSES
from setia.catalog import queries as catalog
from setia.core.prepared import prepared
from setia.core.scope import current_shop
from setia.orders.models import Line, Order, OrderState
from setia.supply import queries as supply
from setia.supply.models import Batch

BACK_WITHIN: Final = timedelta(days=60)
HEARD_WITHIN: Final = timedelta(days=7)
_SEVERITY: Final = Case(
    When(severity=Severity.SEVERE, then=Value(0)),
    When(severity=Severity.MAJOR, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def complaint_settings() -> CareSettings:
    """The rules of care."""
    return CareSettings.objects.first() or CareSettings()


def complaints() -> QuerySet[Complaint]:
    """All of them, with whom and what they are about."""
    return Complaint.objects.select_related(
        "customer", "order", "line__variant__product", "batch__variant__product", "opened_by", "message"
    )


def board() -> QuerySet[Complaint]:
    """What is open: the severe first, then whose time is up first."""
    rows = complaints().filter(closed_at=None).annotate(urgency=_SEVERITY)
    return rows.order_by("urgency", "due_at", "pk")


def open_until(moment: datetime, *, customer_id: int | None = None) -> QuerySet[Complaint]:
    """Open ones that are to be answered by `moment`, or wait to be done or asked."""
    rows = board().filter(due_at__lte=moment)
    return rows.filter(customer_id=customer_id) if customer_id else rows


def of_customer(customer_id: int, limit: int = 5) -> list[Complaint]:
    """The latest of a customer, without those that were none."""
    return _of_customer(customer_id, limit=limit)


@prepared
def _of_customer(customer_id: int, *, limit: int) -> QuerySet[Complaint]:
    rows = Complaint.objects.filter(customer_id=customer_id).exclude(state=ComplaintState.DROPPED)
    return rows.order_by("-opened_at", "-pk")[:limit]


def of_order(order_id: int) -> list[Complaint]:
    """About an order."""
    rows = complaints().filter(order_id=order_id).exclude(state=ComplaintState.DROPPED)
    return list(rows.order_by("-opened_at", "-pk"))


def settlements_of(complaint: Complaint) -> list[Settlement]:
    """What was offered, latest first."""
    return list(complaint.settlements.select_related("by", "order").order_by("-pk"))


def photo_is_ours(token: str) -> bool:
    """Whether a picture belongs to a complaint of this shop."""
    return bool(token) and ComplaintPhoto.objects.filter(photo=token).exists()


def used_causes() -> list[str]:
    """Causes to choose from: those used here, most first, then the usual ones."""
    rows = Complaint.objects.exclude(cause="").order_by("-pk").values_list("cause", flat=True)[:500]
    first: dict[str, str] = {}
    counted = Counter(rules.cause_key(cause) for cause in rows)
    for cause in [*rows, *(str(cause) for cause in CAUSES)]:
        first.setdefault(rules.cause_key(cause), cause)
    return sorted(first.values(), key=lambda cause: -counted[rules.cause_key(cause)])


def suggested_batches(complaint: Complaint) -> list[Batch]:
    """Batches the boxes may have come from: of the line complained about, else of the order."""
    if complaint.order is None:
        return []
    found = supply.batches_for_order(complaint.order)
    if complaint.line and complaint.line.variant_id:
        return [batch for batch in found if batch.variant_id == complaint.line.variant_id]
    return found


def lines_for(complaint: Complaint) -> QuerySet[Line]:
    """The lines of the order it is about; none without one."""
    return Line.objects.filter(order_id=complaint.order_id or 0).order_by("pk")


def _price_and_cost(complaint: Complaint) -> tuple[int, int | None]:
    """Price and cost of one box: of the line, else the mean of the order, else of everything that is sold."""
    costs = {row.variant.pk: row.cost for row in supply.costings()}
    if complaint.line is not None:
        return complaint.line.unit_price, costs.get(complaint.line.variant_id or 0)
    if complaint.batch is not None:
        sold = catalog.prices([complaint.batch.variant_id], day=current_shop().today())
        if price := sold.get(complaint.batch.variant_id):
            return price, costs.get(complaint.batch.variant_id)
    lines = list(complaint.order.lines.all()) if complaint.order else []
    if boxes := sum(line.quantity for line in lines):
        known = [(costs.get(line.variant_id or 0), line.quantity) for line in lines]
        exact = [cost * quantity for cost, quantity in known if cost is not None]
        mean = round(sum(exact) / boxes) if len(exact) == len(known) else None
        return round(sum(line.amount for line in lines) / boxes), mean
    prices = list(catalog.prices(None, day=current_shop().today()).values())
    return (round(sum(prices) / len(prices)) if prices else 0), None


def ways_for(complaint: Complaint) -> list[rules.Way]:
    """Every way to make it good, with its cost to the shop and its value to the customer."""
    price, cost = _price_and_cost(complaint)
    visit = complaint_settings().visit_cost
    return rules.ways(boxes=complaint.boxes, price=price, cost=cost, visit_cost=visit)


def similar(complaint: Complaint) -> tuple[rules.Usual | None, list[tuple[str, int]]]:
    """What cases of the same kind and severity got: their values, and how often which way."""
    rows = Settlement.objects.filter(
        complaint__kind=complaint.kind,
        complaint__severity=complaint.severity,
        state__in=(SettlementState.ACCEPTED, SettlementState.DONE),
    ).exclude(complaint=complaint)
    found = list(rows.order_by("-pk").values_list("option", "value")[:200])
    counted = Counter(option for option, _value in found)
    return rules.usual([value for _option, value in found]), counted.most_common()


@dataclass(frozen=True)
class CameBack:
    """Whether somebody bought again within sixty days of a settlement: the day, or until when one may hope."""

    on: date | None
    until: date

    @property
    def waiting(self) -> bool:
        """Neither back nor given up."""
        return self.on is None and current_shop().today() <= self.until


def came_back(rows: Iterable[Complaint]) -> dict[int, CameBack]:
    """For complaints that were settled with somebody by name; one query."""
    zone = current_shop().zone
    settled = {
        row.pk: (row, row.settled_at.astimezone(zone).date()) for row in rows if row.settled_at and row.customer_id
    }
    if not settled:
        return {}
    first = min(day for _row, day in settled.values())
    bought: dict[int, list[date]] = defaultdict(list)
    visits = Order.objects.filter(
        customer_id__in={row.customer_id for row, _day in settled.values()},
        state=OrderState.COMPLETED,
        completed_on__gte=first,
    )
    for customer_id, day, at in visits.order_by("completed_on").values_list(
        "customer_id", "completed_on", "completed_at"
    ):
        bought[customer_id].append((day, at))  # type: ignore[arg-type]
    found = {}
    for pk, (row, day) in settled.items():
        until = day + BACK_WITHIN
        after = [
            bought_on
            for bought_on, at in bought[row.customer_id]  # type: ignore[misc]
            if bought_on <= until and (at >= row.settled_at if at else bought_on > day)
        ]
        found[pk] = CameBack(after[0] if after else None, until)
    return found
