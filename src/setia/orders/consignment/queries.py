"""What lies where, what was sold of it, and what was settled."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, QuerySet, Sum

from setia.customers.models import Customer
from setia.orders.models import Settlement, Visit, VisitLine


@dataclass(frozen=True)
class Holder:
    """Somebody with whom goods lie, or lay: boxes there, money to settle, the last visit."""

    customer: Customer
    boxes: int
    to_settle: int
    last_visit: date | None


def _lines() -> QuerySet[VisitLine]:
    return VisitLine.objects.filter(visit__undone_at=None)


def out_there(customer_id: int) -> dict[int, int]:
    """How many boxes of each variant lie with the person; only those of which some do."""
    rows = _lines().filter(visit__customer_id=customer_id).values("variant_id").order_by()
    rows = rows.annotate(boxes=Sum(F("delivered") - F("sold") - F("returned")))
    return {pk: boxes for pk, boxes in rows.values_list("variant_id", "boxes") if boxes}


def last_prices(customer_id: int) -> dict[int, int]:
    """The price of each variant at its last visit there."""
    rows = _lines().filter(visit__customer_id=customer_id).order_by("pk")
    return dict(rows.values_list("variant_id", "price"))


def unsettled(customer_id: int) -> QuerySet[VisitLine]:
    """What was sold there and is in no settlement yet."""
    rows = _lines().filter(visit__customer_id=customer_id, settlement=None, sold__gt=0)
    return rows.select_related("variant__product", "visit").order_by("pk")


def to_settle(customer_id: int) -> int:
    """What it comes to."""
    return unsettled(customer_id).aggregate(sum=Sum(F("sold") * F("price")))["sum"] or 0


def holders() -> list[Holder]:
    """Everybody with whom goods lie or something is to be settled; whom nobody visited for longest on top."""
    rows = _lines().values("visit__customer_id").order_by()
    boxes = rows.annotate(boxes=Sum(F("delivered") - F("sold") - F("returned")), last=Max("visit__on")).values_list(
        "visit__customer_id", "boxes", "last"
    )
    open_rows = rows.filter(settlement=None).annotate(sum=Sum(F("sold") * F("price")))
    due = dict(open_rows.values_list("visit__customer_id", "sum"))
    known = {pk: (there, last) for pk, there, last in boxes if there or due.get(pk)}
    people = Customer.objects.in_bulk(known)
    found = [Holder(people[pk], there, due.get(pk) or 0, last) for pk, (there, last) in known.items()]
    return sorted(found, key=lambda one: (one.last_visit or date.min, one.customer.pk))


def visits(customer_id: int, limit: int = 20) -> list[Visit]:
    """The latest visits with their lines, the newest first."""
    rows = Visit.objects.filter(customer_id=customer_id).select_related("by").order_by("-pk")
    return list(rows.prefetch_related("lines__variant__product")[:limit])


def visit(pk: int) -> Visit | None:
    """One visit of the open shop."""
    return Visit.objects.filter(pk=pk).first()


def settlements(customer_id: int, limit: int = 12) -> list[Settlement]:
    """The latest settlements with their orders, the newest first."""
    return list(Settlement.objects.filter(customer_id=customer_id).select_related("order").order_by("-pk")[:limit])


def visit_by_key(device_key: str) -> Visit | None:
    """The visit a form made with this key."""
    return Visit.objects.filter(device_key=device_key).first() if device_key else None
