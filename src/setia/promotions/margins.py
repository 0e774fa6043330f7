"""What is left of sales: by the cost of a recipe where one is known (at today's prices of materials), else by the
owner's share."""

from collections import defaultdict
from datetime import date

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth

from setia.orders.models import Line, PurchaseSummary
from setia.promotions.models import InviteRules
from setia.promotions.rules.spending import margin
from setia.supply import queries as supply

# (source, month of the first purchase)
Group = tuple[str, date]


def percent() -> int:
    """What is left of a hundred rupiah of sales after ingredients, where no recipe says it."""
    rules = InviteRules.objects.first() or InviteRules()
    return rules.margin_percent


def costs() -> dict[int, int]:
    """Rupiah that a box of each variant with a recipe costs."""
    return {row.variant.pk: row.cost for row in supply.costings() if row.cost is not None}


def by_group(people: QuerySet[PurchaseSummary], sales: dict[Group, int]) -> dict[Group, int]:
    """The margin of everything these people bought, by source and month of their first purchase.

    `sales`: what each group paid in all; what no recipe is known for (and what was taken off) goes by the share.
    """
    known: dict[Group, int] = defaultdict(int)
    kept: dict[Group, int] = defaultdict(int)
    prices = costs()
    if prices:
        lines = Line.objects.filter(
            order__completed_on__isnull=False, order__customer__purchases__in=people, variant_id__in=prices
        )
        grouped = lines.order_by().annotate(month=TruncMonth("order__customer__purchases__first_on"))
        rows = grouped.values_list("order__customer__source", "month", "variant_id")
        for source, month, variant_id, amount, boxes in rows.annotate(a=Sum("amount"), n=Sum("quantity")):
            known[source, month] += amount
            kept[source, month] += amount - boxes * prices[variant_id]
    share = percent()
    return {group: kept[group] + margin(paid - known[group], share) for group, paid in sales.items()}


def of_people(people: QuerySet[PurchaseSummary], sales: int) -> int:
    """The same of some people together."""
    prices = costs()
    lines = Line.objects.filter(
        order__completed_on__isnull=False, order__customer__purchases__in=people, variant_id__in=prices
    )
    rows = lines.order_by().values_list("variant_id").annotate(a=Sum("amount"), n=Sum("quantity")) if prices else ()
    known = [(amount, amount - boxes * prices[variant_id]) for variant_id, amount, boxes in rows]
    return sum(kept for _paid, kept in known) + margin(sales - sum(paid for paid, _kept in known), percent())
