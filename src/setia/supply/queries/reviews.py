"""Reads for price reviews: which products a dearer material pulls down, what each way out means, whom it touches."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet, Sum

from setia.catalog.models import Price, Variant
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.orders.models import Line, OrderState
from setia.supply import rules
from setia.supply.models import MaterialPrice, PriceReview, ReviewOption
from setia.supply.queries.costs import Costing, costings, current_prices

REGULAR_DAYS, REGULAR_PURCHASES = 120, 2
WEEKS = 6


def reviews() -> QuerySet[PriceReview]:
    """Every price review with its material, latest first."""
    rows = PriceReview.objects.select_related("material__supplier", "decided_by")
    return rows.order_by("-pk")


@dataclass(frozen=True)
class Affected:
    """A product before and after a material became dearer."""

    before: Costing
    after: Costing

    @property
    def variant(self) -> Variant:
        """The product."""
        return self.after.variant


def affected(review: PriceReview) -> list[Affected]:
    """Products whose cost holds the material and which now keep less than wanted, worst first."""
    now = current_prices() | {review.material_id: review.after}
    then = now | {review.material_id: review.before}
    pairs = zip(costings(prices=then), costings(prices=now), strict=True)
    found = [
        Affected(before, after)
        for before, after in pairs
        if after.below and after.cost is not None and before.cost is not None and after.cost > before.cost
    ]
    return sorted(found, key=lambda row: row.after.margin or 0.0)


@dataclass(frozen=True)
class Option:
    """A way out, for one product: the new figure (a price, pieces, a cost; None for leaving it) and the margin then."""

    option: str
    figure: int | None
    margin: float


def options(row: Affected, review: PriceReview) -> list[Option]:
    """The ways out for one product, each with what would be kept; those that do not exist are left out."""
    after = row.after
    assert after.cost is not None and after.price is not None
    price = rules.price_for(after.cost, after.target)
    ways = [Option(ReviewOption.PRICE, price, rules.margin(price, after.cost))]
    if after.variant.pack_size:
        pieces = rules.pack_for(after.variant.pack_size, after.cost, after.price, after.target)
        if pieces:
            smaller = -(-after.cost * pieces // after.variant.pack_size)
            ways.append(Option(ReviewOption.SMALLER, pieces, rules.margin(after.price, smaller)))
    cheaper = _cheapest(review)
    if cheaper is not None:
        lines = costings(prices=current_prices() | {review.material_id: cheaper})
        cost = next(line.cost for line in lines if line.variant.pk == after.variant.pk)
        if cost is not None:
            ways.append(Option(ReviewOption.SUPPLIER, cheaper, rules.margin(after.price, cost)))
    ways.append(Option(ReviewOption.ABSORB, None, rules.margin(after.price, after.cost)))
    return ways


def _cheapest(review: PriceReview) -> int | None:
    """The lowest latest price of another supplier, when it is below the new one."""
    latest: dict[int, int] = {}
    for supplier, amount in (
        MaterialPrice.objects.filter(material=review.material).order_by("on", "pk").values_list("supplier_id", "amount")
    ):
        latest[supplier] = amount
    latest.pop(review.material.supplier_id, None)
    lower = [amount for amount in latest.values() if amount < review.after]
    return min(lower, default=None)


def regulars(variant_ids: list[int]) -> list[Customer]:
    """Customers who bought one of these at least twice in the last four months, most often first."""
    since = current_shop().today() - timedelta(days=REGULAR_DAYS)
    lines = Line.objects.filter(
        variant_id__in=variant_ids,
        order__state=OrderState.COMPLETED,
        order__completed_on__gte=since,
        order__customer__archived_at=None,
    ).exclude(order__customer=None)
    counted = lines.values_list("order__customer_id").annotate(times=Count("order_id", distinct=True))
    often = {pk: times for pk, times in counted if times >= REGULAR_PURCHASES}
    people = Customer.objects.filter(pk__in=often)
    return sorted(people, key=lambda person: (-often[person.pk], person.pk))


def demand_kept(variant: Variant) -> tuple[float, float, float] | None:
    """What the shop's own earlier rises of this product's flavour mates say of demand: share kept, lowest, highest."""
    changes: list[rules.Change] = []
    today = current_shop().today()
    history = Price.objects.filter(variant__product=variant.product, price_list__customer_kind="", valid_from__lt=today)
    rows = history.order_by("variant_id", "valid_from").values_list("variant_id", "valid_from", "amount")
    previous: dict[int, int] = {}
    for pk, day, amount in rows:
        if pk in previous and day + timedelta(weeks=WEEKS) <= today:
            changes.append(
                rules.Change(
                    previous[pk],
                    amount,
                    _weekly(pk, day - timedelta(weeks=WEEKS), day),
                    _weekly(pk, day, day + timedelta(weeks=WEEKS)),
                )
            )
        previous[pk] = amount
    return rules.demand_kept(changes)


def _weekly(variant_id: int, first: date, end: date) -> float:
    """Boxes a week that were sold from `first` until before `end`."""
    lines = Line.objects.filter(
        variant_id=variant_id,
        order__state=OrderState.COMPLETED,
        order__completed_on__gte=first,
        order__completed_on__lt=end,
    )
    boxes = lines.aggregate(boxes=Sum("quantity"))["boxes"] or 0
    return boxes / ((end - first).days / 7)
