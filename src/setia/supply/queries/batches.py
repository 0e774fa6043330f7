"""Reads of batches: what went in, who may have got some, which complaints were traced to them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.orders.models import Line, Order, OrderState
from setia.supply.models import Batch, Lot, TracedComplaint


def batches() -> QuerySet[Batch]:
    """Every batch with its variant and baker, latest first; `traced` complaints."""
    rows = Batch.objects.select_related("variant__product", "baked_by").annotate(traced=Count("complaints"))
    return rows.order_by("-baked_on", "-pk")


def batch_by_code(code: str) -> Batch | None:
    """The batch with the code on the box."""
    found: Batch | None = Batch.objects.filter(code__iexact=code.strip()).select_related("variant__product").first()
    return found


def lots_of(batch: Batch) -> list[Lot]:
    """What went into a batch."""
    rows = Lot.objects.filter(batches__batch=batch).select_related("material", "supplier")
    return list(rows.order_by("material__name", "pk"))


def traced_to(*, batch: Batch | None = None, lot: Lot | None = None) -> QuerySet[TracedComplaint]:
    """Complaints traced to a batch, or to every batch a lot went into; latest first."""
    rows = (
        TracedComplaint.objects.filter(batch=batch) if batch else TracedComplaint.objects.filter(batch__lots__lot=lot)
    )
    return rows.select_related("batch").order_by("-at")


def window(batch: Batch) -> tuple[date, date]:
    """The days on which boxes of a batch may have been handed over: baking until sold out, best-before or today."""
    ends = [day for day in (batch.sold_until, batch.best_before) if day is not None]
    return batch.baked_on, min([*ends, current_shop().today()])


@dataclass(frozen=True)
class Reached:
    """Somebody who may have got boxes of a batch: when last, how many boxes, which order."""

    customer: Customer | None
    order: Order
    boxes: int


def reached_by(batch: Batch) -> list[Reached]:
    """Everybody who got the batch's variant while it was being sold, latest first; sales without a name have none.

    Boxes bear no owner's name: these people *may* have got some.
    """
    first, last = window(batch)
    lines = Line.objects.filter(
        variant=batch.variant,
        order__state=OrderState.COMPLETED,
        order__completed_on__gte=first,
        order__completed_on__lte=last,
    )
    boxes = dict(lines.values_list("order_id").annotate(boxes=Sum("quantity")))
    orders = Order.objects.filter(pk__in=boxes).select_related("customer").order_by("-completed_on", "-pk")
    return [Reached(order.customer, order, boxes[order.pk]) for order in orders]


def batches_for_order(order: Order) -> list[Batch]:
    """Batches the boxes of a handed-over order may have come from, latest first."""
    day = order.completed_on or current_shop().today()
    variants = [pk for pk in order.lines.values_list("variant_id", flat=True) if pk]
    rows = batches().filter(variant_id__in=variants, baked_on__lte=day)
    return [batch for batch in rows[:40] if window(batch)[1] >= day]
