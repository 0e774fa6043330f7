"""Reads of scores."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from setia.orders.models import PurchaseSummary
from setia.segments import rules
from setia.segments.models import Score, ShopFit


def score_of(customer_id: int) -> Score | None:
    """Last night's score of a customer, None before the first night after a first purchase."""
    return Score.objects.filter(customer_id=customer_id).first()


def scores_of(customer_ids: Iterable[int]) -> dict[int, Score]:
    """Scores by customer."""
    return {score.customer_id: score for score in Score.objects.filter(customer_id__in=list(customer_ids))}


def late(most: float, least: float, *, customer_id: int | None = None) -> QuerySet[Score]:
    """Customers with a full rhythm whose present gap is longer than `1 - most` of their gaps, not than `1 - least`.

    Who bought again since the night is not late any more. Biggest spenders first, then the latest; with customers.
    """
    again = PurchaseSummary.objects.filter(customer_id=OuterRef("customer_id"), last_on__gt=OuterRef("last_on"))
    rows = Score.objects.filter(
        ~Exists(again),
        lateness__lte=most,
        lateness__gt=least,
        purchases__gte=rules.FULL_PURCHASES,
        customer__archived_at=None,
    )
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    return rows.select_related("customer").order_by("-monetary", "lateness", "pk")


def shop_fit() -> ShopFit | None:
    """The latest fit of the open shop."""
    return ShopFit.objects.order_by("-day").first()


@dataclass(frozen=True)
class Comebacks:
    """How many who were ever this late came back within 8 weeks by themselves, from the shop's own past.

    `levels`: (share of own gaps that are longer, share who came back or None when too few were ever so late), falling.
    """

    levels: Sequence[tuple[float, float | None]]

    def rate(self, lateness: float | None) -> float | None:
        """The share (0…1) for customers as late as this; None while the shop has too little past to tell."""
        if lateness is None:
            return None
        reached = [rate for level, rate in self.levels if lateness <= level]
        return reached[-1] if reached else None


def comebacks() -> Comebacks:
    """Of the latest fit."""
    fit = shop_fit()
    return Comebacks([(level, rate) for level, rate in fit.parameters["comeback"]] if fit else [])


def loyal_count() -> int:
    """The headline figure, as of last night: see `rules.is_loyal`."""
    fit = shop_fit()
    return fit.loyal if fit else 0


def in_rhythm() -> dict[int, bool]:
    """Whether each customer with a rhythm of their own is still within it, as of last night."""
    rows = Score.objects.filter(lateness__isnull=False).values_list("customer_id", "lateness")
    return {customer_id: lateness >= rules.WITHIN_RHYTHM for customer_id, lateness in rows}
