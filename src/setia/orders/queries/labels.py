"""Labels for the boxes of a day."""

from datetime import date, timedelta

from setia.catalog.models import Variant
from setia.orders.models import Line, Order, still_open
from setia.orders.queries.kitchen import Label, bake_list


def labels(day: date) -> list[Label]:
    """A label per box that is to be baked for the day: those of orders with a name on the sticker by themselves."""
    named = Line.objects.filter(order__in=Order.objects.filter(still_open(), due_on=day).exclude(sticker=""))
    stickers = list(named.order_by("order_id", "pk").values_list("variant_id", "quantity", "order__sticker"))
    counts = {row.variant_id: row.wanted for flavour in bake_list(day) for row in flavour.rows if row.variant_id}
    known = Variant.objects.filter(pk__in={*counts, *(variant_id for variant_id, _n, _s in stickers)})
    variants = {variant.pk: variant for variant in known.select_related("product")}
    found = []
    for variant_id, quantity, sticker in stickers:
        if variant_id in variants:
            counts[variant_id] = max(0, counts.get(variant_id, 0) - quantity)
            found.append(_label(variants[variant_id], day, quantity, sticker))
    return found + [_label(variants[pk], day, count) for pk, count in counts.items() if count and pk in variants]


def _label(variant: Variant, day: date, count: int, sticker: str = "") -> Label:
    life = variant.product.shelf_life_days
    best_before = day + timedelta(days=life) if life else None
    return Label(variant.product.name, variant.label, day, best_before, count, sticker)
