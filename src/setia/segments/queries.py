"""Reads of scores."""

from collections.abc import Iterable

from django.db.models import QuerySet

from setia.segments import rules
from setia.segments.models import Score, ShopFit


def score_of(customer_id: int) -> Score | None:
    """Last night's score of a customer, None before the first night after a first purchase."""
    return Score.objects.filter(customer_id=customer_id).first()


def scores_of(customer_ids: Iterable[int]) -> dict[int, Score]:
    """Scores by customer."""
    return {score.customer_id: score for score in Score.objects.filter(customer_id__in=list(customer_ids))}


def late(most: float, least: float, *, limit: int, customer_id: int | None = None) -> list[Score]:
    """Customers whose present gap is longer than `1 - most` of their gaps (but not than `1 - least`), with a full rhythm.

    Biggest spenders first, then the latest; each with its customer.
    """
    rows = Score.objects.filter(
        lateness__lte=most, lateness__gt=least, purchases__gt=4, customer__archived_at=None
    ).select_related("customer")
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    return list(rows.order_by("-monetary", "lateness", "pk")[:limit])


def shop_fit() -> ShopFit | None:
    """The latest fit of the open shop."""
    return ShopFit.objects.order_by("-day").first()


def comeback() -> float | None:
    """Share (0…1) of customers as late as this who came back within 8 weeks by themselves, from the shop's own past.

    None while the shop has too little past to tell.
    """
    fit = shop_fit()
    return fit.parameters.get("comeback") if fit else None


def loyal() -> QuerySet[Score]:
    """The loyal customers' scores: see `rules.is_loyal`."""
    return Score.objects.filter(purchases__gte=rules.LOYAL_PURCHASES, lateness__gte=rules.WITHIN_RHYTHM)


def loyal_count() -> int:
    """The headline figure."""
    return loyal().count()
