"""What goes together, counted anew every night; and what hints led to."""

from collections.abc import Iterable

from django.db import transaction

from setia.catalog.models import Variant
from setia.core.scope import current_shop, current_shop_id
from setia.insight import together
from setia.orders import queries
from setia.orders.models import Hint, HintKind, Line, Order, Pairing

# So many per variant are kept: a counter shows one or two.
KEPT = 6


def renew_pairings() -> str:
    """Count anew what is bought together (nightly, safe to repeat); returns a line on what was found."""
    orders, variants = queries.order_baskets(current_shop().today())
    people, had = queries.customer_baskets()
    rows = [
        *_rows(together.pairs(orders, variants), people=False),
        *_rows(together.pairs(people, had), people=True),
    ]
    _replace(rows)
    return f"{len(rows)} pairings"


def _rows(pairs: together.Pairs, *, people: bool) -> list[Pairing]:
    shop_id, same = current_shop_id(), _tastes()
    kept: dict[int, int] = {}
    rows = []
    for first, second, both, of, lift in zip(
        pairs.first.tolist(),
        pairs.second.tolist(),
        pairs.together.tolist(),
        pairs.of.tolist(),
        pairs.lift.tolist(),
        strict=True,
    ):
        known = first in same and second in same
        if not known or same[first] == same[second] or kept.get(first, 0) >= KEPT:
            continue
        kept[first] = kept.get(first, 0) + 1
        row = Pairing(shop_id=shop_id, variant_id=first, other_id=second, people=people)
        row.lift, row.together, row.of = lift, both, of
        rows.append(row)
    return rows


def _tastes() -> dict[int, tuple[int, str]]:
    """Product and flavour of every variant that is sold: pack sizes of one flavour are no pair."""
    sold = Variant.objects.filter(retired_at=None, product__retired_at=None)
    return {pk: (product, flavour) for pk, product, flavour in sold.values_list("pk", "product_id", "flavour")}


@transaction.atomic
def _replace(rows: list[Pairing]) -> None:
    Pairing.objects.all().delete()
    Pairing.objects.bulk_create(rows, batch_size=500)


def keep_hints(order: Order, shown: Iterable[tuple[str, int | None]]) -> None:
    """Remember which hints stood beside the basket of a new order, and whether it holds what they named.

    Inside the caller's transaction. Names that are no kind or no variant of the shop are left out: a form may be old.
    """
    wanted = {(kind, variant_id) for kind, variant_id in shown if kind in HintKind.values}
    if not wanted:
        return
    ids = {variant_id for _kind, variant_id in wanted if variant_id is not None}
    known = set(Variant.objects.filter(pk__in=ids).values_list("pk", flat=True))
    amounts = dict(Line.objects.filter(order=order, variant_id__in=ids).values_list("variant_id", "amount"))
    free_from = queries.terms().free_delivery_above
    filled = free_from is not None and order.total >= free_from
    Hint.objects.bulk_create(
        Hint(
            order=order,
            kind=kind,
            variant_id=variant_id,
            day=current_shop().today(),
            added=variant_id in amounts if variant_id else filled,
            amount=amounts.get(variant_id, 0) if variant_id else 0,
        )
        for kind, variant_id in sorted(wanted, key=str)
        if (variant_id is None) == (kind == HintKind.FILL) and (variant_id is None or variant_id in known)
    )
