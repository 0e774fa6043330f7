"""The shop's own view of its products."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet

from setia.catalog import rules
from setia.catalog.models import Price, Product, Variant
from setia.catalog.rules import Span


@dataclass(frozen=True)
class ShelfVariant:
    """A variant with its prices: what counts now, what comes next, and all of it (newest first), per list."""

    variant: Variant
    price: int | None
    reseller_price: int | None
    between_price: int | None
    coming: list[tuple[str, Span]]
    history: list[tuple[str, Span]]


@dataclass(frozen=True)
class Shelf:
    """A product with its variants; retired ones stand apart."""

    product: Product
    sold: list[ShelfVariant]
    retired: list[ShelfVariant]


def products() -> QuerySet[Product]:
    """Every product of the shop, in the order of the shelf."""
    return Product.objects.order_by("position", "pk")


def variants() -> QuerySet[Variant]:
    """Every variant of the shop with its product, in the order of the shelf."""
    rows = Variant.objects.select_related("product")
    return rows.order_by("product__position", "product_id", "position", "pk")


def shelf(*, day: date, product: Product | None = None) -> list[Shelf]:
    """Products (or the one given) with variants and prices as seen on `day`: three queries, however many."""
    shown = [product] if product else list(products())
    rows = list(variants().filter(product__in=shown))
    histories = _histories(variant.pk for variant in rows)
    items: dict[int, list[ShelfVariant]] = defaultdict(list)
    for variant in rows:
        items[variant.product_id].append(_item(variant, histories[variant.pk], day))
    return [
        Shelf(
            product=one,
            sold=[item for item in items[one.pk] if item.variant.retired_at is None],
            retired=[item for item in items[one.pk] if item.variant.retired_at is not None],
        )
        for one in shown
    ]


def _histories(variant_ids: Iterable[int]) -> dict[int, dict[str, list[Span]]]:
    steps: dict[int, dict[str, list[tuple[date, int]]]] = defaultdict(lambda: defaultdict(list))
    rows = Price.objects.filter(variant_id__in=list(variant_ids))
    for variant_id, kind, day, amount in rows.values_list(
        "variant_id", "price_list__customer_kind", "valid_from", "amount"
    ):
        steps[variant_id][kind].append((day, amount))
    found: dict[int, dict[str, list[Span]]] = defaultdict(dict)
    for variant_id, lists in steps.items():
        found[variant_id] = {kind: rules.spans(history) for kind, history in lists.items()}
    return found


def _item(variant: Variant, lists: dict[str, list[Span]], day: date) -> ShelfVariant:
    now = {kind: rules.on(spans, day) for kind, spans in lists.items()}
    every = sorted(((kind, span) for kind, spans in lists.items() for span in spans), key=lambda pair: pair[0])
    every.sort(key=lambda pair: pair[1].valid_from, reverse=True)
    general, reseller, between = (now.get(kind) for kind in (rules.EVERYONE, *rules.OWN_LIST))
    return ShelfVariant(
        variant=variant,
        price=general.amount if general else None,
        reseller_price=reseller.amount if reseller else None,
        between_price=between.amount if between else None,
        coming=[(kind, span) for kind, span in reversed(every) if span.valid_from > day],
        history=every,
    )


def price_changes(*, after: date | None = None, until: date | None = None) -> QuerySet[Price]:
    """Prices by the day they begin, the latest first, with list and variant: those after a day, or until it."""
    rows = Price.objects.select_related("price_list", "variant__product").order_by("-valid_from", "variant_id", "pk")
    return rows.filter(valid_from__gt=after) if after else rows.filter(valid_from__lte=until)


# Where this area keeps its pictures (see `web.photos`).
PHOTOS: Final = "catalog"


def photo_is_ours(token: str) -> bool:
    """Whether a product or variant of the open shop shows this picture."""
    return any(model.objects.filter(photo=token).exists() for model in (Variant, Product)) if token else False
