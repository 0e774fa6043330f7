"""What the kitchen needs for a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, Sum

from setia.orders.models import Line, Order, OrderState, still_open


@dataclass(frozen=True)
class KitchenRow:
    """Boxes of a variant that are promised, `packed` of them ready; `pieces` in all where the pack size is known."""

    variant_id: int | None
    label: str
    quantity: int
    pack_size: int | None
    pieces: int | None
    packed: int = 0

    @property
    def left(self) -> int:
        """Boxes still to bake and pack."""
        return self.quantity - self.packed


def kitchen(day: date) -> list[KitchenRow]:
    """What the open orders of `day` need, most boxes first, one row per variant whatever it was called; one query."""
    promised = Order.objects.filter(still_open(), due_on=day)
    ready = promised.filter(state__in=(OrderState.READY, OrderState.UNDERWAY))
    rows = (
        Line.objects.filter(order__in=promised)
        .values("variant_id", "variant__pack_size")
        .annotate(
            label=Max("label"),
            boxes=Sum("quantity"),
            packed=Sum("quantity", filter=Q(order__in=ready), default=0),
        )
        .order_by("-boxes", "label")
    )
    return [
        KitchenRow(
            variant_id=row["variant_id"],
            label=row["label"],
            quantity=row["boxes"],
            pack_size=row["variant__pack_size"],
            pieces=row["boxes"] * row["variant__pack_size"] if row["variant__pack_size"] else None,
            packed=row["packed"],
        )
        for row in rows
    ]
